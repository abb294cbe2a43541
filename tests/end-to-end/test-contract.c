/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-json-guard.h"
#include "sm-report-codec.h"
#include "sm-time.h"
#include "sm-tour.h"

/*
 * A tour through everything that data/openapi.json documents, against the real
 * program with its demo network.  Here each operation has to answer well;
 * whether it answers what is documented, the judge says afterwards, from the
 * recorded exchanges.  What persons do at work is in test-contract-work.c.
 */

/* The path behind rel="next", NULL on the last page. */
static char *
next_path (SmTestAnswer *answer)
{
  const char *link = sm_test_answer_header (answer, "link");
  const char *end = link != NULL ? strchr (link, '>') : NULL;

  return end != NULL ? g_strndup (link + 1, (gsize)(end - link) - 1) : NULL;
}

static void
visit_collection (SmTour *tour, const char *path)
{
  g_autofree char *first = g_strconcat (path, "?limit=1", NULL);
  g_autoptr (SmTestAnswer) answer = sm_tour_get (tour, first);
  g_autofree char *next = next_path (answer);

  if (next != NULL)
    {
      g_autoptr (SmTestAnswer) second = sm_tour_get (tour, next);

      g_assert_cmpstr (second->body, !=, answer->body);
    }
}

/* What there is of one thing beside its record. */
static void
visit_part (SmTour *tour, const char *template)
{
  const char *id_at = strstr (template, "/{id}");
  g_autofree char *collection = g_strndup (template, (gsize)(id_at - template));
  g_autoptr (JsonObject) item = sm_tour_first_item (tour, collection);
  g_autofree char *path
      = g_strdup_printf ("%s/%" G_GINT64_FORMAT "%s", collection,
                         json_object_get_int_member (item, "id"), id_at + strlen ("/{id}"));
  g_autoptr (JsonObject) part = sm_tour_get_object (tour, path);

  g_assert_cmpint (json_object_get_size (part), >, 0);
}

/* Changes a limit so that it raises its alarm at once; returns its id. */
static gint64
hasten_limit (SmTour *tour)
{
  g_autofree char *limits = g_strdup (SM_PATH_BASE "/limits");
  g_autoptr (JsonObject) limit = sm_tour_first_item (tour, limits);
  gint64 id = json_object_get_int_member (limit, "id");
  g_autofree char *path = g_strdup_printf ("%s/%" G_GINT64_FORMAT, limits, id);
  g_autofree char *headers
      = g_strdup_printf (IF_MATCH KEY ("1") MERGE_PATCH, json_object_get_int_member (limit, "seq"));
  g_autoptr (SmTestAnswer) answer = sm_test_service_send (tour->service, "PATCH", path, tour->admin,
                                                          headers, "{\"delay_s\":0,\"reason\":\"巡回\",\"risk\":\"更多告警\"}");

  g_assert_cmpstr (json_object_get_string_member (limit, "field"), ==, "pack_temperature_c");
  g_assert_cmpuint (answer->status, ==, 200);
  return id;
}

/* Network time as the service says it. */
static gint64
network_time (SmTour *tour)
{
  g_autoptr (SmTestAnswer) answer = sm_tour_get (tour, SM_PATH_API);
  g_auto (GStrv) parts = g_strsplit (sm_test_answer_header (answer, "stationmaster-time"), ";", 2);
  gint64 time_us = 0;

  g_assert_true (sm_time_from_rfc3339 (parts[0], &time_us, NULL));
  return time_us;
}

