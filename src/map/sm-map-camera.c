/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-camera.h"

#include <math.h>

#include "sm-basemap-source.h"
#include "sm-map-transform.h"

#define FIT_MARGIN 0.88
#define FIT_ZOOM_MAX 13.0
#define GO_MS 350

/** sm_map_camera_set: Looks there at once. */
void
sm_map_camera_set (SmMapCamera *self,
                   double       latitude,
                   double       longitude,
                   double       zoom)
{
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);

  shumate_map_stop_go_to (self->map);
  self->fit_waits = FALSE;
  shumate_viewport_set_zoom_level (viewport, CLAMP (zoom, SM_MAP_ZOOM_MIN, SM_MAP_ZOOM_MAX));
  shumate_location_set_location (SHUMATE_LOCATION (viewport), latitude, longitude);
}

/** sm_map_camera_go_to: Looks there after a short flight, unless animations are off. */
void
sm_map_camera_go_to (SmMapCamera  *self,
                     SmWorldPoint  at,
                     double        zoom)
{
  gboolean animate;
  double latitude, longitude;

  sm_world_unproject (at, &latitude, &longitude);
  zoom = MIN (zoom, SM_MAP_ZOOM_MAX);
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self->map)), "gtk-enable-animations",
                &animate, NULL);
  if (animate)
    shumate_map_go_to_full_with_duration (self->map, latitude, longitude, zoom, GO_MS);
  else
    sm_map_camera_set (self, latitude, longitude, zoom);
}

/** sm_map_camera_box_zoom: Returns: the zoom at which the box fits, with some room around it */
double
sm_map_camera_box_zoom (SmMapCamera  *self,
                        SmWorldPoint  low,
                        SmWorldPoint  high)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self->map)) * FIT_MARGIN;
  double height = gtk_widget_get_height (GTK_WIDGET (self->map)) * FIT_MARGIN;
  double x = MAX (high.x - low.x, 1) / 4294967296.0 * SM_MAP_TILE_SIZE;
  double y = MAX (high.y - low.y, 1) / 4294967296.0 * SM_MAP_TILE_SIZE;
  double zoom = log2 (MIN (width / x, height / y));

  /* Steps of a quarter: what is drawn for a zoom level stays sharp near it. */
  return CLAMP (floor (zoom * 4) / 4, SM_MAP_ZOOM_MIN, FIT_ZOOM_MAX);
}

SmWorldPoint
sm_map_box_middle (SmWorldPoint low,
                   SmWorldPoint high)
{
  return (SmWorldPoint){ low.x + (high.x - low.x) / 2, low.y + (high.y - low.y) / 2 };
}

/** sm_map_camera_resized: A fit that waited for a size can be done. */
void
sm_map_camera_resized (SmMapCamera *self)
{
  double latitude, longitude;

  if (!self->fit_waits || gtk_widget_get_width (GTK_WIDGET (self->map)) <= 0)
    return;
  sm_world_unproject (sm_map_box_middle (self->fit_low, self->fit_high), &latitude, &longitude);
  sm_map_camera_set (self, latitude, longitude,
                     sm_map_camera_box_zoom (self, self->fit_low, self->fit_high));
}

/** sm_map_camera_fit: Shows the whole box, as soon as the map has a size. */
void
sm_map_camera_fit (SmMapCamera  *self,
                   SmWorldPoint  low,
                   SmWorldPoint  high)
{
  self->fit_low = low;
  self->fit_high = high;
  self->fit_waits = TRUE;
  sm_map_camera_resized (self);
}

/** sm_map_camera_move_by: By parts of what is seen. */
void
sm_map_camera_move_by (SmMapCamera *self,
                       double       columns,
                       double       rows)
{
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);
  SmMapTransform t = sm_map_transform_new (viewport, GTK_WIDGET (self->map));
  double x = t.left + (0.5 + columns) * t.width / t.scale;
  double y = t.top + (0.5 + rows) * t.height / t.scale;
  double latitude, longitude;

  sm_world_unproject ((SmWorldPoint){ (guint32) CLAMP (x, 0, G_MAXUINT32),
                                      (guint32) CLAMP (y, 0, G_MAXUINT32) },
                      &latitude, &longitude);
  sm_map_camera_set (self, latitude, longitude, t.zoom);
}

void
sm_map_camera_zoom_by (SmMapCamera *self,
                       double       by)
{
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);

  shumate_map_stop_go_to (self->map);
  shumate_viewport_set_zoom_level (viewport, CLAMP (sm_map_camera_get_zoom (self) + by,
                                                    SM_MAP_ZOOM_MIN, SM_MAP_ZOOM_MAX));
}

double
sm_map_camera_get_zoom (SmMapCamera *self)
{
  return shumate_viewport_get_zoom_level (shumate_map_get_viewport (self->map));
}

/** sm_map_add_fleet_bounds: Grows the box to hold all vehicles.  Returns: whether there is any */
gboolean
sm_map_add_fleet_bounds (SmFleet      *fleet,
                         SmWorldPoint *low,
                         SmWorldPoint *high)
{
  const SmVehicleColumns *columns = fleet != NULL ? sm_fleet_get_columns (fleet) : NULL;
  gboolean any = FALSE;

  for (guint i = 0; columns != NULL && i < columns->n; i++)
    {
      SmWorldPoint p = columns->at[i];

      if (p.x == 0 && p.y == 0)
        continue;
      any = TRUE;
      *low = (SmWorldPoint){ MIN (low->x, p.x), MIN (low->y, p.y) };
      *high = (SmWorldPoint){ MAX (high->x, p.x), MAX (high->y, p.y) };
    }
  return any;
}
