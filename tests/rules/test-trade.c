/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-bulk.h"
#include "sm-check.h"
#include "sm-connection.h"
#include "sm-driving-events.h"
#include "sm-history-pages.h"
#include "sm-movements.h"
#include "sm-orders.h"
#include "sm-statement.h"
#include "sm-statistics.h"

#include <math.h>

/* Two hours after midnight in Shanghai, on 16 June 2025. */
#define DAY_START (G_GINT64_CONSTANT (1750003200) * SM_SECOND)
#define DAY 20250616

static const char periods[] =
    "[{\"from\":\"00:00\",\"to\":\"08:00\",\"kind\":\"valley\",\"energy_minor_per_kwh\":30,"
    "\"service_minor_per_kwh\":10},{\"from\":\"08:00\",\"to\":\"24:00\",\"kind\":\"peak\","
    "\"energy_minor_per_kwh\":100,\"service_minor_per_kwh\":10}]";

typedef struct
{
  Fixture *fixture;
  gint64 stations[2];
  gint64 vehicle;
  GPtrArray *rows;
  GArray *quarters;
} Trade;

typedef gboolean (*PutFunc) (SmRules *rules, SmActor *actor, GPtrArray *rows, GError **error);

typedef struct
{
  Trade *trade;
  PutFunc put;
} Putting;

static gpointer
do_put (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Putting *putting = data;

  putting->put (rules, putting->trade->fixture->system, putting->trade->rows, error);
  return NULL;
}

static void
put (Trade *self, PutFunc func)
{
  Putting putting = { self, func };

  fixture_write (self->fixture, do_put, &putting);
  g_ptr_array_set_size (self->rows, 0);
}

static SmRow *
add_row (Trade *self, SmNounId noun)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_tariff (Trade *self)
{
  SmRow *row = add_row (self, SM_NOUN_TARIFF);

  sm_row_set_text (row, SM_TARIFF_CODE, "tou");
  sm_row_take_text (row, SM_TARIFF_NAME, sm_name_new ("By time", NULL));
  sm_row_set_text (row, SM_TARIFF_MODEL, "time_of_use");
  sm_row_set_text (row, SM_TARIFF_CURRENCY, "CNY");
  sm_row_set_text (row, SM_TARIFF_PERIODS, periods);
  sm_row_set_int (row, SM_TARIFF_VALID_FROM, 0);
  sm_row_set_int (row, SM_TARIFF_VERSION, 1);
}

static void
trade_free (Trade *self)
{
  fixture_free (self->fixture);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->quarters);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trade, trade_free)

/* Two stations in areas 7 and 8, a truck of fleet 3, a tariff; it is 10:00. */
static Trade *
trade_new (void)
{
  Trade *self = g_new0 (Trade, 1);

  self->fixture = fixture_new ();
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  self->quarters = g_array_new (FALSE, FALSE, sizeof (SmQuarter));
  add_tariff (self);
  for (guint i = 0; i < 2; i++)
    {
      SmRow *row = add_row (self, SM_NOUN_STATION);

      sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("S%u", i));
      sm_row_set_int (row, SM_ROW_AREA_ID, 7 + i);
      sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
    }
  put (self, sm_registry_fill);
  self->stations[0] = 1;
  self->stations[1] = 2;
  self->vehicle = fixture_add_vehicle (self->fixture, "B1", 3);
  sm_clock_set (self->fixture->network, DAY_START + 10 * SM_HOUR, 1);
  return self;
}

static SmRow *
add_order (Trade *self, const char *number, guint station, gint64 ended_at, gint64 energy_wh)
{
  SmRow *row = add_row (self, SM_NOUN_ORDER);

  sm_row_set_text (row, SM_ORDER_NUMBER, number);
  sm_row_set_text (row, SM_ORDER_KIND, "swap");
  sm_row_set_text (row, SM_ORDER_PROCESS, "completed");
  sm_row_set_int (row, SM_ORDER_STATION_ID, self->stations[station]);
  sm_row_set_int (row, SM_ORDER_VEHICLE_ID, self->vehicle);
  sm_row_set_int (row, SM_ORDER_CREATED_AT, ended_at - 15 * SM_MINUTE);
  sm_row_set_int (row, SM_ORDER_STARTED_AT, ended_at - 5 * SM_MINUTE);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, ended_at);
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, energy_wh);
  return row;
}

