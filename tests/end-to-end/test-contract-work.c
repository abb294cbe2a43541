/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sm-tour.h"
#include "sm-uuid.h"

/*
 * The tours of what persons do at work: commands, maintenance, desks, packs.
 */

/* What has not been heard yet gets no command. */
static JsonObject *
ask_for_command (SmTour *tour, const char *body)
{
  g_autoptr (SmTestAnswer) asked = NULL;
  g_autofree char *cursor = NULL;

  for (guint i = 0; asked == NULL || asked->status != 201; i++)
    {
      g_clear_pointer (&asked, sm_test_answer_free);
      g_assert_cmpuint (i, <, SM_TOUR_MOST_ROUNDS);
      sm_tour_wait_a_round (tour, &cursor);
      asked = sm_test_service_send (tour->service, "POST", SM_PATH_COMMANDS, tour->admin, KEY ("8"),
                                    body);
      g_assert_true (asked->status == 201 || asked->status == 422);
    }
  return sm_test_answer_object (asked);
}

/* A lane is told, its gateway says what became of it, and says it again. */
static void
test_command (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) lane = sm_tour_first_item (tour, SM_PATH_BASE "/lanes");
  g_autofree char *body
      = g_strdup_printf ("{\"target_noun\":\"lane\",\"target_id\":%" G_GINT64_FORMAT
                         ",\"kind\":\"change_availability\","
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
      g_assert_cmpuint (i, <, SM_TOUR_MOST_ROUNDS);
      sm_tour_wait_a_round (tour, &cursor);
      g_clear_pointer (&command, json_object_unref);
      command = sm_tour_get_object (tour, path);
    }
  g_assert_cmpstr (json_object_get_string_member (command, "state"), ==, "succeeded");
  fetched
      = sm_test_service_post (tour->service, SM_PATH_GATEWAY_COMMANDS, tour->gateway, NULL, "{}");
  again
      = sm_test_service_post (tour->service, own, tour->gateway, NULL, "{\"state\":\"succeeded\"}");
  g_assert_cmpint (json_object_get_int_member (again, "id"), ==, id);
}

/* Returns: the status of an act on a window, by @token */
static guint
act_on_window (
    SmTour *tour, const char *token, gint64 id, const char *act, const char *key, const char *body)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_WINDOWS "/%" G_GINT64_FORMAT "/%s", id, act);
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (tour->service, "POST", path, token, key, body);

  return answer->status;
}

static JsonObject *
plan_window (SmTour *tour, const char *key, gint64 station_id)
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
test_window (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) station = sm_tour_first_item (tour, SM_PATH_STATIONS);
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

  mia = sm_test_service_sign_in (tour->service, "mia", SM_TOUR_PASSWORD);
  id = json_object_get_int_member (first, "id");
  g_assert_cmpuint (act_on_window (tour, tour->admin, id, "approve", KEY ("2"), "{}"), ==, 422);
  g_assert_cmpuint (
      act_on_window (tour, tour->admin, id, "cancel", KEY ("3"), "{\"reason\":\"雨\"}"), ==, 200);
  second = plan_window (tour, KEY ("4"), station_id);
  id = json_object_get_int_member (second, "id");
  g_assert_cmpuint (act_on_window (tour, mia, id, "approve", KEY ("5"), "{}"), ==, 200);
  path = g_strdup_printf (SM_PATH_WINDOWS "/%" G_GINT64_FORMAT, id);
  for (guint i = 0; i < SM_TOUR_MOST_ROUNDS; i++)
    {
      g_autoptr (JsonObject) window = sm_tour_get_object (tour, path);

      if (g_str_equal (json_object_get_string_member (window, "state"), "open"))
        break;
      g_assert_cmpuint (i + 1, <, SM_TOUR_MOST_ROUNDS);
      sm_tour_wait_a_round (tour, &cursor);
    }
  g_assert_cmpuint (act_on_window (tour, tour->admin, id, "extend", KEY ("6"), extension), ==, 422);
  g_assert_cmpuint (act_on_window (tour, mia, id, "extend", KEY ("8"), extension), ==, 200);
  g_assert_cmpuint (act_on_window (tour, tour->admin, id, "close", KEY ("7"),
                                   "{\"override_reason\":\"no truck\"}"),
                    ==, 200);
  sm_tour_visit_item (tour, SM_PATH_WINDOWS "/{id}");
}

