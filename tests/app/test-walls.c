/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A wall of two monitors; time is what is handed to sm_wall_tick(). */
#include "sm-live-set.h"
#include "sm-ops-private.h"
#include "sm-settings.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-wall-account.h"
#include "sm-wall-private.h"
#include "sm-window-private.h"

#define SERVER "http://127.0.0.1:1"
#define SECOND G_GINT64_CONSTANT (1000000)
#define NOON (12 * 60)

typedef struct
{
  GSettings *settings;
  GListStore *monitors;
  SmOps *ops;
  SmWall *wall;
  gint64 now;
} Room;

static SmWindow *
make_window (gpointer user_data)
{
  return sm_window_new (NULL, user_data);
}

static void
settle (void)
{
  for (guint i = 0; i < 60; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* The display's own, in a list that a test can take them out of. */
static GListStore *
copy_monitors (void)
{
  GListModel *real = gdk_display_get_monitors (gdk_display_get_default ());
  GListStore *copy = g_list_store_new (GDK_TYPE_MONITOR);

  for (guint i = 0; i < g_list_model_get_n_items (real); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (real, i);

      g_list_store_append (copy, monitor);
    }
  return copy;
}

static void
set_playlist (Room       *room,
              guint       monitor,
              const char *first,
              ...)
{
  g_autoptr (GdkMonitor) of = g_list_model_get_item (G_LIST_MODEL (room->monitors), monitor);
  g_autofree char *key = sm_wall_monitor_key (of);
  g_autoptr (GPtrArray) stops = sm_wall_stops_new ();
  va_list list;

  va_start (list, first);
  for (const char *link = first; link != NULL; link = va_arg (list, const char *))
    g_assert_true (sm_wall_stops_add (stops, link, 60));
  va_end (list);
  sm_wall_settings_write_stops (room->settings, key, stops);
}

static void
start_wall (Room *room)
{
  room->wall = sm_wall_new (room->settings, G_LIST_MODEL (room->monitors), make_window,
                            room->settings);
  sm_wall_set_ops (room->wall, room->ops, SERVER);
  for (guint i = 0; i < sm_wall_get_n (room->wall); i++)
    run_until (gtk_widget_get_mapped (GTK_WIDGET (sm_wall_get_window (room->wall, i))));
  sm_wall_tick (room->wall, room->now, NOON);
  settle ();
}

static void
room_init (Room *room)
{
  room->settings = sm_settings_new ();
  g_settings_reset (room->settings, "wall-playlists");
  g_settings_reset (room->settings, "wall-states");
  room->monitors = copy_monitors ();
  room->ops = sm_ops_new (SERVER, g_get_user_cache_dir (), g_get_user_state_dir ());
  room->now = 1000 * SECOND;
  sm_test_network_set_state (room->ops, SM_STATUS_LIVE);
  sm_test_network_fill (room->ops, 20, 30, 0);
}

static void
room_clear (Room *room)
{
  g_object_unref (room->wall);
  settle ();
  g_object_unref (room->ops);
  g_object_unref (room->monitors);
  g_object_unref (room->settings);
}

static void
pass (Room *room,
      guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      room->now += SECOND;
      sm_wall_tick (room->wall, room->now, NOON);
    }
}

static SmWindow *
window_of (Room *room,
           guint monitor)
{
  return sm_wall_get_window (room->wall, monitor);
}

static void
check_page (Room       *room,
            guint       monitor,
            const char *link)
{
  g_autofree char *shown = sm_window_dup_link (window_of (room, monitor));

  g_assert_cmpstr (shown, ==, link);
}

static gboolean
is_on_its_monitor (Room *room,
                   guint monitor)
{
  GtkWindow *window = GTK_WINDOW (window_of (room, monitor));
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  return gtk_window_is_fullscreen (window) && gtk_widget_get_width (GTK_WIDGET (window)) == 1280
         && gtk_widget_get_height (GTK_WIDGET (window)) == 720
         && gdk_display_get_monitor_at_surface (display, surface)
                == sm_wall_get_monitor (room->wall, monitor);
}

/* Each monitor has its window, each window its pages, each page its time; one key holds all. */
static void
test_pages (void)
{
  Room room;

  room_init (&room);
  set_playlist (&room, 0, "stationmaster:stations", "stationmaster:alarms", NULL);
  set_playlist (&room, 1, "stationmaster:vehicles", NULL);
  start_wall (&room);
  g_assert_cmpuint (sm_wall_get_n (room.wall), ==, 2);
  run_until (is_on_its_monitor (&room, 0) && is_on_its_monitor (&room, 1));
  check_page (&room, 0, "stationmaster:stations");
  check_page (&room, 1, "stationmaster:vehicles");
  pass (&room, 59);
  check_page (&room, 0, "stationmaster:stations");
  pass (&room, 1);
  check_page (&room, 0, "stationmaster:alarms");
  check_page (&room, 1, "stationmaster:vehicles");
  run_until (sm_test_shows (GTK_WIDGET (window_of (&room, 0)), "2 of 2"));
  sm_wall_pause (room.wall);
  pass (&room, 500);
  check_page (&room, 0, "stationmaster:alarms");
  run_until (sm_test_shows (GTK_WIDGET (window_of (&room, 0)), "paused"));
  sm_wall_pause (room.wall);
  pass (&room, 60);
  check_page (&room, 0, "stationmaster:stations");
  /* Nothing moves while somebody acts. */
  for (guint i = 0; i < 10; i++)
    {
      sm_wall_note_act (room.wall, room.now);
      pass (&room, 20);
    }
  check_page (&room, 0, "stationmaster:stations");
  pass (&room, 10);
  check_page (&room, 0, "stationmaster:alarms");
  room_clear (&room);
}

/* Started again, each monitor shows what it showed, and what was held is held. */
static void
test_restored (void)
{
  Room room;

  room_init (&room);
  set_playlist (&room, 0, "stationmaster:stations", "stationmaster:alarms", NULL);
  start_wall (&room);
  g_assert_true (sm_window_open_link (window_of (&room, 1), "stationmaster:orders?kind=swap"));
  pass (&room, 60);
  sm_wall_pause (room.wall);
  g_object_unref (room.wall);
  start_wall (&room);
  check_page (&room, 0, "stationmaster:alarms");
  check_page (&room, 1, "stationmaster:orders?kind=swap");
  pass (&room, 200);
  check_page (&room, 0, "stationmaster:alarms");
  room_clear (&room);
}

/* Unplugged and plugged in again: the same window, as it was; then the display's own does it. */
static void
test_unplugged (void)
{
  Room room;
  g_autoptr (GdkMonitor) second = NULL;
  SmWindow *window;

  room_init (&room);
  set_playlist (&room, 1, "stationmaster:vehicles", "stationmaster:batteries", NULL);
  start_wall (&room);
  window = window_of (&room, 1);
  second = g_list_model_get_item (G_LIST_MODEL (room.monitors), 1);
  pass (&room, 60);
  g_list_store_remove (room.monitors, 1);
  g_assert_false (sm_wall_is_plugged (room.wall, 1));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window)));
  pass (&room, 5);
  g_list_store_append (room.monitors, second);
  g_assert_cmpuint (sm_wall_get_n (room.wall), ==, 2);
  g_assert_true (window_of (&room, 1) == window);
  run_until (is_on_its_monitor (&room, 1));
  check_page (&room, 1, "stationmaster:batteries");
  /* All at once, and back in another order. */
  g_list_store_remove_all (room.monitors);
  run_until (!sm_wall_is_plugged (room.wall, 0));
  g_object_unref (room.monitors);
  room.monitors = copy_monitors ();
  room_clear (&room);
}

