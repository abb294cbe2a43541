/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-acknowledge-popover.h"
#include "sm-alarm-bar.h"
#include "sm-fault-row.h"
#include "sm-figure-group.h"
#include "sm-ops-private.h"
#include "sm-options.h"
#include "sm-preferences.h"
#include "sm-screenshot.h"
#include "sm-sections.h"
#include "sm-settings.h"
#include "sm-sign-in.h"
#include "sm-style.h"
#include "sm-table.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-thing-row.h"
#include "sm-trail.h"
#include "sm-wall-page.h"
#include "sm-window.h"

#include <sys/wait.h>

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* What follows figures is shown a moment after them. */
static void
wait_until_shown (SmWindow   *window,
                  const char *text)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!sm_test_shows (GTK_WIDGET (window), text))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("not shown: %s", text);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
wait_until_hidden (SmWindow   *window,
                   const char *text)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (sm_test_shows (GTK_WIDGET (window), text))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("shown still: %s", text);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
test_size (void)
{
  const char *const bad[] = { "1920", "1920x", "x1080", "1920x1080x1", "63x700", "1920x99999", "axb",
                              "-5x700" };
  int width = 0, height = 0;

  g_assert_true (sm_size_parse ("3840x2160", &width, &height));
  g_assert_cmpint (width, ==, 3840);
  g_assert_cmpint (height, ==, 2160);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sm_size_parse (bad[i], &width, &height));
}

/* Every template there is can be made, whatever nobody opens in other tests. */
static void
test_templates (void)
{
  g_autofree char *folder = g_strdup (SM_RESOURCE_PATH);
  const char *const folders[] = { "app/", "pages/wall/", "widgets/" };
  guint n = 0;

  g_type_class_unref (g_type_class_ref (SM_TYPE_WINDOW));
  g_type_class_unref (g_type_class_ref (SM_TYPE_WALL_PAGE));
  g_type_ensure (SM_TYPE_FAULT_ROW);
  g_type_ensure (SM_TYPE_FIGURE_GROUP);
  g_type_ensure (SM_TYPE_TABLE);
  g_type_ensure (SM_TYPE_THING_ROW);
  g_type_ensure (SM_TYPE_ACKNOWLEDGE_POPOVER);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strconcat (folder, folders[i], NULL);
      g_auto (GStrv) files
          = g_resources_enumerate_children (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      g_assert_nonnull (files);
      for (guint k = 0; files[k] != NULL; k++, n++)
        {
          /* sm-fault-row.ui is the template of SmFaultRow */
          g_autoptr (GString) name = g_string_new (NULL);
          g_auto (GStrv) words = g_strsplit_set (files[k], "-.", 0);
          GtkWidget *widget;

          for (guint j = 0; words[j] != NULL && words[j + 1] != NULL; j++)
            {
              g_string_append_c (name, g_ascii_toupper (words[j][0]));
              g_string_append (name, words[j] + 1);
            }
          if (g_type_from_name (name->str) == 0)
            g_error ("%s: no type %s", files[k], name->str);
          widget = g_object_new (g_type_from_name (name->str), NULL);
          g_object_ref_sink (widget);
          if (GTK_IS_WINDOW (widget))
            gtk_window_destroy (GTK_WINDOW (widget));
          g_object_unref (widget);
        }
    }
  g_assert_cmpuint (n, >=, 14);
}

static void
submitted_cb (SmSignIn   *sign_in,
              const char *server,
              const char *name,
              const char *password,
              char      **out)
{
  *out = g_strjoin (" ", server, name, password, NULL);
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget)
      && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
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

