/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sim"

#include "config.h"

#include "sm-sim-runner.h"

#include "sm-driving-events.h"
#include "sm-last-reports.h"
#include "sm-movements.h"
#include "sm-orders.h"
#include "sm-sim-live.h"
#include "sm-sim-mend.h"
#include "sm-sim-past.h"
#include "sm-sim-record.h"
#include "sm-sim-sender.h"
#include "sm-time.h"

#define MAX_REPORTS 500 /* at once: the writer has others to serve */

/* After a longer sleep of the machine the reports of it are left out, not made up for. */
#define CATCH_UP_S 60.0

#define N_TROUBLES 2

/* Away for longer than that, the time before is not lived through. */
#define LONGEST_GAP_US (48 * SM_HOUR)

/* A movement that much older than the latest report has long been told by bays and vehicles. */
#define UNSAVED_US (2 * SM_MINUTE)

/* The order that a vehicle began last. */
typedef struct
{
  gint64 created_us, id;
} LastOrder;

struct _SmSimRunner
{
  SmRules *rules;
  SmActor *actor;
  SmSimSender sender; /* tells whole what happened, whatever is cancelled */
  const SmSimWorld *world;
  double history_days;
  SmSimEngine *engine;
  SmSimLive *live;
  SmSimPast *first;  /* (nullable): the past before the network began, being written */
  SmSimPast *gap;    /* (nullable): the time it was away, until it speaks again */
  gint64 first_from_us, first_to_us; /* to be lived through again before it is written on */
  LastOrder *last_orders;
  GCancellable *cancellable;
};

SmSimRunner *
sm_sim_runner_new (SmRules          *rules,
                   SmActor          *actor,
                   const SmSimWorld *world,
                   double            history_days)
{
  SmSimRunner *self = g_new0 (SmSimRunner, 1);

  self->rules = rules;
  self->actor = sm_actor_ref (actor);
  self->sender = (SmSimSender){ rules, self->actor, NULL };
  self->world = world;
  self->history_days = history_days;
  self->last_orders = g_new0 (LastOrder, MAX (world->n_vehicles, 1));
  self->first_from_us = SM_UNKNOWN;
  return self;
}

void
sm_sim_runner_free (SmSimRunner *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->live, sm_sim_live_free);
  g_clear_pointer (&self->engine, sm_sim_engine_free);
  g_clear_pointer (&self->first, sm_sim_past_free);
  g_clear_pointer (&self->gap, sm_sim_past_free);
  g_clear_object (&self->cancellable);
  sm_actor_unref (self->actor);
  g_free (self->last_orders);
  g_free (self);
}

/** sm_sim_runner_get_engine: For who lets things go wrong; in the thread that steps. */
SmSimEngine *
sm_sim_runner_get_engine (SmSimRunner *self)
{
  return self->engine;
}

/* --- going on where it was --- */

static GHashTable *
index_ids (const gint64 *first,
           gsize         stride,
           guint         n)
{
  GHashTable *index_of = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n; i++)
    g_hash_table_insert (index_of, (char *) first + i * stride, GUINT_TO_POINTER (i + 1));
  return index_of;
}

/* Returns: counted from 1; 0: it is not of this network */
static guint
find (GHashTable *index_of,
      gint64      id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (index_of, &id));
}

/* Where they were moved to last they are, whatever was said of them before. */
static void
resume_moved (SmSimRunner *self,
              GPtrArray   *movements,
              GHashTable  *packs,
              GHashTable  *bays,
              GHashTable  *vehicles)
{
  for (guint i = 0; i < movements->len; i++)
    {
      const SmRow *movement = movements->pdata[i];
      guint pack = find (packs, sm_row_get_int (movement, SM_BATTERY_MOVEMENT_BATTERY_ID));
      gint64 to_id = sm_row_get_int (movement, SM_BATTERY_MOVEMENT_TO_ID);
      guint place = sm_row_get_enum (movement, SM_BATTERY_MOVEMENT_TO_PLACE);
      guint bay = place == SM_PLACE_BAY ? find (bays, to_id) : 0;
      guint vehicle = place == SM_PLACE_VEHICLE ? find (vehicles, to_id) : 0;

      if (pack != 0 && bay != 0)
        sm_sim_engine_resume_in_bay (self->engine, pack - 1, bay - 1);
      else if (pack != 0 && vehicle != 0)
        sm_sim_engine_resume_in_vehicle (self->engine, pack - 1, vehicle - 1);
    }
}

