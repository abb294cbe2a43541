/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-vehicle-table.h"

#include "sm-figures.h"
#include "sm-i18n.h"
#include "sm-pinyin.h"
#include "sm-positions.h"
#include "sm-radix.h"
#include "sm-ranks.h"
#include "sm-time.h"
#include "sm-vehicle-row.h"

#include <math.h>
#include <string.h>

struct _SmVehicleTable
{
  GObject parent_instance;

  SmFleet *fleet;
  SmDirectory *directory;
  SmPositions *positions;
  SmVehicleFilter *filter;
  guint field; /* sorted by */
  gboolean descending;

  /* Of the directory's vehicles, as long as it is of that version. */
  guint64 version;
  guint n;
  gint32 *slots;      /* in the fleet, -1: has not reported */
  guint8 *has_text;   /* the filter's text is in its names */
  guint8 *is_within;  /* it is in the filter's fleet and area */
  guint32 *ranks;     /* in the order of a text that is sorted by */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (SmVehicleTable, sm_vehicle_table, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, sm_positions_model_init))

static void
table_forget (SmVehicleTable *self)
{
  self->n = 0;
  g_clear_pointer (&self->slots, g_free);
  g_clear_pointer (&self->has_text, g_free);
  g_clear_pointer (&self->is_within, g_free);
  g_clear_pointer (&self->ranks, g_free);
}

static void
sm_vehicle_table_finalize (GObject *object)
{
  SmVehicleTable *self = SM_VEHICLE_TABLE (object);

  table_forget (self);
  g_clear_pointer (&self->positions, sm_positions_free);
  g_clear_pointer (&self->filter, sm_vehicle_filter_free);
  g_clear_object (&self->fleet);
  g_clear_object (&self->directory);

  G_OBJECT_CLASS (sm_vehicle_table_parent_class)->finalize (object);
}

static void
sm_vehicle_table_class_init (SmVehicleTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_vehicle_table_finalize;
}

/* Which of the vehicles are in the fleet and area that are asked for. */
static void
note_within (SmVehicleTable        *self,
             const SmVehicleRecord *vehicles)
{
  g_autoptr (GHashTable) known = NULL;

  if (self->is_within != NULL || (self->filter->fleet_id == 0 && self->filter->area_id == 0))
    return;
  self->is_within = g_malloc (MAX (self->n, 1));
  known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < self->n; i++)
    {
      gint64 key = vehicles[i].fleet_id << 32 | (vehicles[i].area_id & 0xffffffff);
      gpointer found = g_hash_table_lookup (known, &key);

      if (found == NULL)
        {
          gboolean is_within
              = (self->filter->fleet_id == 0
                 || sm_directory_is_within (self->directory, SM_NOUN_FLEET, vehicles[i].fleet_id,
                                            self->filter->fleet_id))
                && (self->filter->area_id == 0
                    || sm_directory_is_within (self->directory, SM_NOUN_AREA, vehicles[i].area_id,
                                               self->filter->area_id));

          found = GINT_TO_POINTER (is_within + 1);
          g_hash_table_insert (known, g_memdup2 (&key, sizeof key), found);
        }
      self->is_within[i] = (guint8) (GPOINTER_TO_INT (found) - 1);
    }
}

static void
note_text (SmVehicleTable        *self,
           const SmVehicleRecord *vehicles)
{
  char wanted[SM_SEARCH_MAX];

  if (self->has_text != NULL || self->filter->text == NULL)
    return;
  sm_search_fold (self->filter->text, wanted, sizeof wanted);
  self->has_text = g_malloc (MAX (self->n, 1));
  for (guint i = 0; i < self->n; i++)
    self->has_text[i] = wanted[0] == '\0'
                        || sm_search_match (vehicles[i].plate, wanted) != SM_MATCH_NONE
                        || sm_search_match (vehicles[i].vin, wanted) != SM_MATCH_NONE
                        || sm_search_match (vehicles[i].model, wanted) != SM_MATCH_NONE;
}