/* --- reading --- */

typedef struct
{
  SmActor *actor;
  SmRollupTable table;
  SmHistoryQuery query;
  gboolean more;
  gint64 id;
} Reading;

static gpointer
do_read_rollups (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  return sm_stats_read_rollups (reader, reading->actor, reading->table, 0, 0, 99999999, 1000, error);
}

static GArray *
read_rollups (Trade *self, SmActor *actor, SmRollupTable table)
{
  Reading reading = { .actor = actor, .table = table };
  g_autoptr (GError) error = NULL;
  GArray *rollups = sm_rules_read_sync (self->fixture->rules, do_read_rollups, &reading, &error);

  g_assert_no_error (error);
  return rollups;
}

/* The sum of a table over all its rows. */
static SmRollup
total (Trade *self, SmRollupTable table)
{
  g_autoptr (GArray) rollups = read_rollups (self, self->fixture->system, table);
  SmRollup sum = { 0 };

  for (guint i = 0; i < rollups->len; i++)
    {
      const SmRollup *rollup = &g_array_index (rollups, SmRollup, i);

      sum.count += rollup->count;
      sum.attempts += rollup->attempts;
      sum.completed += rollup->completed;
      sum.energy_wh += rollup->energy_wh;
      sum.amount_minor += rollup->amount_minor;
      sum.wait_ms += rollup->wait_ms;
      sum.duration_ms += rollup->duration_ms;
    }
  return sum;
}

static gpointer
do_read_history (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;

  return sm_history_read (reader, reading->actor, &reading->query, &reading->more, error);
}

static GPtrArray *
read_history (Trade *self, SmActor *actor, SmHistoryQuery query, gboolean *out_more)
{
  Reading reading = { .actor = actor, .query = query };
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = sm_rules_read_sync (self->fixture->rules, do_read_history, &reading, &error);

  g_assert_no_error (error);
  if (out_more != NULL)
    *out_more = reading.more;
  return rows;
}

static SmHistoryQuery
all_of (SmNounId noun)
{
  return (SmHistoryQuery){ .noun = sm_noun_get (noun), .newest_first = TRUE, .from = SM_UNKNOWN,
                           .to = SM_UNKNOWN, .after_time = SM_UNKNOWN, .limit = 1000 };
}

static gpointer
do_read_now (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  SmStatsNow *stats = g_new0 (SmStatsNow, 1);

  sm_stats_read_now (reader, reading->actor, stats, error);
  return stats;
}

static SmStatsNow *
read_now (Trade *self, SmActor *actor)
{
  Reading reading = { .actor = actor };
  g_autoptr (GError) error = NULL;
  SmStatsNow *stats = sm_rules_read_sync (self->fixture->rules, do_read_now, &reading, &error);

  g_assert_no_error (error);
  return stats;
}

/* --- tests --- */

static void
test_order (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GPtrArray) rows = NULL;
  const SmRow *order;

  add_order (trade, "A1", 0, DAY_START + 8 * SM_HOUR + 150 * SM_SECOND, 100000);
  put (trade, sm_orders_put);
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  order = rows->pdata[0];
  /* Half of it before 8 o'clock. */
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_ENERGY_MINOR), ==, 50 * 30 + 50 * 100);
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_SERVICE_MINOR), ==, 1000);
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_AMOUNT_MINOR), ==, 7500);
  g_assert_cmpstr (sm_row_get_text (order, SM_ORDER_CURRENCY), ==, "CNY");
  g_assert_cmpstr (sm_row_get_text (order, SM_ORDER_PAYMENT), ==, "captured");
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_BUSINESS_DAY), ==, DAY);
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_HOUR), ==, 8);
  g_assert_cmpint (sm_row_get_int (order, SM_ROW_AREA_ID), ==, 7);
  g_assert_cmpint (sm_row_get_int (order, SM_ROW_FLEET_ID), ==, 3);
  g_assert_cmpfloat (sm_row_get_real (order, SM_ORDER_WAIT_S), ==, 600);
  g_assert_cmpfloat (sm_row_get_real (order, SM_ORDER_DURATION_S), ==, 300);
}

