/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"
#include "sm-diversions.h"
#include "sm-guidances.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-test-full.h"
#include "sm-verb-private.h"
#include "sm-work-order.h"

#include <math.h>

#define N_TRUCKS 5
#define N_BAYS 3 /* of each station */

/* A station that has nothing, with trucks on their way to it, and two others with a pack in
 * each bay. */
typedef struct
{
  Fixture *f;
  SmActor *dora, *gateway;
  gint64 from, stations[2], bays[2][N_BAYS], packs[2][N_BAYS], trucks[N_TRUCKS], own[N_TRUCKS];
} World;

static gpointer
do_put (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmRow *row = data;

  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  if (!sm_rules_begin (rules, error))
    return NULL;
  g_assert_true (sm_verb_put (rules, row, NULL, error));
  sm_rules_commit (rules, error);
  return NULL;
}

static gint64
put (Fixture *f, SmRow *record)
{
  g_autoptr (SmRow) row = record;

  fixture_write (f, do_put, row);
  return sm_row_get_id (row);
}

static gint64
put_station (World *w, const char *sn, double latitude)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_text (row, SM_STATION_SN, sn);
  sm_row_set_text (row, SM_STATION_NAME, "{\"en\":\"S\"}");
  sm_row_set_text (row, SM_STATION_KIND, "swap");
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  sm_row_set_real (row, SM_STATION_LATITUDE, latitude);
  sm_row_set_real (row, SM_STATION_LONGITUDE, 114.0);
  sm_row_set_int (row, SM_STATION_PILE_COUNT, 0);
  sm_row_set_int (row, SM_STATION_CREATED_AT, FIXTURE_START);
  return put (w->f, row);
}

static gint64
put_pack (World *w, gint64 model, const char *sn)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));

  sm_row_set_text (row, SM_BATTERY_SN, sn);
  sm_row_set_int (row, SM_BATTERY_BATTERY_MODEL_ID, model);
  sm_row_set_text (row, SM_BATTERY_FITNESS, "serviceable");
  return put (w->f, row);
}

static gint64
put_model (World *w)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_BATTERY_MODEL));
  gint64 model;

  sm_row_set_text (row, SM_BATTERY_MODEL_CODE, "HD282");
  sm_row_set_text (row, SM_BATTERY_MODEL_NAME, "{\"en\":\"HD\"}");
  sm_row_set_int (row, SM_BATTERY_MODEL_NOMINAL_WH, 282000);
  sm_row_set_real (row, SM_BATTERY_MODEL_READY_SOC, 90);
  model = put (w->f, row);
  row = sm_row_new (sm_noun_get (SM_NOUN_COMPATIBILITY));
  sm_row_set_text (row, SM_COMPATIBILITY_VEHICLE_MODEL, "T6");
  sm_row_set_int (row, SM_COMPATIBILITY_BATTERY_MODEL_ID, model);
  put (w->f, row);
  return model;
}

static void
put_parts (World *w, gint64 model)
{
  for (guint s = 0; s < G_N_ELEMENTS (w->stations); s++)
    {
      g_autofree char *sn = g_strdup_printf ("S%u", s + 1);
      SmRow *lane = sm_row_new (sm_noun_get (SM_NOUN_LANE));

      w->stations[s] = put_station (w, sn, 22.5 + 0.1 * s);
      sm_row_set_int (lane, SM_LANE_STATION_ID, w->stations[s]);
      sm_row_set_int (lane, SM_LANE_NUMBER, 1);
      put (w->f, lane);
      for (guint b = 0; b < N_BAYS; b++)
        {
          g_autofree char *pack = g_strdup_printf ("P%u%u", s, b);
          SmRow *bay = sm_row_new (sm_noun_get (SM_NOUN_BAY));

          sm_row_set_int (bay, SM_BAY_STATION_ID, w->stations[s]);
          sm_row_set_int (bay, SM_BAY_NUMBER, b + 1);
          w->bays[s][b] = put (w->f, bay);
          w->packs[s][b] = put_pack (w, model, pack);
        }
    }
}

