/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tile-paintable.h"

#include <gtk/gtk.h>

#include "sm-let-go.h"
#include "sm-surface-node.h"

/* Neighbours overlap by this much, in pixels, or seams show between them when
 * the map lies between two zoom levels. */
#define OVERLAP 0.5f

struct _SmTilePaintable
{
  GObject parent_instance;

  cairo_surface_t *surface; /* drawn as a cairo node */
  GdkTexture *texture;      /* or this one is set */
};

/* At its own size a tile is copied: whole, to whole pixels, and not a pixel
 * more.  Beyond its edge, or between two pixels, copying would be filtering.
 * Neighbours are rounded alike, so there is no seam; the node is larger than
 * the tile, for its own edge would be smoothed and let the ground through. */
static void
snapshot_unscaled (SmTilePaintable *self,
                   GdkSnapshot     *snapshot,
                   double           size)
{
  cairo_t *cr = gtk_snapshot_append_cairo (GTK_SNAPSHOT (snapshot),
                                           &GRAPHENE_RECT_INIT (-1, -1, (float) size + 2,
                                                                (float) size + 2));

  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_rectangle (cr, 0, 0, size, size);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
sm_tile_paintable_snapshot (GdkPaintable *paintable,
                            GdkSnapshot  *snapshot,
                            double        width,
                            double        height)
{
  SmTilePaintable *self = SM_TILE_PAINTABLE (paintable);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (-OVERLAP, -OVERLAP, (float) width + 2 * OVERLAP,
                                               (float) height + 2 * OVERLAP);
  double size, scale;
  cairo_t *cr;

  if (self->texture != NULL)
    {
      gtk_snapshot_append_texture (GTK_SNAPSHOT (snapshot), self->texture, &bounds);
      return;
    }
  cairo_surface_get_device_scale (self->surface, &scale, NULL);
  size = cairo_image_surface_get_width (self->surface) / scale;
  if (width == size && height == size)
    {
      snapshot_unscaled (self, snapshot, size);
      return;
    }
  cr = gtk_snapshot_append_cairo (GTK_SNAPSHOT (snapshot), &bounds);
  cairo_scale (cr, width / size, height / size);
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_rectangle (cr, -OVERLAP, -OVERLAP, size + 2 * OVERLAP, size + 2 * OVERLAP);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
sm_tile_paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = sm_tile_paintable_snapshot;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SmTilePaintable, sm_tile_paintable, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      sm_tile_paintable_iface_init))

static void
sm_tile_paintable_finalize (GObject *object)
{
  SmTilePaintable *self = SM_TILE_PAINTABLE (object);

  if (self->surface != NULL)
    sm_let_go (g_steal_pointer (&self->surface), (GDestroyNotify) cairo_surface_destroy);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (sm_tile_paintable_parent_class)->finalize (object);
}

static void
sm_tile_paintable_class_init (SmTilePaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_tile_paintable_finalize;
}

static void
sm_tile_paintable_init (SmTilePaintable *self)
{
}

/** sm_tile_paintable_new: @surface: (transfer full): an image surface.  Any thread. */
GdkPaintable *
sm_tile_paintable_new (cairo_surface_t *surface,
                       gboolean         as_texture)
{
  SmTilePaintable *self = g_object_new (SM_TYPE_TILE_PAINTABLE, NULL);

  if (as_texture)
    self->texture = sm_surface_to_texture (surface);
  else
    self->surface = surface;
  return GDK_PAINTABLE (self);
}
