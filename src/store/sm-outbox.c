/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-store"
#include "config.h"

#include "sm-outbox.h"

#include "sm-error.h"
#include "sm-schema.h"
#include "sm-statement.h"
#include "sm-time.h"

#include <errno.h>

struct _SmOutbox
{
  SmConnection *connection;
};

static const char *const states[] = { "waiting", "sending", "answered", "conflict", NULL };

#define COLUMNS \
  "key, network, person_id, verb, noun, object_id, method, path, body, note, created_at, state," \
  " answer_seq, problem"

SmAct *
sm_act_new (void)
{
  SmAct *act = g_new0 (SmAct, 1);

  act->answer_seq = SM_UNKNOWN;
  return act;
}

void
sm_act_free (SmAct *act)
{
  g_free (act->key);
  g_free (act->network);
  g_free (act->verb);
  g_free (act->method);
  g_free (act->path);
  g_free (act->body);
  g_free (act->note);
  g_free (act->problem);
  g_free (act);
}

static SmAct *
read_act (SmStatement *statement)
{
  SmAct *act = sm_act_new ();

  act->key = g_strdup (sm_statement_get_text (statement, 0));
  act->network = g_strdup (sm_statement_get_text (statement, 1));
  act->person_id = sm_statement_get_int (statement, 2);
  act->verb = g_strdup (sm_statement_get_text (statement, 3));
  act->noun = sm_noun_by_name (sm_statement_get_text (statement, 4));
  act->object_id = sm_statement_get_int (statement, 5);
  act->method = g_strdup (sm_statement_get_text (statement, 6));
  act->path = g_strdup (sm_statement_get_text (statement, 7));
  act->body = g_strdup (sm_statement_get_text (statement, 8));
  act->note = g_strdup (sm_statement_get_text (statement, 9));
  act->created_at = sm_statement_get_int (statement, 10);
  act->state = (SmActState) sm_slug_index (states, sm_statement_get_text (statement, 11));
  act->answer_seq = sm_statement_get_int (statement, 12);
  act->problem = g_strdup (sm_statement_get_text (statement, 13));
  return act;
}

/**
 * sm_outbox_open:
 *
 * What was being sent when the program ended waits again: its key makes it
 * safe to ask a second time.
 */
SmOutbox *
sm_outbox_open (const char  *path,
                GError     **error)
{
  g_autoptr (SmOutbox) self = g_new0 (SmOutbox, 1);
  g_autofree char *dir = g_path_get_dirname (path);

  if (g_mkdir_with_parents (dir, 0700) != 0)
    {
      sm_set_error (error, SM_ERROR_IO, "outbox-not-writable", "%s: %s", dir, g_strerror (errno));
      return NULL;
    }
  self->connection = sm_connection_open (path, SM_OPEN_READ_WRITE | SM_OPEN_SYNC_FULL, error);
  if (self->connection == NULL || !sm_schema_migrate (self->connection, "outbox", error)
      || !sm_connection_exec (self->connection,
                              "UPDATE act SET state = 'waiting' WHERE state = 'sending'", error))
    return NULL;
  return g_steal_pointer (&self);
}

void
sm_outbox_close (SmOutbox *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->connection, sm_connection_close);
  g_free (self);
}

/** sm_outbox_add: When it returns TRUE, the act is on the disk. */
gboolean
sm_outbox_add (SmOutbox     *self,
               const SmAct  *act,
               GError      **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "INSERT INTO act (" COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,'waiting',NULL,NULL)", error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, act->key);
  sm_statement_bind_text (statement, 1, act->network);
  sm_statement_bind_int (statement, 2, act->person_id);
  sm_statement_bind_text (statement, 3, act->verb);
  sm_statement_bind_text (statement, 4, act->noun->name);
  sm_statement_bind_int (statement, 5, act->object_id);
  sm_statement_bind_text (statement, 6, act->method);
  sm_statement_bind_text (statement, 7, act->path);
  sm_statement_bind_text (statement, 8, act->body);
  sm_statement_bind_text (statement, 9, act->note);
  sm_statement_bind_int (statement, 10, act->created_at);
  return sm_statement_run (statement, error);
}

