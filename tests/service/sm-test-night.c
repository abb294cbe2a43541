/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-night.h"

#include <string.h>

#include "sm-orders.h"
#include "sm-paths.h"
#include "sm-stations.h"
#include "sm-time.h"
#include "sm-users.h"
#include "sm-uuid.h"

/* --- what there is --- */

/** sm_night_fill: @row: (transfer full). In the writer's thread. Returns: its id */
gint64
sm_night_fill (SmRules *rules,
               SmActor *actor,
               SmRow   *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (rows, row);
  sm_registry_fill (rules, actor, rows, &error);
  g_assert_no_error (error);
  return sm_row_get_id (row);
}

/** sm_night_add_station: In the writer's thread. Returns: its id */
gint64
sm_night_add_station (SmRules *rules,
                      SmActor *actor,
                      guint    index)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("N-%02u", index));
  sm_row_take_text (row, SM_STATION_NAME, sm_name_new ("Night", "夜"));
  sm_row_set_text (row, SM_STATION_KIND, "swap");
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_real (row, SM_STATION_LATITUDE, 22.5 + index * 0.01);
  sm_row_set_real (row, SM_STATION_LONGITUDE, 114.1);
  return sm_night_fill (rules, actor, row);
}

/** sm_night_add_equipment: In the writer's thread. Returns: its id */
gint64
sm_night_add_equipment (SmRules    *rules,
                        SmActor    *actor,
                        gint64      station_id,
                        guint       number,
                        const char *kind)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));

  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, station_id);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, kind);
  sm_row_take_text (row, SM_EQUIPMENT_SN,
                    g_strdup_printf ("E-%" G_GINT64_FORMAT "-%u", station_id, number));
  sm_row_take_text (row, SM_EQUIPMENT_NAME, sm_name_new ("Part", "设备"));
  return sm_night_fill (rules, actor, row);
}

static gpointer
put_swap (SmRules       *rules,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const SmRow *swap = data;
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_ptr_array_add (rows, (gpointer) swap);
  sm_orders_put (rules, actor, rows, error);
  return NULL;
}

/** sm_night_swap: A good swap of that time, as a station says it. */
void
sm_night_swap (SmTestServer *server,
               const char   *number,
               gint64        station_id,
               gint64        started_at,
               gint64        ended_at)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_ORDER));
  g_autoptr (GError) error = NULL;

  sm_row_set_text (row, SM_ORDER_NUMBER, number);
  sm_row_set_text (row, SM_ORDER_KIND, "swap");
  sm_row_set_text (row, SM_ORDER_PROCESS, "completed");
  sm_row_set_int (row, SM_ORDER_STATION_ID, station_id);
  sm_row_set_int (row, SM_ORDER_CREATED_AT, started_at);
  sm_row_set_int (row, SM_ORDER_STARTED_AT, started_at);
  sm_row_set_int (row, SM_ORDER_ENDED_AT, ended_at);
  sm_row_set_int (row, SM_ORDER_ENERGY_WH, 250000);
  sm_rules_run_sync (server->rules, put_swap, row, &error);
  g_assert_no_error (error);
}

/** sm_night_post: Returns: (transfer full): what the service answers to something new */
JsonObject *
sm_night_post (SmTestServer *server,
               const char   *token,
               const char   *path,
               const char   *body,
               guint         status)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *headers = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (server->client, "POST", path, token, headers, body);

  if (answer->status != status)
    g_error ("%s %s: %u %s", path, body, answer->status, answer->body);
  return sm_test_answer_object (answer);
}

/** sm_night_say_fault: A gateway says of equipment that it is broken now, or not any more. */
void
sm_night_say_fault (SmTestServer *server,
                    gint64        equipment_id,
                    const char   *code,
                    gboolean      is_raised)
{
  g_autofree char *at = sm_time_to_rfc3339 (sm_clock_now (server->network));
  g_autofree char *body = g_strdup_printf (
      "{\"reports\":[{\"scheme\":\"stationmaster\",\"noun\":\"equipment\",\"id\":%" G_GINT64_FORMAT
      ",\"at\":\"%s\",\"code\":\"%s\",\"cleared\":%s}]}",
      equipment_id, at, code, is_raised ? "false" : "true");
  g_autoptr (JsonObject) said = sm_test_service_post (server->client, SM_PATH_INGEST_FAULTS,
                                                      server->gateway, NULL, body);

  g_assert_cmpint (json_object_get_int_member (said, "accepted"), ==, 1);
}

/** sm_night_add_person: @organisation_id: 0: of none.  Returns: (transfer full): a token of somebody new */
char *
sm_night_add_person (SmTestServer *server,
                     const char   *name,
                     const char   *role,
                     gint64        organisation_id)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GError) error = NULL;

  all->organisation_id = organisation_id;
  sm_users_add (server->rules, actor, name, name, role, all, SM_TEST_PASSWORD, NULL, &error);
  g_assert_no_error (error);
  return sm_test_server_sign_in (server, name);
}

/* --- the oracle --- */

