/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

/** SmPackReport: what a pack says of itself through the vehicle it is in. */
typedef struct
{
  double soh;         /* % */
  double cycle_count; /* equivalent full cycles */
  gint64 charged_wh;
  gint64 throughput_wh;
  double voltage_v;
  double current_a;
  double temperature_max_c;
  gint64 temperature_max_probe;
  double temperature_min_c;
  gint64 temperature_min_probe;
  double cell_max_mv;
  gint64 cell_max_number;
  double cell_min_mv;
  gint64 cell_min_number;
  double insulation_ohm_per_v;
} SmPackReport;

/**
 * SmVehicleReport:
 *
 * What one vehicle said of itself at one moment; the unit of ingest.  What it
 * did not say is NAN, %SM_UNKNOWN or %SM_ENUM_UNKNOWN.  The queue is only
 * looked at with a station, and the pack only with a battery.
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
  guint8 queue;              /* SmQueueState at station_id */
  gboolean logs_out;         /* the last report before it sleeps */
  gint64 battery_id;         /* 0: look the battery up by battery_sn */
  const char *battery_sn;    /* (nullable) */
  gint64 range_m;            /* by its own consumption */
  gint64 station_id;         /* where it is going to, waits or is served; 0: nowhere */
  gint64 queue_since;
  gint64 eta;                /* when it expects to be at station_id */
  SmPackReport pack;
} SmVehicleReport;

void sm_vehicle_report_init (SmVehicleReport *self);

/**
 * SmFaultReport:
 *
 * A fault that a device, or who stands before it, says of itself: it began, or
 * it is over.
 */
typedef struct
{
  SmNounId noun;           /* what is at fault: vehicle, battery, station, pile, equipment ... */
  gint64 id;
  const char *code;        /* ours: of sm_fault_code_find() */
  const char *sender_code; /* (nullable): verbatim */
  const char *sender_text; /* (nullable): verbatim */
  gboolean is_raised;      /* FALSE: it is over */
  gint64 at_us;            /* the device's own network time */
  double value;            /* NAN: none */
  double limit_value;      /* NAN: none */
  gint64 equipment_id;     /* the smallest part that is known; SM_UNKNOWN or 0: none */
} SmFaultReport;

/** SmReportRejection: one report that was not taken: where it stood, and why. */
typedef struct
{
  guint index;      /* in the batch as it was sent */
  const char *slug; /* (static): as in "unknown-vehicle" */
} SmReportRejection;

G_END_DECLS
