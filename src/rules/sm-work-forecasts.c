/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-forecasts.h"

#include "sm-candidates-private.h"

#include "sm-geo.h"
#include "sm-rules-private.h"
#include "sm-work-times.h"

#include <math.h>

/*
 * Which orders that somebody has will break their restore clock: by how far they are, where
 * whoever has it is, and how long such work took before.
 */

#define PAST (180 * SM_DAY)
#define MOST_PAST 2000
#define FEW 10 /* fewer of one fault say less than all faults together */
#define WORK_S 3600.0

typedef struct
{
  SmReader *reader;
  SmActor *actor;
  SmDispatchPlan plan;
  SmCandidateBook *book;
  GArray *past; /* of SmWorkTime */
} Forecasting;

static void
forecasting_clear (Forecasting *self)
{
  g_clear_pointer (&self->book, sm_candidate_book_free);
  g_clear_pointer (&self->past, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Forecasting, forecasting_clear)

static int
compare_reals (gconstpointer a,
               gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
add_past (const Forecasting *self,
          const char        *code,
          GArray            *works)
{
  for (guint i = 0; i < self->past->len; i++)
    {
      const SmWorkTime *time = &g_array_index (self->past, SmWorkTime, i);

      if (code == NULL || g_strcmp0 (time->code, code) == 0)
        g_array_append_val (works, time->work_s);
    }
}

/* How long such work took, rising; where little is known, what is reckoned with, and around it. */
static GArray *
list_works (const Forecasting *self,
            const SmRow       *order,
            guint             *out_n_past)
{
  static const double around[] = { 0.4, 0.6, 0.8, 1.0, 1.3, 1.8, 2.6 };
  const char *code = sm_row_get_text (order, SM_WORK_ORDER_CODE);
  gint64 planned_s = sm_row_get_int (order, SM_WORK_ORDER_WORK_S);
  double middle_s = planned_s != SM_UNKNOWN ? (double) planned_s : WORK_S;
  GArray *works = g_array_new (FALSE, FALSE, sizeof (double));

  if (code != NULL)
    add_past (self, code, works);
  if (works->len < FEW)
    {
      g_array_set_size (works, 0);
      add_past (self, NULL, works);
    }
  *out_n_past = works->len;
  for (guint i = 0; works->len < FEW && i < G_N_ELEMENTS (around); i++)
    {
      double work_s = middle_s * around[i];

      g_array_append_val (works, work_s);
    }
  g_array_sort (works, compare_reals);
  return works;
}

/* How far whoever has it was from there when they last said so, or when they set out. */
static double
way_of (const Forecasting *self,
        const SmRow       *order,
        gint64            *out_said_us)
{
  gint64 id = sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID);
  const SmRow *live = g_hash_table_lookup (self->book->live, &id);
  double latitude, longitude;

  if (live == NULL || sm_row_is_null (live, SM_ENGINEER_LATITUDE)
      || sm_row_is_null (live, SM_ENGINEER_LONGITUDE)
      || !sm_candidate_place (self->reader, self->actor, order, &latitude, &longitude))
    return NAN;
  *out_said_us = MAX (sm_row_get_int (live, SM_ENGINEER_REPORTED_AT),
                      sm_row_get_int (order, SM_WORK_ORDER_TRAVELLING_AT));
  return self->plan.road_factor
         * sm_geo_distance_m (sm_row_get_real (live, SM_ENGINEER_LATITUDE),
                              sm_row_get_real (live, SM_ENGINEER_LONGITUDE), latitude, longitude);
}

static SmRepair
repair_of (const Forecasting *self,
           const SmRow       *order)
{
  guint state = sm_row_get_enum (order, SM_WORK_ORDER_STATE);
  gint64 started = sm_row_get_int (order, SM_WORK_ORDER_STARTED_AT);
  gint64 held = sm_row_get_int (order, SM_WORK_ORDER_HELD_AT);
  SmRepair repair = { .stage = SM_REPAIR_WAITS,
                      .road_m = NAN,
                      .due_us = sm_row_get_int (order, SM_WORK_ORDER_RESTORE_DUE_AT),
                      .said_us = self->plan.now_us,
                      .since_us = self->plan.now_us };

  if (state == SM_WORK_ORDER_STATE_TRAVELLING)
    repair.stage = SM_REPAIR_TRAVELS;
  else if (state >= SM_WORK_ORDER_STATE_ON_SITE)
    repair.stage = SM_REPAIR_WORKS;
  if (repair.stage != SM_REPAIR_WORKS)
    repair.road_m = way_of (self, order, &repair.said_us);
  else if (started != SM_UNKNOWN)
    {
      /* While it is held nobody works on it. */
      repair.since_us = started + sm_row_get_int (order, SM_WORK_ORDER_HELD_S) * SM_SECOND;
      if (state == SM_WORK_ORDER_STATE_ON_HOLD && held != SM_UNKNOWN)
        repair.since_us += MAX (0, self->plan.now_us - held);
    }
  return repair;
}

static void
reckon (const Forecasting *self,
        const SmRow       *order,
        const SmRepair    *repair,
        SmWorkForecast    *out)
{
  g_autoptr (GArray) works = list_works (self, order, &out->n_past);

  out->work_order_id = sm_row_get_id (order);
  sm_repair_forecast (&self->plan, repair, (gpointer) works->data, works->len, &out->forecast);
}

static gint64
seconds_until (const Forecasting *self,
               gint64             then_us)
{
  return (then_us - self->plan.now_us) / SM_SECOND;
}

/* Until whoever has it is done with what they are on. */
static void
add_wait (const Forecasting *self,
          const SmRow       *order,
          SmRepair          *wait)
{
  gint64 engineer = sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID);

  for (guint i = 0; i < self->book->open->len; i++)
    {
      const SmRow *other = self->book->open->pdata[i];
      SmWorkForecast before;
      SmRepair repair;

      if (other == order || !sm_work_order_runs (other)
          || sm_row_get_int (other, SM_WORK_ORDER_ENGINEER_ID) != engineer
          || sm_row_get_enum (other, SM_WORK_ORDER_STATE) < SM_WORK_ORDER_STATE_TRAVELLING)
        continue;
      repair = repair_of (self, other);
      reckon (self, other, &repair, &before);
      wait->wait_early_s = MAX (wait->wait_early_s, seconds_until (self, before.forecast.early_us));
      wait->wait_s = MAX (wait->wait_s, seconds_until (self, before.forecast.likely_us));
      wait->wait_late_s = MAX (wait->wait_late_s, seconds_until (self, before.forecast.late_us));
    }
}

