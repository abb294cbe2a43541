/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-carbon.h"

#include <math.h>

/* --- meters --- */

typedef struct
{
  gint64 station_id;
  gint64 at;
  gint64 meter_wh;
} Note;

static gpointer
do_note (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Note *note = data;

  sm_quarters_note (rules, note->station_id, note->at, note->meter_wh);
  return NULL;
}

static void
note (Trade *self, gint64 at_s, gint64 meter_wh)
{
  Note noted = { 1, TRADE_DAY_START + at_s * SM_SECOND, meter_wh };

  fixture_write (self->fixture, do_note, &noted);
}

static gpointer
do_read_quarters (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_stats_read_quarters (reader, data, 0, 0, G_MAXINT64, 1000, error);
}

static GArray *
read_quarters (Trade *self)
{
  g_autoptr (GError) error = NULL;
  GArray *quarters;

  fixture_pass (self->fixture, 60);
  quarters
      = sm_rules_read_sync (self->fixture->rules, do_read_quarters, self->fixture->system, &error);
  g_assert_no_error (error);
  return quarters;
}

static void
test_meter (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GArray) quarters = NULL;
  const SmAreaQuarter *first;

  /* 60 kW for 15 minutes, seen every minute, one reading over the border. */
  for (gint64 minute = 0; minute <= 14; minute++)
    note (trade, minute * 60, 1000 * minute);
  note (trade, 15 * 60 + 30, 15500);
  quarters = read_quarters (trade);
  g_assert_cmpuint (quarters->len, ==, 2);
  first = &g_array_index (quarters, SmAreaQuarter, 0);
  g_assert_cmpint (first->energy_wh, ==, 15000);
  g_assert_cmpint (first->stations, ==, 1);
  g_assert_cmpfloat_with_epsilon (sm_stats_quarter_kw (first), 60, 1e-9);
  g_assert_cmpint (first[1].energy_wh, ==, 500);
  g_assert_cmpfloat_with_epsilon (sm_stats_quarter_kw (&first[1]), 60, 1e-9);
}

static void
test_meter_gap (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GArray) quarters = NULL;

  note (trade, 0, 5000000);
  note (trade, 60, 5001000);
  /* An hour of silence: what was counted in it belongs to no quarter. */
  note (trade, 3660, 5100000);
  note (trade, 3720, 5101000);
  /* A new meter. */
  note (trade, 3780, 0);
  note (trade, 3840, 1000);
  /* A late one. */
  note (trade, 3800, 900000);
  quarters = read_quarters (trade);
  g_assert_cmpuint (quarters->len, ==, 2);
  g_assert_cmpint (g_array_index (quarters, SmAreaQuarter, 0).energy_wh, ==, 1000);
  g_assert_cmpint (g_array_index (quarters, SmAreaQuarter, 1).energy_wh, ==, 2000);
  g_assert_cmpint (g_array_index (quarters, SmAreaQuarter, 1).stations, ==, 1);
  g_assert_cmpint (trade_total (trade, SM_ROLLUP_STATION_HOUR).energy_wh, ==, 3000);
}

/* What a meter showed is known after a new start. */
static void
test_meter_restart (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GArray) quarters = NULL;

  note (trade, 0, 1000);
  note (trade, 60, 2000);
  fixture_reopen (trade->fixture);
  note (trade, 120, 3000);
  quarters = read_quarters (trade);
  g_assert_cmpuint (quarters->len, ==, 1);
  g_assert_cmpint (g_array_index (quarters, SmAreaQuarter, 0).energy_wh, ==, 2000);
  g_assert_cmpint (g_array_index (quarters, SmAreaQuarter, 0).stations, ==, 1);
}

/* --- today --- */

static gpointer
do_read_now (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  SmStatsNow *stats = g_new0 (SmStatsNow, 1);

  sm_stats_read_now (reader, data, stats, error);
  return stats;
}

static SmStatsNow *
read_now (Trade *self, SmActor *actor)
{
  g_autoptr (GError) error = NULL;
  SmStatsNow *stats = sm_rules_read_sync (self->fixture->rules, do_read_now, actor, &error);

  g_assert_no_error (error);
  return stats;
}

