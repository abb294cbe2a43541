/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-chronicle.h"

#include <stdio.h>

#include "sm-alarm.h"
#include "sm-bulk.h"
#include "sm-fault-code.h"
#include "sm-random.h"
#include "sm-sim-faults.h"
#include "sm-sim-people.h"
#include "sm-sim-work.h"
#include "sm-time.h"
#include "sm-work-orders.h"

#define QUARTER_US (15 * SM_MINUTE)

/* So much at once: the writer has others to serve. */
#define QUARTERS_AT_ONCE 8

#define MEMO_OF_GAP "piles-gap"
#define MEMO "past-beside"

struct _SmSimChronicle
{
  SmRules *rules;
  SmActor *actor;
  const SmSimWorld *world;
  gint64 from_us, to_us;
  gint64 written_us;    /* what ended before is written already */
  gboolean is_first;    /* it can be lived through again: how far it is written is remembered */
  SmSimPeople *people;
  SmSimFaults *faults;
  GHashTable *open;     /* of SmFaultReport: what is broken; its key is itself */
  gint64 *meters_wh;    /* of the piles' stations, at the beginning of the quarter */
  GPtrArray *orders, *alarms;
  GPtrArray *work;      /* of SmRow: the work orders; the alarm of each by its index in @alarms */
  GArray *quarters;     /* of SmQuarter */
};

static guint
hash_fault (gconstpointer key)
{
  const SmFaultReport *fault = key;

  return g_int64_hash (&fault->id) ^ (guint) fault->noun ^ g_str_hash (fault->code);
}

static gboolean
is_same_fault (gconstpointer a,
               gconstpointer b)
{
  const SmFaultReport *left = a, *right = b;

  return left->id == right->id && left->noun == right->noun && g_str_equal (left->code, right->code);
}

static GPtrArray *
new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
}

/**
 * sm_sim_chronicle_new:
 * @is_first: it begins where the network began, and not where it went on
 */
SmSimChronicle *
sm_sim_chronicle_new (SmRules          *rules,
                      SmActor          *actor,
                      const SmSimWorld *world,
                      gint64            from_us,
                      gint64            to_us,
                      gboolean          is_first)
{
  SmSimChronicle *self = g_new0 (SmSimChronicle, 1);

  self->rules = rules;
  self->actor = sm_actor_ref (actor);
  self->world = world;
  self->from_us = self->written_us = from_us;
  self->to_us = to_us;
  self->is_first = is_first;
  self->people = sm_sim_people_new (world, from_us);
  self->faults = sm_sim_faults_new (world, self->people, from_us);
  self->open = g_hash_table_new_full (hash_fault, is_same_fault, g_free, NULL);
  self->orders = new_rows ();
  self->alarms = new_rows ();
  self->work = new_rows ();
  self->quarters = g_array_new (FALSE, FALSE, sizeof (SmQuarter));
  return self;
}

void
sm_sim_chronicle_free (SmSimChronicle *self)
{
  g_return_if_fail (self != NULL);

  sm_actor_unref (self->actor);
  sm_sim_faults_free (self->faults);
  sm_sim_people_free (self->people);
  g_hash_table_unref (self->open);
  g_free (self->meters_wh);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->alarms);
  g_ptr_array_unref (self->work);
  g_array_unref (self->quarters);
  g_free (self);
}

/** sm_sim_chronicle_set_written: What ended before @written_us is left out. */
void
sm_sim_chronicle_set_written (SmSimChronicle *self,
                              gint64          written_us)
{
  self->written_us = written_us;
}

/* --- what is remembered of it --- */

static const char *
memo_name (gboolean is_first)
{
  return is_first ? MEMO : MEMO_OF_GAP;
}

static gpointer
read_memo (SmRules       *rules,
           gpointer       name,
           GCancellable  *cancellable,
           GError       **error)
{
  return sm_rules_get_memo (rules, name, error);
}

/**
 * sm_sim_chronicle_recall:
 * @is_first: the first past of this network; else the time it was away last
 * @out_from_us: %SM_UNKNOWN: there never was one
 *
 * How far it was written.
 */
gboolean
sm_sim_chronicle_recall (SmRules  *rules,
                         gboolean  is_first,
                         gint64   *out_from_us,
                         gint64   *out_to_us,
                         gint64   *out_written_us,
                         GError  **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *memo = sm_rules_run_sync (rules, read_memo,
                                             (gpointer) memo_name (is_first), &own_error);

  *out_from_us = *out_to_us = *out_written_us = SM_UNKNOWN;
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (memo != NULL
      && sscanf (memo, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, out_from_us,
                 out_to_us, out_written_us) != 3)
    *out_from_us = *out_to_us = *out_written_us = 0;
  return TRUE;
}

