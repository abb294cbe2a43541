/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-row.h"

G_BEGIN_DECLS

/* A place per state of service; the last is SM_SERVICE_UNKNOWN and takes null. */
#define SM_N_SERVICES (SM_SERVICE_UNKNOWN + 1)

/** SmServiceCount: stations of one sort by what they can do now; sums to total. */
typedef struct
{
  guint total;
  guint by_service[SM_N_SERVICES]; /* by SmServiceState */
  guint lacking;  /* of them, lack something (packs of a model, a lane, ...) */
} SmServiceCount;

/**
 * SmServiceValues:
 *
 * Whether the network serves, and who waits for it.  Swap stations are counted
 * apart from charging sites: a station with both counts as a swap station.
 * Those in commissioning and those retired are counted as neither.
 * Times are network time, µs; SM_UNKNOWN where nobody waits.
 */
typedef struct
{
  SmServiceCount swap;
  SmServiceCount charge;
  guint waiting;             /* vehicles waiting or called, by their own live state */
  guint stations_waiting;    /* stations at which somebody waits */
  gint64 longest_wait_since; /* of a vehicle that waits */
  gint64 longest_wait_vehicle; /* its id; 0: nobody waits */
  gint64 longest_wait_station; /* where; 0 */
  guint in_lane;
  guint inbound;
  guint unreachable;         /* vehicles that reach no station that would serve them */
  guint unreachable_waiting; /* of them, those that wait already: never summed with waiting */
  gint64 ready_packs;        /* in the stations' bays */
  gint64 income_lost_minor_per_hour; /* of swap and charge stations out of service */
} SmServiceValues;

/**
 * SmServiceFigures:
 *
 * Main thread only.  Signal "changed" (): some number changed; at most once a
 * second.
 */
#define SM_TYPE_SERVICE_FIGURES (sm_service_figures_get_type ())
G_DECLARE_FINAL_TYPE (SmServiceFigures, sm_service_figures, SM, SERVICE_FIGURES, GObject)

const SmServiceValues *sm_service_figures_get_values (SmServiceFigures *self);

/* How a station is counted; every list that a figure opens filters by these. */
gboolean               sm_station_is_swap            (const SmRow      *station);
guint                  sm_station_get_service            (const SmRow      *station);
gboolean               sm_station_is_to_serve        (const SmRow      *station);
gboolean               sm_station_is_lacking         (const SmRow      *station);

G_END_DECLS
