/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-rollup-table.h"

#include "sm-statement.h"
#include "sm-time.h"

static const struct
{
  const char *name;
  const char *of;     /* the column of of_id */
  const char *noun;   /* whose row says who may see it */
  const char *period;
  gboolean has_hour;
} tables[SM_ROLLUP_N_TABLES] = {
  { "station_hour", "station_id", "station", "business_day", TRUE },
  { "station_day", "station_id", "station", "business_day", FALSE },
  { "station_month", "station_id", "station", "month", FALSE },
  { "fleet_day", "fleet_id", "fleet", "business_day", FALSE },
};

#define SUMS "count, attempts, completed, energy_wh, amount_minor, wait_ms, duration_ms"

const char *
sm_rollup_table_name (SmRollupTable table)
{
  return tables[table].name;
}

/* --- writing --- */

static char *
make_add (SmRollupTable table)
{
  const char *hour = tables[table].has_hour ? ", hour" : "";
  const char *place = tables[table].has_hour ? ", ?" : "";

  return g_strdup_printf (
      "INSERT INTO %s (" SUMS ", %s, kind, %s%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?%s) "
      "ON CONFLICT DO UPDATE SET count = count + excluded.count, "
      "attempts = attempts + excluded.attempts, completed = completed + excluded.completed, "
      "energy_wh = energy_wh + excluded.energy_wh, "
      "amount_minor = amount_minor + excluded.amount_minor, "
      "wait_ms = wait_ms + excluded.wait_ms, duration_ms = duration_ms + excluded.duration_ms",
      tables[table].name, tables[table].of, tables[table].period, hour, place);
}

static const char *
add_sql (SmRollupTable table)
{
  static gsize texts[SM_ROLLUP_N_TABLES];

  if (g_once_init_enter (&texts[table]))
    g_once_init_leave (&texts[table], (gsize) make_add (table));
  return (const char *) texts[table];
}

/** sm_rollup_add: Adds to the row of its key, which is made when there is none. */
gboolean
sm_rollup_add (SmConnection    *connection,
               SmRollupTable    table,
               const SmRollup  *rollup,
               GError         **error)
{
  const gint64 values[] = { rollup->count, rollup->attempts, rollup->completed, rollup->energy_wh,
                            rollup->amount_minor, rollup->wait_ms, rollup->duration_ms,
                            rollup->of_id };
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, add_sql (table), error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_ints (statement, values, G_N_ELEMENTS (values));
  sm_statement_bind_text (statement, 8, rollup->kind);
  sm_statement_bind_int (statement, 9, rollup->period);
  if (tables[table].has_hour)
    sm_statement_bind_int (statement, 10, rollup->hour);
  return sm_statement_run (statement, error);
}

static gboolean
run_with (SmConnection  *connection,
          const char    *sql,
          gint64         param,
          GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, param);
  return sm_statement_run (statement, error);
}

/** sm_rollup_prune_hours: Deletes the hours of the days before @before_day. */
gboolean
sm_rollup_prune_hours (SmConnection  *connection,
                       gint64         before_day,
                       GError       **error)
{
  return run_with (connection, "DELETE FROM station_hour WHERE business_day < ?1", before_day,
                   error);
}

/** sm_area_quarter_add: Like sm_rollup_add(). */
gboolean
sm_area_quarter_add (SmConnection         *connection,
                     const SmAreaQuarter  *quarter,
                     GError              **error)
{
  const gint64 values[] = { quarter->start, quarter->area_id, quarter->operator_id,
                            quarter->energy_wh, quarter->covered_us, quarter->stations };
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "INSERT INTO area_quarter (start, area_id, operator_id, energy_wh, covered_us, stations) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
      "energy_wh = energy_wh + excluded.energy_wh, covered_us = covered_us + excluded.covered_us, "
      "stations = stations + excluded.stations",
      error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_ints (statement, values, G_N_ELEMENTS (values));
  return sm_statement_run (statement, error);
}

/** sm_area_quarter_prune: Deletes the quarters that began before @before. */
gboolean
sm_area_quarter_prune (SmConnection  *connection,
                       gint64         before,
                       GError       **error)
{
  return run_with (connection, "DELETE FROM area_quarter WHERE start < ?1", before, error);
}

