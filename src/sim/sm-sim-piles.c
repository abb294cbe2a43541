/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-piles.h"

#include <math.h>
#include <string.h>

#include "sm-noun.h"
#include "sm-random.h"
#include "sm-sim-session.h"
#include "sm-sim-world.h"
#include "sm-time.h"

/* A station says what it draws this often, in machine time, and a connector what it gives. */
#define STATION_PERIOD_S 60.0
#define CHARGING_PERIOD_S 30.0

/* And a pile that it is there: a free one has nothing else to say. */
#define PILE_PERIOD_S 240.0

#define BREAKS_PART 0.004  /* of the cars that come find it broken */
#define REPAIR_S (4.0 * 3600.0)
#define BLOCKS_PART 0.006  /* are no customers, but stand in the way */
#define BLOCKED_S (90.0 * 60.0)
#define ABORTED_PART 0.015 /* of sessions end before they should */

/* A pile that cannot be reached mostly comes back within the hour; one falls
 * silent about once in two years. */
#define SILENCE_S (50.0 * 60.0)
#define SILENCES_PER_DAY 0.0013

/*
 * When people charge: the share of a day's energy by the hour, and of a week's
 * by the day from Monday.  From the CHARGED data set (Melbourne, 4,392 hours
 * from 2023-04-01): each station's shares of its own days and weeks, averaged.
 */
static const double of_day[24] = {
  0.0249, 0.0241, 0.0234, 0.0253, 0.0299, 0.0338, 0.0410, 0.0538,
  0.0588, 0.0598, 0.0595, 0.0579, 0.0571, 0.0548, 0.0542, 0.0506,
  0.0494, 0.0481, 0.0437, 0.0370, 0.0318, 0.0279, 0.0270, 0.0259,
};
static const double of_week[7] = { 0.1437, 0.1345, 0.1339, 0.1347, 0.1411, 0.1581, 0.1541 };
#define MOST 1.8 /* times the average: no hour of a week has more */

#define EPOCH_US (G_GINT64_CONSTANT (1704067200) * SM_SECOND) /* counters began with 2024 */
#define WH_PER_SESSION 30000.0

#define NONE G_MAXUINT

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
  guint station, pile;
  guint next;            /* connector of the same pile, or NONE */
  guint active;          /* where it stands among those that do something, or NONE */
  guint8 status;
  gboolean is_blocked;
  gboolean is_aborted;   /* how the session will end */
  const char *fault;     /* (static) (nullable): the code of what is broken */
  SmRandom random;
  float power_kw;        /* what was said last */
  gint64 counted_wh;     /* of the session, by the site's meter */
  gint64 created_us;     /* when the car came */
  gint64 until_us;       /* of what it does now */
  gint64 report_at_us;
  SmSimSession session;
} Connector;

typedef struct
{
  gint64 id;
  guint first;           /* of its connectors, or NONE */
  gboolean is_silent;
  gint64 until_us;       /* when silent */
  gint64 charge_count, energy_wh, service_seconds;
} Pile;

typedef struct
{
  gint64 id;
  float connector_kw;    /* what each of its connectors can give */
  double latitude, longitude;
  double power_kw;
  gint64 meter_wh;
} Station;

struct _SmSimPiles
{
  GTimeZone *zone;
  double rate;
  gint64 now_us;
  SmRandom random;
  guint n_stations, n_piles, n_connectors;
  Station *stations;
  Pile *piles;
  Connector *connectors;
  GArray *active;        /* of guint: connectors that are not simply free */
  GArray *silent;        /* of guint: piles */
  gint64 next_car_us, next_silence_us;
  double station_turn;   /* how many stations spoke so far */
  double pile_turn;      /* and piles */
  const SmSimPilesOutput *output;
};

