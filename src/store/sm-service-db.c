/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-store"
#include "config.h"

#include "sm-service-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sm-error.h"
#include "sm-live-file.h"
#include "sm-record-table.h"
#include "sm-schema.h"
#include "sm-statement.h"
#include "sm-telemetry-file.h"
#include "sm-time.h"
#include "sm-uuid.h"

struct _SmServiceDb
{
  SmConnection *connection;
  gint64 seq;       /* of the last change, in the transaction if there is one */
  gint64 saved_seq; /* of the last change that was committed */
  guint depth;      /* of begun transactions */
};

/* A file of another program is not taken over. */
static gboolean
is_ours (SmConnection  *connection,
         GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "SELECT name FROM sqlite_schema WHERE NOT EXISTS "
      "(SELECT 1 FROM sqlite_schema WHERE name = 'audit_log') LIMIT 1",
      error);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    sm_set_error (error, SM_ERROR_CORRUPT, "storage-foreign",
                  "the file is a database of another program; give the name of another file, or "
                  "of one that does not exist yet");
  return !has_row;
}

static gboolean
migrate (SmConnection  *connection,
         GError       **error)
{
  return is_ours (connection, error) && sm_schema_migrate (connection, "service", error);
}

static gboolean
set_up_meta (SmServiceDb  *self,
             GError      **error)
{
  g_autofree char *epoch = NULL;
  g_autofree char *made = sm_uuid_new_v7 (g_get_real_time ());
  g_autoptr (GError) local_error = NULL;

  epoch = sm_service_db_get_meta (self, "epoch", &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return epoch != NULL || sm_service_db_set_meta (self, "epoch", made, error);
}

/* Ours say in their head that they have a WAL, a backup that it has none: one
 * that lies beside a backup belongs to the database that the backup was copied
 * over, and would be mixed into it. */
static gboolean
put_stray_wal_aside (const char  *path,
                     GError     **error)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *stray = g_strconcat (path, "-wal-stray", NULL);
  guint8 head[20] = { 0 };
  struct stat info;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_backup = fd >= 0 && pread (fd, head, sizeof head, 0) == sizeof head && head[18] == 1;

  if (fd < 0 && errno != ENOENT)
    {
      sm_set_error (error, SM_ERROR_IO, "storage-failed", "%s: %s", path, g_strerror (errno));
      return FALSE;
    }
  if (fd >= 0)
    close (fd);
  if (!is_backup || g_stat (wal, &info) != 0 || info.st_size == 0)
    return TRUE;
  if (g_rename (wal, stray) != 0)
    {
      sm_set_error (error, SM_ERROR_IO, "storage-failed", "%s: %s", wal, g_strerror (errno));
      return FALSE;
    }
  g_message ("%s belongs to another database than the one it lies beside: it is kept as %s", wal,
             stray);
  return TRUE;
}

/**
 * sm_service_db_open:
 * @path: a file; made, and brought up to date, unless @read_only
 *
 * Returns: (transfer full) (nullable): the database
 */