static void
test_order_runs (void)
{
  g_autoptr (Trade) trade = trade_new ();
  SmRow *row = add_order (trade, "A1", 0, DAY_START, 0);
  g_autoptr (GPtrArray) rows = NULL;

  sm_row_set_text (row, SM_ORDER_PROCESS, "in_progress");
  sm_row_set_null (row, SM_ORDER_ENDED_AT);
  sm_row_set_null (row, SM_ORDER_ENERGY_WH);
  put (trade, sm_orders_put);
  g_assert_cmpint (total (trade, SM_ROLLUP_STATION_DAY).count, ==, 0);
  add_order (trade, "A2", 0, DAY_START, 1000);
  put (trade, sm_orders_put);
  /* It runs: it is the newest. */
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpstr (sm_row_get_text (rows->pdata[0], SM_ORDER_NUMBER), ==, "A1");
  g_assert_cmpstr (sm_row_get_text (rows->pdata[0], SM_ORDER_PAYMENT), ==, "authorised");
  row = add_row (trade, SM_NOUN_ORDER);
  sm_row_set_text (row, SM_ORDER_NUMBER, "A1");
  sm_row_set_text (row, SM_ORDER_PROCESS, "completed");
  sm_row_set_int (row, SM_ORDER_ENDED_AT, DAY_START + SM_HOUR);
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, 2000);
  put (trade, sm_orders_put);
  g_assert_cmpint (total (trade, SM_ROLLUP_STATION_DAY).count, ==, 2);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (sm_row_get_text (rows->pdata[0], SM_ORDER_PAYMENT), ==, "captured");
}

static void
test_order_refused (void)
{
  g_autoptr (Trade) trade = trade_new ();
  Putting putting = { trade, sm_orders_put };
  g_autoptr (GError) error = NULL;

  add_order (trade, "A1", 0, DAY_START, 1000);
  sm_row_set_int (add_order (trade, "A2", 0, DAY_START, 1000), SM_ORDER_STATION_ID, 99);
  sm_rules_run_sync (trade->fixture->rules, do_put, &putting, &error);
  fixture_assert_error (error, SM_ERROR_INVALID, "unknown-station");
  g_clear_error (&error);
  sm_row_set_int (trade->rows->pdata[1], SM_ORDER_STATION_ID, 1);
  sm_row_set_int (trade->rows->pdata[1], SM_ORDER_ENDED_AT, 1);
  sm_rules_run_sync (trade->fixture->rules, do_put, &putting, &error);
  fixture_assert_error (error, SM_ERROR_INVALID, "order-times");
  /* All or none. */
  g_assert_cmpint (total (trade, SM_ROLLUP_STATION_DAY).count, ==, 0);
}

static void
test_correction (void)
{
  static const SmRollupTable tables[] = { SM_ROLLUP_STATION_HOUR, SM_ROLLUP_STATION_DAY,
                                          SM_ROLLUP_STATION_MONTH, SM_ROLLUP_FLEET_DAY };
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GArray) days = NULL;
  SmRow *row;

  add_order (trade, "A1", 0, DAY_START + 9 * SM_HOUR, 100000);
  add_order (trade, "A2", 0, DAY_START + 9 * SM_HOUR, 50000);
  put (trade, sm_orders_put);
  row = add_row (trade, SM_NOUN_ORDER);
  sm_row_set_text (row, SM_ORDER_NUMBER, "A1");
  sm_row_set_int (row, SM_ORDER_STATION_ID, trade->stations[1]);
  sm_row_set_text (row, SM_ORDER_PROCESS, "aborted");
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, 10000);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, DAY_START + 25 * SM_HOUR);
  put (trade, sm_orders_put);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      SmRollup sum = total (trade, tables[i]);

      g_assert_cmpint (sum.count, ==, 2);
      g_assert_cmpint (sum.attempts, ==, 2);
      g_assert_cmpint (sum.completed, ==, 1);
      g_assert_cmpint (sum.energy_wh, ==, 60000);
      g_assert_cmpint (sum.wait_ms, ==, 600000);
      g_assert_cmpint (sum.duration_ms, ==, 300000);
    }
  days = read_rollups (trade, trade->fixture->system, SM_ROLLUP_STATION_DAY);
  g_assert_cmpuint (days->len, ==, 2);
  g_assert_cmpint (g_array_index (days, SmRollup, 1).of_id, ==, 2);
  g_assert_cmpint (g_array_index (days, SmRollup, 1).period, ==, DAY + 1);
}

