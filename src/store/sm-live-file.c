/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-live-file.h"

#include "sm-error.h"
#include "sm-record-table.h"
#include "sm-statement.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

static const char *
type_of (SmKind kind)
{
  switch (kind)
    {
    case SM_KIND_REAL:
      return "REAL";
    case SM_KIND_TEXT:
    case SM_KIND_ENUM:
    case SM_KIND_NAME:
      return "TEXT";
    default:
      return "INTEGER";
    }
}

/* Nobody migrates this file: the tables are what the field tables say today. */
static char *
make_schema (void)
{
  GString *sql = g_string_new ("BEGIN;");

  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);

      if (!sm_noun_has_live (noun))
        continue;
      g_string_append_printf (sql, "CREATE TABLE IF NOT EXISTS %s_live (id INTEGER PRIMARY KEY",
                              noun->name);
      for (guint f = 0; f < noun->n_fields; f++)
        if (noun->fields[f].klass == SM_LIVE)
          g_string_append_printf (sql, ", \"%s\" %s", noun->fields[f].name,
                                  type_of (noun->fields[f].kind));
      g_string_append (sql, ") STRICT;");
    }
  g_string_append (sql, "COMMIT;");
  return g_string_free (sql, FALSE);
}

static char *
select_sql (const SmNoun *noun)
{
  g_autofree char *columns = sm_record_columns (noun, SM_LIVE, NULL);

  return g_strdup_printf ("SELECT %s FROM %s_live", columns, noun->name);
}

static gboolean
has_our_columns (SmConnection  *connection,
                 GError       **error)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    {
      const SmNoun *noun = sm_noun_get (n);
      g_autofree char *sql = select_sql (noun);
      g_autoptr (SmStatement) statement = NULL;

      if (!sm_noun_has_live (noun))
        continue;
      statement = sm_connection_prepare (connection, sql, error);
      if (statement == NULL)
        return FALSE;
    }
  return TRUE;
}

static SmConnection *
open_once (const char  *path,
           GError     **error)
{
  g_autoptr (SmConnection) connection = sm_connection_open (path, SM_OPEN_READ_WRITE, error);
  g_autofree char *schema = make_schema ();

  if (connection == NULL
      || !sm_connection_exec (connection, "PRAGMA synchronous = OFF", error)
      || !sm_connection_exec (connection, schema, error)
      || !has_our_columns (connection, error))
    return NULL;
  return g_steal_pointer (&connection);
}

/** sm_live_file_remove: Forgets what was said last. */
void
sm_live_file_remove (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      g_unlink (name);
    }
}

/** sm_live_file_open: Opens the file; one that cannot be used is replaced by an empty one. */
SmConnection *
sm_live_file_open (const char  *path,
                   GError     **error)
{
  g_autoptr (GError) first_error = NULL;
  SmConnection *connection = open_once (path, &first_error);

  if (connection != NULL)
    return connection;
  if (!g_error_matches (first_error, SM_ERROR, SM_ERROR_FULL))
    {
      g_info ("The last live values are lost: %s", first_error->message);
      sm_live_file_remove (path);
    }
  return open_once (path, error);
}

/** sm_live_file_load: Returns: (transfer full) (nullable): every live row of @noun, by id */
GPtrArray *
sm_live_file_load (SmConnection  *connection,
                   const SmNoun  *noun,
                   GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autofree char *sql = select_sql (noun);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      SmRow *row;
      int index = 0;

      if (!has_row)
        return g_steal_pointer (&rows);
      row = sm_row_new (noun);
      g_ptr_array_add (rows, row);
      sm_record_read (statement, &index, row, SM_LIVE);
    }
  return NULL;
}
