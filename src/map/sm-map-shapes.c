/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-shapes.h"

#include <math.h>

#include "sm-surface-node.h"

#define HALO 1.5
#define BASE_FONT_PX (11.0 * 96.0 / 72.0)

static PangoContext *
create_context (GtkWidget  *widget,
                const char *language)
{
  PangoContext *context = gtk_widget_create_pango_context (widget);
  PangoFontDescription *font;

  if (!g_str_has_prefix (language, "zh"))
    return context;
  /* Without both, Chinese comes in Japanese letter forms. */
  font = pango_font_description_copy (pango_context_get_font_description (context));
  pango_font_description_set_family (font, "Cantarell, Noto Sans CJK SC, sans-serif");
  pango_context_set_font_description (context, font);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  pango_font_description_free (font);
  return context;
}

/** sm_map_pen_new: Takes fonts and scale from @widget, the rest as given. */
SmMapPen *
sm_map_pen_new (GtkWidget  *widget,
                const char *language,
                gboolean    dark,
                gboolean    stale)
{
  SmMapPen *self = g_new0 (SmMapPen, 1);
  const PangoFontDescription *font;
  double pixels;

  g_ref_count_init (&self->ref_count);
  self->theme = *sm_map_theme_get (dark);
  self->pango = create_context (widget, language);
  font = pango_context_get_font_description (self->pango);
  pixels = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  if (!pango_font_description_get_size_is_absolute (font))
    pixels *= 96.0 / 72.0;
  self->unit = CLAMP (pixels / BASE_FONT_PX, 0.7, 6.0);
  self->scale = (guint) gtk_widget_get_scale_factor (widget);
  self->as_textures = sm_renderer_wants_textures (widget);
  self->stale = stale;
  return self;
}

SmMapPen *
sm_map_pen_ref (SmMapPen *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_map_pen_unref (SmMapPen *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->pango);
  g_free (self);
}

void
sm_draw_colour (cairo_t       *cr,
                const GdkRGBA *colour)
{
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha);
}

