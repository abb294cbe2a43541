/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-cache-reader.h"

#include "sm-error.h"
#include "sm-record-table.h"
#include "sm-statement.h"
#include "sm-time.h"
#include "sm-world.h"

#include <math.h>
#include <string.h>

/** sm_cache_read_begin: What is read until sm_cache_read_end() is of one moment. */
gboolean
sm_cache_read_begin (SmConnection  *connection,
                     GError       **error)
{
  return sm_connection_exec (connection, "BEGIN", error);
}

void
sm_cache_read_end (SmConnection *connection)
{
  sm_connection_rollback (connection);
}

/** sm_cache_read_all: Returns: (transfer full) (nullable): every row of a noun, with live fields */
GPtrArray *
sm_cache_read_all (SmConnection  *connection,
                   const SmNoun  *noun,
                   GError       **error)
{
  return sm_record_select (connection, noun, TRUE, "ORDER BY r.id LIMIT 200000", SM_UNKNOWN,
                           error);
}

/** sm_cache_read_open_alarms: Returns: (transfer full) (nullable): alarms that are not over */
GPtrArray *
sm_cache_read_open_alarms (SmConnection  *connection,
                           GError       **error)
{
  /* By names instead of <> 'normal', so that the index serves; a state that
   * this version does not know is open. */
  return sm_record_select (connection, sm_noun_get (SM_NOUN_ALARM), TRUE,
                           "WHERE r.state < 'normal' OR r.state > 'normal' LIMIT 20000",
                           SM_UNKNOWN, error);
}

/** sm_cache_read_open_work_orders: Returns: (transfer full) (nullable): those about which something is to be done */
GPtrArray *
sm_cache_read_open_work_orders (SmConnection  *connection,
                                GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_WORK_ORDER), TRUE,
                           "WHERE r.state NOT IN ('confirmed', 'cancelled') LIMIT 20000",
                           SM_UNKNOWN, error);
}

/** sm_cache_read_work_orders_since: Returns: (transfer full) (nullable): those that were made from @from on */
GPtrArray *
sm_cache_read_work_orders_since (SmConnection  *connection,
                                 gint64         from,
                                 GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_WORK_ORDER), TRUE,
                           "WHERE r.created_at >= ? LIMIT 50000", from, error);
}

/** sm_cache_read_of_station: Returns: (transfer full) (nullable): the piles, say, of a station */
GPtrArray *
sm_cache_read_of_station (SmConnection  *connection,
                          const SmNoun  *noun,
                          gint64         station_id,
                          GError       **error)
{
  return sm_record_select (connection, noun, TRUE,
                           "WHERE r.station_id = ? ORDER BY r.id LIMIT 5000", station_id, error);
}

/** sm_cache_read_guidances: Returns: (transfer full) (nullable): of trucks that came to a station, the newest first */
GPtrArray *
sm_cache_read_guidances (SmConnection  *connection,
                         gint64         station_id,
                         GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_GUIDANCE), TRUE,
                           "WHERE r.from_station_id = ? ORDER BY r.id DESC LIMIT 200", station_id,
                           error);
}

/** sm_cache_read_commands: Returns: (transfer full) (nullable): to one thing, the newest first */
GPtrArray *
sm_cache_read_commands (SmConnection  *connection,
                        const SmNoun  *noun,
                        gint64         id,
                        GError       **error)
{
  g_autoptr (GPtrArray) commands = sm_record_select (
      connection, sm_noun_get (SM_NOUN_COMMAND), TRUE,
      "WHERE r.target_id = ? ORDER BY r.id DESC LIMIT 200", id, error);

  for (guint i = 0; commands != NULL && i < commands->len;)
    if (g_strcmp0 (sm_row_get_text (commands->pdata[i], SM_COMMAND_TARGET_NOUN), noun->name) == 0)
      i++;
    else
      g_ptr_array_remove_index (commands, i);
  return g_steal_pointer (&commands);
}

