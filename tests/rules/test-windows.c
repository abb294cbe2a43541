/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-fault-code.h"
#include "sm-faults.h"
#include "sm-window.h"
#include "sm-windows.h"

#include <math.h>

/* A network with two stations, and three persons who may agree to things. */
typedef struct
{
  Trade *trade;
  Fixture *f;
  SmActor *mia, *max; /* managers */
  SmActor *olga;      /* an operator: plans, and agrees to nothing */
  gint64 now;
} World;

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);

  w->trade = trade_new ();
  w->f = w->trade->fixture;
  w->mia = fixture_make_person (1, "manager", SM_SCOPE_ALL, 0);
  w->max = fixture_make_person (2, "manager", SM_SCOPE_ALL, 0);
  w->olga = fixture_make_person (3, "operator", SM_SCOPE_ALL, 0);
  w->now = sm_clock_now (w->f->network);
  return w;
}

static void
world_free (World *w)
{
  sm_actor_unref (w->mia);
  sm_actor_unref (w->max);
  sm_actor_unref (w->olga);
  trade_free (w->trade);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

typedef struct
{
  SmActor *actor;
  SmWindowPlan plan;
  gint64 id, ends_at;
  SmWindowAct act;
  const char *reason;
  char *key;
} Doing;

static gpointer
do_plan (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_windows_plan (rules, doing->actor, doing->key, &doing->plan, error);
}

static gpointer
do_act (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_windows_act (rules, doing->actor, doing->key, doing->id, doing->act, doing->ends_at,
                         doing->reason, NULL, error);
}

static SmWindowPlan
make_plan (const World *w,
           const char  *noun,
           gint64       id)
{
  return (SmWindowPlan){ noun, id, w->now, w->now + SM_HOUR, "new bearings", "medium",
                         "the lane stands; trucks go to S1", "all" };
}

static SmRow *
try_plan (World               *w,
          SmActor             *actor,
          const SmWindowPlan  *plan,
          GError             **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = actor, .plan = *plan, .key = key };

  return sm_rules_run_sync (w->f->rules, do_plan, &doing, error);
}

static SmRow *
try_act (World       *w,
         SmActor     *actor,
         gint64       id,
         SmWindowAct  act,
         gint64       ends_at,
         const char  *reason,
         GError     **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = actor, .id = id, .act = act, .ends_at = ends_at, .reason = reason,
                  .key = key };

  return sm_rules_run_sync (w->f->rules, do_act, &doing, error);
}

static void
assert_refused (World       *w,
                SmActor     *actor,
                gint64       id,
                SmWindowAct  act,
                gint64       ends_at,
                const char  *reason,
                const char  *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) window = try_act (w, actor, id, act, ends_at, reason, &error);

  g_assert_null (window);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

static void
assert_done (World       *w,
             SmActor     *actor,
             gint64       id,
             SmWindowAct  act,
             gint64       ends_at,
             const char  *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) window = try_act (w, actor, id, act, ends_at, reason, &error);

  g_assert_no_error (error);
  g_assert_nonnull (window);
}

static gpointer
do_find (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");

  return sm_feed_read_row (reader, system, sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW),
                           *(gint64 *) data, error);
}

static void
assert_state (World      *w,
              gint64      id,
              const char *state)
{
  g_autoptr (SmRow) window = sm_rules_read_sync (w->f->rules, do_find, &id, NULL);

  g_assert_nonnull (window);
  g_assert_cmpstr (sm_row_get_text (window, SM_WINDOW_STATE), ==, state);
}

/* Planned by one, agreed to by another, and open. */
static gint64
open_window (World               *w,
             const SmWindowPlan  *plan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) window = try_plan (w, w->mia, plan, &error);
  gint64 id;

  g_assert_no_error (error);
  id = sm_row_get_id (window);
  assert_done (w, w->max, id, SM_WINDOW_ACT_APPROVE, 0, NULL);
  fixture_pass (w->f, 1);
  assert_state (w, id, "open");
  return id;
}

typedef struct
{
  World *w;
  SmFaultReport fault;
} Saying;

static gpointer
do_say (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  Saying *saying = data;
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, saying->w->f->system, &saying->fault, 1, &result, error);
  return NULL;
}

