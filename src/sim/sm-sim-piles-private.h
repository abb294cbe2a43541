/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-random.h"
#include "sm-sim-piles.h"
#include "sm-sim-session.h"

G_BEGIN_DECLS

#define NONE G_MAXUINT

/* As in sm_connector_statuses. */
enum
{
  AVAILABLE,
  PREPARING,
  CHARGING,
  FINISHING = 5,
  UNAVAILABLE = 7,
  FAULTED = 8,
};

typedef struct
{
  gint64 id;
  guint station, pile;
  guint next;            /* connector of the same pile, or NONE */
  guint active;          /* where it stands among those that do something, or NONE */
  guint8 status;
  gboolean is_blocked;
  gboolean is_told;      /* it was told to do something, and has not said since how it is */
  gboolean is_aborted;   /* how the session will end */
  const char *fault;     /* (static) (nullable): the code of what is broken */
  SmRandom random;
  float power_kw;        /* what was said last */
  gint64 counted_wh;     /* of the session, by the site's meter */
  gint64 created_us;     /* when the car came */
  gint64 until_us;       /* of what it does now */
  gint64 report_at_us;
  SmSimSession session;
} SmSimConnector;

typedef struct
{
  gint64 id;
  guint first;           /* of its connectors, or NONE */
  gboolean is_silent;
  gint64 until_us;       /* when silent */
  gint64 charge_count, energy_wh, service_seconds;
} SmSimPile;

typedef struct
{
  gint64 id;
  float connector_kw;    /* what each of its connectors can give */
  double latitude, longitude;
  double power_kw;
  gint64 meter_wh;
} SmSimSiteMeter;

struct _SmSimPiles
{
  GTimeZone *zone;
  double rate;
  gint64 now_us;
  SmRandom random;
  guint n_stations, n_piles, n_connectors;
  SmSimSiteMeter *stations;
  SmSimPile *piles;
  SmSimConnector *connectors;
  GArray *active;        /* of guint: connectors that are not simply free */
  GArray *silent;        /* of guint: piles */
  gint64 next_car_us, next_silence_us;
  double station_turn;   /* how many stations spoke so far */
  double pile_turn;      /* and piles */
  const SmSimPilesOutput *output;
};

void sm_sim_connector_set_free (SmSimConnector *connector);
void sm_sim_connector_set_active (SmSimPiles *self,
                                  guint       index,
                                  gboolean    is_active);

G_END_DECLS
