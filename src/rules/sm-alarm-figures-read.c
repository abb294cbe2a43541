/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-figures-read.h"

#include "sm-alarm-rates.h"
#include "sm-error.h"
#include "sm-ring-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <math.h>

/* Reckoned from the log of alarms when somebody asks, in a reader's thread: it is a
 * walk over what rang in the range, and nothing is kept that could be wrong. */

#define WINDOW (SM_ALARM_WINDOW_S * SM_SECOND)
#define MAX_STEPS 500000
#define TOP 10
#define MAX_LISTED 200
#define MAX_STALE 10000

typedef struct
{
  SmConnection *connection;
  const SmAlarmTargets *targets;
  gint64 from;
  gint64 to;
  SmAlarmFigures *figures; /* (nullable): whose lists are filled in */
} Reckoning;

/* One kind of alarm of one thing. */
typedef struct
{
  guint first; /* among the rings in the order of their keys */
  guint count;
} Run;

static gboolean
list (const Reckoning     *self,
      SmAlarmFiguresList   which,
      gint64               alarm_id,
      gint64               count,
      gint64               from,
      gint64               to,
      GError             **error)
{
  g_autoptr (SmRow) alarm = NULL;

  if (self->figures == NULL || self->figures->lists[which]->len >= MAX_LISTED)
    return TRUE;
  if (!sm_service_find (self->connection, sm_noun_get (SM_NOUN_ALARM), alarm_id, &alarm, error))
    return FALSE;
  if (alarm != NULL)
    sm_alarm_figures_add (self->figures, which, alarm, count, from, to);
  return TRUE;
}

/* --- by time --- */

static gboolean
count_floods (const Reckoning  *self,
              GArray           *rings,
              const gint64     *at,
              SmAlarmRates     *rates,
              GError          **error)
{
  g_autoptr (GArray) floods = sm_alarm_floods (at, rings->len, self->to, WINDOW,
                                               (guint) self->targets->flood_begins,
                                               (guint) self->targets->flood_ends);

  for (guint i = 0; i < floods->len; i++)
    {
      const SmAlarmFlood *flood = &g_array_index (floods, SmAlarmFlood, i);

      rates->flood_s += (double) (flood->to - flood->from) / SM_SECOND;
      if (!list (self, SM_ALARM_FIGURES_FLOODS,
                 g_array_index (rings, SmRing, flood->first).alarm_id,
                 flood->last - flood->first + 1, flood->from, flood->to, error))
        return FALSE;
    }
  rates->floods = floods->len;
  rates->flood_pct = 100 * rates->flood_s * SM_SECOND / (double) (self->to - self->from);
  return TRUE;
}

static void
count_windows (const Reckoning *self,
               GArray          *rings,
               const gint64    *at,
               SmAlarmRates    *rates)
{
  g_autoptr (GArray) windows = sm_alarm_windows (at, rings->len, self->from, self->to, WINDOW);

  for (guint i = 0; i < windows->len; i++)
    {
      guint count = g_array_index (windows, guint, i);

      rates->busiest = MAX (rates->busiest, count);
      rates->busy_windows += count > self->targets->flood_begins;
    }
  rates->windows = windows->len;
  rates->per_10min = (double) rates->count * WINDOW / (double) (self->to - self->from);
  rates->busy_pct = windows->len > 0 ? 100.0 * (double) rates->busy_windows / windows->len : 0;
  if (self->figures != NULL)
    g_array_append_vals (self->figures->windows, windows->data, windows->len);
}

static void
count_levels (GArray       *rings,
              SmAlarmRates *rates)
{
  GArray *waits[SM_ALARM_LEVELS];

  for (guint i = 0; i < SM_ALARM_LEVELS; i++)
    waits[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < rings->len; i++)
    {
      const SmRing *ring = &g_array_index (rings, SmRing, i);
      double wait_s;

      rates->level[ring->level - 1]++;
      if (ring->acked_at == SM_UNKNOWN)
        {
          rates->unacked++;
          continue;
        }
      wait_s = (double) MAX (ring->acked_at - ring->at, 0) / SM_SECOND;
      g_array_append_val (waits[ring->level - 1], wait_s);
    }
  for (guint i = 0; i < SM_ALARM_LEVELS; i++)
    {
      rates->ack_s[i] = sm_alarm_median (waits[i]);
      g_array_unref (waits[i]);
    }
}

