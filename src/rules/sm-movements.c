/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-movements.h"

#include "sm-books-private.h"
#include "sm-orders-private.h"
#include "sm-rules-private.h"
#include "sm-verb-private.h"

#define DEFAULT_OPERATOR 1

/* Its keys are those of its station, and where it is not said of its vehicle. */
gboolean
sm_movements_complete (SmRules  *rules,
                       SmRow    *movement,
                       GError  **error)
{
  gint64 station_id = sm_row_get_int (movement, SM_BATTERY_MOVEMENT_STATION_ID);

  if (station_id != SM_UNKNOWN)
    {
      const SmBookStation *station = sm_books_find_station (rules, station_id, error);

      if (station == NULL)
        return FALSE;
      sm_row_set_int (movement, SM_ROW_OPERATOR_ID, station->operator_id);
      sm_row_set_int (movement, SM_ROW_AREA_ID, station->area_id);
    }
  sm_books_fill_vehicle (rules, movement,
                         sm_row_get_int (movement, SM_BATTERY_MOVEMENT_VEHICLE_ID));
  /* Between stores it has neither. */
  if (sm_row_is_null (movement, SM_ROW_OPERATOR_ID))
    sm_row_set_int (movement, SM_ROW_OPERATOR_ID, DEFAULT_OPERATOR);
  return sm_history_check (movement, SM_NOUN_BATTERY_MOVEMENT, error);
}

/**
 * sm_movements_put:
 * @rows: (element-type SmRow): where packs went; they get their ids
 *
 * All of them or none.  A pack that left from where it was not is an alarm.
 */
gboolean
sm_movements_put (SmRules    *rules,
                  SmActor    *actor,
                  GPtrArray  *rows,
                  GError    **error)
{
  gboolean ok = TRUE;

  if (!sm_actor_require (actor, "station.ingest", error) || !sm_rules_begin (rules, error))
    return FALSE;
  for (guint i = 0; ok && i < rows->len; i++)
    ok = sm_history_is_past (rules, rows->pdata[i], SM_BATTERY_MOVEMENT_AT, error)
         && sm_movements_complete (rules, rows->pdata[i], error)
         && sm_verb_put (rules, rows->pdata[i], NULL, error);
  if (!sm_history_end (rules, ok, error))
    return FALSE;
  sm_live_lock (rules->live);
  for (guint i = 0; i < rows->len; i++)
    sm_packs_note_movement (rules, rows->pdata[i]);
  sm_live_unlock (rules->live);
  return TRUE;
}
