/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-alarm.h"
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

void
sm_ops_set_levels (SmOps *self)
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

/* Like sm_ops_set_levels(), where only alarms of @vehicles changed. */
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
    case SM_NOUN_DRILL_STEP:
      sm_live_set_remove (self->drill_steps, gone->id);
      return FALSE;
    case SM_NOUN_MAINTENANCE_WINDOW:
      sm_live_set_remove (self->windows, gone->id);
      return FALSE;
    case SM_NOUN_WORK_ORDER:
      sm_work_order_book_remove (self->work_orders, gone->id);
      return FALSE;
    case SM_NOUN_VEHICLE:
      sm_fleet_remove (self->fleet, gone->id);
      return FALSE;
    case SM_NOUN_ALARM:
      sm_alarm_book_remove (self->alarms, gone->id);
      return TRUE;
    case SM_NOUN_DESK:
    case SM_NOUN_ROSTER_ENTRY:
    case SM_NOUN_HANDOVER:
    case SM_NOUN_INSPECTION:
    case SM_NOUN_SAFETY_INCIDENT:
    case SM_NOUN_CERTIFICATE:
    case SM_NOUN_CONTACT:
    case SM_NOUN_PROBLEM_RECORD:
    case SM_NOUN_COMPLAINT:
    case SM_NOUN_PART:
      sm_live_set_remove (sm_ops_small_set (self, gone->noun->id), gone->id);
      return FALSE;
    default:
      return FALSE;
    }
}

/* Lays what came into the models. */
void
sm_ops_apply (SmOps     *self,
              GPtrArray *rows,
              GArray    *gone)
{
  g_autoptr (GPtrArray) stations = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) engineers = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) alarms = g_ptr_array_new ();
  g_autoptr (GPtrArray) orders = g_ptr_array_new ();
  g_autoptr (GHashTable) vehicles = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                           NULL);
  gboolean alarms_changed = FALSE, covers = g_hash_table_size (self->covered) > 0;

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      SmNounId noun = sm_row_get_noun (row)->id;

      sm_pile_states_record (self->piles, row);
      if (noun == SM_NOUN_STATION)
        {
          g_autoptr (SmRow) shown = sm_ops_cover_station (self, row);

          g_ptr_array_add (stations, merge (self->stations, shown, SM_LIVE));
          covers |= shown != row;
        }
      if (noun == SM_NOUN_ENGINEER)
        g_ptr_array_add (engineers, merge (self->engineers, row, SM_LIVE));
      if (noun == SM_NOUN_DRILL_STEP)
        sm_live_set_put (self->drill_steps, row);
      if (noun == SM_NOUN_MAINTENANCE_WINDOW)
        sm_live_set_put (self->windows, row);
      if (noun == SM_NOUN_ALARM)
        g_ptr_array_add (alarms, row);
      if (noun == SM_NOUN_WORK_ORDER)
        g_ptr_array_add (orders, row);
      if (sm_ops_small_set (self, noun) != NULL)
        sm_live_set_put (sm_ops_small_set (self, noun), row);
    }
  note_vehicles (self, vehicles, alarms, gone);
  sm_alarm_book_put_all (self->alarms, alarms);
  sm_work_order_book_put_all (self->work_orders, orders);
  sm_ops_shown_note (self, alarms);
  alarms_changed = alarms->len > 0;
  sm_live_set_put_all (self->stations, stations);
  sm_live_set_put_all (self->engineers, engineers);
  sm_directory_apply (self->directory, rows);
  for (guint i = 0; i < gone->len; i++)
    alarms_changed |= remove_one (self, &g_array_index (gone, SmSyncRef, i));
  ops_set_levels_of (self, vehicles);
  if (covers)
    sm_ops_show_stations (self);
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

  /* What is being read may be older: these go on top of it. */
  if (sm_ops_is_settling (self))
    sm_ops_hold (self, rows, gone);
  else
    sm_ops_apply (self, rows, gone);
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

  sm_ops_shown_follow (self, network->epoch);
  g_free (self->epoch);
  self->epoch = g_strdup (network->epoch);
  sm_status_set_network (self->status, network->name, network->time_zone, network->simulated);
  sm_status_set_drill (self->status, network->drill);
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
      self->counted_at = 0;
      sm_ops_count_soon (self, SM_COUNT_RECORDS);
    }
  sm_status_update (self->status, connectivity, problem);
}

/* What live_cb() takes. */
#define BIT(noun) (G_GUINT64_CONSTANT (1) << (noun))
#define LIVE_NOUNS \
  (BIT (SM_NOUN_STATION) | BIT (SM_NOUN_ENGINEER) | BIT (SM_NOUN_PILE) | BIT (SM_NOUN_CONNECTOR))

static void
kept_cb (gpointer user_data,
         SmKept   kept)
{
  sm_ops_set_kept (user_data, kept);
}

const SmSyncListener sm_ops_listener = {
  .reload = sm_ops_reload,
  .changed = changed_cb,
  .vehicles_moved = vehicles_moved_cb,
  .live = live_cb,
  .live_nouns = LIVE_NOUNS,
  .acts = sm_ops_take_acts,
  .stats = stats_cb,
  .guides = sm_ops_take_guides,
  .kept = kept_cb,
  .network = network_cb,
  .status = status_cb,
};
