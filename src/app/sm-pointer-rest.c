/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pointer-rest.h"

/* A pointer that lies still is no part of a wall. */
typedef struct
{
  GtkWidget *widget;
  guint after_ms;
  guint timer;
  double x, y;
} Rest;

static void
rest_free (gpointer data)
{
  Rest *rest = data;

  g_clear_handle_id (&rest->timer, g_source_remove);
  g_free (rest);
}

static gboolean
hide_cb (gpointer data)
{
  Rest *rest = data;

  rest->timer = 0;
  gtk_widget_set_cursor_from_name (rest->widget, "none");
  return G_SOURCE_REMOVE;
}

static void
start (Rest *rest)
{
  g_clear_handle_id (&rest->timer, g_source_remove);
  rest->timer = g_timeout_add (rest->after_ms, hide_cb, rest);
}

/* Motions come too when what lies below a pointer moves. */
static void
motion_cb (GtkEventControllerMotion *controller,
           double                    x,
           double                    y,
           gpointer                  data)
{
  Rest *rest = data;

  if (x == rest->x && y == rest->y)
    return;
  rest->x = x;
  rest->y = y;
  gtk_widget_set_cursor (rest->widget, NULL);
  start (rest);
}

/** sm_pointer_rest: Hides the pointer over @widget once it has not moved for @after_ms. */
void
sm_pointer_rest (GtkWidget *widget,
                 guint      after_ms)
{
  GtkEventController *controller = gtk_event_controller_motion_new ();
  Rest *rest = g_new0 (Rest, 1);

  *rest = (Rest){ widget, after_ms, 0, -1, -1 };
  g_object_set_data_full (G_OBJECT (widget), "sm-pointer-rest", rest, rest_free);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "motion", G_CALLBACK (motion_cb), rest);
  gtk_widget_add_controller (widget, controller);
  start (rest);
}
