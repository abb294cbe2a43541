/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-store"
#include "config.h"

#include "sm-outbox.h"

#include "sm-error.h"
#include "sm-photo-file.h"
#include "sm-schema.h"
#include "sm-statement.h"
#include "sm-time.h"

#include <errno.h>

struct _SmOutbox
{
  SmConnection *connection;
  char *folder; /* in which the files lie that go along */
};

static const char *const states[] = { "waiting", "sending", "answered", "conflict", NULL };

#define COLUMNS \
  "key, network, person_id, verb, noun, object_id, method, path, body, note, created_at, state," \
  " answer_seq, problem, base_seq, changes, theirs_seq, object_name, network_name, person_name, file," \
  " file_size"

/* A file that no act speaks of is taken away when it is so old. */
#define ORPHAN_US (60 * 60 * G_TIME_SPAN_SECOND)

/* Those that are done are of no more concern. */
#define OPEN "state IN ('waiting', 'sending', 'conflict')"

SmAct *
sm_act_new (void)
{
  SmAct *act = g_new0 (SmAct, 1);

  act->answer_seq = act->base_seq = act->theirs_seq = act->file_size = SM_UNKNOWN;
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
  g_clear_pointer (&act->changes, g_ptr_array_unref);
  g_free (act->file);
  g_free (act->object_name);
  g_free (act->network_name);
  g_free (act->person_name);
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
  act->base_seq = sm_statement_get_int (statement, 14);
  act->changes = sm_edits_from_text (sm_statement_get_text (statement, 15));
  act->theirs_seq = sm_statement_get_int (statement, 16);
  act->object_name = g_strdup (sm_statement_get_text (statement, 17));
  act->network_name = g_strdup (sm_statement_get_text (statement, 18));
  act->person_name = g_strdup (sm_statement_get_text (statement, 19));
  act->file = g_strdup (sm_statement_get_text (statement, 20));
  act->file_size = sm_statement_get_int (statement, 21);
  return act;
}

/** sm_outbox_dup_folder: Returns: (transfer full): where the files of the outbox at @path lie */
char *
sm_outbox_dup_folder (const char *path)
{
  return g_strconcat (path, "-files", NULL);
}

/* Whether an act takes it along; one that cannot be read may. */
static gboolean
is_spoken_of (SmOutbox   *self,
              const char *sum)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection, "SELECT 1 FROM act WHERE file = ? LIMIT 1", NULL);
  gboolean has_row = TRUE;

  if (statement != NULL)
    sm_statement_bind_text (statement, 0, sum);
  return statement == NULL || !sm_statement_step (statement, &has_row, NULL) || has_row;
}

static void
forget_file (SmOutbox   *self,
             const char *sum)
{
  if (!is_spoken_of (self, sum))
    sm_photo_file_remove (self->folder, sum, 0, G_MAXINT64);
}

/* What was written before the program ended, and no act came to speak of; or what could not be
 * taken away with its act.  Another window may be about to speak of what is new. */
static void
sweep (SmOutbox *self)
{
  g_autoptr (GDir) files = g_dir_open (self->folder, 0, NULL);
  gint64 before = g_get_real_time () - ORPHAN_US;
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (!is_spoken_of (self, name))
      sm_photo_file_remove (self->folder, name, 0, before);
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
  self->folder = sm_outbox_dup_folder (path);
  sweep (self);
  return g_steal_pointer (&self);
}

void
sm_outbox_close (SmOutbox *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->connection, sm_connection_close);
  g_free (self->folder);
  g_free (self);
}

/** sm_outbox_probe: Whether something can be written at all: writes what is there. */
gboolean
sm_outbox_probe (SmOutbox  *self,
                 GError   **error)
{
  gint64 version = sm_schema_get_version (self->connection, error);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, version);

  return version >= 0 && sm_connection_exec (self->connection, sql, error);
}

/**
 * sm_outbox_add:
 *
 * When it returns TRUE, the act is on the disk, once: one that the disk was said
 * not to have taken may be there all the same, and is not added again.
 */
gboolean
sm_outbox_add (SmOutbox     *self,
               const SmAct  *act,
               GError      **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "INSERT INTO act (" COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?,?,'waiting',NULL,NULL,?,?,"
      "NULL,?,?,?,?,?) ON CONFLICT (key) DO NOTHING",
      error);
  g_autofree char *changes = sm_edits_to_text (act->changes);

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
  sm_statement_bind_int (statement, 11, act->base_seq);
  sm_statement_bind_text (statement, 12, changes);
  sm_statement_bind_text (statement, 13, act->object_name);
  sm_statement_bind_text (statement, 14, act->network_name);
  sm_statement_bind_text (statement, 15, act->person_name);
  sm_statement_bind_text (statement, 16, act->file);
  sm_statement_bind_int (statement, 17, act->file_size);
  return sm_statement_run (statement, error);
}

