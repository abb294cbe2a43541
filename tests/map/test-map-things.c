/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>
#include <math.h>

#include "sm-dot-tiles.h"
#include "sm-item.h"
#include "sm-map-key.h"
#include "sm-map-transform.h"
#include "sm-map-view-private.h"
#include "sm-station-glyphs.h"
#include "synthetic.h"

#define WIDTH 800
#define HEIGHT 600

/* Around here is everything. */
#define LATITUDE 22.6
#define LONGITUDE 114.1

static gboolean
wake_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

typedef gboolean (*Condition) (SmMapView *view);

static gboolean
wait_for (SmMapView *view,
          Condition  condition)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (60, wake_cb, &late);

  while (!condition (view) && !late)
    g_main_context_iteration (NULL, TRUE);
  if (!late)
    g_source_remove (timer);
  return !late;
}

static gboolean
has_ground (SmMapView *view)
{
  return view->layers.has_ground && sm_map_view_is_settled (view);
}

typedef struct
{
  GtkWidget *window;
  SmMapView *view;
  SmFleet *fleet;
} Shown;

/* Two hundred vehicles, at the towns around; one of level 1 in the middle. */
static Shown
show (void)
{
  Shown self;
  g_autoptr (SmVehicleBatch) batch = synthetic_batch_new (200, 5);

  self.fleet = sm_fleet_new ();
  for (guint i = 0; i < 200; i++)
    batch->columns.at[i] = sm_world_project (LATITUDE + (i % 20) * 0.005 - 0.05,
                                             LONGITUDE + (i / 20) * 0.01 - 0.05);
  sm_fleet_apply (self.fleet, batch);
  self.view = SM_MAP_VIEW (sm_map_view_new ());
  sm_map_view_set_dark (self.view, TRUE);
  sm_map_view_set_fleet (self.view, self.fleet);
  sm_map_view_set_position (self.view, LATITUDE, LONGITUDE, 11);
  self.window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (self.window), FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self.view), WIDTH, HEIGHT);
  gtk_window_set_child (GTK_WINDOW (self.window), GTK_WIDGET (self.view));
  gtk_window_present (GTK_WINDOW (self.window));
  g_assert_true (wait_for (self.view, sm_map_view_is_settled));
  return self;
}

static void
shown_clear (Shown *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->fleet);
}

/* @snapshot: (transfer full): as it comes to the screen of @view */
static guint32 *
draw (SmMapView   *view,
      GtkSnapshot *snapshot)
{
  guint32 *pixels = g_new0 (guint32, WIDTH * HEIGHT);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (view))), node,
      &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));

  gdk_texture_download (texture, (guchar *) pixels, WIDTH * 4);
  return pixels;
}

static guint32 *
read_pixels (SmMapView *view)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  GTK_WIDGET_GET_CLASS (view)->snapshot (GTK_WIDGET (view), snapshot);
  return draw (view, snapshot);
}

static guint
count_different (const guint32 *a,
                 const guint32 *b)
{
  guint n = 0;

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    for (int shift = 0; shift < 24; shift += 8)
      if (abs ((int) (a[i] >> shift & 0xff) - (int) (b[i] >> shift & 0xff)) > 2)
        {
          n++;
          break;
        }
  return n;
}

