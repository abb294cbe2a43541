/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-private.h"

#include "sm-window-private.h"

static void
show_banner (SmWall *self)
{
  guint n = sm_wall_alarms_get_n (self->alarms);
  SmItem *alarm;

  if (self->banner_index >= n)
    self->banner_index = 0;
  alarm = sm_wall_alarms_get (self->alarms, self->banner_index);
  for (guint i = 0; i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      sm_window_show_worst (place->window, alarm, self->banner_index, n);
    }
}

/* Acknowledged by somebody, or more of them. */
static void
changed_cb (SmWall *self)
{
  show_banner (self);
  if (sm_wall_alarms_get_n (self->alarms) > 0)
    return;
  self->jump_id = 0;
  for (guint i = 0; self->has_jumped && i < self->places->len; i++)
    sm_window_jump_back (((SmWallPlace *) g_ptr_array_index (self->places, i))->window);
  self->has_jumped = FALSE;
}

/* The newest is seen at once, whichever was to be seen just now. */
static void
raised_cb (SmWall *self,
           gint64  id)
{
  for (guint i = 0; i < sm_wall_alarms_get_n (self->alarms); i++)
    if (sm_item_get_id (sm_wall_alarms_get (self->alarms, i)) == id)
      self->banner_index = i;
  self->banner_at_us = self->now_us;
  self->jump_id = id;
  show_banner (self);
}

static gboolean
is_waiting (SmWall *self,
            gint64  id)
{
  for (guint i = 0; i < sm_wall_alarms_get_n (self->alarms); i++)
    if (sm_item_get_id (sm_wall_alarms_get (self->alarms, i)) == id)
      return TRUE;
  return FALSE;
}

/* Never while somebody acts; who has stopped finds it there after a while. */
static void
jump (SmWall *self)
{
  if (self->jump_id == 0 || !sm_wall_is_at_rest (self))
    return;
  if (is_waiting (self, self->jump_id) && self->settings != NULL
      && g_settings_get_boolean (self->settings, "wall-jump"))
    for (guint i = 0; i < self->places->len; i++)
      {
        SmWallPlace *place = g_ptr_array_index (self->places, i);

        if (sm_window_jump (place->window, self->jump_id))
          self->has_jumped = TRUE;
      }
  self->jump_id = 0;
}

/** sm_wall_follow_alarms: From now on they are in the banner of every monitor. */
void
sm_wall_follow_alarms (SmWall *self)
{
  g_signal_connect_object (self->alarms, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->alarms, "raised", G_CALLBACK (raised_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
stations_cb (SmWall *self)
{
  self->banner_is_old = TRUE;
}

/** sm_wall_follow_names: What an alarm is about may be known by its number before its name is. */
void
sm_wall_follow_names (SmWall *self)
{
  g_signal_connect_object (sm_ops_get_stations (self->ops), "items-changed",
                           G_CALLBACK (stations_cb), self, G_CONNECT_SWAPPED);
}

/** sm_wall_tick_alarms: The next of several, and the jump that had to wait. */
void
sm_wall_tick_alarms (SmWall *self)
{
  guint n = sm_wall_alarms_get_n (self->alarms);

  jump (self);
  if (n > 0 && self->banner_is_old)
    show_banner (self);
  self->banner_is_old = FALSE;
  if (n < 2 || self->now_us - self->banner_at_us < SM_WALL_BANNER_US)
    return;
  self->banner_index = (self->banner_index + 1) % n;
  self->banner_at_us = self->now_us;
  show_banner (self);
}
