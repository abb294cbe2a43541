/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-fleet.h"

G_BEGIN_DECLS

/* A place per known slug and one, the last, for null and slugs we do not know. */
#define SM_FIGURE_STATION_STATES 5
#define SM_FIGURE_CONNECTIONS 7
#define SM_FIGURE_CONNECTOR_STATUSES 10

/** SmActivity: what a vehicle is counted under: the first that is true. */
typedef enum
{
  SM_ACTIVITY_SILENT, /* silent, unknown_danger or unregistered */
  SM_ACTIVITY_LATE,
  SM_ACTIVITY_SWAPPING,
  SM_ACTIVITY_CHARGING,
  SM_ACTIVITY_DRIVING,
  SM_ACTIVITY_PARKED,
  SM_ACTIVITY_UNKNOWN, /* it has not said */
  SM_N_ACTIVITIES
} SmActivity;

/**
 * SmFigureValues:
 *
 * The numbers that pages show.  Every array sums to the total before it.
 * Levels are indexed 1 to 4; index 0 takes levels that we do not know.
 */
typedef struct
{
  gboolean is_whole; /* else stations, piles, connectors and vehicles are still being read */
  guint stations;
  guint stations_by_state[SM_FIGURE_STATION_STATES];
  guint stations_by_connection[SM_FIGURE_CONNECTIONS];
  guint piles;
  guint piles_by_connection[SM_FIGURE_CONNECTIONS];
  guint connectors;
  guint connectors_by_status[SM_FIGURE_CONNECTOR_STATUSES];
  guint vehicles;
  guint vehicles_by_activity[SM_N_ACTIVITIES];
  guint alarms; /* open ones */
  guint alarms_by_level[5];
  guint unacked; /* of them, not acknowledged (and no acknowledgement pending) */
  guint unacked_by_level[5];
  guint aside; /* open, but listed apart, and in none of the numbers above; never of safety */
  guint shelved, suppressed, out_of_service, folded; /* of them; several may lie over one */
  guint pending;   /* acts of this person that wait to be sent */
  guint elsewhere; /* acts that wait for another network or another person */
  guint conflicts; /* acts that the service refused, for a person to resolve */
} SmFigureValues;

/**
 * SmFigures:
 *
 * Main thread only.  Signal "changed" (): some number changed; at most once for
 * a batch.
 */
#define SM_TYPE_FIGURES (sm_figures_get_type ())
G_DECLARE_FINAL_TYPE (SmFigures, sm_figures, SM, FIGURES, GObject)

const SmFigureValues *sm_figures_get_values (SmFigures *self);

/* Slugs by SmActivity, NULL-terminated; of links. */
extern const char *const sm_activities[];

SmActivity            sm_vehicle_activity   (const SmVehicleColumns *columns,
                                             guint                   slot);

G_END_DECLS