static void
put_trucks (World *w, gint64 model)
{
  for (guint i = 0; i < N_TRUCKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("T%u", i);
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

      sm_row_set_text (row, SM_VEHICLE_PLATE, name);
      sm_row_set_text (row, SM_VEHICLE_VIN, name);
      sm_row_set_text (row, SM_VEHICLE_MODEL, "T6");
      sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
      w->trucks[i] = put (w->f, row);
      w->own[i] = put_pack (w, model, name);
    }
}

static void
say_station (World *w, guint s, const char *connection)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, w->stations[s]);
  sm_row_set_text (row, SM_STATION_CONNECTION, connection);
  sm_row_set_int (row, SM_STATION_REPORTED_AT, sm_clock_now (w->f->network));
  fixture_say (w->f, row);
}

static void
say_bay (World *w, guint s, guint b, const char *state, gint64 pack)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_BAY));

  sm_row_set_int (row, SM_ROW_ID, w->bays[s][b]);
  sm_row_set_text (row, SM_BAY_STATE, state);
  sm_row_set_int (row, SM_BAY_BATTERY_ID, pack);
  sm_row_set_real (row, SM_BAY_SOC, pack != SM_UNKNOWN ? 95 : NAN);
  sm_row_set_int (row, SM_BAY_REPORTED_AT, sm_clock_now (w->f->network));
  fixture_say (w->f, row);
}

static void
say_truck (World *w, guint i, gint64 station, guint8 queue, gint64 range_m)
{
  SmVehicleReport report;
  g_auto (SmIngestResult) result = { 0 };

  sm_vehicle_report_init (&report);
  report.vehicle_id = w->trucks[i];
  report.at_us = sm_clock_now (w->f->network);
  report.latitude = 22.55;
  report.longitude = 114.0;
  report.battery_id = w->own[i];
  report.range_m = range_m;
  report.station_id = station;
  report.queue = queue;
  report.queue_since = report.at_us;
  result = fixture_ingest (w->f, w->f->system, &report, 1);
  g_assert_cmpuint (result.accepted, ==, 1);
}

/* What all of them say, and three seconds. */
static void
go_on (World *w)
{
  for (guint s = 0; s < G_N_ELEMENTS (w->stations); s++)
    say_station (w, s, "online");
  for (guint i = 0; i < 3; i++)
    fixture_pass (w->f, 1);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);
  gint64 model;

  w->f = fixture_new ();
  w->dora = fixture_make_person (7, "dispatcher", SM_SCOPE_ALL, 0);
  w->gateway = sm_actor_new (SM_ACTOR_DEVICE, 9, "trucks", "trucks", "",
                             sm_scope_new (SM_SCOPE_ALL, NULL, 0), 0);
  model = put_model (w);
  put_parts (w, model);
  w->from = put_station (w, "S0", 22.56);
  put_trucks (w, model);
  fixture_pass (w->f, 3);
  for (guint s = 0; s < G_N_ELEMENTS (w->stations); s++)
    for (guint b = 0; b < N_BAYS; b++)
      say_bay (w, s, b, "ready", w->packs[s][b]);
  for (guint i = 0; i < N_TRUCKS; i++)
    say_truck (w, i, w->from, SM_QUEUE_INBOUND, 60000);
  go_on (w);
  return w;
}

