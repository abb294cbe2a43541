/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sim"

#include "config.h"

#include "sm-sim.h"

#include <math.h>

#include "sm-fault-code.h"
#include "sm-faults.h"
#include "sm-feed.h"
#include "sm-ingest.h"
#include "sm-last-reports.h"
#include "sm-orders.h"
#include "sm-sim-chronicle.h"
#include "sm-sim-demo.h"
#include "sm-sim-faults.h"
#include "sm-sim-list.h"
#include "sm-sim-piles.h"
#include "sm-sim-prices.h"
#include "sm-sim-runner.h"
#include "sm-time.h"

#define MAX_ROWS 2000
#define SHORTEST_NAP_US (50 * 1000)
#define LONGEST_NAP_US (500 * 1000)

/* Away for longer than that, the time before is not lived through. */
#define LONGEST_GAP_US (48 * SM_HOUR)

struct _SmSim
{
  SmRules *rules;
  SmActor *actor;
  guint64 seed;
  SmSimNetworkKind network;
  char *data_dir;
  gint64 start_us;
  double rate;

  SmSimWorld *world;
  SmSimRunner *runner; /* trucks, swap stations and packs */
  double history_days;
  SmSimScenario *scenario; /* (nullable) */
  SmSimPeople *people;
  SmSimFaults *faults;
  gint64 faults_at_us;
  SmSimPiles *piles;   /* (nullable): while they are brought in */
  gint64 piles_at_us;
  SmSimChronicle *chronicle, *old_chronicle; /* (nullable): of the piles, being written */
  SmSimPiles *chronicle_piles, *old_piles;   /* (nullable): as they were when these begin */

  GThread *thread;
  GThread *piles_thread;
  GThread *past_thread;
  GMutex mutex;
  GCond cond;
  gboolean is_stopping;
  GCancellable *cancellable; /* of what takes long: the first fill */
};

/** sm_sim_new: @rules must outlive it. */
SmSim *
sm_sim_new (SmRules            *rules,
            const SmSimOptions *options)
{
  SmClock *clock = sm_rules_get_network_clock (rules);
  SmSim *self = g_new0 (SmSim, 1);

  self->rules = rules;
  self->actor = sm_actor_new_system ("simulator");
  self->seed = options->seed;
  self->network = options->network;
  self->data_dir = g_strdup (options->data_dir);
  self->history_days = options->history_days;
  self->scenario = options->scenario;
  self->start_us = sm_clock_now (clock);
  self->rate = sm_clock_get_rate (clock);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->cancellable = g_cancellable_new ();
  return self;
}

/** sm_sim_free: Ends the thread and waits for it. */
void
sm_sim_free (SmSim *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->mutex);
  self->is_stopping = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->piles_thread, g_thread_join);
  g_clear_pointer (&self->past_thread, g_thread_join);
  if (self->runner != NULL)
    sm_sim_runner_end (self->runner);
  g_clear_pointer (&self->runner, sm_sim_runner_free);
  g_clear_pointer (&self->piles, sm_sim_piles_free);
  g_clear_pointer (&self->chronicle, sm_sim_chronicle_free);
  g_clear_pointer (&self->old_chronicle, sm_sim_chronicle_free);
  g_clear_pointer (&self->chronicle_piles, sm_sim_piles_free);
  g_clear_pointer (&self->old_piles, sm_sim_piles_free);
  g_clear_pointer (&self->scenario, sm_sim_scenario_free);
  g_clear_pointer (&self->faults, sm_sim_faults_free);
  g_clear_pointer (&self->people, sm_sim_people_free);
  g_clear_pointer (&self->world, sm_sim_world_free);
  sm_actor_unref (self->actor);
  g_free (self->data_dir);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_object_unref (self->cancellable);
  g_free (self);
}

/**
 * sm_sim_last_time:
 *
 * Returns: the network time of the latest report there is, or %SM_UNKNOWN:
 *   where the clock of a simulated network that is opened again must not be
 *   before
 */
gint64
sm_sim_last_time (SmRules *rules)
{
  g_autoptr (GArray) last = sm_last_reports (rules);
  gint64 last_us = SM_UNKNOWN;

  for (guint i = 0; i < last->len; i++)
    last_us = MAX (last_us, g_array_index (last, SmVehicleReport, i).at_us);
  return last_us;
}

typedef struct
{
  SmSim *sim;
  GPtrArray *rows;
  guint from, to;
  GArray *reports; /* of SmFaultReport */
} Sending;

