/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-reach-list.h"

#include "sm-i18n.h"
#include "sm-link.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>

/* The nearest are what a dispatcher names on the phone. */
#define MOST 5

static void
add_station (SmThingList *list,
             const SmRow *station,
             gint64       road_m)
{
  g_autofree char *name = sm_row_dup_name (station, SM_STATION_NAME, sm_i18n_language ());
  g_autofree char *distance = sm_wall_distance (road_m);
  g_autofree char *link = sm_link_text ("station", sm_row_get_text (station, SM_STATION_SN), NULL);
  g_autofree char *about = NULL;

  /* Before the first live values nobody knows how many. */
  if (!sm_row_is_null (station, SM_STATION_READY_PACKS)
      && !sm_row_is_null (station, SM_STATION_WAITING))
    /* Translators: charged packs at a station, and trucks that wait there */
    about = g_strdup_printf (_("%d ready · %d waiting"),
                             (int) sm_row_get_int (station, SM_STATION_READY_PACKS),
                             (int) sm_row_get_int (station, SM_STATION_WAITING));
  sm_thing_list_add (list, name, about, distance, 0, link);
}

static const SmRow *
find_station (SmOps  *ops,
              gint64  id)
{
  GListModel *stations = sm_ops_get_stations (ops);

  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);

      if (sm_item_get_id (item) == id)
        return sm_item_get_row (item);
    }
  return NULL;
}

/** sm_reach_list: @found: of SmReachable, as the service says.  Returns: how many are shown */
guint
sm_reach_list (SmThingList *list,
               GArray      *found,
               SmOps       *ops)
{
  guint n = 0;

  sm_thing_list_begin (list);
  for (guint i = 0; i < found->len && n < MOST; i++)
    {
      const SmReachable *reachable = &g_array_index (found, SmReachable, i);
      const SmRow *station = find_station (ops, reachable->station_id);

      if (station == NULL)
        continue;
      add_station (list, station, reachable->road_m);
      n++;
    }
  return sm_thing_list_end (list);
}