static gpointer
do_bulk (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Trade *trade = data;
  SmBulk bulk = { .orders = trade->rows, .quarters = trade->quarters };

  sm_bulk_write (rules, trade->fixture->system, &bulk, error);
  return NULL;
}

static void
add_many (Trade *self)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *number = g_strdup_printf ("N%03u", i);
      SmRow *row = add_order (self, number, i % 2, DAY_START + (gint64) i / 5 * SM_MINUTE * 3, 1000 + i);

      if (i % 3 == 0)
        sm_row_set_text (row, SM_ORDER_KIND, "charge");
    }
}

/* The door of the past writes what the other one does, and tells nobody. */
static void
test_bulk (void)
{
  g_autoptr (Trade) slow = trade_new ();
  g_autoptr (Trade) fast = trade_new ();
  gint64 seq = sm_rules_get_seq (fast->fixture->rules);

  add_many (slow);
  add_many (fast);
  put (slow, sm_orders_put);
  fixture_write (fast->fixture, do_bulk, fast);
  g_assert_cmpint (sm_rules_get_seq (fast->fixture->rules), ==, seq);
  for (guint table = 0; table < SM_ROLLUP_N_TABLES; table++)
    {
      g_autoptr (GArray) a = read_rollups (slow, slow->fixture->system, table);
      g_autoptr (GArray) b = read_rollups (fast, fast->fixture->system, table);

      g_assert_cmpuint (a->len, >, 0);
      g_assert_cmpmem (a->data, a->len * sizeof (SmRollup), b->data, b->len * sizeof (SmRollup));
    }
}

static gpointer
do_begin (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  sm_bulk_begin (rules, data, 100000, error);
  return NULL;
}

static gpointer
do_end (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  while (more && sm_bulk_end (rules, data, &more, error))
    ;
  return NULL;
}

static gint64
count_of (Trade *trade, const char *sql)
{
  g_autoptr (GError) error = NULL;
  SmConnection *connection = sm_connection_open (trade->fixture->path, SM_OPEN_READ_ONLY, &error);
  SmStatement *statement = sm_connection_prepare (connection, sql, &error);
  gboolean has_row;
  gint64 count;

  g_assert_no_error (error);
  sm_statement_step (statement, &has_row, &error);
  g_assert_no_error (error);
  count = sm_statement_get_int (statement, 0);
  sm_statement_reset (statement);
  sm_connection_close (connection);
  return count;
}

#define INDICES "SELECT count (*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
#define ASIDE "SELECT count (*) FROM index_aside"

/* A long past is indexed when it is written, and at the latest by who opens it next. */
static void
test_bulk_is_indexed (void)
{
  g_autoptr (Trade) trade = trade_new ();
  Fixture *fixture = trade->fixture;
  SmRulesOptions options = { .path = fixture->path, .network = fixture->network,
                             .machine = fixture->machine, .simulated = TRUE, .is_service = TRUE };
  gint64 indices = count_of (trade, INDICES);

  add_many (trade);
  for (guint killed = 0; killed < 2; killed++)
    {
      fixture_write (fixture, do_begin, fixture->system);
      g_assert_cmpint (count_of (trade, INDICES), ==, indices - count_of (trade, ASIDE));
      g_assert_cmpint (count_of (trade, ASIDE), ==, 8);
      if (!killed)
        {
          fixture_write (fixture, do_bulk, trade);
          fixture_write (fixture, do_end, fixture->system);
        }
      else
        {
          sm_rules_close (fixture->rules);
          fixture->rules = sm_rules_open (&options, NULL);
        }
      g_assert_cmpint (count_of (trade, ASIDE), ==, 0);
      g_assert_cmpint (count_of (trade, INDICES), ==, indices);
    }
}

