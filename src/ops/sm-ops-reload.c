/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-cache-reader.h"
#include "sm-error.h"
#include "sm-ops-private.h"

/*
 * Everything is read from the cache in the reader's thread, first what is seen
 * first, and laid into the models piece by piece: the main loop has its turn
 * between any two.  What comes from the feeds meanwhile goes on top of it, in
 * its order.
 */

/* So many vehicles at most are taken over in one turn. */
#define VEHICLES_AT_ONCE 10000
#define N_STAGES 7
/* What is not seen first leaves time to paint between any two. */
#define PAUSE_MS 4
/* So long at most is what came laid in at a time. */
#define HELD_US 3000
/* A read that failed is tried again after so long, and then after twice of it, up to the last. */
#define RETRY_MS 250
#define MAX_RETRY_MS 8000

/* Of what is held in memory, as much as was read in one go; the others are NULL. */
struct _SmOpsCopy
{
  GPtrArray *stations;
  GPtrArray *engineers;
  GPtrArray *small[SM_OPS_N_SMALL_NOUNS];
  GPtrArray *drill_steps;
  GPtrArray *windows;
  GPtrArray *alarms;
  GPtrArray *work_orders;
  GArray *marks; /* of SmAlarmMark: every alarm, open or over */
  SmVehicleBatch *vehicles;
  GArray *vehicle_ids;
  SmDirectoryData *directory;
  SmPileStatesData *piles;
  guint stage;      /* what is to be laid into the models next */
  guint n_vehicles; /* that are laid in */
  guint n_sets;     /* of those that are held whole */
};

static void
everything_free (gpointer data)
{
  SmOpsCopy *self = data;

  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_clear_pointer (&self->engineers, g_ptr_array_unref);
  for (guint i = 0; i < SM_OPS_N_SMALL_NOUNS; i++)
    g_clear_pointer (&self->small[i], g_ptr_array_unref);
  g_clear_pointer (&self->drill_steps, g_ptr_array_unref);
  g_clear_pointer (&self->windows, g_ptr_array_unref);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_clear_pointer (&self->work_orders, g_ptr_array_unref);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->vehicles, sm_vehicle_batch_unref);
  g_clear_pointer (&self->vehicle_ids, g_array_unref);
  g_clear_pointer (&self->directory, sm_directory_data_free);
  g_clear_pointer (&self->piles, sm_pile_states_data_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmOpsCopy, everything_free)

/* What is seen first. */
static gboolean
read_first (SmConnection *connection,
            SmOpsCopy    *all,
            GError      **error)
{
  all->stations = sm_cache_read_all (connection, sm_noun_get (SM_NOUN_STATION), error);
  if (all->stations == NULL)
    return FALSE;
  all->vehicles = sm_cache_read_vehicles (connection, error);
  return all->vehicles != NULL;
}

static gboolean
read_rest (SmConnection *connection,
           SmOpsCopy    *all,
           GError      **error)
{
  all->engineers = sm_cache_read_all (connection, sm_noun_get (SM_NOUN_ENGINEER), error);
  if (all->engineers == NULL)
    return FALSE;
  for (guint i = 0; i < SM_OPS_N_SMALL_NOUNS; i++)
    {
      all->small[i] = sm_cache_read_all (connection, sm_noun_get (sm_ops_small_nouns[i]), error);
      if (all->small[i] == NULL)
        return FALSE;
    }
  all->drill_steps = sm_cache_read_all (connection, sm_noun_get (SM_NOUN_DRILL_STEP), error);
  if (all->drill_steps == NULL)
    return FALSE;
  all->windows
      = sm_cache_read_all (connection, sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW), error);
  if (all->windows == NULL)
    return FALSE;
  all->alarms = sm_cache_read_open_alarms (connection, error);
  if (all->alarms == NULL)
    return FALSE;
  all->work_orders = sm_cache_read_open_work_orders (connection, error);
  if (all->work_orders == NULL)
    return FALSE;
  all->marks = sm_ops_shown_read (connection, error);
  if (all->marks == NULL)
    return FALSE;
  all->vehicle_ids = sm_cache_read_ids (connection, sm_noun_get (SM_NOUN_VEHICLE), error);
  if (all->vehicle_ids == NULL)
    return FALSE;
  all->directory = sm_directory_data_new ();
  all->piles = sm_pile_states_data_new ();
  return sm_directory_data_read (all->directory, connection, error)
         && sm_pile_states_data_read (all->piles, connection, error);
}

