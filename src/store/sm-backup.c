/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sm-audit-table.h"
#include "sm-bound.h"
#include "sm-error.h"
#include "sm-lock.h"
#include "sm-mark.h"
#include "sm-service-db.h"

/* Of what is gone after a restore, so much is listed. */
#define MAX_GONE 20
#define RESTORE "network.restore"

static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

void
sm_backup_free (SmBackup *self)
{
  g_free (self->epoch);
  g_free (self->aside);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fail (const char  *path,
      GError     **error)
{
  int code = errno;

  sm_set_error (error, code == ENOSPC || code == EDQUOT ? SM_ERROR_FULL : SM_ERROR_IO,
                code == ENOSPC || code == EDQUOT ? "storage-full" : "storage-failed", "%s: %s",
                path, g_strerror (code));
  return FALSE;
}

static void
remove_all (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/* On the disk, and not only on its way there. */
static gboolean
sync_path (const char  *path,
           int          how,
           GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | how);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    fail (path, error);
  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
sync_folder_of (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return sync_path (folder, O_DIRECTORY, error);
}

static gboolean
is_sound (SmServiceDb  *db,
          GError      **error)
{
  g_autoptr (SmStatement) statement =
      sm_bound_prepare (sm_service_db_get_connection (db), error, "PRAGMA quick_check (1)", "");
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && g_strcmp0 (sm_statement_get_text (statement, 0), "ok") == 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_CORRUPT, "storage-corrupt", "%s",
                has_row ? sm_statement_get_text (statement, 0) : "quick_check says nothing");
  return FALSE;
}

/* Nobody else may read who signs in here. */
static gboolean
make_private (const char  *path,
              GError     **error)
{
  int fd;

  remove_all (path);
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (path, error);
  close (fd);
  return TRUE;
}

static gboolean
copy_pages (const char  *from,
            const char  *to,
            GError     **error)
{
  g_autoptr (SmConnection) source = sm_connection_open (from, SM_OPEN_READ_ONLY, error);
  g_autoptr (SmConnection) target = NULL;

  if (source == NULL)
    return FALSE;
  target = sm_connection_open (to, SM_OPEN_ONE_FILE, error);
  return target != NULL && sm_connection_copy (source, target, error);
}

/* Opened as what it is to be, looked at, and marked: whoever lives on it begins
 * a new epoch, however it came to where it lies. */
static gboolean
finish_copy (SmBackup    *self,
             const char  *path,
             GError     **error)
{
  g_autoptr (SmServiceDb) db = NULL;
  struct stat info;

  db = sm_service_db_open_copy (path, error);
  if (db == NULL || !is_sound (db, error) || !sm_service_db_set_copy (db, error))
    return FALSE;
  self->seq = sm_service_db_get_seq (db);
  self->epoch = sm_service_db_get_meta (db, "epoch", error);
  g_clear_pointer (&db, sm_service_db_close);
  if (self->epoch == NULL || !sync_path (path, 0, error))
    return FALSE;
  if (g_stat (path, &info) != 0)
    return fail (path, error);
  self->bytes = info.st_size;
  return TRUE;
}

/* Under its name at once and whole, and never over another file. */
static gboolean
publish (const char  *fresh,
         const char  *file,
         GError     **error)
{
  if (link (fresh, file) == 0)
    {
      g_unlink (fresh);
      return sync_folder_of (file, error);
    }
  /* Some file systems have no second name for a file. */
  if (errno != EEXIST && !g_file_test (file, G_FILE_TEST_EXISTS) && g_rename (fresh, file) == 0)
    return sync_folder_of (file, error);
  return fail (file, error);
}

static gboolean
refuse_existing (const char  *file,
                 GError     **error)
{
  if (!g_file_test (file, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  sm_set_error (error, SM_ERROR_CONFLICT, "not-unique",
                "There is a file %s already. It was left as it is; give another name.", file);
  return FALSE;
}

/**
 * sm_backup_make:
 * @database: on which a service may live
 * @file: must not be there
 *
 * Copies all of it as it is at one moment, while others go on writing.  When it
 * fails, nothing is left behind.
 */
SmBackup *
sm_backup_make (const char  *database,
                const char  *file,
                GError     **error)
{
  g_autofree char *fresh = g_strconcat (file, "-partial", NULL);
  g_autoptr (SmBackup) self = g_new0 (SmBackup, 1);

  if (!refuse_existing (file, error) || !make_private (fresh, error))
    return NULL;
  if (copy_pages (database, fresh, error) && finish_copy (self, fresh, error)
      && publish (fresh, file, error))
    return g_steal_pointer (&self);
  remove_all (fresh);
  return NULL;
}

/* --- restoring --- */

/* Returns: (nullable): the last thing that was written down */
static SmAuditEntry *
last_entry (SmConnection *connection,
            gint64        up_to)
{
  g_autoptr (GPtrArray) entries = sm_audit_table_list (connection, NULL, up_to, 1, NULL);

  if (entries == NULL || entries->len == 0)
    return NULL;
  return g_ptr_array_steal_index (entries, 0);
}

static gboolean
is_same_entry (const SmAuditEntry *a,
               const SmAuditEntry *b)
{
  return a->id == b->id && a->machine_at == b->machine_at && g_strcmp0 (a->act, b->act) == 0
         && g_strcmp0 (a->object, b->object) == 0 && g_strcmp0 (a->actor, b->actor) == 0;
}

static gboolean
count_gone (SmBackup     *self,
            SmConnection *old,
            gint64        since)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      old, NULL, "SELECT count(*) FROM audit_log WHERE id > ? AND outcome = 'done' AND act <> '" RESTORE
                 "'", "i", since);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, NULL) || !has_row)
    return FALSE;
  self->n_gone = sm_statement_get_int (statement, 0);
  return TRUE;
}