/* What a text that is sorted by says of a vehicle. */
static char *
dup_sort_text (SmVehicleTable        *self,
               const SmVehicleRecord *vehicle)
{
  const char *language = sm_i18n_language ();

  switch (self->field)
    {
    case SM_VEHICLE_MODEL:
      return g_strdup (vehicle->model);
    case SM_VEHICLE_FLEET_ID:
      return sm_directory_dup_label (self->directory, SM_NOUN_FLEET, vehicle->fleet_id, language);
    case SM_VEHICLE_AREA_ID:
      return sm_directory_dup_label (self->directory, SM_NOUN_AREA, vehicle->area_id, language);
    case SM_VEHICLE_DRIVER_ID:
      return sm_directory_dup_label (self->directory, SM_NOUN_DRIVER, vehicle->driver_id, language);
    default:
      return NULL;
    }
}

/* What texts there are few of is ranked once for all that share it. */
static gint64
sort_text_key (const SmVehicleTable  *self,
               const SmVehicleRecord *vehicle)
{
  switch (self->field)
    {
    case SM_VEHICLE_MODEL:
      return (gint64) (gsize) vehicle->model; /* shared */
    case SM_VEHICLE_FLEET_ID:
      return vehicle->fleet_id;
    case SM_VEHICLE_AREA_ID:
      return vehicle->area_id;
    default:
      return 0;
    }
}

static void
note_ranks (SmVehicleTable        *self,
            const SmVehicleRecord *vehicles)
{
  g_autoptr (SmRanks) ranks = NULL;

  if (self->ranks != NULL || !sm_vehicle_field_is_text (self->field))
    return;
  ranks = sm_ranks_new (self->n);
  for (guint i = 0; i < self->n; i++)
    {
      gint64 key = sort_text_key (self, &vehicles[i]);

      /* Of these there are as many as vehicles. */
      if (self->field == SM_VEHICLE_PLATE || self->field == SM_VEHICLE_VIN)
        sm_ranks_borrow (ranks, self->field == SM_VEHICLE_PLATE ? vehicles[i].plate
                                                                : vehicles[i].vin);
      else if (key == 0 || !sm_ranks_add_same (ranks, key))
        sm_ranks_take (ranks, key, dup_sort_text (self, &vehicles[i]));
    }
  self->ranks = sm_ranks_finish (ranks);
}

/* Brings what is derived from the directory and the fleet's slots up to date. */
static const SmVehicleRecord *
table_prepare (SmVehicleTable *self)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (self->fleet);
  guint n;
  const SmVehicleRecord *vehicles = sm_directory_get_vehicles (self->directory, &n);

  if (self->slots == NULL || self->version != sm_directory_get_version (self->directory))
    {
      /* Most vehicles are where they were: what is right below is not looked for. */
      g_autofree gint32 *before = g_steal_pointer (&self->slots);
      guint n_before = before != NULL ? MIN (self->n, n) : 0;

      table_forget (self);
      self->version = sm_directory_get_version (self->directory);
      self->n = n;
      self->slots = g_new (gint32, MAX (n, 1));
      for (guint i = 0; i < n; i++)
        self->slots[i] = i < n_before ? before[i] : -1;
    }
  for (guint i = 0; i < n; i++)
    if (self->slots[i] < 0 || (guint) self->slots[i] >= columns->n
        || columns->id[self->slots[i]] != vehicles[i].id)
      self->slots[i] = sm_fleet_find (self->fleet, vehicles[i].id);
  note_within (self, vehicles);
  note_text (self, vehicles);
  note_ranks (self, vehicles);
  return vehicles;
}

static gboolean
range_is_asked (const SmVehicleFilter *filter)
{
  return !isnan (filter->soc_min) || !isnan (filter->soc_max) || !isnan (filter->heat_min)
         || !isnan (filter->heat_max);
}

static gboolean
is_within (double   value,
           double   least,
           double   below,
           gboolean is_unknown)
{
  if (is_unknown)
    return isnan (value);
  return (isnan (least) || value >= least) && (isnan (below) || value < below);
}

