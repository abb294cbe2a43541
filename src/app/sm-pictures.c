/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pictures.h"

#include <adwaita.h>
#include <string.h>

#include "sm-diagnostics.h"
#include "sm-options.h"
#include "sm-screenshot.h"
#include "sm-style.h"

#define TIMEOUT_S 60
#define MOST_TRIES 40 /* of a picture whose widgets are laid out anew just then */

typedef struct
{
  SmWindow *window;
  GtkWindow *above; /* (nullable): a window of its own that the picture is of */
  char **lines;
  guint next;
  char *path; /* of the picture that is being taken */
  int width, height;
  gboolean as_is; /* do not wait for anything */
  guint tries;
} Run;

static void take_next (GTask *task);
static void take (GTask *task);

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->above);
  g_clear_object (&run->window);
  g_strfreev (run->lines);
  g_free (run->path);
  g_free (run);
}

/* A window of its own has its background itself. */
static GtkWidget *
get_content (const Run *run)
{
  return run->above != NULL ? GTK_WIDGET (run->above) : sm_window_get_content (run->window);
}

static const char *
describe_missing (gpointer user_data)
{
  const Run *run = user_data;
  GtkWidget *content = get_content (run);

  if (gtk_widget_get_width (content) != run->width || gtk_widget_get_height (content) != run->height)
    return "its size";
  if (SM_IS_DIAGNOSTICS (run->above) && !run->as_is)
    return sm_diagnostics_describe_missing (SM_DIAGNOSTICS (run->above));
  return run->as_is ? NULL : sm_window_describe_missing (run->window);
}

/* Figures and headings are why a person looks; they must be whole. */
static gboolean
is_primary (GtkWidget *label)
{
  static const char *const classes[] = { "heading", "title", "title-1", "title-2", "title-3",
                                         "title-4", "figure", "value", "large-title" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (gtk_widget_has_css_class (label, classes[i]))
      return TRUE;
  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) != NULL;
}

static void
print_labels (GtkWidget  *widget,
              const char *name)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    {
      PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (widget));
      g_autofree char *text = g_strdelimit (g_strdup (gtk_label_get_text (GTK_LABEL (widget))),
                                            "\t\r\n", ' ');

      g_print ("%s\t%s\t%s\t%s\n", name, is_primary (widget) ? "primary" : "other",
               pango_layout_is_ellipsized (layout) ? "ellipsised" : "whole", text);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    print_labels (child, name);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GtkWidget *content = get_content (run);
  g_autofree char *name = g_path_get_basename (run->path);
  GError *error = NULL;

  if (!sm_screenshot_wait_finish (result, &error)
      || !sm_screenshot_write (content, run->width, run->height, run->path, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY) && ++run->tries < MOST_TRIES)
        {
          g_error_free (error);
          take (task);
          return;
        }
      g_prefix_error (&error, "%s: ", name);
      g_task_return_error (task, error);
      return;
    }
  print_labels (content, name);
  take_next (task);
}

static void
take (GTask *task)
{
  sm_screenshot_wait_async (describe_missing, g_task_get_task_data (task), TIMEOUT_S, taken_cb,
                            g_object_ref (task));
}

static GtkWindow *
find_above (SmWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) found = g_list_model_get_item (windows, i);

      if (ADW_IS_WINDOW (found) && gtk_window_get_transient_for (found) == GTK_WINDOW (window))
        return g_steal_pointer (&found);
    }
  return NULL;
}

/* @action: of the application, which opens a window of its own */
static gboolean
show_above (Run        *run,
            const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (g_application_get_default ()), action, NULL);
  run->above = find_above (run->window);
  if (run->above == NULL)
    return FALSE;
  gtk_window_set_decorated (run->above, FALSE);
  gtk_window_set_default_size (run->above, run->width, run->height);
  gtk_widget_set_size_request (adw_window_get_content (ADW_WINDOW (run->above)), run->width,
                               run->height);
  return TRUE;
}

/* A link, a page, or "app." and what opens a window. */
static gboolean
show_place (Run        *run,
            const char *place)
{
  if (run->above != NULL)
    gtk_window_destroy (run->above);
  g_clear_object (&run->above);
  if (g_str_has_prefix (place, "app."))
    return show_above (run, place + strlen ("app."));
  return g_str_has_prefix (place, "stationmaster:") ? sm_window_open_link (run->window, place)
                                                    : sm_window_show_page (run->window, place);
}

static void
take_next (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  const char *line = run->lines[run->next];
  g_auto (GStrv) parts = NULL;

  if (line == NULL || line[0] == '\0')
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  run->next++;
  parts = g_strsplit (line, "\t", 0);
  if (g_strv_length (parts) != 5 || !sm_size_parse (parts[1], &run->width, &run->height)
      || !show_place (run, parts[0]))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               "no picture can be made of “%s”", line);
      return;
    }
  run->as_is = g_str_equal (parts[3], "as-is");
  g_free (run->path);
  run->path = g_strdup (parts[4]);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      g_str_equal (parts[2], "dark") ? ADW_COLOR_SCHEME_FORCE_DARK
                                                                     : ADW_COLOR_SCHEME_FORCE_LIGHT);
  sm_style_set_scale (gtk_settings_get_default (),
                      MAX (MIN (run->width / 1920.0, run->height / 1080.0), 1));
  sm_window_set_picture_size (run->window, run->width, run->height);
  run->tries = 0;
  take (task);
}

/** sm_pictures_run_async: Takes every picture of @list, one after another. */
void
sm_pictures_run_async (SmWindow            *window,
                       const char          *list,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *text = NULL;
  GError *error = NULL;
  Run *run;

  g_task_set_source_tag (task, sm_pictures_run_async);
  if (!g_file_get_contents (list, &text, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  run = g_new0 (Run, 1);
  run->window = g_object_ref (window);
  run->lines = g_strsplit (text, "\n", 0);
  g_task_set_task_data (task, run, run_free);
  take_next (task);
}

gboolean
sm_pictures_run_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
