/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmTruckOutcome: what could become of a truck that comes to a station which does not serve. */
typedef enum
{
  SM_TRUCK_OFFER,   /* a pack is there for it elsewhere */
  SM_TRUCK_NO_PACK, /* none is left within its reach */
  SM_TRUCK_RESCUE,  /* it reaches no station */
  SM_TRUCK_ASK,     /* nobody knows how far it gets */
} SmTruckOutcome;

extern const char *const sm_truck_outcomes[];

/** SmTruckOffer: that of one truck; ids are SM_UNKNOWN unless it is an offer. */
typedef struct
{
  gint64 vehicle_id;
  guint outcome; /* SmTruckOutcome; SM_ENUM_UNKNOWN: one that this version does not know */
  gint64 station_id;
  gint64 battery_id;
  gint64 travel_s;
  gint64 wait_s;
} SmTruckOffer;

/** SmTruckWish: what is to be done about a truck. */
typedef struct
{
  gint64 vehicle_id;
  gint64 guidance_id; /* SM_UNKNOWN: it has none; then: */
  gint64 from_station_id;
  gint64 battery_id;  /* SM_UNKNOWN: whichever is best */
  gboolean is_rescue;
  const char *act;     /* of a guidance: of sm_guidance_events */
  const char *outcome; /* (nullable): of a call */
} SmTruckWish;

G_END_DECLS
