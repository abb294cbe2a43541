/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-live-private.h"

#include "sm-live-file.h"
#include "sm-record-table.h"
#include "sm-service-rows.h"
#include "sm-time.h"

#include <math.h>

#define PAGE 5000

struct _SmLive
{
  GMutex mutex;
  gint64 closed; /* the last tick that is over; the next one is open */
  gboolean touched;
  gint64 registry_rev; /* counts the changes of records */
  GArray *vehicles;    /* of SmLiveVehicle; slots are never used twice */
  GHashTable *by_id;   /* &id -> slot + 1 */
  GHashTable *by_vin;  /* vin -> slot + 1 */
  GHashTable *rows[SM_N_NOUNS]; /* &id -> SmLiveRow */
};

static void
live_row_free (gpointer data)
{
  SmLiveRow *row = data;

  sm_row_unref (row->row);
  g_free (row);
}

SmLive *
sm_live_new (gint64 machine_now)
{
  SmLive *self = g_new0 (SmLive, 1);

  g_mutex_init (&self->mutex);
  self->closed = machine_now / SM_SECOND;
  self->vehicles = g_array_new (FALSE, TRUE, sizeof (SmLiveVehicle));
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_vin = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < SM_N_NOUNS; i++)
    self->rows[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, live_row_free);
  return self;
}

void
sm_live_free (SmLive *self)
{
  g_array_unref (self->vehicles);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_vin);
  for (guint i = 0; i < SM_N_NOUNS; i++)
    g_hash_table_unref (self->rows[i]);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

void
sm_live_lock (SmLive *self)
{
  g_mutex_lock (&self->mutex);
}

void
sm_live_unlock (SmLive *self)
{
  g_mutex_unlock (&self->mutex);
}

/** sm_live_get_tick: Returns: the last closed tick */
gint64
sm_live_get_tick (SmLive *self)
{
  gint64 tick;

  g_mutex_lock (&self->mutex);
  tick = self->closed;
  g_mutex_unlock (&self->mutex);
  return tick;
}

/** sm_live_close_tick: Lets what was changed be read. Returns: whether anything was */
gboolean
sm_live_close_tick (SmLive *self,
                    gint64  machine_now)
{
  gboolean touched;

  g_mutex_lock (&self->mutex);
  touched = self->touched;
  self->touched = FALSE;
  /* Never back, also when the machine's clock is; and past the open one. */
  self->closed = MAX (self->closed + 1, machine_now / SM_SECOND);
  g_mutex_unlock (&self->mutex);
  return touched;
}

guint
sm_live_n_vehicles (SmLive *self)
{
  return self->vehicles->len;
}

SmLiveVehicle *
sm_live_get_vehicle (SmLive *self,
                     guint   slot)
{
  return &g_array_index (self->vehicles, SmLiveVehicle, slot);
}

/** sm_live_find_id: Returns: the slot of a vehicle, or -1 */
int
sm_live_find_id (SmLive *self,
                 gint64  id)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->by_id, &id)) - 1;
}

int
sm_live_find_vin (SmLive     *self,
                  const char *vin)
{
  return vin == NULL ? -1 : (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->by_vin, vin)) - 1;
}

/** sm_live_touch: The vehicle was changed: it belongs to the open tick. */
void
sm_live_touch (SmLive        *self,
               SmLiveVehicle *vehicle)
{
  vehicle->tick = self->closed + 1;
  vehicle->dirty = TRUE;
  self->touched = TRUE;
}

static SmLiveVehicle *
add_vehicle (SmLive *self,
             gint64  id)
{
  guint slot = self->vehicles->len;
  SmLiveVehicle *vehicle;

  g_array_set_size (self->vehicles, slot + 1);
  vehicle = sm_live_get_vehicle (self, slot);
  sm_live_vehicle_init (vehicle, id);
  g_hash_table_insert (self->by_id, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (slot + 1));
  return vehicle;
}

