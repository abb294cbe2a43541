/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-private.h"

#include "sm-window-private.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (SmWall, sm_wall, G_TYPE_OBJECT)

static void
sm_wall_dispose (GObject *object)
{
  SmWall *self = SM_WALL (object);

  if (self->monitors != NULL)
    g_signal_handlers_disconnect_by_data (self->monitors, self);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->alarms);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_object (&self->monitors);
  g_clear_object (&self->settings);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (sm_wall_parent_class)->dispose (object);
}

static void
sm_wall_class_init (SmWallClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_wall_dispose;
}

static void
sm_wall_init (SmWall *self)
{
  self->places = g_ptr_array_new_with_free_func (sm_wall_place_free);
  self->alarms = sm_wall_alarms_new ();
  self->now_us = self->acted_us = SM_WALL_NEVER;
}

/* The playlists were edited, here or elsewhere. */
static void
playlists_changed_cb (SmWall *self)
{
  for (guint i = 0; i < self->places->len; i++)
    sm_wall_start_place (g_ptr_array_index (self->places, i));
}

/**
 * sm_wall_new:
 * @settings: (nullable): what is remembered
 * @monitors: (nullable): of GdkMonitor, as it changes; NULL: one window, for a picture
 * @make: makes a window
 */
SmWall *
sm_wall_new (GSettings        *settings,
             GListModel       *monitors,
             SmWallMakeWindow  make,
             gpointer          user_data)
{
  SmWall *self = g_object_new (SM_TYPE_WALL, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->monitors = monitors != NULL ? g_object_ref (monitors) : NULL;
  self->make = make;
  self->make_data = user_data;
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::wall-playlists",
                             G_CALLBACK (playlists_changed_cb), self, G_CONNECT_SWAPPED);
  sm_wall_follow_alarms (self);
  sm_wall_follow_monitors (self);
  return self;
}

/** sm_wall_set_ops: Shows the network of @ops on every monitor, now and those to come. */
void
sm_wall_set_ops (SmWall     *self,
                 SmOps      *ops,
                 const char *server)
{
  g_return_if_fail (SM_IS_WALL (self) && SM_IS_OPS (ops));

  if (g_set_object (&self->ops, ops))
    sm_wall_follow_names (self);
  g_free (self->server);
  self->server = g_strdup (server);
  for (guint i = 0; i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      sm_window_set_ops (place->window, ops, server);
      sm_wall_start_place (place);
    }
  sm_wall_alarms_set_ops (self->alarms, ops);
}

/** sm_wall_set_link: @link: the first page where there is no playlist and nothing is remembered */
void
sm_wall_set_link (SmWall     *self,
                  const char *link)
{
  g_return_if_fail (SM_IS_WALL (self));

  g_free (self->link);
  self->link = g_strdup (link);
}

/* Whether nobody acts just now. */
gboolean
sm_wall_is_at_rest (SmWall *self)
{
  return self->acted_us == SM_WALL_NEVER || self->now_us - self->acted_us >= SM_WALL_REST_US;
}

static void
show_words (SmWall      *self,
            SmWallPlace *place)
{
  g_autofree char *name
      = self->settings != NULL ? g_settings_get_string (self->settings, "wall-name") : NULL;
  g_autofree char *list = NULL;

  if (place->stops->len > 1 && place->play.is_paused)
    /* Translators: of a playlist: page 2 of 5, which is held */
    list = g_strdup_printf (_("%u of %u · paused"), place->play.index + 1, place->stops->len);
  else if (place->stops->len > 1)
    /* Translators: of a playlist: page 2 of 5 */
    list = g_strdup_printf (_("%u of %u"), place->play.index + 1, place->stops->len);
  sm_window_set_wall_words (place->window, name, list);
}

static void
show_light (SmWall       *self,
            SmWallFrame  *frame,
            int           minute)
{
  int x = 0, y = 0, most = 0;
  double dim = 0;

  if (self->settings != NULL && g_settings_get_boolean (self->settings, "wall-shift"))
    {
      most = SM_WALL_SHIFT_PX;
      sm_wall_shift_at (self->now_us, &x, &y);
    }
  if (self->settings != NULL
      && sm_wall_is_dim (minute, g_settings_get_int (self->settings, "wall-dim-from"),
                         g_settings_get_int (self->settings, "wall-dim-to")))
    dim = g_settings_get_int (self->settings, "wall-dim-percent") / 100.0;
  sm_wall_frame_set_shift (frame, most, x, y);
  sm_wall_frame_set_dim (frame, dim);
}