/*
 * Each clock of an order is computed anew from what happened to it, step by step as its timeline
 * has it, and from when what broke really broke and served again; then it is held against what
 * the service says of the order.
 */

#define RESPONSE_US (15 * SM_MINUTE)

typedef struct
{
  gint64 at, claimed_at;
  const char *event, *text, *person;
  gboolean is_of_engineer;
} Step;

/* What follows from the timeline. */
typedef struct
{
  gint64 restore_due;
  gint64 created, spoken, accepted, responded, arrived, completed, confirmed;
  gboolean is_owned;
  guint refusals, escalations, voids;
  gint64 heard_at;         /* since when nobody owns it and nobody else has heard of it */
  gint64 warned[3];        /* at 50, 80 and 100 % of the response */
} Oracle;

static gint64
time_of (JsonObject *object,
         const char *name)
{
  const char *text = json_object_get_null_member (object, name)
                         ? NULL : json_object_get_string_member (object, name);
  gint64 at = SM_UNKNOWN;

  if (text != NULL)
    g_assert_true (sm_time_from_rfc3339 (text, &at, NULL));
  return at;
}

static const char *
text_of (JsonObject *object,
         const char *name)
{
  return json_object_get_null_member (object, name) ? NULL
                                                    : json_object_get_string_member (object, name);
}

/* --- the timeline --- */

static void
respond (Oracle *oracle,
         gint64  at)
{
  if (oracle->responded == SM_UNKNOWN && oracle->accepted != SM_UNKNOWN
      && oracle->spoken != SM_UNKNOWN)
    oracle->responded = at;
}

static void
lose (Oracle *oracle,
      gint64  at)
{
  if (oracle->is_owned)
    oracle->heard_at = at;
  oracle->is_owned = FALSE;
  oracle->accepted = SM_UNKNOWN;
}

static void
hear (Oracle       *oracle,
      SmNightJudge *judge,
      gint64        at)
{
  if (!oracle->is_owned)
    judge->longest_alone = MAX (judge->longest_alone, at - oracle->heard_at);
  oracle->heard_at = at;
}

static void
take_escalation (Oracle       *oracle,
                 SmNightJudge *judge,
                 const Step   *step)
{
  const char *whom = oracle->escalations % 2 == 0 ? judge->next_in_line : judge->answers;

  g_assert_cmpstr (step->text, ==, whom);
  oracle->escalations++;
  if (!oracle->is_owned)
    {
      hear (oracle, judge, step->at);
      return;
    }
  /* Who has it has not spoken with anybody in all that time, or it does not serve yet. */
  g_assert_cmpint (step->at, >=, oracle->responded == SM_UNKNOWN ? oracle->created + RESPONSE_US
                                                                  : oracle->restore_due);
}

static void
take_warning (Oracle     *oracle,
              const Step *step)
{
  static const char *const texts[] = { "response 50", "response 80", "response 100" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (step->text, texts[i]) == 0)
      {
        g_assert_cmpint (oracle->warned[i], ==, SM_UNKNOWN);
        oracle->warned[i] = step->at;
      }
}

static void
take_step (Oracle       *oracle,
           SmNightJudge *judge,
           const Step   *step)
{
  if (g_str_equal (step->event, "create"))
    oracle->created = oracle->heard_at = step->at;
  else if (g_str_equal (step->event, "speak"))
    oracle->spoken = step->at;
  else if (g_str_equal (step->event, "accept") && step->is_of_engineer)
    {
      hear (oracle, judge, step->at);
      oracle->is_owned = TRUE;
      oracle->accepted = step->at;
    }
  else if (g_str_equal (step->event, "assign"))
    lose (oracle, step->at);
  else if (g_str_equal (step->event, "refuse"))
    {
      oracle->refusals++;
      lose (oracle, step->at);
    }
  else if (g_str_equal (step->event, "escalate"))
    take_escalation (oracle, judge, step);
  else if (g_str_equal (step->event, "warn"))
    take_warning (oracle, step);
  else if (g_str_equal (step->event, "recur"))
    oracle->voids++;
  else if (g_str_equal (step->event, "arrive"))
    oracle->arrived = step->at;
  else if (g_str_equal (step->event, "complete"))
    oracle->completed = step->at;
  else if (g_str_equal (step->event, "reject"))
    oracle->completed = SM_UNKNOWN;
  else if (g_str_equal (step->event, "confirm"))
    oracle->confirmed = step->at;
  respond (oracle, step->at);
}

/* What was said from where no phone is heard: with when it was, and when it came. */
static void
check_claim (const SmNightOrder *order,
             SmNightJudge       *judge,
             const Step         *step)
{
  gint64 real = g_str_equal (step->event, "arrive")     ? order->arrived
                : g_str_equal (step->event, "complete") ? order->completed
                                                        : SM_UNKNOWN;

  if (real == SM_UNKNOWN)
    return;
  g_assert_cmpint (step->claimed_at, ==, real);
  g_assert_cmpint (step->at, >, real);
  judge->n_claimed++;
}

