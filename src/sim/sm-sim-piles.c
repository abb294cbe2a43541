/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-piles-private.h"

#include <math.h>

#include "sm-noun.h"
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
connector_row (const SmSimPiles     *self,
               const SmSimConnector *connector,
               gint64                now_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));
  const SmSimSiteMeter *station = &self->stations[connector->station];

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
say_connector (SmSimPiles     *self,
               SmSimConnector *connector,
               gint64          now_us)
{
  connector->report_at_us = after (now_us, CHARGING_PERIOD_S * self->rate);
  if (self->output != NULL && self->output->rows != NULL)
    g_ptr_array_add (self->output->rows, connector_row (self, connector, now_us));
}

static SmRow *
station_row (const SmSimSiteMeter *self,
             gint64                now_us)
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
pile_row (const SmSimPile *self,
          gint64           heard_us)
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
say_pile (SmSimPiles      *self,
          const SmSimPile *pile,
          gint64           now_us)
{
  if (self->output != NULL && self->output->rows != NULL)
    g_ptr_array_add (self->output->rows, pile_row (pile, now_us));
}

static void
say_fault (SmSimPiles           *self,
           const SmSimConnector *connector,
           const char           *code,
           gboolean              is_raised,
           gint64                at_us)
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
say_order (SmSimPiles           *self,
           const SmSimConnector *connector,
           gint64                energy_wh)
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
set_power (SmSimPiles     *self,
           SmSimConnector *connector,
           float           power_kw)
{
  self->stations[connector->station].power_kw += power_kw - connector->power_kw;
  connector->power_kw = power_kw;
}

/* What the session took since the site's meter was looked at last. */
static void
count_energy (SmSimPiles     *self,
              SmSimConnector *connector,
              gint64          now_us)
{
  gint64 energy_wh = sm_sim_session_energy_wh (&connector->session, now_us);

  self->stations[connector->station].meter_wh += energy_wh - connector->counted_wh;
  connector->counted_wh = energy_wh;
}

/** sm_sim_connector_set_active: Whether it is looked at each time. */
void
sm_sim_connector_set_active (SmSimPiles *self,
                             guint       index,
                             gboolean    is_active)
{
  SmSimConnector *connector = &self->connectors[index];

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

/** sm_sim_connector_set_free: Nobody is there, and nothing is broken. */
void
sm_sim_connector_set_free (SmSimConnector *connector)
{
  connector->status = AVAILABLE;
  connector->is_blocked = FALSE;
  connector->until_us = G_MAXINT64;
}

static void
break_it (SmSimPiles     *self,
          SmSimConnector *connector,
          gint64          now_us)
{
  static const char *const codes[] = { "pile-communication", "pile-lock-failure",
                                       "pile-communication", "pile-fault" };

  connector->status = FAULTED;
  connector->fault = codes[sm_random_below (&connector->random, G_N_ELEMENTS (codes))];
  connector->until_us = after (now_us, 600.0 + wait_s (&connector->random, REPAIR_S));
  say_fault (self, connector, connector->fault, TRUE, now_us);
}

static void
block_it (SmSimPiles     *self,
          SmSimConnector *connector,
          gint64          now_us)
{
  connector->is_blocked = TRUE;
  connector->until_us = after (now_us, 300.0 + wait_s (&connector->random, BLOCKED_S));
  say_fault (self, connector, "connector-blocked", TRUE, now_us);
}

static void
begin_session (SmSimPiles     *self,
               SmSimConnector *connector,
               gint64          now_us)
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
end_session (SmSimPiles     *self,
             SmSimConnector *connector)
{
  gint64 now_us = connector->session.until_us;
  gint64 energy_wh = sm_sim_session_energy_wh (&connector->session, now_us);
  SmSimPile *pile = &self->piles[connector->pile];

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
go_on (SmSimPiles     *self,
       SmSimConnector *connector)
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
      sm_sim_connector_set_free (connector);
      break;
    default:
      if (connector->is_blocked)
        say_fault (self, connector, "connector-blocked", FALSE, now_us);
      sm_sim_connector_set_free (connector);
      break;
    }
}

static void
advance_connector (SmSimPiles *self,
                   guint       index,
                   gint64      now_us)
{
  SmSimConnector *connector = &self->connectors[index];
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
  if (connector->status == before && connector->is_blocked == was_blocked && !connector->is_told
      && (before != CHARGING || connector->report_at_us > now_us))
    return;
  if (connector->status == CHARGING)
    {
      set_power (self, connector, sm_sim_session_power_kw (&connector->session, now_us));
      count_energy (self, connector, now_us);
    }
  connector->is_told = FALSE;
  if (!self->piles[connector->pile].is_silent)
    say_connector (self, connector, now_us);
  if (connector->status == AVAILABLE && !connector->is_blocked)
    sm_sim_connector_set_active (self, index, FALSE);
}

/* A car comes to one of them, if it finds one that is free. */
static void
take_car (SmSimPiles *self,
          gint64      now_us)
{
  guint index = sm_random_below (&self->random, self->n_connectors);
  SmSimConnector *connector = &self->connectors[index];
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
  sm_sim_connector_set_active (self, index, TRUE);
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
  SmSimPile *pile = &self->piles[index];

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
