/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-live-private.h"
#include "sm-ready.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmPlantModel: a pack model, and what was learned of how it charges. */
typedef struct
{
  gint64 id;
  char *code;
  double ready_soc;
  SmReadyCurve curve;
} SmPlantModel;

/** SmPlantPart: a lane, bay, connector or piece of equipment of a station. */
typedef struct
{
  gint64 id;
  guint kind; /* SmEquipmentKind */
} SmPlantPart;

/** SmPlantParents: what a lane, bay, pile, connector or piece of equipment belongs to. */
typedef struct
{
  gint64 station_id;
  gint64 pile_id; /* of a connector; else 0 */
} SmPlantParents;

/** SmPlantWear: what a pile is made for; SM_UNKNOWN: nobody said. */
typedef struct
{
  gint64 charge_count, energy_wh, service_seconds;
  gint8 level; /* of which it was said; 0: it is not worn; -1: not looked at yet */
} SmPlantWear;

/** SmPlantWant: a vehicle that comes for a pack: which would fit, and which it is used to. */
typedef struct
{
  guint64 fit, own;
} SmPlantWant;

/** SmPlantStation: what a station consists of, and what follows from its parts' live values. */
typedef struct
{
  gint64 id;
  guint kind, state; /* as in the slugs */
  char *hours;       /* (nullable) */
  GTimeZone *zone;
  double latitude, longitude; /* NAN: not on the map */
  GArray *lanes, *bays, *connectors, *equipment; /* of SmPlantPart */
  guint waiting, inbound;
  gint64 waiting_since;
  GArray *wants; /* of SmPlantWant */
  GArray *trucks; /* of gint64: vehicles that come, wait or are served there */
  guint64 ready; /* bits of models of which a pack is ready */
  gboolean serves;
  gboolean was_derived; /* since the registry was read */
  double swaps_per_hour; /* NAN: nobody said */
  gint64 income_minor_per_hour;
} SmPlantStation;

/**
 * SmPlant:
 *
 * The stations with their parts and the pack models, in memory, to derive live
 * values from live values.  Writer's thread only; works a share of the network
 * with every tick.
 */
typedef struct _SmPlant SmPlant;

struct _SmPlant
{
  gint64 registry_rev; /* of the registry that was read; -1: none */
  gint64 read_at;      /* machine time */
  GArray *stations;    /* of SmPlantStation, by latitude */
  GHashTable *by_id;   /* &station id -> index + 1 */
  GArray *models;      /* of SmPlantModel; at most 64 */
  GHashTable *battery_models; /* &battery id -> index of its model + 1 */
  GHashTable *withheld;       /* &battery id: not to be handed out */
  int withheld_rev;           /* counts its changes; read by any thread */
  GHashTable *wear;           /* &pile id -> SmPlantWear */
  GHashTable *battery_sns;    /* sn -> &id */
  GHashTable *parents;        /* &key of a part -> SmPlantParents */
  GPtrArray *fits;     /* of Fit: see sm-plant-registry.c */
  GHashTable *bays;    /* &bay id -> last measurement */
  GHashTable *ready_sites; /* &station id -> what was learned of its power */
  GArray *ready_due;   /* of gint64: stations whose bays have reported */
  SmReadyLead lead;    /* how long before they come trucks are known to */
  GHashTable *usual;   /* &station id -> what it usually sells */
  GHashTable *dangers; /* "station code": safety faults in force */
  guint turn;          /* counts ticks, for the shares */
};

SmPlant        *sm_plant_new           (void);
void            sm_plant_free          (SmPlant       *self);
gboolean        sm_plant_read_registry (SmRules       *rules,
                                        SmPlant       *self,
                                        GError       **error);
guint64         sm_plant_models_that_fit (SmPlant     *self,
                                        const char    *vehicle_model,
                                        gint64         station_id);
SmPlantStation *sm_plant_find_station  (SmPlant       *self,
                                        gint64         id);
const SmPlantParents *sm_plant_parents_of (SmPlant    *self,
                                        SmNounId       noun,
                                        gint64         id);
gboolean        sm_plant_is_closed     (SmPlant       *self,
                                        gint64         station_id,
                                        gint64         now);
gint64          sm_plant_find_battery  (SmPlant       *self,
                                        const char    *sn);
SmPlantModel   *sm_plant_model_of      (SmPlant       *self,
                                        gint64         battery_id);
void            sm_plant_note_fitness  (SmPlant       *self,
                                        const SmRow   *battery);
gboolean        sm_plant_is_withheld   (SmPlant       *self,
                                        gint64         battery_id);
void            sm_plant_note_bay      (SmRules       *rules,
                                        const SmRow   *before,
                                        SmRow         *row);
void            sm_plant_note_truck    (SmPlant       *self,
                                        SmPlantStation *station,
                                        const SmLiveVehicle *vehicle);
void            sm_plant_foresee_ready (SmRules       *rules);
void            sm_plant_note_danger   (SmPlant       *self,
                                        gint64         station_id,
                                        const char    *code,
                                        gboolean       is_raised);
void            sm_plant_derive_row    (SmRules       *rules,
                                        const SmRow   *before,
                                        SmRow         *row);
gboolean        sm_plant_tick          (SmRules       *rules,
                                        GError       **error);
void            sm_plant_watch_reach   (SmRules       *rules,
                                        SmPlant       *self);

/* What a station usually sells at this hour: from the rollups. */
void            sm_live_set_usual      (SmRules       *rules,
                                        gint64         station_id,
                                        double         swaps_per_hour,
                                        gint64         income_minor_per_hour);

G_END_DECLS
