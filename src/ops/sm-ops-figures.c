/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-cache-reader.h"
#include "sm-ops-private.h"

#include <string.h>

/*
 * The figures: what is in memory is counted at once, what is only in the cache
 * by the reader's thread, at most once a second.
 */

#define COUNT_INTERVAL_MS 1000

typedef struct
{
  SmFigureValues values; /* only what the cache knows */
  guint n_vehicles;
} Counts;

static gboolean
count_one (SmConnection  *connection,
           SmNounId       noun,
           guint          field,
           guint         *counts,
           guint          n_counts,
           guint         *out_total,
           GError       **error)
{
  return sm_cache_count (connection, sm_noun_get (noun), field, counts, n_counts, out_total, error);
}

static gboolean
count_all (SmConnection  *connection,
           Counts        *counts,
           GError       **error)
{
  SmFigureValues *values = &counts->values;
  guint by_connection[SM_FIGURE_CONNECTIONS];

  return count_one (connection, SM_NOUN_STATION, SM_STATION_STATE, values->stations_by_state,
                    SM_FIGURE_STATION_STATES, &values->stations, error)
         && count_one (connection, SM_NOUN_STATION, SM_STATION_CONNECTION,
                        values->stations_by_connection, SM_FIGURE_CONNECTIONS, &values->stations,
                        error)
         && count_one (connection, SM_NOUN_PILE, SM_PILE_CONNECTION, values->piles_by_connection,
                        SM_FIGURE_CONNECTIONS, &values->piles, error)
         && count_one (connection, SM_NOUN_CONNECTOR, SM_CONNECTOR_STATUS,
                        values->connectors_by_status, SM_FIGURE_CONNECTOR_STATUSES,
                        &values->connectors, error)
         && count_one (connection, SM_NOUN_VEHICLE, SM_VEHICLE_CONNECTION, by_connection,
                        SM_FIGURE_CONNECTIONS, &counts->n_vehicles, error);
}

/* All of one moment, so that every bar sums to its total. */
static gpointer
count_cb (SmConnection  *connection,
          gpointer       data,
          GError       **error)
{
  g_autofree Counts *counts = g_new0 (Counts, 1);
  gboolean counted;

  if (!sm_cache_read_begin (connection, error))
    return NULL;
  counted = count_all (connection, counts, error);
  sm_cache_read_end (connection);
  return counted ? g_steal_pointer (&counts) : NULL;
}

static void
take_counts (SmOps        *self,
             const Counts *counts)
{
  const SmFigureValues *from = &counts->values;
  SmFigureValues *to = &self->values;

  to->stations = from->stations;
  memcpy (to->stations_by_state, from->stations_by_state, sizeof to->stations_by_state);
  memcpy (to->stations_by_connection, from->stations_by_connection,
          sizeof to->stations_by_connection);
  to->piles = from->piles;
  memcpy (to->piles_by_connection, from->piles_by_connection, sizeof to->piles_by_connection);
  to->connectors = from->connectors;
  memcpy (to->connectors_by_status, from->connectors_by_status, sizeof to->connectors_by_status);
  to->is_whole = self->counts_are_whole;
  self->n_vehicles = counts->n_vehicles;
  sm_ops_count_moved (self);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmOps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Counts *counts = sm_sync_read_finish (result, &error);

  self->counting = FALSE;
  if (counts != NULL)
    take_counts (self, counts);
  if (self->counts_are_old)
    sm_ops_count_later (self);
}

static gboolean
count_timer_cb (gpointer user_data)
{
  SmOps *self = user_data;

  self->count_timer = 0;
  if (!self->is_started)
    return G_SOURCE_REMOVE;
  self->counting = TRUE;
  self->counts_are_old = FALSE;
  self->counts_are_whole = self->is_whole;
  sm_sync_read_async (self->sync, count_cb, NULL, NULL, g_free, self->cancellable, counted_cb,
                      g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* The cache has changed: count again, soon, and not while a count is running. */
void
sm_ops_count_later (SmOps *self)
{
  self->counts_are_old = TRUE;
  /* A count that was under way is told of after the end, too. */
  if (self->is_started && !self->counting && self->count_timer == 0)
    self->count_timer = g_timeout_add (self->values.stations == 0 ? 50 : COUNT_INTERVAL_MS,
                                       count_timer_cb, self);
}

void
sm_ops_count_moved (SmOps *self)
{
  sm_figures_count_vehicles (&self->values, sm_fleet_get_columns (self->fleet), self->n_vehicles);
  sm_figures_set_values (self->figures, &self->values);
  sm_service_count_vehicles (&self->service_values, sm_fleet_get_columns (self->fleet));
  sm_service_figures_set_values (self->service, &self->service_values);
}

void
sm_ops_count_stations (SmOps *self)
{
  sm_service_count_stations (&self->service_values, G_LIST_MODEL (self->stations));
  sm_service_figures_set_values (self->service, &self->service_values);
}

void
sm_ops_count_alarms (SmOps *self)
{
  sm_figures_count_alarms (&self->values, G_LIST_MODEL (sm_alarm_book_get_set (self->alarms)));
  sm_figures_set_values (self->figures, &self->values);
}

void
sm_ops_count_acts (SmOps *self)
{
  self->values.pending = self->values.conflicts = 0;
  for (guint i = 0; i < self->acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (self->acts, i);

      if (act->state == SM_ACT_CONFLICT)
        self->values.conflicts++;
      else
        self->values.pending++;
    }
  self->values.elsewhere = self->n_elsewhere;
  sm_figures_set_values (self->figures, &self->values);
}