static void
report_heat (SmTour *tour)
{
  g_autoptr (JsonObject) vehicle = sm_tour_first_item (tour, SM_PATH_BASE "/vehicles");
  SmVehicleReport report = {
    .vin = json_object_get_string_member (vehicle, "vin"),
    .at_us = network_time (tour),
    .latitude = 22.5431,
    .longitude = 114.0579,
    .heading_deg = 90,
    .speed_kmh = 40,
    .soc = 50,
    .pack_temperature_c = 62,
    .odometer_m = 1000,
    .motion = SM_MOTION_DRIVING,
    .energy = SM_ENERGY_IDLE,
  };
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;

  sm_reports_write (writer, &report, 1);
  body = sm_json_writer_end (writer);
  answer = sm_test_service_post (tour->service, SM_PATH_INGEST_VEHICLES, tour->gateway, NULL, body);
  /* It speaks for itself, too, and may just have done so. */
  g_assert_cmpint (json_object_get_int_member (answer, "accepted")
                       + json_object_get_int_member (answer, "late"),
                   ==, 1);
}

/* What a person has to say of an alarm; who saw it before that loses the race. */
static void
note_alarm (SmTour *tour, const char *path)
{
  g_autoptr (SmTestAnswer) done = NULL;
  g_autoptr (SmTestAnswer) lost = NULL;
  gint64 seq;

  /* Its truck may report in between. */
  do
    {
      g_autoptr (JsonObject) alarm = sm_tour_get_object (tour, path);

      g_clear_pointer (&done, sm_test_answer_free);
      seq = json_object_get_int_member (alarm, "seq");
      done = sm_tour_tell (tour, "PATCH", path, seq, "{\"note\":\"Loose plug\"}");
    }
  while (done->status == 412);
  g_assert_cmpuint (done->status, ==, 200);
  lost = sm_tour_tell (tour, "PATCH", path, seq, "{\"note\":null}");
  g_assert_cmpuint (lost->status, ==, 412);
}

/* A truck says by the standard's flags what else is wrong with it; what nobody can
 * read is refused alone. */
static void
report_flags (SmTour *tour)
{
  g_autoptr (JsonObject) vehicle = sm_tour_first_item (tour, SM_PATH_BASE "/vehicles");
  gint64 id = json_object_get_int_member (vehicle, "id");
  g_autofree char *at = sm_time_to_rfc3339 (network_time (tour));
  g_autofree char *body = g_strdup_printf (
      "{\"reports\":[{\"scheme\":\"gbt32960\",\"noun\":\"vehicle\",\"id\":%" G_GINT64_FORMAT
      ",\"at\":\"%s\",\"flags\":8192,\"other_faults\":[7]},{\"scheme\":\"runes\"}]}",
      id, at);
  g_autoptr (JsonObject) answer
      = sm_test_service_post (tour->service, SM_PATH_INGEST_FAULTS, tour->gateway, NULL, body);

  g_assert_cmpint (json_object_get_int_member (answer, "accepted"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "rejected")), ==,
                    1);
}

/* What is to be done about it is done, by the catalogue that a person has changed. */
static void
do_step (SmTour *tour, const char *alarm)
{
  g_autofree char *steps = g_strconcat (alarm, SM_PATH_STEPS, NULL);
  g_autofree char *step = g_strconcat (steps, "/call-driver", NULL);
  g_autofree char *headers = g_strdup_printf (IF_MATCH MERGE_PATCH, G_GINT64_CONSTANT (0));
  g_autoptr (SmTestAnswer) changed = sm_test_service_send (
      tour->service, "PATCH", SM_PATH_FAULT_CODES "/pile-worn", tour->admin, headers,
      "{\"respond_s\":3600,\"steps\":[{\"id\":\"x\",\"text\":\"换\"}]}");
  g_autoptr (SmTestAnswer) unsafe
      = sm_test_service_send (tour->service, "PATCH", SM_PATH_FAULT_CODES "/station-fire",
                              tour->admin, headers, "{\"respond_s\":3600}");
  g_autoptr (JsonObject) done
      = sm_test_service_post (tour->service, step, tour->admin, KEY ("7"), "{\"done\":true}");
  g_autoptr (JsonObject) all = sm_tour_get_object (tour, steps);

  g_assert_cmpuint (changed->status, ==, 200);
  g_assert_cmpstr (sm_test_answer_header (changed, "etag"), ==, "\"1\"");
  g_assert_cmpuint (unsafe->status, ==, 422);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (all, "items")), ==,
                    json_array_get_length (json_object_get_array_member (done, "items")));
}

