/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-station-glyphs.h"

#include <math.h>

#define BADGE 14.0

struct _SmStationGlyphs
{
  const SmMapPen *pen; /* outlives this */
  GHashTable *pictures; /* guint64 key -> SmStationPicture */
};

static void
picture_free (gpointer data)
{
  SmStationPicture *picture = data;

  cairo_surface_destroy (picture->surface);
  g_free (picture);
}

SmStationGlyphs *
sm_station_glyphs_new (const SmMapPen *pen)
{
  SmStationGlyphs *self = g_new0 (SmStationGlyphs, 1);

  self->pen = pen;
  self->pictures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, picture_free);
  return self;
}

void
sm_station_glyphs_free (SmStationGlyphs *self)
{
  g_hash_table_unref (self->pictures);
  g_free (self);
}

/* Several stations have their number inside: beside them it would lie on the
 * neighbours. */
static double
glyph_radius (const SmStationGlyph *glyph,
              double                unit,
              double                text_width)
{
  if (glyph->n == 1)
    return (glyph->big ? 7.5 : 4.2) * unit;
  return MAX (8.5 * unit, text_width / 2 + 3.5 * unit);
}

static void
outline_path (cairo_t              *cr,
              const SmStationGlyph *glyph,
              double                r)
{
  int corners = glyph->swap ? 6 : 4;

  r *= glyph->swap ? 1 : 1.08;
  cairo_new_sub_path (cr);
  for (int i = 0; i < corners; i++)
    cairo_line_to (cr, r * sin (i * 2 * G_PI / corners), -r * cos (i * 2 * G_PI / corners));
  cairo_close_path (cr);
}

/* What is swapped, as a station's inside. */
static void
battery_path (cairo_t *cr,
              double   r)
{
  cairo_rectangle (cr, -r * 0.3, -r * 0.38, r * 0.6, r * 0.88);
  cairo_rectangle (cr, -r * 0.12, -r * 0.55, r * 0.24, r * 0.18);
}

/* The sign of energy, as a station's inside. */
static void
bolt_path (cairo_t *cr,
           double   r)
{
  cairo_move_to (cr, r * 0.12, -r * 0.62);
  cairo_line_to (cr, -r * 0.38, r * 0.12);
  cairo_line_to (cr, -r * 0.02, r * 0.12);
  cairo_line_to (cr, -r * 0.12, r * 0.62);
  cairo_line_to (cr, r * 0.38, -r * 0.12);
  cairo_line_to (cr, r * 0.02, -r * 0.12);
  cairo_close_path (cr);
}

/* Hollow says that nothing is known; what is known to be wrong is not hollow. */
static gboolean
is_hollow (const SmMapPen       *pen,
           const SmStationGlyph *glyph)
{
  return pen->stale || glyph->look == SM_STATION_LOOK_UNKNOWN ||
         glyph->look == SM_STATION_LOOK_OFFLINE;
}