/* From Ada, who goes, to Mia, who comes: a note, and both sign. */
static void
hand_over (SmTour *tour)
{
  g_autofree char *mia = sm_test_service_sign_in (tour->service, "mia", SM_TOUR_PASSWORD);
  g_autoptr (SmTestAnswer) begun
      = sm_tour_tell (tour, "POST", SM_PATH_HANDOVERS, 0, "{\"desk_id\":1,\"to_person\":\"mia\"}");
  g_autoptr (JsonObject) handover = sm_test_answer_object (begun);
  g_autofree char *path = g_strdup_printf (SM_PATH_HANDOVERS "/%" G_GINT64_FORMAT,
                                           json_object_get_int_member (handover, "id"));
  g_autofree char *sign = g_strconcat (path, SM_PATH_SIGN, NULL);
  g_autoptr (SmTestAnswer) noted
      = sm_tour_tell (tour, "PATCH", path, sm_tour_seq_of (begun), "{\"note\":\"钥匙在抽屉里\"}");
  g_autofree char *read
      = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}", sm_tour_seq_of (noted));
  g_autoptr (SmTestAnswer) given = sm_tour_tell (tour, "POST", sign, 0, read);
  g_autofree char *signed_once
      = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}", sm_tour_seq_of (given));
  g_autoptr (SmTestAnswer) taken = sm_tour_tell_as (tour, mia, "POST", sign, 0, signed_once);
  g_autoptr (JsonObject) desk = NULL;

  sm_tour_seq_of (taken);
  desk = sm_tour_get_object (tour, SM_PATH_DESKS "/1");
  g_assert_cmpstr (json_object_get_string_member (desk, "holder"), ==, "mia");
}

/* Ada alone is on the roster, hands over to nobody, and then to somebody. */
static void
test_desk (SmTour *tour, gconstpointer data)
{
  g_autoptr (SmTestAnswer) sits
      = sm_tour_tell (tour, "POST", SM_PATH_DESKS "/1" SM_PATH_SIT, 0, "{}");
  g_autoptr (SmTestAnswer) made
      = sm_tour_tell (tour, "POST", SM_PATH_DESKS, 0,
                      "{\"name\":{\"en\":\"Night\",\"zh-CN\":\"夜班台\"},\"levels\":\"1 2\","
                      "\"cover_desk_id\":1}");
  g_autoptr (JsonObject) desk = sm_test_answer_object (made);
  g_autofree char *path = g_strdup_printf (SM_PATH_DESKS "/%" G_GINT64_FORMAT,
                                           json_object_get_int_member (desk, "id"));
  g_autoptr (SmTestAnswer) changed = sm_tour_tell (tour, "PATCH", path, sm_tour_seq_of (made),
                                                   "{\"levels\":null,\"kinds\":\"station\"}");
  g_autofree char *close = g_strconcat (path, SM_PATH_CLOSE, NULL);
  g_autoptr (SmTestAnswer) closed
      = sm_tour_tell (tour, "POST", close, 0, "{\"reason\":\"夜间无站\"}");
  g_autoptr (SmTestAnswer) entry
      = sm_tour_tell (tour, "POST", SM_PATH_ROSTER, 0,
                      "{\"desk_id\":1,\"person\":\"ada\",\"from_at\":\"2036-01-01T08:00:00+08:00\","
                      "\"to_at\":\"2036-01-01T16:00:00+08:00\"}");
  g_autoptr (JsonObject) added = sm_test_answer_object (entry);
  g_autofree char *listed = g_strdup_printf (SM_PATH_ROSTER "/%" G_GINT64_FORMAT,
                                             json_object_get_int_member (added, "id"));
  g_autoptr (SmTestAnswer) moved = sm_tour_tell (tour, "PATCH", listed, sm_tour_seq_of (entry),
                                                 "{\"to_at\":\"2036-01-01T17:00:00+08:00\"}");
  g_autofree char *seen
      = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}", sm_tour_seq_of (moved));
  g_autofree char *gone = g_strconcat (listed, SM_PATH_REMOVE, NULL);
  g_autoptr (JsonObject) there = sm_tour_get_object (tour, listed);
  g_autoptr (SmTestAnswer) removed = sm_tour_tell (tour, "POST", gone, 0, seen);
  g_autoptr (SmTestAnswer) nobody
      = sm_tour_tell (tour, "POST", SM_PATH_HANDOVERS, 0, "{\"desk_id\":1}");
  g_autoptr (SmTestAnswer) leaves
      = sm_tour_tell (tour, "POST", SM_PATH_DESKS "/1" SM_PATH_LEAVE, 0, "{\"reason\":\"午饭\"}");

  sm_tour_seq_of (sits);
  sm_tour_seq_of (changed);
  sm_tour_seq_of (closed);
  sm_tour_seq_of (removed);
  sm_tour_seq_of (leaves);
  g_assert_cmpstr (json_object_get_string_member (there, "person"), ==, "ada");
  g_assert_cmpuint (nobody->status, ==, 422);
  g_assert_nonnull (strstr (nobody->body, "handover-to-nobody"));
  hand_over (tour);
}

