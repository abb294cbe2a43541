/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-live.h"

#include "sm-time.h"

#define STATION_PERIOD_S 60

/* The turns of @n who each have one in a period, evenly. */
typedef struct
{
  guint n;
  gint64 start_us, period_us;
  gint64 next; /* counted from the start */
} Turns;

struct _SmSimLive
{
  SmSimEngine *engine;
  const SmSimWorld *world;
  Turns vehicles, stations;
};

static gint64
due (const Turns *turns)
{
  if (turns->n == 0)
    return G_MAXINT64;
  return turns->start_us + turns->next / turns->n * turns->period_us
         + turns->next % turns->n * turns->period_us / turns->n;
}

static void
skip (Turns  *turns,
      gint64  to_us)
{
  if (turns->n > 0 && to_us > due (turns))
    turns->next += (gint64) ((double) (to_us - due (turns)) / (double) turns->period_us * turns->n);
}

/** sm_sim_live_new: Both must outlive it. */
SmSimLive *
sm_sim_live_new (SmSimEngine      *engine,
                 const SmSimWorld *world,
                 gint64            start_us)
{
  SmSimLive *self = g_new0 (SmSimLive, 1);

  self->engine = engine;
  self->world = world;
  self->vehicles = (Turns){ world->n_vehicles, start_us,
                            (gint64) (SM_SIM_REPORT_PERIOD_S * world->rate * (double) SM_SECOND), 0 };
  self->stations = (Turns){ world->n_stations, start_us,
                            (gint64) (STATION_PERIOD_S * world->rate * (double) SM_SECOND), 0 };
  sm_sim_engine_set_live (engine, TRUE);
  /* All stations are heard of at once. */
  for (guint i = 0; i < world->n_stations; i++)
    g_array_append_val (sm_sim_engine_output (engine)->touched, i);
  return self;
}

void
sm_sim_live_free (SmSimLive *self)
{
  g_free (self);
}

/** sm_sim_live_next_due: Returns: when somebody reports next, network time */
gint64
sm_sim_live_next_due (const SmSimLive *self)
{
  return MIN (due (&self->vehicles), due (&self->stations));
}

/** sm_sim_live_skip_to: What was due before @now_us is left out. */
void
sm_sim_live_skip_to (SmSimLive *self,
                     gint64     now_us)
{
  skip (&self->vehicles, now_us);
  skip (&self->stations, now_us);
}

static void
look_touched (SmSimLive *self,
              gint64     at_us,
              GPtrArray *rows)
{
  GArray *touched = sm_sim_engine_output (self->engine)->touched;

  for (guint i = 0; i < touched->len; i++)
    sm_sim_engine_look_station (self->engine, g_array_index (touched, guint, i), at_us, TRUE, rows);
  g_array_set_size (touched, 0);
}

/**
 * sm_sim_live_report:
 * @limit: so many turns at most
 * @reports: (element-type SmVehicleReport): where they are added
 * @rows: (element-type SmRow): where those of stations and their parts are added
 *
 * Returns: how many turns were taken; fewer than @limit when all is said by @now_us
 */
guint
sm_sim_live_report (SmSimLive *self,
                    gint64     now_us,
                    guint      limit,
                    GArray    *reports,
                    GPtrArray *rows)
{
  guint n = 0;

  for (; n < limit && sm_sim_live_next_due (self) <= now_us; n++)
    {
      gint64 at_us = sm_sim_live_next_due (self);
      SmVehicleReport report;

      sm_sim_engine_advance (self->engine, at_us);
      look_touched (self, at_us, rows);
      if (due (&self->vehicles) <= at_us)
        {
          guint vehicle = (guint) (self->vehicles.next++ % self->vehicles.n);

          if (sm_sim_engine_look_vehicle (self->engine, vehicle, at_us, &report))
            g_array_append_val (reports, report);
        }
      else
        sm_sim_engine_look_station (self->engine,
                                    (guint) (self->stations.next++ % self->stations.n), at_us, TRUE,
                                    rows);
    }
  return n;
}
