/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-noun.h"
#include "sm-test-server.h"

/* What is written over HTTP: once, whoever sends it how often. */

#define KEY_1 "01934a5e-0000-7000-8000-000000000001"
#define KEY_2 "01934a5e-0000-7000-8000-000000000002"
#define KEY_3 "01934a5e-0000-7000-8000-000000000003"
#define KEY_4 "01934a5e-0000-7000-8000-000000000004"

static void
limit_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "adam");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/limits/1", token);
  g_autofree char *headers =
      g_strdup_printf ("If-Match: %s\r\nIdempotency-Key: " KEY_1 "\r\n",
                       sm_test_answer_header (before, "etag"));
  g_autoptr (SmTestAnswer) after =
      sm_test_service_send (server->client, "PATCH", "/api/v1/limits/1", token, headers,
                            "{\"delay_s\":7}");
  g_autoptr (SmTestAnswer) again =
      sm_test_service_send (server->client, "PATCH", "/api/v1/limits/1", token, headers,
                            "{\"delay_s\":7}");
  g_autoptr (SmTestAnswer) reused =
      sm_test_service_send (server->client, "PATCH", "/api/v1/limits/1", token, headers,
                            "{\"delay_s\":8}");
  g_autoptr (JsonObject) limit = NULL;

  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->body, ==, after->body);
  sm_test_assert_problem (reused, 409, "idempotency-key-reused");
  limit = sm_test_answer_object (after);
  g_assert_cmpfloat (json_object_get_double_member (limit, "delay_s"), ==, 7);
}

static void
test_limit (void)
{
  sm_test_server_try (limit_client, FALSE);
}

static SmTestAnswer *
patch_carbon (SmTestServer *server,
              const char   *token,
              const char   *etag,
              const char   *body)
{
  g_autofree char *headers = g_strdup_printf ("If-Match: %s\r\n", etag);

  return sm_test_service_send (server->client, "PATCH", "/api/v1/carbon", token, headers, body);
}

/* Who may changes the factors, once, and everybody is shown the figure by them. */
static void
carbon_client (SmTestServer *server)
{
  g_autofree char *adam = sm_test_server_sign_in (server, "adam");
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/carbon", olga);
  const char *etag = sm_test_answer_header (before, "etag");
  g_autoptr (SmTestAnswer) denied = patch_carbon (server, olga, etag, "{\"grid_kg_per_kwh\":0.1}");
  g_autoptr (SmTestAnswer) after = patch_carbon (server, adam, etag, "{\"grid_kg_per_kwh\":0.4042}");
  g_autoptr (SmTestAnswer) again = patch_carbon (server, adam, etag, "{\"grid_kg_per_kwh\":0.4042}");
  g_autoptr (SmTestAnswer) late = patch_carbon (server, adam, etag, "{\"grid_kg_per_kwh\":0.5}");
  g_autoptr (SmTestAnswer) wrong = patch_carbon (server, adam, etag, "{\"diesel_kg_per_l\":-1}");
  g_autoptr (JsonObject) stats = sm_test_service_get (server->client, "/api/v1/stats/now", olga);
  JsonObject *carbon = json_object_get_object_member (stats, "carbon");

  sm_test_assert_problem (denied, 403, "permission-missing");
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->body, ==, after->body);
  g_assert_cmpstr (sm_test_answer_header (again, "etag"), !=, etag);
  sm_test_assert_problem (late, 412, "row-changed");
  g_assert_cmpuint (wrong->status, ==, 422);
  g_assert_cmpfloat (json_object_get_double_member (carbon, "grid_kg_per_kwh"), ==, 0.4042);
  g_assert_cmpfloat (json_object_get_double_member (carbon, "diesel_kg_per_l"), ==, 2.68);
}

static void
test_carbon (void)
{
  sm_test_server_try (carbon_client, FALSE);
}

static SmTestAnswer *
patch_limits (SmTestServer *server,
              const char   *token,
              const char   *etag,
              const char   *body)
{
  g_autofree char *headers = g_strdup_printf ("If-Match: %s\r\n", etag);

  return sm_test_service_send (server->client, "PATCH", "/api/v1/work_order_limits", token, headers,
                               body);
}

