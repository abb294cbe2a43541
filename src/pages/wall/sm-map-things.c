/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-things.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of one noun: as many items as there are rows, so that items outlive changes. */
static void
take_rows (GListStore *store,
           GPtrArray  *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      g_autoptr (SmItem) item = i < n ? g_list_model_get_item (G_LIST_MODEL (store), i) : NULL;

      if (item == NULL)
        {
          item = sm_item_new (row);
          g_list_store_append (store, item);
        }
      else if (sm_item_get_row (item) != row)
        sm_item_set_row (item, row);
    }
  if (rows->len < n)
    g_list_store_splice (store, rows->len, n - rows->len, NULL, 0);
}

static void
directory_changed_cb (SmDirectory *directory,
                      GListStore  *points)
{
  take_rows (points, sm_directory_get_rows (directory, SM_NOUN_SERVICE_POINT));
}

/** sm_map_things_show: Shows on @map what @ops knows, from now on. */
void
sm_map_things_show (SmMapView *map,
                    SmOps     *ops)
{
  SmDirectory *directory = sm_ops_get_directory (ops);
  g_autoptr (GListStore) points = g_list_store_new (SM_TYPE_ITEM);

  sm_map_view_set_service_points (map, G_LIST_MODEL (points));
  sm_map_view_set_engineers (map, sm_ops_get_engineers (ops));
  g_signal_connect_object (directory, "changed", G_CALLBACK (directory_changed_cb), points, 0);
  directory_changed_cb (directory, points);
}

/** sm_map_things_show_track: @track: (nullable): the way of a vehicle, on the map */
void
sm_map_things_show_track (SmMapView         *map,
                          const SmTelemetry *track)
{
  int latitude = track != NULL ? sm_telemetry_find (track, SM_VEHICLE_LATITUDE) : -1;
  int longitude = track != NULL ? sm_telemetry_find (track, SM_VEHICLE_LONGITUDE) : -1;
  g_autofree SmTrackPoint *points = NULL;

  if (latitude < 0 || longitude < 0)
    {
      sm_map_view_set_track (map, NULL, 0);
      return;
    }
  points = g_new (SmTrackPoint, track->n);
  for (guint i = 0; i < track->n; i++)
    points[i] = (SmTrackPoint){ track->values[latitude][i], track->values[longitude][i],
                                track->at[i] };
  sm_map_view_set_track (map, points, track->n);
}

/** sm_map_things_new_toggle: Returns: a button that shows and hides them */
GtkWidget *
sm_map_things_new_toggle (SmMapView *map)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_("Service points"));

  gtk_widget_set_tooltip_text (button, _("Service points with their radius, and engineers"));
  g_object_bind_property (map, "show-service", button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return button;
}

static gboolean
find_item (GListModel *model,
           gint64      id,
           guint       latitude,
           guint       longitude,
           double     *out_latitude,
           double     *out_longitude)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (model, i);

      if (sm_item_get_id (item) != id)
        continue;
      *out_latitude = sm_row_get_real (sm_item_get_row (item), latitude);
      *out_longitude = sm_row_get_real (sm_item_get_row (item), longitude);
      return isfinite (*out_latitude) && isfinite (*out_longitude);
    }
  return FALSE;
}

/** sm_map_things_find: Where a thing is.  Returns: FALSE when that is not known */
gboolean
sm_map_things_find (SmOps    *ops,
                    SmNounId  noun,
                    gint64    id,
                    double   *out_latitude,
                    double   *out_longitude)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (ops));
  int slot = noun == SM_NOUN_VEHICLE ? sm_fleet_find (sm_ops_get_fleet (ops), id) : -1;
  SmRow *point;

  if (slot >= 0)
    {
      sm_world_unproject (columns->at[slot], out_latitude, out_longitude);
      return columns->at[slot].x != 0 || columns->at[slot].y != 0;
    }
  if (noun == SM_NOUN_STATION)
    return find_item (sm_ops_get_stations (ops), id, SM_STATION_LATITUDE, SM_STATION_LONGITUDE,
                      out_latitude, out_longitude);
  if (noun == SM_NOUN_ENGINEER)
    return find_item (sm_ops_get_engineers (ops), id, SM_ENGINEER_LATITUDE, SM_ENGINEER_LONGITUDE,
                      out_latitude, out_longitude);
  point = noun == SM_NOUN_SERVICE_POINT
              ? sm_directory_find_row (sm_ops_get_directory (ops), noun, id)
              : NULL;
  if (point == NULL)
    return FALSE;
  *out_latitude = sm_row_get_real (point, SM_SERVICE_POINT_LATITUDE);
  *out_longitude = sm_row_get_real (point, SM_SERVICE_POINT_LONGITUDE);
  return isfinite (*out_latitude) && isfinite (*out_longitude);
}