/* Somebody who does not answer is in the record. */
static void
call_driver (SmTour *tour, const char *alarm)
{
  g_autofree char *calls = g_strconcat (alarm, SM_PATH_CALLS, NULL);
  g_autoptr (JsonObject) noted = sm_test_service_post (
      tour->service, calls, tour->admin, KEY ("8"),
      "{\"who\":\"李司机\",\"number\":\"139 0000 0000\",\"outcome\":\"no_answer\","
      "\"called_at\":\"2026-01-01T00:00:00Z\"}");
  g_autoptr (JsonObject) all = sm_tour_get_object (tour, calls);
  JsonObject *call
      = json_array_get_object_element (json_object_get_array_member (all, "items"), 0);

  g_assert_true (json_object_has_member (noted, "alarm"));
  g_assert_cmpstr (json_object_get_string_member (call, "outcome"), ==, "no_answer");
  g_assert_cmpstr (json_object_get_string_member (call, "person"), ==, "ada");
}

/* One fault, all the way, by nothing but documented requests. */
static void
test_fault (SmTour *tour, gconstpointer data)
{
  gint64 limit_id = hasten_limit (tour);
  g_autoptr (JsonObject) alarm = sm_tour_wait_for (tour, "alarm", report_heat);
  gint64 id = json_object_get_int_member (alarm, "id");
  g_autofree char *path
      = g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT SM_PATH_ACKNOWLEDGE, id);
  g_autofree char *item = g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT, id);
  g_autofree char *audit = g_strdup_printf (SM_PATH_AUDIT "?object=alarm/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) now = sm_tour_get_object (tour, item);
  g_autofree char *body
      = g_strdup_printf ("{\"note\":\"看到\",\"seen_level\":%d,\"seen_count\":%d}",
                         (int)json_object_get_int_member (now, "level"),
                         (int)json_object_get_int_member (now, "count"));
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *transitions = g_strconcat (item, "/transitions", NULL);
  g_autoptr (JsonObject) entries = NULL;
  g_autoptr (JsonObject) life = NULL;

  g_assert_cmpint (limit_id, >, 0);
  answer = sm_test_service_post (tour->service, path, tour->admin, KEY ("2"), body);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (answer, "alarm"), "acked_by"),
      ==, "ada");
  entries = sm_tour_get_object (tour, audit);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (entries, "items")), ==, 1);
  sm_tour_visit_item (tour, SM_PATH_ALARMS "/{id}");
  note_alarm (tour, item);
  do_step (tour, item);
  call_driver (tour, item);
  report_flags (tour);
  life = sm_tour_get_object (tour, transitions);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (life, "items")), >=, 2);
}

static gboolean
takes_limit (JsonObject *operation)
{
  JsonArray *parameters = json_object_has_member (operation, "parameters")
                              ? json_object_get_array_member (operation, "parameters")
                              : NULL;

  for (guint i = 0; parameters != NULL && i < json_array_get_length (parameters); i++)
    {
      JsonObject *parameter = json_array_get_object_element (parameters, i);

      if (json_object_has_member (parameter, "$ref")
          && g_str_has_suffix (json_object_get_string_member (parameter, "$ref"), "/limit"))
        return TRUE;
    }
  return FALSE;
}

