/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-directory-private.h"

#include "sm-cache-reader.h"
#include "sm-sorted.h"
#include "sm-time.h"

/* What there are few of is kept as rows. */
static const SmNounId row_nouns[] = {
  SM_NOUN_AREA, SM_NOUN_FLEET, SM_NOUN_STATION, SM_NOUN_LIMIT, SM_NOUN_ORGANISATION,
  SM_NOUN_SERVICE_POINT, SM_NOUN_ENGINEER, SM_NOUN_BATTERY_MODEL, SM_NOUN_COMPATIBILITY,
  SM_NOUN_TARIFF, SM_NOUN_PART, SM_NOUN_CHECKLIST,
};

#define CHUNK_SIZE (64 * 1024)

SmDirectoryData *
sm_directory_data_new (void)
{
  SmDirectoryData *self = g_new0 (SmDirectoryData, 1);

  self->texts = g_string_chunk_new (CHUNK_SIZE);
  self->vehicles = g_array_new (FALSE, TRUE, sizeof (SmVehicleRecord));
  self->drivers = g_array_new (FALSE, TRUE, sizeof (SmDriverRecord));
  self->packs = g_array_new (FALSE, TRUE, sizeof (SmPackRecord));
  self->piles = g_array_new (FALSE, TRUE, sizeof (SmPileRecord));
  for (gsize i = 0; i < G_N_ELEMENTS (row_nouns); i++)
    self->rows[row_nouns[i]] = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  return self;
}

void
sm_directory_data_free (SmDirectoryData *self)
{
  g_return_if_fail (self != NULL);

  g_string_chunk_free (self->texts);
  g_array_unref (self->vehicles);
  g_array_unref (self->drivers);
  g_array_unref (self->packs);
  g_array_unref (self->piles);
  for (guint i = 0; i < SM_N_NOUNS; i++)
    g_clear_pointer (&self->rows[i], g_ptr_array_unref);
  g_free (self);
}

/* Texts are only ever added; what is no more used goes when all is read anew. */
static const char *
keep (SmDirectoryData *self,
      const char      *before,
      const char      *text)
{
  if (text == NULL || *text == '\0')
    return "";
  return g_strcmp0 (before, text) == 0 ? before : g_string_chunk_insert (self->texts, text);
}

/* Of texts that many share. */
static const char *
share (SmDirectoryData *self,
       const char      *text)
{
  return text == NULL || *text == '\0' ? "" : g_string_chunk_insert_const (self->texts, text);
}

/* Where the values of a record come from: a row, or the columns of a statement. */
typedef struct
{
  const SmRow *row;
  SmStatement *statement;
} Source;

static gint64
get_int (const Source *from,
         guint         column,
         guint         field)
{
  gint64 value = from->row != NULL ? sm_row_get_int (from->row, field)
                                   : sm_statement_get_int (from->statement, column);

  return value == SM_UNKNOWN ? 0 : value;
}

static double
get_real (const Source *from,
          guint         column,
          guint         field)
{
  return from->row != NULL ? sm_row_get_real (from->row, field)
                           : sm_statement_get_real (from->statement, column);
}

static const char *
get_text (const Source *from,
          guint         column,
          guint         field)
{
  return from->row != NULL ? sm_row_get_text (from->row, field)
                           : sm_statement_get_text (from->statement, column);
}

static const guint vehicle_fields[] = { SM_VEHICLE_ID, SM_VEHICLE_FLEET_ID, SM_VEHICLE_AREA_ID,
                                        SM_VEHICLE_DRIVER_ID, SM_VEHICLE_PLATE, SM_VEHICLE_VIN,
                                        SM_VEHICLE_MODEL };