/* Whether the live values of a vehicle that has reported pass. */
static gboolean
passes_live (const SmVehicleFilter  *filter,
             const SmVehicleColumns *columns,
             guint                   slot,
             guint                   level)
{
  SmActivity activity = sm_vehicle_activity (columns, slot);

  return sm_mask_has (filter->activity,
                      activity == SM_ACTIVITY_UNKNOWN ? SM_ENUM_UNKNOWN : activity)
         && sm_mask_has (filter->motion, columns->motion[slot])
         && sm_mask_has (filter->energy, columns->energy[slot])
         && sm_mask_has (filter->connection, columns->connection[slot])
         && sm_mask_has (filter->queue, columns->queue[slot])
         && sm_mask_has (filter->reach, columns->reach[slot])
         && sm_mask_has (filter->level, level)
         && (filter->station_id == 0 || columns->station_id[slot] == filter->station_id)
         && is_within (columns->soc[slot], filter->soc_min, filter->soc_max,
                       filter->is_soc_unknown)
         && is_within (columns->temperature_c[slot], filter->heat_min, filter->heat_max,
                       filter->is_heat_unknown);
}

/* Of one that has not, everything is unknown. */
static gboolean
passes_unknown (const SmVehicleFilter *filter)
{
  return sm_mask_has (filter->activity, SM_ENUM_UNKNOWN)
         && sm_mask_has (filter->motion, SM_ENUM_UNKNOWN)
         && sm_mask_has (filter->energy, SM_ENUM_UNKNOWN)
         && sm_mask_has (filter->connection, SM_ENUM_UNKNOWN)
         && sm_mask_has (filter->queue, SM_ENUM_UNKNOWN)
         && sm_mask_has (filter->reach, SM_ENUM_UNKNOWN)
         && sm_mask_has (filter->level, 0) && filter->station_id == 0 && !range_is_asked (filter);
}

static gboolean
passes (const SmVehicleTable  *self,
        const SmVehicleRecord *vehicle,
        guint                  i)
{
  const SmVehicleFilter *filter = self->filter;
  gint32 slot = self->slots[i];

  if ((self->is_within != NULL && !self->is_within[i])
      || (self->has_text != NULL && !self->has_text[i])
      || (filter->model != NULL && g_strcmp0 (filter->model, vehicle->model) != 0))
    return FALSE;
  if (slot < 0)
    return passes_unknown (filter);
  return passes_live (filter, sm_fleet_get_columns (self->fleet), (guint) slot,
                      sm_fleet_get_levels (self->fleet)[slot]);
}

static guint32
key_of (const SmVehicleTable *self,
        guint                 i)
{
  if (self->ranks != NULL)
    return self->ranks[i] == SM_KEY_UNKNOWN
               ? SM_KEY_UNKNOWN : sm_key_of_int (self->ranks[i], self->descending);
  if (self->slots[i] < 0)
    return SM_KEY_UNKNOWN;
  return sm_vehicle_sort_key (sm_fleet_get_columns (self->fleet), (guint) self->slots[i],
                              self->field, self->descending);
}

static void
fill (gpointer  owner,
      GArray   *ids)
{
  SmVehicleTable *self = owner;
  const SmVehicleRecord *vehicles = table_prepare (self);
  g_autofree SmKeyed *keyed = g_new (SmKeyed, MAX (self->n, 1));
  guint n = 0;

  for (guint i = 0; i < self->n; i++)
    if (passes (self, &vehicles[i], i))
      keyed[n++] = (SmKeyed){ key_of (self, i), i };
  sm_radix_sort (keyed, n);
  g_array_set_size (ids, n);
  for (guint i = 0; i < n; i++)
    g_array_index (ids, gint64, i) = vehicles[keyed[i].index].id;
}

static SmRow *
make_row (gpointer owner,
          gint64   id)
{
  SmVehicleTable *self = owner;
  int slot = sm_fleet_find (self->fleet, id);

  return sm_vehicle_row_new (id, sm_directory_find_vehicle (self->directory, id),
                             sm_fleet_get_columns (self->fleet), slot);
}

static void
sm_vehicle_table_init (SmVehicleTable *self)
{
  self->positions = sm_positions_new (self, &(SmPositionsFuncs){ fill, make_row });
  self->filter = sm_vehicle_filter_new ();
  self->field = SM_VEHICLE_PLATE;
}