static void
bind_absence (SmStatement *statement,
              gpointer     user_data)
{
  const gint64 *bounds = user_data;

  for (guint i = 0; i < 3; i++)
    sm_statement_bind_int (statement, i, bounds[i]);
}

/** sm_cache_read_alarms_of_desk: Returns: (transfer full) (nullable): raised or over in between */
GPtrArray *
sm_cache_read_alarms_of_desk (SmConnection  *connection,
                              gint64         desk_id,
                              gint64         from,
                              gint64         to,
                              GError       **error)
{
  gint64 bounds[3] = { desk_id, from, to };

  return sm_record_select_bound (connection, sm_noun_get (SM_NOUN_ALARM),
                                 "WHERE r.desk_id = ?1 AND (r.raised_at BETWEEN ?2 AND ?3"
                                 " OR r.returned_at BETWEEN ?2 AND ?3)"
                                 " ORDER BY r.level, r.raised_at LIMIT 500",
                                 bind_absence, bounds, error);
}

/** sm_cache_read_packs_of_station: Returns: (transfer full) (nullable): those in its bays */
GPtrArray *
sm_cache_read_packs_of_station (SmConnection  *connection,
                                gint64         station_id,
                                GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_BATTERY), TRUE,
                           "WHERE r.id IN (SELECT b.battery_id FROM bay_live b JOIN bay y"
                           " ON y.id = b.id WHERE y.station_id = ?) ORDER BY r.id LIMIT 1000",
                           station_id, error);
}

/**
 * sm_cache_read_row:
 *
 * Returns: (transfer full) (nullable): one thing; an error %SM_ERROR_NOT_FOUND
 *   with the slug "not-found" when it is not in the copy
 */
SmRow *
sm_cache_read_row (SmConnection  *connection,
                   const SmNoun  *noun,
                   gint64         id,
                   GError       **error)
{
  g_autoptr (GPtrArray) rows = sm_record_select (connection, noun, TRUE, "WHERE r.id = ? LIMIT 1",
                                                 id, error);

  if (rows == NULL)
    return NULL;
  if (rows->len > 0)
    return sm_row_ref (g_ptr_array_index (rows, 0));
  sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "no %s %" G_GINT64_FORMAT " in the cache",
                noun->name, id);
  return NULL;
}

/* The columns that people know a thing by; a name is one in each language. */
static const struct
{
  const char *column;
  const char *part;
  const char *whole;
} names[] = {
  { "sn", "instr(lower(r.sn), lower(?1)) > 0", "lower(r.sn) = lower(?1)" },
  { "plate", "instr(lower(r.plate), lower(?1)) > 0", "lower(r.plate) = lower(?1)" },
  { "vin", "instr(lower(r.vin), lower(?1)) > 0", "lower(r.vin) = lower(?1)" },
  { "name",
    "EXISTS (SELECT 1 FROM json_each (CASE WHEN json_valid(r.name) THEN r.name ELSE '{}' END) j"
    " WHERE instr(lower(j.value), lower(?1)) > 0)",
    "EXISTS (SELECT 1 FROM json_each (CASE WHEN json_valid(r.name) THEN r.name ELSE '{}' END) j"
    " WHERE lower(j.value) = lower(?1))" },
};

static gboolean
noun_has_column (const SmNoun *noun,
                 const char   *column)
{
  for (guint i = 0; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_RECORD && g_str_equal (noun->fields[i].name, column))
      return TRUE;
  return FALSE;
}

/**
 * sm_cache_find:
 * @text: a part of a name or number; of an alarm, its id
 *
 * No index serves a part of a text: this reads every record of the noun, which
 * is for the reader's thread.
 *
 * Returns: (transfer full) (nullable): at most %SM_CACHE_FIND_LIMIT rows, those
 *   that are called exactly so first
 */
