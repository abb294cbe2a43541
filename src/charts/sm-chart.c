/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-chart.h"

#include "sm-chart-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _SmChart
{
  GtkWidget parent_instance;

  SmPlot *plot; /* (nullable) */
  char *title;
  char *empty_text;
  char *words;
  SmChartFormat format;
  gpointer format_data;
  int cursor; /* index in the first line; -1: nowhere */
  gboolean stale;
  GtkWidget *table; /* made when it is asked for */
};

G_DEFINE_FINAL_TYPE (SmChart, sm_chart, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_TITLE = 1,
  PROP_STALE,
  PROP_EMPTY_TEXT,
} Property;
static GParamSpec *properties[PROP_EMPTY_TEXT + 1];

static gboolean
has_values (SmChart *self)
{
  for (guint i = 0; self->plot != NULL && i < sm_plot_get_n_series (self->plot); i++)
    if (sm_plot_get_last_known (self->plot, i) >= 0)
      return TRUE;
  return FALSE;
}

static char *
format_at (SmChart *self,
           double   at)
{
  return self->format != NULL ? self->format (at, self->format_data) : g_strdup_printf ("%g", at);
}

/* The value of a line at that place; unknown where it has none there. */
static double
value_at (SmChart *self,
          guint    series,
          double   at)
{
  for (guint i = 0; i < sm_plot_get_n (self->plot, series); i++)
    if (sm_plot_get_at (self->plot, series, i) == at)
      return sm_plot_get_value (self->plot, series, i);
  return NAN;
}

/* "14:30 · today 587 · yesterday 560 kW" */
static char *
describe (SmChart *self,
          int      index)
{
  double at = sm_plot_get_at (self->plot, 0, (guint) index);
  g_autofree char *where = format_at (self, at);
  GString *words = g_string_new (where);
  const char *unit = sm_plot_get_unit (self->plot);

  for (guint i = 0; i < sm_plot_get_n_series (self->plot); i++)
    {
      g_autofree char *value = sm_plot_format (self->plot, value_at (self, i, at));

      g_string_append_printf (words, " · %s %s", sm_plot_get_name (self->plot, i), value);
      if (unit != NULL)
        g_string_append_printf (words, " %s", unit);
    }
  return g_string_free (words, FALSE);
}

static void
update_words (SmChart *self)
{
  g_autofree char *point = NULL;
  int index = self->cursor;

  if (index < 0 && has_values (self))
    index = sm_plot_get_last_known (self->plot, 0);
  if (index >= 0)
    point = describe (self, index);
  g_free (self->words);
  if (point == NULL)
    self->words = g_strdup_printf ("%s: %s", self->title,
                                   self->empty_text != NULL ? self->empty_text : "–");
  else if (self->stale)
    /* Translators: a chart's title, that its values are not live, and one of its values */
    self->words = g_strdup_printf (_("%s, last known: %s"), self->title, point);
  else
    self->words = g_strdup_printf ("%s: %s", self->title, point);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->words, -1);
}

static void
look_up (GtkWidget   *widget,
         const char  *name,
         SmPlotColor *out_color)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (style, name, &color))
    gtk_style_context_get_color (style, &color);
  *out_color = (SmPlotColor){ color.red, color.green, color.blue, color.alpha };
}

static PangoFontDescription *
get_font (GtkWidget *widget,
          double    *out_px)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72;
  *out_px = size > 0 ? size : 12;
  return pango_font_description_copy (font);
}

static void
fill_theme (SmChart      *self,
            SmPlotTheme  *theme,
            char        **out_font)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoFontDescription *font = get_font (widget, &theme->font_px);

  *out_font = g_strdup (pango_font_description_get_family (font));
  pango_font_description_free (font);
  theme->font = *out_font;
  theme->is_stale = self->stale;
  look_up (widget, "sm_line", &theme->grid);
  look_up (widget, "sm_dim", &theme->label);
  look_up (widget, "sm_accent", &theme->main);
  look_up (widget, "sm_tone_strong", &theme->beside);
}