static gpointer
send_rows (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Sending *sending = data;
  g_autoptr (GPtrArray) part = g_ptr_array_new ();
  g_auto (SmIngestResult) result = { 0 };

  for (guint i = sending->from; i < sending->to; i++)
    g_ptr_array_add (part, sending->rows->pdata[i]);
  sm_ingest_live (rules, sending->sim->actor, part, &result, error);
  return NULL;
}

static gpointer
send_orders (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Sending *sending = data;

  sm_orders_put (rules, sending->sim->actor, sending->rows, error);
  return NULL;
}

static gpointer
send_faults (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Sending *sending = data;
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, sending->sim->actor, (const SmFaultReport *) sending->reports->data,
                    sending->reports->len, &result, error);
  return NULL;
}

static gboolean
run (SmSim        *self,
     SmRulesFunc   func,
     Sending      *sending,
     GError      **error)
{
  g_autoptr (GError) own_error = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  sending->sim = self;
  sm_rules_run_sync (self->rules, func, sending, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/* One noun at a time, as the rules take them; the rows come ordered by noun. */
static gboolean
send_all_rows (SmSim      *self,
               GPtrArray  *rows,
               GError    **error)
{
  guint from = 0;

  while (from < rows->len)
    {
      const SmNoun *noun = sm_row_get_noun (rows->pdata[from]);
      Sending sending = { .rows = rows, .from = from, .to = from };

      while (sending.to < rows->len && sending.to - from < MAX_ROWS
             && sm_row_get_noun (rows->pdata[sending.to]) == noun)
        sending.to++;
      if (!run (self, send_rows, &sending, error))
        return FALSE;
      from = sending.to;
    }
  return TRUE;
}

/* Sessions that ended, and what broke or was mended. */
static gboolean
send_happenings (SmSim      *self,
                 GPtrArray  *orders,
                 GArray     *faults,
                 GError    **error)
{
  Sending of_orders = { .rows = orders };
  Sending of_faults = { .reports = faults };

  return (orders->len == 0 || run (self, send_orders, &of_orders, error))
         && (faults->len == 0 || run (self, send_faults, &of_faults, error));
}

/* The stations that have piles: the swap stations speak for themselves. */
static GPtrArray *
list_charging (SmSim   *self,
               GError **error)
{
  GPtrArray *stations = sm_sim_list_all (self->rules, SM_NOUN_STATION, self->cancellable, error);

  for (guint i = stations != NULL ? stations->len : 0; i-- > 0;)
    if (g_strcmp0 (sm_row_get_text (stations->pdata[i], SM_STATION_KIND), "swap") == 0)
      g_ptr_array_remove_index_fast (stations, i);
  return stations;
}

/* What there is to charge at. */
typedef struct
{
  GPtrArray *stations, *piles, *connectors;
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->stations, g_ptr_array_unref);
  g_clear_pointer (&place->piles, g_ptr_array_unref);
  g_clear_pointer (&place->connectors, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
read_place (SmSim   *self,
            Place   *place,
            GError **error)
{
  place->stations = list_charging (self, error);
  if (place->stations != NULL)
    place->piles = sm_sim_list_all (self->rules, SM_NOUN_PILE, self->cancellable, error);
  if (place->piles != NULL)
    place->connectors = sm_sim_list_all (self->rules, SM_NOUN_CONNECTOR, self->cancellable, error);
  return place->connectors != NULL;
}

static SmSimPiles *
make_piles (SmSim       *self,
            const Place *place,
            gint64       at_us)
{
  return sm_sim_piles_new (self->world->seed, self->world->zone, place->stations, place->piles,
                           place->connectors, at_us, self->rate);
}

/* Returns: when one of its stations was heard last, or SM_UNKNOWN */
static gint64
last_heard (SmSim       *self,
            const Place *place)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) meters = sm_last_rows (self->rules, sm_noun_get (SM_NOUN_STATION));
  gint64 last_us = SM_UNKNOWN;

  for (guint i = 0; i < place->stations->len; i++)
    g_hash_table_add (ids, GSIZE_TO_POINTER ((gsize) sm_row_get_id (place->stations->pdata[i])));
  for (guint i = 0; i < meters->len; i++)
    if (!sm_row_is_null (meters->pdata[i], SM_STATION_METER_WH)
        && g_hash_table_contains (ids, GSIZE_TO_POINTER ((gsize) sm_row_get_id (meters->pdata[i]))))
      last_us = MAX (last_us, sm_row_get_int (meters->pdata[i], SM_STATION_REPORTED_AT));
  return last_us;
}

/* Their counters and meters go on from what was heard of them last. */
static void
resume_piles (SmSim      *self,
              SmSimPiles *piles)
{
  static const SmNounId nouns[] = { SM_NOUN_STATION, SM_NOUN_PILE };

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      gint64 tick;
      g_autoptr (GPtrArray) rows = sm_feed_read_live_rows (self->rules, self->actor,
                                                           sm_noun_get (nouns[i]), 0, &tick);

      sm_sim_piles_resume (piles, rows);
    }
}

