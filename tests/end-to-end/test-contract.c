/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-report-codec.h"
#include "sm-test-service.h"
#include "sm-time.h"
#include "sm-uuid.h"

/*
 * A tour through everything that data/openapi.json documents, against the real
 * program with its demo network.  Here each operation has to answer well;
 * whether it answers what is documented, the judge says afterwards, from the
 * recorded exchanges.
 */

#define PASSWORD "correct horse battery"
#define KEY(n) "Idempotency-Key: 01934f6e-0000-7000-8000-00000000000" n "\r\n"
#define IF_MATCH "If-Match: \"%" G_GINT64_FORMAT "\"\r\n"
#define MERGE_PATCH "Content-Type: " SM_CONTENT_TYPE_MERGE_PATCH "\r\n"
/* Each round waits for the feed, so this is many seconds. */
#define MOST_ROUNDS 90

typedef struct
{
  SmTestService *service;
  char *admin;   /* tokens */
  char *gateway;
  JsonObject *contract;
} Tour;

static SmTestAnswer *
get (Tour       *tour,
     const char *path)
{
  SmTestAnswer *answer
    = sm_test_service_send (tour->service, "GET", path, tour->admin, NULL, NULL);

  if (answer->status != 200)
    g_error ("GET %s: %u %s", path, answer->status, answer->body);
  return answer;
}

static JsonObject *
get_object (Tour       *tour,
            const char *path)
{
  g_autoptr (SmTestAnswer) answer = get (tour, path);

  return sm_test_answer_object (answer);
}

/* Follows the feed of one kind until there is something, doing @nudge between
 * the rounds.  Returns the first change's data. */
static JsonObject *
wait_for (Tour       *tour,
          const char *kind,
          void      (*nudge) (Tour *tour))
{
  g_autofree char *path = g_strdup_printf (SM_PATH_CHANGES "?limit=1&kinds=%s", kind);

  for (guint i = 0; i < MOST_ROUNDS; i++)
    {
      g_autoptr (JsonObject) page = get_object (tour, path);
      JsonArray *changes = json_object_get_array_member (page, "changes");
      JsonObject *first;

      if (json_array_get_length (changes) > 0)
        {
          first = json_array_get_object_element (changes, 0);
          return json_object_ref (json_object_get_object_member (first, "data"));
        }
      if (nudge != NULL)
        nudge (tour);
      g_free (path);
      path = g_strdup_printf (SM_PATH_CHANGES "?limit=1&kinds=%s&wait=1&since=%s", kind,
                              json_object_get_string_member (page, "cursor"));
    }
  g_error ("no %s came", kind);
}

/* The service listens before its demo network is there. */
static void
wait_for_network (Tour *tour)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    if (n != SM_NOUN_ALARM && n != SM_NOUN_COMMAND && n != SM_NOUN_MAINTENANCE_WINDOW
        && n != SM_NOUN_ROSTER_ENTRY && n != SM_NOUN_HANDOVER && !sm_noun_get (n)->is_history)
      json_object_unref (wait_for (tour, sm_noun_get (n)->name, NULL));
}

static void
tour_set_up (Tour          *tour,
             gconstpointer  data)
{
  /* A drill, so that there is a step of one too. */
  const char *scenario = g_test_get_filename (G_TEST_DIST, "end-to-end", "tour.json", NULL);
  const char *const args[] = { "--drill", scenario, "--seed", "1", SM_TEST_YOUNG, NULL };

  tour->service = sm_test_service_new (args);
  sm_test_service_add_user (tour->service, "ada", "administrator", PASSWORD);
  sm_test_service_add_user (tour->service, "mia", "manager", PASSWORD);
  tour->gateway = sm_test_service_add_gateway (tour->service, "trucks");
  sm_test_service_run (tour->service);
  tour->admin = sm_test_service_sign_in (tour->service, "ada", PASSWORD);
  tour->contract = get_object (tour, SM_PATH_OPENAPI);
  wait_for_network (tour);
}