/* What the display itself says when a cable is pulled. */
static void
test_cable (void)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  Room room;

  room_init (&room);
  g_object_unref (room.monitors);
  room.monitors = G_LIST_STORE (g_object_ref (monitors));
  start_wall (&room);
  run_until (is_on_its_monitor (&room, 0) && is_on_its_monitor (&room, 1));
  g_assert_cmpint (g_spawn_command_line_sync (g_getenv ("SM_TEST_UNPLUG"), NULL, NULL, NULL, NULL),
                   ==, TRUE);
  run_until (g_list_model_get_n_items (monitors) == 1);
  g_assert_false (sm_wall_is_plugged (room.wall, 1));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window_of (&room, 1))));
  /* Weston takes the other window off its monitor as well; the next tick puts it back. */
  run_until ((pass (&room, 1), is_on_its_monitor (&room, 0)));
  room_clear (&room);
}

static void
raise_alarm (Room       *room,
             gint64      id,
             const char *state)
{
  g_autoptr (SmRow) row = sm_test_network_alarm (id, 1, "pack-over-temperature", "粤B·00001");

  sm_row_set_text (row, SM_ALARM_STATE, state);
  sm_test_network_put_alarm (room->ops, row);
  sm_wall_alarms_look (room->wall->alarms);
  settle ();
}

