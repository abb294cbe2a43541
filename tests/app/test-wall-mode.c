/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-faults-panel.h"
#include "sm-figures-panel.h"
#include "sm-filter-bar.h"
#include "sm-map-preferences.h"
#include "sm-pointer-rest.h"
#include "sm-preferences.h"
#include "sm-settings.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-until.h"
#include "sm-wall-page.h"
#include "sm-window.h"

#include <math.h>

static void
settle (void)
{
  for (guint i = 0; i < 80; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* How high a capital letter is in the label's font, in pixels. */
static double
capital_px (GtkWidget *label)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (label, "H");
  PangoRectangle ink;

  pango_layout_get_pixel_extents (layout, &ink, NULL);
  return ink.height;
}

/* No part of a text may be beyond the edge of the monitor; of a list the first rows are whole. */
static void
check_place (GtkWidget *label)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (label));
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (label, root, &place));
  if (gtk_widget_get_ancestor (label, SM_TYPE_MAP_VIEW) == NULL
      && gtk_widget_get_ancestor (label, GTK_TYPE_LIST_VIEW) == NULL
      && (place.origin.x < -0.5 || place.origin.y < -0.5
          || place.origin.x + place.size.width > 1920.5
          || place.origin.y + place.size.height > 1080.5))
    g_error ("“%s” is at %.0f,%.0f %.0fx%.0f", gtk_label_get_text (GTK_LABEL (label)),
             place.origin.x, place.origin.y, place.size.width, place.size.height);
}

/* Of every label that is in sight: how high its letters are, and that it is on the wall. */
static void
check_labels (GtkWidget *widget,
              double     least_px,
              guint     *out_n)
{
  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    {
      double px = capital_px (widget);

      /* A letter is drawn on whole pixels. */
      if (px + 1 < least_px)
        g_error ("“%s” has letters of %.0f pixels instead of %.1f",
                 gtk_label_get_text (GTK_LABEL (widget)), px, least_px);
      check_place (widget);
      (*out_n)++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_labels (child, least_px, out_n);
}

static gboolean
is_in_sight (GtkWidget *widget,
             GType      type)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_in_sight (child, type))
      return TRUE;
  return FALSE;
}

static void
check_wall (double distance_m)
{
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  SmWindow *window = sm_window_new (NULL, NULL);
  double mm_per_pixel = 1200.0 / 1920;
  guint n = 0;

  sm_style_set_scale (gtk_settings_get_default (),
                      sm_style_scale_for_distance (distance_m, mm_per_pixel));
  sm_window_set_picture_size (window, 1920, 1080);
  sm_window_set_is_wall (window, TRUE);
  sm_test_network_set_state (ops, SM_STATUS_LIVE);
  sm_window_set_ops (window, ops, "http://127.0.0.1:1");
  sm_test_network_fill (ops, 20, 30, 8);
  sm_test_network_fill_stats (ops);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    g_main_context_iteration (NULL, TRUE);
  settle ();
  /* What is for large letters is known with the first layout, and there with the next. */
  run_until (gtk_widget_get_height (gtk_widget_get_last_child (sm_window_get_content (window)))
             <= 1080);
  check_labels (GTK_WIDGET (window), distance_m * 1000 / 215 / mm_per_pixel, &n);
  g_test_message ("%.0f m: %u labels", distance_m, n);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpint (gtk_widget_get_width (sm_window_get_content (window)), ==, 1920);
  g_assert_cmpint (gtk_widget_get_height (sm_window_get_content (window)), ==, 1080);
  g_assert_true (is_in_sight (GTK_WIDGET (window), SM_TYPE_FAULTS_PANEL));
  g_assert_cmpint (is_in_sight (GTK_WIDGET (window), SM_TYPE_MAP_VIEW), ==, distance_m < 5);
  g_assert_cmpint (is_in_sight (GTK_WIDGET (window), SM_TYPE_FIGURES_PANEL), ==, distance_m < 3);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_object_unref (ops);
  sm_style_set_scale (gtk_settings_get_default (), 1);
}

/* On a wall of 1.2 m and 1920 pixels everything can be read from where people sit; what there is
 * no room for then leaves, numbers first, then the map, and never what is wrong. */
static void
test_letters (void)
{
  check_wall (2);
  check_wall (4);
  check_wall (6);
}