/* Each file once, however many acts speak of it; without the one of @sum. */
static gboolean
sum_files (SmOutbox    *self,
           const char  *sum,
           gint64      *out_bytes,
           GError     **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT coalesce (sum (size), 0) FROM (SELECT max (file_size) AS size FROM act"
      " WHERE file IS NOT NULL AND file <> ? GROUP BY file)",
      error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, sum);
  if (!sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_bytes = sm_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * sm_outbox_add_file:
 * @act: gets the file that goes along
 * @most: so many bytes wait at most
 *
 * As sm_outbox_add(), with a file: that is on the disk before the act speaks of it.
 */
gboolean
sm_outbox_add_file (SmOutbox  *self,
                    SmAct     *act,
                    GBytes    *bytes,
                    gint64     most,
                    GError   **error)
{
  gint64 waiting;

  g_free (act->file);
  act->file = sm_photo_file_sum (bytes);
  act->file_size = (gint64) g_bytes_get_size (bytes);
  if (!sum_files (self, act->file, &waiting, error))
    return FALSE;
  if (waiting + act->file_size > most)
    {
      sm_set_error (error, SM_ERROR_TOO_LARGE, "outbox-files-full",
                    "files of %" G_GINT64_FORMAT " bytes wait already", waiting);
      return FALSE;
    }
  if (!sm_photo_file_save (self->folder, act->file, bytes, error))
    return FALSE;
  if (sm_outbox_add (self, act, error))
    return TRUE;
  forget_file (self, act->file);
  return FALSE;
}

static gboolean
outbox_find_next (SmOutbox    *self,
                  const char  *network,
                  gint64       person_id,
                  SmAct      **out_act,
                  GError     **error)
{
  /* In order per object: an act waits for those on the same thing before it, and
   * an edit for a person to decide what becomes of the one before it. */
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT " COLUMNS " FROM act a WHERE network = ? AND person_id = ? AND state = 'waiting'"
      " AND NOT EXISTS (SELECT 1 FROM act b WHERE b.noun = a.noun AND b.object_id = a.object_id"
      " AND b.network = a.network AND b.person_id = a.person_id"
      " AND b.id < a.id AND (b.state IN ('waiting', 'sending') OR (b.state = 'conflict'"
      " AND b.base_seq IS NOT NULL AND a.base_seq IS NOT NULL))) ORDER BY id LIMIT 1",
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

static GPtrArray *
read_acts (SmStatement  *statement,
           GError      **error)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  gboolean has_row;

  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&acts);
      g_ptr_array_add (acts, read_act (statement));
    }
  return NULL;
}

static GPtrArray *
list_followers (SmOutbox    *self,
                const char  *key,
                GError     **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT " COLUMNS " FROM act a WHERE state = 'waiting' AND base_seq IS NOT NULL"
      " AND EXISTS (SELECT 1 FROM act b WHERE b.key = ? AND b.noun = a.noun"
      " AND b.object_id = a.object_id AND b.network = a.network AND b.person_id = a.person_id"
      " AND b.id < a.id) ORDER BY id",
      error);

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, key);
  return read_acts (statement, error);
}

/* Whoever edits what he has edited before carries on from the answer to that, if
 * in what he changes now the answer is what he saw.  If it is not, the service is
 * to refuse it by the old seq: nothing is overwritten unseen. */
static gboolean
pass_seq_on (SmOutbox     *self,
             const char   *key,
             gint64        seq,
             const SmRow  *answer,
             GError      **error)
{
  g_autoptr (GPtrArray) followers = list_followers (self, key, error);

  for (guint i = 0; followers != NULL && i < followers->len; i++)
    {
      const SmAct *act = followers->pdata[i];
      g_autoptr (SmStatement) statement = NULL;

      if (!sm_edits_fit (act->changes, answer))
        continue;
      statement = sm_connection_prepare (self->connection,
                                         "UPDATE act SET base_seq = ? WHERE key = ?", error);
      if (statement == NULL)
        return FALSE;
      sm_statement_bind_int (statement, 0, seq);
      sm_statement_bind_text (statement, 1, act->key);
      if (!sm_statement_run (statement, error))
        return FALSE;
    }
  return followers != NULL;
}

/**
 * sm_outbox_answered:
 * @seq: what its object has since
 * @answer: (nullable): the object as the service has it since
 *
 * The service did it.
 */
gboolean
sm_outbox_answered (SmOutbox     *self,
                    const char   *key,
                    gint64        seq,
                    const SmRow  *answer,
                    GError      **error)
{
  if (!sm_connection_begin (self->connection, error))
    return FALSE;
  if (outbox_set_state (self, key, SM_ACT_ANSWERED, seq, NULL, error)
      && (answer == NULL || pass_seq_on (self, key, seq, answer, error))
      && sm_connection_commit (self->connection, error))
    return TRUE;
  sm_connection_rollback (self->connection);
  return FALSE;
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

/* Writes down what is known of an edit, and how it stands. */
static gboolean
update_edit (SmOutbox     *self,
             const SmAct  *act,
             SmActState    state,
             const char   *problem,
             GError      **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "UPDATE act SET state = ?, problem = ?, base_seq = ?, theirs_seq = ?, changes = ?"
      " WHERE key = ?",
      error);
  g_autofree char *changes = sm_edits_to_text (act->changes);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, states[state]);
  sm_statement_bind_text (statement, 1, problem);
  sm_statement_bind_int (statement, 2, act->base_seq);
  sm_statement_bind_int (statement, 3, act->theirs_seq);
  sm_statement_bind_text (statement, 4, changes);
  sm_statement_bind_text (statement, 5, act->key);
  return sm_statement_run (statement, error);
}