static void
say (World      *w,
     SmNounId    noun,
     gint64      id,
     const char *code,
     gboolean    is_raised)
{
  Saying saying = { w, { .noun = noun, .id = id, .code = code, .is_raised = is_raised,
                         .at_us = sm_clock_now (w->f->network), .value = NAN,
                         .limit_value = NAN } };

  fixture_write (w->f, do_say, &saying);
  fixture_pass (w->f, 1);
}

/* Returns: (transfer full) (nullable): why that alarm is expected */
static char *
expected (World      *w,
          gint64      source_id,
          const char *code)
{
  g_autoptr (GPtrArray) alarms = fixture_alarms (w->f);

  for (guint i = 0; i < alarms->len; i++)
    if (sm_row_get_int (alarms->pdata[i], SM_ALARM_SOURCE_ID) == source_id
        && g_strcmp0 (sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE), code) == 0)
      return g_strdup (sm_row_get_text (alarms->pdata[i], SM_ALARM_SUPPRESSED_BY));
  g_error ("There is no %s of %d", code, (int) source_id);
}

static void
assert_expected (World      *w,
                 gint64      source_id,
                 const char *code,
                 const char *by)
{
  g_autofree char *why = expected (w, source_id, code);

  g_assert_cmpstr (why, ==, by);
}

/* --- its life --- */

static void
test_second_person (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "station", 1);
  g_autoptr (SmRow) window = try_plan (w, w->mia, &plan, NULL);
  gint64 id = sm_row_get_id (window);

  g_assert_cmpstr (sm_row_get_text (window, SM_WINDOW_STATE), ==, "planned");
  g_assert_cmpstr (sm_row_get_text (window, SM_WINDOW_SCOPE_LABEL), ==, "S0");
  g_assert_cmpint (sm_row_get_int (window, SM_WINDOW_STATION_ID), ==, 1);
  g_assert_cmpint (sm_row_get_int (window, SM_ROW_AREA_ID), ==, 7);
  fixture_pass (w->f, 60);
  assert_state (w, id, "planned");
  assert_refused (w, w->mia, id, SM_WINDOW_ACT_APPROVE, 0, NULL, "second-person-needed");
  assert_refused (w, w->olga, id, SM_WINDOW_ACT_APPROVE, 0, NULL, "permission-missing");
  assert_refused (w, w->max, id, SM_WINDOW_ACT_CLOSE, 0, "no", "window-state");
  assert_done (w, w->max, id, SM_WINDOW_ACT_APPROVE, 0, NULL);
  assert_refused (w, w->max, id, SM_WINDOW_ACT_APPROVE, 0, NULL, "window-approved-already");
  fixture_pass (w->f, 1);
  assert_state (w, id, "open");
  assert_refused (w, w->max, id, SM_WINDOW_ACT_CANCEL, 0, "late", "window-state");
}

/* What nobody agreed to does not take place; what was called off neither. */
static void
test_not_taking_place (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "station", 1), other = make_plan (w, "station", 2);
  g_autoptr (SmRow) window = try_plan (w, w->olga, &plan, NULL);
  g_autoptr (SmRow) second = try_plan (w, w->olga, &other, NULL);

  assert_refused (w, w->olga, 2, SM_WINDOW_ACT_CANCEL, 0, "  ", "invalid");
  assert_done (w, w->olga, 2, SM_WINDOW_ACT_CANCEL, 0, "rain");
  assert_state (w, 2, "cancelled");
  assert_refused (w, w->max, 2, SM_WINDOW_ACT_APPROVE, 0, NULL, "window-state");
  fixture_pass (w->f, 3601);
  assert_state (w, 1, "cancelled");
}

static void
assert_plan_refused (World               *w,
                     const SmWindowPlan  *plan,
                     const char          *slug,
                     const char          *pointer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) window = try_plan (w, w->mia, plan, &error);

  g_assert_null (window);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
  if (pointer != NULL)
    g_assert_nonnull (strstr (error->message, pointer));
}

