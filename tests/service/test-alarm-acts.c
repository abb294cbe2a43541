/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-faults.h"
#include "sm-test-server.h"
#include "sm-time.h"
#include "sm-uuid.h"

#include <math.h>
#include <string.h>

/* What persons do to alarms, as requests of the contract. */

typedef struct
{
  gint64 at;
  gboolean is_raised;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Saying *saying = data;
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  SmFaultReport fault = { .noun = SM_NOUN_VEHICLE, .id = 1, .code = "vehicle-insulation",
                          .is_raised = saying->is_raised, .at_us = saying->at, .value = NAN,
                          .limit_value = NAN };
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, system, &fault, 1, &result, error);
  return NULL;
}

/* The vehicle says that its insulation failed, or is well again: a safety code. */
static void
say_safety (SmTestServer *server,
            gboolean      is_raised)
{
  Saying saying;
  g_autoptr (GError) error = NULL;

  sm_test_server_tick (server, 1);
  saying = (Saying){ sm_clock_now (server->network), is_raised };
  sm_rules_run_sync (server->rules, do_say, &saying, &error);
  g_assert_no_error (error);
}

static SmTestAnswer *
post (SmTestServer *server,
      const char   *token,
      const char   *path,
      const char   *body)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *headers = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  g_autofree char *full = g_strconcat ("/api/v1/alarms", path, NULL);

  return sm_test_service_send (server->client, "POST", full, token, headers, body);
}

static void
done (SmTestServer *server,
      const char   *token,
      const char   *path,
      const char   *body,
      const char   *contains)
{
  g_autoptr (SmTestAnswer) answer = post (server, token, path, body);

  if (answer->status != 200 || strstr (answer->body, contains) == NULL)
    g_error ("%s: %u %s", path, answer->status, answer->body);
}

static void
refused (SmTestServer *server,
         const char   *token,
         const char   *path,
         const char   *body,
         guint         status,
         const char   *slug)
{
  g_autoptr (SmTestAnswer) answer = post (server, token, path, body);

  sm_test_assert_problem (answer, status, slug);
}

#define FOR_AN_HOUR "{\"minutes\":60,\"reason\":\"known since this morning\"}"

static void
aside_client (SmTestServer *server)
{
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autofree char *wanda = sm_test_server_sign_in (server, "wanda");

  sm_test_server_report (server, 95);
  refused (server, wanda, "/1/shelve", FOR_AN_HOUR, 403, "permission-missing");
  refused (server, olga, "/1/shelve", "{\"reason\":\"no end\"}", 422, "missing-member");
  refused (server, olga, "/1/shelve", "{\"minutes\":0,\"reason\":\"no end\"}", 422,
           "out-of-range");
  refused (server, olga, "/1/shelve", "{\"minutes\":60}", 422, "missing-member");
  refused (server, olga, "/1/shelve", "{\"minutes\":481,\"reason\":\"long\"}", 422,
           "too-long-aside");
  refused (server, olga, "/9/shelve", FOR_AN_HOUR, 404, "not-found");
  done (server, olga, "/1/shelve", FOR_AN_HOUR, "\"shelved_by\":\"olga\"");
  done (server, olga, "/1/unshelve", "{}", "\"shelved_until\":null");
  refused (server, olga, "/1/unshelve", "{}", 422, "not-shelved");
  done (server, olga, "/1/take_out_of_service", FOR_AN_HOUR, "\"out_of_service_by\":\"olga\"");
  done (server, olga, "/1/return_to_service", "{}", "\"out_of_service_by\":null");
}

static void
safety_client (SmTestServer *server)
{
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autofree char *otto = sm_test_server_sign_in (server, "otto");
  g_autofree char *adam = sm_test_server_sign_in (server, "adam");
  g_autoptr (SmTestAnswer) life = NULL;

  say_safety (server, TRUE);
  refused (server, olga, "/1/shelve", FOR_AN_HOUR, 422, "safety-code");
  done (server, olga, "/1/take_out_of_service", FOR_AN_HOUR,
        "\"out_of_service_approved_by\":null");
  refused (server, otto, "/1/approve_out_of_service", "{}", 403, "permission-missing");
  done (server, adam, "/1/approve_out_of_service", "{}",
        "\"out_of_service_approved_by\":\"adam\"");
  done (server, olga, "/acknowledge",
        "{\"alarms\":[{\"id\":1,\"seen_occurrence\":1},{\"id\":2,\"seen_occurrence\":1}],"
        "\"note\":\"people are clear\"}",
        "\"state\":\"acked\"");
  say_safety (server, FALSE);
  refused (server, olga, "/1/release", "{\"reason\":\"measured\"}", 422, "second-person-needed");
  refused (server, otto, "/1/release", "{\"reason\":\"  \"}", 422, "invalid");
  done (server, otto, "/1/release", "{\"reason\":\"measured\"}", "\"state\":\"normal\"");
  life = sm_test_ask (server, "GET", "/api/v1/alarms/1/transitions", otto);
  g_assert_cmpuint (life->status, ==, 200);
  g_assert_nonnull (strstr (life->body, "\"from\":\"latched\",\"to\":\"normal\","
                                        "\"event\":\"release\",\"person\":\"otto\","
                                        "\"reason\":\"measured\""));
}

