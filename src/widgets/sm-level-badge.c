/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-level-badge.h"

#include "sm-style.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

struct _SmLevelBadge
{
  GtkWidget parent_instance;

  guint level;
};

G_DEFINE_FINAL_TYPE (SmLevelBadge, sm_level_badge, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_LEVEL = 1,
} Property;
static GParamSpec *properties[PROP_LEVEL + 1];

/* Draws the outline of the level's sign in a square of @size. */
static void
trace_shape (cairo_t *cr,
             guint    level,
             double   size)
{
  double inset = size * 0.06;
  double radius = size * 0.18;

  if (level == 1)
    {
      double near = inset, far = size - inset;

      cairo_arc (cr, far - radius, near + radius, radius, -G_PI_2, 0);
      cairo_arc (cr, far - radius, far - radius, radius, 0, G_PI_2);
      cairo_arc (cr, near + radius, far - radius, radius, G_PI_2, G_PI);
      cairo_arc (cr, near + radius, near + radius, radius, G_PI, 3 * G_PI_2);
      cairo_close_path (cr);
    }
  else if (level == 2)
    {
      cairo_move_to (cr, size / 2, size * 0.06);
      cairo_line_to (cr, size * 0.98, size * 0.92);
      cairo_line_to (cr, size * 0.02, size * 0.92);
      cairo_close_path (cr);
    }
  else
    {
      double line = level == 4 ? size * 0.11 : 0;

      cairo_arc (cr, size / 2, size / 2, size / 2 - inset - line / 2, 0, 2 * G_PI);
    }
}

static void
draw_digit (SmLevelBadge  *self,
            cairo_t       *cr,
            double         size,
            const GdkRGBA *color)
{
  char digit[2] = { (char) ('0' + self->level), '\0' };
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), digit);
  g_autoptr (PangoFontDescription) font = NULL;
  PangoRectangle ink;
  double middle = self->level == 2 ? size * 0.64 : size * 0.5;

  font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, size * (self->level == 2 ? 0.52 : 0.62)
                                                      * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, size / 2 - ink.x - ink.width / 2.0, middle - ink.y - ink.height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
sm_level_badge_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  SmLevelBadge *self = SM_LEVEL_BADGE (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double size = MIN (width, height);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  g_autofree char *name = g_strdup_printf ("sm_level_%u", self->level);
  GdkRGBA fill, ink;
  cairo_t *cr;

  if (self->level == 0 || size <= 0)
    return;
  gtk_style_context_get_color (style, &ink);
  if (!gtk_style_context_lookup_color (style, name, &fill))
    fill = ink;
  if (self->level == 4)
    ink = fill;
  else
    gtk_style_context_lookup_color (style, "sm_level_ink", &ink);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  cairo_translate (cr, (width - size) / 2, (height - size) / 2);
  trace_shape (cr, self->level, size);
  gdk_cairo_set_source_rgba (cr, &fill);
  cairo_set_line_width (cr, size * 0.11);
  if (self->level == 4)
    cairo_stroke (cr);
  else
    cairo_fill (cr);
  draw_digit (self, cr, size, &ink);
  cairo_destroy (cr);
}

static void
sm_level_badge_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);

  pango_font_metrics_unref (metrics);
  *minimum = *natural = PANGO_PIXELS_CEIL (height);
  *minimum_baseline = *natural_baseline = -1;
}

static void
sm_level_badge_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch ((Property) id)
    {
    case PROP_LEVEL:
      g_value_set_uint (value, SM_LEVEL_BADGE (object)->level);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_level_badge_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch ((Property) id)
    {
    case PROP_LEVEL:
      sm_level_badge_set_level (SM_LEVEL_BADGE (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_level_badge_class_init (SmLevelBadgeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sm_level_badge_get_property;
  object_class->set_property = sm_level_badge_set_property;
  widget_class->snapshot = sm_level_badge_snapshot;
  widget_class->measure = sm_level_badge_measure;
  gtk_widget_class_set_css_name (widget_class, "level-badge");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  properties[PROP_LEVEL]
      = g_param_spec_uint ("level", NULL, NULL, 0, 4, 0,
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sm_level_badge_init (SmLevelBadge *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
sm_level_badge_new (guint level)
{
  return g_object_new (SM_TYPE_LEVEL_BADGE, "level", level, NULL);
}

guint
sm_level_badge_get_level (SmLevelBadge *self)
{
  g_return_val_if_fail (SM_IS_LEVEL_BADGE (self), 0);

  return self->level;
}

/** sm_level_badge_words: Returns: (transfer full): the level in words */
char *
sm_level_badge_words (guint level)
{
  /* Translators: %u is an alarm level from 1 to 4, %s its word, as in "Level 1, critical" */
  return g_strdup_printf (_("Level %u, %s"), level, sm_word_of_level ((int) level));
}

void
sm_level_badge_set_level (SmLevelBadge *self,
                          guint         level)
{
  g_autofree char *name = NULL;

  g_return_if_fail (SM_IS_LEVEL_BADGE (self) && level <= 4);

  if (self->level == level)
    return;
  self->level = level;
  name = sm_level_badge_words (level);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  sm_style_set_tooltip (GTK_WIDGET (self), name);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}