static gboolean
has_cursor_named (GtkWidget  *widget,
                  const char *name)
{
  GdkCursor *cursor = gtk_widget_get_cursor (widget);

  return cursor != NULL && g_strcmp0 (gdk_cursor_get_name (cursor), name) == 0;
}

static void
test_pointer (void)
{
  GtkWidget *window = g_object_ref_sink (gtk_window_new ());

  sm_pointer_rest (window, 10);
  g_assert_false (has_cursor_named (window, "none"));
  while (!has_cursor_named (window, "none"))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (window);
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

/* Somebody else's map: what cannot be used is said, what can is there at once. */
static void
test_tiles (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  SmWindow *window = sm_window_new (NULL, settings);
  GtkWidget *page = g_object_ref_sink (sm_preferences_new (settings, SM_KEPT_ABSENT));
  GtkWidget *row = find_row (page, "Address of tiles");

  sm_test_network_set_state (ops, SM_STATUS_LIVE);
  sm_window_set_ops (window, ops, "http://127.0.0.1:1");
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (find_row (page, "Whose map it is, shown on it")),
                         "© Example Maps");
  gtk_editable_set_text (GTK_EDITABLE (row), "http://example.org/{z}/{x}/{y}.png");
  run_until (gtk_widget_has_css_class (row, "error"));
  run_until (says (page, "An address needs https"));
  g_assert_false (says (GTK_WIDGET (window), "Example Maps"));
  gtk_editable_set_text (GTK_EDITABLE (row), "http://127.0.0.1:9/{z}/{x}/{y}.png");
  run_until (!gtk_widget_has_css_class (row, "error"));
  run_until (says (GTK_WIDGET (window), "Example Maps"));
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  run_until (!says (GTK_WIDGET (window), "Example Maps"));
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (page);
  g_settings_reset (settings, "tile-attribution");
  settle ();
  g_object_unref (ops);
}

static const char *const reaches[] = { "reachable", "unreachable", NULL };
static const SmFilterChoice choices[] = { { "reach", "Reach", reaches, NULL } };

static void
count_cb (SmFilterBar *bar,
          guint       *n)
{
  (*n)++;
}

/* Filters are kept under a name, for the next start too, whatever the name is. */
static void
test_saved_filters (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  g_autoptr (SmLink) link = sm_link_parse ("stationmaster:vehicles?reach=unreachable&text=粤B");
  g_autoptr (SmLink) all = sm_link_parse ("stationmaster:vehicles");
  const char *names[] = { "night", "夜班", "a\tb\nc", "<b>&amp;</b>" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *shown = NULL;
      g_autofree char *clean = g_strdelimit (g_strdup (names[i]), "\t\n", ' ');

      for (guint start = 0; start < 2; start++)
        {
          g_autoptr (SmViewState) state = sm_view_state_new (settings, "views");
          SmFilterBar *bar = g_object_ref_sink (SM_FILTER_BAR (
              sm_filter_bar_new ("vehicles", "Plate", choices, 1, NULL, NULL)));
          guint n_changed = 0;

          g_signal_connect (bar, "changed", G_CALLBACK (count_cb), &n_changed);
          sm_filter_bar_set_view_state (bar, state);
          if (start == 0)
            {
              sm_filter_bar_set_link (bar, link);
              sm_filter_bar_save (bar, names[i]);
              sm_filter_bar_set_link (bar, all);
            }
          g_assert_cmpuint (n_changed, ==, 0);
          g_assert_true (sm_filter_bar_recall (bar, clean));
          g_assert_cmpuint (n_changed, ==, 1);
          g_assert_cmpstr (sm_link_get (sm_filter_bar_get_link (bar), "text"), ==, "粤B");
          g_assert_cmpstr (sm_link_get (sm_filter_bar_get_link (bar), "reach"), ==, "unreachable");
          if (start == 1)
            {
              sm_filter_bar_forget (bar, clean);
              g_assert_false (sm_filter_bar_recall (bar, clean));
            }
          g_object_unref (bar);
        }
    }
}

/* Without an application of libadwaita's nobody else does. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, SM_RESOURCE_PATH "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  load_style ();
  g_test_add_func ("/app/wall/letters-by-distance", test_letters);
  g_test_add_func ("/app/wall/pointer-rests", test_pointer);
  g_test_add_func ("/app/preferences/tiles", test_tiles);
  g_test_add_func ("/app/filters/saved", test_saved_filters);
  return g_test_run ();
}
