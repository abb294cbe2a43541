/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-people.h"

#include <math.h>

#include "sm-geo.h"
#include "sm-row.h"
#include "sm-time.h"

#define KMH 48.0               /* door to door */
#define SET_OUT_S (6.0 * 60.0) /* until somebody sits in the van */
#define FARTHEST_M 250000.0
#define MOVING_PERIOD_S 60.0   /* of the machine: who moves says where this often */
#define WAITING_PERIOD_S 600.0

/* As in sm_duties. */
enum
{
  ON_DUTY, BUSY, OFF_DUTY,
};

typedef struct
{
  guint shift;
  double base_latitude, base_longitude;
  double from_latitude, from_longitude, to_latitude, to_longitude;
  gint64 leaves_us, arrives_us, done_us, back_us; /* of the job; back_us in the past: none */
  gint64 absent_until_us;
  gint64 report_at_us;
  guint8 duty;
} Engineer;

struct _SmSimPeople
{
  const SmSimWorld *world;
  guint n;
  Engineer *engineers;
};

static double
between_s (double a_latitude,
           double a_longitude,
           double b_latitude,
           double b_longitude)
{
  return sm_geo_distance_m (a_latitude, a_longitude, b_latitude, b_longitude) * 1.25 / KMH * 3.6;
}

static gint64
seconds (double s)
{
  return (gint64) (s * (double) SM_SECOND);
}

/* Shifts change at 0, 8 and 16 o'clock; one after the other each has all of them. */
static guint
shift_now (const SmSimPeople *self,
           gint64             now_us)
{
  gint64 now_s = now_us / SM_SECOND;
  int interval = g_time_zone_find_interval (self->world->zone, G_TIME_TYPE_UNIVERSAL, now_s);

  return (guint) ((now_s + g_time_zone_get_offset (self->world->zone, interval)) / 28800 % 3);
}

static guint8
duty_of (const SmSimPeople *self,
         const Engineer    *engineer,
         gint64             now_us)
{
  if (now_us < engineer->back_us)
    return BUSY;
  return engineer->shift == shift_now (self, now_us) ? ON_DUTY : OFF_DUTY;
}

static void
where (const Engineer *engineer,
       gint64          now_us,
       double         *out_latitude,
       double         *out_longitude)
{
  gboolean is_going = now_us < engineer->done_us;
  gint64 from_us = is_going ? engineer->leaves_us : engineer->done_us;
  gint64 to_us = is_going ? engineer->arrives_us : engineer->back_us;
  double part = to_us > from_us
                  ? CLAMP ((double) (now_us - from_us) / (double) (to_us - from_us), 0.0, 1.0)
                  : 1.0;

  if (now_us >= engineer->back_us)
    {
      *out_latitude = engineer->base_latitude;
      *out_longitude = engineer->base_longitude;
      return;
    }
  /* They go back to where they belong, from wherever they were sent. */
  if (!is_going)
    {
      *out_latitude = engineer->to_latitude
                      + part * (engineer->base_latitude - engineer->to_latitude);
      *out_longitude = engineer->to_longitude
                       + part * (engineer->base_longitude - engineer->to_longitude);
      return;
    }
  *out_latitude = engineer->from_latitude
                  + part * (engineer->to_latitude - engineer->from_latitude);
  *out_longitude = engineer->from_longitude
                   + part * (engineer->to_longitude - engineer->from_longitude);
}

static SmRow *
row_of (const SmSimPeople *self,
        guint              index,
        gint64             now_us)
{
  const Engineer *engineer = &self->engineers[index];
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));
  double latitude, longitude;

  where (engineer, now_us, &latitude, &longitude);
  sm_row_set_int (row, SM_ROW_ID, self->world->engineers[index].id);
  sm_row_set_text (row, SM_ENGINEER_DUTY, sm_duties[duty_of (self, engineer, now_us)]);
  sm_row_set_real (row, SM_ENGINEER_LATITUDE, round (latitude * 1e5) / 1e5);
  sm_row_set_real (row, SM_ENGINEER_LONGITUDE, round (longitude * 1e5) / 1e5);
  sm_row_set_int (row, SM_ENGINEER_LOAD, now_us < engineer->back_us ? 1 : 0);
  sm_row_set_int (row, SM_ENGINEER_REPORTED_AT, now_us);
  return row;
}