static guint32 *
draw_dots (SmMapView *view,
           gboolean   as_textures)
{
  /* Alone in a tile, in two, in the last row and column. */
  static const float places[][2] = { { 40, 70 }, { 60, 90 }, { 256, 128 }, { WIDTH - 7, 30 },
                                     { 300, HEIGHT - 7 }, { WIDTH - 20, HEIGHT - 20 } };
  SmVehicleSprites *sprites = sm_vehicle_sprites_new (view->layers.pen);
  SmDotTiles *tiles = sm_dot_tiles_new ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  sm_dot_tiles_begin (tiles, WIDTH, HEIGHT, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    sm_dot_tiles_add (tiles, places[i][0], places[i][1],
                      sm_vehicle_sprite_id (SM_DOT_HEADING, SM_LOOK_LEVEL_2, FALSE, 3));
  sm_dot_tiles_end (tiles, sprites, as_textures);
  sm_dot_tiles_snapshot (tiles, snapshot);
  sm_dot_tiles_free (tiles);
  sm_vehicle_sprites_free (sprites);
  return draw (view, snapshot);
}

/* What draws with the graphics card, or in a browser, gets textures: vehicles are as large there,
 * and where they are. */
static void
test_textures_look_the_same (void)
{
  Shown shown = show ();
  g_autofree guint32 *nodes = draw_dots (shown.view, FALSE);
  g_autofree guint32 *textures = draw_dots (shown.view, TRUE);
  g_autofree guint32 *nothing = g_new0 (guint32, WIDTH * HEIGHT);

  g_assert_cmpuint (count_different (nodes, nothing), >, 500);
  g_assert_cmpuint (count_different (nodes, textures), ==, 0);
  shown_clear (&shown);
}

static GListModel *
one_service_point (gint64 radius_m)
{
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_SERVICE_POINT));
  g_autoptr (SmItem) item = NULL;

  sm_row_set_int (row, SM_ROW_ID, 9);
  sm_row_take_text (row, SM_SERVICE_POINT_NAME, sm_name_new ("Depot", "Depot"));
  sm_row_set_real (row, SM_SERVICE_POINT_LATITUDE, LATITUDE + 0.07);
  sm_row_set_real (row, SM_SERVICE_POINT_LONGITUDE, LONGITUDE);
  sm_row_set_int (row, SM_SERVICE_POINT_RADIUS_M, radius_m);
  item = sm_item_new (row);
  g_list_store_append (store, item);
  return G_LIST_MODEL (store);
}

static GListModel *
one_engineer (void)
{
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));
  g_autoptr (SmItem) item = NULL;

  sm_row_set_int (row, SM_ROW_ID, 4);
  sm_row_set_text (row, SM_ENGINEER_NAME, "Chen");
  sm_row_set_text (row, SM_ENGINEER_DUTY, "on_duty");
  sm_row_set_real (row, SM_ENGINEER_LATITUDE, LATITUDE - 0.07);
  sm_row_set_real (row, SM_ENGINEER_LONGITUDE, LONGITUDE + 0.1);
  item = sm_item_new (row);
  g_list_store_append (store, item);
  return G_LIST_MODEL (store);
}

/* At rest vehicles are drawn onto a picture of what lies below; nobody can tell. */
static void
test_ground_looks_the_same (void)
{
  Shown shown = show ();
  g_autoptr (GListModel) stations = synthetic_stations_new (50, 3);
  g_autoptr (GListModel) points = one_service_point (8000);
  g_autofree guint32 *layers = NULL, *ground = NULL;

  sm_map_view_set_stations (shown.view, stations);
  sm_map_view_set_service_points (shown.view, points);
  g_assert_true (wait_for (shown.view, has_ground));
  ground = read_pixels (shown.view);
  sm_map_view_queue_change_ (shown.view);
  g_assert_false (shown.view->layers.has_ground);
  layers = read_pixels (shown.view);
  g_assert_cmpuint (count_different (layers, ground), ==, 0);
  shown_clear (&shown);
}

static gboolean
has_renewed_ground (SmMapView *view)
{
  g_assert_true (view->layers.has_ground);
  return sm_map_view_is_settled (view);
}

/* What rests follows what changes without being taken away meanwhile: that would draw all of the
 * window twice.  Nobody can tell it from one that is drawn from nothing. */
static void
test_ground_follows_stations (void)
{
  Shown shown = show ();
  g_autoptr (GListModel) stations = synthetic_stations_new (1, 3);
  g_autofree guint32 *before = NULL, *after = NULL, *layers = NULL, *without = NULL;

  g_assert_true (wait_for (shown.view, has_ground));
  before = read_pixels (shown.view);
  sm_map_view_set_stations (shown.view, stations);
  g_assert_true (wait_for (shown.view, has_renewed_ground));
  after = read_pixels (shown.view);
  g_assert_cmpuint (count_different (before, after), >, 20);
  sm_map_view_queue_change_ (shown.view);
  layers = read_pixels (shown.view);
  g_assert_cmpuint (count_different (layers, after), ==, 0);
  g_assert_true (wait_for (shown.view, has_ground));
  sm_map_view_set_stations (shown.view, NULL);
  g_assert_true (wait_for (shown.view, has_renewed_ground));
  without = read_pixels (shown.view);
  g_assert_cmpuint (count_different (without, before), ==, 0);
  shown_clear (&shown);
}

