/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tour.h"

#include "sm-noun.h"
#include "sm-uuid.h"

#include <string.h>

SmTestAnswer *
sm_tour_get (SmTour *tour, const char *path)
{
  SmTestAnswer *answer = sm_test_service_send (tour->service, "GET", path, tour->admin, NULL, NULL);

  if (answer->status != 200)
    g_error ("GET %s: %u %s", path, answer->status, answer->body);
  return answer;
}

JsonObject *
sm_tour_get_object (SmTour *tour, const char *path)
{
  g_autoptr (SmTestAnswer) answer = sm_tour_get (tour, path);

  return sm_test_answer_object (answer);
}

/* The first that is there and goes on: alarms of the network's past are over. */
static JsonObject *
find_live (JsonArray *changes)
{
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i), *data;

      if (!json_object_has_member (change, "data"))
        continue;
      data = json_object_get_object_member (change, "data");
      if (g_strcmp0 (json_object_get_string_member_with_default (data, "state", NULL), "normal") != 0)
        return json_object_ref (data);
    }
  return NULL;
}

/* Follows the feed of one kind until there is something, doing @nudge between
 * the rounds.  Returns the first change's data. */
JsonObject *
sm_tour_wait_for (SmTour *tour, const char *kind, void (*nudge) (SmTour *tour))
{
  guint limit = g_str_equal (kind, "alarm") ? 1000 : 1;
  g_autofree char *path = g_strdup_printf (SM_PATH_CHANGES "?limit=%u&kinds=%s", limit, kind);

  for (guint i = 0; i < SM_TOUR_MOST_ROUNDS; i++)
    {
      g_autoptr (JsonObject) page = sm_tour_get_object (tour, path);
      JsonObject *found = find_live (json_object_get_array_member (page, "changes"));

      if (found != NULL)
        return found;
      if (nudge != NULL)
        nudge (tour);
      g_free (path);
      path = g_strdup_printf (SM_PATH_CHANGES "?limit=%u&kinds=%s&wait=1&since=%s", limit, kind,
                              json_object_get_string_member (page, "cursor"));
    }
  g_error ("no %s came", kind);
}

/* The service listens before its demo network is there. */
static void
wait_for_network (SmTour *tour)
{
  for (guint n = 0; n < SM_N_NOUNS; n++)
    if (n != SM_NOUN_ALARM && n != SM_NOUN_COMMAND && n != SM_NOUN_MAINTENANCE_WINDOW
        && n != SM_NOUN_ROSTER_ENTRY && n != SM_NOUN_HANDOVER
        && n != SM_NOUN_WORK_ORDER && n != SM_NOUN_PROBLEM_RECORD && n != SM_NOUN_PART
        && n != SM_NOUN_CERTIFICATE && n != SM_NOUN_GUIDANCE && n != SM_NOUN_INSPECTION
        && n != SM_NOUN_SAFETY_INCIDENT && n != SM_NOUN_CONTACT
        && n != SM_NOUN_COMPLAINT && n != SM_NOUN_CHECKLIST
        && !sm_noun_get (n)->is_history)
      json_object_unref (sm_tour_wait_for (tour, sm_noun_get (n)->name, NULL));
}

void
sm_tour_set_up (SmTour *tour, gconstpointer data)
{
  /* A drill, so that there is a step of one too. */
  const char *scenario = g_test_get_filename (G_TEST_DIST, "end-to-end", "tour.json", NULL);
  const char *telling = g_test_get_filename (G_TEST_DIST, "end-to-end", "tour-telling.ini", NULL);
  const char *const args[] = { "--drill", scenario, "--seed", "1", "--telling", telling,
                               SM_TEST_YOUNG, NULL };

  tour->service = sm_test_service_new (args);
  sm_test_service_add_user (tour->service, "ada", "administrator", SM_TOUR_PASSWORD);
  sm_test_service_add_user (tour->service, "mia", "manager", SM_TOUR_PASSWORD);
  tour->gateway = sm_test_service_add_gateway (tour->service, "trucks");
  sm_test_service_run (tour->service);
  tour->admin = sm_test_service_sign_in (tour->service, "ada", SM_TOUR_PASSWORD);
  tour->contract = sm_tour_get_object (tour, SM_PATH_OPENAPI);
  wait_for_network (tour);
}

void
sm_tour_tear_down (SmTour *tour, gconstpointer data)
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
has_items (SmTour *tour, const char *collection)
{
  g_autofree char *path = g_strconcat (collection, "?limit=1", NULL);
  g_autoptr (JsonObject) page = sm_tour_get_object (tour, path);

  return json_array_get_length (json_object_get_array_member (page, "items")) > 0;
}

/* The first item of a collection; what has none fails. */
JsonObject *
sm_tour_first_item (SmTour *tour, const char *collection)
{
  g_autofree char *path = g_strconcat (collection, "?limit=1", NULL);
  g_autoptr (JsonObject) page = sm_tour_get_object (tour, path);
  JsonArray *items = json_object_get_array_member (page, "items");

  if (json_array_get_length (items) == 0)
    g_error ("%s is empty", collection);
  return json_object_ref (json_array_get_object_element (items, 0));
}

void
sm_tour_visit_item (SmTour *tour, const char *template)
{
  g_autofree char *collection = g_strndup (template, strlen (template) - strlen ("/{id}"));
  g_autoptr (JsonObject) item = NULL;
  g_autoptr (JsonObject) alone = NULL;
  g_autoptr (SmTestAnswer) head = NULL;
  g_autofree char *path = NULL;
  gint64 id;

  if (is_history (collection) && !has_items (tour, collection))
    return;
  item = sm_tour_first_item (tour, collection);
  id = json_object_get_int_member (item, "id");
  path = g_strdup_printf ("%s/%" G_GINT64_FORMAT, collection, id);
  alone = sm_tour_get_object (tour, path);
  head = sm_test_service_send (tour->service, "HEAD", path, tour->admin, NULL, NULL);
  g_assert_cmpint (json_object_get_int_member (alone, "id"), ==, id);
  g_assert_cmpuint (head->status, ==, 200);
}

/* Until something happens to a command: a second at most.  @cursor: (inout) (transfer full) */
void
sm_tour_wait_a_round (SmTour *tour, char **cursor)
{
  g_autofree char *path
      = *cursor == NULL
            ? g_strdup (SM_PATH_CHANGES "?kinds=command&wait=1")
            : g_strdup_printf (SM_PATH_CHANGES "?kinds=command&wait=1&since=%s", *cursor);
  g_autoptr (JsonObject) changes = sm_tour_get_object (tour, path);

  g_free (*cursor);
  *cursor = g_uri_escape_string (json_object_get_string_member (changes, "cursor"), NULL, FALSE);
}

SmTestAnswer *
sm_tour_tell_as (SmTour *tour,
                 const char *token,
                 const char *method,
                 const char *path,
                 gint64 seen,
                 const char *body)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *headers = g_strdup_printf (IF_MATCH "Idempotency-Key: %s\r\n%s", seen, key,
                                              g_str_equal (method, "PATCH") ? MERGE_PATCH : "");

  return sm_test_service_send (tour->service, method, path, token, headers, body);
}

SmTestAnswer *
sm_tour_tell (SmTour *tour, const char *method, const char *path, gint64 seen, const char *body)
{
  return sm_tour_tell_as (tour, tour->admin, method, path, seen, body);
}

gint64
sm_tour_seq_of (SmTestAnswer *answer)
{
  g_autoptr (JsonObject) row = sm_test_answer_object (answer);

  g_assert_cmpuint (answer->status / 100, ==, 2);
  return json_object_get_int_member (row, "seq");
}
