/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-plan.h"

#include <math.h>
#include <string.h>

#include "sm-random.h"
#include "sm-sim-guangdong.h"
#include "sm-vin.h"

/*
 * What a network is made of, before any of it has an id: drawn from the seed
 * alone, so that a network that is opened again is planned again.
 */

static const SmSimSize sizes[] = {
  [SM_SIM_NETWORK_DEMO] = { 60, 20, 3000, 3800, 8, 40, 6 },
  [SM_SIM_NETWORK_NATIONAL] = { 800, 700, 40000, 50000, 300, 1500, 68 },
};

/* Heavy packs as they are swapped behind the cab; lithium iron phosphate, 192 cells in a row. */
static const SmSimModel models[] = {
  { 0, "LFP-282", 281920, 618.2, 90.0, 200.0, 192, 96 },
  { 0, "LFP-350", 350070, 618.2, 90.0, 240.0, 192, 96 },
  { 0, "LFP-423", 422870, 618.2, 90.0, 280.0, 192, 128 },
};

enum
{
  TRACTOR_282, TRACTOR_350, MIXER, DUMPER,
  N_TRUCK_KINDS
};

static const SmSimTruckKind truck_kinds[N_TRUCK_KINDS] = {
  [TRACTOR_282] = { "6x4 BEV 282 kWh", 1 << 0, 18.0, 31.0 },
  [TRACTOR_350] = { "6x4 BEV 350 kWh", 1 << 1 | 1 << 0, 18.5, 30.5 },
  [MIXER] = { "8x4 BEV 282 kWh mixer", 1 << 0, 15.5, 15.0 },
  [DUMPER] = { "8x4 BEV 423 kWh dump", 1 << 2 | 1 << 1, 16.5, 30.0 },
};

/* What belongs to the world but not to who reads it. */
typedef struct
{
  SmSimSites table;
  SmSimPlace *places;
  SmSimModel models[G_N_ELEMENTS (models)];
} Memory;

#define NEAREST_GOAL_M 6000.0
#define FARTHEST_GOAL_M 120000.0
#define GOAL_SCALE_M 45000.0

enum
{
  LOT_STATION = 1, LOT_FLEET, LOT_VEHICLE, LOT_PACK, LOT_POINT, LOT_SITES,
};

const SmSimSize *
sm_sim_plan_size (SmSimNetworkKind kind)
{
  return &sizes[kind];
}

/** sm_sim_plan_lot: Returns: a number of one thing's own, the same in every run */
guint64
sm_sim_plan_lot (const SmSimWorld *world,
                 guint             kind,
                 guint             index)
{
  return sm_random_mix (world->seed ^ sm_random_mix ((guint64) kind << 32 | index));
}

static SmRandom
chance (const SmSimWorld *world,
        guint             kind,
        guint             index)
{
  return sm_random_new (world->seed, (guint64) kind << 40 | index);
}

/* How much goes on at a place: people, or what is dug, shipped and made there. */
static double
score_of (const SmSimSite *site,
          guint            people)
{
  switch (site->kind)
    {
    case SM_SIM_SITE_TOWN:
      return MIN (people / 100000.0, 120.0);
    case SM_SIM_SITE_PORT:
      return site->weight * 9.0;
    case SM_SIM_SITE_CORRIDOR:
      return 8.0;
    default:
      return site->weight * 7.0;
    }
}

/* Gives @total things to shares: whole ones first, then by the largest remainder. */
static void
share_out (const double *scores,
           guint         n,
           guint         total,
           guint        *out_counts)
{
  g_autofree double *rest = g_new0 (double, n);
  double sum = 0.0;
  guint given = 0;

  for (guint i = 0; i < n; i++)
    sum += scores[i];
  for (guint i = 0; i < n; i++)
    {
      double share = sum > 0.0 ? scores[i] / sum * total : 0.0;

      out_counts[i] = (guint) share;
      rest[i] = share - out_counts[i];
      given += out_counts[i];
    }
  for (; given < total; given++)
    {
      guint best = 0;

      for (guint i = 1; i < n; i++)
        if (rest[i] > rest[best])
          best = i;
      out_counts[best]++;
      rest[best] -= 1.0;
    }
}

