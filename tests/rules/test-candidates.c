/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

#include "sm-candidates.h"
#include "sm-live-private.h"
#include "sm-rules-private.h"
#include "sm-work-forecasts.h"

#include <math.h>

/* A broken station, and people of whom the register, the roster and what they report know. */
typedef struct
{
  Fixture *f;
  SmActor *mia;
  gint64 station, point, agent, other_point;
  gint64 now;
} World;

static SmRow *
make (SmNounId noun)
{
  return sm_row_new (sm_noun_get (noun));
}

static gint64
add_point (World  *w,
           double  latitude,
           gint64  organisation)
{
  SmRow *row = make (SM_NOUN_SERVICE_POINT);

  sm_row_take_text (row, SM_SERVICE_POINT_NAME, sm_name_new ("Point", "点"));
  sm_row_set_real (row, SM_SERVICE_POINT_LATITUDE, latitude);
  sm_row_set_real (row, SM_SERVICE_POINT_LONGITUDE, 114.0);
  sm_row_set_int (row, SM_SERVICE_POINT_RADIUS_M, 10000);
  sm_row_set_int (row, SM_SERVICE_POINT_ORGANISATION_ID, organisation);
  return fixture_fill (w->f, row);
}

static gint64
add_organisation (World      *w,
                  const char *kind)
{
  SmRow *row = make (SM_NOUN_ORGANISATION);

  sm_row_take_text (row, SM_ORGANISATION_NAME, sm_name_new ("Firm", "公司"));
  sm_row_set_text (row, SM_ORGANISATION_KIND, kind);
  sm_row_set_text (row, SM_ORGANISATION_STATE, "approved");
  return fixture_fill (w->f, row);
}

static gint64
add_named_station (World      *w,
                   const char *sn)
{
  SmRow *row = make (SM_NOUN_STATION);

  sm_row_set_text (row, SM_STATION_SN, sn);
  sm_row_take_text (row, SM_STATION_NAME, sm_name_new ("Station", "站"));
  sm_row_set_text (row, SM_STATION_KIND, "swap");
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_text (row, SM_STATION_TIME_ZONE, "Asia/Shanghai");
  sm_row_set_real (row, SM_STATION_LATITUDE, 22.5);
  sm_row_set_real (row, SM_STATION_LONGITUDE, 114.0);
  sm_row_set_int (row, SM_STATION_PILE_COUNT, 0);
  sm_row_set_int (row, SM_STATION_CREATED_AT, w->now);
  return fixture_fill (w->f, row);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);

  w->f = fixture_new ();
  w->mia = fixture_make_person (1, "manager", SM_SCOPE_ALL, 0);
  w->now = sm_clock_now (w->f->network);
  w->station = add_named_station (w, "S1");
  w->agent = add_organisation (w, "agent");
  w->point = add_point (w, 22.6, add_organisation (w, "operator"));
  w->other_point = add_point (w, 23.0, w->agent);
  return w;
}

static void
world_free (World *w)
{
  sm_actor_unref (w->mia);
  fixture_free (w->f);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* Somebody at a point, with all skills that are asked for here. */
static gint64
add_engineer (World      *w,
              const char *name,
              gint64      point,
              gint64      organisation)
{
  SmRow *row = make (SM_NOUN_ENGINEER);

  sm_row_set_text (row, SM_ENGINEER_NAME, name);
  sm_row_set_text (row, SM_ENGINEER_PERSON, name);
  sm_row_set_text (row, SM_ENGINEER_SKILLS, "swap_robot,cooling");
  sm_row_set_int (row, SM_ENGINEER_SERVICE_POINT_ID, point);
  if (organisation != 0)
    sm_row_set_int (row, SM_ENGINEER_ORGANISATION_ID, organisation);
  return fixture_fill (w->f, row);
}

static void
say (World      *w,
     gint64      id,
     const char *duty,
     double      latitude)
{
  g_autoptr (SmRow) row = make (SM_NOUN_ENGINEER);

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, SM_ENGINEER_DUTY, duty);
  sm_row_set_real (row, SM_ENGINEER_LATITUDE, latitude);
  sm_row_set_real (row, SM_ENGINEER_LONGITUDE, 114.0);
  sm_row_set_int (row, SM_ENGINEER_REPORTED_AT, w->now);
  fixture_say (w->f, row);
}

