/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-connection.h"
#include "sm-faults.h"
#include "sm-rules-private.h"
#include "sm-statement.h"
#include "sm-verb-private.h"

#include <math.h>

/* What grows with time or with the network is done in portions, and comes to an end. */

static void
execute (Fixture    *f,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = sm_connection_open (f->path, FALSE, &error);

  g_assert_no_error (error);
  sm_connection_exec (connection, sql, &error);
  g_assert_no_error (error);
}

static gint64
ask (Fixture    *f,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = sm_connection_open (f->path, TRUE, &error);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, &error);
  gboolean has_row = FALSE;

  g_assert_no_error (error);
  g_assert_true (sm_statement_step (statement, &has_row, &error) && has_row);
  return sm_statement_get_int (statement, 0);
}

/* --- what is expected --- */

#define N_STATIONS 600

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Fixture *f = data;
  SmFaultReport *faults = g_new0 (SmFaultReport, N_STATIONS);
  g_auto (SmIngestResult) result = { 0 };

  for (guint i = 0; i < N_STATIONS; i++)
    faults[i] = (SmFaultReport){ .noun = SM_NOUN_STATION, .id = i + 1, .code = "station-humidity",
                                 .is_raised = TRUE, .at_us = sm_clock_now (f->network),
                                 .value = NAN, .limit_value = NAN };
  sm_ingest_faults (rules, f->system, faults, N_STATIONS, &result, error);
  g_assert_cmpuint (result.accepted, ==, N_STATIONS);
  g_free (faults);
  return NULL;
}

/* All of them are not in operation any more; the last one is touched to have them looked at. */
static gpointer
do_retire (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (sm_rules_begin (rules, error));
  for (gint64 id = 1; id <= N_STATIONS; id++)
    {
      g_autoptr (SmRow) before = NULL;
      g_autoptr (SmRow) station = NULL;

      g_assert_true (sm_verb_find_row (rules, data, sm_noun_get (SM_NOUN_STATION), id, &before,
                                       error));
      station = sm_row_copy (before);
      sm_row_set_text (station, SM_STATION_STATE, "retired");
      g_assert_true (sm_verb_put (rules, station, before, error));
    }
  g_assert_true (sm_rules_commit (rules, error));
  return NULL;
}

#define COUNT_EXPECTED "SELECT count(*) FROM alarm WHERE suppressed_by IS NOT NULL"

/* Whoever else wants to write does not wait until all of them have been looked at. */
static void
test_expected (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 n;

  for (guint i = 0; i < N_STATIONS; i++)
    {
      SmRow *station = sm_row_new (sm_noun_get (SM_NOUN_STATION));

      sm_row_take_text (station, SM_STATION_SN, g_strdup_printf ("S%u", i));
      sm_row_set_text (station, SM_STATION_TIME_ZONE, "Asia/Shanghai");
      fixture_fill (f, station);
    }
  fixture_write (f, do_say, f);
  fixture_pass (f, 1);
  fixture_pass (f, 1);
  g_assert_cmpint (ask (f, COUNT_EXPECTED), ==, 0);
  fixture_write (f, do_retire, f->system);
  fixture_pass (f, 1);
  n = ask (f, COUNT_EXPECTED);
  g_assert_cmpint (n, >, 0);
  g_assert_cmpint (n, <, N_STATIONS);
  fixture_pass (f, 1);
  g_assert_cmpint (ask (f, COUNT_EXPECTED), ==, N_STATIONS);
}

/* --- what nobody waits for any more --- */

/* Counts for ever; @data: of whom there was to be told that it has begun */
static gpointer
do_count (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      sm_service_db_get_connection (reader->db),
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n",
      error);
  gboolean has_row;

  g_assert_nonnull (statement);
  g_atomic_int_set ((int *) data, 1);
  sm_statement_step (statement, &has_row, error);
  return NULL;
}