/* Where the first past of the piles lies; %SM_UNKNOWN: there never was one. */
typedef struct
{
  gint64 from_us, to_us, written_us;
} FirstPast;

/* It may not have been written to its end when the service went away. */
static void
continue_first (SmSim           *self,
                const Place     *place,
                const FirstPast *past)
{
  if (past->from_us <= 0 || past->written_us >= past->to_us)
    return;
  self->old_piles = make_piles (self, place, past->from_us);
  self->old_chronicle = sm_sim_chronicle_new (self->rules, self->actor, self->world, past->from_us,
                                              past->to_us, TRUE);
  sm_sim_chronicle_set_written (self->old_chronicle, past->written_us);
}

/* Returns: (transfer full) (nullable): as they were at *@from_us, where the time begins
 * that is to be written */
static SmSimPiles *
begin_at (SmSim           *self,
          const Place     *place,
          const FirstPast *past,
          gint64           heard_us,
          gint64           now_us,
          gint64          *from_us)
{
  SmSimPiles *piles;

  if (heard_us != SM_UNKNOWN)
    *from_us = CLAMP (heard_us, now_us - LONGEST_GAP_US, now_us);
  else if (past->from_us > 0)
    *from_us = CLAMP (past->to_us, now_us - LONGEST_GAP_US, now_us);
  else
    {
      *from_us = now_us - (gint64) (self->history_days * (double) SM_DAY);
      *from_us -= *from_us % (15 * SM_MINUTE);
    }
  if (heard_us != SM_UNKNOWN || past->from_us <= 0)
    {
      piles = make_piles (self, place, *from_us);
      resume_piles (self, piles);
      return piles;
    }
  /* Nobody was heard yet, but a past is being written: it is theirs. */
  piles = make_piles (self, place, past->from_us);
  if (sm_sim_chronicle_live (piles, past->from_us, *from_us, self->cancellable))
    return piles;
  sm_sim_piles_free (piles);
  return NULL;
}

/* Returns: (transfer full) (nullable): they have lived until @now_us; what they
 * lived through is to be written. */
static SmSimPiles *
live_to (SmSim        *self,
         const Place  *place,
         gint64        now_us,
         GError      **error)
{
  gint64 heard_us = last_heard (self, place), from_us;
  FirstPast past;
  g_autoptr (SmSimPiles) piles = NULL;

  if (!sm_sim_chronicle_recall (self->rules, &past.from_us, &past.to_us, &past.written_us, error))
    return NULL;
  continue_first (self, place, &past);
  piles = begin_at (self, place, &past, heard_us, now_us, &from_us);
  if (piles != NULL)
    {
      self->chronicle_piles = sm_sim_piles_copy (piles);
      self->chronicle = sm_sim_chronicle_new (self->rules, self->actor, self->world, from_us, now_us,
                                              heard_us == SM_UNKNOWN && past.from_us <= 0);
      if (!sm_sim_chronicle_begin (self->chronicle, error))
        return NULL;
    }
  if (piles == NULL || !sm_sim_chronicle_live (piles, from_us, now_us, self->cancellable))
    {
      g_cancellable_set_error_if_cancelled (self->cancellable, error);
      return NULL;
    }
  return g_steal_pointer (&piles);
}

static gboolean
write_chronicles (SmSim   *self,
                  GError **error)
{
  gint64 began_us = g_get_monotonic_time ();

  if (!sm_sim_chronicle_write (self->chronicle, self->chronicle_piles, self->cancellable, error)
      || (self->old_chronicle != NULL
          && !sm_sim_chronicle_write (self->old_chronicle, self->old_piles, self->cancellable,
                                      error)))
    return FALSE;
  g_clear_pointer (&self->chronicle, sm_sim_chronicle_free);
  g_clear_pointer (&self->old_chronicle, sm_sim_chronicle_free);
  g_clear_pointer (&self->chronicle_piles, sm_sim_piles_free);
  g_clear_pointer (&self->old_piles, sm_sim_piles_free);
  g_info ("The past of the piles was written in %.1f s",
          (double) (g_get_monotonic_time () - began_us) / 1e6);
  return TRUE;
}