/** sm_sim_piles_demand: Returns: how much is charged then, in parts of the average */
double
sm_sim_piles_demand (const SmSimPiles *self,
                     gint64            at_us)
{
  gint64 at_s = at_us / SM_SECOND;
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, at_s);
  gint64 local_s = at_s + g_time_zone_get_offset (self->zone, interval);
  gint64 day = (local_s - (local_s % 86400 + 86400) % 86400) / 86400;
  double hour = (double) (local_s - day * 86400) / 3600.0;
  guint before = (guint) hour % 24;
  double share = of_day[before] + (of_day[(before + 1) % 24] - of_day[before]) * (hour - floor (hour));

  /* The first of January 1970 was a Thursday. */
  return share * 24.0 * of_week[((day + 3) % 7 + 7) % 7] * 7.0;
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

/* --- what is said --- */

static SmRow *
connector_row (const SmSimPiles *self,
               const Connector  *connector,
               gint64            now_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));
  const Station *station = &self->stations[connector->station];

  sm_row_set_int (row, SM_ROW_ID, connector->id);
  if (self->piles[connector->pile].is_silent)
    return row; /* what it does now, nobody knows */
  sm_row_set_text (row, SM_CONNECTOR_STATUS, sm_connector_statuses[connector->status]);
  sm_row_set_real (row, SM_CONNECTOR_POWER_KW, connector->power_kw);
  sm_row_set_int (row, SM_CONNECTOR_REPORTED_AT, now_us);
  if (connector->is_blocked)
    sm_row_set_int (row, SM_CONNECTOR_BLOCKED_SINCE, connector->created_us);
  if (connector->status == CHARGING)
    sm_sim_session_look (&connector->session, now_us,
                         sm_sim_weather_c (station->latitude, station->longitude, now_us), row);
  return row;
}

static void
say_connector (SmSimPiles *self,
               Connector  *connector,
               gint64      now_us)
{
  connector->report_at_us = after (now_us, CHARGING_PERIOD_S * self->rate);
  if (self->output != NULL && self->output->rows != NULL)
    g_ptr_array_add (self->output->rows, connector_row (self, connector, now_us));
}

static SmRow *
station_row (const Station *self,
             gint64         now_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, self->id);
  sm_row_set_text (row, SM_STATION_CONNECTION, sm_connections[SM_CONNECTION_ONLINE]);
  sm_row_set_real (row, SM_STATION_POWER_KW, round (MAX (self->power_kw, 0.0) * 10.0) / 10.0);
  sm_row_set_int (row, SM_STATION_METER_WH, self->meter_wh);
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
  sm_row_set_int (row, SM_PILE_CHARGE_COUNT, self->charge_count);
  sm_row_set_int (row, SM_PILE_ENERGY_WH, self->energy_wh);
  sm_row_set_int (row, SM_PILE_SERVICE_SECONDS, self->service_seconds);
  sm_row_set_int (row, SM_PILE_REPORTED_AT, heard_us);
  return row;
}

static void
say_pile (SmSimPiles *self,
          const Pile *pile,
          gint64      now_us)
{
  if (self->output != NULL && self->output->rows != NULL)
    g_ptr_array_add (self->output->rows, pile_row (pile, now_us));
}

static void
say_fault (SmSimPiles      *self,
           const Connector *connector,
           const char      *code,
           gboolean         is_raised,
           gint64           at_us)
{
  SmFaultReport report = { .noun = SM_NOUN_CONNECTOR, .id = connector->id, .code = code,
                           .is_raised = is_raised, .at_us = at_us, .value = NAN,
                           .limit_value = NAN, .equipment_id = SM_UNKNOWN };

  if (self->output == NULL || self->output->faults == NULL)
    return;
  if (g_str_equal (code, "pile-fault"))
    {
      report.noun = SM_NOUN_PILE;
      report.id = self->piles[connector->pile].id;
    }
  g_array_append_val (self->output->faults, report);
}