/* --- stations --- */

static void
place_station (SmSimWorld   *world,
               SmSimStation *station,
               guint         site,
               guint         index,
               guint         number)
{
  static const guint bays[] = { 10, 12, 14, 16, 18, 20 };
  SmRandom random = chance (world, LOT_STATION, index);
  const SmSimSite *where = &world->sites[site];
  double reach_m = where->kind == SM_SIM_SITE_TOWN && number > 0 ? 5000.0 : 900.0;
  double angle = sm_random_range (&random, 0.0, 2.0 * G_PI);
  double away_deg = sqrt (sm_random_unit (&random)) * reach_m / 111195.0;
  double lot = sm_random_unit (&random);
  gboolean is_heavy = where->kind == SM_SIM_SITE_MINE || where->kind == SM_SIM_SITE_WORKS;

  station->site = site;
  station->latitude = where->latitude + away_deg * cos (angle);
  station->longitude = where->longitude
                       + away_deg * sin (angle) / cos (where->latitude * G_PI / 180.0);
  station->n_bays = bays[sm_random_below (&random, G_N_ELEMENTS (bays))];
  station->n_lanes = station->n_bays >= 16 && sm_random_chance (&random, 0.7) ? 2 : 1;
  station->grid_kw = round (station->n_bays * sm_random_range (&random, 60.0, 95.0) / 50.0) * 50.0;
  station->battery_models = 1 << 0;
  if (is_heavy || where->kind == SM_SIM_SITE_PORT || lot < 0.7)
    station->battery_models |= 1 << 1;
  if (is_heavy || lot < 0.15)
    station->battery_models |= 1 << 2;
  station->time_zone = "Asia/Shanghai";
  station->open_min = 0;
  station->close_min = 1440;
  if (sm_random_chance (&random, 0.08))
    {
      station->open_min = 6 * 60;
      station->close_min = 22 * 60;
    }
  g_snprintf (station->sn, sizeof station->sn, "SW%02u%05u", where->province / 10000, index + 1);
  station->first_lane = world->n_lane_ids;
  station->first_bay = world->n_bay_ids;
  world->n_lane_ids += station->n_lanes;
  world->n_bay_ids += station->n_bays;
}

static void
plan_stations (SmSimWorld   *world,
               const double *scores,
               guint        *counts)
{
  guint index = 0;

  share_out (scores, world->n_sites, sizes[world->kind].n_stations, counts);
  world->n_stations = sizes[world->kind].n_stations;
  world->stations = g_new0 (SmSimStation, world->n_stations);
  for (guint site = 0; site < world->n_sites; site++)
    for (guint i = 0; i < counts[site]; i++, index++)
      place_station (world, &world->stations[index], site, index, i);
  world->lane_ids = g_new0 (gint64, world->n_lane_ids);
  world->bay_ids = g_new0 (gint64, world->n_bay_ids);
}

/* What stands at a swap station, and how many of it. */
static guint
count_equipment (const SmSimStation *station,
                 SmEquipmentKind     kind)
{
  switch (kind)
    {
    case SM_EQUIPMENT_KIND_SWAP_ROBOT:
      return station->n_lanes;
    case SM_EQUIPMENT_KIND_CHARGER_MODULE:
      return (station->n_bays + 1) / 2;
    case SM_EQUIPMENT_KIND_COOLING:
    case SM_EQUIPMENT_KIND_SMOKE_SENSOR:
    case SM_EQUIPMENT_KIND_TEMPERATURE_SENSOR:
    case SM_EQUIPMENT_KIND_CAMERA:
      return 2;
    case SM_EQUIPMENT_KIND_VCU:
    case SM_EQUIPMENT_KIND_MOTOR_CONTROLLER:
    case SM_EQUIPMENT_KIND_BMS:
    case SM_EQUIPMENT_KIND_TBOX:
      return 0; /* of vehicles and packs */
    default:
      return 1;
    }
}