static void
tour_tear_down (Tour          *tour,
                gconstpointer  data)
{
  g_clear_pointer (&tour->contract, json_object_unref);
  g_clear_pointer (&tour->admin, g_free);
  g_clear_pointer (&tour->gateway, g_free);
  g_clear_pointer (&tour->service, sm_test_service_free);
}

static gboolean
is_history (const char *collection)
{
  const SmNoun *noun = sm_noun_by_plural (collection + strlen (SM_PATH_BASE "/"));

  return noun != NULL && noun->is_history;
}

/* What happens in a young network may not have happened yet. */
static gboolean
has_items (Tour       *tour,
           const char *collection)
{
  g_autofree char *path = g_strconcat (collection, "?limit=1", NULL);
  g_autoptr (JsonObject) page = get_object (tour, path);

  return json_array_get_length (json_object_get_array_member (page, "items")) > 0;
}

/* The first item of a collection; what has none fails. */
static JsonObject *
first_item (Tour       *tour,
            const char *collection)
{
  g_autofree char *path = g_strconcat (collection, "?limit=1", NULL);
  g_autoptr (JsonObject) page = get_object (tour, path);
  JsonArray *items = json_object_get_array_member (page, "items");

  if (json_array_get_length (items) == 0)
    g_error ("%s is empty", collection);
  return json_object_ref (json_array_get_object_element (items, 0));
}

/* The path behind rel="next", NULL on the last page. */
static char *
next_path (SmTestAnswer *answer)
{
  const char *link = sm_test_answer_header (answer, "link");
  const char *end = link != NULL ? strchr (link, '>') : NULL;

  return end != NULL ? g_strndup (link + 1, (gsize) (end - link) - 1) : NULL;
}

static void
visit_collection (Tour       *tour,
                  const char *path)
{
  g_autofree char *first = g_strconcat (path, "?limit=1", NULL);
  g_autoptr (SmTestAnswer) answer = get (tour, first);
  g_autofree char *next = next_path (answer);

  if (next != NULL)
    {
      g_autoptr (SmTestAnswer) second = get (tour, next);

      g_assert_cmpstr (second->body, !=, answer->body);
    }
}

/* What there is of one thing beside its record. */
static void
visit_part (Tour       *tour,
            const char *template)
{
  const char *id_at = strstr (template, "/{id}");
  g_autofree char *collection = g_strndup (template, (gsize) (id_at - template));
  g_autoptr (JsonObject) item = first_item (tour, collection);
  g_autofree char *path = g_strdup_printf ("%s/%" G_GINT64_FORMAT "%s", collection,
                                           json_object_get_int_member (item, "id"),
                                           id_at + strlen ("/{id}"));
  g_autoptr (JsonObject) part = get_object (tour, path);

  g_assert_cmpint (json_object_get_size (part), >, 1);
}

static void
visit_item (Tour       *tour,
            const char *template)
{
  g_autofree char *collection = g_strndup (template, strlen (template) - strlen ("/{id}"));
  g_autoptr (JsonObject) item = NULL;
  g_autoptr (JsonObject) alone = NULL;
  g_autoptr (SmTestAnswer) head = NULL;
  g_autofree char *path = NULL;
  gint64 id;

  if (is_history (collection) && !has_items (tour, collection))
    return;
  item = first_item (tour, collection);
  id = json_object_get_int_member (item, "id");
  path = g_strdup_printf ("%s/%" G_GINT64_FORMAT, collection, id);
  alone = get_object (tour, path);
  head = sm_test_service_send (tour->service, "HEAD", path, tour->admin, NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (alone, "id"), ==, id);
  g_assert_cmpuint (head->status, ==, 200);
}

/* Changes a limit so that it raises its alarm at once; returns its id. */
static gint64
hasten_limit (Tour *tour)
{
  g_autofree char *limits = g_strdup (SM_PATH_BASE "/limits");
  g_autoptr (JsonObject) limit = first_item (tour, limits);
  gint64 id = json_object_get_int_member (limit, "id");
  g_autofree char *path = g_strdup_printf ("%s/%" G_GINT64_FORMAT, limits, id);
  g_autofree char *headers
    = g_strdup_printf (IF_MATCH KEY ("1") MERGE_PATCH, json_object_get_int_member (limit, "seq"));
  g_autoptr (SmTestAnswer) answer = sm_test_service_send (tour->service, "PATCH", path, tour->admin,
                                                          headers, "{\"delay_s\":0}");

  g_assert_cmpstr (json_object_get_string_member (limit, "field"), ==, "pack_temperature_c");
  g_assert_cmpuint (answer->status, ==, 200);
  return id;
}

