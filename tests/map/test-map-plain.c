/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "sm-basemap-painter.h"
#include "sm-cluster-glyphs.h"
#include "sm-cluster.h"
#include "sm-error.h"
#include "sm-item.h"
#include "sm-label-choice.h"
#include "sm-screen-grid.h"
#include "sm-station-known.h"
#include "sm-station-spots.h"
#include "sm-vehicle-sprites.h"
#include "sm-world.h"

#define BASEMAP SM_SOURCE_DATA_DIR "/basemap/basemap.bin"

static guint8 *
load_file (gsize *out_size)
{
  char *data = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (BASEMAP, &data, out_size, &error);
  g_assert_no_error (error);
  return (guint8 *) data;
}

static guint32
checksum (const guint8 *data,
          gsize         size)
{
  guint32 a = 1, b = 0;

  for (gsize i = 0; i < size; i++)
    {
      a = (a + data[i]) % 65521;
      b = (b + a) % 65521;
    }
  return b << 16 | a;
}

static void
test_basemap_reads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmBasemap) basemap = sm_basemap_load (BASEMAP, &error);
  guint n;
  const SmBasemapPlace *places;
  gboolean has_beijing = FALSE, lacks_chinese = FALSE;

  g_assert_no_error (error);
  places = sm_basemap_get_places (basemap, &n);
  g_assert_cmpuint (n, >, 7000);
  for (guint i = 0; i < n; i++)
    {
      g_assert_nonnull (places[i].name);
      g_assert_cmpstr (places[i].name_zh, !=, "null");
      lacks_chinese = lacks_chinese || places[i].name_zh == NULL;
      if (g_strcmp0 (places[i].name_zh, "北京") == 0)
        {
          double latitude, longitude;

          has_beijing = TRUE;
          g_assert_true (places[i].is_capital);
          sm_world_unproject (places[i].at, &latitude, &longitude);
          g_assert_cmpfloat_with_epsilon (latitude, 39.93, 0.1);
          g_assert_cmpfloat_with_epsilon (longitude, 116.39, 0.1);
        }
    }
  g_assert_true (has_beijing);
  g_assert_true (lacks_chinese);
  for (guint c = 0; c < SM_BASEMAP_N_CLASSES; c++)
    g_assert_cmpuint (sm_basemap_get_level (basemap, 0)->paths[c]->len, >, 0);
  g_assert_cmpuint (sm_basemap_find_level (basemap, 2), <, sm_basemap_find_level (basemap, 9));
}

static void
assert_refused (const guint8 *data,
                gsize         size,
                const char   *slug)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmBasemap) basemap = sm_basemap_read (bytes, &error);

  g_assert_error (error, SM_ERROR, SM_ERROR_CORRUPT);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
  g_assert_null (basemap);
}

static void
test_basemap_refuses (void)
{
  gsize size;
  g_autofree guint8 *data = load_file (&size);

  assert_refused (data, 0, "basemap_foreign");
  assert_refused (data, 19, "basemap_foreign");
  assert_refused ((const guint8 *) "{\"type\": \"FeatureCollection\"}", 29, "basemap_foreign");
  for (gsize part = 20; part < size; part += size / 7)
    assert_refused (data, part, "basemap_damaged");
  data[size / 2] ^= 1;
  assert_refused (data, size, "basemap_damaged");
  data[size / 2] ^= 1;
  data[8] = 2;
  assert_refused (data, size, "basemap_version");
}

/* A file with a right checksum and anything inside must be read or refused,
 * never more. */