/* A pack is kept apart, and comes back by somebody else. */
static void
test_pack (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) pack = sm_tour_first_item (tour, SM_PATH_BATTERIES);
  gint64 id = json_object_get_int_member (pack, "id");
  g_autofree char *apart
      = g_strdup_printf (SM_PATH_BATTERIES "/%" G_GINT64_FORMAT "/quarantine", id);
  g_autofree char *back = g_strdup_printf (SM_PATH_BATTERIES "/%" G_GINT64_FORMAT "/release", id);
  g_autofree char *second = sm_test_service_sign_in_demo (tour->service);
  g_autoptr (JsonObject) before = sm_test_service_post (tour->service, apart, tour->admin,
                                                        KEY ("9"), "{\"reason\":\"试验\"}");
  g_autoptr (JsonObject) after
      = sm_test_service_post (tour->service, back, second, KEY ("9"), "{\"reason\":\"measured\"}");

  g_assert_cmpstr (json_object_get_string_member (before, "fitness"), ==, "quarantined");
  g_assert_cmpstr (json_object_get_string_member (before, "quarantined_by"), ==, "ada");
  g_assert_cmpstr (json_object_get_string_member (after, "fitness"), ==, "watch");
}

/* Somebody tries a channel, sees what becomes of it, and says so. */
static void
test_telling (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) telling = sm_tour_get_object (tour, SM_PATH_TELLING);
  g_autoptr (SmTestAnswer) told
      = sm_test_service_send (tour->service, "POST", SM_PATH_TELLING "/channels/lamp/test",
                              tour->admin, KEY ("a"), "{}");
  g_autoptr (SmTestAnswer) nobody
      = sm_test_service_send (tour->service, "POST", SM_PATH_TELLING "/channels/voice/test",
                              tour->admin, KEY ("b"), "{}");
  JsonObject *row = sm_test_answer_object (told);
  g_autofree char *confirm = NULL;
  g_autoptr (JsonObject) confirmed = NULL;

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (telling, "channels")), ==, 2);
  g_assert_cmpuint (told->status, ==, 201);
  g_assert_cmpuint (nobody->status, ==, 422);
  confirm = g_strdup_printf (SM_PATH_NOTIFICATIONS "/%" G_GINT64_FORMAT "/confirm",
                             json_object_get_int_member (row, "id"));
  confirmed = sm_test_service_post (tour->service, confirm, tour->admin, KEY ("c"), "{}");
  g_assert_cmpstr (json_object_get_string_member (confirmed, "confirmed_by"), ==, "ada");
  sm_tour_visit_item (tour, SM_PATH_NOTIFICATIONS "/{id}");
  json_object_unref (row);
}

static void
act_on_order (SmTour     *tour,
              const char *token,
              gint64      id,
              const char *act,
              const char *body,
              const char *state)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT "/%s", id, act);
  g_autoptr (SmTestAnswer) answer = sm_tour_tell_as (tour, token, "POST", path, 0, body);
  g_autoptr (JsonObject) order = NULL;

  if (answer->status != 200)
    g_error ("%s: %u %s", path, answer->status, answer->body);
  order = sm_test_answer_object (answer);
  g_assert_cmpstr (json_object_get_string_member (order, "state"), ==, state);
}