/* --- living through it --- */

static gint64
next_stop (gint64 at_us,
           gint64 to_us)
{
  return MIN ((at_us / QUARTER_US + 1) * QUARTER_US, to_us);
}

/**
 * sm_sim_chronicle_live:
 *
 * Lets @piles live until @to_us, unheard, by the same steps as when it is written.
 *
 * Returns: FALSE when that was cancelled
 */
gboolean
sm_sim_chronicle_live (SmSimPiles   *piles,
                       gint64        from_us,
                       gint64        to_us,
                       GCancellable *cancellable)
{
  for (gint64 at_us = from_us; at_us < to_us; at_us = next_stop (at_us, to_us))
    {
      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      sm_sim_piles_advance (piles, next_stop (at_us, to_us), NULL);
    }
  return TRUE;
}

/* Somebody looked at it within minutes, sometimes only when it was over. */
static SmRow *
alarm_row (const SmFaultReport *raised,
           gint64               returned_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  guint64 lot = sm_random_mix ((guint64) raised->at_us ^ (guint64) raised->id);

  sm_row_set_text (row, SM_ALARM_CODE, raised->code);
  sm_row_set_int (row, SM_ALARM_LEVEL, sm_fault_code_find (raised->code)->level);
  sm_row_set_text (row, SM_ALARM_STATE, sm_alarm_states[SM_ALARM_NORMAL]);
  sm_row_set_text (row, SM_ALARM_SOURCE_NOUN, sm_noun_get (raised->noun)->name);
  sm_row_set_int (row, SM_ALARM_SOURCE_ID, raised->id);
  sm_row_set_int (row, SM_ALARM_COUNT, 1);
  sm_row_set_int (row, SM_ALARM_RAISED_AT, raised->at_us);
  sm_row_set_int (row, SM_ALARM_RETURNED_AT, returned_us);
  sm_row_set_int (row, SM_ALARM_ACKED_AT,
                  raised->at_us + (gint64) (20 + lot % 400) * SM_SECOND);
  sm_row_set_text (row, SM_ALARM_ACKED_BY, "simulator");
  if (raised->equipment_id != SM_UNKNOWN)
    sm_row_set_int (row, SM_ALARM_EQUIPMENT_ID, raised->equipment_id);
  sm_row_set_text (row, SM_ALARM_SENDER_CODE, raised->sender_code);
  sm_row_set_text (row, SM_ALARM_SENDER_TEXT, raised->sender_text);
  return row;
}

static void
take_alarm (SmSimChronicle      *self,
            const SmFaultReport *raised,
            gint64               returned_us)
{
  SmRow *alarm = alarm_row (raised, returned_us);
  SmRow *work = sm_sim_work_of_fault (self->world, raised, alarm, self->to_us);

  if (work != NULL)
    {
      sm_row_set_int (work, SM_WORK_ORDER_ALARM_ID, self->alarms->len);
      g_ptr_array_add (self->work, work);
    }
  g_ptr_array_add (self->alarms, alarm);
}

/* An alarm is what began and is over. */
static void
take_faults (SmSimChronicle *self,
             GArray         *reports)
{
  for (guint i = 0; i < reports->len; i++)
    {
      const SmFaultReport *report = &g_array_index (reports, SmFaultReport, i);
      const SmFaultReport *raised = g_hash_table_lookup (self->open, report);

      if (report->is_raised && raised == NULL)
        g_hash_table_add (self->open, g_memdup2 (report, sizeof *report));
      if (report->is_raised || raised == NULL)
        continue;
      if (report->at_us > self->written_us)
        take_alarm (self, raised, report->at_us);
      g_hash_table_remove (self->open, report);
    }
}

/* What began before belongs to who saw it begin. */
static void
take_orders (SmSimChronicle *self,
             GPtrArray      *orders)
{
  for (guint i = 0; i < orders->len; i++)
    if (sm_row_get_int (orders->pdata[i], SM_ORDER_ENDED_AT) > self->written_us
        && (self->is_first || sm_row_get_int (orders->pdata[i], SM_ORDER_CREATED_AT) >= self->from_us))
      g_ptr_array_add (self->orders, sm_row_ref (orders->pdata[i]));
}

/* A short time that nobody listened is no gap to who reads the meters. */
static gboolean
has_gap (const SmSimChronicle *self)
{
  return self->is_first
         || self->to_us - self->from_us
              > MAX (QUARTER_US, (gint64) (3.0 * SM_MINUTE * self->world->rate));
}