/* Network time as the service says it. */
static gint64
network_time (Tour *tour)
{
  g_autoptr (SmTestAnswer) answer = get (tour, SM_PATH_API);
  g_auto (GStrv) parts = g_strsplit (sm_test_answer_header (answer, "stationmaster-time"), ";", 2);
  gint64 time_us = 0;

  g_assert_true (sm_time_from_rfc3339 (parts[0], &time_us, NULL));
  return time_us;
}

static void
report_heat (Tour *tour)
{
  g_autoptr (JsonObject) vehicle = first_item (tour, SM_PATH_BASE "/vehicles");
  SmVehicleReport report = {
    .vin = json_object_get_string_member (vehicle, "vin"), .at_us = network_time (tour),
    .latitude = 22.5431, .longitude = 114.0579, .heading_deg = 90, .speed_kmh = 40, .soc = 50,
    .pack_temperature_c = 62, .odometer_m = 1000, .motion = SM_MOTION_DRIVING,
    .energy = SM_ENERGY_IDLE,
  };
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;

  sm_reports_write (writer, &report, 1);
  body = sm_json_writer_end (writer);
  answer = sm_test_service_post (tour->service, SM_PATH_INGEST_VEHICLES, tour->gateway, NULL, body);
  g_assert_cmpint (json_object_get_int_member (answer, "accepted"), ==, 1);
}

/* What a person has to say of an alarm; who saw it before that loses the race. */
static void
note_alarm (Tour       *tour,
            const char *path)
{
  g_autoptr (JsonObject) alarm = get_object (tour, path);
  gint64 seq = json_object_get_int_member (alarm, "seq");
  g_autofree char *first = g_strdup_printf (IF_MATCH KEY ("5") MERGE_PATCH, seq);
  g_autofree char *second = g_strdup_printf (IF_MATCH KEY ("6") MERGE_PATCH, seq);
  g_autoptr (SmTestAnswer) done = sm_test_service_send (tour->service, "PATCH", path, tour->admin,
                                                        first, "{\"note\":\"Loose plug\"}");
  g_autoptr (SmTestAnswer) lost = sm_test_service_send (tour->service, "PATCH", path, tour->admin,
                                                        second, "{\"note\":null}");

  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpuint (lost->status, ==, 412);
}

/* A truck says by the standard's flags what else is wrong with it; what nobody can
 * read is refused alone. */
static void
report_flags (Tour *tour)
{
  g_autoptr (JsonObject) vehicle = first_item (tour, SM_PATH_BASE "/vehicles");
  gint64 id = json_object_get_int_member (vehicle, "id");
  g_autofree char *at = sm_time_to_rfc3339 (network_time (tour));
  g_autofree char *body = g_strdup_printf (
    "{\"reports\":[{\"scheme\":\"gbt32960\",\"noun\":\"vehicle\",\"id\":%" G_GINT64_FORMAT
    ",\"at\":\"%s\",\"flags\":8192,\"other_faults\":[7]},{\"scheme\":\"runes\"}]}", id, at);
  g_autoptr (JsonObject) answer
    = sm_test_service_post (tour->service, SM_PATH_INGEST_FAULTS, tour->gateway, NULL, body);

  g_assert_cmpint (json_object_get_int_member (answer, "accepted"), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (answer, "rejected")), ==, 1);
}