static void
note_vehicle (SmLive      *self,
              const SmRow *record)
{
  int slot = sm_live_find_id (self, sm_row_get_id (record));
  SmLiveVehicle *vehicle = slot >= 0 ? sm_live_get_vehicle (self, (guint) slot)
                                     : add_vehicle (self, sm_row_get_id (record));
  const char *vin = sm_row_get_text (record, SM_VEHICLE_VIN);
  gint64 operator_id = sm_row_get_int (record, SM_ROW_OPERATOR_ID);
  gint64 area_id = sm_row_get_int (record, SM_ROW_AREA_ID);
  gint64 fleet_id = sm_row_get_int (record, SM_ROW_FLEET_ID);

  vehicle->model = g_intern_string (sm_row_get_text (record, SM_VEHICLE_MODEL));
  vehicle->carrier_id = sm_row_get_int (record, SM_VEHICLE_CARRIER_ID);
  vehicle->gateway_id = sm_row_get_int (record, SM_VEHICLE_GATEWAY_ID);
  vehicle->period_us = (gint64) (sm_row_get_real (record, SM_VEHICLE_REPORT_PERIOD_S) * SM_SECOND);
  if (vin != NULL)
    g_hash_table_replace (self->by_vin, g_strdup (vin),
                          GUINT_TO_POINTER (sm_live_find_id (self, vehicle->id) + 1));
  if (slot >= 0 && vehicle->operator_id == operator_id && vehicle->area_id == area_id
      && vehicle->fleet_id == fleet_id)
    return;
  vehicle->operator_id = operator_id;
  vehicle->area_id = area_id;
  vehicle->fleet_id = fleet_id;
  /* Who sees it from now on has never heard of it. */
  sm_live_touch (self, vehicle);
}

static void
take_keys (SmLiveRow   *row,
           const SmRow *record)
{
  int company = sm_scope_company_field (sm_row_get_noun (record));

  row->operator_id = sm_row_get_int (record, SM_ROW_OPERATOR_ID);
  row->area_id = sm_row_get_int (record, SM_ROW_AREA_ID);
  row->fleet_id = sm_row_get_int (record, SM_ROW_FLEET_ID);
  row->organisation_id = company >= 0 ? sm_row_get_int (record, (guint) company) : SM_UNKNOWN;
}

/** sm_live_note_record: A record was written: its keys may be others now. */
void
sm_live_note_record (SmLive      *self,
                     const SmRow *record)
{
  const SmNoun *noun = sm_row_get_noun (record);
  SmLiveRow *row;

  g_mutex_lock (&self->mutex);
  row = sm_live_find_row (self, noun, sm_row_get_id (record));
  if (noun->id != SM_NOUN_VEHICLE && noun->id != SM_NOUN_ALARM
      && noun->id != SM_NOUN_COMMAND && noun->id != SM_NOUN_MAINTENANCE_WINDOW
      && noun->id != SM_NOUN_DESK && noun->id != SM_NOUN_ROSTER_ENTRY
      && noun->id != SM_NOUN_HANDOVER && noun->id != SM_NOUN_DRILL_STEP
      && noun->id != SM_NOUN_WORK_ORDER && noun->id != SM_NOUN_PROBLEM_RECORD
      && noun->id != SM_NOUN_PART && noun->id != SM_NOUN_CERTIFICATE
      && noun->id != SM_NOUN_GUIDANCE
      && noun->id != SM_NOUN_INSPECTION && noun->id != SM_NOUN_SAFETY_INCIDENT
      && noun->id != SM_NOUN_CONTACT && noun->id != SM_NOUN_COMPLAINT
      && noun->id != SM_NOUN_CHECKLIST
      && !noun->is_history)
    self->registry_rev++;
  if (noun->id == SM_NOUN_VEHICLE)
    note_vehicle (self, record);
  else if (row != NULL)
    {
      take_keys (row, record);
      row->tick = self->closed + 1;
      self->touched = TRUE;
    }
  g_mutex_unlock (&self->mutex);
}

static void
forget_vehicle (SmLive *self,
                int     slot)
{
  GHashTableIter iter;
  gpointer value;

  if (slot < 0)
    return;
  g_hash_table_remove (self->by_id, &sm_live_get_vehicle (self, (guint) slot)->id);
  g_hash_table_iter_init (&iter, self->by_vin);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (GPOINTER_TO_UINT (value) == (guint) slot + 1)
      g_hash_table_iter_remove (&iter);
  sm_live_get_vehicle (self, (guint) slot)->id = 0;
}

/** sm_live_get_registry_rev: Returns: another number after records were written; writer's thread */
gint64
sm_live_get_registry_rev (SmLive *self)
{
  return self->registry_rev;
}

/** sm_live_forget: The thing is gone from the registry. */
void
sm_live_forget (SmLive       *self,
                const SmNoun *noun,
                gint64        id)
{
  g_mutex_lock (&self->mutex);
  self->registry_rev++;
  if (noun->id == SM_NOUN_VEHICLE)
    forget_vehicle (self, sm_live_find_id (self, id));
  g_hash_table_remove (self->rows[noun->id], &id);
  g_mutex_unlock (&self->mutex);
}

/** sm_live_find_row: Returns: (transfer none) (nullable): the live row of a station, say */
SmLiveRow *
sm_live_find_row (SmLive       *self,
                  const SmNoun *noun,
                  gint64        id)
{
  return g_hash_table_lookup (self->rows[noun->id], &id);
}

