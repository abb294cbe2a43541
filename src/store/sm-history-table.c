/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-history-table.h"

#include "sm-record-table.h"
#include "sm-time.h"

#include <math.h>
#include <string.h>

/* As the indices have it. */
#define ORDER_TIME "ifnull (ended_at, 9223372036854775807)"

static const struct
{
  SmNounId noun;
  guint time;
  const char *sql;
  guint filters[16]; /* ended by 0 */
} nouns[] = {
  { SM_NOUN_ORDER, SM_ORDER_ENDED_AT, ORDER_TIME,
    { SM_ORDER_STATION_ID, SM_ORDER_VEHICLE_ID, SM_ROW_FLEET_ID, SM_ROW_AREA_ID,
      SM_ORDER_DRIVER_ID, SM_ORDER_PILE_ID, SM_ORDER_CONNECTOR_ID, SM_ORDER_LANE_ID,
      SM_ORDER_BATTERY_OUT_ID, SM_ORDER_BATTERY_IN_ID, SM_ORDER_KIND, SM_ORDER_PROCESS,
      SM_ORDER_PAYMENT, SM_ORDER_NUMBER } },
  { SM_NOUN_BATTERY_MOVEMENT, SM_BATTERY_MOVEMENT_AT, "at",
    { SM_BATTERY_MOVEMENT_BATTERY_ID, SM_BATTERY_MOVEMENT_STATION_ID,
      SM_BATTERY_MOVEMENT_VEHICLE_ID, SM_ROW_FLEET_ID, SM_ROW_AREA_ID,
      SM_BATTERY_MOVEMENT_ORDER_ID, SM_BATTERY_MOVEMENT_REASON } },
  { SM_NOUN_DRIVING_EVENT, SM_DRIVING_EVENT_AT, "at",
    { SM_DRIVING_EVENT_VEHICLE_ID, SM_DRIVING_EVENT_DRIVER_ID, SM_ROW_FLEET_ID, SM_ROW_AREA_ID,
      SM_DRIVING_EVENT_KIND } },
  { SM_NOUN_NOTIFICATION, SM_NOTIFICATION_AT, "at",
    { SM_NOTIFICATION_SUBJECT_NOUN, SM_NOTIFICATION_SUBJECT_ID, SM_NOTIFICATION_STATION_ID,
      SM_ROW_AREA_ID, SM_NOTIFICATION_CHANNEL, SM_NOTIFICATION_STATE, SM_NOTIFICATION_LEVEL,
      SM_NOTIFICATION_RECIPIENT, SM_NOTIFICATION_BECAUSE } },
  { SM_NOUN_ALARM, SM_ALARM_RAISED_AT, "raised_at",
    { SM_ALARM_STATION_ID, SM_ALARM_VEHICLE_ID, SM_ALARM_BATTERY_ID, SM_ROW_FLEET_ID,
      SM_ROW_AREA_ID, SM_ALARM_EQUIPMENT_ID, SM_ALARM_CODE, SM_ALARM_LEVEL, SM_ALARM_STATE,
      SM_ALARM_SOURCE_NOUN, SM_ALARM_SOURCE_ID } },
  { SM_NOUN_WORK_ORDER, SM_WORK_ORDER_CREATED_AT, "created_at",
    { SM_WORK_ORDER_STATION_ID, SM_WORK_ORDER_VEHICLE_ID, SM_WORK_ORDER_BATTERY_ID,
      SM_ROW_FLEET_ID, SM_ROW_AREA_ID, SM_WORK_ORDER_EQUIPMENT_ID, SM_WORK_ORDER_ENGINEER_ID,
      SM_WORK_ORDER_ORGANISATION_ID, SM_WORK_ORDER_ALARM_ID, SM_WORK_ORDER_PROBLEM_ID,
      SM_WORK_ORDER_PARENT_ID, SM_WORK_ORDER_DESK_ID, SM_WORK_ORDER_CODE, SM_WORK_ORDER_STATE,
      SM_WORK_ORDER_KIND, SM_WORK_ORDER_SOURCE } },
};

