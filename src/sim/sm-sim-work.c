/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-work.h"

#include "sm-geo.h"
#include "sm-random.h"
#include "sm-sim-list.h"
#include "sm-time.h"
#include "sm-work-orders.h"

#define DESK "simulator"
#define BY_ITSELF "over-by-itself" /* as the service says it */

const SmSimDeed sm_sim_deeds[SM_SIM_N_DEEDS] = {
  { "部件老化", "更换部件，试换电两次正常" },
  { "接插件松动", "重新插接并紧固" },
  { "传感器脏污", "清洁并重新标定" },
  { "进水受潮", "烘干、更换密封圈" },
  { "线束磨损", "更换线束并加护套" },
};

/* Of those at the service point that is nearest to a station. */
static gint64
engineer_near (const SmSimWorld *world,
               guint             station,
               guint64           lot)
{
  guint best = 0, n_each = MAX (world->n_engineers / MAX (world->n_service_points, 1), 1);
  double best_m = G_MAXDOUBLE;

  for (guint i = 0; i < world->n_service_points; i++)
    {
      double m = sm_geo_distance_m (world->stations[station].latitude,
                                    world->stations[station].longitude,
                                    world->service_points[i].latitude,
                                    world->service_points[i].longitude);

      if (m < best_m)
        {
          best_m = m;
          best = i;
        }
    }
  return world->engineers[(best + lot % n_each * world->n_service_points) % world->n_engineers].id;
}

static guint
station_of (const SmSimWorld    *world,
            const SmFaultReport *fault,
            guint64              lot)
{
  for (guint i = 0; fault->equipment_id != SM_UNKNOWN && i < world->n_equipment; i++)
    if (world->equipment[i].id == fault->equipment_id)
      return world->equipment[i].station;
  return (guint) (lot % world->n_stations);
}

static void
set_times (SmRow        *row,
           const gint64 *times,
           guint         n)
{
  static const guint fields[] = { SM_WORK_ORDER_ASSIGNED_AT,   SM_WORK_ORDER_ACCEPTED_AT,
                                  SM_WORK_ORDER_TRAVELLING_AT, SM_WORK_ORDER_ARRIVED_AT,
                                  SM_WORK_ORDER_STARTED_AT };

  for (guint i = 0; i < MIN (n, G_N_ELEMENTS (fields)); i++)
    sm_row_set_int (row, fields[i], times[i]);
  if (n > 0)
    sm_row_set_text (row, SM_WORK_ORDER_ASSIGNED_BY, DESK);
  if (n > 1)
    {
      sm_row_set_int (row, SM_WORK_ORDER_SPOKEN_AT, times[1]);
      sm_row_set_int (row, SM_WORK_ORDER_RESPONDED_AT, times[1]);
    }
}

static void
finish (SmRow   *row,
        guint64  lot,
        gint64   completed_us)
{
  sm_row_set_text (row, SM_WORK_ORDER_FIX, sm_work_order_fixes[1]);
  sm_row_set_text (row, SM_WORK_ORDER_CAUSE, sm_sim_deeds[lot % SM_SIM_N_DEEDS].cause);
  sm_row_set_text (row, SM_WORK_ORDER_ACTION, sm_sim_deeds[lot % SM_SIM_N_DEEDS].action);
  sm_row_set_int (row, SM_WORK_ORDER_COMPLETED_AT, completed_us);
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "completed");
}

/* Somebody went there: half of the time until they are there, then the work. */
static void
work_off (const SmSimWorld    *world,
          SmRow               *row,
          const SmFaultReport *raised,
          gint64               returned_us,
          gint64               to_us,
          guint64              lot)
{
  gint64 part = (returned_us - raised->at_us) / 10;
  gint64 times[] = { raised->at_us + part, raised->at_us + part * 2, raised->at_us + part * 3,
                     raised->at_us + part * 5, raised->at_us + part * 6 };
  gint64 completed = returned_us + (gint64) (3 + lot % 6) * SM_MINUTE;
  gint64 confirmed = completed + (gint64) (15 + lot / 7 % 60) * SM_MINUTE;

  sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID,
                  engineer_near (world, station_of (world, raised, lot), lot / 3));
  set_times (row, times, G_N_ELEMENTS (times));
  sm_row_set_int (row, SM_WORK_ORDER_RESTORED_AT, returned_us);
  sm_row_set_text (row, SM_WORK_ORDER_RESTORE_PROOF, "returned");
  finish (row, lot, MIN (completed, to_us));
  if (confirmed >= to_us)
    return;
  sm_row_set_int (row, SM_WORK_ORDER_CONFIRMED_AT, confirmed);
  sm_row_set_text (row, SM_WORK_ORDER_CONFIRMED_BY, DESK);
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "confirmed");
}