static void
world_free (World *w)
{
  sm_actor_unref (w->dora);
  sm_actor_unref (w->gateway);
  fixture_free (w->f);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* --- verbs --- */

typedef struct
{
  World *w;
  SmActor *actor;
  char *key;
  SmGuidanceRequest wanted;
  gint64 id;
  SmGuidanceEvent event;
  SmGuidanceAct said;
  const char *state, *reason;
  SmRow *row;
  GError *error;
} Verb;

static gpointer
do_offer (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Verb *verb = data;

  verb->row = sm_guidances_offer (rules, verb->actor, verb->key, &verb->wanted, &verb->error);
  return NULL;
}

static gpointer
do_act (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Verb *verb = data;
  g_autoptr (SmRow) current = NULL;

  verb->row = sm_guidances_act (rules, verb->actor, verb->key, verb->id, verb->event, &verb->said,
                                &current, &verb->error);
  return NULL;
}

static gpointer
do_answer (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Verb *verb = data;

  verb->row = sm_guidances_answer (rules, verb->w->gateway, verb->id, verb->state, verb->reason,
                                   &verb->error);
  return NULL;
}

/* Returns: (transfer full) (nullable): the row; else with @slug of the refusal */
static SmRow *
run (World *w, SmRulesFunc func, Verb *verb, const char **slug)
{
  g_autofree char *key = sm_uuid_new_v7 (sm_clock_now (w->f->machine));
  g_autoptr (GError) error = NULL;

  verb->w = w;
  if (verb->actor == NULL)
    verb->actor = w->dora;
  verb->key = key;
  fixture_write (w->f, func, verb);
  error = g_steal_pointer (&verb->error);
  g_assert_true ((verb->row == NULL) == (error != NULL));
  if (slug != NULL)
    *slug = error != NULL ? g_intern_string (sm_error_get_slug (error)) : NULL;
  else
    g_assert_no_error (error);
  return verb->row;
}

static SmRow *
offer (World *w, guint truck, gint64 pack, gboolean sends, const char **slug)
{
  Verb verb = { .wanted = { w->trucks[truck], w->from, pack, sends, FALSE, NULL } };

  return run (w, do_offer, &verb, slug);
}

static SmRow *
act (World *w, gint64 id, SmGuidanceEvent event, const char *outcome, const char **slug)
{
  Verb verb = { .id = id, .event = event, .said = { outcome, "said so", "rain" } };

  return run (w, do_act, &verb, slug);
}

static SmRow *
answer (World *w, gint64 id, const char *state, const char **slug)
{
  Verb verb = { .id = id, .state = state, .reason = "too far" };

  return run (w, do_answer, &verb, slug);
}

static gpointer
do_read (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmRow *row = NULL;

  sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_GUIDANCE),
                   *(gint64 *) data, &row, error);
  return row;
}

static void
assert_state (World *w, gint64 id, const char *state)
{
  g_autoptr (SmRow) row = fixture_write (w->f, do_read, &id);

  g_assert_cmpstr (sm_row_get_text (row, SM_GUIDANCE_STATE), ==, state);
  g_assert_true (sm_row_is_null (row, SM_GUIDANCE_ENDED_AT) == sm_guidance_is_open (row));
}

static void
assert_lapse (World *w, gint64 id, const char *why)
{
  g_autoptr (SmRow) row = fixture_write (w->f, do_read, &id);

  g_assert_cmpstr (sm_row_get_text (row, SM_GUIDANCE_STATE), ==, "lapsed");
  g_assert_cmpstr (sm_row_get_text (row, SM_GUIDANCE_LAPSE_BY), ==, why);
}

static gpointer
do_divert (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  World *w = data;

  return sm_diversions_find (rules, w->dora, w->from, error);
}

static gpointer
do_fetch (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_guidances_fetch (rules, ((World *) data)->gateway, error);
}

/* --- its life --- */

static void
test_life (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) row = offer (w, 0, SM_UNKNOWN, FALSE, NULL);
  gint64 id = sm_row_get_id (row), eta;
  g_autoptr (GPtrArray) none = fixture_write (w->f, do_fetch, w);
  g_autoptr (GPtrArray) sent = NULL;
  g_autoptr (SmRow) accepted = NULL;
  g_autoptr (SmRow) there = NULL;

  g_assert_cmpstr (sm_row_get_text (row, SM_GUIDANCE_PLATE), ==, "T0");
  g_assert_cmpstr (sm_row_get_text (row, SM_GUIDANCE_STATE), ==, "proposed");
  g_assert_cmpint (sm_row_get_int (row, SM_GUIDANCE_STATION_ID), !=, w->from);
  g_assert_cmpuint (none->len, ==, 0);
  sm_row_unref (act (w, id, SM_GUIDANCE_SEND, NULL, NULL));
  sent = fixture_write (w->f, do_fetch, w);
  g_assert_cmpuint (sent->len, ==, 1);
  sm_row_unref (answer (w, id, "delivered", NULL));
  fixture_pass (w->f, 20);
  accepted = answer (w, id, "accepted", NULL);
  sm_row_unref (answer (w, id, "accepted", NULL));
  eta = sm_row_get_int (accepted, SM_GUIDANCE_ETA);
  g_assert_cmpint (eta, ==, sm_row_get_int (accepted, SM_GUIDANCE_ANSWERED_AT)
                                + sm_row_get_int (row, SM_GUIDANCE_TRAVEL_S) * SM_SECOND);
  g_assert_cmpint (sm_row_get_int (accepted, SM_GUIDANCE_DUE_AT), ==, eta + SM_GUIDANCE_ARRIVE_US);
  g_assert_cmpstr (sm_row_get_text (accepted, SM_GUIDANCE_ANSWERED_BY), ==, "truck");
  say_truck (w, 0, sm_row_get_int (row, SM_GUIDANCE_STATION_ID), SM_QUEUE_WAITING, 40000);
  fixture_pass (w->f, 1);
  assert_state (w, id, "arrived");
  there = fixture_write (w->f, do_read, &id);
  g_assert_cmpint (sm_row_get_int (there, SM_GUIDANCE_ARRIVED_AT), ==,
                   sm_row_get_int (there, SM_GUIDANCE_ENDED_AT));
}

