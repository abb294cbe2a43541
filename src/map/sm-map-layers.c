/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-layers.h"

#include "sm-surface-node.h"

/* What names may not cover. */
static void
collect_obstacles (gpointer data,
                   GArray  *boxes)
{
  SmMapLayers *self = data;

  sm_vehicle_layer_get_obstacles (self->vehicles, boxes);
  sm_station_layer_make_room (self->stations, boxes);
  sm_place_layer_get_obstacles (self->service_points, boxes);
  sm_place_layer_get_obstacles (self->engineers, boxes);
  sm_job_layer_get_obstacles (self->jobs, boxes);
  sm_station_layer_get_obstacles (self->stations, boxes);
}

/* What vehicles as they should be may not cover. */
static void
collect_counts (gpointer data,
                GArray  *boxes)
{
  SmMapLayers *self = data;

  sm_station_layer_get_counts (self->stations, boxes);
}

static void
add_layers (SmMapLayers *self)
{
  gpointer layers[] = { self->service_points, self->track, self->stations, self->engineers,
                        self->vehicles, self->jobs };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      shumate_map_add_layer (self->map, SHUMATE_LAYER (layers[i]));
      g_signal_connect_object (layers[i], "drawn-anew",
                               G_CALLBACK (sm_label_layer_queue_update), self->labels,
                               G_CONNECT_SWAPPED);
    }
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->labels));
}

/** sm_map_layers_init: Puts the layers on @map. */
void
sm_map_layers_init (SmMapLayers      *self,
                    ShumateMap       *map,
                    const SmMapStyle *style)
{
  ShumateViewport *viewport = shumate_map_get_viewport (map);

  self->map = map;
  sm_map_layers_renew_base (self, style);
  self->service_points = sm_place_layer_new (viewport, SM_NOUN_SERVICE_POINT);
  self->track = sm_track_layer_new (viewport);
  self->stations = sm_station_layer_new (viewport);
  self->vehicles = sm_vehicle_layer_new (viewport);
  self->engineers = sm_place_layer_new (viewport, SM_NOUN_ENGINEER);
  self->jobs = sm_job_layer_new (viewport);
  sm_vehicle_layer_set_covers (self->vehicles, collect_counts, self);
  sm_place_layer_set_covers (self->service_points, collect_counts, self);
  sm_place_layer_set_covers (self->engineers, collect_counts, self);
  self->labels = sm_label_layer_new (viewport, collect_obstacles, self);
  add_layers (self);
  sm_map_layers_renew_pen (self, style);
}

/** sm_map_layers_clear: Lets go of everything; the map is about to go. */
void
sm_map_layers_clear (SmMapLayers *self)
{
  g_clear_pointer (&self->ground_node, gsk_render_node_unref);
  g_clear_pointer (&self->ground, cairo_surface_destroy);
  g_clear_object (&self->source);
  g_clear_pointer (&self->fetch, sm_tile_fetch_unref);
  g_clear_pointer (&self->basemap, sm_basemap_unref);
  g_clear_pointer (&self->pen, sm_map_pen_unref);
}

/** sm_map_layers_renew_base: Another look of the tiles is another layer: they are kept by number. */
void
sm_map_layers_renew_base (SmMapLayers      *self,
                          const SmMapStyle *style)
{
  GtkWidget *widget = GTK_WIDGET (self->map);
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);
  g_autoptr (SmBasemapPainter) painter = NULL;
  g_autoptr (SmBasemapSource) source = NULL;
  ShumateMapLayer *layer;

  if (self->basemap != NULL)
    painter = sm_basemap_painter_new (self->basemap, sm_map_theme_get (style->dark),
                                      style->show_borders);
  source = sm_basemap_source_new (painter, (guint) gtk_widget_get_scale_factor (widget),
                                  sm_renderer_wants_textures (widget));
  sm_basemap_source_set_fetch (source, self->fetch);
  shumate_viewport_set_reference_map_source (viewport, SHUMATE_MAP_SOURCE (source));
  layer = shumate_map_layer_new (SHUMATE_MAP_SOURCE (source), viewport);
  gtk_widget_set_opacity (GTK_WIDGET (layer), self->has_ground ? 0 : 1);
  if (self->base != NULL)
    {
      shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (layer),
                                       SHUMATE_LAYER (self->base));
      shumate_map_remove_layer (self->map, SHUMATE_LAYER (self->base));
    }
  else
    shumate_map_add_layer (self->map, SHUMATE_LAYER (layer));
  self->base = layer;
  g_set_object (&self->source, source);
}

/** sm_map_layers_set_basemap: Draws the tiles and names of @basemap from now on. */
void
sm_map_layers_set_basemap (SmMapLayers      *self,
                           SmBasemap        *basemap,
                           const SmMapStyle *style)
{
  g_clear_pointer (&self->basemap, sm_basemap_unref);
  self->basemap = sm_basemap_ref (basemap);
  sm_label_layer_set_basemap (self->labels, basemap);
  sm_map_layers_renew_base (self, style);
}

static void
set_pen (SmMapLayers      *self,
         SmMapPen         *pen,
         const SmMapStyle *style)
{
  g_clear_pointer (&self->pen, sm_map_pen_unref);
  self->pen = pen;
  sm_place_layer_set_pen (self->service_points, pen);
  sm_place_layer_set_pen (self->engineers, pen);
  sm_job_layer_set_pen (self->jobs, pen);
  sm_track_layer_set_pen (self->track, pen);
  sm_station_layer_set_pen (self->stations, pen);
  sm_vehicle_layer_set_pen (self->vehicles, pen);
  sm_label_layer_set_pen (self->labels, pen, g_str_has_prefix (style->language, "zh"));
}

/** sm_map_layers_renew_pen: Draws all glyphs and names anew, as @style says. */
void
sm_map_layers_renew_pen (SmMapLayers      *self,
                         const SmMapStyle *style)
{
  set_pen (self,
           sm_map_pen_new (GTK_WIDGET (self->map), style->language, style->dark, style->stale),
           style);
}

/** sm_map_layers_check_font: Returns: whether another size of the font made another pen */
gboolean
sm_map_layers_check_font (SmMapLayers      *self,
                          const SmMapStyle *style)
{
  SmMapPen *pen = sm_map_pen_new (GTK_WIDGET (self->map), style->language, style->dark,
                                  style->stale);

  if (pen->unit == self->pen->unit)
    {
      sm_map_pen_unref (pen);
      return FALSE;
    }
  set_pen (self, pen, style);
  return TRUE;
}

/** sm_map_layers_append_ground: What is seen where no tile is. */
void
sm_map_layers_append_ground (SmMapLayers      *self,
                             GtkSnapshot      *snapshot,
                             const SmMapStyle *style)
{
  const SmMapTheme *theme = sm_map_theme_get (style->dark);
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self->map));
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self->map));

  gtk_snapshot_append_color (snapshot, self->basemap != NULL ? &theme->water : &theme->land,
                             &GRAPHENE_RECT_INIT (0, 0, width, height));
}