static void
plan_equipment (SmSimWorld *world)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (SmSimEquipment));

  for (guint i = 0; i < world->n_stations; i++)
    {
      SmSimStation *station = &world->stations[i];
      /* Opened between 2020 and the middle of 2025. */
      gint64 opened_us = (G_GINT64_CONSTANT (1577836800)
                          + (gint64) (sm_sim_plan_lot (world, LOT_STATION, i) % 2000) * 86400)
                         * G_USEC_PER_SEC;

      station->first_equipment = all->len;
      for (guint kind = 0; kind <= SM_EQUIPMENT_KIND_GATEWAY; kind++)
        for (guint n = count_equipment (station, kind); n > 0; n--)
          {
            SmSimEquipment item = { .kind = kind, .station = i, .installed_us = opened_us };

            g_array_append_val (all, item);
          }
      station->n_equipment = all->len - station->first_equipment;
    }
  world->n_equipment = all->len;
  world->equipment = (SmSimEquipment *) g_array_free (g_steal_pointer (&all), FALSE);
}

/* --- fleets and their trucks --- */

static double
goal_score (const SmSimWorld *world,
            guint             from,
            guint             to)
{
  double distance_m = sm_sim_roads_distance_m (world->roads, from, to);

  if (from == to || distance_m < NEAREST_GOAL_M || distance_m > FARTHEST_GOAL_M)
    return 0.0;
  return (world->sites[to].weight + 0.2) * exp (-distance_m / GOAL_SCALE_M);
}

static guint
pick_goal (const SmSimWorld *world,
           guint             from,
           SmRandom         *random)
{
  double sum = 0.0, mark;
  guint last = from;

  for (guint to = 0; to < world->n_sites; to++)
    sum += goal_score (world, from, to);
  mark = sm_random_unit (random) * sum;
  for (guint to = 0; to < world->n_sites; to++)
    {
      double score = goal_score (world, from, to);

      if (score <= 0.0)
        continue;
      last = to;
      mark -= score;
      if (mark < 0.0)
        break;
    }
  return last;
}

static gboolean
has_goal (const SmSimWorld *world,
          guint             from)
{
  for (guint to = 0; to < world->n_sites; to++)
    if (goal_score (world, from, to) > 0.0)
      return TRUE;
  return FALSE;
}

/* Fleets are at home where there is a swap station and somewhere to go. */
static void
plan_fleets (SmSimWorld   *world,
             const double *scores,
             const guint  *n_stations)
{
  g_autofree double *homes = g_new0 (double, world->n_sites);
  g_autofree guint *counts = g_new0 (guint, world->n_sites);
  guint index = 0;

  for (guint i = 0; i < world->n_sites; i++)
    if (n_stations[i] > 0 && has_goal (world, i))
      homes[i] = scores[i];
  world->n_fleets = sizes[world->kind].n_fleets;
  world->fleets = g_new0 (SmSimFleet, world->n_fleets);
  share_out (homes, world->n_sites, world->n_fleets, counts);
  for (guint site = 0; site < world->n_sites; site++)
    for (guint i = 0; i < counts[site]; i++)
      world->fleets[index++].site = site;
}

static void
make_vin (char    *vin,
          guint    index,
          guint64  mixed)
{
  static const char makers[][4] = { "LZZ", "LFW", "LGA", "LRD" };
  static const char years[] = "NPRS"; /* 2022 to 2025 */

  /* Maker, description, check digit, year, plant, number. */
  g_snprintf (vin, SM_VIN_LENGTH + 1, "%sPBEV%c0%c%c%06u", makers[mixed % G_N_ELEMENTS (makers)],
              'A' + (char) (mixed >> 8 & 7), years[(mixed >> 16) % (sizeof years - 1)],
              "ABCD"[(mixed >> 24) % 4], 100000 + index * 7919 % 900000);
  vin[8] = sm_vin_check_digit (vin);
}

