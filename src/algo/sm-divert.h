/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-dispatch.h"

G_BEGIN_DECLS

/*
 * Where trucks go that were on their way to a station that does not serve any more: each gets
 * a pack of its own elsewhere, which it can reach, and nothing is promised twice.
 */

/* Of the range that a truck says it has: what it can be sent by, and metres to spare. */
#define SM_DIVERT_RANGE_PART 0.85
#define SM_DIVERT_SPARE_M 3000.0

/** SmDivertTruck: One that has to go elsewhere.  Arrays are borrowed. */
typedef struct
{
  double latitude, longitude;
  double range_m;       /* NAN: not known */
  guint64 models;       /* of packs that it takes, a bit each */
  const guint64 *models_at; /* (nullable): instead, where that is another at each station */
  const guint *refused; /* stations it was offered before, by index */
  guint n_refused;
} SmDivertTruck;

/** SmDivertStation: One that serves. */
typedef struct
{
  double latitude, longitude;
  guint queue;   /* who is before */
  gint64 swap_s; /* what each of them takes */
} SmDivertStation;

/** SmDivertPack: One that nobody was promised. */
typedef struct
{
  guint station;   /* index */
  guint model;     /* number of its bit */
  gint64 ready_us; /* in the past: it is */
} SmDivertPack;

typedef enum
{
  SM_DIVERT_OFFER,   /* that pack */
  SM_DIVERT_NO_PACK, /* reaches a station, but no pack is left there that it takes */
  SM_DIVERT_RESCUE,  /* reaches none */
  SM_DIVERT_ASK,     /* nobody knows how far it gets, or where it is: call */
} SmDivertOutcome;

/** SmDivertChoice: What becomes of a truck. */
typedef struct
{
  SmDivertOutcome outcome;
  guint pack;      /* OFFER: index */
  double road_m;   /* OFFER */
  gint64 travel_s; /* OFFER */
  gint64 wait_s;   /* OFFER: then, for the queue or the pack */
} SmDivertChoice;

GArray *sm_divert_plan (const SmDispatchPlan  *plan,
                        const SmDivertTruck   *trucks,
                        guint                  n_trucks,
                        const SmDivertStation *stations,
                        guint                  n_stations,
                        const SmDivertPack    *packs,
                        guint                  n_packs);

G_END_DECLS
