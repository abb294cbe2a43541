/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-life-private.h"

#include "sm-desks-private.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-transition-table.h"
#include "sm-verb-private.h"

/* What belongs to an overlay, and goes with it. */
static const struct
{
  guint overlays; /* gone when none of them is left */
  guint fields[4];
  guint n_fields;
} overlay_fields[] = {
  { SM_ALARM_SHELVED,
    { SM_ALARM_SHELVED_UNTIL, SM_ALARM_SHELVED_BY, SM_ALARM_SHELVE_REASON },
    3 },
  { SM_ALARM_SUPPRESSED, { SM_ALARM_SUPPRESSED_BY }, 1 },
  { SM_ALARM_OUT_OF_SERVICE | SM_ALARM_OUT_ASKED,
    { SM_ALARM_OUT_OF_SERVICE_UNTIL, SM_ALARM_OUT_OF_SERVICE_BY,
      SM_ALARM_OUT_OF_SERVICE_APPROVED_BY, SM_ALARM_OUT_OF_SERVICE_REASON },
    4 },
  { SM_ALARM_FOLDED, { SM_ALARM_PARENT_ID }, 1 },
};

static void
clear_fields (SmRow *alarm,
              guint  overlay)
{
  for (guint i = 0; i < overlay_fields[overlay].n_fields; i++)
    sm_row_set_null (alarm, overlay_fields[overlay].fields[i]);
}

static void
copy_fields (SmRow       *alarm,
             const SmRow *from,
             guint        overlay)
{
  for (guint i = 0; i < overlay_fields[overlay].n_fields; i++)
    sm_row_copy_field (alarm, from, overlay_fields[overlay].fields[i]);
}

/* A new occurrence is nobody's yet. */
static void
ring (SmRow *alarm)
{
  gint64 occurrence = sm_row_get_int (alarm, SM_ALARM_OCCURRENCE);

  sm_row_set_int (alarm, SM_ALARM_OCCURRENCE, occurrence + 1);
  sm_row_set_null (alarm, SM_ALARM_RETURNED_AT);
  sm_row_set_null (alarm, SM_ALARM_ACKED_AT);
  sm_row_set_null (alarm, SM_ALARM_ACKED_BY);
}

/**
 * sm_alarm_happens:
 * @alarm: with the level and safety that it has by now
 *
 * Lets @event happen to the row: its state, its occurrence, and what lies over it no
 * longer.  What is laid over it newly is the caller's to fill in.
 *
 * Returns: FALSE when the life cycle does not have it, with why as a slug
 */
gboolean
sm_alarm_happens (SmRow         *alarm,
                  SmAlarmEvent   event,
                  gint64         now,
                  GError       **error)
{
  SmAlarmLife life, next;
  const char *refusal = NULL;

  if (!sm_alarm_read_life (alarm, now, &life)
      || !sm_alarm_next (&life, event, &next, &refusal))
    {
      sm_set_error (error, SM_ERROR_INVALID, refusal != NULL ? refusal : "alarm-not-open",
                    "%s does not go with the state that the alarm is in", sm_alarm_events[event]);
      return FALSE;
    }
  if (sm_alarm_rings (life.state, next.state, event))
    ring (alarm);
  for (gsize i = 0; i < G_N_ELEMENTS (overlay_fields); i++)
    if ((life.overlays & overlay_fields[i].overlays) != 0
        && (next.overlays & overlay_fields[i].overlays) == 0)
      clear_fields (alarm, (guint) i);
  sm_row_set_text (alarm, SM_ALARM_STATE, sm_alarm_states[next.state]);
  return TRUE;
}

/**
 * sm_alarm_write:
 * @before: (nullable): it is new
 * @person: (nullable): a device or the service itself
 * @reason: (nullable)
 *
 * Writes the alarm and the step that it took, in the transaction that runs.
 */
gboolean
sm_alarm_write (SmRules      *rules,
                SmRow        *alarm,
                const SmRow  *before,
                SmAlarmEvent  event,
                const char   *person,
                const char   *reason,
                GError      **error)
{
  SmTransition transition = {
    .at = sm_rules_now (rules),
    .from_state = before != NULL ? (char *) sm_row_get_text (before, SM_ALARM_STATE) : NULL,
    .to_state = (char *) sm_row_get_text (alarm, SM_ALARM_STATE),
    .event = (char *) sm_alarm_events[event],
    .person = (char *) person,
    .reason = (char *) reason,
  };

  if (!sm_desks_assign (rules, alarm, error) || !sm_verb_put (rules, alarm, before, error))
    return FALSE;
  sm_suppress_note (rules, alarm);
  transition.alarm_id = sm_row_get_id (alarm);
  if (!sm_transition_table_add (sm_rules_get_connection (rules), &transition, error))
    return FALSE;
  /* What was a part of it shows again when it is over. */
  return (event != SM_ALARM_EVENT_RETURN && event != SM_ALARM_EVENT_ACKNOWLEDGE
          && event != SM_ALARM_EVENT_RELEASE)
         || sm_alarm_unfold_parts (rules, alarm, error);
}