static void
read_timeline (SmTestServer       *server,
               const char         *token,
               SmNightJudge       *judge,
               const SmNightOrder *order,
               Oracle             *oracle)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT
                                           SM_PATH_TIMELINE, order->id);
  g_autoptr (JsonObject) answer = sm_test_service_get (server->client, path, token);
  JsonArray *items = json_object_get_array_member (answer, "items");
  gint64 last = 0;

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);
      Step step = { .at = time_of (item, "at"), .claimed_at = time_of (item, "claimed_at"),
                    .event = text_of (item, "event"), .text = text_of (item, "text"),
                    .person = text_of (item, "person"),
                    .is_of_engineer = !json_object_get_null_member (item, "reference") };

      g_assert_cmpint (step.at, >=, last);
      last = step.at;
      take_step (oracle, judge, &step);
      check_claim (order, judge, &step);
    }
}

/* --- against what the service says --- */

static void
check_times (const SmNightOrder *order,
             const Oracle       *oracle,
             JsonObject         *row)
{
  gint64 close_due = order->restored != SM_UNKNOWN ? order->restored + 24 * SM_HOUR : SM_UNKNOWN;
  const struct
  {
    const char *name;
    gint64 expected;
  } times[] = {
    { "first_sign_at", order->first_sign },
    { "created_at", oracle->created },
    { "responded_at", oracle->responded },
    { "restored_at", order->restored },
    { "confirmed_at", oracle->confirmed },
    { "arrived_at", oracle->arrived },
    { "completed_at", oracle->completed },
    { "response_due_at", oracle->created + RESPONSE_US },
    { "restore_due_at", order->first_sign + 12 * SM_HOUR },
    { "close_due_at", close_due },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    if (time_of (row, times[i].name) != times[i].expected)
      g_error ("%s: %s is %.3f s off what the timeline says",
               json_object_get_string_member (row, "number"), times[i].name,
               (double) (time_of (row, times[i].name) - times[i].expected) / 1e6);
}

/* How soon there was an order of it; of what came back as the same alarm, since it was seen. */
static void
check_report (const SmNightOrder *order,
              const Oracle       *oracle,
              JsonObject         *row)
{
  gint64 from = time_of (row, "report_due_at") - 3 * SM_MINUTE;

  if (order->sign == order->first_sign)
    g_assert_cmpint (from, ==, order->sign);
  g_assert_cmpint (from, >=, order->sign);
  g_assert_cmpint (from, <=, order->sign + SM_NIGHT_STEP_US);
  g_assert_cmpint (oracle->created - order->sign, <=, SM_NIGHT_STEP_US);
}

static void
check_numbers (const SmNightOrder *order,
               const Oracle       *oracle,
               JsonObject         *row)
{
  g_assert_cmpint (json_object_get_int_member (row, "refusals"), ==, oracle->refusals);
  g_assert_cmpint (json_object_get_int_member (row, "escalations"), ==, oracle->escalations);
  g_assert_cmpint (json_object_get_int_member (row, "restore_voids"), ==, order->voids);
}

/* Said when half, four fifths and all of the time were up, with the next tick or the one behind
 * it, unless somebody responded before. */
static void
check_warnings (const Oracle       *oracle,
                SmNightJudge       *judge)
{
  static const gint64 marks[] = { RESPONSE_US / 2, RESPONSE_US / 10 * 8, RESPONSE_US };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      gint64 due = oracle->created + marks[i];
      gint64 until = oracle->responded != SM_UNKNOWN ? oracle->responded : judge->now;

      if (until < due)
        {
          g_assert_cmpint (oracle->warned[i], ==, SM_UNKNOWN);
          continue;
        }
      if (until < due + 2 * SM_NIGHT_STEP_US)
        continue;
      g_assert_cmpint (oracle->warned[i], >=, due);
      g_assert_cmpint (oracle->warned[i], <=, due + 2 * SM_NIGHT_STEP_US);
      judge->n_warnings++;
    }
}

/** sm_night_judge: Holds what the service says of an order against what happened to it. */
void
sm_night_judge (SmTestServer *server,
                const char   *token,
                SmNightJudge *self,
                SmNightOrder *order)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT, order->id);
  g_autoptr (JsonObject) row = sm_test_service_get (server->client, path, token);
  Oracle oracle = { order->first_sign + 12 * SM_HOUR, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                    SM_UNKNOWN, .warned = { SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN } };

  read_timeline (server, token, self, order, &oracle);
  check_times (order, &oracle, row);
  check_numbers (order, &oracle, row);
  check_warnings (&oracle, self);
  check_report (order, &oracle, row);
  if (!oracle.is_owned)
    hear (&oracle, self, self->now);
  order->escalations = oracle.escalations;
  self->n_orders++;
  self->n_late += oracle.responded - oracle.created > RESPONSE_US;
  self->n_escalations += oracle.escalations;
  self->n_refusals += oracle.refusals;
  self->n_voids += order->voids;
  self->n_confirmed += oracle.confirmed != SM_UNKNOWN;
}