static void
test_sign_in (void)
{
  GtkWidget *window = gtk_window_new ();
  SmSignIn *sign_in = g_object_new (SM_TYPE_SIGN_IN, NULL);
  g_autofree char *sent = NULL;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (sign_in));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (sign_in, "submit", G_CALLBACK (submitted_cb), &sent);
  settle ();
  sm_sign_in_submit (sign_in);
  g_assert_true (sm_test_shows (window, "The address of the service is missing."));
  sm_sign_in_fill (sign_in, "http://127.0.0.1:8080", "li");
  sm_sign_in_submit (sign_in);
  g_assert_true (sm_test_shows (window, "Name and password are both needed."));
  g_assert_null (sent);
  gtk_editable_set_text (GTK_EDITABLE (find_row (window, "Password")), "secret");
  sm_sign_in_submit (sign_in);
  g_assert_cmpstr (sent, ==, "http://127.0.0.1:8080 li secret");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (window, "Password"))), ==, "");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The shell says how fresh the data is and what nobody has acknowledged. */
static void
test_shell (void)
{
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  SmWindow *window = sm_window_new (NULL, NULL);

  sm_test_network_set_state (ops, SM_STATUS_LIVE);
  sm_window_set_ops (window, ops, "http://127.0.0.1:1");
  sm_test_network_fill (ops, 20, 30, 3);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    g_main_context_iteration (NULL, TRUE);
  wait_until_shown (window, "Shenzhen demo network");
  wait_until_shown (window, "Simulated");
  wait_until_shown (window, "Thu 29 Oct 2026");
  wait_until_shown (window, "2 not acknowledged");
  sm_test_network_set_state (ops, SM_STATUS_OFFLINE);
  wait_until_shown (window, "Offline · data 42 s old");
  wait_until_shown (window, "Last known: 2 not acknowledged");
  g_assert_true (sm_window_open_link (window, "stationmaster:station/SN0003"));
  g_assert_false (sm_window_open_link (window, "stationmaster:dragon/1"));
  g_assert_false (sm_window_show_page (window, "dragons"));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_object_unref (ops);
}