/* Tiles of where the camera was are not kept for ever, and nobody sees them go. */
static void
test_tiles_are_forgotten (void)
{
  Shown shown = show ();
  g_autoptr (ShumateMapLayer) first = NULL;
  g_autofree guint32 *before = NULL, *after = NULL;

  g_assert_true (wait_for (shown.view, has_ground));
  sm_map_view_set_position (shown.view, LATITUDE + 3, LONGITUDE - 3, 9);
  g_assert_true (wait_for (shown.view, has_ground));
  first = g_object_ref (shown.view->layers.base);
  before = read_pixels (shown.view);
  sm_map_view_forget_tiles_ (shown.view);
  g_assert_true (shown.view->layers.base != first);
  g_assert_true (wait_for (shown.view, has_renewed_ground));
  sm_map_view_queue_change_ (shown.view);
  g_assert_true (wait_for (shown.view, has_ground));
  after = read_pixels (shown.view);
  g_assert_cmpuint (count_different (before, after), ==, 0);
  /* What is looked at is all there is. */
  g_set_object (&first, shown.view->layers.base);
  sm_map_view_forget_tiles_ (shown.view);
  g_assert_true (shown.view->layers.base == first);
  shown_clear (&shown);
}

static guint
count_shown (SmMapView *view)
{
  guint vehicles, clusters, clustered;

  sm_vehicle_layer_get_shown (view->layers.vehicles, &vehicles, &clusters, &clustered);
  return vehicles;
}

static gboolean
shows_three (SmMapView *view)
{
  return count_shown (view) == 3;
}

static gboolean
shows_all (SmMapView *view)
{
  return count_shown (view) == 200;
}

static void
test_filter_hides (void)
{
  Shown shown = show ();
  guint8 mask[50] = { [3] = 1, [7] = 1, [49] = 1 };
  SmMapHit hit;

  g_assert_true (wait_for (shown.view, shows_all));
  sm_map_view_set_filter (shown.view, mask, G_N_ELEMENTS (mask));
  g_assert_true (wait_for (shown.view, shows_three));
  /* What is not shown cannot be pointed at. */
  g_assert_true (sm_vehicle_layer_hit (shown.view->layers.vehicles, WIDTH / 2.0, HEIGHT / 2.0, 4000,
                                       &hit));
  g_assert_true (hit.id == 4 || hit.id == 8 || hit.id == 50);
  sm_map_view_set_filter (shown.view, NULL, 0);
  g_assert_true (wait_for (shown.view, shows_all));
  shown_clear (&shown);
}

static void
test_service_is_shown_and_hidden (void)
{
  Shown shown = show ();
  g_autoptr (GListModel) points = one_service_point (8000);
  g_autoptr (GListModel) engineers = one_engineer ();
  g_autofree guint32 *with = NULL, *without = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  sm_map_view_set_service_points (shown.view, points);
  sm_map_view_set_engineers (shown.view, engineers);
  g_assert_true (wait_for (shown.view, has_ground));
  rows = sm_place_layer_dup_visible (shown.view->layers.engineers);
  g_assert_cmpuint (rows->len, ==, 1);
  with = read_pixels (shown.view);
  sm_map_view_set_show_service (shown.view, FALSE);
  g_assert_true (wait_for (shown.view, has_ground));
  without = read_pixels (shown.view);
  /* House, person, and a long dashed line. */
  g_assert_cmpuint (count_different (with, without), >, 500);
  shown_clear (&shown);
}

static void
test_engineer_can_be_pointed_at (void)
{
  Shown shown = show ();
  g_autoptr (GListModel) engineers = one_engineer ();
  SmPlaceLayer *layer = shown.view->layers.engineers;
  SmRow *row;

  sm_map_view_set_engineers (shown.view, engineers);
  sm_map_view_set_position (shown.view, LATITUDE - 0.07, LONGITUDE + 0.1, 14);
  g_assert_true (wait_for (shown.view, sm_map_view_is_settled));
  row = sm_place_layer_hit (layer, WIDTH / 2.0, HEIGHT / 2.0, 11);
  g_assert_nonnull (row);
  g_assert_cmpint (sm_row_get_id (row), ==, 4);
  g_assert_null (sm_place_layer_hit (layer, WIDTH / 2.0 + 40, HEIGHT / 2.0, 11));
  sm_map_view_set_show_service (shown.view, FALSE);
  g_assert_null (sm_place_layer_hit (layer, WIDTH / 2.0, HEIGHT / 2.0, 11));
  shown_clear (&shown);
}

