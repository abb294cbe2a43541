/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-edits.h"
#include "sm-paths.h"
#include "sm-random.h"
#include "sm-test-full.h"
#include "sm-test-night.h"
#include "sm-time.h"

/*
 * A night: things break at many stations, and twelve engineers, an agent's among them, see to
 * it, each as the person they are, by REST.  Three refuse, two do not answer, some are where no
 * phone is heard, and for a while nobody sits at the desk.  The network's clock runs 250 times
 * as fast as the machine's.
 */

#define N_FAULTS sm_test_times (200)
#define N_STATIONS MAX (4, sm_test_times (40))
#define N_ENGINEERS 12
#define N_OF_AGENT 3          /* the first of them */
#define N_REFUSALS 3
#define N_SILENT 2
#define DARK_STATION 1
#define EVERY_COMPANY 9       /* so many-th fault is given to the agent */
#define GAP_S 115             /* between two faults, on average */
#define KINDS_EACH 3          /* of faults at a station */
#define AWAY_FROM_S 1800      /* when nobody sits at the desk */
#define AWAY_TO_S 4300
#define IN_2100 (G_GINT64_CONSTANT (4102444800) * SM_SECOND)

static const struct
{
  const char *code;
  gboolean is_robot; /* only a swap proves that it serves again */
} kinds[KINDS_EACH] = {
  { "swap-robot-fault", TRUE },
  { "transformer-over-temperature", FALSE },
  { "swap-lock-jammed", TRUE },
};

typedef enum
{
  NEW,       /* nobody has it */
  ASKED,     /* the engineer is asked */
  SILENT,    /* and says nothing */
  COMPANY,   /* the agent is asked */
  TAKEN,     /* the agent has it, and nobody of theirs */
  ACCEPTED,
  SPOKEN,
  TRAVELLING,
  ON_SITE,
  WORKING,
  MENDED,
  COMPLETED,
  OVER,
} Stage;

typedef struct
{
  SmNightOrder known;
  Stage stage;
  guint engineer;
  gint64 due;              /* when the next step is taken */
  gint64 there, begun;     /* when it really was, where no phone is heard */
  gboolean was_refused;
} Job;

/* What can break, and how. */
typedef struct
{
  gint64 equipment_id;
  guint station, kind;
  gboolean is_broken, is_retired;
  gint64 broke_at, cleared_at;
  gint64 swap_at;          /* when the swap begins that proves it; SM_UNKNOWN: none */
  Job *job;                /* (nullable): the last one */
} Cause;

typedef struct
{
  SmTestServer *server;
  SmRandom random;
  gint64 start, now, next_fault;
  gint64 station_ids[40], engineer_ids[N_ENGINEERS];
  char *tokens[N_ENGINEERS];
  char *dora, *mara, *anke; /* at the desk, who confirms, and of the agent */
  gint64 company_id, desk_id;
  Cause *causes;
  guint n_causes, n_faults, n_swaps, n_expected;
  GPtrArray *jobs;          /* of Job */
  gint64 last_order_id;
  guint n_refused, n_silent, n_busy[N_ENGINEERS];
} Night;

/* --- the network --- */

/* Nobody works on a transformer without it. */
static void
certify (SmRules *rules,
         SmActor *actor,
         gint64   engineer_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CERTIFICATE));

  sm_row_set_int (row, SM_CERTIFICATE_ENGINEER_ID, engineer_id);
  sm_row_set_text (row, SM_CERTIFICATE_KIND, "high_voltage");
  sm_row_set_int (row, SM_CERTIFICATE_EXPIRES_AT, IN_2100);
  sm_night_fill (rules, actor, row);
}