typedef gboolean (*ReadFunc) (SmConnection *connection, SmOpsCopy *all, GError **error);

static gpointer
read_part (SmConnection *connection,
           ReadFunc      read,
           GError      **error)
{
  g_autoptr (SmOpsCopy) all = g_new0 (SmOpsCopy, 1);
  gboolean done;

  if (!sm_cache_read_begin (connection, error))
    return NULL;
  done = read (connection, all, error);
  sm_cache_read_end (connection);
  return done ? g_steal_pointer (&all) : NULL;
}

static gpointer
read_first_cb (SmConnection *connection,
               gpointer      data,
               GError      **error)
{
  return read_part (connection, read_first, error);
}

static gpointer
read_rest_cb (SmConnection *connection,
              gpointer      data,
              GError      **error)
{
  return read_part (connection, read_rest, error);
}

/* Vehicles that are known already have newer values from the feed. */
static SmVehicleBatch *
only_unknown (SmOps          *self,
              SmVehicleBatch *batch,
              guint           first,
              guint           end)
{
  const SmVehicleColumns *from = &batch->columns;
  SmVehicleBatch *rest = sm_vehicle_batch_new (end - first);
  guint n = 0;

  for (guint i = first; i < end; i++)
    {
      if (sm_fleet_find (self->fleet, from->id[i]) >= 0)
        continue;
      sm_vehicle_columns_copy (&rest->columns, n++, from, i);
    }
  rest->columns.n = n;
  return rest;
}

static void
ops_drop_strangers (SmOps  *self,
                    GArray *ids)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (known, &g_array_index (ids, gint64, i));
  for (guint i = columns->n; i-- > 0;)
    if (!g_hash_table_contains (known, &columns->id[i]))
      sm_fleet_remove (self->fleet, columns->id[i]);
}

static void
ops_take_vehicles (SmOps     *self,
                   SmOpsCopy *all)
{
  guint end = MIN (all->n_vehicles + VEHICLES_AT_ONCE, all->vehicles->columns.n);
  g_autoptr (SmVehicleBatch) vehicles = only_unknown (self, all->vehicles, all->n_vehicles, end);

  sm_fleet_apply (self->fleet, vehicles);
  all->n_vehicles = end;
}

static void
ops_take_alarms (SmOps     *self,
                 SmOpsCopy *all)
{
  sm_alarm_book_replace (self->alarms, all->alarms);
  sm_ops_shown_take (self, g_steal_pointer (&all->marks));
  sm_ops_set_levels (self);
}

static void
ops_take_stations (SmOps     *self,
                   GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = rows->pdata[i];

      rows->pdata[i] = sm_ops_cover_station (self, row);
      sm_row_unref (row);
    }
  sm_live_set_replace (self->stations, rows);
  sm_ops_show_stations (self);
}

/* Lays in the next of what is held whole.  Each has its turn: none is long, all of them are. */
static gboolean
ops_take_set (SmOps     *self,
              SmOpsCopy *all)
{
  const struct
  {
    SmLiveSet *set;
    GPtrArray *rows; /* (nullable): it was not read */
  } others[] = {
    { self->engineers, all->engineers },
    { self->drill_steps, all->drill_steps },
    { self->windows, all->windows },
  };
  guint i = all->n_sets++;

  if (i < SM_OPS_N_SMALL_NOUNS)
    {
      if (all->small[i] != NULL)
        sm_live_set_replace (self->small[i], all->small[i]);
      return TRUE;
    }
  i -= SM_OPS_N_SMALL_NOUNS;
  if (others[i].rows != NULL)
    sm_live_set_replace (others[i].set, others[i].rows);
  return i + 1 < G_N_ELEMENTS (others);
}

