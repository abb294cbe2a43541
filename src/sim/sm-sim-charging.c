/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sim"

#include "config.h"

#include "sm-sim-charging.h"

#include "sm-last-reports.h"
#include "sm-report.h"
#include "sm-sim-chronicle.h"
#include "sm-sim-demo.h"
#include "sm-sim-list.h"
#include "sm-sim-piles.h"
#include "sm-sim-sender.h"
#include "sm-time.h"

/* Away for longer than that, the time before is not lived through. */
#define LONGEST_GAP_US (48 * SM_HOUR)

struct _SmSimCharging
{
  SmSimSender sender;
  const SmSimWorld *world;
  char *data_dir;
  double history_days;
  GMutex mutex;
  SmSimPiles *piles;   /* (nullable): while they are brought in */
  gint64 at_us;
  SmSimChronicle *chronicle, *old_chronicle; /* (nullable): being written */
  SmSimPiles *chronicle_piles, *old_piles;   /* (nullable): as they were when these begin */
  gboolean is_gap;     /* what the first of them tells */
};

SmSimCharging *
sm_sim_charging_new (SmRules          *rules,
                     SmActor          *actor,
                     const SmSimWorld *world,
                     const char       *data_dir,
                     double            history_days,
                     GCancellable     *cancellable)
{
  SmSimCharging *self = g_new0 (SmSimCharging, 1);

  self->sender = (SmSimSender){ rules, sm_actor_ref (actor), g_object_ref (cancellable) };
  self->world = world;
  self->data_dir = g_strdup (data_dir);
  self->history_days = history_days;
  g_mutex_init (&self->mutex);
  return self;
}

void
sm_sim_charging_free (SmSimCharging *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->piles, sm_sim_piles_free);
  g_clear_pointer (&self->chronicle, sm_sim_chronicle_free);
  g_clear_pointer (&self->old_chronicle, sm_sim_chronicle_free);
  g_clear_pointer (&self->chronicle_piles, sm_sim_piles_free);
  g_clear_pointer (&self->old_piles, sm_sim_piles_free);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->sender.cancellable);
  sm_actor_unref (self->sender.actor);
  g_free (self->data_dir);
  g_free (self);
}

static GPtrArray *
list_all (SmSimCharging  *self,
          SmNounId        noun,
          GError        **error)
{
  return sm_sim_list_all (self->sender.rules, noun, self->sender.cancellable, error);
}

/* The stations that have piles: the swap stations speak for themselves. */
static GPtrArray *
list_charging (SmSimCharging  *self,
               GError        **error)
{
  GPtrArray *stations = list_all (self, SM_NOUN_STATION, error);

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
read_place (SmSimCharging  *self,
            Place          *place,
            GError        **error)
{
  place->stations = list_charging (self, error);
  if (place->stations != NULL)
    place->piles = list_all (self, SM_NOUN_PILE, error);
  if (place->piles != NULL)
    place->connectors = list_all (self, SM_NOUN_CONNECTOR, error);
  return place->connectors != NULL;
}

static SmSimPiles *
make_piles (SmSimCharging *self,
            const Place   *place,
            gint64         at_us)
{
  return sm_sim_piles_new (self->world->seed, self->world->zone, place->stations, place->piles,
                           place->connectors, at_us, self->world->rate);
}

/* Returns: when one of its stations was heard last, or SM_UNKNOWN */
static gint64
last_heard (SmSimCharging *self,
            const Place   *place)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) meters = sm_last_rows (self->sender.rules, sm_noun_get (SM_NOUN_STATION));
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
resume_piles (SmSimCharging *self,
              SmSimPiles    *piles)
{
  static const SmNounId nouns[] = { SM_NOUN_STATION, SM_NOUN_PILE };

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    {
      g_autoptr (GPtrArray) rows = sm_last_rows (self->sender.rules, sm_noun_get (nouns[i]));

      sm_sim_piles_resume (piles, rows);
    }
}

static SmSimChronicle *
make_chronicle (SmSimCharging *self,
                gint64         from_us,
                gint64         to_us,
                gboolean       is_first)
{
  return sm_sim_chronicle_new (self->sender.rules, self->sender.actor, self->world, from_us, to_us,
                               is_first);
}

/* A time that was, or was to be, written: %SM_UNKNOWN: there never was one. */
typedef struct
{
  gint64 from_us, to_us, written_us;
} Span;