static void
test_basemap_fuzzed (void)
{
  gsize size;
  g_autofree guint8 *whole = load_file (&size);
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  guint n_refused = 0;

  for (guint round = 0; round < 300; round++)
    {
      gsize part = 20 + (gsize) g_rand_int_range (rand, 1, 6000);
      g_autofree guint8 *data = g_memdup2 (whole, part);
      guint32 header[3] = { GUINT32_TO_LE (1), GUINT32_TO_LE ((guint32) part - 20), 0 };
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (SmBasemap) basemap = NULL;

      for (guint k = 0; k < 1 + round % 5; k++)
        data[g_rand_int_range (rand, 20, (gint32) part)] = (guint8) g_rand_int (rand);
      header[2] = GUINT32_TO_LE (checksum (data + 20, part - 20));
      memcpy (data + 8, header, sizeof header);
      bytes = g_bytes_new (data, part);
      basemap = sm_basemap_read (bytes, &error);
      g_assert_true ((basemap == NULL) == (error != NULL));
      n_refused += basemap == NULL;
    }
  g_assert_cmpuint (n_refused, ==, 300);
}

static guint32
pixel (cairo_surface_t *surface,
       int              x,
       int              y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);

  return *(const guint32 *) (gconstpointer) (data + y * cairo_image_surface_get_stride (surface) +
                                             4 * x) & 0xffffff;
}

/* A tile that holds @latitude, @longitude in its middle cell: is that point land? */
static gboolean
is_land (SmBasemapPainter *painter,
         double            latitude,
         double            longitude,
         guint             zoom)
{
  SmWorldPoint p = sm_world_project (latitude, longitude);
  guint shift = 32 - zoom;
  cairo_surface_t *tile = sm_basemap_painter_draw (painter, zoom, p.x >> shift, p.y >> shift,
                                                   512, 1);
  guint32 mask = (1u << shift) - 1;
  guint32 colour;

  cairo_surface_flush (tile);
  colour = pixel (tile, (int) ((p.x & mask) >> (shift - 9)), (int) ((p.y & mask) >> (shift - 9)));
  cairo_surface_destroy (tile);
  g_assert_true (colour == 0x242a31 || colour == 0x14181d || colour == 0x2c333b);
  return colour != 0x14181d;
}

static void
test_painter_land_and_sea (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmBasemap) basemap = sm_basemap_load (BASEMAP, &error);
  g_autoptr (SmBasemapPainter) painter = NULL;

  g_assert_no_error (error);
  painter = sm_basemap_painter_new (basemap, sm_map_theme_get (TRUE), FALSE);
  /* From the whole map and from cells within cells alike. */
  for (guint zoom = 3; zoom <= 14; zoom++)
    {
      g_assert_true (is_land (painter, 34.31, 108.52, zoom));
      g_assert_false (is_land (painter, 28.03, 125.07, zoom));
      g_assert_false (is_land (painter, -40.3, -120.7, zoom));
    }
}

static float
some_radius (guint n)
{
  return 10.f + (float) log10 (n);
}

/* Counts sum to the total whatever the window, and merging loses nobody. */
static void
test_clusters_sum (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  guint n = 5000;
  g_autofree guint32 *xy = g_new (guint32, 2 * n);
  g_autofree guint8 *kinds = g_new (guint8, n);
  g_autofree guint *cell_of = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    {
      xy[2 * i] = 3000000000u + (guint32) g_rand_int_range (rand, 0, 400000000);
      xy[2 * i + 1] = 1500000000u + (guint32) g_rand_int_range (rand, 0, 300000000);
      kinds[i] = (guint8) g_rand_int_range (rand, 0, SM_CLUSTER_KINDS);
    }
  for (double scale = 1e-6; scale < 1e-3; scale *= 3)
    {
      SmClusterGrid grid = sm_cluster_grid_new (2990000000.0, 1490000000.0, scale,
                                                420000000 * scale, 320000000 * scale, 60);
      guint n_cells = grid.columns * grid.rows, sum = 0, inside = 0;
      g_autofree SmCluster *clusters = g_new (SmCluster, n_cells);

      sm_cluster_grid_count (&grid, xy, kinds, n, clusters, cell_of);
      for (guint i = 0; i < n; i++)
        inside += cell_of[i] != SM_CLUSTER_NO_CELL;
      g_assert_cmpuint (inside, ==, n);
      n_cells = sm_clusters_merge (clusters, n_cells, 3, some_radius);
      for (guint k = 0; k < n_cells; k++)
        sum += clusters[k].n;
      g_assert_cmpuint (sum, ==, n);
    }
}

