/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm.h"
#include "sm-cache-reader.h"
#include "sm-ops-private.h"
#include "sm-time.h"

#include <string.h>

/* What sync tells, laid into the models. */

/* The worst open alarm of each vehicle colours it on the map. */
static GHashTable *
ops_find_levels (SmOps *self)
{
  GListModel *alarms = G_LIST_MODEL (sm_alarm_book_get_set (self->alarms));
  GHashTable *levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *row = sm_item_get_row (item);
      gint64 id = sm_row_get_int (row, SM_ALARM_SOURCE_ID);
      gint64 level = sm_row_get_int (row, SM_ALARM_LEVEL);
      guint before = GPOINTER_TO_UINT (g_hash_table_lookup (levels, &id));

      if (level < 1 || level > 4
          || g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), "vehicle") != 0)
        continue;
      if (before == 0 || (guint) level < before)
        g_hash_table_replace (levels, g_memdup2 (&id, sizeof id),
                              GUINT_TO_POINTER ((guint) level));
    }
  return levels;
}

static void
ops_set_levels (SmOps *self)
{
  GHashTable *levels = ops_find_levels (self);
  GHashTableIter iter;
  gpointer id, level;

  g_hash_table_iter_init (&iter, self->levels);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (levels, id))
      sm_fleet_set_level (self->fleet, *(gint64 *) id, 0);
  g_hash_table_iter_init (&iter, levels);
  while (g_hash_table_iter_next (&iter, &id, &level))
    sm_fleet_set_level (self->fleet, *(gint64 *) id, GPOINTER_TO_UINT (level));
  g_hash_table_unref (self->levels);
  self->levels = levels;
}

/* Notes whose level @alarm may have changed. */
static void
note_vehicle (GHashTable *vehicles,
              SmRow      *alarm)
{
  gint64 id;

  if (alarm == NULL
      || g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), "vehicle") != 0)
    return;
  id = sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
  g_hash_table_replace (vehicles, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (0));
}

static void
note_vehicles (SmOps      *self,
               GHashTable *vehicles,
               GPtrArray  *alarms,
               GArray     *gone)
{
  for (guint i = 0; i < alarms->len; i++)
    note_vehicle (vehicles, g_ptr_array_index (alarms, i));
  for (guint i = 0; i < gone->len; i++)
    {
      const SmSyncRef *ref = &g_array_index (gone, SmSyncRef, i);

      if (ref->noun->id == SM_NOUN_ALARM)
        note_vehicle (vehicles, sm_alarm_book_find_base (self->alarms, ref->id));
    }
}

/* Finds the worst level of each of @vehicles among the open alarms. */
static void
find_levels_of (SmOps      *self,
                GHashTable *vehicles)
{
  GListModel *alarms = G_LIST_MODEL (sm_alarm_book_get_set (self->alarms));

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *row = sm_item_get_row (item);
      gint64 id = sm_row_get_int (row, SM_ALARM_SOURCE_ID);
      gint64 level = sm_row_get_int (row, SM_ALARM_LEVEL);
      gpointer before;

      if (!g_hash_table_lookup_extended (vehicles, &id, NULL, &before) || level < 1 || level > 4
          || g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), "vehicle") != 0)
        continue;
      if (before == NULL || (guint) level < GPOINTER_TO_UINT (before))
        g_hash_table_replace (vehicles, g_memdup2 (&id, sizeof id),
                              GUINT_TO_POINTER ((guint) level));
    }
}

/* Like ops_set_levels(), where only alarms of @vehicles changed. */
static void
ops_set_levels_of (SmOps      *self,
                   GHashTable *vehicles)
{
  GHashTableIter iter;
  gpointer id, level;

  if (g_hash_table_size (vehicles) == 0)
    return;
  find_levels_of (self, vehicles);
  g_hash_table_iter_init (&iter, vehicles);
  while (g_hash_table_iter_next (&iter, &id, &level))
    {
      sm_fleet_set_level (self->fleet, *(gint64 *) id, GPOINTER_TO_UINT (level));
      if (level == NULL)
        g_hash_table_remove (self->levels, id);
      else
        g_hash_table_replace (self->levels, g_memdup2 (id, sizeof (gint64)), level);
    }
}

/* A record's row, with the live fields that are known of it. */
static SmRow *
merge (SmLiveSet *set,
       SmRow     *row,
       SmClass    kept)
{
  SmItem *item = sm_live_set_find (set, sm_row_get_id (row));
  SmRow *merged;

  if (item == NULL)
    return sm_row_ref (row);
  merged = sm_row_copy (row);
  sm_row_copy_class (merged, sm_item_get_row (item), kept);
  return merged;
}

