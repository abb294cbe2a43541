/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

/**
 * SmVehicleReport:
 *
 * What one vehicle said of itself at one moment; the unit of ingest.  What it
 * did not say is NAN, %SM_UNKNOWN or %SM_ENUM_UNKNOWN.
 */
typedef struct
{
  gint64 vehicle_id;         /* 0: look the vehicle up by vin */
  const char *vin;           /* (nullable) when the id is known */
  gint64 at_us;              /* the device's own network time */
  double latitude;           /* WGS-84 degrees; both or neither */
  double longitude;
  double heading_deg;        /* 0 to below 360, clockwise from north */
  double speed_kmh;
  double soc;                /* % */
  double pack_temperature_c;
  gint64 odometer_m;
  guint8 motion;             /* SmMotion */
  guint8 energy;             /* SmEnergy */
} SmVehicleReport;

/** SmReportRejection: one report that was not taken: where it stood, and why. */
typedef struct
{
  guint index;      /* in the batch as it was sent */
  const char *slug; /* (static): as in "unknown-vehicle" */
} SmReportRejection;

G_END_DECLS
