/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cache-history.h"

#include "sm-bound.h"
#include "sm-record-table.h"
#include "sm-statement.h"
#include "sm-time.h"

#include <string.h>

/** sm_cache_history_time: Returns: the field by whose time a history is sorted and cut */
guint
sm_cache_history_time (const SmNoun *noun)
{
  switch (noun->id)
    {
    case SM_NOUN_ORDER:
      return SM_ORDER_ENDED_AT;
    case SM_NOUN_BATTERY_MOVEMENT:
      return SM_BATTERY_MOVEMENT_AT;
    case SM_NOUN_DRIVING_EVENT:
      return SM_DRIVING_EVENT_AT;
    case SM_NOUN_WORK_ORDER:
      return SM_WORK_ORDER_CREATED_AT;
    case SM_NOUN_NOTIFICATION:
      return SM_NOTIFICATION_AT;
    default:
      return SM_ALARM_RAISED_AT;
    }
}

/* Several slugs: "completed,aborted". */
static gboolean
is_one_of (const SmCacheTerm *term)
{
  return term->text != NULL && strchr (term->text, ',') != NULL;
}

static char *
make_tail (const SmCacheHistory *query,
           const char           *time)
{
  g_autoptr (GString) tail = g_string_new ("WHERE TRUE");

  for (guint i = 0; i < query->n_terms; i++)
    g_string_append_printf (tail, is_one_of (&query->terms[i])
                                      ? " AND instr (?, ',' || r.\"%s\" || ',') > 0"
                                      : " AND r.\"%s\" = ?",
                            query->noun->fields[query->terms[i].field].name);
  if (query->from != SM_UNKNOWN)
    g_string_append_printf (tail, " AND r.\"%s\" >= ?", time);
  if (query->to != SM_UNKNOWN)
    g_string_append_printf (tail, " AND r.\"%s\" < ?", time);
  if (query->before_at != SM_UNKNOWN)
    g_string_append_printf (tail, " AND (r.\"%s\", r.id) < (?, ?)", time);
  g_string_append_printf (tail, " ORDER BY r.\"%s\" DESC, r.id DESC LIMIT ?", time);
  return g_string_free (g_steal_pointer (&tail), FALSE);
}

static void
bind_query (SmStatement *statement,
            gpointer     user_data)
{
  const SmCacheHistory *query = user_data;
  int n = 0;

  for (guint i = 0; i < query->n_terms; i++)
    if (is_one_of (&query->terms[i]))
      {
        g_autofree char *list = g_strconcat (",", query->terms[i].text, ",", NULL);

        sm_statement_bind_text (statement, n++, list);
      }
    else if (query->terms[i].text != NULL)
      sm_statement_bind_text (statement, n++, query->terms[i].text);
    else
      sm_statement_bind_int (statement, n++, query->terms[i].value);
  if (query->from != SM_UNKNOWN)
    sm_statement_bind_int (statement, n++, query->from);
  if (query->to != SM_UNKNOWN)
    sm_statement_bind_int (statement, n++, query->to);
  if (query->before_at != SM_UNKNOWN)
    {
      sm_statement_bind_int (statement, n++, query->before_at);
      sm_statement_bind_int (statement, n++, query->before_id);
    }
  sm_statement_bind_int (statement, n, query->limit);
}

/** sm_cache_read_history: Returns: (transfer full) (nullable): of SmRow, newest first */
GPtrArray *
sm_cache_read_history (SmConnection          *connection,
                       const SmCacheHistory  *query,
                       GError               **error)
{
  const char *time = query->noun->fields[sm_cache_history_time (query->noun)].name;
  g_autofree char *tail = make_tail (query, time);

  return sm_record_select_bound (connection, query->noun, tail, bind_query, (gpointer) query,
                                 error);
}

/**
 * sm_cache_history_range:
 *
 * Returns: FALSE when nothing of the kind is there
 */
gboolean
sm_cache_history_range (SmConnection *connection,
                        const SmNoun *noun,
                        gint64       *out_from,
                        gint64       *out_to)
{
  const char *time = noun->fields[sm_cache_history_time (noun)].name;
  g_autofree char *sql = g_strdup_printf ("SELECT min (\"%s\"), max (\"%s\") FROM \"%s\"", time,
                                          time, noun->name);
  g_autoptr (SmStatement) statement = sm_bound_prepare (connection, NULL, sql, "");
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, NULL) || !has_row
      || sm_statement_is_null (statement, 0))
    return FALSE;
  *out_from = sm_statement_get_int (statement, 0);
  *out_to = sm_statement_get_int (statement, 1);
  return TRUE;
}