/** sm_live_foreach_row: Calls @func for every live row of @noun, which may set it. */
void
sm_live_foreach_row (SmLive        *self,
                     SmNounId       noun,
                     SmLiveRowFunc  func,
                     gpointer       user_data)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->rows[noun]);
  while (g_hash_table_iter_next (&iter, &key, &value))
    func (*(const gint64 *) key, value, user_data);
}

/**
 * sm_live_set_row:
 * @record: (nullable): its record, for the keys; NULL when it is known here
 * @row: its id and live fields
 */
SmLiveRow *
sm_live_set_row (SmLive      *self,
                 const SmRow *record,
                 SmRow       *row)
{
  GHashTable *rows = self->rows[sm_row_get_noun (row)->id];
  gint64 id = sm_row_get_id (row);
  SmLiveRow *live = g_hash_table_lookup (rows, &id);

  if (live == NULL)
    {
      live = g_new0 (SmLiveRow, 1);
      live->subject = g_hash_table_size (rows);
      take_keys (live, record);
      g_hash_table_insert (rows, g_memdup2 (&id, sizeof id), live);
    }
  g_clear_pointer (&live->row, sm_row_unref);
  live->row = sm_row_ref (row);
  live->tick = self->closed + 1;
  live->dirty = TRUE;
  self->touched = TRUE;
  return live;
}

/* --- loading and saving --- */

typedef void (*RecordFunc) (SmLive      *self,
                            const SmRow *record,
                            gpointer     user_data);

static gboolean
each_record (SmLive        *self,
             SmConnection  *registry,
             SmNounId       noun,
             RecordFunc     func,
             gpointer       user_data,
             GError       **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  gint64 after_id = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) page = sm_service_list (registry, sm_noun_get (noun), all, -1, NULL,
                                                    after_id, PAGE, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        func (self, page->pdata[i], user_data);
      if (page->len < PAGE)
        return TRUE;
      after_id = sm_row_get_id (page->pdata[page->len - 1]);
    }
}

static void
note_and_tick_off (SmLive      *self,
                   const SmRow *record,
                   gpointer     user_data)
{
  gint64 id = sm_row_get_id (record);

  note_vehicle (self, record);
  g_hash_table_remove (user_data, &id);
}

/** sm_live_reload: Reads again which vehicles there are, after another process wrote. */
gboolean
sm_live_reload (SmLive        *self,
                SmConnection  *registry,
                GError       **error)
{
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;
  gboolean ok;

  g_mutex_lock (&self->mutex);
  self->registry_rev++;
  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (gone, g_memdup2 (key, sizeof (gint64)));
  ok = each_record (self, registry, SM_NOUN_VEHICLE, note_and_tick_off, gone, error);
  g_hash_table_iter_init (&iter, gone);
  while (ok && g_hash_table_iter_next (&iter, &key, NULL))
    forget_vehicle (self, sm_live_find_id (self, *(gint64 *) key));
  g_mutex_unlock (&self->mutex);
  return ok;
}

static void
restore_vehicle (SmLive      *self,
                 const SmRow *row)
{
  int slot = sm_live_find_id (self, sm_row_get_id (row));

  if (slot >= 0)
    sm_live_vehicle_from_row (sm_live_get_vehicle (self, (guint) slot), row);
}

static void
restore_row (SmLive      *self,
             const SmRow *record,
             gpointer     user_data)
{
  gint64 id = sm_row_get_id (record);
  SmRow *row = g_hash_table_lookup (user_data, &id);

  if (row != NULL)
    sm_live_set_row (self, record, row)->dirty = FALSE;
}

static gboolean
load_rows (SmLive        *self,
           SmNounId       noun,
           SmConnection  *registry,
           SmConnection  *live_file,
           GError       **error)
{
  g_autoptr (GPtrArray) rows = sm_live_file_load (live_file, sm_noun_get (noun), error);
  g_autoptr (GHashTable) by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      gint64 id = sm_row_get_id (rows->pdata[i]);

      if (noun == SM_NOUN_VEHICLE)
        restore_vehicle (self, rows->pdata[i]);
      else
        g_hash_table_insert (by_id, g_memdup2 (&id, sizeof id), rows->pdata[i]);
    }
  return g_hash_table_size (by_id) == 0
         || each_record (self, registry, noun, restore_row, by_id, error);
}

/** sm_live_load: At start: the vehicles there are, and what everything last said. */
gboolean
sm_live_load (SmLive        *self,
              SmConnection  *registry,
              SmConnection  *live_file,
              GError       **error)
{
  if (!sm_live_reload (self, registry, error))
    return FALSE;
  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (sm_noun_has_live (sm_noun_get (i))
        && !load_rows (self, i, registry, live_file, error))
      return FALSE;
  return TRUE;
}