static void
certify (World      *w,
         gint64      id,
         const char *kind,
         gint64      expires_at)
{
  SmRow *row = make (SM_NOUN_CERTIFICATE);

  sm_row_set_int (row, SM_CERTIFICATE_ENGINEER_ID, id);
  sm_row_set_text (row, SM_CERTIFICATE_KIND, kind);
  sm_row_set_int (row, SM_CERTIFICATE_EXPIRES_AT, expires_at);
  fixture_fill (w->f, row);
}

static void
stock (World      *w,
       const char *code,
       guint       whose,
       gint64      id)
{
  SmRow *row = make (SM_NOUN_PART);

  sm_row_set_text (row, SM_PART_CODE, code);
  sm_row_take_text (row, SM_PART_NAME, sm_name_new ("Part", "件"));
  sm_row_set_int (row, SM_PART_QUANTITY, 1);
  sm_row_set_int (row, whose, id);
  fixture_fill (w->f, row);
}

static void
enrol (World      *w,
       const char *name,
       gint64      from_s,
       gint64      to_s)
{
  SmRow *row = make (SM_NOUN_ROSTER_ENTRY);

  sm_row_set_int (row, SM_ROSTER_ENTRY_DESK_ID, 1);
  sm_row_set_text (row, SM_ROSTER_ENTRY_PERSON, name);
  sm_row_set_int (row, SM_ROSTER_ENTRY_FROM_AT, w->now + from_s * SM_SECOND);
  sm_row_set_int (row, SM_ROSTER_ENTRY_TO_AT, w->now + to_s * SM_SECOND);
  fixture_fill (w->f, row);
}

static SmRow *
make_order (World      *w,
            const char *number,
            int         level)
{
  static const guint counters[] = { SM_WORK_ORDER_RESPONSE_WARNED, SM_WORK_ORDER_RESTORE_VOIDS,
                                    SM_WORK_ORDER_RESTORE_WARNED,  SM_WORK_ORDER_CLOSE_WARNED,
                                    SM_WORK_ORDER_REFUSALS,        SM_WORK_ORDER_HELD_S,
                                    SM_WORK_ORDER_REJECTIONS,      SM_WORK_ORDER_URGES,
                                    SM_WORK_ORDER_ESCALATIONS,     SM_WORK_ORDER_IS_PINNED,
                                    SM_WORK_ORDER_IS_WARRANTY,     SM_WORK_ORDER_PHOTOS };
  SmRow *row = make (SM_NOUN_WORK_ORDER);

  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    sm_row_set_int (row, counters[i], 0);
  sm_row_set_text (row, SM_WORK_ORDER_NUMBER, number);
  sm_row_set_text (row, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "unaccepted");
  sm_row_set_int (row, SM_WORK_ORDER_STATE_SINCE, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, level);
  sm_row_set_int (row, SM_WORK_ORDER_ALARM_COUNT, 1);
  sm_row_set_int (row, SM_WORK_ORDER_STATION_ID, w->station);
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, w->now);
  sm_row_set_int (row, SM_WORK_ORDER_REPORT_DUE_AT, w->now + 3 * SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_RESPONSE_DUE_AT, w->now + 15 * SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_RESTORE_DUE_AT, w->now + 12 * SM_HOUR);
  sm_row_set_text (row, SM_WORK_ORDER_SKILL, "swap_robot");
  return row;
}

static gpointer
do_rank (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  const gpointer *asked = data;

  return sm_candidates_rank (reader, asked[0], *(const gint64 *) asked[1], error);
}

static gpointer
do_assign (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_candidates_assign (reader, data, error);
}