static gboolean
prepare_piles (SmSim   *self,
               GError **error)
{
  guint shenzhen = sm_sim_roads_nearest (self->world->roads, 22.60, 114.06);
  g_autofree char *path = g_build_filename (self->data_dir, "shenzhen", "stations.csv", NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_auto (Place) place = { 0 };
  gint64 now_us;
  SmSimPiles *made;

  if (!sm_sim_demo_import (self->rules, self->actor, self->world->sites[shenzhen].area_id, path,
                           self->cancellable, error)
      || !read_place (self, &place, error))
    return FALSE;
  now_us = sm_clock_now (sm_rules_get_network_clock (self->rules));
  made = live_to (self, &place, now_us, error);
  if (made == NULL)
    return FALSE;
  sm_sim_piles_begin (made, rows);
  g_mutex_lock (&self->mutex);
  self->piles_at_us = now_us;
  self->piles = made;
  g_mutex_unlock (&self->mutex);
  return send_all_rows (self, rows, error);
}

/* What was broken when the network was left has been mended since. */
static gboolean
end_old_faults (SmSim   *self,
                GError **error)
{
  g_autoptr (GPtrArray) alarms = sm_sim_list_all (self->rules, SM_NOUN_ALARM, self->cancellable,
                                                  error);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));

  if (alarms == NULL)
    return FALSE;
  for (guint i = 0; i < alarms->len; i++)
    {
      const SmRow *alarm = alarms->pdata[i];
      const SmFaultCode *code = sm_fault_code_find (sm_row_get_text (alarm, SM_ALARM_CODE));
      const SmNoun *noun = sm_noun_by_name (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN));
      SmFaultReport report = { .at_us = self->start_us, .value = NAN, .limit_value = NAN };

      if (code == NULL || code->origin != SM_FAULT_OF_DEVICE || noun == NULL
          || !sm_row_is_null (alarm, SM_ALARM_RETURNED_AT))
        continue;
      report.noun = noun->id;
      report.id = sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
      report.code = code->code;
      report.equipment_id = sm_row_get_int (alarm, SM_ALARM_EQUIPMENT_ID);
      g_array_append_val (reports, report);
    }
  return send_happenings (self, none, reports, error);
}

static gboolean
prepare_faults (SmSim   *self,
                GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  self->people = sm_sim_people_new (self->world, self->start_us);
  self->faults = sm_sim_faults_new (self->world, self->people, self->start_us);
  self->faults_at_us = self->start_us;
  if (self->scenario != NULL
      && !sm_sim_scenario_bind (self->scenario, self->world, self->faults, self->start_us, error))
    return FALSE;
  sm_sim_faults_begin (self->faults, rows);
  sm_sim_people_begin (self->people, rows);
  return send_all_rows (self, rows, error) && end_old_faults (self, error);
}

static gboolean
prepare_world (SmSim   *self,
               GError **error)
{
  g_autoptr (GPtrArray) vehicles = NULL;

  self->world = sm_sim_world_load (self->rules, self->actor, self->network, self->seed, self->rate,
                                   self->data_dir, self->cancellable, error);
  if (self->world == NULL || !sm_sim_prices_settle (self->rules, self->actor, error))
    return FALSE;
  vehicles = sm_sim_list_all (self->rules, SM_NOUN_VEHICLE, self->cancellable, error);
  if (vehicles == NULL
      || !sm_sim_demo_set_periods (self->rules, self->actor, vehicles, self->rate, error))
    return FALSE;
  self->runner = sm_sim_runner_new (self->rules, self->actor, self->world, self->history_days);
  return sm_sim_runner_prepare (self->runner, self->start_us, self->cancellable, error)
         && sm_sim_runner_begin (self->runner, error) && prepare_faults (self, error);
}

/**
 * sm_sim_prepare:
 *
 * Puts into the register what is missing there and takes its place in the
 * network.  Not from a main loop.
 */
gboolean
sm_sim_prepare (SmSim   *self,
                GError **error)
{
  g_return_val_if_fail (self->world == NULL, FALSE);

  return prepare_world (self, error) && sm_sim_runner_write_past (self->runner, error)
         && prepare_piles (self, error) && write_chronicles (self, error);
}

static int
compare_noun (gconstpointer a,
              gconstpointer b)
{
  return (int) sm_row_get_noun (*(SmRow *const *) a)->id
         - (int) sm_row_get_noun (*(SmRow *const *) b)->id;
}

