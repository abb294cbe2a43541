/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* What three months of a big network's past cost to write: its register, and
 * through the bulk door 420,000 orders with two movements each, and a quarter
 * of an hour of every meter; priced, added up and indexed. */

#include "bench.h"

#include "sm-bulk.h"
#include "sm-stations.h"
#include "sm-statistics.h"
#include "sm-time.h"

#include <glib/gstdio.h>

#define N_STATIONS 800
#define N_VEHICLES 40000
#define N_BATTERIES 30000
#define N_EQUIPMENT 128000
#define N_ORDERS 420000
#define N_DAYS 90
#define BATCH 20000
#define START (G_GINT64_CONSTANT (1780000000) * SM_SECOND)

static const char periods[] =
    "[{\"from\":\"00:00\",\"to\":\"08:00\",\"kind\":\"valley\",\"energy_minor_per_kwh\":30.25,"
    "\"service_minor_per_kwh\":40},{\"from\":\"08:00\",\"to\":\"24:00\",\"kind\":\"flat\","
    "\"energy_minor_per_kwh\":68.5,\"service_minor_per_kwh\":40}]";

static SmRow *
make (GPtrArray *rows, SmNounId noun)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  g_ptr_array_add (rows, row);
  return row;
}

static void
make_equipment (GPtrArray *rows, guint i)
{
  SmRow *row = make (rows, SM_NOUN_EQUIPMENT);

  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, 1 + i % N_STATIONS);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, "cooling");
  sm_row_take_text (row, SM_EQUIPMENT_SN, g_strdup_printf ("E%06u", i));
  sm_row_take_text (row, SM_EQUIPMENT_NAME, sm_name_new ("Cooling", "冷却"));
}

static gpointer
fill (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *tariff = make (rows, SM_NOUN_TARIFF);

  sm_row_set_text (tariff, SM_TARIFF_CODE, "tou");
  sm_row_take_text (tariff, SM_TARIFF_NAME, sm_name_new ("By time", NULL));
  sm_row_set_text (tariff, SM_TARIFF_MODEL, "time_of_use");
  sm_row_set_text (tariff, SM_TARIFF_CURRENCY, "CNY");
  sm_row_set_text (tariff, SM_TARIFF_PERIODS, periods);
  sm_row_set_int (tariff, SM_TARIFF_VALID_FROM, 0);
  sm_row_set_int (tariff, SM_TARIFF_VERSION, 1);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      SmRow *row = make (rows, SM_NOUN_STATION);

      sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("S%04u", i));
      sm_row_set_int (row, SM_ROW_AREA_ID, 1 + i % 120);
    }
  for (guint i = 0; i < N_VEHICLES; i++)
    {
      SmRow *row = make (rows, SM_NOUN_VEHICLE);

      sm_row_take_text (row, SM_VEHICLE_PLATE, g_strdup_printf ("B%06u", i));
      sm_row_set_int (row, SM_ROW_FLEET_ID, 1 + i % 300);
    }
  for (guint i = 0; i < N_BATTERIES; i++)
    {
      SmRow *row = make (rows, SM_NOUN_BATTERY);

      sm_row_take_text (row, SM_BATTERY_SN, g_strdup_printf ("P%06u", i));
      sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, 1);
      sm_row_set_text (row, SM_BATTERY_FITNESS, "serviceable");
    }
  for (guint i = 0; i < N_EQUIPMENT; i++)
    make_equipment (rows, i);
  sm_registry_fill (rules, data, rows, error);
  return GUINT_TO_POINTER (rows->len);
}

static void
make_order (GPtrArray *orders, guint i)
{
  SmRow *row = make (orders, SM_NOUN_ORDER);
  gint64 at = START + (gint64) i * (N_DAYS * SM_DAY / N_ORDERS);

  sm_row_take_text (row, SM_ORDER_NUMBER, g_strdup_printf ("SW%010u", i));
  sm_row_set_text (row, SM_ORDER_KIND, i % 3 != 0 ? "swap" : "charge");
  sm_row_set_text (row, SM_ORDER_PROCESS, i % 40 != 0 ? "completed" : "aborted");
  sm_row_set_int (row, SM_ORDER_STATION_ID, 1 + i * 7919 % N_STATIONS);
  sm_row_set_int (row, SM_ORDER_VEHICLE_ID, 1 + i * 104729 % N_VEHICLES);
  sm_row_set_int (row, SM_ORDER_BATTERY_IN_ID, 1 + i % N_BATTERIES);
  sm_row_set_int (row, SM_ORDER_CREATED_AT, at);
  sm_row_set_int (row, SM_ORDER_STARTED_AT, at + 300 * SM_SECOND);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, at + 600 * SM_SECOND);
  sm_row_set_text (row, SM_ORDER_STEPS, "{\"queued\":0,\"called\":120,\"positioned\":300,"
                                        "\"identified\":320,\"old_out\":420,\"new_in\":500,"
                                        "\"locked\":540,\"hv_checked\":580,\"released\":600}");
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, 180000 + i % 50000);
  sm_row_set_text (row, SM_ORDER_ENERGY_BASIS, "pack_meter");
  sm_row_set_real (row, SM_ORDER_SOC_BEFORE, 20.5);
  sm_row_set_real (row, SM_ORDER_SOC_AFTER, 97.25);
}