static gpointer
furnish (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Night *night = data;
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  SmRow *company = sm_row_new (sm_noun_get (SM_NOUN_ORGANISATION));
  SmRow *desk = sm_row_new (sm_noun_get (SM_NOUN_DESK));

  sm_row_take_text (company, SM_ORGANISATION_NAME, sm_name_new ("Mend", "修"));
  sm_row_set_text (company, SM_ORGANISATION_KIND, "agent");
  sm_row_set_text (company, SM_ORGANISATION_STATE, "approved");
  night->company_id = sm_night_fill (rules, actor, company);
  sm_row_take_text (desk, SM_DESK_NAME, sm_name_new ("Main desk", "总控台"));
  night->desk_id = sm_night_fill (rules, actor, desk);
  for (guint i = 0; i < N_ENGINEERS; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

      sm_row_take_text (row, SM_ENGINEER_NAME, g_strdup_printf ("Engineer %u", i));
      if (i < N_OF_AGENT)
        sm_row_set_int (row, SM_ENGINEER_ORGANISATION_ID, night->company_id);
      night->engineer_ids[i] = sm_night_fill (rules, actor, row);
      certify (rules, actor, night->engineer_ids[i]);
    }
  for (guint i = 0; i < N_STATIONS; i++)
    {
      night->station_ids[i] = sm_night_add_station (rules, actor, i);
      for (guint kind = 0; kind < KINDS_EACH; kind++)
        night->causes[i * KINDS_EACH + kind]
            = (Cause){ .equipment_id = sm_night_add_equipment (rules, actor,
                                                               night->station_ids[i], kind,
                                                               kinds[kind].is_robot
                                                                   ? "swap_robot" : "transformer"),
                       .station = i, .kind = kind, .cleared_at = SM_UNKNOWN,
                       .swap_at = SM_UNKNOWN };
    }
  return NULL;
}

static gpointer
say_who_is_who (SmRules       *rules,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Night *night = data;
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  for (guint i = 0; i < N_ENGINEERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("engineer%u", i);
      g_autoptr (SmRow) row = sm_engineers_set_person (rules, actor, night->engineer_ids[i], name,
                                                       error);
    }
  return NULL;
}

/* --- by REST --- */

static void
act (Night      *night,
     const char *token,
     const Job  *job,
     const char *act_name,
     const char *body,
     const char *state)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_WORK_ORDERS "/%" G_GINT64_FORMAT "/%s",
                                           job->known.id, act_name);
  g_autoptr (JsonObject) order = sm_night_post (night->server, token, path, body, 200);

  g_assert_cmpstr (json_object_get_string_member (order, "state"), ==, state);
}

static void
act_at (Night      *night,
        const Job  *job,
        const char *act_name,
        gint64      claimed_at,
        const char *rest,
        const char *state)
{
  g_autofree char *at = sm_time_to_rfc3339 (claimed_at);
  g_autofree char *body = g_strdup_printf ("{\"claimed_at\":\"%s\"%s}", at, rest);

  act (night, night->tokens[job->engineer], job, act_name, body, state);
}

/* --- what breaks, and what shows that it serves again --- */

static gint64
soon (Night  *night,
      double  from_s,
      double  to_s)
{
  return night->now + (gint64) sm_random_range (&night->random, from_s, to_s) * SM_SECOND;
}

static gboolean
is_dark (const Cause *cause)
{
  return cause->station == DARK_STATION;
}

/* It serves, or serves again: what is not proved yet, or of which nobody heard, is left alone. */
static gboolean
can_break (const Cause *cause)
{
  return !cause->is_broken && !cause->is_retired && cause->swap_at == SM_UNKNOWN
         && (cause->job == NULL || cause->job->known.restored != SM_UNKNOWN);
}

static void
break_one (Night *night)
{
  Cause *cause = NULL;
  guint at = night->n_faults * 7;

  for (guint i = 0; cause == NULL && i < night->n_causes; i++)
    if (can_break (&night->causes[(at + i) % night->n_causes]))
      cause = &night->causes[(at + i) % night->n_causes];
  night->next_fault = soon (night, GAP_S * 0.5, GAP_S * 1.5);
  if (cause == NULL)
    return;
  night->n_faults++;
  cause->is_broken = TRUE;
  sm_night_say_fault (night->server, cause->equipment_id, kinds[cause->kind].code, TRUE);
  if (cause->job != NULL && cause->job->stage != OVER)
    {
      cause->job->known.restored = SM_UNKNOWN;
      cause->job->known.voids++;
      return;
    }
  night->n_expected++;
  cause->broke_at = night->now;
}

