/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

#include "sm-item.h"
#include "sm-map-layers.h"
#include "sm-map-view.h"
#include "synthetic.h"

#define WIDTH 800
#define HEIGHT 600

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
settle (GtkWidget *view)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (20, wake_cb, &late);

  while (!sm_map_view_is_settled (SM_MAP_VIEW (view)) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timer);
}

/* At most @ms, until the layer has been drawn once more. */
static gboolean
wait_for_redraw (SmVehicleLayer *layer,
                 guint           before,
                 guint           ms)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add (ms, wake_cb, &late);

  while (sm_vehicle_layer_get_n_redraws (layer) == before && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timer);
  return !late;
}

static GtkWidget *
show (GtkWidget *view)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_widget_set_size_request (view, WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
find_layer (GtkWidget *widget,
            GType      type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child
                                                                  : find_layer (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static SmFleet *
fleet_of_one (double latitude,
              double longitude)
{
  SmFleet *fleet = sm_fleet_new ();
  g_autoptr (SmVehicleBatch) batch = synthetic_batch_new (1, 1);

  batch->columns.id[0] = 77;
  batch->columns.at[0] = sm_world_project (latitude, longitude);
  batch->columns.connection[0] = SM_CONNECTION_ONLINE;
  sm_fleet_apply (fleet, batch);
  return fleet;
}

static void
read_pixels (GtkWidget *widget,
             guint32   *out_pixels)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (20, wake_cb, &late);

  /* There is nothing while a change waits for its frame. */
  while (node == NULL && !late)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      gdk_paintable_snapshot (paintable, snapshot, WIDTH, HEIGHT);
      node = gtk_snapshot_free_to_node (snapshot);
      if (node == NULL)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_false (late);
  g_source_remove (timer);
  texture = gsk_renderer_render_texture (
    gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
    &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gdk_texture_download (texture, (guchar *) out_pixels, WIDTH * 4);
}

/* How many pixels are near to a colour: with tolerance, fonts differ. */
static guint
count_colour (const guint32 *pixels,
              guint32        colour,
              int            x0,
              int            y0,
              int            x1,
              int            y1)
{
  guint n = 0;

  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      {
        guint32 pixel = pixels[y * WIDTH + x];
        int off = 0;

        for (int shift = 0; shift < 24; shift += 8)
          off = MAX (off, abs ((int) (pixel >> shift & 0xff) - (int) (colour >> shift & 0xff)));
        n += off < 12;
      }
  return n;
}

static void
test_finalizes (void)
{
  GtkWidget *view = g_object_ref_sink (sm_map_view_new ());

  g_assert_finalize_object (view);
}

static void
test_draws_and_finalizes (void)
{
  GtkWidget *view = g_object_ref_sink (sm_map_view_new ());
  GtkWidget *window = show (view);
  g_autoptr (SmFleet) fleet = fleet_of_one (30, 110);
  g_autoptr (GListModel) stations = synthetic_stations_new (50, 1);

  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  sm_map_view_set_stations (SM_MAP_VIEW (view), stations);
  g_assert_true (sm_map_view_fit_data (SM_MAP_VIEW (view)));
  settle (view);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (view);
}

static void
activated_cb (SmMapView *view,
              int        noun,
              gint64     id,
              gint64    *out)
{
  out[0] = noun;
  out[1] = id;
}

static void
test_opens_what_is_in_the_middle (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (SmFleet) fleet = fleet_of_one (30, 110);
  SmVehicleLayer *layer = SM_VEHICLE_LAYER (find_layer (view, SM_TYPE_VEHICLE_LAYER));
  gint64 opened[2] = { -1, -1 };
  SmMapHit hit;

  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  sm_map_view_set_position (SM_MAP_VIEW (view), 30, 110, 9);
  settle (view);
  g_signal_connect (view, "activated", G_CALLBACK (activated_cb), opened);
  g_assert_true (sm_vehicle_layer_hit (layer, WIDTH / 2, HEIGHT / 2, 8, &hit));
  g_assert_cmpint (hit.id, ==, 77);
  g_assert_false (sm_vehicle_layer_hit (layer, WIDTH / 2 + 40, HEIGHT / 2, 8, &hit));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* As the gesture says it: what follows a press that did not become a drag. */
static void
click (GtkWidget *view,
       double     x,
       double     y)
{
  GtkWidget *map = find_layer (view, SHUMATE_TYPE_MAP);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (map);
  gboolean found = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_GESTURE_CLICK (controller))
        continue;
      g_signal_emit_by_name (controller, "pressed", 1, x, y);
      g_signal_emit_by_name (controller, "released", 1, x, y);
      found = TRUE;
    }
  g_assert_true (found);
}

/* What the widget's own binding of a key does. */
static gboolean
press_key (GtkWidget  *view,
           const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      GListModel *shortcuts = G_IS_LIST_MODEL (controller) ? G_LIST_MODEL (controller) : NULL;

      for (guint k = 0; shortcuts != NULL && k < g_list_model_get_n_items (shortcuts); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, k);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (
            gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, key))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, view,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

static GListModel *
stations_at (guint  n,
             double latitude,
             double longitude)
{
  GListModel *stations = synthetic_stations_new (n, 1);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);
      g_autoptr (SmRow) row = sm_row_copy (sm_item_get_row (item));

      sm_row_set_real (row, SM_STATION_LATITUDE, latitude);
      sm_row_set_real (row, SM_STATION_LONGITUDE, longitude);
      sm_item_set_row (item, row);
    }
  return stations;
}

