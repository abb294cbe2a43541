/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wrap-box.h"

struct _SmWrapBox
{
  GtkWidget parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (SmWrapBox, sm_wrap_box, GTK_TYPE_WIDGET)

/* Children from @first up to @end are one line. */
typedef struct
{
  GtkWidget *first, *end; /* @end: (nullable) */
  int height;
  int rest; /* of the width */
} Line;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static int
measure_width (GtkWidget *child,
               int        width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, width);
}

/* The line that begins with @first. */
static Line
find_line (SmWrapBox *self,
           GtkWidget *first,
           int        width)
{
  Line line = { first, first, 0, width + self->spacing };

  while (line.end != NULL)
    {
      int wide = measure_width (line.end, width);
      int high;

      if (line.end != first && wide + self->spacing > line.rest)
        break;
      gtk_widget_measure (line.end, GTK_ORIENTATION_VERTICAL, wide, NULL, &high, NULL, NULL);
      line.height = MAX (line.height, high);
      line.rest -= wide + self->spacing;
      line.end = next_shown (gtk_widget_get_next_sibling (line.end));
    }
  return line;
}

static GtkSizeRequestMode
sm_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_widths (SmWrapBox *self,
                int       *minimum,
                int       *natural)
{
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self))); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int least, best;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &best, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += best + (*natural > 0 ? self->spacing : 0);
    }
}

static void
sm_wrap_box_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  SmWrapBox *self = SM_WRAP_BOX (widget);
  int height = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_widths (self, minimum, natural);
      return;
    }
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      Line line = find_line (self, child, for_size >= 0 ? for_size : G_MAXINT / 2);

      height += line.height + (height > 0 ? self->spacing : 0);
      child = line.end;
    }
  *minimum = *natural = height;
}

static void
place_line (SmWrapBox  *self,
            const Line *line,
            int         y,
            int         width)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int rest = line->rest, x = 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      GtkAllocation place = { x, y, measure_width (child, width), line->height };

      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        {
          place.width += rest;
          rest = 0;
        }
      x += place.width + self->spacing;
      if (is_mirrored)
        place.x = width - place.x - place.width;
      gtk_widget_size_allocate (child, &place, -1);
    }
}

static void
sm_wrap_box_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  SmWrapBox *self = SM_WRAP_BOX (widget);
  int y = 0;

  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      Line line = find_line (self, child, width);

      line.rest = MAX (line.rest, 0);
      place_line (self, &line, y, width);
      y += line.height + self->spacing;
      child = line.end;
    }
}

static void
sm_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_wrap_box_parent_class)->dispose (object);
}

static void
sm_wrap_box_class_init (SmWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_wrap_box_dispose;
  widget_class->get_request_mode = sm_wrap_box_get_request_mode;
  widget_class->measure = sm_wrap_box_measure;
  widget_class->size_allocate = sm_wrap_box_size_allocate;
}

static void
sm_wrap_box_init (SmWrapBox *self)
{
}

/** sm_wrap_box_new: @spacing: between children, and between lines */
GtkWidget *
sm_wrap_box_new (int spacing)
{
  SmWrapBox *self = g_object_new (SM_TYPE_WRAP_BOX, NULL);

  self->spacing = spacing;
  return GTK_WIDGET (self);
}

/** sm_wrap_box_append: @child: (transfer floating) */
void
sm_wrap_box_append (SmWrapBox *self,
                    GtkWidget *child)
{
  g_return_if_fail (SM_IS_WRAP_BOX (self) && GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
