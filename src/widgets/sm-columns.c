/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-columns.h"

#include "sm-style.h"

/* The shares of the outer columns on a screen that is wide enough. */
#define START_SHARE 0.175
#define END_SHARE 0.215
/* So many lines of plain text are room enough for larger type.  On a desk of 1920x1080 they
 * are not: all that the columns have is to be there without scrolling. */
#define ROOMY_LINES 56
/* And so many for more rows of what is wrong than the least. */
#define TALL_LINES 31
/* With fewer there is only room for what is wrong. */
#define TIGHT_LINES 26

typedef enum
{
  COLUMN_START,
  COLUMN_CENTER,
  COLUMN_END,
  N_COLUMNS
} Column;

struct _SmColumns
{
  GtkWidget parent_instance;

  GtkWidget *children[N_COLUMNS];
  gboolean is_roomy;
  gboolean is_tall;
  gboolean is_tight;
  gboolean fits; /* a column that there is no room for leaves */
  guint roomy_idle;
};

G_DEFINE_FINAL_TYPE (SmColumns, sm_columns, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_START = 1,
  PROP_CENTER,
  PROP_END,
  PROP_IS_TIGHT,
} Property;
static GParamSpec *properties[PROP_IS_TIGHT + 1];

static int
column_width (SmColumns *self,
              Column     column,
              int        share)
{
  int minimum = 0;

  if (self->children[column] == NULL || !gtk_widget_should_layout (self->children[column]))
    return 0;
  gtk_widget_measure (self->children[column], GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL,
                      NULL);
  return MAX (minimum, share);
}

/* What leaves first where there is no room for all: numbers, then the map.  What is wrong stays. */
static void
let_leave (SmColumns *self,
           int        width,
           int        widths[N_COLUMNS])
{
  int least[N_COLUMNS], sum = 0;

  for (int i = 0; i < N_COLUMNS; i++)
    sum += least[i] = column_width (self, i, 0);
  for (int i = 0; i < N_COLUMNS && sum > width; i++)
    if (i != COLUMN_END)
      {
        sum -= least[i];
        widths[i] = 0;
      }
  if (widths[COLUMN_CENTER] == 0)
    widths[COLUMN_END] = width;
  else if (widths[COLUMN_START] == 0)
    widths[COLUMN_CENTER] = MAX (width - widths[COLUMN_END], least[COLUMN_CENTER]);
}

/* How @width is shared out; in wall mode 0 for a column that leaves. */
static void
share_width (SmColumns *self,
             int        width,
             int        widths[N_COLUMNS])
{
  widths[COLUMN_START] = column_width (self, COLUMN_START, (int) (width * START_SHARE));
  widths[COLUMN_END] = column_width (self, COLUMN_END, (int) (width * END_SHARE));
  widths[COLUMN_CENTER] = MAX (width - widths[COLUMN_START] - widths[COLUMN_END],
                               column_width (self, COLUMN_CENTER, 0));
  if (self->fits)
    let_leave (self, width, widths);
}

static GtkSizeRequestMode
sm_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (SmColumns *self,
               int       *minimum,
               int       *natural)
{
  for (int i = 0; i < N_COLUMNS; i++)
    {
      int least = 0, best = 0;

      if (self->children[i] == NULL || !gtk_widget_should_layout (self->children[i]))
        continue;
      gtk_widget_measure (self->children[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, &best, NULL,
                          NULL);
      *minimum = self->fits ? MAX (*minimum, i == COLUMN_END ? least : 0) : *minimum + least;
      *natural += best;
    }
}

/* Text that wraps is as high as its column is narrow: without a width it would
 * ask for the height of one letter a line. */
static void
measure_height (SmColumns *self,
                int        width,
                int       *minimum,
                int       *natural)
{
  int widths[N_COLUMNS];

  share_width (self, width, widths);
  for (int i = 0; i < N_COLUMNS; i++)
    {
      int least = 0, best = 0;

      if (self->children[i] == NULL || !gtk_widget_should_layout (self->children[i])
          || (self->fits && widths[i] == 0))
        continue;
      gtk_widget_measure (self->children[i], GTK_ORIENTATION_VERTICAL, widths[i], &least, &best,
                          NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, best);
    }
}

static void
sm_columns_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  SmColumns *self = SM_COLUMNS (widget);
  int least = 0, best = 0;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }
  measure_width (self, &least, &best);
  measure_height (self, for_size >= 0 ? MAX (for_size, least) : best, minimum, natural);
}

