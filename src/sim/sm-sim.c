/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sim"

#include "config.h"

#include "sm-sim.h"

#include <math.h>

#include "sm-ingest.h"
#include "sm-last-reports.h"
#include "sm-sim-demo.h"
#include "sm-sim-guangdong.h"
#include "sm-sim-piles.h"
#include "sm-sim-trucks.h"
#include "sm-stations.h"
#include "sm-time.h"

#define PAGE 5000
#define MAX_REPORTS 500 /* at once: the writer has others to serve */
#define MAX_ROWS 2000
#define SHORTEST_NAP_US (50 * 1000)
#define LONGEST_NAP_US (500 * 1000)

/* After a longer sleep of the machine what was missed is left out, not made up for. */
#define CATCH_UP_S 60.0

struct _SmSim
{
  SmRules *rules;
  SmActor *actor;
  guint64 seed;
  char *stations_path;
  gint64 start_us;
  double rate;

  SmSimRoads *roads;
  SmSimTrucks *trucks; /* (nullable): a network without vehicles */
  SmSimPiles *piles;
  gint64 piles_at_us;

  GThread *thread;
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
  self->stations_path = g_strdup (options->stations_path);
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
  g_clear_pointer (&self->trucks, sm_sim_trucks_free);
  g_clear_pointer (&self->piles, sm_sim_piles_free);
  g_clear_pointer (&self->roads, sm_sim_roads_free);
  sm_actor_unref (self->actor);
  g_free (self->stations_path);
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

/* Everything of one noun that the register has. */
typedef struct
{
  const SmNoun *noun;
  GPtrArray *rows;
} Listing;

static gpointer
list_page (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Listing *listing = data;
  guint n = listing->rows->len;
  gint64 after_id = n > 0 ? sm_row_get_id (listing->rows->pdata[n - 1]) : 0;
  g_autoptr (GPtrArray) page = sm_registry_list (reader, listing->noun, after_id, PAGE, error);

  for (guint i = 0; page != NULL && i < page->len; i++)
    g_ptr_array_add (listing->rows, sm_row_ref (page->pdata[i]));
  return NULL;
}

static GPtrArray *
list_all (SmSim     *self,
          SmNounId   noun,
          GError   **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  Listing listing = { sm_noun_get (noun), rows };
  guint before;

  do
    {
      g_autoptr (GError) own_error = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return NULL;
      before = rows->len;
      sm_rules_read_sync (self->rules, list_page, &listing, &own_error);
      if (own_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return NULL;
        }
    }
  while (rows->len > before);
  return g_steal_pointer (&rows);
}

static SmSimRoads *
make_roads (SmSim     *self,
            GPtrArray *stations)
{
  g_autoptr (GArray) stops = g_array_new (FALSE, FALSE, sizeof (SmSimStop));
  guint n_places, n_roads;
  const SmSimPlace *places = sm_sim_guangdong_places (&n_places);
  const SmSimRoad *roads = sm_sim_guangdong_roads (&n_roads);

  for (guint i = 0; i < stations->len; i++)
    {
      SmSimStop stop = { sm_row_get_real (stations->pdata[i], SM_STATION_LATITUDE),
                         sm_row_get_real (stations->pdata[i], SM_STATION_LONGITUDE) };

      if (!isnan (stop.latitude) && !isnan (stop.longitude))
        g_array_append_val (stops, stop);
    }
  return sm_sim_roads_new (self->seed, places, n_places, roads, n_roads,
                           (const SmSimStop *) stops->data, stops->len);
}

/* Trucks that reported in an earlier run go on from there. */
static void
resume_trucks (SmSim     *self,
               GPtrArray *vehicles)
{
  g_autoptr (GArray) last = sm_last_reports (self->rules);
  g_autoptr (GHashTable) index_of = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < vehicles->len; i++)
    {
      gint64 id = sm_row_get_id (vehicles->pdata[i]);

      sm_sim_trucks_set_id (self->trucks, i, id, sm_row_get_text (vehicles->pdata[i], SM_VEHICLE_VIN));
      g_hash_table_insert (index_of, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (i));
    }
  for (guint i = 0; i < last->len; i++)
    {
      const SmVehicleReport *report = &g_array_index (last, SmVehicleReport, i);

      if (g_hash_table_contains (index_of, &report->vehicle_id))
        sm_sim_trucks_resume (self->trucks,
                              GPOINTER_TO_UINT (g_hash_table_lookup (index_of, &report->vehicle_id)),
                              report);
    }
  if (last->len == 0)
    sm_sim_trucks_begin_with_trouble (self->trucks);
}