/** sm_outbox_rebase: Others changed something else: @act is sent again on its new base_seq. */
gboolean
sm_outbox_rebase (SmOutbox     *self,
                  const SmAct  *act,
                  GError      **error)
{
  return update_edit (self, act, SM_ACT_WAITING, NULL, error);
}

/** sm_outbox_oppose: A conflict of which @act knows what is in its way. */
gboolean
sm_outbox_oppose (SmOutbox     *self,
                  const SmAct  *act,
                  const char   *problem,
                  GError      **error)
{
  return update_edit (self, act, SM_ACT_CONFLICT, problem, error);
}

static gboolean
changed_one (SmOutbox    *self,
             GError     **error)
{
  if (sm_connection_changes (self->connection) == 1)
    return TRUE;
  sm_set_error (error, SM_ERROR_CONFLICT, "act-moved-on", "it is not as it was shown any more");
  return FALSE;
}

/**
 * sm_outbox_resolve:
 * @key: of a conflict
 * @act: what a person has made of it; it takes its place in the order
 */
gboolean
sm_outbox_resolve (SmOutbox     *self,
                   const char   *key,
                   const SmAct  *act,
                   GError      **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "UPDATE act SET key = ?, body = ?, note = ?, base_seq = ?, changes = ?, theirs_seq = NULL,"
      " problem = NULL, state = 'waiting' WHERE key = ? AND state = 'conflict'",
      error);
  g_autofree char *changes = sm_edits_to_text (act->changes);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, act->key);
  sm_statement_bind_text (statement, 1, act->body);
  sm_statement_bind_text (statement, 2, act->note);
  sm_statement_bind_int (statement, 3, act->base_seq);
  sm_statement_bind_text (statement, 4, changes);
  sm_statement_bind_text (statement, 5, key);
  return sm_statement_run (statement, error) && changed_one (self, error);
}

/* With the file that goes along, if no other act speaks of it. */
static gboolean
delete_act (SmOutbox    *self,
            const char  *sql,
            const char  *key,
            GError     **error)
{
  g_autoptr (SmAct) act = sm_outbox_find (self, key, NULL);
  g_autoptr (SmStatement) statement = sm_connection_prepare (self->connection, sql, error);
  int changes;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, key);
  if (!sm_statement_run (statement, error))
    return FALSE;
  changes = sm_connection_changes (self->connection);
  if (act != NULL && act->file != NULL && changes > 0)
    forget_file (self, act->file);
  return TRUE;
}

/**
 * sm_outbox_drop:
 *
 * A person does not want it any more.  Fails with "act-moved-on" while it is
 * being sent, or when the service has done it.
 */
gboolean
sm_outbox_drop (SmOutbox    *self,
                const char  *key,
                GError     **error)
{
  return delete_act (self, "DELETE FROM act WHERE key = ? AND state IN ('waiting', 'conflict')",
                     key, error)
         && changed_one (self, error);
}

/** sm_outbox_remove: Forgets an act that was done: the feed has shown it. */
gboolean
sm_outbox_remove (SmOutbox    *self,
                  const char  *key,
                  GError     **error)
{
  return delete_act (self, "DELETE FROM act WHERE key = ?", key, error);
}

/** sm_outbox_list: Returns: (transfer full) (nullable): of SmAct, in the order they were done */
GPtrArray *
sm_outbox_list (SmOutbox    *self,
                const char  *network,
                gint64       person_id,
                GError     **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT " COLUMNS " FROM act WHERE network = ? AND person_id = ? ORDER BY id LIMIT 10000",
      error);

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, network);
  sm_statement_bind_int (statement, 1, person_id);
  return read_acts (statement, error);
}

/** sm_outbox_find: Returns: (transfer full) (nullable): the act of @key; NULL: there is none */
SmAct *
sm_outbox_find (SmOutbox    *self,
                const char  *key,
                GError     **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection, "SELECT " COLUMNS " FROM act WHERE key = ?", error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, key);
  if (!sm_statement_step (statement, &has_row, error))
    return NULL;
  return has_row ? read_act (statement) : NULL;
}

/**
 * sm_outbox_list_elsewhere:
 * @network: (nullable): epoch of the one that is followed
 *
 * Returns: (transfer full) (nullable): of SmAct, those of another network or
 *   person that are not done
 */
GPtrArray *
sm_outbox_list_elsewhere (SmOutbox    *self,
                          const char  *network,
                          gint64       person_id,
                          GError     **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      self->connection,
      "SELECT " COLUMNS " FROM act WHERE " OPEN " AND NOT (network IS ? AND person_id = ?)"
      " ORDER BY id LIMIT 10000",
      error);

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, network);
  sm_statement_bind_int (statement, 1, person_id);
  return read_acts (statement, error);
}
