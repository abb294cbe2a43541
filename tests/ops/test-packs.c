/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-directory-private.h"
#include "sm-pack-table-private.h"
#include "sm-time.h"

#include <math.h>

#define N 2000

static SmRow *
make_pack (guint i)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));

  sm_row_set_int (row, SM_BATTERY_ID, 100 + i);
  sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, 1 + i % 2);
  sm_row_take_text (row, SM_BATTERY_SN, g_strdup_printf ("BT%05u", N - i));
  sm_row_set_text (row, SM_BATTERY_FITNESS, i % 10 == 0 ? "watch" : "serviceable");
  return row;
}

static SmRow *
make_named (SmNounId    noun,
            gint64      id,
            guint       name_field,
            const char *name)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_take_text (row, name_field, sm_name_new (name, name));
  return row;
}

static SmDirectory *
make_directory (void)
{
  SmDirectory *directory = sm_directory_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *truck = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

  sm_row_set_int (truck, SM_VEHICLE_ID, 7);
  sm_row_set_text (truck, SM_VEHICLE_PLATE, "粤B·00007D");
  g_ptr_array_add (rows, truck);
  g_ptr_array_add (rows, make_named (SM_NOUN_STATION, 5, SM_STATION_NAME, "Yantian"));
  g_ptr_array_add (rows, make_named (SM_NOUN_BATTERY_MODEL, 1, SM_BATTERY_MODEL_NAME, "282 kWh"));
  g_ptr_array_add (rows, make_named (SM_NOUN_BATTERY_MODEL, 2, SM_BATTERY_MODEL_NAME, "350 kWh"));
  for (guint i = 0; i < N; i++)
    g_ptr_array_add (rows, make_pack (i));
  sm_directory_apply (directory, rows);
  sm_directory_told (directory);
  return directory;
}

/* Of all but the last pack nobody knows nothing. */
static GArray *
make_states (guint n)
{
  GArray *packs = g_array_new (FALSE, FALSE, sizeof (SmPackState));

  for (guint i = 0; i < n; i++)
    {
      gboolean is_last = i == N - 1;
      SmPackState pack = { .id = 100 + i,
                           .model_id = 1 + i % 2,
                           .place_id = i % 2 == 0 ? 7 : 40 + i,
                           .station_id = i % 2 == 0 ? 0 : 5,
                           .warranty_until = SM_UNKNOWN,
                           .reported_at = SM_UNKNOWN,
                           .soc = (float) (i * 7919 % 101),
                           .soh = is_last ? NAN : 70 + (float) (i % 30),
                           .cycle_count = (float) i,
                           .spread_mv = NAN,
                           .temperature_max_c = NAN,
                           .sn_rank = N - 1 - i,
                           .bay = i % 2 == 0 ? -1 : (gint32) (i % 8),
                           .place = i % 2 == 0 ? SM_PLACE_VEHICLE : SM_PLACE_BAY,
                           .fitness = i % 10 == 0 ? 1 : 0 };

      g_array_append_val (packs, pack);
    }
  return packs;
}

static guint n_reads;

static void
note_read (SmPackTable *table,
           gpointer     data)
{
  n_reads++;
}

typedef struct
{
  SmDirectory *directory;
  SmPackTable *table;
} Fixture;

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  n_reads = 0;
  fixture->directory = make_directory ();
  fixture->table = sm_pack_table_new (fixture->directory, note_read, G_OBJECT (fixture->directory));
  g_assert_cmpuint (n_reads, ==, 1);
  g_assert_false (sm_pack_table_is_whole (fixture->table));
  sm_pack_table_take (fixture->table, make_states (N));
  g_assert_true (sm_pack_table_is_whole (fixture->table));
  sm_pack_table_set_sort (fixture->table, SM_BATTERY_SN, FALSE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->table);
  g_clear_object (&fixture->directory);
}

static SmRow *
row_at (Fixture *fixture,
        guint    position)
{
  g_autoptr (SmItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->table), position);

  return sm_row_ref (sm_item_get_row (item));
}

