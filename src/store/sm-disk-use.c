/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-disk-use.h"

#include "sm-statement.h"
#include "sm-time.h"

#define LOOK_BACK (7 * SM_DAY)

/** sm_disk_use_list: Returns: (nullable): the tables that are ours, by name */
GStrv
sm_disk_use_list (SmConnection  *connection,
                  GError       **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "ORDER BY name",
      error);
  gboolean has_row = statement != NULL;

  while (has_row)
    {
      if (!sm_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (names, sm_statement_get_text (statement, 0));
    }
  return statement != NULL ? g_strv_builder_end (names) : NULL;
}

/* Reads one row of @n numbers; what is NULL is 0. */
static gboolean
read_numbers (SmConnection  *connection,
              const char    *sql,
              gint64         since,
              gint64        *numbers,
              int            n,
              GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  if (since != 0)
    sm_statement_bind_int (statement, 0, since);
  if (!sm_statement_step (statement, &has_row, error))
    return FALSE;
  for (int i = 0; i < n; i++)
    numbers[i] = has_row ? sm_statement_get_int (statement, i) : 0;
  return TRUE;
}

/* The column as microseconds. */
static char *
dup_moment (const char   *column,
            SmDiskMoment  moment)
{
  switch (moment)
    {
    case SM_DISK_MICROSECONDS:
      return g_strdup (column);
    case SM_DISK_HOURS:
      return g_strdup_printf ("%s * 3600000000", column);
    case SM_DISK_DAYS:
      return g_strdup_printf ("unixepoch (printf ('%%d-%%02d-%%02d', %1$s / 10000, %1$s / 100 %% 100, "
                              "%1$s %% 100)) * 1000000", column);
    case SM_DISK_MONTHS:
      return g_strdup_printf ("unixepoch (printf ('%%d-%%02d-01', %1$s / 100, %1$s %% 100)) * 1000000",
                              column);
    default:
      g_assert_not_reached ();
    }
}

/* For how long one row stands, at least. */
static gint64
get_unit (SmDiskMoment moment)
{
  static const gint64 units[] = { [SM_DISK_MICROSECONDS] = SM_SECOND,
                                  [SM_DISK_HOURS] = SM_HOUR,
                                  [SM_DISK_DAYS] = SM_DAY,
                                  [SM_DISK_MONTHS] = 31 * SM_DAY };

  return units[moment];
}

/* A table that is younger than a week is taken as it was since it began, though never for
 * less than an hour: nobody extrapolates from a minute. */
static gboolean
read_pace (SmConnection  *connection,
           const char    *table,
           const char    *at,
           gint64         unit,
           SmDiskUse     *use,
           GError       **error)
{
  g_autofree char *ends = g_strdup_printf ("SELECT min (%s), max (%s) FROM \"%s\"", at, at, table);
  g_autofree char *recent
      = g_strdup_printf ("SELECT count(*) FROM \"%s\" WHERE %s >= ?1", table, at);
  gint64 times[2], from, count;

  if (!read_numbers (connection, ends, 0, times, 2, error))
    return FALSE;
  if (times[1] == SM_UNKNOWN || times[1] == 0) /* nothing has been added yet */
    return TRUE;
  from = MAX (times[0], times[1] - MAX (LOOK_BACK - unit, 0));
  if (!read_numbers (connection, recent, from, &count, 1, error))
    return FALSE;
  use->rows_a_day = (double) count * SM_DAY / MAX (times[1] - from + unit, SM_HOUR);
  return TRUE;
}

/**
 * sm_disk_use_read:
 * @column: (nullable): when a row was added; NULL: of a table that does not grow by itself
 *
 * Reads the whole file, by the way SQLite has for that.
 */
gboolean
sm_disk_use_read (SmConnection  *connection,
                  const char    *table,
                  const char    *column,
                  SmDiskMoment   moment,
                  SmDiskUse     *out_use,
                  GError       **error)
{
  g_autofree char *size = g_strdup_printf (
      "SELECT sum (pgsize), (SELECT count(*) FROM \"%1$s\") FROM dbstat WHERE aggregate = TRUE AND name IN "
      "(SELECT name FROM sqlite_schema WHERE tbl_name = '%1$s')", table);
  g_autofree char *at = column != NULL ? dup_moment (column, moment) : NULL;
  gint64 numbers[2];

  *out_use = (SmDiskUse){ 0 };
  if (!read_numbers (connection, size, 0, numbers, 2, error))
    return FALSE;
  out_use->bytes = numbers[0];
  out_use->rows = numbers[1];
  return at == NULL || read_pace (connection, table, at, get_unit (moment), out_use, error);
}
