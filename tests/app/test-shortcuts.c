/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of the keys: each can be pressed, none does two things, all are listed. */
#include "sm-keys.h"
#include "sm-shortcuts.h"
#include "sm-style.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-window-private.h"

#include <adwaita.h>

/* Once more than once: "F1|<Control>question" are two. */
static void
claim_keys (GHashTable  *taken,
            const SmKey *key)
{
  g_auto (GStrv) alike = g_strsplit (key->keys, "|", -1);

  for (guint i = 0; alike[i] != NULL; i++)
    {
      guint keyval = 0;
      GdkModifierType modifiers = 0;

      g_test_message ("%s: %s", alike[i], key->action != NULL ? key->action : "a function");
      g_assert_true (gtk_accelerator_parse (alike[i], &keyval, &modifiers));
      g_assert_true (g_hash_table_add (taken, gtk_accelerator_name (keyval, modifiers)));
    }
}

/* What is global is taken everywhere; a page's own are its alone. */
static void
test_tables (void)
{
  g_autoptr (GPtrArray) sections = sm_shortcuts_list_sections ();

  g_assert_cmpuint (sections->len, >, 8);
  for (guint i = 0; i < sections->len; i++)
    {
      const char *section = g_ptr_array_index (sections, i);
      g_autoptr (GArray) keys = sm_shortcuts_list_keys (section);
      g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_test_message ("%s", section);
      g_assert_cmpuint (keys->len, >, 0);
      g_assert_nonnull (g_array_index (keys, SmKey, 0).title);
      for (guint k = 0; k < keys->len; k++)
        claim_keys (taken, &g_array_index (keys, SmKey, k));
    }
}

static GtkWidget *
find_section (GtkWidget  *widget,
              const char *name)
{
  GtkWidget *found = NULL;
  g_autofree char *own = NULL;

  if (GTK_IS_SHORTCUTS_SECTION (widget))
    g_object_get (widget, "section-name", &own, NULL);
  if (g_strcmp0 (own, name) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_section (child, name);
  return found;
}

/* How many keys there are to see in it. */
static guint
count_shortcuts (GtkWidget *widget)
{
  guint n = GTK_IS_SHORTCUTS_SHORTCUT (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_shortcuts (child);
  return n;
}

static guint
count_titles (const char *section)
{
  g_autoptr (GArray) keys = sm_shortcuts_list_keys (section);
  guint n = 0;

  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, SmKey, i).title != NULL)
      n++;
  return n;
}

static void
test_window (void)
{
  SmWindow *window = sm_window_new (NULL, NULL);
  g_autoptr (GPtrArray) sections = sm_shortcuts_list_sections ();
  g_autofree char *view = NULL;
  GtkWidget *shown;

  gtk_stack_add_named (window->pages, gtk_label_new ("A page"), "alarms");
  gtk_stack_set_visible_child_name (window->pages, "alarms");
  gtk_window_present (GTK_WINDOW (window));
  shown = sm_shortcuts_show (window);
  run_until (gtk_widget_get_mapped (shown));
  g_object_get (shown, "section-name", &view, NULL);
  g_assert_cmpstr (view, ==, "alarms"); /* the page that is shown */
  run_until (sm_test_shows (shown, "Quarantine the pack, or end that"));
  for (guint i = 0; i < sections->len; i++)
    {
      const char *section = g_ptr_array_index (sections, i);
      GtkWidget *widget = find_section (shown, section);

      g_test_message ("%s", section);
      g_assert_nonnull (widget);
      g_assert_cmpuint (count_shortcuts (widget), ==, count_titles (section));
    }
  g_object_set (shown, "section-name", "wall", NULL);
  run_until (sm_test_shows (shown, "Go to the faults"));
  gtk_window_destroy (GTK_WINDOW (shown));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/app/shortcuts/tables", test_tables);
  g_test_add_func ("/app/shortcuts/window", test_window);
  return g_test_run ();
}
