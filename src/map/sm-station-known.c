/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-known.h"

#include <math.h>

#include "sm-item.h"

static void
station_clear (gpointer data)
{
  g_clear_pointer (&((SmStation *) data)->row, sm_row_unref);
}

static guint8
look_of_station (SmRow *row)
{
  guint connection = sm_row_get_enum (row, SM_STATION_CONNECTION);
  const char *service = sm_row_get_text (row, SM_STATION_SERVICE);

  if (g_strcmp0 (sm_row_get_text (row, SM_STATION_STATE), "operating") != 0 ||
      g_strcmp0 (service, "closed") == 0 || g_strcmp0 (service, "in_window") == 0)
    return SM_STATION_LOOK_CLOSED;
  if (g_strcmp0 (service, "out_of_service") == 0)
    return SM_STATION_LOOK_OUT;
  if (g_strcmp0 (service, "degraded") == 0)
    return SM_STATION_LOOK_DEGRADED;
  switch (connection)
    {
    case SM_CONNECTION_ONLINE:
    case SM_CONNECTION_ASLEEP:
      return SM_STATION_LOOK_OPEN;
    case SM_CONNECTION_SILENT:
    case SM_CONNECTION_UNKNOWN_DANGER:
      return SM_STATION_LOOK_OFFLINE;
    default:
      return SM_STATION_LOOK_UNKNOWN;
    }
}

/* Station id -> worst level of what is open on it. */
static GHashTable *
collect_levels (GListModel *alarms)
{
  GHashTable *levels = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  guint n = alarms != NULL ? g_list_model_get_n_items (alarms) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *row = sm_item_get_row (item);
      gint64 level = sm_row_get_int (row, SM_ALARM_LEVEL);
      gint64 id = sm_row_get_int (row, SM_ALARM_STATION_ID);
      guint known;

      if (g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), "station") == 0)
        id = sm_row_get_int (row, SM_ALARM_SOURCE_ID);
      if (id <= 0 || level < 1 || level > 4)
        continue;
      known = GPOINTER_TO_UINT (g_hash_table_lookup (levels, &id));
      if (known == 0 || level < known)
        g_hash_table_replace (levels, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (level));
    }
  return levels;
}

static gboolean
station_equal (const SmStation *a,
               const SmStation *b)
{
  return a->at.x == b->at.x && a->at.y == b->at.y && a->look == b->look && a->level == b->level &&
         a->swap == b->swap &&
         sm_row_get_id (a->row) == sm_row_get_id (b->row);
}

/** sm_station_known_new: Returns: (transfer full): a place for SmStation that lets go of their rows */
GArray *
sm_station_known_new (void)
{
  GArray *known = g_array_new (FALSE, FALSE, sizeof (SmStation));

  g_array_set_clear_func (known, station_clear);
  return known;
}

/**
 * sm_station_known_collect:
 * @stations: (nullable): items of stations
 * @alarms: (nullable): items of what is open
 *
 * Returns: (transfer full): of SmStation, those that say where they are
 */
GArray *
sm_station_known_collect (GListModel *stations,
                          GListModel *alarms)
{
  g_autoptr (GHashTable) levels = collect_levels (alarms);
  GArray *known = sm_station_known_new ();
  guint n = stations != NULL ? g_list_model_get_n_items (stations) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);
      SmRow *row = sm_item_get_row (item);
      double latitude = sm_row_get_real (row, SM_STATION_LATITUDE);
      double longitude = sm_row_get_real (row, SM_STATION_LONGITUDE);
      gint64 id = sm_row_get_id (row);
      SmStation station;

      if (isnan (latitude) || isnan (longitude))
        continue;
      station.row = sm_row_ref (row);
      station.at = sm_world_project (latitude, longitude);
      station.look = look_of_station (row);
      station.swap = g_strcmp0 (sm_row_get_text (row, SM_STATION_KIND), "charge") != 0;
      station.level = (guint8) GPOINTER_TO_UINT (g_hash_table_lookup (levels, &id));
      g_array_append_val (known, station);
    }
  return known;
}

/** sm_station_known_equal: Whether the map shows both alike. */
gboolean
sm_station_known_equal (const GArray *a,
                        const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!station_equal (&g_array_index (a, SmStation, i), &g_array_index (b, SmStation, i)))
      return FALSE;
  return TRUE;
}