/* What nobody answers becomes a call, and what is said on the phone the answer. */
static void
test_call (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) first = offer (w, 0, SM_UNKNOWN, TRUE, NULL);
  g_autoptr (SmRow) second = offer (w, 1, SM_UNKNOWN, TRUE, NULL);
  g_autoptr (SmRow) called = NULL;
  const char *slug;
  gint64 id = sm_row_get_id (first), other = sm_row_get_id (second);

  sm_row_unref (answer (w, id, "delivered", NULL));
  fixture_pass (w->f, SM_GUIDANCE_DELIVER_US / (double) SM_SECOND);
  assert_state (w, other, "no_answer"); /* it never got there */
  assert_state (w, id, "delivered");
  fixture_pass (w->f, 61);
  assert_state (w, id, "no_answer");
  sm_row_unref (act (w, id, SM_GUIDANCE_CALL, "unreachable", NULL));
  assert_state (w, id, "no_answer");
  called = act (w, id, SM_GUIDANCE_CALL, "accepted", NULL);
  g_assert_cmpint (sm_row_get_int (called, SM_GUIDANCE_CALLS), ==, 2);
  g_assert_cmpstr (sm_row_get_text (called, SM_GUIDANCE_CALLED_BY), ==, w->dora->name);
  g_assert_cmpstr (sm_row_get_text (called, SM_GUIDANCE_ANSWERED_BY), ==, "call");
  assert_state (w, id, "accepted");
  sm_row_unref (act (w, other, SM_GUIDANCE_CALL, "refused", NULL));
  assert_state (w, other, "refused");
  g_assert_null (act (w, other, SM_GUIDANCE_CALL, "accepted", &slug));
  g_assert_cmpstr (slug, ==, "guidance-state");
  g_assert_null (act (w, id, SM_GUIDANCE_CALL, "perhaps", &slug));
  g_assert_cmpstr (slug, ==, "invalid");
}

/* What was wanted too long ago sends nobody; what was said on the phone then was said. */
static void
test_late (void)
{
  g_autoptr (World) w = world_new ();
  gint64 now = sm_clock_now (w->f->network), long_ago = now - SM_GUIDANCE_SEND_US - SM_SECOND;
  Verb rescue = { .wanted = { w->trucks[0], w->from, SM_UNKNOWN, FALSE, TRUE, NULL, long_ago } };
  Verb offered = { .wanted = { w->trucks[0], w->from, SM_UNKNOWN, FALSE, FALSE, NULL,
                               now - SM_GUIDANCE_SEND_US + SM_MINUTE } };
  Verb sent = { .event = SM_GUIDANCE_SEND, .said = { .claimed_at = long_ago } };
  Verb withdrawn = { .event = SM_GUIDANCE_WITHDRAW, .said = { .claimed_at = long_ago } };
  g_autoptr (SmRow) row = NULL;
  const char *slug;

  g_assert_null (run (w, do_offer, &rescue, &slug));
  g_assert_cmpstr (slug, ==, "guidance-late");
  row = run (w, do_offer, &offered, NULL);
  sent.id = withdrawn.id = sm_row_get_id (row);
  g_assert_null (run (w, do_act, &sent, &slug));
  g_assert_cmpstr (slug, ==, "guidance-late");
  assert_state (w, sent.id, "proposed");
  sm_row_unref (run (w, do_act, &withdrawn, NULL));
  assert_state (w, sent.id, "withdrawn");
}