/* What is to be done about it is done, by the catalogue that a person has changed. */
static void
do_step (Tour       *tour,
         const char *alarm)
{
  g_autofree char *steps = g_strconcat (alarm, SM_PATH_STEPS, NULL);
  g_autofree char *step = g_strconcat (steps, "/call-driver", NULL);
  g_autofree char *headers = g_strdup_printf (IF_MATCH MERGE_PATCH, G_GINT64_CONSTANT (0));
  g_autoptr (SmTestAnswer) changed
    = sm_test_service_send (tour->service, "PATCH", SM_PATH_FAULT_CODES "/pile-worn", tour->admin,
                            headers, "{\"respond_s\":3600,\"steps\":[{\"id\":\"x\",\"text\":\"换\"}]}");
  g_autoptr (SmTestAnswer) unsafe
    = sm_test_service_send (tour->service, "PATCH", SM_PATH_FAULT_CODES "/station-fire",
                            tour->admin, headers, "{\"respond_s\":3600}");
  g_autoptr (JsonObject) done
    = sm_test_service_post (tour->service, step, tour->admin, KEY ("7"), "{\"done\":true}");
  g_autoptr (JsonObject) all = get_object (tour, steps);

  g_assert_cmpuint (changed->status, ==, 200);
  g_assert_cmpstr (sm_test_answer_header (changed, "etag"), ==, "\"1\"");
  g_assert_cmpuint (unsafe->status, ==, 422);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (all, "items")), ==,
                    json_array_get_length (json_object_get_array_member (done, "items")));
}

/* One fault, all the way, by nothing but documented requests. */
static void
test_fault (Tour          *tour,
            gconstpointer  data)
{
  gint64 limit_id = hasten_limit (tour);
  g_autoptr (JsonObject) alarm = wait_for (tour, "alarm", report_heat);
  gint64 id = json_object_get_int_member (alarm, "id");
  g_autofree char *path
    = g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT SM_PATH_ACKNOWLEDGE, id);
  g_autofree char *item = g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT, id);
  g_autofree char *audit = g_strdup_printf (SM_PATH_AUDIT "?object=alarm/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) now = get_object (tour, item);
  g_autofree char *body
    = g_strdup_printf ("{\"note\":\"看到\",\"seen_level\":%d,\"seen_count\":%d}",
                       (int) json_object_get_int_member (now, "level"),
                       (int) json_object_get_int_member (now, "count"));
  g_autoptr (JsonObject) answer = NULL;
  g_autofree char *transitions = g_strconcat (item, "/transitions", NULL);
  g_autoptr (JsonObject) entries = NULL;
  g_autoptr (JsonObject) life = NULL;

  g_assert_cmpint (limit_id, >, 0);
  answer = sm_test_service_post (tour->service, path, tour->admin, KEY ("2"), body);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (answer, "alarm"),
                                                  "acked_by"),
                   ==, "ada");
  entries = get_object (tour, audit);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (entries, "items")), ==, 1);
  visit_item (tour, SM_PATH_ALARMS "/{id}");
  note_alarm (tour, item);
  do_step (tour, item);
  report_flags (tour);
  life = get_object (tour, transitions);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (life, "items")), >=, 2);
}

/* Until something happens to a command: a second at most.  @cursor: (inout) (transfer full) */
static void
wait_a_round (Tour  *tour,
              char **cursor)
{
  g_autofree char *path
    = *cursor == NULL
        ? g_strdup (SM_PATH_CHANGES "?kinds=command&wait=1")
        : g_strdup_printf (SM_PATH_CHANGES "?kinds=command&wait=1&since=%s", *cursor);
  g_autoptr (JsonObject) changes = get_object (tour, path);

  g_free (*cursor);
  *cursor = g_uri_escape_string (json_object_get_string_member (changes, "cursor"), NULL, FALSE);
}

/* What has not been heard yet gets no command. */
static JsonObject *
ask_for_command (Tour       *tour,
                 const char *body)
{
  g_autoptr (SmTestAnswer) asked = NULL;
  g_autofree char *cursor = NULL;

  for (guint i = 0; asked == NULL || asked->status != 201; i++)
    {
      g_clear_pointer (&asked, sm_test_answer_free);
      g_assert_cmpuint (i, <, MOST_ROUNDS);
      wait_a_round (tour, &cursor);
      asked = sm_test_service_send (tour->service, "POST", SM_PATH_COMMANDS, tour->admin, KEY ("8"),
                                    body);
      g_assert_true (asked->status == 201 || asked->status == 422);
    }
  return sm_test_answer_object (asked);
}