/* Lays a piece into its model, if it was read; returns: whether there is more of it. */
static gboolean
ops_take_piece (SmOps     *self,
                SmOpsCopy *all)
{
  switch (all->stage)
    {
    case 0:
      if (all->stations != NULL)
        ops_take_stations (self, all->stations);
      return FALSE;
    case 1:
      if (all->vehicles != NULL)
        ops_take_vehicles (self, all);
      return all->vehicles != NULL && all->n_vehicles < all->vehicles->columns.n;
    case 2:
      if (all->vehicle_ids != NULL)
        ops_drop_strangers (self, all->vehicle_ids);
      return FALSE;
    case 3:
      return ops_take_set (self, all);
    case 4:
      if (all->directory == NULL)
        return FALSE;
      sm_directory_take (self->directory, g_steal_pointer (&all->directory));
      sm_ops_show_stations (self);
      return FALSE;
    case 5:
      if (all->piles != NULL)
        sm_pile_states_take (self->piles, g_steal_pointer (&all->piles));
      return FALSE;
    default:
      if (all->alarms != NULL)
        ops_take_alarms (self, all);
      if (all->work_orders != NULL)
        sm_work_order_book_replace (self->work_orders, all->work_orders);
      return FALSE;
    }
}

static void read_rest_of_all (SmOps *self);

/* Returns: whether there is more to be laid in. */
static gboolean
ops_take_next (SmOps     *self,
               SmOpsCopy *all)
{
  if (!ops_take_piece (self, all))
    all->stage++;
  if (all->stage < N_STAGES)
    return TRUE;
  sm_ops_count_soon (self, SM_COUNT_RECORDS | SM_COUNT_ALARMS);
  if (all->vehicles != NULL)
    {
      /* With the first picture, and not after it. */
      sm_ops_count_now (self);
      read_rest_of_all (self);
    }
  return FALSE;
}

/* What came while a copy was read or laid in. */
typedef struct
{
  GPtrArray *rows; /* of SmRow */
  GArray *gone;    /* of SmSyncRef */
} Held;

static void
held_free (gpointer data)
{
  Held *held = data;

  g_ptr_array_unref (held->rows);
  g_array_unref (held->gone);
  g_free (held);
}

static void settle_after (SmOps *self,
                          guint  wait_ms);

/* As much of what came as a turn has time for: it may be thousands of small pages. */
static void
apply_held (SmOps *self)
{
  gint64 began = g_get_monotonic_time ();
  Held *held;

  while (g_get_monotonic_time () - began < HELD_US
         && (held = g_queue_pop_head (&self->held)) != NULL)
    {
      sm_ops_apply (self, held->rows, held->gone);
      held_free (held);
    }
}

/* Lays in the next piece of the copy, or of what came after it. */
static gboolean
settle_cb (gpointer user_data)
{
  SmOps *self = user_data;
  SmOpsCopy *copy = g_queue_peek_head (&self->copies);

  self->settle_source = 0;
  if (copy != NULL)
    {
      gboolean is_first = copy->vehicles != NULL;

      if (!ops_take_next (self, copy))
        everything_free (g_queue_pop_head (&self->copies));
      settle_after (self, is_first ? 0 : PAUSE_MS);
    }
  else if (!self->is_reloading && !g_queue_is_empty (&self->held))
    {
      apply_held (self);
      settle_after (self, PAUSE_MS);
    }
  else if (!self->is_reloading)
    {
      sm_alarm_book_keep_acts (self->alarms, FALSE);
      sm_ops_show_stations (self);
      /* Only now a whole copy is shown as one. */
      sm_ops_count_soon (self, 0);
    }
  return G_SOURCE_REMOVE;
}

static void
settle_after (SmOps *self,
              guint  wait_ms)
{
  if (self->settle_source != 0)
    return;
  self->settle_source = g_timeout_add (wait_ms, settle_cb, self);
  g_source_set_name_by_id (self->settle_source, "ops settle");
}

/* A read of a part, for the reload that asked for it. */
typedef struct
{
  SmOps *ops;
  guint reload;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->ops);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
read_async (SmOps               *self,
            SmSyncReadFunc       read,
            GAsyncReadyCallback  callback)
{
  Reading *reading = g_new0 (Reading, 1);

  *reading = (Reading){ g_object_ref (self), self->reload };
  sm_sync_read_async (self->sync, read, NULL, NULL, everything_free, self->cancellable, callback,
                      reading);
}