/* Whatever can be read is read, as the contract lists it. */
static void
test_every_get (SmTour *tour, gconstpointer data)
{
  JsonObject *paths = json_object_get_object_member (tour->contract, "paths");
  g_autoptr (GList) names = json_object_get_members (paths);
  g_autoptr (SmTestAnswer) who = NULL;
  guint n = 0;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *item = json_object_get_object_member (paths, l->data);
      g_autoptr (SmTestAnswer) answer = NULL;

      if (!json_object_has_member (item, "get"))
        continue;
      g_test_message ("%s", (char *)l->data);
      n++;
      if (g_str_has_prefix (l->data, SM_PATH_ALARMS "/{id}")
          || g_str_equal (l->data, SM_PATH_COMMANDS "/{id}")
          || g_str_equal (l->data, SM_PATH_WINDOWS "/{id}")
          || g_str_equal (l->data, SM_PATH_GUIDANCES "/{id}")
          || g_str_equal (l->data, SM_PATH_ROSTER "/{id}")
          || g_str_equal (l->data, SM_PATH_HANDOVERS "/{id}")
          || g_str_has_prefix (l->data, SM_PATH_WORK_ORDERS "/{id}")
          || g_str_equal (l->data, SM_PATH_PROBLEMS "/{id}")
          || g_str_equal (l->data, SM_PATH_PARTS "/{id}")
          || g_str_equal (l->data, SM_PATH_CERTIFICATES "/{id}")
          || g_str_equal (l->data, SM_PATH_INSPECTIONS "/{id}")
          || g_str_equal (l->data, SM_PATH_BASE "/inspection_templates/{id}")
          || g_str_equal (l->data, SM_PATH_INCIDENTS "/{id}")
          || g_str_equal (l->data, SM_PATH_CONTACTS "/{id}")
          || g_str_equal (l->data, SM_PATH_COMPLAINTS "/{id}"))
        continue; /* there may be none yet: see the fault's tour */
      if (strstr (l->data, "{token}") != NULL)
        continue; /* of a report: see the phones' */
      if (g_str_equal (l->data, SM_PATH_WEB "/{file}"))
        answer = sm_tour_get (tour, SM_PATH_WEB "/style.css");
      else if (g_str_has_suffix (l->data, "/what_if"))
        visit_part (tour, SM_PATH_BASE "/limits/{id}/what_if?value=55");
      else if (strstr (l->data, "{id}/") != NULL)
        visit_part (tour, l->data);
      else if (strstr (l->data, "{code}") != NULL)
        answer = sm_tour_get (tour, SM_PATH_FAULT_CODES "/pile-fault");
      else if (strstr (l->data, "{id}") != NULL)
        sm_tour_visit_item (tour, l->data);
      else if (takes_limit (json_object_get_object_member (item, "get")))
        visit_collection (tour, l->data);
      else
        answer = sm_tour_get (tour, l->data);
    }
  g_assert_cmpuint (n, >, 25);
  who = sm_test_service_send (tour->service, "GET", SM_PATH_WORK_ORDERS "/1/candidates",
                              tour->admin, NULL, NULL);
  g_assert_true (who->status == 200 || who->status == 404); /* there may be no order yet */
}

/* A phone is masked until somebody who may asks for it, and the audit knows. */
static void
test_reveal (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) driver = sm_tour_first_item (tour, SM_PATH_BASE "/drivers");
  g_autofree char *path = g_strdup_printf (SM_PATH_BASE "/drivers/%" G_GINT64_FORMAT "/reveal",
                                           json_object_get_int_member (driver, "id"));
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (tour->service, "POST", path, tour->admin, NULL, NULL);
  g_autoptr (JsonObject) shown = sm_test_answer_object (answer);
  g_autoptr (JsonObject) audit = sm_tour_get_object (tour, SM_PATH_AUDIT "?limit=50");
  JsonArray *entries = json_object_get_array_member (audit, "items");
  gboolean is_known = FALSE;

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strchr (json_object_get_string_member (driver, "phone"), '*'));
  g_assert_null (strchr (json_object_get_string_member (shown, "phone"), '*'));
  /* The simulated engineers act, too. */
  for (guint i = 0; i < json_array_get_length (entries); i++)
    is_known |= g_str_equal (json_object_get_string_member (
                                 json_array_get_object_element (entries, i), "act"),
                             "driver.reveal");
  g_assert_true (is_known);
}