/* A lane is told, its gateway says what became of it, and says it again. */
static void
test_command (Tour          *tour,
              gconstpointer  data)
{
  g_autoptr (JsonObject) lane = first_item (tour, SM_PATH_BASE "/lanes");
  g_autofree char *body = g_strdup_printf (
    "{\"target_noun\":\"lane\",\"target_id\":%" G_GINT64_FORMAT ",\"kind\":\"change_availability\","
    "\"availability\":\"inoperative\",\"reason\":\"试验\"}",
    json_object_get_int_member (lane, "id"));
  g_autoptr (JsonObject) command = ask_for_command (tour, body);
  gint64 id = json_object_get_int_member (command, "id");
  g_autofree char *path = g_strdup_printf (SM_PATH_COMMANDS "/%" G_GINT64_FORMAT, id);
  g_autofree char *own = g_strdup_printf (SM_PATH_GATEWAY_COMMANDS "/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) fetched = NULL;
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *cursor = NULL;

  for (guint i = 0; json_object_get_null_member (command, "ended_at"); i++)
    {
      g_assert_cmpuint (i, <, MOST_ROUNDS);
      wait_a_round (tour, &cursor);
      g_clear_pointer (&command, json_object_unref);
      command = get_object (tour, path);
    }
  g_assert_cmpstr (json_object_get_string_member (command, "state"), ==, "succeeded");
  fetched = sm_test_service_post (tour->service, SM_PATH_GATEWAY_COMMANDS, tour->gateway, NULL, "{}");
  again = sm_test_service_post (tour->service, own, tour->gateway, NULL, "{\"state\":\"succeeded\"}");
  g_assert_cmpint (json_object_get_int_member (again, "id"), ==, id);
}

/* Returns: the status of an act on a window, by @token */
static guint
act_on_window (Tour       *tour,
               const char *token,
               gint64      id,
               const char *act,
               const char *key,
               const char *body)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_WINDOWS "/%" G_GINT64_FORMAT "/%s", id, act);
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (tour->service, "POST", path, token, key, body);

  return answer->status;
}

static JsonObject *
plan_window (Tour       *tour,
             const char *key,
             gint64      station_id)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 3);
  g_autofree char *starts_at = g_date_time_format_iso8601 (now);
  g_autofree char *ends_at = g_date_time_format_iso8601 (later);
  g_autofree char *body = g_strdup_printf (
      "{\"scope_noun\":\"station\",\"scope_id\":%" G_GINT64_FORMAT ",\"starts_at\":\"%s\","
      "\"ends_at\":\"%s\",\"reason\":\"检修\",\"risk\":\"low\",\"risk_note\":\"none\","
      "\"suppresses\":\"minor\"}",
      station_id, starts_at, ends_at);

  return sm_test_service_post (tour->service, SM_PATH_WINDOWS, tour->admin, key, body);
}