/** sm_draw_new_text: @points: at a unit of 1; Returns: (transfer full): a layout */
PangoLayout *
sm_draw_new_text (const SmMapPen *pen,
                  const char     *text,
                  double          points,
                  gboolean        bold)
{
  PangoLayout *layout = pango_layout_new (pen->pango);
  PangoFontDescription *font =
    pango_font_description_copy (pango_context_get_font_description (pen->pango));
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, points * pen->unit * 96.0 / 72.0 * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/**
 * sm_draw_text:
 * @x: of its middle
 * @y: of its middle
 *
 * With a halo, so that it can be read on anything.
 */
void
sm_draw_text (cairo_t        *cr,
              const SmMapPen *pen,
              PangoLayout    *layout,
              double          x,
              double          y,
              const GdkRGBA  *colour)
{
  static const double around[][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 },
                                      { .7, .7 }, { -.7, .7 }, { .7, -.7 }, { -.7, -.7 } };
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  x = round (x - width / 2.0);
  y = round (y - height / 2.0);
  sm_draw_colour (cr, &pen->theme.halo);
  /* Glyphs from the font's cache; stroking their outlines costs ten times as much. */
  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    {
      cairo_move_to (cr, x + around[i][0] * HALO, y + around[i][1] * HALO);
      pango_cairo_show_layout (cr, layout);
    }
  sm_draw_colour (cr, colour);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_digit (cairo_t        *cr,
            const SmMapPen *pen,
            guint           level,
            double          x,
            double          y,
            double          size,
            const GdkRGBA  *colour)
{
  char text[2] = { (char) ('0' + level), '\0' };
  g_autoptr (PangoLayout) layout = sm_draw_new_text (pen, text, size * 0.72 * 0.62 / pen->unit,
                                                     TRUE);
  PangoRectangle ink;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  sm_draw_colour (cr, colour);
  cairo_move_to (cr, x - ink.x - ink.width / 2.0, y - ink.y - ink.height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
level_path (cairo_t *cr,
            guint    level,
            double   x,
            double   y,
            double   r)
{
  switch (level)
    {
    case 1:
      cairo_rectangle (cr, x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76);
      break;
    case 2:
      cairo_move_to (cr, x, y - r * 1.15);
      cairo_line_to (cr, x + r * 1.15, y + r * 0.88);
      cairo_line_to (cr, x - r * 1.15, y + r * 0.88);
      cairo_close_path (cr);
      break;
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, level == 4 ? r * 0.86 : r, 0, 2 * G_PI);
      break;
    }
}

/**
 * sm_draw_level:
 * @level: 1 red square, 2 orange triangle, 3 yellow disc, 4 violet ring, each
 *   with its digit: colour is never the only sign
 * @hollow: what stands behind it is not live
 */
void
sm_draw_level (cairo_t        *cr,
               const SmMapPen *pen,
               guint           level,
               double          x,
               double          y,
               double          size,
               gboolean        hollow)
{
  const GdkRGBA *colour = pen->stale ? &pen->theme.unknown : &pen->theme.levels[level];
  double r = size / 2;

  hollow = hollow || pen->stale || level == 4;
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  level_path (cr, level, x, y, r);
  sm_draw_colour (cr, &pen->theme.halo);
  cairo_set_line_width (cr, hollow ? size * 0.34 : size * 0.2);
  cairo_stroke_preserve (cr);
  sm_draw_colour (cr, hollow ? &pen->theme.disc : colour);
  cairo_fill_preserve (cr);
  if (hollow)
    {
      sm_draw_colour (cr, colour);
      cairo_set_line_width (cr, size * 0.14);
      cairo_stroke (cr);
    }
  cairo_new_path (cr);
  draw_digit (cr, pen, level, x, level == 2 ? y + r * 0.22 : y, size,
              hollow ? colour : &pen->theme.digit);
}

/** sm_draw_selection: A ring in the accent's colour around what is selected. */
void
sm_draw_selection (GtkSnapshot    *snapshot,
                   const SmMapPen *pen,
                   float           x,
                   float           y,
                   float           radius)
{
  float r = radius * (float) pen->unit, width = 2.f * (float) pen->unit;
  GskRoundedRect outline;
  float widths[4] = { width, width, width, width };
  GdkRGBA colours[4] = { pen->theme.accent, pen->theme.accent, pen->theme.accent,
                         pen->theme.accent };

  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (roundf (x) - r, roundf (y) - r, 2 * r,
                                                        2 * r), r);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

/** sm_draw_cross: Where Enter looks, shown to whoever came by keyboard. */
void
sm_draw_cross (GtkSnapshot    *snapshot,
               const SmMapPen *pen,
               float           x,
               float           y)
{
  const GdkRGBA *colour = &pen->theme.accent;

  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x - 9, y - 1, 18, 2));
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x - 1, y - 9, 2, 18));
}

/** sm_format_count: Returns: (transfer full): 945, 1.2k, 12k */
char *
sm_format_count (guint n)
{
  if (n < 1000)
    return g_strdup_printf ("%u", n);
  if (n < 9950)
    return g_strdup_printf ("%u.%uk", (n + 50) / 1000, (n + 50) / 100 % 10);
  return g_strdup_printf ("%uk", (n + 500) / 1000);
}

/** sm_glyph_begin: Starts a picture with these bounds around its own 0, 0, in pixels. */
void
sm_glyph_begin (SmGlyph        *self,
                const SmMapPen *pen,
                double          left,
                double          top,
                double          right,
                double          bottom)
{
  double x = floor (left), y = floor (top);
  int width = (int) (ceil (right) - x), height = (int) (ceil (bottom) - y);

  self->as_texture = pen->as_textures;
  self->bounds = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height);
  self->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * (int) pen->scale,
                                              height * (int) pen->scale);
  cairo_surface_set_device_scale (self->surface, pen->scale, pen->scale);
  self->cr = cairo_create (self->surface);
  cairo_translate (self->cr, -x, -y);
}

/** sm_glyph_end: Returns: (transfer full): the picture, to be put where it belongs by a translation */
GskRenderNode *
sm_glyph_end (SmGlyph *self)
{
  g_clear_pointer (&self->cr, cairo_destroy);
  return sm_surface_to_node (g_steal_pointer (&self->surface), &self->bounds, self->as_texture);
}