static guint
find (const SmNoun *noun)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (nouns) && nouns[i].noun != noun->id)
    i++;
  return i;
}

/** sm_history_time_field: Returns: by which it is sorted; -1: it is no history */
int
sm_history_time_field (const SmNoun *noun)
{
  guint i = find (noun);

  return i < G_N_ELEMENTS (nouns) ? (int) nouns[i].time : -1;
}

/** sm_history_time: Returns: where @row stands in its history */
gint64
sm_history_time (const SmRow *row)
{
  gint64 time = sm_row_get_int (row, (guint) sm_history_time_field (sm_row_get_noun (row)));

  return time != SM_UNKNOWN ? time : G_MAXINT64;
}

/** sm_history_can_filter: Whether @field may stand in SmHistoryQuery.equals. */
gboolean
sm_history_can_filter (const SmNoun *noun,
                       guint         field)
{
  guint i = find (noun);

  if (i == G_N_ELEMENTS (nouns))
    return FALSE;
  for (guint f = 0; f < G_N_ELEMENTS (nouns[i].filters) && nouns[i].filters[f] != 0; f++)
    if (nouns[i].filters[f] == field)
      return TRUE;
  return FALSE;
}

/* Appends " AND …" with the ids as parameter ?1.  One fleet is as good as a
 * filter: it has an index. */
static void
append_scope (GString       *sql,
              const SmScope *scope)
{
  static const char *const columns[] = { NULL, "operator_id", "area_id", "fleet_id" };

  if (scope->kind == SM_SCOPE_FLEETS && scope->n_ids == 1)
    g_string_append_printf (sql, " AND fleet_id = %" G_GINT64_FORMAT, scope->ids[0]);
  else if (scope->kind != SM_SCOPE_ALL)
    g_string_append_printf (sql, " AND +%s IN (SELECT value FROM json_each (?1))",
                            columns[scope->kind]);
}

/* What was told of another company's work, or people, is not told to this one. */
static void
append_company (GString       *sql,
                const SmNoun  *noun,
                const SmScope *scope)
{
  static const char *const of_companies[] = { "work_order", "certificate" };

  if (scope->organisation_id == 0 || noun->id != SM_NOUN_NOTIFICATION)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (of_companies); i++)
    g_string_append_printf (sql, " AND (subject_noun <> '%s' OR EXISTS (SELECT 1 "
                                 "FROM \"%s\" w WHERE w.id = subject_id AND "
                                 "coalesce (w.organisation_id, %" G_GINT64_FORMAT ") "
                                 "= %" G_GINT64_FORMAT "))",
                            of_companies[i], of_companies[i], scope->organisation_id,
                            scope->organisation_id);
}

/* Whether a filter has several slugs: "completed,aborted". */
static gboolean
is_one_of (const SmHistoryQuery *query,
           guint                 i)
{
  return query->noun->fields[query->equals[i].field].slugs != NULL
         && strchr (query->equals[i].value, ',') != NULL;
}

/* Returns: the slugs as a JSON array; whatever would need escaping is in no slug */
static char *
list_slugs (const char *value)
{
  GString *list = g_string_new ("[\"");

  for (const char *p = value; *p != '\0'; p++)
    if (*p == ',')
      g_string_append (list, "\",\"");
    else
      g_string_append_c (list, g_ascii_isalnum (*p) || *p == '_' ? *p : '?');
  g_string_append (list, "\"]");
  return g_string_free (list, FALSE);
}

/* The SQL of sm_history_table_read(): ?1 scope, ?2 limit, ?3 from, ?4 to, ?5
 * and ?6 where the last page ended, then the filters. */
