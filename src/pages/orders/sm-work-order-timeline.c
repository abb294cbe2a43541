/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-timeline.h"

#include "sm-panel-section.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-work-order-words.h"

#include <glib/gi18n-lib.h>

/* The last ones of an order that took months. */
#define MOST_LINES 100
/* What arrived so much later than it was done says when that was. */
#define LATE (5 * SM_SECOND)

struct _SmWorkOrderTimeline
{
  GtkWidget parent_instance;

  GtkWidget *box;
  SmOps *ops;
  gint64 id;  /* of the order that is shown; 0: none */
  gint64 seq; /* of the state that was asked about */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmWorkOrderTimeline, sm_work_order_timeline, GTK_TYPE_WIDGET)

static void
forget (SmWorkOrderTimeline *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
sm_work_order_timeline_dispose (GObject *object)
{
  SmWorkOrderTimeline *self = SM_WORK_ORDER_TIMELINE (object);

  forget (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_work_order_timeline_parent_class)->dispose (object);
}

static void
sm_work_order_timeline_class_init (SmWorkOrderTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_work_order_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_work_order_timeline_init (SmWorkOrderTimeline *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sm_work_order_timeline_new (SmOps *ops)
{
  SmWorkOrderTimeline *self = g_object_new (SM_TYPE_WORK_ORDER_TIMELINE, NULL);

  self->ops = g_object_ref (ops);
  return GTK_WIDGET (self);
}

static void
append_part (GString    *words,
             const char *part)
{
  if (part != NULL && part[0] != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", part);
}

static void
add_line (SmWorkOrderTimeline   *self,
          const SmWorkOrderLine *line)
{
  g_autofree char *moment = sm_work_order_moment (self->ops, line->at);
  g_autofree char *claimed
      = line->claimed_at != SM_UNKNOWN && line->claimed_at < line->at - LATE
            ? sm_work_order_moment (self->ops, line->claimed_at) : NULL;
  g_autofree char *person = sm_text_clean (line->person);
  g_autofree char *text = sm_text_clean (line->text);
  g_autofree char *event = sm_work_order_event_words (line->event);
  g_autoptr (GString) words = g_string_new (NULL);

  append_part (words, event);
  append_part (words, person);
  append_part (words, text);
  if (claimed != NULL)
    /* Translators: %s is a moment: when something was done that arrived later */
    g_string_append_printf (words, _(" · done at %s"), claimed);
  gtk_box_append (GTK_BOX (self->box),
                  sm_panel_line_new (moment != NULL ? moment : "–", words->str));
}

static void
lines_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmWorkOrderTimeline) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = sm_ops_load_work_order_finish (SM_OPS (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->box == NULL)
    return;
  sm_panel_lines_clear (self->box);
  if (lines == NULL)
    {
      g_autofree char *sentence = sm_error_sentence (error);

      gtk_box_append (GTK_BOX (self->box),
                      sm_panel_line_new (_("Not known here"), sentence));
      self->seq = 0;
      return;
    }
  for (guint i = lines->len; i > 0 && lines->len - i < MOST_LINES; i--)
    add_line (self, lines->pdata[i - 1]);
}

/** sm_work_order_timeline_show: @order: (nullable): whose; asks the service when something happened to it */
void
sm_work_order_timeline_show (SmWorkOrderTimeline *self,
                             SmRow               *order)
{
  gint64 id, seq;

  g_return_if_fail (SM_IS_WORK_ORDER_TIMELINE (self));

  id = order != NULL ? sm_row_get_id (order) : 0;
  seq = order != NULL ? sm_row_get_int (order, SM_ROW_SEQ) : 0;
  if (id == self->id && seq == self->seq)
    return;
  forget (self);
  if (id != self->id)
    sm_panel_lines_clear (self->box);
  self->id = id;
  self->seq = seq;
  if (order == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  sm_ops_load_work_order_async (self->ops, id, self->cancellable, lines_cb, g_object_ref (self));
}