/**
 * sm_sim_work_of_fault:
 * @alarm: of it, over
 * @to_us: nothing happened behind that
 *
 * Returns: (transfer full) (nullable): the order that there was, but for the id of the alarm;
 *   %NULL: nobody had to go there
 */
SmRow *
sm_sim_work_of_fault (const SmSimWorld    *world,
                      const SmFaultReport *raised,
                      const SmRow         *alarm,
                      gint64               to_us)
{
  gint64 returned_us = sm_row_get_int (alarm, SM_ALARM_RETURNED_AT);
  guint64 lot = sm_random_mix ((guint64) raised->at_us ^ (guint64) raised->id) >> 8;
  g_autoptr (SmRow) then = sm_row_copy (alarm);
  SmRow *row;

  sm_row_set_text (then, SM_ALARM_STATE, "unacked");
  if (!sm_work_order_is_due (then))
    return NULL;
  row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));
  sm_row_set_text (row, SM_WORK_ORDER_KIND,
                   g_str_equal (raised->code, "vehicle-stranded") ? "rescue" : "repair");
  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "alarm");
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, sm_row_get_int (alarm, SM_ALARM_LEVEL));
  sm_row_set_text (row, SM_WORK_ORDER_CODE, raised->code);
  sm_row_set_text (row, SM_WORK_ORDER_TARGET_NOUN, sm_noun_get (raised->noun)->name);
  sm_row_set_int (row, SM_WORK_ORDER_TARGET_ID, raised->id);
  sm_row_set_int (row, SM_WORK_ORDER_ALARM_COUNT, 1);
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, raised->at_us);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT,
                  raised->at_us + (gint64) (1 + lot % 3) * SM_SECOND);
  /* What passes soon needs nobody. */
  if (returned_us - raised->at_us < 20 * SM_MINUTE)
    {
      sm_row_set_int (row, SM_WORK_ORDER_CANCELLED_AT,
                      MIN (returned_us + 10 * SM_MINUTE, to_us));
      sm_row_set_text (row, SM_WORK_ORDER_CANCEL_REASON, BY_ITSELF);
      sm_row_set_int (row, SM_WORK_ORDER_RESTORED_AT, returned_us);
      sm_row_set_text (row, SM_WORK_ORDER_STATE, "cancelled");
      return row;
    }
  work_off (world, row, raised, returned_us, to_us, lot);
  return row;
}

/* --- what was begun --- */

/* What is planned rather than broken: how far it is, and since when or from when. */
static const struct
{
  const char *kind, *subject, *state;
  int level, n_steps;
  int began_min, planned_min; /* of now */
} plans[] = {
  { "inspection", "6S 月度巡检", "in_progress", 4, 5, -150, -100 },
  { "maintenance", "充电模块风扇保养", "on_hold", 4, 5, -240, -200 },
  { "maintenance", "换电机器人导轨润滑", "on_site", 3, 4, -120, -60 },
  { "inspection", "消防系统季度检查", "travelling", 3, 3, -90, -30 },
  { "change", "网关固件升级陪同", "accepted", 4, 2, -300, 40 },
  { "inspection", "6S 月度巡检", "accepted", 4, 2, -200, 90 },
  { "maintenance", "冷却液更换", "assigned", 4, 1, -8, 180 },
  { "installation", "加装车道摄像头", "unaccepted", 4, 0, -60, 1200 },
  { "inspection", "6S 月度巡检", "unaccepted", 4, 0, -30, 1500 },
  { "maintenance", "变压器油位检查", "completed", 3, 5, -420, -360 },
};