typedef struct
{
  SmSim *sim;
  GPtrArray *rows;
  guint from, to;
  GArray *reports;
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
send_reports (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Sending *sending = data;
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_vehicles (rules, sending->sim->actor, (const SmVehicleReport *) sending->reports->data,
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

static gboolean
prepare_piles (SmSim      *self,
               GPtrArray  *stations,
               GError    **error)
{
  g_autoptr (GPtrArray) piles = list_all (self, SM_NOUN_PILE, error);
  g_autoptr (GPtrArray) connectors = piles != NULL ? list_all (self, SM_NOUN_CONNECTOR, error) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (sm_rules_get_time_zone (self->rules));

  if (connectors == NULL)
    return FALSE;
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  self->piles_at_us = self->start_us;
  self->piles = sm_sim_piles_new (self->seed, zone, stations, piles, connectors, self->start_us,
                                  self->rate);
  sm_sim_piles_begin (self->piles, self->start_us, rows);
  return send_all_rows (self, rows, error);
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
  g_autoptr (GPtrArray) stations = NULL;
  g_autoptr (GPtrArray) vehicles = NULL;

  g_return_val_if_fail (self->roads == NULL, FALSE);

  if (!sm_sim_demo_fill (self->rules, self->actor, self->seed, self->rate, self->stations_path,
                         self->cancellable, error))
    return FALSE;
  stations = list_all (self, SM_NOUN_STATION, error);
  vehicles = stations != NULL ? list_all (self, SM_NOUN_VEHICLE, error) : NULL;
  if (vehicles == NULL
      || !sm_sim_demo_set_periods (self->rules, self->actor, vehicles, self->rate, error))
    return FALSE;
  self->roads = make_roads (self, stations);
  if (vehicles->len > 0)
    {
      self->trucks = sm_sim_trucks_new (self->seed, self->roads, vehicles->len, self->start_us,
                                        self->rate);
      resume_trucks (self, vehicles);
    }
  return prepare_piles (self, stations, error);
}

static gboolean
step_trucks (SmSim   *self,
             gint64   now_us,
             GError **error)
{
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport));
  gint64 catch_up_us = (gint64) (CATCH_UP_S * self->rate * (double) SM_SECOND);
  Sending sending = { .reports = reports };
  guint n;

  if (self->trucks == NULL)
    return TRUE;
  if (now_us - sm_sim_trucks_next_due (self->trucks) > catch_up_us)
    sm_sim_trucks_skip_to (self->trucks, now_us - catch_up_us);
  do
    {
      g_array_set_size (reports, 0);
      n = sm_sim_trucks_report (self->trucks, now_us, MAX_REPORTS, reports);
      if (n > 0 && !run (self, send_reports, &sending, error))
        return FALSE;
    }
  while (n == MAX_REPORTS);
  return TRUE;
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
  g_autoptr (GPtrArray) rows = NULL;

  if ((double) (now_us - self->piles_at_us) < self->rate * (double) SM_SECOND)
    return TRUE;
  self->piles_at_us = now_us;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  sm_sim_piles_advance (self->piles, now_us, rows);
  g_ptr_array_sort (rows, compare_noun);
  return send_all_rows (self, rows, error);
}

/** sm_sim_step: Sends what was due by @now_us, network time.  Not from a main loop. */
gboolean
sm_sim_step (SmSim   *self,
             gint64   now_us,
             GError **error)
{
  g_return_val_if_fail (self->piles != NULL, FALSE);

  return step_trucks (self, now_us, error) && step_piles (self, now_us, error);
}

/* Returns: FALSE when it is time to end. */
static gboolean
nap (SmSim *self)
{
  gint64 until_us = g_get_monotonic_time () + LONGEST_NAP_US;
  gboolean is_stopping;

  if (self->trucks != NULL)
    {
      gint64 ahead_us = sm_sim_trucks_next_due (self->trucks)
                        - sm_clock_now (sm_rules_get_network_clock (self->rules));
      double nap_us = (double) ahead_us / self->rate;

      until_us = g_get_monotonic_time ()
                 + (gint64) CLAMP (nap_us, (double) SHORTEST_NAP_US, (double) LONGEST_NAP_US);
    }
  g_mutex_lock (&self->mutex);
  while (!self->is_stopping)
    if (!g_cond_wait_until (&self->cond, &self->mutex, until_us))
      break;
  is_stopping = self->is_stopping;
  g_mutex_unlock (&self->mutex);
  return !is_stopping;
}

static gpointer
sim_main (gpointer data)
{
  SmSim *self = data;
  SmClock *clock = sm_rules_get_network_clock (self->rules);
  g_autoptr (GError) error = NULL;
  gboolean was_failing = FALSE;

  if (!sm_sim_prepare (self, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("The simulated network cannot begin: %s", error->message);
      return NULL;
    }
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