static SmCandidates *
rank (World   *w,
      SmActor *actor,
      gint64   order)
{
  g_autoptr (GError) error = NULL;
  gpointer asked[] = { actor, &order };
  SmCandidates *all = sm_rules_read_sync (w->f->rules, do_rank, asked, &error);

  g_assert_no_error (error);
  return all;
}

static const SmDispatchCandidate *
find (const SmCandidates *all,
      gint64              engineer)
{
  for (guint i = 0; i < all->ranks->len; i++)
    {
      const SmDispatchCandidate *candidate
          = &g_array_index (all->ranks, SmDispatchCandidate, i);

      if (sm_row_get_id (all->engineers->pdata[candidate->engineer]) == engineer)
        return candidate;
    }
  g_assert_not_reached ();
}

/* Whoever speaks again and again is known where they are also while a second is not over. */
static void
test_just_said (void)
{
  g_autoptr (World) w = world_new ();
  gint64 near = add_engineer (w, "near", w->point, 0), id;

  id = fixture_fill (w->f, make_order (w, "W1", 2));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SmCandidates) all = NULL;

      say (w, near, "on_duty", 22.5);
      all = rank (w, w->mia, id);
      g_assert_cmpuint (find (all, near)->bars, ==, 0);
      fixture_pass (w->f, 1.0);
      w->now = sm_clock_now (w->f->network);
    }
}

/* What the register, the roster and the people say comes out as ranks and reasons. */
static void
test_ranks (void)
{
  g_autoptr (World) w = world_new ();
  gint64 near = add_engineer (w, "near", w->point, 0);
  gint64 later = add_engineer (w, "later", w->point, 0);
  gint64 expired = add_engineer (w, "expired", w->point, 0);
  gint64 foreign = add_engineer (w, "foreign", w->other_point, w->agent);
  gint64 absent = add_engineer (w, "absent", w->point, 0);
  SmRow *order = make_order (w, "W1", 2);
  g_autoptr (SmCandidates) all = NULL;
  gint64 id;

  sm_row_set_text (order, SM_WORK_ORDER_CERTIFICATE, "high_voltage");
  sm_row_set_text (order, SM_WORK_ORDER_PARTS, "belt motor");
  sm_row_set_text (order, SM_WORK_ORDER_REFUSED_BY, "absent");
  sm_row_set_int (order, SM_WORK_ORDER_REFUSALS, 1);
  id = fixture_fill (w->f, order);
  say (w, near, "on_duty", 22.55);
  say (w, expired, "on_duty", 22.5);
  say (w, foreign, "on_duty", 22.5);
  say (w, absent, "off_duty", 22.5);
  enrol (w, "later", 1800, 9 * 3600);
  certify (w, near, "high_voltage", w->now + SM_DAY);
  certify (w, later, "high_voltage", w->now + SM_DAY);
  certify (w, expired, "high_voltage", w->now - SM_DAY);
  certify (w, foreign, "working_at_height", w->now + SM_DAY);
  stock (w, "belt", SM_PART_ENGINEER_ID, near);
  stock (w, "motor", SM_PART_SERVICE_POINT_ID, w->point);

  all = rank (w, w->mia, id);
  g_assert_cmpuint (all->ranks->len, ==, 5);
  g_assert_true (find (all, near) == &g_array_index (all->ranks, SmDispatchCandidate, 0));
  g_assert_cmpuint (find (all, near)->bars, ==, 0);
  g_assert_cmpint (find (all, near)->shift_s, ==, 0);
  g_assert_cmpint (find (all, near)->part_s, >, 0); /* the motor lies at the point */
  g_assert_cmpint (find (all, near)->part_s, <, 2 * 3600);
  g_assert_cmpuint (find (all, later)->bars, ==, 0);
  g_assert_cmpint (find (all, later)->shift_s, ==, 1800);
  g_assert_cmpint (find (all, later)->part_s, ==, all->plan.part_delay_s); /* no belt */
  g_assert_true (find (all, later)->is_late);
  g_assert_cmpuint (find (all, expired)->bars, ==, SM_DISPATCH_BAR_EXPIRED);
  g_assert_cmpuint (find (all, foreign)->bars, ==,
                    SM_DISPATCH_BAR_CERTIFICATE | SM_DISPATCH_BAR_TERRITORY);
  g_assert_cmpuint (find (all, absent)->bars, ==,
                    SM_DISPATCH_BAR_CERTIFICATE | SM_DISPATCH_BAR_SHIFT
                        | SM_DISPATCH_BAR_REFUSED);
}

