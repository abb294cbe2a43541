/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-test-service.h"

/* A simulated network is killed in the middle of its swaps and goes on. */

#define OPEN "/api/v1/orders?process=in_progress&limit=50"
#define INTERRUPTED "/api/v1/orders?process=aborted&sort=-ended_at&limit=200"
#define PATIENCE_S 150.0

static JsonArray *
items_of (JsonObject *page)
{
  return json_object_get_array_member (page, "items");
}

static gboolean
has_any (JsonObject *page,
         const char *abnormal)
{
  JsonArray *items = items_of (page);

  for (guint i = 0; i < json_array_get_length (items); i++)
    if (abnormal == NULL
        || g_strcmp0 (json_object_get_string_member_with_default (
                        json_array_get_object_element (items, i), "abnormal", NULL),
                      abnormal)
             == 0)
      return TRUE;
  return FALSE;
}

/* Asks until there are some; the caller's deadline is the test's. */
static JsonObject *
wait_for (SmTestService *service,
          const char    *token,
          const char    *path,
          const char    *abnormal)
{
  g_autoptr (GTimer) timer = g_timer_new ();

  while (g_timer_elapsed (timer, NULL) < PATIENCE_S)
    {
      JsonObject *page = sm_test_service_get (service, path, token);

      if (has_any (page, abnormal))
        return page;
      json_object_unref (page);
      g_main_context_iteration (NULL, FALSE);
    }
  g_error ("nothing came of %s", path);
}

static gboolean
has_number (JsonObject *page,
            const char *number,
            const char *abnormal)
{
  JsonArray *items = items_of (page);

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *order = json_array_get_object_element (items, i);

      if (g_str_equal (json_object_get_string_member (order, "number"), number)
          && (abnormal == NULL
              || g_strcmp0 (json_object_get_string_member_with_default (order, "abnormal", NULL),
                            abnormal)
                   == 0))
        return TRUE;
    }
  return FALSE;
}

/* Every order that ran when the service was killed is over, and says why. */
static void
assert_interrupted (JsonObject *before,
                    JsonObject *aborted)
{
  JsonArray *items = items_of (before);
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (items); i++)
    n += has_number (aborted,
                     json_object_get_string_member (json_array_get_object_element (items, i),
                                                    "number"),
                     "service_interrupted");
  /* Some ended between the question and the kill. */
  g_assert_cmpuint (n, >=, json_array_get_length (items) / 2);
  g_assert_cmpuint (n, >=, 1);
}

static void
test_killed_in_swaps (void)
{
  static const char *const args[] = { "--simulate", "demo", "--seed", "1", NULL };
  static const char *const check[] = { "check", NULL };
  g_autoptr (SmTestService) service = sm_test_service_new (args);
  g_autofree char *token = NULL;
  g_autofree char *said = NULL;
  JsonObject *before, *aborted, *after;
  int status;

  sm_test_service_run (service);
  token = sm_test_service_sign_in_demo (service);
  before = wait_for (service, token, OPEN, NULL);
  sm_test_service_restart (service);
  g_free (token);
  token = sm_test_service_sign_in_demo (service);
  aborted = wait_for (service, token, INTERRUPTED, "service_interrupted");
  after = wait_for (service, token, OPEN, NULL);
  assert_interrupted (before, aborted);
  /* What runs now began since. */
  for (guint i = 0; i < json_array_get_length (items_of (before)); i++)
    g_assert_false (has_number (after,
                                json_object_get_string_member (
                                  json_array_get_object_element (items_of (before), i), "number"),
                                NULL));
  sm_test_service_terminate (service);
  said = sm_test_service_command (service, check, &status);
  g_test_message ("%s", said);
  /* Its past was not written yet: what the meters counted then is not explained. */
  g_assert_true (g_regex_match_simple ("^places +ok", said, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^movements +ok", said, G_REGEX_MULTILINE, 0));
  json_object_unref (before);
  json_object_unref (aborted);
  json_object_unref (after);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/end-to-end/network/killed-in-its-swaps", test_killed_in_swaps);
  return g_test_run ();
}