char *
sm_history_sql (const SmHistoryQuery *query,
                const SmScope        *scope)
{
  g_autofree char *columns = sm_record_columns (query->noun, SM_RECORD, NULL);
  const char *time = nouns[find (query->noun)].sql;
  const char *beyond = query->newest_first ? "<" : ">";
  const char *direction = query->newest_first ? "DESC" : "ASC";
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s FROM \"%s\" WHERE %s >= ?3", columns, query->noun->name,
                          time);
  /* What has not ended has not ended since then, either. */
  if (query->to != SM_UNKNOWN || query->from != SM_UNKNOWN)
    g_string_append_printf (sql, " AND %s < ?4", time);
  if (query->after_time != SM_UNKNOWN)
    g_string_append_printf (sql, " AND %s %s= ?5 AND (%s %s ?5 OR id %s ?6)", time, beyond, time,
                            beyond, beyond);
  for (guint i = 0; i < query->n_equals; i++)
    g_string_append_printf (sql, is_one_of (query, i)
                                     ? " AND \"%s\" IN (SELECT value FROM json_each (?%u))"
                                     : " AND \"%s\" = ?%u",
                            query->noun->fields[query->equals[i].field].name, i + 7);
  append_scope (sql, scope);
  append_company (sql, query->noun, scope);
  g_string_append_printf (sql, " ORDER BY %s %s, id %s LIMIT ?2", time, direction, direction);
  return g_string_free (sql, FALSE);
}

static void
bind_query (SmStatement          *statement,
            const SmHistoryQuery *query,
            const char           *ids)
{
  sm_statement_bind_text (statement, 0, ids);
  sm_statement_bind_int (statement, 1, query->limit);
  sm_statement_bind_int (statement, 2, query->from != SM_UNKNOWN ? query->from : G_MININT64 + 1);
  sm_statement_bind_int (statement, 3, query->to != SM_UNKNOWN ? query->to : G_MAXINT64);
  sm_statement_bind_int (statement, 4, query->after_time);
  sm_statement_bind_int (statement, 5, query->after_id);
  for (guint i = 0; i < query->n_equals; i++)
    if (is_one_of (query, i))
      {
        g_autofree char *slugs = list_slugs (query->equals[i].value);

        sm_statement_bind_text (statement, (int) i + 6, slugs);
      }
    else if (sm_kind_is_text (query->noun->fields[query->equals[i].field].kind))
      sm_statement_bind_text (statement, (int) i + 6, query->equals[i].value);
    else
      sm_statement_bind_int (statement, (int) i + 6,
                             g_ascii_strtoll (query->equals[i].value, NULL, 10));
}

/** sm_history_table_read: Returns: (transfer full) (nullable): at most limit rows (SmRow) */
GPtrArray *
sm_history_table_read (SmConnection          *connection,
                       const SmHistoryQuery  *query,
                       const SmScope         *scope,
                       GError               **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autofree char *sql = sm_history_sql (query, scope);
  g_autofree char *ids = sm_scope_ids_to_text (scope);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  bind_query (statement, query, ids);
  while (sm_statement_step (statement, &has_row, error))
    {
      SmRow *row;
      int index = 0;

      if (!has_row)
        return g_steal_pointer (&rows);
      row = sm_row_new (query->noun);
      g_ptr_array_add (rows, row);
      sm_record_read (statement, &index, row, SM_RECORD);
    }
  return NULL;
}

/* --- for statistics --- */

/* The SQL of sm_ended_orders_read(). */
char *
sm_ended_orders_sql (const SmScope *scope)
{
  GString *sql = g_string_new ("SELECT kind, process, duration_s, wait_s, energy_wh, "
                               "amount_minor FROM \"order\" WHERE " ORDER_TIME " > ?2 "
                               "AND " ORDER_TIME " <= ?3");

  append_scope (sql, scope);
  g_string_append (sql, " LIMIT 1000000");
  return g_string_free (sql, FALSE);
}

static double
real_or_nan (SmStatement *statement,
             int          index)
{
  return sm_statement_is_null (statement, index) ? NAN : sm_statement_get_real (statement, index);
}