static void
test_now (void)
{
  g_autoptr (Trade) trade = trade_new ();
  gint64 now = TRADE_DAY_START + 10 * SM_HOUR;
  g_autoptr (SmActor) of_area = fixture_make_person (5, "operator", SM_SCOPE_AREAS, 8);
  g_autoptr (SmActor) of_fleet = fixture_make_person (6, "operator", SM_SCOPE_FLEETS, 3);
  g_autofree SmStatsNow *stats = NULL;
  g_autofree SmStatsNow *area = NULL;
  g_autofree SmStatsNow *fleet = NULL;
  g_autofree SmStatsNow *later = NULL;

  trade_add_order (trade, "T1", 0, now - 10 * SM_MINUTE, 100000);
  trade_add_order (trade, "T2", 1, now - 20 * SM_MINUTE, 200000);
  sm_row_set_text (trade_add_order (trade, "T3", 0, now - 30 * SM_MINUTE, 0), SM_ORDER_PROCESS,
                   "aborted");
  trade_add_order (trade, "T4", 0, now - 3 * SM_HOUR, 100000);
  trade_add_order (trade, "Y1", 0, now - SM_DAY - 10 * SM_MINUTE, 100000);
  trade_add_order (trade, "Y2", 0, now - SM_DAY - 3 * SM_HOUR, 50000);
  trade_add_order (trade, "Y3", 0, now - SM_DAY + SM_HOUR, 77777);
  trade_add_order (trade, "W1", 0, now - 2 * SM_DAY - 59 * SM_MINUTE, 1000);
  trade_add_order (trade, "W2", 0, now - 2 * SM_DAY - 2 * SM_HOUR, 1000);
  trade_put (trade, sm_orders_put);
  stats = read_now (trade, trade->fixture->system);
  g_assert_cmpint (stats->swaps.last_hour, ==, 2);
  g_assert_cmpint (stats->swaps.attempts, ==, 3);
  g_assert_cmpfloat (stats->swaps.median_s, ==, 300);
  g_assert_cmpfloat (stats->swaps.median_wait_s, ==, 600);
  /* One yesterday, one the day before; no more days are known. */
  g_assert_cmpfloat (stats->swaps.usual_hour, ==, 1);
  g_assert_true (isnan (stats->charges.median_s));
  g_assert_cmpint (stats->today.orders, ==, 4);
  g_assert_cmpint (stats->today.swaps, ==, 3);
  g_assert_cmpint (stats->today.energy_wh, ==, 400000);
  g_assert_cmpint (stats->yesterday_same_time.swaps, ==, 2);
  g_assert_cmpint (stats->yesterday_same_time.energy_wh, ==, 150000);
  g_assert_cmpfloat (stats->today.carbon_kg, ==, sm_carbon_saved_kg (&stats->carbon, 400000));
  g_assert_cmpstr (stats->currency, ==, "CNY");
  /* By hour, and the hour that is not over says nothing. */
  g_assert_cmpfloat (stats->swaps_today[9], ==, 2);
  g_assert_cmpfloat (stats->swaps_today[8], ==, 0);
  g_assert_true (isnan (stats->swaps_today[10]));
  g_assert_cmpfloat (stats->swaps_yesterday[9], ==, 1);
  g_assert_cmpfloat (stats->swaps_yesterday[23], ==, 0);
  area = read_now (trade, of_area);
  g_assert_cmpint (area->today.swaps, ==, 1);
  g_assert_cmpint (area->swaps.last_hour, ==, 1);
  fleet = read_now (trade, of_fleet);
  g_assert_cmpint (fleet->today.swaps, ==, 3);
  g_assert_cmpint (fleet->yesterday_same_time.energy_wh, ==, 150000);
  g_assert_true (isnan (fleet->swaps_today[9]));
  /* What ends now is seen soon. */
  trade_add_order (trade, "T5", 0, now, 1000);
  trade_put (trade, sm_orders_put);
  sm_clock_advance (trade->fixture->machine, 2 * SM_SECOND);
  later = read_now (trade, trade->fixture->system);
  g_assert_cmpint (later->today.swaps, ==, 4);
}

static gpointer
do_report_station (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_auto (SmIngestResult) result = { 0 };
  Trade *trade = data;

  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_text (row, SM_STATION_CONNECTION, "online");
  sm_row_set_real (row, SM_STATION_POWER_KW, 10);
  sm_row_set_int (row, SM_STATION_REPORTED_AT, sm_clock_now (trade->fixture->network));
  g_ptr_array_add (rows, row);
  sm_ingest_live (rules, trade->fixture->system, rows, &result, error);
  return NULL;
}