static void
say_order (SmSimPiles      *self,
           const Connector *connector,
           gint64           energy_wh)
{
  const SmSimSession *session = &connector->session;
  SmRow *row;

  if (self->output == NULL || self->output->orders == NULL)
    return;
  row = sm_row_new (sm_noun_get (SM_NOUN_ORDER));
  sm_row_take_text (row, SM_ORDER_NUMBER,
                    g_strdup_printf ("C%" G_GINT64_FORMAT "%07" G_GINT64_FORMAT,
                                     session->started_us / SM_SECOND, connector->id));
  sm_row_set_text (row, SM_ORDER_KIND, sm_order_kinds[SM_ORDER_KIND_CHARGE]);
  sm_row_set_text (row, SM_ORDER_PROCESS,
                   sm_order_processes[connector->is_aborted ? SM_ORDER_PROCESS_ABORTED
                                                            : SM_ORDER_PROCESS_COMPLETED]);
  sm_row_set_int (row, SM_ORDER_STATION_ID, self->stations[connector->station].id);
  sm_row_set_int (row, SM_ORDER_PILE_ID, self->piles[connector->pile].id);
  sm_row_set_int (row, SM_ORDER_CONNECTOR_ID, connector->id);
  sm_row_set_int (row, SM_ORDER_CREATED_AT, connector->created_us);
  sm_row_set_int (row, SM_ORDER_STARTED_AT, session->started_us);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, session->until_us);
  sm_row_set_real (row, SM_ORDER_DURATION_S,
                   (double) (session->until_us - session->started_us) / (double) SM_SECOND);
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, energy_wh);
  sm_row_set_text (row, SM_ORDER_ENERGY_BASIS, sm_energy_bases[0]);
  sm_row_set_real (row, SM_ORDER_SOC_BEFORE, round (session->from_soc * 10.0) / 10.0);
  sm_row_set_real (row, SM_ORDER_SOC_AFTER,
                   round (sm_sim_session_soc (session, session->until_us) * 10.0) / 10.0);
  g_ptr_array_add (self->output->orders, row);
}

/* --- what happens --- */

static void
set_power (SmSimPiles *self,
           Connector  *connector,
           float       power_kw)
{
  self->stations[connector->station].power_kw += power_kw - connector->power_kw;
  connector->power_kw = power_kw;
}

/* What the session took since the site's meter was looked at last. */
static void
count_energy (SmSimPiles *self,
              Connector  *connector,
              gint64      now_us)
{
  gint64 energy_wh = sm_sim_session_energy_wh (&connector->session, now_us);

  self->stations[connector->station].meter_wh += energy_wh - connector->counted_wh;
  connector->counted_wh = energy_wh;
}

static void
set_active (SmSimPiles *self,
            guint       index,
            gboolean    is_active)
{
  Connector *connector = &self->connectors[index];

  if (is_active == (connector->active != NONE))
    return;
  if (is_active)
    {
      connector->active = self->active->len;
      g_array_append_val (self->active, index);
      return;
    }
  g_array_remove_index_fast (self->active, connector->active);
  if (connector->active < self->active->len)
    self->connectors[g_array_index (self->active, guint, connector->active)].active =
      connector->active;
  connector->active = NONE;
}

static void
set_free (Connector *connector)
{
  connector->status = AVAILABLE;
  connector->is_blocked = FALSE;
  connector->until_us = G_MAXINT64;
}

static void
break_it (SmSimPiles *self,
          Connector  *connector,
          gint64      now_us)
{
  static const char *const codes[] = { "pile-communication", "pile-lock-failure",
                                       "pile-communication", "pile-fault" };

  connector->status = FAULTED;
  connector->fault = codes[sm_random_below (&connector->random, G_N_ELEMENTS (codes))];
  connector->until_us = after (now_us, 600.0 + wait_s (&connector->random, REPAIR_S));
  say_fault (self, connector, connector->fault, TRUE, now_us);
}

