/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-audit-table.h"

#include "sm-bound.h"

void
sm_audit_entry_free (SmAuditEntry *self)
{
  g_free (self->actor_kind);
  g_free (self->actor);
  g_free (self->address);
  g_free (self->act);
  g_free (self->object);
  g_free (self->outcome);
  g_free (self->reason);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

/** sm_audit_table_add: Writes @entry down for ever; its id is not looked at. */
gboolean
sm_audit_table_add (SmConnection        *connection,
                    const SmAuditEntry  *entry,
                    GError             **error)
{
  return sm_bound_run (connection, error,
                       "INSERT INTO audit_log (at, machine_at, actor_kind, actor_id, actor, "
                       "address, act, object, outcome, reason, before, after) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       "iititttttttt", entry->at, entry->machine_at, entry->actor_kind,
                       entry->actor_id, entry->actor, entry->address, entry->act, entry->object,
                       entry->outcome, entry->reason, entry->before, entry->after);
}

static SmAuditEntry *
read_entry (SmStatement *statement)
{
  SmAuditEntry *entry = g_new0 (SmAuditEntry, 1);

  entry->id = sm_statement_get_int (statement, 0);
  entry->at = sm_statement_get_int (statement, 1);
  entry->machine_at = sm_statement_get_int (statement, 2);
  entry->actor_kind = g_strdup (sm_statement_get_text (statement, 3));
  entry->actor_id = sm_statement_get_int (statement, 4);
  entry->actor = g_strdup (sm_statement_get_text (statement, 5));
  entry->address = g_strdup (sm_statement_get_text (statement, 6));
  entry->act = g_strdup (sm_statement_get_text (statement, 7));
  entry->object = g_strdup (sm_statement_get_text (statement, 8));
  entry->outcome = g_strdup (sm_statement_get_text (statement, 9));
  entry->reason = g_strdup (sm_statement_get_text (statement, 10));
  entry->before = g_strdup (sm_statement_get_text (statement, 11));
  entry->after = g_strdup (sm_statement_get_text (statement, 12));
  return entry;
}

/**
 * sm_audit_table_list:
 * @object: (nullable): only of this one
 * @before_id: the last id of the page before, or %G_MAXINT64
 *
 * Returns: (transfer full) (nullable): at most @limit entries, newest first
 */
GPtrArray *
sm_audit_table_list (SmConnection  *connection,
                     const char    *object,
                     gint64         before_id,
                     guint          limit,
                     GError       **error)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sm_audit_entry_free);
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      object != NULL ? SM_AUDIT_LIST_OBJECT_SQL : SM_AUDIT_LIST_SQL,
      object != NULL ? "iit" : "ii", before_id, (gint64) limit, object);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, read_entry (statement));
    }
  return NULL;
}

/**
 * sm_key_table_find:
 * @out_answer: (out) (transfer full) (nullable): NULL when the key is new
 *
 * Returns: FALSE when the database failed
 */
gboolean
sm_key_table_find (SmConnection  *connection,
                   gint64         person_id,
                   const char    *key,
                   char         **out_request_hash,
                   GBytes       **out_answer,
                   GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT request_hash, answer FROM idempotency_key WHERE person_id = ? AND key = ?", "it",
      person_id, key);
  gboolean has_row;
  gconstpointer data;
  gsize length;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_request_hash = NULL;
  *out_answer = NULL;
  if (!has_row)
    return TRUE;
  *out_request_hash = g_strdup (sm_statement_get_text (statement, 0));
  data = sm_statement_get_blob (statement, 1, &length);
  *out_answer = g_bytes_new (data, length);
  return TRUE;
}

gboolean
sm_key_table_add (SmConnection  *connection,
                  gint64         person_id,
                  const char    *key,
                  const char    *request_hash,
                  GBytes        *answer,
                  gint64         created_at,
                  GError       **error)
{
  return sm_bound_run (connection, error,
                       "INSERT INTO idempotency_key (person_id, key, request_hash, answer, "
                       "created_at) VALUES (?, ?, ?, ?, ?)",
                       "ittbi", person_id, key, request_hash, answer, created_at);
}

gboolean
sm_key_table_prune (SmConnection  *connection,
                    gint64         older_than,
                    GError       **error)
{
  return sm_bound_run (connection, error, "DELETE FROM idempotency_key WHERE created_at < ?", "i",
                       older_than);
}
