/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-service-rows-private.h"

#include "sm-record-table.h"
#include "sm-time.h"

static gboolean
read_one (SmStatement   *statement,
          const SmNoun  *noun,
          SmRow        **out_row,
          GError       **error)
{
  gboolean has_row;
  int index = 0;

  if (!sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_row = NULL;
  if (has_row)
    {
      *out_row = sm_row_new (noun);
      sm_record_read (statement, &index, *out_row, SM_RECORD);
    }
  return TRUE;
}

static GPtrArray *
read_all (SmStatement   *statement,
          const SmNoun  *noun,
          GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row;

  do
    {
      if (!read_one (statement, noun, &row, error))
        return NULL;
      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  while (row != NULL);
  return g_steal_pointer (&rows);
}

/* Returns: (transfer full): "SELECT … WHERE " of all its columns */
GString *
sm_service_begin_select (const SmNoun *noun)
{
  g_autofree char *columns = sm_record_columns (noun, SM_RECORD, NULL);
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT %s FROM \"%s\" WHERE ", columns, noun->name);
  return sql;
}

/**
 * sm_service_find:
 * @out_row: (out) (transfer full) (nullable): NULL when there is none
 *
 * Returns: FALSE when the database failed
 */
gboolean
sm_service_find (SmConnection  *connection,
                 const SmNoun  *noun,
                 gint64         id,
                 SmRow        **out_row,
                 GError       **error)
{
  g_autoptr (GString) sql = sm_service_begin_select (noun);
  g_autoptr (SmStatement) statement = NULL;

  g_string_append (sql, "id = ?1");
  statement = sm_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, id);
  return read_one (statement, noun, out_row, error);
}

/**
 * sm_service_find_like:
 * @fields: of an index; the wanted row is equal to @like in them
 * @out_row: (out) (transfer full) (nullable): NULL when there is none
 *
 * Returns: FALSE when the database failed
 */
gboolean
sm_service_find_like (SmConnection  *connection,
                      const SmRow   *like,
                      const guint   *fields,
                      guint          n_fields,
                      SmRow        **out_row,
                      GError       **error)
{
  const SmNoun *noun = sm_row_get_noun (like);
  g_autoptr (GString) sql = sm_service_begin_select (noun);
  g_autoptr (SmStatement) statement = NULL;

  for (guint i = 0; i < n_fields; i++)
    g_string_append_printf (sql, "%s\"%s\" = ?%u", i > 0 ? " AND " : "",
                            noun->fields[fields[i]].name, i + 1);
  g_string_append (sql, " LIMIT 1");
  statement = sm_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < n_fields; i++)
    sm_statement_bind_field (statement, (int) i, like, fields[i]);
  return read_one (statement, noun, out_row, error);
}

/** sm_service_find_open_alarm: The alarm of a source and code that is not over yet. */
gboolean
sm_service_find_open_alarm (SmConnection  *connection,
                            const char    *source_noun,
                            gint64         source_id,
                            const char    *code,
                            SmRow        **out_row,
                            GError       **error)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_ALARM);
  g_autoptr (GString) sql = sm_service_begin_select (noun);
  g_autoptr (SmStatement) statement = NULL;

  /* The same condition as the index alarm_open has. */
  g_string_append (sql, "source_noun = ?1 AND source_id = ?2 AND code = ?3 AND state <> 'normal' "
                        "LIMIT 1");
  statement = sm_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sm_statement_bind_text (statement, 0, source_noun);
  sm_statement_bind_int (statement, 1, source_id);
  sm_statement_bind_text (statement, 2, code);
  return read_one (statement, noun, out_row, error);
}

/**
 * sm_service_find_put_aside:
 * @alarm: the newest of a source and code
 *
 * The last one of that source and code that is over, while what was laid over it lasts.
 */
gboolean
sm_service_find_put_aside (SmConnection  *connection,
                           const SmRow   *alarm,
                           gint64         now,
                           SmRow        **out_row,
                           GError       **error)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_ALARM);
  g_autoptr (GString) sql = sm_service_begin_select (noun);
  g_autoptr (SmStatement) statement = NULL;

  g_string_append (sql, "(shelved_until > ?1 OR out_of_service_until > ?1) AND source_noun = ?2 "
                        "AND source_id = ?3 AND code = ?4 AND id <> ?5 ORDER BY id DESC LIMIT 1");
  statement = sm_connection_prepare (connection, sql->str, error);
  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, now);
  sm_statement_bind_text (statement, 1, sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  sm_statement_bind_int (statement, 2, sm_row_get_int (alarm, SM_ALARM_SOURCE_ID));
  sm_statement_bind_text (statement, 3, sm_row_get_text (alarm, SM_ALARM_CODE));
  sm_statement_bind_int (statement, 4, sm_row_get_id (alarm));
  return read_one (statement, noun, out_row, error);
}

