/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-cache-history.h"
#include "sm-cache-reader.h"
#include "sm-ops-private.h"
#include "sm-sync-ask.h"
#include "sm-time.h"

/* One thing with all that belongs to it, from the cache or from the service. */

#define LAST_ORDERS 20

void
sm_station_view_free (SmStationView *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->station, sm_row_unref);
  g_clear_pointer (&self->piles, g_ptr_array_unref);
  g_clear_pointer (&self->connectors, g_ptr_array_unref);
  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->bays, g_ptr_array_unref);
  g_clear_pointer (&self->batteries, g_ptr_array_unref);
  g_clear_pointer (&self->equipment, g_ptr_array_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_clear_pointer (&self->queue, g_array_unref);
  g_free (self);
}

typedef struct
{
  const SmNoun *noun;
  gint64 id;
} Wanted;

static gboolean
read_orders (SmConnection   *connection,
             gint64          station_id,
             GPtrArray     **out_orders,
             GError        **error)
{
  SmCacheTerm term = { SM_ORDER_STATION_ID, station_id, NULL };

  *out_orders = sm_cache_read_history (connection,
                                       &(SmCacheHistory){ .noun = sm_noun_get (SM_NOUN_ORDER),
                                                          .terms = &term,
                                                          .n_terms = 1,
                                                          .from = SM_UNKNOWN,
                                                          .to = SM_UNKNOWN,
                                                          .before_at = SM_UNKNOWN,
                                                          .limit = LAST_ORDERS },
                                       error);
  return *out_orders != NULL;
}

static gboolean
read_station (SmConnection  *connection,
              gint64         id,
              SmStationView *view,
              GError       **error)
{
  const struct
  {
    SmNounId noun;
    GPtrArray **rows;
  } parts[] = { { SM_NOUN_PILE, &view->piles },      { SM_NOUN_CONNECTOR, &view->connectors },
                { SM_NOUN_LANE, &view->lanes },      { SM_NOUN_BAY, &view->bays },
                { SM_NOUN_EQUIPMENT, &view->equipment } };

  view->station = sm_cache_read_row (connection, sm_noun_get (SM_NOUN_STATION), id, error);
  if (view->station == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      *parts[i].rows = sm_cache_read_of_station (connection, sm_noun_get (parts[i].noun), id,
                                                 error);
      if (*parts[i].rows == NULL)
        return FALSE;
    }
  view->batteries = sm_cache_read_packs_of_station (connection, id, error);
  return view->batteries != NULL && read_orders (connection, id, &view->orders, error);
}

static gpointer
read_station_cb (SmConnection  *connection,
                 gpointer       data,
                 GError       **error)
{
  const Wanted *wanted = data;
  g_autoptr (SmStationView) view = g_new0 (SmStationView, 1);
  gboolean done;

  if (!sm_cache_read_begin (connection, error))
    return NULL;
  done = read_station (connection, wanted->id, view, error);
  sm_cache_read_end (connection);
  return done ? g_steal_pointer (&view) : NULL;
}

static gpointer
read_row_cb (SmConnection  *connection,
             gpointer       data,
             GError       **error)
{
  const Wanted *wanted = data;

  return sm_cache_read_row (connection, wanted->noun, wanted->id, error);
}

/* In the order in which they are served: who is in a lane, who was called, who
 * waits longest, who comes first. */
static int
compare_queue (gconstpointer a,
               gconstpointer b)
{
  const SmQueueEntry *x = a, *y = b;
  gint64 s = x->state == SM_QUEUE_INBOUND ? x->eta : x->since;
  gint64 t = y->state == SM_QUEUE_INBOUND ? y->eta : y->since;

  if (x->state != y->state)
    return (int) y->state - (int) x->state;
  if (s != t && (s == SM_UNKNOWN || t == SM_UNKNOWN))
    return s == SM_UNKNOWN ? 1 : -1;
  return s != t ? (s > t) - (s < t) : (x->vehicle_id > y->vehicle_id) - (x->vehicle_id < y->vehicle_id);
}

/* A station's queue is the vehicles that name it. */
static GArray *
ops_find_queue (SmOps  *self,
                gint64  station_id)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  GArray *queue = g_array_new (FALSE, FALSE, sizeof (SmQueueEntry));

  for (guint i = 0; i < columns->n; i++)
    if (columns->station_id[i] == station_id && columns->queue[i] != SM_ENUM_UNKNOWN)
      {
        SmQueueEntry entry = { columns->id[i], (SmQueueState) columns->queue[i],
                               columns->queue_since[i], columns->eta[i], columns->soc[i],
                               columns->reach[i] };

        g_array_append_val (queue, entry);
      }
  g_array_sort (queue, compare_queue);
  return queue;
}

/* What was read is shown with what this person did to it. */
static void
ops_cover (SmOps  *self,
           SmRow **row)
{
  g_autoptr (SmRow) base = g_steal_pointer (row);
  SmCover cover;

  *row = sm_overlay_cover (sm_alarm_book_get_overlay (self->alarms), base, &cover);
}

static void
station_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmStationView *view = sm_sync_read_finish (result, &error);

  if (view == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  view->queue = ops_find_queue (g_task_get_source_object (task), sm_row_get_id (view->station));
  ops_cover (g_task_get_source_object (task), &view->station);
  g_task_return_pointer (task, view, (GDestroyNotify) sm_station_view_free);
}

/* A thing is shown with what this person did to it, here as in the list. */
static void
row_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SmOps *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (SmRow) row = sm_sync_read_finish (result, &error);

  if (row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  ops_cover (self, &row);
  g_task_return_pointer (task, g_steal_pointer (&row), (GDestroyNotify) sm_row_unref);
}

