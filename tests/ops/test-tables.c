/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-directory-private.h"
#include "sm-figures.h"
#include "sm-time.h"
#include "sm-vehicle-table.h"

#include <math.h>

#define N 3000

static SmRow *
make_vehicle (guint i)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

  sm_row_set_int (row, SM_VEHICLE_ID, 100 + i);
  sm_row_set_int (row, SM_VEHICLE_FLEET_ID, 1 + i % 4);
  sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("粤B·%05uD", N - i));
  sm_row_take_text (row, SM_VEHICLE_VIN, g_strdup_printf ("LZGJX4V6XPX%06u", i));
  sm_row_set_text (row, SM_VEHICLE_MODEL, i % 2 == 0 ? "SX4257" : "ZZ4257");
  return row;
}

static SmRow *
make_fleet (gint64      id,
            gint64      parent,
            const char *name)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_FLEET));

  sm_row_set_int (row, SM_FLEET_ID, id);
  if (parent > 0)
    sm_row_set_int (row, SM_FLEET_PARENT_ID, parent);
  sm_row_take_text (row, SM_FLEET_NAME, sm_name_new ("Fleet", name));
  return row;
}

static SmDirectory *
make_directory (void)
{
  SmDirectory *directory = sm_directory_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  g_ptr_array_add (rows, make_fleet (1, 0, "深圳绿能物流"));
  g_ptr_array_add (rows, make_fleet (2, 1, "深圳绿能二队"));
  g_ptr_array_add (rows, make_fleet (3, 0, "广州运输"));
  g_ptr_array_add (rows, make_fleet (4, 0, "Pearl Haulage"));
  for (guint i = 0; i < N; i++)
    g_ptr_array_add (rows, make_vehicle (i));
  sm_directory_apply (directory, rows);
  sm_directory_told (directory);
  return directory;
}

static void
set_unknown (SmVehicleColumns *columns,
             guint             i)
{
  columns->at[i] = (SmWorldPoint){ 0, 0 };
  columns->heading[i] = SM_HEADING_UNKNOWN;
  columns->speed_kmh[i] = columns->soc[i] = columns->temperature_c[i] = NAN;
  columns->insulation_ohm_per_v[i] = columns->spread_mv[i] = NAN;
  columns->motion[i] = columns->energy[i] = columns->connection[i] = SM_ENUM_UNKNOWN;
  columns->queue[i] = columns->reach[i] = SM_ENUM_UNKNOWN;
  columns->reported_at[i] = columns->battery_id[i] = columns->range_m[i] = SM_UNKNOWN;
  columns->station_id[i] = columns->queue_since[i] = columns->eta[i] = SM_UNKNOWN;
}

/* All but the last three have reported; @salt moves everybody's charge. */
static void
report (SmFleet *fleet,
        guint    salt)
{
  g_autoptr (SmVehicleBatch) batch = sm_vehicle_batch_new (N - 3);

  for (guint i = 0; i < N - 3; i++)
    {
      batch->columns.id[i] = 100 + i;
      set_unknown (&batch->columns, i);
      if (i % 50 != 0)
        batch->columns.soc[i] = (float) ((i * 7919 + salt * 31) % 100);
      batch->columns.motion[i] = i % 3 == 0 ? SM_MOTION_DRIVING : SM_MOTION_PARKED;
      batch->columns.connection[i] = SM_CONNECTION_ONLINE;
      batch->columns.reach[i] = i % 10 == 0 ? SM_REACH_UNREACHABLE : SM_REACH_REACHABLE;
    }
  sm_fleet_apply (fleet, batch);
}

typedef struct
{
  SmDirectory *directory;
  SmFleet *fleet;
  SmVehicleTable *table;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->directory = make_directory ();
  fixture->fleet = sm_fleet_new ();
  report (fixture->fleet, 0);
  fixture->table = sm_vehicle_table_new (fixture->fleet, fixture->directory);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->table);
  g_clear_object (&fixture->fleet);
  g_clear_object (&fixture->directory);
}

static guint
count (Fixture    *fixture,
       const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmVehicleFilter) filter = NULL;

  g_assert_nonnull (link);
  filter = sm_vehicle_filter_from_link (link, &error);
  g_assert_no_error (error);
  sm_vehicle_table_set_filter (fixture->table, filter);
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->table));
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles"), ==, N);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?reach=unreachable"), ==, N / 10);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?activity=driving"), ==, (N - 3) / 3);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?activity=unknown"), ==, 3);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?connection=unknown"), ==, 3);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?model=SX4257"), ==, N / 2);
  /* A fleet has its sub-fleets' vehicles. */
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?fleet=1"), ==, N / 2);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?fleet=3"), ==, N / 4);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?text=b00042d"), ==, 1);
  g_assert_cmpint (sm_vehicle_table_get_id (fixture->table, 0), ==, 100 + N - 42);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?level=none"), ==, N);
  sm_fleet_set_level (fixture->fleet, 105, 2);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?level=1,2"), ==, 1);
  g_assert_cmpuint (count (fixture, "stationmaster:vehicles?soc=..20")
                        + count (fixture, "stationmaster:vehicles?soc=20.."),
                    ==, N - 3 - (N - 3 + 49) / 50);
}

static void
test_odd_filter (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char *const odd[] = { "stationmaster:vehicles?reach=far", "stationmaster:vehicles?soc=x..",
                                     "stationmaster:vehicles?fleet=-1",
                                     "stationmaster:vehicles?colour=red" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (SmLink) link = sm_link_parse (odd[i]);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (link);
      g_assert_null (sm_vehicle_filter_from_link (link, &error));
      g_assert_nonnull (error);
    }
}

