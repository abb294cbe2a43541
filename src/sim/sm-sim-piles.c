/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-piles.h"

#include <math.h>

#include "sm-noun.h"
#include "sm-random.h"
#include "sm-time.h"

/* A station says what it draws this often, in machine time. */
#define STATION_PERIOD_S 60.0

/* Nobody knows the next hour's demand: a free connector looks again by then. */
#define LOOK_AGAIN_S 900.0

#define BREAKS_PART 0.004 /* of the cars that come find it broken */
#define REPAIR_S (4.0 * 3600.0)
#define BROKEN_PART 0.008 /* what that makes of all connectors */
#define SESSION_S (48.0 * 60.0)

/* A pile that cannot be reached mostly comes back within the hour. */
#define SILENT_PART 0.012
#define SILENCE_S (50.0 * 60.0)
#define REACHABLE_S (SILENCE_S * (1.0 - SILENT_PART) / SILENT_PART)

/* A connector that charges says what it gives this often, in machine time; it
 * gives less the fuller the car is. */
#define CHARGING_PERIOD_S 30.0
#define TAPER 0.6

/* The share of connectors that charge, by hour of the day: where power is
 * cheap at noon and at night, people come then.  Figures by eye. */
static const double demand[24] = {
  0.40, 0.38, 0.32, 0.25, 0.19, 0.15, 0.13, 0.16, 0.20, 0.24, 0.28, 0.33,
  0.38, 0.37, 0.33, 0.30, 0.28, 0.26, 0.25, 0.27, 0.30, 0.33, 0.37, 0.40,
};

/* As in sm_connector_statuses. */
enum
{
  AVAILABLE,
  PREPARING,
  CHARGING,
  FINISHING = 5,
  FAULTED = 8,
};

typedef struct
{
  gint64 id;
  SmRandom random;
  guint station;
  guint pile;
  gboolean is_silent; /* its pile could not be reached when we looked last */
  gboolean car_comes; /* at the end of being free */
  guint8 status;
  float peak_kw;
  float power_kw; /* what was said last */
  float temperature_c;
  gint64 since_us;
  gint64 until_us;
  gint64 report_at_us;
} Connector;

typedef struct
{
  gint64 id;
  SmRandom random;
  gboolean is_silent;
  gint64 until_us;
} Pile;

typedef struct
{
  gint64 id;
  float connector_kw;  /* what each of its connectors can give */
  double power_kw;
  gint64 report_at_us;
} Station;

struct _SmSimPiles
{
  GTimeZone *zone;
  double rate;
  guint n_stations, n_piles, n_connectors;
  Station *stations;
  Pile *piles;
  Connector *connectors;
};

static double
share_now (const SmSimPiles *self,
           gint64            now_us)
{
  gint64 now_s = now_us / SM_SECOND;
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, now_s);
  double day_s = fmod ((double) (now_s + g_time_zone_get_offset (self->zone, interval)), 86400.0);
  double hour = (day_s < 0.0 ? day_s + 86400.0 : day_s) / 3600.0;
  guint before = (guint) hour % 24;

  return demand[before] + (demand[(before + 1) % 24] - demand[before]) * (hour - floor (hour));
}

static gint64
after (gint64 now_us,
       double seconds)
{
  return now_us + (gint64) (seconds * (double) SM_SECOND);
}

static double
wait_s (SmRandom *random,
        double    mean_s)
{
  return -log (1.0 - sm_random_unit (random)) * mean_s;
}

/* Cars come as often as keeps this share of the connectors busy. */
static void
free_up (Connector *self,
         double     share,
         gint64     now_us)
{
  double seconds = wait_s (&self->random, SESSION_S * (1.0 - share) / share);

  self->status = AVAILABLE;
  self->car_comes = seconds < LOOK_AGAIN_S;
  self->until_us = after (now_us, MIN (seconds, LOOK_AGAIN_S));
}

static void
charge (Connector     *self,
        const Station *station,
        double         seconds,
        gint64         now_us)
{
  self->status = CHARGING;
  self->peak_kw = station->connector_kw * (float) sm_random_range (&self->random, 0.45, 0.98);
  self->temperature_c = (float) sm_random_range (&self->random, 36.0, 58.0);
  self->since_us = now_us;
  self->until_us = after (now_us, seconds);
}