static void
test_nonsense (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan good = make_plan (w, "station", 1), plan = good;
  gint64 id;

#define REFUSED(member, value, slug, pointer) \
  plan = good;                                \
  plan.member = value;                        \
  assert_plan_refused (w, &plan, slug, pointer)

  REFUSED (scope_noun, "moon", "invalid", "/scope_noun");
  REFUSED (scope_noun, "order", "invalid", "/scope_noun");
  REFUSED (scope_id, 99, "not-found", NULL);
  REFUSED (reason, " \n", "invalid", "/reason");
  REFUSED (reason, "\xff", "invalid", "/reason");
  REFUSED (risk, "none", "invalid", "/risk");
  REFUSED (risk_note, NULL, "invalid", "/risk_note");
  REFUSED (suppresses, "safety", "invalid", "/suppresses");
  REFUSED (ends_at, w->now, "window-in-the-past", NULL);
  REFUSED (ends_at, w->now + 15 * SM_DAY, "window-too-long", NULL);
  id = open_window (w, &good);
  REFUSED (starts_at, w->now + SM_MINUTE, "window-overlaps", NULL);
  REFUSED (scope_noun, NULL, "invalid", "/scope_noun");
  g_assert_cmpint (id, ==, 1);
#undef REFUSED
}

static void
put_order (World      *w,
           const char *number,
           gint64      ended_at,
           const char *abnormal)
{
  SmRow *order = trade_add_order (w->trade, number, 0, ended_at, 1000);

  sm_row_set_text (order, SM_ORDER_ABNORMAL, abnormal);
  trade_put (w->trade, sm_orders_put);
}

static void
test_closing (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "station", 1);
  gint64 id = open_window (w, &plan);
  g_autoptr (SmRow) window = NULL;

  fixture_pass (w->f, 40 * 60);
  put_order (w, "before", w->now + 2 * SM_MINUTE, NULL); /* began before it opened */
  put_order (w, "bad", w->now + 20 * SM_MINUTE, "not_positioned");
  assert_refused (w, w->olga, id, SM_WINDOW_ACT_CLOSE, 0, NULL, "window-not-proven");
  assert_refused (w, w->olga, id, SM_WINDOW_ACT_CLOSE, 0, "trust me", "permission-missing");
  put_order (w, "good", w->now + 30 * SM_MINUTE, NULL);
  assert_done (w, w->olga, id, SM_WINDOW_ACT_CLOSE, 0, NULL);
  window = sm_rules_read_sync (w->f->rules, do_find, &id, NULL);
  g_assert_cmpstr (sm_row_get_text (window, SM_WINDOW_PROOF), ==, "good");
  g_assert_cmpstr (sm_row_get_text (window, SM_WINDOW_ENDED_BY), ==, "person-3");
}

static void
test_closing_without_test (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "pile", 1);
  gint64 id;

  fixture_add_station (w->f, "S9", NULL, NULL);
  id = open_window (w, &plan);
  assert_refused (w, w->max, id, SM_WINDOW_ACT_CLOSE, 0, "   ", "invalid");
  assert_done (w, w->max, id, SM_WINDOW_ACT_CLOSE, 0, "no car came by");
  assert_state (w, id, "closed");
}