gboolean
sm_station_meter_put (SmConnection          *connection,
                      const SmStationMeter  *meter,
                      GError               **error)
{
  const gint64 values[] = { meter->station_id, meter->at, meter->meter_wh, meter->quarter,
                            meter->missed_wh };
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection,
      "INSERT OR REPLACE INTO station_meter (station_id, at, meter_wh, quarter, missed_wh) "
      "VALUES (?, ?, ?, ?, ?)",
      error);

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_ints (statement, values, G_N_ELEMENTS (values));
  return sm_statement_run (statement, error);
}

/* --- reading --- */

/* Steps through @statement, of which @read makes one element each. */
static GArray *
read_all (SmStatement  *statement,
          guint         size,
          void        (*read) (SmStatement *statement, gpointer element),
          GError      **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, size);
  gboolean has_row;

  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&found);
      g_array_set_size (found, found->len + 1);
      read (statement, found->data + (gsize) (found->len - 1) * size);
    }
  return NULL;
}

static void
read_rollup (SmStatement *statement,
             gpointer     element)
{
  SmRollup *rollup = element;

  rollup->count = sm_statement_get_int (statement, 0);
  rollup->attempts = sm_statement_get_int (statement, 1);
  rollup->completed = sm_statement_get_int (statement, 2);
  rollup->energy_wh = sm_statement_get_int (statement, 3);
  rollup->amount_minor = sm_statement_get_int (statement, 4);
  rollup->wait_ms = sm_statement_get_int (statement, 5);
  rollup->duration_ms = sm_statement_get_int (statement, 6);
  rollup->of_id = sm_statement_get_int (statement, 7);
  rollup->kind = g_intern_string (sm_statement_get_text (statement, 8));
  rollup->period = sm_statement_get_int (statement, 9);
  rollup->hour = sm_statement_get_int (statement, 10);
}

/* Binds what every query over a range of time has: ?1 to ?5, and runs it. */
static GArray *
read_range (SmConnection   *connection,
            const char     *sql,
            const SmScope  *scope,
            const gint64    range[3],
            guint           limit,
            guint           size,
            void          (*read) (SmStatement *statement, gpointer element),
            GError        **error)
{
  g_autofree char *ids = sm_scope_ids_to_text (scope);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  sm_statement_bind_ints (statement, range, 3);
  sm_statement_bind_text (statement, 3, ids);
  sm_statement_bind_int (statement, 4, limit);
  return read_all (statement, size, read, error);
}

/* Who may see a station or fleet as it is now sees what it did. */
static void
append_scope (GString       *sql,
              SmRollupTable  table,
              const SmScope *scope)
{
  static const char *const columns[] = { NULL, "operator_id", "area_id", "fleet_id" };

  if (scope->kind == SM_SCOPE_FLEETS && table == SM_ROLLUP_FLEET_DAY)
    g_string_append (sql, " AND fleet_id IN (SELECT value FROM json_each (?4))");
  else if (scope->kind != SM_SCOPE_ALL)
    g_string_append_printf (sql,
                            " AND %s IN (SELECT id FROM %s WHERE %s IN "
                            "(SELECT value FROM json_each (?4)))",
                            tables[table].of, tables[table].noun, columns[scope->kind]);
}

/* The SQL of sm_rollup_read(). */
char *
sm_rollup_read_sql (SmRollupTable  table,
                    const SmScope *scope,
                    gboolean       of_one)
{
  GString *sql = g_string_new (NULL);
  const char *period = tables[table].period;

  g_string_append_printf (sql, "SELECT " SUMS ", %s, kind, %s, %s FROM %s WHERE ", tables[table].of,
                          period, tables[table].has_hour ? "hour" : "0", tables[table].name);
  if (of_one)
    g_string_append_printf (sql, "%s = ?3 AND kind IN ('charge', 'site', 'swap') AND ",
                            tables[table].of);
  g_string_append_printf (sql, "%s BETWEEN ?1 AND ?2", period);
  append_scope (sql, table, scope);
  g_string_append_printf (sql, " ORDER BY %s%s LIMIT ?5", period,
                          tables[table].has_hour ? ", hour" : "");
  return g_string_free (sql, FALSE);
}