static gpointer
do_note_refusal (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  sm_connection_exec (sm_rules_get_connection (rules),
                      "INSERT INTO work_order_event (work_order_id, at, person, event, to_state) "
                      "VALUES (1, 0, 'first', 'refuse', 'unaccepted'), "
                      "(1, 0, 'second', 'refuse', 'unaccepted'), "
                      "(1, 0, 'third', 'note', 'unaccepted')",
                      error);
  return NULL;
}

/* Nobody who said no is offered it again, however many there are. */
static void
test_refusals (void)
{
  static const char *const names[] = { "first", "second", "third" };
  g_autoptr (World) w = world_new ();
  g_autoptr (SmCandidates) all = NULL;
  SmRow *order = make_order (w, "W1", 2);
  gint64 ids[3];

  sm_row_set_int (order, SM_WORK_ORDER_REFUSALS, 2);
  sm_row_set_text (order, SM_WORK_ORDER_REFUSED_BY, "second");
  g_assert_cmpint (fixture_fill (w->f, order), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      ids[i] = add_engineer (w, names[i], w->point, 0);
      say (w, ids[i], "on_duty", 22.55);
    }
  fixture_write (w->f, do_note_refusal, NULL);
  all = rank (w, w->mia, 1);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpuint (find (all, ids[i])->bars, ==, i < 2 ? SM_DISPATCH_BAR_REFUSED : 0);
}

/* Jobs that run take a place and time, and end where they are. */
static void
test_jobs (void)
{
  g_autoptr (World) w = world_new ();
  gint64 busy = add_engineer (w, "busy", w->point, 0);
  gint64 id = fixture_fill (w->f, make_order (w, "W1", 2));
  g_autoptr (SmCandidates) before = NULL;
  g_autoptr (SmCandidates) after = NULL;
  SmRow *job;

  say (w, busy, "on_duty", 22.6);
  before = rank (w, w->mia, id);
  g_assert_cmpint (find (before, busy)->job_s, ==, 0);
  job = make_order (w, "W2", 3);
  sm_row_set_text (job, SM_WORK_ORDER_STATE, "in_progress");
  sm_row_set_int (job, SM_WORK_ORDER_ENGINEER_ID, busy);
  sm_row_set_int (job, SM_WORK_ORDER_WORK_S, 1200);
  fixture_fill (w->f, job);
  after = rank (w, w->mia, id);
  g_assert_cmpint (find (after, busy)->job_s, ==, 1200);
  g_assert_cmpfloat (find (after, busy)->road_m, ==, 0.0);
  g_assert_cmpuint (g_array_index (after->who, SmDispatchEngineer, 0).n_jobs, ==, 1);
}

/* Nobody gets more than their places; what somebody has stays, and what is pinned is left out. */
static void
test_assignment (void)
{
  g_autoptr (World) w = world_new ();
  gint64 only = add_engineer (w, "only", w->point, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmCandidates) all = NULL;
  guint n_given = 0;

  say (w, only, "on_duty", 22.6);
  for (int i = 0; i < 5; i++)
    {
      g_autofree char *number = g_strdup_printf ("W%d", i);
      SmRow *order = make_order (w, number, i == 4 ? 1 : 3);

      sm_row_set_int (order, SM_WORK_ORDER_IS_PINNED, i == 0);
      if (i == 1)
        {
          sm_row_set_text (order, SM_WORK_ORDER_STATE, "accepted");
          sm_row_set_int (order, SM_WORK_ORDER_ENGINEER_ID, only);
        }
      if (i == 4)
        sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT, w->now + 5 * SM_HOUR);
      fixture_fill (w->f, order);
    }
  all = sm_rules_read_sync (w->f->rules, do_assign, w->mia, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->choices->len, ==, 3);
  g_assert_cmpint (all->sum.late, ==, 0);
  for (guint i = 0; i < all->choices->len; i++)
    {
      const SmDispatchChoice *choice = &g_array_index (all->choices, SmDispatchChoice, i);

      n_given += choice->engineer == 0;
      if (sm_row_get_int (all->orders->pdata[i], SM_WORK_ORDER_LEVEL) == 1)
        g_assert_cmpuint (choice->place, ==, 0);
    }
  g_assert_cmpuint (n_given, ==, 2);
}