/* An area: each of its stations has to serve again. */
static void
test_area (void)
{
  g_autoptr (World) w = world_new ();
  SmRow *area = sm_row_new (sm_noun_get (SM_NOUN_AREA));
  SmRow *station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  SmWindowPlan plan;
  gint64 id;

  sm_row_set_text (area, SM_AREA_KIND, "city");
  sm_row_set_text (area, SM_AREA_NAME, "{\"en\":\"City\"}");
  plan = make_plan (w, "area", fixture_fill (w->f, area));
  sm_row_set_text (station, SM_STATION_SN, "IN");
  sm_row_set_int (station, SM_ROW_AREA_ID, plan.scope_id);
  sm_row_set_text (station, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  w->trade->stations[0] = fixture_fill (w->f, station);
  id = open_window (w, &plan);
  say (w, SM_NOUN_STATION, w->trade->stations[0], "station-door-open", TRUE);
  say (w, SM_NOUN_STATION, 2, "station-door-open", TRUE);
  assert_expected (w, w->trade->stations[0], "station-door-open", "window:1");
  assert_expected (w, 2, "station-door-open", NULL);
  assert_refused (w, w->mia, id, SM_WINDOW_ACT_CLOSE, 0, NULL, "window-not-proven");
  fixture_pass (w->f, 40 * 60);
  put_order (w, "good", w->now + 30 * SM_MINUTE, NULL);
  assert_done (w, w->mia, id, SM_WINDOW_ACT_CLOSE, 0, NULL);
}

static gint64
add_area (World  *w,
          gint64  parent_id)
{
  SmRow *area = sm_row_new (sm_noun_get (SM_NOUN_AREA));

  sm_row_set_text (area, SM_AREA_KIND, "city");
  sm_row_set_text (area, SM_AREA_NAME, "{\"en\":\"City\"}");
  if (parent_id != 0)
    sm_row_set_int (area, SM_AREA_PARENT_ID, parent_id);
  return fixture_fill (w->f, area);
}

static gint64
add_station (World      *w,
             const char *sn,
             gint64      area_id,
             gint64      operator_id)
{
  SmRow *station = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_text (station, SM_STATION_SN, sn);
  sm_row_set_int (station, SM_ROW_AREA_ID, area_id);
  sm_row_set_int (station, SM_ROW_OPERATOR_ID, operator_id);
  sm_row_set_text (station, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  return fixture_fill (w->f, station);
}

/* Nobody puts aside what is not theirs: neither another operator's, nor what lies in an
 * area that they do not see. */
static void
test_area_of_one (void)
{
  g_autoptr (World) w = world_new ();
  gint64 city = add_area (w, 0), part = add_area (w, city), town = add_area (w, 0),
         quarter = add_area (w, town);
  gint64 inner = add_station (w, "I", part, 1), others = add_station (w, "O", city, 2),
         own = add_station (w, "T", town, 1), below = add_station (w, "Q", quarter, 1);
  g_autoptr (SmScope) scope = sm_scope_new (SM_SCOPE_AREAS, &town, 1);
  SmWindowPlan of_city = make_plan (w, "area", city), of_town = make_plan (w, "area", town);
  gint64 id;

  sm_users_add (w->f->rules, w->f->system, w->mia->name, NULL, "manager", NULL, NULL, &id, NULL);
  open_window (w, &of_city);
  sm_actor_unref (w->mia);
  w->mia = fixture_make_person (4, "manager", SM_SCOPE_AREAS, town);
  sm_users_add (w->f->rules, w->f->system, w->mia->name, NULL, "manager", scope, NULL, &id, NULL);
  open_window (w, &of_town);
  say (w, SM_NOUN_STATION, inner, "station-door-open", TRUE);
  say (w, SM_NOUN_STATION, others, "station-door-open", TRUE);
  say (w, SM_NOUN_STATION, own, "station-door-open", TRUE);
  say (w, SM_NOUN_STATION, below, "station-door-open", TRUE);
  assert_expected (w, inner, "station-door-open", "window:1");
  assert_expected (w, others, "station-door-open", NULL);
  assert_expected (w, own, "station-door-open", "window:2");
  assert_expected (w, below, "station-door-open", NULL);
}

/* --- what is expected --- */

static void
test_expects (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "station", 1);
  gint64 id;

  say (w, SM_NOUN_STATION, 1, "station-humidity", TRUE);
  assert_expected (w, 1, "station-humidity", NULL);
  id = open_window (w, &plan);
  assert_expected (w, 1, "station-humidity", "window:1");
  say (w, SM_NOUN_STATION, 1, "grid-power-lost", TRUE);
  say (w, SM_NOUN_STATION, 1, "station-smoke", TRUE);
  say (w, SM_NOUN_STATION, 1, "swap-vehicle-without-pack", TRUE);
  say (w, SM_NOUN_STATION, 2, "grid-power-lost", TRUE);
  assert_expected (w, 1, "grid-power-lost", "window:1");
  assert_expected (w, 1, "station-smoke", NULL);
  assert_expected (w, 1, "swap-vehicle-without-pack", NULL);
  assert_expected (w, 2, "grid-power-lost", NULL);
  assert_done (w, w->mia, id, SM_WINDOW_ACT_CLOSE, 0, "all looked at");
  fixture_pass (w->f, 1);
  assert_expected (w, 1, "grid-power-lost", NULL);
  assert_expected (w, 1, "station-humidity", NULL);
}

static void
test_expects_only_minor (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "station", 1);

  plan.suppresses = "minor";
  open_window (w, &plan);
  say (w, SM_NOUN_STATION, 1, "grid-power-lost", TRUE);
  say (w, SM_NOUN_STATION, 1, "station-humidity", TRUE);
  assert_expected (w, 1, "grid-power-lost", NULL);
  assert_expected (w, 1, "station-humidity", "window:1");
}

