/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-test-network.h"

#include "sm-alarm.h"
#include "sm-figures-private.h"
#include "sm-live-set.h"
#include "sm-service-figures-private.h"
#include "sm-stats-private.h"
#include "sm-status-private.h"
#include "sm-time.h"

#include <math.h>

static SmRow *
make_station (gint64 id,
              GRand *random)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  g_autofree char *english = g_strdup_printf ("Longgang %" G_GINT64_FORMAT, id);
  g_autofree char *chinese = g_strdup_printf ("龙岗 %" G_GINT64_FORMAT, id);

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("SN%04" G_GINT64_FORMAT, id));
  sm_row_take_text (row, SM_STATION_NAME, sm_name_new (english, chinese));
  sm_row_set_text (row, SM_STATION_KIND, id % 3 == 0 ? "swap" : "charge");
  sm_row_set_text (row, SM_STATION_STATE, id % 17 == 0 ? "paused" : "operating");
  sm_row_set_text (row, SM_STATION_ADDRESS, "龙岗大道 1 号");
  sm_row_set_real (row, SM_STATION_LATITUDE, g_rand_double_range (random, 22.5, 22.85));
  sm_row_set_real (row, SM_STATION_LONGITUDE, g_rand_double_range (random, 113.8, 114.4));
  sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  sm_row_set_int (row, SM_STATION_PILE_COUNT, 12);
  sm_row_set_text (row, SM_STATION_CONNECTION, id % 23 == 0 ? "silent" : "online");
  sm_row_set_text (row, SM_STATION_SERVICE,
                   id % 23 == 0   ? "unknown"
                   : id % 17 == 0 ? "closed"
                   : id % 13 == 0 ? "degraded"
                                  : "available");
  return row;
}

static void
fill_vehicles (SmOps *ops,
               guint  n,
               GRand *random)
{
  g_autoptr (SmVehicleBatch) batch = sm_vehicle_batch_new (n);
  SmVehicleColumns *columns = &batch->columns;

  batch->tick = 1;
  for (guint i = 0; i < n; i++)
    {
      columns->id[i] = i + 1;
      columns->at[i] = sm_world_project (g_rand_double_range (random, 22.3, 24.4),
                                         g_rand_double_range (random, 112, 115.8));
      columns->heading[i] = (guint16) g_rand_int_range (random, 0, 360);
      columns->speed_kmh[i] = (float) g_rand_double_range (random, 0, 80);
      columns->soc[i] = (float) g_rand_double_range (random, 8, 100);
      columns->temperature_c[i] = (float) g_rand_double_range (random, 24, 58);
      columns->motion[i] = i % 3 == 0 ? SM_MOTION_PARKED : SM_MOTION_DRIVING;
      columns->energy[i] = i % 9 == 0 ? SM_ENERGY_CHARGING : SM_ENERGY_IDLE;
      columns->connection[i] = i % 31 == 5 ? SM_CONNECTION_SILENT : SM_CONNECTION_ONLINE;
      columns->reported_at[i] = SM_TEST_NOW - 3 * SM_SECOND;
    }
  sm_fleet_apply (sm_ops_get_fleet (ops), batch);
}

/** sm_test_network_alarm: Returns: (transfer full): an open alarm of a vehicle */
SmRow *
sm_test_network_alarm (gint64      id,
                       int         level,
                       const char *code,
                       const char *label)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_text (row, SM_ALARM_CODE, code);
  sm_row_set_int (row, SM_ALARM_LEVEL, level);
  sm_row_set_text (row, SM_ALARM_STATE, "unacked");
  sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, "vehicle");
  sm_row_set_int (row, SM_ALARM_SOURCE_ID, id);
  sm_row_set_text (row, SM_ALARM_SOURCE_LABEL, label);
  sm_row_set_text (row, SM_ALARM_FIELD, level <= 2 ? "pack_temperature_c" : "soc");
  sm_row_set_real (row, SM_ALARM_VALUE, level <= 2 ? 61.4 : 8);
  sm_row_set_real (row, SM_ALARM_LIMIT_VALUE, level <= 2 ? 58 : 10);
  sm_row_set_int (row, SM_ALARM_COUNT, 1);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, SM_TEST_NOW - id * id * 42 * SM_SECOND);
  return row;
}

void
sm_test_network_put_alarm (SmOps *ops,
                           SmRow *alarm)
{
  SmFigureValues values = *sm_figures_get_values (sm_ops_get_figures (ops));

  sm_live_set_put (SM_LIVE_SET (sm_ops_get_alarms (ops)), alarm);
  sm_figures_count_alarms (&values, sm_ops_get_alarms (ops), 0);
  sm_figures_set_values (sm_ops_get_figures (ops), &values);
}

static void
fill_alarms (SmOps *ops,
             guint  n)
{
  static const char *const codes[]
      = { "pack-over-temperature", "pack-over-temperature", "soc-low", "soc-low" };

  for (guint i = 1; i <= n; i++)
    {
      int level = (int) MIN ((i + 1) / 2, 4);
      g_autofree char *label = g_strdup_printf ("粤B·%05u", i * 1237);
      g_autoptr (SmRow) row = sm_test_network_alarm (i, level, codes[level - 1], label);

      if (i % 3 == 0)
        {
          sm_row_set_text (row, SM_ALARM_STATE, "acked");
          sm_row_set_text (row, SM_ALARM_ACKED_BY, "Li Wei");
          sm_row_set_text (row, SM_ALARM_NOTE, "Driver called, stops at Baoan North");
        }
      sm_test_network_put_alarm (ops, row);
    }
}