/* How long each kind of work order may take is changed by who may, once, and within reason. */
static void
limits_client (SmTestServer *server)
{
  g_autofree char *adam = sm_test_server_sign_in (server, "adam");
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/work_order_limits", olga);
  const char *etag = sm_test_answer_header (before, "etag");
  g_autoptr (SmTestAnswer) denied
      = patch_limits (server, olga, etag, "{\"rescue_response_min\":5}");
  g_autoptr (SmTestAnswer) after
      = patch_limits (server, adam, etag, "{\"rescue_response_min\":5}");
  g_autoptr (SmTestAnswer) again
      = patch_limits (server, adam, etag, "{\"rescue_response_min\":5}");
  g_autoptr (SmTestAnswer) late
      = patch_limits (server, adam, etag, "{\"rescue_response_min\":6}");
  g_autoptr (SmTestAnswer) wrong
      = patch_limits (server, adam, etag, "{\"rescue_response_min\":0}");
  g_autoptr (JsonObject) limits = sm_test_answer_object (after);

  sm_test_assert_problem (denied, 403, "permission-missing");
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->body, ==, after->body);
  sm_test_assert_problem (late, 412, "row-changed");
  g_assert_cmpuint (wrong->status, ==, 422);
  g_assert_cmpint (json_object_get_int_member (limits, "rescue_response_min"), ==, 5);
  g_assert_cmpint (json_object_get_int_member (limits, "repair_response_min"), ==, 15);
  g_assert_cmpint (json_object_get_int_member (limits, "rev"), ==, 2);
}

static void
test_limits (void)
{
  sm_test_server_try (limits_client, FALSE);
}

static SmTestAnswer *
patch_targets (SmTestServer *server,
               const char   *token,
               const char   *etag,
               const char   *body)
{
  g_autofree char *headers = g_strdup_printf ("If-Match: %s\r\n", etag);

  return sm_test_service_send (server->client, "PATCH", "/api/v1/alarm_targets", token, headers,
                               body);
}

/* What the alarm figures are held against is changed by who may, and holds from then on. */
static void
targets_client (SmTestServer *server)
{
  g_autofree char *adam = sm_test_server_sign_in (server, "adam");
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/alarm_targets", olga);
  const char *etag = sm_test_answer_header (before, "etag");
  g_autoptr (SmTestAnswer) denied = patch_targets (server, olga, etag, "{\"stale\":6}");
  g_autoptr (SmTestAnswer) after = patch_targets (server, adam, etag, "{\"stale\":6}");
  g_autoptr (SmTestAnswer) again = patch_targets (server, adam, etag, "{\"stale\":6}");
  g_autoptr (SmTestAnswer) late = patch_targets (server, adam, etag, "{\"stale\":7}");
  g_autoptr (SmTestAnswer) wrong = patch_targets (server, adam, etag, "{\"flood_begins\":0}");
  g_autoptr (JsonObject) figures
      = sm_test_service_get (server->client, "/api/v1/stats/alarms", olga);
  g_autoptr (SmTestAnswer) long_ago
      = sm_test_ask (server, "GET", "/api/v1/stats/alarms?from=2001-01-01T00:00:00Z", olga);
  JsonObject *targets = json_object_get_object_member (figures, "targets");

  sm_test_assert_problem (denied, 403, "permission-missing");
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpstr (again->body, ==, after->body);
  sm_test_assert_problem (late, 412, "row-changed");
  g_assert_cmpuint (wrong->status, ==, 422);
  sm_test_assert_problem (long_ago, 422, "out-of-range");
  g_assert_cmpfloat (json_object_get_double_member (targets, "stale"), ==, 6);
}

static void
test_targets (void)
{
  sm_test_server_try (targets_client, FALSE);
}

static SmTestAnswer *
rename_station (SmTestServer *server,
                const char   *token,
                const char   *etag,
                const char   *key,
                const char   *body)
{
  g_autofree char *headers =
      g_strdup_printf ("If-Match: %s\r\nIdempotency-Key: %s\r\n", etag, key);

  return sm_test_service_send (server->client, "PATCH", "/api/v1/stations/1", token, headers, body);
}