/* --- a shelf is of a source and code --- */

/* Moves what lies over one that is over to the one that is there now. */
static gboolean
move_overlay (SmRules       *rules,
              SmRow         *alarm,
              SmRow         *from,
              guint          overlay,
              SmAlarmEvent   laid,
              SmAlarmEvent   taken,
              GError       **error)
{
  g_autoptr (SmRow) before = sm_row_copy (alarm);
  g_autoptr (SmRow) old = sm_row_copy (from);
  guint by = overlay_fields[overlay].fields[1];
  guint reason = overlay_fields[overlay].fields[overlay_fields[overlay].n_fields - 1];

  copy_fields (alarm, from, overlay);
  clear_fields (from, overlay);
  return sm_alarm_write (rules, from, old, taken, NULL, NULL, error)
         && sm_alarm_write (rules, alarm, before, laid, sm_row_get_text (alarm, by),
                            sm_row_get_text (alarm, reason), error);
}

#define SHELF 0
#define SERVICE 2

/**
 * sm_alarm_inherit:
 * @alarm: which has just been raised, and written
 *
 * Who put a chattering alarm aside for an hour does not want to do it again each time
 * it is over and comes back: what lies over the last one of that source and code goes
 * on, unless it is worse now.
 */
gboolean
sm_alarm_inherit (SmRules  *rules,
                  SmRow    *alarm,
                  GError  **error)
{
  gint64 now = sm_rules_now (rules);
  g_autoptr (SmRow) last = NULL;
  SmAlarmLife life;

  if (!sm_service_find_put_aside (sm_rules_get_connection (rules), alarm, now, &last, error))
    return FALSE;
  if (last == NULL || !sm_alarm_read_life (last, now, &life))
    return TRUE;
  if ((life.overlays & SM_ALARM_SHELVED) != 0 && !sm_alarm_is_safety (alarm)
      && sm_row_get_int (alarm, SM_ALARM_LEVEL) >= sm_row_get_int (last, SM_ALARM_LEVEL)
      && !move_overlay (rules, alarm, last, SHELF, SM_ALARM_EVENT_SHELVE,
                        SM_ALARM_EVENT_UNSHELVE, error))
    return FALSE;
  return (life.overlays & SM_ALARM_OUT_OF_SERVICE) == 0
         || move_overlay (rules, alarm, last, SERVICE, SM_ALARM_EVENT_TAKE_OUT,
                          SM_ALARM_EVENT_RETURN_TO_SERVICE, error);
}

/* --- time --- */

/* By the stored time, so that a restart and a late tick change nothing. */
static gboolean
end_one (SmRules       *rules,
         const SmRow   *alarm,
         guint          overlay,
         SmAlarmEvent   event,
         GError       **error)
{
  g_autoptr (SmRow) after = sm_row_copy (alarm);
  guint until = overlay_fields[overlay].fields[0];

  if (sm_row_is_null (alarm, until) || sm_row_get_int (alarm, until) > sm_rules_now (rules))
    return TRUE;
  clear_fields (after, overlay);
  return sm_alarm_write (rules, after, alarm, event, NULL, "time-is-up", error);
}

static gboolean
end_all (SmRules    *rules,
         GPtrArray  *over,
         GError    **error)
{
  for (guint i = 0; i < over->len; i++)
    {
      g_autoptr (SmRow) now_is = NULL;
      const SmRow *alarm = over->pdata[i];

      if (!end_one (rules, alarm, SHELF, SM_ALARM_EVENT_UNSHELVE, error)
          || !sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ALARM),
                               sm_row_get_id (alarm), &now_is, error)
          || !end_one (rules, now_is, SERVICE, SM_ALARM_EVENT_RETURN_TO_SERVICE, error))
        return FALSE;
    }
  return TRUE;
}

/** sm_alarms_end_time: At each tick: shelves and services whose time is up end. */
gboolean
sm_alarms_end_time (SmRules  *rules,
                    GError  **error)
{
  g_autoptr (GPtrArray) over = sm_service_list_time_up (sm_rules_get_connection (rules),
                                                        sm_rules_now (rules), error);

  if (over == NULL)
    return FALSE;
  if (over->len == 0)
    return TRUE;
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (end_all (rules, over, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}
