/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-windows-private.h"

#include "sm-alarm-life-private.h"
#include "sm-books-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-window.h"

#include <string.h>

/*
 * Alarms that are expected are put aside while that lasts: by a maintenance window, of
 * a station that is not in operation, and that something cannot be reached through what
 * is itself silent.  What it goes by is the state of things, never the time at which
 * somebody did something: whenever that state may have changed all open alarms are
 * looked at again.
 */

/* --- by a window --- */

/* Whether what the alarm is of is, or is a part of, what is worked on. */
static gboolean
is_part (SmRules     *rules,
         const SmRow *alarm,
         SmNounId     noun,
         const char  *name,
         gint64       id)
{
  gint64 equipment_id = sm_row_get_int (alarm, SM_ALARM_EQUIPMENT_ID);
  const char *source = sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN);
  gint64 source_id = sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
  g_autoptr (SmRow) equipment = NULL;

  if (g_strcmp0 (source, name) == 0 && source_id == id)
    return TRUE;
  if (noun == SM_NOUN_EQUIPMENT || noun == SM_NOUN_VEHICLE)
    return noun == SM_NOUN_EQUIPMENT && equipment_id == id;
  if (noun == SM_NOUN_PILE && g_strcmp0 (source, "connector") == 0)
    {
      const SmPlantParents *parents
          = sm_plant_parents_of (rules->plant, SM_NOUN_CONNECTOR, source_id);

      return parents != NULL && parents->pile_id == id;
    }
  return equipment_id != SM_UNKNOWN
         && sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_EQUIPMENT),
                             equipment_id, &equipment, NULL)
         && equipment != NULL
         && g_strcmp0 (sm_row_get_text (equipment, SM_EQUIPMENT_PARENT_NOUN), name) == 0
         && sm_row_get_int (equipment, SM_EQUIPMENT_PARENT_ID) == id;
}

static gboolean
is_in_scope (SmRules     *rules,
             const SmRow *window,
             const SmRow *alarm)
{
  const char *name = sm_row_get_text (window, SM_WINDOW_SCOPE_NOUN);
  const SmNoun *noun = sm_noun_by_name (name);
  gint64 id = sm_row_get_int (window, SM_WINDOW_SCOPE_ID);
  gboolean is_vehicle = g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), "vehicle") == 0;

  if (noun == NULL)
    return FALSE;
  switch (noun->id)
    {
    case SM_NOUN_AREA:
      return !is_vehicle
             && sm_windows_reaches (rules, window, sm_row_get_int (alarm, SM_ROW_OPERATOR_ID),
                                    sm_row_get_int (alarm, SM_ROW_AREA_ID));
    case SM_NOUN_STATION:
      return !is_vehicle && sm_row_get_int (alarm, SM_ALARM_STATION_ID) == id;
    default:
      return is_part (rules, alarm, noun->id, name, id);
    }
}

/* Returns: (transfer full) (nullable) */
static char *
by_window (SmRules     *rules,
           const SmRow *alarm)
{
  const SmWindowBook *book = rules->windows;

  for (guint i = 0; book->n_open > 0 && i < book->live->len; i++)
    if (sm_window_expects (book->live->pdata[i], alarm)
        && is_in_scope (rules, book->live->pdata[i], alarm))
      return sm_expected_of_window (sm_row_get_id (book->live->pdata[i]));
  return NULL;
}

/* --- by the state of things --- */

/* A station that is not open yet, or is gone, is nobody's to serve. */
static gboolean
is_not_in_operation (SmRules     *rules,
                     const SmRow *alarm)
{
  gint64 station_id = sm_row_get_int (alarm, SM_ALARM_STATION_ID);
  const SmBookStation *station
      = station_id != SM_UNKNOWN ? sm_books_find_station (rules, station_id, NULL) : NULL;

  return station != NULL && !station->is_in_operation;
}

static gboolean
is_open_of (SmRules    *rules,
            const char *noun,
            gint64      id,
            const char *code)
{
  g_autoptr (SmRow) alarm = NULL;
  guint state;

  if (id == SM_UNKNOWN
      || !sm_service_find_open_alarm (sm_rules_get_connection (rules), noun, id, code, &alarm,
                                      NULL)
      || alarm == NULL)
    return FALSE;
  state = sm_row_get_enum (alarm, SM_ALARM_STATE);
  return state == SM_ALARM_UNACKED || state == SM_ALARM_ACKED;
}

static const char *const carriers[] = { "station-silent", "station-unknown-danger", NULL };

