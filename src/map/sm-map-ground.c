/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-ground.h"

#define N_LAYERS 5
/* Lines that are drawn at once, and what a turn of the main loop may take before the next. */
#define BAND 96
#define TURN_US 2000

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

/* Begins with a picture on which there is nothing yet.  Returns: whether one is worth while */
static gboolean
begin (SmMapLayers      *self,
       const SmMapStyle *style)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->map));
  int height = gtk_widget_get_height (GTK_WIDGET (self->map));
  int scale = (int) self->pen->scale;

  if (self->pen->as_textures || width <= 0 || height <= 0)
    return FALSE;
  self->ground_node = snapshot_layers (self, style);
  if (self->ground != NULL && (cairo_image_surface_get_width (self->ground) != width * scale
                               || cairo_image_surface_get_height (self->ground) != height * scale))
    g_clear_pointer (&self->ground, cairo_surface_destroy);
  if (self->ground == NULL)
    self->ground = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width * scale, height * scale);
  cairo_surface_set_device_scale (self->ground, scale, scale);
  self->ground_line = 0;
  return TRUE;
}

static void
draw_band (SmMapLayers *self)
{
  cairo_t *cr = cairo_create (self->ground);

  cairo_rectangle (cr, 0, self->ground_line, gtk_widget_get_width (GTK_WIDGET (self->map)), BAND);
  cairo_clip (cr);
  gsk_render_node_draw (self->ground_node, cr);
  cairo_destroy (cr);
  self->ground_line += BAND;
}

/* What the tiles only copied from is drawn on again next time: the 8 MiB of a window of 1920x1080
 * take 3 ms to be given anew, and tens where the machine has to find them first. */
static void
end (SmMapLayers *self)
{
  g_clear_pointer (&self->ground_node, gsk_render_node_unref);
  if (cairo_surface_get_reference_count (self->ground) > 1)
    g_clear_pointer (&self->ground, cairo_surface_destroy); /* it is the ground from now on */
}

/**
 * sm_map_ground_make:
 *
 * Draws a part of the ground as it is now, where that is worth while: the whole of a large
 * screen would hold the main loop for tens of milliseconds.
 *
 * Returns: whether to call it again
 */
gboolean
sm_map_ground_make (SmMapLayers      *self,
                    const SmMapStyle *style)
{
  gint64 until = g_get_monotonic_time () + TURN_US;

  if (!sm_map_ground_is_begun (self) && !begin (self, style))
    return FALSE;
  do
    draw_band (self);
  while (self->ground_line < gtk_widget_get_height (GTK_WIDGET (self->map))
         && g_get_monotonic_time () < until);
  if (self->ground_line < gtk_widget_get_height (GTK_WIDGET (self->map)))
    return TRUE;
  cairo_surface_flush (self->ground);
  sm_vehicle_layer_set_ground (self->vehicles, self->ground);
  end (self);
  if (!self->has_ground)
    show_layers (self, FALSE);
  self->has_ground = TRUE;
  return FALSE;
}

/** sm_map_ground_is_begun: Returns: whether a part of one is drawn, and not yet shown */
gboolean
sm_map_ground_is_begun (SmMapLayers *self)
{
  return self->ground_node != NULL;
}

/** sm_map_ground_drop: The map moves, or is about to: every layer draws itself again. */
void
sm_map_ground_drop (SmMapLayers *self)
{
  g_clear_pointer (&self->ground_node, gsk_render_node_unref);
  g_clear_pointer (&self->ground, cairo_surface_destroy);
  if (!self->has_ground)
    return;
  self->has_ground = FALSE;
  sm_vehicle_layer_set_ground (self->vehicles, NULL);
  show_layers (self, TRUE);
}
