/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-plant-private.h"

#include "sm-geo.h"
#include "sm-rules-private.h"

#include <math.h>

/* How long trucks that came count for how often they come. */
#define LATELY_S (30 * 60.0)

/* What a bay said longer ago than that says nothing of now. */
#define STALE_S (10 * 60.0)

/* A road is longer than the crow flies. */
#define ROAD 1.2

#define FIRST_ARRIVAL_SOC 30

typedef struct
{
  double soc, power_kw;
  gint64 at, battery_id;
} Measured;

/* What was learned of a station; the rate is as of @at. */
typedef struct
{
  double limit_kw, arrivals_per_s, arrival_soc;
  gint64 at;
} Learned;

static Learned *
learned_of (SmPlant *self,
            gint64   station_id,
            gint64   at)
{
  Learned *learned = g_hash_table_lookup (self->ready_sites, &station_id);

  if (learned == NULL)
    {
      learned = g_new (Learned, 1);
      *learned = (Learned){ INFINITY, 0, FIRST_ARRIVAL_SOC, at };
      g_hash_table_replace (self->ready_sites, g_memdup2 (&station_id, sizeof station_id), learned);
    }
  if (at > learned->at)
    {
      learned->arrivals_per_s *= exp (-(double) (at - learned->at) / SM_SECOND / LATELY_S);
      learned->at = at;
    }
  return learned;
}

/* A truck left this pack here. */
static void
note_arrival (Learned *learned,
              double   soc)
{
  learned->arrivals_per_s += 1 / LATELY_S;
  learned->arrival_soc += (soc - learned->arrival_soc) * 0.1;
}

static double
health_of (SmRules *rules,
           gint64   battery_id)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_BATTERY), battery_id);
  double soh = live != NULL ? sm_row_get_real (live->row, SM_BATTERY_SOH) : NAN;

  return soh > 40 && soh <= 100 ? soh / 100 : 1;
}

static guint64
bit_of (SmPlant            *self,
        const SmPlantModel *model)
{
  return G_GUINT64_CONSTANT (1) << (model - (SmPlantModel *) self->models->data);
}

static gboolean
make_pack (SmRules     *rules,
           gint64       battery_id,
           double       soc,
           SmReadyPack *out_pack)
{
  SmPlantModel *model = sm_plant_model_of (rules->plant, battery_id);

  if (model == NULL || isnan (soc) || !(model->curve.nominal_wh > 0) || !(model->curve.gain > 0))
    return FALSE;
  *out_pack = (SmReadyPack){ .curve = &model->curve, .health = health_of (rules, battery_id),
                             .soc = soc, .ready_soc = model->ready_soc, .part = 1,
                             .model = bit_of (rules->plant, model), .weight = 1, .ready_s = NAN };
  return TRUE;
}

/* --- what the bays say --- */

static void
learn (SmRules        *rules,
       SmPlantModel   *model,
       gint64          id,
       const Measured *measured)
{
  SmPlant *self = rules->plant;
  const Measured *last = g_hash_table_lookup (self->bays, &id);

  sm_ready_curve_learn (&model->curve, measured->soc, measured->power_kw);
  if (last != NULL && last->battery_id == measured->battery_id && measured->at > last->at)
    sm_ready_curve_rise (&model->curve, health_of (rules, measured->battery_id), last->soc,
                         measured->soc, (last->power_kw + measured->power_kw) / 2,
                         (double) (measured->at - last->at) / SM_SECOND);
  g_hash_table_replace (self->bays, g_memdup2 (&id, sizeof id),
                        g_memdup2 (measured, sizeof *measured));
}

static void
note_due (SmPlant *self,
          gint64   station_id)
{
  for (guint i = self->ready_due->len; i-- > 0;)
    if (g_array_index (self->ready_due, gint64, i) == station_id)
      return;
  g_array_append_val (self->ready_due, station_id);
}

/**
 * sm_plant_note_bay:
 *
 * Learns from what the pack of a bay took.  When it will be ready is said by
 * sm_plant_foresee_ready(), once all bays that report together have been heard.
 */