static void
draw_outline (cairo_t              *cr,
              const SmMapPen       *pen,
              const SmStationGlyph *glyph,
              double                r)
{
  gboolean hollow = is_hollow (pen, glyph);
  const GdkRGBA *line = hollow ? &pen->theme.unknown : &pen->theme.station;

  outline_path (cr, glyph, r);
  sm_draw_colour (cr, &pen->theme.disc);
  cairo_set_line_width (cr, pen->unit * 2.6);
  cairo_stroke_preserve (cr);
  cairo_fill_preserve (cr);
  sm_draw_colour (cr, line);
  cairo_set_line_width (cr, pen->unit * (glyph->big ? 1.4 : 1.1));
  if (glyph->look == SM_STATION_LOOK_UNKNOWN || pen->stale)
    cairo_set_dash (cr, (double[]){ 2.2 * pen->unit, 1.6 * pen->unit }, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_strokes (cairo_t        *cr,
              const SmMapPen *pen,
              double          r,
              gboolean        both)
{
  cairo_set_line_width (cr, pen->unit * 1.6);
  cairo_move_to (cr, r * -0.8, r * 0.8);
  cairo_line_to (cr, r * 0.8, r * -0.8);
  if (both)
    {
      cairo_move_to (cr, r * -0.8, r * -0.8);
      cairo_line_to (cr, r * 0.8, r * 0.8);
    }
  cairo_stroke (cr);
}

static void
draw_sign (cairo_t              *cr,
           const SmStationGlyph *glyph,
           double                r)
{
  if (glyph->look == SM_STATION_LOOK_DEGRADED)
    {
      cairo_save (cr);
      cairo_rectangle (cr, -2 * r, 0, 4 * r, 2 * r);
      cairo_clip (cr);
      outline_path (cr, glyph, r * 0.72);
      cairo_fill (cr);
      cairo_restore (cr);
      return;
    }
  if (!glyph->big)
    cairo_arc (cr, 0, 0, r * 0.36, 0, 2 * G_PI);
  else if (glyph->swap)
    battery_path (cr, r);
  else
    bolt_path (cr, r);
  cairo_fill (cr);
}

static void
draw_inside (cairo_t              *cr,
             const SmMapPen       *pen,
             const SmStationGlyph *glyph,
             double                r)
{
  gboolean hollow = pen->stale || glyph->look == SM_STATION_LOOK_UNKNOWN;

  sm_draw_colour (cr, hollow ? &pen->theme.unknown : &pen->theme.station);
  if (glyph->look == SM_STATION_LOOK_OFFLINE)
    draw_strokes (cr, pen, r, FALSE);
  else if (glyph->look == SM_STATION_LOOK_OUT)
    {
      sm_draw_colour (cr, hollow ? &pen->theme.unknown : &pen->theme.count);
      draw_strokes (cr, pen, r, TRUE);
    }
  else if (glyph->look == SM_STATION_LOOK_CLOSED)
    {
      cairo_rectangle (cr, -r * 0.5, -r * 0.14, r, r * 0.28);
      cairo_fill (cr);
    }
  else if (!hollow)
    draw_sign (cr, glyph, r);
}

static void
draw_count (cairo_t              *cr,
            const SmMapPen       *pen,
            const SmStationGlyph *glyph,
            PangoLayout          *layout)
{
  gboolean hollow = is_hollow (pen, glyph);
  PangoRectangle ink;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  sm_draw_colour (cr, hollow ? &pen->theme.unknown : &pen->theme.count);
  cairo_move_to (cr, round (-ink.x - ink.width / 2.0), round (-ink.y - ink.height / 2.0));
  pango_cairo_show_layout (cr, layout);
}

static SmStationPicture *
draw_picture (const SmMapPen       *pen,
              const SmStationGlyph *glyph)
{
  SmStationPicture *picture = g_new0 (SmStationPicture, 1);
  g_autofree char *text = sm_format_count (glyph->n);
  g_autoptr (PangoLayout) layout = sm_draw_new_text (pen, text, 7.5, TRUE);
  double badge = glyph->level > 0 ? BADGE * pen->unit : 0, r, pad;
  PangoRectangle ink;
  cairo_t *cr;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  r = glyph_radius (glyph, pen->unit, ink.width);
  pad = ceil (r + badge * 0.7 + 3 * pen->unit);
  picture->x = picture->y = pad;
  picture->width = picture->height = 2 * pad;
  picture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32,
                                                 (int) picture->width * (int) pen->scale,
                                                 (int) picture->height * (int) pen->scale);
  cairo_surface_set_device_scale (picture->surface, pen->scale, pen->scale);
  cr = cairo_create (picture->surface);
  cairo_translate (cr, picture->x, picture->y);
  draw_outline (cr, pen, glyph, r);
  if (glyph->n > 1)
    draw_count (cr, pen, glyph, layout);
  else
    draw_inside (cr, pen, glyph, r);
  if (glyph->level > 0)
    {
      /* Beside a number, not on it. */
      double aside = glyph->n > 1 ? badge * 0.3 : 0;

      sm_draw_level (cr, pen, glyph->level, r * 0.8 + aside, -r * 0.8 - aside, badge, FALSE);
    }
  cairo_destroy (cr);
  return picture;
}

/** sm_station_glyphs_get: Returns: (transfer none): the picture; valid until the next call */
const SmStationPicture *
sm_station_glyphs_get (SmStationGlyphs      *self,
                       const SmStationGlyph *glyph)
{
  gint64 key = (gint64) glyph->n << 9 | (glyph->swap ? 1 << 8 : 0) | (gint64) glyph->look << 4 |
               (gint64) glyph->level << 1 | (glyph->big ? 1 : 0);
  SmStationPicture *picture = g_hash_table_lookup (self->pictures, &key);

  if (picture != NULL)
    return picture;
  if (g_hash_table_size (self->pictures) > 500)
    g_hash_table_remove_all (self->pictures);
  picture = draw_picture (self->pen, glyph);
  g_hash_table_insert (self->pictures, g_memdup2 (&key, sizeof key), picture);
  return picture;
}
