/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scan-table.h"

#include "sm-bound.h"

#include <math.h>

#define COLUMNS                                                                                    \
  "id, key, at, work_order_id, is_joined, noun, thing_id, what, text, phone, language, latitude, " \
  "longitude"

void
sm_scan_report_free (SmScanReport *self)
{
  g_free (self->key);
  g_free (self->noun);
  g_free (self->what);
  g_free (self->text);
  g_free (self->phone);
  g_free (self->language);
  g_free (self);
}

/** sm_scan_table_insert: @report: gets its id */
gboolean
sm_scan_table_insert (SmConnection  *connection,
                      SmScanReport  *report,
                      GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "INSERT INTO scan_report (key, at, work_order_id, is_joined, noun, thing_id, what, text,"
      " phone, language, latitude, longitude) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " RETURNING id",
      "tiiitittttrr", report->key, report->at, report->work_order_id,
      (gint64) report->is_joined, report->noun, report->thing_id, report->what, report->text,
      report->phone, report->language, report->latitude, report->longitude);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  report->id = sm_statement_get_int (statement, 0);
  return sm_statement_step (statement, &has_row, error);
}

static double
real_at (SmStatement *statement,
         int          column)
{
  return sm_statement_is_null (statement, column) ? NAN : sm_statement_get_real (statement, column);
}

/* Returns: FALSE when the database failed; what is not there is NULL */
static gboolean
take (SmStatement   *statement,
      SmScanReport **out_report,
      GError       **error)
{
  SmScanReport *report;
  gboolean has_row;

  *out_report = NULL;
  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  report = g_new0 (SmScanReport, 1);
  report->id = sm_statement_get_int (statement, 0);
  report->key = g_strdup (sm_statement_get_text (statement, 1));
  report->at = sm_statement_get_int (statement, 2);
  report->work_order_id = sm_statement_get_int (statement, 3);
  report->is_joined = sm_statement_get_int (statement, 4) != 0;
  report->noun = g_strdup (sm_statement_get_text (statement, 5));
  report->thing_id = sm_statement_get_int (statement, 6);
  report->what = g_strdup (sm_statement_get_text (statement, 7));
  report->text = g_strdup (sm_statement_get_text (statement, 8));
  report->phone = g_strdup (sm_statement_get_text (statement, 9));
  report->language = g_strdup (sm_statement_get_text (statement, 10));
  report->latitude = real_at (statement, 11);
  report->longitude = real_at (statement, 12);
  *out_report = report;
  return TRUE;
}

/** sm_scan_table_find_key: @out_report: (transfer full) (nullable): sent before with this key */
gboolean
sm_scan_table_find_key (SmConnection  *connection,
                        const char    *key,
                        SmScanReport **out_report,
                        GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error, "SELECT " COLUMNS " FROM scan_report WHERE key = ?", "t", key);

  return take (statement, out_report, error);
}

/** sm_scan_table_find: @out_report: (transfer full) (nullable): NULL: there is none */
gboolean
sm_scan_table_find (SmConnection  *connection,
                    gint64         id,
                    SmScanReport **out_report,
                    GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error, "SELECT " COLUMNS " FROM scan_report WHERE id = ?", "i", id);

  return take (statement, out_report, error);
}

/** sm_scan_table_count: How many reports an order has. */
gboolean
sm_scan_table_count (SmConnection  *connection,
                     gint64         work_order_id,
                     gint64        *out_count,
                     GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error, "SELECT count(*) FROM scan_report WHERE work_order_id = ?", "i",
      work_order_id);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_count = sm_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * sm_scan_table_find_open_order:
 * @out_order_id: 0: there is none
 * @out_since: left alone then
 *
 * The first work order on a thing that is not over.
 */
gboolean
sm_scan_table_find_open_order (SmConnection  *connection,
                               const char    *noun,
                               gint64         id,
                               gint64        *out_order_id,
                               gint64        *out_since,
                               GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT id, first_sign_at FROM work_order WHERE target_noun = ? AND target_id = ?"
      " AND state NOT IN ('confirmed', 'cancelled') ORDER BY created_at, id LIMIT 1",
      "ti", noun, id);
  gboolean has_row;

  *out_order_id = 0;
  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *out_order_id = sm_statement_get_int (statement, 0);
      *out_since = sm_statement_get_int (statement, 1);
    }
  return TRUE;
}

/** sm_scan_table_list_told: Returns: (transfer full) (nullable): orders that say who reported, or where */
GArray *
sm_scan_table_list_told (SmConnection  *connection,
                         gint64         before,
                         guint          limit,
                         GError       **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT DISTINCT work_order_id FROM scan_report WHERE at < ?"
      " AND (phone IS NOT NULL OR latitude IS NOT NULL) LIMIT ?",
      "ii", before, (gint64) limit);
  gboolean has_row;

  while (statement != NULL && sm_statement_step (statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sm_statement_get_int (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

/** sm_scan_table_forget: Who reported, and from where, is nobody's business for ever. */
gboolean
sm_scan_table_forget (SmConnection  *connection,
                      gint64         work_order_id,
                      gint64         before,
                      GError       **error)
{
  return sm_bound_run (connection, error,
                       "UPDATE scan_report SET phone = NULL, latitude = NULL, longitude = NULL"
                       " WHERE work_order_id = ? AND at < ?",
                       "ii", work_order_id, before);
}
