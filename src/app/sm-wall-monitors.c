/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-private.h"

#include "sm-wall-guard.h"
#include "sm-window-private.h"

/* What is shown is written down that often at most. */
#define KEEP_EVERY_US (60 * G_USEC_PER_SEC)

void
sm_wall_place_free (gpointer data)
{
  SmWallPlace *self = data;

  sm_wall_keep_place (self, TRUE);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->window);
  g_clear_object (&self->monitor);
  g_ptr_array_unref (self->stops);
  g_free (self->kept_link);
  g_free (self->key);
  g_free (self);
}

/* What has been played so far goes on where it was: after a restart, and when the list changed. */
void
sm_wall_start_place (SmWallPlace *place)
{
  SmWall *wall = place->wall;
  g_auto (SmWallState) state = { 0 };
  const char *link = wall->link;

  if (wall->settings != NULL)
    {
      g_ptr_array_unref (place->stops);
      place->stops = sm_wall_settings_read_stops (wall->settings, place->key);
      if (place->stops->len == 0)
        {
          g_ptr_array_unref (place->stops);
          place->stops = sm_wall_settings_read_stops (wall->settings, SM_WALL_ANY_MONITOR);
        }
      if (wall->monitors != NULL)
        sm_wall_settings_read_state (wall->settings, place->key, &state);
    }
  sm_wall_play_start (&place->play, place->stops,
                      state.index < place->stops->len ? state.index : 0, wall->now_us);
  place->play.is_paused = state.is_paused;
  if (place->stops->len > 0)
    link = ((SmWallStop *) g_ptr_array_index (place->stops, place->play.index))->link;
  else if (link == NULL)
    link = state.link;
  if (wall->ops != NULL && link != NULL)
    sm_window_open_link (place->window, link);
}

/**
 * sm_wall_keep_place:
 * @is_now: somebody did it; of what goes on by itself every minute is enough
 *
 * Writes down what a monitor shows, when that is another page.
 */
void
sm_wall_keep_place (SmWallPlace *place,
                    gboolean     is_now)
{
  g_autofree char *link = NULL;
  g_autofree char *kept = NULL;
  SmWallState state;

  if (place->wall->settings == NULL || place->wall->monitors == NULL || place->wall->ops == NULL)
    return;
  link = sm_window_dup_link (place->window);
  state = (SmWallState){ link, place->play.index, place->play.is_paused };
  kept = g_strdup_printf ("%u %d %s", state.index, state.is_paused, link != NULL ? link : "");
  if (g_strcmp0 (place->kept_link, kept) == 0
      || (!is_now && place->kept_link != NULL
          && place->wall->now_us - place->kept_us < KEEP_EVERY_US))
    return;
  place->kept_us = place->wall->now_us;
  g_free (place->kept_link);
  place->kept_link = g_steal_pointer (&kept);
  sm_wall_settings_write_state (place->wall->settings, place->key, &state);
}

static gboolean
event_cb (GtkEventControllerLegacy *controller,
          GdkEvent                 *event,
          SmWall                   *wall)
{
  GdkEventType type = gdk_event_get_event_type (event);
  static double last_x = -1, last_y = -1;
  double x, y;

  if (type == GDK_MOTION_NOTIFY)
    {
      /* Motions come too when what lies below a pointer moves. */
      if (!gdk_event_get_position (event, &x, &y) || (x == last_x && y == last_y))
        return FALSE;
      last_x = x;
      last_y = y;
    }
  if (type == GDK_MOTION_NOTIFY || type == GDK_BUTTON_PRESS || type == GDK_KEY_PRESS
      || type == GDK_SCROLL || type == GDK_TOUCH_BEGIN)
    sm_wall_note_act (wall, g_get_monotonic_time ());
  return FALSE;
}

static void
watch_acts (SmWall    *self,
            GtkWidget *window)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, 0);
  gtk_widget_add_controller (window, controller);
}

static SmWallPlace *
add_place (SmWall     *self,
           const char *key)
{
  SmWallPlace *place = g_new0 (SmWallPlace, 1);

  place->wall = self;
  place->key = g_strdup (key);
  place->stops = sm_wall_stops_new ();
  place->window = g_object_ref (self->make (self->make_data));
  sm_window_set_is_wall (place->window, TRUE);
  sm_window_set_asks (place->window, self->places->len == 0);
  sm_wall_guard_add (GTK_WINDOW (place->window));
  watch_acts (self, GTK_WIDGET (place->window));
  g_ptr_array_add (self->places, place);
  if (self->ops != NULL)
    sm_window_set_ops (place->window, self->ops, self->server);
  sm_wall_start_place (place);
  return place;
}

static SmWallPlace *
find_by_monitor (SmWall     *self,
                 GdkMonitor *monitor)
{
  for (guint i = 0; i < self->places->len; i++)
    if (((SmWallPlace *) g_ptr_array_index (self->places, i))->monitor == monitor)
      return g_ptr_array_index (self->places, i);
  return NULL;
}

/* Whether another one of the model is there that could as well be the one that is known, for it
 * is not known itself: nobody can say which of them was moved. */