SmServiceDb *
sm_service_db_open (const char  *path,
                    gboolean     read_only,
                    GError     **error)
{
  g_autoptr (SmServiceDb) self = g_new0 (SmServiceDb, 1);

  if (!read_only && !put_stray_wal_aside (path, error))
    return NULL;
  /* What was answered with "done" survives a power cut. */
  self->connection = sm_connection_open (path, read_only ? SM_OPEN_READ_ONLY : SM_OPEN_SYNC_FULL,
                                         error);
  if (self->connection == NULL)
    return NULL;
  if (!read_only
      && (!migrate (self->connection, error) || !set_up_meta (self, error)))
    return NULL;
  if (!sm_service_db_reload_seq (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
is_known (SmConnection  *connection,
          GError       **error)
{
  gint64 version = sm_schema_get_version (connection, error);

  if (version < 0 || !is_ours (connection, error))
    return FALSE;
  if (version > 0)
    return sm_schema_check (connection, "service", error);
  sm_set_error (error, SM_ERROR_CORRUPT, "storage-foreign", "there is nothing in it");
  return FALSE;
}

/**
 * sm_service_db_open_copy:
 *
 * Opens one that nobody lives on as a single file, of whatever version it is:
 * it is brought up to date by who lives on it.
 */
SmServiceDb *
sm_service_db_open_copy (const char  *path,
                         GError     **error)
{
  g_autoptr (SmServiceDb) self = g_new0 (SmServiceDb, 1);

  self->connection = sm_connection_open (path, SM_OPEN_ONE_FILE, error);
  if (self->connection == NULL || !is_known (self->connection, error)
      || !sm_service_db_reload_seq (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
sm_service_db_close (SmServiceDb *self)
{
  g_clear_pointer (&self->connection, sm_connection_close);
  g_free (self);
}

SmConnection *
sm_service_db_get_connection (SmServiceDb *self)
{
  return self->connection;
}

/** sm_service_db_get_meta: Returns: (transfer full) (nullable): a setting; NULL when not set */
char *
sm_service_db_get_meta (SmServiceDb  *self,
                        const char   *name,
                        GError      **error)
{
  g_autoptr (SmStatement) statement =
      sm_connection_prepare (self->connection, "SELECT value FROM meta WHERE name = ?1", error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, name);
  if (!sm_statement_step (statement, &has_row, error) || !has_row)
    return NULL;
  return g_strdup (sm_statement_get_text (statement, 0));
}

gboolean
sm_service_db_set_meta (SmServiceDb  *self,
                        const char   *name,
                        const char   *value,
                        GError      **error)
{
  g_autoptr (SmStatement) statement =
      sm_connection_prepare (self->connection,
                             "INSERT INTO meta (name, value) VALUES (?1, ?2) "
                             "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                             error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, name);
  sm_statement_bind_text (statement, 1, value);
  return sm_statement_run (statement, error);
}

/* --- copies --- */

#define COPIED_AT "copied_at"

/** sm_service_db_is_copy: Returns: whether it is a backup that no service has lived on since */
gboolean
sm_service_db_is_copy (SmServiceDb *self)
{
  g_autofree char *copied_at = sm_service_db_get_meta (self, COPIED_AT, NULL);

  return copied_at != NULL && *copied_at != '\0';
}

/** sm_service_db_set_copy: Who lives on it next has to renew it. */
gboolean
sm_service_db_set_copy (SmServiceDb  *self,
                        GError      **error)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());

  return sm_service_db_set_meta (self, COPIED_AT, now, error);
}

/* Ids beyond the last will be given to others. */
static gboolean
forget_telemetry (SmServiceDb  *self,
                  const char   *path,
                  GError      **error)
{
  g_autofree char *name = g_strconcat (path, "-telemetry", NULL);
  g_autoptr (SmConnection) file = NULL;

  if (!g_file_test (name, G_FILE_TEST_EXISTS))
    return TRUE;
  file = sm_telemetry_file_open (name, error);
  for (guint i = 0; file != NULL && i < SM_N_NOUNS; i++)
    {
      g_autoptr (SmStatement) last = sm_connection_prepare (
          self->connection, "SELECT seq FROM sqlite_sequence WHERE name = ?1", error);
      gboolean has_row;

      if (last == NULL)
        return FALSE;
      sm_statement_bind_text (last, 0, sm_noun_get (i)->name);
      if (!sm_statement_step (last, &has_row, error)
          || !sm_telemetry_file_forget (file, i, has_row ? sm_statement_get_int (last, 0) : 0, error))
        return FALSE;
    }
  return file != NULL;
}

/**
 * sm_service_db_renew:
 * @path: where it lies
 *
 * Begins a new epoch, so that everybody who followed it reads all of it again;
 * what is kept beside it of things that it does not know goes.
 */
gboolean
sm_service_db_renew (SmServiceDb  *self,
                     const char   *path,
                     GError      **error)
{
  g_autofree char *epoch = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *live = g_strconcat (path, "-live", NULL);

  sm_live_file_remove (live);
  if (!forget_telemetry (self, path, error) || !sm_service_db_begin (self, error))
    return FALSE;
  if (sm_service_db_set_meta (self, "epoch", epoch, error)
      && sm_service_db_set_meta (self, COPIED_AT, "", error))
    return sm_service_db_commit (self, error);
  sm_service_db_rollback (self);
  return FALSE;
}

/** sm_service_db_get_seq: Returns: the number of the last change */
gint64
sm_service_db_get_seq (SmServiceDb *self)
{
  return self->seq;
}

/** sm_service_db_reload_seq: Reads the number again: another process may write too. */
gboolean
sm_service_db_reload_seq (SmServiceDb  *self,
                          GError      **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = sm_service_db_get_meta (self, "seq", &local_error);

  if (text == NULL)
    {
      if (local_error == NULL)
        sm_set_error (&local_error, SM_ERROR_CORRUPT, "storage-corrupt",
                      "The database has no sequence number");
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  self->seq = self->saved_seq = g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

/**
 * sm_service_db_merge_texts:
 * @texts: (nullable): a JSON object of texts
 * @patch: a merge patch for it (RFC 7396)
 *
 * Returns: (transfer full) (nullable): what it comes to, by rising name
 */
char *
sm_service_db_merge_texts (SmServiceDb  *self,
                           const char   *texts,
                           const char   *patch,
                           GError      **error)
{
  g_autoptr (SmStatement) statement =
      sm_connection_prepare (self->connection,
                             "SELECT json_group_object (key, value) FROM (SELECT key, value FROM "
                             "json_each (json_patch (coalesce (?1, '{}'), ?2)) ORDER BY key)",
                             error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, texts);
  sm_statement_bind_text (statement, 1, patch);
  if (!sm_statement_step (statement, &has_row, error))
    return NULL;
  return g_strdup (sm_statement_get_text (statement, 0));
}

/** sm_service_db_data_version: Returns: a number that moves when another connection wrote */
gint64
sm_service_db_data_version (SmServiceDb *self)
{
  g_autoptr (SmStatement) statement =
      sm_connection_prepare (self->connection, "PRAGMA data_version", NULL);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, NULL) || !has_row)
    return 0;
  return sm_statement_get_int (statement, 0);
}

gboolean
sm_service_db_begin (SmServiceDb  *self,
                     GError      **error)
{
  g_autofree char *savepoint = g_strdup_printf ("SAVEPOINT level_%u", self->depth);

  if (self->depth > 0)
    {
      if (!sm_connection_exec (self->connection, savepoint, error))
        return FALSE;
    }
  else
    {
      if (!sm_connection_begin (self->connection, error))
        return FALSE;
      if (!sm_service_db_reload_seq (self, error))
        {
          sm_connection_rollback (self->connection);
          return FALSE;
        }
    }
  self->depth++;
  return TRUE;
}

static gboolean
commit_outermost (SmServiceDb  *self,
                  GError      **error)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, self->seq);

  self->depth = 0;
  if ((self->seq != self->saved_seq && !sm_service_db_set_meta (self, "seq", seq, error))
      || !sm_connection_commit (self->connection, error))
    {
      sm_connection_rollback (self->connection);
      self->seq = self->saved_seq;
      return FALSE;
    }
  self->saved_seq = self->seq;
  return TRUE;
}

/** sm_service_db_commit: Ends the innermost transaction; when that fails it is rolled back. */
gboolean
sm_service_db_commit (SmServiceDb  *self,
                      GError      **error)
{
  g_autofree char *release = NULL;

  g_return_val_if_fail (self->depth > 0, FALSE);

  if (self->depth == 1)
    return commit_outermost (self, error);
  release = g_strdup_printf ("RELEASE level_%u", self->depth - 1);
  if (!sm_connection_exec (self->connection, release, error))
    {
      sm_service_db_rollback (self);
      return FALSE;
    }
  self->depth--;
  return TRUE;
}

/** sm_service_db_rollback: Undoes the innermost transaction. */
void
sm_service_db_rollback (SmServiceDb *self)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  if (self->depth == 0)
    {
      sm_connection_rollback (self->connection);
      self->seq = self->saved_seq;
    }
  else if (sm_connection_in_transaction (self->connection))
    {
      g_autofree char *undo = g_strdup_printf ("ROLLBACK TO level_%u; RELEASE level_%u",
                                               self->depth, self->depth);

      /* The numbers that were taken inside stay unused: a gap does no harm. */
      sm_connection_exec (self->connection, undo, NULL);
    }
}

static gboolean
add_tombstone (SmServiceDb  *self,
               const SmRow  *row,
               gboolean      moved,
               gint64        machine_now,
               GError      **error)
{
  int company = sm_scope_company_field (sm_row_get_noun (row));
  g_autoptr (SmStatement) statement =
      sm_connection_prepare (self->connection,
                             "INSERT INTO tombstone (seq, noun, id, operator_id, area_id, "
                             "fleet_id, moved, deleted_at, organisation_id) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, ++self->seq);
  sm_statement_bind_text (statement, 1, sm_row_get_noun (row)->name);
  sm_statement_bind_int (statement, 2, sm_row_get_id (row));
  sm_statement_bind_int (statement, 3, sm_row_get_int (row, SM_ROW_OPERATOR_ID));
  sm_statement_bind_int (statement, 4, sm_row_get_int (row, SM_ROW_AREA_ID));
  sm_statement_bind_int (statement, 5, sm_row_get_int (row, SM_ROW_FLEET_ID));
  sm_statement_bind_int (statement, 6, moved);
  sm_statement_bind_int (statement, 7, machine_now);
  if (company >= 0)
    sm_statement_bind_int (statement, 8, sm_row_get_int (row, (guint) company));
  return sm_statement_run (statement, error);
}

static gboolean
keys_differ (const SmRow *a,
             const SmRow *b)
{
  int company = sm_scope_company_field (sm_row_get_noun (a));

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (sm_row_get_int (a, i) != sm_row_get_int (b, i))
      return TRUE;
  return company >= 0 && sm_row_get_int (a, (guint) company) != sm_row_get_int (b, (guint) company);
}

/**
 * sm_service_db_put:
 * @row: gets the next seq and, when it has none, an id
 * @before: (nullable): the row as it was; NULL for a new one
 * @machine_now: machine time
 *
 * Writes a record.  When its scope keys have changed, those who saw it under
 * the old ones find a tombstone.
 */
gboolean
sm_service_db_put (SmServiceDb  *self,
                   SmRow        *row,
                   const SmRow  *before,
                   gint64        machine_now,
                   GError      **error)
{
  g_return_val_if_fail (self->depth > 0, FALSE);

  if (before != NULL && keys_differ (before, row)
      && !add_tombstone (self, before, TRUE, machine_now, error))
    return FALSE;
  sm_row_set_int (row, SM_ROW_SEQ, ++self->seq);
  if (!sm_record_put (self->connection, row, SM_RECORD, error))
    return FALSE;
  if (sm_row_is_null (row, SM_ROW_ID))
    sm_row_set_int (row, SM_ROW_ID, sm_connection_last_id (self->connection));
  return TRUE;
}

/** sm_service_db_remove: Deletes a record and leaves its tombstone. */
gboolean
sm_service_db_remove (SmServiceDb  *self,
                      const SmRow  *row,
                      gint64        machine_now,
                      GError      **error)
{
  g_return_val_if_fail (self->depth > 0, FALSE);

  return add_tombstone (self, row, FALSE, machine_now, error)
         && sm_record_delete (self->connection, sm_row_get_noun (row), SM_RECORD,
                              sm_row_get_id (row), error);
}

static gboolean
newest_tombstone (SmServiceDb  *self,
                  gint64        older_than,
                  gint64       *out_seq,
                  GError      **error)
{
  g_autoptr (SmStatement) statement =
      sm_connection_prepare (self->connection,
                             "SELECT max(seq) FROM tombstone WHERE deleted_at < ?1", error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, older_than);
  if (!sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_seq = has_row ? sm_statement_get_int (statement, 0) : SM_UNKNOWN;
  return TRUE;
}

/**
 * sm_service_db_prune:
 * @older_than: machine time
 *
 * Forgets old tombstones, and remembers up to where the feed is complete.
 */
gboolean
sm_service_db_prune (SmServiceDb  *self,
                     gint64        older_than,
                     GError      **error)
{
  g_autoptr (SmStatement) statement = NULL;
  g_autofree char *floor = NULL;
  gint64 seq;

  g_return_val_if_fail (self->depth > 0, FALSE);

  if (!newest_tombstone (self, older_than, &seq, error))
    return FALSE;
  if (seq == SM_UNKNOWN)
    return TRUE;
  floor = g_strdup_printf ("%" G_GINT64_FORMAT, seq);
  if (!sm_service_db_set_meta (self, "tombstone_floor", floor, error))
    return FALSE;
  /* By seq, not by age: the feed is to be complete above the floor even when
   * the machine's clock was put back in between. */
  statement = sm_connection_prepare (self->connection, "DELETE FROM tombstone WHERE seq <= ?1",
                                     error);
  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, seq);
  return sm_statement_run (statement, error);
}