/* A good swap proves it of all at that station that is not broken. */
static void
swap (Night *night,
      Cause *cause)
{
  g_autofree char *number = g_strdup_printf ("SWAP%u", ++night->n_swaps);

  sm_night_swap (night->server, number, night->station_ids[cause->station], cause->swap_at,
                 night->now);
  for (guint i = 0; i < night->n_causes; i++)
    {
      Cause *other = &night->causes[i];

      if (other->station == cause->station && kinds[other->kind].is_robot && !other->is_broken
          && other->job != NULL && other->job->stage != OVER
          && other->job->known.restored == SM_UNKNOWN && other->cleared_at <= cause->swap_at)
        other->job->known.restored = night->now;
    }
  cause->swap_at = SM_UNKNOWN;
}

static void
mend (Night *night,
      Job   *job)
{
  Cause *cause = &night->causes[job->known.cause];

  cause->is_broken = FALSE;
  cause->cleared_at = night->now;
  sm_night_say_fault (night->server, cause->equipment_id, kinds[cause->kind].code, FALSE);
  if (kinds[cause->kind].is_robot)
    cause->swap_at = night->now + SM_MINUTE;
  else
    job->known.restored = night->now;
}

/* --- the board --- */

static Cause *
cause_of (Night      *night,
          JsonObject *order,
          guint      *out_index)
{
  for (guint i = 0; i < night->n_causes; i++)
    if (night->causes[i].equipment_id == json_object_get_int_member (order, "target_id")
        && g_str_equal (kinds[night->causes[i].kind].code,
                        json_object_get_string_member (order, "code")))
      {
        *out_index = i;
        return &night->causes[i];
      }
  g_error ("An order of nothing that broke");
  return NULL;
}

static void
see_order (Night      *night,
           JsonObject *order)
{
  Job *job = g_new0 (Job, 1);
  guint index;
  Cause *cause = cause_of (night, order, &index);
  Job *before = cause->job;

  /* One cause, one order. */
  g_assert_true (before == NULL || before->stage == OVER);
  job->known = (SmNightOrder){ .id = json_object_get_int_member (order, "id"), .cause = index,
                               .first_sign = cause->broke_at, .sign = cause->broke_at,
                               .restored = SM_UNKNOWN, .arrived = SM_UNKNOWN,
                               .completed = SM_UNKNOWN };
  if (before != NULL)
    {
      job->known.first_sign = before->known.first_sign;
      job->known.voids = before->known.voids + 1;
    }
  cause->job = job;
  g_ptr_array_add (night->jobs, job);
}

/* What is new on it; who comes again tomorrow is not of tonight. */
static void
look_at_board (Night *night)
{
  g_autofree char *path = g_strdup_printf (
      SM_PATH_WORK_ORDERS "?limit=1000&after=%" G_GINT64_FORMAT, night->last_order_id);
  g_autoptr (JsonObject) page = sm_test_service_get (night->server->client, path, night->dora);
  JsonArray *items = json_object_get_array_member (page, "items");

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *order = json_array_get_object_element (items, i);

      night->last_order_id = MAX (night->last_order_id, json_object_get_int_member (order, "id"));
      if (json_object_get_null_member (order, "planned_at"))
        see_order (night, order);
    }
}

/* --- who gives it out, and who does it --- */

static void
ask (Night *night,
     Job   *job)
{
  g_autofree char *body = NULL;
  guint best = N_OF_AGENT;

  for (guint i = N_OF_AGENT; i < N_ENGINEERS; i++)
    if (night->n_busy[i] < night->n_busy[best] && i != job->engineer)
      best = i;
  job->engineer = best;
  body = g_strdup_printf ("{\"engineer_id\":%" G_GINT64_FORMAT "}", night->engineer_ids[best]);
  act (night, night->dora, job, "assign", body, "assigned");
  job->stage = ASKED;
  job->due = soon (night, 40, 220);
}

