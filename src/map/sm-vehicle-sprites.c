/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-vehicle-sprites.h"

#include <math.h>
#include <string.h>

#include "sm-fleet.h"

struct _SmVehicleSprites
{
  const SmMapPen *pen; /* outlives this */
  SmSprite sprites[SM_N_SPRITES];
};

/** sm_vehicle_sprites_new: @pen: has to stay as it is as long as the sprites */
SmVehicleSprites *
sm_vehicle_sprites_new (const SmMapPen *pen)
{
  SmVehicleSprites *self = g_new0 (SmVehicleSprites, 1);

  self->pen = pen;
  return self;
}

void
sm_vehicle_sprites_free (SmVehicleSprites *self)
{
  for (guint i = 0; i < SM_N_SPRITES; i++)
    g_free (self->sprites[i].pixels);
  g_free (self);
}

/**
 * sm_vehicle_sprite_id:
 * @hollow: a fault that is not live; normal vehicles have a look for that
 * @heading: degrees, or %SM_HEADING_UNKNOWN; only the largest size shows it
 */
guint
sm_vehicle_sprite_id (SmDotSize size,
                      guint     look,
                      gboolean  hollow,
                      guint     heading)
{
  guint direction = SM_HEADINGS;

  if (size == SM_DOT_HEADING && heading != SM_HEADING_UNKNOWN && look != SM_LOOK_PARKED &&
      look != SM_LOOK_CHARGING)
    direction = ((heading * 2 * SM_HEADINGS + 360) / 720) % SM_HEADINGS;
  return ((size * SM_N_LOOKS + look) * 2 + (hollow ? 1 : 0)) * (SM_HEADINGS + 1) + direction;
}

/* A navigator's arrow, its tip in the direction of travel. */
static void
arrow_path (cairo_t *cr,
            guint    direction,
            double   r)
{
  cairo_save (cr);
  cairo_rotate (cr, direction * 2 * G_PI / SM_HEADINGS);
  cairo_move_to (cr, 0, -r * 1.3);
  cairo_line_to (cr, r * 0.95, r);
  cairo_line_to (cr, 0, r * 0.5);
  cairo_line_to (cr, -r * 0.95, r);
  cairo_close_path (cr);
  cairo_restore (cr);
}

static void
draw_normal (cairo_t        *cr,
             const SmMapPen *pen,
             SmDotSize       size,
             guint           look,
             guint           direction,
             double          r)
{
  const GdkRGBA *colours[] = { &pen->theme.driving, &pen->theme.charging, &pen->theme.parked,
                               &pen->theme.unknown };
  gboolean hollow = look == SM_LOOK_UNKNOWN || pen->stale;

  if (direction < SM_HEADINGS)
    arrow_path (cr, direction, r);
  else
    cairo_arc (cr, 0, 0, r * (look == SM_LOOK_PARKED ? 0.75 : 0.85), 0, 2 * G_PI);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (size != SM_DOT_SMALL && !hollow)
    {
      sm_draw_colour (cr, &pen->theme.halo);
      cairo_set_line_width (cr, pen->unit * 1.6);
      cairo_stroke_preserve (cr);
    }
  sm_draw_colour (cr, hollow ? &pen->theme.unknown : colours[look]);
  if (hollow)
    {
      cairo_set_line_width (cr, pen->unit * (size == SM_DOT_SMALL ? 0.8 : 1.2));
      cairo_stroke (cr);
      return;
    }
  cairo_fill (cr);
  if (look == SM_LOOK_CHARGING && size == SM_DOT_HEADING)
    {
      sm_draw_colour (cr, &pen->theme.halo);
      cairo_arc (cr, 0, 0, r * 0.3, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_fault (cairo_t        *cr,
            const SmMapPen *pen,
            guint           level,
            gboolean        hollow,
            guint           direction,
            double          size)
{
  if (direction < SM_HEADINGS)
    {
      double angle = direction * 2 * G_PI / SM_HEADINGS - G_PI / 2;

      sm_draw_colour (cr, pen->stale ? &pen->theme.unknown : &pen->theme.levels[level]);
      cairo_set_line_width (cr, pen->unit * 2);
      cairo_move_to (cr, 0, 0);
      cairo_line_to (cr, cos (angle) * size * 0.95, sin (angle) * size * 0.95);
      cairo_stroke (cr);
    }
  sm_draw_level (cr, pen, level, 0, 0, size, hollow);
}

/* Of the lesser levels there are many: they must not cover what is worse, nor names. */
static double
sign_size (SmDotSize size,
           guint     look)
{
  static const double sizes[SM_N_DOT_SIZES] = { 12, 16, 20 };

  return sizes[size] * (look == SM_LOOK_LEVEL_1 || look == SM_LOOK_LEVEL_2 ? 1 : 0.72);
}

static void
draw_sprite (SmSprite       *sprite,
             const SmMapPen *pen,
             guint           id)
{
  static const double radii[SM_N_DOT_SIZES] = { 1.2, 2.6, 4.4 };
  guint direction = id % (SM_HEADINGS + 1);
  guint look = id / (SM_HEADINGS + 1) / 2 % SM_N_LOOKS;
  gboolean hollow = id / (SM_HEADINGS + 1) % 2;
  SmDotSize size = id / (SM_HEADINGS + 1) / 2 / SM_N_LOOKS;
  double reach = (look >= SM_LOOK_LEVEL_4 ? sign_size (size, look) : radii[size] * 1.4 + 1) * pen->unit;
  int pixels = 2 * (int) ceil (reach * pen->scale) + 1;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels, pixels);
  int stride = cairo_image_surface_get_stride (surface);
  cairo_t *cr = cairo_create (surface);

  cairo_translate (cr, pixels / 2.0, pixels / 2.0);
  cairo_scale (cr, pen->scale, pen->scale);
  if (look >= SM_LOOK_LEVEL_4)
    draw_fault (cr, pen, sm_look_get_level (look), hollow, direction,
                sign_size (size, look) * pen->unit);
  else
    draw_normal (cr, pen, size, look, direction, radii[size] * pen->unit);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  sprite->size = pixels;
  sprite->pixels = g_new (guint32, (gsize) pixels * (gsize) pixels);
  for (int y = 0; y < pixels; y++)
    memcpy (sprite->pixels + (gsize) y * (gsize) pixels,
            cairo_image_surface_get_data (surface) + (gsize) y * (gsize) stride,
            (gsize) pixels * sizeof (guint32));
  cairo_surface_destroy (surface);
}

/** sm_vehicle_sprites_get: Returns: (transfer none): the picture of this id */
const SmSprite *
sm_vehicle_sprites_get (SmVehicleSprites *self,
                        guint             id)
{
  SmSprite *sprite = &self->sprites[id];

  if (sprite->pixels == NULL)
    draw_sprite (sprite, self->pen, id);
  return sprite;
}