static void
resume_packs (SmSimRunner *self,
              GArray      *last,
              GPtrArray   *movements)
{
  const SmSimWorld *world = self->world;
  g_autoptr (GHashTable) packs = index_ids (&world->packs->id, sizeof *world->packs, world->n_packs);
  g_autoptr (GHashTable) bays = index_ids (world->bay_ids, sizeof *world->bay_ids, world->n_bay_ids);
  g_autoptr (GHashTable) vehicles = index_ids (&world->vehicles->id, sizeof *world->vehicles,
                                               world->n_vehicles);
  g_autoptr (GPtrArray) batteries = sm_last_rows (self->rules, sm_noun_get (SM_NOUN_BATTERY));
  g_autoptr (GPtrArray) racks = sm_last_rows (self->rules, sm_noun_get (SM_NOUN_BAY));

  for (guint i = 0; i < batteries->len; i++)
    {
      guint pack = find (packs, sm_row_get_id (batteries->pdata[i]));

      if (pack != 0)
        sm_sim_engine_resume_pack (self->engine, pack - 1, batteries->pdata[i]);
    }
  resume_moved (self, movements, packs, bays, vehicles);
  for (guint i = 0; i < last->len; i++)
    {
      const SmVehicleReport *report = &g_array_index (last, SmVehicleReport, i);
      guint pack = find (packs, report->battery_id), vehicle = find (vehicles, report->vehicle_id);

      if (pack != 0 && vehicle != 0)
        sm_sim_engine_resume_in_vehicle (self->engine, pack - 1, vehicle - 1);
    }
  for (guint i = 0; i < racks->len; i++)
    {
      guint pack = find (packs, sm_row_get_int (racks->pdata[i], SM_BAY_BATTERY_ID));
      guint bay = find (bays, sm_row_get_id (racks->pdata[i]));

      if (pack != 0 && bay != 0)
        sm_sim_engine_resume_in_bay (self->engine, pack - 1, bay - 1);
    }
}

static void
resume (SmSimRunner *self,
        GArray      *last,
        GPtrArray   *movements)
{
  const SmSimWorld *world = self->world;
  g_autoptr (GHashTable) vehicles = index_ids (&world->vehicles->id, sizeof *world->vehicles,
                                               world->n_vehicles);
  g_autoptr (GHashTable) stations = index_ids (&world->stations->id, sizeof *world->stations,
                                               world->n_stations);
  g_autoptr (GPtrArray) meters = sm_last_rows (self->rules, sm_noun_get (SM_NOUN_STATION));

  sm_sim_engine_resume_begin (self->engine);
  resume_packs (self, last, movements);
  sm_sim_engine_resume_done (self->engine);
  for (guint i = 0; i < meters->len; i++)
    {
      guint station = find (stations, sm_row_get_id (meters->pdata[i]));
      gint64 meter_wh = sm_row_get_int (meters->pdata[i], SM_STATION_METER_WH);

      if (station != 0 && meter_wh != SM_UNKNOWN)
        sm_sim_engine_resume_meter (self->engine, station - 1, meter_wh);
    }
  for (guint i = 0; i < last->len; i++)
    {
      const SmVehicleReport *report = &g_array_index (last, SmVehicleReport, i);
      guint vehicle = find (vehicles, report->vehicle_id);

      if (vehicle != 0)
        sm_sim_engine_resume_vehicle (self->engine, vehicle - 1, report);
    }
}

static gint64
latest (GArray *last)
{
  gint64 latest_us = SM_UNKNOWN;

  for (guint i = 0; i < last->len; i++)
    latest_us = MAX (latest_us, g_array_index (last, SmVehicleReport, i).at_us);
  return latest_us;
}

/* --- the past --- */

/* What was moved since may be of a gap that was being written: that is lived through again. */
static void
drop_since (GPtrArray *movements,
            gint64     from_us)
{
  while (movements->len > 0
         && sm_row_get_int (movements->pdata[0], SM_BATTERY_MOVEMENT_AT) >= from_us)
    g_ptr_array_remove_index (movements, 0);
}