static void
bind_source (SmStatement *statement,
             gpointer     user_data)
{
  const SmRow *alarm = user_data;

  sm_statement_bind_text (statement, 0, sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
  sm_statement_bind_int (statement, 1, sm_row_get_int (alarm, SM_ALARM_SOURCE_ID));
}

/** sm_service_list_open_of_source: Returns: (transfer full) (nullable): all that its source has open */
GPtrArray *
sm_service_list_open_of_source (SmConnection  *connection,
                                const SmRow   *alarm,
                                GError       **error)
{
  return sm_record_select_bound (connection, sm_noun_get (SM_NOUN_ALARM),
                                 "INDEXED BY alarm_open WHERE r.source_noun = ?1 "
                                 "AND r.source_id = ?2 AND r.state <> 'normal' LIMIT 1000",
                                 bind_source, (gpointer) alarm, error);
}

/** sm_service_list_parts: Returns: (transfer full) (nullable): open alarms that are parts of one */
GPtrArray *
sm_service_list_parts (SmConnection  *connection,
                       gint64         parent_id,
                       GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_ALARM), FALSE,
                           "WHERE r.parent_id = ?1 AND r.state <> 'normal' LIMIT 100000",
                           parent_id, error);
}

/** sm_service_list_time_up: Returns: (transfer full) (nullable): alarms over which something ends */
GPtrArray *
sm_service_list_time_up (SmConnection  *connection,
                         gint64         now,
                         GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_ALARM), FALSE,
                           "WHERE r.shelved_until <= ?1 OR r.out_of_service_until <= ?1 LIMIT 1000",
                           now, error);
}

/** sm_service_list_open_alarms: Returns: (transfer full) (nullable): alarms that are not over */
GPtrArray *
sm_service_list_open_alarms (SmConnection  *connection,
                             GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_ALARM), FALSE,
                           "INDEXED BY alarm_open WHERE state <> 'normal' LIMIT 1000000",
                           SM_UNKNOWN, error);
}

static void
bind_after (SmStatement *statement,
            gpointer     user_data)
{
  const gint64 *bounds = user_data;

  sm_statement_bind_int (statement, 0, bounds[0]);
  sm_statement_bind_int (statement, 1, bounds[1]);
}

/** sm_service_list_open_after: Returns: (transfer full) (nullable): open alarms by rising id, a page */
GPtrArray *
sm_service_list_open_after (SmConnection  *connection,
                            gint64         after_id,
                            guint          limit,
                            GError       **error)
{
  gint64 bounds[2] = { after_id, limit };

  return sm_record_select_bound (connection, sm_noun_get (SM_NOUN_ALARM),
                                 "INDEXED BY alarm_open WHERE r.state <> 'normal' AND r.id > ?1 "
                                 "ORDER BY r.id LIMIT ?2",
                                 bind_after, bounds, error);
}

/** sm_service_list_open_of_desk: Returns: (transfer full) (nullable): the same of a desk, the worst first */
GPtrArray *
sm_service_list_open_of_desk (SmConnection  *connection,
                              gint64         desk_id,
                              GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_ALARM), FALSE,
                           "INDEXED BY alarm_open WHERE r.state <> 'normal' AND r.desk_id = ?1 "
                           "ORDER BY r.level, r.raised_at LIMIT 100000",
                           desk_id, error);
}

/** sm_service_list_open_of_engineer: Returns: (transfer full) (nullable): work orders that are not over */
GPtrArray *
sm_service_list_open_of_engineer (SmConnection  *connection,
                                  gint64         engineer_id,
                                  GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_WORK_ORDER), FALSE,
                           "WHERE r.engineer_id = ?1 AND r.state NOT IN ('confirmed', 'cancelled') "
                           "ORDER BY r.level, r.created_at LIMIT 200",
                           engineer_id, error);
}

/** sm_service_list_handovers: Returns: (transfer full) (nullable): those of a desk that are not over */
GPtrArray *
sm_service_list_handovers (SmConnection  *connection,
                           gint64         desk_id,
                           GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_HANDOVER), FALSE,
                           "WHERE r.desk_id = ?1 AND r.state IN ('draft', 'given') LIMIT 100",
                           desk_id, error);
}