/* Who plans it does not agree to it, and another does; until then it can be called off. */
static void
test_window (Tour          *tour,
             gconstpointer  data)
{
  g_autoptr (JsonObject) station = first_item (tour, SM_PATH_STATIONS);
  gint64 station_id = json_object_get_int_member (station, "id"), id;
  g_autoptr (JsonObject) first = plan_window (tour, KEY ("1"), station_id);
  g_autoptr (JsonObject) second = NULL;
  g_autofree char *mia = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 4);
  g_autofree char *ends_at = g_date_time_format_iso8601 (later);
  g_autofree char *extension
      = g_strdup_printf ("{\"ends_at\":\"%s\",\"reason\":\"rust\"}", ends_at);
  g_autofree char *cursor = NULL;

  mia = sm_test_service_sign_in (tour->service, "mia", PASSWORD);
  id = json_object_get_int_member (first, "id");
  g_assert_cmpuint (act_on_window (tour, tour->admin, id, "approve", KEY ("2"), "{}"), ==, 422);
  g_assert_cmpuint (
      act_on_window (tour, tour->admin, id, "cancel", KEY ("3"), "{\"reason\":\"雨\"}"), ==, 200);
  second = plan_window (tour, KEY ("4"), station_id);
  id = json_object_get_int_member (second, "id");
  g_assert_cmpuint (act_on_window (tour, mia, id, "approve", KEY ("5"), "{}"), ==, 200);
  path = g_strdup_printf (SM_PATH_WINDOWS "/%" G_GINT64_FORMAT, id);
  for (guint i = 0; i < MOST_ROUNDS; i++)
    {
      g_autoptr (JsonObject) window = get_object (tour, path);

      if (g_str_equal (json_object_get_string_member (window, "state"), "open"))
        break;
      g_assert_cmpuint (i + 1, <, MOST_ROUNDS);
      wait_a_round (tour, &cursor);
    }
  g_assert_cmpuint (act_on_window (tour, tour->admin, id, "extend", KEY ("6"), extension), ==, 422);
  g_assert_cmpuint (act_on_window (tour, mia, id, "extend", KEY ("8"), extension), ==, 200);
  g_assert_cmpuint (act_on_window (tour, tour->admin, id, "close", KEY ("7"),
                                   "{\"override_reason\":\"no truck\"}"),
                    ==, 200);
  visit_item (tour, SM_PATH_WINDOWS "/{id}");
}

static SmTestAnswer *
tell_as (Tour       *tour,
         const char *token,
         const char *method,
         const char *path,
         gint64      seen,
         const char *body)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *headers
      = g_strdup_printf (IF_MATCH "Idempotency-Key: %s\r\n%s", seen, key,
                         g_str_equal (method, "PATCH") ? MERGE_PATCH : "");

  return sm_test_service_send (tour->service, method, path, token, headers, body);
}

static SmTestAnswer *
tell (Tour       *tour,
      const char *method,
      const char *path,
      gint64      seen,
      const char *body)
{
  return tell_as (tour, tour->admin, method, path, seen, body);
}

static gint64
seq_of (SmTestAnswer *answer)
{
  g_autoptr (JsonObject) row = sm_test_answer_object (answer);

  g_assert_cmpuint (answer->status / 100, ==, 2);
  return json_object_get_int_member (row, "seq");
}

/* From Ada, who goes, to Mia, who comes: a note, and both sign. */
static void
hand_over (Tour *tour)
{
  g_autofree char *mia = sm_test_service_sign_in (tour->service, "mia", PASSWORD);
  g_autoptr (SmTestAnswer) begun = tell (tour, "POST", SM_PATH_HANDOVERS, 0,
                                         "{\"desk_id\":1,\"to_person\":\"mia\"}");
  g_autoptr (JsonObject) handover = sm_test_answer_object (begun);
  g_autofree char *path = g_strdup_printf (SM_PATH_HANDOVERS "/%" G_GINT64_FORMAT,
                                           json_object_get_int_member (handover, "id"));
  g_autofree char *sign = g_strconcat (path, SM_PATH_SIGN, NULL);
  g_autoptr (SmTestAnswer) noted = tell (tour, "PATCH", path, seq_of (begun),
                                         "{\"note\":\"钥匙在抽屉里\"}");
  g_autofree char *read = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}", seq_of (noted));
  g_autoptr (SmTestAnswer) given = tell (tour, "POST", sign, 0, read);
  g_autofree char *signed_once = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}",
                                                  seq_of (given));
  g_autoptr (SmTestAnswer) taken = tell_as (tour, mia, "POST", sign, 0, signed_once);
  g_autoptr (JsonObject) desk = NULL;

  seq_of (taken);
  desk = get_object (tour, SM_PATH_DESKS "/1");
  g_assert_cmpstr (json_object_get_string_member (desk, "holder"), ==, "mia");
}