static gboolean
remove_one (SmOps           *self,
            const SmSyncRef *gone)
{
  sm_directory_remove (self->directory, gone->noun, gone->id);
  sm_pile_states_remove (self->piles, gone->noun, gone->id);
  switch (gone->noun->id)
    {
    case SM_NOUN_STATION:
      sm_live_set_remove (self->stations, gone->id);
      return FALSE;
    case SM_NOUN_ENGINEER:
      sm_live_set_remove (self->engineers, gone->id);
      return FALSE;
    case SM_NOUN_VEHICLE:
      sm_fleet_remove (self->fleet, gone->id);
      return FALSE;
    case SM_NOUN_ALARM:
      sm_alarm_book_remove (self->alarms, gone->id);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
ops_apply (SmOps     *self,
           GPtrArray *rows,
           GArray    *gone)
{
  g_autoptr (GPtrArray) stations = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) engineers = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) alarms = g_ptr_array_new ();
  g_autoptr (GHashTable) vehicles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                           NULL);
  gboolean alarms_changed = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      SmNounId noun = sm_row_get_noun (row)->id;

      sm_pile_states_record (self->piles, row);
      if (noun == SM_NOUN_STATION)
        g_ptr_array_add (stations, merge (self->stations, row, SM_LIVE));
      if (noun == SM_NOUN_ENGINEER)
        g_ptr_array_add (engineers, merge (self->engineers, row, SM_LIVE));
      if (noun == SM_NOUN_ALARM)
        g_ptr_array_add (alarms, row);
    }
  note_vehicles (self, vehicles, alarms, gone);
  sm_alarm_book_put_all (self->alarms, alarms);
  alarms_changed = alarms->len > 0;
  sm_live_set_put_all (self->stations, stations);
  sm_live_set_put_all (self->engineers, engineers);
  sm_directory_apply (self->directory, rows);
  for (guint i = 0; i < gone->len; i++)
    alarms_changed |= remove_one (self, &g_array_index (gone, SmSyncRef, i));
  ops_set_levels_of (self, vehicles);
  sm_directory_told (self->directory);
  sm_pile_states_told (self->piles);
  sm_ops_count_soon (self, SM_COUNT_RECORDS | (alarms_changed ? SM_COUNT_ALARMS : 0));
}

static void
changed_cb (gpointer   user_data,
            GPtrArray *rows,
            GArray    *gone)
{
  SmOps *self = user_data;

  if (self->n_reloads == 0)
    {
      ops_apply (self, rows, gone);
      return;
    }
  /* What is being read may be older: these go on top of it. */
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (self->held_rows, sm_row_ref (g_ptr_array_index (rows, i)));
  if (gone->len > 0)
    g_array_append_vals (self->held_gone, gone->data, gone->len);
}

/* Everything that is held in memory, read from one copy. */
typedef struct
{
  GPtrArray *stations;
  GPtrArray *engineers;
  GPtrArray *alarms;
  SmVehicleBatch *vehicles;
  GArray *vehicle_ids;
  SmDirectoryData *directory;
  SmPileStatesData *piles;
} Everything;

static void
everything_free (gpointer data)
{
  Everything *self = data;

  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_clear_pointer (&self->engineers, g_ptr_array_unref);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_clear_pointer (&self->vehicles, sm_vehicle_batch_unref);
  g_clear_pointer (&self->vehicle_ids, g_array_unref);
  g_clear_pointer (&self->directory, sm_directory_data_free);
  g_clear_pointer (&self->piles, sm_pile_states_data_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Everything, everything_free)

static gboolean
read_everything (SmConnection  *connection,
                 Everything    *all,
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
  g_autoptr (Everything) all = g_new0 (Everything, 1);
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
              SmVehicleBatch *batch)
{
  const SmVehicleColumns *from = &batch->columns;
  SmVehicleBatch *rest = sm_vehicle_batch_new (from->n);
  guint n = 0;

  for (guint i = 0; i < from->n; i++)
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
ops_take_everything (SmOps      *self,
                     Everything *all)
{
  g_autoptr (SmVehicleBatch) vehicles = only_unknown (self, all->vehicles);

  sm_live_set_replace (self->stations, all->stations);
  sm_live_set_replace (self->engineers, all->engineers);
  sm_alarm_book_replace (self->alarms, all->alarms);
  sm_fleet_apply (self->fleet, vehicles);
  ops_drop_strangers (self, all->vehicle_ids);
  sm_directory_take (self->directory, g_steal_pointer (&all->directory));
  sm_pile_states_take (self->piles, g_steal_pointer (&all->piles));
  ops_set_levels (self);
  sm_ops_count_soon (self, SM_COUNT_RECORDS | SM_COUNT_ALARMS);
}

static void
everything_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SmOps) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Everything) all = sm_sync_read_finish (result, &error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) gone = NULL;

  self->n_reloads--;
  if (!self->is_started || self->n_reloads > 0)
    return;
  if (all != NULL)
    ops_take_everything (self, all);
  else
    g_info ("reading the cache, to be read again: %s", error->message);
  rows = g_steal_pointer (&self->held_rows);
  gone = g_steal_pointer (&self->held_gone);
  self->held_rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  self->held_gone = g_array_new (FALSE, FALSE, sizeof (SmSyncRef));
  ops_apply (self, rows, gone);
}