static gpointer
do_ask (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      sm_service_db_get_connection (reader->db), "SELECT 7", error);
  gboolean has_row = FALSE;

  g_assert_true (sm_statement_step (statement, &has_row, error) && has_row);
  return GINT_TO_POINTER ((int) sm_statement_get_int (statement, 0));
}

static void
take_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

/* Who leaves does not keep those who come from being served. */
static void
test_nobody_waits (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) counted = NULL, asked = NULL;
  g_autoptr (GError) error = NULL;
  int has_begun = 0;

  sm_rules_read_long_async (f->rules, do_count, &has_begun, NULL, NULL, cancellable,
                            take_result_cb, &counted);
  sm_rules_read_long_async (f->rules, do_ask, NULL, NULL, NULL, NULL, take_result_cb, &asked);
  while (!g_atomic_int_get (&has_begun))
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  while (counted == NULL || asked == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (sm_rules_read_finish (f->rules, counted, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (GPOINTER_TO_INT (sm_rules_read_finish (f->rules, asked, &error)), ==, 7);
  g_assert_no_error (error);
}

/* --- what has been kept long enough --- */

#define DAYS(n) (FIXTURE_START - (n) * SM_DAY)

static void
add_old (Fixture *f,
         gint64   seq,
         gint64   at)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO maintenance_window (seq, operator_id, scope_noun, scope_id, starts_at, ends_at,"
      " reason, risk, risk_note, suppresses, state, planned_at, planned_by, ended_at) VALUES"
      " (%1$d, 1, 'station', 1, %2$" G_GINT64_FORMAT ", %2$" G_GINT64_FORMAT ", 'r', 'low', 'n',"
      "  'all', 'closed', 0, 'a', %2$" G_GINT64_FORMAT ");"
      "INSERT INTO roster_entry (seq, operator_id, desk_id, person, from_at, to_at) VALUES"
      " (%1$d + 1, 1, 1, 'a', 0, %2$" G_GINT64_FORMAT ");"
      "INSERT INTO handover (seq, operator_id, desk_id, state, from_person, to_person, begun_at,"
      " taken_at) VALUES (%1$d + 2, 1, 1, 'taken', 'a', 'b', 0, %2$" G_GINT64_FORMAT ");"
      "INSERT INTO drill_step (seq, operator_id, drill, number, at, deed, verdict) VALUES"
      " (%1$d + 3, 1, 'd', 1, %2$" G_GINT64_FORMAT ", 'fault', 'in_time');"
      "INSERT INTO guidance (seq, operator_id, state, state_since, vehicle_id, plate,"
      " from_station_id, proposed_at, calls, ended_at) VALUES (%1$d + 4, 1, 'lapsed', 0, 1, 'p', 1,"
      " 0, 0, %2$" G_GINT64_FORMAT ");"
      "INSERT INTO drill_look (alarm_id, at, person) VALUES (%1$d, %2$" G_GINT64_FORMAT ", 'a');"
      "INSERT INTO desk_answer (desk_id, at, person) VALUES (99, %2$" G_GINT64_FORMAT ", 'a');",
      (int) seq, at);

  execute (f, sql);
}

/* How many there are of each: windows, roster, handovers, drills, guidance, looks, answers of
 * desk 99. */
static void
assert_kept (Fixture    *f,
             const char *counts)
{
  static const char *const tables[] = { "maintenance_window", "roster_entry", "handover",
                                        "drill_step", "guidance", "drill_look",
                                        "desk_answer WHERE desk_id = 99" };
  GString *found = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_string_append_printf (found, "%s%d", i > 0 ? " " : "", (int) ask (f, sql));
    }
  g_assert_cmpstr (found->str, ==, counts);
  g_string_free (found, TRUE);
}