static gboolean
set_roomy_cb (gpointer user_data)
{
  SmColumns *self = user_data;

  self->roomy_idle = 0;
  sm_style_set_class (GTK_WIDGET (self), "roomy", self->is_roomy);
  sm_style_set_class (GTK_WIDGET (self), "tall", self->is_tall);
  sm_style_set_class (GTK_WIDGET (self), "tight", self->is_tight);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_TIGHT]);
  return G_SOURCE_REMOVE;
}

/* Where there is the height for it the stylesheet sets larger type.  It is a
 * class of its own, and not set while sizes are being given out. */
static void
look_for_room (SmColumns *self,
               int        height)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics)
                                + pango_font_metrics_get_descent (metrics));
  gboolean is_roomy = height >= line * ROOMY_LINES;
  gboolean is_tall = height >= line * TALL_LINES;
  gboolean is_tight = self->fits && height < line * TIGHT_LINES;

  pango_font_metrics_unref (metrics);
  if (self->is_roomy == is_roomy && self->is_tall == is_tall && self->is_tight == is_tight)
    return;
  self->is_roomy = is_roomy;
  self->is_tall = is_tall;
  self->is_tight = is_tight;
  if (self->roomy_idle == 0)
    self->roomy_idle = g_idle_add (set_roomy_cb, self);
}

static void
sm_columns_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  SmColumns *self = SM_COLUMNS (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int widths[N_COLUMNS];
  int x = 0;

  look_for_room (self, height);
  share_width (self, width, widths);
  for (int i = 0; i < N_COLUMNS; i++)
    {
      GtkAllocation place = { is_mirrored ? width - x - widths[i] : x, 0, widths[i], height };

      if (self->children[i] == NULL || !gtk_widget_should_layout (self->children[i]))
        continue;
      gtk_widget_set_child_visible (self->children[i], !self->fits || widths[i] > 0);
      if (!self->fits || widths[i] > 0)
        gtk_widget_size_allocate (self->children[i], &place, -1);
      x += widths[i];
    }
}

static void
set_child (SmColumns *self,
           Property   property,
           GtkWidget *child)
{
  GtkWidget **slot = &self->children[property - PROP_START];

  if (*slot == child)
    return;
  g_clear_pointer (slot, gtk_widget_unparent);
  *slot = child;
  /* The order of children is the order of the keyboard. */
  if (child != NULL)
    gtk_widget_insert_before (child, GTK_WIDGET (self),
                              property == PROP_START    ? gtk_widget_get_first_child (GTK_WIDGET (self))
                              : property == PROP_CENTER ? self->children[COLUMN_END]
                                                        : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
sm_columns_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch ((Property) id)
    {
    case PROP_START:
    case PROP_CENTER:
    case PROP_END:
      g_value_set_object (value, SM_COLUMNS (object)->children[id - PROP_START]);
      break;
    case PROP_IS_TIGHT:
      g_value_set_boolean (value, SM_COLUMNS (object)->is_tight);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_columns_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  switch ((Property) id)
    {
    case PROP_START:
    case PROP_CENTER:
    case PROP_END:
      set_child (SM_COLUMNS (object), (Property) id, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sm_columns_dispose (GObject *object)
{
  SmColumns *self = SM_COLUMNS (object);

  g_clear_handle_id (&self->roomy_idle, g_source_remove);
  for (int i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&self->children[i], gtk_widget_unparent);

  G_OBJECT_CLASS (sm_columns_parent_class)->dispose (object);
}

static void
sm_columns_class_init (SmColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sm_columns_get_property;
  object_class->set_property = sm_columns_set_property;
  object_class->dispose = sm_columns_dispose;
  widget_class->get_request_mode = sm_columns_get_request_mode;
  widget_class->measure = sm_columns_measure;
  widget_class->size_allocate = sm_columns_size_allocate;

  properties[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CENTER] = g_param_spec_object ("center", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_IS_TIGHT] = g_param_spec_boolean ("is-tight", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                        | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
sm_columns_init (SmColumns *self)
{
}

GtkWidget *
sm_columns_new (void)
{
  return g_object_new (SM_TYPE_COLUMNS, NULL);
}

/**
 * sm_columns_set_fits:
 * @fits: whether a column leaves that there is no room for: the first one first,
 *   then the one in the middle; the last always stays
 */
void
sm_columns_set_fits (SmColumns *self,
                     gboolean   fits)
{
  g_return_if_fail (SM_IS_COLUMNS (self));

  self->fits = fits;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
