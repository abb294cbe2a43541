/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-drill-table.h"

#include "sm-bound.h"
#include "sm-time.h"

/* What was done about the events of a drill is read from where it stands anyway: the
 * transitions, ticked steps and commands of its alarm, the handovers of its desk. */

/* A clock that ran in the device may be a little behind ours. */
#define SLACK_US (5 * SM_SECOND)

void
sm_drill_sign_clear (SmDrillSign *self)
{
  self->at = SM_UNKNOWN;
  g_clear_pointer (&self->person, g_free);
}

/** sm_drill_table_undone: Returns: (transfer full) (nullable): ids of the steps where something is to be done */
GArray *
sm_drill_table_undone (SmConnection  *connection,
                       GError       **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (SmStatement) statement = sm_bound_prepare (
    connection, error, "SELECT id FROM drill_step WHERE verdict IN ('open', 'missed') ORDER BY id", "");
  gboolean has_row;

  while (statement != NULL && sm_statement_step (statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sm_statement_get_int (statement, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

/* Returns: FALSE when the database failed; nothing found leaves @out_sign alone */
static gboolean
take_sign (SmStatement  *statement,
           SmDrillSign  *out_sign,
           GError      **error)
{
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && !sm_statement_is_null (statement, 0))
    {
      sm_drill_sign_clear (out_sign);
      out_sign->at = sm_statement_get_int (statement, 0);
      out_sign->person = g_strdup (sm_statement_get_text (statement, 1));
    }
  return TRUE;
}

/**
 * sm_drill_table_find_alarm:
 *
 * Returns: the first alarm of what happened in a step: of a fault by its code, of
 *   silence by the codes for that, of heat whatever is said of the pack's warmth;
 *   0: none yet, -1: the database failed
 */
gint64
sm_drill_table_find_alarm (SmConnection  *connection,
                           const SmRow   *step,
                           GError       **error)
{
  static const char sql[] =
    "SELECT id FROM alarm WHERE raised_at >= ?1"
    " AND ((?2 > 0 AND station_id = ?2) OR (?3 > 0 AND vehicle_id = ?3) OR (?4 > 0 AND battery_id = ?4)"
    "  OR (source_noun = 'station' AND source_id = ?2) OR (source_noun = 'vehicle' AND source_id = ?3)"
    "  OR (source_noun = 'battery' AND source_id = ?4))"
    " AND CASE ?5 WHEN 'fault' THEN code = ?6"
    "  WHEN 'silence' THEN code IN ('vehicle-silent', 'station-silent')"
    "  ELSE code IN ('pack-over-temperature', 'battery-over-temperature',"
    "   'battery-thermal-growth', 'battery-temperature-difference') END "
    "ORDER BY raised_at, id LIMIT 1";
  g_autoptr (SmStatement) statement = sm_bound_prepare (
    connection, error, sql, "iiiitt", sm_row_get_int (step, SM_DRILL_STEP_AT) - SLACK_US,
    sm_row_get_int (step, SM_DRILL_STEP_STATION_ID), sm_row_get_int (step, SM_DRILL_STEP_VEHICLE_ID),
    sm_row_get_int (step, SM_DRILL_STEP_BATTERY_ID), sm_row_get_text (step, SM_DRILL_STEP_DEED),
    sm_row_get_text (step, SM_DRILL_STEP_CODE));
  gboolean has_row;

  if (statement == NULL || !sm_statement_step (statement, &has_row, error))
    return -1;
  return has_row ? sm_statement_get_int (statement, 0) : 0;
}

/** sm_drill_table_look: Notes who looked at an alarm first, and when. */
gboolean
sm_drill_table_look (SmConnection  *connection,
                     gint64         alarm_id,
                     gint64         at,
                     const char    *person,
                     GError       **error)
{
  return sm_bound_run (connection, error,
                       "INSERT OR IGNORE INTO drill_look (alarm_id, at, person) VALUES (?, ?, ?)",
                       "iit", alarm_id, at, person);
}

static gboolean
read_sign (SmConnection  *connection,
           const char    *sql,
           gint64         alarm_id,
           gint64         from,
           SmDrillSign   *out_sign,
           GError       **error)
{
  g_autoptr (SmStatement) statement = sm_bound_prepare (connection, error, sql, "ii", alarm_id, from);

  return take_sign (statement, out_sign, error);
}

/* Whatever is done about it is a sign that it was noticed. */
static const char noticed_sql[] =
  "SELECT at, person FROM ("
  " SELECT at, person FROM drill_look WHERE alarm_id = ?1"
  " UNION ALL SELECT at, person FROM alarm_transition WHERE alarm_id = ?1 AND person IS NOT NULL"
  " UNION ALL SELECT at, person FROM alarm_step WHERE alarm_id = ?1"
  " UNION ALL SELECT requested_at, requested_by FROM command WHERE alarm_id = ?1) "
  "WHERE at >= ?2 ORDER BY at LIMIT 1";
static const char acknowledged_sql[] =
  "SELECT at, person FROM alarm_transition WHERE alarm_id = ?1 AND event = 'acknowledge'"
  " AND person IS NOT NULL AND at >= ?2 ORDER BY at LIMIT 1";
static const char command_sql[] =
  "SELECT requested_at, requested_by FROM command WHERE alarm_id = ?1 AND requested_at >= ?2 "
  "ORDER BY requested_at LIMIT 1";
/* The first signed handover of its desk while it was there to be handed over. */
static const char handed_over_sql[] =
  "SELECT h.taken_at, h.to_person FROM handover h JOIN alarm a ON a.desk_id = h.desk_id "
  "WHERE a.id = ?1 AND h.taken_at >= ?2 ORDER BY h.taken_at LIMIT 1";
/* The last of them, once all are done. */
static const char steps_sql[] =
  "SELECT CASE WHEN count (*) >= ?2 THEN max (at) END, person FROM alarm_step "
  "WHERE alarm_id = ?1 AND is_done = 1";

/**
 * sm_drill_table_read:
 * @step: whose alarm is known
 * @n_steps: how many steps there are to do about such an alarm
 * @signs: for each %SmDrillReaction
 */
gboolean
sm_drill_table_read (SmConnection  *connection,
                     const SmRow   *step,
                     guint          n_steps,
                     SmDrillSign   *signs,
                     GError       **error)
{
  gint64 alarm_id = sm_row_get_int (step, SM_DRILL_STEP_ALARM_ID);
  gint64 from = sm_row_get_int (step, SM_DRILL_STEP_RAISED_AT) - SLACK_US;

  return read_sign (connection, noticed_sql, alarm_id, from, &signs[SM_DRILL_NOTICED], error)
         && read_sign (connection, acknowledged_sql, alarm_id, from, &signs[SM_DRILL_ACKNOWLEDGED], error)
         && read_sign (connection, command_sql, alarm_id, from, &signs[SM_DRILL_COMMAND], error)
         && read_sign (connection, handed_over_sql, alarm_id, from, &signs[SM_DRILL_HANDED_OVER], error)
         && read_sign (connection, steps_sql, alarm_id, MAX (n_steps, 1), &signs[SM_DRILL_STEPS], error);
}
