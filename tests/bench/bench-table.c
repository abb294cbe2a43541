/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* P7, and what the main loop has to do with 40,000 vehicles: a table whose rows
 * have all changed, a batch of all of them, a search through everything. */

#include "sm-directory-private.h"
#include "sm-figures-private.h"
#include "sm-service-figures-private.h"
#include "sm-time.h"
#include "sm-vehicle-table.h"

#include <gtk/gtk.h>
#include <math.h>
#include <stdlib.h>

#include "bench.h"

#define N 40000
#define N_PACKS 50000
#define N_PILES 23441

/* The way not taken: an object a row, GTK's sorter. */
typedef struct
{
  GObject parent_instance;
  double soc;
} Thing;

typedef GObjectClass ThingClass;

static GType thing_get_type (void);
G_DEFINE_TYPE (Thing, thing, G_TYPE_OBJECT)

static void
thing_class_init (ThingClass *klass)
{
}

static void
thing_init (Thing *self)
{
}

static int
compare_things (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  double x = ((const Thing *) a)->soc, y = ((const Thing *) b)->soc;

  return (x > y) - (x < y);
}

static double
bench_gtk (GListStore        *store,
           GtkSortListModel  *sorted,
           GRand             *random)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  double before;

  for (guint i = 0; i < N; i++)
    {
      Thing *thing = g_list_model_get_item (G_LIST_MODEL (store), i);

      thing->soc = g_rand_double (random);
      g_ptr_array_add (all, thing);
    }
  before = bench_cpu_ms ();
  g_list_model_items_changed (G_LIST_MODEL (store), 0, N, N);
  return bench_cpu_ms () - before;
}

static void
put (SmDirectoryData *data,
     SmRow           *row)
{
  g_autoptr (SmRow) owned = row;

  sm_directory_data_put (data, owned);
}

static SmDirectory *
make_directory (void)
{
  SmDirectory *directory = sm_directory_new ();
  SmDirectoryData *data = sm_directory_data_new ();

  for (guint i = 0; i < N; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

      sm_row_set_int (row, SM_VEHICLE_ID, i + 1);
      sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("粤B·%05uD", (i * 7919) % N));
      sm_row_take_text (row, SM_VEHICLE_VIN, g_strdup_printf ("LZGJX4V6XPX%06u", i));
      sm_row_set_text (row, SM_VEHICLE_MODEL, "SX4257");
      put (data, row);
    }
  for (guint i = 0; i < N_PACKS; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));

      sm_row_set_int (row, SM_BATTERY_ID, i + 1);
      sm_row_take_text (row, SM_BATTERY_SN, g_strdup_printf ("04QPE4AB%014u", i));
      put (data, row);
    }
  for (guint i = 0; i < N_PILES; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PILE));

      sm_row_set_int (row, SM_PILE_ID, i + 1);
      sm_row_take_text (row, SM_PILE_SN, g_strdup_printf ("GD-%08u", i));
      put (data, row);
    }
  sm_directory_take (directory, data);
  return directory;
}

static SmVehicleBatch *
make_batch (GRand *random)
{
  SmVehicleBatch *batch = sm_vehicle_batch_new (N);
  SmVehicleColumns *to = &batch->columns;

  for (guint i = 0; i < N; i++)
    {
      to->id[i] = i + 1;
      to->at[i] = (SmWorldPoint){ g_rand_int (random), g_rand_int (random) };
      to->heading[i] = SM_HEADING_UNKNOWN;
      to->soc[i] = (float) g_rand_double_range (random, 0, 100);
      to->speed_kmh[i] = to->temperature_c[i] = to->insulation_ohm_per_v[i] = NAN;
      to->spread_mv[i] = NAN;
      to->motion[i] = to->energy[i] = to->connection[i] = 0;
      to->queue[i] = to->reach[i] = SM_ENUM_UNKNOWN;
      to->reported_at[i] = to->battery_id[i] = to->range_m[i] = SM_UNKNOWN;
      to->station_id[i] = to->queue_since[i] = to->eta[i] = SM_UNKNOWN;
    }
  return batch;
}

static guint
count_misplaced (SmVehicleTable *table,
                 SmFleet        *fleet)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (fleet);
  guint n = 0;

  for (guint i = 1; i < N; i++)
    n += columns->soc[sm_fleet_find (fleet, sm_vehicle_table_get_id (table, i - 1))]
         > columns->soc[sm_fleet_find (fleet, sm_vehicle_table_get_id (table, i))];
  return n;
}