/** sm_service_list_open_commands: Returns: (transfer full) (nullable): commands that are not over */
GPtrArray *
sm_service_list_open_commands (SmConnection  *connection,
                               GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_COMMAND), FALSE,
                           "INDEXED BY command_open "
                           "WHERE state IN ('requested', 'sent', 'accepted') LIMIT 100000",
                           SM_UNKNOWN, error);
}

/** sm_service_list_open_guidances: Returns: (transfer full) (nullable): guidance that is not over */
GPtrArray *
sm_service_list_open_guidances (SmConnection  *connection,
                                GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_GUIDANCE), FALSE,
                           "INDEXED BY guidance_open WHERE state IN ('proposed', 'sent', "
                           "'delivered', 'no_answer', 'accepted') LIMIT 100000",
                           SM_UNKNOWN, error);
}

/** sm_service_list_guidances_of: Returns: (transfer full) (nullable): the last ones of a truck, the newest first */
GPtrArray *
sm_service_list_guidances_of (SmConnection  *connection,
                              gint64         vehicle_id,
                              GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_GUIDANCE), FALSE,
                           "WHERE r.vehicle_id = ?1 ORDER BY r.id DESC LIMIT 20", vehicle_id, error);
}

/** sm_service_list_live_windows: Returns: (transfer full) (nullable): windows that are not over */
GPtrArray *
sm_service_list_live_windows (SmConnection  *connection,
                              GError       **error)
{
  return sm_record_select (connection, sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW), FALSE,
                           "INDEXED BY maintenance_window_live "
                           "WHERE state IN ('planned', 'open', 'overran') LIMIT 100000",
                           SM_UNKNOWN, error);
}

/* What everybody is measured by, and the catalogues: cut by operator only. */
static gboolean
is_for_all (const SmNoun *noun)
{
  return noun->id == SM_NOUN_LIMIT || noun->id == SM_NOUN_BATTERY_MODEL
         || noun->id == SM_NOUN_COMPATIBILITY || noun->id == SM_NOUN_CHECKLIST;
}

/* Appends what cuts a noun's rows to the keys of a scope, whose ids are parameter ?2. */
static void
append_keys (GString       *sql,
             const SmNoun  *noun,
             const char    *table,
             const SmScope *scope)
{
  static const char *const columns[] = { "1", "operator_id", "area_id", "fleet_id" };

  if (scope->kind == SM_SCOPE_ALL
      || (is_for_all (noun) && scope->kind != SM_SCOPE_OPERATOR))
    g_string_append (sql, "1");
  else
    g_string_append_printf (sql, "\"%s\".%s IN (SELECT value FROM json_each (?2%s))", table,
                            columns[scope->kind], scope->organisation_id != 0 ? ", '$.ids'" : "");
}

/* Appends " AND …" that cuts a noun's rows to a scope, which is parameter ?2. */
void
sm_service_append_scope (GString       *sql,
                         const SmNoun  *noun,
                         const char    *table,
                         const SmScope *scope)
{
  if (scope->organisation_id == 0 || sm_scope_company_field (noun) < 0)
    {
      g_string_append (sql, " AND ");
      append_keys (sql, noun, table, scope);
      return;
    }
  g_string_append_printf (sql, " AND (\"%s\".organisation_id = json_extract (?2, '$.company') "
                               "OR (\"%s\".organisation_id IS NULL AND ", table, table);
  append_keys (sql, noun, table, scope);
  g_string_append (sql, "))");
}

/* Whether a statement for it has the parameter. */
static gboolean
has_parameter (const SmScope *scope)
{
  return scope->kind != SM_SCOPE_ALL || scope->organisation_id != 0;
}

/* The SQL of sm_service_list(). */
char *
sm_service_list_sql (const SmNoun  *noun,
                     const SmScope *scope,
                     int            filter_field)
{
  GString *sql = sm_service_begin_select (noun);

  g_string_append (sql, "id > ?1");
  if (filter_field >= 0)
    g_string_append_printf (sql, " AND \"%s\" = ?3", noun->fields[filter_field].name);
  sm_service_append_scope (sql, noun, noun->name, scope);
  g_string_append (sql, " ORDER BY id LIMIT ?4");
  return g_string_free (sql, FALSE);
}

/**
 * sm_service_has_index:
 *
 * Returns: whether a list may be filtered by @field: only where an index is
 */