/* A pile and its plug, but not the pile beside it. */
static void
test_expects_of_part (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "pile", 1);

  fixture_add_station (w->f, "S9", NULL, NULL);
  fixture_pass (w->f, 1);
  open_window (w, &plan);
  say (w, SM_NOUN_CONNECTOR, 1, "connector-cable-damaged", TRUE);
  say (w, SM_NOUN_CONNECTOR, 2, "connector-cable-damaged", TRUE);
  say (w, SM_NOUN_PILE, 1, "pile-fault", TRUE);
  assert_expected (w, 1, "connector-cable-damaged", "window:1");
  assert_expected (w, 2, "connector-cable-damaged", NULL);
  assert_expected (w, 1, "pile-fault", "window:1");
}

/* Whatever code, level, thing and window there is. */
static void
test_never_a_danger (void)
{
  g_autoptr (SmRow) window = sm_row_new (sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW));
  guint n, n_hidden = 0;
  const SmFaultCode *codes = sm_fault_code_list (&n);

  for (guint i = 0; i < n; i++)
    for (int level = 1; level <= 4; level++)
      for (guint s = 0; sm_window_suppressions[s] != NULL; s++)
        for (guint state = 0; sm_window_states[state] != NULL; state++)
          {
            g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

            sm_row_set_text (alarm, SM_ALARM_CODE, codes[i].code);
            sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, sm_noun_get (codes[i].noun)->name);
            sm_row_set_int (alarm, SM_ALARM_LEVEL, level);
            sm_row_set_text (window, SM_WINDOW_SUPPRESSES, sm_window_suppressions[s]);
            sm_row_set_text (window, SM_WINDOW_STATE, sm_window_states[state]);
            if (!sm_window_expects (window, alarm))
              continue;
            n_hidden++;
            g_assert_false (sm_alarm_is_safety (alarm));
            g_assert_cmpint (level, >, 1);
            g_assert_cmpuint (codes[i].noun, !=, SM_NOUN_BATTERY);
            g_assert_cmpstr (codes[i].code, !=, "area-silent");
            g_assert_cmpstr (codes[i].code, !=, "network-silent");
            g_assert_cmpuint (state, ==, SM_WINDOW_STATE_OPEN);
          }
  g_assert_cmpuint (n_hidden, >, 100);
}

/* --- its time is up --- */

static void
test_overran (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "station", 1);
  gint64 id = open_window (w, &plan);
  g_autoptr (GPtrArray) alarms = NULL;

  say (w, SM_NOUN_STATION, 1, "station-humidity", TRUE);
  assert_expected (w, 1, "station-humidity", "window:1");
  fixture_pass (w->f, 3600);
  fixture_pass (w->f, 1);
  assert_state (w, id, "overran");
  assert_expected (w, id, "window-overran", NULL);
  assert_expected (w, 1, "station-humidity", NULL);
  assert_refused (w, w->mia, id, SM_WINDOW_ACT_EXTEND, w->now + 3 * SM_HOUR, "rust",
                  "second-person-needed");
  assert_refused (w, w->max, id, SM_WINDOW_ACT_EXTEND, w->now + SM_HOUR, "rust",
                  "window-in-the-past");
  fixture_reopen (w->f);
  assert_done (w, w->max, id, SM_WINDOW_ACT_EXTEND, w->now + 3 * SM_HOUR, "rust");
  fixture_pass (w->f, 1);
  assert_state (w, id, "open");
  assert_expected (w, 1, "station-humidity", "window:1");
  alarms = fixture_alarms (w->f);
  for (guint i = 0; i < alarms->len; i++)
    if (g_strcmp0 (sm_row_get_text (alarms->pdata[i], SM_ALARM_CODE), "window-overran") == 0)
      g_assert_cmpstr (sm_row_get_text (alarms->pdata[i], SM_ALARM_STATE), ==, "returned_unacked");
}

/* --- the state of things --- */

static void
say_alive (World    *w,
           SmNounId  noun,
           gint64    id,
           guint     reported_at)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (noun));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, reported_at, sm_clock_now (w->f->network));
  fixture_say (w->f, row);
}

static gpointer
do_find_live (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");

  return sm_feed_read_live_row (reader, system, sm_noun_get (SM_NOUN_STATION), *(gint64 *) data,
                                error);
}

