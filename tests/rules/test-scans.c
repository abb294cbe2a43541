/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-audit-table.h"
#include "sm-history-pages.h"
#include "sm-history-table.h"
#include "sm-photo-file.h"
#include "sm-rules-private.h"
#include "sm-scan-codes.h"
#include "sm-scans.h"
#include "sm-service-rows.h"
#include "sm-tell-table.h"
#include "sm-tell.h"
#include "sm-users.h"
#include "sm-work-order-table.h"
#include "sm-work-orders-private.h"
#include "sm-work-photos.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <utime.h>

/* What persons without a sign-in say about a thing. */

typedef struct
{
  gint64 station;
  const char *noun;  /* (nullable): the station itself */
  const char *what;
  const char *phone; /* (nullable) */
} Saying;

static gpointer
do_report (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  g_autoptr (SmScanReport) report = g_new0 (SmScanReport, 1);
  SmRow *order = NULL;

  report->key = sm_uuid_new_v7 (g_get_real_time ());
  report->noun = g_strdup (saying->noun != NULL ? saying->noun : "station");
  report->thing_id = saying->station;
  report->what = g_strdup (saying->what);
  report->phone = g_strdup (saying->phone);
  report->latitude = report->longitude = NAN;
  return sm_scans_report (rules, report, &order, error) ? order : NULL;
}

/* Returns: (transfer full): the order that it belongs to */
static SmRow *
report (Trade      *trade,
        const char *what,
        const char *phone)
{
  Saying saying = { trade->stations[0], NULL, what, phone };
  g_autoptr (GError) error = NULL;
  SmRow *order = sm_rules_run_sync (trade->fixture->rules, do_report, &saying, &error);

  g_assert_no_error (error);
  return order;
}

static gpointer
do_look (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmRow *row = NULL;

  sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_WORK_ORDER),
                   *(gint64 *) data, &row, error);
  return row;
}

static gpointer
do_steps (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_work_order_table_list_steps (sm_rules_get_connection (rules), *(gint64 *) data, 100,
                                         error);
}

/* Somebody asked about a payment; the next one sees smoke. */
static void
test_worse (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) first = report (trade, "payment", NULL);
  g_autoptr (SmRow) same = report (trade, "other", NULL);
  g_autoptr (SmRow) worse = report (trade, "smoke", NULL);
  gint64 id = sm_row_get_id (first);
  g_autoptr (GPtrArray) steps = sm_rules_run_sync (trade->fixture->rules, do_steps, &id, NULL);

  g_assert_cmpint (sm_row_get_id (worse), ==, id);
  g_assert_cmpint (sm_row_get_int (first, SM_WORK_ORDER_LEVEL), ==, 4);
  g_assert_cmpint (sm_row_get_int (same, SM_WORK_ORDER_LEVEL), ==, 4);
  g_assert_cmpint (sm_row_get_int (worse, SM_WORK_ORDER_LEVEL), ==, 2);
  g_assert_cmpuint (steps->len, ==, 3);
  g_assert_cmpstr (((SmWorkOrderStep *) steps->pdata[2])->text, ==, "reported-smoke");
}

/* However often somebody has asked before. */
static void
test_worse_of_many (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) worse = NULL;

  for (guint i = 0; i < 30; i++)
    sm_row_unref (report (trade, "other", NULL));
  worse = report (trade, "smoke", NULL);
  g_assert_cmpint (sm_row_get_int (worse, SM_WORK_ORDER_LEVEL), ==, 2);
}

typedef struct
{
  gint64 id;
  SmWorkOrderEvent event;
  gint64 restored_at; /* SM_UNKNOWN: by no machine */
  gint64 planned_at;
} Step;

