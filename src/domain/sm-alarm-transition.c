/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-transition.h"

void
sm_alarm_transition_free (SmAlarmTransition *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->from);
  g_free (self->to);
  g_free (self->event);
  g_free (self->person);
  g_free (self->reason);
  g_free (self);
}