/* Ada alone is on the roster, hands over to nobody, and then to somebody. */
static void
test_desk (Tour          *tour,
           gconstpointer  data)
{
  g_autoptr (SmTestAnswer) sits = tell (tour, "POST", SM_PATH_DESKS "/1" SM_PATH_SIT, 0, "{}");
  g_autoptr (SmTestAnswer) made
      = tell (tour, "POST", SM_PATH_DESKS, 0,
               "{\"name\":{\"en\":\"Night\",\"zh-CN\":\"夜班台\"},\"levels\":\"1 2\","
               "\"cover_desk_id\":1}");
  g_autoptr (JsonObject) desk = sm_test_answer_object (made);
  g_autofree char *path = g_strdup_printf (SM_PATH_DESKS "/%" G_GINT64_FORMAT,
                                           json_object_get_int_member (desk, "id"));
  g_autoptr (SmTestAnswer) changed
      = tell (tour, "PATCH", path, seq_of (made), "{\"levels\":null,\"kinds\":\"station\"}");
  g_autoptr (SmTestAnswer) entry
      = tell (tour, "POST", SM_PATH_ROSTER, 0,
               "{\"desk_id\":1,\"person\":\"ada\",\"from_at\":\"2036-01-01T08:00:00+08:00\","
               "\"to_at\":\"2036-01-01T16:00:00+08:00\"}");
  g_autoptr (JsonObject) added = sm_test_answer_object (entry);
  g_autofree char *listed = g_strdup_printf (
      SM_PATH_ROSTER "/%" G_GINT64_FORMAT,
      json_object_get_int_member (added, "id"));
  g_autoptr (SmTestAnswer) moved = tell (tour, "PATCH", listed, seq_of (entry),
                                          "{\"to_at\":\"2036-01-01T17:00:00+08:00\"}");
  g_autofree char *seen = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}", seq_of (moved));
  g_autofree char *gone = g_strconcat (listed, SM_PATH_REMOVE, NULL);
  g_autoptr (JsonObject) there = get_object (tour, listed);
  g_autoptr (SmTestAnswer) removed = tell (tour, "POST", gone, 0, seen);
  g_autoptr (SmTestAnswer) nobody = tell (tour, "POST", SM_PATH_HANDOVERS, 0, "{\"desk_id\":1}");
  g_autoptr (SmTestAnswer) leaves = tell (tour, "POST", SM_PATH_DESKS "/1" SM_PATH_LEAVE, 0,
                                           "{\"reason\":\"午饭\"}");

  seq_of (sits);
  seq_of (changed);
  seq_of (removed);
  seq_of (leaves);
  g_assert_cmpstr (json_object_get_string_member (there, "person"), ==, "ada");
  g_assert_cmpuint (nobody->status, ==, 422);
  g_assert_nonnull (strstr (nobody->body, "handover-to-nobody"));
  hand_over (tour);
}

/* A pack is kept apart, and comes back by somebody else. */
static void
test_pack (Tour          *tour,
           gconstpointer  data)
{
  g_autoptr (JsonObject) pack = first_item (tour, SM_PATH_BATTERIES);
  gint64 id = json_object_get_int_member (pack, "id");
  g_autofree char *apart = g_strdup_printf (SM_PATH_BATTERIES "/%" G_GINT64_FORMAT "/quarantine", id);
  g_autofree char *back = g_strdup_printf (SM_PATH_BATTERIES "/%" G_GINT64_FORMAT "/release", id);
  g_autofree char *second = sm_test_service_sign_in_demo (tour->service);
  g_autoptr (JsonObject) before = sm_test_service_post (tour->service, apart, tour->admin, KEY ("9"),
                                                        "{\"reason\":\"试验\"}");
  g_autoptr (JsonObject) after = sm_test_service_post (tour->service, back, second, KEY ("9"),
                                                       "{\"reason\":\"measured\"}");

  g_assert_cmpstr (json_object_get_string_member (before, "fitness"), ==, "quarantined");
  g_assert_cmpstr (json_object_get_string_member (before, "quarantined_by"), ==, "ada");
  g_assert_cmpstr (json_object_get_string_member (after, "fitness"), ==, "watch");
}