static float
power_now (const Connector *self,
           gint64           now_us)
{
  double done;

  if (self->status != CHARGING)
    return 0.0f;
  done = (double) (now_us - self->since_us) / (double) (self->until_us - self->since_us);
  return self->peak_kw * (float) (1.0 - TAPER * done * done);
}

static void
plug_in (Connector *self,
         gint64     now_us)
{
  gboolean is_broken = sm_random_chance (&self->random, BREAKS_PART);

  self->status = is_broken ? FAULTED : PREPARING;
  self->until_us = after (now_us, is_broken ? wait_s (&self->random, REPAIR_S)
                                            : sm_random_range (&self->random, 20.0, 90.0));
}

/* What comes after what a connector does now. */
static void
go_on (Connector     *self,
       const Station *station,
       double         share)
{
  gint64 now_us = self->until_us;

  switch (self->status)
    {
    case AVAILABLE:
      if (!self->car_comes)
        free_up (self, share, now_us);
      else
        plug_in (self, now_us);
      break;
    case PREPARING:
      charge (self, station, sm_random_range (&self->random, 0.4, 1.6) * SESSION_S, now_us);
      break;
    case CHARGING:
      self->status = FINISHING;
      self->until_us = after (now_us, sm_random_range (&self->random, 30.0, 600.0));
      break;
    default:
      free_up (self, share, now_us);
      break;
    }
}

/* The middle of a day that has gone on for long. */
static void
settle (Connector     *self,
        const Station *station,
        double         share,
        gint64         now_us)
{
  double lot = sm_random_unit (&self->random);

  if (lot < BROKEN_PART)
    {
      self->status = FAULTED;
      self->until_us = after (now_us, wait_s (&self->random, REPAIR_S));
    }
  else if (lot < BROKEN_PART + share)
    charge (self, station, sm_random_range (&self->random, 0.05, 1.4) * SESSION_S, now_us);
  else
    free_up (self, share, now_us);
}

static SmRow *
connector_row (const Connector *self,
               gint64           now_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));
  gboolean is_charging = self->status == CHARGING;

  sm_row_set_int (row, SM_ROW_ID, self->id);
  if (self->is_silent)
    return row; /* what it does now, nobody knows */
  sm_row_set_text (row, SM_CONNECTOR_STATUS, sm_connector_statuses[self->status]);
  sm_row_set_real (row, SM_CONNECTOR_POWER_KW, is_charging ? self->power_kw : 0.0);
  sm_row_set_int (row, SM_CONNECTOR_REPORTED_AT, now_us);
  if (is_charging)
    {
      /* A car's pack stands higher the fuller it is; here it only differs from car to car. */
      double voltage_v = 360.0 + (double) (sm_random_mix ((guint64) self->until_us) % 400) / 10.0;

      sm_row_set_real (row, SM_CONNECTOR_VOLTAGE_V, voltage_v);
      sm_row_set_real (row, SM_CONNECTOR_CURRENT_A,
                       round (self->power_kw * 10000.0 / voltage_v) / 10.0);
      sm_row_set_real (row, SM_CONNECTOR_TEMPERATURE_C, self->temperature_c);
    }
  return row;
}

static SmRow *
station_row (const Station *self,
             gint64         now_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, self->id);
  sm_row_set_text (row, SM_STATION_CONNECTION, sm_connections[SM_CONNECTION_ONLINE]);
  sm_row_set_real (row, SM_STATION_POWER_KW, round (MAX (self->power_kw, 0.0) * 10.0) / 10.0);
  sm_row_set_int (row, SM_STATION_REPORTED_AT, now_us);
  return row;
}

/* @heard_us: SM_UNKNOWN: nothing was ever heard of it */
static SmRow *
pile_row (const Pile *self,
          gint64      heard_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PILE));

  sm_row_set_int (row, SM_ROW_ID, self->id);
  sm_row_set_text (row, SM_PILE_CONNECTION,
                   sm_connections[self->is_silent ? SM_CONNECTION_SILENT : SM_CONNECTION_ONLINE]);
  sm_row_set_int (row, SM_PILE_REPORTED_AT, heard_us);
  return row;
}