static void
block_it (SmSimPiles *self,
          Connector  *connector,
          gint64      now_us)
{
  connector->is_blocked = TRUE;
  connector->until_us = after (now_us, 300.0 + wait_s (&connector->random, BLOCKED_S));
  say_fault (self, connector, "connector-blocked", TRUE, now_us);
}

static void
begin_session (SmSimPiles *self,
               Connector  *connector,
               gint64      now_us)
{
  connector->status = CHARGING;
  connector->is_aborted = sm_random_chance (&connector->random, ABORTED_PART);
  sm_sim_session_begin (&connector->session, &connector->random,
                        self->stations[connector->station].connector_kw, now_us);
  if (connector->is_aborted)
    connector->session.until_us -= (gint64) (0.7 * (double) (connector->session.until_us - now_us));
  connector->until_us = connector->session.until_us;
  connector->counted_wh = 0;
}

static void
end_session (SmSimPiles *self,
             Connector  *connector)
{
  gint64 now_us = connector->session.until_us;
  gint64 energy_wh = sm_sim_session_energy_wh (&connector->session, now_us);
  Pile *pile = &self->piles[connector->pile];

  count_energy (self, connector, now_us);
  pile->charge_count++;
  pile->energy_wh += energy_wh;
  pile->service_seconds += (now_us - connector->session.started_us) / SM_SECOND;
  say_order (self, connector, energy_wh);
  say_pile (self, pile, now_us);
  connector->status = FINISHING;
  connector->until_us = after (now_us, sm_random_range (&connector->random, 30.0, 600.0));
}

/* What comes after what a connector does now. */
static void
go_on (SmSimPiles *self,
       Connector  *connector)
{
  gint64 now_us = connector->until_us;

  switch (connector->status)
    {
    case PREPARING:
      begin_session (self, connector, now_us);
      break;
    case CHARGING:
      end_session (self, connector);
      break;
    case FAULTED:
      say_fault (self, connector, connector->fault, FALSE, now_us);
      set_free (connector);
      break;
    default:
      if (connector->is_blocked)
        say_fault (self, connector, "connector-blocked", FALSE, now_us);
      set_free (connector);
      break;
    }
}

static void
advance_connector (SmSimPiles *self,
                   guint       index,
                   gint64      now_us)
{
  Connector *connector = &self->connectors[index];
  guint8 before = connector->status;
  gboolean was_blocked = connector->is_blocked;

  while (connector->until_us <= now_us)
    {
      gint64 at_us = connector->until_us;

      go_on (self, connector);
      set_power (self, connector,
                 connector->status == CHARGING ? sm_sim_session_power_kw (&connector->session, at_us)
                                               : 0.0f);
    }
  if (connector->status == before && connector->is_blocked == was_blocked
      && (before != CHARGING || connector->report_at_us > now_us))
    return;
  if (connector->status == CHARGING)
    {
      set_power (self, connector, sm_sim_session_power_kw (&connector->session, now_us));
      count_energy (self, connector, now_us);
    }
  if (!self->piles[connector->pile].is_silent)
    say_connector (self, connector, now_us);
  if (connector->status == AVAILABLE && !connector->is_blocked)
    set_active (self, index, FALSE);
}

/* A car comes to one of them, if it finds one that is free. */
static void
take_car (SmSimPiles *self,
          gint64      now_us)
{
  guint index = sm_random_below (&self->random, self->n_connectors);
  Connector *connector = &self->connectors[index];
  double lot = sm_random_unit (&self->random);

  advance_connector (self, index, now_us);
  if (connector->status != AVAILABLE || connector->is_blocked
      || self->piles[connector->pile].is_silent)
    return;
  connector->created_us = now_us;
  if (lot < BREAKS_PART)
    break_it (self, connector, now_us);
  else if (lot < BREAKS_PART + BLOCKS_PART)
    block_it (self, connector, now_us);
  else
    {
      connector->status = PREPARING;
      connector->until_us = after (now_us, sm_random_range (&connector->random, 20.0, 90.0));
    }
  set_active (self, index, TRUE);
  say_connector (self, connector, now_us);
}