static void
test_track_has_gaps (void)
{
  Shown shown = show ();
  gint64 minute = 60 * G_USEC_PER_SEC;
  SmTrackPoint points[] = {
    { LATITUDE - 0.1, LONGITUDE - 0.2, 0 },          { LATITUDE, LONGITUDE - 0.2, minute },
    { NAN, NAN, 2 * minute },                        { LATITUDE, LONGITUDE, 3 * minute },
    { LATITUDE + 0.1, LONGITUDE + 0.2, 60 * minute }, { LATITUDE, LONGITUDE + 0.2, 61 * minute },
  };
  g_autofree guint32 *without = NULL, *with = NULL;

  g_assert_true (wait_for (shown.view, has_ground));
  without = read_pixels (shown.view);
  sm_map_view_set_track (shown.view, points, G_N_ELEMENTS (points));
  g_assert_cmpuint (sm_track_layer_get_n_gaps (shown.view->layers.track), ==, 1);
  g_assert_true (wait_for (shown.view, has_ground));
  with = read_pixels (shown.view);
  g_assert_cmpuint (count_different (with, without), >, 500);
  g_assert_true (sm_map_view_fit_track (shown.view));
  sm_map_view_set_track (shown.view, NULL, 0);
  g_assert_false (sm_map_view_fit_track (shown.view));
  shown_clear (&shown);
}

static gboolean
looks_elsewhere (SmMapView *view)
{
  double latitude, longitude, zoom;

  sm_map_view_get_position (view, &latitude, &longitude, &zoom);
  return fabs (latitude - 23.4) < 0.01 && fabs (longitude - 115.2) < 0.01;
}

static void
test_follows_until_moved (void)
{
  Shown shown = show ();
  g_autoptr (SmVehicleBatch) batch = synthetic_batch_new (1, 5);
  g_autoptr (SmVehicleBatch) back = synthetic_batch_new (1, 5);

  batch->columns.at[0] = sm_world_project (23.4, 115.2);
  back->columns.at[0] = sm_world_project (LATITUDE, LONGITUDE);
  sm_map_view_follow (shown.view, 1);
  sm_fleet_apply (shown.fleet, batch);
  g_assert_true (wait_for (shown.view, looks_elsewhere));
  g_assert_cmpint (sm_map_view_get_followed (shown.view), ==, 1);
  sm_map_view_set_position (shown.view, 23.4, 115.2, 12);
  g_assert_cmpint (sm_map_view_get_followed (shown.view), ==, 0);
  sm_fleet_apply (shown.fleet, back);
  g_assert_true (looks_elsewhere (shown.view));
  shown_clear (&shown);
}

static guint
count_unlike (const SmStationPicture *a,
              const SmStationPicture *b)
{
  int width = cairo_image_surface_get_width (a->surface);
  int height = cairo_image_surface_get_height (a->surface);
  const guint8 *one = cairo_image_surface_get_data (a->surface);
  const guint8 *other = cairo_image_surface_get_data (b->surface);
  guint n = 0;

  if (width != cairo_image_surface_get_width (b->surface))
    return G_MAXUINT;
  /* Their brightness, as somebody sees them who sees no colours. */
  for (int i = 0; i < width * height; i++)
    n += abs (one[4 * i] + one[4 * i + 1] + one[4 * i + 2] - other[4 * i] - other[4 * i + 1] -
              other[4 * i + 2]) > 90;
  return n;
}

/* Whether it swaps or charges, and whether it serves, shows without any colour. */
static void
test_stations_differ_by_shape (void)
{
  Shown shown = show ();
  g_autoptr (SmMapPen) pen = sm_map_pen_new (GTK_WIDGET (shown.view), "en", TRUE, FALSE);
  SmStationGlyphs *glyphs = sm_station_glyphs_new (pen);

  for (guint i = 0; i < 2 * SM_N_STATION_LOOKS; i++)
    for (guint k = 0; k < i; k++)
      {
        SmStationGlyph a = { .look = i / 2, .swap = i % 2, .n = 1, .big = TRUE };
        SmStationGlyph b = { .look = k / 2, .swap = k % 2, .n = 1, .big = TRUE };

        g_assert_cmpuint (count_unlike (sm_station_glyphs_get (glyphs, &a),
                                        sm_station_glyphs_get (glyphs, &b)), >, 8);
      }
  sm_station_glyphs_free (glyphs);
  shown_clear (&shown);
}