static void
test_clusters_merge (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  SmCluster clusters[400];
  guint n = G_N_ELEMENTS (clusters), total = 0, after = 0;

  for (guint i = 0; i < n; i++)
    {
      clusters[i] = (SmCluster){ .n = (guint) g_rand_int_range (rand, 0, 50) };
      clusters[i].counts[i % SM_CLUSTER_KINDS] = clusters[i].n;
      clusters[i].x = (float) g_rand_double_range (rand, 0, 800);
      clusters[i].y = (float) g_rand_double_range (rand, 0, 600);
      total += clusters[i].n;
    }
  n = sm_clusters_merge (clusters, n, 3, some_radius);
  for (guint i = 0; i < n; i++)
    {
      guint kinds = 0;

      for (guint k = 0; k < SM_CLUSTER_KINDS; k++)
        kinds += clusters[i].counts[k];
      g_assert_cmpuint (kinds, ==, clusters[i].n);
      after += clusters[i].n;
      for (guint k = 0; k < i; k++)
        g_assert_cmpfloat (hypotf (clusters[i].x - clusters[k].x, clusters[i].y - clusters[k].y),
                           >=, clusters[i].radius + clusters[k].radius + 2.9f);
    }
  g_assert_cmpuint (after, ==, total);
}

static void
test_clusters_by_distance (void)
{
  guint32 xy[] = { 1000, 1000, 1000, 1000, 1090, 1000, 1150, 1000, 9000, 9000 };
  guint cluster_of[5];

  g_assert_cmpuint (sm_clusters_by_distance (xy, 5, 100, cluster_of), ==, 3);
  g_assert_cmpuint (cluster_of[0], ==, cluster_of[1]);
  g_assert_cmpuint (cluster_of[0], ==, cluster_of[2]);
  /* Near to a member is not near to where the cluster begins. */
  g_assert_cmpuint (cluster_of[3], !=, cluster_of[0]);
  g_assert_cmpuint (cluster_of[4], !=, cluster_of[3]);
  g_assert_cmpuint (sm_clusters_by_distance (xy, 5, 0, cluster_of), ==, 4);
}

static void
test_grid_finds_nearest (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint n = 3000;
  g_autofree SmScreenPoint *points = g_new (SmScreenPoint, n);
  g_autoptr (SmScreenGrid) grid = NULL;

  for (guint i = 0; i < n; i++)
    points[i] = (SmScreenPoint){ (float) g_rand_double_range (rand, -50, 1050),
                                 (float) g_rand_double_range (rand, -50, 750) };
  points[5].x = NAN;
  grid = sm_screen_grid_new (points, n, 1000, 700);
  for (guint round = 0; round < 500; round++)
    {
      float x = (float) g_rand_double_range (rand, 20, 980);
      float y = (float) g_rand_double_range (rand, 20, 680);
      int found = sm_screen_grid_find (grid, x, y, 15, NULL), best = -1;
      float best_distance = 15;

      for (guint i = 0; i < n; i++)
        if (hypotf (points[i].x - x, points[i].y - y) < best_distance)
          {
            best = (int) i;
            best_distance = hypotf (points[i].x - x, points[i].y - y);
          }
      g_assert_cmpint (found, ==, best);
    }
}

static void
test_grid_prefers_the_worst (void)
{
  SmScreenPoint points[] = { { 100, 100 }, { 108, 100 }, { 300, 300 } };
  guint8 priorities[] = { 0, 7, 0 };
  g_autoptr (SmScreenGrid) grid = sm_screen_grid_new (points, 3, 400, 400);

  g_assert_cmpint (sm_screen_grid_find (grid, 100, 100, 12, NULL), ==, 0);
  g_assert_cmpint (sm_screen_grid_find (grid, 100, 100, 12, priorities), ==, 1);
  g_assert_cmpint (sm_screen_grid_find (grid, 200, 200, 12, priorities), ==, -1);
}

