/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include <string.h>

/** sm_test_shows: Whether a person can read @text somewhere in @widget. */
static inline gboolean
sm_test_shows (GtkWidget  *widget,
               const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (sm_test_shows (child, text))
      return TRUE;
  return FALSE;
}

/** sm_test_find_button: Returns: (transfer none) (nullable): which does @action, in @widget */
static inline GtkWidget *
sm_test_find_button (GtkWidget  *widget,
                     const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = sm_test_find_button (child, action);
  return found;
}
