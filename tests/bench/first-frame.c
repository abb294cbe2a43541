/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Laid before a program of GTK (LD_PRELOAD): ends it with its first frame that
 * shows a text, and writes when that was.  It is the same code for whichever
 * program it is, so that their starts can be compared.
 *
 * FIRST_FRAME_FILE: where to write "WALL CPU", both in µs
 * FIRST_FRAME_BEGAN: when the program was started, on the monotonic clock, in ns
 * FIRST_FRAME_TEXT: what one of its labels has to show; unset: any frame will do
 */

#include <dlfcn.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef int (*Run) (GApplication *application, int argc, char **argv);

int g_application_run (GApplication *application, int argc, char **argv);

static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
is_there (const char *text)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window) && (text == NULL || shows (window, text)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
painted_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  const char *began = g_getenv ("FIRST_FRAME_BEGAN");
  struct timespec now;
  struct rusage usage;
  FILE *file;

  /* Before the program looks for it: that is not its time. */
  clock_gettime (CLOCK_MONOTONIC, &now);
  getrusage (RUSAGE_SELF, &usage);
  if (began == NULL || !is_there (g_getenv ("FIRST_FRAME_TEXT")))
    return TRUE;
  file = fopen (g_getenv ("FIRST_FRAME_FILE"), "w");
  if (file == NULL)
    _exit (1);
  fprintf (file, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
           ((gint64) now.tv_sec * 1000000000 + now.tv_nsec
            - g_ascii_strtoll (began, NULL, 10)) / 1000,
           ((gint64) usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000
               + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  fclose (file);
  _exit (0);
}

int
g_application_run (GApplication *application, int argc, char **argv)
{
  union
  {
    gpointer pointer;
    Run run;
  } own = { .pointer = dlsym (RTLD_NEXT, "g_application_run") };

  /* After-paint is the last that a frame does. */
  g_type_class_ref (GDK_TYPE_FRAME_CLOCK);
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", GDK_TYPE_FRAME_CLOCK), 0, painted_cb,
                              NULL, NULL);
  return own.run (application, argc, argv);
}
