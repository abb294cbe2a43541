/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Quarters of an hour in a day, by the local clock of the network. */
#define SM_DAY_QUARTERS 96
#define SM_DAY_HOURS 24

/** SmStatsKind: how the swaps, or the charges, of the last 60 minutes went. */
typedef struct
{
  gint64 last_hour;     /* that were completed */
  double usual_hour;    /* completed in the same hour, mean of the last 14 days; NAN: not known */
  gint64 attempts;      /* that ended completed or aborted; cancelled ones never began */
  gint64 completed;     /* of those */
  double median_s;      /* from its start to its end, of the completed; NAN: there was none */
  double median_wait_s; /* from its creation to its start, likewise */
} SmStatsKind;

/** SmStatsDay: what ended on a business day, or in the same part of the day before. */
typedef struct
{
  gint64 orders;
  gint64 swaps;   /* completed */
  gint64 charges; /* completed */
  gint64 energy_wh;
  gint64 amount_minor;
  double carbon_kg; /* saved, net of the grid; see SmCarbonFactors */
} SmStatsDay;

/**
 * SmCarbonFactors:
 *
 * What the saved CO2 is reckoned by.  A kWh given to a truck moves it
 * 1 / @truck_kwh_per_km km; a diesel truck would have burnt
 * @diesel_l_per_100km / 100 litres a km, each @diesel_kg_per_l of CO2; making
 * the kWh put @grid_kg_per_kwh into the air.  What is saved is the first less
 * the second: see sm_carbon_saved_kg().
 */
typedef struct
{
  double diesel_l_per_100km;
  double diesel_kg_per_l;
  double truck_kwh_per_km;
  double grid_kg_per_kwh;
} SmCarbonFactors;

/** SmStatsNow: how the network does today, cut to the scope of who asks. */
typedef struct
{
  gint64 as_of;     /* network time */
  char currency[4]; /* ISO 4217; empty: nothing was sold yet */
  SmStatsKind swaps;
  SmStatsKind charges;
  SmStatsDay today;
  SmStatsDay yesterday_same_time;
  /* Mean power by quarter of the local day; NAN: no data.  Known by area, so
   * that nobody whose scope is fleets has them. */
  double load_today_kw[SM_DAY_QUARTERS];
  double load_yesterday_kw[SM_DAY_QUARTERS];
  /* Swaps that were completed, by hour of the local day; NAN: the hour is not
   * over yet, or no data.  Not known to a scope of fleets. */
  double swaps_today[SM_DAY_HOURS];
  double swaps_yesterday[SM_DAY_HOURS];
  SmCarbonFactors carbon;
} SmStatsNow;

/** SmStationDayKind: the swaps, or the charges, of a station that ended on a day. */
typedef struct
{
  gint64 attempts;  /* completed or aborted */
  gint64 completed; /* of those */
  double median_s;  /* from start to end, of the completed; NAN: there was none */
} SmStationDayKind;

/** SmStationDay: what a station did on a business day. */
typedef struct
{
  gint64 as_of; /* network time */
  int business_day;
  SmStationDayKind swaps;
  SmStationDayKind charges;
} SmStationDay;

/*
 * Until somebody sets others:
 *  - diesel: IPCC 2006 Guidelines, volume 2, tables 1.2 and 3.2.1: 43.0 TJ/Gg and
 *    74,100 kg/TJ, at 0.84 kg a litre;
 *  - grid: the national mean of China in 2023, announced by the Ministry of
 *    Ecology and Environment with the National Bureau of Statistics;
 *  - consumption: assumed, of a 49 t tractor on a motorway.
 */
#define SM_CARBON_DEFAULT                                                               \
  {                                                                                     \
    .diesel_l_per_100km = 36, .diesel_kg_per_l = 2.68, .truck_kwh_per_km = 1.5,         \
    .grid_kg_per_kwh = 0.5306                                                           \
  }

void       sm_stats_now_init  (SmStatsNow            *self);
double     sm_carbon_saved_kg (const SmCarbonFactors *factors,
                               gint64                 energy_wh);

G_END_DECLS