static void
draw_cursor (SmChart           *self,
             cairo_t           *cr,
             const SmPlotTheme *theme,
             double             width,
             double             height)
{
  SmPlotFrame frame = sm_plot_get_frame (self->plot, theme, width, height);
  double at = sm_plot_get_at (self->plot, 0, (guint) self->cursor);
  double x = floor (sm_plot_x (self->plot, &frame, at)) + 0.5;

  cairo_set_source_rgba (cr, theme->label.red, theme->label.green, theme->label.blue, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, x, frame.y);
  cairo_line_to (cr, x, frame.y + frame.height);
  cairo_stroke (cr);
  for (guint i = 0; i < sm_plot_get_n_series (self->plot); i++)
    {
      double value = value_at (self, i, at);

      if (!isfinite (value))
        continue;
      cairo_arc (cr, x, sm_plot_y (self->plot, &frame, value), theme->font_px * 0.22, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

/* A line of text over the plot, at its right end. */
static void
draw_line_of_text (SmChart     *self,
                   GtkSnapshot *snapshot,
                   const char  *text,
                   double       width,
                   double       y,
                   gboolean     at_end)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA ground, ink;
  int w, h;
  double x;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &w, &h);
  x = at_end == (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL) ? width - w : 0;
  gtk_style_context_get_color (style, &ink);
  if (gtk_style_context_lookup_color (style, "sm_panel", &ground))
    gtk_snapshot_append_color (snapshot, &ground,
                               &GRAPHENE_RECT_INIT ((float) x - 4, (float) y, (float) w + 4,
                                                    (float) h));
  pango_layout_set_width (layout, -1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
sm_chart_snapshot (GtkWidget   *widget,
                   GtkSnapshot *snapshot)
{
  SmChart *self = SM_CHART (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  g_autofree char *font = NULL;
  g_autofree char *words = NULL;
  SmPlotTheme theme;
  cairo_t *cr;

  if (width < 16 || height < 16)
    return;
  if (!has_values (self))
    {
      if (self->empty_text != NULL)
        draw_line_of_text (self, snapshot, self->empty_text, width, height / 3, FALSE);
      return;
    }
  fill_theme (self, &theme, &font);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  sm_plot_draw (self->plot, cr, &theme, width, height);
  if (self->cursor >= 0)
    draw_cursor (self, cr, &theme, width, height);
  cairo_destroy (cr);
  if (self->cursor < 0)
    return;
  words = describe (self, self->cursor);
  draw_line_of_text (self, snapshot, words, width, 0, TRUE);
}

static void
motion_cb (SmChart *self,
           double   x,
           double   y)
{
  g_autofree char *font = NULL;
  SmPlotTheme theme;
  SmPlotFrame frame;

  if (!has_values (self))
    return;
  fill_theme (self, &theme, &font);
  frame = sm_plot_get_frame (self->plot, &theme, gtk_widget_get_width (GTK_WIDGET (self)),
                             gtk_widget_get_height (GTK_WIDGET (self)));
  sm_chart_set_cursor (self, sm_plot_nearest (self->plot, &frame, 0, x));
}

static void
leave_cb (SmChart *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    sm_chart_set_cursor (self, -1);
}

static gboolean
key_cb (SmChart         *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  int n = self->plot != NULL && sm_plot_get_n_series (self->plot) > 0
              ? (int) sm_plot_get_n (self->plot, 0)
              : 0;
  int from = self->cursor >= 0 ? self->cursor
             : n > 0           ? sm_plot_get_last_known (self->plot, 0)
                               : -1;

  if (n == 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (keyval == GDK_KEY_Left)
    sm_chart_set_cursor (self, MAX (from - 1, 0));
  else if (keyval == GDK_KEY_Right)
    sm_chart_set_cursor (self, MIN (from + 1, n - 1));
  else if (keyval == GDK_KEY_Home)
    sm_chart_set_cursor (self, 0);
  else if (keyval == GDK_KEY_End)
    sm_chart_set_cursor (self, n - 1);
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_space)
    sm_chart_open_table (self);
  else
    return FALSE;
  return TRUE;
}

static void
sm_chart_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  double px;
  PangoFontDescription *font = get_font (widget, &px);

  pango_font_description_free (font);
  *minimum = (int) (px * (orientation == GTK_ORIENTATION_HORIZONTAL ? 10 : 5));
  *natural = (int) (px * (orientation == GTK_ORIENTATION_HORIZONTAL ? 20 : 8));
  *minimum_baseline = *natural_baseline = -1;
}

static void
sm_chart_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  if (SM_CHART (widget)->table != NULL)
    gtk_popover_present (GTK_POPOVER (SM_CHART (widget)->table));
}

static void
sm_chart_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  SmChart *self = SM_CHART (object);

  switch ((Property) id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_STALE:
      g_value_set_boolean (value, self->stale);
      break;
    case PROP_EMPTY_TEXT:
      g_value_set_string (value, self->empty_text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_text (char   **field,
          SmChart *self,
          const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
sm_chart_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  SmChart *self = SM_CHART (object);

  switch ((Property) id)
    {
    case PROP_TITLE:
      set_text (&self->title, self, g_value_get_string (value));
      break;
    case PROP_STALE:
      sm_chart_set_stale (self, g_value_get_boolean (value));
      break;
    case PROP_EMPTY_TEXT:
      set_text (&self->empty_text, self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_chart_dispose (GObject *object)
{
  SmChart *self = SM_CHART (object);

  g_clear_pointer (&self->table, gtk_widget_unparent);

  G_OBJECT_CLASS (sm_chart_parent_class)->dispose (object);
}

static void
sm_chart_finalize (GObject *object)
{
  SmChart *self = SM_CHART (object);

  g_clear_pointer (&self->plot, sm_plot_free);
  g_free (self->title);
  g_free (self->empty_text);
  g_free (self->words);

  G_OBJECT_CLASS (sm_chart_parent_class)->finalize (object);
}

static void
sm_chart_class_init (SmChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_chart_get_property;
  object_class->set_property = sm_chart_set_property;
  object_class->dispose = sm_chart_dispose;
  object_class->finalize = sm_chart_finalize;
  widget_class->snapshot = sm_chart_snapshot;
  widget_class->measure = sm_chart_measure;
  widget_class->size_allocate = sm_chart_size_allocate;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_STALE] = g_param_spec_boolean ("stale", NULL, NULL, FALSE, flags);
  properties[PROP_EMPTY_TEXT] = g_param_spec_string ("empty-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sm_chart_init (SmChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (click, "released", G_CALLBACK (sm_chart_open_table), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
sm_chart_new (const char *title)
{
  return g_object_new (SM_TYPE_CHART, "title", title, NULL);
}

/** sm_chart_take_plot: Shows @plot (transfer full) from now on; the cursor stays where it can. */
void
sm_chart_take_plot (SmChart *self,
                    SmPlot  *plot)
{
  guint n;

  g_return_if_fail (SM_IS_CHART (self) && plot != NULL);

  g_clear_pointer (&self->plot, sm_plot_free);
  self->plot = plot;
  n = sm_plot_get_n_series (plot) > 0 ? sm_plot_get_n (plot, 0) : 0;
  self->cursor = MIN (self->cursor, (int) n - 1);
  update_words (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * sm_chart_set_lines:
 *
 * Draws these lines in place of what there was: the first strong, the others beside it.
 */
void
sm_chart_set_lines (SmChart           *self,
                    const SmChartAxes *axes,
                    const SmChartLine *lines,
                    guint              n_lines)
{
  SmPlot *plot;

  g_return_if_fail (SM_IS_CHART (self));
  g_return_if_fail (axes != NULL);

  plot = sm_plot_new ();
  if (axes->first < axes->last)
    sm_plot_set_range (plot, axes->first, axes->last);
  sm_plot_set_unit (plot, axes->unit);
  sm_plot_set_from_zero (plot, axes->from_zero);
  for (guint i = 0; i < axes->n_ticks; i++)
    sm_plot_add_tick (plot, axes->ticks[i], axes->labels[i]);
  for (guint i = 0; i < n_lines; i++)
    sm_plot_add (plot, lines[i].name, i == 0 ? SM_PLOT_MAIN : SM_PLOT_BESIDE, lines[i].at,
                 lines[i].values, lines[i].n);
  sm_chart_take_plot (self, plot);
}

/** sm_chart_set_format: How places on the horizontal axis are worded. */
void
sm_chart_set_format (SmChart       *self,
                     SmChartFormat  format,
                     gpointer       user_data)
{
  g_return_if_fail (SM_IS_CHART (self));

  self->format = format;
  self->format_data = user_data;
  update_words (self);
}

/** sm_chart_set_stale: Whether the lines end in the past. */
void
sm_chart_set_stale (SmChart  *self,
                    gboolean  stale)
{
  g_return_if_fail (SM_IS_CHART (self));

  if (self->stale == !!stale)
    return;
  self->stale = !!stale;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STALE]);
}

/** sm_chart_set_cursor: Shows the values at that place of the first line; -1: at none. */
void
sm_chart_set_cursor (SmChart *self,
                     int      index)
{
  g_return_if_fail (SM_IS_CHART (self));

  if (self->cursor == index)
    return;
  self->cursor = index;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
sm_chart_get_cursor (SmChart *self)
{
  g_return_val_if_fail (SM_IS_CHART (self), -1);

  return self->cursor;
}

/** sm_chart_get_words: Returns: (nullable): what is said of it */
const char *
sm_chart_get_words (SmChart *self)
{
  g_return_val_if_fail (SM_IS_CHART (self), NULL);

  return self->words;
}

/** sm_chart_open_table: Shows the same values as a table. */
void
sm_chart_open_table (SmChart *self)
{
  g_return_if_fail (SM_IS_CHART (self));

  if (!has_values (self))
    return;
  if (self->table == NULL)
    {
      self->table = sm_chart_table_new (self->title);
      gtk_widget_set_parent (self->table, GTK_WIDGET (self));
    }
  sm_chart_table_set_plot (SM_CHART_TABLE (self->table), self->plot, self->format,
                           self->format_data);
  gtk_popover_popup (GTK_POPOVER (self->table));
}

/** sm_chart_get_table: Returns: (transfer none) (nullable): the rows of the open table */
GListModel *
sm_chart_get_table (SmChart *self)
{
  g_return_val_if_fail (SM_IS_CHART (self), NULL);

  return self->table != NULL ? sm_chart_table_get_model (SM_CHART_TABLE (self->table)) : NULL;
}