static void
changed_cb (SmVehicleTable *self)
{
  sm_positions_touch (self->positions);
  sm_positions_stale (self->positions);
}

/** sm_vehicle_table_new: Returns: (transfer full): all vehicles, by plate */
SmVehicleTable *
sm_vehicle_table_new (SmFleet     *fleet,
                      SmDirectory *directory)
{
  SmVehicleTable *self = g_object_new (SM_TYPE_VEHICLE_TABLE, NULL);

  self->fleet = g_object_ref (fleet);
  self->directory = g_object_ref (directory);
  g_signal_connect_object (fleet, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (directory, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  sm_positions_refresh (self->positions);
  return self;
}

/** sm_vehicle_table_set_filter: Shows what @filter (nullable: all) lets through, at once. */
void
sm_vehicle_table_set_filter (SmVehicleTable        *self,
                             const SmVehicleFilter *filter)
{
  g_return_if_fail (SM_IS_VEHICLE_TABLE (self));

  sm_vehicle_filter_free (self->filter);
  self->filter = filter != NULL ? sm_vehicle_filter_copy (filter) : sm_vehicle_filter_new ();
  g_clear_pointer (&self->has_text, g_free);
  g_clear_pointer (&self->is_within, g_free);
  sm_positions_refresh (self->positions);
}

/**
 * sm_vehicle_table_set_sort:
 * @field: of the vehicle's field table; fleet, area and driver sort by their
 *   names
 *
 * Sorts anew, at once; what is not known comes last either way.
 */
void
sm_vehicle_table_set_sort (SmVehicleTable *self,
                           guint           field,
                           gboolean        descending)
{
  g_return_if_fail (SM_IS_VEHICLE_TABLE (self) && field < SM_VEHICLE_N_FIELDS);

  if (self->field != field)
    g_clear_pointer (&self->ranks, g_free);
  self->field = field;
  self->descending = descending;
  sm_positions_refresh (self->positions);
}

/** sm_vehicle_table_set_held: While @held, nothing moves under the person's pointer. */
void
sm_vehicle_table_set_held (SmVehicleTable *self,
                           gboolean        held)
{
  g_return_if_fail (SM_IS_VEHICLE_TABLE (self));

  sm_positions_set_held (self->positions, held);
}

/** sm_vehicle_table_get_id: Returns: the vehicle at @position, without an item; 0 behind the end */
gint64
sm_vehicle_table_get_id (SmVehicleTable *self,
                         guint           position)
{
  g_return_val_if_fail (SM_IS_VEHICLE_TABLE (self), 0);

  return sm_positions_get_id (self->positions, position);
}

/** sm_vehicle_table_find: Returns: whether vehicle @id is shown; @out_position is where */
gboolean
sm_vehicle_table_find (SmVehicleTable *self,
                       gint64          id,
                       guint          *out_position)
{
  g_return_val_if_fail (SM_IS_VEHICLE_TABLE (self), FALSE);

  return sm_positions_find (self->positions, id, out_position);
}

/**
 * sm_vehicle_table_fill_mask:
 * @mask: (out caller-allocates): a byte for each slot of the fleet: whether the
 *   filter lets the vehicle through, as it is now
 * @n: how many bytes there are
 *
 * Returns: how many vehicles with a slot pass
 */
guint
sm_vehicle_table_fill_mask (SmVehicleTable *self,
                            guint8         *mask,
                            guint           n)
{
  const SmVehicleRecord *vehicles;
  guint passed = 0;

  g_return_val_if_fail (SM_IS_VEHICLE_TABLE (self) && (mask != NULL || n == 0), 0);

  memset (mask, 0, n);
  vehicles = table_prepare (self);
  for (guint i = 0; i < self->n; i++)
    if (self->slots[i] >= 0 && (guint) self->slots[i] < n && passes (self, &vehicles[i], i))
      {
        mask[self->slots[i]] = 1;
        passed++;
      }
  return passed;
}

/** sm_vehicle_table_refresh: Applies order and filter now, even while held. */
void
sm_vehicle_table_refresh (SmVehicleTable *self)
{
  g_return_if_fail (SM_IS_VEHICLE_TABLE (self));

  sm_positions_refresh (self->positions);
}