/* A person goes through links, and back to the filters they had. */
static void
test_back_and_forward (void)
{
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  SmWindow *window = sm_window_new (NULL, NULL);
  g_autofree char *link = NULL;
  g_autofree char *again = NULL;

  sm_window_set_ops (window, ops, "http://127.0.0.1:1");
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_true (SM_IS_WALL_PAGE (sm_window_get_page (window)));
  g_assert_true (sm_window_open_link (window, "stationmaster:vehicles?reach=unreachable&sort=soc"));
  link = sm_page_dup_link (sm_window_get_page (window));
  g_assert_cmpstr (link, ==, "stationmaster:vehicles?reach=unreachable&sort=soc");
  g_assert_true (sm_window_open_link (window, "stationmaster:stations?service=degraded"));
  g_assert_true (sm_window_open_link (window, "stationmaster:station/SN0003"));
  g_assert_true (SM_IS_WALL_PAGE (sm_window_get_page (window)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  again = sm_page_dup_link (sm_window_get_page (window));
  g_assert_cmpstr (again, ==, link);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.forward", NULL);
  g_assert_cmpstr (sm_page_get_title (sm_window_get_page (window)), ==, "Stations");
  for (guint i = 0; i < sm_n_sections; i++)
    g_assert_true (sm_window_show_page (window, sm_sections[i].name));
  settle ();
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_object_unref (ops);
}

/* Where somebody is led to by a link, also before the window is there, its keys are heard. */
static void
test_keys_are_heard (void)
{
  static const char *const links[] = { "stationmaster:shift", "stationmaster:handovers" };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      SmOps *ops
          = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
      SmWindow *window = sm_window_new (NULL, NULL);
      GtkWidget *focus, *page;

      g_test_message ("%s", links[i]);
      g_assert_true (sm_window_open_link (window, links[i]));
      sm_window_set_ops (window, ops, "http://127.0.0.1:1");
      gtk_window_present (GTK_WINDOW (window));
      while (!gtk_widget_get_mapped (GTK_WIDGET (window)))
        g_main_context_iteration (NULL, TRUE);
      settle ();
      focus = gtk_root_get_focus (GTK_ROOT (window));
      g_assert_nonnull (focus);
      page = GTK_WIDGET (sm_window_get_page (window));
      g_assert_true (focus == page || gtk_widget_is_ancestor (focus, page));
      gtk_window_destroy (GTK_WINDOW (window));
      settle ();
      g_object_unref (ops);
    }
}

/* How many rows the sidebar has, of that title unless it is NULL. */
static guint
count_sections (GtkWidget  *widget,
                const char *title)
{
  guint n = 0;

  if (GTK_IS_LIST_BOX_ROW (widget)
      && gtk_widget_has_css_class (gtk_widget_get_parent (widget), "sections"))
    return gtk_widget_get_visible (widget) && (title == NULL || sm_test_shows (widget, title)) ? 1 : 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_sections (child, title);
  return n;
}

/* What somebody may not read has no row in the sidebar, from the moment that
 * the service says so. */
static void
test_sections_by_permission (void)
{
  const char *may[] = { "network.read", "vehicle.read", "alarm.read", NULL };
  SmPerson person = { .id = 1, .name = (char *) "li", .display_name = (char *) "Li Wei",
                      .role = (char *) "operator", .permissions = (GStrv) may };
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  SmWindow *window = sm_window_new (NULL, NULL);
  guint allowed = 0;

  sm_window_set_ops (window, ops, "http://127.0.0.1:1");
  gtk_window_present (GTK_WINDOW (window));
  settle ();
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), NULL), ==, sm_n_sections - 1); /* no drill */
  sm_ops_set_person (ops, &person);
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), "Alarms"), ==, 1);
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), "Orders"), ==, 0);
  /* No drill, and what he may not read: orders, work orders, their figures, and inspections. */
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), NULL), ==, sm_n_sections - 5);
  may[1] = NULL;
  sm_ops_set_person (ops, &person);
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), "Stations"), ==, 1);
  for (guint i = 0; i < sm_n_sections; i++)
    allowed += sm_sections[i].permission == NULL
               || g_str_equal (sm_sections[i].permission, "network.read");
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), NULL), ==, allowed);
  may[1] = "order.read";
  sm_ops_set_person (ops, &person);
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), "Orders"), ==, 1);
  sm_ops_set_person (ops, NULL);
  g_assert_cmpuint (count_sections (GTK_WIDGET (window), NULL), ==, sm_n_sections - 1);
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_object_unref (ops);
}

static const char *
page_of (SmWindow *window)
{
  SmPage *page = sm_window_get_page (window);

  return page != NULL ? sm_page_get_title (page) : "";
}

/* A link, a page by name and a page that is there already: what somebody may not
 * see is refused in words, and where they were stays. */
static void
test_link_by_permission (void)
{
  const char *may[] = { "network.read", "vehicle.read", "alarm.read", NULL };
  SmPerson person = { .id = 1, .name = (char *) "li", .display_name = (char *) "Li Wei",
                      .role = (char *) "operator", .permissions = (GStrv) may };
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  SmWindow *window = sm_window_new (NULL, NULL);
  const char *refusal = "You do not have the permission for this.";

  sm_window_set_ops (window, ops, "http://127.0.0.1:1");
  gtk_window_present (GTK_WINDOW (window));
  sm_ops_set_person (ops, &person);
  g_assert_true (sm_window_open_link (window, "stationmaster:vehicles"));
  g_assert_cmpstr (page_of (window), ==, "Vehicles");
  g_assert_false (sm_test_shows (GTK_WIDGET (window), refusal));
  g_assert_true (sm_window_open_link (window, "stationmaster:orders?kind=swap"));
  wait_until_shown (window, refusal);
  g_assert_cmpstr (page_of (window), ==, "Vehicles");
  g_assert_true (sm_window_open_link (window, "stationmaster:vehicles?reach=unreachable"));
  wait_until_hidden (window, refusal);
  g_assert_true (sm_window_open_link (window, "stationmaster:driving_events"));
  wait_until_shown (window, refusal);
  g_assert_true (sm_window_show_page (window, "stations"));
  g_assert_true (sm_window_show_page (window, "orders"));
  wait_until_shown (window, refusal);
  g_assert_cmpstr (page_of (window), ==, "Stations");
  /* Somebody else, who may not even see what is there. */
  may[0] = "alarm.read";
  may[1] = NULL;
  sm_ops_set_person (ops, &person);
  wait_until_shown (window, refusal);
  g_assert_cmpstr (page_of (window), ==, "Wall");
  g_assert_true (sm_window_open_link (window, "stationmaster:station/SW4400001"));
  wait_until_shown (window, refusal);
  g_assert_false (sm_test_shows (GTK_WIDGET (window), "Loading the station"));
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
  g_object_unref (ops);
}

