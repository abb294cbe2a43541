/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-engineer-lane.h"

#include "sm-time.h"

#define ROW_HEIGHT 15
#define LEAST_WIDTH 420
#define MOST_HEIGHT 24.0f /* of a block, where there is but one row */
#define LEAST_BLOCK 7.0f
#define EDGE 1.5f

struct _SmEngineerLane
{
  GtkWidget parent_instance;

  const SmEngineerSpan *span; /* of whoever has all lanes */
  SmEngineerLine *line;       /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SmEngineerLane, sm_engineer_lane, GTK_TYPE_WIDGET)

enum
{
  PRESSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static float
x_of (SmEngineerLane *self,
      gint64          moment)
{
  gint64 from = self->span->marks[0], to = self->span->marks[self->span->n_marks];
  double share = (double) (moment - from) / (double) MAX (to - from, 1);

  return (float) (CLAMP (share, 0, 1) * gtk_widget_get_width (GTK_WIDGET (self)));
}

static guint
count_rows (SmEngineerLane *self)
{
  guint n = 1;

  for (guint i = 0; i < self->line->blocks->len; i++)
    n = MAX (n, g_array_index (self->line->blocks, SmEngineerBlock, i).row + 1);
  return n;
}

/* Returns: whether any of it is in sight */
static gboolean
get_box (SmEngineerLane        *self,
         const SmEngineerBlock *block,
         graphene_rect_t       *out_box)
{
  float x = x_of (self, block->from), width = x_of (self, block->to) - x;
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));
  float n_rows = (float) count_rows (self), row = MIN (MOST_HEIGHT, height / n_rows);

  if (block->to <= self->span->marks[0] || block->from >= self->span->marks[self->span->n_marks])
    return FALSE;
  *out_box = GRAPHENE_RECT_INIT (x, (height - row * n_rows) / 2 + (float) block->row * row + 2,
                                 MAX (width, LEAST_BLOCK), row - 4);
  return TRUE;
}

static void
look_up (GtkWidget  *widget,
         const char *name,
         GdkRGBA    *out_colour)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  if (!gtk_style_context_lookup_color (style, name, out_colour))
    gtk_style_context_get_color (style, out_colour);
}

static void
append_frame (GtkSnapshot           *snapshot,
              const graphene_rect_t *box,
              const GdkRGBA         *colour,
              float                  width)
{
  const GdkRGBA colours[] = { *colour, *colour, *colour, *colour };
  const float widths[] = { width, width, width, width };
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, box, 2);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

static void
append_block (SmEngineerLane        *self,
              GtkSnapshot           *snapshot,
              const SmEngineerBlock *block)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA fill, text;
  graphene_rect_t box;

  if (!get_box (self, block, &box))
    return;
  look_up (widget, block->kind == SM_ENGINEER_BLOCK_DONE ? "sm_dim" : "sm_accent", &fill);
  look_up (widget, "sm_text", &text);
  if (block->kind == SM_ENGINEER_BLOCK_PLANNED)
    append_frame (snapshot, &box, &fill, EDGE);
  else
    gtk_snapshot_append_color (snapshot, &fill, &box);
  /* What runs goes on: an edge where it has come to. */
  if (block->kind == SM_ENGINEER_BLOCK_RUNNING)
    gtk_snapshot_append_color (snapshot, &text,
                               &GRAPHENE_RECT_INIT (box.origin.x + box.size.width - 2,
                                                    box.origin.y - 2, 2, box.size.height + 4));
  if (block->order_id != self->span->chosen_id)
    return;
  graphene_rect_inset (&box, -2, -2);
  append_frame (snapshot, &box, &text, 2);
}

static void
append_ground (SmEngineerLane *self,
               GtkSnapshot    *snapshot,
               float           height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GdkRGBA shift, line;

  look_up (widget, "sm_notice", &shift);
  look_up (widget, "sm_line", &line);
  for (guint i = 0; self->line != NULL && i < self->line->shifts->len; i++)
    {
      const SmEngineerShift *one = &g_array_index (self->line->shifts, SmEngineerShift, i);
      float x = x_of (self, one->from);

      gtk_snapshot_append_color (snapshot, &shift,
                                 &GRAPHENE_RECT_INIT (x, 0, x_of (self, one->to) - x, height));
    }
  for (guint i = 0; i <= self->span->n_marks; i++)
    gtk_snapshot_append_color (snapshot, &line,
                               &GRAPHENE_RECT_INIT (x_of (self, self->span->marks[i]), 0, 1,
                                                    height));
}

static void
sm_engineer_lane_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  SmEngineerLane *self = SM_ENGINEER_LANE (widget);
  float height = (float) gtk_widget_get_height (widget);
  GdkRGBA now;

  append_ground (self, snapshot, height);
  for (guint i = 0; self->line != NULL && i < self->line->blocks->len; i++)
    append_block (self, snapshot, &g_array_index (self->line->blocks, SmEngineerBlock, i));
  if (self->span->now < self->span->marks[0]
      || self->span->now >= self->span->marks[self->span->n_marks])
    return;
  look_up (widget, "sm_accent", &now);
  gtk_snapshot_append_color (snapshot, &now,
                             &GRAPHENE_RECT_INIT (x_of (self, self->span->now), 0, 2, height));
}

static void
sm_engineer_lane_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? LEAST_WIDTH : ROW_HEIGHT * SM_ENGINEER_ROWS + 2;
}

static void
pressed_cb (SmEngineerLane *self,
            int             n_press,
            double          x,
            double          y)
{
  for (guint i = self->line != NULL ? self->line->blocks->len : 0; i > 0; i--)
    {
      const SmEngineerBlock *block = &g_array_index (self->line->blocks, SmEngineerBlock, i - 1);
      graphene_rect_t box;

      if (!get_box (self, block, &box))
        continue;
      graphene_rect_inset (&box, -3, -2);
      if (!graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        continue;
      g_signal_emit (self, signals[PRESSED], 0, block->order_id);
      return;
    }
}

static void
sm_engineer_lane_dispose (GObject *object)
{
  sm_engineer_lane_show (SM_ENGINEER_LANE (object), NULL);

  G_OBJECT_CLASS (sm_engineer_lane_parent_class)->dispose (object);
}

static void
sm_engineer_lane_class_init (SmEngineerLaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_engineer_lane_dispose;
  widget_class->snapshot = sm_engineer_lane_snapshot;
  widget_class->measure = sm_engineer_lane_measure;
  signals[PRESSED] = g_signal_new ("pressed", SM_TYPE_ENGINEER_LANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
sm_engineer_lane_init (SmEngineerLane *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/** sm_engineer_lane_new: @span: of all lanes; has to stay where it is */
GtkWidget *
sm_engineer_lane_new (const SmEngineerSpan *span)
{
  SmEngineerLane *self = g_object_new (SM_TYPE_ENGINEER_LANE, NULL);

  self->span = span;
  return GTK_WIDGET (self);
}

/** sm_engineer_lane_show: @line: (nullable) */
void
sm_engineer_lane_show (SmEngineerLane *self,
                       SmEngineerLine *line)
{
  g_return_if_fail (SM_IS_ENGINEER_LANE (self));

  if (self->line != NULL)
    g_signal_handlers_disconnect_by_func (self->line, gtk_widget_queue_draw, self);
  g_set_object (&self->line, line);
  if (line != NULL)
    g_signal_connect_object (line, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