/* What people were told is done, and now is not. */
static void
find_gone (SmBackup     *self,
           SmConnection *old,
           SmConnection *restored)
{
  g_autoptr (SmAuditEntry) last = last_entry (restored, G_MAXINT64);
  g_autoptr (SmAuditEntry) same = last != NULL ? last_entry (old, last->id + 1) : NULL;
  g_autoptr (GPtrArray) entries = NULL;
  gint64 since = last != NULL ? last->id : 0;

  if (last != NULL && (same == NULL || !is_same_entry (last, same)))
    return;
  entries = sm_audit_table_list (old, NULL, G_MAXINT64, MAX_GONE * 4, NULL);
  if (entries == NULL || !count_gone (self, old, since))
    return;
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_audit_entry_free);
  while (entries->len > 0 && self->gone->len < MAX_GONE)
    {
      g_autoptr (SmAuditEntry) entry = g_ptr_array_steal_index (entries, 0);

      if (entry->id > since && g_strcmp0 (entry->outcome, "done") == 0
          && g_strcmp0 (entry->act, RESTORE) != 0)
        g_ptr_array_add (self->gone, g_steal_pointer (&entry));
    }
}

/* Everything that was committed goes into the one file that is kept aside. */
static void
compare_and_fold (SmBackup   *self,
                  const char *database,
                  const char *fresh)
{
  g_autoptr (SmConnection) old = sm_connection_open (database, SM_OPEN_READ_WRITE, NULL);
  g_autoptr (SmConnection) restored = sm_connection_open (fresh, SM_OPEN_ONE_FILE, NULL);

  if (old != NULL && restored != NULL)
    find_gone (self, old, restored);
  if (old != NULL)
    sm_connection_exec (old, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
}

static char *
make_aside_name (const char *database)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *when = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *name = g_strdup_printf ("%s-replaced-%s", database, when);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-replaced-%s-%u", database, when, i);
    }
  return name;
}

/* What could not be folded in goes with the file that it belongs to, and never
 * with the one that takes its place. */
