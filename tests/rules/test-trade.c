/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-connection.h"
#include "sm-driving-events.h"
#include "sm-history-pages.h"
#include "sm-movements.h"
#include "sm-statement.h"

/* --- reading --- */

typedef struct
{
  SmActor *actor;
  SmHistoryQuery query;
  gboolean more;
} Reading;

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
  return (SmHistoryQuery){ .noun = sm_noun_get (noun),
                           .newest_first = TRUE,
                           .from = SM_UNKNOWN,
                           .to = SM_UNKNOWN,
                           .after_time = SM_UNKNOWN,
                           .limit = 1000 };
}

/* --- tests --- */

static void
test_order (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GPtrArray) rows = NULL;
  const SmRow *order;

  trade_add_order (trade, "A1", 0, TRADE_DAY_START + 8 * SM_HOUR + 150 * SM_SECOND, 100000);
  trade_put (trade, sm_orders_put);
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  order = rows->pdata[0];
  /* Half of it before 8 o'clock. */
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_ENERGY_MINOR), ==, 50 * 30 + 50 * 100);
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_SERVICE_MINOR), ==, 1000);
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_AMOUNT_MINOR), ==, 7500);
  g_assert_cmpstr (sm_row_get_text (order, SM_ORDER_CURRENCY), ==, "CNY");
  g_assert_cmpstr (sm_row_get_text (order, SM_ORDER_PAYMENT), ==, "captured");
  g_assert_cmpint (sm_row_get_int (order, SM_ORDER_BUSINESS_DAY), ==, TRADE_DAY);
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
  SmRow *row = trade_add_order (trade, "A1", 0, TRADE_DAY_START, 0);
  g_autoptr (GPtrArray) rows = NULL;

  sm_row_set_text (row, SM_ORDER_PROCESS, "in_progress");
  sm_row_set_null (row, SM_ORDER_ENDED_AT);
  sm_row_set_null (row, SM_ORDER_ENERGY_WH);
  trade_put (trade, sm_orders_put);
  g_assert_cmpint (trade_total (trade, SM_ROLLUP_STATION_DAY).count, ==, 0);
  trade_add_order (trade, "A2", 0, TRADE_DAY_START, 1000);
  trade_put (trade, sm_orders_put);
  /* It runs: it is the newest. */
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpstr (sm_row_get_text (rows->pdata[0], SM_ORDER_NUMBER), ==, "A1");
  g_assert_cmpstr (sm_row_get_text (rows->pdata[0], SM_ORDER_PAYMENT), ==, "authorised");
  row = trade_add_row (trade, SM_NOUN_ORDER);
  sm_row_set_text (row, SM_ORDER_NUMBER, "A1");
  sm_row_set_text (row, SM_ORDER_PROCESS, "completed");
  sm_row_set_int (row, SM_ORDER_ENDED_AT, TRADE_DAY_START + SM_HOUR);
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, 2000);
  trade_put (trade, sm_orders_put);
  g_assert_cmpint (trade_total (trade, SM_ROLLUP_STATION_DAY).count, ==, 2);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_ORDER), NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (sm_row_get_text (rows->pdata[0], SM_ORDER_PAYMENT), ==, "captured");
}

static void
test_order_refused (void)
{
  g_autoptr (Trade) trade = trade_new ();
  TradePutting putting = { trade, sm_orders_put };
  g_autoptr (GError) error = NULL;

  trade_add_order (trade, "A1", 0, TRADE_DAY_START, 1000);
  sm_row_set_int (trade_add_order (trade, "A2", 0, TRADE_DAY_START, 1000), SM_ORDER_STATION_ID, 99);
  sm_rules_run_sync (trade->fixture->rules, trade_do_put, &putting, &error);
  fixture_assert_error (error, SM_ERROR_INVALID, "unknown-station");
  g_clear_error (&error);
  sm_row_set_int (trade->rows->pdata[1], SM_ORDER_STATION_ID, 1);
  sm_row_set_int (trade->rows->pdata[1], SM_ORDER_ENDED_AT, 1);
  sm_rules_run_sync (trade->fixture->rules, trade_do_put, &putting, &error);
  fixture_assert_error (error, SM_ERROR_INVALID, "order-times");
  /* All or none. */
  g_assert_cmpint (trade_total (trade, SM_ROLLUP_STATION_DAY).count, ==, 0);
}