static void
test_click_opens_vehicle (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (SmFleet) fleet = fleet_of_one (30, 110);
  gint64 opened[2] = { -1, -1 };

  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  sm_map_view_set_position (SM_MAP_VIEW (view), 30, 110, 11);
  settle (view);
  g_signal_connect (view, "activated", G_CALLBACK (activated_cb), opened);
  click (view, WIDTH / 2 + 60, HEIGHT / 2);
  g_assert_cmpint (opened[1], ==, -1);
  click (view, WIDTH / 2 + 2, HEIGHT / 2);
  g_assert_cmpint (opened[0], ==, SM_NOUN_VEHICLE);
  g_assert_cmpint (opened[1], ==, 77);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_click_opens_station (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (GListModel) stations = stations_at (1, 22.5, 114);
  gint64 opened[2] = { -1, -1 };

  sm_map_view_set_stations (SM_MAP_VIEW (view), stations);
  sm_map_view_set_position (SM_MAP_VIEW (view), 22.5, 114, 12);
  settle (view);
  g_signal_connect (view, "activated", G_CALLBACK (activated_cb), opened);
  click (view, WIDTH / 2, HEIGHT / 2 + 60);
  g_assert_cmpint (opened[1], ==, -1);
  click (view, WIDTH / 2, HEIGHT / 2 + 2);
  g_assert_cmpint (opened[0], ==, SM_NOUN_STATION);
  g_assert_cmpint (opened[1], ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_enter_opens_nearest (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (SmFleet) fleet = fleet_of_one (30, 110);
  gint64 opened[2] = { -1, -1 };

  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  /* Not under the cross, but nothing else is near. */
  sm_map_view_set_position (SM_MAP_VIEW (view), 30.01, 110.01, 11);
  settle (view);
  g_signal_connect (view, "activated", G_CALLBACK (activated_cb), opened);
  g_assert_true (press_key (view, "Return"));
  g_assert_cmpint (opened[0], ==, SM_NOUN_VEHICLE);
  g_assert_cmpint (opened[1], ==, 77);
  opened[1] = -1;
  sm_map_view_set_position (SM_MAP_VIEW (view), 31, 111, 11);
  settle (view);
  press_key (view, "Return");
  g_assert_cmpint (opened[1], ==, -1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Stations on one spot cannot be told apart by looking: a list does it. */
static void
test_stack_opens_chooser (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (GListModel) stations = stations_at (3, 22.5, 114);
  gint64 opened[2] = { -1, -1 };
  GtkWidget *popover, *list;

  sm_map_view_set_stations (SM_MAP_VIEW (view), stations);
  sm_map_view_set_position (SM_MAP_VIEW (view), 22.5, 114, 17);
  settle (view);
  g_signal_connect (view, "activated", G_CALLBACK (activated_cb), opened);
  popover = find_layer (view, GTK_TYPE_POPOVER);
  g_assert_false (gtk_widget_get_visible (popover));
  click (view, WIDTH / 2, HEIGHT / 2);
  g_assert_cmpint (opened[1], ==, -1);
  g_assert_true (gtk_widget_get_visible (popover));
  list = find_layer (popover, GTK_TYPE_LIST_BOX);
  g_assert_null (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 3));
  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  g_assert_cmpint (opened[0], ==, SM_NOUN_STATION);
  g_assert_cmpint (opened[1], ==, 2);
  g_assert_false (gtk_widget_get_visible (popover));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_works_without_base_map (void)
{
  g_autofree guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  GtkWidget *view, *window;
  g_autoptr (SmFleet) fleet = fleet_of_one (30, 110);
  gint64 opened[2] = { -1, -1 };

  g_setenv ("SM_BASEMAP", "/nowhere/basemap.bin", TRUE);
  view = sm_map_view_new ();
  g_unsetenv ("SM_BASEMAP");
  sm_map_view_set_dark (SM_MAP_VIEW (view), TRUE);
  window = show (view);
  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  sm_fleet_set_level (fleet, 77, 1);
  sm_map_view_set_position (SM_MAP_VIEW (view), 30, 110, 11);
  settle (view);
  read_pixels (view, pixels);
  /* Plain ground, and on it what matters. */
  g_assert_cmpuint (count_colour (pixels, 0x242a31, 0, 0, WIDTH, HEIGHT), >,
                    WIDTH * HEIGHT * 9 / 10);
  g_assert_cmpuint (count_colour (pixels, 0xff5c5c, 380, 280, 420, 320), >, 60);
  g_signal_connect (view, "activated", G_CALLBACK (activated_cb), opened);
  click (view, WIDTH / 2, HEIGHT / 2);
  g_assert_cmpint (opened[1], ==, 77);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A window in which nothing is live has no sign in a level's colour, of
 * stations either, and has them again when it is. */
static void
test_stale_stations (void)
{
  g_autofree guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window;
  g_autoptr (GListModel) stations = stations_at (1, 34.31, 108.52);
  g_autoptr (SmItem) station = g_list_model_get_item (stations, 0);
  g_autoptr (GListStore) alarms = g_list_store_new (SM_TYPE_ITEM);
  g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  g_autoptr (SmItem) item = NULL;

  sm_row_set_int (alarm, SM_ROW_ID, 5);
  sm_row_set_int (alarm, SM_ALARM_LEVEL, 1);
  sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, "station");
  sm_row_set_int (alarm, SM_ALARM_SOURCE_ID, 1);
  item = sm_item_new (alarm);
  g_list_store_append (alarms, item);
  sm_map_view_set_dark (SM_MAP_VIEW (view), TRUE);
  window = show (view);
  sm_map_view_set_stations (SM_MAP_VIEW (view), stations);
  sm_map_view_set_alarms (SM_MAP_VIEW (view), G_LIST_MODEL (alarms));
  sm_map_view_set_position (SM_MAP_VIEW (view), 34.31, 108.52, 11);
  for (guint stale = 0; stale < 3; stale++)
    {
      guint red;

      sm_map_view_set_stale (SM_MAP_VIEW (view), stale % 2 == 1);
      settle (view);
      read_pixels (view, pixels);
      red = count_colour (pixels, 0xff5c5c, 380, 280, 420, 320);
      if (stale % 2 == 1)
        g_assert_cmpuint (red, ==, 0);
      else
        g_assert_cmpuint (red, >, 30);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_draws_faults_by_shape (void)
{
  g_autofree guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window;
  g_autoptr (SmFleet) fleet = fleet_of_one (34.31, 108.52);
  SmVehicleLayer *layer;
  guint before;

  sm_map_view_set_dark (SM_MAP_VIEW (view), TRUE);
  window = show (view);
  layer = SM_VEHICLE_LAYER (find_layer (view, SM_TYPE_VEHICLE_LAYER));
  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  sm_map_view_set_position (SM_MAP_VIEW (view), 34.31, 108.52, 11);
  settle (view);
  read_pixels (view, pixels);
  g_assert_cmpuint (count_colour (pixels, 0xff5c5c, 380, 280, 420, 320), ==, 0);
  before = sm_vehicle_layer_get_n_redraws (layer);
  sm_fleet_set_level (fleet, 77, 1);
  g_assert_true (wait_for_redraw (layer, before, 5000));
  read_pixels (view, pixels);
  g_assert_cmpuint (count_colour (pixels, 0xff5c5c, 380, 280, 420, 320), >, 60);
  /* Not live any more: the shape stays, the colour goes. */
  sm_map_view_set_stale (SM_MAP_VIEW (view), TRUE);
  settle (view);
  read_pixels (view, pixels);
  g_assert_cmpuint (count_colour (pixels, 0xff5c5c, 380, 280, 420, 320), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_theme (void)
{
  g_autofree guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window;

  sm_map_view_set_dark (SM_MAP_VIEW (view), TRUE);
  window = show (view);
  sm_map_view_set_position (SM_MAP_VIEW (view), 34, 108, 6);
  settle (view);
  read_pixels (view, pixels);
  g_assert_cmpuint (count_colour (pixels, 0x242a31, 0, 0, WIDTH, HEIGHT), >, WIDTH * HEIGHT / 2);
  sm_map_view_set_dark (SM_MAP_VIEW (view), FALSE);
  settle (view);
  read_pixels (view, pixels);
  g_assert_cmpuint (count_colour (pixels, 0xf3f3f2, 0, 0, WIDTH, HEIGHT), >, WIDTH * HEIGHT / 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nothing moves, nothing is drawn and no timer runs. */
static void
test_rests (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (SmFleet) fleet = fleet_of_one (30, 110);
  SmVehicleLayer *layer = SM_VEHICLE_LAYER (find_layer (view, SM_TYPE_VEHICLE_LAYER));
  g_autoptr (SmVehicleBatch) moved = synthetic_batch_new (1, 1);
  gboolean late = FALSE;
  guint before, timer;

  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  sm_map_view_set_position (SM_MAP_VIEW (view), 30, 110, 9);
  settle (view);
  moved->columns.id[0] = 77;
  moved->columns.at[0] = sm_world_project (30.01, 110.01);
  before = sm_vehicle_layer_get_n_redraws (layer);
  sm_fleet_apply (fleet, moved);
  g_assert_true (sm_vehicle_layer_is_moving (layer));
  g_assert_true (wait_for_redraw (layer, before, 5000));
  timer = g_timeout_add_seconds (20, wake_cb, &late);
  while (sm_vehicle_layer_is_moving (layer) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  g_source_remove (timer);
  /* The last step is still to be painted, late as it may be. */
  for (guint n_quiet = 0; n_quiet < 2;)
    {
      before = sm_vehicle_layer_get_n_redraws (layer);
      n_quiet = wait_for_redraw (layer, before, 400) ? 0 : n_quiet + 1;
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_clusters_count_everybody (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (SmFleet) fleet = sm_fleet_new ();
  g_autoptr (SmVehicleBatch) batch = synthetic_batch_new (20000, 4);
  SmVehicleLayer *layer = SM_VEHICLE_LAYER (find_layer (view, SM_TYPE_VEHICLE_LAYER));
  guint vehicles, clusters, clustered;

  sm_fleet_apply (fleet, batch);
  sm_map_view_set_fleet (SM_MAP_VIEW (view), fleet);
  g_assert_true (sm_map_view_fit_data (SM_MAP_VIEW (view)));
  settle (view);
  sm_vehicle_layer_get_shown (layer, &vehicles, &clusters, &clustered);
  g_assert_cmpuint (vehicles, ==, 20000);
  g_assert_cmpuint (clusters, >, 10);
  g_assert_cmpuint (clustered, <=, 20000);
  g_assert_cmpuint (clustered, >, 19000);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_names_in_the_language (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  SmLabelLayer *layer = SM_LABEL_LAYER (find_layer (view, SM_TYPE_LABEL_LAYER));
  g_autoptr (GPtrArray) english = NULL;
  g_autoptr (GPtrArray) chinese = NULL;

  sm_map_view_set_position (SM_MAP_VIEW (view), 36, 114, 5);
  settle (view);
  english = sm_label_layer_dup_shown (layer);
  g_assert_true (g_ptr_array_find_with_equal_func (english, "Beijing", g_str_equal, NULL));
  sm_map_view_set_language (SM_MAP_VIEW (view), "zh-CN");
  settle (view);
  chinese = sm_label_layer_dup_shown (layer);
  g_assert_true (g_ptr_array_find_with_equal_func (chinese, "北京", g_str_equal, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Several stations on one point are one glyph that can be told apart. */
static void
test_stations_on_one_point (void)
{
  GtkWidget *view = sm_map_view_new ();
  GtkWidget *window = show (view);
  g_autoptr (GListModel) stations = synthetic_stations_new (3, 1);
  SmStationLayer *layer = SM_STATION_LAYER (find_layer (view, SM_TYPE_STATION_LAYER));
  g_autoptr (GPtrArray) rows = NULL;
  guint before;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);
      g_autoptr (SmRow) row = sm_row_copy (sm_item_get_row (item));

      sm_row_set_real (row, SM_STATION_LATITUDE, i < 2 ? 22.5 : 22.6);
      sm_row_set_real (row, SM_STATION_LONGITUDE, 114);
      sm_item_set_row (item, row);
    }
  sm_map_view_set_stations (SM_MAP_VIEW (view), stations);
  sm_map_view_set_position (SM_MAP_VIEW (view), 22.5, 114, 17);
  settle (view);
  rows = sm_station_layer_hit (layer, WIDTH / 2, HEIGHT / 2, 10);
  g_assert_nonnull (rows);
  g_assert_cmpuint (rows->len, ==, 2);
  /* Moving the map a little draws nothing. */
  before = sm_station_layer_get_n_redraws (layer);
  sm_map_view_set_position (SM_MAP_VIEW (view), 22.5001, 114, 17);
  settle (view);
  g_assert_cmpuint (sm_station_layer_get_n_redraws (layer), ==, before);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/view/finalizes", test_finalizes);
  g_test_add_func ("/map/view/draws-and-finalizes", test_draws_and_finalizes);
  g_test_add_func ("/map/view/hits-the-vehicle-drawn", test_opens_what_is_in_the_middle);
  g_test_add_func ("/map/view/click-opens-vehicle", test_click_opens_vehicle);
  g_test_add_func ("/map/view/click-opens-station", test_click_opens_station);
  g_test_add_func ("/map/view/enter-opens-nearest", test_enter_opens_nearest);
  g_test_add_func ("/map/view/stack-opens-chooser", test_stack_opens_chooser);
  g_test_add_func ("/map/view/works-without-base-map", test_works_without_base_map);
  g_test_add_func ("/map/view/stale-stations", test_stale_stations);
  g_test_add_func ("/map/view/faults-by-shape-and-stale", test_draws_faults_by_shape);
  g_test_add_func ("/map/view/theme", test_theme);
  g_test_add_func ("/map/view/rests", test_rests);
  g_test_add_func ("/map/view/clusters-count-everybody", test_clusters_count_everybody);
  g_test_add_func ("/map/view/names-in-the-language", test_names_in_the_language);
  g_test_add_func ("/map/view/stations-on-one-point", test_stations_on_one_point);
  return g_test_run ();
}