/* A site that counted nothing adds nothing. */
static void
take_meters (SmSimChronicle   *self,
             const SmSimPiles *piles,
             gint64            end_us)
{
  for (guint i = 0; i < sm_sim_piles_n_stations (piles); i++)
    {
      SmQuarter quarter = { .start_us = end_us - QUARTER_US };
      gint64 meter_wh = sm_sim_piles_meter_wh (piles, i, &quarter.station_id);

      quarter.energy_wh = meter_wh - self->meters_wh[i];
      self->meters_wh[i] = meter_wh;
      if (quarter.energy_wh > 0 && has_gap (self) && quarter.start_us >= self->from_us
          && quarter.start_us >= self->written_us)
        g_array_append_val (self->quarters, quarter);
    }
}

static void
advance (SmSimChronicle *self,
         SmSimPiles     *piles,
         gint64          to_us)
{
  g_autoptr (GPtrArray) rows = new_rows ();
  g_autoptr (GPtrArray) orders = new_rows ();
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  g_autoptr (GArray) effects = g_array_new (FALSE, FALSE, sizeof (SmSimEffect));
  SmSimPilesOutput output = { NULL, orders, reports };

  sm_sim_faults_advance (self->faults, to_us, reports, effects, rows);
  sm_sim_people_advance (self->people, to_us, rows);
  sm_sim_piles_advance (piles, to_us, &output);
  take_faults (self, reports);
  take_orders (self, orders);
  if (to_us % QUARTER_US == 0)
    take_meters (self, piles, to_us);
}

/* --- writing it --- */

typedef struct
{
  SmSimChronicle *chronicle;
  gint64 to_us;
} Part;

/* Once the alarms have their ids. */
static gboolean
write_work (SmRules         *rules,
            SmSimChronicle  *self,
            GError         **error)
{
  for (guint i = 0; i < self->work->len; i++)
    {
      SmRow *work = self->work->pdata[i];
      gint64 index = sm_row_get_int (work, SM_WORK_ORDER_ALARM_ID);

      sm_row_set_int (work, SM_WORK_ORDER_ALARM_ID, sm_row_get_id (self->alarms->pdata[index]));
    }
  return sm_work_orders_put_past (rules, self->actor, self->work, error);
}

static gboolean
write_in (SmRules      *rules,
          const Part   *part,
          GError      **error)
{
  SmSimChronicle *self = part->chronicle;
  SmBulk bulk = { .orders = self->orders, .alarms = self->alarms, .quarters = self->quarters };
  g_autofree char *memo = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                           " %" G_GINT64_FORMAT,
                                           self->from_us, self->to_us, part->to_us);

  return sm_bulk_write (rules, self->actor, &bulk, error) && write_work (rules, self, error)
         && sm_rules_set_memo (rules, memo_name (self->is_first), memo, error);
}

static gpointer
write_part (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  if (!sm_rules_begin (rules, error))
    return NULL;
  if (write_in (rules, data, error))
    sm_rules_commit (rules, error);
  else
    sm_rules_rollback (rules);
  return NULL;
}

static gboolean
write_until (SmSimChronicle  *self,
             gint64           to_us,
             GError         **error)
{
  g_autoptr (GError) own_error = NULL;
  Part part = { self, to_us };

  sm_rules_run_sync (self->rules, write_part, &part, &own_error);
  g_ptr_array_set_size (self->orders, 0);
  g_ptr_array_set_size (self->alarms, 0);
  g_ptr_array_set_size (self->work, 0);
  g_array_set_size (self->quarters, 0);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

/** sm_sim_chronicle_begin: From now on it is known that there is a past to be written. */
gboolean
sm_sim_chronicle_begin (SmSimChronicle  *self,
                        GError         **error)
{
  return write_until (self, self->written_us, error);
}

/**
 * sm_sim_chronicle_write:
 * @piles: as they were when it began
 *
 * From a thread that may wait; part by part until all is written.
 */
gboolean
sm_sim_chronicle_write (SmSimChronicle  *self,
                        SmSimPiles      *piles,
                        GCancellable    *cancellable,
                        GError         **error)
{
  guint n = 0;

  self->meters_wh = g_new0 (gint64, MAX (sm_sim_piles_n_stations (piles), 1));
  for (guint i = 0; i < sm_sim_piles_n_stations (piles); i++)
    self->meters_wh[i] = sm_sim_piles_meter_wh (piles, i, NULL);
  for (gint64 at_us = self->from_us; at_us < self->to_us;)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      at_us = next_stop (at_us, self->to_us);
      advance (self, piles, at_us);
      if (at_us > self->written_us && (++n % QUARTERS_AT_ONCE == 0 || at_us == self->to_us)
          && !write_until (self, at_us, error))
        return FALSE;
    }
  return TRUE;
}