/* Each state has its time, also over the end of the service. */
static void
test_clock (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) unsent = offer (w, 0, SM_UNKNOWN, FALSE, NULL);
  g_autoptr (SmRow) silent = offer (w, 1, SM_UNKNOWN, TRUE, NULL);
  g_autoptr (SmRow) late = offer (w, 2, SM_UNKNOWN, TRUE, NULL);

  sm_row_unref (answer (w, sm_row_get_id (late), "accepted", NULL));
  fixture_reopen (w->f);
  fixture_pass (w->f, SM_GUIDANCE_SEND_US / (double) SM_SECOND);
  assert_lapse (w, sm_row_get_id (unsent), "not_sent");
  assert_state (w, sm_row_get_id (silent), "no_answer");
  fixture_pass (w->f, SM_GUIDANCE_CALL_US / (double) SM_SECOND);
  assert_lapse (w, sm_row_get_id (silent), "no_answer");
  assert_state (w, sm_row_get_id (late), "accepted");
  fixture_pass (w->f, SM_GUIDANCE_ARRIVE_US / (double) SM_SECOND);
  assert_lapse (w, sm_row_get_id (late), "not_arrived");
}

/* --- nothing twice --- */

static void
test_held (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) first = offer (w, 0, SM_UNKNOWN, TRUE, NULL);
  g_autoptr (GArray) left = fixture_write (w->f, do_divert, w);
  gint64 pack = sm_row_get_int (first, SM_GUIDANCE_BATTERY_ID);
  g_autoptr (SmRow) freed = NULL;
  const char *slug;

  g_assert_cmpuint (left->len, ==, N_TRUCKS - 1);
  for (guint i = 0; i < left->len; i++)
    {
      g_assert_cmpint (g_array_index (left, SmDiversion, i).battery_id, !=, pack);
      g_assert_cmpint (g_array_index (left, SmDiversion, i).vehicle_id, !=, w->trucks[0]);
    }
  g_assert_null (offer (w, 0, SM_UNKNOWN, TRUE, &slug));
  g_assert_cmpstr (slug, ==, "guidance-open");
  g_assert_null (offer (w, 1, pack, TRUE, &slug));
  g_assert_cmpstr (slug, ==, "guidance-pack-gone");
  sm_row_unref (act (w, sm_row_get_id (first), SM_GUIDANCE_WITHDRAW, NULL, NULL));
  freed = offer (w, 1, pack, TRUE, NULL);
  g_assert_cmpint (sm_row_get_int (freed, SM_GUIDANCE_BATTERY_ID), ==, pack);
}

/* What it refused is not offered again, and what is left is none. */
static void
test_refused (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) first = offer (w, 0, SM_UNKNOWN, TRUE, NULL);
  g_autoptr (SmRow) second = NULL;
  const char *slug;

  sm_row_unref (answer (w, sm_row_get_id (first), "refused", NULL));
  second = offer (w, 0, SM_UNKNOWN, TRUE, NULL);
  g_assert_cmpint (sm_row_get_int (second, SM_GUIDANCE_STATION_ID), !=,
                   sm_row_get_int (first, SM_GUIDANCE_STATION_ID));
  sm_row_unref (answer (w, sm_row_get_id (second), "refused", NULL));
  g_assert_null (offer (w, 0, SM_UNKNOWN, TRUE, &slug));
  g_assert_cmpstr (slug, ==, "guidance-no-pack");
}

/* Nobody drives on to what is not there. */
static void
test_gone (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) row = offer (w, 0, w->packs[0][0], TRUE, NULL);

  sm_row_unref (answer (w, sm_row_get_id (row), "accepted", NULL));
  say_bay (w, 0, 0, "empty", SM_UNKNOWN);
  w->own[1] = w->packs[0][0]; /* another truck drives about with it */
  say_truck (w, 1, SM_UNKNOWN, SM_ENUM_UNKNOWN, 60000);
  go_on (w);
  assert_lapse (w, sm_row_get_id (row), "pack_gone");
}

/* --- somebody goes to it --- */

