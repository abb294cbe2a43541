/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-schema.h"

#include "sm-error.h"
#include "sm-statement.h"
#include "sm-store-resources.h"

#define ROOT "/io/github/stationmaster/store/sql/"

/**
 * sm_schema_get_version:
 *
 * Returns: the number of the last migration; 0 for an empty database, -1 on error
 */
gint64
sm_schema_get_version (SmConnection  *connection,
                       GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, "PRAGMA user_version",
                                                             error);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return -1;
  return has_row ? sm_statement_get_int (statement, 0) : 0;
}

/* What is compiled in is asked for by its path, never in the GResource: GLib registers all such
 * resources at once, with the first that is asked for, and to a second thread that wants one meanwhile
 * it gives NULL.  The call has the linker take ours along. */
static char *
make_path (const char *name)
{
  sm_store_get_resource ();
  return g_strconcat (ROOT, name, NULL);
}

/** sm_schema_run: Runs one file of data/sql, as "cache.sql". */
gboolean
sm_schema_run (SmConnection  *connection,
               const char    *file,
               GError       **error)
{
  g_autofree char *path = make_path (file);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  /* Resource data is followed by a 0. */
  return sql != NULL && sm_connection_exec (connection, g_bytes_get_data (sql, NULL), error);
}

static gboolean
apply_one (SmConnection  *connection,
           const char    *file,
           gint64         number,
           GError       **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT, number);

  if (!sm_connection_begin (connection, error))
    return FALSE;
  if (sm_schema_run (connection, file, error) && sm_connection_exec (connection, mark, error))
    return sm_connection_commit (connection, error);
  sm_connection_rollback (connection);
  g_prefix_error (error, "migration %s: ", file);
  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Returns: (transfer full) (nullable): the files of a folder, in their order */
static GStrv
list_files (const char  *kind,
            GError     **error)
{
  g_autofree char *folder = make_path (kind);
  GStrv files = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (files != NULL)
    qsort (files, g_strv_length (files), sizeof *files, compare_names);
  return files;
}

/** sm_schema_check: Returns: FALSE with "storage-newer" when this program does not know it yet */
gboolean
sm_schema_check (SmConnection  *connection,
                 const char    *kind,
                 GError       **error)
{
  gint64 version = sm_schema_get_version (connection, error), newest;
  g_auto (GStrv) files = version < 0 ? NULL : list_files (kind, error);

  if (files == NULL)
    return FALSE;
  newest = g_ascii_strtoll (files[g_strv_length (files) - 1], NULL, 10);
  if (version <= newest)
    return TRUE;
  sm_set_error (error, SM_ERROR_CORRUPT, "storage-newer",
                "the database has version %" G_GINT64_FORMAT ", this program knows %" G_GINT64_FORMAT,
                version, newest);
  return FALSE;
}

/**
 * sm_schema_migrate:
 * @kind: "service" or "outbox": the folder of migrations
 *
 * Brings the database up to date.  One that is newer than this program is left
 * alone: an error with the slug "storage-newer".
 */
gboolean
sm_schema_migrate (SmConnection  *connection,
                   const char    *kind,
                   GError       **error)
{
  g_auto (GStrv) files = list_files (kind, error);
  gint64 version;

  if (files == NULL)
    return FALSE;
  version = sm_schema_get_version (connection, error);
  if (version < 0)
    return FALSE;
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *file = g_strconcat (kind, "/", files[i], NULL);
      gint64 number = g_ascii_strtoll (files[i], NULL, 10);

      if (number > version && !apply_one (connection, file, number, error))
        return FALSE;
    }
  return sm_schema_check (connection, kind, error);
}