static gboolean
takes_limit (JsonObject *operation)
{
  JsonArray *parameters = json_object_has_member (operation, "parameters")
                            ? json_object_get_array_member (operation, "parameters") : NULL;

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
test_every_get (Tour          *tour,
                gconstpointer  data)
{
  JsonObject *paths = json_object_get_object_member (tour->contract, "paths");
  g_autoptr (GList) names = json_object_get_members (paths);
  guint n = 0;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *item = json_object_get_object_member (paths, l->data);
      g_autoptr (SmTestAnswer) answer = NULL;

      if (!json_object_has_member (item, "get"))
        continue;
      g_test_message ("%s", (char *) l->data);
      n++;
      if (g_str_has_prefix (l->data, SM_PATH_ALARMS "/{id}")
          || g_str_equal (l->data, SM_PATH_COMMANDS "/{id}")
          || g_str_equal (l->data, SM_PATH_WINDOWS "/{id}")
          || g_str_equal (l->data, SM_PATH_ROSTER "/{id}")
          || g_str_equal (l->data, SM_PATH_HANDOVERS "/{id}"))
        continue; /* there may be none yet: see the fault's tour */
      if (g_str_has_suffix (l->data, "/what_if"))
        visit_part (tour, SM_PATH_BASE "/limits/{id}/what_if?value=55");
      else if (strstr (l->data, "{id}/") != NULL)
        visit_part (tour, l->data);
      else if (strstr (l->data, "{code}") != NULL)
        answer = get (tour, SM_PATH_FAULT_CODES "/pile-fault");
      else if (strstr (l->data, "{id}") != NULL)
        visit_item (tour, l->data);
      else if (takes_limit (json_object_get_object_member (item, "get")))
        visit_collection (tour, l->data);
      else
        answer = get (tour, l->data);
    }
  g_assert_cmpuint (n, >, 25);
}

/* A phone is masked until somebody who may asks for it, and the audit knows. */
static void
test_reveal (Tour          *tour,
             gconstpointer  data)
{
  g_autoptr (JsonObject) driver = first_item (tour, SM_PATH_BASE "/drivers");
  g_autofree char *path = g_strdup_printf (SM_PATH_BASE "/drivers/%" G_GINT64_FORMAT "/reveal",
                                           json_object_get_int_member (driver, "id"));
  g_autoptr (SmTestAnswer) answer
    = sm_test_service_send (tour->service, "POST", path, tour->admin, NULL, NULL);
  g_autoptr (JsonObject) shown = sm_test_answer_object (answer);
  g_autoptr (JsonObject) audit = get_object (tour, SM_PATH_AUDIT "?limit=1");
  JsonObject *entry = json_array_get_object_element (json_object_get_array_member (audit, "items"),
                                                     0);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strchr (json_object_get_string_member (driver, "phone"), '*'));
  g_assert_null (strchr (json_object_get_string_member (shown, "phone"), '*'));
  g_assert_cmpstr (json_object_get_string_member (entry, "act"), ==, "driver.reveal");
}

static void
test_rename (Tour          *tour,
             gconstpointer  data)
{
  g_autoptr (JsonObject) station = first_item (tour, SM_PATH_STATIONS);
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
test_session (Tour          *tour,
              gconstpointer  data)
{
  g_autoptr (JsonObject) session
    = sm_test_service_post (tour->service, SM_PATH_SESSION, NULL, NULL, "{\"demo\":true}");
  g_autofree char *body
    = g_strdup_printf ("{\"refresh_token\":\"%s\"}",
                       json_object_get_string_member (session, "refresh_token"));
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
test_refusals (Tour          *tour,
               gconstpointer  data)
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

#define ADD(path, func) g_test_add (path, Tour, NULL, tour_set_up, func, tour_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/contract/tour/every-get", test_every_get);
  ADD ("/contract/tour/fault", test_fault);
  ADD ("/contract/tour/command", test_command);
  ADD ("/contract/tour/window", test_window);
  ADD ("/contract/tour/desk", test_desk);
  ADD ("/contract/tour/pack", test_pack);
  ADD ("/contract/tour/reveal", test_reveal);
  ADD ("/contract/tour/rename", test_rename);
  ADD ("/contract/tour/session", test_session);
  ADD ("/contract/tour/refusals", test_refusals);
  return g_test_run ();
}