/* Returns: where the gap begins; *@movements: what is known to have been moved before */
static gint64
find_gap (SmSimRunner *self,
          gint64       heard_us,
          gint64       now_us,
          GPtrArray   *movements,
          GError     **error)
{
  gint64 from_us, to_us;

  if (!sm_sim_past_recall (self->gap, &from_us, &to_us, error))
    return SM_UNKNOWN;
  if (from_us > 0 && heard_us <= from_us)
    {
      drop_since (movements, from_us);
      return from_us;
    }
  if (from_us > 0)
    sm_sim_past_restart (self->gap);
  if (movements->len > 0)
    heard_us = CLAMP (sm_row_get_int (movements->pdata[0], SM_BATTERY_MOVEMENT_AT), heard_us,
                      now_us);
  return MAX (MIN (heard_us + SM_SECOND, now_us), now_us - LONGEST_GAP_US);
}

/* The time it was away is written before anybody speaks again: when that is cut
 * short, it goes on from where it was heard last, through the same. */
static gboolean
live_gap (SmSimRunner  *self,
          GArray       *last,
          gint64        first_to_us,
          gint64        now_us,
          GError      **error)
{
  gint64 heard_us = MIN (latest (last), now_us), from_us;
  /* Before first_to_us not all may have been written. */
  g_autoptr (GPtrArray) movements = sm_sim_recall_movements (
      self->rules, self->actor, MAX (heard_us - UNSAVED_US, first_to_us), error);

  if (movements == NULL)
    return FALSE;
  self->gap = sm_sim_past_new (self->rules, self->actor, self->world, FALSE);
  from_us = find_gap (self, heard_us, now_us, movements, error);
  if (from_us == SM_UNKNOWN || !sm_sim_mend_orders (self->rules, self->actor, heard_us, error))
    return FALSE;
  self->engine = sm_sim_engine_new (self->world, from_us);
  resume (self, last, movements);
  return sm_sim_past_live (self->gap, self->engine, now_us, self->cancellable)
         && sm_sim_past_write (self->gap, self->cancellable, error);
}

/* A new network shows at once what an alarm looks like. */
static void
begin_with_trouble (SmSimRunner *self,
                    gint64       now_us)
{
  for (guint i = 0, n = 0; i < self->world->n_vehicles && n < N_TROUBLES; i++)
    if (sm_sim_engine_is_driving (self->engine, i))
      sm_sim_engine_heat_pack (self->engine, i, 61.0 + n++, 74.0, now_us + 15 * SM_MINUTE);
}

static gboolean
live_first (SmSimRunner  *self,
            gint64        now_us,
            GError      **error)
{
  gint64 from_us = now_us - (gint64) (self->history_days * (double) SM_DAY);

  self->engine = sm_sim_engine_new (self->world, from_us - from_us % (15 * SM_MINUTE));
  if (!sm_sim_past_live (self->first, self->engine, now_us, self->cancellable)
      || !sm_sim_past_begin (self->first, error))
    return FALSE;
  begin_with_trouble (self, now_us);
  return TRUE;
}

/**
 * sm_sim_runner_prepare:
 *
 * Lives up to @now_us: through two weeks when the network is new, or the time
 * that it was away.
 */
gboolean
sm_sim_runner_prepare (SmSimRunner   *self,
                       gint64         now_us,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (GArray) last = sm_last_reports (self->rules);
  gint64 began_us = g_get_monotonic_time (), from_us, to_us;
  gboolean ok;

  g_set_object (&self->cancellable, cancellable);
  self->first = sm_sim_past_new (self->rules, self->actor, self->world, TRUE);
  if (!sm_sim_past_recall (self->first, &from_us, &to_us, error))
    return FALSE;
  if (last->len > 0)
    {
      ok = live_gap (self, last, to_us, now_us, error);
      if (from_us > 0)
        {
          self->first_from_us = from_us;
          self->first_to_us = to_us;
        }
      else
        g_clear_pointer (&self->first, sm_sim_past_free);
    }
  else
    ok = sm_sim_mend_orders (self->rules, self->actor, now_us, error)
         && live_first (self, now_us, error);
  if (!ok)
    {
      if (error != NULL && *error == NULL)
        g_cancellable_set_error_if_cancelled (cancellable, error);
      return FALSE;
    }
  g_info ("Lived through %" G_GUINT64_FORMAT " events of the past in %.1f s",
          sm_sim_engine_n_events (self->engine),
          (double) (g_get_monotonic_time () - began_us) / 1e6);
  self->live = sm_sim_live_new (self->engine, self->world, now_us);
  return TRUE;
}