static void
put_vehicle (SmDirectoryData *self,
             const Source    *from)
{
  SmVehicleRecord *record = sm_sorted_add (self->vehicles, get_int (from, 0, SM_VEHICLE_ID));

  record->id = get_int (from, 0, SM_VEHICLE_ID);
  record->fleet_id = get_int (from, 1, SM_VEHICLE_FLEET_ID);
  record->area_id = get_int (from, 2, SM_VEHICLE_AREA_ID);
  record->driver_id = get_int (from, 3, SM_VEHICLE_DRIVER_ID);
  record->plate = keep (self, record->plate, get_text (from, 4, SM_VEHICLE_PLATE));
  record->vin = keep (self, record->vin, get_text (from, 5, SM_VEHICLE_VIN));
  record->model = share (self, get_text (from, 6, SM_VEHICLE_MODEL));
}

static const guint driver_fields[] = { SM_DRIVER_ID, SM_DRIVER_FLEET_ID, SM_DRIVER_NAME,
                                       SM_DRIVER_PHONE, SM_DRIVER_LEVEL, SM_DRIVER_STATE };

static void
put_driver (SmDirectoryData *self,
            const Source    *from)
{
  SmDriverRecord *record = sm_sorted_add (self->drivers, get_int (from, 0, SM_DRIVER_ID));

  record->id = get_int (from, 0, SM_DRIVER_ID);
  record->fleet_id = get_int (from, 1, SM_DRIVER_FLEET_ID);
  record->name = share (self, get_text (from, 2, SM_DRIVER_NAME));
  record->phone = keep (self, record->phone, get_text (from, 3, SM_DRIVER_PHONE));
  record->level = share (self, get_text (from, 4, SM_DRIVER_LEVEL));
  record->state = share (self, get_text (from, 5, SM_DRIVER_STATE));
}

static const guint pack_fields[] = { SM_BATTERY_ID, SM_BATTERY_FLEET_ID,
                                     SM_BATTERY_BATTERY_MODEL_ID, SM_BATTERY_SN,
                                     SM_BATTERY_FITNESS };

static void
put_pack (SmDirectoryData *self,
          const Source    *from)
{
  SmPackRecord *record = sm_sorted_add (self->packs, get_int (from, 0, SM_BATTERY_ID));

  record->id = get_int (from, 0, SM_BATTERY_ID);
  record->fleet_id = get_int (from, 1, SM_BATTERY_FLEET_ID);
  record->model_id = get_int (from, 2, SM_BATTERY_BATTERY_MODEL_ID);
  record->sn = keep (self, record->sn, get_text (from, 3, SM_BATTERY_SN));
  record->fitness = share (self, get_text (from, 4, SM_BATTERY_FITNESS));
}

static const guint pile_fields[] = { SM_PILE_ID, SM_PILE_AREA_ID, SM_PILE_STATION_ID,
                                     SM_PILE_RATED_POWER_KW, SM_PILE_SN, SM_PILE_NAME,
                                     SM_PILE_MANUFACTURER, SM_PILE_MODEL, SM_PILE_USAGE_STATE };

static void
put_pile (SmDirectoryData *self,
          const Source    *from)
{
  SmPileRecord *record = sm_sorted_add (self->piles, get_int (from, 0, SM_PILE_ID));

  record->id = get_int (from, 0, SM_PILE_ID);
  record->area_id = get_int (from, 1, SM_PILE_AREA_ID);
  record->station_id = get_int (from, 2, SM_PILE_STATION_ID);
  record->rated_power_kw = get_real (from, 3, SM_PILE_RATED_POWER_KW);
  record->sn = keep (self, record->sn, get_text (from, 4, SM_PILE_SN));
  record->name = share (self, get_text (from, 5, SM_PILE_NAME));
  record->manufacturer = share (self, get_text (from, 6, SM_PILE_MANUFACTURER));
  record->model = share (self, get_text (from, 7, SM_PILE_MODEL));
  record->usage_state = share (self, get_text (from, 8, SM_PILE_USAGE_STATE));
}

