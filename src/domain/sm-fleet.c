/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fleet.h"

#include <math.h>
#include <string.h>

struct _SmFleet
{
  GObject parent_instance;

  SmVehicleColumns columns;
  guint capacity;
  SmWorldPoint *before; /* where each was before the last batch, for interpolation */
  guint8 *levels;       /* worst open alarm: 1-4, 0 for none */
  GHashTable *slots;    /* id -> slot + 1; keys point into nothing, they are the ids */
  GHashTable *pending_levels; /* of vehicles that have not reported yet */
  guint64 version;
  gint64 moved_at;
};

G_DEFINE_FINAL_TYPE (SmFleet, sm_fleet, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

#define COLUMNS(C) \
  C (id) C (at) C (heading) C (speed_kmh) C (soc) C (temperature_c) C (motion) C (energy) \
  C (connection) C (reported_at) C (battery_id) C (range_m) C (station_id) C (queue_since) \
  C (eta) C (queue) C (reach) C (insulation_ohm_per_v) C (spread_mv)

static void
columns_resize (SmVehicleColumns *columns,
                guint             n)
{
#define RESIZE(c) columns->c = g_realloc_n (columns->c, MAX (n, 1), sizeof *columns->c);
  COLUMNS (RESIZE)
#undef RESIZE
}

static void
columns_clear (SmVehicleColumns *columns)
{
#define CLEAR(c) g_clear_pointer (&columns->c, g_free);
  COLUMNS (CLEAR)
#undef CLEAR
  columns->n = 0;
}

/** sm_vehicle_columns_copy: Copies all values of one vehicle from slot to slot. */
void
sm_vehicle_columns_copy (SmVehicleColumns       *to,
                         guint                   to_slot,
                         const SmVehicleColumns *from,
                         guint                   from_slot)
{
#define COPY(c) to->c[to_slot] = from->c[from_slot];
  COLUMNS (COPY)
#undef COPY
}

/** sm_vehicle_batch_new: Returns: (transfer full): a batch with room for @n, to be filled */
SmVehicleBatch *
sm_vehicle_batch_new (guint n)
{
  SmVehicleBatch *self = g_new0 (SmVehicleBatch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  columns_resize (&self->columns, n);
  self->columns.n = n;
  return self;
}

SmVehicleBatch *
sm_vehicle_batch_ref (SmVehicleBatch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_vehicle_batch_unref (SmVehicleBatch *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  columns_clear (&self->columns);
  g_free (self);
}

static void
sm_fleet_finalize (GObject *object)
{
  SmFleet *self = SM_FLEET (object);

  columns_clear (&self->columns);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->levels, g_free);
  g_clear_pointer (&self->slots, g_hash_table_unref);
  g_clear_pointer (&self->pending_levels, g_hash_table_unref);

  G_OBJECT_CLASS (sm_fleet_parent_class)->finalize (object);
}

static void
sm_fleet_class_init (SmFleetClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_fleet_finalize;

  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_FLEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
sm_fleet_init (SmFleet *self)
{
  self->slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->pending_levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

static void
fleet_changed (SmFleet *self)
{
  self->version++;
  g_signal_emit (self, signals[CHANGED], 0);
}

SmFleet *
sm_fleet_new (void)
{
  return g_object_new (SM_TYPE_FLEET, NULL);
}

/** sm_fleet_get_columns: Returns: (transfer none): valid until the next change */
const SmVehicleColumns *
sm_fleet_get_columns (SmFleet *self)
{
  return &self->columns;
}

/** sm_fleet_get_before: Returns: (transfer none): each slot's position before the last batch */
const SmWorldPoint *
sm_fleet_get_before (SmFleet *self)
{
  return self->before;
}

/** sm_fleet_get_levels: Returns: (transfer none): each slot's worst open alarm, 1-4, 0 for none */
const guint8 *
sm_fleet_get_levels (SmFleet *self)
{
  return self->levels;
}

/** sm_fleet_get_version: Returns: a number that grows with every change */
guint64
sm_fleet_get_version (SmFleet *self)
{
  return self->version;
}

/** sm_fleet_get_moved_at: Returns: when the last batch came, monotonic µs */
gint64
sm_fleet_get_moved_at (SmFleet *self)
{
  return self->moved_at;
}

/** sm_fleet_find: Returns: the slot of vehicle @id, or -1 */
int
sm_fleet_find (SmFleet *self,
               gint64   id)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->slots, &id)) - 1;
}

static void
fleet_grow (SmFleet *self)
{
  self->capacity = MAX (256, self->capacity * 2);
  columns_resize (&self->columns, self->capacity);
  self->before = g_renew (SmWorldPoint, self->before, self->capacity);
  self->levels = g_renew (guint8, self->levels, self->capacity);
}

static guint
fleet_add (SmFleet *self,
           gint64   id,
           SmWorldPoint at)
{
  guint slot = self->columns.n;

  if (slot == self->capacity)
    fleet_grow (self);
  self->columns.n++;
  self->before[slot] = at;
  self->levels[slot] = (guint8) GPOINTER_TO_UINT (g_hash_table_lookup (self->pending_levels, &id));
  g_hash_table_remove (self->pending_levels, &id);
  g_hash_table_insert (self->slots, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (slot + 1));
  return slot;
}

/** sm_fleet_apply: Takes over what @batch says of its vehicles; new ones get a slot. */
void
sm_fleet_apply (SmFleet        *self,
                SmVehicleBatch *batch)
{
  const SmVehicleColumns *from = &batch->columns;

  g_return_if_fail (SM_IS_FLEET (self));

  if (from->n == 0)
    return;
  /* Who is not in the batch stands still. */
  if (self->columns.n > 0)
    memcpy (self->before, self->columns.at, self->columns.n * sizeof *self->before);
  for (guint i = 0; i < from->n; i++)
    {
      int slot = sm_fleet_find (self, from->id[i]);

      if (slot < 0)
        slot = (int) fleet_add (self, from->id[i], from->at[i]);
      else if (self->columns.at[slot].x == 0 && self->columns.at[slot].y == 0)
        self->before[slot] = from->at[i];
      sm_vehicle_columns_copy (&self->columns, (guint) slot, from, i);
    }
  self->moved_at = g_get_monotonic_time ();
  fleet_changed (self);
}

/** sm_fleet_remove: Forgets vehicle @id; the last slot moves into its place. */
void
sm_fleet_remove (SmFleet *self,
                 gint64   id)
{
  int slot = sm_fleet_find (self, id);
  guint last;

  g_return_if_fail (SM_IS_FLEET (self));

  g_hash_table_remove (self->pending_levels, &id);
  if (slot < 0)
    return;
  last = self->columns.n - 1;
  g_hash_table_remove (self->slots, &id);
  if ((guint) slot != last)
    {
      sm_vehicle_columns_copy (&self->columns, (guint) slot, &self->columns, last);
      self->before[slot] = self->before[last];
      self->levels[slot] = self->levels[last];
      g_hash_table_insert (self->slots,
                           g_memdup2 (&self->columns.id[slot], sizeof (gint64)),
                           GUINT_TO_POINTER (slot + 1));
    }
  self->columns.n--;
  fleet_changed (self);
}

/**
 * sm_fleet_set_level:
 * @level: of the worst open alarm of vehicle @id: 1 (critical) to 4, or 0
 *
 * A vehicle that has not reported yet gets it with its first report.
 */
void
sm_fleet_set_level (SmFleet *self,
                    gint64   id,
                    guint    level)
{
  int slot = sm_fleet_find (self, id);

  g_return_if_fail (SM_IS_FLEET (self) && level <= 4);

  if (slot < 0)
    {
      g_hash_table_replace (self->pending_levels, g_memdup2 (&id, sizeof id),
                            GUINT_TO_POINTER (level));
      return;
    }
  if (self->levels[slot] == level)
    return;
  self->levels[slot] = (guint8) level;
  fleet_changed (self);
}

/** sm_fleet_clear: Forgets every vehicle, as after another person signed in. */
void
sm_fleet_clear (SmFleet *self)
{
  g_return_if_fail (SM_IS_FLEET (self));

  self->columns.n = 0;
  g_hash_table_remove_all (self->slots);
  g_hash_table_remove_all (self->pending_levels);
  fleet_changed (self);
}
