/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-drill-marks.h"

#include "sm-drill.h"
#include "sm-style.h"
#include "sm-window.h"

#include <adwaita.h>

/* While the network that is followed is a drill, every window of the program says so,
 * its dialogs too: by its title or heading, and by a hatched border.  What the program
 * writes and plays asks sm_drill_is_on(). */

static char *
dup_prefix (void)
{
  return g_strconcat (sm_drill_mark (), " · ", NULL);
}

/* Titles are set again by whoever has them, so that this is done at each change. */
static void
mark_text (GObject    *window,
           const char *property)
{
  g_autofree char *prefix = dup_prefix ();
  g_autofree char *text = NULL;
  g_autofree char *wanted = NULL;

  g_object_get (window, property, &text, NULL);
  if (sm_drill_is_on () == (text != NULL && g_str_has_prefix (text, prefix)))
    return;
  wanted = sm_drill_is_on () ? g_strconcat (prefix, text, NULL)
                             : g_strdup (text + strlen (prefix));
  g_object_set (window, property, wanted, NULL);
}

static void
title_cb (GObject *window)
{
  mark_text (window, "title");
}

static void
heading_cb (GObject *window)
{
  mark_text (window, "heading");
}

static void
mark_window (GtkWindow *window)
{
  sm_style_set_class (GTK_WIDGET (window), "drill", sm_drill_is_on ());
  sm_style_set_class (GTK_WIDGET (window), "shell-window", SM_IS_WINDOW (window));
  title_cb (G_OBJECT (window));
  if (ADW_IS_MESSAGE_DIALOG (window))
    heading_cb (G_OBJECT (window));
}

static void
watch_window (GtkWindow *window)
{
  g_signal_connect (window, "notify::title", G_CALLBACK (title_cb), NULL);
  if (ADW_IS_MESSAGE_DIALOG (window))
    g_signal_connect (window, "notify::heading", G_CALLBACK (heading_cb), NULL);
  mark_window (window);
}

static void
windows_cb (GListModel *windows,
            guint       position,
            guint       removed,
            guint       added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (g_object_get_data (G_OBJECT (window), "sm-drill-marks") != NULL)
        continue;
      g_object_set_data (G_OBJECT (window), "sm-drill-marks", window);
      watch_window (window);
    }
}

static void
drill_cb (SmStatus *status)
{
  GListModel *windows = gtk_window_get_toplevels ();

  sm_drill_set (sm_status_get_drill (status));
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      mark_window (window);
    }
}

/** sm_drill_marks_follow: Marks all that the program shows and writes as long as @ops is of a drill. */
void
sm_drill_marks_follow (SmOps *ops)
{
  GListModel *windows = gtk_window_get_toplevels ();
  static gboolean is_watching;

  if (!is_watching)
    {
      is_watching = TRUE;
      g_signal_connect (windows, "items-changed", G_CALLBACK (windows_cb), NULL);
      windows_cb (windows, 0, 0, g_list_model_get_n_items (windows));
    }
  g_signal_connect (sm_ops_get_status (ops), "notify::drill", G_CALLBACK (drill_cb), NULL);
  drill_cb (sm_ops_get_status (ops));
}
