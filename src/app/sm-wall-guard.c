/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-guard.h"

/* Popovers, tooltips and menus are surfaces above their window, dialogs are windows above it:
 * whatever they say, they could cover the worst alarm. */

static GQuark
wall_quark (void)
{
  return g_quark_from_static_string ("sm-wall");
}

static gboolean
is_wall (GtkWidget *widget)
{
  return widget != NULL && g_object_get_qdata (G_OBJECT (widget), wall_quark ()) != NULL;
}

static gboolean
is_over_a_wall (GtkWidget *widget)
{
  if (GTK_IS_WINDOW (widget))
    return !is_wall (widget)
           && is_wall (GTK_WIDGET (gtk_window_get_transient_for (GTK_WINDOW (widget))));
  return GTK_IS_NATIVE (widget) && is_wall (GTK_WIDGET (gtk_widget_get_root (widget)));
}

static gboolean
hide_cb (gpointer data)
{
  g_autoptr (GtkWidget) widget = data;

  if (GTK_IS_POPOVER (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  gtk_widget_set_visible (widget, FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
show_hook (GSignalInvocationHint *hint,
           guint                  n_values,
           const GValue          *values,
           gpointer               data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);

  /* Not in the middle of being shown. */
  if (is_over_a_wall (widget))
    g_idle_add_full (G_PRIORITY_HIGH, hide_cb, g_object_ref (widget), NULL);
  return TRUE;
}

/** sm_wall_guard_add: From now on nothing opens above @wall. */
void
sm_wall_guard_add (GtkWindow *wall)
{
  static gboolean is_hooked;

  g_return_if_fail (GTK_IS_WINDOW (wall));

  g_object_set_qdata (G_OBJECT (wall), wall_quark (), GUINT_TO_POINTER (TRUE));
  if (is_hooked)
    return;
  is_hooked = TRUE;
  g_signal_add_emission_hook (g_signal_lookup ("show", GTK_TYPE_WIDGET), 0, show_hook, NULL, NULL);
}