/* A work order as persons and machines leave it; who does which step is another test's. */
static gpointer
do_step (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Step *step = data;
  SmWorkOrderSaid said = { "ed", SM_UNKNOWN, NULL, SM_UNKNOWN };
  g_autoptr (SmRow) before = do_look (rules, (gpointer) &step->id, NULL, error);
  g_autoptr (SmRow) order = sm_row_copy (before);

  g_assert_true (sm_rules_begin (rules, error));
  g_assert_true (step->event == SM_WORK_ORDER_NOTE_DOWN
                 || sm_work_order_happens (order, step->event, sm_rules_now (rules), error));
  if (step->event == SM_WORK_ORDER_COMPLETE)
    sm_row_set_int (order, SM_WORK_ORDER_COMPLETED_AT, sm_rules_now (rules));
  if (step->restored_at != SM_UNKNOWN)
    sm_row_set_int (order, SM_WORK_ORDER_RESTORED_AT, step->restored_at);
  if (step->planned_at != SM_UNKNOWN)
    sm_row_set_int (order, SM_WORK_ORDER_PLANNED_AT, step->planned_at);
  g_assert_true (sm_work_order_write (rules, order, before, step->event, &said, error));
  g_assert_true (sm_rules_commit (rules, error));
  return NULL;
}

static void
happen (Trade            *trade,
        gint64            id,
        SmWorkOrderEvent  event,
        gint64            restored_at,
        gint64            planned_at)
{
  Step step = { id, event, restored_at, planned_at };

  sm_rules_run_sync (trade->fixture->rules, do_step, &step, NULL);
}

static void
finish (Trade  *trade,
        gint64  id,
        gint64  restored_at)
{
  happen (trade, id, SM_WORK_ORDER_ACCEPT, SM_UNKNOWN, SM_UNKNOWN);
  happen (trade, id, SM_WORK_ORDER_START, SM_UNKNOWN, SM_UNKNOWN);
  happen (trade, id, SM_WORK_ORDER_COMPLETE, restored_at, SM_UNKNOWN);
}

/* What was mended and is reported again within a day was not mended; a day after that it is a
 * fault of its own, and so is what says nothing of whether it serves. */
static void
test_not_mended (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) first = report (trade, "does_not_swap", NULL);
  gint64 id = sm_row_get_id (first), now = sm_clock_now (trade->fixture->network);
  g_autoptr (SmRow) again = NULL;
  g_autoptr (SmRow) after = NULL;
  g_autoptr (SmRow) payment = NULL;
  g_autoptr (SmRow) late = NULL;

  finish (trade, id, now);
  payment = report (trade, "payment", NULL);
  g_assert_cmpint (sm_row_get_id (payment), ==, id + 1);
  happen (trade, id + 1, SM_WORK_ORDER_CANCEL, SM_UNKNOWN, SM_UNKNOWN);
  again = report (trade, "does_not_swap", NULL);
  g_assert_cmpint (sm_row_get_id (again), ==, id);
  after = sm_rules_run_sync (trade->fixture->rules, do_look, &id, NULL);
  g_assert_true (sm_row_is_null (after, SM_WORK_ORDER_RESTORED_AT));
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_RESTORE_VOIDS), ==, 1);
  happen (trade, id, SM_WORK_ORDER_RESTORE, now, SM_UNKNOWN);
  fixture_pass (trade->fixture, 25 * 3600);
  late = report (trade, "does_not_swap", NULL);
  g_assert_cmpint (sm_row_get_id (late), ==, id + 2);
  g_assert_cmpint (sm_row_get_int (late, SM_WORK_ORDER_PARENT_ID), ==, id);
}

/* Somebody was to come in sixty days, and it is needed now. */
static void
test_sooner (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) first = report (trade, "damaged", NULL);
  gint64 id = sm_row_get_id (first), now = sm_clock_now (trade->fixture->network);
  g_autoptr (SmRow) order = NULL;

  happen (trade, id, SM_WORK_ORDER_NOTE_DOWN, SM_UNKNOWN, now + 60 * SM_DAY);
  order = report (trade, "does_not_swap", NULL);
  g_assert_cmpint (sm_row_get_id (order), ==, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_PLANNED_AT), <=, now + SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT), <=, now + 16 * SM_MINUTE);
}

/* The order of an alarm of a robot. */
static gpointer
do_make (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmRow *robot = NULL;
  SmRow *order;
  SmWorkOrderSaid said = { NULL, SM_UNKNOWN, NULL, SM_UNKNOWN };

  g_assert_true (sm_rules_begin (rules, error));
  g_assert_true (sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_EQUIPMENT),
                                  *(gint64 *) data, &robot, error));
  order = sm_work_order_draft (rules, robot, sm_rules_now (rules), error);
  g_assert_true (sm_work_order_aim (rules, order, robot, error));
  sm_row_set_text (order, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (order, SM_WORK_ORDER_SOURCE, "alarm");
  sm_row_set_text (order, SM_WORK_ORDER_CODE, "swap-robot-fault");
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, 2);
  g_assert_true (sm_work_order_write (rules, order, NULL, SM_WORK_ORDER_CREATE, &said, error));
  g_assert_true (sm_rules_commit (rules, error));
  sm_row_unref (robot);
  return order;
}