static gboolean
recall (SmSimCharging  *self,
        gboolean        is_first,
        Span           *out_span,
        GError        **error)
{
  return sm_sim_chronicle_recall (self->sender.rules, is_first, &out_span->from_us,
                                  &out_span->to_us, &out_span->written_us, error);
}

static gboolean
is_unwritten (const Span *span)
{
  return span->from_us > 0 && span->written_us < span->to_us;
}

/* It may not have been written to its end when the service went away. */
static void
continue_first (SmSimCharging *self,
                const Place   *place,
                const Span    *past)
{
  if (!is_unwritten (past))
    return;
  self->old_piles = make_piles (self, place, past->from_us);
  self->old_chronicle = make_chronicle (self, past->from_us, past->to_us, TRUE);
  sm_sim_chronicle_set_written (self->old_chronicle, past->written_us);
}

/*
 * Where the time begins that is to be written.  Nobody was heard while a gap was
 * written: one that was not written to its end begins where it began.
 */
static gint64
find_begin (SmSimCharging *self,
            const Span    *past,
            const Span    *gap,
            gint64         heard_us,
            gint64         now_us)
{
  gint64 from_us = heard_us != SM_UNKNOWN ? heard_us : past->to_us;

  if (heard_us == SM_UNKNOWN && past->from_us <= 0)
    {
      from_us = now_us - (gint64) (self->history_days * (double) SM_DAY);
      return from_us - from_us % (15 * SM_MINUTE);
    }
  if (is_unwritten (gap) && from_us <= gap->to_us)
    return MIN (gap->from_us, now_us);
  return CLAMP (from_us, now_us - LONGEST_GAP_US, now_us);
}

/* Returns: (transfer full) (nullable): as they were at @from_us; NULL: cancelled */
static SmSimPiles *
begin_at (SmSimCharging *self,
          const Place   *place,
          const Span    *past,
          gint64         heard_us,
          gint64         from_us)
{
  g_autoptr (SmSimPiles) piles = NULL;

  if (heard_us != SM_UNKNOWN || past->from_us <= 0)
    {
      piles = make_piles (self, place, from_us);
      resume_piles (self, piles);
      return g_steal_pointer (&piles);
    }
  /* Nobody was heard yet, but a past is being written: it is theirs. */
  piles = make_piles (self, place, past->from_us);
  if (!sm_sim_chronicle_live (piles, past->from_us, from_us, self->sender.cancellable))
    return NULL;
  return g_steal_pointer (&piles);
}

/* What they live through from @from_us on is to be written. */
static gboolean
open_chronicle (SmSimCharging     *self,
                const SmSimPiles  *piles,
                const Span        *gap,
                gint64             from_us,
                gint64             now_us,
                gboolean           is_first,
                GError           **error)
{
  self->chronicle_piles = sm_sim_piles_copy (piles);
  self->chronicle = make_chronicle (self, from_us, now_us, is_first);
  self->is_gap = !is_first;
  if (!is_first && is_unwritten (gap) && from_us == gap->from_us)
    sm_sim_chronicle_set_written (self->chronicle, gap->written_us);
  return sm_sim_chronicle_begin (self->chronicle, error);
}

/* Returns: (transfer full) (nullable): they have lived until @now_us; what they
 * lived through is to be written. */
static SmSimPiles *
live_to (SmSimCharging  *self,
         const Place    *place,
         gint64          now_us,
         GError        **error)
{
  gint64 heard_us = last_heard (self, place), from_us;
  Span past, gap;
  g_autoptr (SmSimPiles) piles = NULL;

  if (!recall (self, TRUE, &past, error) || !recall (self, FALSE, &gap, error))
    return NULL;
  continue_first (self, place, &past);
  from_us = find_begin (self, &past, &gap, heard_us, now_us);
  piles = begin_at (self, place, &past, heard_us, from_us);
  if (piles != NULL
      && !open_chronicle (self, piles, &gap, from_us, now_us,
                          heard_us == SM_UNKNOWN && past.from_us <= 0, error))
    return NULL;
  if (piles == NULL
      || !sm_sim_chronicle_live (piles, from_us, now_us, self->sender.cancellable))
    {
      g_cancellable_set_error_if_cancelled (self->sender.cancellable, error);
      return NULL;
    }
  return g_steal_pointer (&piles);
}