GPtrArray *
sm_cache_find (SmConnection  *connection,
               const SmNoun  *noun,
               const char    *text,
               GError       **error)
{
  g_autoptr (GString) part = g_string_new ("CAST(r.id AS TEXT) = ?1");
  g_autoptr (GString) whole = g_string_new (NULL);
  g_autofree char *tail = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (noun_has_column (noun, names[i].column))
      {
        if (whole->len == 0)
          g_string_truncate (part, 0); /* nobody knows it by its id */
        g_string_append_printf (part, "%s%s", whole->len > 0 ? " OR " : "", names[i].part);
        g_string_append_printf (whole, "%s%s", whole->len > 0 ? " OR " : "", names[i].whole);
      }
  tail = g_strdup_printf ("WHERE %s ORDER BY (%s) DESC, r.id LIMIT %d", part->str,
                          whole->len > 0 ? whole->str : "1", SM_CACHE_FIND_LIMIT);
  return sm_record_select_text (connection, noun, TRUE, tail, text, error);
}

/* Of a month's delivery; who knows no day is the sister of all of that model and maker. */
#define SISTERS_TAIL                                                                            \
  "JOIN battery o ON o.id = ?1 WHERE r.id <> o.id AND r.battery_model_id = o.battery_model_id"  \
  " AND r.supplier IS o.supplier"                                                               \
  " AND ifnull (abs (r.installed_on - o.installed_on), 0) <= 2678400000000"                     \
  " ORDER BY ifnull (abs (r.installed_on - o.installed_on), 0), r.id LIMIT 12"

/**
 * sm_cache_read_sister_packs:
 *
 * Packs of the same model, from the same maker and of the same month: what goes
 * wrong with one is looked for in the others.
 *
 * Returns: (transfer full) (nullable): of SmRow, the nearest in age first
 */
GPtrArray *
sm_cache_read_sister_packs (SmConnection  *connection,
                            gint64         battery_id,
                            GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_BATTERY), TRUE, SISTERS_TAIL,
                           battery_id, error);
}

/** sm_cache_read_meta: Returns: (transfer full) (nullable): what was kept under that name */
char *
sm_cache_read_meta (SmConnection *connection,
                    const char   *name)
{
  g_autoptr (SmStatement) statement
      = sm_connection_prepare (connection, "SELECT value FROM meta WHERE name = ?", NULL);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, name);
  if (!sm_statement_step (statement, &has_row, NULL) || !has_row)
    return NULL;
  return g_strdup (sm_statement_get_text (statement, 0));
}

/** sm_cache_read_ids: Returns: (transfer full) (nullable): of gint64, of every record of a noun */
GArray *
sm_cache_read_ids (SmConnection  *connection,
                   const SmNoun  *noun,
                   GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" LIMIT 500000", noun->name);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sm_statement_get_int (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

static void
read_vehicle (SmStatement      *statement,
              SmVehicleColumns *columns,
              guint             i)
{
  double latitude = sm_statement_get_real (statement, 1);
  double longitude = sm_statement_get_real (statement, 2);
  double heading = sm_statement_get_real (statement, 3);

  columns->id[i] = sm_statement_get_int (statement, 0);
  columns->at[i] = isnan (latitude) || isnan (longitude) ? (SmWorldPoint){ 0, 0 }
                                                         : sm_world_project (latitude, longitude);
  columns->heading[i] = isnan (heading) ? SM_HEADING_UNKNOWN : (guint16) heading;
  columns->speed_kmh[i] = (float) sm_statement_get_real (statement, 4);
  columns->soc[i] = (float) sm_statement_get_real (statement, 5);
  columns->temperature_c[i] = (float) sm_statement_get_real (statement, 6);
  columns->motion[i] = (guint8) sm_slug_index (sm_motions, sm_statement_get_text (statement, 7));
  columns->energy[i] = (guint8) sm_slug_index (sm_energies, sm_statement_get_text (statement, 8));
  columns->connection[i] = (guint8) sm_slug_index (sm_connections,
                                                   sm_statement_get_text (statement, 9));
  columns->reported_at[i] = sm_statement_get_int (statement, 10);
  columns->battery_id[i] = sm_statement_get_int (statement, 11);
  columns->range_m[i] = sm_statement_get_int (statement, 12);
  columns->station_id[i] = sm_statement_get_int (statement, 13);
  columns->queue[i] = (guint8) sm_slug_index (sm_queue_states, sm_statement_get_text (statement, 14));
  columns->queue_since[i] = sm_statement_get_int (statement, 15);
  columns->eta[i] = sm_statement_get_int (statement, 16);
  columns->reach[i] = (guint8) sm_slug_index (sm_reaches, sm_statement_get_text (statement, 17));
  columns->insulation_ohm_per_v[i] = (float) sm_statement_get_real (statement, 18);
  columns->spread_mv[i] = (float) sm_statement_get_real (statement, 19);
}

static gint64
count_rows (SmConnection  *connection,
            const char    *sql,
            GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return -1;
  return sm_statement_get_int (statement, 0);
}

/** sm_cache_check: Looks at the whole file; fails with %SM_ERROR_CORRUPT. */
gboolean
sm_cache_check (SmConnection  *connection,
                GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, "PRAGMA quick_check(1)",
                                                             error);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && g_strcmp0 (sm_statement_get_text (statement, 0), "ok") == 0)
    return TRUE;
  sm_set_error (error, SM_ERROR_CORRUPT, "storage-corrupt", "quick_check failed");
  return FALSE;
}