static void
rename_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "adam");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/stations/1", token);
  const char *etag = sm_test_answer_header (before, "etag");
  g_autoptr (SmTestAnswer) renamed =
      rename_station (server, token, etag, KEY_1, "{\"name\":{\"en\":\"Harbour\"}}");
  g_autoptr (SmTestAnswer) lost =
      rename_station (server, token, etag, KEY_2, "{\"name\":{\"en\":\"Port\"}}");
  g_autoptr (SmTestAnswer) other =
      rename_station (server, token, etag, KEY_3, "{\"state\":\"paused\"}");
  g_autoptr (SmTestAnswer) no_match =
      sm_test_service_send (server->client, "PATCH", "/api/v1/stations/1", token,
                            "Idempotency-Key: " KEY_4 "\r\n", "{\"name\":{\"en\":\"Port\"}}");
  g_autoptr (JsonObject) station = NULL;
  g_autoptr (JsonObject) problem = NULL;
  JsonObject *name;

  g_assert_cmpuint (renamed->status, ==, 200);
  station = sm_test_answer_object (renamed);
  name = json_object_get_object_member (station, "name");
  g_assert_cmpstr (json_object_get_string_member (name, "en"), ==, "Harbour");
  g_assert_cmpstr (json_object_get_string_member (name, "zh-CN"), ==, "湾");
  g_assert_cmpuint (lost->status, ==, 412);
  problem = sm_test_answer_object (lost);
  name = json_object_get_object_member (json_object_get_object_member (problem, "current"), "name");
  g_assert_cmpstr (json_object_get_string_member (name, "en"), ==, "Harbour");
  sm_test_assert_problem (other, 422, "field-not-changeable");
  sm_test_assert_problem (no_match, 400, "if-match-missing");
}

/* Whoever did not hear the answer asks again, and hears that same answer, even
 * when somebody else has renamed it since. */
static void
repeated_rename_client (SmTestServer *server)
{
  static const char patch[] = "{\"name\":{\"en\":\"Harbour\"}}";
  g_autofree char *token = sm_test_server_sign_in (server, "adam");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/stations/1", token);
  const char *etag = sm_test_answer_header (before, "etag");
  g_autoptr (SmTestAnswer) first = rename_station (server, token, etag, KEY_1, patch);
  g_autoptr (SmTestAnswer) other =
      rename_station (server, token, sm_test_answer_header (first, "etag"), KEY_2,
                      "{\"name\":{\"zh-CN\":\"港口\",\"en\":null}}");
  g_autoptr (SmTestAnswer) again = rename_station (server, token, etag, KEY_1, patch);
  g_autoptr (SmTestAnswer) nameless =
      rename_station (server, token, sm_test_answer_header (other, "etag"), KEY_3,
                      "{\"name\":{\"zh-CN\":null}}");
  g_autoptr (JsonObject) station = sm_test_answer_object (other);
  JsonObject *name = json_object_get_object_member (station, "name");

  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (again->body, ==, first->body);
  g_assert_cmpstr (sm_test_answer_header (again, "etag"), ==,
                   sm_test_answer_header (first, "etag"));
  g_assert_cmpuint (json_object_get_size (name), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (name, "zh-CN"), ==, "港口");
  sm_test_assert_problem (nameless, 422, "name-invalid");
}

/* Whom to call is changed beside the names, or alone; who may not is refused. */
static void
contact_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "adam");
  g_autoptr (SmTestAnswer) before = sm_test_ask (server, "GET", "/api/v1/stations/1", token);
  g_autoptr (SmTestAnswer) alone
      = rename_station (server, token, sm_test_answer_header (before, "etag"), KEY_1,
                        "{\"phones\":\"{\\\"duty\\\":\\\"100\\\"}\"}");
  g_autoptr (SmTestAnswer) both
      = rename_station (server, token, sm_test_answer_header (alone, "etag"), KEY_2,
                        "{\"name\":{\"en\":\"Harbour\"},\"phones\":null}");
  g_autoptr (SmTestAnswer) nothing
      = rename_station (server, token, sm_test_answer_header (both, "etag"), KEY_3, "{}");
  g_autoptr (JsonObject) first = sm_test_answer_object (alone);
  g_autoptr (JsonObject) second = sm_test_answer_object (both);

  g_assert_cmpuint (alone->status, ==, 200);
  g_assert_cmpstr (json_object_get_string_member (first, "phones"), ==, "{\"duty\":\"100\"}");
  g_assert_cmpuint (both->status, ==, 200);
  g_assert_true (json_object_get_null_member (second, "phones"));
  g_assert_cmpuint (nothing->status, ==, 422);
}

