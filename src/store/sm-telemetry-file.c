/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-telemetry-file.h"

#include "sm-bound.h"
#include "sm-error.h"
#include "sm-statement.h"

#include <glib/gstdio.h>

/* By hour first: an hour is written, and forgotten, as a whole. */
#define SCHEMA \
  "PRAGMA synchronous = OFF;" \
  "CREATE TABLE IF NOT EXISTS samples (hour INTEGER, noun INTEGER, id INTEGER, data BLOB NOT NULL," \
  " PRIMARY KEY (hour, noun, id)) STRICT, WITHOUT ROWID;" \
  "CREATE TABLE IF NOT EXISTS quarters (hour INTEGER, noun INTEGER, id INTEGER," \
  " data BLOB NOT NULL, PRIMARY KEY (hour, noun, id)) STRICT, WITHOUT ROWID;" \
  "CREATE TABLE IF NOT EXISTS alarm_was (id INTEGER PRIMARY KEY, epoch TEXT NOT NULL," \
  " alarm_id INTEGER NOT NULL, until INTEGER NOT NULL, was BLOB NOT NULL) STRICT;" \
  "CREATE INDEX IF NOT EXISTS alarm_was_by_alarm ON alarm_was (alarm_id, id);" \
  "CREATE INDEX IF NOT EXISTS alarm_was_by_time ON alarm_was (until);"

static const char *const tables[] = { "samples", "quarters" };

static SmConnection *
open_once (const char  *path,
           GError     **error)
{
  g_autoptr (SmConnection) connection = sm_connection_open (path, SM_OPEN_READ_WRITE, error);

  if (connection == NULL || !sm_connection_exec (connection, SCHEMA, error))
    return NULL;
  return g_steal_pointer (&connection);
}

/** sm_telemetry_file_open: Opens the file; one that cannot be used is replaced by an empty one. */
SmConnection *
sm_telemetry_file_open (const char  *path,
                        GError     **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autoptr (GError) first_error = NULL;
  SmConnection *connection = open_once (path, &first_error);

  if (connection != NULL)
    return connection;
  if (!g_error_matches (first_error, SM_ERROR, SM_ERROR_FULL))
    {
      g_message ("The telemetry is lost, and begins anew: %s", first_error->message);
      for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
        {
          g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

          g_unlink (name);
        }
    }
  return open_once (path, error);
}

/** sm_telemetry_file_add: Puts @data behind what there is of that hour. */
gboolean
sm_telemetry_file_add (SmConnection      *connection,
                       SmTelemetryTable   table,
                       gint64             noun,
                       gint64             id,
                       gint64             hour,
                       gconstpointer      data,
                       gsize              length,
                       GError           **error)
{
  static const char *const sql[] = {
    "INSERT INTO samples (hour, noun, id, data) VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET data = CAST(data || excluded.data AS BLOB)",
    "INSERT INTO quarters (hour, noun, id, data) VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET data = CAST(data || excluded.data AS BLOB)",
  };
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql[table], error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, hour);
  sm_statement_bind_int (statement, 1, noun);
  sm_statement_bind_int (statement, 2, id);
  sm_statement_bind_blob (statement, 3, data, length);
  return sm_statement_run (statement, error);
}

/** sm_telemetry_file_read: Returns: (transfer full) (nullable): of GBytes, by hour */
GPtrArray *
sm_telemetry_file_read (SmConnection      *connection,
                        SmTelemetryTable   table,
                        gint64             noun,
                        gint64             id,
                        gint64             from_hour,
                        gint64             to_hour,
                        GError           **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autofree char *sql =
      g_strdup_printf ("SELECT data FROM %s WHERE hour = ? AND noun = ? AND id = ?", tables[table]);

  for (gint64 hour = from_hour; hour <= to_hour; hour++)
    {
      g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
      gboolean has_row;

      if (statement == NULL)
        return NULL;
      sm_statement_bind_int (statement, 0, hour);
      sm_statement_bind_int (statement, 1, noun);
      sm_statement_bind_int (statement, 2, id);
      if (!sm_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        {
          gsize length;
          gconstpointer data = sm_statement_get_blob (statement, 0, &length);

          g_ptr_array_add (found, g_bytes_new (data, length));
        }
    }
  return g_steal_pointer (&found);
}

/** sm_telemetry_file_prune: Forgets what is older than @before_hour. */
gboolean
sm_telemetry_file_prune (SmConnection      *connection,
                         SmTelemetryTable   table,
                         gint64             before_hour,
                         GError           **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE hour < ?", tables[table]);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, before_hour);
  return sm_statement_run (statement, error);
}

/** sm_telemetry_file_forget: Forgets those of a kind whose id is above @above_id. */
gboolean
sm_telemetry_file_forget (SmConnection  *connection,
                          gint64         noun,
                          gint64         above_id,
                          GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("DELETE FROM %s WHERE noun = ? AND id > ?", tables[i]);
      g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

      if (statement == NULL)
        return FALSE;
      sm_statement_bind_int (statement, 0, noun);
      sm_statement_bind_int (statement, 1, above_id);
      if (!sm_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/** sm_telemetry_file_add_was: Notes what an alarm was before a change at @at. */
gboolean
sm_telemetry_file_add_was (SmConnection  *connection,
                           const char    *epoch,
                           gint64         alarm_id,
                           gint64         at,
                           GBytes        *was,
                           GError       **error)
{
  return sm_bound_run (connection, error,
                       "INSERT INTO alarm_was (epoch, alarm_id, until, was) VALUES (?, ?, ?, ?)",
                       "tiib", epoch, alarm_id, at, was);
}

/** sm_telemetry_file_each_was: Calls @func for each change of an alarm, oldest first. */
gboolean
sm_telemetry_file_each_was (SmConnection  *connection,
                            const char    *epoch,
                            gint64         alarm_id,
                            SmWasFunc      func,
                            gpointer       user_data,
                            GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (
      connection, error,
      "SELECT until, was FROM alarm_was WHERE alarm_id = ? AND epoch = ? ORDER BY id", "it",
      alarm_id, epoch);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (sm_statement_step (statement, &has_row, error))
    {
      gconstpointer data;
      gsize length;

      if (!has_row)
        return TRUE;
      data = sm_statement_get_blob (statement, 1, &length);
      func (sm_statement_get_int (statement, 0), data, length, user_data);
    }
  return FALSE;
}

/** sm_telemetry_file_prune_was: Forgets the changes before @before. */
gboolean
sm_telemetry_file_prune_was (SmConnection  *connection,
                             gint64         before,
                             GError       **error)
{
  return sm_bound_run (connection, error, "DELETE FROM alarm_was WHERE until < ?", "i", before);
}
