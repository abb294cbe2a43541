/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-aside.h"

#include "sm-statement.h"

/*
 * The indices of history by thing.  Each row of the past lands on another page
 * of them, so that a long past costs less without: they are put aside, and made
 * from the sorted whole when it is written.  What is aside stands in the
 * database, in the transaction that dropped it; who opens it next brings it
 * back.  The indices by time only grow at their end, and stay.
 */
static const char *const names[] = {
  "order_by_station", "order_by_vehicle", "order_by_fleet",
  "battery_movement_by_battery", "battery_movement_by_station", "battery_movement_by_vehicle",
  "driving_event_by_vehicle", "driving_event_by_fleet",
};

static gboolean
put_one (SmConnection  *connection,
         const char    *name,
         GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "INSERT INTO index_aside (name, sql) "
      "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND name = ?1",
      error);
  g_autofree char *drop = g_strdup_printf ("DROP INDEX IF EXISTS %s", name);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, name);
  return sm_statement_run (statement, error) && sm_connection_exec (connection, drop, error);
}

/** sm_aside_put: In a transaction: drops the indices, and remembers how they are made. */
gboolean
sm_aside_put (SmConnection  *connection,
              GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!put_one (connection, names[i], error))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): how the first is made; NULL without @error: none is aside */
static char *
first_aside (SmConnection  *connection,
             char         **out_name,
             GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection, "SELECT name, sql FROM index_aside ORDER BY name LIMIT 1", error);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error) || !has_row)
    return NULL;
  *out_name = g_strdup (sm_statement_get_text (statement, 0));
  return g_strdup (sm_statement_get_text (statement, 1));
}

/**
 * sm_aside_back:
 * @out_more: whether one was brought back, and there may be another
 *
 * In a transaction: makes one of the indices that are aside.
 */
gboolean
sm_aside_back (SmConnection  *connection,
               gboolean      *out_more,
               GError       **error)
{
  g_autoptr (SmStatement) statement = NULL;
  g_autoptr (GError) own_error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sql = first_aside (connection, &name, &own_error);

  *out_more = sql != NULL;
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (sql == NULL)
    return TRUE;
  if (!sm_connection_exec (connection, sql, error))
    return FALSE;
  statement = sm_connection_prepare (connection, "DELETE FROM index_aside WHERE name = ?1", error);
  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, name);
  return sm_statement_run (statement, error);
}
