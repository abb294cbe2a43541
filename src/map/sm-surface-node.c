/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-surface-node.h"

/* Under the cairo renderer a cairo node is drawn as it is, while a texture is
 * downloaded and converted in every frame; under GL it is the other way round. */

/** sm_renderer_wants_textures: Returns: whether what draws @widget is better off with textures */
gboolean
sm_renderer_wants_textures (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;

  return renderer != NULL && !GSK_IS_CAIRO_RENDERER (renderer);
}

/** sm_surface_to_texture: @surface: (transfer full): an image surface */
GdkTexture *
sm_surface_to_texture (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint8 *data;
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  /* An RGB24 surface leaves undefined what a texture takes for alpha. */
  if (cairo_image_surface_get_format (surface) == CAIRO_FORMAT_RGB24)
    for (int y = 0; y < height; y++)
      {
        guint32 *row = (guint32 *) (gpointer) (data + (gsize) y * (gsize) stride);

        for (int x = 0; x < width; x++)
          row[x] |= 0xff000000u;
      }
  bytes = g_bytes_new_with_free_func (data, (gsize) stride * (gsize) height,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);
}

/** sm_surface_to_node: @surface: (transfer full): drawn into @bounds, its device scale observed */
GskRenderNode *
sm_surface_to_node (cairo_surface_t       *surface,
                    const graphene_rect_t *bounds,
                    gboolean               as_texture)
{
  GskRenderNode *node;
  cairo_t *cr;

  if (as_texture)
    {
      g_autoptr (GdkTexture) texture = sm_surface_to_texture (surface);

      return gsk_texture_node_new (texture, bounds);
    }
  node = gsk_cairo_node_new (bounds);
  cr = gsk_cairo_node_get_draw_context (node);
  cairo_set_source_surface (cr, surface, bounds->origin.x, bounds->origin.y);
  cairo_rectangle (cr, bounds->origin.x, bounds->origin.y, bounds->size.width,
                   bounds->size.height);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return node;
}

/**
 * sm_snapshot_append_at:
 * @node: from sm_surface_to_node(); may be appended any number of times
 *
 * Appends @node moved by @x, @y.  The browser's renderer (Broadway) takes a
 * node for the place it stands in and gives up when one stands in two, so a
 * texture gets a node of its own each time; it is still sent only once.
 */
void
sm_snapshot_append_at (GtkSnapshot   *snapshot,
                       GskRenderNode *node,
                       float          x,
                       float          y)
{
  graphene_rect_t bounds;

  if (gsk_render_node_get_node_type (node) == GSK_TEXTURE_NODE)
    {
      gsk_render_node_get_bounds (node, &bounds);
      graphene_rect_offset (&bounds, x, y);
      gtk_snapshot_append_texture (snapshot, gsk_texture_node_get_texture (node), &bounds);
      return;
    }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_node (snapshot, node);
  gtk_snapshot_restore (snapshot);
}