static gboolean
boxes_meet (const graphene_rect_t *a,
            const graphene_rect_t *b)
{
  return graphene_rect_intersection (a, b, NULL);
}

static void
test_labels_keep_apart (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);
  SmLabel labels[120], again[120];
  graphene_rect_t obstacles[40];
  guint n_shown;

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    labels[i] = (SmLabel){ .x = (float) g_rand_double_range (rand, 0, 1000),
                           .y = (float) g_rand_double_range (rand, 0, 700),
                           .width = (float) g_rand_double_range (rand, 20, 90),
                           .height = 18, .side = SM_LABEL_HIDDEN };
  for (guint i = 0; i < G_N_ELEMENTS (obstacles); i++)
    obstacles[i] = GRAPHENE_RECT_INIT ((float) g_rand_double_range (rand, 0, 960),
                                       (float) g_rand_double_range (rand, 0, 660), 40, 40);
  n_shown = sm_labels_choose (labels, 120, obstacles, 40, 1000, 700, 4, 60);
  g_assert_cmpuint (n_shown, >, 30);
  g_assert_cmpuint (n_shown, <=, 60);
  for (guint i = 0; i < 120; i++)
    {
      if (labels[i].side == SM_LABEL_HIDDEN)
        continue;
      for (guint k = 0; k < 40; k++)
        g_assert_false (boxes_meet (&labels[i].box, &obstacles[k]));
      for (guint k = 0; k < i; k++)
        g_assert_false (labels[k].side != SM_LABEL_HIDDEN &&
                        boxes_meet (&labels[i].box, &labels[k].box));
    }
  /* Chosen again, nothing jumps. */
  memcpy (again, labels, sizeof labels);
  sm_labels_choose (again, 120, obstacles, 40, 1000, 700, 4, 60);
  for (guint i = 0; i < 120; i++)
    if (labels[i].side != SM_LABEL_HIDDEN)
      g_assert_cmpint (again[i].side, ==, labels[i].side);
}

static void
test_label_beside_its_cluster (void)
{
  SmLabel label = { .x = 205, .y = 200, .width = 60, .height = 16, .side = SM_LABEL_HIDDEN };
  graphene_rect_t cluster = GRAPHENE_RECT_INIT (185, 180, 40, 40);

  g_assert_cmpuint (sm_labels_choose (&label, 1, &cluster, 1, 400, 400, 4, 10), ==, 1);
  g_assert_false (boxes_meet (&label.box, &cluster));
  g_assert_cmpfloat (fabsf (label.box.origin.x + label.box.size.width / 2 - 205), <, 1);
  g_assert_cmpfloat (label.box.origin.y + label.box.size.height, >, 170);
}

/* A second number stands beside its cluster, and on no neighbour. */
static void
test_second_number (void)
{
  SmCluster clusters[2] = { { .n = 100, .x = 100, .y = 100, .radius = 16 },
                            { .n = 100, .x = 400, .y = 100, .radius = 16 } };
  graphene_rect_t box;

  clusters[0].counts[SM_LOOK_LEVEL_2] = clusters[1].counts[SM_LOOK_LEVEL_2] = 12;
  sm_clusters_make_room (clusters, 2, 1);
  g_assert_true (sm_cluster_count_box (&clusters[0], 1, &box));
  g_assert_true (sm_cluster_count_box (&clusters[1], 1, &box));
  clusters[1].x = 140;
  clusters[1].y = 90;
  sm_clusters_make_room (clusters, 2, 1);
  g_assert_false (sm_cluster_count_box (&clusters[0], 1, &box));
  g_assert_true (sm_cluster_count_box (&clusters[1], 1, &box));
}