static gboolean
has_double (SmWall            *self,
            GdkMonitor        *monitor,
            const char        *key,
            const char *const *all)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->monitors); i++)
    {
      g_autoptr (GdkMonitor) other = g_list_model_get_item (self->monitors, i);
      g_autofree char *other_key = sm_wall_monitor_key (other);

      if (other != monitor
          && g_strcmp0 (sm_wall_key_model (other_key), sm_wall_key_model (key)) == 0
          && !g_strv_contains (all, other_key))
        return TRUE;
    }
  return FALSE;
}

/* @all: keys that there is something for, be their monitors there or not.  Returns: (nullable):
 * under which of @known there is something for @monitor */
static const char *
find_key (SmWall            *self,
          GdkMonitor        *monitor,
          const char        *key,
          const char *const *known,
          const char *const *all)
{
  const char *found = sm_wall_match_key (key, known);

  return found != NULL && !g_str_equal (found, key) && has_double (self, monitor, key, all)
             ? NULL : found;
}

/* Whose place a monitor takes that was just plugged in: its own, or that of its like which is gone. */
static SmWallPlace *
find_place (SmWall     *self,
            GdkMonitor *monitor,
            const char *key)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) all_builder = g_strv_builder_new ();
  g_auto (GStrv) free_keys = NULL;
  g_auto (GStrv) all = NULL;
  const char *found;

  for (guint i = 0; i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      g_strv_builder_add (all_builder, place->key);
      if (place->monitor == NULL)
        g_strv_builder_add (builder, place->key);
    }
  free_keys = g_strv_builder_end (builder);
  all = g_strv_builder_end (all_builder);
  found = find_key (self, monitor, key, (const char *const *) free_keys,
                    (const char *const *) all);
  for (guint i = 0; found != NULL && i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      if (place->monitor == NULL && g_str_equal (place->key, found))
        return place;
    }
  return NULL;
}

/* The key under which something is kept for a monitor of which there is no place yet. */
static char *
dup_kept_key (SmWall     *self,
              GdkMonitor *monitor)
{
  g_autofree char *key = sm_wall_monitor_key (monitor);
  g_auto (GStrv) kept = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) known = NULL;
  const char *found;

  if (self->settings == NULL)
    return g_steal_pointer (&key);
  kept = sm_wall_settings_list_keys (self->settings);
  for (guint i = 0; kept[i] != NULL; i++)
    {
      gboolean is_taken = FALSE;

      for (guint k = 0; k < self->places->len; k++)
        is_taken |= g_str_equal (sm_wall_get_key (self, k), kept[i]);
      for (guint k = 0; k < g_list_model_get_n_items (self->monitors); k++)
        {
          g_autoptr (GdkMonitor) other = g_list_model_get_item (self->monitors, k);
          g_autofree char *other_key = sm_wall_monitor_key (other);

          is_taken |= other != monitor && g_str_equal (other_key, kept[i]);
        }
      if (!is_taken)
        g_strv_builder_add (builder, kept[i]);
    }
  known = g_strv_builder_end (builder);
  found = find_key (self, monitor, key, (const char *const *) known,
                    (const char *const *) kept);
  return g_strdup (found != NULL ? found : key);
}

/** sm_wall_hold_place: Some displays take all windows off their monitors when one is unplugged. */
void
sm_wall_hold_place (SmWallPlace *place)
{
  GtkWindow *window = GTK_WINDOW (place->window);

  if (place->monitor != NULL && gtk_widget_get_mapped (GTK_WIDGET (window))
      && !gtk_window_is_fullscreen (window))
    gtk_window_fullscreen_on_monitor (window, place->monitor);
}

static void
plug_in (SmWall     *self,
         GdkMonitor *monitor)
{
  g_autofree char *key = sm_wall_monitor_key (monitor);
  SmWallPlace *place = find_place (self, monitor, key);

  if (place == NULL)
    {
      g_autofree char *kept = dup_kept_key (self, monitor);

      place = add_place (self, kept);
    }
  place->monitor = g_object_ref (monitor);
  place->is_shown = TRUE;
  gtk_window_fullscreen_on_monitor (GTK_WINDOW (place->window), monitor);
  gtk_window_present (GTK_WINDOW (place->window));
}

static void
unplug (SmWallPlace *place)
{
  sm_wall_keep_place (place, TRUE);
  g_clear_object (&place->monitor);
  place->is_shown = FALSE;
  /* Not destroyed: what it showed is there again with its monitor, and one that comes and goes
   * costs nothing. */
  gtk_widget_set_visible (GTK_WIDGET (place->window), FALSE);
}

static void
monitors_cb (SmWall *self)
{
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);
  guint n = g_list_model_get_n_items (self->monitors);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (self->monitors, i);

      g_hash_table_add (there, monitor);
    }
  for (guint i = 0; i < self->places->len; i++)
    {
      SmWallPlace *place = g_ptr_array_index (self->places, i);

      if (place->monitor != NULL && !g_hash_table_contains (there, place->monitor))
        unplug (place);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (self->monitors, i);

      if (find_by_monitor (self, monitor) == NULL)
        plug_in (self, monitor);
    }
}

/** sm_wall_follow_monitors: A window for each, from now on. */
void
sm_wall_follow_monitors (SmWall *self)
{
  if (self->monitors == NULL)
    {
      SmWallPlace *place = add_place (self, "picture");

      place->is_shown = TRUE;
      return;
    }
  g_signal_connect_object (self->monitors, "items-changed", G_CALLBACK (monitors_cb), self,
                           G_CONNECT_SWAPPED);
  monitors_cb (self);
}