gboolean
sm_service_has_index (const SmNoun *noun,
                      guint         field)
{
  static const struct { SmNounId noun; guint field; } indexed[] = {
    { SM_NOUN_AREA, SM_AREA_CODE },           { SM_NOUN_FLEET, SM_FLEET_NAME },
    { SM_NOUN_PILE, SM_PILE_STATION_ID },     { SM_NOUN_CONNECTOR, SM_CONNECTOR_STATION_ID },
    { SM_NOUN_VEHICLE, SM_VEHICLE_VIN },      { SM_NOUN_ENGINEER, SM_ENGINEER_SERVICE_POINT_ID },
    { SM_NOUN_BATTERY, SM_BATTERY_BATTERY_MODEL_ID },
    { SM_NOUN_LANE, SM_LANE_STATION_ID },     { SM_NOUN_BAY, SM_BAY_STATION_ID },
    { SM_NOUN_EQUIPMENT, SM_EQUIPMENT_STATION_ID },
    { SM_NOUN_COMMAND, SM_COMMAND_TARGET_ID }, { SM_NOUN_COMMAND, SM_COMMAND_STATION_ID },
    { SM_NOUN_COMMAND, SM_COMMAND_ALARM_ID },
    { SM_NOUN_MAINTENANCE_WINDOW, SM_WINDOW_STATION_ID },
    { SM_NOUN_ROSTER_ENTRY, SM_ROSTER_ENTRY_DESK_ID }, { SM_NOUN_HANDOVER, SM_HANDOVER_DESK_ID },
    { SM_NOUN_WORK_ORDER, SM_WORK_ORDER_ALARM_ID },
    { SM_NOUN_WORK_ORDER, SM_WORK_ORDER_PROBLEM_ID },
    { SM_NOUN_WORK_ORDER, SM_WORK_ORDER_PARENT_ID },
    { SM_NOUN_PROBLEM_RECORD, SM_PROBLEM_STATION_ID }, { SM_NOUN_PART, SM_PART_ENGINEER_ID },
    { SM_NOUN_PART, SM_PART_SERVICE_POINT_ID },
    { SM_NOUN_CERTIFICATE, SM_CERTIFICATE_ENGINEER_ID },
    { SM_NOUN_GUIDANCE, SM_GUIDANCE_VEHICLE_ID },
    { SM_NOUN_GUIDANCE, SM_GUIDANCE_FROM_STATION_ID },
    { SM_NOUN_GUIDANCE, SM_GUIDANCE_STATION_ID },
    { SM_NOUN_INSPECTION, SM_INSPECTION_STATION_ID },
    { SM_NOUN_SAFETY_INCIDENT, SM_INCIDENT_STATION_ID },
    { SM_NOUN_COMPLAINT, SM_COMPLAINT_STATION_ID },
  };

  if (noun->fields[field].flags & SM_FIELD_UNIQUE)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (indexed); i++)
    if (indexed[i].noun == noun->id && indexed[i].field == field)
      return TRUE;
  return FALSE;
}

/**
 * sm_service_list:
 * @filter_field: a field for which sm_service_has_index() says yes, or -1
 * @filter_value: (nullable): as text; a number as its digits
 * @after_id: the last id of the page before, or 0
 *
 * Returns: (transfer full) (nullable): at most @limit rows (SmRow) by rising id
 */
GPtrArray *
sm_service_list (SmConnection   *connection,
                 const SmNoun   *noun,
                 const SmScope  *scope,
                 int             filter_field,
                 const char     *filter_value,
                 gint64          after_id,
                 guint           limit,
                 GError        **error)
{
  g_autofree char *ids = sm_scope_to_parameter (scope);
  g_autofree char *sql = sm_service_list_sql (noun, scope, filter_field);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, after_id);
  sm_statement_bind_text (statement, 1, ids);
  sm_statement_bind_text (statement, 2, filter_value);
  sm_statement_bind_int (statement, 3, limit);
  return read_all (statement, noun, error);
}

/** sm_service_list_open_work: Returns: (transfer full) (nullable): work orders that are not over */
GPtrArray *
sm_service_list_open_work (SmConnection   *connection,
                           const SmScope  *scope,
                           guint           limit,
                           GError        **error)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_WORK_ORDER);
  g_autofree char *ids = sm_scope_to_parameter (scope);
  GString *sql = sm_service_begin_select (noun);
  g_autoptr (SmStatement) statement = NULL;

  /* The words of its index: only those that are not over are looked through. */
  g_string_append (sql, "state NOT IN ('confirmed', 'cancelled')");
  sm_service_append_scope (sql, noun, noun->name, scope);
  g_string_append (sql, " ORDER BY id LIMIT ?1");
  statement = sm_connection_prepare (connection, sql->str, error);
  g_string_free (sql, TRUE);
  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, limit);
  if (has_parameter (scope))
    sm_statement_bind_text (statement, 1, ids);
  return read_all (statement, noun, error);
}