static gpointer
do_make_wait (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  SmLiveRow *live = sm_live_find_row (rules->live, sm_noun_get (SM_NOUN_STATION), *(gint64 *) data);

  sm_live_lock (rules->live);
  sm_row_set_int (live->row, SM_STATION_WAITING, 9);
  sm_row_set_int (live->row, SM_STATION_INBOUND, 5);
  sm_live_unlock (rules->live);
  return NULL;
}

/* Of two that are as bad as each other it is the one first for which trucks stand in line; and a
 * person's order has a weight, too. */
static void
test_effect (void)
{
  g_autoptr (World) w = world_new ();
  gint64 quiet = w->station, busy, only = add_engineer (w, "only", w->point, 0);
  g_autoptr (SmRow) says = make (SM_NOUN_STATION);
  g_autoptr (SmCandidates) all = NULL;
  g_autoptr (GError) error = NULL;

  busy = add_named_station (w, "SZ-2");
  sm_row_set_int (says, SM_ROW_ID, busy);
  sm_row_set_real (says, SM_STATION_POWER_KW, 10);
  fixture_say (w->f, says);
  say (w, only, "on_duty", 22.6);
  fixture_fill (w->f, make_order (w, "W1", 2));
  w->station = busy;
  fixture_fill (w->f, make_order (w, "W2", 2));
  w->station = quiet;
  fixture_write (w->f, do_make_wait, &busy);
  all = sm_rules_read_sync (w->f->rules, do_assign, w->mia, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->what->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      gboolean is_busy
          = sm_row_get_int (all->orders->pdata[i], SM_WORK_ORDER_STATION_ID) == busy;

      g_assert_cmpuint (g_array_index (all->what, SmDispatchOrder, i).weight, ==,
                        is_busy ? 43 : 15);
      g_assert_cmpuint (g_array_index (all->choices, SmDispatchChoice, i).place, ==,
                        is_busy ? 0 : 1);
    }
}

/* Who may not see an order is told that there is none; of others' people nobody learns. */
static void
test_scope (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmActor) stranger = fixture_make_person (2, "manager", SM_SCOPE_AREAS, 77);
  g_autoptr (GError) error = NULL;
  g_autoptr (SmCandidates) all = NULL;
  gint64 id = fixture_fill (w->f, make_order (w, "W1", 2));
  gpointer asked[] = { stranger, &id };

  add_engineer (w, "near", w->point, 0);
  g_assert_null (sm_rules_read_sync (w->f->rules, do_rank, asked, &error));
  g_assert_error (error, SM_ERROR, SM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  all = sm_rules_read_sync (w->f->rules, do_assign, stranger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->choices->len + all->engineers->len, ==, 0);
}

/* --- those that somebody has --- */

static gpointer
do_forecast (SmReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return sm_work_forecasts_read (reader, data, error);
}

static gint64
add_running (World      *w,
             const char *number,
             const char *state,
             gint64      engineer,
             gint64      started_s,
             gint64      due_s)
{
  SmRow *order = make_order (w, number, 2);

  sm_row_set_text (order, SM_WORK_ORDER_STATE, state);
  sm_row_set_int (order, SM_WORK_ORDER_ENGINEER_ID, engineer);
  sm_row_set_text (order, SM_WORK_ORDER_CODE, "swap-robot-fault");
  if (started_s != 0)
    sm_row_set_int (order, SM_WORK_ORDER_STARTED_AT, w->now - started_s * SM_SECOND);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORE_DUE_AT, w->now + due_s * SM_SECOND);
  /* One order of one fault of one thing at a time. */
  sm_row_set_text (order, SM_WORK_ORDER_TARGET_NOUN, number);
  sm_row_set_int (order, SM_WORK_ORDER_TARGET_ID, 1);
  return fixture_fill (w->f, order);
}