static gpointer
do_read_orders (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);

  return sm_service_list (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_WORK_ORDER), all,
                          -1, NULL, 0, 100, error);
}

static SmRow *
ask_rescue (World *w, guint truck, SmActor *actor, const char **slug)
{
  Verb verb = { .actor = actor,
                .wanted = { w->trucks[truck], w->from, SM_UNKNOWN, FALSE, TRUE, "no range" } };

  return run (w, do_offer, &verb, slug);
}

static void
test_rescue (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) open = offer (w, 1, SM_UNKNOWN, TRUE, NULL);
  g_autoptr (SmRow) row = NULL;
  g_autoptr (SmRow) asked = NULL;
  g_autoptr (SmRow) again = NULL;
  g_autoptr (GPtrArray) orders = NULL;

  say_truck (w, 0, w->from, SM_QUEUE_INBOUND, 4000);
  row = offer (w, 0, SM_UNKNOWN, TRUE, NULL);
  g_assert_cmpstr (sm_row_get_text (row, SM_GUIDANCE_STATE), ==, "rescue");
  g_assert_true (sm_row_is_null (row, SM_GUIDANCE_BATTERY_ID));
  again = ask_rescue (w, 0, NULL, NULL); /* one truck, one rescue */
  g_assert_cmpint (sm_row_get_id (again), ==, sm_row_get_id (row));
  g_assert_cmpint (sm_row_get_int (again, SM_GUIDANCE_WORK_ORDER_ID), ==,
                   sm_row_get_int (row, SM_GUIDANCE_WORK_ORDER_ID));
  asked = ask_rescue (w, 1, NULL, NULL);
  g_assert_cmpstr (sm_row_get_text (asked, SM_GUIDANCE_STATE), ==, "rescue");
  assert_state (w, sm_row_get_id (open), "withdrawn");
  orders = fixture_write (w->f, do_read_orders, NULL);
  g_assert_cmpuint (orders->len, ==, 2);
  g_assert_cmpstr (sm_row_get_text (orders->pdata[0], SM_WORK_ORDER_KIND), ==, "rescue");
  g_assert_cmpint (sm_row_get_int (orders->pdata[1], SM_WORK_ORDER_VEHICLE_ID), ==, w->trucks[1]);
  g_assert_cmpint (sm_row_get_id (orders->pdata[1]), ==,
                   sm_row_get_int (asked, SM_GUIDANCE_WORK_ORDER_ID));
}

static void
test_refusals (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) guest = fixture_make_person (8, "engineer", SM_SCOPE_ALL, 0);
  const char *slug;
  Verb verb = { .actor = guest,
                .wanted = { w->trucks[0], w->from, SM_UNKNOWN, FALSE, FALSE, NULL } };
  Verb nowhere = { .wanted = { w->trucks[0], 4711, SM_UNKNOWN, FALSE, FALSE, NULL } };
  Verb other = { .wanted = { w->trucks[0], w->stations[0], SM_UNKNOWN, FALSE, FALSE, NULL } };

  g_assert_null (run (w, do_offer, &verb, &slug));
  g_assert_cmpstr (slug, ==, "permission-missing");
  g_assert_null (run (w, do_offer, &nowhere, &slug));
  g_assert_cmpstr (slug, ==, "invalid");
  g_assert_null (run (w, do_offer, &other, &slug));
  g_assert_cmpstr (slug, ==, "guidance-not-coming");
  say_truck (w, 0, w->from, SM_QUEUE_INBOUND, SM_UNKNOWN);
  g_assert_null (offer (w, 0, SM_UNKNOWN, TRUE, &slug));
  g_assert_cmpstr (slug, ==, "guidance-unknown-range");
}

/* --- whatever comes --- */

static gpointer
do_list_all (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);

  return sm_service_list (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_GUIDANCE), all, -1,
                          NULL, 0, 10000, error);
}

