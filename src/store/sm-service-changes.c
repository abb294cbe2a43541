/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-service-rows-private.h"

#include "sm-record-table.h"

/* --- the feed: a merge, by seq, of one cursor a noun and class --- */

/* The SQL of the records of a noun behind a seq. */
char *
sm_service_changes_sql (const SmNoun  *noun,
                        const SmScope *scope)
{
  GString *sql = sm_service_begin_select (noun);

  g_string_append (sql, "seq > ?1");
  sm_service_append_scope (sql, noun, noun->name, scope);
  g_string_append (sql, " ORDER BY seq LIMIT ?3");
  return g_string_free (sql, FALSE);
}

/* The SQL of what is gone of a noun behind a seq.  Who still sees a row that
 * has moved is not told that it is gone. */
char *
sm_service_tombstones_sql (const SmNoun  *noun,
                           const SmScope *scope)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT id, seq FROM tombstone WHERE noun = '%s' AND seq > ?1",
                          noun->name);
  sm_service_append_scope (sql, noun, "tombstone", scope);
  g_string_append_printf (sql, " AND (moved = 0 OR NOT EXISTS (SELECT 1 FROM \"%s\" "
                               "WHERE \"%s\".id = tombstone.id", noun->name, noun->name);
  sm_service_append_scope (sql, noun, noun->name, scope);
  g_string_append (sql, ")) ORDER BY seq LIMIT ?3");
  return g_string_free (sql, FALSE);
}

typedef struct
{
  const SmNoun *noun;
  gboolean tombstones;
  SmStatement *statement;
  SmFeedChange *next; /* NULL: it has no more */
} Cursor;

void
sm_feed_change_free (SmFeedChange *self)
{
  g_clear_pointer (&self->row, sm_row_unref);
  g_free (self);
}

static void
cursor_clear (gpointer data)
{
  Cursor *cursor = data;

  g_clear_pointer (&cursor->statement, sm_statement_reset);
  g_clear_pointer (&cursor->next, sm_feed_change_free);
}

static gboolean
cursor_advance (Cursor  *cursor,
                GError **error)
{
  gboolean has_row;
  int index = 0;

  if (!sm_statement_step (cursor->statement, &has_row, error))
    return FALSE;
  cursor->next = NULL;
  if (!has_row)
    return TRUE;
  cursor->next = g_new0 (SmFeedChange, 1);
  cursor->next->noun = cursor->noun;
  cursor->next->id = sm_statement_get_int (cursor->statement, SM_ROW_ID);
  cursor->next->seq = sm_statement_get_int (cursor->statement, SM_ROW_SEQ);
  if (!cursor->tombstones)
    {
      cursor->next->row = sm_row_new (cursor->noun);
      sm_record_read (cursor->statement, &index, cursor->next->row, SM_RECORD);
    }
  return TRUE;
}

static gboolean
add_cursor (GArray         *cursors,
            SmConnection   *connection,
            const SmNoun   *noun,
            gboolean        tombstones,
            const SmScope  *scope,
            gint64          since,
            guint           limit,
            GError        **error)
{
  g_autofree char *sql = tombstones ? sm_service_tombstones_sql (noun, scope)
                                    : sm_service_changes_sql (noun, scope);
  g_autofree char *ids = sm_scope_to_parameter (scope);
  Cursor cursor = { noun, tombstones, NULL, NULL };

  cursor.statement = sm_connection_prepare (connection, sql, error);
  if (cursor.statement == NULL)
    return FALSE;
  sm_statement_bind_int (cursor.statement, 0, since);
  sm_statement_bind_text (cursor.statement, 1, ids);
  sm_statement_bind_int (cursor.statement, 2, limit);
  g_array_append_val (cursors, cursor);
  return cursor_advance (&g_array_index (cursors, Cursor, cursors->len - 1), error);
}

static Cursor *
find_first (GArray *cursors)
{
  Cursor *first = NULL;

  for (guint i = 0; i < cursors->len; i++)
    {
      Cursor *cursor = &g_array_index (cursors, Cursor, i);

      if (cursor->next != NULL && (first == NULL || cursor->next->seq < first->next->seq))
        first = cursor;
    }
  return first;
}

static gboolean
merge (GArray     *cursors,
       GPtrArray  *changes,
       guint       limit,
       gboolean   *out_more,
       GError    **error)
{
  Cursor *first = find_first (cursors);

  while (first != NULL && changes->len < limit)
    {
      g_ptr_array_add (changes, g_steal_pointer (&first->next));
      if (!cursor_advance (first, error))
        return FALSE;
      first = find_first (cursors);
    }
  *out_more = first != NULL;
  return TRUE;
}

/**
 * sm_service_read_changes:
 * @nouns: a bit, 1 << SmNounId, for each that is wanted
 * @with_tombstones: not for the first page of a snapshot
 *
 * Reads no more rows than it gives; the caller holds a read transaction.
 *
 * Returns: (transfer full) (nullable): at most @limit changes (SmFeedChange)
 *   behind @since, by rising seq
 */
GPtrArray *
sm_service_read_changes (SmConnection   *connection,
                         const SmScope  *scope,
                         guint64         nouns,
                         gint64          since,
                         gboolean        with_tombstones,
                         guint           limit,
                         gboolean       *out_more,
                         GError        **error)
{
  g_autoptr (GPtrArray) changes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sm_feed_change_free);
  g_autoptr (GArray) cursors = g_array_new (FALSE, FALSE, sizeof (Cursor));

  g_array_set_clear_func (cursors, cursor_clear);
  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      const SmNoun *noun = sm_noun_get (i);

      if (!(nouns & (G_GUINT64_CONSTANT (1) << i)))
        continue;
      /* One more than the page, to see whether there is more. */
      if (!add_cursor (cursors, connection, noun, FALSE, scope, since, limit + 1, error)
          || (with_tombstones
              && !add_cursor (cursors, connection, noun, TRUE, scope, since, limit + 1, error)))
        return NULL;
    }
  return merge (cursors, changes, limit, out_more, error) ? g_steal_pointer (&changes) : NULL;
}
