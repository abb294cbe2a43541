/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shortcuts.h"

#include "sm-alarm-keys.h"
#include "sm-catalogue-page.h"
#include "sm-figures-page.h"
#include "sm-keys.h"
#include "sm-limits-page.h"
#include "sm-list-page.h"
#include "sm-map-keys.h"
#include "sm-replay-page.h"
#include "sm-sections.h"
#include "sm-papers-page.h"
#include "sm-shift-page.h"
#include "sm-table.h"
#include "sm-wall-page.h"
#include "sm-window-private.h"
#include "sm-windows-page.h"
#include "sm-work-figures-page.h"
#include "sm-work-orders-page.h"

#include <glib/gi18n-lib.h>

/* All keys of the application, as the tables that make them say. */

/* The section of what is not of one page. */
#define EVERYWHERE "everywhere"

static const SmKey window_keys[] = {
  { "<Control>k", "win.search", N_ ("Search the network") },
  { "<Alt>Left", "win.back", N_ ("Back to the view before") },
  { "<Alt>Right", "win.forward", N_ ("Forward again") },
  { "<Control><Shift>l", "win.copy-link", N_ ("Copy the link to this view") },
  { "F9", "win.sections", N_ ("Show or hide the sections") },
  { "F11", "win.fullscreen", N_ ("Full Screen") },
  { "<Control>comma", "app.preferences", N_ ("Preferences") },
  { "<Control><Shift>d", "app.diagnostics", N_ ("How this program and its connection do") },
  { "F1|<Control>question", "app.shortcuts", N_ ("Keyboard Shortcuts") },
  { "<Control>q", "app.quit", N_ ("Quit") },
};

/* What GTK does of itself. */
static const SmKey menu_key = { "F10", NULL, N_ ("Main Menu") };

/* In the wall mode. */
static const SmKey wall_keys[] = {
  { "Pause|<Control>space", "app.wall-pause", N_ ("Hold the pages of a wall, or let them go on") },
  { "<Control>Page_Down", "app.wall-next", N_ ("Next page of a wall, or the one before") },
  { "<Control>Page_Up", "app.wall-previous", NULL },
};

static void
list_window (GArray *list)
{
  g_array_append_vals (list, window_keys, G_N_ELEMENTS (window_keys));
  g_array_append_val (list, menu_key);
}

static void
list_wall (GArray *list)
{
  g_array_append_vals (list, wall_keys, G_N_ELEMENTS (wall_keys));
}

/* Groups with the same page are of the section of that page; those of none are everywhere. */
static const struct
{
  const char *page; /* NULL: none */
  const char *title;
  void (*list) (GArray *list);
} groups[] = {
  { NULL, N_ ("Window"), list_window },
  { NULL, N_ ("Tables"), sm_table_list_keys },
  { NULL, N_ ("Lists"), sm_list_page_list_keys },
  { "wall", N_ ("Wall"), sm_wall_page_list_keys },
  { "wall", N_ ("Map"), sm_map_keys_list },
  { "wall", N_ ("Wall mode"), list_wall },
  { "alarms", N_ ("Alarms"), sm_alarm_keys_list },
  { SM_WORK_ORDERS_PAGE_NAME, N_ ("Work orders"), sm_work_orders_page_list_keys },
  { "shift", N_ ("Shift"), sm_shift_page_list_keys },
  { SM_PAPERS_PAGE_NAME, N_ ("Inspections"), sm_papers_page_list_keys },
  { "figures", N_ ("Alarm figures"), sm_figures_page_list_keys },
  { SM_WORK_FIGURES_LINK, N_ ("Work figures"), sm_work_figures_page_list_keys },
  { SM_CATALOGUE_LINK, N_ ("Fault catalogue"), sm_catalogue_page_list_keys },
  { SM_WINDOWS_LINK, N_ ("Maintenance"), sm_windows_page_list_keys },
  { SM_LIMITS_LINK, N_ ("Limits"), sm_limits_page_list_keys },
  { SM_REPLAY_PAGE_NAME, N_ ("Replay"), sm_replay_page_list_keys },
};

static void
set_accels (GtkApplication *application,
            const SmKey    *keys,
            guint           n_keys)
{
  for (guint i = 0; i < n_keys; i++)
    {
      g_auto (GStrv) accels = g_strsplit (keys[i].keys, "|", -1);

      gtk_application_set_accels_for_action (application, keys[i].action,
                                             (const char *const *) accels);
    }
}

/** sm_shortcuts_set_accels: The keys of the window and of the program. */
void
sm_shortcuts_set_accels (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  set_accels (application, window_keys, G_N_ELEMENTS (window_keys));
}

/** sm_shortcuts_set_wall_accels: The keys of the wall mode. */
void
sm_shortcuts_set_wall_accels (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  set_accels (application, wall_keys, G_N_ELEMENTS (wall_keys));
}