static void
make_movement (GPtrArray *movements, guint i)
{
  SmRow *row = make (movements, SM_NOUN_BATTERY_MOVEMENT);
  gint64 at = START + (gint64) (i / 2) * (N_DAYS * SM_DAY / N_ORDERS);

  sm_row_set_int (row, SM_BATTERY_MOVEMENT_BATTERY_ID, 1 + i % N_BATTERIES);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_AT, at);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_FROM_PLACE, "bay");
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_FROM_ID, 5);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_TO_PLACE, "vehicle");
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_TO_ID, 1 + i % N_VEHICLES);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_STATION_ID, 1 + i / 2 * 7919 % N_STATIONS);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_VEHICLE_ID, 1 + i % N_VEHICLES);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_REASON, "swap");
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SOC, 97.25);
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SOH, 94.5);
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SPREAD_MV, 14);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_CHARGED_WH, 500000);
}

static void
make_quarters (GArray *quarters, guint first)
{
  for (guint q = first * N_DAYS * 96 / N_ORDERS; q < (first + BATCH) * N_DAYS * 96 / N_ORDERS; q++)
    for (guint i = 0; i < N_STATIONS; i++)
      {
        SmQuarter quarter = { 1 + i, START - START % (15 * SM_MINUTE) + q * 15 * SM_MINUTE, 90000 };

        g_array_append_val (quarters, quarter);
      }
}

static gpointer
write_past (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  sm_bulk_begin (rules, data, N_ORDERS, error);
  for (guint first = 0; first < N_ORDERS; first += BATCH)
    {
      g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
      g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
      g_autoptr (GArray) quarters = g_array_new (FALSE, FALSE, sizeof (SmQuarter));
      SmBulk bulk = { .orders = orders, .movements = moves, .quarters = quarters };

      for (guint i = first; i < first + BATCH; i++)
        {
          make_order (orders, i);
          make_movement (moves, 2 * i);
          make_movement (moves, 2 * i + 1);
        }
      make_quarters (quarters, first);
      if (!sm_bulk_write (rules, data, &bulk, error))
        return NULL;
    }
  while (more && sm_bulk_end (rules, data, &more, error))
    ;
  return NULL;
}

/* In s of the wall clock: it is the disk that is waited for. */
static void
measure (const char *name, SmRules *rules, SmRulesFunc func, SmActor *system, double target)
{
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  double seconds;

  sm_rules_run_sync (rules, func, system, &error);
  g_assert_no_error (error);
  seconds = (double) (g_get_monotonic_time () - begun) / 1e6;
  bench_report (name, &seconds, 1, target);
}

static gpointer
read_now (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  SmStatsNow stats;

  sm_stats_read_now (reader, data, &stats, error);
  return NULL;
}

/* The middle one is the median: an answer that nobody had asked for lately. */
static void
measure_now (SmRules *rules, SmClock *clock, SmActor *system)
{
  double ms[BENCH_ROUNDS];

  for (guint i = 0; i < BENCH_ROUNDS; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 begun;

      sm_clock_advance (clock, SM_MINUTE);
      begun = g_get_monotonic_time ();
      sm_rules_read_sync (rules, read_now, system, &error);
      g_assert_no_error (error);
      ms[i] = (double) (g_get_monotonic_time () - begun) / 1e3;
    }
  bench_report ("/stats/now of 90 days, ms", ms, BENCH_ROUNDS, 250);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("sm-bench-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "network.db", NULL);
  g_autofree char *live = g_strconcat (path, "-live", NULL);
  g_autofree char *lock = g_strconcat (path, "-lock", NULL);
  g_autoptr (SmClock) clock = sm_clock_new_manual (START + N_DAYS * SM_DAY);
  SmActor *system = sm_actor_new_system ("bench");
  SmRulesOptions options = { .path = path, .network = clock, .machine = clock, .simulated = TRUE };
  SmRules *rules = sm_rules_open (&options, &error);

  g_assert_no_error (error);
  measure ("register of 200,000 rows, s", rules, fill, system, 8);
  measure ("bulk of 420,000 orders, 840,000 movements, 90 days of meters, s", rules, write_past,
           system, 40);
  measure_now (rules, clock, system);
  sm_rules_close (rules);
  sm_actor_unref (system);
  g_unlink (path);
  g_unlink (live);
  g_unlink (lock);
  g_rmdir (dir);
  return 0;
}
