/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-ground.h"

#define N_LAYERS 5

static void
list_layers (SmMapLayers *self,
             GtkWidget   *out_layers[N_LAYERS])
{
  out_layers[0] = GTK_WIDGET (self->base);
  out_layers[1] = GTK_WIDGET (self->service_points);
  out_layers[2] = GTK_WIDGET (self->track);
  out_layers[3] = GTK_WIDGET (self->stations);
  out_layers[4] = GTK_WIDGET (self->engineers);
}

/* As GTK would: a layer lies over the whole map and has no style of its own. */
static GskRenderNode *
snapshot_layers (SmMapLayers      *self,
                 const SmMapStyle *style)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GtkWidget *layers[N_LAYERS];

  list_layers (self, layers);
  sm_map_layers_append_ground (self, snapshot, style);
  for (guint i = 0; i < N_LAYERS; i++)
    if (gtk_widget_get_visible (layers[i]))
      GTK_WIDGET_GET_CLASS (layers[i])->snapshot (layers[i], snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
show_layers (SmMapLayers *self,
             gboolean     shown)
{
  GtkWidget *layers[N_LAYERS];

  list_layers (self, layers);
  for (guint i = 0; i < N_LAYERS; i++)
    gtk_widget_set_opacity (layers[i], shown ? 1 : 0);
}

/** sm_map_ground_make: Draws the ground as it is now, where that is worth while. */
void
sm_map_ground_make (SmMapLayers      *self,
                    const SmMapStyle *style)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->map));
  int height = gtk_widget_get_height (GTK_WIDGET (self->map));
  int scale = (int) self->pen->scale;
  g_autoptr (GskRenderNode) node = NULL;
  cairo_surface_t *surface;
  cairo_t *cr;

  if (self->pen->as_textures || width <= 0 || height <= 0)
    return;
  node = snapshot_layers (self, style);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * scale, height * scale);
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  sm_vehicle_layer_set_ground (self->vehicles, surface);
  cairo_surface_destroy (surface);
  self->has_ground = TRUE;
  show_layers (self, FALSE);
}

/** sm_map_ground_drop: The ground is different, or about to be: every layer draws itself again. */
void
sm_map_ground_drop (SmMapLayers *self)
{
  if (!self->has_ground)
    return;
  self->has_ground = FALSE;
  sm_vehicle_layer_set_ground (self->vehicles, NULL);
  show_layers (self, TRUE);
}