/* Page by page, over many equal times, nothing twice and nothing left out. */
static void
test_pages (void)
{
  g_autoptr (Trade) trade = trade_new ();
  SmHistoryQuery query = all_of (SM_NOUN_ORDER);
  gboolean more = TRUE;

  add_many (trade);
  put (trade, sm_orders_put);
  query.limit = 7;
  query.n_equals = 1;
  query.equals[0] = (SmHistoryEquals){ SM_ORDER_STATION_ID, "1" };
  for (guint direction = 0; direction < 2; direction++)
    {
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
      gint64 last = direction == 0 ? G_MAXINT64 : G_MININT64;

      query.newest_first = direction == 0;
      query.after_time = SM_UNKNOWN;
      do
        {
          g_autoptr (GPtrArray) rows = read_history (trade, trade->fixture->system, query, &more);

          for (guint i = 0; i < rows->len; i++)
            {
              gint64 time = sm_history_time (rows->pdata[i]);

              g_assert_true (direction == 0 ? time <= last : time >= last);
              last = time;
              g_assert_true (g_hash_table_add (seen, GINT_TO_POINTER (sm_row_get_id (rows->pdata[i]))));
              query.after_time = time;
              query.after_id = sm_row_get_id (rows->pdata[i]);
            }
        }
      while (more);
      g_assert_cmpuint (g_hash_table_size (seen), ==, 250);
    }
}

static void
test_filters (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmActor) of_area = fixture_make_person (5, "operator", SM_SCOPE_AREAS, 8);
  g_autoptr (SmActor) of_fleet = fixture_make_person (6, "operator", SM_SCOPE_FLEETS, 4);
  SmHistoryQuery query = all_of (SM_NOUN_ORDER);
  g_autoptr (GPtrArray) rows = NULL;

  add_many (trade);
  put (trade, sm_orders_put);
  query.from = DAY_START + 30 * SM_MINUTE;
  query.to = DAY_START + 60 * SM_MINUTE;
  query.n_equals = 1;
  query.equals[0] = (SmHistoryEquals){ SM_ORDER_KIND, "charge" };
  rows = read_history (trade, trade->fixture->system, query, NULL);
  g_assert_cmpuint (rows->len, ==, 17);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = read_history (trade, of_area, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpuint (rows->len, ==, 250);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = read_history (trade, of_fleet, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpuint (rows->len, ==, 0);
}

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
  Note noted = { 1, DAY_START + at_s * SM_SECOND, meter_wh };

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
  quarters = sm_rules_read_sync (self->fixture->rules, do_read_quarters, self->fixture->system,
                                 &error);
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
  g_assert_cmpint (total (trade, SM_ROLLUP_STATION_HOUR).energy_wh, ==, 3000);
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

static void
test_now (void)
{
  g_autoptr (Trade) trade = trade_new ();
  gint64 now = DAY_START + 10 * SM_HOUR;
  g_autoptr (SmActor) of_area = fixture_make_person (5, "operator", SM_SCOPE_AREAS, 8);
  g_autoptr (SmActor) of_fleet = fixture_make_person (6, "operator", SM_SCOPE_FLEETS, 3);
  g_autofree SmStatsNow *stats = NULL;
  g_autofree SmStatsNow *area = NULL;
  g_autofree SmStatsNow *fleet = NULL;
  g_autofree SmStatsNow *later = NULL;

  add_order (trade, "T1", 0, now - 10 * SM_MINUTE, 100000);
  add_order (trade, "T2", 1, now - 20 * SM_MINUTE, 200000);
  sm_row_set_text (add_order (trade, "T3", 0, now - 30 * SM_MINUTE, 0), SM_ORDER_PROCESS, "aborted");
  add_order (trade, "T4", 0, now - 3 * SM_HOUR, 100000);
  add_order (trade, "Y1", 0, now - SM_DAY - 10 * SM_MINUTE, 100000);
  add_order (trade, "Y2", 0, now - SM_DAY - 3 * SM_HOUR, 50000);
  add_order (trade, "Y3", 0, now - SM_DAY + SM_HOUR, 77777);
  add_order (trade, "W1", 0, now - 2 * SM_DAY - 59 * SM_MINUTE, 1000);
  add_order (trade, "W2", 0, now - 2 * SM_DAY - 2 * SM_HOUR, 1000);
  put (trade, sm_orders_put);
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
  add_order (trade, "T5", 0, now, 1000);
  put (trade, sm_orders_put);
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
  gint64 now = DAY_START + 10 * SM_HOUR + 5 * SM_MINUTE;
  g_autoptr (GPtrArray) rows = NULL;
  gint64 tick;

  add_order (trade, "A1", 0, now - SM_DAY, 100000);
  add_order (trade, "A2", 0, now - SM_DAY + SM_MINUTE, 100000);
  add_order (trade, "A3", 0, now - 2 * SM_DAY, 100000);
  add_order (trade, "A4", 0, now - 3 * SM_DAY + 5 * SM_HOUR, 100000);
  put (trade, sm_orders_put);
  fixture_write (trade->fixture, do_report_station, trade);
  for (guint i = 0; i < 5; i++)
    fixture_pass (trade->fixture, 1);
  rows = sm_feed_read_live_rows (trade->fixture->rules, trade->fixture->system,
                                 sm_noun_get (SM_NOUN_STATION), 0, &tick);
  g_assert_cmpuint (rows->len, >, 0);
  g_assert_cmpfloat (sm_row_get_real (rows->pdata[0], SM_STATION_SWAPS_PER_HOUR), ==, 1);
  g_assert_cmpint (sm_row_get_int (rows->pdata[0], SM_STATION_INCOME_MINOR_PER_HOUR), ==, 11000);
}

static void
test_driving_event (void)
{
  g_autoptr (Trade) trade = trade_new ();
  SmRow *row = add_row (trade, SM_NOUN_DRIVING_EVENT);
  g_autoptr (GPtrArray) rows = NULL;

  sm_row_set_int (row, SM_DRIVING_EVENT_VEHICLE_ID, trade->vehicle);
  sm_row_set_text (row, SM_DRIVING_EVENT_KIND, "speeding");
  sm_row_set_int (row, SM_DRIVING_EVENT_AT, DAY_START);
  put (trade, sm_driving_events_put);
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_DRIVING_EVENT), NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (sm_row_get_int (rows->pdata[0], SM_ROW_FLEET_ID), ==, 3);
}