static void
test_contact (void)
{
  sm_test_server_try (contact_client, FALSE);
}

static void
test_repeated_rename (void)
{
  sm_test_server_try (repeated_rename_client, FALSE);
}

static void
test_rename (void)
{
  sm_test_server_try (rename_client, FALSE);
}

static SmTestAnswer *
acknowledge (SmTestServer *server,
             const char   *token,
             const char   *key,
             const char   *body)
{
  g_autofree char *headers =
      key != NULL ? g_strdup_printf ("Idempotency-Key: %s\r\n", key) : NULL;

  return sm_test_service_send (server->client, "POST", "/api/v1/alarms/1/acknowledge", token,
                               headers, body);
}

static void
acknowledge_client (SmTestServer *server)
{
  static const char body[] = "{\"note\":\"on my way\",\"seen_level\":2,\"seen_count\":1}";
  g_autofree char *olga = sm_test_server_sign_in (server, "olga");
  g_autofree char *adam = sm_test_server_sign_in (server, "adam");
  g_autoptr (SmTestAnswer) no_key = NULL;
  g_autoptr (SmTestAnswer) first = NULL;
  g_autoptr (SmTestAnswer) again = NULL;
  g_autoptr (SmTestAnswer) other_body = NULL;
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (JsonObject) audit = NULL;
  JsonArray *entries;
  guint n_done = 0;

  sm_test_server_report (server, 95);
  no_key = acknowledge (server, olga, NULL, body);
  sm_test_assert_problem (no_key, 400, "idempotency-key-missing");
  first = acknowledge (server, olga, KEY_1, body);
  again = acknowledge (server, olga, KEY_1, body);
  other_body = acknowledge (server, olga, KEY_1, "{\"seen_level\":2,\"seen_count\":1}");
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (first->body, ==, again->body);
  g_assert_cmpuint (other_body->status, ==, 409);
  answer = sm_test_answer_object (first);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (answer, "alarm"),
                                                  "state"),
                   ==, "acked");
  audit = sm_test_service_get (server->client, "/api/v1/audit?object=alarm/1", adam);
  entries = json_object_get_array_member (audit, "items");
  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      n_done += strcmp (json_object_get_string_member (entry, "outcome"), "done") == 0 &&
                strcmp (json_object_get_string_member (entry, "act"), "alarm.acknowledge") == 0;
    }
  g_assert_cmpuint (n_done, ==, 1);
}

static void
test_acknowledge (void)
{
  sm_test_server_try (acknowledge_client, FALSE);
}

static void
missed_rise_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "olga");
  g_autoptr (SmTestAnswer) answer = NULL;

  sm_test_server_report (server, 95);
  answer = acknowledge (server, token, KEY_1, "{\"seen_level\":3,\"seen_count\":1}");
  g_assert_cmpuint (answer->status, ==, 409);
}

static void
test_missed_rise (void)
{
  sm_test_server_try (missed_rise_client, FALSE);
}