/* Far out the number of stations stands beside the vehicles, or nowhere. */
static void
test_spots_beside (void)
{
  g_autoptr (GArray) spots = g_array_new (FALSE, FALSE, sizeof (SmStationSpot));
  SmMapTransform transform = { .scale = 1, .zoom = 5, .width = 800, .height = 600 };
  graphene_rect_t below = GRAPHENE_RECT_INIT (400, 305, 60, 60);
  graphene_rect_t everywhere = GRAPHENE_RECT_INIT (0, 0, 800, 600);
  SmStationSpot several = { .at = { 400, 300 }, .glyph.n = 12 };
  SmStationSpot *spot;
  SmScreenPoint p;

  g_array_append_val (spots, several);
  spot = &g_array_index (spots, SmStationSpot, 0);
  sm_station_spots_place (spots, &transform, 1, NULL, 0);
  p = sm_station_spot_point (&transform, spot);
  g_assert_true (graphene_rect_contains_point (&below, &GRAPHENE_POINT_INIT (p.x, p.y)));
  g_assert_true (sm_station_spots_place (spots, &transform, 1, &below, 1));
  p = sm_station_spot_point (&transform, spot);
  g_assert_true (isfinite (p.x));
  g_assert_false (graphene_rect_contains_point (&below, &GRAPHENE_POINT_INIT (p.x, p.y)));
  /* It stays there as long as it can. */
  g_assert_false (sm_station_spots_place (spots, &transform, 1, NULL, 0));
  g_assert_true (sm_station_spots_place (spots, &transform, 1, &everywhere, 1));
  g_assert_true (isnan (sm_station_spot_point (&transform, spot).x));
  /* A fault is shown in any case. */
  spot->glyph.level = 3;
  g_assert_true (sm_station_spots_place (spots, &transform, 1, &everywhere, 1));
  g_assert_true (isfinite (sm_station_spot_point (&transform, spot).x));
}

static void
count_cb (gpointer known,
          gpointer n)
{
  ++*(guint *) n;
}

/* A station that may say where it is, or an alarm that stands on one of ten, or on none. */
static SmRow *
random_row (GRand    *rand,
            gint64    id,
            SmNounId  noun)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  sm_row_set_int (row, SM_ROW_ID, id);
  if (noun == SM_NOUN_ALARM)
    {
      sm_row_set_int (row, SM_ALARM_LEVEL, g_rand_int_range (rand, 0, 6));
      sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, g_rand_boolean (rand) ? "station" : "pile");
      sm_row_set_int (row, SM_ALARM_SOURCE_ID, g_rand_int_range (rand, 0, 10));
      if (g_rand_boolean (rand))
        sm_row_set_int (row, SM_ALARM_STATION_ID, g_rand_int_range (rand, 0, 10));
      return row;
    }
  sm_row_set_text (row, SM_STATION_KIND, g_rand_boolean (rand) ? "charge" : "swap");
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  if (g_rand_int_range (rand, 0, 4) == 0)
    return row;
  sm_row_set_real (row, SM_STATION_LATITUDE, g_rand_double_range (rand, 20, 40));
  sm_row_set_real (row, SM_STATION_LONGITUDE, g_rand_double_range (rand, 100, 120));
  return row;
}

/* Adds, takes away, changes, or says of a stretch that it is new though it is not. */
static void
change_list (GRand      *rand,
             GListStore *list,
             SmNounId    noun,
             gint64     *last_id)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint at = n > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) n) : 0;
  g_autoptr (SmItem) there = g_list_model_get_item (G_LIST_MODEL (list), at);
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmItem) item = NULL;

  switch (n < 3 ? 0 : g_rand_int_range (rand, 0, 4))
    {
    case 0:
      row = random_row (rand, ++*last_id, noun);
      item = sm_item_new (row);
      g_list_store_insert (list, at, item);
      break;
    case 1:
      g_list_store_remove (list, at);
      break;
    case 2:
      row = random_row (rand, sm_item_get_id (there), noun);
      sm_item_set_row (there, row);
      break;
    default:
      item = g_list_model_get_item (G_LIST_MODEL (list), n - 1);
      g_list_store_splice (list, at, n - at, (gpointer[]) { item, there }, item == there ? 1 : 2);
    }
}