/* What was not written to its end is lived through again: it comes out the same. */
static gboolean
live_again (SmSimRunner *self)
{
  g_autoptr (SmSimEngine) engine = sm_sim_engine_new (self->world, self->first_from_us);

  return sm_sim_past_live (self->first, engine, self->first_to_us, self->cancellable);
}

/** sm_sim_runner_write_past: From a thread of its own, once it is prepared; takes its time. */
gboolean
sm_sim_runner_write_past (SmSimRunner  *self,
                          GError      **error)
{
  gint64 began_us = g_get_monotonic_time ();

  if (self->first == NULL)
    return TRUE;
  if (self->first_from_us != SM_UNKNOWN && !live_again (self))
    return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
  if (!sm_sim_past_write (self->first, self->cancellable, error)
      || !sm_sim_past_settle (self->first, error))
    return FALSE;
  g_clear_pointer (&self->first, sm_sim_past_free);
  g_info ("The past was written in %.1f s", (double) (g_get_monotonic_time () - began_us) / 1e6);
  return TRUE;
}

/* --- the present --- */

typedef struct
{
  SmSimRunner *runner;
  GArray *reports;
  GPtrArray *rows, *orders, *movements, *events;
} Sending;

static gpointer
send_history (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Sending *sending = data;
  SmSimRunner *self = sending->runner;
  SmSimOutput *output = sm_sim_engine_output (self->engine);

  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < output->swaps->len; i++)
    g_ptr_array_add (sending->orders,
                     sm_sim_swap_to_row (self->world, &g_array_index (output->swaps, SmSimSwap, i)));
  if (!sm_orders_put (rules, self->actor, sending->orders, error))
    goto failed;
  for (guint i = 0; i < output->swaps->len; i++)
    {
      const SmSimSwap *swap = &g_array_index (output->swaps, SmSimSwap, i);

      self->last_orders[swap->vehicle] = (LastOrder){ swap->created_us,
                                                      sm_row_get_id (sending->orders->pdata[i]) };
    }
  for (guint i = 0; i < output->movements->len; i++)
    {
      const SmSimMovement *movement = &g_array_index (output->movements, SmSimMovement, i);
      const LastOrder *order = &self->last_orders[movement->vehicle];

      g_ptr_array_add (sending->movements,
                       sm_sim_movement_to_row (self->world, movement,
                                               order->created_us == movement->created_us ? order->id
                                                                                         : 0));
    }
  for (guint i = 0; i < output->events->len; i++)
    g_ptr_array_add (sending->events,
                     sm_sim_driving_event_to_row (self->world, &g_array_index (output->events,
                                                                               SmSimDrivingEvent, i)));
  if (!sm_movements_put (rules, self->actor, sending->movements, error)
      || !sm_driving_events_put (rules, self->actor, sending->events, error))
    goto failed;
  sm_rules_commit (rules, error);
  return NULL;
failed:
  sm_rules_rollback (rules);
  return NULL;
}

static void
sending_init (Sending     *sending,
              SmSimRunner *self)
{
  GDestroyNotify unref = (GDestroyNotify) sm_row_unref;

  *sending = (Sending){ .runner = self,
                        .reports = g_array_new (FALSE, FALSE, sizeof (SmVehicleReport)),
                        .rows = g_ptr_array_new_with_free_func (unref),
                        .orders = g_ptr_array_new_with_free_func (unref),
                        .movements = g_ptr_array_new_with_free_func (unref),
                        .events = g_ptr_array_new_with_free_func (unref) };
}

static void
sending_clear (Sending *sending)
{
  g_array_unref (sending->reports);
  g_ptr_array_unref (sending->rows);
  g_ptr_array_unref (sending->orders);
  g_ptr_array_unref (sending->movements);
  g_ptr_array_unref (sending->events);
}