static SmEndedOrder
read_ended (SmStatement *statement)
{
  const char *process = sm_statement_get_text (statement, 1);

  return (SmEndedOrder){
    .kind = sm_slug_index (sm_order_kinds, sm_statement_get_text (statement, 0)),
    .completed = sm_slug_index (sm_order_processes, process) == SM_ORDER_PROCESS_COMPLETED,
    .aborted = sm_slug_index (sm_order_processes, process) == SM_ORDER_PROCESS_ABORTED,
    .duration_s = real_or_nan (statement, 2),
    .wait_s = real_or_nan (statement, 3),
    .energy_wh = sm_statement_is_null (statement, 4) ? 0 : sm_statement_get_int (statement, 4),
    .amount_minor = sm_statement_is_null (statement, 5) ? 0 : sm_statement_get_int (statement, 5),
  };
}

/** sm_ended_orders_read: Returns: (transfer full) (nullable): SmEndedOrder, of @after < end <= @until */
GArray *
sm_ended_orders_read (SmConnection   *connection,
                      const SmScope  *scope,
                      gint64          after,
                      gint64          until,
                      GError        **error)
{
  g_autoptr (GArray) orders = g_array_new (FALSE, FALSE, sizeof (SmEndedOrder));
  g_autofree char *sql = sm_ended_orders_sql (scope);
  g_autofree char *ids = sm_scope_ids_to_text (scope);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_text (statement, 0, ids);
  sm_statement_bind_int (statement, 1, after);
  sm_statement_bind_int (statement, 2, until);
  while (sm_statement_step (statement, &has_row, error))
    {
      SmEndedOrder order;

      if (!has_row)
        return g_steal_pointer (&orders);
      order = read_ended (statement);
      g_array_append_val (orders, order);
    }
  return NULL;
}

/* The end of an order lies on its business day, in whatever zone its station is. */
static gint64
day_start (gint64 business_day)
{
  g_autoptr (GDateTime) start
      = g_date_time_new_utc ((int) (business_day / 10000), (int) (business_day / 100 % 100),
                             (int) (business_day % 100), 0, 0, 0);

  return start != NULL ? g_date_time_to_unix (start) * SM_SECOND : 0;
}

/**
 * sm_order_durations_read:
 * @kind: slug
 *
 * Returns: (transfer full) (nullable): of double, of those completed at a station on a day
 */
GArray *
sm_order_durations_read (SmConnection  *connection,
                         gint64         station_id,
                         const char    *kind,
                         gint64         business_day,
                         GError       **error)
{
  g_autoptr (GArray) durations = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection, "SELECT duration_s FROM \"order\" WHERE station_id = ?1 AND " ORDER_TIME " > ?2 "
      "AND " ORDER_TIME " <= ?3 AND kind = ?4 AND business_day = ?5 AND process = 'completed' "
      "AND duration_s IS NOT NULL LIMIT 100000", error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, station_id);
  sm_statement_bind_int (statement, 1, day_start (business_day) - SM_DAY);
  sm_statement_bind_int (statement, 2, day_start (business_day) + 2 * SM_DAY);
  sm_statement_bind_text (statement, 3, kind);
  sm_statement_bind_int (statement, 4, business_day);
  while (sm_statement_step (statement, &has_row, error))
    {
      double duration;

      if (!has_row)
        return g_steal_pointer (&durations);
      duration = sm_statement_get_real (statement, 0);
      g_array_append_val (durations, duration);
    }
  return NULL;
}

/** sm_first_order_ended: @out_at: %SM_UNKNOWN: none has */
gboolean
sm_first_order_ended (SmConnection  *connection,
                      gint64        *out_at,
                      GError       **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (
      connection, "SELECT ended_at FROM \"order\" ORDER BY " ORDER_TIME " LIMIT 1", error);
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_at = has_row && !sm_statement_is_null (statement, 0) ? sm_statement_get_int (statement, 0)
                                                            : SM_UNKNOWN;
  return TRUE;
}