static void
turn (Pile   *self,
      gint64  now_us)
{
  self->until_us = after (now_us, wait_s (&self->random, self->is_silent ? SILENCE_S : REACHABLE_S));
}

static void
add_stations (SmSimPiles *self,
              guint64     seed,
              GPtrArray  *rows,
              GHashTable *index_of)
{
  static const float connector_kw[] = { 7.0f, 60.0f, 60.0f, 60.0f, 120.0f };

  for (guint i = 0; i < rows->len; i++)
    {
      Station *station = &self->stations[i];

      station->id = sm_row_get_id (rows->pdata[i]);
      station->connector_kw = connector_kw[sm_random_mix (seed + (guint64) station->id)
                                           % G_N_ELEMENTS (connector_kw)];
      g_hash_table_insert (index_of, &station->id, GUINT_TO_POINTER (i));
    }
}

static void
add_piles (SmSimPiles *self,
           guint64     seed,
           GPtrArray  *rows,
           GHashTable *index_of,
           gint64      now_us)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Pile *pile = &self->piles[i];

      pile->id = sm_row_get_id (rows->pdata[i]);
      pile->random = sm_random_new (seed, G_GUINT64_CONSTANT (0x70696c6500000000) + (guint64) pile->id);
      pile->is_silent = sm_random_chance (&pile->random, SILENT_PART);
      turn (pile, now_us);
      g_hash_table_insert (index_of, &pile->id, GUINT_TO_POINTER (i));
    }
}

static void
add_connectors (SmSimPiles *self,
                guint64     seed,
                GPtrArray  *rows,
                GHashTable *stations,
                GHashTable *piles,
                gint64      now_us)
{
  double share = share_now (self, now_us);

  for (guint i = 0; i < rows->len; i++)
    {
      Connector *connector = &self->connectors[self->n_connectors];
      gint64 station_id = sm_row_get_int (rows->pdata[i], SM_CONNECTOR_STATION_ID);
      gint64 pile_id = sm_row_get_int (rows->pdata[i], SM_CONNECTOR_PILE_ID);

      if (!g_hash_table_contains (stations, &station_id) || !g_hash_table_contains (piles, &pile_id))
        continue; /* it came while we were reading; the next start knows it */
      self->n_connectors++;
      connector->id = sm_row_get_id (rows->pdata[i]);
      connector->random = sm_random_new (seed, G_GUINT64_CONSTANT (0x67756e0000000000)
                                                 + (guint64) connector->id);
      connector->station = GPOINTER_TO_UINT (g_hash_table_lookup (stations, &station_id));
      connector->pile = GPOINTER_TO_UINT (g_hash_table_lookup (piles, &pile_id));
      connector->is_silent = self->piles[connector->pile].is_silent;
      settle (connector, &self->stations[connector->station], share, now_us);
      connector->power_kw = power_now (connector, now_us);
      connector->report_at_us = after (now_us, CHARGING_PERIOD_S * self->rate
                                                 * sm_random_unit (&connector->random));
    }
}

/**
 * sm_sim_piles_new:
 * @zone: the time zone whose hours people live by
 * @stations: (element-type SmRow): with their @piles and @connectors
 * @now_us: network time
 * @rate: of the network's clock
 */
SmSimPiles *
sm_sim_piles_new (guint64     seed,
                  GTimeZone  *zone,
                  GPtrArray  *stations,
                  GPtrArray  *piles,
                  GPtrArray  *connectors,
                  gint64      now_us,
                  double      rate)
{
  SmSimPiles *self = g_new0 (SmSimPiles, 1);
  g_autoptr (GHashTable) station_index = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GHashTable) pile_index = g_hash_table_new (g_int64_hash, g_int64_equal);

  self->zone = g_time_zone_ref (zone);
  self->rate = rate;
  self->stations = g_new0 (Station, MAX (stations->len, 1));
  self->piles = g_new0 (Pile, MAX (piles->len, 1));
  self->connectors = g_new0 (Connector, MAX (connectors->len, 1));
  self->n_stations = stations->len;
  self->n_piles = piles->len;
  add_stations (self, seed, stations, station_index);
  add_piles (self, seed, piles, pile_index, now_us);
  add_connectors (self, seed, connectors, station_index, pile_index, now_us);
  return self;
}