/** sm_cache_read_vehicles: Returns: (transfer full) (nullable): last live values of all known ones */
SmVehicleBatch *
sm_cache_read_vehicles (SmConnection  *connection,
                        GError       **error)
{
  gint64 n = count_rows (connection, "SELECT count(*) FROM vehicle_live", error);
  g_autoptr (SmVehicleBatch) batch = NULL;
  g_autoptr (SmStatement) statement = NULL;
  gboolean has_row = TRUE;
  guint i = 0;

  if (n < 0)
    return NULL;
  statement = sm_connection_prepare (
      connection,
      "SELECT l.id, latitude, longitude, heading_deg, speed_kmh, soc, pack_temperature_c, motion,"
      " energy, connection, reported_at, battery_id, range_m, station_id, queue, queue_since, eta,"
      " reach, insulation_ohm_per_v, spread_mv FROM vehicle_live l JOIN vehicle r ON r.id = l.id LIMIT ?",
      error);
  if (statement == NULL)
    return NULL;
  batch = sm_vehicle_batch_new ((guint) n);
  sm_statement_bind_int (statement, 0, n);
  while (sm_statement_step (statement, &has_row, error) && has_row)
    read_vehicle (statement, &batch->columns, i++);
  if (has_row)
    return NULL;
  batch->columns.n = i;
  return g_steal_pointer (&batch);
}

static char *
make_scan (const SmNoun *noun,
           const guint  *fields,
           guint         n_fields)
{
  GString *sql = g_string_new ("SELECT ");
  gboolean is_live = FALSE;

  for (guint i = 0; i < n_fields; i++)
    {
      const SmField *field = &noun->fields[fields[i]];

      is_live |= field->klass == SM_LIVE;
      g_string_append_printf (sql, "%s%s.\"%s\"", i > 0 ? ", " : "",
                              field->klass == SM_LIVE ? "l" : "r", field->name);
    }
  g_string_append_printf (sql, " FROM \"%s\" r", noun->name);
  if (is_live)
    g_string_append_printf (sql, " LEFT JOIN \"%s_live\" l ON l.id = r.id", noun->name);
  g_string_append (sql, " ORDER BY r.id LIMIT 1000000");
  return g_string_free (sql, FALSE);
}

/**
 * sm_cache_scan:
 * @fields: (array length=n_fields): which, of the record or live
 * @func: called for every thing of the noun in the order of ids; column i of
 *   the statement is @fields[i]
 *
 * Reads some fields of all things of a noun, without a row for each.
 */
gboolean
sm_cache_scan (SmConnection     *connection,
               const SmNoun     *noun,
               const guint      *fields,
               guint             n_fields,
               SmCacheScanFunc   func,
               gpointer          user_data,
               GError          **error)
{
  g_autofree char *sql = make_scan (noun, fields, n_fields);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      func (statement, user_data);
    }
  return FALSE;
}
