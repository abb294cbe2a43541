/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diversions.h"

#include "sm-error.h"
#include "sm-guidances-private.h"
#include "sm-plant-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#include <math.h>

/*
 * A station does not serve any more, and trucks come to it: which pack each of them could have
 * elsewhere.  Packs that the trucks of the other stations come for are left to them, and so are
 * those that are held or not to be handed out.  What a truck has refused is not offered to it
 * again, and who is told to go somewhere is not asked twice.
 */

#define MOST_TRUCKS 100
#define MOST_STATIONS 60
#define SWAP_S 300                 /* of one lane */
#define FORESEEN (40 * SM_MINUTE) /* a pack that will be ready by then counts */

typedef struct
{
  SmRules *rules;
  const SmActor *actor;
  const SmPlantStation *from;
  GArray *near;     /* of Near, the nearest first */
  GArray *stations; /* of SmDivertStation, likewise */
  GArray *packs;    /* of SmDivertPack */
  GArray *held;     /* of Held, one for each pack */
  GArray *trucks;   /* of SmDivertTruck */
  GArray *diversions;
  GPtrArray *owned;
  gint64 only_vehicle_id, only_battery_id; /* SM_UNKNOWN: all */
} Finding;

typedef struct
{
  const SmPlantStation *station;
  double far;
} Near;

typedef struct
{
  gint64 bay_id, battery_id;
} Held;