static void
test_rename (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) station = sm_tour_first_item (tour, SM_PATH_STATIONS);
  g_autofree char *path = g_strdup_printf (SM_PATH_STATIONS "/%" G_GINT64_FORMAT,
                                           json_object_get_int_member (station, "id"));
  gint64 seq = json_object_get_int_member (station, "seq");

  g_autofree char *first = g_strdup_printf (IF_MATCH KEY ("3") MERGE_PATCH, seq);
  g_autofree char *second = g_strdup_printf (IF_MATCH KEY ("4") MERGE_PATCH, seq);
  g_autoptr (SmTestAnswer) done = sm_test_service_send (tour->service, "PATCH", path, tour->admin,
                                                        first, "{\"name\":{\"en\":\"East\"}}");
  g_autoptr (SmTestAnswer) lost = sm_test_service_send (tour->service, "PATCH", path, tour->admin,
                                                        second, "{\"name\":{\"en\":\"West\"}}");

  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpuint (lost->status, ==, 412);
}

static void
test_session (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) session
      = sm_test_service_post (tour->service, SM_PATH_SESSION, NULL, NULL, "{\"demo\":true}");
  g_autofree char *body = g_strdup_printf (
      "{\"refresh_token\":\"%s\"}", json_object_get_string_member (session, "refresh_token"));
  g_autoptr (JsonObject) renewed
      = sm_test_service_post (tour->service, SM_PATH_REFRESH, NULL, NULL, body);
  const char *token = json_object_get_string_member (renewed, "token");
  g_autoptr (SmTestAnswer) out
      = sm_test_service_send (tour->service, "DELETE", SM_PATH_SESSION, token, NULL, NULL);
  g_autoptr (SmTestAnswer) after
      = sm_test_service_send (tour->service, "GET", SM_PATH_ME, token, NULL, NULL);

  g_autoptr (SmTestAnswer) used
      = sm_test_service_send (tour->service, "POST", SM_PATH_REFRESH, NULL, NULL, body);

  g_assert_cmpuint (used->status, ==, 401);
  g_assert_cmpuint (out->status, ==, 204);
  g_assert_cmpuint (after->status, ==, 401);
}

/* Each way of being refused that needs nothing but a request. */
static void
test_refusals (SmTour *tour, gconstpointer data)
{
  static const struct
  {
    const char *method, *path, *headers, *body;
    guint status;
  } cases[] = {
    { "POST", SM_PATH_SESSION, NULL, "{\"name\":\"ada\",\"password\":\"wrong\"}", 401 },
    { "POST", SM_PATH_SESSION, NULL, "{\"name\":\"ada\",", 400 },
    { "POST", SM_PATH_SESSION, NULL, "{\"name\":010}", 400 },
    { "GET", SM_PATH_CHANGES "?since=not-ours", NULL, NULL, 400 },
    { "GET", SM_PATH_CHANGES "?since=another-epoch.1.5", NULL, NULL, 410 },
    { "GET", SM_PATH_STATIONS "/999999999", NULL, NULL, 404 },
    { "GET", SM_PATH_BASE "/unicorns", NULL, NULL, 404 },
    { "PUT", SM_PATH_ME, NULL, "{}", 405 },
    { "PATCH", SM_PATH_STATIONS "/1", NULL, "{}", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SmTestAnswer) answer
          = sm_test_service_send (tour->service, cases[i].method, cases[i].path, tour->admin,
                                  cases[i].headers, cases[i].body);

      if (answer->status != cases[i].status)
        g_error ("%s %s: %u %s", cases[i].method, cases[i].path, answer->status, answer->body);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SM_TOUR_ADD ("/contract/tour/every-get", test_every_get);
  SM_TOUR_ADD ("/contract/tour/fault", test_fault);
  SM_TOUR_ADD ("/contract/tour/reveal", test_reveal);
  SM_TOUR_ADD ("/contract/tour/rename", test_rename);
  SM_TOUR_ADD ("/contract/tour/session", test_session);
  SM_TOUR_ADD ("/contract/tour/refusals", test_refusals);
  return g_test_run ();
}