/* One of a large vehicle of new energy: five digits and a D. */
static void
make_plate (const SmSimWorld *world,
            char             *plate,
            guint             site,
            guint             index)
{
  guint code = world->sites[site].province;
  const SmSimProvince *province = sm_sim_province_find (code / 10000 * 10000);
  char letter = "ABCDEFGHJKL"[site % 11];

  if (world->kind == SM_SIM_NETWORK_DEMO)
    letter = sm_sim_guangdong_plate (code);
  g_snprintf (plate, sizeof world->vehicles->plate, "%s%c·%05uD", province->plate, letter,
              (guint) ((guint64) index * 61403 + world->seed % 100000) % 100000);
}

static guint
pick_truck_kind (const SmSimWorld *world,
                 guint             site,
                 SmRandom         *random)
{
  SmSimSiteKind kind = world->sites[site].kind;
  double lot = sm_random_unit (random);

  if (kind == SM_SIM_SITE_MINE || (kind == SM_SIM_SITE_WORKS && lot < 0.4))
    return lot < 0.7 ? DUMPER : TRACTOR_282;
  if (kind == SM_SIM_SITE_TOWN && lot > 0.75)
    return MIXER;
  return lot < 0.3 ? TRACTOR_350 : TRACTOR_282;
}

static void
plan_vehicle (SmSimWorld  *world,
              guint        index,
              guint        fleet,
              const guint *goals)
{
  SmRandom random = chance (world, LOT_VEHICLE, index);
  SmSimVehicle *vehicle = &world->vehicles[index];

  vehicle->fleet = fleet;
  vehicle->home = world->fleets[fleet].site;
  vehicle->goal = goals[sm_random_below (&random, 3)];
  vehicle->kind = pick_truck_kind (world, vehicle->home, &random);
  vehicle->start_soc = sm_random_range (&random, 30.0, 98.0);
  vehicle->is_night_sleeper = sm_random_chance (&random, 0.7);
  vehicle->pack = index;
  make_vin (vehicle->vin, index, sm_sim_plan_lot (world, LOT_VEHICLE, index));
  make_plate (world, vehicle->plate, vehicle->home, index);
}

static void
plan_vehicles (SmSimWorld *world)
{
  g_autofree double *scores = g_new0 (double, world->n_fleets);
  g_autofree guint *counts = g_new0 (guint, world->n_fleets);
  guint index = 0;

  for (guint i = 0; i < world->n_fleets; i++)
    {
      SmRandom random = chance (world, LOT_FLEET, i);

      scores[i] = exp (sm_random_range (&random, -1.0, 1.2));
    }
  world->n_vehicles = sizes[world->kind].n_vehicles;
  world->vehicles = g_new0 (SmSimVehicle, world->n_vehicles);
  share_out (scores, world->n_fleets, world->n_vehicles, counts);
  for (guint fleet = 0; fleet < world->n_fleets; fleet++)
    {
      SmRandom random = chance (world, LOT_FLEET, fleet + world->n_fleets);
      guint goals[3];

      for (guint i = 0; i < G_N_ELEMENTS (goals); i++)
        goals[i] = pick_goal (world, world->fleets[fleet].site, &random);
      for (guint i = 0; i < counts[fleet]; i++, index++)
        plan_vehicle (world, index, fleet, goals);
    }
}

/* --- packs --- */

/* A pack of that model, as old as its lot has it: one in two has done its first thousand cycles. */
static void
plan_pack (SmSimWorld *world,
           guint       index,
           guint       model,
           double      soc)
{
  SmRandom random = chance (world, LOT_PACK, index);
  SmSimPack *pack = &world->packs[index];
  const SmSimModel *of = &world->models[model];
  double stored_wh;

  pack->model = model;
  pack->cycle_count = floor (sm_random_range (&random, 20.0, 2400.0));
  pack->soh = 100.0 - 20.0 * pow (pack->cycle_count / 3500.0, 0.85)
              - fabs (sm_random_range (&random, -1.2, 1.2));
  pack->throughput_wh = (gint64) (pack->cycle_count * (double) of->nominal_wh);
  pack->start_soc = soc;
  stored_wh = soc / 100.0 * pack->soh / 100.0 * (double) of->nominal_wh;
  pack->charged_wh = pack->throughput_wh + (gint64) stored_wh;
  pack->habit_c = sm_random_range (&random, -1.5, 1.5);
  pack->spread_mv = 12.0 + pack->cycle_count / 2400.0 * 25.0 + sm_random_range (&random, 0.0, 12.0);
  pack->place = SM_PLACE_UNKNOWN;
  pack->vehicle = pack->station = pack->bay = G_MAXUINT;
  g_snprintf (pack->sn, sizeof pack->sn, "BT%s%07u", of->code + strlen ("LFP-"), index + 1);
}

