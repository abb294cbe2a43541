/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmAlarmTransition: one step in the life of an alarm, as the service keeps it. */
typedef struct
{
  gint64 at;    /* network time, µs */
  char *from;   /* (nullable): slug of a state; NULL: it was raised */
  char *to;
  char *event;  /* slug, of sm_alarm_events */
  char *person; /* (nullable): a device or the service itself */
  char *reason; /* (nullable) */
} SmAlarmTransition;

void sm_alarm_transition_free (SmAlarmTransition *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAlarmTransition, sm_alarm_transition_free)

G_END_DECLS
