/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-noun.h"
#include "sm-rules.h"
#include "sm-sim-roads.h"

G_BEGIN_DECLS

/* So many organisations by which trucks are heard: carriers, then gateways. */
#define SM_SIM_N_OF_NETWORK 5

typedef enum
{
  SM_SIM_NETWORK_DEMO,     /* Guangdong, and the real stations of Shenzhen */
  SM_SIM_NETWORK_NATIONAL, /* a country */
} SmSimNetworkKind;

typedef enum
{
  SM_SIM_SITE_TOWN,
  SM_SIM_SITE_PORT,
  SM_SIM_SITE_MINE,
  SM_SIM_SITE_WORKS,    /* steel, chemistry: where the mines' trucks go */
  SM_SIM_SITE_CORRIDOR, /* between two towns */
} SmSimSiteKind;

/** SmSimSite: what is known of the place with the same index in the roads. */
typedef struct
{
  double latitude, longitude;
  const char *name_en, *name_zh;
  SmSimSiteKind kind;
  guint weight;         /* how busy */
  guint province;       /* GB/T 2260: 440000; in the demo the city: 440300 */
  gint64 area_id;       /* the operating area whose desk looks after it; in the demo the city */
} SmSimSite;

typedef struct
{
  gint64 id;
  const char *code;
  gint64 nominal_wh;
  double nominal_voltage_v;
  double ready_soc; /* % */
  double max_power_kw;
  guint cell_count, probe_count;
} SmSimModel;

/** SmSimTruckKind: a model of vehicle. */
typedef struct
{
  const char *model;      /* as in the register */
  guint32 battery_models; /* bit n: takes the battery model with index n */
  double empty_t, payload_t;
} SmSimTruckKind;

typedef struct
{
  gint64 id;
  guint site;          /* where it is at home */
  gint64 area_id;
} SmSimFleet;

/** SmSimStation: one where packs are swapped. */
typedef struct
{
  gint64 id;
  char sn[24];
  guint site;
  gint64 area_id;
  double latitude, longitude;
  guint n_lanes, first_lane;         /* of lane_ids */
  guint n_bays, first_bay;           /* of bay_ids */
  guint n_equipment, first_equipment; /* of equipment */
  double grid_kw;
  guint32 battery_models;            /* bit n: serves the battery model with index n */
  const char *time_zone;
  guint open_min, close_min;         /* minutes of the local day; 0 and 1440: always */
} SmSimStation;

/** SmSimVehicle: one truck, as the register has it and as its days go. */
typedef struct
{
  gint64 id;
  char vin[18];
  char plate[16];
  guint kind;               /* of truck_kinds */
  guint fleet;              /* of fleets */
  gint64 area_id;
  gint64 driver_id;
  guint home, goal;         /* sites: most of its days go to and fro between them */
  double start_soc;
  gboolean is_night_sleeper; /* parks at night and logs out */
  guint pack;               /* of packs: the one it begins with, G_MAXUINT: none */
} SmSimVehicle;

/** SmSimPack: one battery, as old as it is when the network begins. */
typedef struct
{
  gint64 id;
  char sn[24];
  guint model;              /* of models */
  double soh;               /* % */
  double cycle_count;
  gint64 charged_wh, throughput_wh; /* counted over its life */
  double habit_c;           /* how much warmer than others it runs */
  double spread_mv;         /* between its cells */
  double start_soc;
  SmBatteryPlace place;     /* vehicle, bay or store at the beginning */
  guint vehicle;            /* of vehicles, when in one */
  guint station, bay;       /* when in a bay or store: of stations; the bay counted from 0 there */
} SmSimPack;

typedef struct
{
  gint64 id;
  SmEquipmentKind kind;
  guint station;            /* of stations */
  gint64 installed_us;
} SmSimEquipment;

typedef struct
{
  gint64 id;
  guint site;
  gint64 area_id;
  double latitude, longitude;
  guint radius_m;
} SmSimServicePoint;

typedef struct
{
  gint64 id;
  guint point;              /* of service_points */
} SmSimEngineer;

/**
 * SmSimWorld:
 *
 * Everything of a simulated network that does not move while it plays: what
 * the register says, and what a simulator has to know beyond that.  Plain
 * arrays, immutable once loaded; any thread.
 */
typedef struct
{
  SmSimNetworkKind kind;
  guint64 seed;
  double rate;              /* of the network's clock */
  GTimeZone *zone;          /* of the network */
  SmSimRoads *roads;

  guint n_sites, n_models, n_truck_kinds, n_fleets, n_stations, n_vehicles, n_packs, n_equipment,
    n_service_points, n_engineers, n_lane_ids, n_bay_ids;
  SmSimSite *sites;         /* as many as the roads have places, in the same order */
  const SmSimModel *models;
  const SmSimTruckKind *truck_kinds;
  gint64 network_ids[SM_SIM_N_OF_NETWORK]; /* by whom trucks are heard */
  SmSimFleet *fleets;
  SmSimStation *stations;
  SmSimVehicle *vehicles;
  GHashTable *vehicles_by_id; /* (nullable): of their numbers here, once they have ids */
  SmSimPack *packs;
  SmSimEquipment *equipment; /* those of one station side by side */
  SmSimServicePoint *service_points;
  SmSimEngineer *engineers;
  gint64 *lane_ids;         /* those of one station side by side, by number */
  gint64 *bay_ids;

  gpointer memory;          /* of the loader */
} SmSimWorld;

SmSimWorld *sm_sim_world_load (SmRules          *rules,
                               SmActor          *actor,
                               SmSimNetworkKind  kind,
                               guint64           seed,
                               double            rate,
                               const char       *data_dir,
                               GCancellable     *cancellable,
                               GError          **error);
void        sm_sim_world_free (SmSimWorld       *self);
gboolean    sm_sim_world_find_vehicle (const SmSimWorld *self,
                                       gint64            id,
                                       guint            *out_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimWorld, sm_sim_world_free)

/** sm_sim_weather_c: The air's temperature at a place and moment (UTC), °C: season, height and hour. */
double      sm_sim_weather_c  (double            latitude,
                               double            longitude,
                               gint64            at_us);

G_END_DECLS
