/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-connection.h"

#include "sm-error.h"
#include "sm-statement-private.h"

#include <string.h>

struct _SmConnection
{
  sqlite3 *db;
  GHashTable *statements; /* text -> SmStatement */
  SmStatement *last;      /* (nullable): whoever writes many rows asks for it again and again */
  gboolean was_full;      /* the disk, when something was written last */
  GCancellable *heeded;   /* (nullable) (unowned) */
};

static void
statement_free (gpointer data)
{
  SmStatement *statement = data;

  sqlite3_finalize (statement->stmt);
  g_free (statement);
}

static SmErrorCode
code_of_result (int rc)
{
  switch (rc & 0xff)
    {
    case SQLITE_FULL:
      return SM_ERROR_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return SM_ERROR_CORRUPT;
    case SQLITE_CONSTRAINT:
      return SM_ERROR_CONFLICT;
    default:
      return SM_ERROR_IO;
    }
}

/* Sets an error for a result code of SQLite's, with its message for the log. */
void
sm_connection_set_error (SmConnection  *self,
                         int            rc,
                         const char    *what,
                         GError       **error)
{
  static const char *const slugs[] = { "storage-failed", "storage-failed", "storage-corrupt",
                                       "storage-full" };
  SmErrorCode code = code_of_result (rc);

  if ((rc & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s: nobody waits for it any more", what);
      return;
    }
  if (code == SM_ERROR_FULL)
    self->was_full = TRUE;
  sm_set_error (error, code, code == SM_ERROR_CONFLICT ? "not-unique" : slugs[MIN ((int) code, 3)],
                "%s: %s (%d)", what,
                self->db != NULL ? sqlite3_errmsg (self->db) : sqlite3_errstr (rc), rc);
}

/* Who waits for another's transaction looks again so often, for 10 s.  SQLite's own handler soon
 * looks only ten times a second: where eight write by turns on a slow disk it may find it locked
 * each time, and a write is refused that only had to wait. */
#define BUSY_PAUSE_US 2000
#define BUSY_TRIES 5000

static int
busy_cb (gpointer user_data,
         int      n_tries)
{
  if (n_tries >= BUSY_TRIES)
    return FALSE;
  g_usleep (BUSY_PAUSE_US);
  return TRUE;
}

static gboolean
connection_set_up (SmConnection  *self,
                   SmOpenFlags    flags,
                   GError       **error)
{
  sqlite3_busy_handler (self->db, busy_cb, NULL);
  sqlite3_extended_result_codes (self->db, 1);
  if (flags & SM_OPEN_READ_ONLY)
    return sm_connection_exec (self, "PRAGMA query_only = ON", error);
  if (flags & SM_OPEN_ONE_FILE)
    return sm_connection_exec (self, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL", error);
  return sm_connection_exec (self,
                             flags & SM_OPEN_SYNC_FULL
                                 ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                       " PRAGMA cache_size = -65536;"
                                 : "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
                             error);
}

/**
 * sm_connection_open:
 * @path: a file, created when it is not there, unless read-only
 *
 * Returns: (transfer full) (nullable): the connection, in WAL mode
 */
SmConnection *
sm_connection_open (const char   *path,
                    SmOpenFlags   flags,
                    GError      **error)
{
  g_autoptr (SmConnection) self = g_new0 (SmConnection, 1);
  /* A reader opens read-write too: WAL needs the shared-memory file. */
  int how = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  int rc;

  g_return_val_if_fail (path != NULL, NULL);

  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, statement_free);
  if (!(flags & SM_OPEN_READ_ONLY))
    how |= SQLITE_OPEN_CREATE;
  if (g_str_has_prefix (path, "file:"))
    how |= SQLITE_OPEN_URI; /* a piece of memory that several connections share */
  rc = sqlite3_open_v2 (path, &self->db, how, NULL);
  if (rc != SQLITE_OK)
    {
      sm_connection_set_error (self, rc, path, error);
      return NULL;
    }
  /* Where it may not or, for the moment, cannot be written, SQLite would go on
   * with what it can read, and refuse every write from then on. */
  if (!(flags & SM_OPEN_READ_ONLY) && sqlite3_db_readonly (self->db, "main") == 1)
    {
      sm_set_error (error, SM_ERROR_IO, "storage-failed", "%s: it cannot be opened for writing", path);
      return NULL;
    }
  if (!connection_set_up (self, flags, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
sm_connection_close (SmConnection *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->statements);
  sqlite3_close (self->db);
  g_free (self);
}

/* So many of SQLite's own steps: a fraction of a millisecond. */
#define STEPS_BETWEEN_LOOKS 20000

static int
is_cancelled (void *cancellable)
{
  return g_cancellable_is_cancelled (cancellable);
}

/**
 * sm_connection_heed:
 * @cancellable: (nullable): which lives until another one is heeded
 *
 * From now on a statement ends, with %G_IO_ERROR_CANCELLED, when that is cancelled, and
 * none is begun.
 */
void
sm_connection_heed (SmConnection *self,
                    GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);

  self->heeded = cancellable;
  sqlite3_progress_handler (self->db, cancellable != NULL ? STEPS_BETWEEN_LOOKS : 0, is_cancelled,
                            cancellable);
}

/** sm_connection_exec: Runs statements that give no rows and have no parameters. */
gboolean
sm_connection_exec (SmConnection  *self,
                    const char    *sql,
                    GError       **error)
{
  int rc = sqlite3_exec (self->db, sql, NULL, NULL, NULL);

  if (rc == SQLITE_OK)
    return TRUE;
  sm_connection_set_error (self, rc, "exec", error);
  return FALSE;
}

/**
 * sm_connection_read_raw:
 *
 * Bytes of the database's file as they lie on the disk, through the connection's own
 * descriptor: whoever closes another one of the same file drops SQLite's locks on it.
 *
 * Returns: how many, 0 at the end, -1 when it failed
 */
gssize
sm_connection_read_raw (SmConnection *self,
                        gint64        offset,
                        gpointer      buffer,
                        gsize         size)
{
  sqlite3_file *file = NULL;
  sqlite3_int64 end = 0;

  if (sqlite3_file_control (self->db, NULL, SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK
      || file == NULL || file->pMethods == NULL
      || file->pMethods->xFileSize (file, &end) != SQLITE_OK)
    return -1;
  size = (gsize) CLAMP ((gint64) end - offset, 0, (gint64) size);
  if (size > 0 && file->pMethods->xRead (file, buffer, (int) size, offset) != SQLITE_OK)
    return -1;
  return (gssize) size;
}

/** sm_connection_get_number: Returns: what a statement of one number says; -1: it failed */
gint64
sm_connection_get_number (SmConnection *self,
                          const char   *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 number = -1;

  if (sqlite3_prepare_v2 (self->db, sql, -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    number = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return number;
}

/** sm_connection_keep_file: While it @keeps, what is written stays in the write-ahead log. */
void
sm_connection_keep_file (SmConnection *self,
                         gboolean      keeps)
{
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps, NULL);
  sqlite3_wal_autocheckpoint (self->db, keeps ? 0 : 1000);
}

/* What the WAL holds several times over needs less room in the database; then
 * the WAL is written from its beginning again. */
static void
make_room (SmConnection *self)
{
  self->was_full = FALSE;
  sqlite3_wal_checkpoint_v2 (self->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/** sm_connection_begin: Begins a transaction that takes the write lock at once. */
gboolean
sm_connection_begin (SmConnection  *self,
                     GError       **error)
{
  if (self->was_full)
    make_room (self);
  return sm_connection_exec (self, "BEGIN IMMEDIATE", error);
}

/** sm_connection_commit: Commits; when that fails, the transaction is rolled back. */
gboolean
sm_connection_commit (SmConnection  *self,
                      GError       **error)
{
  if (sm_connection_exec (self, "COMMIT", error))
    return TRUE;
  sm_connection_rollback (self);
  return FALSE;
}

/** sm_connection_rollback: Ends the transaction, if there is one, as if it had not been. */
void
sm_connection_rollback (SmConnection *self)
{
  /* Some errors have rolled back already. */
  if (sm_connection_in_transaction (self))
    sm_connection_exec (self, "ROLLBACK", NULL);
}

gboolean
sm_connection_in_transaction (SmConnection *self)
{
  return !sqlite3_get_autocommit (self->db);
}

/** sm_connection_last_id: Returns: the row id of the last INSERT */
gint64
sm_connection_last_id (SmConnection *self)
{
  return sqlite3_last_insert_rowid (self->db);
}

/** sm_connection_changes: Returns: how many rows the last statement changed */
int
sm_connection_changes (SmConnection *self)
{
  return sqlite3_changes (self->db);
}

/**
 * sm_connection_copy:
 *
 * Writes all of it into @to, as it is at one moment: at one go, during which
 * others go on writing.
 */
gboolean
sm_connection_copy (SmConnection  *self,
                    SmConnection  *to,
                    GError       **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to->db, "main", self->db, "main");
  int rc, finished;

  if (backup == NULL)
    {
      sm_connection_set_error (to, sqlite3_errcode (to->db), "copy", error);
      return FALSE;
    }
  rc = sqlite3_backup_step (backup, -1);
  finished = sqlite3_backup_finish (backup);
  if (rc == SQLITE_DONE && finished == SQLITE_OK)
    return TRUE;
  sm_connection_set_error (to, finished != SQLITE_OK ? finished : rc, "copy", error);
  return FALSE;
}

/**
 * sm_connection_prepare:
 * @sql: one statement; prepared once, found again by its text
 *
 * Returns: (transfer full) (nullable): the statement, reset and with no
 *   parameter bound; one text can be lent to one user at a time
 */
SmStatement *
sm_connection_prepare (SmConnection  *self,
                       const char    *sql,
                       GError       **error)
{
  gboolean is_last = self->last != NULL && strcmp (sqlite3_sql (self->last->stmt), sql) == 0;
  SmStatement *statement = is_last ? self->last : g_hash_table_lookup (self->statements, sql);

  if (g_cancellable_set_error_if_cancelled (self->heeded, error))
    return NULL;
  if (statement == NULL)
    {
      sqlite3_stmt *stmt = NULL;
      int rc = sqlite3_prepare_v3 (self->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

      if (rc != SQLITE_OK)
        {
          sm_connection_set_error (self, rc, sql, error);
          return NULL;
        }
      statement = g_new0 (SmStatement, 1);
      statement->connection = self;
      statement->stmt = stmt;
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  g_assert (!statement->busy);
  statement->busy = TRUE;
  self->last = statement;
  return statement;
}
