/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-test-service.h"
#include "sm-time.h"

/* A simulated network is killed in the middle of its swaps and goes on; when its
 * past is written too, its books hold together. */

#define OPEN "/api/v1/orders?process=in_progress&limit=50"
#define INTERRUPTED "/api/v1/orders?process=aborted&sort=-ended_at&limit=200"
#define PATIENCE_S 200.0
/* A busy morning, at whatever hour this runs. */
#define START "2026-03-02T09:00:00+08:00"

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

/* Asks a few times a second, for the service has better to do, until there are some. */
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
      g_usleep (200 * 1000);
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

/* The past is written from its beginning: it is there when its last minutes are. */
static void
wait_for_past (SmTestService *service,
               const char    *token,
               gint64         began_us)
{
  static const struct
  {
    const char *noun, *time, *more;
  } lasts[] = { { "battery_movements", "at", "" }, { "orders", "ended", "&kind=charge" } };
  g_autofree char *from = sm_time_to_rfc3339 (began_us - 10 * SM_MINUTE);
  g_autofree char *to = sm_time_to_rfc3339 (began_us - SM_SECOND);

  for (guint i = 0; i < G_N_ELEMENTS (lasts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/v1/%s?%s_from=%s&%s_to=%s&limit=1%s",
                                               lasts[i].noun, lasts[i].time, from, lasts[i].time,
                                               to, lasts[i].more);

      json_object_unref (wait_for (service, token, path, NULL));
    }
}

/* Everything holds, and there was a lot to look at. */
static void
assert_whole (SmTestService *service)
{
  static const char *const check[] = { "check", "--json", NULL };
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  JsonArray *results;
  int status;

  said = sm_test_service_command (service, check, &status);
  g_test_message ("%s", said);
  json_parser_load_from_data (parser, said, -1, &error);
  g_assert_no_error (error);
  results = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                          "checks");
  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);

      g_assert_true (json_object_get_boolean_member (result, "ok"));
      g_assert_cmpint (json_object_get_int_member (result, "looked_at"), >,
                       g_str_equal (json_object_get_string_member (result, "name"), "movements")
                         ? 10000 : 0);
    }
  g_assert_cmpint (status, ==, 0);
}

static void
test_killed_in_swaps (void)
{
  static const char *const args[] = { "--simulate", "demo", "--seed", "1",
                                      "--history-days", "2", "--start", START, NULL };
  g_autoptr (SmTestService) service = sm_test_service_new (args);
  g_autofree char *token = NULL;
  gint64 began_us;
  JsonObject *before, *aborted, *after;

  g_assert_true (sm_time_from_rfc3339 (START, &began_us, NULL));
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
  wait_for_past (service, token, began_us);
  sm_test_service_terminate (service);
  assert_whole (service);
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