/* Who is not served by a station knows of no robot: its order is that of the report. */
static void
test_of_its_part (void)
{
  g_autoptr (Trade) trade = trade_new ();
  SmRow *robot = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));
  g_autoptr (SmRow) swap = NULL;
  g_autoptr (SmRow) payment = NULL;
  g_autoptr (SmRow) order = NULL;
  gint64 id;

  sm_row_set_int (robot, SM_EQUIPMENT_STATION_ID, trade->stations[0]);
  sm_row_set_text (robot, SM_EQUIPMENT_KIND, "swap_robot");
  sm_row_set_text (robot, SM_EQUIPMENT_SN, "ROBOT1");
  sm_row_take_text (robot, SM_EQUIPMENT_NAME, sm_name_new ("Robot", "机器人"));
  id = fixture_fill (trade->fixture, robot);
  order = sm_rules_run_sync (trade->fixture->rules, do_make, &id, NULL);
  id = sm_row_get_id (order);
  swap = report (trade, "does_not_swap", NULL);
  g_assert_cmpint (sm_row_get_id (swap), ==, id);
  payment = report (trade, "payment", NULL);
  g_assert_cmpint (sm_row_get_id (payment), !=, id);
}

/* The third time within 30 days is a problem, also where no machine says so. */
static void
test_problem (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) third = NULL;
  gint64 id = 0;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SmRow) order = report (trade, "damaged", NULL);

      id = sm_row_get_id (order);
      if (i < 2)
        {
          finish (trade, id, SM_UNKNOWN);
          happen (trade, id, SM_WORK_ORDER_CONFIRM, SM_UNKNOWN, SM_UNKNOWN);
          fixture_pass (trade->fixture, 2 * 86400);
        }
    }
  third = sm_rules_run_sync (trade->fixture->rules, do_look, &id, NULL);
  g_assert_false (sm_row_is_null (third, SM_WORK_ORDER_PROBLEM_ID));
}

/* --- who is told --- */

static gpointer
do_read_told (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_NOTIFICATION), .from = SM_UNKNOWN,
                           .to = SM_UNKNOWN, .after_time = SM_UNKNOWN, .limit = 1000 };
  gboolean more;

  return sm_history_read (reader, data, &query, &more, error);
}

static gpointer
do_list_failed (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_tell_list_failed (sm_service_db_get_connection (reader->db), 0, 500, error);
}

/* The beginnings of all that was told since the last time, each with who it was told. */
static char *
list_told (Trade *trade,
           guint *n_before)
{
  g_autoptr (GPtrArray) rows = sm_rules_read_sync (trade->fixture->rules, do_read_told,
                                                   trade->fixture->system, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = *n_before; i < rows->len; i++)
    g_string_append_printf (text, "%s: %s\n",
                            sm_row_get_text (rows->pdata[i], SM_NOTIFICATION_RECIPIENT),
                            sm_row_get_text (rows->pdata[i], SM_NOTIFICATION_TEXT));
  *n_before = rows->len;
  return g_string_free (text, FALSE);
}

static void
begin_telling (Trade *trade)
{
  static const char text[] = "[telling]\norders=sms\nlanguage=en\n"
                             "[channel sms]\nurl=http://127.0.0.1:9/\n"
                             "[person root]\nlanguage=en\nsms=+86 138 0000 0001\n";
  Fixture *f = trade->fixture;
  g_autoptr (GError) error = NULL;
  SmTellSettings *settings = sm_tell_settings_parse (text, "/", &error);
  gint64 id = 0;

  g_assert_no_error (error);
  settings->base = g_strdup ("https://station.example");
  sm_tell_set_settings (f->rules, settings);
  sm_users_add (f->rules, f->system, "root", NULL, "administrator", NULL, NULL, &id, &error);
  g_assert_no_error (error);
  fixture_pass (f, 1);
}