static gint64
banner_of (Room *room,
           guint monitor)
{
  return sm_wall_banner_get_id (window_of (room, monitor)->worst_banner);
}

/* The worst alarms are on every monitor, one after another, until somebody acknowledges them. */
static void
test_banner (void)
{
  Room room;

  room_init (&room);
  start_wall (&room);
  run_until (banner_of (&room, 0) == 0);
  raise_alarm (&room, 7, "unacked");
  for (guint i = 0; i < 2; i++)
    {
      run_until (banner_of (&room, i) == 7);
      run_until (sm_test_shows (GTK_WIDGET (window_of (&room, i)), "Level 1:"));
    }
  /* The newest at once, then each in turn. */
  raise_alarm (&room, 3, "unacked");
  run_until (banner_of (&room, 1) == 3);
  run_until (sm_test_shows (GTK_WIDGET (window_of (&room, 1)), "2 of 2 not acknowledged"));
  pass (&room, 10);
  run_until (banner_of (&room, 0) == 7);
  run_until (banner_of (&room, 1) == 7);
  pass (&room, 10);
  run_until (banner_of (&room, 0) == 3);
  /* It is over, and still nobody has acknowledged it: it stays. */
  raise_alarm (&room, 3, "returned_unacked");
  pass (&room, 10);
  raise_alarm (&room, 7, "acked");
  run_until (banner_of (&room, 0) == 3);
  pass (&room, 100);
  run_until (banner_of (&room, 1) == 3);
  raise_alarm (&room, 3, "acked");
  run_until (banner_of (&room, 0) == 0);
  run_until (!gtk_widget_get_mapped (GTK_WIDGET (window_of (&room, 1)->worst_banner)));
  room_clear (&room);
}

/* As if it had come with the register. */
static void
register_row (Room  *room,
              SmRow *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  sm_row_set_int (row, SM_ROW_SEQ, 1);
  g_ptr_array_add (rows, row);
  sm_directory_apply (room->ops->directory, rows);
}

static void
raise_about (Room       *room,
             gint64      id,
             const char *noun,
             gint64      source,
             gint64      vehicle,
             const char *label)
{
  g_autoptr (SmRow) row = sm_test_network_alarm (id, 1, "pack-over-temperature", label);

  sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, noun);
  sm_row_set_int (row, SM_ALARM_SOURCE_ID, source);
  if (vehicle != 0)
    sm_row_set_int (row, SM_ALARM_VEHICLE_ID, vehicle);
  sm_row_set_text (row, SM_ALARM_SITUATION, vehicle != 0 ? "driving" : NULL);
  sm_test_network_put_alarm (room->ops, row);
  sm_wall_alarms_look (room->wall->alarms);
  settle ();
}

