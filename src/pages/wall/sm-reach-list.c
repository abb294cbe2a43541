/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-reach-list.h"

#include "sm-i18n.h"
#include "sm-link.h"
#include "sm-time.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The nearest are what a dispatcher names on the phone. */
#define MOST 5
/* A way by road is longer than the straight line. */
#define DETOUR 1.3
#define EQUATOR_M 40075016.686

typedef struct
{
  const SmRow *station;
  double metres;
} Near;

/* By road, near enough to tell which is nearest. */
static double
distance_m (SmWorldPoint a,
            const SmRow *station)
{
  double latitude, longitude;
  SmWorldPoint b = sm_world_project (sm_row_get_real (station, SM_STATION_LATITUDE),
                                     sm_row_get_real (station, SM_STATION_LONGITUDE));
  double dx = ((double) a.x - (double) b.x) / 4294967296.0;
  double dy = ((double) a.y - (double) b.y) / 4294967296.0;

  sm_world_unproject (a, &latitude, &longitude);
  return hypot (dx, dy) * EQUATOR_M * cos (latitude * G_PI / 180) * DETOUR;
}

/* Whether that model of truck takes packs there at all. */
static gboolean
is_compatible (SmDirectory *directory,
               const char  *vehicle_model,
               gint64       station_id)
{
  GPtrArray *rows = sm_directory_get_rows (directory, SM_NOUN_COMPATIBILITY);

  for (guint i = 0; i < rows->len; i++)
    {
      const SmRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (sm_row_get_text (row, SM_COMPATIBILITY_VEHICLE_MODEL), vehicle_model) == 0
          && (sm_row_is_null (row, SM_COMPATIBILITY_STATION_ID)
              || sm_row_get_int (row, SM_COMPATIBILITY_STATION_ID) == station_id))
        return TRUE;
    }
  return rows->len == 0;
}

static gboolean
serves (const SmRow *station)
{
  guint service = sm_station_get_service (station);

  return sm_station_is_swap (station) && !sm_row_is_null (station, SM_STATION_READY_PACKS)
         && sm_row_get_int (station, SM_STATION_READY_PACKS) > 0
         && (service == SM_SERVICE_AVAILABLE || service == SM_SERVICE_DEGRADED)
         && !sm_row_is_null (station, SM_STATION_LATITUDE);
}

/* Keeps the nearest, in order. */
static void
insert_near (Near        *near,
             guint       *n,
             const SmRow *station,
             double       metres)
{
  guint at = *n;

  while (at > 0 && near[at - 1].metres > metres)
    at--;
  if (at >= MOST)
    return;
  for (guint i = MIN (*n, MOST - 1); i > at; i--)
    near[i] = near[i - 1];
  near[at] = (Near){ station, metres };
  *n = MIN (*n + 1, MOST);
}

static void
add_near (SmThingList *list,
          const Near  *near)
{
  g_autofree char *name = sm_row_dup_name (near->station, SM_STATION_NAME, sm_i18n_language ());
  g_autofree char *distance = sm_wall_distance ((gint64) near->metres);
  g_autofree char *link
      = sm_link_text ("station", sm_row_get_text (near->station, SM_STATION_SN), NULL);
  gint64 ready = sm_row_get_int (near->station, SM_STATION_READY_PACKS);
  gint64 waiting = sm_row_is_null (near->station, SM_STATION_WAITING)
                       ? 0
                       : sm_row_get_int (near->station, SM_STATION_WAITING);
  g_autofree char *about = NULL;

  /* Translators: charged packs at a station, and trucks that wait there */
  about = g_strdup_printf (_("%d ready · %d waiting"), (int) ready, (int) waiting);
  sm_thing_list_add (list, name, about, distance, 0, link);
}

/**
 * sm_reach_list:
 * @range_m: how far it comes; %SM_UNKNOWN: not known, and nothing is left out
 * @vehicle_model: (nullable)
 *
 * The nearest stations with a ready pack that the vehicle comes to.
 *
 * Returns: how many there are
 */
guint
sm_reach_list (SmThingList *list,
               SmWorldPoint at,
               gint64       range_m,
               const char  *vehicle_model,
               SmOps       *ops)
{
  GListModel *stations = sm_ops_get_stations (ops);
  Near near[MOST];
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stations) && (at.x != 0 || at.y != 0); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);
      const SmRow *station = sm_item_get_row (item);
      double metres;

      if (!serves (station))
        continue;
      metres = distance_m (at, station);
      if ((range_m == SM_UNKNOWN || metres <= (double) range_m)
          && is_compatible (sm_ops_get_directory (ops), vehicle_model, sm_item_get_id (item)))
        insert_near (near, &n, station, metres);
    }
  sm_thing_list_begin (list);
  for (guint i = 0; i < n; i++)
    add_near (list, &near[i]);
  return sm_thing_list_end (list);
}