void
sm_plant_note_bay (SmRules     *rules,
                   const SmRow *before,
                   SmRow       *row)
{
  SmPlant *self = rules->plant;
  gint64 id = sm_row_get_id (row);
  const SmPlantParents *parents = sm_plant_parents_of (self, SM_NOUN_BAY, id);
  Measured measured = { sm_row_get_real (row, SM_BAY_SOC), sm_row_get_real (row, SM_BAY_POWER_KW),
                        sm_row_get_int (row, SM_BAY_REPORTED_AT),
                        sm_row_get_int (row, SM_BAY_BATTERY_ID) };
  SmPlantModel *model = sm_plant_model_of (self, measured.battery_id);

  sm_row_set_null (row, SM_BAY_READY_AT);
  if (parents == NULL)
    return;
  note_due (self, parents->station_id);
  if (model == NULL || measured.at == SM_UNKNOWN
      || sm_row_get_enum (row, SM_BAY_STATE) != SM_BAY_STATE_CHARGING)
    {
      g_hash_table_remove (self->bays, &id);
      return;
    }
  learn (rules, model, id, &measured);
  if (before != NULL && sm_row_get_int (before, SM_BAY_BATTERY_ID) != measured.battery_id
      && measured.soc < model->ready_soc)
    note_arrival (learned_of (self, parents->station_id, measured.at), measured.soc);
}

/* --- what is there --- */

typedef struct
{
  SmReadySite site;
  SmReadyPack packs[SM_READY_MAX_PACKS];
  double power_kw[SM_READY_MAX_PACKS];
  const SmRow *rows[SM_READY_MAX_PACKS]; /* of the bays */
  guint n_packs;
  SmReadyTruck trucks[SM_READY_MAX_TRUCKS];
  guint n_trucks;
  gint64 at;
  double there_kw;
  gboolean is_bound;
} Scene;

static const SmRow *
row_of (SmRules  *rules,
        SmNounId  noun,
        gint64    id)
{
  const SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (noun), id);

  return live != NULL ? live->row : NULL;
}

static void
add_bay (SmRules     *rules,
         Scene       *scene,
         const SmRow *row)
{
  guint state = sm_row_get_enum (row, SM_BAY_STATE);
  double kw = sm_row_get_real (row, SM_BAY_POWER_KW);
  double old_s = (double) (scene->at - sm_row_get_int (row, SM_BAY_REPORTED_AT)) / SM_SECOND;
  SmReadyPack *pack = &scene->packs[scene->n_packs];

  scene->site.n_empty += state == SM_BAY_STATE_EMPTY
                         || (state == SM_BAY_STATE_RESERVED
                             && sm_row_is_null (row, SM_BAY_BATTERY_ID));
  if (scene->n_packs == SM_READY_MAX_PACKS / 2 || state == SM_BAY_STATE_FAULTED
      || !(old_s < STALE_S)
      || sm_plant_is_withheld (rules->plant, sm_row_get_int (row, SM_BAY_BATTERY_ID))
      || !make_pack (rules, sm_row_get_int (row, SM_BAY_BATTERY_ID),
                     sm_row_get_real (row, SM_BAY_SOC), pack))
    return;
  if (kw > 0)
    {
      scene->is_bound |= sm_ready_curve_is_bound (pack->curve, pack->soc, kw);
      scene->there_kw += kw;
      pack->soc += sm_ready_rise (pack, kw, old_s);
    }
  if (state == SM_BAY_STATE_RESERVED)
    pack->held_for = MAX (sm_row_get_int (row, SM_BAY_RESERVED_FOR), -1);
  scene->rows[scene->n_packs] = row;
  scene->power_kw[scene->n_packs++] = kw;
}

static void
look_bays (SmRules              *rules,
           const SmPlantStation *station,
           Scene                *scene)
{
  scene->at = SM_UNKNOWN;
  for (guint i = 0; i < station->bays->len; i++)
    {
      const SmRow *row = row_of (rules, SM_NOUN_BAY, g_array_index (station->bays, SmPlantPart, i).id);

      if (row != NULL)
        scene->at = MAX (scene->at, sm_row_get_int (row, SM_BAY_REPORTED_AT));
    }
  for (guint i = 0; i < station->bays->len; i++)
    {
      const SmRow *row = row_of (rules, SM_NOUN_BAY, g_array_index (station->bays, SmPlantPart, i).id);

      if (row != NULL && sm_row_get_int (row, SM_BAY_REPORTED_AT) != SM_UNKNOWN)
        add_bay (rules, scene, row);
    }
}

