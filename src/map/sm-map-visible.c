/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-view-private.h"

/* What can be seen, as a list: for those who do not look at a picture. */

/* Worse first; stations before vehicles, larger before smaller. */
static int
compare_things (gconstpointer a,
                gconstpointer b)
{
  const SmMapThing *one = a, *other = b;

  if (one->rank != other->rank)
    return one->rank > other->rank ? -1 : 1;
  if (one->noun != other->noun)
    return one->noun < other->noun ? -1 : 1;
  if (one->n != other->n)
    return one->n > other->n ? -1 : 1;
  return (one->id > other->id) - (one->id < other->id);
}

static void
add_places (SmPlaceLayer *layer,
            guint         latitude,
            guint         longitude,
            GArray       *things)
{
  g_autoptr (GPtrArray) rows = sm_place_layer_dup_visible (layer);

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      SmMapThing thing = { .noun = sm_row_get_noun (row)->id,
                           .id = sm_row_get_id (row),
                           .n = 1,
                           .at = sm_world_project (sm_row_get_real (row, latitude),
                                                   sm_row_get_real (row, longitude)) };

      g_array_append_val (things, thing);
    }
}

/**
 * sm_map_view_dup_visible:
 * @most: entries of the list
 * @out_n: (out): how many there would be
 *
 * Returns: (transfer full) (element-type SmMapThing): what can be seen, worst first
 */
GArray *
sm_map_view_dup_visible (SmMapView *self,
                         guint      most,
                         guint     *out_n)
{
  GArray *things = g_array_new (FALSE, FALSE, sizeof (SmMapThing));

  g_return_val_if_fail (SM_IS_MAP_VIEW (self) && out_n != NULL, things);

  sm_station_layer_add_visible (self->layers.stations, things);
  sm_vehicle_layer_add_visible (self->layers.vehicles, things);
  add_places (self->layers.service_points, SM_SERVICE_POINT_LATITUDE, SM_SERVICE_POINT_LONGITUDE,
              things);
  add_places (self->layers.engineers, SM_ENGINEER_LATITUDE, SM_ENGINEER_LONGITUDE, things);
  g_array_sort (things, compare_things);
  *out_n = things->len;
  if (things->len > most)
    g_array_set_size (things, most);
  return things;
}

/** sm_map_view_go_to: Shows where @thing is, nearer when it is several. */
void
sm_map_view_go_to (SmMapView        *self,
                   const SmMapThing *thing)
{
  double zoom;

  g_return_if_fail (SM_IS_MAP_VIEW (self) && thing != NULL);

  zoom = sm_map_camera_get_zoom (&self->camera);
  sm_map_view_person_moved_ (self);
  sm_map_camera_go_to (&self->camera, thing->at, thing->n > 1 ? zoom + 2 : zoom);
}
