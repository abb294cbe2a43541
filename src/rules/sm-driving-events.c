/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-driving-events.h"

#include "sm-books-private.h"
#include "sm-orders-private.h"
#include "sm-rules-private.h"
#include "sm-verb-private.h"

/* Its keys are those of its vehicle. */
gboolean
sm_driving_events_complete (SmRules  *rules,
                            SmRow    *event,
                            GError  **error)
{
  sm_books_fill_vehicle (rules, event, sm_row_get_int (event, SM_DRIVING_EVENT_VEHICLE_ID));
  return sm_history_check (event, SM_NOUN_DRIVING_EVENT, error);
}

/**
 * sm_driving_events_put:
 * @rows: (element-type SmRow): how trucks were driven; they get their ids
 *
 * All of them or none.
 */
gboolean
sm_driving_events_put (SmRules    *rules,
                       SmActor    *actor,
                       GPtrArray  *rows,
                       GError    **error)
{
  gboolean ok = TRUE;

  if (!sm_actor_require (actor, "vehicle.ingest", error) || !sm_rules_begin (rules, error))
    return FALSE;
  for (guint i = 0; ok && i < rows->len; i++)
    ok = sm_history_is_past (rules, rows->pdata[i], SM_DRIVING_EVENT_AT, error)
         && sm_driving_events_complete (rules, rows->pdata[i], error)
         && sm_verb_put (rules, rows->pdata[i], NULL, error);
  return sm_history_end (rules, ok, error);
}