static SmRow *
make_plan (const SmSimWorld *world,
           gsize             i,
           gint64            now_us)
{
  guint station = (guint) (i * 7 % world->n_stations);
  gint64 began = now_us + plans[i].began_min * SM_MINUTE;
  gint64 planned = now_us + plans[i].planned_min * SM_MINUTE;
  gint64 going = MIN (planned, now_us - 25 * SM_MINUTE);
  gint64 times[] = { began + SM_MINUTE, began + 4 * SM_MINUTE, going, going + 15 * SM_MINUTE,
                     going + 18 * SM_MINUTE };
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));

  sm_row_set_text (row, SM_WORK_ORDER_KIND, plans[i].kind);
  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_text (row, SM_WORK_ORDER_STATE, plans[i].state);
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, plans[i].level);
  sm_row_set_text (row, SM_WORK_ORDER_SUBJECT, plans[i].subject);
  sm_row_set_text (row, SM_WORK_ORDER_TARGET_NOUN, "station");
  sm_row_set_int (row, SM_WORK_ORDER_TARGET_ID, world->stations[station].id);
  sm_row_set_text (row, SM_WORK_ORDER_CREATED_BY, DESK);
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, began);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, began);
  sm_row_set_int (row, SM_WORK_ORDER_PLANNED_AT, planned);
  if (plans[i].n_steps > 0)
    sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID, engineer_near (world, station, i));
  set_times (row, times, (guint) plans[i].n_steps);
  if (g_str_equal (plans[i].state, "on_hold"))
    {
      sm_row_set_int (row, SM_WORK_ORDER_HELD_AT, now_us - 5 * SM_MINUTE);
      sm_row_set_text (row, SM_WORK_ORDER_HOLD_REASON, "等备件");
    }
  if (g_str_equal (plans[i].state, "completed"))
    finish (row, i, now_us - 10 * SM_MINUTE);
  return row;
}

/* What came back again and again at one station: as many days ago, a problem by now. */
static const int repeats_d[] = { 19, 8, 2 };
#define REPEATED "swap-timeout"
#define REPEATED_LEVEL 3

static SmRow *
make_repeat (const SmSimWorld *world,
             gsize             i,
             gint64            now_us)
{
  guint station = 5 % world->n_stations;
  gint64 began = now_us - repeats_d[i] * SM_DAY;
  gint64 times[] = { began + 2 * SM_MINUTE, began + 6 * SM_MINUTE, began + 10 * SM_MINUTE,
                     began + 40 * SM_MINUTE, began + 45 * SM_MINUTE };
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));

  sm_row_set_text (row, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, REPEATED_LEVEL);
  sm_row_set_text (row, SM_WORK_ORDER_CODE, REPEATED);
  sm_row_set_text (row, SM_WORK_ORDER_TARGET_NOUN, "station");
  sm_row_set_int (row, SM_WORK_ORDER_TARGET_ID, world->stations[station].id);
  sm_row_set_text (row, SM_WORK_ORDER_CREATED_BY, DESK);
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, began);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, began);
  sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID, engineer_near (world, station, i));
  set_times (row, times, G_N_ELEMENTS (times));
  sm_row_set_int (row, SM_WORK_ORDER_RESTORED_AT, began + 110 * SM_MINUTE);
  sm_row_set_text (row, SM_WORK_ORDER_RESTORE_PROOF, "returned");
  finish (row, i, began + 115 * SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_CONFIRMED_AT, began + 180 * SM_MINUTE);
  sm_row_set_text (row, SM_WORK_ORDER_CONFIRMED_BY, DESK);
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "confirmed");
  return row;
}

static gpointer
put (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system (DESK);

  sm_work_orders_put_past (rules, actor, data, error);
  return NULL;
}

/** sm_sim_work_begin: In a network where nobody has worked yet, somebody does already. */
gboolean
sm_sim_work_begin (const SmSimSender  *sender,
                   const SmSimWorld   *world,
                   gint64              now_us,
                   GError            **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) there = sm_sim_list_all (sender->rules, SM_NOUN_WORK_ORDER,
                                                 sender->cancellable, error);

  if (there == NULL || there->len > 0)
    return there != NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    g_ptr_array_add (rows, make_plan (world, i, now_us));
  for (gsize i = 0; i < G_N_ELEMENTS (repeats_d); i++)
    g_ptr_array_add (rows, make_repeat (world, i, now_us));
  return sm_sim_sender_run (sender, put, rows, error);
}