/* What is put aside is on no banner and in no bar; of safety it stays, whatever its row says. */
static void
test_put_aside (void)
{
  g_autoptr (SmRow) ordinary = sm_test_network_alarm (1, 1, "soc-low", "粤B·00001D");
  g_autoptr (SmRow) safety = sm_test_network_alarm (2, 1, "pack-over-temperature", "粤B·00002D");
  GtkWidget *bar, *banner;
  Room room;

  room_init (&room);
  start_wall (&room);
  bar = GTK_WIDGET (window_of (&room, 0)->alarm_bar);
  banner = GTK_WIDGET (window_of (&room, 0)->worst_banner);
  sm_row_set_int (ordinary, SM_ALARM_SHELVED_UNTIL, G_MAXINT64);
  sm_test_network_put_alarm (room.ops, ordinary);
  sm_wall_alarms_look (room.wall->alarms);
  sm_row_set_int (safety, SM_ALARM_SHELVED_UNTIL, G_MAXINT64);
  sm_test_network_put_alarm (room.ops, safety);
  sm_wall_alarms_look (room.wall->alarms);
  run_until (sm_test_shows (bar, "粤B·00002D"));
  run_until (sm_test_shows (banner, "粤B·00002D"));
  g_assert_false (sm_test_shows (bar, "粤B·00001D"));
  g_assert_false (sm_test_shows (banner, "粤B·00001D"));
  room_clear (&room);
}

/* Nobody in a room knows a serial number: the banner says name, plate, and where that is. */
static void
test_banner_names (void)
{
  SmRow *vehicle = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
  SmRow *area = sm_row_new (sm_noun_get (SM_NOUN_AREA));
  g_autoptr (SmRow) station = NULL;
  GtkWidget *banner;
  Room room;

  room_init (&room);
  sm_row_set_int (vehicle, SM_ROW_ID, 4);
  sm_row_set_text (vehicle, SM_VEHICLE_PLATE, "粤B·00004D");
  sm_row_set_int (area, SM_ROW_ID, 11);
  sm_row_take_text (area, SM_AREA_NAME, sm_name_new ("Longgang District", "龙岗区"));
  register_row (&room, vehicle);
  register_row (&room, area);
  station = sm_row_copy (
      sm_item_get_row (sm_live_set_find (SM_LIVE_SET (sm_ops_get_stations (room.ops)), 5)));
  sm_row_set_int (station, SM_ROW_AREA_ID, 11);
  sm_live_set_put (SM_LIVE_SET (sm_ops_get_stations (room.ops)), station);
  start_wall (&room);
  banner = GTK_WIDGET (window_of (&room, 0)->worst_banner);
  raise_about (&room, 1, "station", 5, 0, "SN0005");
  g_assert_true (sm_test_shows (banner, "Longgang 5 · limit"));
  g_assert_true (sm_test_shows (banner, "Longgang District"));
  g_assert_false (sm_test_shows (banner, "SN0005"));
  g_assert_false (sm_test_shows (GTK_WIDGET (window_of (&room, 0)->alarm_bar), "SN0005"));
  raise_about (&room, 2, "battery", 9, 4, "BT0009");
  g_assert_true (sm_test_shows (banner, "BT0009"));
  g_assert_true (sm_test_shows (banner, "in 粤B·00004D"));
  g_assert_true (sm_test_shows (banner, "driving"));
  g_assert_true (sm_test_shows (banner, "km from Longgang "));
  raise_about (&room, 3, "vehicle", 4, 4, "粤B·00004D");
  g_assert_true (sm_test_shows (banner, "粤B·00004D · limit"));
  g_assert_true (sm_test_shows (banner, "km from Longgang "));
  room_clear (&room);
}

/* At the start alarms may be there before the stations that they are about. */
static void
test_banner_names_later (void)
{
  g_autoptr (SmRow) station = NULL;
  GtkWidget *banner;
  Room room;

  room_init (&room);
  station = sm_row_copy (
      sm_item_get_row (sm_live_set_find (SM_LIVE_SET (sm_ops_get_stations (room.ops)), 5)));
  sm_row_set_int (station, SM_ROW_ID, 505);
  sm_row_take_text (station, SM_STATION_NAME, sm_name_new ("Bantian 505", "坂田 505"));
  start_wall (&room);
  banner = GTK_WIDGET (window_of (&room, 0)->worst_banner);
  raise_about (&room, 1, "station", 505, 0, "SN0505");
  g_assert_true (sm_test_shows (banner, "SN0505"));
  sm_live_set_put (SM_LIVE_SET (sm_ops_get_stations (room.ops)), station);
  pass (&room, 1);
  run_until (sm_test_shows (banner, "Bantian 505"));
  g_assert_false (sm_test_shows (banner, "SN0505"));
  room_clear (&room);
}