static guint
count (Fixture    *fixture,
       const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);
  g_autoptr (SmPackFilter) filter = sm_pack_filter_from_link (link, NULL);

  g_assert_nonnull (filter);
  sm_pack_table_set_filter (fixture->table, filter);
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->table));
}

static void
test_order (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (SmRow) first = row_at (fixture, 0);
  double before = 1000;

  g_assert_cmpstr (sm_row_get_text (first, SM_BATTERY_SN), ==, "BT00001");
  sm_pack_table_set_sort (fixture->table, SM_BATTERY_SOH, TRUE);
  for (guint i = 0; i < N; i++)
    {
      g_autoptr (SmRow) row = row_at (fixture, i);

      /* What nobody knows comes last, whichever way. */
      g_assert_cmpint (sm_row_is_null (row, SM_BATTERY_SOH), ==, i == N - 1);
      if (i == N - 1)
        break;
      g_assert_cmpfloat (sm_row_get_real (row, SM_BATTERY_SOH), <=, before);
      before = sm_row_get_real (row, SM_BATTERY_SOH);
    }
  sm_pack_table_set_sort (fixture->table, SM_BATTERY_BATTERY_MODEL_ID, TRUE);
  {
    g_autoptr (SmRow) row = row_at (fixture, 0);

    g_assert_cmpint (sm_row_get_int (row, SM_BATTERY_BATTERY_MODEL_ID), ==, 2);
  }
}

static void
test_filters (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SmLink) strange = sm_link_parse ("stationmaster:batteries?colour=red");

  g_assert_cmpuint (count (fixture, "stationmaster:batteries"), ==, N);
  g_assert_cmpuint (count (fixture, "stationmaster:batteries?place=bay"), ==, N / 2);
  g_assert_cmpuint (count (fixture, "stationmaster:batteries?station=5"), ==, N / 2);
  g_assert_cmpuint (count (fixture, "stationmaster:batteries?fitness=watch"), ==, N / 10);
  g_assert_cmpuint (count (fixture, "stationmaster:batteries?battery_model_id=2"), ==, N / 2);
  g_assert_cmpuint (count (fixture, "stationmaster:batteries?text=bt00017"), ==, 1);
  g_assert_cmpuint (count (fixture, "stationmaster:batteries?text=350"), >=, N / 2);
  g_assert_cmpuint (count (fixture, "stationmaster:batteries?soh_below=71"), ==,
                    (N + 29) / 30);
  g_assert_null (sm_pack_filter_from_link (strange, NULL));
}

static void
test_place (Fixture       *fixture,
            gconstpointer  data)
{
  int bay = 0;
  g_autofree char *truck = sm_pack_table_dup_place (fixture->table, 100, &bay);
  g_autofree char *station = NULL;

  g_assert_cmpstr (truck, ==, "粤B·00007D");
  g_assert_cmpint (bay, ==, -1);
  station = sm_pack_table_dup_place (fixture->table, 103, &bay);
  g_assert_cmpstr (station, ==, "Yantian");
  g_assert_cmpint (bay, ==, 3);
}

/* Packs that come are read; what could not be read leaves what there was. */
static void
test_reads_anew (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  g_assert_cmpuint (n_reads, ==, 1);
  g_ptr_array_add (rows, make_pack (N));
  sm_directory_apply (fixture->directory, rows);
  sm_directory_told (fixture->directory);
  g_assert_cmpuint (n_reads, ==, 2);
  sm_pack_table_take (fixture->table, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->table)), ==, N);
  sm_directory_apply (fixture->directory, rows);
  sm_directory_told (fixture->directory);
  g_assert_cmpuint (n_reads, ==, 3);
  sm_pack_table_take (fixture->table, make_states (N + 1));
  sm_pack_table_set_filter (fixture->table, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->table)), ==, N + 1);
  settle ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(NAME, FUNC) g_test_add (NAME, Fixture, NULL, set_up, FUNC, tear_down)
  ADD ("/ops/pack-table/order", test_order);
  ADD ("/ops/pack-table/filters", test_filters);
  ADD ("/ops/pack-table/place", test_place);
  ADD ("/ops/pack-table/reads-anew", test_reads_anew);
  return g_test_run ();
}