static void
ingest_client (SmTestServer *server)
{
  static const char body[] =
      "{\"reports\":[{\"vin\":\"VIN00000000000001\",\"at\":\"2023-11-14T22:13:20Z\",\"soc\":50},"
      "{\"vin\":\"NOBODY\",\"at\":\"2023-11-14T22:13:20Z\",\"soc\":50},"
      "{\"vin\":\"VIN00000000000002\",\"soc\":50}]}";
  static const char path[] = "/api/v1/ingest/vehicles";
  g_autoptr (JsonObject) first =
      sm_test_service_post (server->client, path, server->gateway, NULL, body);
  g_autoptr (JsonObject) again =
      sm_test_service_post (server->client, path, server->gateway, NULL, body);
  g_autoptr (SmTestAnswer) broken = sm_test_service_send (
      server->client, "POST", path, server->gateway, NULL, "{\"reports\":[{]}");
  JsonArray *rejected = json_object_get_array_member (first, "rejected");

  g_assert_cmpint (json_object_get_int_member (first, "accepted"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (again, "accepted"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (again, "repeated"), ==, 1);
  g_assert_cmpuint (json_array_get_length (rejected), ==, 2);
  /* Rejections are counted in what was sent, not in what could be read. */
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *rejection = json_array_get_object_element (rejected, i);

      g_assert_cmpint (json_object_get_int_member (rejection, "index"), ==, i + 1);
    }
  g_assert_cmpuint (broken->status, ==, 400);
}

static void
ingest_out_of_time_client (SmTestServer *server)
{
  /* The network's clock of these tests stands at 22:13:20. */
  static const char body[] =
      "{\"reports\":[{\"vin\":\"VIN00000000000001\",\"at\":\"2023-11-14T22:13:20Z\",\"soc\":50},"
      "{\"vin\":\"VIN00000000000001\",\"at\":\"2023-11-14T22:13:10Z\",\"soc\":255},"
      "{\"vin\":\"VIN00000000000002\",\"at\":\"2023-11-15T22:13:20Z\",\"soc\":254}]}";
  g_autoptr (JsonObject) answer = sm_test_service_post (server->client, "/api/v1/ingest/vehicles",
                                                        server->gateway, NULL, body);
  JsonArray *notes = json_object_get_array_member (answer, "notes");

  g_assert_cmpint (json_object_get_int_member (answer, "accepted"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (answer, "late"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (answer, "ahead"), ==, 1);
  g_assert_cmpuint (json_array_get_length (notes), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *note = json_array_get_object_element (notes, i);

      g_assert_cmpint (json_object_get_int_member (note, "index"), ==, i + 1);
      g_assert_cmpstr (json_object_get_string_member (note, "field"), ==, "soc");
      g_assert_cmpstr (json_object_get_string_member (note, "type"), ==,
                       i == 0 ? "device-invalid" : "device-abnormal");
    }
}

static void
test_ingest_out_of_time (void)
{
  sm_test_server_try (ingest_out_of_time_client, FALSE);
}

static void
test_ingest (void)
{
  sm_test_server_try (ingest_client, FALSE);
}

/* Ingest takes more than the megabyte that anything else does. */
static void
ingest_large_client (SmTestServer *server)
{
  g_autoptr (GString) body = g_string_new ("{\"reports\":[");
  g_autoptr (JsonObject) answer = NULL;

  for (guint i = 0; i < 12000; i++)
    g_string_append_printf (body,
                            "%s{\"vin\":\"VIN00000000000001\",\"at\":\"2023-11-14T22:13:20Z\","
                            "\"soc\":50,\"latitude\":22.5,\"longitude\":114.1}",
                            i > 0 ? "," : "");
  g_string_append (body, "]}");
  g_assert_cmpuint (body->len, >, 1024 * 1024);
  answer = sm_test_service_post (server->client, "/api/v1/ingest/vehicles", server->gateway, NULL,
                                 body->str);
  g_assert_cmpint (json_object_get_int_member (answer, "accepted"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (answer, "repeated"), ==, 11999);
}

static void
test_ingest_large (void)
{
  sm_test_server_try (ingest_large_client, FALSE);
}

int
main (int    argc,
       char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/limits/change", test_limit);
  g_test_add_func ("/service/carbon/change", test_carbon);
  g_test_add_func ("/service/alarm-figures/targets", test_targets);
  g_test_add_func ("/service/work-limits/change", test_limits);
  g_test_add_func ("/service/stations/rename", test_rename);
  g_test_add_func ("/service/stations/contact", test_contact);
  g_test_add_func ("/service/stations/repeated-rename", test_repeated_rename);
  g_test_add_func ("/service/alarms/acknowledged-exactly-once", test_acknowledge);
  g_test_add_func ("/service/alarms/missed-rise-is-refused", test_missed_rise);
  g_test_add_func ("/service/ingest/answers-each-report", test_ingest);
  g_test_add_func ("/service/ingest/takes-megabytes", test_ingest_large);
  g_test_add_func ("/service/ingest/late-ahead-and-invalid", test_ingest_out_of_time);
  return g_test_run ();
}