static void
give_out (Night *night,
          Job   *job)
{
  gint64 passed = (night->now - night->start) / SM_SECOND;
  guint turn = (guint) job->known.id;

  if (passed >= AWAY_FROM_S && passed < AWAY_TO_S)
    return;
  if (turn % EVERY_COMPANY == 4)
    {
      g_autofree char *body = g_strdup_printf ("{\"organisation_id\":%" G_GINT64_FORMAT "}",
                                               night->company_id);

      act (night, night->dora, job, "assign", body, "assigned");
      job->stage = COMPANY;
      job->due = soon (night, 60, 300);
      return;
    }
  ask (night, job);
  if (night->n_silent < N_SILENT && turn % 4 == 3)
    {
      night->n_silent++;
      job->stage = SILENT;
      job->due = night->now + 17 * SM_MINUTE;
    }
}

static void
answer (Night *night,
        Job   *job)
{
  if (night->n_refused < N_REFUSALS && job->known.id % 3 == 1 && !job->was_refused)
    {
      night->n_refused++;
      job->was_refused = TRUE;
      act (night, night->tokens[job->engineer], job, "refuse", "{\"reason\":\"病假\"}",
           "unaccepted");
      job->stage = NEW;
      return;
    }
  act (night, night->tokens[job->engineer], job, "accept", "{}", "accepted");
  night->n_busy[job->engineer]++;
  job->stage = ACCEPTED;
  job->due = soon (night, 30, 180);
}

/* The agent takes it, and only later says who goes: the first time too late. */
static void
answer_as_company (Night *night,
                   Job   *job)
{
  g_autofree char *body = NULL;

  if (job->stage == COMPANY)
    {
      act (night, night->anke, job, "accept", "{}", "accepted");
      job->due = night->now + (job->known.id < EVERY_COMPANY ? 20 : 4) * SM_MINUTE;
      job->stage = TAKEN;
      return;
    }
  job->engineer = (guint) job->known.id % N_OF_AGENT;
  body = g_strdup_printf ("{\"engineer_id\":%" G_GINT64_FORMAT "}",
                          night->engineer_ids[job->engineer]);
  act (night, night->anke, job, "accept", body, "accepted");
  night->n_busy[job->engineer]++;
  job->stage = ACCEPTED;
  job->due = soon (night, 30, 180);
}

static gboolean
is_under_way (const Night *night,
              guint        engineer)
{
  for (guint i = 0; i < night->jobs->len; i++)
    {
      const Job *job = night->jobs->pdata[i];

      if (job->engineer == engineer && job->stage >= TRAVELLING && job->stage <= MENDED)
        return TRUE;
    }
  return FALSE;
}

static void
set_out (Night *night,
         Job   *job)
{
  if (is_under_way (night, job->engineer))
    return;
  act (night, night->tokens[job->engineer], job, "travel", "{}", "travelling");
  job->stage = TRAVELLING;
  job->due = job->there = soon (night, 400, 1000);
}

static void
come (Night *night,
      Job   *job)
{
  if (is_dark (&night->causes[job->known.cause]))
    {
      job->known.arrived = job->there;
      job->begun = job->there + 2 * SM_MINUTE;
      job->stage = WORKING;
      job->due = soon (night, 600, 1200);
      return;
    }
  act (night, night->tokens[job->engineer], job, "arrive", "{}", "on_site");
  job->stage = ON_SITE;
  job->due = soon (night, 60, 180);
}

static void
complete (Night *night,
          Job   *job)
{
  Cause *cause = &night->causes[job->known.cause];
  gboolean is_temporary = job->known.id % 11 == 0;
  g_autofree char *said = g_strdup_printf ("\"fix\":\"%s\",\"cause\":\"磨损\","
                                           "\"action\":\"更换\"",
                                           is_temporary ? "temporary" : "permanent");
  g_autofree char *at = sm_time_to_rfc3339 (night->now + SM_DAY);
  g_autofree char *again = g_strdup_printf ("{\"follow_up_at\":\"%s\",\"reason\":\"备件\"}", at);
  g_autofree char *rest = g_strconcat (",", said, NULL);
  g_autofree char *body = g_strconcat ("{", said, "}", NULL);

  if (is_dark (cause))
    {
      act_at (night, job, "arrive", job->there, "", "on_site");
      act_at (night, job, "start", job->begun, "", "in_progress");
      act_at (night, job, "complete", job->known.completed, rest, "completed");
    }
  else
    act (night, night->tokens[job->engineer], job, "complete", body, "completed");
  if (is_temporary)
    act (night, night->tokens[job->engineer], job, "follow_up", again, "completed");
  cause->is_retired = is_temporary || is_dark (cause);
  night->n_busy[job->engineer]--;
  job->stage = COMPLETED;
  job->due = soon (night, 300, 1500);
}

