/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <pango/pangocairo.h>

#include "sm-map-theme.h"

G_BEGIN_DECLS

/** SmMapBoxes: adds boxes of the window to @boxes, as graphene_rect_t */
typedef void (*SmMapBoxes) (gpointer data, GArray *boxes);

/**
 * SmMapPen:
 *
 * What the glyphs of the map are drawn with: colours, fonts, sizes.  Does not
 * change: something else makes a new pen, and caches begin anew.
 */
typedef struct
{
  grefcount ref_count;
  SmMapTheme theme;
  PangoContext *pango; /* in the language of the map */
  double unit;         /* pixels of the map's small things; 1 at an 11 point font */
  guint scale;         /* device pixels per pixel */
  gboolean as_textures;
  gboolean stale;      /* nothing is live: everything grey and hollow */
} SmMapPen;

SmMapPen      *sm_map_pen_new       (GtkWidget      *widget,
                                     const char     *language,
                                     gboolean        dark,
                                     gboolean        stale);
SmMapPen      *sm_map_pen_ref       (SmMapPen       *self);
void           sm_map_pen_unref     (SmMapPen       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmMapPen, sm_map_pen_unref)

void           sm_draw_colour       (cairo_t       *cr,
                                     const GdkRGBA *colour);
void           sm_draw_level        (cairo_t       *cr,
                                     const SmMapPen *pen,
                                     guint          level,
                                     double         x,
                                     double         y,
                                     double         size,
                                     gboolean       hollow);
PangoLayout   *sm_draw_new_text     (const SmMapPen *pen,
                                     const char    *text,
                                     double         points,
                                     gboolean       bold);
void           sm_draw_text         (cairo_t       *cr,
                                     const SmMapPen *pen,
                                     PangoLayout   *layout,
                                     double         x,
                                     double         y,
                                     const GdkRGBA *colour);
void           sm_draw_selection    (GtkSnapshot    *snapshot,
                                     const SmMapPen *pen,
                                     float           x,
                                     float           y,
                                     float           radius);
void           sm_draw_cross        (GtkSnapshot    *snapshot,
                                     const SmMapPen *pen,
                                     float           x,
                                     float           y);
char          *sm_format_count      (guint          n);

/* A picture in the making: draw on cr, centred on 0, 0. */
typedef struct
{
  cairo_t *cr;
  cairo_surface_t *surface;
  graphene_rect_t bounds;
  gboolean as_texture;
} SmGlyph;

void           sm_glyph_begin       (SmGlyph        *self,
                                     const SmMapPen *pen,
                                     double          left,
                                     double          top,
                                     double          right,
                                     double          bottom);
GskRenderNode *sm_glyph_end         (SmGlyph        *self);

G_END_DECLS