static void
show_stop (SmWallPlace *place)
{
  const SmWallStop *stop = g_ptr_array_index (place->stops, place->play.index);

  sm_window_open_link (place->window, stop->link);
}

/**
 * sm_wall_tick:
 * @now_us: monotonic
 * @minute: of the day where the wall hangs: when a room is dark is not the network's to say
 */
void
sm_wall_tick (SmWall *self,
              gint64  now_us,
              int     minute)
{
  g_return_if_fail (SM_IS_WALL (self));

  self->now_us = now_us;
  for (guint i = 0; i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      show_light (self, sm_window_get_frame (place->window), minute);
      if (self->ops != NULL
          && sm_wall_play_tick (&place->play, place->stops, now_us, self->monitors == NULL || !sm_wall_is_at_rest (self)))
        show_stop (place);
      show_words (self, place);
      sm_wall_keep_place (place, FALSE);
      sm_wall_hold_place (place);
    }
  sm_wall_tick_alarms (self);
}

/** sm_wall_note_act: Somebody moved the pointer or pressed a key. */
void
sm_wall_note_act (SmWall *self,
                  gint64  now_us)
{
  g_return_if_fail (SM_IS_WALL (self));

  self->acted_us = now_us;
  /* The map is where they put it from now on. */
  self->has_jumped = FALSE;
}

/** sm_wall_pause: Holds every playlist, or lets all go on. */
void
sm_wall_pause (SmWall *self)
{
  gboolean is_paused = FALSE;

  g_return_if_fail (SM_IS_WALL (self));

  for (guint i = 0; i < self->places->len; i++)
    is_paused |= ((SmWallPlace *) g_ptr_array_index (self->places, i))->play.is_paused;
  for (guint i = 0; i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      sm_wall_play_tick (&place->play, place->stops, self->now_us, TRUE);
      place->play.is_paused = !is_paused;
      show_words (self, place);
      sm_wall_keep_place (place, TRUE);
    }
}

/** sm_wall_step: Goes @by pages on in every playlist. */
void
sm_wall_step (SmWall *self,
              int     by)
{
  g_return_if_fail (SM_IS_WALL (self));

  for (guint i = 0; i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      if (place->stops->len < 2)
        continue;
      sm_wall_play_step (&place->play, place->stops, by, self->now_us);
      show_stop (place);
      show_words (self, place);
      sm_wall_keep_place (place, TRUE);
    }
}

/** sm_wall_get_n: Returns: of how many monitors it knows, plugged in or not */
guint
sm_wall_get_n (SmWall *self)
{
  g_return_val_if_fail (SM_IS_WALL (self), 0);

  return self->places->len;
}

/** sm_wall_get_window: Returns: (transfer none) (nullable): a monitor's */
SmWindow *
sm_wall_get_window (SmWall *self,
                    guint   index)
{
  g_return_val_if_fail (SM_IS_WALL (self), NULL);

  return index < self->places->len
             ? ((SmWallPlace *) g_ptr_array_index (self->places, index))->window
             : NULL;
}

const char *
sm_wall_get_key (SmWall *self,
                 guint   index)
{
  g_return_val_if_fail (SM_IS_WALL (self) && index < self->places->len, NULL);

  return ((SmWallPlace *) g_ptr_array_index (self->places, index))->key;
}

/** sm_wall_get_monitor: Returns: (transfer none) (nullable): NULL while it is unplugged */
GdkMonitor *
sm_wall_get_monitor (SmWall *self,
                     guint   index)
{
  g_return_val_if_fail (SM_IS_WALL (self) && index < self->places->len, NULL);

  return ((SmWallPlace *) g_ptr_array_index (self->places, index))->monitor;
}

gboolean
sm_wall_is_plugged (SmWall *self,
                    guint   index)
{
  g_return_val_if_fail (SM_IS_WALL (self) && index < self->places->len, FALSE);

  return ((SmWallPlace *) g_ptr_array_index (self->places, index))->is_shown;
}