/* What made it, and what was done for good, by one; that it helped, by another. */
static void
solve_problem (SmTour *tour,
               gint64  order_id,
               char   *other)
{
  static const char solved[] = "{\"state\":\"solved\"}";
  g_autofree char *path = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT, order_id);
  g_autoptr (JsonObject) order = sm_tour_get_object (tour, path);
  g_autofree char *one = g_strdup_printf (SM_PATH_PROBLEMS "/%" G_GINT64_FORMAT,
                                          json_object_get_int_member (order, "problem_id"));
  g_autoptr (JsonObject) problem = sm_tour_get_object (tour, one);
  g_autoptr (SmTestAnswer) said
      = sm_tour_tell (tour, "PATCH", one, json_object_get_int_member (problem, "seq"),
                      "{\"cause\":\"进水\",\"solution\":\"加装雨棚\"}");
  gint64 seq = sm_tour_seq_of (said);
  g_autoptr (SmTestAnswer) alone = sm_tour_tell (tour, "PATCH", one, seq, solved);
  g_autoptr (SmTestAnswer) by_other = sm_tour_tell_as (tour, other, "PATCH", one, seq, solved);
  g_autoptr (JsonObject) after = NULL;

  g_assert_cmpuint (alone->status, ==, 422);
  g_assert_nonnull (strstr (alone->body, "second-person-needed"));
  g_assert_cmpuint (by_other->status, ==, 200);
  after = sm_test_answer_object (by_other);
  g_assert_cmpstr (json_object_get_string_member (after, "state"), ==, "solved");
}

/* Of one camera, by hand: the same fault a third time is a problem. */
static gint64
order_work (SmTour *tour)
{
  g_autoptr (JsonObject) station = sm_tour_first_item (tour, SM_PATH_STATIONS);
  g_autofree char *body = g_strdup_printf (
      "{\"kind\":\"repair\",\"target_noun\":\"station\",\"target_id\":%" G_GINT64_FORMAT
      ",\"code\":\"camera-fault\",\"subject\":\"画面全黑\",\"level\":4}",
      json_object_get_int_member (station, "id"));
  g_autoptr (SmTestAnswer) answer = sm_tour_tell (tour, "POST", SM_PATH_WORK_ORDERS, 0, body);
  g_autoptr (JsonObject) order = NULL;

  g_assert_cmpuint (answer->status, ==, 201);
  order = sm_test_answer_object (answer);
  return json_object_get_int_member (order, "id");
}

static void
work_on_order (SmTour *tour,
               gint64  id)
{
  g_autoptr (JsonObject) part = sm_tour_wait_for (tour, "part", NULL);
  g_autofree char *given = g_strdup_printf ("{\"engineer_id\":%" G_GINT64_FORMAT "}",
                                            json_object_get_int_member (part, "engineer_id"));
  g_autofree char *used = g_strdup_printf ("{\"part_id\":%" G_GINT64_FORMAT ",\"quantity\":1}",
                                           json_object_get_int_member (part, "id"));
  const struct
  {
    const char *act, *body, *state;
  } acts[] = {
    { "assign", given, "assigned" },
    { "refuse", "{\"reason\":\"病假\"}", "unaccepted" },
    { "assign", given, "assigned" },
    { "pin", "{}", "assigned" },
    { "unpin", "{}", "assigned" },
    { "accept", "{}", "accepted" },
    { "speak", "{}", "accepted" },
    { "urge", "{}", "accepted" },
    { "note", "{\"note\":\"门禁码 4711\"}", "accepted" },
    { "travel", "{}", "travelling" },
    { "arrive", "{}", "on_site" },
    { "start", "{}", "in_progress" },
    { "hold", "{\"reason\":\"等备件\"}", "on_hold" },
    { "resume", "{}", "in_progress" },
    { "use_part", used, "in_progress" },
    { "complete", "{\"fix\":\"temporary\",\"cause\":\"进水\",\"action\":\"吹干\"}", "completed" },
    { "reject", "{\"reason\":\"仍然全黑\"}", "in_progress" },
    { "complete", "{\"fix\":\"temporary\",\"cause\":\"进水\",\"action\":\"吹干\"}", "completed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    act_on_order (tour, tour->admin, id, acts[i].act, acts[i].body, acts[i].state);
}

/* What it looks like, for who was not there. */
static void
photograph (SmTour *tour,
            gint64  id)
{
  static const char png[] = "\x89PNG\r\n\x1a\n a cabinet";
  g_autofree char *path
      = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT SM_PATH_PHOTOS, id);
  g_autoptr (SmTestAnswer) sent = sm_tour_tell (tour, "POST", path, 0, png);
  g_autoptr (JsonObject) photos = sm_tour_get_object (tour, path);
  JsonArray *items = json_object_get_array_member (photos, "items");
  g_autofree char *one = NULL;
  g_autoptr (SmTestAnswer) shown = NULL;

  g_assert_cmpuint (sent->status, ==, 201);
  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  one = g_strdup_printf ("%s/%s", path,
                         json_object_get_string_member (json_array_get_object_element (items, 0),
                                                        "sha256"));
  shown = sm_tour_get (tour, one);
  g_assert_cmpmem (shown->body, shown->length, png, strlen (png));
}

/* The simulated engineers make orders of their own in between. */
static gint64
follow_up_of (SmTour *tour,
              gint64  id)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) order = sm_tour_get_object (tour, path);

  return json_object_get_int_member (order, "follow_up_id");
}

