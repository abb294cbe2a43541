/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-scope.h"

G_BEGIN_DECLS

/** SmRollupTable: the tables that hold what has ended, added up. */
typedef enum
{
  SM_ROLLUP_STATION_HOUR,
  SM_ROLLUP_STATION_DAY,
  SM_ROLLUP_STATION_MONTH,
  SM_ROLLUP_FLEET_DAY,
  SM_ROLLUP_N_TABLES
} SmRollupTable;

/** SmRollup: one row of them; the first four are its key. */
typedef struct
{
  gint64 of_id;     /* the station or fleet */
  const char *kind; /* (static): interned: "swap", "charge" or "site" */
  gint64 period;    /* yyyymmdd or yyyymm */
  gint64 hour;      /* of the day; 0 in the others */
  gint64 count;
  gint64 attempts;
  gint64 completed;
  gint64 energy_wh;
  gint64 amount_minor;
  gint64 wait_ms;
  gint64 duration_ms;
} SmRollup;

/** SmAreaQuarter: likewise of the meters; the first three are its key. */
typedef struct
{
  gint64 start;
  gint64 area_id;
  gint64 operator_id;
  gint64 energy_wh;
  gint64 covered_us;
  gint64 stations;
} SmAreaQuarter;

/** SmStationMeter: what a station's meter showed last. */
typedef struct
{
  gint64 station_id;
  gint64 at;
  gint64 meter_wh;
  gint64 quarter;   /* the last that the station is counted in */
  gint64 missed_wh; /* what it counted while nobody heard it */
} SmStationMeter;

/* Each day by itself: so only that hour is looked at. */
#define SM_ROLLUP_USUAL_SQL                                                                \
  "SELECT sum (count), sum (attempts), sum (completed), sum (energy_wh), "                 \
  "sum (amount_minor), sum (wait_ms), sum (duration_ms), station_id, kind, 0, hour "       \
  "FROM station_hour WHERE business_day IN (SELECT value FROM json_each (?1)) "            \
  "AND hour = ?2 AND kind <> 'site' GROUP BY station_id, kind LIMIT 1000000"

const char *sm_rollup_table_name  (SmRollupTable          table);
gboolean    sm_rollup_add         (SmConnection          *connection,
                                   SmRollupTable          table,
                                   const SmRollup        *rollup,
                                   GError               **error);
GArray     *sm_rollup_read        (SmConnection          *connection,
                                   SmRollupTable          table,
                                   const SmScope         *scope,
                                   gint64                 of_id,
                                   gint64                 from,
                                   gint64                 to,
                                   guint                  limit,
                                   GError               **error);
GArray     *sm_rollup_read_usual  (SmConnection          *connection,
                                   const char            *days,
                                   gint64                 hour,
                                   GError               **error);
gboolean    sm_rollup_prune_hours (SmConnection          *connection,
                                   gint64                 before_day,
                                   GError               **error);
char       *sm_rollup_read_sql    (SmRollupTable          table,
                                   const SmScope         *scope,
                                   gboolean               of_one);

gboolean    sm_area_quarter_add   (SmConnection          *connection,
                                   const SmAreaQuarter   *quarter,
                                   GError               **error);
GArray     *sm_area_quarter_read  (SmConnection          *connection,
                                   const SmScope         *scope,
                                   gint64                 area_id,
                                   gint64                 from,
                                   gint64                 to,
                                   guint                  limit,
                                   GError               **error);
gboolean    sm_area_quarter_prune (SmConnection          *connection,
                                   gint64                 before,
                                   GError               **error);
char       *sm_area_quarter_sql   (const SmScope         *scope,
                                   gboolean               of_one);

gboolean    sm_station_meter_put  (SmConnection          *connection,
                                   const SmStationMeter  *meter,
                                   GError               **error);
GArray     *sm_station_meter_list (SmConnection          *connection,
                                   GError               **error);

G_END_DECLS
