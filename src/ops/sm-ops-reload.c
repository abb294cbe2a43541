/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-cache-reader.h"
#include "sm-ops-private.h"

/*
 * Everything is read from the cache in one go, in the reader's thread, and laid
 * into the models piece by piece: the main loop has its turn between any two.
 * What comes from the feeds meanwhile goes on top of it, in its order.
 */

/* So many vehicles at most are taken over in one turn. */
#define VEHICLES_AT_ONCE 10000

/* Everything that is held in memory, read from one copy. */
struct _SmOpsCopy
{
  GPtrArray *stations;
  GPtrArray *engineers;
  GPtrArray *alarms;
  SmVehicleBatch *vehicles;
  GArray *vehicle_ids;
  SmDirectoryData *directory;
  SmPileStatesData *piles;
  guint stage;      /* what is to be laid into the models next */
  guint n_vehicles; /* that are laid in */
};

static void
everything_free (gpointer data)
{
  SmOpsCopy *self = data;

  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_clear_pointer (&self->engineers, g_ptr_array_unref);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_clear_pointer (&self->vehicles, sm_vehicle_batch_unref);
  g_clear_pointer (&self->vehicle_ids, g_array_unref);
  g_clear_pointer (&self->directory, sm_directory_data_free);
  g_clear_pointer (&self->piles, sm_pile_states_data_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmOpsCopy, everything_free)

static gboolean
read_everything (SmConnection  *connection,
                 SmOpsCopy     *all,
                 GError       **error)
{
  all->stations = sm_cache_read_all (connection, sm_noun_get (SM_NOUN_STATION), error);
  if (all->stations == NULL)
    return FALSE;
  all->engineers = sm_cache_read_all (connection, sm_noun_get (SM_NOUN_ENGINEER), error);
  if (all->engineers == NULL)
    return FALSE;
  all->alarms = sm_cache_read_open_alarms (connection, error);
  if (all->alarms == NULL)
    return FALSE;
  all->vehicles = sm_cache_read_vehicles (connection, error);
  if (all->vehicles == NULL)
    return FALSE;
  all->vehicle_ids = sm_cache_read_ids (connection, sm_noun_get (SM_NOUN_VEHICLE), error);
  if (all->vehicle_ids == NULL)
    return FALSE;
  all->directory = sm_directory_data_new ();
  all->piles = sm_pile_states_data_new ();
  return sm_directory_data_read (all->directory, connection, error)
         && sm_pile_states_data_read (all->piles, connection, error);
}

static gpointer
read_everything_cb (SmConnection  *connection,
                    gpointer       data,
                    GError       **error)
{
  g_autoptr (SmOpsCopy) all = g_new0 (SmOpsCopy, 1);
  gboolean done;

  if (!sm_cache_read_begin (connection, error))
    return NULL;
  done = read_everything (connection, all, error);
  sm_cache_read_end (connection);
  return done ? g_steal_pointer (&all) : NULL;
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

/* Lays the next piece into its model; returns: whether there is more. */
static gboolean
ops_take_next (SmOps     *self,
               SmOpsCopy *all)
{
  switch (all->stage)
    {
    case 0:
      sm_live_set_replace (self->stations, all->stations);
      break;
    case 1:
      sm_live_set_replace (self->engineers, all->engineers);
      break;
    case 2:
      sm_alarm_book_replace (self->alarms, all->alarms);
      break;
    case 3:
      ops_take_vehicles (self, all);
      if (all->n_vehicles < all->vehicles->columns.n)
        return TRUE;
      break;
    case 4:
      ops_drop_strangers (self, all->vehicle_ids);
      break;
    case 5:
      sm_directory_take (self->directory, g_steal_pointer (&all->directory));
      break;
    default:
      sm_pile_states_take (self->piles, g_steal_pointer (&all->piles));
      sm_ops_set_levels (self);
      sm_ops_count_soon (self, SM_COUNT_RECORDS | SM_COUNT_ALARMS);
      return FALSE;
    }
  all->stage++;
  return TRUE;
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

/* Lays in the next piece of the copy, or of what came after it. */
static gboolean
settle_cb (gpointer user_data)
{
  SmOps *self = user_data;
  Held *held;

  if (self->copy != NULL)
    {
      if (!ops_take_next (self, self->copy))
        g_clear_pointer (&self->copy, everything_free);
      return G_SOURCE_CONTINUE;
    }
  held = self->n_reloads == 0 ? g_queue_pop_head (&self->held) : NULL;
  if (held != NULL)
    {
      sm_ops_apply (self, held->rows, held->gone);
      held_free (held);
      return G_SOURCE_CONTINUE;
    }
  self->settle_source = 0;
  /* Only now a whole copy is shown as one. */
  if (self->n_reloads == 0)
    sm_ops_count_soon (self, 0);
  return G_SOURCE_REMOVE;
}

static void
settle_soon (SmOps *self)
{
  if (self->settle_source != 0)
    return;
  self->settle_source = g_idle_add_full (G_PRIORITY_DEFAULT, settle_cb, self, NULL);
  g_source_set_name_by_id (self->settle_source, "ops settle");
}

static void
everything_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SmOps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmOpsCopy) all = sm_sync_read_finish (result, &error);

  self->n_reloads--;
  if (!self->is_started || self->n_reloads > 0)
    return;
  if (all == NULL)
    g_info ("reading the cache, to be read again: %s", error->message);
  self->copy = g_steal_pointer (&all);
  settle_soon (self);
}

/** sm_ops_reload: The copy is another one: reads everything from it. */
void
sm_ops_reload (gpointer user_data)
{
  SmOps *self = user_data;

  self->n_reloads++;
  g_clear_pointer (&self->copy, everything_free);
  sm_sync_read_async (self->sync, read_everything_cb, NULL, NULL, everything_free,
                      self->cancellable, everything_cb, g_object_ref (self));
}

/** sm_ops_is_settling: Whether what is in the cache is not all in the models yet. */
gboolean
sm_ops_is_settling (SmOps *self)
{
  return self->n_reloads > 0 || self->copy != NULL || !g_queue_is_empty (&self->held);
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
  g_clear_pointer (&self->copy, everything_free);
  g_queue_clear_full (&self->held, held_free);
}