/* From nobody's to confirmed by another; and what comes a third time. */
static void
test_work_order (SmTour *tour, gconstpointer data)
{
  g_autofree char *mia = sm_test_service_sign_in (tour->service, "mia", SM_TOUR_PASSWORD);
  gint64 id = order_work (tour), second, third;
  g_autofree char *timeline
      = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT SM_PATH_TIMELINE, id);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_days (now, 9);
  g_autofree char *at = g_date_time_format_iso8601 (later);
  g_autofree char *again
      = g_strdup_printf ("{\"follow_up_at\":\"%s\",\"reason\":\"换新机\"}", at);
  g_autoptr (JsonObject) steps = NULL;

  photograph (tour, id);
  work_on_order (tour, id);
  act_on_order (tour, mia, id, "follow_up", again, "completed");
  act_on_order (tour, mia, id, "confirm", "{}", "confirmed");
  act_on_order (tour, mia, follow_up_of (tour, id), "cancel", "{\"reason\":\"不用了\"}", "cancelled");
  second = order_work (tour);
  act_on_order (tour, mia, second, "cancel", "{\"reason\":\"重复\"}", "cancelled");
  third = order_work (tour);
  act_on_order (tour, mia, third, "cancel", "{\"reason\":\"重复\"}", "cancelled");
  steps = sm_tour_get_object (tour, timeline);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (steps, "items")), >, 20);
  sm_tour_visit_item (tour, SM_PATH_WORK_ORDERS "/{id}");
  sm_tour_visit_item (tour, SM_PATH_PROBLEMS "/{id}");
  solve_problem (tour, third, mia);
  sm_tour_visit_item (tour, SM_PATH_PARTS "/{id}");
  sm_tour_visit_item (tour, SM_PATH_CERTIFICATES "/{id}");
}

/* Returns: (transfer full) (nullable): what could be told to a truck that comes to @station */
static char *
find_offer (SmTour     *tour,
            JsonObject *station)
{
  gint64 id = json_object_get_int_member (station, "id");
  g_autofree char *path = g_strdup_printf (SM_PATH_STATIONS "/%" G_GINT64_FORMAT "/diversions", id);
  g_autoptr (JsonObject) found = sm_tour_get_object (tour, path);
  JsonArray *items = json_object_get_array_member (found, "items");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      if (g_str_equal (json_object_get_string_member (item, "outcome"), "offer"))
        return g_strdup_printf ("{\"from_station_id\":%" G_GINT64_FORMAT
                                ",\"vehicle_id\":%" G_GINT64_FORMAT "}",
                                id, json_object_get_int_member (item, "vehicle_id"));
    }
  return NULL;
}

