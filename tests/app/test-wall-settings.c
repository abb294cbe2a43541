/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a wall shows and when it is dim, as it is said in the preferences; of two monitors. */
#include "sm-playlist-editor.h"
#include "sm-settings.h"
#include "sm-style.h"
#include "sm-test-until.h"
#include "sm-wall-preferences.h"
#include "sm-wall-private.h"

static GtkWidget *
find_nth (GtkWidget  *widget,
          GType       type,
          const char *tooltip,
          guint      *n)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)
      && (tooltip == NULL || g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
      && (*n)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_nth (child, type, tooltip, n);
  return found;
}

static GtkWidget *
nth (GtkWidget  *widget,
     GType       type,
     const char *tooltip,
     guint       n)
{
  GtkWidget *found = find_nth (widget, type, tooltip, &n);

  g_assert_nonnull (found);
  return found;
}

static void
click_labelled (GtkWidget  *widget,
                const char *label)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    g_signal_emit_by_name (widget, "clicked");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    click_labelled (child, label);
}

static void
check_kept (GSettings  *settings,
            const char *key,
            const char *links)
{
  g_autoptr (GPtrArray) stops = sm_wall_settings_read_stops (settings, key);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < stops->len; i++)
    {
      const SmWallStop *stop = g_ptr_array_index (stops, i);

      g_string_append_printf (text, "%s%s %u", i > 0 ? ", " : "", stop->link, stop->seconds);
    }
  g_assert_cmpstr (text->str, ==, links);
}

/* The pages of each monitor are put together in the preferences; what is no link is not kept. */
static void
test_editor (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *editor = sm_playlist_editor_new (settings);

  g_settings_reset (settings, "wall-playlists");
  gtk_window_set_child (GTK_WINDOW (window), editor);
  gtk_window_present (GTK_WINDOW (window));
  run_until (gtk_widget_get_mapped (editor));
  click_labelled (editor, "Add");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (nth (editor, GTK_TYPE_DROP_DOWN, NULL, 0)), 2);
  click_labelled (editor, "Add");
  check_kept (settings, "", "stationmaster:wall 60, stationmaster:stations 60");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (nth (editor, GTK_TYPE_SPIN_BUTTON, NULL, 1)), 25);
  gtk_editable_set_text (GTK_EDITABLE (nth (editor, ADW_TYPE_ENTRY_ROW, NULL, 1)),
                         "stationmaster:stations?service=degraded");
  g_signal_emit_by_name (nth (editor, GTK_TYPE_BUTTON, "Earlier", 1), "clicked");
  check_kept (settings, "", "stationmaster:stations?service=degraded 25, stationmaster:wall 60");
  gtk_editable_set_text (GTK_EDITABLE (nth (editor, ADW_TYPE_ENTRY_ROW, NULL, 1)), "wall");
  check_kept (settings, "", "stationmaster:stations?service=degraded 25");
  g_assert_true (
      gtk_widget_has_css_class (nth (editor, ADW_TYPE_ENTRY_ROW, NULL, 1), "error"));
  g_signal_emit_by_name (nth (editor, GTK_TYPE_BUTTON, "Remove this page", 1), "clicked");
  g_signal_emit_by_name (nth (editor, GTK_TYPE_BUTTON, "Remove this page", 0), "clicked");
  check_kept (settings, "", "");
  /* The second choice is the first monitor. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (nth (editor, ADW_TYPE_COMBO_ROW, NULL, 0)), 1);
  click_labelled (editor, "Add");
  check_kept (settings, "screen0/weston-X11/", "stationmaster:stations 60");
  check_kept (settings, "", "");
  adw_combo_row_set_selected (ADW_COMBO_ROW (nth (editor, ADW_TYPE_COMBO_ROW, NULL, 0)), 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (nth (editor, ADW_TYPE_COMBO_ROW, NULL, 0)), 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (nth (editor, ADW_TYPE_ENTRY_ROW, NULL, 0))),
                   ==, "stationmaster:stations");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Times of day are typed and shown as such. */
static void
test_hours (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  GtkWidget *group = g_object_ref_sink (sm_wall_preferences_new (settings));
  GtkSpinButton *from = GTK_SPIN_BUTTON (nth (group, GTK_TYPE_SPIN_BUTTON, NULL, 1));

  gtk_editable_set_text (GTK_EDITABLE (from), "22:30");
  gtk_spin_button_update (from);
  g_assert_cmpint (g_settings_get_int (settings, "wall-dim-from"), ==, 22 * 60 + 30);
  gtk_editable_set_text (GTK_EDITABLE (from), "half past ten");
  gtk_spin_button_update (from);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (from)), ==, "22:30");
  g_settings_reset (settings, "wall-dim-from");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (from)), ==, "00:00");
  g_object_unref (group);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/app/walls/pages-are-edited", test_editor);
  g_test_add_func ("/app/walls/hours-are-edited", test_hours);
  return g_test_run ();
}