/* What is still to come has not happened. */
static void
test_future_refused (void)
{
  static const struct
  {
    SmNounId noun;
    guint field;
    TradePutFunc put;
  } histories[] = {
    { SM_NOUN_ORDER, SM_ORDER_CREATED_AT, sm_orders_put },
    { SM_NOUN_BATTERY_MOVEMENT, SM_BATTERY_MOVEMENT_AT, sm_movements_put },
    { SM_NOUN_DRIVING_EVENT, SM_DRIVING_EVENT_AT, sm_driving_events_put },
  };
  g_autoptr (Trade) trade = trade_new ();
  gint64 tomorrow = sm_clock_now (trade->fixture->network) + SM_DAY;

  for (guint i = 0; i < G_N_ELEMENTS (histories); i++)
    {
      TradePutting putting = { trade, histories[i].put };
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = NULL;
      SmRow *row = trade_add_row (trade, histories[i].noun);

      sm_row_set_int (row, histories[i].field, tomorrow);
      if (histories[i].noun == SM_NOUN_ORDER)
        sm_row_set_text (row, SM_ORDER_NUMBER, "A1");
      sm_rules_run_sync (trade->fixture->rules, trade_do_put, &putting, &error);
      fixture_assert_error (error, SM_ERROR_INVALID, "invalid");
      g_assert_nonnull (strstr (error->message, "still to come"));
      rows = read_history (trade, trade->fixture->system, all_of (histories[i].noun), NULL);
      g_assert_cmpuint (rows->len, ==, 0);
      g_ptr_array_set_size (trade->rows, 0);
    }
}

static void
test_correction (void)
{
  static const SmRollupTable tables[] = { SM_ROLLUP_STATION_HOUR, SM_ROLLUP_STATION_DAY,
                                          SM_ROLLUP_STATION_MONTH, SM_ROLLUP_FLEET_DAY };
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GArray) days = NULL;
  SmRow *row;

  trade_add_order (trade, "A1", 0, TRADE_DAY_START + 9 * SM_HOUR, 100000);
  trade_add_order (trade, "A2", 0, TRADE_DAY_START + 9 * SM_HOUR, 50000);
  trade_put (trade, sm_orders_put);
  sm_clock_set (trade->fixture->network, TRADE_DAY_START + 26 * SM_HOUR, 1);
  row = trade_add_row (trade, SM_NOUN_ORDER);
  sm_row_set_text (row, SM_ORDER_NUMBER, "A1");
  sm_row_set_int (row, SM_ORDER_STATION_ID, trade->stations[1]);
  sm_row_set_text (row, SM_ORDER_PROCESS, "aborted");
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, 10000);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, TRADE_DAY_START + 25 * SM_HOUR);
  trade_put (trade, sm_orders_put);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      SmRollup sum = trade_total (trade, tables[i]);

      g_assert_cmpint (sum.count, ==, 2);
      g_assert_cmpint (sum.attempts, ==, 2);
      g_assert_cmpint (sum.completed, ==, 1);
      g_assert_cmpint (sum.energy_wh, ==, 60000);
      g_assert_cmpint (sum.wait_ms, ==, 600000);
      g_assert_cmpint (sum.duration_ms, ==, 300000);
    }
  days = trade_read_rollups (trade, trade->fixture->system, SM_ROLLUP_STATION_DAY);
  g_assert_cmpuint (days->len, ==, 2);
  g_assert_cmpint (g_array_index (days, SmRollup, 1).of_id, ==, 2);
  g_assert_cmpint (g_array_index (days, SmRollup, 1).period, ==, TRADE_DAY + 1);
}