/* The desk hears of what a person reports, and again when it is worse; who left a number gets
 * two messages and no more, however often that number is written down. */
static void
test_told (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) order = NULL;
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *worse = NULL;
  g_autofree char *end = NULL;
  guint n = 0;

  begin_telling (trade);
  order = report (trade, "payment", "+86 139 1111 2222");
  first = list_told (trade, &n);
  g_assert_nonnull (strstr (first, "root: Somebody on site reports: Paying does not work, "));
  g_assert_nonnull (strstr (first, "Thank you. Your report has the number WO"));
  g_assert_nonnull (strstr (first, "https://station.example/p/"));
  g_assert_null (strstr (first, "1111"));
  sm_row_unref (report (trade, "payment", "+86 139 1111 2222"));
  again = list_told (trade, &n);
  g_assert_cmpstr (again, ==, "");
  sm_row_unref (report (trade, "smoke", NULL));
  worse = list_told (trade, &n);
  g_assert_nonnull (strstr (worse, "root: Worse than was reported before (Smoke, heat or a smell): "));
  finish (trade, sm_row_get_id (order), SM_UNKNOWN);
  happen (trade, sm_row_get_id (order), SM_WORK_ORDER_CONFIRM, SM_UNKNOWN, SM_UNKNOWN);
  end = list_told (trade, &n);
  g_assert_nonnull (strstr (end, "root: ed says it is done, please check it: "));
  g_assert_nonnull (strstr (end, "What you reported is repaired, number WO"));
  g_assert_null (strstr (strstr (end, "What you") + 1, "What you"));
}

/* Whose number others write down on every label, however they part it, hears of no more than a
 * person with a bad day reports: neither that it came in, nor that it is repaired. */
static void
test_flooded (void)
{
  g_autoptr (Trade) trade = trade_new ();
  guint n = 0, n_received = 0, n_repaired = 0;

  begin_telling (trade);
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (SmRow) order
          = report (trade, "payment", i % 2 == 0 ? "+86 139 1111 2222" : "+86(139)1111-2222");
      g_autofree char *told = NULL;

      finish (trade, sm_row_get_id (order), SM_UNKNOWN);
      happen (trade, sm_row_get_id (order), SM_WORK_ORDER_CONFIRM, SM_UNKNOWN, SM_UNKNOWN);
      told = list_told (trade, &n);
      n_received += strstr (told, "Your report has the number") != NULL;
      n_repaired += strstr (told, "What you reported is repaired") != NULL;
    }
  g_assert_cmpuint (n_received, ==, 5);
  g_assert_cmpuint (n_repaired, ==, 5);
}

static gpointer
do_progress (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id;

  return sm_scan_token_parse (reader->rules, data, &id, error)
             ? sm_scans_progress (reader, id, error) : NULL;
}

/* However many numbers are written down, no more than so many an hour are written to:
 * who was not stands in the log, and finds by the page that they were shown how it goes on; of its
 * end they hear no more than of its beginning. */