/* What a station usually does at this hour stands among its live values. */
static void
test_usual (void)
{
  g_autoptr (Trade) trade = trade_new ();
  gint64 now = TRADE_DAY_START + 10 * SM_HOUR + 5 * SM_MINUTE;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 tick;

  trade_add_order (trade, "A1", 0, now - SM_DAY, 100000);
  trade_add_order (trade, "A2", 0, now - SM_DAY + SM_MINUTE, 100000);
  trade_add_order (trade, "A3", 0, now - 2 * SM_DAY, 100000);
  trade_add_order (trade, "A4", 0, now - 3 * SM_DAY + 5 * SM_HOUR, 100000);
  trade_put (trade, sm_orders_put);
  fixture_write (trade->fixture, do_report_station, trade);
  for (guint i = 0; i < 5; i++)
    fixture_pass (trade->fixture, 1);
  rows = sm_feed_read_live_rows (trade->fixture->rules, trade->fixture->system,
                                 sm_noun_get (SM_NOUN_STATION), 0, &tick);
  g_assert_cmpuint (rows->len, >, 0);
  g_assert_cmpfloat (sm_row_get_real (rows->pdata[0], SM_STATION_SWAPS_PER_HOUR), ==, 1);
  g_assert_cmpint (sm_row_get_int (rows->pdata[0], SM_STATION_INCOME_MINOR_PER_HOUR), ==, 11000);
}

/* --- by which factors the CO2 is reckoned --- */

typedef struct
{
  SmActor *actor;
  gint64 if_rev;
  SmCarbonFactors changes, factors;
  gint64 rev;
} Changing;

static gpointer
do_change (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Changing *changing = data;

  sm_carbon_change (rules, changing->actor, changing->if_rev, &changing->changes,
                    &changing->factors, &changing->rev, error);
  return NULL;
}

/* Returns: the error's slug, NULL when it was done */
static char *
change_grid (Trade *self, SmActor *actor, gint64 if_rev, double grid)
{
  Changing changing = { actor, if_rev, { NAN, NAN, NAN, grid } };
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (self->fixture->rules, do_change, &changing, &error);
  return g_strdup (error != NULL ? sm_error_get_slug (error) : NULL);
}

static void
test_carbon (void)
{
  g_autoptr (Trade) trade = trade_new ();
  Fixture *f = trade->fixture;
  g_autoptr (SmActor) manager = fixture_make_person (5, "manager", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) dispatcher = fixture_make_person (6, "dispatcher", SM_SCOPE_ALL, 0);
  g_autofree char *denied = change_grid (trade, dispatcher, 1, 0.4);
  g_autofree char *done = change_grid (trade, manager, 1, 0.4);
  g_autofree char *again = change_grid (trade, manager, 1, 0.4);
  g_autofree char *stale = change_grid (trade, manager, 1, 0.5);
  g_autofree char *wrong = change_grid (trade, manager, 2, -0.5);
  g_autofree SmStatsNow *stats = NULL;

  g_assert_cmpstr (denied, ==, "permission-missing");
  g_assert_null (done);
  g_assert_null (again);
  g_assert_cmpstr (stale, ==, "row-changed");
  g_assert_cmpstr (wrong, ==, "out-of-range");
  g_assert_cmpuint (fixture_audit (f, "carbon", "done"), ==, 1);
  g_assert_cmpuint (fixture_audit (f, "carbon", "refused"), ==, 3);
  fixture_reopen (f);
  trade_add_order (trade, "A1", 0, TRADE_DAY_START + 9 * SM_HOUR, 100000);
  trade_put (trade, sm_orders_put);
  stats = read_now (trade, f->system);
  g_assert_cmpfloat (stats->carbon.grid_kg_per_kwh, ==, 0.4);
  g_assert_cmpfloat_with_epsilon (stats->today.carbon_kg, 100 * (0.36 * 2.68 / 1.5 - 0.4), 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/trade/meter", test_meter);
  g_test_add_func ("/rules/trade/meter-gap-and-reset", test_meter_gap);
  g_test_add_func ("/rules/trade/meter-restart", test_meter_restart);
  g_test_add_func ("/rules/trade/now", test_now);
  g_test_add_func ("/rules/trade/usual", test_usual);
  g_test_add_func ("/rules/carbon/change", test_carbon);
  return g_test_run ();
}