static void
reload_cb (gpointer user_data)
{
  SmOps *self = user_data;

  self->n_reloads++;
  sm_sync_read_async (self->sync, read_everything_cb, NULL, NULL, everything_free,
                      self->cancellable, everything_cb, g_object_ref (self));
}

static void
vehicles_moved_cb (gpointer        user_data,
                   SmVehicleBatch *batch)
{
  SmOps *self = user_data;

  sm_fleet_apply (self->fleet, batch);
  sm_ops_count_soon (self, SM_COUNT_VEHICLES);
}

static void
put_live (SmLiveSet *set,
          GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      g_autoptr (SmRow) merged = NULL;

      /* A live row of an unknown id waits in the cache for its record. */
      if (sm_live_set_find (set, sm_row_get_id (row)) == NULL)
        continue;
      merged = merge (set, row, SM_RECORD);
      sm_live_set_put (set, merged);
    }
}

static void
live_cb (gpointer      user_data,
         const SmNoun *noun,
         GPtrArray    *rows)
{
  SmOps *self = user_data;

  if (noun->id == SM_NOUN_STATION)
    put_live (self->stations, rows);
  if (noun->id == SM_NOUN_ENGINEER)
    put_live (self->engineers, rows);
  if (noun->id == SM_NOUN_PILE || noun->id == SM_NOUN_CONNECTOR)
    sm_pile_states_live (self->piles, rows);
  if (noun->id == SM_NOUN_STATION)
    sm_ops_count_soon (self, SM_COUNT_STATIONS);
  if (noun->id == SM_NOUN_PILE || noun->id == SM_NOUN_CONNECTOR)
    sm_ops_count_soon (self, SM_COUNT_PILES);
}

static void
ops_show_conflicts (SmOps     *self,
                    GPtrArray *acts)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (acts, i);

      if (act->state == SM_ACT_CONFLICT)
        g_ptr_array_add (conflicts, sm_conflict_new (act->key, act->verb, act->noun,
                                                     act->object_id, act->created_at,
                                                     act->problem));
    }
  if (conflicts->len > 0 || g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)) > 0)
    g_list_store_splice (self->conflicts, 0,
                         g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)),
                         conflicts->pdata, conflicts->len);
}

static void
acts_cb (gpointer   user_data,
         GPtrArray *acts,
         guint      n_elsewhere)
{
  SmOps *self = user_data;

  self->n_elsewhere = n_elsewhere;
  g_clear_pointer (&self->acts, g_ptr_array_unref);
  self->acts = g_ptr_array_ref (acts);
  sm_alarm_book_set_acts (self->alarms, acts, sm_ops_get_person (self));
  ops_show_conflicts (self, acts);
  sm_ops_count_acts (self);
  ops_set_levels (self);
  sm_ops_count_soon (self, SM_COUNT_ALARMS);
}

static void
stats_cb (gpointer          user_data,
          const SmStatsNow *stats,
          gboolean          is_cached)
{
  sm_stats_set (SM_OPS (user_data)->stats, stats, is_cached);
}

static void
network_cb (gpointer             user_data,
            const SmSyncNetwork *network)
{
  SmOps *self = user_data;

  sm_status_set_network (self->status, network->name, network->time_zone, network->simulated);
  sm_status_set_last_contact (self->status, network->last_contact);
  sm_ops_set_person (self, network->person);
}

static void
status_cb (gpointer              user_data,
           const SmConnectivity *connectivity,
           const char           *problem,
           const char           *storage_problem)
{
  SmOps *self = user_data;

  sm_status_set_storage_problem (self->status, storage_problem);
  if (connectivity->is_whole != self->is_whole)
    {
      self->is_whole = connectivity->is_whole;
      /* Nobody is to see a whole copy with the figures of half a one. */
      sm_ops_count_now (self);
    }
  sm_status_update (self->status, connectivity, problem);
}

/* What live_cb() takes. */
#define BIT(noun) (G_GUINT64_CONSTANT (1) << (noun))
#define LIVE_NOUNS \
  (BIT (SM_NOUN_STATION) | BIT (SM_NOUN_ENGINEER) | BIT (SM_NOUN_PILE) | BIT (SM_NOUN_CONNECTOR))

const SmSyncListener sm_ops_listener = {
  .reload = reload_cb,
  .changed = changed_cb,
  .vehicles_moved = vehicles_moved_cb,
  .live = live_cb,
  .live_nouns = LIVE_NOUNS,
  .acts = acts_cb,
  .stats = stats_cb,
  .network = network_cb,
  .status = status_cb,
};