/* How full its pack will be when it is there. */
static double
soc_on_arrival (const SmPlantStation *station,
                const SmLiveVehicle  *vehicle)
{
  double m;

  if (vehicle->queue != SM_QUEUE_INBOUND || vehicle->range_m == SM_UNKNOWN || vehicle->range_m <= 0
      || isnan (vehicle->latitude) || isnan (station->latitude))
    return vehicle->soc;
  m = ROAD * sm_geo_distance_m (vehicle->latitude, vehicle->longitude, station->latitude,
                                station->longitude);
  return vehicle->soc * MAX (1 - m / (double) vehicle->range_m, 0.05);
}

static double
comes_in (const SmLiveVehicle *vehicle,
          gint64               at)
{
  /* Who waits is served by how long. */
  if (vehicle->queue != SM_QUEUE_INBOUND)
    return vehicle->queue_since != SM_UNKNOWN
               ? MIN ((double) (vehicle->queue_since - at) / SM_SECOND, 0) : 0;
  return vehicle->eta != SM_UNKNOWN ? MAX ((double) (vehicle->eta - at) / SM_SECOND, 1) : NAN;
}

static int
compare_trucks (gconstpointer a,
                gconstpointer b)
{
  const SmReadyTruck *x = a, *y = b;

  return (x->at_s > y->at_s) - (x->at_s < y->at_s);
}

static void
look_trucks (SmRules              *rules,
             const SmPlantStation *station,
             Scene                *scene)
{
  for (guint i = 0; i < station->trucks->len && scene->n_trucks < SM_READY_MAX_TRUCKS; i++)
    {
      gint64 id = g_array_index (station->trucks, gint64, i);
      int slot = sm_live_find_id (rules->live, id);
      const SmLiveVehicle *vehicle = slot >= 0 ? sm_live_get_vehicle (rules->live, (guint) slot)
                                               : NULL;
      SmReadyTruck *truck = &scene->trucks[scene->n_trucks];

      if (vehicle == NULL || vehicle->station_id != station->id
          || vehicle->queue == SM_ENUM_UNKNOWN)
        continue;
      *truck = (SmReadyTruck){ .id = id,
                               .at_s = comes_in (vehicle, scene->at),
                               .fit = sm_plant_models_that_fit (rules->plant, vehicle->model,
                                                                station->id) };
      if (!isnan (truck->at_s)
          && make_pack (rules, vehicle->battery_id, soc_on_arrival (station, vehicle), &truck->old))
        scene->n_trucks++;
    }
  qsort (scene->trucks, scene->n_trucks, sizeof *scene->trucks, compare_trucks);
}

static SmReadyStage
stage_of (const SmRow *lane)
{
  guint step = sm_row_get_enum (lane, SM_LANE_STEP);

  if (step == SM_ENUM_UNKNOWN || step < SM_SWAP_STEP_OLD_OUT)
    return SM_READY_CALLED;
  return step < SM_SWAP_STEP_NEW_IN ? SM_READY_BETWEEN : SM_READY_DONE;
}

static void
look_lane (Scene       *scene,
           const SmRow *lane)
{
  gint64 vehicle_id = sm_row_get_int (lane, SM_LANE_VEHICLE_ID);
  gint64 since = sm_row_get_int (lane, SM_LANE_SINCE);
  SmReadyTruck *truck = NULL;

  scene->site.n_lanes += sm_row_get_enum (lane, SM_LANE_STATE) != SM_LANE_STATE_BLOCKED;
  if (vehicle_id == SM_UNKNOWN || vehicle_id == 0 || since == SM_UNKNOWN)
    return;
  for (guint i = 0; i < scene->n_trucks && truck == NULL; i++)
    if (scene->trucks[i].id == vehicle_id)
      truck = &scene->trucks[i];
  if (truck == NULL && scene->n_trucks == SM_READY_MAX_TRUCKS)
    return;
  if (truck == NULL)
    {
      truck = &scene->trucks[scene->n_trucks++];
      *truck = (SmReadyTruck){ .id = vehicle_id };
    }
  truck->stage = stage_of (lane);
  truck->at_s = (double) (since - scene->at) / SM_SECOND;
  if (truck->stage != SM_READY_CALLED)
    truck->old.curve = NULL; /* it is in a bay already */
}