/* It is back before anybody had judged it: whoever was there goes on. */
static void
judge (Night *night,
       Job   *job)
{
  if (night->causes[job->known.cause].is_broken)
    {
      act (night, night->mara, job, "reject", "{\"reason\":\"又坏了\"}", "in_progress");
      night->n_busy[job->engineer]++;
      job->stage = WORKING;
      job->due = soon (night, 600, 1200);
      return;
    }
  if (job->known.restored == SM_UNKNOWN)
    return;
  act (night, night->mara, job, "confirm", "{}", "confirmed");
  job->stage = OVER;
}

static void
go_on (Night *night,
       Job   *job)
{
  gboolean is_broken = night->causes[job->known.cause].is_broken;

  if (job->stage == NEW)
    give_out (night, job);
  else if (job->stage == ASKED)
    answer (night, job);
  else if (job->stage == SILENT)
    ask (night, job);
  else if (job->stage == COMPANY || job->stage == TAKEN)
    answer_as_company (night, job);
  else if (job->stage == ACCEPTED)
    {
      act (night, night->tokens[job->engineer], job, "speak", "{}", "accepted");
      job->stage = SPOKEN;
    }
  else if (job->stage == SPOKEN)
    set_out (night, job);
  else if (job->stage == TRAVELLING)
    come (night, job);
  else if (job->stage == ON_SITE)
    {
      act (night, night->tokens[job->engineer], job, "start", "{}", "in_progress");
      job->stage = WORKING;
      job->due = soon (night, 500, 1200);
    }
  else if (job->stage == WORKING || (job->stage == MENDED && is_broken))
    {
      mend (night, job);
      job->known.completed = is_dark (&night->causes[job->known.cause]) ? night->now : SM_UNKNOWN;
      job->stage = MENDED;
      job->due = soon (night, 120, 400);
    }
  else if (job->stage == MENDED)
    complete (night, job);
  else if (job->stage == COMPLETED)
    judge (night, job);
}

/* --- the night --- */

static void
pass (Night *night)
{
  sm_test_server_pass (night->server, SM_NIGHT_STEP_US, SM_NIGHT_STEP_US / 250);
  night->now = sm_clock_now (night->server->network);
}

static void
begin (Night *night)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *from = sm_time_to_rfc3339 (night->now - SM_HOUR);
  g_autofree char *to = sm_time_to_rfc3339 (night->now + SM_DAY);
  g_autofree char *entry = g_strdup_printf (
      "{\"desk_id\":%" G_GINT64_FORMAT ",\"person\":\"dora\",\"from_at\":\"%s\",\"to_at\":\"%s\","
      "\"next_in_line\":\"mara\"}", night->desk_id, from, to);
  g_autofree char *sit = g_strdup_printf (SM_PATH_DESKS "/%" G_GINT64_FORMAT SM_PATH_SIT,
                                          night->desk_id);
  g_autoptr (JsonObject) sits = NULL;
  g_autoptr (JsonObject) listed = NULL;

  night->dora = sm_night_add_person (night->server, "dora", "dispatcher", 0);
  night->mara = sm_night_add_person (night->server, "mara", "manager", 0);
  night->anke = sm_night_add_person (night->server, "anke", "agent", night->company_id);
  for (guint i = 0; i < N_ENGINEERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("engineer%u", i);

      night->tokens[i] = sm_night_add_person (night->server, name, "engineer", 0);
    }
  sm_rules_run_sync (night->server->rules, say_who_is_who, night, &error);
  g_assert_no_error (error);
  pass (night);
  listed = sm_night_post (night->server, night->mara, SM_PATH_ROSTER, entry, 201);
  sits = sm_night_post (night->server, night->dora, sit, "{}", 200);
  g_assert_cmpstr (json_object_get_string_member (sits, "holder"), ==, "dora");
}

