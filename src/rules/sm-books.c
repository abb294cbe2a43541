/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-books-private.h"

#include "sm-error.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"

struct _SmBooks
{
  GHashTable *stations; /* id -> SmBookStation */
};

static void
station_free (gpointer data)
{
  SmBookStation *station = data;

  g_time_zone_unref (station->zone);
  g_free (station);
}

void
sm_books_free (SmBooks *self)
{
  g_hash_table_unref (self->stations);
  g_free (self);
}

/** sm_books_forget: A record of @noun was written. */
void
sm_books_forget (SmRules  *rules,
                 SmNounId  noun)
{
  if (noun == SM_NOUN_STATION || noun == SM_NOUN_FLEET || noun == SM_NOUN_TARIFF)
    g_clear_pointer (&rules->books, sm_books_free);
}

/* A zone that this machine does not know is taken for the network's. */
static GTimeZone *
find_zone (SmRules    *rules,
           const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    zone = g_time_zone_new_identifier (rules->time_zone);
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

static void
add_station (SmBooks     *self,
             SmRules     *rules,
             const SmRow *row)
{
  SmBookStation *station = g_new0 (SmBookStation, 1);

  station->id = sm_row_get_id (row);
  station->operator_id = sm_row_get_int (row, SM_ROW_OPERATOR_ID);
  station->area_id = sm_row_get_int (row, SM_ROW_AREA_ID);
  station->fleet_id = sm_row_get_int (row, SM_ROW_FLEET_ID);
  station->zone = find_zone (rules, sm_row_get_text (row, SM_STATION_TIME_ZONE));
  g_hash_table_replace (self->stations, &station->id, station);
}

static SmBooks *
load (SmRules  *rules,
      GError  **error)
{
  g_autoptr (GPtrArray) stations =
      sm_record_select (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_STATION), FALSE, "",
                        SM_UNKNOWN, error);
  SmBooks *self;

  if (stations == NULL)
    return NULL;
  self = g_new0 (SmBooks, 1);
  self->stations = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, station_free);
  for (guint i = 0; i < stations->len; i++)
    add_station (self, rules, stations->pdata[i]);
  return self;
}

static SmBooks *
get (SmRules  *rules,
     GError  **error)
{
  if (rules->books == NULL)
    rules->books = load (rules, error);
  return rules->books;
}

/** sm_books_find_station: Returns: (transfer none) (nullable): NULL with @error when there is none */
const SmBookStation *
sm_books_find_station (SmRules  *rules,
                       gint64    id,
                       GError  **error)
{
  SmBooks *self = get (rules, error);
  const SmBookStation *station;

  if (self == NULL)
    return NULL;
  station = g_hash_table_lookup (self->stations, &id);
  if (station == NULL)
    sm_set_error (error, SM_ERROR_INVALID, "unknown-station",
                  "There is no station %" G_GINT64_FORMAT, id);
  return station;
}

/** sm_books_fill_vehicle: Gives @row those scope keys of the vehicle that it does not have yet. */
gboolean
sm_books_fill_vehicle (SmRules *rules,
                       SmRow   *row,
                       gint64   vehicle_id)
{
  int slot = sm_live_find_id (rules->live, vehicle_id);
  const SmLiveVehicle *vehicle;

  if (slot < 0)
    return FALSE;
  vehicle = sm_live_get_vehicle (rules->live, (guint) slot);
  if (sm_row_is_null (row, SM_ROW_OPERATOR_ID))
    sm_row_set_int (row, SM_ROW_OPERATOR_ID, vehicle->operator_id);
  if (sm_row_is_null (row, SM_ROW_AREA_ID) && vehicle->area_id != SM_UNKNOWN)
    sm_row_set_int (row, SM_ROW_AREA_ID, vehicle->area_id);
  if (sm_row_is_null (row, SM_ROW_FLEET_ID) && vehicle->fleet_id != SM_UNKNOWN)
    sm_row_set_int (row, SM_ROW_FLEET_ID, vehicle->fleet_id);
  return TRUE;
}
