/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-store"
#include "config.h"

#include "sm-cache.h"

#include "sm-cache-files.h"
#include "sm-cache-reader.h"
#include "sm-cache-seal.h"
#include "sm-error.h"
#include "sm-record-table.h"
#include "sm-schema.h"
#include "sm-time.h"
#include "sm-uuid.h"
#include "sm-world.h"

#include <math.h>
#include <sys/statvfs.h>

/* One copy of the network: a file or, without a folder, memory. */
typedef struct
{
  SmConnection *connection;
  char *path;
  gboolean is_trusted; /* we wrote all of it, or its seal is whole */
} Copy;

struct _SmCache
{
  char *dir;
  SmCacheFiles *files; /* NULL: in memory */
  char *epoch;
  char *problem;
  gboolean checks; /* every file, before it is taken */
  Copy *whole; /* what readers read, NULL before the first load */
  Copy *next;  /* what is being built, NULL when whole is written to */
};

static void
copy_free (Copy *copy)
{
  g_clear_pointer (&copy->connection, sm_connection_close);
  g_free (copy->path);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static Copy *
cache_target (SmCache *self)
{
  return self->next != NULL ? self->next : self->whole;
}

static gboolean
connection_set_meta (SmConnection  *connection,
                     const char    *name,
                     const char    *value,
                     GError       **error)
{
  g_autoptr (SmStatement) statement
      = sm_connection_prepare (connection,
                               "INSERT INTO meta (name, value) VALUES (?, ?)"
                               " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                               error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, name);
  sm_statement_bind_text (statement, 1, value);
  return sm_statement_run (statement, error);
}

static gboolean
copy_set_up (Copy        *copy,
             const char  *epoch,
             GError     **error)
{
  if (!sm_connection_begin (copy->connection, error))
    return FALSE;
  if (sm_schema_run (copy->connection, "cache.sql", error)
      && connection_set_meta (copy->connection, SM_CACHE_EPOCH, epoch, error))
    return sm_connection_commit (copy->connection, error);
  sm_connection_rollback (copy->connection);
  return FALSE;
}

/* Begins an empty copy: the next file, or another piece of memory. */
static Copy *
cache_make_copy (SmCache  *self,
                 GError  **error)
{
  g_autoptr (Copy) copy = g_new0 (Copy, 1);

  if (self->files != NULL)
    copy->path = sm_cache_files_make_path (self->files);
  else
    {
      g_autofree char *name = sm_random_token ();

      copy->path = g_strdup_printf ("file:/stationmaster-%s?vfs=memdb", name);
    }
  copy->connection = sm_connection_open (copy->path, SM_OPEN_READ_WRITE, error);
  if (copy->connection == NULL || !copy_set_up (copy, self->epoch, error))
    return NULL;
  copy->is_trusted = TRUE;
  return g_steal_pointer (&copy);
}

/* Returns NULL without an error for a file that is sound but of no use to us. */
static Copy *
cache_try_file (SmCache     *self,
                const char  *path,
                GError     **error)
{
  g_autoptr (Copy) copy = g_new0 (Copy, 1);
  g_autofree char *epoch = NULL, *whole = NULL;
  GError *reason = NULL;
  gint64 version;

  copy->path = g_strdup (path);
  copy->connection = sm_connection_open (path, SM_OPEN_READ_WRITE, error);
  if (copy->connection == NULL)
    return NULL;
  sm_connection_keep_file (copy->connection, TRUE);
  version = sm_schema_get_version (copy->connection, &reason);
  if (reason == NULL && version == SM_CACHE_VERSION
      && (!self->checks || sm_cache_check (copy->connection, &reason)))
    {
      epoch = sm_cache_read_meta (copy->connection, SM_CACHE_EPOCH);
      whole = sm_cache_read_meta (copy->connection, "whole");
    }
  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  if (g_strcmp0 (epoch, self->epoch) != 0 || whole == NULL)
    return NULL;
  return g_steal_pointer (&copy);
}

/* Takes the newest file that is of use and clears the others away. */
static void
cache_find_whole (SmCache *self)
{
  g_autoptr (GPtrArray) paths = sm_cache_files_list (self->files);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr (GError) reason = NULL;

      if (self->whole == NULL)
        self->whole = cache_try_file (self, path, &reason);
      if (self->whole != NULL && g_str_equal (self->whole->path, path))
        continue;
      if (reason == NULL)
        sm_cache_files_delete (self->files, path);
      else
        {
          g_message ("%s is set aside: %s", path, reason->message);
          sm_cache_files_set_aside (self->files, path);
        }
    }
}

static void
cache_go_on_in_memory (SmCache    *self,
                       const char *slug,
                       const char *message)
{
  g_message ("the cache is kept in memory: %s", message);
  g_clear_pointer (&self->files, sm_cache_files_free);
  g_free (self->problem);
  self->problem = g_strdup (slug);
}

static SmCache *
cache_open (const char  *dir,
            const char  *epoch,
            gboolean     checks,
            GError     **error)
{
  g_autoptr (SmCache) self = g_new0 (SmCache, 1);
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (dir != NULL && epoch != NULL, NULL);

  self->checks = checks;
  self->epoch = g_strdup (epoch);
  self->dir = g_strdup (dir);
  self->files = sm_cache_files_new (dir, &reason);
  if (self->files == NULL)
    cache_go_on_in_memory (self, sm_error_get_slug (reason), reason->message);
  else
    cache_find_whole (self);
  if (self->whole != NULL)
    return g_steal_pointer (&self);
  self->next = cache_make_copy (self, &reason);
  if (self->next == NULL && self->files != NULL)
    {
      cache_go_on_in_memory (self, "cache-not-writable", reason->message);
      self->next = cache_make_copy (self, error);
    }
  return self->next != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * sm_cache_open:
 * @dir: made when it is not there
 * @epoch: of the network it is a copy of; a copy of another one is not used
 *
 * Returns: (transfer full) (nullable): the cache; fails only when there is not
 *   even memory for it
 */
SmCache *
sm_cache_open (const char  *dir,
               const char  *epoch,
               GError     **error)
{
  return cache_open (dir, epoch, TRUE, error);
}

/**
 * sm_cache_open_unchecked:
 *
 * Like sm_cache_open(), at once: whoever opens it calls sm_cache_check() when
 * there is time, and sm_cache_recover() when that fails.
 */
SmCache *
sm_cache_open_unchecked (const char  *dir,
                         const char  *epoch,
                         GError     **error)
{
  return cache_open (dir, epoch, FALSE, error);
}

/* Nothing of it waits beside it any more. */
static gboolean
is_all_in_one (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  return !g_file_test (log, G_FILE_TEST_EXISTS);
}

static void
cache_close_whole (SmCache *self)
{
  g_autofree char *path
      = self->files != NULL && sm_cache_is_trusted (self) ? g_strdup (self->whole->path) : NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->whole, copy_free);
  if (path != NULL && is_all_in_one (path) && !sm_cache_seal_write (path, &error))
    g_message ("%s is not sealed: %s", path, error->message);
}

void
sm_cache_close (SmCache *self)
{
  g_return_if_fail (self != NULL);

  cache_close_whole (self);
  g_clear_pointer (&self->next, copy_free);
  g_clear_pointer (&self->files, sm_cache_files_free);
  g_free (self->dir);
  g_free (self->epoch);
  g_free (self->problem);
  g_free (self);
}

/** sm_cache_get_problem: Returns: (transfer none) (nullable): slug of why it is in memory */
const char *
sm_cache_get_problem (SmCache *self)
{
  return self->problem;
}

/** sm_cache_get_path: Returns: (transfer none): what a reader is to open now */
const char *
sm_cache_get_path (SmCache *self)
{
  return self->whole != NULL ? self->whole->path : self->next->path;
}

/** sm_cache_is_whole: Whether there is a whole copy, be it old. */
gboolean
sm_cache_is_whole (SmCache *self)
{
  return self->whole != NULL;
}

/** sm_cache_is_trusted: Whether what readers read is known to be what was written. */
gboolean
sm_cache_is_trusted (SmCache *self)
{
  return self->whole != NULL && self->whole->is_trusted;
}

/** sm_cache_trust: The seal of the file was whole: from now on it may be written to. */
void
sm_cache_trust (SmCache *self)
{
  g_return_if_fail (self->whole != NULL);

  self->whole->is_trusted = TRUE;
  sm_connection_keep_file (self->whole->connection, FALSE);
}

/** sm_cache_is_rebuilding: Whether what is written goes into a copy that is not whole yet. */
gboolean
sm_cache_is_rebuilding (SmCache *self)
{
  return self->next != NULL;
}

gboolean
sm_cache_begin (SmCache  *self,
                GError  **error)
{
  return sm_connection_begin (cache_target (self)->connection, error);
}

/** sm_cache_put: Adds or replaces the fields of @klass of the row's thing. */
gboolean
sm_cache_put (SmCache      *self,
              const SmRow  *row,
              SmClass       klass,
              GError      **error)
{
  return sm_record_put (cache_target (self)->connection, row, klass, error);
}

static void
bind_slug (SmStatement       *statement,
           int                index,
           const char *const *slugs,
           guint8             value)
{
  if (value == SM_ENUM_UNKNOWN)
    sm_statement_bind_null (statement, index);
  else
    sm_statement_bind_text (statement, index, slugs[value]);
}

static void
bind_vehicle (SmStatement            *statement,
              const SmVehicleColumns *columns,
              guint                   i)
{
  SmWorldPoint at = columns->at[i];
  double latitude = NAN, longitude = NAN;

  if (at.x != 0 || at.y != 0)
    sm_world_unproject (at, &latitude, &longitude);
  sm_statement_bind_int (statement, 0, columns->id[i]);
  sm_statement_bind_real (statement, 1, latitude);
  sm_statement_bind_real (statement, 2, longitude);
  sm_statement_bind_real (statement, 3, columns->heading[i] == SM_HEADING_UNKNOWN
                                            ? NAN : columns->heading[i]);
  sm_statement_bind_real (statement, 4, columns->speed_kmh[i]);
  sm_statement_bind_real (statement, 5, columns->soc[i]);
  sm_statement_bind_real (statement, 6, columns->temperature_c[i]);
  bind_slug (statement, 7, sm_motions, columns->motion[i]);
  bind_slug (statement, 8, sm_energies, columns->energy[i]);
  bind_slug (statement, 9, sm_connections, columns->connection[i]);
  sm_statement_bind_int (statement, 10, columns->reported_at[i]);
  sm_statement_bind_int (statement, 11, columns->battery_id[i]);
  sm_statement_bind_int (statement, 12, columns->range_m[i]);
  sm_statement_bind_int (statement, 13, columns->station_id[i]);
  bind_slug (statement, 14, sm_queue_states, columns->queue[i]);
  sm_statement_bind_int (statement, 15, columns->queue_since[i]);
  sm_statement_bind_int (statement, 16, columns->eta[i]);
  bind_slug (statement, 17, sm_reaches, columns->reach[i]);
  sm_statement_bind_real (statement, 18, columns->insulation_ohm_per_v[i]);
  sm_statement_bind_real (statement, 19, columns->spread_mv[i]);
}

/** sm_cache_put_vehicles: Writes the live values of vehicles straight from the arrays. */
gboolean
sm_cache_put_vehicles (SmCache                *self,
                       const SmVehicleColumns *columns,
                       GError                **error)
{
  static const char sql[]
      = "INSERT INTO vehicle_live (id, latitude, longitude, heading_deg, speed_kmh, soc,"
        " pack_temperature_c, motion, energy, connection, reported_at, battery_id, range_m,"
        " station_id, queue, queue_since, eta, reach, insulation_ohm_per_v, spread_mv)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET"
        " latitude = excluded.latitude, longitude = excluded.longitude,"
        " heading_deg = excluded.heading_deg, speed_kmh = excluded.speed_kmh, soc = excluded.soc,"
        " pack_temperature_c = excluded.pack_temperature_c, motion = excluded.motion,"
        " energy = excluded.energy, connection = excluded.connection,"
        " reported_at = excluded.reported_at, battery_id = excluded.battery_id,"
        " range_m = excluded.range_m, station_id = excluded.station_id, queue = excluded.queue,"
        " queue_since = excluded.queue_since, eta = excluded.eta, reach = excluded.reach,"
        " insulation_ohm_per_v = excluded.insulation_ohm_per_v, spread_mv = excluded.spread_mv";
  SmConnection *connection = cache_target (self)->connection;

  for (guint i = 0; i < columns->n; i++)
    {
      g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

      if (statement == NULL)
        return FALSE;
      bind_vehicle (statement, columns, i);
      if (!sm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/** sm_cache_remove: Forgets a thing, record and live. */
gboolean
sm_cache_remove (SmCache       *self,
                 const SmNoun  *noun,
                 gint64         id,
                 GError       **error)
{
  SmConnection *connection = cache_target (self)->connection;

  return sm_record_delete (connection, noun, SM_RECORD, id, error)
         && (!sm_noun_has_live (noun)
             || sm_record_delete (connection, noun, SM_LIVE, id, error));
}

/** sm_cache_dup_meta: Returns: (transfer full) (nullable): of the copy that is written to */
char *
sm_cache_dup_meta (SmCache    *self,
                   const char *name)
{
  return sm_cache_read_meta (cache_target (self)->connection, name);
}

gboolean
sm_cache_set_meta (SmCache     *self,
                   const char  *name,
                   const char  *value,
                   GError     **error)
{
  return connection_set_meta (cache_target (self)->connection, name, value, error);
}

/** sm_cache_get_seq: Returns: of the record of a thing; G_MAXINT64 when there is none */
gint64
sm_cache_get_seq (SmCache      *self,
                  const SmNoun *noun,
                  gint64        id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT seq FROM \"%s\" WHERE id = ?", noun->name);
  g_autoptr (SmStatement) statement = sm_connection_prepare (cache_target (self)->connection, sql,
                                                             NULL);
  gboolean has_row;

  if (statement == NULL)
    return SM_UNKNOWN;
  sm_statement_bind_int (statement, 0, id);
  if (!sm_statement_step (statement, &has_row, NULL))
    return SM_UNKNOWN;
  return has_row ? sm_statement_get_int (statement, 0) : G_MAXINT64;
}

/** sm_cache_get_tick: Returns: how far the live values of @noun have come; 0 for not at all */
gint64
sm_cache_get_tick (SmCache      *self,
                   const SmNoun *noun)
{
  g_autofree char *name = g_strconcat ("tick.", noun->name, NULL);
  g_autofree char *value = sm_cache_dup_meta (self, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

gboolean
sm_cache_set_tick (SmCache       *self,
                   const SmNoun  *noun,
                   gint64         tick,
                   GError       **error)
{
  g_autofree char *name = g_strconcat ("tick.", noun->name, NULL);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, tick);

  return sm_cache_set_meta (self, name, value, error);
}

/** sm_cache_trim_history: Forgets the oldest rows of a history when there are too many. */
gboolean
sm_cache_trim_history (SmCache       *self,
                       const SmNoun  *noun,
                       GError       **error)
{
  g_autofree char *sql
      = g_strdup_printf ("DELETE FROM \"%s\" WHERE id <= (SELECT id FROM \"%s\" ORDER BY id DESC"
                         " LIMIT 1 OFFSET %d)",
                         noun->name, noun->name, SM_CACHE_HISTORY_ROWS);

  return sm_connection_exec (cache_target (self)->connection, sql, error);
}

gboolean
sm_cache_commit (SmCache  *self,
                 GError  **error)
{
  return sm_connection_commit (cache_target (self)->connection, error);
}

void
sm_cache_rollback (SmCache *self)
{
  sm_connection_rollback (cache_target (self)->connection);
}

static void
cache_drop_copy (SmCache  *self,
                 Copy    **copy)
{
  g_autofree char *path = *copy != NULL ? g_strdup ((*copy)->path) : NULL;

  g_clear_pointer (copy, copy_free);
  if (path != NULL && self->files != NULL && !g_str_has_prefix (path, "file:"))
    sm_cache_files_delete (self->files, path);
}

static gboolean
is_in_memory (const Copy *copy)
{
  return g_str_has_prefix (copy->path, "file:");
}

/** sm_cache_begin_rebuild: Begins a new copy; whoever reads goes on with the old one. */
gboolean
sm_cache_begin_rebuild (SmCache  *self,
                        GError  **error)
{
  Copy *copy = cache_make_copy (self, error);

  if (copy == NULL)
    return FALSE;
  cache_drop_copy (self, &self->next);
  self->next = copy;
  return TRUE;
}

/**
 * sm_cache_finish_rebuild:
 * @cursor: how far the new copy has come
 *
 * The new copy is whole: it takes the old one's place at once and for good.
 * Whoever reads opens sm_cache_get_path() again.
 */
gboolean
sm_cache_finish_rebuild (SmCache     *self,
                         const char  *cursor,
                         GError     **error)
{
  SmConnection *connection = self->next->connection;

  g_return_val_if_fail (self->next != NULL, FALSE);

  if (!sm_connection_begin (connection, error))
    return FALSE;
  if (!connection_set_meta (connection, SM_CACHE_CURSOR, cursor, error)
      || !connection_set_meta (connection, "whole", "1", error))
    {
      sm_connection_rollback (connection);
      return FALSE;
    }
  if (!sm_connection_commit (connection, error))
    return FALSE;
  cache_drop_copy (self, &self->whole);
  self->whole = g_steal_pointer (&self->next);
  return TRUE;
}

/** sm_cache_clear: Forgets everything, as when somebody signs out. */
gboolean
sm_cache_clear (SmCache  *self,
                GError  **error)
{
  if (!sm_cache_begin_rebuild (self, error))
    return FALSE;
  cache_drop_copy (self, &self->whole);
  return TRUE;
}

/**
 * sm_cache_recover:
 * @cause: why the cache could not be read or written
 *
 * A damaged copy is set aside and an empty one begun; when the folder does not
 * take what is written (a full disk, say), it goes on in memory, and the files
 * stay as they are for the next start.  What is whole in memory is kept.
 */
gboolean
sm_cache_recover (SmCache       *self,
                  const GError  *cause,
                  GError       **error)
{
  g_autofree char *damaged = NULL;
  g_autoptr (GError) reason = NULL;

  /* What a file that is not proven makes SQLite say may be anything. */
  if (self->files != NULL && self->whole != NULL && is_in_memory (self->whole))
    {
      /* It had tried to return to the disk. */
      g_clear_pointer (&self->next, copy_free);
      cache_go_on_in_memory (self, sm_error_get_slug (cause), cause->message);
      return TRUE;
    }
  if (g_error_matches (cause, SM_ERROR, SM_ERROR_CORRUPT)
      || (self->whole != NULL && !self->whole->is_trusted && self->next == NULL
          && !g_error_matches (cause, SM_ERROR, SM_ERROR_FULL)))
    damaged = g_strdup (cache_target (self)->path);
  else
    cache_go_on_in_memory (self, sm_error_get_slug (cause), cause->message);
  g_clear_pointer (&self->next, copy_free);
  g_clear_pointer (&self->whole, copy_free);
  if (damaged != NULL && self->files != NULL)
    sm_cache_files_set_aside (self->files, damaged);
  self->next = cache_make_copy (self, &reason);
  if (self->next == NULL && self->files != NULL)
    {
      cache_go_on_in_memory (self, sm_error_get_slug (reason), reason->message);
      self->next = cache_make_copy (self, error);
    }
  return self->next != NULL;
}

/* What lies there is older than what is in memory. */
static void
cache_clear_away (SmCache *self)
{
  g_autoptr (GPtrArray) paths = sm_cache_files_list (self->files);

  for (guint i = 0; i < paths->len; i++)
    sm_cache_files_delete (self->files, g_ptr_array_index (paths, i));
}

/* Whether there is room for the copy twice: itself, and what is written to it. */
static gboolean
has_room (SmCache  *self,
          GError  **error)
{
  SmConnection *connection = cache_target (self)->connection;
  gint64 pages = sm_connection_get_number (connection, "PRAGMA page_count");
  gint64 wanted = 2 * pages * sm_connection_get_number (connection, "PRAGMA page_size");
  struct statvfs room;

  if (statvfs (self->dir, &room) == 0 && (gint64) (room.f_bavail * room.f_frsize) >= wanted)
    return TRUE;
  sm_set_error (error, SM_ERROR_FULL, "storage-full", "%s has no room for %" G_GINT64_FORMAT
                " bytes", self->dir, wanted);
  return FALSE;
}

/**
 * sm_cache_return:
 *
 * From memory back to the folder, if that takes it again: begins a copy there,
 * beside the one in memory, which stays readable until the new one is whole.
 */
gboolean
sm_cache_return (SmCache  *self,
                 GError  **error)
{
  g_return_val_if_fail (self->files == NULL, FALSE);

  if (!has_room (self, error))
    return FALSE;
  self->files = sm_cache_files_new (self->dir, error);
  if (self->files == NULL)
    return FALSE;
  cache_clear_away (self);
  if (!sm_cache_begin_rebuild (self, error))
    {
      g_clear_pointer (&self->files, sm_cache_files_free);
      return FALSE;
    }
  g_clear_pointer (&self->problem, g_free);
  return TRUE;
}
