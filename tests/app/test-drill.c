/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-drill-marks.h"
#include "sm-drill.h"
#include "sm-sections.h"
#include "sm-style.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-window.h"

#include <adwaita.h>

/* The real service plays a drill: whatever opens says that it is one. */

#define PATIENCE_S 40
#define TITLE "Two stations without grid at noon · 午间两站停电"

typedef struct
{
  SmTestService *service;
  char *cache, *state;
  SmOps *ops;
  SmWindow *window;
} Fixture;

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until_shown (SmWindow   *window,
                  const char *text)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_S * G_USEC_PER_SEC;
  guint source = g_timeout_add (50, wake_cb, NULL);

  while (!sm_test_shows (GTK_WIDGET (window), text))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("not shown: %s", text);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (source);
}

static void
show (Fixture *fixture)
{
  fixture->ops = sm_ops_new (sm_test_service_get_url (fixture->service), fixture->cache,
                             fixture->state);
  sm_drill_marks_follow (fixture->ops);
  fixture->window = sm_window_new (NULL, NULL);
  sm_window_set_ops (fixture->window, fixture->ops, sm_test_service_get_url (fixture->service));
  gtk_window_present (GTK_WINDOW (fixture->window));
  sm_ops_start (fixture->ops);
}

static void
leave (Fixture *fixture)
{
  sm_ops_stop (fixture->ops);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->ops);
}

static void
assert_marked (GtkWindow *window)
{
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (window), "drill"));
  g_assert_true (g_str_has_prefix (gtk_window_get_title (window), "DRILL"));
}

static void
check_pages (Fixture *fixture)
{
  for (guint i = 0; i < sm_n_sections; i++)
    {
      g_assert_true (sm_window_show_page (fixture->window, sm_sections[i].name));
      g_assert_true (sm_test_shows (GTK_WIDGET (fixture->window), TITLE));
      g_assert_true (sm_test_shows (GTK_WIDGET (fixture->window), "DRILL"));
    }
  assert_marked (GTK_WINDOW (fixture->window));
}

/* Of whatever kind they are, and whatever they call themselves later. */
static void
check_dialogs (Fixture *fixture)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (fixture->window), "Release?", NULL);
  GtkWidget *window = adw_window_new ();
  GtkWidget *preferences = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, NULL);

  assert_marked (GTK_WINDOW (dialog));
  assert_marked (GTK_WINDOW (window));
  assert_marked (GTK_WINDOW (preferences));
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "DRILL · Release?");
  gtk_window_set_title (GTK_WINDOW (window), "Diagnostics");
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "DRILL · Diagnostics");
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

static void
test_marked (void)
{
  static const char *const args[] = { "--drill", SM_SOURCE_DATA_DIR "/scenarios/blackout-at-noon.json",
                                      SM_TEST_YOUNG, NULL };
  Fixture fixture = { sm_test_service_start (args) };

  fixture.cache = g_build_filename (sm_test_service_get_folder (fixture.service), "cache", NULL);
  fixture.state = g_build_filename (sm_test_service_get_folder (fixture.service), "state", NULL);
  show (&fixture);
  g_assert_false (sm_drill_is_on ());
  wait_until_shown (fixture.window, TITLE);
  g_assert_cmpstr (sm_drill_get_title (), ==, TITLE);
  wait_until_shown (fixture.window, "Live · data");
  check_pages (&fixture);
  check_dialogs (&fixture);
  leave (&fixture);
  /* What was kept of it is not the real network either. */
  sm_test_service_terminate (fixture.service);
  show (&fixture);
  g_assert_false (sm_drill_is_on ());
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (fixture.window), "drill"));
  wait_until_shown (fixture.window, TITLE);
  assert_marked (GTK_WINDOW (fixture.window));
  leave (&fixture);
  sm_test_service_free (fixture.service);
  g_free (fixture.cache);
  g_free (fixture.state);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL
                                            | G_LOG_LEVEL_WARNING));
  g_test_add_func ("/app/drill/marked-everywhere", test_marked);
  return g_test_run ();
}