static void
test_many_numbers (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) failed = NULL;
  g_autoptr (SmRow) unheard = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *end = NULL;
  Saying elsewhere = { trade->stations[1], NULL, "damaged", "+86 139 2222 7070" };
  guint n = 0, n_sent = 0, n_withheld = 0;

  begin_telling (trade);
  for (guint i = 0; i < 70; i++)
    {
      g_autofree char *phone = g_strdup_printf ("+86 139 1111 %04u", i);

      sm_row_unref (report (trade, "payment", phone));
    }
  unheard = sm_rules_run_sync (trade->fixture->rules, do_report, &elsewhere, NULL);
  rows = sm_rules_read_sync (trade->fixture->rules, do_read_told, trade->fixture->system, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const SmRow *row = rows->pdata[i];
      const char *link = strstr (sm_row_get_text (row, SM_NOTIFICATION_TEXT), "/p/");
      g_autoptr (SmScanProgress) progress = NULL;
      g_autoptr (GError) error = NULL;

      if (g_strcmp0 (sm_row_get_text (row, SM_NOTIFICATION_BECAUSE), "reported") != 0)
        continue;
      if (sm_row_is_null (row, SM_NOTIFICATION_PROBLEM))
        {
          n_sent++;
          continue;
        }
      g_assert_cmpstr (sm_row_get_text (row, SM_NOTIFICATION_PROBLEM), ==, "too_many");
      g_assert_cmpstr (sm_row_get_text (row, SM_NOTIFICATION_STATE), ==, "failed");
      progress = sm_rules_read_sync (trade->fixture->rules, do_progress, (gpointer) (link + 3),
                                     &error);
      g_assert_no_error (error);
      n_withheld++;
    }
  g_assert_cmpuint (n_sent, ==, 60);
  g_assert_cmpuint (n_withheld, ==, 11);
  /* Strangers cannot fill the list of those whom nothing reached. */
  failed = sm_rules_read_sync (trade->fixture->rules, do_list_failed, NULL, NULL);
  g_assert_cmpuint (failed->len, ==, 0);
  before = list_told (trade, &n);
  finish (trade, sm_row_get_id (unheard), SM_UNKNOWN);
  happen (trade, sm_row_get_id (unheard), SM_WORK_ORDER_CONFIRM, SM_UNKNOWN, SM_UNKNOWN);
  end = list_told (trade, &n);
  g_assert_nonnull (strstr (end, "says it is done"));
  g_assert_null (strstr (end, "What you reported is repaired"));
  fixture_pass (trade->fixture, 3601);
  elsewhere.phone = "+86 139 1111 9999";
  sm_row_unref (sm_rules_run_sync (trade->fixture->rules, do_report, &elsewhere, NULL));
  after = list_told (trade, &n);
  g_assert_nonnull (strstr (after, "Your report has the number"));
}

/* Nobody's number is known for ever, neither beside the report nor in its order. */
static void
test_forgotten (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) order = report (trade, "damaged", "+86 138 0000 0001");
  g_autoptr (SmRow) kept = NULL;
  g_autoptr (SmRow) forgotten = NULL;
  gint64 id = sm_row_get_id (order);

  fixture_pass (trade->fixture, 29 * 86400);
  kept = sm_rules_run_sync (trade->fixture->rules, do_look, &id, NULL);
  g_assert_cmpstr (sm_row_get_text (kept, SM_WORK_ORDER_REPORTED_BY), ==, "+86 138 0000 0001");
  fixture_pass (trade->fixture, 2 * 86400);
  forgotten = sm_rules_run_sync (trade->fixture->rules, do_look, &id, NULL);
  g_assert_true (sm_row_is_null (forgotten, SM_WORK_ORDER_REPORTED_BY));
}

static gpointer
do_audit (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_audit_table_list (sm_rules_get_connection (rules), NULL, G_MAXINT64, 100, error);
}

/* The audit says what was reported of what, and never who reported it. */
static void
test_audited (void)
{
  g_autoptr (Trade) trade = trade_new ();
  g_autoptr (SmRow) order = report (trade, "damaged", "+86 138 0000 0001");
  g_autofree char *object
      = g_strdup_printf ("work_order/%" G_GINT64_FORMAT, sm_row_get_id (order));
  g_autoptr (GPtrArray) entries = sm_rules_run_sync (trade->fixture->rules, do_audit, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const SmAuditEntry *entry = entries->pdata[i];

      if (g_strcmp0 (entry->act, "scan.report") != 0)
        continue;
      n++;
      g_assert_cmpstr (entry->object, ==, object);
      g_assert_true (g_str_has_prefix (entry->reason, "damaged "));
      g_assert_null (strstr (entry->reason, "138"));
    }
  g_assert_cmpuint (n, ==, 1);
}

/* --- photos --- */

static void
age (const char *path)
{
  struct utimbuf long_ago = { 1000000000, 1000000000 };

  g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
}

/* @data: (nullable): how much later than now it is */
static gpointer
do_sweep (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 later = data != NULL ? *(const gint64 *) data : 0;

  return GUINT_TO_POINTER (sm_work_photos_sweep (reader, g_get_real_time () + later, NULL) + 1);
}

static gpointer
do_note (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmWorkOrderPhoto photo = { .work_order_id = 1, .at = 1, .claimed_at = SM_UNKNOWN,
                             .person = (char *) "ed", .sha256 = data,
                             .type = (char *) "image/png", .size = 9 };
  gint64 id;

  return GINT_TO_POINTER (
      sm_work_order_table_add_photo (sm_rules_get_connection (rules), &photo, &id, error));
}