/**
 * sm_work_forecasts_read:
 *
 * Returns: (transfer full) (nullable): of #SmWorkForecast, one for each order that @actor may
 *   see, that somebody has, and whose equipment does not serve yet
 */
GArray *
sm_work_forecasts_read (SmReader  *reader,
                        SmActor   *actor,
                        GError   **error)
{
  g_autoptr (GArray) forecasts = g_array_new (FALSE, FALSE, sizeof (SmWorkForecast));
  g_auto (Forecasting) self = { .reader = reader, .actor = actor };

  sm_dispatch_plan_init (&self.plan, sm_rules_now (reader->rules));
  self.book = sm_candidate_book_read (reader, actor, error);
  if (self.book == NULL)
    return NULL;
  self.past = sm_work_times_read (sm_service_db_get_connection (reader->db),
                                  self.plan.now_us - PAST, MOST_PAST, error);
  if (self.past == NULL)
    return NULL;
  for (guint i = 0; i < self.book->open->len; i++)
    {
      const SmRow *order = self.book->open->pdata[i];
      SmWorkForecast forecast;
      SmRepair repair;

      if (!sm_work_order_runs (order) || !sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT))
        continue;
      repair = repair_of (&self, order);
      if (repair.stage == SM_REPAIR_WAITS)
        add_wait (&self, order, &repair);
      reckon (&self, order, &repair, &forecast);
      g_array_append_val (forecasts, forecast);
    }
  return g_steal_pointer (&forecasts);
}

/** sm_work_forecast_word: Returns: the slug of what has to be reckoned with */
const char *
sm_work_forecast_word (const SmWorkForecast *self)
{
  if (self->forecast.chance_late >= SM_REPAIR_LATE)
    return "late";
  return self->forecast.chance_late >= SM_REPAIR_AT_RISK ? "at_risk" : "in_time";
}