/* An engineer who stands at a broken truck does not hide it. */
static void
test_fault_over_engineer (void)
{
  Shown shown = show ();
  g_autoptr (GListModel) engineers = one_engineer ();
  g_autoptr (SmItem) item = g_list_model_get_item (engineers, 0);
  g_autoptr (SmRow) row = sm_row_copy (sm_item_get_row (item));
  g_autofree guint32 *before = NULL;
  g_autofree guint32 *after = NULL;
  SmMapTransform t;
  SmScreenPoint p;
  double latitude, longitude;

  sm_fleet_set_level (shown.fleet, sm_fleet_get_columns (shown.fleet)->id[90], 1);
  sm_world_unproject (sm_fleet_get_columns (shown.fleet)->at[90], &latitude, &longitude);
  g_assert_true (wait_for (shown.view, has_ground));
  before = read_pixels (shown.view);
  sm_row_set_real (row, SM_ENGINEER_LATITUDE, latitude);
  sm_row_set_real (row, SM_ENGINEER_LONGITUDE, longitude + 0.005);
  sm_item_set_row (item, row);
  sm_map_view_set_engineers (shown.view, engineers);
  g_assert_true (wait_for (shown.view, has_ground));
  after = read_pixels (shown.view);
  g_assert_cmpuint (count_different (before, after), >, 0);
  t = sm_map_transform_new (shown.view->viewport, GTK_WIDGET (shown.view));
  p = sm_map_transform_point (&t, sm_fleet_get_columns (shown.fleet)->at[90]);
  for (int y = -2; y <= 2; y++)
    for (int x = -2; x <= 2; x++)
      g_assert_cmphex (before[((int) p.y + y) * WIDTH + (int) p.x + x], ==,
                       after[((int) p.y + y) * WIDTH + (int) p.x + x]);
  shown_clear (&shown);
}

/* Every sign is explained, and no two look the same. */
static void
test_key (void)
{
  GtkWidget *window = gtk_window_new ();
  SmMapPen *pen = sm_map_pen_new (window, "en", TRUE, FALSE);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_signs = 0;

  for (guint i = 0; i < sm_map_key_get_n (); i++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 64, 64);
      cairo_t *cr = cairo_create (surface);

      cairo_translate (cr, 32, 32);
      sm_map_key_draw (i, pen, cr);
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      g_assert_cmpuint (strlen (sm_map_key_get_words (i)), >, 0);
      if (!sm_map_key_is_title (i))
        {
          n_signs++;
          g_hash_table_add (seen, g_compute_checksum_for_data (
                                    G_CHECKSUM_SHA1, cairo_image_surface_get_data (surface),
                                    64 * 64 * 4));
        }
      cairo_surface_destroy (surface);
    }
  g_assert_cmpuint (n_signs, >=, 22);
  g_assert_cmpuint (g_hash_table_size (seen), ==, n_signs);
  sm_map_pen_unref (pen);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/things/textures-look-the-same", test_textures_look_the_same);
  g_test_add_func ("/map/things/ground-looks-the-same", test_ground_looks_the_same);
  g_test_add_func ("/map/things/ground-follows-stations", test_ground_follows_stations);
  g_test_add_func ("/map/things/tiles-are-forgotten", test_tiles_are_forgotten);
  g_test_add_func ("/map/things/filter-hides", test_filter_hides);
  g_test_add_func ("/map/things/service-shown-and-hidden", test_service_is_shown_and_hidden);
  g_test_add_func ("/map/things/engineer-can-be-pointed-at", test_engineer_can_be_pointed_at);
  g_test_add_func ("/map/things/track-has-gaps", test_track_has_gaps);
  g_test_add_func ("/map/things/follows-until-moved", test_follows_until_moved);
  g_test_add_func ("/map/things/stations-differ-by-shape", test_stations_differ_by_shape);
  g_test_add_func ("/map/things/fault-lies-over-engineer", test_fault_over_engineer);
  g_test_add_func ("/map/things/legend-signs-differ", test_key);
  return g_test_run ();
}