/* Trucks have to be on their way first, and to be heard.  Returns: (transfer full): the request */
static char *
wait_for_offer (SmTour *tour)
{
  g_autofree char *cursor = NULL;

  for (guint i = 0; i < SM_TOUR_MOST_ROUNDS; i++)
    {
      g_autoptr (JsonObject) page = sm_tour_get_object (tour, SM_PATH_STATIONS "?limit=200");
      JsonArray *stations = json_object_get_array_member (page, "items");
      char *found = NULL;

      for (guint s = 0; found == NULL && s < json_array_get_length (stations); s++)
        found = find_offer (tour, json_array_get_object_element (stations, s));
      if (found != NULL)
        return found;
      sm_tour_wait_a_round (tour, &cursor);
    }
  g_error ("no truck can be sent elsewhere");
}

/* Where the truck has arrived meanwhile, or the pack is gone, the offer is not that any more. */
static gint64
offer_guidance (SmTour  *tour,
                char   **out_body)
{
  for (guint i = 0; i < SM_TOUR_MOST_ROUNDS; i++)
    {
      g_autofree char *body = wait_for_offer (tour);
      g_autoptr (SmTestAnswer) answer = sm_tour_tell (tour, "POST", SM_PATH_GUIDANCES, 0, body);
      g_autoptr (JsonObject) row = NULL;

      if (answer->status == 422)
        continue;
      if (answer->status != 201)
        g_error ("%s: %u %s", body, answer->status, answer->body);
      row = sm_test_answer_object (answer);
      g_assert_cmpstr (json_object_get_string_member (row, "state"), ==, "proposed");
      *out_body = g_steal_pointer (&body);
      return json_object_get_int_member (row, "id");
    }
  g_error ("every truck was quicker");
}

static void
act_on_guidance (SmTour     *tour,
                 gint64      id,
                 const char *act,
                 const char *body,
                 const char *state)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_GUIDANCES "/%" G_GINT64_FORMAT "/%s", id, act);
  g_autoptr (SmTestAnswer) answer = sm_tour_tell (tour, "POST", path, 0, body);
  g_autoptr (JsonObject) row = NULL;

  if (answer->status != 200)
    g_error ("%s: %u %s", path, answer->status, answer->body);
  row = sm_test_answer_object (answer);
  g_assert_cmpstr (json_object_get_string_member (row, "state"), ==, state);
}

/* The trucks of the simulator may be quicker than this gateway. */
static void
answer_guidance (SmTour *tour,
                 gint64  id)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_GATEWAY_GUIDANCES "/%" G_GINT64_FORMAT, id);
  g_autofree char *own = g_strdup_printf (SM_PATH_GUIDANCES "/%" G_GINT64_FORMAT, id);
  g_autofree char *cursor = NULL;

  for (guint i = 0; i < SM_TOUR_MOST_ROUNDS; i++)
    {
      g_autoptr (JsonObject) row = sm_tour_get_object (tour, own);
      const char *state = json_object_get_string_member (row, "state");
      gboolean is_sent = g_str_equal (state, "sent") || g_str_equal (state, "no_answer");
      g_autofree char *body = g_strdup_printf ("{\"state\":\"%s\",\"reason\":\"太远\"}",
                                               is_sent ? "delivered" : state);
      g_autoptr (SmTestAnswer) answer
          = sm_test_service_send (tour->service, "POST", path, tour->gateway, NULL, body);

      if (answer->status == 200)
        return;
      g_assert_cmpuint (answer->status, ==, 422);
      sm_tour_wait_a_round (tour, &cursor);
    }
  g_error ("the gateway never got its word in");
}

/* A truck is told to go elsewhere; and somebody goes to it instead. */
static void
test_guidance (SmTour *tour, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *body = NULL;
  gint64 id = offer_guidance (tour, &first);
  g_autoptr (JsonObject) fetched = NULL;
  g_autofree char *rescue = NULL;
  g_autoptr (SmTestAnswer) rescued = NULL;

  act_on_guidance (tour, id, "withdraw", "{\"reason\":\"站已恢复\"}", "withdrawn");
  id = offer_guidance (tour, &body);
  act_on_guidance (tour, id, "call", "{\"outcome\":\"unreachable\"}", "proposed");
  act_on_guidance (tour, id, "send", "{}", "sent");
  fetched = sm_test_service_post (tour->service, SM_PATH_GATEWAY_GUIDANCES, tour->gateway, NULL,
                                  "{}");
  answer_guidance (tour, id);
  *strrchr (body, '}') = '\0';
  rescue = g_strconcat (body, ",\"rescue\":true,\"reason\":\"爆胎\"}", NULL);
  rescued = sm_tour_tell (tour, "POST", SM_PATH_GUIDANCES, 0, rescue);
  g_assert_cmpuint (rescued->status, ==, 201);
  g_assert_nonnull (strstr (rescued->body, "\"rescue\""));
  sm_tour_visit_item (tour, SM_PATH_GUIDANCES "/{id}");
}