/* What took from forty minutes to an hour, twelve times. */
static void
add_past (World *w)
{
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *number = g_strdup_printf ("P%u", i);
      SmRow *order = make_order (w, number, 2);
      gint64 started = w->now - SM_DAY;

      sm_row_set_text (order, SM_WORK_ORDER_STATE, "confirmed");
      sm_row_set_text (order, SM_WORK_ORDER_CODE, "swap-robot-fault");
      sm_row_set_int (order, SM_WORK_ORDER_STARTED_AT, started);
      sm_row_set_int (order, SM_WORK_ORDER_HELD_S, 600);
      sm_row_set_int (order, SM_WORK_ORDER_COMPLETED_AT, started + (50 + 2 * i) * SM_MINUTE);
      fixture_fill (w->f, order);
    }
}

static SmWorkForecast
forecast_of (const GArray *forecasts,
             gint64        id)
{
  for (guint i = 0; i < forecasts->len; i++)
    if (g_array_index (forecasts, SmWorkForecast, i).work_order_id == id)
      return g_array_index (forecasts, SmWorkForecast, i);
  g_assert_not_reached ();
}

/* Said from the past of such work, before the clock breaks. */
static void
test_forecasts (void)
{
  g_autoptr (World) w = world_new ();
  gint64 ada = add_engineer (w, "ada", w->point, 0), bo = add_engineer (w, "bo", w->point, 0);
  gint64 works, follows, travels, held;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) forecasts = NULL;
  SmWorkForecast of;

  say (w, ada, "busy", 22.5);
  say (w, bo, "busy", 22.6);
  add_past (w);
  works = add_running (w, "W1", "in_progress", ada, 1800, 600);
  follows = add_running (w, "W2", "accepted", ada, 0, 2 * 3600);
  travels = add_running (w, "W3", "travelling", bo, 0, 12 * 3600);
  held = add_running (w, "W4", "on_hold", bo, 3600, 3600);
  fixture_fill (w->f, make_order (w, "W5", 2)); /* nobody has it */
  forecasts = sm_rules_read_sync (w->f->rules, do_forecast, w->mia, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (forecasts->len, ==, 4);

  of = forecast_of (forecasts, works);
  g_assert_cmpuint (of.n_past, ==, 12);
  g_assert_cmpstr (sm_work_forecast_word (&of), ==, "late");
  g_assert_cmpint (of.forecast.likely_us, ==, w->now + (52 - 30) * SM_MINUTE);
  of = forecast_of (forecasts, follows);
  g_assert_cmpint (of.forecast.early_us, ==, w->now + (10 + 6 + 40) * SM_MINUTE);
  g_assert_cmpstr (sm_work_forecast_word (&of), ==, "in_time");
  of = forecast_of (forecasts, travels);
  g_assert_cmpstr (sm_work_forecast_word (&of), ==, "in_time");
  g_assert_cmpint ((of.forecast.likely_us - w->now - 52 * SM_MINUTE) / SM_SECOND, ==, 1064);
  of = forecast_of (forecasts, held);
  g_assert_cmpint (of.forecast.likely_us, >, w->now);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/candidates/ranks", test_ranks);
  g_test_add_func ("/rules/candidates/just-said", test_just_said);
  g_test_add_func ("/rules/candidates/refusals", test_refusals);
  g_test_add_func ("/rules/candidates/jobs", test_jobs);
  g_test_add_func ("/rules/candidates/assignment", test_assignment);
  g_test_add_func ("/rules/candidates/effect", test_effect);
  g_test_add_func ("/rules/candidates/scope", test_scope);
  g_test_add_func ("/rules/work-forecasts/by-the-past", test_forecasts);
  return g_test_run ();
}