/* Nothing opens above a wall that could cover its banner. */
static void
test_uncovered (void)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *dialog = gtk_window_new ();
  GtkWidget *other = gtk_window_new ();
  Room room;

  room_init (&room);
  start_wall (&room);
  raise_alarm (&room, 7, "unacked");
  gtk_widget_set_parent (popover, GTK_WIDGET (window_of (&room, 0)->worst_banner));
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window_of (&room, 0)));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (other));
  run_until (!gtk_widget_get_visible (popover) && !gtk_widget_get_visible (dialog));
  g_assert_true (gtk_widget_get_visible (other));
  gtk_widget_unparent (popover);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (other));
  room_clear (&room);
}

static void
get_position (Room   *room,
              double  position[3])
{
  sm_map_view_get_position (sm_wall_page_get_map (window_of (room, 0)->wall_page), &position[0],
                            &position[1], &position[2]);
}

/* The whole network, as soon as the map has its size. */
static gboolean
shows_network (Room   *room,
               double  position[3])
{
  get_position (room, position);
  return is_on_its_monitor (room, 0) && position[2] > 4
         && sm_map_view_is_settled (sm_wall_page_get_map (window_of (room, 0)->wall_page));
}

/* The map goes there by itself, back when it is acknowledged, and never in somebody's hands. */
static void
test_jump (void)
{
  double before[3], there[3], after[3];
  Room room;

  room_init (&room);
  start_wall (&room);
  run_until (shows_network (&room, before));
  sm_wall_note_act (room.wall, room.now);
  raise_alarm (&room, 7, "unacked");
  pass (&room, 29);
  get_position (&room, there);
  g_assert_cmpfloat (there[2], ==, before[2]);
  pass (&room, 1);
  get_position (&room, there);
  g_assert_cmpfloat (there[2], >, before[2]);
  raise_alarm (&room, 7, "acked");
  get_position (&room, after);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (after[i], before[i], 1e-6);
  g_settings_set_boolean (room.settings, "wall-jump", FALSE);
  raise_alarm (&room, 8, "unacked");
  pass (&room, 60);
  get_position (&room, after);
  g_assert_cmpfloat_with_epsilon (after[2], before[2], 1e-6);
  g_settings_reset (room.settings, "wall-jump");
  room_clear (&room);
}

/* By whole pixels, and what is pressed is what is seen; dim in its hours, but not the banner. */
static void
test_light (void)
{
  graphene_rect_t place;
  GtkWidget *bar, *window, *picked;
  Room room;
  int x, y;

  room_init (&room);
  start_wall (&room);
  run_until (is_on_its_monitor (&room, 0));
  window = GTK_WIDGET (window_of (&room, 0));
  bar = GTK_WIDGET (window_of (&room, 0)->alarm_bar);
  for (guint i = 1; i <= 5; i++)
    {
      room.now += SM_WALL_SHIFT_EVERY_US;
      sm_wall_tick (room.wall, room.now, NOON);
      sm_wall_shift_at (room.now, &x, &y);
      run_until (gtk_widget_compute_bounds (bar, window, &place)
                 && place.origin.x == (float) (SM_WALL_SHIFT_PX + x)
                 && place.origin.y + place.size.height == (float) (720 - SM_WALL_SHIFT_PX + y));
      picked = gtk_widget_pick (window, place.origin.x + 2, place.origin.y + 2, GTK_PICK_DEFAULT);
      g_assert_true (picked == bar || gtk_widget_is_ancestor (picked, bar));
    }
  g_settings_set_int (room.settings, "wall-dim-from", 22 * 60);
  g_settings_set_int (room.settings, "wall-dim-to", 6 * 60);
  for (int minute = 0; minute < SM_WALL_DAY_MINUTES; minute += 30)
    {
      sm_wall_tick (room.wall, room.now, minute);
      g_assert_cmpfloat_with_epsilon (
          sm_wall_frame_get_dim (sm_window_get_frame (window_of (&room, 1))),
          minute >= 22 * 60 || minute < 6 * 60 ? 0.6 : 0, 1e-9);
    }
  g_settings_reset (room.settings, "wall-dim-from");
  g_settings_reset (room.settings, "wall-dim-to");
  room_clear (&room);
}