/* As many as there would be at most, thinned to what there are at that hour. */
static void
take_cars (SmSimPiles *self,
           gint64      now_us)
{
  double most_per_s = self->n_connectors * SM_SIM_PILES_SESSIONS_PER_DAY * MOST / 86400.0;

  for (; self->next_car_us <= now_us;
       self->next_car_us = after (self->next_car_us, wait_s (&self->random, 1.0 / most_per_s)))
    if (sm_random_unit (&self->random) * MOST < sm_sim_piles_demand (self, self->next_car_us))
      take_car (self, self->next_car_us);
}

/* What a silent pile's connectors do goes on, and is seen when it comes back. */
static void
set_silent (SmSimPiles *self,
            guint       index,
            gboolean    is_silent,
            gint64      now_us)
{
  Pile *pile = &self->piles[index];

  pile->is_silent = is_silent;
  pile->until_us = after (now_us, wait_s (&self->random, SILENCE_S));
  say_pile (self, pile, now_us);
  for (guint i = pile->first; i != NONE; i = self->connectors[i].next)
    say_connector (self, &self->connectors[i], now_us);
}

static void
advance_silence (SmSimPiles *self,
                 gint64      now_us)
{
  double mean_s = 86400.0 / (SILENCES_PER_DAY * self->n_piles);

  for (guint i = 0; i < self->silent->len;)
    {
      guint index = g_array_index (self->silent, guint, i);

      if (self->piles[index].until_us > now_us)
        {
          i++;
          continue;
        }
      set_silent (self, index, FALSE, now_us);
      g_array_remove_index_fast (self->silent, i);
    }
  for (; self->next_silence_us <= now_us;
       self->next_silence_us = after (self->next_silence_us, wait_s (&self->random, mean_s)))
    {
      guint index = sm_random_below (&self->random, self->n_piles);

      if (self->piles[index].is_silent)
        continue;
      set_silent (self, index, TRUE, self->next_silence_us);
      g_array_append_val (self->silent, index);
    }
}

/* --- making them --- */

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
      station->latitude = sm_row_get_real (rows->pdata[i], SM_STATION_LATITUDE);
      station->longitude = sm_row_get_real (rows->pdata[i], SM_STATION_LONGITUDE);
      if (isnan (station->latitude) || isnan (station->longitude))
        {
          station->latitude = 22.6;
          station->longitude = 114.0;
        }
      g_hash_table_insert (index_of, &station->id, GUINT_TO_POINTER (i));
    }
}

/* Its counters have run since it was put up, at its own pace. */
static void
add_piles (SmSimPiles *self,
           guint64     seed,
           GPtrArray  *rows,
           GHashTable *index_of)
{
  double days = MAX (0.0, (double) (self->now_us - EPOCH_US) / (86400.0 * (double) SM_SECOND));

  for (guint i = 0; i < rows->len; i++)
    {
      Pile *pile = &self->piles[i];
      double pace;

      pile->id = sm_row_get_id (rows->pdata[i]);
      pace = 0.6 + (double) (sm_random_mix (seed ^ (guint64) pile->id) % 800) / 1000.0;
      pile->first = NONE;
      pile->charge_count = (gint64) (days * SM_SIM_PILES_SESSIONS_PER_DAY * pace);
      pile->energy_wh = pile->charge_count * (gint64) WH_PER_SESSION;
      pile->service_seconds = pile->charge_count * 3400;
      g_hash_table_insert (index_of, &pile->id, GUINT_TO_POINTER (i));
    }
}

static void
add_connectors (SmSimPiles *self,
                guint64     seed,
                GPtrArray  *rows,
                GHashTable *stations,
                GHashTable *piles)
{
  for (guint i = 0; i < rows->len; i++)
    {
      guint index = self->n_connectors;
      Connector *connector = &self->connectors[index];
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
      connector->next = self->piles[connector->pile].first;
      connector->active = NONE;
      self->piles[connector->pile].first = index;
      self->stations[connector->station].meter_wh += self->piles[connector->pile].energy_wh;
      set_free (connector);
    }
}

