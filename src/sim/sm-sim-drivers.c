/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-drivers.h"

#include "sm-guidances.h"
#include "sm-random.h"
#include "sm-time.h"

/* Of whom it comes to the screen in the cab; the rest are where there is no network. */
#define DELIVERED 0.92
#define ACCEPTS 0.72
#define REFUSES 0.16 /* and the rest drive on and say nothing */

typedef struct
{
  gint64 id;
  guint vehicle, station; /* of the world; G_MAXUINT: none of ours */
  guint state;            /* SmGuidanceState, as the service has it */
  gint64 due_us;          /* G_MAXINT64: it says nothing, or has said it */
  gboolean is_on_the_way;
} Driver;

struct _SmSimDrivers
{
  const SmSimSender *sender;
  const SmSimWorld *world;
  SmSimEngine *engine;
  GArray *drivers; /* of Driver */
  int rev;         /* of what the service has; -1: nothing was read */
};

SmSimDrivers *
sm_sim_drivers_new (const SmSimSender *sender,
                    const SmSimWorld  *world,
                    SmSimEngine       *engine)
{
  SmSimDrivers *self = g_new0 (SmSimDrivers, 1);

  self->sender = sender;
  self->world = world;
  self->engine = engine;
  self->drivers = g_array_new (FALSE, FALSE, sizeof (Driver));
  self->rev = -1;
  return self;
}

void
sm_sim_drivers_free (SmSimDrivers *self)
{
  g_array_unref (self->drivers);
  g_free (self);
}

/* The same lot of the same driver, however often it is drawn. */
static double
lot (const SmSimDrivers *self,
     const Driver       *driver,
     guint               which)
{
  SmRandom random = sm_random_new (
      sm_random_mix (self->world->seed ^ (guint64) driver->id << 20), which + 1);

  return sm_random_unit (&random);
}

static gint64
after (const SmSimDrivers *self,
       const Driver       *driver,
       gint64              now_us,
       double              from_s,
       double              to_s)
{
  return now_us + (gint64) ((from_s + (to_s - from_s) * lot (self, driver, 3)) * (double) SM_SECOND);
}

/* --- what the service has --- */

typedef struct
{
  SmSimDrivers *self;
  GPtrArray *rows;
  int rev;
  const Driver *driver;
  const char *state;
} Talk;

static gpointer
list_open (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Talk *talk = data;

  talk->rev = sm_guidances_get_rev (rules);
  talk->rows = sm_guidances_list_open (rules, talk->self->sender->actor, error);
  return NULL;
}

static Driver *
find (SmSimDrivers *self,
      gint64        id)
{
  for (guint i = 0; i < self->drivers->len; i++)
    if (g_array_index (self->drivers, Driver, i).id == id)
      return &g_array_index (self->drivers, Driver, i);
  return NULL;
}

static guint
find_station (const SmSimWorld *world,
              gint64            id)
{
  for (guint i = 0; i < world->n_stations; i++)
    if (world->stations[i].id == id)
      return i;
  return G_MAXUINT;
}

/* What it says next, and when. */
static void
plan (const SmSimDrivers *self,
      Driver             *driver,
      gint64              now_us)
{
  driver->due_us = G_MAXINT64;
  if (driver->vehicle == G_MAXUINT || driver->station == G_MAXUINT)
    return;
  if (driver->state == SM_GUIDANCE_STATE_SENT && lot (self, driver, 0) < DELIVERED)
    driver->due_us = after (self, driver, now_us, 1.0, 6.0);
  else if (driver->state == SM_GUIDANCE_STATE_DELIVERED
           && lot (self, driver, 1) < ACCEPTS + REFUSES)
    driver->due_us = after (self, driver, now_us, 15.0, 90.0);
  else if (driver->state == SM_GUIDANCE_STATE_ACCEPTED && !driver->is_on_the_way)
    driver->due_us = now_us;
}

static void
take (SmSimDrivers *self,
      const SmRow  *row,
      gint64        now_us)
{
  guint state = sm_row_get_enum (row, SM_GUIDANCE_STATE);
  Driver *known = find (self, sm_row_get_id (row));
  Driver driver = { .id = sm_row_get_id (row), .state = SM_ENUM_UNKNOWN };

  if (known == NULL)
    {
      if (!sm_sim_world_find_vehicle (self->world, sm_row_get_int (row, SM_GUIDANCE_VEHICLE_ID),
                                      &driver.vehicle))
        driver.vehicle = G_MAXUINT;
      driver.station = find_station (self->world, sm_row_get_int (row, SM_GUIDANCE_STATION_ID));
      g_array_append_val (self->drivers, driver);
      known = &g_array_index (self->drivers, Driver, self->drivers->len - 1);
    }
  if (known->state == state)
    return;
  known->state = state;
  plan (self, known, now_us);
}