static gboolean
move_rest (const char  *database,
           const char  *aside,
           GError     **error)
{
  for (guint i = 1; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (database, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        return fail (from, error);
    }
  return TRUE;
}

/* There is a whole database under its name at every instant. */
static gboolean
swap (SmBackup    *self,
      const char  *fresh,
      const char  *database,
      GError     **error)
{
  if (g_file_test (database, G_FILE_TEST_EXISTS))
    {
      self->aside = make_aside_name (database);
      if (!move_rest (database, self->aside, error))
        return FALSE;
      if (link (database, self->aside) != 0 && g_rename (database, self->aside) != 0)
        return fail (database, error);
    }
  if (g_rename (fresh, database) != 0)
    return fail (database, error);
  return sync_folder_of (database, error);
}

/* The first thing that the new epoch knows is who began it, and with what. */
static gboolean
write_audit (SmBackup      *self,
             SmConnection  *connection,
             const char    *file,
             const char    *actor,
             GError       **error)
{
  g_autofree char *name = g_path_get_basename (file);
  g_autofree char *shown = g_utf8_make_valid (name, -1);
  g_autoptr (SmAuditEntry) last = last_entry (connection, G_MAXINT64);
  g_autoptr (SmStatement) after = sm_bound_prepare (
      connection, error, "SELECT json_object ('file', ?, 'seq', ?, 'epoch', ?)", "tit", shown,
      self->seq, self->epoch);
  gint64 now = g_get_real_time ();
  SmAuditEntry entry = { .machine_at = now, .actor_kind = (char *) "system",
                         .actor = (char *) actor, .act = (char *) RESTORE,
                         .object = (char *) "network", .outcome = (char *) "done" };
  gboolean has_row;

  if (after == NULL || !sm_statement_step (after, &has_row, error))
    return FALSE;
  /* The clock of a simulated network may be ahead of ours. */
  entry.at = last != NULL ? MAX (now, last->at) : now;
  entry.after = (char *) sm_statement_get_text (after, 0);
  return sm_audit_table_add (connection, &entry, error);
}

/* In its own file still, so that the one in use never is half of each. */
static gboolean
renew (SmBackup    *self,
       const char  *fresh,
       const char  *database,
       const char  *file,
       const char  *actor,
       GError     **error)
{
  g_autoptr (SmServiceDb) db = sm_service_db_open_copy (fresh, error);

  if (db == NULL || !sm_service_db_renew (db, database, error))
    return FALSE;
  g_free (self->epoch);
  self->epoch = sm_service_db_get_meta (db, "epoch", error);
  if (self->epoch == NULL || !write_audit (self, sm_service_db_get_connection (db), file, actor, error))
    return FALSE;
  g_clear_pointer (&db, sm_service_db_close);
  return sync_path (fresh, 0, error);
}

/* Without it the service would begin another epoch, which does no harm. */
static void
put_mark (const SmBackup *self,
          const char     *database)
{
  g_autofree char *path = g_strconcat (database, "-mark", NULL);
  SmMarkState state = { .seq = self->seq, .is_closed = TRUE };
  g_autoptr (SmMark) mark = NULL;

  g_strlcpy (state.epoch, self->epoch, sizeof state.epoch);
  mark = sm_mark_begin (path, &state, NULL);
}

/**
 * sm_backup_restore:
 * @file: what sm_backup_make() wrote, or a database of a service that is not running
 * @database: kept aside when it is there; refused while a service lives on it
 * @actor: who does it, as the audit will say
 *
 * Until @file has been copied and found sound, nothing is changed.  It gets a
 * new epoch: who followed the old one reads all of it again.
 */
SmBackup *
sm_backup_restore (const char  *file,
                   const char  *database,
                   const char  *actor,
                   GError     **error)
{
  g_autofree char *lock_path = g_strconcat (database, "-lock", NULL);
  g_autofree char *fresh = g_strconcat (database, "-restoring", NULL);
  g_autoptr (SmLock) lock = sm_lock_take (lock_path, error);
  g_autoptr (SmBackup) self = g_new0 (SmBackup, 1);

  if (lock == NULL || !make_private (fresh, error))
    return NULL;
  if (copy_pages (file, fresh, error) && finish_copy (self, fresh, error))
    {
      if (g_file_test (database, G_FILE_TEST_EXISTS))
        compare_and_fold (self, database, fresh);
      if (renew (self, fresh, database, file, actor, error)
          && swap (self, fresh, database, error))
        {
          put_mark (self, database);
          return g_steal_pointer (&self);
        }
    }
  remove_all (fresh);
  return NULL;
}