static void
finding_clear (Finding *self)
{
  g_clear_pointer (&self->near, g_array_unref);
  g_clear_pointer (&self->stations, g_array_unref);
  g_clear_pointer (&self->packs, g_array_unref);
  g_clear_pointer (&self->held, g_array_unref);
  g_clear_pointer (&self->trucks, g_array_unref);
  g_clear_pointer (&self->diversions, g_array_unref);
  g_clear_pointer (&self->owned, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finding, finding_clear)

static void
finding_init (Finding *self)
{
  self->near = g_array_new (FALSE, FALSE, sizeof (Near));
  self->stations = g_array_new (FALSE, FALSE, sizeof (SmDivertStation));
  self->packs = g_array_new (FALSE, FALSE, sizeof (SmDivertPack));
  self->held = g_array_new (FALSE, FALSE, sizeof (Held));
  self->trucks = g_array_new (FALSE, FALSE, sizeof (SmDivertTruck));
  self->diversions = g_array_new (FALSE, TRUE, sizeof (SmDiversion));
  self->owned = g_ptr_array_new_with_free_func (g_free);
}

static gboolean
may_see (const Finding *self,
         gint64         station_id)
{
  const SmLiveRow *row
      = sm_live_find_row (self->rules->live, sm_noun_get (SM_NOUN_STATION), station_id);

  return row != NULL
         && sm_scope_has (self->actor->scope, row->operator_id, row->area_id, row->fleet_id);
}

/* --- what the other stations have --- */

static int
compare_near (gconstpointer a,
              gconstpointer b)
{
  const Near *x = a, *y = b;

  return (x->far > y->far) - (x->far < y->far);
}

/* By the line on the map, in degrees: only to look at the nearest, wherever trucks are. */
static void
list_near (Finding *self)
{
  const GArray *all = self->rules->plant->stations;

  for (guint i = 0; i < all->len; i++)
    {
      const SmPlantStation *station = &g_array_index (all, SmPlantStation, i);
      Near near = { station, hypot (station->latitude - self->from->latitude,
                                    (station->longitude - self->from->longitude)
                                        * cos (self->from->latitude * G_PI / 180.0)) };

      if (station == self->from || !station->serves || isnan (station->latitude)
          || isnan (station->longitude) || !may_see (self, station->id))
        continue;
      if (isnan (near.far))
        near.far = 0.0; /* nobody knows where this one is: all are alike */
      g_array_append_val (self->near, near);
    }
  g_array_sort (self->near, compare_near);
  if (self->near->len > MOST_STATIONS)
    g_array_set_size (self->near, MOST_STATIONS);
}

/* When the pack in a bay can be handed out; SM_UNKNOWN: not soon, or not to anybody. */
static gint64
ready_at (const Finding *self,
          const SmRow   *bay,
          gint64         now)
{
  gint64 ready = sm_row_get_int (bay, SM_BAY_READY_AT);

  gint64 battery_id = sm_row_get_int (bay, SM_BAY_BATTERY_ID);

  if (sm_plant_is_withheld (self->rules->plant, battery_id)
      || sm_guidance_book_of_pack (self->rules, battery_id) != NULL)
    return SM_UNKNOWN;
  if (sm_row_get_enum (bay, SM_BAY_STATE) == SM_BAY_STATE_READY)
    return now;
  return sm_row_get_enum (bay, SM_BAY_STATE) == SM_BAY_STATE_CHARGING && ready != SM_UNKNOWN
                 && ready <= now + FORESEEN
             ? ready
             : SM_UNKNOWN;
}

static int
compare_packs (gconstpointer a,
               gconstpointer b)
{
  const SmDivertPack *x = a, *y = b;

  return (x->ready_us > y->ready_us) - (x->ready_us < y->ready_us);
}

static gboolean
comes_to (const SmPlantStation *station,
          gint64                vehicle_id)
{
  for (guint i = 0; i < station->trucks->len; i++)
    if (g_array_index (station->trucks, gint64, i) == vehicle_id)
      return TRUE;
  return FALSE;
}

/* Who was sent there has a pack that is held, and needs no other. */
static void
drop_promised (const Finding        *self,
               const SmPlantStation *station,
               GArray               *wants)
{
  const GPtrArray *open = self->rules->guidances->open;

  for (guint i = 0; i < open->len; i++)
    {
      const SmRow *row = open->pdata[i];
      const SmPlantModel *model
          = sm_plant_model_of (self->rules->plant, sm_row_get_int (row, SM_GUIDANCE_BATTERY_ID));
      guint bit;

      if (model == NULL || sm_row_get_int (row, SM_GUIDANCE_STATION_ID) != station->id
          || !comes_to (station, sm_row_get_int (row, SM_GUIDANCE_VEHICLE_ID)))
        continue;
      bit = (guint) (model - (SmPlantModel *) self->rules->plant->models->data);
      for (guint w = 0; w < wants->len; w++)
        if ((g_array_index (wants, SmPlantWant, w).fit >> bit & 1) != 0)
          {
            g_array_remove_index (wants, w);
            break;
          }
    }
}

/* Whoever comes to that station anyway takes the first that fits. */
static void
leave_to_others (const Finding        *self,
                 const SmPlantStation *station,
                 GArray               *packs)
{
  g_autoptr (GArray) wants = g_array_copy (station->wants);

  drop_promised (self, station, wants);
  for (guint w = 0; w < wants->len; w++)
    for (guint i = 0; i < packs->len; i++)
      if ((g_array_index (wants, SmPlantWant, w).fit
           >> g_array_index (packs, SmDivertPack, i).model & 1) != 0)
        {
          g_array_remove_index (packs, i);
          break;
        }
}

/* The number of the bay stands in for the station's, until what others come for is left out. */
static GArray *
list_ready (const Finding        *self,
            const SmPlantStation *station,
            gint64                now)
{
  SmPlant *plant = self->rules->plant;
  GArray *packs = g_array_new (FALSE, FALSE, sizeof (SmDivertPack));

  for (guint i = 0; i < station->bays->len; i++)
    {
      const SmLiveRow *bay
          = sm_live_find_row (self->rules->live, sm_noun_get (SM_NOUN_BAY),
                              g_array_index (station->bays, SmPlantPart, i).id);
      const SmPlantModel *model
          = bay != NULL ? sm_plant_model_of (plant, sm_row_get_int (bay->row, SM_BAY_BATTERY_ID))
                        : NULL;
      SmDivertPack pack = { .station = i };

      if (model == NULL)
        continue;
      pack.model = (guint) (model - (SmPlantModel *) plant->models->data);
      pack.ready_us = ready_at (self, bay->row, now);
      if (pack.ready_us != SM_UNKNOWN)
        g_array_append_val (packs, pack);
    }
  g_array_sort (packs, compare_packs);
  leave_to_others (self, station, packs);
  return packs;
}

static void
list_packs (Finding *self,
            gint64   now)
{
  for (guint s = 0; s < self->near->len; s++)
    {
      const SmPlantStation *station = g_array_index (self->near, Near, s).station;
      g_autoptr (GArray) ready = list_ready (self, station, now);
      SmDivertStation to = { station->latitude, station->longitude,
                             station->waiting + station->inbound,
                             SWAP_S / MAX (1, station->lanes->len) };

      g_array_append_val (self->stations, to);
      for (guint i = 0; i < ready->len && i < MOST_TRUCKS; i++)
        {
          SmDivertPack pack = g_array_index (ready, SmDivertPack, i);
          gint64 bay_id = g_array_index (station->bays, SmPlantPart, pack.station).id;
          const SmLiveRow *bay
              = sm_live_find_row (self->rules->live, sm_noun_get (SM_NOUN_BAY), bay_id);
          Held held = { bay_id, sm_row_get_int (bay->row, SM_BAY_BATTERY_ID) };

          pack.station = s;
          if (self->only_battery_id != SM_UNKNOWN && self->only_battery_id != held.battery_id)
            continue;
          g_array_append_val (self->packs, pack);
          g_array_append_val (self->held, held);
        }
    }
}

/* --- who comes --- */

/* What it refused lately, by the numbers of the stations. */
static gboolean
set_refused (Finding        *self,
             gint64          vehicle_id,
             SmDivertTruck  *truck,
             GError        **error)
{
  gint64 since = sm_rules_now (self->rules) - SM_GUIDANCE_REFUSED_US;
  g_autoptr (GPtrArray) last = sm_service_list_guidances_of (sm_rules_get_connection (self->rules),
                                                             vehicle_id, error);
  guint *refused;

  if (last == NULL)
    return FALSE;
  refused = g_new (guint, last->len + 1);
  g_ptr_array_add (self->owned, refused);
  for (guint i = 0; i < last->len; i++)
    for (guint s = 0; s < self->near->len; s++)
      if (sm_row_get_enum (last->pdata[i], SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_REFUSED
          && sm_row_get_int (last->pdata[i], SM_GUIDANCE_STATE_SINCE) >= since
          && sm_row_get_int (last->pdata[i], SM_GUIDANCE_STATION_ID)
                 == g_array_index (self->near, Near, s).station->id)
        refused[truck->n_refused++] = s;
  truck->refused = refused;
  return TRUE;
}

static gboolean
add_truck (Finding              *self,
           const SmLiveVehicle  *vehicle,
           GError              **error)
{
  SmDiversion diversion = { .vehicle_id = vehicle->id };
  SmDivertTruck truck = { .latitude = vehicle->latitude, .longitude = vehicle->longitude };
  guint64 *models = g_new0 (guint64, MAX (self->near->len, 1));

  g_ptr_array_add (self->owned, models);
  for (guint s = 0; s < self->near->len; s++)
    models[s] = sm_plant_models_that_fit (self->rules->plant, vehicle->model,
                                          g_array_index (self->near, Near, s).station->id);
  truck.range_m = vehicle->range_m != SM_UNKNOWN ? (double) vehicle->range_m : NAN;
  truck.models_at = models;
  if (!set_refused (self, vehicle->id, &truck, error))
    return FALSE;
  g_array_append_val (self->trucks, truck);
  g_array_append_val (self->diversions, diversion);
  return TRUE;
}

static gboolean
list_trucks (Finding  *self,
             GError  **error)
{
  for (guint i = 0; i < self->from->trucks->len && self->trucks->len < MOST_TRUCKS; i++)
    {
      gint64 id = g_array_index (self->from->trucks, gint64, i);
      int slot = sm_live_find_id (self->rules->live, id);
      const SmLiveVehicle *vehicle
          = slot >= 0 ? sm_live_get_vehicle (self->rules->live, (guint) slot) : NULL;

      if (vehicle == NULL || vehicle->queue > SM_QUEUE_CALLED
          || (self->only_vehicle_id != SM_UNKNOWN && self->only_vehicle_id != id)
          || sm_guidance_book_of_truck (self->rules, id) != NULL
          || !sm_scope_has (self->actor->scope, vehicle->operator_id, vehicle->area_id,
                            vehicle->fleet_id))
        continue;
      if (!add_truck (self, vehicle, error))
        return FALSE;
    }
  return TRUE;
}

static void
note_choices (Finding      *self,
              const GArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    {
      SmDiversion *diversion = &g_array_index (self->diversions, SmDiversion, i);
      guint pack;

      diversion->choice = g_array_index (choices, SmDivertChoice, i);
      diversion->station_id = diversion->bay_id = diversion->battery_id = SM_UNKNOWN;
      if (diversion->choice.outcome != SM_DIVERT_OFFER)
        continue;
      pack = diversion->choice.pack;
      diversion->bay_id = g_array_index (self->held, Held, pack).bay_id;
      diversion->battery_id = g_array_index (self->held, Held, pack).battery_id;
      diversion->station_id
          = g_array_index (self->near, Near,
                           g_array_index (self->packs, SmDivertPack, pack).station)
                .station->id;
    }
}

static gboolean
find (Finding  *self,
      gint64    station_id,
      GError  **error)
{
  g_autoptr (GArray) choices = NULL;
  g_autoptr (SmRow) station = NULL;
  SmDispatchPlan plan;

  if (!sm_actor_require (self->actor,
                         sm_noun_read_permission (sm_noun_get (SM_NOUN_VEHICLE)), error)
      || !sm_verb_find_row (self->rules, self->actor, sm_noun_get (SM_NOUN_STATION), station_id,
                            &station, error)
      || !sm_guidance_book_refresh (self->rules, error))
    return FALSE;
  self->from = sm_plant_find_station (self->rules->plant, station_id);
  finding_init (self);
  sm_dispatch_plan_init (&plan, sm_rules_now (self->rules));
  plan.set_out_s = 0; /* they are on the road */
  if (self->from != NULL)
    {
      list_near (self);
      list_packs (self, plan.now_us);
      if (!list_trucks (self, error))
        return FALSE;
    }
  choices = sm_divert_plan (&plan, (gpointer) self->trucks->data, self->trucks->len,
                            (gpointer) self->stations->data, self->stations->len,
                            (gpointer) self->packs->data, self->packs->len);
  note_choices (self, choices);
  return TRUE;
}

/**
 * sm_diversions_find:
 *
 * Nothing is promised by it: it is what could be offered now.
 *
 * Returns: (transfer full) (nullable): of #SmDiversion, one for each truck that comes to the
 *   station or waits there, and was not told yet to go elsewhere; NULL with
 *   %SM_ERROR_NOT_FOUND when @actor sees no such station
 */
GArray *
sm_diversions_find (SmRules  *rules,
                    SmActor  *actor,
                    gint64    station_id,
                    GError  **error)
{
  g_auto (Finding) self = { .rules = rules, .actor = actor, .only_vehicle_id = SM_UNKNOWN,
                            .only_battery_id = SM_UNKNOWN };

  return find (&self, station_id, error) ? g_steal_pointer (&self.diversions) : NULL;
}

/**
 * sm_diversions_find_one:
 * @battery_id: that pack or none; SM_UNKNOWN: what it gets when all are sent
 *
 * Returns: FALSE when the truck does not come to the station
 */
gboolean
sm_diversions_find_one (SmRules      *rules,
                        SmActor      *actor,
                        gint64        station_id,
                        gint64        vehicle_id,
                        gint64        battery_id,
                        SmDiversion  *out_diversion,
                        GError      **error)
{
  g_auto (Finding) self = { .rules = rules, .actor = actor,
                            .only_vehicle_id = battery_id != SM_UNKNOWN ? vehicle_id : SM_UNKNOWN,
                            .only_battery_id = battery_id };

  if (!find (&self, station_id, error))
    return FALSE;
  for (guint i = 0; i < self.diversions->len; i++)
    {
      *out_diversion = g_array_index (self.diversions, SmDiversion, i);
      if (out_diversion->vehicle_id == vehicle_id)
        return TRUE;
    }
  sm_set_error (error, SM_ERROR_INVALID, "guidance-not-coming",
                "The truck does not come to that station");
  return FALSE;
}

/** sm_diversion_word: Returns: the slug of an outcome */
const char *
sm_diversion_word (SmDivertOutcome outcome)
{
  static const char *const words[] = { "offer", "no_pack", "rescue", "ask" };

  return words[outcome];
}
