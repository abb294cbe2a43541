/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-diagnostics.h"
#include "sm-facts.h"
#include "sm-log-ring.h"
#include "sm-settings.h"
#include "sm-test-folder.h"
#include "sm-test-until.h"

#include <string.h>

#define TOKEN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define PASSWORD "correct-horse-battery"

/* Returns: (transfer full): every member's name and text */
static char *
unpack (GFile *file)
{
  static const char program[] = "import sys, zipfile\n"
                                "with zipfile.ZipFile(sys.argv[1]) as zip:\n"
                                "    for name in zip.namelist():\n"
                                "        print(name, zip.read(name).decode(), sep='\\n')\n";
  const char *const argv[] = { "/usr/bin/python3", "-c", program, g_file_peek_path (file), NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_steal_pointer (&text);
}

static void
assert_without (const char *text,
                const char *secret)
{
  const char *found = strstr (text, secret);

  if (found != NULL)
    g_error ("a secret is in it: %.200s", MAX (found - 60, text));
}

/* A token in every place that the bundle is made of. */
static void
test_no_secret (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  g_autofree char *dir = g_dir_make_tmp ("sm-bundle-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "bundle.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (SmDiagnosis) diagnosis = sm_diagnosis_new ();
  SmChannelState channel = { g_strdup ("changes"), 0, g_strdup (TOKEN), 1 };
  g_autoptr (GPtrArray) facts = NULL;
  g_autofree char *diagnostics = NULL;
  g_autofree char *written = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_settings_set_string (settings, "server-url", "http://ada:" PASSWORD "@127.0.0.1:8080");
  g_settings_set_string (settings, "user-name", PASSWORD);
  g_settings_set_string (settings, "map-filter", TOKEN);
  g_settings_set_string (settings, "tile-template", "https://t.example/{z}?key=" PASSWORD);
  diagnosis->server = g_strdup ("http://ada:" PASSWORD "@127.0.0.1:8080");
  diagnosis->network = g_strdup (TOKEN "." TOKEN);
  g_array_append_val (diagnosis->channels, channel);
  facts = sm_facts_collect (diagnosis);
  diagnostics = sm_facts_to_text (facts);
  written = sm_facts_settings (settings);
  sm_facts_write (file, diagnostics, written,
                  "Authorization: Bearer " TOKEN "\n{\"refresh_token\":\"" TOKEN "." TOKEN "\"}\n"
                  "{\"password\": \"" PASSWORD "\"}\npassword=" PASSWORD "\n"
                  "GET http://u:" PASSWORD "@h/?token=" PASSWORD "\nit went on\n",
                  &error);
  g_assert_no_error (error);
  text = unpack (file);
  assert_without (text, TOKEN);
  assert_without (text, PASSWORD);
  g_assert_nonnull (strstr (text, "diagnostics.txt"));
  g_assert_nonnull (strstr (text, "Stationmaster: " SM_VERSION));
  g_assert_nonnull (strstr (text, "127.0.0.1:8080"));
  g_assert_nonnull (strstr (text, "https://t.example/{z}?key=[removed]"));
  g_assert_nonnull (strstr (text, "it went on"));
  sm_test_remove_tree (dir);
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_ACTION_ROW (widget)
      && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
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
says (SmDiagnostics *window,
      const char    *title,
      const char    *words)
{
  GtkWidget *row = find_row (sm_diagnostics_get_content (window), title);

  return row != NULL
         && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), words) != NULL;
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Nobody answers: each line says so in words, and goes on saying how it is. */
static void
test_window (void)
{
  g_autofree char *dir = g_dir_make_tmp ("sm-diagnostics-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "bundle.zip", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  SmOps *ops = sm_ops_new ("http://127.0.0.1:1", dir, dir);
  SmDiagnostics *window = SM_DIAGNOSTICS (sm_diagnostics_new (NULL, ops, NULL));
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;

  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (says (window, "Stationmaster", SM_VERSION));
  sm_ops_start (ops);
  run_until (says (window, "Records and alarms", "The service cannot be reached."));
  g_assert_true (says (window, "Records and alarms", "No success in this run"));
  g_assert_true (says (window, "Acts that wait to be sent", "0"));
  g_assert_true (says (window, "Address", "http://127.0.0.1:1"));
  g_assert_true (says (window, "Memory", "B"));
  g_assert_null (sm_diagnostics_describe_missing (window));
  g_message ("said while it is open");
  sm_diagnostics_save_async (window, file, finished_cb, &result);
  run_until (result != NULL);
  g_assert_true (sm_diagnostics_save_finish (window, result, NULL));
  text = unpack (file);
  g_assert_nonnull (strstr (text, "The service cannot be reached."));
  g_assert_nonnull (strstr (text, "said while it is open"));
  gtk_window_destroy (GTK_WINDOW (window));
  sm_ops_stop (ops);
  g_object_unref (ops);
  sm_test_remove_tree (dir);
}

int
main (int   argc,
      char *argv[])
{
  sm_log_ring_start ();
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  gtk_init ();
  adw_init ();
  g_test_add_func ("/app/diagnostics/no-secret-in-the-bundle", test_no_secret);
  g_test_add_func ("/app/diagnostics/says-how-it-is", test_window);
  return g_test_run ();
}