/* It sleeps, and is in a window for everybody; and when that is over it is expected. */
static void
test_silence_is_sleep (void)
{
  g_autoptr (World) w = world_new ();
  SmWindowPlan plan = make_plan (w, "station", 1);
  gint64 id = open_window (w, &plan), station = 1;
  g_autoptr (GPtrArray) alarms = NULL;
  g_autoptr (SmRow) asleep = NULL;

  say_alive (w, SM_NOUN_STATION, 1, SM_STATION_REPORTED_AT);
  for (guint i = 0; i < 30; i++)
    fixture_pass (w->f, 60);
  asleep = sm_rules_read_sync (w->f->rules, do_find_live, &station, NULL);
  g_assert_cmpstr (sm_row_get_text (asleep, SM_STATION_CONNECTION), ==, "asleep");
  g_assert_cmpstr (sm_row_get_text (asleep, SM_STATION_SERVICE), ==, "in_window");
  alarms = fixture_alarms (w->f);
  g_assert_cmpuint (alarms->len, ==, 0);
  assert_done (w, w->mia, id, SM_WINDOW_ACT_CLOSE, 0, "done");
  for (guint i = 0; i < 30; i++)
    fixture_pass (w->f, 60);
  assert_expected (w, 1, "station-silent", NULL);
}

static void
test_parent_silent (void)
{
  g_autoptr (World) w = world_new ();
  gint64 station = fixture_add_station (w->f, "S9", NULL, NULL);

  fixture_pass (w->f, 1);
  say_alive (w, SM_NOUN_STATION, station, SM_STATION_REPORTED_AT);
  say (w, SM_NOUN_CONNECTOR, 1, "pile-communication", TRUE);
  assert_expected (w, 1, "pile-communication", NULL);
  for (guint i = 0; i < 30; i++)
    fixture_pass (w->f, 60);
  assert_expected (w, station, "station-silent", NULL);
  assert_expected (w, 1, "pile-communication", "parent-silent");
  say_alive (w, SM_NOUN_STATION, station, SM_STATION_REPORTED_AT);
  fixture_pass (w->f, 1);
  fixture_pass (w->f, 1);
  assert_expected (w, 1, "pile-communication", NULL);
}

static gpointer
do_set_state (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_set_text (row, SM_STATION_SN, "S0");
  sm_row_set_text (row, SM_STATION_STATE, data);
  g_assert_true (sm_registry_upsert (rules, system, row, SM_STATION_SN, &id, &outcome, error));
  return NULL;
}

static void
test_not_in_operation (void)
{
  g_autoptr (World) w = world_new ();

  fixture_write (w->f, do_set_state, (gpointer) "commissioning");
  say (w, SM_NOUN_STATION, 1, "station-humidity", TRUE);
  say (w, SM_NOUN_STATION, 1, "station-smoke", TRUE);
  assert_expected (w, 1, "station-humidity", "station-not-in-operation");
  assert_expected (w, 1, "station-smoke", NULL);
  fixture_write (w->f, do_set_state, (gpointer) "operating");
  fixture_pass (w->f, 1);
  assert_expected (w, 1, "station-humidity", NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/windows/second-person", test_second_person);
  g_test_add_func ("/rules/windows/not-taking-place", test_not_taking_place);
  g_test_add_func ("/rules/windows/nonsense", test_nonsense);
  g_test_add_func ("/rules/windows/closing", test_closing);
  g_test_add_func ("/rules/windows/closing-without-test", test_closing_without_test);
  g_test_add_func ("/rules/windows/area", test_area);
  g_test_add_func ("/rules/windows/area-as-far-as-it-is-theirs", test_area_of_one);
  g_test_add_func ("/rules/windows/expects", test_expects);
  g_test_add_func ("/rules/windows/expects-only-minor", test_expects_only_minor);
  g_test_add_func ("/rules/windows/expects-of-part", test_expects_of_part);
  g_test_add_func ("/rules/windows/never-a-danger", test_never_a_danger);
  g_test_add_func ("/rules/windows/overran", test_overran);
  g_test_add_func ("/rules/windows/silence-is-sleep", test_silence_is_sleep);
  g_test_add_func ("/rules/suppress/parent-silent", test_parent_silent);
  g_test_add_func ("/rules/suppress/not-in-operation", test_not_in_operation);
  return g_test_run ();
}
