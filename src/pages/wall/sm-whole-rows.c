/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-whole-rows.h"

#include "sm-text.h"

#include <glib/gi18n-lib.h>

struct _SmWholeRows
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget *button; /* how many more there are */
  GtkWidget *label;
  guint total;
  guint n_shown;
  guint idle;
};

G_DEFINE_FINAL_TYPE (SmWholeRows, sm_whole_rows, GTK_TYPE_WIDGET)

static int
height_of (GtkWidget *widget,
           int        width)
{
  int minimum, natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

/* How many of the first rows are whole within @height, and how high those are together. */
static guint
count_whole (SmWholeRows *self,
             int          width,
             int          height,
             int         *out_height)
{
  GtkWidget *list = gtk_scrolled_window_get_child (self->scroller);
  GtkWidget *row = list != NULL ? gtk_widget_get_first_child (list) : NULL;
  guint n = 0;

  *out_height = 0;
  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      int one = gtk_widget_should_layout (row) ? height_of (row, width) : 0;

      if (*out_height + one > height)
        break;
      *out_height += one;
      n += one > 0 ? 1 : 0;
    }
  return n;
}

static gboolean
show_rest_cb (gpointer user_data)
{
  SmWholeRows *self = user_data;
  guint rest = self->total > self->n_shown ? self->total - self->n_shown : 0;
  g_autofree char *count = sm_text_count (rest);
  /* Translators: %s is how many faults there is no room for */
  g_autofree char *text = g_strdup_printf (ngettext ("%s more fault", "%s more faults", rest),
                                           count);

  self->idle = 0;
  gtk_label_set_text (GTK_LABEL (self->label), text);
  return G_SOURCE_REMOVE;
}

/* Not while sizes are being given out. */
static void
queue_rest (SmWholeRows *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add (show_rest_cb, self);
}

static void
sm_whole_rows_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  SmWholeRows *self = SM_WHOLE_ROWS (widget);
  int more = height_of (self->button, width), rows;
  guint n = 0;

  if (self->scroller == NULL)
    return;
  n = count_whole (self, width, height, &rows);
  if (n >= self->total)
    rows = height;
  else
    n = count_whole (self, width, height - more, &rows);
  /* Where not even one is whole its upper part is worth seeing, but it counts as one more. */
  if (n == 0)
    rows = MAX (height - more, 0);
  gtk_widget_set_child_visible (self->button, n < self->total);
  gtk_widget_size_allocate (GTK_WIDGET (self->scroller), &(GtkAllocation) { 0, 0, width, rows }, -1);
  if (gtk_widget_get_child_visible (self->button))
    gtk_widget_size_allocate (self->button,
                              &(GtkAllocation) { 0, MIN (rows, height - more), width, more }, -1);
  if (n != self->n_shown)
    queue_rest (self);
  self->n_shown = n;
}

static void
sm_whole_rows_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  SmWholeRows *self = SM_WHOLE_ROWS (widget);

  *minimum = *natural = 0;
  if (self->scroller != NULL)
    gtk_widget_measure (GTK_WIDGET (self->scroller), orientation, for_size, minimum, natural, NULL,
                        NULL);
}

static GtkSizeRequestMode
sm_whole_rows_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sm_whole_rows_dispose (GObject *object)
{
  SmWholeRows *self = SM_WHOLE_ROWS (object);
  GtkWidget *child;

  g_clear_handle_id (&self->idle, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->scroller = NULL;

  G_OBJECT_CLASS (sm_whole_rows_parent_class)->dispose (object);
}

static void
sm_whole_rows_class_init (SmWholeRowsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_whole_rows_dispose;
  widget_class->measure = sm_whole_rows_measure;
  widget_class->size_allocate = sm_whole_rows_size_allocate;
  widget_class->get_request_mode = sm_whole_rows_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "whole-rows");
}

static void
sm_whole_rows_init (SmWholeRows *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), self->label);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->label, NULL, -1);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "more");
  gtk_widget_set_child_visible (self->button, FALSE);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
sm_whole_rows_new (void)
{
  return g_object_new (SM_TYPE_WHOLE_ROWS, NULL);
}

/** sm_whole_rows_set_scroller: @scroller: (transfer none): with a list view in it */
void
sm_whole_rows_set_scroller (SmWholeRows       *self,
                            GtkScrolledWindow *scroller)
{
  g_return_if_fail (SM_IS_WHOLE_ROWS (self) && self->scroller == NULL);

  self->scroller = scroller;
  /* Before the line below it, for the keyboard too. */
  gtk_widget_insert_before (GTK_WIDGET (scroller), GTK_WIDGET (self), self->button);
}

/** sm_whole_rows_set_total: @total: how many there are, be they rows of the list or not */
void
sm_whole_rows_set_total (SmWholeRows *self,
                         guint        total)
{
  g_return_if_fail (SM_IS_WHOLE_ROWS (self));

  if (self->total == total)
    return;
  self->total = total;
  queue_rest (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/** sm_whole_rows_set_link: @link: to all of them */
void
sm_whole_rows_set_link (SmWholeRows *self,
                        const char  *link)
{
  g_return_if_fail (SM_IS_WHOLE_ROWS (self));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", link);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "page.open");
}

/** sm_whole_rows_get_n_shown: Returns: how many rows are whole at the top of the list */
guint
sm_whole_rows_get_n_shown (SmWholeRows *self)
{
  g_return_val_if_fail (SM_IS_WHOLE_ROWS (self), 0);

  return self->n_shown;
}