static guint
first_model (guint32 mask)
{
  for (guint i = G_N_ELEMENTS (models); i-- > 0;)
    if (mask & 1u << i)
      return i;
  return 0;
}

static guint
model_of_bay (const SmSimStation *station,
              guint               bay)
{
  guint lot = bay % 10;

  if (lot >= 8 && station->battery_models & 1 << 2)
    return 2;
  return lot >= 5 && station->battery_models & 1 << 1 ? 1 : 0;
}

static void
plan_bays (SmSimWorld *world,
           guint       from)
{
  g_autofree double *scores = g_new0 (double, world->n_stations);
  g_autofree guint *counts = g_new0 (guint, world->n_stations);
  guint index = from;

  for (guint i = 0; i < world->n_stations; i++)
    scores[i] = world->stations[i].n_bays;
  share_out (scores, world->n_stations, world->n_packs - from, counts);
  for (guint i = 0; i < world->n_stations; i++)
    for (guint bay = 0; bay < counts[i]; bay++, index++)
      {
        /* One bay stays free for the pack that comes out of the first truck. */
        gboolean has_room = bay + 1 < world->stations[i].n_bays;
        double soc = 35.0 + (double) (sm_sim_plan_lot (world, LOT_PACK, index) % 650) / 10.0;

        plan_pack (world, index, model_of_bay (&world->stations[i], bay), MIN (soc, 100.0));
        world->packs[index].place = has_room ? SM_PLACE_BAY : SM_PLACE_STORE;
        world->packs[index].station = i;
        world->packs[index].bay = has_room ? bay : G_MAXUINT;
      }
}

static void
plan_packs (SmSimWorld *world)
{
  world->n_packs = sizes[world->kind].n_packs;
  world->packs = g_new0 (SmSimPack, world->n_packs);
  for (guint i = 0; i < world->n_vehicles; i++)
    {
      guint32 mask = world->truck_kinds[world->vehicles[i].kind].battery_models;

      plan_pack (world, i, first_model (mask), world->vehicles[i].start_soc);
      world->packs[i].place = SM_PLACE_VEHICLE;
      world->packs[i].vehicle = i;
    }
  plan_bays (world, world->n_vehicles);
}

/* --- who keeps it running --- */

/* At least one a province, then where most goes on; close to the stations they look after. */
static void
plan_service_points (SmSimWorld   *world,
                     const double *scores)
{
  guint n = MIN (sizes[world->kind].n_service_points, world->n_sites);
  g_autofree double *left = g_memdup2 (scores, world->n_sites * sizeof *scores);
  g_autoptr (GHashTable) served = g_hash_table_new (NULL, NULL);

  world->n_service_points = n;
  world->service_points = g_new0 (SmSimServicePoint, n);
  for (guint i = 0; i < world->n_sites; i++)
    if (g_hash_table_add (served, GUINT_TO_POINTER (world->sites[i].province / 10000)))
      left[i] += 1e6; /* each province's first, which is its biggest or near it */
  for (guint i = 0; i < n; i++)
    {
      SmRandom random = chance (world, LOT_POINT, i);
      SmSimServicePoint *point = &world->service_points[i];
      guint best = 0;

      for (guint site = 1; site < world->n_sites; site++)
        if (left[site] > left[best])
          best = site;
      left[best] = -1.0;
      point->site = best;
      point->latitude = world->sites[best].latitude + sm_random_range (&random, -0.008, 0.008);
      point->longitude = world->sites[best].longitude + sm_random_range (&random, -0.008, 0.008);
      point->radius_m = (guint) sm_random_range (&random, 10.0, 26.0) * 500;
    }
}