static void
look_lanes (SmRules              *rules,
            const SmPlantStation *station,
            Scene                *scene)
{
  for (guint i = 0; i < station->lanes->len; i++)
    {
      const SmRow *lane = row_of (rules, SM_NOUN_LANE,
                                  g_array_index (station->lanes, SmPlantPart, i).id);

      if (lane != NULL)
        look_lane (scene, lane);
    }
}

/* What the site gives shows when its packs get less than they could take. */
static void
look_power (SmPlant              *self,
            const SmPlantStation *station,
            Scene                *scene)
{
  Learned *learned = learned_of (self, station->id, scene->at);

  if (scene->is_bound)
    learned->limit_kw = isinf (learned->limit_kw)
                            ? scene->there_kw
                            : learned->limit_kw + (scene->there_kw - learned->limit_kw) * 0.2;
  else if (scene->there_kw > learned->limit_kw)
    learned->limit_kw = scene->there_kw;
  scene->site.limit_kw = learned->limit_kw;
  scene->site.arrivals_per_s = learned->arrivals_per_s;
  scene->site.arrival_soc = learned->arrival_soc;
  scene->site.lead = &self->lead;
}

/* A pack that should charge and gets nothing is not ready at any time that is known. */
static void
set_ready (SmRules     *rules,
           const Scene *scene,
           guint        i)
{
  g_autoptr (SmRow) row = NULL;

  if (sm_row_get_enum (scene->rows[i], SM_BAY_STATE) != SM_BAY_STATE_CHARGING
      || isnan (scene->packs[i].ready_s) || !(scene->power_kw[i] > 0))
    return;
  row = sm_row_copy (scene->rows[i]);
  sm_row_set_int (row, SM_BAY_READY_AT,
                  scene->at + (gint64) (scene->packs[i].ready_s * SM_SECOND));
  sm_live_set_row (rules->live, NULL, row);
}

static void
foresee (SmRules              *rules,
         const SmPlantStation *station)
{
  Scene scene = { 0 };

  look_bays (rules, station, &scene);
  if (scene.n_packs == 0)
    return;
  look_trucks (rules, station, &scene);
  look_lanes (rules, station, &scene);
  look_power (rules->plant, station, &scene);
  sm_ready_measure (&scene.site, scene.packs, scene.n_packs, scene.power_kw);
  sm_ready_foresee (&scene.site, scene.packs, scene.n_packs, scene.trucks, scene.n_trucks);
  for (guint i = 0; i < scene.n_packs; i++)
    set_ready (rules, &scene, i);
}

/** sm_plant_foresee_ready: When the packs will be ready where bays have reported; under the lock. */
void
sm_plant_foresee_ready (SmRules *rules)
{
  SmPlant *self = rules->plant;

  for (guint i = 0; i < self->ready_due->len; i++)
    {
      const SmPlantStation *station = sm_plant_find_station (
          self, g_array_index (self->ready_due, gint64, i));

      if (station != NULL)
        foresee (rules, station);
    }
  g_array_set_size (self->ready_due, 0);
}

/** sm_plant_note_truck: It waits at, is served at or comes to @station, as of now. */
void
sm_plant_note_truck (SmPlant             *self,
                     SmPlantStation      *station,
                     const SmLiveVehicle *vehicle)
{
  g_array_append_val (station->trucks, vehicle->id);
  if (vehicle->queue == SM_QUEUE_INBOUND && vehicle->eta != SM_UNKNOWN
      && vehicle->queue_since != SM_UNKNOWN && vehicle->eta > vehicle->queue_since)
    sm_ready_lead_note (&self->lead, (double) (vehicle->eta - vehicle->queue_since) / SM_SECOND);
}