static gboolean
step_piles (SmSim   *self,
            gint64   now_us,
            GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  SmSimPilesOutput output = { rows, orders, faults };
  gboolean has_piles;

  g_mutex_lock (&self->mutex);
  has_piles = self->piles != NULL;
  g_mutex_unlock (&self->mutex);
  if (!has_piles)
    return TRUE;
  if ((double) (now_us - self->piles_at_us) < self->rate * (double) SM_SECOND)
    return TRUE;
  self->piles_at_us = now_us;
  sm_sim_piles_advance (self->piles, now_us, &output);
  g_ptr_array_sort (rows, compare_noun);
  return send_all_rows (self, rows, error) && send_happenings (self, orders, faults, error);
}

/* What goes wrong, who goes there, and what it does to the trucks and stations. */
static gboolean
step_faults (SmSim   *self,
             gint64   now_us,
             GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (SmSimEffect));

  if ((double) (now_us - self->faults_at_us) < self->rate * (double) SM_SECOND)
    return TRUE;
  self->faults_at_us = now_us;
  if (self->scenario != NULL)
    sm_sim_scenario_play (self->scenario, now_us, self->faults, self->people);
  sm_sim_faults_advance (self->faults, now_us, reports, effects, rows);
  sm_sim_people_advance (self->people, now_us, rows);
  for (guint i = 0; i < effects->len; i++)
    sm_sim_effect_apply (&g_array_index (effects, SmSimEffect, i),
                         sm_sim_runner_get_engine (self->runner));
  g_ptr_array_sort (rows, compare_noun);
  return send_happenings (self, none, reports, error) && send_all_rows (self, rows, error);
}

/** sm_sim_step: Sends what was due by @now_us, network time.  Not from a main loop. */
gboolean
sm_sim_step (SmSim   *self,
             gint64   now_us,
             GError **error)
{
  g_return_val_if_fail (self->world != NULL, FALSE);

  return sm_sim_runner_step (self->runner, now_us, error) && step_faults (self, now_us, error)
         && step_piles (self, now_us, error);
}

/* Returns: FALSE when it is time to end. */
static gboolean
nap (SmSim *self)
{
  gint64 ahead_us, until_us;
  gboolean is_stopping;
  double nap_us;

  ahead_us = sm_sim_runner_next_due (self->runner)
             - sm_clock_now (sm_rules_get_network_clock (self->rules));
  nap_us = (double) ahead_us / self->rate;
  until_us = g_get_monotonic_time ()
             + (gint64) CLAMP (nap_us, (double) SHORTEST_NAP_US, (double) LONGEST_NAP_US);
  g_mutex_lock (&self->mutex);
  while (!self->is_stopping)
    if (!g_cond_wait_until (&self->cond, &self->mutex, until_us))
      break;
  is_stopping = self->is_stopping;
  g_mutex_unlock (&self->mutex);
  return !is_stopping;
}

static void
say_unless_cancelled (const char   *what,
                      const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("%s: %s", what, error->message);
}

/* The many piles come in while the trucks drive already. */
static gpointer
piles_main (gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!prepare_piles (data, &error))
    say_unless_cancelled ("The charging stations of Shenzhen cannot be brought in", error);
  else if (!write_chronicles (data, &error))
    say_unless_cancelled ("The past of the charging stations cannot be written", error);
  return NULL;
}

static gpointer
past_main (gpointer data)
{
  SmSim *self = data;
  g_autoptr (GError) error = NULL;

  if (!sm_sim_runner_write_past (self->runner, &error))
    say_unless_cancelled ("The past of the simulated network cannot be written", error);
  return NULL;
}

static gpointer
sim_main (gpointer data)
{
  SmSim *self = data;
  SmClock *clock = sm_rules_get_network_clock (self->rules);
  g_autoptr (GError) error = NULL;
  gboolean was_failing = FALSE;

  if (!prepare_world (self, &error))
    {
      say_unless_cancelled ("The simulated network cannot begin", error);
      return NULL;
    }
  self->piles_thread = g_thread_new ("sm-sim-piles", piles_main, self);
  self->past_thread = g_thread_new ("sm-sim-past", past_main, self);
  while (nap (self))
    {
      g_autoptr (GError) step_error = NULL;

      /* What fails once mostly fails again; say it once. */
      if (sm_sim_step (self, sm_clock_now (clock), &step_error)
          || g_error_matches (step_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        was_failing = FALSE;
      else if (!was_failing)
        {
          g_message ("Reports of the simulated network were lost: %s", step_error->message);
          was_failing = TRUE;
        }
    }
  return NULL;
}

/** sm_sim_start: Begins to live, in a thread of its own. */
void
sm_sim_start (SmSim *self)
{
  g_return_if_fail (self != NULL && self->thread == NULL);

  self->thread = g_thread_new ("sm-sim", sim_main, self);
}