static void
bench_tables (SmDirectory *directory,
              SmFleet     *fleet,
              GRand       *random)
{
  g_autoptr (SmVehicleTable) table = sm_vehicle_table_new (fleet, directory);
  GListStore *store = g_list_store_new (thing_get_type ());
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare_things, NULL, NULL));
  g_autoptr (GtkSortListModel) sorted = NULL;
  double ratios[BENCH_ROUNDS], own[BENCH_ROUNDS], gtk[BENCH_ROUNDS], ranked[BENCH_ROUNDS];
  double misplaced[BENCH_ROUNDS];

  for (guint i = 0; i < N; i++)
    {
      g_autoptr (GObject) thing = g_object_new (thing_get_type (), NULL);

      g_list_store_append (store, thing);
    }
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (store)), sorter);
  sm_vehicle_table_set_sort (table, SM_VEHICLE_SOC, FALSE);
  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      g_autoptr (SmVehicleBatch) batch = make_batch (random);
      double before;

      sm_fleet_apply (fleet, batch);
      before = bench_cpu_ms ();
      for (guint j = 0; j < 10; j++)
        sm_vehicle_table_refresh (table);
      own[i] = (bench_cpu_ms () - before) / 10;
      misplaced[i] = count_misplaced (table, fleet);
      gtk[i] = bench_gtk (store, sorted, random);
      ratios[i] = own[i] / gtk[i];
      before = bench_cpu_ms ();
      sm_vehicle_table_set_sort (table, SM_VEHICLE_PLATE, FALSE);
      ranked[i] = bench_cpu_ms () - before;
      sm_vehicle_table_set_sort (table, SM_VEHICLE_SOC, FALSE);
    }
  bench_figure ("own table, 40,000 rows changed", own, BENCH_ROUNDS, "ms");
  bench_figure ("GListStore and sorter", gtk, BENCH_ROUNDS, "ms");
  bench_figure ("own table, first time by plate", ranked, BENCH_ROUNDS, "ms");
  bench_report ("P7 model work against GListStore and sorter", ratios, BENCH_ROUNDS, 1.0 / 8);
  bench_report ("P7 rows out of order after a resort", misplaced, BENCH_ROUNDS, 0);
  g_object_unref (store);
}

static void
bench_batch (SmDirectory *directory,
             SmFleet     *fleet,
             GRand       *random)
{
  SmFigureValues values = { 0 };
  SmServiceValues service = { 0 };
  double applied[BENCH_ROUNDS], counted[BENCH_ROUNDS];

  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      g_autoptr (SmVehicleBatch) batch = make_batch (random);
      double before = bench_cpu_ms ();

      sm_fleet_apply (fleet, batch);
      applied[i] = bench_cpu_ms () - before;
      before = bench_cpu_ms ();
      sm_figures_count_vehicles (&values, sm_fleet_get_columns (fleet), N);
      sm_service_count_vehicles (&service, sm_fleet_get_columns (fleet));
      counted[i] = bench_cpu_ms () - before;
    }
  bench_report ("main loop, a batch of 40,000 vehicles taken over, ms", applied, BENCH_ROUNDS, 8);
  bench_report ("main loop, figures of 40,000 vehicles, ms", counted, BENCH_ROUNDS, 8);
}

static void
bench_search (SmDirectory *directory)
{
  static const char *const texts[] = { "B00042D", "042d", "szln", "04QPE4AB", "不存在" };
  double worst[BENCH_ROUNDS];

  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      worst[i] = 0;
      for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          double before = bench_cpu_ms ();
          g_autoptr (GPtrArray) hits = sm_directory_search (directory, texts[j], "zh-CN", 50);

          worst[i] = MAX (worst[i], bench_cpu_ms () - before);
        }
    }
  bench_report ("search through a national network, the slowest of five, ms", worst, BENCH_ROUNDS,
                100);
}

int
main (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (SmDirectory) directory = make_directory ();
  g_autoptr (SmFleet) fleet = sm_fleet_new ();
  g_autoptr (SmVehicleBatch) batch = make_batch (random);

  sm_fleet_apply (fleet, batch);
  bench_tables (directory, fleet, random);
  bench_batch (directory, fleet, random);
  bench_search (directory);
  return 0;
}