/* The door of the past writes what the other one does, and tells nobody. */
static void
test_bulk (void)
{
  g_autoptr (Trade) slow = trade_new ();
  g_autoptr (Trade) fast = trade_new ();
  gint64 seq = sm_rules_get_seq (fast->fixture->rules);

  trade_add_many (slow);
  trade_add_many (fast);
  trade_put (slow, sm_orders_put);
  fixture_write (fast->fixture, trade_do_bulk, fast);
  g_assert_cmpint (sm_rules_get_seq (fast->fixture->rules), ==, seq);
  for (guint table = 0; table < SM_ROLLUP_N_TABLES; table++)
    {
      g_autoptr (GArray) a = trade_read_rollups (slow, slow->fixture->system, table);
      g_autoptr (GArray) b = trade_read_rollups (fast, fast->fixture->system, table);

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
trade_count (Trade *trade, const char *sql)
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
  gint64 indices = trade_count (trade, INDICES);

  trade_add_many (trade);
  for (guint killed = 0; killed < 2; killed++)
    {
      fixture_write (fixture, do_begin, fixture->system);
      g_assert_cmpint (trade_count (trade, INDICES), ==, indices - trade_count (trade, ASIDE));
      g_assert_cmpint (trade_count (trade, ASIDE), ==, 8);
      if (!killed)
        {
          fixture_write (fixture, trade_do_bulk, trade);
          fixture_write (fixture, do_end, fixture->system);
        }
      else
        fixture_serve (fixture);
      g_assert_cmpint (trade_count (trade, ASIDE), ==, 0);
      g_assert_cmpint (trade_count (trade, INDICES), ==, indices);
    }
}

/* Page by page, over many equal times, nothing twice and nothing left out. */
static void
test_pages (void)
{
  g_autoptr (Trade) trade = trade_new ();
  SmHistoryQuery query = all_of (SM_NOUN_ORDER);
  gboolean more = TRUE;

  trade_add_many (trade);
  trade_put (trade, sm_orders_put);
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
              g_assert_true (
                  g_hash_table_add (seen, GINT_TO_POINTER (sm_row_get_id (rows->pdata[i]))));
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

  trade_add_many (trade);
  trade_put (trade, sm_orders_put);
  query.from = TRADE_DAY_START + 30 * SM_MINUTE;
  query.to = TRADE_DAY_START + 60 * SM_MINUTE;
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

static void
test_driving_event (void)
{
  g_autoptr (Trade) trade = trade_new ();
  SmRow *row = trade_add_row (trade, SM_NOUN_DRIVING_EVENT);
  g_autoptr (GPtrArray) rows = NULL;

  sm_row_set_int (row, SM_DRIVING_EVENT_VEHICLE_ID, trade->vehicle);
  sm_row_set_text (row, SM_DRIVING_EVENT_KIND, "speeding");
  sm_row_set_int (row, SM_DRIVING_EVENT_AT, TRADE_DAY_START);
  trade_put (trade, sm_driving_events_put);
  rows = read_history (trade, trade->fixture->system, all_of (SM_NOUN_DRIVING_EVENT), NULL);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (sm_row_get_int (rows->pdata[0], SM_ROW_FLEET_ID), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/trade/order-is-priced", test_order);
  g_test_add_func ("/rules/trade/order-runs", test_order_runs);
  g_test_add_func ("/rules/trade/order-refused", test_order_refused);
  g_test_add_func ("/rules/trade/future-refused", test_future_refused);
  g_test_add_func ("/rules/trade/correction-moves", test_correction);
  g_test_add_func ("/rules/trade/bulk-is-equal", test_bulk);
  g_test_add_func ("/rules/trade/bulk-is-indexed", test_bulk_is_indexed);
  g_test_add_func ("/rules/trade/pages", test_pages);
  g_test_add_func ("/rules/trade/filters-and-scope", test_filters);
  g_test_add_func ("/rules/trade/driving-event", test_driving_event);
  return g_test_run ();
}