static gboolean
is_over (const Night *night)
{
  if (night->n_faults < N_FAULTS || night->jobs->len < night->n_expected)
    return FALSE;
  for (guint i = 0; i < night->jobs->len; i++)
    if (((const Job *) night->jobs->pdata[i])->stage != OVER)
      return FALSE;
  return TRUE;
}

static void
live (Night *night)
{
  for (guint step = 0; !is_over (night); step++)
    {
      g_assert_cmpint (night->now, <, night->start + SM_DAY);
      pass (night);
      if (night->n_faults < N_FAULTS && night->now >= night->next_fault)
        break_one (night);
      for (guint i = 0; i < night->n_causes; i++)
        if (night->causes[i].swap_at != SM_UNKNOWN
            && night->now >= night->causes[i].swap_at + 4 * SM_MINUTE)
          swap (night, &night->causes[i]);
      if (step % 12 == 0)
        look_at_board (night);
      for (guint i = 0; i < night->jobs->len; i++)
        {
          Job *job = night->jobs->pdata[i];

          if (job->stage != OVER && night->now >= job->due)
            go_on (night, job);
        }
    }
}

static void
judge_all (Night *night)
{
  SmNightJudge all = { .answers = "dora", .next_in_line = "mara", .now = night->now };

  for (guint i = 0; i < night->jobs->len; i++)
    sm_night_judge (night->server, night->dora, &all,
                    &((Job *) night->jobs->pdata[i])->known);
  g_test_message ("%u faults in %.1f h: %u orders, %u confirmed, %u refused, %u void once more, "
                  "%u escalations, %u warnings, %u responded late, %u claims; longest without "
                  "anybody who hears of it: %.0f s",
                  night->n_faults, (double) (night->now - night->start) / 3600e6, all.n_orders,
                  all.n_confirmed, all.n_refusals, all.n_voids, all.n_escalations, all.n_warnings,
                  all.n_late, all.n_claimed, (double) all.longest_alone / 1e6);
  g_assert_cmpuint (all.n_orders, ==, night->n_expected);
  g_assert_cmpuint (all.n_confirmed, ==, night->n_expected);
  g_assert_cmpuint (all.n_refusals, ==, N_REFUSALS);
  g_assert_cmpuint (night->n_silent, ==, N_SILENT);
  g_assert_cmpuint (all.n_escalations, >=, N_SILENT + 1);
  g_assert_cmpuint (all.n_claimed, >, 0);
  g_assert_cmpint (all.longest_alone, <=, SM_WORK_ORDER_ALONE_US + 2 * SM_NIGHT_STEP_US);
}

static void
night_of (SmTestServer *server)
{
  Night night = { .server = server, .random = sm_random_new (7, 7) };
  g_autoptr (GError) error = NULL;

  night.start = night.now = sm_clock_now (server->network);
  night.next_fault = night.now + SM_MINUTE;
  night.n_causes = N_STATIONS * KINDS_EACH;
  night.causes = g_new0 (Cause, night.n_causes);
  night.jobs = g_ptr_array_new_with_free_func (g_free);
  sm_rules_run_sync (server->rules, furnish, &night, &error);
  g_assert_no_error (error);
  begin (&night);
  live (&night);
  judge_all (&night);
  g_ptr_array_unref (night.jobs);
  g_free (night.causes);
  for (guint i = 0; i < N_ENGINEERS; i++)
    g_free (night.tokens[i]);
  g_free (night.dora);
  g_free (night.mara);
  g_free (night.anke);
}

static void
test_night (void)
{
  sm_test_server_try (night_of, FALSE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/night/every-clock", test_night);
  return g_test_run ();
}
