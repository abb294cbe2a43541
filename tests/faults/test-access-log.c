/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "sm-test-service.h"

/* The log of the real service: a line of JSON for each exchange, and nothing in it
 * that somebody could come in with; and lines that say when it came and went. */

#define PASSWORD "a-password-nobody-may-read"
#define SECRET "a-secret-in-the-wrong-place"

static guint
count_entries (const char *log)
{
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] == '{')
      {
        g_autoptr (JsonNode) node = json_from_string (lines[i], NULL);
        JsonObject *entry;

        g_assert_nonnull (node);
        entry = json_node_get_object (node);
        for (guint j = 0; j < 7; j++)
          {
            static const char *const members[] = { "time", "peer", "method", "path",
                                                   "status", "ms", "bytes" };

            g_assert_true (json_object_has_member (entry, members[j]));
          }
        n++;
      }
  return n;
}

static void
test_log (void)
{
  g_autoptr (SmTestService) service = sm_test_service_new (NULL);
  g_autofree char *token = NULL, *log = NULL;
  g_autoptr (SmTestAnswer) me = NULL, query = NULL, wrong = NULL, probe = NULL;

  sm_test_service_add_user (service, "olga", "operator", PASSWORD);
  sm_test_service_run (service);
  token = sm_test_service_sign_in (service, "olga", PASSWORD);
  me = sm_test_service_send (service, "GET", "/api/v1/me", token, NULL, NULL);
  query = sm_test_service_send (service, "GET", "/api/v1/stations?token=" SECRET, token, NULL, NULL);
  wrong = sm_test_service_send (service, "POST", "/api/v1/session", NULL, NULL,
                                "{\"name\":\"olga\",\"password\":\"" SECRET "\"}");
  probe = sm_test_service_send (service, "GET", "/readyz", NULL, NULL, NULL);
  g_assert_cmpuint (me->status, ==, 200);
  g_assert_cmpuint (probe->status, ==, 200);
  sm_test_service_terminate (service);
  log = sm_test_service_read_log (service);
  /* That it is there is asked each second, and no news. */
  g_assert_cmpuint (count_entries (log), ==, 4);
  g_assert_null (strstr (log, token));
  g_assert_null (strstr (log, PASSWORD));
  g_assert_null (strstr (log, SECRET));
  g_assert_nonnull (strstr (log, "Started, version"));
  g_assert_nonnull (strstr (log, "Stopped, as it was told to"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/access-log/lines-without-secrets", test_log);
  return g_test_run ();
}
