/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-report.h"
#include "sm-sim-roads.h"

G_BEGIN_DECLS

typedef enum
{
  SM_SIM_TRUCK_DRIVING,
  SM_SIM_TRUCK_STANDING, /* loads, unloads, rests */
  SM_SIM_TRUCK_CHARGING,
} SmSimTruckPhase;

typedef enum
{
  SM_SIM_WAY_OUT,  /* from a stop to its place */
  SM_SIM_WAY_ROAD, /* from place to place */
  SM_SIM_WAY_IN,   /* from a place to a stop there */
} SmSimWay;

/**
 * SmSimTruck:
 *
 * One electric truck.  A plain struct with its own chance, so that a network
 * of them is an array and each can be moved on without the others.
 */
typedef struct
{
  gint64 id;
  char vin[18];
  SmRandom random;
  gint64 at_us; /* the network time of all that follows */

  SmSimTruckPhase phase;
  SmSimWay way;
  guint16 from, to, goal; /* places */
  SmSimLeg leg;
  double along_m;
  gint64 until_us;        /* of the present phase, or of the present wish for speed */
  double wish_kmh;
  gboolean is_careless;   /* this trip the driver does not mind the gauge */

  double latitude, longitude, heading_deg;
  double speed_kmh;
  double odometer_m;
  double load_t;
  double soc;
  double charge_to;       /* % */
  double temperature_c;
  double habit_c;         /* how much warmer than others this pack runs */
  gint64 heats_until_us;  /* its cooling fails until then ... */
  double heats_to_c;      /* ... or until it is this hot and cuts its power */
} SmSimTruck;

void sm_sim_truck_init    (SmSimTruck            *self,
                           const SmSimRoads      *roads,
                           guint64                seed,
                           guint                  index,
                           gint64                 now_us);
void sm_sim_truck_resume  (SmSimTruck            *self,
                           const SmSimRoads      *roads,
                           const SmVehicleReport *last);
void sm_sim_truck_advance (SmSimTruck            *self,
                           const SmSimRoads      *roads,
                           gint64                 to_us);
void sm_sim_truck_overheat (SmSimTruck           *self,
                           double                 from_c);
void sm_sim_truck_run_low (SmSimTruck            *self,
                           double                 soc);
void sm_sim_truck_report  (const SmSimTruck      *self,
                           SmVehicleReport       *out_report);

G_END_DECLS