void
sm_sim_piles_free (SmSimPiles *self)
{
  g_return_if_fail (self != NULL);

  g_time_zone_unref (self->zone);
  g_free (self->stations);
  g_free (self->piles);
  g_free (self->connectors);
  g_free (self);
}

/**
 * sm_sim_piles_begin:
 * @rows: (element-type SmRow) (transfer full): the live rows of everything are added
 */
void
sm_sim_piles_begin (SmSimPiles *self,
                    gint64      now_us,
                    GPtrArray  *rows)
{
  gint64 period_us = (gint64) (STATION_PERIOD_S * self->rate * (double) SM_SECOND);

  for (guint i = 0; i < self->n_connectors; i++)
    {
      const Connector *connector = &self->connectors[i];

      if (connector->status == CHARGING && !connector->is_silent)
        self->stations[connector->station].power_kw += connector->power_kw;
      if (!connector->is_silent)
        g_ptr_array_add (rows, connector_row (connector, now_us));
    }
  for (guint i = 0; i < self->n_stations; i++)
    {
      g_ptr_array_add (rows, station_row (&self->stations[i], now_us));
      self->stations[i].report_at_us = now_us + period_us * (i + 1) / self->n_stations;
    }
  for (guint i = 0; i < self->n_piles; i++)
    g_ptr_array_add (rows, pile_row (&self->piles[i], self->piles[i].is_silent ? SM_UNKNOWN : now_us));
}

/* What a silent pile's connectors do goes on, and is seen when it comes back. */
static void
advance_connector (SmSimPiles *self,
                   Connector  *connector,
                   double      share,
                   gint64      now_us,
                   GPtrArray  *rows)
{
  Station *station = &self->stations[connector->station];
  guint8 before = connector->status;
  gboolean was_silent = connector->is_silent;
  float before_kw = was_silent ? 0.0f : connector->power_kw;

  while (connector->until_us <= now_us)
    go_on (connector, station, share);
  connector->is_silent = self->piles[connector->pile].is_silent;
  if (connector->is_silent == was_silent
      && (was_silent || (connector->status == before && before != CHARGING)))
    return;
  connector->power_kw = power_now (connector, now_us);
  connector->report_at_us = after (now_us, CHARGING_PERIOD_S * self->rate);
  station->power_kw += (connector->is_silent ? 0.0f : connector->power_kw) - before_kw;
  g_ptr_array_add (rows, connector_row (connector, now_us));
}

static void
advance_piles (SmSimPiles *self,
               gint64      now_us,
               GPtrArray  *rows)
{
  for (guint i = 0; i < self->n_piles; i++)
    {
      Pile *pile = &self->piles[i];

      if (pile->until_us > now_us)
        continue;
      pile->is_silent = !pile->is_silent;
      turn (pile, now_us);
      g_ptr_array_add (rows, pile_row (pile, now_us));
    }
}

static gboolean
is_due (const SmSimPiles *self,
        const Connector  *connector,
        gint64            now_us)
{
  return connector->until_us <= now_us
         || (connector->status == CHARGING && connector->report_at_us <= now_us)
         || connector->is_silent != self->piles[connector->pile].is_silent;
}

/**
 * sm_sim_piles_advance:
 * @rows: (element-type SmRow) (transfer full): the live rows that changed are added
 *
 * Looks at every pile and connector, which for some ten thousand is a matter of
 * microseconds, and lets those go on whose time has come.
 */
void
sm_sim_piles_advance (SmSimPiles *self,
                      gint64      now_us,
                      GPtrArray  *rows)
{
  gint64 period_us = (gint64) (STATION_PERIOD_S * self->rate * (double) SM_SECOND);
  double share = share_now (self, now_us);

  advance_piles (self, now_us, rows);
  for (guint i = 0; i < self->n_connectors; i++)
    if (is_due (self, &self->connectors[i], now_us))
      advance_connector (self, &self->connectors[i], share, now_us, rows);
  for (guint i = 0; i < self->n_stations; i++)
    if (self->stations[i].report_at_us <= now_us)
      {
        g_ptr_array_add (rows, station_row (&self->stations[i], now_us));
        self->stations[i].report_at_us = now_us + period_us;
      }
}
