/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-clocks.h"

#include "sm-style.h"
#include "sm-time.h"
#include "sm-work-order-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *title;
  GtkWidget *text;
  GtkWidget *bar;
} Line;

struct _SmWorkOrderClocks
{
  GtkWidget parent_instance;

  SmOps *ops;
  GtkWidget *grid;
  Line lines[SM_WORK_ORDER_N_CLOCKS];
};

G_DEFINE_FINAL_TYPE (SmWorkOrderClocks, sm_work_order_clocks, GTK_TYPE_WIDGET)

/* Of a bar, which is as high as a line is: less would look as if nothing had been done. */
#define LEAST_PART 0.08

/* How much of it has gone by: all of it when it is over. */
static double
get_part (const SmWorkOrderReading *reading)
{
  gint64 whole = reading->due - reading->from;
  double part = whole > 0 ? CLAMP ((double) reading->used_us / (double) whole, 0, 1) : 1;

  if (reading->from == SM_UNKNOWN || reading->due == SM_UNKNOWN)
    return 0;
  return reading->stopped_at != SM_UNKNOWN ? MAX (part, LEAST_PART) : part;
}

static void
show_line (SmWorkOrderClocks *self,
           SmWorkOrderClock   clock,
           const SmRow       *order)
{
  Line *line = &self->lines[clock];
  gboolean is_late;
  g_autofree char *text = sm_work_order_clock_state (self->ops, order, clock, &is_late);
  SmWorkOrderReading reading;

  sm_work_order_read_clock (order, clock,
                            sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops))),
                            &reading);
  if (text == NULL)
    text = g_strdup (C_ ("work order clock", "not yet"));
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (line->text)), text) != 0)
    gtk_label_set_text (GTK_LABEL (line->text), text);
  sm_style_set_class (line->text, "overdue", is_late);
  sm_style_set_class (line->bar, "stopped", reading.stopped_at != SM_UNKNOWN);
  gtk_widget_set_visible (line->bar, reading.from != SM_UNKNOWN && reading.due != SM_UNKNOWN);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (line->bar), get_part (&reading));
}

/** sm_work_order_clocks_show: Shows how they stand now. */
void
sm_work_order_clocks_show (SmWorkOrderClocks *self,
                           const SmRow       *order)
{
  g_return_if_fail (SM_IS_WORK_ORDER_CLOCKS (self) && order != NULL);

  for (SmWorkOrderClock clock = 0; clock < SM_WORK_ORDER_N_CLOCKS; clock++)
    show_line (self, clock, order);
}

static void
sm_work_order_clocks_dispose (GObject *object)
{
  SmWorkOrderClocks *self = SM_WORK_ORDER_CLOCKS (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_clocks_parent_class)->dispose (object);
}

static void
sm_work_order_clocks_class_init (SmWorkOrderClocksClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_clocks_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
make_line (SmWorkOrderClocks *self,
           SmWorkOrderClock        clock)
{
  Line *line = &self->lines[clock];

  line->title = g_object_new (GTK_TYPE_LABEL, "label", sm_work_order_clock_title (clock), "xalign", 0.0,
                              NULL);
  line->text = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, "hexpand", TRUE, "selectable", TRUE,
                             NULL);
  line->bar = g_object_new (GTK_TYPE_PROGRESS_BAR, "valign", GTK_ALIGN_CENTER, "width-request", 90,
                            NULL);
  gtk_widget_add_css_class (line->title, "row-subtitle");
  gtk_widget_add_css_class (line->text, "countdown");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (line->text), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  line->title, NULL, -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (line->bar), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  line->title, NULL, -1);
  gtk_grid_attach (GTK_GRID (self->grid), line->title, 0, (int) clock, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line->bar, 1, (int) clock, 1, 1);
  gtk_grid_attach (GTK_GRID (self->grid), line->text, 2, (int) clock, 1, 1);
}

static void
sm_work_order_clocks_init (SmWorkOrderClocks *self)
{
  self->grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 10, "row-spacing", 4, NULL);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (SmWorkOrderClock clock = 0; clock < SM_WORK_ORDER_N_CLOCKS; clock++)
    make_line (self, clock);
}

GtkWidget *
sm_work_order_clocks_new (SmOps *ops)
{
  SmWorkOrderClocks *self = g_object_new (SM_TYPE_WORK_ORDER_CLOCKS, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}
