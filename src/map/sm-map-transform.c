/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-transform.h"

#include <math.h>

#include "sm-basemap-source.h"

/** sm_map_transform_new: Returns: how @viewport is shown in @layer as it is now */
SmMapTransform
sm_map_transform_new (ShumateViewport *viewport,
                      GtkWidget       *layer)
{
  SmMapTransform self;
  double latitude = shumate_location_get_latitude (SHUMATE_LOCATION (viewport));
  double longitude = shumate_location_get_longitude (SHUMATE_LOCATION (viewport));
  double s = sin (latitude * G_PI / 180.0);
  double x = (longitude + 180.0) / 360.0;
  double y = 0.5 - log ((1.0 + s) / (1.0 - s)) / (4.0 * G_PI);

  self.zoom = shumate_viewport_get_zoom_level (viewport);
  self.scale = SM_MAP_TILE_SIZE * pow (2.0, self.zoom) / 4294967296.0;
  self.width = gtk_widget_get_width (layer);
  self.height = gtk_widget_get_height (layer);
  self.left = x * 4294967296.0 - self.width / 2.0 / self.scale;
  self.top = y * 4294967296.0 - self.height / 2.0 / self.scale;
  return self;
}