/**
 * sm_rollup_read:
 * @of_id: a station or fleet; 0: all that @scope has
 * @from: the first day or month
 * @to: the last one
 *
 * Returns: (transfer full) (nullable): at most @limit SmRollup, by rising time
 */
GArray *
sm_rollup_read (SmConnection   *connection,
                SmRollupTable   table,
                const SmScope  *scope,
                gint64          of_id,
                gint64          from,
                gint64          to,
                guint           limit,
                GError        **error)
{
  g_autofree char *sql = sm_rollup_read_sql (table, scope, of_id != 0);

  return read_range (connection, sql, scope, (const gint64[]){ from, to, of_id }, limit,
                     sizeof (SmRollup), read_rollup, error);
}

/**
 * sm_rollup_read_usual:
 * @days: a JSON array of days, yyyymmdd
 * @hour: of the day
 *
 * Returns: (transfer full) (nullable): an SmRollup for each station and kind:
 *   the sums over that hour of those days
 */
GArray *
sm_rollup_read_usual (SmConnection  *connection,
                      const char    *days,
                      gint64         hour,
                      GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, SM_ROLLUP_USUAL_SQL, error);

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, days);
  sm_statement_bind_int (statement, 1, hour);
  return read_all (statement, sizeof (SmRollup), read_rollup, error);
}

static void
read_quarter (SmStatement *statement,
              gpointer     element)
{
  SmAreaQuarter *quarter = element;

  quarter->start = sm_statement_get_int (statement, 0);
  quarter->area_id = sm_statement_get_int (statement, 1);
  quarter->operator_id = sm_statement_get_int (statement, 2);
  quarter->energy_wh = sm_statement_get_int (statement, 3);
  quarter->covered_us = sm_statement_get_int (statement, 4);
  quarter->stations = sm_statement_get_int (statement, 5);
}

/* The SQL of sm_area_quarter_read(). */
char *
sm_area_quarter_sql (const SmScope *scope,
                     gboolean       of_one)
{
  GString *sql = g_string_new ("SELECT start, area_id, operator_id, energy_wh, covered_us, stations "
                               "FROM area_quarter WHERE start >= ?1 AND start < ?2");

  if (of_one)
    g_string_append (sql, " AND area_id = ?3");
  if (scope->kind == SM_SCOPE_OPERATOR)
    g_string_append (sql, " AND operator_id IN (SELECT value FROM json_each (?4))");
  else if (scope->kind == SM_SCOPE_AREAS)
    g_string_append (sql, " AND area_id IN (SELECT value FROM json_each (?4))");
  else if (scope->kind == SM_SCOPE_FLEETS) /* no area is a fleet's */
    g_string_append (sql, " AND ?4 IS NULL");
  g_string_append (sql, " ORDER BY start LIMIT ?5");
  return g_string_free (sql, FALSE);
}

/** sm_area_quarter_read: Like sm_rollup_read(): SmAreaQuarter from @from to before @to. */
GArray *
sm_area_quarter_read (SmConnection   *connection,
                      const SmScope  *scope,
                      gint64          area_id,
                      gint64          from,
                      gint64          to,
                      guint           limit,
                      GError        **error)
{
  g_autofree char *sql = sm_area_quarter_sql (scope, area_id != 0);

  return read_range (connection, sql, scope, (const gint64[]){ from, to, area_id }, limit,
                     sizeof (SmAreaQuarter), read_quarter, error);
}

static void
read_meter (SmStatement *statement,
            gpointer     element)
{
  SmStationMeter *meter = element;

  meter->station_id = sm_statement_get_int (statement, 0);
  meter->at = sm_statement_get_int (statement, 1);
  meter->meter_wh = sm_statement_get_int (statement, 2);
  meter->quarter = sm_statement_get_int (statement, 3);
  meter->missed_wh = sm_statement_get_int (statement, 4);
}

/** sm_station_meter_list: Returns: (transfer full) (nullable): all of them (SmStationMeter) */
GArray *
sm_station_meter_list (SmConnection  *connection,
                       GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection, "SELECT station_id, at, meter_wh, quarter, missed_wh FROM station_meter", error);

  return statement != NULL ? read_all (statement, sizeof (SmStationMeter), read_meter, error)
                           : NULL;
}