/* Asks for something new, and changes it.  Returns: its id */
static gint64
write_paper (SmTour *tour, const char *path, const char *body, const char *change)
{
  g_autofree char *uuid = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *key = g_strdup_printf ("Idempotency-Key: %s\r\n", uuid);
  g_autoptr (JsonObject) made = sm_test_service_post (tour->service, path, tour->admin, key, body);
  gint64 id = json_object_get_int_member (made, "id");
  g_autofree char *one = g_strdup_printf ("%s/%" G_GINT64_FORMAT, path, id);
  g_autofree char *item = g_strconcat (path, "/{id}", NULL);
  g_autoptr (SmTestAnswer) changed
      = sm_tour_tell (tour, "PATCH", one, json_object_get_int_member (made, "seq"), change);

  g_assert_cmpuint (changed->status, ==, 200);
  sm_tour_visit_item (tour, item);
  return id;
}

/* Whether somebody is reached where it is written down: the tour has SMS, and no voice. */
static void
try_contact (SmTour *tour)
{
  g_autoptr (JsonObject) contact = sm_tour_first_item (tour, SM_PATH_CONTACTS);
  g_autofree char *path = g_strdup_printf (SM_PATH_CONTACTS "/%" G_GINT64_FORMAT "/test",
                                           json_object_get_int_member (contact, "id"));
  g_autoptr (SmTestAnswer) sent
      = sm_test_service_send (tour->service, "POST", path, tour->admin, KEY ("f"),
                              "{\"channel\":\"sms\"}");
  g_autoptr (SmTestAnswer) unknown
      = sm_test_service_send (tour->service, "POST", path, tour->admin, KEY ("0"),
                              "{\"channel\":\"voice\"}");

  g_assert_cmpuint (sent->status, ==, 201);
  g_assert_cmpuint (unknown->status, ==, 422);
}

/* A template from a file, which the service hears of from beside it. */
static void
try_template (SmTour *tour, gint64 station_id, const char *planned_at)
{
  g_autofree char *file
      = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "checklist", "good.json", NULL);
  const char *const args[] = { "inspection-template", "add", file, NULL };
  g_autofree char *output = sm_test_service_command (tour->service, args, NULL);
  g_autoptr (JsonObject) template
      = sm_tour_wait_for (tour, "inspection_template", NULL);
  g_autofree char *round = g_strdup_printf (
      "{\"station_id\":%" G_GINT64_FORMAT ",\"template\":\"own\",\"template_id\":%"
      G_GINT64_FORMAT ",\"planned_at\":\"%s\"}",
      station_id, json_object_get_int_member (template, "id"), planned_at);

  sm_tour_visit_item (tour, SM_PATH_BASE "/inspection_templates/{id}");
  write_paper (tour, SM_PATH_INSPECTIONS, round, "{\"sort_score\":\"good\"}");
}