static gboolean
retry_cb (gpointer user_data)
{
  SmOps *self = user_data;

  self->retry_source = 0;
  sm_ops_reload (self);
  return G_SOURCE_REMOVE;
}

/* What was shown before stays, with what comes from the feeds, until it can be read. */
static void
retry_later (SmOps        *self,
             const GError *error)
{
  /* There is none yet, or it is damaged: a reload follows when there is another. */
  if (g_error_matches (error, SM_ERROR, SM_ERROR_NOT_FOUND)
      || g_error_matches (error, SM_ERROR, SM_ERROR_CORRUPT))
    return;
  g_message ("reading the cache, to be read again: %s", error->message);
  if (self->retry_source != 0)
    return;
  self->retry_ms = CLAMP (self->retry_ms * 2, RETRY_MS, MAX_RETRY_MS);
  self->retry_source = g_timeout_add (self->retry_ms, retry_cb, self);
  g_source_set_name_by_id (self->retry_source, "ops read_again");
}

/* A part of a copy that is not the newest any more is not laid in. */
static SmOpsCopy *
take_part (const Reading *reading,
           GAsyncResult  *result)
{
  SmOps *self = reading->ops;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmOpsCopy) all = sm_sync_read_finish (result, &error);

  if (!self->is_started || reading->reload != self->reload)
    return NULL;
  if (all == NULL)
    retry_later (self, error);
  return g_steal_pointer (&all);
}

static void
first_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  SmOps *self = reading->ops;
  SmOpsCopy *all = take_part (reading, result);

  if (!self->is_started || reading->reload != self->reload)
    return;
  if (all != NULL)
    g_queue_push_tail (&self->copies, all);
  else
    read_rest_of_all (self);
  settle_after (self, 0);
}

static void
rest_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Reading) reading = user_data;
  SmOps *self = reading->ops;
  SmOpsCopy *all = take_part (reading, result);

  if (!self->is_started || reading->reload != self->reload)
    return;
  self->is_reloading = FALSE;
  if (all != NULL)
    g_queue_push_tail (&self->copies, all);
  if (self->retry_source == 0)
    self->retry_ms = 0;
  /* Of what was kept nothing was looked at yet but what was read. */
  if (!self->is_checked)
    sm_sync_check (self->sync);
  self->is_checked = TRUE;
  settle_after (self, PAUSE_MS);
}

static void
read_rest_of_all (SmOps *self)
{
  read_async (self, read_rest_cb, rest_cb);
}

/* Neither what was read is laid in, nor what came meanwhile. */
static void
forget_rest (SmOps *self)
{
  g_clear_handle_id (&self->retry_source, g_source_remove);
  g_queue_clear_full (&self->copies, everything_free);
  g_queue_clear_full (&self->held, held_free);
}

/**
 * sm_ops_reload:
 *
 * The copy is another one: reads everything from it.  It has what came before,
 * or what is newer: that must not be laid over it.
 */
void
sm_ops_reload (gpointer user_data)
{
  SmOps *self = user_data;

  self->reload++;
  self->is_reloading = TRUE;
  sm_alarm_book_keep_acts (self->alarms, TRUE);
  forget_rest (self);
  read_async (self, read_first_cb, first_cb);
}

/** sm_ops_is_settling: Whether what is in the cache is not all in the models yet. */
gboolean
sm_ops_is_settling (SmOps *self)
{
  return self->is_reloading || !g_queue_is_empty (&self->copies)
         || !g_queue_is_empty (&self->held);
}

/** sm_ops_lacks_parts: Whether something that is in the cache could not be read yet. */
gboolean
sm_ops_lacks_parts (SmOps *self)
{
  return self->retry_source != 0;
}

/** sm_ops_hold: Keeps what came, until what is read is laid in. */
void
sm_ops_hold (SmOps     *self,
             GPtrArray *rows,
             GArray    *gone)
{
  Held *held = g_new0 (Held, 1);

  *held = (Held){ g_ptr_array_ref (rows), g_array_ref (gone) };
  g_queue_push_tail (&self->held, held);
}

/** sm_ops_forget_held: Frees what was to be laid in. */
void
sm_ops_forget_held (SmOps *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  forget_rest (self);
  sm_alarm_book_keep_acts (self->alarms, FALSE);
}