/* What no order speaks of goes when it is old; what came, or came again, just now stays. */
static void
test_swept (void)
{
  static const char *const texts[] = { "of an order", "an orphan", "a new one", "found again" };
  g_autoptr (Trade) trade = trade_new ();
  const char *folder = trade->fixture->rules->photo_folder;
  char *paths[G_N_ELEMENTS (texts)];
  g_autofree char *known = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
      g_autofree char *sum = sm_photo_file_sum (bytes);

      g_assert_true (sm_photo_file_save (folder, sum, bytes, NULL));
      paths[i] = g_build_filename (folder, sum, NULL);
      if (i != 2)
        age (paths[i]);
      if (i == 0)
        known = g_steal_pointer (&sum);
      else if (i == 3)
        g_assert_true (sm_photo_file_save (folder, sum, bytes, NULL));
    }
  g_assert_nonnull (sm_rules_run_sync (trade->fixture->rules, do_note, known, NULL));
  g_assert_cmpuint (GPOINTER_TO_UINT (sm_rules_read_sync (trade->fixture->rules, do_sweep, NULL,
                                                          NULL)),
                    ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_cmpint (g_file_test (paths[i], G_FILE_TEST_EXISTS), ==, i != 1);
      g_free (paths[i]);
    }
}

static char *
save (Fixture *f, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autofree char *sum = sm_photo_file_sum (bytes);

  g_assert_true (sm_photo_file_save (f->rules->photo_folder, sum, bytes, NULL));
  return g_build_filename (f->rules->photo_folder, sum, NULL);
}

static guint
sweep_after (Fixture *f, gint64 later)
{
  return GPOINTER_TO_UINT (sm_rules_read_sync (f->rules, do_sweep, &later, NULL)) - 1;
}

/* An older database in the place of this one knows nothing of the newer orders: their photos
 * stay for a month, also over the next start; what nobody speaks of since then goes. */
static void
test_spared (void)
{
  g_autoptr (Trade) trade = trade_new ();
  Fixture *f = trade->fixture;
  g_autofree char *mark = g_strconcat (f->path, "-mark", NULL);
  g_autofree char *newer = NULL;
  g_autofree char *orphan = NULL;
  struct utimbuf soon;

  fixture_serve (f);
  newer = save (f, "of an order that is in the newer database");
  age (newer);
  g_clear_pointer (&f->rules, sm_rules_close);
  g_assert_cmpint (g_unlink (mark), ==, 0); /* what knew how far it had come */
  fixture_serve (f);
  orphan = save (f, "an orphan");
  soon.actime = soon.modtime = (time_t) (g_get_real_time () / G_USEC_PER_SEC) + 10;
  g_assert_cmpint (g_utime (orphan, &soon), ==, 0);
  g_assert_cmpuint (sweep_after (f, 0), ==, 0);
  fixture_serve (f);
  g_assert_cmpuint (sweep_after (f, 2 * SM_HOUR), ==, 1);
  g_assert_false (g_file_test (orphan, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (sweep_after (f, 29 * SM_DAY), ==, 0);
  g_assert_true (g_file_test (newer, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (sweep_after (f, 31 * SM_DAY), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/scans/worse", test_worse);
  g_test_add_func ("/rules/scans/worse-of-many", test_worse_of_many);
  g_test_add_func ("/rules/scans/not-mended", test_not_mended);
  g_test_add_func ("/rules/scans/sooner", test_sooner);
  g_test_add_func ("/rules/scans/of-its-part", test_of_its_part);
  g_test_add_func ("/rules/scans/problem", test_problem);
  g_test_add_func ("/rules/scans/told", test_told);
  g_test_add_func ("/rules/scans/flooded", test_flooded);
  g_test_add_func ("/rules/scans/many-numbers", test_many_numbers);
  g_test_add_func ("/rules/scans/forgotten", test_forgotten);
  g_test_add_func ("/rules/scans/audited", test_audited);
  g_test_add_func ("/rules/scans/swept", test_swept);
  g_test_add_func ("/rules/scans/spared", test_spared);
  return g_test_run ();
}