static gboolean
is_among (const GPtrArray *rows,
          gint64           id)
{
  for (guint i = 0; i < rows->len; i++)
    if (sm_row_get_id (rows->pdata[i]) == id)
      return TRUE;
  return FALSE;
}

/* What is over is forgotten, and what is held is told the stations. */
static void
follow_rows (SmSimDrivers    *self,
             const GPtrArray *rows,
             gint64           now_us)
{
  g_autoptr (GArray) promises = g_array_new (FALSE, FALSE, sizeof (SmSimPromise));

  for (guint i = self->drivers->len; i-- > 0;)
    if (!is_among (rows, g_array_index (self->drivers, Driver, i).id))
      g_array_remove_index_fast (self->drivers, i);
  for (guint i = 0; i < rows->len; i++)
    {
      SmSimPromise promise = { sm_row_get_int (rows->pdata[i], SM_GUIDANCE_BATTERY_ID),
                               sm_row_get_int (rows->pdata[i], SM_GUIDANCE_VEHICLE_ID) };

      g_array_append_val (promises, promise);
      take (self, rows->pdata[i], now_us);
    }
  sm_sim_engine_promise (self->engine, promises);
}

static gboolean
follow (SmSimDrivers  *self,
        gint64         now_us,
        GError       **error)
{
  Talk talk = { .self = self };

  if (sm_guidances_get_rev (self->sender->rules) == self->rev)
    return TRUE;
  if (!sm_sim_sender_run (self->sender, list_open, &talk, error))
    return FALSE;
  self->rev = talk.rev;
  follow_rows (self, talk.rows, now_us);
  g_ptr_array_unref (talk.rows);
  return TRUE;
}

/* --- what drivers say and do --- */

static gpointer
say (SmRules       *rules,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Talk *talk = data;
  g_autoptr (SmRow) row = NULL;
  g_autoptr (GError) refused = NULL;

  row = sm_guidances_answer (rules, talk->self->sender->actor, talk->driver->id, talk->state,
                             "离目的地太远，不绕路", &refused);
  /* One that is over meanwhile needs no answer any more. */
  if (refused != NULL && !(refused->code >= 400 && refused->code < 500))
    g_propagate_error (error, g_steal_pointer (&refused));
  return NULL;
}

/* Who cannot get there says so, whatever was meant. */
static gboolean
go_on (SmSimDrivers  *self,
       Driver        *driver,
       GError       **error)
{
  Talk talk = { .self = self, .driver = driver };

  if (driver->state == SM_GUIDANCE_STATE_SENT)
    talk.state = sm_guidance_states[SM_GUIDANCE_STATE_DELIVERED];
  else if (driver->state == SM_GUIDANCE_STATE_DELIVERED && lot (self, driver, 1) >= ACCEPTS)
    talk.state = sm_guidance_states[SM_GUIDANCE_STATE_REFUSED];
  else
    {
      driver->is_on_the_way = sm_sim_engine_guide (self->engine, driver->vehicle, driver->station);
      talk.state = sm_guidance_states[driver->is_on_the_way ? SM_GUIDANCE_STATE_ACCEPTED
                                                            : SM_GUIDANCE_STATE_REFUSED];
    }
  if (!sm_sim_sender_run (self->sender, say, &talk, error))
    return FALSE;
  driver->due_us = G_MAXINT64;
  return TRUE;
}

/** sm_sim_drivers_step: Hears what the drivers were told, and does what is due by @now_us. */
gboolean
sm_sim_drivers_step (SmSimDrivers  *self,
                     gint64         now_us,
                     GError       **error)
{
  if (!follow (self, now_us, error))
    return FALSE;
  for (guint i = 0; i < self->drivers->len; i++)
    {
      Driver *driver = &g_array_index (self->drivers, Driver, i);

      if (driver->due_us <= now_us && !go_on (self, driver, error))
        return FALSE;
    }
  return TRUE;
}
