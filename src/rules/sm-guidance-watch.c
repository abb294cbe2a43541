/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guidances-private.h"

#include "sm-plant-private.h"
#include "sm-rules-private.h"

/*
 * What time, trucks and stations do to guidance.  A pack is not held for longer than somebody
 * may still come for it, and nobody goes on to where there is none.
 */

/* A station that comes and goes keeps those who come to it. */
#define DOWN_FOR (2 * SM_MINUTE)

typedef struct
{
  SmRow *before; /* (nullable): it goes on as it is */
  SmGuidanceEvent event;
  guint lapse; /* SmGuidanceLapse */
} Step;

static void
step_clear (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->before, sm_row_unref);
}

/* Whether the truck stands at the station that it was sent to. */
static gboolean
is_there (SmRules     *rules,
          const SmRow *guidance)
{
  int slot = sm_live_find_id (rules->live, sm_row_get_int (guidance, SM_GUIDANCE_VEHICLE_ID));
  const SmLiveVehicle *truck = slot >= 0 ? sm_live_get_vehicle (rules->live, (guint) slot) : NULL;

  return truck != NULL && truck->queue >= SM_QUEUE_WAITING && truck->queue <= SM_QUEUE_IN_LANE
         && truck->station_id == sm_row_get_int (guidance, SM_GUIDANCE_STATION_ID);
}

/* Bays speak before packs do: only what neither has at the station is gone. */
static gboolean
is_pack_gone (SmRules     *rules,
              const SmRow *guidance)
{
  gint64 id = sm_row_get_int (guidance, SM_GUIDANCE_BATTERY_ID);
  const SmLiveRow *bay = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BAY),
                                           sm_row_get_int (guidance, SM_GUIDANCE_BAY_ID));
  const SmLiveRow *pack = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BATTERY), id);

  if (sm_plant_is_withheld (rules->plant, id))
    return TRUE;
  return bay != NULL && pack != NULL && sm_row_get_int (bay->row, SM_BAY_BATTERY_ID) != id
         && (sm_row_get_enum (pack->row, SM_BATTERY_PLACE) != SM_PLACE_BAY
             || sm_row_get_int (pack->row, SM_BATTERY_STATION_ID)
                    != sm_row_get_int (guidance, SM_GUIDANCE_STATION_ID));
}

static gboolean
is_station_down (SmRules     *rules,
                 const SmRow *guidance,
                 gint64       now)
{
  const SmLiveRow *station
      = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_STATION),
                          sm_row_get_int (guidance, SM_GUIDANCE_STATION_ID));
  gint64 since = station != NULL ? sm_row_get_int (station->row, SM_STATION_SERVICE_SINCE)
                                 : SM_UNKNOWN;

  return since != SM_UNKNOWN && now - since >= DOWN_FOR
         && sm_row_get_enum (station->row, SM_STATION_SERVICE) == SM_SERVICE_OUT_OF_SERVICE;
}

/* What is due of one; Returns: whether there is something */
static gboolean
look_at (SmRules     *rules,
         const SmRow *guidance,
         gint64       now,
         Step        *out_step)
{
  guint state = sm_row_get_enum (guidance, SM_GUIDANCE_STATE);
  gboolean is_asked = state == SM_GUIDANCE_STATE_SENT || state == SM_GUIDANCE_STATE_DELIVERED;

  out_step->event = SM_GUIDANCE_LAPSE;
  if (state != SM_GUIDANCE_STATE_PROPOSED && is_there (rules, guidance))
    out_step->event = SM_GUIDANCE_ARRIVE;
  else if (is_pack_gone (rules, guidance))
    out_step->lapse = SM_GUIDANCE_LAPSE_PACK_GONE;
  else if (is_station_down (rules, guidance, now))
    out_step->lapse = SM_GUIDANCE_LAPSE_STATION_DOWN;
  else if (sm_row_get_int (guidance, SM_GUIDANCE_DUE_AT) > now)
    return FALSE;
  else if (is_asked)
    out_step->event = SM_GUIDANCE_GO_UNANSWERED;
  else
    out_step->lapse = state == SM_GUIDANCE_STATE_PROPOSED    ? SM_GUIDANCE_LAPSE_NOT_SENT
                      : state == SM_GUIDANCE_STATE_NO_ANSWER ? SM_GUIDANCE_LAPSE_NO_ANSWER
                                                             : SM_GUIDANCE_LAPSE_NOT_ARRIVED;
  return TRUE;
}

static gboolean
take (SmRules        *rules,
      const SmActor  *system,
      const Step     *step,
      GError        **error)
{
  g_autoptr (SmRow) guidance = sm_row_copy (step->before);
  g_autofree char *act = g_strdup_printf ("guidance.%s", sm_guidance_events[step->event]);

  if (!sm_guidance_happens (guidance, step->event, sm_rules_now (rules)))
    return TRUE;
  if (step->event == SM_GUIDANCE_LAPSE)
    sm_row_set_text (guidance, SM_GUIDANCE_LAPSE_BY, sm_guidance_lapses[step->lapse]);
  return sm_guidance_put (rules, system, act, guidance, step->before, error);
}

static gboolean
take_all (SmRules       *rules,
          const GArray  *steps,
          GError       **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("service");

  for (guint i = 0; i < steps->len; i++)
    if (!take (rules, system, &g_array_index (steps, Step, i), error))
      return FALSE;
  return TRUE;
}

/** sm_guidances_tick: Ends what was not answered in time, and what nobody comes for any more. */
gboolean
sm_guidances_tick (SmRules  *rules,
                   GError  **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, TRUE, sizeof (Step));
  gint64 now = sm_rules_now (rules);
  const GPtrArray *open;

  g_array_set_clear_func (steps, step_clear);
  if (!sm_guidance_book_refresh (rules, error))
    return FALSE;
  open = rules->guidances->open;
  for (guint i = 0; i < open->len; i++)
    {
      Step step = { 0 };

      if (!look_at (rules, open->pdata[i], now, &step))
        continue;
      step.before = sm_row_ref (open->pdata[i]);
      g_array_append_val (steps, step);
    }
  if (steps->len == 0)
    return TRUE;
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (take_all (rules, steps, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}
