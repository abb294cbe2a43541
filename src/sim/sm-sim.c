/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sim"

#include "config.h"

#include "sm-sim.h"

#include <math.h>

#include "sm-fault-code.h"
#include "sm-last-reports.h"
#include "sm-sim-charging.h"
#include "sm-sim-commands.h"
#include "sm-sim-crew.h"
#include "sm-sim-drivers.h"
#include "sm-sim-demo.h"
#include "sm-sim-faults.h"
#include "sm-sim-list.h"
#include "sm-sim-papers.h"
#include "sm-sim-plan.h"
#include "sm-sim-prices.h"
#include "sm-sim-runner.h"
#include "sm-sim-sender.h"
#include "sm-sim-work.h"
#include "sm-time.h"

#define SHORTEST_NAP_US (50 * 1000)
#define LONGEST_NAP_US (500 * 1000)

struct _SmSim
{
  SmRules *rules;
  SmActor *actor;
  SmSimSender sender;
  guint64 seed;
  SmSimNetworkKind network;
  char *data_dir;
  gint64 start_us;
  double rate;

  SmSimWorld *world;
  SmSimRunner *runner; /* trucks, swap stations and packs */
  double history_days;
  SmSimScenario *scenario; /* (nullable) */
  GArray *expected;        /* of SmDrillStep: on their way to the rules */
  SmSimPeople *people;
  SmSimFaults *faults;
  gint64 faults_at_us;
  SmSimCharging *charging;
  SmSimDrivers *drivers;
  SmSimCommands *commands;
  SmSimCrew *crew;

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
  self->expected = g_array_new (FALSE, FALSE, sizeof (SmDrillStep));
  self->start_us = sm_clock_now (clock);
  self->rate = sm_clock_get_rate (clock);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->cancellable = g_cancellable_new ();
  self->sender = (SmSimSender){ rules, self->actor, self->cancellable };
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
  g_clear_pointer (&self->drivers, sm_sim_drivers_free);
  g_clear_pointer (&self->commands, sm_sim_commands_free);
  g_clear_pointer (&self->crew, sm_sim_crew_free);
  g_clear_pointer (&self->charging, sm_sim_charging_free);
  g_clear_pointer (&self->scenario, sm_sim_scenario_free);
  g_array_unref (self->expected);
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

/** sm_sim_check_scenario: Whether all that it speaks of is in that network, before there is one. */
gboolean
sm_sim_check_scenario (SmSimScenario    *scenario,
                       SmSimNetworkKind  network,
                       guint64           seed,
                       const char       *data_dir,
                       GError          **error)
{
  g_autoptr (SmSimWorld) world = sm_sim_plan (network, seed, 1.0, data_dir, error);
  g_autoptr (SmSimPeople) people = NULL;
  g_autoptr (SmSimFaults) faults = NULL;

  if (world == NULL)
    return FALSE;
  if (world->zone == NULL)
    world->zone = g_time_zone_new_utc ();
  people = sm_sim_people_new (world, 0);
  faults = sm_sim_faults_new (world, people, 0);
  return sm_sim_scenario_bind (scenario, world, faults, 0, error);
}

/* What was broken when the network was left has been mended since. */
static gboolean
end_old_faults (SmSim   *self,
                GError **error)
{
  g_autoptr (GPtrArray) alarms = sm_sim_list_all (self->rules, SM_NOUN_ALARM, self->cancellable,
                                                  error);
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
      report.code = sm_row_get_text (alarm, SM_ALARM_CODE);
      report.equipment_id = sm_row_get_int (alarm, SM_ALARM_EQUIPMENT_ID);
      g_array_append_val (reports, report);
    }
  return sm_sim_send_faults (&self->sender, reports, error);
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
  self->commands = sm_sim_commands_new (&self->sender, self->world,
                                        sm_sim_runner_get_engine (self->runner), self->faults,
                                        self->charging);
  self->crew = sm_sim_crew_new (&self->sender, self->world,
                                sm_sim_runner_get_engine (self->runner), self->faults,
                                self->people);
  self->drivers = sm_sim_drivers_new (&self->sender, self->world,
                                      sm_sim_runner_get_engine (self->runner));
  sm_sim_faults_begin (self->faults, rows);
  sm_sim_people_begin (self->people, rows);
  return sm_sim_send_rows (&self->sender, rows, error) && end_old_faults (self, error)
         && sm_sim_work_begin (&self->sender, self->world, self->start_us, error)
         && sm_sim_papers_begin (&self->sender, self->world, self->start_us, error);
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
  self->charging = sm_sim_charging_new (self->rules, self->actor, self->world, self->data_dir,
                                        self->history_days, self->cancellable);
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
         && sm_sim_charging_prepare (self->charging, error)
         && sm_sim_charging_write_past (self->charging, error);
}

static gpointer
add_steps (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SmSim *self = data;

  for (guint i = 0; i < self->expected->len; i++)
    if (!sm_drills_add_step (rules, self->actor, &g_array_index (self->expected, SmDrillStep, i), error))
      break;
  return NULL;
}

/* What is expected of people is only looked at where it is a drill. */
static gboolean
play (SmSim   *self,
      gint64   now_us,
      GError **error)
{
  SmSimPlaying playing = { now_us, self->world, sm_sim_runner_get_engine (self->runner), self->faults,
                           self->people, self->expected };
  gboolean ok;

  if (self->scenario == NULL)
    return TRUE;
  sm_sim_scenario_play (self->scenario, &playing);
  ok = self->expected->len == 0 || sm_rules_get_drill (self->rules) == NULL
       || sm_sim_sender_run (&self->sender, add_steps, self, error);
  g_array_set_size (self->expected, 0);
  return ok;
}

/* What goes wrong, who goes there, and what it does to the trucks and stations. */
static gboolean
step_faults (SmSim   *self,
             gint64   now_us,
             GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (SmSimEffect));

  if ((double) (now_us - self->faults_at_us) < self->rate * (double) SM_SECOND)
    return TRUE;
  self->faults_at_us = now_us;
  if (!play (self, now_us, error))
    return FALSE;
  sm_sim_faults_advance (self->faults, now_us, reports, effects, rows);
  sm_sim_people_advance (self->people, now_us, rows);
  for (guint i = 0; i < effects->len; i++)
    sm_sim_effect_apply (&g_array_index (effects, SmSimEffect, i),
                         sm_sim_runner_get_engine (self->runner));
  return sm_sim_send_faults (&self->sender, reports, error)
         && sm_sim_send_rows (&self->sender, rows, error)
         && sm_sim_crew_step (self->crew, now_us, error);
}

/** sm_sim_step: Sends what was due by @now_us, network time.  Not from a main loop. */
gboolean
sm_sim_step (SmSim   *self,
             gint64   now_us,
             GError **error)
{
  g_return_val_if_fail (self->world != NULL, FALSE);

  return sm_sim_runner_step (self->runner, now_us, error) && step_faults (self, now_us, error)
         && sm_sim_commands_step (self->commands, now_us, error)
         && sm_sim_drivers_step (self->drivers, now_us, error)
         && sm_sim_charging_step (self->charging, now_us, error);
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
  SmSim *self = data;
  g_autoptr (GError) error = NULL;

  if (!sm_sim_charging_prepare (self->charging, &error))
    say_unless_cancelled ("The charging stations of Shenzhen cannot be brought in", error);
  else if (!sm_sim_charging_write_past (self->charging, &error))
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
