/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-books-private.h"

#include "sm-error.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"

struct _SmBooks
{
  GHashTable *stations;   /* id -> SmBookStation */
  GHashTable *on_account; /* ids of fleets that pay later */
  GArray *tariffs;        /* of SmBookTariff, by rising valid_from */
};

static void
station_free (gpointer data)
{
  SmBookStation *station = data;

  g_time_zone_unref (station->zone);
  g_time_zone_unref (station->day_zone);
  g_free (station);
}

void
sm_books_free (SmBooks *self)
{
  g_hash_table_unref (self->stations);
  g_hash_table_unref (self->on_account);
  g_array_unref (self->tariffs);
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
  const char *state = sm_row_get_text (row, SM_STATION_STATE);

  station->id = sm_row_get_id (row);
  station->operator_id = sm_row_get_int (row, SM_ROW_OPERATOR_ID);
  station->area_id = sm_row_get_int (row, SM_ROW_AREA_ID);
  station->fleet_id = sm_row_get_int (row, SM_ROW_FLEET_ID);
  station->is_in_operation = g_strcmp0 (state, "commissioning") != 0
                             && g_strcmp0 (state, "retired") != 0;
  station->zone = find_zone (rules, sm_row_get_text (row, SM_STATION_TIME_ZONE));
  station->day_zone = find_zone (rules, rules->time_zone);
  g_hash_table_replace (self->stations, &station->id, station);
}

static void
add_fleet (SmBooks     *self,
           SmRules     *rules,
           const SmRow *row)
{
  gint64 id = sm_row_get_id (row);

  if (g_strcmp0 (sm_row_get_text (row, SM_FLEET_PAYMENT_MODE), "post_settlement") == 0)
    g_hash_table_add (self->on_account, g_memdup2 (&id, sizeof id));
}

/* One that cannot be read, or that is not by the kWh, prices nothing. */
static void
add_tariff (SmBooks     *self,
            SmRules     *rules,
            const SmRow *row)
{
  g_autoptr (GError) error = NULL;
  SmBookTariff tariff = { sm_row_get_id (row), sm_row_get_int (row, SM_TARIFF_VALID_FROM) };
  guint model = sm_row_get_enum (row, SM_TARIFF_MODEL);

  g_strlcpy (tariff.currency, sm_row_get_text (row, SM_TARIFF_CURRENCY), sizeof tariff.currency);
  if (model > SM_TARIFF_MODEL_TIME_OF_USE)
    return;
  if (sm_tariff_parse (sm_row_get_text (row, SM_TARIFF_PERIODS), &tariff.tariff, &error))
    g_array_append_val (self->tariffs, tariff);
  else
    g_info ("Tariff %s: %s", sm_row_get_text (row, SM_TARIFF_CODE), error->message);
}

static int
compare_tariffs (gconstpointer a,
                 gconstpointer b)
{
  const SmBookTariff *x = a, *y = b;

  if (x->valid_from != y->valid_from)
    return x->valid_from < y->valid_from ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

typedef void (*AddFunc) (SmBooks     *self,
                         SmRules     *rules,
                         const SmRow *row);

static gboolean
load_noun (SmBooks   *self,
           SmRules   *rules,
           SmNounId   noun,
           AddFunc    func,
           GError   **error)
{
  g_autoptr (GPtrArray) rows = sm_record_select (sm_rules_get_connection (rules),
                                                 sm_noun_get (noun), FALSE, "", SM_UNKNOWN, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    func (self, rules, rows->pdata[i]);
  return rows != NULL;
}

static SmBooks *
load (SmRules  *rules,
      GError  **error)
{
  g_autoptr (SmBooks) self = g_new0 (SmBooks, 1);

  self->stations = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, station_free);
  self->on_account = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->tariffs = g_array_new (FALSE, FALSE, sizeof (SmBookTariff));
  if (!load_noun (self, rules, SM_NOUN_STATION, add_station, error)
      || !load_noun (self, rules, SM_NOUN_FLEET, add_fleet, error)
      || !load_noun (self, rules, SM_NOUN_TARIFF, add_tariff, error))
    return NULL;
  g_array_sort (self->tariffs, compare_tariffs);
  return g_steal_pointer (&self);
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

/**
 * sm_books_find_tariff:
 * @id: of the one that the order has already, or %SM_UNKNOWN
 * @at: else the one in force then
 *
 * Returns: (transfer none) (nullable): NULL when there is none
 */
const SmBookTariff *
sm_books_find_tariff (SmRules *rules,
                      gint64   id,
                      gint64   at)
{
  SmBooks *self = get (rules, NULL);

  for (guint i = self != NULL ? self->tariffs->len : 0; i > 0; i--)
    {
      const SmBookTariff *tariff = &g_array_index (self->tariffs, SmBookTariff, i - 1);

      if (id != SM_UNKNOWN ? tariff->id == id : tariff->valid_from <= at)
        return tariff;
    }
  return NULL;
}

/** sm_books_is_on_account: Whether the fleet pays later, by bill. */
gboolean
sm_books_is_on_account (SmRules *rules,
                        gint64   fleet_id)
{
  SmBooks *self = get (rules, NULL);

  return self != NULL && g_hash_table_contains (self->on_account, &fleet_id);
}
