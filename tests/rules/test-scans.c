/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-audit-table.h"
#include "sm-photo-file.h"
#include "sm-rules-private.h"
#include "sm-scans.h"
#include "sm-service-rows.h"
#include "sm-work-order-table.h"
#include "sm-work-photos.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <utime.h>

/* What persons without a sign-in say about a thing. */

typedef struct
{
  gint64 station;
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
  report->noun = g_strdup ("station");
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
  Saying saying = { trade->stations[0], what, phone };
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

static gpointer
do_sweep (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return GUINT_TO_POINTER (sm_work_photos_sweep (reader, g_get_real_time (), NULL) + 1);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/scans/worse", test_worse);
  g_test_add_func ("/rules/scans/worse-of-many", test_worse_of_many);
  g_test_add_func ("/rules/scans/forgotten", test_forgotten);
  g_test_add_func ("/rules/scans/audited", test_audited);
  g_test_add_func ("/rules/scans/swept", test_swept);
  return g_test_run ();
}