/* A pile that does not reach its station's gateway, when nothing is heard of the whole
 * station: one cause, and one that is said. */
static gboolean
is_parent_silent (SmRules     *rules,
                  const SmRow *alarm)
{
  static const char *const carried[] = { "pile-communication", "pile-weak-signal", NULL };
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);
  gint64 station_id = sm_row_get_int (alarm, SM_ALARM_STATION_ID);

  for (guint i = 0; code != NULL && g_strv_contains (carried, code) && carriers[i] != NULL; i++)
    if (is_open_of (rules, "station", station_id, carriers[i]))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full) (nullable): why it is expected */
static char *
why_expected (SmRules     *rules,
              const SmRow *alarm)
{
  char *why;

  if (!sm_window_may_suppress (alarm))
    return NULL;
  why = by_window (rules, alarm);
  if (why == NULL && is_not_in_operation (rules, alarm))
    why = g_strdup (sm_expected_slug (SM_EXPECTED_COMMISSIONING));
  if (why == NULL && is_parent_silent (rules, alarm))
    why = g_strdup (sm_expected_slug (SM_EXPECTED_PARENT_SILENT));
  return why;
}

/**
 * sm_alarm_suppress:
 * @alarm: as it was written
 *
 * Lays over it that it is expected, or takes that away, as things are now.
 */
gboolean
sm_alarm_suppress (SmRules  *rules,
                   SmRow    *alarm,
                   GError  **error)
{
  g_autoptr (SmRow) before = NULL;
  g_autofree char *why = NULL;
  SmAlarmEvent event;

  if (!sm_windows_refresh (rules, error))
    return FALSE;
  why = why_expected (rules, alarm);
  if (g_strcmp0 (why, sm_row_get_text (alarm, SM_ALARM_SUPPRESSED_BY)) == 0)
    return TRUE;
  event = why != NULL ? SM_ALARM_EVENT_SUPPRESS : SM_ALARM_EVENT_UNSUPPRESS;
  before = sm_row_copy (alarm);
  if (!sm_alarm_happens (alarm, event, sm_rules_now (rules), NULL))
    return TRUE;
  sm_row_set_text (alarm, SM_ALARM_SUPPRESSED_BY, why);
  return sm_alarm_write (rules, alarm, before, event, NULL,
                         why != NULL ? why : sm_row_get_text (before, SM_ALARM_SUPPRESSED_BY),
                         error);
}

/** sm_suppress_note: An alarm took a step: what hangs on it is expected, or no longer. */
void
sm_suppress_note (SmRules     *rules,
                  const SmRow *alarm)
{
  const char *code = sm_row_get_text (alarm, SM_ALARM_CODE);

  rules->windows->is_due |= code != NULL && g_strv_contains (carriers, code);
}

/* So many in one transaction, and with one tick: what else wants to write waits behind it. */
#define LOOK_AT_ONCE 500

static gboolean
look_at_each (SmRules    *rules,
              GPtrArray  *open,
              GError    **error)
{
  for (guint i = 0; i < open->len; i++)
    {
      g_autoptr (SmRow) alarm = sm_row_copy (open->pdata[i]);

      if (!sm_alarm_suppress (rules, alarm, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
look_at_page (SmRules  *rules,
              GError  **error)
{
  SmWindowBook *book = rules->windows;
  g_autoptr (GPtrArray) open = sm_service_list_open_after (sm_rules_get_connection (rules),
                                                           book->looked_at_id, LOOK_AT_ONCE,
                                                           error);

  if (open == NULL || !sm_rules_begin (rules, error))
    return FALSE;
  if (!look_at_each (rules, open, error))
    {
      sm_rules_rollback (rules);
      return FALSE;
    }
  if (!sm_rules_commit (rules, error))
    return FALSE;
  book->looked_at_id = open->len < LOOK_AT_ONCE ? SM_UNKNOWN
                                                : sm_row_get_id (open->pdata[open->len - 1]);
  return TRUE;
}

/**
 * sm_suppress_tick:
 *
 * Goes through the open alarms again, a page with each tick, when what is expected may be
 * other ones.  What becomes so by that, or meanwhile, is looked at when this is through.
 */
gboolean
sm_suppress_tick (SmRules  *rules,
                  GError  **error)
{
  SmWindowBook *book = rules->windows;

  if (book->is_due && book->looked_at_id == SM_UNKNOWN)
    {
      book->is_due = FALSE;
      book->looked_at_id = 0;
    }
  return book->looked_at_id == SM_UNKNOWN || look_at_page (rules, error);
}
