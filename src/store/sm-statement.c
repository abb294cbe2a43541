/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-statement.h"

#include "sm-statement-private.h"
#include "sm-time.h"

#include <math.h>

void
sm_statement_bind_int (SmStatement *self,
                       int          index,
                       gint64       value)
{
  if (value == SM_UNKNOWN)
    sqlite3_bind_null (self->stmt, index + 1);
  else
    sqlite3_bind_int64 (self->stmt, index + 1, value);
}

/** sm_statement_bind_ints: Binds the first @n parameters. */
void
sm_statement_bind_ints (SmStatement  *self,
                        const gint64 *values,
                        guint         n)
{
  for (guint i = 0; i < n; i++)
    sm_statement_bind_int (self, (int) i, values[i]);
}

void
sm_statement_bind_real (SmStatement *self,
                        int          index,
                        double       value)
{
  if (isnan (value))
    sqlite3_bind_null (self->stmt, index + 1);
  else
    sqlite3_bind_double (self->stmt, index + 1, value);
}

/** sm_statement_bind_text: @value: (nullable): copied */
void
sm_statement_bind_text (SmStatement *self,
                        int          index,
                        const char  *value)
{
  sqlite3_bind_text (self->stmt, index + 1, value, -1, SQLITE_TRANSIENT);
}

/** sm_statement_bind_blob: @data: copied */
void
sm_statement_bind_blob (SmStatement   *self,
                        int            index,
                        gconstpointer  data,
                        gsize          length)
{
  sqlite3_bind_blob64 (self->stmt, index + 1, data, length, SQLITE_TRANSIENT);
}

void
sm_statement_bind_null (SmStatement *self,
                        int          index)
{
  sqlite3_bind_null (self->stmt, index + 1);
}

/** sm_statement_bind_field: Binds a row's field by its kind. */
void
sm_statement_bind_field (SmStatement *self,
                         int          index,
                         const SmRow *row,
                         guint        field)
{
  switch (sm_row_get_noun (row)->fields[field].kind)
    {
    case SM_KIND_INT:
    case SM_KIND_BOOL:
    case SM_KIND_TIME:
      sm_statement_bind_int (self, index, sm_row_get_int (row, field));
      break;
    case SM_KIND_REAL:
      sm_statement_bind_real (self, index, sm_row_get_real (row, field));
      break;
    case SM_KIND_TEXT:
    case SM_KIND_ENUM:
    case SM_KIND_NAME:
      sm_statement_bind_text (self, index, sm_row_get_text (row, field));
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * sm_statement_step:
 * @out_has_row: (out): whether there is a row to read
 *
 * Returns: FALSE with an error when the statement failed
 */
gboolean
sm_statement_step (SmStatement  *self,
                   gboolean     *out_has_row,
                   GError      **error)
{
  int rc = sqlite3_step (self->stmt);

  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      sm_connection_set_error (self->connection, rc, sqlite3_sql (self->stmt), error);
      return FALSE;
    }
  *out_has_row = rc == SQLITE_ROW;
  return TRUE;
}

/** sm_statement_run: Runs a statement that gives no rows. */
gboolean
sm_statement_run (SmStatement  *self,
                  GError      **error)
{
  gboolean has_row;

  return sm_statement_step (self, &has_row, error);
}

gboolean
sm_statement_is_null (SmStatement *self,
                      int          index)
{
  return sqlite3_column_type (self->stmt, index) == SQLITE_NULL;
}

/** sm_statement_get_int: Returns: the column; %SM_UNKNOWN for NULL */
gint64
sm_statement_get_int (SmStatement *self,
                      int          index)
{
  return sm_statement_is_null (self, index) ? SM_UNKNOWN : sqlite3_column_int64 (self->stmt, index);
}

/** sm_statement_get_real: Returns: the column; NAN for NULL */
double
sm_statement_get_real (SmStatement *self,
                       int          index)
{
  return sm_statement_is_null (self, index) ? NAN : sqlite3_column_double (self->stmt, index);
}

/** sm_statement_get_text: Returns: (transfer none) (nullable): valid until the next step */
const char *
sm_statement_get_text (SmStatement *self,
                       int          index)
{
  return (const char *) sqlite3_column_text (self->stmt, index);
}

/** sm_statement_get_blob: Returns: (transfer none) (nullable): valid until the next step */
gconstpointer
sm_statement_get_blob (SmStatement *self,
                       int          index,
                       gsize       *out_length)
{
  gconstpointer blob = sqlite3_column_blob (self->stmt, index);

  *out_length = (gsize) sqlite3_column_bytes (self->stmt, index);
  return blob;
}

/** sm_statement_get_field: Reads a column into a row's field, by its kind. */
void
sm_statement_get_field (SmStatement *self,
                        int          index,
                        SmRow       *row,
                        guint        field)
{
  switch (sm_row_get_noun (row)->fields[field].kind)
    {
    case SM_KIND_INT:
    case SM_KIND_BOOL:
    case SM_KIND_TIME:
      sm_row_set_int (row, field, sm_statement_get_int (self, index));
      break;
    case SM_KIND_REAL:
      sm_row_set_real (row, field, sm_statement_get_real (self, index));
      break;
    case SM_KIND_TEXT:
    case SM_KIND_ENUM:
    case SM_KIND_NAME:
      sm_row_set_text (row, field, sm_statement_get_text (self, index));
      break;
    default:
      g_assert_not_reached ();
    }
}

/** sm_statement_reset: Gives the statement back to its connection. */
void
sm_statement_reset (SmStatement *self)
{
  sqlite3_reset (self->stmt);
  sqlite3_clear_bindings (self->stmt);
  self->busy = FALSE;
}
