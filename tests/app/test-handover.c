/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-application.h"
#include "sm-page.h"
#include "sm-settings.h"
#include "sm-wall-page.h"

/* The program is there once on a session bus, which is the test's own: a second
 * one that is started with a link hands the link over and ends. */

#define LIST "stationmaster:stations?service=degraded"
#define STATION "stationmaster:station/SN0003"

typedef struct
{
  SmApplication *application;
  gint64 deadline;
  GSubprocess *second;
  const char *wanted;
  gboolean has_ended;
  gboolean has_succeeded;
} Handover;

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Handover *self = user_data;

  self->has_ended = TRUE;
  self->has_succeeded = g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL);
}

static void
start_second (Handover   *self,
              const char *link)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->second);
  self->has_ended = FALSE;
  self->wanted = link;
  self->second
      = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, g_getenv ("SM_TEST_APP"), link, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_async (self->second, NULL, ended_cb, self);
}

/* What a station's link opens is on the wall; /app/deep-link says what. */
static gboolean
is_shown (Handover *self,
          SmPage   *page)
{
  g_autofree char *link = sm_page_dup_link (page);

  return g_str_equal (self->wanted, STATION) ? SM_IS_WALL_PAGE (page)
                                             : g_strcmp0 (link, self->wanted) == 0;
}

static gboolean
look_cb (gpointer user_data)
{
  Handover *self = user_data;
  SmWindow *window = sm_application_get_window (self->application);
  SmPage *page = window != NULL ? sm_window_get_page (window) : NULL;

  if (g_get_monotonic_time () > self->deadline)
    g_error ("in vain: %s, %s", self->wanted, self->has_ended ? "handed over" : "still running");
  if (page == NULL)
    return G_SOURCE_CONTINUE;
  if (self->second == NULL)
    start_second (self, LIST);
  if (!self->has_ended || !is_shown (self, page))
    return G_SOURCE_CONTINUE;
  g_assert_true (self->has_succeeded);
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (self->application))->next);
  if (g_str_equal (self->wanted, LIST))
    {
      start_second (self, STATION);
      return G_SOURCE_CONTINUE;
    }
  g_application_quit (G_APPLICATION (self->application));
  return G_SOURCE_REMOVE;
}

static void
test_handover (void)
{
  g_autoptr (GSettings) settings = sm_settings_new ();
  SmOptions options = { NULL };
  Handover self = { .deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC };
  char *argv[] = { (char *) "stationmaster", NULL };

  /* Nobody listens there. */
  g_settings_set_string (settings, "server-url", "http://127.0.0.1:9");
  self.application = sm_application_new (&options);
  g_timeout_add (20, look_cb, &self);
  g_assert_cmpint (g_application_run (G_APPLICATION (self.application), 1, argv), ==, 0);
  g_assert_cmpstr (self.wanted, ==, STATION);
  g_settings_reset (settings, "server-url");
  g_clear_object (&self.second);
  g_object_unref (self.application);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  g_test_add_func ("/app/link/handed-to-the-running-one", test_handover);
  return g_test_run ();
}