static void
test_kept (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  gint64 seq = 1000;
  const gint64 days[] = { 4000, 1500, 1000, 1000, 200, 2, -2 };

  fixture_pass (f, 1);
  g_clear_pointer (&f->rules, sm_rules_close);
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++, seq += 10)
    add_old (f, seq, DAYS (days[i]));
  /* What is not over is kept, however old it is. */
  execute (f, "UPDATE maintenance_window SET state = 'overran', ended_at = NULL WHERE seq = 1000;"
              "UPDATE handover SET state = 'given', taken_at = NULL WHERE seq = 1002;"
              "UPDATE drill_step SET verdict = 'open' WHERE seq = 1003;"
              "UPDATE guidance SET state = 'accepted', ended_at = NULL WHERE seq = 1004;"
              "UPDATE meta SET value = '2000' WHERE name = 'seq'");
  assert_kept (f, "7 7 7 7 7 7 7");
  fixture_open (f, TRUE);
  fixture_pass (f, 1);
  /* Of whom a desk's alarms were then, the last one says. */
  assert_kept (f, "6 3 6 6 6 5 6");
  /* Whoever follows the feed is told. */
  g_assert_cmpint (ask (f, "SELECT count(*) FROM tombstone"), ==, 1 + 4 + 1 + 1 + 1);
}

static void
add_old_order (Fixture    *f,
               gint64      id,
               const char *state,
               gint64      at)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO work_order (id, seq, operator_id, number, kind, source, state, state_since, level,"
      " alarm_count, first_sign_at, created_at, report_due_at, response_due_at, response_warned,"
      " restore_due_at, restore_voids, restore_warned, close_warned, refusals, held_s, rejections,"
      " urges, escalations, is_pinned, is_warranty, photos) VALUES (%1$d, 1000 + %1$d, 1,"
      " 'WO%1$d', 'repair', 'manual', '%2$s', %3$" G_GINT64_FORMAT ", 3, 0, 0, %3$" G_GINT64_FORMAT
      ", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);"
      "INSERT INTO work_order_event (work_order_id, at, event, to_state) VALUES (%1$d, 1, 'create',"
      " 'unaccepted');"
      "INSERT INTO work_order_photo (work_order_id, at, person, sha256, type, size) VALUES (%1$d, 1,"
      " 'a', 's', 't', 1);"
      "INSERT INTO work_order_alarm (alarm_id, work_order_id) VALUES (7000 + %1$d, %1$d);",
      (int) id, state, at);

  execute (f, sql);
}

/* With an order goes all that happened to it; what is not over stays, however old it is. */
static void
test_orders_kept (void)
{
  g_autoptr (Fixture) f = fixture_new ();
  static const char *const parts[] = { "work_order_event", "work_order_photo", "work_order_alarm" };

  fixture_pass (f, 1);
  g_clear_pointer (&f->rules, sm_rules_close);
  add_old_order (f, 1, "confirmed", DAYS (1500));
  add_old_order (f, 2, "cancelled", DAYS (1500));
  add_old_order (f, 3, "on_hold", DAYS (1500));
  add_old_order (f, 4, "confirmed", DAYS (1000));
  execute (f, "UPDATE meta SET value = '2000' WHERE name = 'seq'");
  fixture_open (f, TRUE);
  fixture_pass (f, 1);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM work_order WHERE id IN (3, 4)"), ==, 2);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM work_order"), ==, 2);
  g_assert_cmpint (ask (f, "SELECT count(*) FROM tombstone"), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *gone = g_strdup_printf (
          "SELECT count(*) FROM %s WHERE work_order_id IN (1, 2)", parts[i]);
      g_autofree char *there = g_strdup_printf (
          "SELECT count(*) FROM %s WHERE work_order_id IN (3, 4)", parts[i]);

      g_assert_cmpint (ask (f, gone), ==, 0);
      g_assert_cmpint (ask (f, there), >=, 2);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/bounds/what-is-expected", test_expected);
  g_test_add_func ("/rules/bounds/what-nobody-waits-for", test_nobody_waits);
  g_test_add_func ("/rules/bounds/what-has-been-kept-long-enough", test_kept);
  g_test_add_func ("/rules/bounds/orders-kept-long-enough", test_orders_kept);
  return g_test_run ();
}