/* --- looking at all of it --- */

static gpointer
do_check (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_check_all (rules, error);
}

/* Which checks fail, one after the other. */
static char *
check (Trade *self)
{
  g_autoptr (GPtrArray) results = fixture_write (self->fixture, do_check, NULL);
  g_autoptr (GString) failed = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const SmCheckResult *result = results->pdata[i];

      if (result->wrong > 0)
        g_string_append_printf (failed, "%s ", result->name);
      g_assert_true ((result->wrong > 0) == (result->examples->len > 0));
    }
  return g_string_free (g_steal_pointer (&failed), FALSE);
}

static void
add_movement (Trade *self, gint64 at, const char *from, gint64 from_id, const char *to, gint64 to_id,
              double soc, gint64 charged_wh, gint64 taken_wh)
{
  SmRow *row = add_row (self, SM_NOUN_BATTERY_MOVEMENT);

  sm_row_set_int (row, SM_BATTERY_MOVEMENT_BATTERY_ID, 1);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_AT, at);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_FROM_PLACE, from);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_FROM_ID, from_id);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_TO_PLACE, to);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_TO_ID, to_id);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_STATION_ID, 1);
  sm_row_set_text (row, SM_BATTERY_MOVEMENT_REASON, "swap");
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SOC, soc);
  sm_row_set_real (row, SM_BATTERY_MOVEMENT_SOH, 100);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_CHARGED_WH, charged_wh);
  sm_row_set_int (row, SM_BATTERY_MOVEMENT_THROUGHPUT_WH, taken_wh);
}