/* The middle of a day that has gone on for long: live through its last hours, unheard. */
static void
settle (SmSimPiles *self,
        gint64      now_us)
{
  self->now_us = now_us - 8 * 3600 * SM_SECOND;
  self->next_car_us = self->next_silence_us = self->now_us;
  sm_sim_piles_advance (self, now_us, NULL);
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
  self->now_us = now_us;
  self->random = sm_random_new (seed, G_GUINT64_CONSTANT (0x70696c6573000000));
  self->stations = g_new0 (Station, MAX (stations->len, 1));
  self->piles = g_new0 (Pile, MAX (piles->len, 1));
  self->connectors = g_new0 (Connector, MAX (connectors->len, 1));
  self->active = g_array_new (FALSE, FALSE, sizeof (guint));
  self->silent = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_stations = stations->len;
  self->n_piles = piles->len;
  add_stations (self, seed, stations, station_index);
  add_piles (self, seed, piles, pile_index);
  add_connectors (self, seed, connectors, station_index, pile_index);
  settle (self, now_us);
  return self;
}

/** sm_sim_piles_copy: Returns: (transfer full): they live on in the same way */
SmSimPiles *
sm_sim_piles_copy (const SmSimPiles *self)
{
  SmSimPiles *copy = g_memdup2 (self, sizeof *self);

  g_time_zone_ref (copy->zone);
  copy->stations = g_memdup2 (self->stations, MAX (self->n_stations, 1) * sizeof *self->stations);
  copy->piles = g_memdup2 (self->piles, MAX (self->n_piles, 1) * sizeof *self->piles);
  copy->connectors = g_memdup2 (self->connectors,
                                MAX (self->n_connectors, 1) * sizeof *self->connectors);
  copy->active = g_array_copy (self->active);
  copy->silent = g_array_copy (self->silent);
  return copy;
}

void
sm_sim_piles_free (SmSimPiles *self)
{
  g_return_if_fail (self != NULL);

  g_time_zone_unref (self->zone);
  g_free (self->stations);
  g_free (self->piles);
  g_free (self->connectors);
  g_array_unref (self->active);
  g_array_unref (self->silent);
  g_free (self);
}

/**
 * sm_sim_piles_resume:
 * @live_rows: (element-type SmRow): of stations or piles, as they were heard last
 *
 * No meter and no counter ever goes back.
 */
void
sm_sim_piles_resume (SmSimPiles *self,
                     GPtrArray  *live_rows)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *ids = g_new (gint64, MAX (live_rows->len, 1));

  if (live_rows->len == 0)
    return;
  for (guint i = 0; i < live_rows->len; i++)
    {
      ids[i] = sm_row_get_id (live_rows->pdata[i]);
      g_hash_table_insert (rows, &ids[i], live_rows->pdata[i]);
    }
  if (sm_row_get_noun (live_rows->pdata[0])->id == SM_NOUN_STATION)
    for (guint i = 0; i < self->n_stations; i++)
      {
        const SmRow *row = g_hash_table_lookup (rows, &self->stations[i].id);

        if (row != NULL && !sm_row_is_null (row, SM_STATION_METER_WH))
          self->stations[i].meter_wh = MAX (self->stations[i].meter_wh,
                                            sm_row_get_int (row, SM_STATION_METER_WH));
      }
  else
    for (guint i = 0; i < self->n_piles; i++)
      {
        const SmRow *row = g_hash_table_lookup (rows, &self->piles[i].id);
        Pile *pile = &self->piles[i];

        if (row == NULL || sm_row_is_null (row, SM_PILE_CHARGE_COUNT))
          continue;
        pile->charge_count = MAX (pile->charge_count, sm_row_get_int (row, SM_PILE_CHARGE_COUNT));
        pile->energy_wh = MAX (pile->energy_wh, sm_row_get_int (row, SM_PILE_ENERGY_WH));
        pile->service_seconds = MAX (pile->service_seconds,
                                     sm_row_get_int (row, SM_PILE_SERVICE_SECONDS));
      }
}