static gboolean
send_happened (SmSimRunner  *self,
               Sending      *sending,
               GError      **error)
{
  SmSimOutput *output = sm_sim_engine_output (self->engine);
  gboolean ok = TRUE;

  if (output->swaps->len + output->movements->len + output->events->len > 0)
    ok = sm_sim_sender_run (&self->sender, send_history, sending, error);
  sm_sim_output_clear (output);
  return ok;
}

static gboolean
send_live (SmSimRunner  *self,
           Sending      *sending,
           GError      **error)
{
  return sm_sim_send_rows (&self->sender, sending->rows, error)
         && sm_sim_send_reports (&self->sender, sending->reports, error);
}

/** sm_sim_runner_next_due: Returns: when somebody reports next, network time */
gint64
sm_sim_runner_next_due (const SmSimRunner *self)
{
  return sm_sim_live_next_due (self->live);
}

/**
 * sm_sim_runner_step:
 *
 * Sends what was due by @now_us.  Not from a main loop.  Cancelled, it stops
 * between two sendings: what the engine did is told whole.
 */
gboolean
sm_sim_runner_step (SmSimRunner  *self,
                    gint64        now_us,
                    GError      **error)
{
  gint64 catch_up_us = (gint64) (CATCH_UP_S * self->world->rate * (double) SM_SECOND);
  gboolean ok = TRUE;
  guint n;

  if (now_us - sm_sim_live_next_due (self->live) > catch_up_us)
    sm_sim_live_skip_to (self->live, now_us - catch_up_us);
  do
    {
      Sending sending;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      sending_init (&sending, self);
      n = sm_sim_live_report (self->live, now_us, MAX_REPORTS, sending.reports, sending.rows);
      ok = send_happened (self, &sending, error) && send_live (self, &sending, error);
      sending_clear (&sending);
    }
  while (ok && n == MAX_REPORTS);
  return ok;
}

/* Each vehicle, awake or not, as it stands: the packs are where the bays say. */
static void
look_vehicles (SmSimRunner *self,
               GArray      *reports)
{
  gint64 at_us = sm_sim_engine_now (self->engine);

  for (guint i = 0; i < self->world->n_vehicles; i++)
    {
      SmVehicleReport report;

      if (sm_sim_engine_look_vehicle (self->engine, i, at_us, &report))
        g_array_append_val (reports, report);
    }
}

/* How stations, vehicles and packs are. */
static gboolean
say_all (SmSimRunner  *self,
         GError      **error)
{
  gint64 at_us = sm_sim_engine_now (self->engine);
  Sending sending, packs;
  gboolean ok;

  sending_init (&sending, self);
  sending_init (&packs, self);
  look_vehicles (self, sending.reports);
  for (guint i = 0; i < self->world->n_stations; i++)
    sm_sim_engine_look_station (self->engine, i, at_us, TRUE, sending.rows);
  g_ptr_array_unref (packs.rows);
  packs.rows = sm_sim_engine_look_packs (self->engine, at_us);
  ok = send_live (self, &sending, error) && sm_sim_send_rows (&self->sender, packs.rows, error);
  sending_clear (&sending);
  sending_clear (&packs);
  return ok;
}

static gpointer
save (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  sm_last_save (rules, error);
  return NULL;
}

/**
 * sm_sim_runner_begin:
 *
 * Once it is prepared, and before anything else is told of it: everybody says
 * how it is, and that is saved.  Killed after that, it goes on from there.
 */
gboolean
sm_sim_runner_begin (SmSimRunner  *self,
                     GError      **error)
{
  if (!say_all (self, error) || !sm_sim_sender_run (&self->sender, save, NULL, error)
      || (self->gap != NULL && !sm_sim_past_settle (self->gap, error)))
    return FALSE;
  g_clear_pointer (&self->gap, sm_sim_past_free);
  return TRUE;
}

/**
 * sm_sim_runner_end:
 *
 * It goes away: everybody says once more how it is, the silent too.  A vehicle
 * speaks only in its turn, and a pack must not be claimed by two, or by none.
 */
void
sm_sim_runner_end (SmSimRunner *self)
{
  Sending sending;

  if (self->live == NULL)
    return;
  sm_sim_engine_end_silence (self->engine);
  sending_init (&sending, self);
  if (send_happened (self, &sending, NULL))
    say_all (self, NULL);
  sending_clear (&sending);
}