static gboolean
write_one (SmSimCharging   *self,
           SmSimChronicle **chronicle,
           SmSimPiles     **piles,
           GError         **error)
{
  if (*chronicle == NULL)
    return TRUE;
  if (!sm_sim_chronicle_write (*chronicle, *piles, self->sender.cancellable, error))
    return FALSE;
  g_clear_pointer (chronicle, sm_sim_chronicle_free);
  g_clear_pointer (piles, sm_sim_piles_free);
  return TRUE;
}

/* The time they were away is written before they speak again: when it is cut
 * short, they go on from where they were heard last, through the same. */
static gboolean
write_gap (SmSimCharging  *self,
           GError        **error)
{
  return !self->is_gap || write_one (self, &self->chronicle, &self->chronicle_piles, error);
}

/**
 * sm_sim_charging_prepare:
 *
 * Brings them in and lets them live until now; from then on they can be stepped.
 */
gboolean
sm_sim_charging_prepare (SmSimCharging  *self,
                         GError        **error)
{
  guint shenzhen = sm_sim_roads_nearest (self->world->roads, 22.60, 114.06);
  g_autofree char *path = g_build_filename (self->data_dir, "shenzhen", "stations.csv", NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_auto (Place) place = { 0 };
  g_autoptr (SmSimPiles) made = NULL;
  gint64 now_us;

  if (!sm_sim_demo_import (self->sender.rules, self->sender.actor,
                           self->world->sites[shenzhen].area_id, path, self->sender.cancellable,
                           error)
      || !read_place (self, &place, error))
    return FALSE;
  now_us = sm_clock_now (sm_rules_get_network_clock (self->sender.rules));
  made = live_to (self, &place, now_us, error);
  if (made == NULL || !write_gap (self, error))
    return FALSE;
  sm_sim_piles_begin (made, rows);
  g_mutex_lock (&self->mutex);
  self->at_us = now_us;
  self->piles = g_steal_pointer (&made);
  g_mutex_unlock (&self->mutex);
  return sm_sim_send_rows (&self->sender, rows, error);
}

/** sm_sim_charging_write_past: Once it is prepared; takes its time. */
gboolean
sm_sim_charging_write_past (SmSimCharging  *self,
                            GError        **error)
{
  gint64 began_us = g_get_monotonic_time ();

  if (!write_one (self, &self->chronicle, &self->chronicle_piles, error)
      || !write_one (self, &self->old_chronicle, &self->old_piles, error))
    return FALSE;
  g_info ("The past of the piles was written in %.1f s",
          (double) (g_get_monotonic_time () - began_us) / 1e6);
  return TRUE;
}

/** sm_sim_charging_step: Sends what was due by @now_us; nothing until it is prepared. */
gboolean
sm_sim_charging_step (SmSimCharging  *self,
                      gint64          now_us,
                      GError        **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) faults = g_array_new (FALSE, FALSE, sizeof (SmFaultReport));
  SmSimPilesOutput output = { rows, orders, faults };
  gboolean has_piles;

  g_mutex_lock (&self->mutex);
  has_piles = self->piles != NULL;
  g_mutex_unlock (&self->mutex);
  if (!has_piles || (double) (now_us - self->at_us) < self->world->rate * (double) SM_SECOND)
    return TRUE;
  self->at_us = now_us;
  sm_sim_piles_advance (self->piles, now_us, &output);
  return sm_sim_send_rows (&self->sender, rows, error)
         && sm_sim_send_orders (&self->sender, orders, error)
         && sm_sim_send_faults (&self->sender, faults, error);
}

/** sm_sim_charging_command: @out_answer: (out) (nullable): what the pile says to it */
gboolean
sm_sim_charging_command (SmSimCharging  *self,
                         SmNounId        noun,
                         gint64          id,
                         guint           kind,
                         gboolean        is_operative,
                         gint64          now_us,
                         const char    **out_answer)
{
  gboolean has_piles;

  g_mutex_lock (&self->mutex);
  has_piles = self->piles != NULL;
  g_mutex_unlock (&self->mutex);
  if (has_piles)
    return sm_sim_piles_command (self->piles, noun, id, kind, is_operative, now_us, out_answer);
  *out_answer = "not ready";
  return FALSE;
}