/* A pack came out of the truck empty, was charged in a bay, and went back. */
static void
add_pack (Trade *self)
{
  SmRow *model = add_row (self, SM_NOUN_BATTERY_MODEL);
  SmRow *pack = add_row (self, SM_NOUN_BATTERY);

  sm_row_set_text (model, SM_BATTERY_MODEL_CODE, "M");
  sm_row_take_text (model, SM_BATTERY_MODEL_NAME, sm_name_new ("Pack", NULL));
  sm_row_set_int (model, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (model, SM_BATTERY_MODEL_READY_SOC, 95);
  sm_row_set_text (pack, SM_BATTERY_SN, "P1");
  sm_row_set_int (pack, SM_BATTERY_BATTERY_MODEL_ID, 1);
  sm_row_set_text (pack, SM_BATTERY_FITNESS, "serviceable");
  put (self, sm_registry_fill);
  add_movement (self, DAY_START, "vehicle", 1, "bay", 5, 20, 500000, 418600);
  add_movement (self, DAY_START + 2 * SM_HOUR, "bay", 5, "vehicle", 1, 90, 707789, 418600);
  add_movement (self, DAY_START + 6 * SM_HOUR, "vehicle", 1, "bay", 5, 20, 707789, 616000);
  put (self, sm_movements_put);
}

/* The station's meter counts what the pack was charged with, and losses. */
static void
add_meter (Trade *self)
{
  for (guint i = 0; i < 8; i++)
    {
      SmQuarter quarter = { 1, DAY_START + i * 15 * SM_MINUTE, 45000 };

      g_array_append_val (self->quarters, quarter);
    }
  fixture_write (self->fixture, do_bulk, self);
}

static void
corrupt (Trade *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = NULL;

  g_clear_pointer (&self->fixture->rules, sm_rules_close);
  connection = sm_connection_open (self->fixture->path, SM_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  sm_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
  g_clear_pointer (&connection, sm_connection_close);
  fixture_open (self->fixture, TRUE);
}

static void
test_check (gconstpointer data)
{
  const char *const *damage = data;
  g_autoptr (Trade) trade = trade_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_many (trade);
  put (trade, sm_orders_put);
  add_pack (trade);
  add_meter (trade);
  before = check (trade);
  g_assert_cmpstr (before, ==, "");
  corrupt (trade, damage[0]);
  after = check (trade);
  g_assert_cmpstr (after, ==, damage[1]);
}

static const char *const damages[][3] = {
  { "UPDATE \"order\" SET amount_minor = amount_minor + 1 WHERE id = 7", "prices rollups ", "price" },
  { "UPDATE station_day SET completed = completed - 1 WHERE kind = 'swap'", "rollups ", "rollup" },
  { "DELETE FROM station_month", "rollups ", "rollup-lost" },
  { "DELETE FROM battery_movement WHERE id = 2", "movements ", "movement-lost" },
  { "UPDATE battery_movement SET charged_wh = 5000000 WHERE id = 3", "pack-energy ", "pack-energy" },
  { "DELETE FROM station_day WHERE kind = 'site'; INSERT INTO station_day VALUES "
    "(1, 'site', 20250616, 0, 0, 0, 1000, 0, 0, 0)", "station-energy ", "meter-too-little" },
  { "UPDATE station_day SET energy_wh = 90000000 WHERE kind = 'site'", "station-energy ",
    "meter-too-much" },
  { "UPDATE station SET seq = 100000 WHERE id = 2", "numbers ", "seq" },
  { "SELECT 1", "", "nothing" },
};

static void
add_check_tests (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *path = g_strconcat ("/rules/check/", damages[i][2], NULL);

      g_test_add_data_func (path, damages[i], test_check);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/trade/order-is-priced", test_order);
  g_test_add_func ("/rules/trade/order-runs", test_order_runs);
  g_test_add_func ("/rules/trade/order-refused", test_order_refused);
  g_test_add_func ("/rules/trade/correction-moves", test_correction);
  g_test_add_func ("/rules/trade/bulk-is-equal", test_bulk);
  g_test_add_func ("/rules/trade/bulk-is-indexed", test_bulk_is_indexed);
  g_test_add_func ("/rules/trade/pages", test_pages);
  g_test_add_func ("/rules/trade/filters-and-scope", test_filters);
  g_test_add_func ("/rules/trade/meter", test_meter);
  g_test_add_func ("/rules/trade/meter-gap-and-reset", test_meter_gap);
  g_test_add_func ("/rules/trade/meter-restart", test_meter_restart);
  g_test_add_func ("/rules/trade/now", test_now);
  g_test_add_func ("/rules/trade/usual", test_usual);
  g_test_add_func ("/rules/trade/driving-event", test_driving_event);
  add_check_tests ();
  return g_test_run ();
}