/**
 * sm_sim_piles_begin:
 * @rows: (element-type SmRow) (transfer full): the live rows of everything are added
 */
void
sm_sim_piles_begin (SmSimPiles *self,
                    GPtrArray  *rows)
{
  for (guint i = 0; i < self->n_connectors; i++)
    if (!self->piles[self->connectors[i].pile].is_silent)
      g_ptr_array_add (rows, connector_row (self, &self->connectors[i], self->now_us));
  for (guint i = 0; i < self->n_stations; i++)
    g_ptr_array_add (rows, station_row (&self->stations[i], self->now_us));
  for (guint i = 0; i < self->n_piles; i++)
    g_ptr_array_add (rows, pile_row (&self->piles[i],
                                     self->piles[i].is_silent ? SM_UNKNOWN : self->now_us));
}

/*
 * One after the other, evenly over the period.
 *
 * Returns: how many of @n have their turn by @now_us; the first is *@out_first
 */
static guint
take_turns (const SmSimPiles *self,
            double           *inout_turn,
            guint             n,
            double            period_s,
            gint64            now_us,
            guint            *out_first)
{
  double period_us = period_s * self->rate * (double) SM_SECOND;
  double turn = *inout_turn + (double) (now_us - self->now_us) / period_us * n;
  guint taken = (guint) MIN (floor (turn) - floor (*inout_turn), (double) n);

  *out_first = (guint) ((guint64) *inout_turn + 1) % MAX (n, 1);
  *inout_turn = turn;
  return taken;
}

static void
say_stations (SmSimPiles *self,
              gint64      now_us)
{
  guint first;
  guint n = take_turns (self, &self->station_turn, self->n_stations, STATION_PERIOD_S, now_us, &first);

  if (self->output == NULL || self->output->rows == NULL)
    return;
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->output->rows,
                     station_row (&self->stations[(first + i) % self->n_stations], now_us));
}

static void
say_piles (SmSimPiles *self,
           gint64      now_us)
{
  guint first;
  guint n = take_turns (self, &self->pile_turn, self->n_piles, PILE_PERIOD_S, now_us, &first);

  for (guint i = 0; i < n; i++)
    if (!self->piles[(first + i) % self->n_piles].is_silent)
      say_pile (self, &self->piles[(first + i) % self->n_piles], now_us);
}

guint
sm_sim_piles_n_stations (const SmSimPiles *self)
{
  return self->n_stations;
}

/** sm_sim_piles_meter_wh: Returns: what the site's meter shows; @out_id (nullable): whose it is */
gint64
sm_sim_piles_meter_wh (const SmSimPiles *self,
                       guint             station,
                       gint64           *out_id)
{
  if (out_id != NULL)
    *out_id = self->stations[station].id;
  return self->stations[station].meter_wh;
}

/**
 * sm_sim_piles_advance:
 * @output: (nullable): what changed is added to it
 *
 * Looks only at those that do something, and at the cars that come.
 */
void
sm_sim_piles_advance (SmSimPiles             *self,
                      gint64                  now_us,
                      const SmSimPilesOutput *output)
{
  if (self->n_connectors == 0 || now_us <= self->now_us)
    return;
  self->output = output;
  advance_silence (self, now_us);
  take_cars (self, now_us);
  for (guint i = self->active->len; i-- > 0;)
    advance_connector (self, g_array_index (self->active, guint, i), now_us);
  say_stations (self, now_us);
  say_piles (self, now_us);
  self->now_us = now_us;
  self->output = NULL;
}