static void
count_service (SmOps *ops)
{
  SmServiceValues values = { .waiting = 14, .unreachable = 3,
                             .longest_wait_since = SM_TEST_NOW - 23 * SM_MINUTE };

  sm_service_count_stations (&values, sm_ops_get_stations (ops));
  sm_service_figures_set_values (sm_ops_get_service (ops), &values);
}

/** sm_test_network_fill_stats: As if the service had said how today goes. */
void
sm_test_network_fill_stats (SmOps *ops)
{
  SmStatsNow stats;

  sm_stats_now_init (&stats);
  stats.as_of = SM_TEST_NOW;
  g_strlcpy (stats.currency, "CNY", sizeof stats.currency);
  stats.swaps = (SmStatsKind){ .last_hour = 118, .usual_hour = 121, .attempts = 120,
                               .completed = 118, .median_s = 252, .median_wait_s = 185 };
  stats.charges = (SmStatsKind){ .last_hour = 41, .usual_hour = 38, .attempts = 43,
                                 .completed = 41, .median_s = 3120, .median_wait_s = 0 };
  stats.today = (SmStatsDay){ .orders = 18264, .energy_wh = G_GINT64_CONSTANT (2870000000),
                              .amount_minor = 342000000, .carbon_kg = 1931000 };
  stats.yesterday_same_time
      = (SmStatsDay){ .orders = 17541, .energy_wh = G_GINT64_CONSTANT (2800000000),
                      .amount_minor = 326000000, .carbon_kg = 1882000 };
  for (guint i = 0; i < SM_DAY_QUARTERS; i++)
    {
      stats.load_today_kw[i] = i < 58 ? 400000 + 2000.0 * i : NAN;
      stats.load_yesterday_kw[i] = 390000 + 1900.0 * i;
    }
  for (guint i = 0; i < SM_DAY_HOURS; i++)
    {
      stats.swaps_today[i] = i < 14 ? 90 + 2.0 * i : NAN;
      stats.swaps_yesterday[i] = 88 + 2.0 * i;
    }
  sm_stats_set (sm_ops_get_stats (ops), &stats, FALSE);
}

/** sm_test_network_fill: Puts a network of that size into the models. */
void
sm_test_network_fill (SmOps *ops,
                      guint  n_stations,
                      guint  n_vehicles,
                      guint  n_alarms)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  SmFigureValues values = { .is_whole = TRUE, .stations = n_stations, .piles = n_stations * 12,
                            .connectors = n_stations * 24 };

  for (guint i = 1; i <= n_stations; i++)
    {
      g_autoptr (SmRow) row = make_station (i, random);

      sm_live_set_put (SM_LIVE_SET (sm_ops_get_stations (ops)), row);
      values.stations_by_state[i % 17 == 0 ? 2 : 1]++;
      values.stations_by_connection[i % 23 == 0 ? SM_CONNECTION_SILENT : SM_CONNECTION_ONLINE]++;
      values.piles_by_connection[i % 23 == 0 ? SM_CONNECTION_SILENT : SM_CONNECTION_ONLINE] += 12;
      values.connectors_by_status[0] += 14;
      values.connectors_by_status[2] += 9;
      values.connectors_by_status[i % 40 == 0 ? 8 : 7] += 1;
    }
  fill_vehicles (ops, n_vehicles, random);
  count_service (ops);
  sm_figures_count_vehicles (&values, sm_fleet_get_columns (sm_ops_get_fleet (ops)), n_vehicles);
  sm_figures_set_values (sm_ops_get_figures (ops), &values);
  fill_alarms (ops, n_alarms);
}

/** sm_test_network_set_state: As if sync had come to know that. */
void
sm_test_network_set_state (SmOps         *ops,
                           SmStatusState  state)
{
  gint64 now = g_get_monotonic_time ();
  gboolean is_fresh = state == SM_STATUS_LIVE;
  /* It stays live, however long the test takes. */
  gint64 fresh = is_fresh ? now + SM_HOUR : now - SM_SECOND, old = now - 42 * SM_SECOND;
  SmConnectivity connectivity = {
    .refused = state == SM_STATUS_REFUSED,
    .signed_out = state == SM_STATUS_SIGNED_OUT,
    .is_whole = state != SM_STATUS_STARTING && state != SM_STATUS_LOADING,
    .oldest_good_at = state == SM_STATUS_STARTING || state == SM_STATUS_LOADING ? 0
                      : is_fresh                                                ? fresh
                                                                                : old,
    .newest_good_at = state == SM_STATUS_STARTING ? 0 : state == SM_STATUS_OFFLINE ? old : fresh,
    .failing_since = state == SM_STATUS_OFFLINE ? old : 0,
  };

  sm_clock_set (sm_status_get_clock (sm_ops_get_status (ops)), SM_TEST_NOW, 1);
  sm_status_set_network (sm_ops_get_status (ops), "Shenzhen demo network", "Asia/Shanghai", TRUE);
  sm_status_update (sm_ops_get_status (ops), &connectivity,
                    state == SM_STATUS_REFUSED   ? "other-version"
                    : state == SM_STATUS_OFFLINE ? "server-unreachable"
                                                 : NULL);
}