static void
many_client (SmTestServer *server)
{
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autofree char *wanda = sm_test_server_sign_in (server, "wanda");

  say_safety (server, TRUE);
  say_safety (server, FALSE);
  say_safety (server, TRUE);
  refused (server, wanda, "/acknowledge", "{\"alarms\":[]}", 403, "permission-missing");
  refused (server, olga, "/acknowledge", "{\"alarms\":7}", 422, "invalid");
  refused (server, olga, "/acknowledge", "{\"alarms\":[7]}", 422, "invalid");
  refused (server, olga, "/acknowledge", "{\"alarms\":[{\"id\":1}]}", 422, "missing-member");
  done (server, olga, "/acknowledge", "{\"alarms\":[{\"id\":1,\"seen_occurrence\":1}]}",
        "{\"id\":1,\"outcome\":\"alarm-rang-again\",\"alarm\":null}");
  refused (server, olga, "/1/acknowledge",
           "{\"seen_level\":1,\"seen_count\":2,\"seen_occurrence\":1}", 409, "alarm-rang-again");
  done (server, olga, "/acknowledge", "{\"alarms\":[{\"id\":1,\"seen_occurrence\":2}]}",
        "{\"id\":1,\"outcome\":\"done\",\"alarm\":{\"id\":1,");
}

static SmTestAnswer *
patch (SmTestServer *server,
       const char   *token,
       const char   *code,
       const char   *if_match,
       const char   *body)
{
  g_autofree char *headers = g_strdup_printf ("If-Match: %s\r\n", if_match);
  g_autofree char *path = g_strconcat ("/api/v1/fault_codes/", code, NULL);

  return sm_test_service_send (server->client, "PATCH", path, token, headers, body);
}

static void
patch_refused (SmTestServer *server,
               const char   *token,
               const char   *code,
               const char   *body,
               const char   *slug)
{
  g_autoptr (SmTestAnswer) answer = patch (server, token, code, "\"0\"", body);

  if (answer->status != 422 || strstr (answer->body, slug) == NULL)
    g_error ("%s: %u %s", body, answer->status, answer->body);
}

#define BRAKE                                                                                    \
  "{\"level\":1,\"forbids\":[\"reset\"],\"consequence\":\"It rolls\",\"consequence_zh\":\"溜车\"," \
  "\"steps\":[{\"id\":\"call-driver\"},{\"id\":\"ours\",\"text\":\"Chock it\","                \
  "\"text_zh\":\"垫轮\"}]}"

/* The catalogue as a person edits it: both languages, level and what must not be tried. */
static void
catalogue_client (SmTestServer *server)
{
  g_autofree char *adam = sm_test_server_sign_in (server, "adam");
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) may_not = patch (server, olga, "vehicle-brake", "\"0\"", BRAKE);
  g_autoptr (SmTestAnswer) late = NULL;
  g_autoptr (SmTestAnswer) changed = NULL;

  sm_test_assert_problem (may_not, 403, "permission-missing");
  patch_refused (server, adam, "vehicle-brake", "{\"level\":5}", "level-unknown");
  patch_refused (server, adam, "soc-low", "{\"level\":1}", "level-of-limit");
  patch_refused (server, adam, "vehicle-insulation", "{\"level\":2}", "danger-kept");
  patch_refused (server, adam, "vehicle-insulation", "{\"forbids\":[]}", "danger-kept");
  patch_refused (server, adam, "vehicle-insulation", "{\"safety\":false}", "field-not-changeable");
  patch_refused (server, adam, "vehicle-brake", "{\"forbids\":[\"stop\"]}", "stop-always");
  patch_refused (server, adam, "vehicle-brake", "{\"forbids\":[\"fly\"]}", "command-unknown");
  patch_refused (server, adam, "vehicle-brake", "{\"forbids\":[7]}", "command-unknown");
  patch_refused (server, adam, "vehicle-brake", "{\"steps\":[]}", "required");
  patch_refused (server, adam, "vehicle-brake", "{\"steps\":[{\"id\":\"ours\",\"text\":\"\"}]}",
                 "invalid");
  changed = patch (server, adam, "vehicle-brake", "\"0\"", BRAKE);
  g_assert_cmpuint (changed->status, ==, 200);
  g_assert_nonnull (strstr (changed->body, "\"text_zh\":\"垫轮\""));
  g_assert_nonnull (strstr (changed->body, "\"level\":1"));
  g_assert_nonnull (strstr (changed->body, "\"forbids\":[\"reset\"]"));
  late = patch (server, adam, "vehicle-brake", "\"0\"", "{\"level\":4}");
  sm_test_assert_problem (late, 412, "row-changed");
}

static void
test_catalogue (void)
{
  sm_test_server_try (catalogue_client, FALSE);
}

static void
test_aside (void)
{
  sm_test_server_try (aside_client, FALSE);
}

static void
test_safety (void)
{
  sm_test_server_try (safety_client, FALSE);
}

static void
test_many (void)
{
  sm_test_server_try (many_client, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/alarm-acts/put-aside-and-back", test_aside);
  g_test_add_func ("/service/alarm-acts/safety-by-two", test_safety);
  g_test_add_func ("/service/alarm-acts/catalogue-is-edited", test_catalogue);
  g_test_add_func ("/service/alarm-acts/many-at-once", test_many);
  return g_test_run ();
}