static double
soc_at (Fixture *fixture,
        guint    position)
{
  g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->table), position);
  SmRow *row = sm_item_get_row (item);

  return sm_row_is_null (row, SM_VEHICLE_SOC) ? NAN : sm_row_get_real (row, SM_VEHICLE_SOC);
}

static guint
count_misplaced (Fixture  *fixture,
                 gboolean  descending)
{
  guint n = 0;

  for (guint i = 1; i < N; i++)
    {
      double a = soc_at (fixture, i - 1), b = soc_at (fixture, i);

      if (isnan (a) ? !isnan (b) : !isnan (b) && (descending ? a < b : a > b))
        n++;
    }
  return n;
}

static void
test_sort (Fixture       *fixture,
           gconstpointer  data)
{
  sm_vehicle_table_set_sort (fixture->table, SM_VEHICLE_PLATE, FALSE);
  g_assert_cmpint (sm_vehicle_table_get_id (fixture->table, 0), ==, 100 + N - 1);
  sm_vehicle_table_set_sort (fixture->table, SM_VEHICLE_PLATE, TRUE);
  g_assert_cmpint (sm_vehicle_table_get_id (fixture->table, 0), ==, 100);
  for (guint descending = 0; descending < 2; descending++)
    {
      sm_vehicle_table_set_sort (fixture->table, SM_VEHICLE_SOC, descending != 0);
      g_assert_cmpuint (count_misplaced (fixture, descending != 0), ==, 0);
      /* What is not known comes last either way. */
      g_assert_true (isnan (soc_at (fixture, N - 1)));
    }
}

static void
test_held (Fixture       *fixture,
           gconstpointer  data)
{
  double before;
  gint64 first;
  g_autoptr (SmItem) item = NULL;

  sm_vehicle_table_set_sort (fixture->table, SM_VEHICLE_SOC, FALSE);
  first = sm_vehicle_table_get_id (fixture->table, 0);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->table), 0);
  before = soc_at (fixture, 0);
  sm_vehicle_table_set_held (fixture->table, TRUE);
  report (fixture->fleet, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* The order stays, the values are new. */
  g_assert_cmpint (sm_vehicle_table_get_id (fixture->table, 0), ==, first);
  g_assert_cmpfloat (sm_row_get_real (sm_item_get_row (item), SM_VEHICLE_SOC), ==, before + 31);
  sm_vehicle_table_set_held (fixture->table, FALSE);
  while (count_misplaced (fixture, FALSE) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_items (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->table), 7);
  gint64 id = sm_item_get_id (item);
  guint position;

  sm_vehicle_table_set_sort (fixture->table, SM_VEHICLE_SOC, TRUE);
  g_assert_true (sm_vehicle_table_find (fixture->table, id, &position));
  {
    g_autoptr (SmItem) same = g_list_model_get_item (G_LIST_MODEL (fixture->table), position);

    /* Who moves stays the same object. */
    g_assert_true (same == item);
  }
}

static void
assert_found (Fixture    *fixture,
              const char *text,
              SmNounId    noun,
              gint64      id,
              gboolean    is_exact)
{
  g_autoptr (GPtrArray) hits = sm_directory_search (fixture->directory, text, "zh-CN", 10);
  SmHit *hit;

  g_assert_cmpuint (hits->len, >, 0);
  hit = g_ptr_array_index (hits, 0);
  g_assert_cmpint (hit->noun->id, ==, noun);
  g_assert_cmpint (hit->id, ==, id);
  g_assert_cmpint (hit->is_exact, ==, is_exact);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 id = 100 + N - 42;

  assert_found (fixture, "粤B·00042D", SM_NOUN_VEHICLE, id, TRUE);
  assert_found (fixture, "粤B00042D", SM_NOUN_VEHICLE, id, TRUE);
  assert_found (fixture, "b00042d", SM_NOUN_VEHICLE, id, TRUE);
  assert_found (fixture, "Ｂ０００４２Ｄ", SM_NOUN_VEHICLE, id, TRUE);
  assert_found (fixture, "0042D", SM_NOUN_VEHICLE, id, FALSE);
  assert_found (fixture, "000777", SM_NOUN_VEHICLE, 100 + 777, FALSE);
  assert_found (fixture, "szlnwl", SM_NOUN_FLEET, 1, FALSE);
  assert_found (fixture, "SZLNED", SM_NOUN_FLEET, 2, FALSE);
  assert_found (fixture, "gzys", SM_NOUN_FLEET, 3, FALSE);
  assert_found (fixture, "pearl haulage", SM_NOUN_FLEET, 4, TRUE);
  {
    g_autoptr (GPtrArray) none = sm_directory_search (fixture->directory, "no such", "en", 10);
    g_autoptr (GPtrArray) odd = sm_directory_search (fixture->directory, "\xff\xfe", "en", 10);
    g_autoptr (GPtrArray) empty = sm_directory_search (fixture->directory, " · ", "en", 10);

    g_assert_cmpuint (none->len + odd->len + empty->len, ==, 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/ops/vehicle-table/a-link-filters", test_filter);
  ADD ("/ops/vehicle-table/an-odd-link-is-an-error", test_odd_filter);
  ADD ("/ops/vehicle-table/sorts-and-none-is-out-of-order", test_sort);
  ADD ("/ops/vehicle-table/is-not-resorted-while-held", test_held);
  ADD ("/ops/vehicle-table/who-moves-stays-the-same-item", test_items);
  ADD ("/ops/search/finds-what-is-said-on-a-phone", test_search);
#undef ADD

  return g_test_run ();
}