static void
ops_read (SmOps               *self,
          SmSyncReadFunc       func,
          const SmNoun        *noun,
          gint64               id,
          GDestroyNotify       result_free,
          GAsyncReadyCallback  read_cb,
          GTask               *task)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  *wanted = (Wanted){ noun, id };
  sm_sync_read_async (self->sync, func, wanted, g_free, result_free,
                      g_task_get_cancellable (task), read_cb, task);
}

/**
 * sm_ops_load_station_async:
 *
 * Reads a station from the cache with all that stands in it and the orders that
 * are known of it; the queue is as of now.
 */
void
sm_ops_load_station_async (SmOps               *self,
                           gint64               id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_station_async);
  if (sm_ops_check_started (self, task))
    ops_read (self, read_station_cb, sm_noun_get (SM_NOUN_STATION), id,
              (GDestroyNotify) sm_station_view_free, station_cb, g_steal_pointer (&task));
}

/** sm_ops_load_station_finish: Returns: (transfer full) (nullable): the station */
SmStationView *
sm_ops_load_station_finish (SmOps         *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** sm_ops_load_row_async: Reads one thing of any kind from the cache. */
void
sm_ops_load_row_async (SmOps               *self,
                       const SmNoun        *noun,
                       gint64               id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self) && noun != NULL);

  g_task_set_source_tag (task, sm_ops_load_row_async);
  if (sm_ops_check_started (self, task))
    ops_read (self, read_row_cb, noun, id, (GDestroyNotify) sm_row_unref, row_cb,
              g_steal_pointer (&task));
}

/** sm_ops_load_row_finish: Returns: (transfer full) (nullable): the row */
SmRow *
sm_ops_load_row_finish (SmOps         *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Asking the service for the values of one thing, with the cache behind it. */
static void
cached_live_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmRow *row = sm_sync_read_finish (result, &error);

  if (row == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_object_set_data (G_OBJECT (task), "is-cached", task);
  g_task_return_pointer (task, row, (GDestroyNotify) sm_row_unref);
}

static void
live_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SmOps *self = g_task_get_source_object (task);
  const Wanted *wanted = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  SmRow *row = sm_sync_ask_live_finish (result, &error);

  if (row != NULL)
    g_task_return_pointer (task, row, (GDestroyNotify) sm_row_unref);
  else if (!g_task_return_error_if_cancelled (task) && sm_ops_check_started (self, task))
    ops_read (self, read_row_cb, wanted->noun, wanted->id, (GDestroyNotify) sm_row_unref,
              cached_live_cb, g_steal_pointer (&task));
}

/**
 * sm_ops_load_live_async:
 * @noun: %SM_NOUN_VEHICLE, %SM_NOUN_STATION or %SM_NOUN_BATTERY
 *
 * Asks the service for all live values of one thing, of which the feed has but
 * some, or has them seldom; without an answer, what the cache has.
 */
void
sm_ops_load_live_async (SmOps               *self,
                        SmNounId             noun,
                        gint64               id,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wanted *wanted = g_new0 (Wanted, 1);

  g_return_if_fail (SM_IS_OPS (self));

  *wanted = (Wanted){ sm_noun_get (noun), id };
  g_task_set_task_data (task, wanted, g_free);
  g_task_set_source_tag (task, sm_ops_load_live_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_live_async (self->sync, wanted->noun, id, cancellable, live_cb,
                            g_steal_pointer (&task));
}

/**
 * sm_ops_load_live_finish:
 * @out_is_cached: (out) (optional): whether it is what the cache has, which may be old
 *
 * Returns: (transfer full) (nullable): id and live fields; from the cache also the record
 */
SmRow *
sm_ops_load_live_finish (SmOps         *self,
                         GAsyncResult  *result,
                         gboolean      *out_is_cached,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (out_is_cached != NULL)
    *out_is_cached = g_object_get_data (G_OBJECT (result), "is-cached") != NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
telemetry_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmTelemetry *series = sm_sync_ask_series_finish (result, &error);

  if (series == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, series, (GDestroyNotify) sm_telemetry_free);
}

/**
 * sm_ops_load_telemetry_async:
 * @noun: %SM_NOUN_VEHICLE or %SM_NOUN_STATION
 * @from: network time, µs
 * @to: likewise
 *
 * Asks the service for the values of one thing over time; no cache has them.
 */
void
sm_ops_load_telemetry_async (SmOps               *self,
                             SmNounId             noun,
                             gint64               id,
                             gint64               from,
                             gint64               to,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_telemetry_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_series_async (self->sync, sm_noun_get (noun), id, from, to, cancellable,
                              telemetry_cb, g_steal_pointer (&task));
}

/** sm_ops_load_telemetry_finish: Returns: (transfer full) (nullable): the series */
SmTelemetry *
sm_ops_load_telemetry_finish (SmOps         *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
diagnosis_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *causes = sm_sync_ask_diagnosis_finish (result, &error);

  if (causes == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, causes, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * sm_ops_load_diagnosis_async:
 *
 * Asks the service what may be behind an alarm, from all that it knows by now;
 * no cache has that.
 */
void
sm_ops_load_diagnosis_async (SmOps               *self,
                             gint64               alarm_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_diagnosis_async);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_diagnosis_async (self->sync, alarm_id, cancellable, diagnosis_cb,
                                 g_steal_pointer (&task));
}

/** sm_ops_load_diagnosis_finish: Returns: (transfer full) (nullable): of SmCauseFound, likeliest first */
GPtrArray *
sm_ops_load_diagnosis_finish (SmOps         *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/** sm_telemetry_find: Returns: the column of a field, or -1 */
int
sm_telemetry_find (const SmTelemetry *self,
                   guint              field)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->fields[i] == field)
      return (int) i;
  return -1;
}

void
sm_telemetry_free (SmTelemetry *self)
{
  sm_series_free (self);
}