static guint8
level_of (GListStore *alarms,
          gint64      station_id)
{
  guint8 worst = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (alarms)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (alarms), i);
      SmRow *row = sm_item_get_row (item);
      gboolean is_stations = g_str_equal (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), "station");
      gint64 level = sm_row_get_int (row, SM_ALARM_LEVEL);

      if (sm_row_get_int (row, is_stations ? SM_ALARM_SOURCE_ID : SM_ALARM_STATION_ID) == station_id
          && level >= 1 && level <= 4 && (worst == 0 || level < worst))
        worst = (guint8) level;
    }
  return worst;
}

static void
judge_known (const GArray *known,
             GListStore   *stations,
             GListStore   *alarms)
{
  guint k = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (stations)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (stations), i);
      SmRow *row = sm_item_get_row (item);
      const SmStation *station;

      if (isnan (sm_row_get_real (row, SM_STATION_LATITUDE)))
        continue;
      g_assert_cmpuint (k, <, known->len);
      station = &g_array_index (known, SmStation, k++);
      g_assert_true (station->row == row);
      g_assert_cmpuint (station->level, ==, level_of (alarms, sm_row_get_id (row)));
      g_assert_cmpuint (station->swap, ==,
                        g_str_equal (sm_row_get_text (row, SM_STATION_KIND), "swap"));
    }
  g_assert_cmpuint (k, ==, known->len);
}

/* However its lists change, what the map knows of stations is what they say. */
static void
test_known_stations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GListStore) stations = g_list_store_new (SM_TYPE_ITEM);
  g_autoptr (GListStore) alarms = g_list_store_new (SM_TYPE_ITEM);
  guint n_said = 0, n_changes = 0;
  g_autoptr (SmStationKnown) known = sm_station_known_new (count_cb, &n_said);
  gint64 last_id = 0;

  sm_station_known_set_stations (known, G_LIST_MODEL (stations));
  sm_station_known_set_alarms (known, G_LIST_MODEL (alarms));
  for (guint i = 0; i < 3000; i++)
    {
      gint64 station_id = last_id % 10;

      if (g_rand_boolean (rand))
        change_list (rand, stations, SM_NOUN_STATION, &station_id);
      else
        change_list (rand, alarms, SM_NOUN_ALARM, &last_id);
      if (g_rand_int_range (rand, 0, 3) > 0)
        continue;
      n_changes += sm_station_known_update (known);
      judge_known (sm_station_known_get (known), stations, alarms);
      g_assert_false (sm_station_known_update (known));
    }
  g_assert_cmpuint (n_changes, >, 100);
  g_assert_cmpuint (n_said, >=, n_changes);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/basemap/reads", test_basemap_reads);
  g_test_add_func ("/map/basemap/refuses-damage", test_basemap_refuses);
  g_test_add_func ("/map/basemap/fuzzed", test_basemap_fuzzed);
  g_test_add_func ("/map/basemap/land-and-sea", test_painter_land_and_sea);
  g_test_add_func ("/map/clusters/sum-to-the-total", test_clusters_sum);
  g_test_add_func ("/map/clusters/merge-until-none-touch", test_clusters_merge);
  g_test_add_func ("/map/clusters/by-distance", test_clusters_by_distance);
  g_test_add_func ("/map/clusters/second-number-has-room", test_second_number);
  g_test_add_func ("/map/stations/known-as-the-lists-say", test_known_stations);
  g_test_add_func ("/map/spots/beside-the-vehicles", test_spots_beside);
  g_test_add_func ("/map/grid/finds-nearest", test_grid_finds_nearest);
  g_test_add_func ("/map/grid/prefers-the-worst", test_grid_prefers_the_worst);
  g_test_add_func ("/map/labels/keep-apart", test_labels_keep_apart);
  g_test_add_func ("/map/labels/beside-its-cluster", test_label_beside_its_cluster);
  return g_test_run ();
}
