/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scan-table.h"

#include "sm-bound.h"
#include "sm-time.h"

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

static SmScanReport *
read_report (SmStatement *statement)
{
  SmScanReport *report = g_new0 (SmScanReport, 1);

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
  return report;
}

/* Returns: FALSE when the database failed; what is not there is NULL */
static gboolean
take (SmStatement   *statement,
      SmScanReport **out_report,
      GError       **error)
{
  gboolean has_row;

  *out_report = NULL;
  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out_report = read_report (statement);
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

/* It is the same number, however it is parted. */
#define BARE(phone) \
  "replace (replace (replace (replace (" phone ", ' ', ''), '-', ''), '(', ''), ')', '')"

/**
 * sm_scan_table_count_phone:
 * @report: with a number
 * @out_of_order: reports of that number that belong to its work order, with this one
 * @out_since: and how many of them in all there were since @since
 *
 * Up to this one, among those that came last before it: nobody waits for a look through all.
 */
gboolean
sm_scan_table_count_phone (SmConnection        *connection,
                           const SmScanReport  *report,
                           gint64               since,
                           gint64              *out_of_order,
                           gint64              *out_since,
                           GError             **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT count(*) FILTER (WHERE work_order_id = ?), count(*) FILTER (WHERE at >= ?)"
      " FROM scan_report WHERE " BARE ("phone") " = " BARE ("?") " AND id > ? - 2000 AND id <= ?",
      "iitii", report->work_order_id, since, report->phone, report->id, report->id);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_of_order = sm_statement_get_int (statement, 0);
  *out_since = sm_statement_get_int (statement, 1);
  return TRUE;
}

/** sm_scan_table_list_phones: Returns: (transfer full) (nullable): of SmScanReport: of each number the first */
GPtrArray *
sm_scan_table_list_phones (SmConnection  *connection,
                           gint64         work_order_id,
                           guint          limit,
                           GError       **error)
{
  g_autoptr (GPtrArray) reports
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_scan_report_free);
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT " COLUMNS " FROM scan_report WHERE id IN (SELECT min(id) FROM scan_report"
      " WHERE work_order_id = ? AND phone IS NOT NULL GROUP BY phone ORDER BY 1 LIMIT ?)",
      "ii", work_order_id, (gint64) limit);
  gboolean has_row;

  while (statement != NULL && sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&reports);
      g_ptr_array_add (reports, read_report (statement));
    }
  return NULL;
}

#define REPAIRS "state NOT IN ('confirmed', 'cancelled') AND kind = 'repair'"

/**
 * sm_scan_table_list_open:
 * @what: was reported of it
 *
 * Also of a part of the thing that does what it is said not to do: who stands before a pile
 * knows of no connector, and who is not served by a station of no robot.
 *
 * Returns: (transfer full) (nullable): of gint64: the repairs that are not over, oldest first
 */
GArray *
sm_scan_table_list_open (SmConnection  *connection,
                         const char    *noun,
                         gint64         id,
                         const char    *what,
                         GError       **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *about = g_strconcat (noun, ":", what, NULL);
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT id FROM work_order WHERE " REPAIRS " AND ((target_noun = ? AND target_id = ?)"
      " OR (? = 'pile:does_not_charge' AND target_noun = 'connector'"
      "     AND target_id IN (SELECT id FROM connector WHERE pile_id = ?))"
      " OR (? = 'station:does_not_swap' AND station_id = ?"
      "     AND (target_noun = 'lane' OR (target_noun = 'equipment' AND skill = 'swap_robot'))))"
      " ORDER BY created_at, id LIMIT 50",
      "tititi", noun, id, about, id, about, id);
  gboolean has_row;

  while (statement != NULL && sm_statement_step (statement, &has_row, error))
    {
      gint64 found;

      if (!has_row)
        return g_steal_pointer (&ids);
      found = sm_statement_get_int (statement, 0);
      g_array_append_val (ids, found);
    }
  return NULL;
}

/**
 * sm_scan_table_find_open_order:
 * @out_since: %SM_UNKNOWN: there is none
 *
 * Since when a repair of a thing is not over for which it is time.
 */
gboolean
sm_scan_table_find_open_order (SmConnection  *connection,
                               const char    *noun,
                               gint64         id,
                               gint64         now,
                               gint64        *out_since,
                               GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT first_sign_at FROM work_order WHERE target_noun = ? AND target_id = ? AND " REPAIRS
      " AND (planned_at IS NULL OR planned_at <= ?) ORDER BY created_at, id LIMIT 1",
      "tii", noun, id, now);
  gboolean has_row;

  *out_since = SM_UNKNOWN;
  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *out_since = sm_statement_get_int (statement, 0);
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
