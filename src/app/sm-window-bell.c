/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-bell.h"
#include "sm-sounder.h"
#include "sm-window-private.h"

/* A desk hears its alarms; a wall, where nobody could acknowledge them, does not, nor a picture. */

/** sm_window_follow_bell: Lets the alarms of the network that is followed be heard. */
void
sm_window_follow_bell (SmWindow *self)
{
  SmBell *bell = sm_bell_for_ops (self->ops);

  g_clear_pointer (&self->notifier, sm_notifier_free);
  if (self->is_wall || self->is_picture)
    {
      sm_bell_set_muted (bell, TRUE);
      return;
    }
  if (self->settings != NULL)
    g_settings_bind (self->settings, "alarm-sounds", bell, "levels", G_SETTINGS_BIND_DEFAULT);
  sm_sounder_follow (bell);
  self->notifier = sm_notifier_new (self->ops, self->settings, sm_notifier_send_to_desktop, NULL);
}