/* A monitor is known again at another connector, unless its like is there. */
static void
test_keys (void)
{
  const char *const known[] = { "DP-1/DELL/U2720Q", "HDMI-1/LG/27", "HDMI-2/LG/27", "DP-3//", NULL };

  g_assert_cmpstr (sm_wall_match_key ("HDMI-2/LG/27", known), ==, "HDMI-2/LG/27");
  /* One of two that could be it: whoever it is, it does not get another one's page. */
  g_assert_null (sm_wall_match_key ("DP-7/LG/27", known));
  g_assert_cmpstr (sm_wall_match_key ("DP-2/DELL/U2720Q", known), ==, "DP-1/DELL/U2720Q");
  g_assert_null (sm_wall_match_key ("DP-1/DELL/U2412M", known));
  g_assert_null (sm_wall_match_key ("DP-1//", known));
  g_assert_cmpstr (sm_wall_match_key ("DP-3//", known), ==, "DP-3//");
  /* Another monitor at the connector, by its model, or by its size where it says no model. */
  g_assert_null (sm_wall_match_key ("HDMI-1/DELL/27", known));
  g_assert_null (sm_wall_match_key ("DP-3//600x340 mm", known));
  g_assert_null (sm_wall_match_key ("DP-4//", known));
}

/* Where another monitor was, its page is not shown; and of two alike neither gets what was shown
 * by a third of their model that is gone. */
static void
test_another_monitor (void)
{
  g_autoptr (GPtrArray) stops = sm_wall_stops_new ();
  Room room;

  room_init (&room);
  g_assert_true (sm_wall_stops_add (stops, "stationmaster:vehicles", 60));
  sm_wall_settings_write_stops (room.settings, "screen0/DELL/U2720Q", stops);
  sm_wall_settings_write_stops (room.settings, "screen9/weston-X11/", stops);
  start_wall (&room);
  for (guint i = 0; i < 2; i++)
    check_page (&room, i, "stationmaster:wall");
  room_clear (&room);
  /* With its like known by its own connector, the one that is left is the one that was moved. */
  room_init (&room);
  set_playlist (&room, 0, "stationmaster:stations", NULL);
  sm_wall_settings_write_stops (room.settings, "screen9/weston-X11/", stops);
  start_wall (&room);
  check_page (&room, 0, "stationmaster:stations");
  check_page (&room, 1, "stationmaster:vehicles");
  room_clear (&room);
}

/* Soon at first, then less often, and never more than five minutes later. */
static void
test_account (void)
{
  g_assert_cmpint (sm_wall_account_wait_us (1), ==, 5 * SECOND);
  g_assert_cmpint (sm_wall_account_wait_us (2), ==, 10 * SECOND);
  for (guint n = 8; n < 100; n++)
    g_assert_cmpint (sm_wall_account_wait_us (n), ==, 300 * SECOND);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/app/walls/keys", test_keys);
  g_test_add_func ("/app/walls/another-monitor-not-its-page", test_another_monitor);
  g_test_add_func ("/app/walls/each-monitor-its-pages", test_pages);
  g_test_add_func ("/app/walls/restored", test_restored);
  g_test_add_func ("/app/walls/unplugged-and-back", test_unplugged);
  g_test_add_func ("/app/walls/banner", test_banner);
  g_test_add_func ("/app/walls/put-aside", test_put_aside);
  g_test_add_func ("/app/walls/banner-names-and-places", test_banner_names);
  g_test_add_func ("/app/walls/banner-names-later", test_banner_names_later);
  g_test_add_func ("/app/walls/nothing-covers-it", test_uncovered);
  g_test_add_func ("/app/walls/map-jumps", test_jump);
  g_test_add_func ("/app/walls/shift-and-dim", test_light);
  g_test_add_func ("/app/walls/account-tries-again", test_account);
  /* The last: nobody plugs it in again. */
  g_test_add_func ("/app/walls/cable-pulled", test_cable);
  return g_test_run ();
}