static gboolean
outbox_find_next (SmOutbox    *self,
                  const char  *network,
                  gint64       person_id,
                  SmAct      **out_act,
                  GError     **error)
{
  /* In order per object: an act waits for those on the same thing before it. */
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT " COLUMNS " FROM act a WHERE network = ? AND person_id = ? AND state = 'waiting'"
      " AND NOT EXISTS (SELECT 1 FROM act b WHERE b.noun = a.noun AND b.object_id = a.object_id"
      " AND b.network = a.network AND b.person_id = a.person_id"
      " AND b.id < a.id AND b.state IN ('waiting', 'sending')) ORDER BY id LIMIT 1",
      error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, network);
  sm_statement_bind_int (statement, 1, person_id);
  if (!sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_act = has_row ? read_act (statement) : NULL;
  return TRUE;
}

static gboolean
outbox_set_state (SmOutbox    *self,
                  const char  *key,
                  SmActState   state,
                  gint64       seq,
                  const char  *problem,
                  GError     **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection, "UPDATE act SET state = ?, answer_seq = ?, problem = ? WHERE key = ?",
      error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, states[state]);
  sm_statement_bind_int (statement, 1, seq);
  sm_statement_bind_text (statement, 2, problem);
  sm_statement_bind_text (statement, 3, key);
  return sm_statement_run (statement, error);
}

/**
 * sm_outbox_take_next:
 * @out_act: (out) (transfer full) (nullable): the next act to send, which is
 *   marked as being sent; NULL when none can be
 */
gboolean
sm_outbox_take_next (SmOutbox    *self,
                     const char  *network,
                     gint64       person_id,
                     SmAct      **out_act,
                     GError     **error)
{
  g_autoptr (SmAct) act = NULL;

  if (!outbox_find_next (self, network, person_id, &act, error))
    return FALSE;
  if (act != NULL
      && !outbox_set_state (self, act->key, SM_ACT_SENDING, SM_UNKNOWN, NULL, error))
    return FALSE;
  *out_act = g_steal_pointer (&act);
  return TRUE;
}

/** sm_outbox_answered: The service did it; @seq is what its object has since. */
gboolean
sm_outbox_answered (SmOutbox    *self,
                    const char  *key,
                    gint64       seq,
                    GError     **error)
{
  return outbox_set_state (self, key, SM_ACT_ANSWERED, seq, NULL, error);
}

/** sm_outbox_put_back: It could not be sent, or nobody knows; to be sent again. */
gboolean
sm_outbox_put_back (SmOutbox    *self,
                    const char  *key,
                    const char  *problem,
                    GError     **error)
{
  return outbox_set_state (self, key, SM_ACT_WAITING, SM_UNKNOWN, problem, error);
}

/** sm_outbox_conflict: The service will not do it; a person has to see that. */
gboolean
sm_outbox_conflict (SmOutbox    *self,
                    const char  *key,
                    const char  *problem,
                    GError     **error)
{
  return outbox_set_state (self, key, SM_ACT_CONFLICT, SM_UNKNOWN, problem, error);
}

/** sm_outbox_remove: Forgets an act: the feed has shown it, or a person has seen the conflict. */
gboolean
sm_outbox_remove (SmOutbox    *self,
                  const char  *key,
                  GError     **error)
{
  g_autoptr (SmStatement) statement
      = sm_connection_prepare (self->connection, "DELETE FROM act WHERE key = ?", error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, key);
  return sm_statement_run (statement, error);
}

/** sm_outbox_list: Returns: (transfer full) (nullable): of SmAct, in the order they were done */
GPtrArray *
sm_outbox_list (SmOutbox    *self,
                const char  *network,
                gint64       person_id,
                GError     **error)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT " COLUMNS " FROM act WHERE network = ? AND person_id = ? ORDER BY id LIMIT 10000",
      error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, network);
  sm_statement_bind_int (statement, 1, person_id);
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&acts);
      g_ptr_array_add (acts, read_act (statement));
    }
  return NULL;
}

/**
 * sm_outbox_count_elsewhere:
 * @network: (nullable): epoch of the one that is followed
 *
 * Returns: how many acts wait for another network or person; -1 when it failed
 */
gint64
sm_outbox_count_elsewhere (SmOutbox    *self,
                           const char  *network,
                           gint64       person_id,
                           GError     **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT count(*) FROM act WHERE state IN ('waiting', 'sending')"
      " AND NOT (network IS ? AND person_id = ?)",
      error);
  gboolean has_row;

  if (statement == NULL)
    return -1;
  sm_statement_bind_text (statement, 0, network);
  sm_statement_bind_int (statement, 1, person_id);
  if (!sm_statement_step (statement, &has_row, error))
    return -1;
  return sm_statement_get_int (statement, 0);
}