/* An inspection, a safety incident, a complaint, a certificate, a part. */
static void
test_papers (SmTour *tour, gconstpointer data)
{
  g_autoptr (JsonObject) station = sm_tour_first_item (tour, SM_PATH_STATIONS);
  g_autoptr (JsonObject) engineer = sm_tour_first_item (tour, SM_PATH_BASE "/engineers");
  gint64 station_id = json_object_get_int_member (station, "id"), id;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) before = g_date_time_add_days (now, -1);
  g_autoptr (GDateTime) after = g_date_time_add_days (now, 9);
  g_autofree char *from = g_date_time_format_iso8601 (before);
  g_autofree char *to = g_date_time_format_iso8601 (after);
  g_autofree char *round = g_strdup_printf (
      "{\"station_id\":%" G_GINT64_FORMAT ",\"template\":\"swap_station\",\"planned_at\":\"%s\"}",
      station_id, to);
  g_autofree char *what = g_strdup_printf (
      "{\"station_id\":%" G_GINT64_FORMAT ",\"kind\":\"near_miss\",\"level\":3,"
      "\"happened_at\":\"%s\",\"text\":\"滑倒\"}", station_id, from);
  g_autofree char *proof = g_strdup_printf (
      "{\"engineer_id\":%" G_GINT64_FORMAT ",\"kind\":\"fire_safety\",\"expires_at\":\"%s\"}",
      json_object_get_int_member (engineer, "id"), to);
  g_autofree char *said = g_strdup_printf (
      "{\"station_id\":%" G_GINT64_FORMAT ",\"complainant\":\"王师傅\",\"text\":\"久等\"}",
      station_id);
  g_autofree char *stock = g_strdup_printf (
      "{\"code\":\"XX-1\",\"name\":{\"en\":\"Fuse\"},\"quantity\":3,\"engineer_id\":%" G_GINT64_FORMAT
      "}", json_object_get_int_member (engineer, "id"));
  g_autofree char *remove = NULL;
  g_autoptr (SmTestAnswer) gone = NULL;
  g_autoptr (JsonObject) noted = NULL;
  g_autofree char *seen = NULL;

  write_paper (tour, SM_PATH_INSPECTIONS, round,
               "{\"sort_score\":\"good\",\"sort_note\":\"整齐\"}");
  try_template (tour, station_id, to);
  write_paper (tour, SM_PATH_INCIDENTS, what, "{\"cause\":\"油\"}");
  write_paper (tour, SM_PATH_COMPLAINTS, said, "{\"reason\":\"属实\",\"state\":\"upheld\"}");
  write_paper (tour, SM_PATH_PARTS, stock, "{\"quantity\":2,\"minimum\":1}");
  id = write_paper (tour, SM_PATH_CERTIFICATES, proof, "{\"number\":\"F-1\"}");
  write_paper (tour, SM_PATH_CONTACTS,
               "{\"person\":\"mia\",\"language\":\"zh-CN\",\"sms\":\"+86 138 0000 0007\"}",
               "{\"email\":\"mia@example.org\"}");
  try_contact (tour);
  remove = g_strdup_printf (SM_PATH_CERTIFICATES "/%" G_GINT64_FORMAT, id);
  noted = sm_tour_get_object (tour, remove);
  seen = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}",
                          json_object_get_int_member (noted, "seq"));
  g_free (remove);
  remove = g_strdup_printf (SM_PATH_CERTIFICATES "/%" G_GINT64_FORMAT SM_PATH_REMOVE, id);
  gone = sm_test_service_send (tour->service, "POST", remove, tour->admin, KEY ("d"), seen);
  g_assert_cmpuint (gone->status, ==, 200);
  sm_test_answer_free (g_steal_pointer (&gone));
  g_free (remove);
  g_free (seen);
  g_clear_pointer (&noted, json_object_unref);
  noted = sm_tour_first_item (tour, SM_PATH_CONTACTS);
  remove = g_strdup_printf (SM_PATH_CONTACTS "/%" G_GINT64_FORMAT SM_PATH_REMOVE,
                            json_object_get_int_member (noted, "id"));
  seen = g_strdup_printf ("{\"seen_seq\":%" G_GINT64_FORMAT "}",
                          json_object_get_int_member (noted, "seq"));
  gone = sm_test_service_send (tour->service, "POST", remove, tour->admin, KEY ("e"), seen);
  g_assert_cmpuint (gone->status, ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  SM_TOUR_ADD ("/contract/tour/command", test_command);
  SM_TOUR_ADD ("/contract/tour/window", test_window);
  SM_TOUR_ADD ("/contract/tour/desk", test_desk);
  SM_TOUR_ADD ("/contract/tour/pack", test_pack);
  SM_TOUR_ADD ("/contract/tour/telling", test_telling);
  SM_TOUR_ADD ("/contract/tour/work-order", test_work_order);
  SM_TOUR_ADD ("/contract/tour/guidance", test_guidance);
  SM_TOUR_ADD ("/contract/tour/papers", test_papers);
  return g_test_run ();
}