/** sm_shortcuts_list_sections: Returns: (transfer full): pages with keys of their own, by name */
GPtrArray *
sm_shortcuts_list_sections (void)
{
  GPtrArray *list = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      const char *name = groups[i].page != NULL ? groups[i].page : EVERYWHERE;

      if (!g_ptr_array_find_with_equal_func (list, name, g_str_equal, NULL))
        g_ptr_array_add (list, (gpointer) name);
    }
  return list;
}

static gboolean
is_of (gsize       group,
       const char *section)
{
  return g_str_equal (groups[group].page != NULL ? groups[group].page : EVERYWHERE, section);
}

/** sm_shortcuts_list_keys: Returns: (transfer full): of SmKey, all those of @section */
GArray *
sm_shortcuts_list_keys (const char *section)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (SmKey));

  g_return_val_if_fail (section != NULL, list);

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (is_of (i, section))
      groups[i].list (list);
  return list;
}

/* --- the window --- */

/* Of keys that do the same the number pad's are not named: they are what they look like. */
static void
append_keys (GString    *xml,
             const char *keys)
{
  g_auto (GStrv) alike = g_strsplit (keys, "|", -1);

  for (guint i = 0; alike[i] != NULL; i++)
    if (!g_str_has_prefix (alike[i], "KP_"))
      {
        g_autofree char *escaped = g_markup_escape_text (alike[i], -1);

        /* A space too many is a key too many. */
        g_string_append_printf (xml, "%s%s", g_str_has_suffix (xml->str, ">") ? "" : " ", escaped);
      }
}

static void
append_group (GString *xml,
              gsize    group)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (SmKey));
  g_autofree char *title = g_markup_escape_text (_(groups[group].title), -1);

  groups[group].list (keys);
  g_string_append_printf (xml, "<child><object class=\"GtkShortcutsGroup\">"
                               "<property name=\"title\">%s</property>", title);
  for (guint i = 0; i < keys->len;)
    {
      const SmKey *key = &g_array_index (keys, SmKey, i);
      g_autofree char *text = g_markup_escape_text (_(key->title), -1);

      g_string_append_printf (xml, "<child><object class=\"GtkShortcutsShortcut\">"
                                   "<property name=\"title\">%s</property>"
                                   "<property name=\"accelerator\">", text);
      do
        append_keys (xml, g_array_index (keys, SmKey, i).keys);
      while (++i < keys->len && g_array_index (keys, SmKey, i).title == NULL);
      g_string_append (xml, "</property></object></child>");
    }
  g_string_append (xml, "</object></child>");
}

static const char *
title_of (const char *section)
{
  for (guint i = 0; i < sm_n_sections; i++)
    if (g_str_equal (sm_sections[i].name, section))
      return sm_section_title (&sm_sections[i]);
  return _("Everywhere");
}

static void
append_section (GString    *xml,
                const char *section)
{
  g_autofree char *title = g_markup_escape_text (title_of (section), -1);

  g_string_append_printf (xml, "<child><object class=\"GtkShortcutsSection\">"
                               "<property name=\"section-name\">%s</property>"
                               "<property name=\"max-height\">14</property>"
                               "<property name=\"title\">%s</property>", section, title);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (is_of (i, section))
      append_group (xml, i);
  g_string_append (xml, "</object></child>");
}

/**
 * sm_shortcuts_show:
 *
 * All keys, those of the page that is shown first.  GTK takes such a window from a
 * description alone, which is made here of the tables.
 *
 * Returns: (transfer none): the window
 */
GtkWidget *
sm_shortcuts_show (SmWindow *window)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  g_autoptr (GPtrArray) sections = sm_shortcuts_list_sections ();
  g_autoptr (GString) xml
      = g_string_new ("<interface><object class=\"GtkShortcutsWindow\" id=\"keys\">");
  const char *page, *view = EVERYWHERE;
  GtkWidget *shown;

  g_return_val_if_fail (SM_IS_WINDOW (window), NULL);

  page = gtk_stack_get_visible_child_name (window->pages);
  for (guint i = 0; i < sections->len; i++)
    {
      const char *section = g_ptr_array_index (sections, i);

      append_section (xml, section);
      if (g_strcmp0 (page, section) == 0)
        view = section;
    }
  g_string_append (xml, "</object></interface>");
  gtk_builder_add_from_string (builder, xml->str, (gssize) xml->len, NULL);
  shown = GTK_WIDGET (gtk_builder_get_object (builder, "keys"));
  g_return_val_if_fail (shown != NULL, NULL);
  g_object_set (shown, "section-name", view, "modal", TRUE, NULL);
  gtk_window_set_transient_for (GTK_WINDOW (shown), GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (shown));
  return shown;
}