/* From what was written, not from what the service has in memory. */
static void
assert_nothing_twice (World *w)
{
  g_autoptr (GPtrArray) rows = fixture_write (w->f, do_list_all, NULL);
  g_autoptr (GHashTable) trucks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) packs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) left = fixture_write (w->f, do_divert, w);

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 truck = sm_row_get_int (rows->pdata[i], SM_GUIDANCE_VEHICLE_ID);
      gint64 pack = sm_row_get_int (rows->pdata[i], SM_GUIDANCE_BATTERY_ID);

      if (!sm_guidance_is_open (rows->pdata[i]))
        continue;
      g_assert_true (g_hash_table_add (trucks, g_memdup2 (&truck, sizeof truck)));
      g_assert_true (g_hash_table_add (packs, g_memdup2 (&pack, sizeof pack)));
      g_assert_true (sm_row_is_null (rows->pdata[i], SM_GUIDANCE_ENDED_AT));
    }
  for (guint i = 0; i < left->len; i++)
    {
      const SmDiversion *of = &g_array_index (left, SmDiversion, i);

      g_assert_false (g_hash_table_contains (trucks, &of->vehicle_id));
      g_assert_false (of->battery_id != SM_UNKNOWN
                      && g_hash_table_contains (packs, &of->battery_id));
    }
}

static void
step (World *w, GRand *rand, gint64 last)
{
  static const char *const answers[] = { "delivered", "accepted", "refused", "arrived", "sent" };
  static const char *const calls[] = { "accepted", "refused", "unreachable", "?" };
  guint truck = (guint) g_rand_int_range (rand, 0, N_TRUCKS);
  guint s = (guint) g_rand_int_range (rand, 0, 2), b = (guint) g_rand_int_range (rand, 0, N_BAYS);
  gint64 id = last > 0 ? g_rand_int_range (rand, 1, (int) last + 1) : 1;
  g_autoptr (SmRow) row = NULL;
  const char *slug;

  fixture_pass (w->f, 1);
  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0: case 1: case 2:
      row = offer (w, truck, g_rand_boolean (rand) ? SM_UNKNOWN : w->packs[s][b],
                   g_rand_boolean (rand), &slug);
      break;
    case 3:
      row = act (w, id, (SmGuidanceEvent) g_rand_int_range (rand, 0, SM_GUIDANCE_WITHDRAW + 1),
                 calls[g_rand_int_range (rand, 0, 4)], &slug);
      break;
    case 4: case 5:
      row = answer (w, id, answers[g_rand_int_range (rand, 0, 5)], &slug);
      break;
    case 6:
      say_bay (w, s, b, g_rand_boolean (rand) ? "ready" : "reserved", w->packs[s][b]);
      break;
    case 7:
      fixture_pass (w->f, g_rand_int_range (rand, 1, 400));
      go_on (w);
      break;
    default:
      say_truck (w, truck, g_rand_boolean (rand) ? w->from : w->stations[s],
                 (guint8) g_rand_int_range (rand, SM_QUEUE_INBOUND, SM_QUEUE_IN_LANE + 1), 60000);
      go_on (w);
    }
}

static void
test_never_twice (void)
{
  guint n = 0;

  for (guint seed = 0; seed < sm_test_times (100); seed++)
    {
      g_autoptr (World) w = world_new ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      gint64 last = 0;

      g_test_message ("seed %u", seed);
      for (guint i = 0; i < 40; i++)
        {
          g_autoptr (GPtrArray) rows = NULL;

          step (w, rand, last);
          assert_nothing_twice (w);
          rows = fixture_write (w->f, do_list_all, NULL);
          last = rows->len > 0 ? sm_row_get_id (rows->pdata[rows->len - 1]) : 0;
          if (i == 20)
            fixture_reopen (w->f);
        }
      n += (guint) last;
    }
  g_assert_cmpuint (n, >, 3 * sm_test_times (100)); /* something was promised at all */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/guidances/life", test_life);
  g_test_add_func ("/rules/guidances/call", test_call);
  g_test_add_func ("/rules/guidances/clock", test_clock);
  g_test_add_func ("/rules/guidances/late", test_late);
  g_test_add_func ("/rules/guidances/held", test_held);
  g_test_add_func ("/rules/guidances/refused", test_refused);
  g_test_add_func ("/rules/guidances/gone", test_gone);
  g_test_add_func ("/rules/guidances/rescue", test_rescue);
  g_test_add_func ("/rules/guidances/refusals", test_refusals);
  g_test_add_func ("/rules/guidances/never-twice", test_never_twice);
  return g_test_run ();
}