/** sm_sim_people_new: @world must outlive them */
SmSimPeople *
sm_sim_people_new (const SmSimWorld *world,
                   gint64            now_us)
{
  SmSimPeople *self = g_new0 (SmSimPeople, 1);

  self->world = world;
  self->n = world->n_engineers;
  self->engineers = g_new0 (Engineer, MAX (self->n, 1));
  for (guint i = 0; i < self->n; i++)
    {
      const SmSimServicePoint *point = &world->service_points[world->engineers[i].point];
      Engineer *engineer = &self->engineers[i];

      engineer->shift = i / world->n_service_points % 3;
      engineer->base_latitude = engineer->from_latitude = point->latitude;
      engineer->base_longitude = engineer->from_longitude = point->longitude;
      engineer->leaves_us = engineer->arrives_us = engineer->done_us = engineer->back_us = now_us;
      engineer->duty = duty_of (self, engineer, now_us);
      engineer->report_at_us = now_us + seconds (WAITING_PERIOD_S * world->rate * i / self->n);
    }
  return self;
}

void
sm_sim_people_free (SmSimPeople *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->engineers);
  g_free (self);
}

/** sm_sim_people_begin: @rows: (transfer full): everybody's live row is added */
void
sm_sim_people_begin (SmSimPeople *self,
                     GPtrArray   *rows)
{
  for (guint i = 0; i < self->n; i++)
    g_ptr_array_add (rows, row_of (self, i, self->engineers[i].back_us));
}

/**
 * sm_sim_people_call:
 * @work_s: how long there is work
 *
 * Sends the nearest engineer who is free and answers.
 *
 * Returns: when the work is done, or %SM_UNKNOWN: nobody comes
 */
gint64
sm_sim_people_call (SmSimPeople *self,
                    double       latitude,
                    double       longitude,
                    gint64       now_us,
                    double       work_s)
{
  Engineer *best = NULL;
  double best_m = FARTHEST_M, way_s;

  for (guint i = 0; i < self->n; i++)
    {
      Engineer *engineer = &self->engineers[i];
      double m;

      /* Cheap first: a degree of latitude is 111 km. */
      if (fabs (engineer->base_latitude - latitude) * 111000.0 > best_m
          || duty_of (self, engineer, now_us) != ON_DUTY || engineer->absent_until_us > now_us)
        continue;
      m = sm_geo_distance_m (engineer->base_latitude, engineer->base_longitude, latitude, longitude);
      if (m >= best_m)
        continue;
      best_m = m;
      best = engineer;
    }
  if (best == NULL)
    return SM_UNKNOWN;
  way_s = between_s (best->base_latitude, best->base_longitude, latitude, longitude);
  best->from_latitude = best->base_latitude;
  best->from_longitude = best->base_longitude;
  best->to_latitude = latitude;
  best->to_longitude = longitude;
  best->leaves_us = now_us + seconds (SET_OUT_S);
  best->arrives_us = best->leaves_us + seconds (way_s);
  best->done_us = best->arrives_us + seconds (work_s);
  best->back_us = best->done_us + seconds (way_s);
  best->report_at_us = now_us;
  return best->done_us;
}

/* --- by orders --- */

/** sm_sim_people_answers: Whether somebody is on duty and to be reached. */
gboolean
sm_sim_people_answers (const SmSimPeople *self,
                       guint              index,
                       gint64             now_us)
{
  const Engineer *engineer = &self->engineers[index];

  return duty_of (self, engineer, now_us) != OFF_DUTY && engineer->absent_until_us <= now_us;
}