static void
test_trail (void)
{
  g_autoptr (SmTrail) trail = sm_trail_new ();

  g_assert_null (sm_trail_move (trail, -1));
  sm_trail_push (trail, "a");
  sm_trail_push (trail, "b");
  sm_trail_update (trail, "b?filter");
  sm_trail_push (trail, "c");
  g_assert_cmpstr (sm_trail_move (trail, -1), ==, "b?filter");
  g_assert_cmpstr (sm_trail_move (trail, -1), ==, "a");
  g_assert_null (sm_trail_move (trail, -1));
  sm_trail_push (trail, "d");
  g_assert_false (sm_trail_can_move (trail, 1));
  for (guint i = 0; i < 200; i++)
    sm_trail_push (trail, i % 2 == 0 ? "e" : "f");
  for (guint i = 0; i < 49; i++)
    g_assert_nonnull (sm_trail_move (trail, -1));
  g_assert_null (sm_trail_move (trail, -1));
}

static void
test_settings (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  const char *const keys[] = { "server-url", "user-name", "page", "color-scheme", "window-width",
                               "window-height", "window-maximized", "window-fullscreen", "map-view",
                               "show-borders", "show-sections", "views", "wall-distance" };
  g_autoptr (GSettingsSchema) schema = NULL;

  g_assert_nonnull (settings);
  g_object_get (settings, "settings-schema", &schema, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_assert_true (g_settings_schema_has_key (schema, keys[i]));
}

/* Runs the program; returns its exit status and what it said. */
static int
run (char       **argv,
     char       **out_said)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  int status = -1;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status)); /* and not by a signal, whose exit status reads as 0 */
  *out_said = g_steal_pointer (&said);
  return WEXITSTATUS (status);
}

static void
test_exact_size (void)
{
  const struct
  {
    const char *text;
    int width, height;
  } sizes[] = { { "1024x700", 1024, 700 }, { "1920x1080", 1920, 1080 }, { "3840x2160", 3840, 2160 } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "picture.png", NULL);
      g_autofree char *said = NULL;
      g_autoptr (GdkTexture) texture = NULL;
      g_autoptr (GError) error = NULL;
      /* Nobody listens there: the offline state is a state that is reached. */
      char *argv[] = { (char *) g_getenv ("SM_TEST_APP"), (char *) "--server",
                       (char *) "http://127.0.0.1:9", (char *) "--screenshot", path,
                       (char *) "--size", (char *) sizes[i].text, NULL };

      g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
      g_assert_cmpint (run (argv, &said), ==, 0);
      texture = gdk_texture_new_from_filename (path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (texture), ==, sizes[i].width);
      g_assert_cmpint (gdk_texture_get_height (texture), ==, sizes[i].height);
    }
}