static void
plan_engineers (SmSimWorld *world)
{
  world->n_engineers = sizes[world->kind].n_engineers;
  world->engineers = g_new0 (SmSimEngineer, world->n_engineers);
  for (guint i = 0; i < world->n_engineers; i++)
    world->engineers[i].point = i % world->n_service_points;
}

/* --- the whole --- */

static Memory *
take_table (SmSimWorld *world,
            SmSimSites *table)
{
  Memory *memory = g_new0 (Memory, 1);

  memory->table = *table;
  *table = (SmSimSites){ 0 };
  memory->places = g_new0 (SmSimPlace, memory->table.sites->len);
  memcpy (memory->models, models, sizeof models);
  world->memory = memory;
  world->n_sites = memory->table.sites->len;
  world->sites = (SmSimSite *) memory->table.sites->data;
  world->n_models = G_N_ELEMENTS (models);
  world->models = memory->models;
  world->n_truck_kinds = N_TRUCK_KINDS;
  world->truck_kinds = truck_kinds;
  for (guint i = 0; i < world->n_sites; i++)
    memory->places[i] = (SmSimPlace){ world->sites[i].latitude, world->sites[i].longitude,
                                      world->sites[i].weight };
  return memory;
}

/**
 * sm_sim_plan:
 *
 * Returns: (transfer full) (nullable): the world without any id
 */
SmSimWorld *
sm_sim_plan (SmSimNetworkKind   kind,
             guint64            seed,
             double             rate,
             const char        *data_dir,
             GError           **error)
{
  g_auto (SmSimSites) table = { 0 };
  g_autofree double *scores = NULL;
  g_autofree guint *n_stations = NULL;
  SmSimWorld *world;
  Memory *memory;

  if (!sm_sim_sites_load (&table, kind, data_dir, error))
    return NULL;
  world = g_new0 (SmSimWorld, 1);
  world->kind = kind;
  world->seed = seed;
  world->rate = rate;
  memory = take_table (world, &table);
  world->roads = sm_sim_roads_new (seed, memory->places, world->n_sites,
                                   (const SmSimRoad *) memory->table.roads->data,
                                   memory->table.roads->len, NULL, 0);
  scores = g_new0 (double, world->n_sites);
  n_stations = g_new0 (guint, world->n_sites);
  for (guint i = 0; i < world->n_sites; i++)
    scores[i] = score_of (&world->sites[i], g_array_index (memory->table.people, guint, i));
  plan_stations (world, scores, n_stations);
  plan_equipment (world);
  plan_fleets (world, scores, n_stations);
  plan_vehicles (world);
  plan_packs (world);
  plan_service_points (world, scores);
  plan_engineers (world);
  return world;
}

/** sm_sim_world_find_vehicle: Whether the network has it; without looking through all of them. */
gboolean
sm_sim_world_find_vehicle (const SmSimWorld *self,
                           gint64            id,
                           guint            *out_index)
{
  gpointer index;

  if (self->vehicles_by_id == NULL
      || !g_hash_table_lookup_extended (self->vehicles_by_id, &id, NULL, &index))
    return FALSE;
  *out_index = GPOINTER_TO_UINT (index);
  return TRUE;
}

/** sm_sim_world_free: (nullable) is not allowed */
void
sm_sim_world_free (SmSimWorld *self)
{
  Memory *memory;

  g_return_if_fail (self != NULL);

  memory = self->memory;
  g_clear_pointer (&self->roads, sm_sim_roads_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->fleets);
  g_free (self->stations);
  g_clear_pointer (&self->vehicles_by_id, g_hash_table_unref);
  g_free (self->vehicles);
  g_free (self->packs);
  g_free (self->equipment);
  g_free (self->service_points);
  g_free (self->engineers);
  g_free (self->lane_ids);
  g_free (self->bay_ids);
  sm_sim_sites_clear (&memory->table);
  g_free (memory->places);
  g_free (memory);
  g_free (self);
}