/* --- by kind and thing --- */

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const SmRing *x = a, *y = b;

  if (x->key != y->key)
    return (x->key > y->key) - (x->key < y->key);
  return (x->at > y->at) - (x->at < y->at);
}

/* The most frequent first; of equals, whichever was first. */
static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const Run *x = a, *y = b;

  if (x->count != y->count)
    return (x->count < y->count) - (x->count > y->count);
  return (x->first > y->first) - (x->first < y->first);
}

static GArray *
find_runs (GArray *by_key)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));

  for (guint i = 0; i < by_key->len; i++)
    {
      guint key = g_array_index (by_key, SmRing, i).key;
      Run run = { i, 1 };

      while (i + 1 < by_key->len && g_array_index (by_key, SmRing, i + 1).key == key)
        {
          run.count++;
          i++;
        }
      g_array_append_val (runs, run);
    }
  g_array_sort (runs, compare_runs);
  return runs;
}

static gboolean
list_run (const Reckoning     *self,
          SmAlarmFiguresList   which,
          GArray              *by_key,
          const Run           *run,
          GError             **error)
{
  const SmRing *last = &g_array_index (by_key, SmRing, run->first + run->count - 1);

  return list (self, which, last->alarm_id, run->count,
               g_array_index (by_key, SmRing, run->first).at, last->at, error);
}

static gboolean
count_runs (const Reckoning  *self,
            GArray           *rings,
            SmAlarmRates     *rates,
            GError          **error)
{
  g_autoptr (GArray) by_key = g_array_copy (rings);
  g_autoptr (GArray) runs = NULL;
  g_autofree gint64 *at = g_new (gint64, MAX (rings->len, 1));
  gint64 top = 0;

  g_array_sort (by_key, compare_keys);
  for (guint i = 0; i < by_key->len; i++)
    at[i] = g_array_index (by_key, SmRing, i).at;
  runs = find_runs (by_key);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      if (i < TOP)
        {
          top += run->count;
          if (!list_run (self, SM_ALARM_FIGURES_TOP, by_key, run, error))
            return FALSE;
        }
      if (sm_alarm_densest (at + run->first, run->count,
                            (gint64) (self->targets->chatter_s * SM_SECOND), NULL)
          < (guint) self->targets->chatter_count)
        continue;
      rates->chattering++;
      if (!list_run (self, SM_ALARM_FIGURES_CHATTERING, by_key, run, error))
        return FALSE;
    }
  rates->top_pct = rates->count > 0 ? 100.0 * (double) top / (double) rates->count : 0;
  return TRUE;
}

static gboolean
reckon (const Reckoning  *self,
        GArray           *rings,
        SmAlarmRates     *rates,
        GError          **error)
{
  g_autofree gint64 *at = g_new (gint64, MAX (rings->len, 1));

  for (guint i = 0; i < rings->len; i++)
    at[i] = g_array_index (rings, SmRing, i).at;
  rates->count = rings->len;
  count_levels (rings, rates);
  count_windows (self, rings, at, rates);
  return count_floods (self, rings, at, rates, error) && count_runs (self, rings, rates, error);
}

/* --- the areas and the desks --- */

typedef struct
{
  SmAlarmRates rates;
  GArray *rings;
} Area;

static void
area_free (gpointer data)
{
  Area *area = data;

  g_array_unref (area->rings);
  g_free (area);
}

/* Both are told apart by their ids alone. */
static Area *
area_of (GHashTable *areas,
         gint64      id)
{
  Area *area = g_hash_table_lookup (areas, &id);

  if (area == NULL)
    {
      area = g_new0 (Area, 1);
      area->rings = g_array_new (FALSE, FALSE, sizeof (SmRing));
      g_hash_table_insert (areas, g_memdup2 (&id, sizeof id), area);
    }
  return area;
}

/* Returns: (transfer full): of those that somebody was meant to hear */
static GArray *
share_out (GArray         *rings,
           GHashTable     *areas,
           GHashTable     *desks,
           SmAlarmFigures *figures)
{
  GArray *heard = g_array_new (FALSE, FALSE, sizeof (SmRing));

  for (guint i = 0; i < rings->len; i++)
    {
      const SmRing *ring = &g_array_index (rings, SmRing, i);
      Area *area = area_of (areas, ring->area_id);
      Area *desk = area_of (desks, ring->desk_id);

      area->rates.area_id = ring->area_id;
      desk->rates.desk_id = ring->desk_id;
      area->rates.put_aside += ring->is_put_aside;
      desk->rates.put_aside += ring->is_put_aside;
      figures->total.put_aside += ring->is_put_aside;
      if (ring->is_put_aside)
        continue;
      g_array_append_val (area->rings, *ring);
      g_array_append_val (desk->rings, *ring);
      g_array_append_val (heard, *ring);
    }
  return heard;
}