static gboolean
save_vehicle (const SmLiveVehicle  *vehicle,
              SmConnection         *live_file,
              GError              **error)
{
  g_autoptr (SmRow) row = sm_live_vehicle_to_row (vehicle);

  return sm_record_put (live_file, row, SM_LIVE, error);
}

static gboolean
save_all (SmLive        *self,
          SmConnection  *live_file,
          GError       **error)
{
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < self->vehicles->len; i++)
    {
      const SmLiveVehicle *vehicle = sm_live_get_vehicle (self, i);

      /* Who never said anything has nothing to save. */
      if (vehicle->dirty && vehicle->id != 0 && vehicle->reported_at != SM_UNKNOWN
          && !save_vehicle (vehicle, live_file, error))
        return FALSE;
    }
  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      g_hash_table_iter_init (&iter, self->rows[i]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        if (((SmLiveRow *) value)->dirty
            && !sm_record_put (live_file, ((SmLiveRow *) value)->row, SM_LIVE, error))
          return FALSE;
    }
  return TRUE;
}

static void
clear_dirty (SmLive *self)
{
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < self->vehicles->len; i++)
    sm_live_get_vehicle (self, i)->dirty = FALSE;
  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      g_hash_table_iter_init (&iter, self->rows[i]);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        ((SmLiveRow *) value)->dirty = FALSE;
    }
}

/** sm_live_save: Writes what has changed since the last time, in one transaction. */
gboolean
sm_live_save (SmLive        *self,
              SmConnection  *live_file,
              GError       **error)
{
  if (!sm_connection_begin (live_file, error))
    return FALSE;
  if (!save_all (self, live_file, error))
    {
      sm_connection_rollback (live_file);
      return FALSE;
    }
  if (!sm_connection_commit (live_file, error))
    return FALSE;
  clear_dirty (self);
  return TRUE;
}

/* --- reading, any thread --- */

static gboolean
is_news (const SmLive  *self,
         const SmScope *scope,
         gint64         tick,
         gint64         since,
         gint64         operator_id,
         gint64         area_id,
         gint64         fleet_id,
         gint64         organisation_id)
{
  return tick > since && tick <= self->closed
         && sm_scope_has_company (scope, operator_id, area_id, fleet_id, organisation_id);
}

/**
 * sm_live_read_vehicles:
 * @since: what came after this tick; 0, or one that is still to come: everything
 *
 * Returns: (transfer full): the vehicles of @scope; with nothing new it bears
 *   the tick that was asked for
 */
SmVehicleBatch *
sm_live_read_vehicles (SmLive        *self,
                       const SmScope *scope,
                       gint64         since)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));
  SmVehicleBatch *batch;

  g_mutex_lock (&self->mutex);
  if (since > self->closed)
    since = 0;
  for (guint i = 0; i < self->vehicles->len; i++)
    {
      const SmLiveVehicle *v = sm_live_get_vehicle (self, i);

      if (v->id != 0
          && is_news (self, scope, v->tick, since, v->operator_id, v->area_id, v->fleet_id,
                      SM_UNKNOWN))
        g_array_append_val (slots, i);
    }
  batch = sm_vehicle_batch_new (slots->len);
  batch->tick = slots->len > 0 || since == 0 ? self->closed : since;
  for (guint i = 0; i < slots->len; i++)
    sm_live_vehicle_to_columns (sm_live_get_vehicle (self, g_array_index (slots, guint, i)),
                                &batch->columns, i);
  g_mutex_unlock (&self->mutex);
  return batch;
}

/** sm_live_read_rows: Returns: (transfer full): the same for another noun, as SmRow */
GPtrArray *
sm_live_read_rows (SmLive        *self,
                   const SmNoun  *noun,
                   const SmScope *scope,
                   gint64         since,
                   gint64        *out_tick)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GHashTableIter iter;
  gpointer value;

  g_mutex_lock (&self->mutex);
  if (since > self->closed)
    since = 0;
  g_hash_table_iter_init (&iter, self->rows[noun->id]);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SmLiveRow *r = value;

      if (is_news (self, scope, r->tick, since, r->operator_id, r->area_id, r->fleet_id,
                   r->organisation_id))
        g_ptr_array_add (rows, sm_row_ref (r->row));
    }
  *out_tick = rows->len > 0 || since == 0 ? self->closed : since;
  g_mutex_unlock (&self->mutex);
  return rows;
}

/**
 * sm_live_list_rows:
 *
 * Returns: (transfer full) (element-type SmRow): all of @noun, also what came in
 *   since the last tick
 */
GPtrArray *
sm_live_list_rows (SmLive       *self,
                   const SmNoun *noun)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GHashTableIter iter;
  gpointer value;

  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->rows[noun->id]);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (rows, sm_row_ref (((const SmLiveRow *) value)->row));
  g_mutex_unlock (&self->mutex);
  return rows;
}