/**
 * sm_service_list_free_orders:
 * @to: who could take one
 *
 * Only those that are not over are looked through: of what was called off nobody had most.  Who
 * could not take one does not stand in the way of those who could: what does not suit is left out
 * before the list ends.
 *
 * Returns: (transfer full) (nullable): work orders that nobody has, the worst first
 */
GPtrArray *
sm_service_list_free_orders (SmConnection           *connection,
                             const SmScope          *scope,
                             const SmServiceOffered *to,
                             guint                   limit,
                             GError                **error)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_WORK_ORDER);
  g_autofree char *ids = sm_scope_to_parameter (scope);
  GString *sql = sm_service_begin_select (noun);
  g_autoptr (SmStatement) statement = NULL;

  /* With the signs no other index than that of those that are not over can be used. */
  g_string_append (sql, "state NOT IN ('confirmed', 'cancelled') AND state = 'unaccepted'"
                        " AND +engineer_id IS NULL"
                        " AND (+organisation_id IS NULL OR +organisation_id = ?3)"
                        " AND (?4 IS NULL OR area_id IS NULL OR area_id = ?4)"
                        " AND (planned_at IS NULL OR planned_at <= ?5)"
                        " AND (skill IS NULL OR ?6 IS NULL OR instr (?6, ',' || skill || ','))"
                        " AND (certificate IS NULL OR EXISTS (SELECT 1 FROM certificate c"
                        "   WHERE c.engineer_id = ?7 AND c.kind = work_order.certificate"
                        "   AND c.expires_at > ?8))");
  sm_service_append_scope (sql, noun, noun->name, scope);
  g_string_append (sql, " ORDER BY level, restore_due_at, id LIMIT ?1");
  statement = sm_connection_prepare (connection, sql->str, error);
  g_string_free (sql, TRUE);
  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, limit);
  if (has_parameter (scope))
    sm_statement_bind_text (statement, 1, ids);
  sm_statement_bind_int (statement, 2, to->organisation_id);
  sm_statement_bind_int (statement, 3, to->area_id);
  sm_statement_bind_int (statement, 4, to->planned_until);
  sm_statement_bind_text (statement, 5, to->skills);
  sm_statement_bind_int (statement, 6, to->engineer_id);
  sm_statement_bind_int (statement, 7, to->now);
  return read_all (statement, noun, error);
}

/** sm_service_list_work_since: Returns: (transfer full) (nullable): work orders that were made from @from until before @to */
GPtrArray *
sm_service_list_work_since (SmConnection   *connection,
                            const SmScope  *scope,
                            gint64          from,
                            gint64          to,
                            guint           limit,
                            GError        **error)
{
  const SmNoun *noun = sm_noun_get (SM_NOUN_WORK_ORDER);
  g_autofree char *ids = sm_scope_to_parameter (scope);
  GString *sql = sm_service_begin_select (noun);
  g_autoptr (SmStatement) statement = NULL;

  g_string_append (sql, "created_at >= ?1");
  sm_service_append_scope (sql, noun, noun->name, scope);
  g_string_append (sql, " AND created_at < ?3 ORDER BY created_at, id LIMIT ?4");
  statement = sm_connection_prepare (connection, sql->str, error);
  g_string_free (sql, TRUE);
  if (statement == NULL)
    return NULL;
  sm_statement_bind_int (statement, 0, from);
  if (has_parameter (scope))
    sm_statement_bind_text (statement, 1, ids);
  sm_statement_bind_int (statement, 2, to);
  sm_statement_bind_int (statement, 3, limit);
  return read_all (statement, noun, error);
}

/** sm_service_count: How many rows of @noun have @value in @field, which has an index. */
gboolean
sm_service_count (SmConnection  *connection,
                  const SmNoun  *noun,
                  guint          field,
                  gint64         value,
                  gint64        *out_count,
                  GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM \"%s\" WHERE \"%s\" = ?1",
                                          noun->name, noun->fields[field].name);
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  sm_statement_bind_int (statement, 0, value);
  if (!sm_statement_step (statement, &has_row, error))
    return FALSE;
  *out_count = has_row ? sm_statement_get_int (statement, 0) : 0;
  return TRUE;
}