/* Sixteen arc-minutes: a capital letter is a 215th of the distance high. */
static void
test_distance (void)
{
  /* 6 m from 3840 pixels on 1210 mm: 88.6 pixels of a capital letter */
  double scale = sm_style_scale_for_distance (6, 1210.0 / 3840);
  double smallest_px = 11 * 96 / 72.0 * scale * 0.85 * 0.69;

  g_assert_cmpfloat (smallest_px * 1210.0 / 3840, >=, 6000.0 / 215 - 0.001);
  g_assert_cmpfloat (sm_style_scale_for_distance (0.1, 0.3), ==, 1);
}

/* Everything that can be set is there, bound, and refuses what is odd. */
static void
test_preferences (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  GtkWidget *page = g_object_ref_sink (sm_preferences_new (settings, SM_KEPT_ABSENT));
  GtkWidget *row = find_row (page, "Appearance");

  g_assert_nonnull (row);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  {
    g_autofree char *scheme = g_settings_get_string (settings, "color-scheme");

    g_assert_cmpstr (scheme, ==, "dark");
  }
  g_assert_nonnull (find_row (page, "Viewing distance"));
  /* Levels 1 and 2 are heard; who wants 4 as well keeps both. */
  row = find_row (page, "Level 4");
  g_assert_nonnull (row);
  gtk_widget_activate (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
  g_assert_cmpuint (g_settings_get_uint (settings, "alarm-sounds"), ==, 1 + 2 + 8);
  row = find_row (page, "Level 2");
  gtk_widget_activate (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));
  g_assert_cmpuint (g_settings_get_uint (settings, "alarm-sounds"), ==, 1 + 8);
  g_settings_reset (settings, "alarm-sounds");
  g_settings_reset (settings, "color-scheme");
  g_object_unref (page);
}

static void
test_bad_command_line (void)
{
  char *app = (char *) g_getenv ("SM_TEST_APP");
  char *bad_size[] = { app, (char *) "--size", (char *) "big", NULL };
  char *bad_link[] = { app, (char *) "gopher:station/1", NULL };
  char *bad_file[] = { app, (char *) "--password-file", (char *) "/nowhere/at/all", NULL };
  char *bad_option[] = { app, (char *) "--dragon", NULL };
  char **all[] = { bad_size, bad_link, bad_file, bad_option };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *said = NULL;

      g_assert_cmpint (run (all[i], &said), ==, 2);
      g_assert_true (g_str_has_prefix (said, "stationmaster: "));
    }
}

static const char *
never_there (gpointer user_data)
{
  return "a dragon";
}

static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sm_screenshot_wait_finish (result, &error));
  *(char **) user_data = g_strdup (error->message);
}

static void
test_says_what_was_missing (void)
{
  g_autofree char *said = NULL;

  sm_screenshot_wait_async (never_there, NULL, 0, waited_cb, &said);
  while (said == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (said, ==, "no picture: a dragon was missing");
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();

  g_test_add_func ("/app/options/size", test_size);
  g_test_add_func ("/app/templates/all", test_templates);
  g_test_add_func ("/app/sign-in/asks-for-what-is-missing", test_sign_in);
  g_test_add_func ("/app/shell/says-how-fresh", test_shell);
  g_test_add_func ("/app/shell/back-and-forward", test_back_and_forward);
  g_test_add_func ("/app/shell/keys-are-heard", test_keys_are_heard);
  g_test_add_func ("/app/shell/sections-by-permission", test_sections_by_permission);
  g_test_add_func ("/app/shell/link-by-permission", test_link_by_permission);
  g_test_add_func ("/app/shell/trail", test_trail);
  g_test_add_func ("/app/settings/schema", test_settings);
  g_test_add_func ("/app/screenshot/exact-size", test_exact_size);
  g_test_add_func ("/app/screenshot/says-what-was-missing", test_says_what_was_missing);
  g_test_add_func ("/app/wall/text-by-distance", test_distance);
  g_test_add_func ("/app/preferences/bound", test_preferences);
  g_test_add_func ("/app/options/refuses-with-a-sentence", test_bad_command_line);
  return g_test_run ();
}