static const struct
{
  SmNounId noun;
  const guint *fields;
  guint n_fields;
  void (*put) (SmDirectoryData *self, const Source *from);
} shelves[] = {
  { SM_NOUN_VEHICLE, vehicle_fields, G_N_ELEMENTS (vehicle_fields), put_vehicle },
  { SM_NOUN_DRIVER, driver_fields, G_N_ELEMENTS (driver_fields), put_driver },
  { SM_NOUN_BATTERY, pack_fields, G_N_ELEMENTS (pack_fields), put_pack },
  { SM_NOUN_PILE, pile_fields, G_N_ELEMENTS (pile_fields), put_pile },
};

static guint
find_row_place (GPtrArray *rows,
                gint64     id)
{
  guint low = 0, high = rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (sm_row_get_id (g_ptr_array_index (rows, middle)) < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
put_row (GPtrArray *rows,
         SmRow     *row)
{
  guint place = find_row_place (rows, sm_row_get_id (row));
  SmRow *before = place < rows->len ? g_ptr_array_index (rows, place) : NULL;

  if (before == NULL || sm_row_get_id (before) != sm_row_get_id (row))
    {
      g_ptr_array_insert (rows, (int) place, sm_row_ref (row));
      return;
    }
  rows->pdata[place] = sm_row_ref (row);
  sm_row_unref (before);
}

/** sm_directory_data_put: Takes over a record; returns: whether it is of a kind that is kept */
gboolean
sm_directory_data_put (SmDirectoryData *self,
                       SmRow           *row)
{
  SmNounId noun = sm_row_get_noun (row)->id;

  if (self->rows[noun] != NULL)
    {
      put_row (self->rows[noun], row);
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shelves); i++)
    if (shelves[i].noun == noun)
      {
        shelves[i].put (self, &(Source){ row, NULL });
        return TRUE;
      }
  return FALSE;
}

static GArray *
shelf_of (SmDirectoryData *self,
          SmNounId         noun)
{
  switch (noun)
    {
    case SM_NOUN_VEHICLE:
      return self->vehicles;
    case SM_NOUN_DRIVER:
      return self->drivers;
    case SM_NOUN_BATTERY:
      return self->packs;
    case SM_NOUN_PILE:
      return self->piles;
    default:
      return NULL;
    }
}

/** sm_directory_data_remove: Forgets a thing; returns: whether it was known */
gboolean
sm_directory_data_remove (SmDirectoryData *self,
                          const SmNoun    *noun,
                          gint64           id)
{
  GPtrArray *rows = self->rows[noun->id];
  GArray *records = shelf_of (self, noun->id);
  guint place;

  if (rows != NULL)
    {
      place = find_row_place (rows, id);
      if (place == rows->len || sm_row_get_id (g_ptr_array_index (rows, place)) != id)
        return FALSE;
      g_ptr_array_remove_index (rows, place);
      return TRUE;
    }
  return records != NULL && sm_sorted_remove (records, id);
}

typedef struct
{
  SmDirectoryData *data;
  void (*put) (SmDirectoryData *self, const Source *from);
} Scan;

static void
scan_cb (SmStatement *statement,
         gpointer     user_data)
{
  const Scan *scan = user_data;

  scan->put (scan->data, &(Source){ NULL, statement });
}

/** sm_directory_data_read: Reads all from the cache, column by column where there is much. */
gboolean
sm_directory_data_read (SmDirectoryData *self,
                        SmConnection    *connection,
                        GError         **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (row_nouns); i++)
    {
      GPtrArray *rows = sm_cache_read_all (connection, sm_noun_get (row_nouns[i]), error);

      if (rows == NULL)
        return FALSE;
      g_ptr_array_unref (self->rows[row_nouns[i]]);
      self->rows[row_nouns[i]] = rows;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shelves); i++)
    {
      Scan scan = { self, shelves[i].put };

      if (!sm_cache_scan (connection, sm_noun_get (shelves[i].noun), shelves[i].fields,
                          shelves[i].n_fields, scan_cb, &scan, error))
        return FALSE;
    }
  return TRUE;
}