static gboolean
count_stale (const Reckoning  *self,
             GArray           *stale,
             GHashTable       *areas,
             GHashTable       *desks,
             GError          **error)
{
  for (guint i = 0; i < stale->len; i++)
    {
      const SmRing *ring = &g_array_index (stale, SmRing, i);
      Area *area = area_of (areas, ring->area_id);
      Area *desk = area_of (desks, ring->desk_id);

      area->rates.area_id = ring->area_id;
      desk->rates.desk_id = ring->desk_id;
      area->rates.stale++;
      desk->rates.stale++;
      self->figures->total.stale++;
      if (!list (self, SM_ALARM_FIGURES_STALE, ring->alarm_id, 1, ring->at, SM_UNKNOWN, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_areas (gconstpointer a,
               gconstpointer b)
{
  const SmAlarmRates *x = a, *y = b;

  if (x->count != y->count)
    return (x->count < y->count) - (x->count > y->count);
  return x->area_id != y->area_id ? (x->area_id > y->area_id) - (x->area_id < y->area_id)
                                  : (x->desk_id > y->desk_id) - (x->desk_id < y->desk_id);
}

static gboolean
reckon_areas (const Reckoning  *self,
              GHashTable       *areas,
              GArray           *into,
              GError          **error)
{
  Reckoning without_lists = *self;
  GHashTableIter iter;
  gpointer value;

  without_lists.figures = NULL;
  g_hash_table_iter_init (&iter, areas);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Area *area = value;

      if (!reckon (&without_lists, area->rings, &area->rates, error))
        return FALSE;
      g_array_append_val (into, area->rates);
    }
  g_array_sort (into, compare_areas);
  return TRUE;
}

static gboolean
check_range (gint64   from,
             gint64   to,
             GError **error)
{
  if (to > from && to - from <= SM_ALARM_FIGURES_MAX)
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "out-of-range",
                "Alarm figures are of up to 31 days, and end after they begin");
  return FALSE;
}

/**
 * sm_alarm_figures_reckon:
 * @area_id: 0: of all that @actor may see
 * @now: network time; nothing is reckoned beyond it
 *
 * Returns: (transfer full) (nullable)
 */
SmAlarmFigures *
sm_alarm_figures_reckon (SmReader  *reader,
                         SmActor   *actor,
                         gint64     area_id,
                         gint64     from,
                         gint64     to,
                         gint64     now,
                         GError   **error)
{
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  g_autoptr (SmAlarmFigures) figures = sm_alarm_figures_new ();
  g_autoptr (GHashTable) areas = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        area_free);
  g_autoptr (GHashTable) desks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                        area_free);
  Reckoning self = { connection, &figures->targets, from, MIN (to, now), figures };
  g_autoptr (GArray) rings = NULL, heard = NULL, stale = NULL;

  if (!sm_actor_require (actor, "alarm.read", error) || !check_range (from, self.to, error)
      || !sm_alarm_targets_get (reader, &figures->targets, &figures->targets_rev, error))
    return NULL;
  figures->as_of = now;
  figures->from = from;
  figures->to = self.to;
  rings = sm_rings_read (connection, actor->scope, area_id, from, self.to, MAX_STEPS, error);
  if (rings == NULL)
    return NULL;
  stale = sm_rings_stale (connection, actor->scope, area_id,
                          self.to - (gint64) (figures->targets.stale_h * SM_HOUR), MAX_STALE,
                          error);
  if (stale == NULL)
    return NULL;
  heard = share_out (rings, areas, desks, figures);
  figures->total.area_id = area_id;
  return reckon (&self, heard, &figures->total, error)
                 && count_stale (&self, stale, areas, desks, error)
                 && reckon_areas (&self, areas, figures->areas, error)
                 && reckon_areas (&self, desks, figures->desks, error)
             ? g_steal_pointer (&figures)
             : NULL;
}