/** sm_sim_people_is_free: Whether nothing else is worked on: who drives back can turn round. */
gboolean
sm_sim_people_is_free (const SmSimPeople *self,
                       guint              index,
                       gint64             now_us)
{
  return self->engineers[index].done_us <= now_us;
}

/**
 * sm_sim_people_find:
 * @may: (scope call): who is asked at all
 *
 * Returns: the nearest of them who is at the base, on duty and answers, or G_MAXUINT
 */
guint
sm_sim_people_find (const SmSimPeople *self,
                    double             latitude,
                    double             longitude,
                    gint64             now_us,
                    SmSimPeopleFunc    may,
                    gpointer           data)
{
  double best_m = FARTHEST_M;
  guint best = G_MAXUINT;

  for (guint i = 0; i < self->n; i++)
    {
      const Engineer *engineer = &self->engineers[i];
      double m;

      if (fabs (engineer->base_latitude - latitude) * 111000.0 > best_m
          || duty_of (self, engineer, now_us) != ON_DUTY || engineer->absent_until_us > now_us
          || !may (i, data))
        continue;
      m = sm_geo_distance_m (engineer->base_latitude, engineer->base_longitude, latitude, longitude);
      if (m >= best_m)
        continue;
      best_m = m;
      best = i;
    }
  return best;
}

/** sm_sim_people_send: Somebody sets out, from wherever they are. Returns: when they are there */
gint64
sm_sim_people_send (SmSimPeople *self,
                    guint        index,
                    double       latitude,
                    double       longitude,
                    gint64       now_us)
{
  Engineer *engineer = &self->engineers[index];

  where (engineer, now_us, &engineer->from_latitude, &engineer->from_longitude);
  engineer->to_latitude = latitude;
  engineer->to_longitude = longitude;
  engineer->leaves_us = now_us;
  engineer->arrives_us = now_us + seconds (between_s (engineer->from_latitude,
                                                      engineer->from_longitude, latitude,
                                                      longitude));
  engineer->done_us = engineer->back_us = G_MAXINT64;
  engineer->report_at_us = now_us;
  return engineer->arrives_us;
}

/** sm_sim_people_release: Who was sent is done there, and drives back. */
void
sm_sim_people_release (SmSimPeople *self,
                       guint        index,
                       gint64       now_us)
{
  Engineer *engineer = &self->engineers[index];

  where (engineer, now_us, &engineer->to_latitude, &engineer->to_longitude);
  engineer->done_us = now_us;
  engineer->back_us = now_us + seconds (between_s (engineer->to_latitude, engineer->to_longitude,
                                                   engineer->base_latitude,
                                                   engineer->base_longitude));
  engineer->report_at_us = now_us;
}

/** sm_sim_people_absent: Those of a service point answer no call until then; G_MAXUINT: nobody does. */
void
sm_sim_people_absent (SmSimPeople *self,
                      guint        point,
                      gint64       until_us)
{
  for (guint i = 0; i < self->n; i++)
    if (point == G_MAXUINT || self->world->engineers[i].point == point)
      self->engineers[i].absent_until_us = until_us;
}

/** sm_sim_people_advance: @rows: (transfer full): the live rows of who moved or changed are added */
void
sm_sim_people_advance (SmSimPeople *self,
                       gint64       now_us,
                       GPtrArray   *rows)
{
  for (guint i = 0; i < self->n; i++)
    {
      Engineer *engineer = &self->engineers[i];
      guint8 duty = duty_of (self, engineer, now_us);

      if (duty == engineer->duty && now_us < engineer->report_at_us)
        continue;
      engineer->duty = duty;
      engineer->report_at_us = now_us + seconds ((duty == BUSY ? MOVING_PERIOD_S : WAITING_PERIOD_S)
                                                 * self->world->rate);
      g_ptr_array_add (rows, row_of (self, i, now_us));
    }
}
