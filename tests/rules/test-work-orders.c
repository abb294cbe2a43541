/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "trade.h"

#include "sm-error.h"
#include "sm-fault-code.h"
#include "sm-faults.h"
#include "sm-papers.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-limits-change.h"
#include "sm-work-order-table.h"
#include "sm-work-orders.h"

#include <math.h>

/* Two stations, a swap robot, two engineers, and persons who may do various things. */
typedef struct
{
  Trade *trade;
  Fixture *f;
  SmActor *mia;  /* a manager: gives orders out, and confirms */
  SmActor *max;  /* another */
  SmActor *ed;   /* an engineer */
  SmActor *olga; /* an operator */
  gint64 robot, eddy, anna, part;
} World;

static gint64
add_engineer (World      *w,
              const char *name,
              const char *person)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_text (row, SM_ENGINEER_NAME, name);
  sm_row_set_text (row, SM_ENGINEER_PERSON, person);
  return fixture_fill (w->f, row);
}

static gint64
add_robot (World *w)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));

  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, w->trade->stations[0]);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, "swap_robot");
  sm_row_set_text (row, SM_EQUIPMENT_SN, "ROBOT1");
  sm_row_take_text (row, SM_EQUIPMENT_NAME, sm_name_new ("Robot", "机器人"));
  sm_row_set_int (row, SM_EQUIPMENT_WARRANTY_UNTIL, sm_clock_now (w->f->network) + 90 * SM_DAY);
  return fixture_fill (w->f, row);
}

static gint64
add_part (World *w, gint64 engineer_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PART));

  sm_row_set_text (row, SM_PART_CODE, "SR-LOCK-01");
  sm_row_take_text (row, SM_PART_NAME, sm_name_new ("Pin", "锁销"));
  sm_row_set_int (row, SM_PART_ENGINEER_ID, engineer_id);
  sm_row_set_int (row, SM_PART_QUANTITY, 2);
  return fixture_fill (w->f, row);
}

static World *
world_new (void)
{
  World *w = g_new0 (World, 1);

  w->trade = trade_new ();
  w->f = w->trade->fixture;
  w->mia = fixture_make_person (1, "manager", SM_SCOPE_ALL, 0);
  w->max = fixture_make_person (2, "manager", SM_SCOPE_ALL, 0);
  w->ed = fixture_make_person (3, "engineer", SM_SCOPE_ALL, 0);
  w->olga = fixture_make_person (4, "operator", SM_SCOPE_ALL, 0);
  w->eddy = add_engineer (w, "Eddy", w->ed->name);
  w->anna = add_engineer (w, "Anna", NULL);
  w->robot = add_robot (w);
  w->part = add_part (w, w->eddy);
  return w;
}

static void
world_free (World *w)
{
  sm_actor_unref (w->mia);
  sm_actor_unref (w->max);
  sm_actor_unref (w->ed);
  sm_actor_unref (w->olga);
  trade_free (w->trade);
  g_free (w);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* --- doing --- */

typedef struct
{
  SmActor *actor;
  SmWorkOrderRequest wanted;
  SmWorkOrderEvent event;
  SmWorkOrderAct act;
  gint64 id;
  char *key;
} Doing;

static const SmWorkOrderAct nothing = { SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                                        SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, FALSE };

static gpointer
do_create (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_work_orders_create (rules, doing->actor, doing->key, &doing->wanted, error);
}

static gpointer
do_act (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Doing *doing = data;

  return sm_work_orders_act (rules, doing->actor, doing->key, doing->id, doing->event,
                             &doing->act, NULL, error);
}

static SmRow *
try_create (World       *w,
            SmActor     *actor,
            const char  *code,
            gint64       target_id,
            GError     **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = actor, .key = key,
                  .wanted = { "manual", "repair", SM_UNKNOWN, "equipment", target_id, code,
                              SM_UNKNOWN, "it grinds", NULL, NULL, NULL, NULL, NULL, SM_UNKNOWN,
                              SM_UNKNOWN, SM_UNKNOWN } };

  return sm_rules_run_sync (w->f->rules, do_create, &doing, error);
}

static gint64
create (World      *w,
        const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = try_create (w, w->olga, code, w->robot, &error);

  g_assert_no_error (error);
  return sm_row_get_id (order);
}

static SmRow *
try_act (World                 *w,
         SmActor               *actor,
         gint64                 id,
         SmWorkOrderEvent       event,
         const SmWorkOrderAct  *act,
         GError               **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = actor, .id = id, .event = event, .act = *act, .key = key };

  return sm_rules_run_sync (w->f->rules, do_act, &doing, error);
}

static void
act (World                *w,
     SmActor              *actor,
     gint64                id,
     SmWorkOrderEvent      event,
     const SmWorkOrderAct *said,
     const char           *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = try_act (w, actor, id, event, said, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_STATE), ==, state);
}

static void
assert_refused (World                *w,
                SmActor              *actor,
                gint64                id,
                SmWorkOrderEvent      event,
                const SmWorkOrderAct *said,
                const char           *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = try_act (w, actor, id, event, said, &error);

  g_assert_null (order);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

typedef struct
{
  SmNounId noun;
  gint64 id;
} Looking;

static gpointer
do_look (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Looking *looking = data;
  SmRow *row = NULL;

  sm_service_find (sm_rules_get_connection (rules), sm_noun_get (looking->noun), looking->id, &row,
                   error);
  return row;
}

static SmRow *
look (World    *w,
      SmNounId  noun,
      gint64    id)
{
  Looking looking = { noun, id };

  return sm_rules_run_sync (w->f->rules, do_look, &looking, NULL);
}

static void
assert_state (World      *w,
              gint64      id,
              const char *state)
{
  g_autoptr (SmRow) order = look (w, SM_NOUN_WORK_ORDER, id);

  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_STATE), ==, state);
}

static gpointer
do_steps (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Looking *looking = data;

  return sm_work_order_table_list_steps (sm_rules_get_connection (rules), looking->id, 1000, error);
}

/* "create assign accept": what happened to it */
static char *
story (World  *w,
       gint64  id)
{
  Looking looking = { SM_NOUN_WORK_ORDER, id };
  g_autoptr (GPtrArray) steps = sm_rules_run_sync (w->f->rules, do_steps, &looking, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            ((SmWorkOrderStep *) steps->pdata[i])->event);
  return g_string_free (text, FALSE);
}

static void
assert_story (World      *w,
              gint64      id,
              const char *expected)
{
  g_autofree char *told = story (w, id);

  g_assert_cmpstr (told, ==, expected);
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
     const char *code,
     gboolean    is_raised)
{
  Saying saying = { w, { .noun = SM_NOUN_EQUIPMENT, .id = w->robot, .code = code,
                         .is_raised = is_raised, .at_us = sm_clock_now (w->f->network),
                         .value = NAN, .limit_value = NAN } };

  fixture_write (w->f, do_say, &saying);
  fixture_pass (w->f, 1);
  fixture_pass (w->f, 1);
}

static void
swap (World      *w,
      const char *number)
{
  trade_add_order (w->trade, number, 0, sm_clock_now (w->f->network), 1000);
  trade_put (w->trade, sm_orders_put);
}

#define CODE "swap-robot-fault"

/* --- a person's order --- */

/* To where somebody works on it. */
static void
work_on (World  *w,
         gint64  id)
{
  SmWorkOrderAct given = nothing, spoke = nothing;

  given.engineer_id = w->eddy;
  spoke.spoke = TRUE;
  act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "assigned");
  act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &spoke, "accepted");
  act (w, w->ed, id, SM_WORK_ORDER_TRAVEL, &nothing, "travelling");
  act (w, w->ed, id, SM_WORK_ORDER_ARRIVE, &nothing, "on_site");
  act (w, w->ed, id, SM_WORK_ORDER_START, &nothing, "in_progress");
}

static SmWorkOrderAct
done (const char *fix)
{
  SmWorkOrderAct said = nothing;

  said.fix = fix;
  said.cause = "a worn pin";
  said.action = "a new pin";
  return said;
}

static SmWorkOrderAct
because (const char *reason)
{
  SmWorkOrderAct said = nothing;

  said.reason = reason;
  return said;
}

static void
test_life (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);
  SmWorkOrderAct rain = because ("rain"), grinds = because ("it still grinds"),
                 good = done ("permanent"), pin = nothing;
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) stock = NULL;

  work_on (w, id);
  act (w, w->ed, id, SM_WORK_ORDER_HOLD, &rain, "on_hold");
  fixture_pass (w->f, 600);
  act (w, w->ed, id, SM_WORK_ORDER_RESUME, &nothing, "in_progress");
  pin.part_id = w->part;
  pin.quantity = 2;
  act (w, w->ed, id, SM_WORK_ORDER_USE_PART, &pin, "in_progress");
  assert_refused (w, w->ed, id, SM_WORK_ORDER_USE_PART, &pin, "part-not-in-stock");
  /* What lies in Anna's van does not lie in Eddy's. */
  pin.part_id = add_part (w, w->anna);
  assert_refused (w, w->ed, id, SM_WORK_ORDER_USE_PART, &pin, "invalid");
  act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &good, "completed");
  assert_refused (w, w->olga, id, SM_WORK_ORDER_CONFIRM, &nothing, "permission-missing");
  act (w, w->mia, id, SM_WORK_ORDER_REJECT, &grinds, "in_progress");
  act (w, w->mia, id, SM_WORK_ORDER_COMPLETE, &good, "completed");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_CONFIRM, &nothing, "second-person-needed");
  act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &nothing, "confirmed");
  assert_story (w, id, "create assign accept travel arrive start hold resume use_part complete "
                       "reject complete confirm");
  order = look (w, SM_NOUN_WORK_ORDER, id);
  stock = look (w, SM_NOUN_PART, w->part);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_HELD_S), ==, 600);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_REJECTIONS), ==, 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_IS_WARRANTY), ==, 1);
  g_assert_cmpint (sm_row_get_int (stock, SM_PART_QUANTITY), ==, 0);
}

static void
test_refusals (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);
  SmWorkOrderAct to_anna = nothing, future = because ("x"), ill = because ("ill");

  to_anna.engineer_id = w->anna;
  future.claimed_at = sm_clock_now (w->f->network) + SM_HOUR;
  assert_refused (w, w->ed, id, SM_WORK_ORDER_ASSIGN, &to_anna, "permission-missing");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &nothing, "invalid");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_START, &nothing, "work-order-state");
  act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &to_anna, "assigned");
  assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &nothing, "work-order-not-yours");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_REFUSE, &nothing, "invalid");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_REFUSE, &future, "invalid");
  act (w, w->mia, id, SM_WORK_ORDER_REFUSE, &ill, "unaccepted");
  act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &nothing, "accepted");
  assert_refused (w, w->olga, id, SM_WORK_ORDER_CANCEL, &ill, "permission-missing");
  act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &ill, "cancelled");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_URGE, &nothing, "work-order-state");
}

/* To take one for somebody else is to give it out; and a company's is its own people's. */
static void
test_not_for_others (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);
  SmWorkOrderAct for_anna = nothing, for_eddy = nothing, to_company = nothing;
  g_autoptr (SmActor) agent = fixture_make_person (5, "agent", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) nobodys = fixture_make_person (6, "agent", SM_SCOPE_ALL, 0);
  g_autoptr (SmActor) other = fixture_make_person (7, "agent", SM_SCOPE_ALL, 0);
  SmRow *company = sm_row_new (sm_noun_get (SM_NOUN_ORGANISATION));

  other->scope->organisation_id = 4711;
  for_anna.engineer_id = w->anna;
  for_eddy.engineer_id = w->eddy;
  assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &for_anna, "work-order-not-yours");
  act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &for_eddy, "assigned");
  assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &for_anna, "work-order-not-yours");
  sm_row_take_text (company, SM_ORGANISATION_NAME, sm_name_new ("Mend", "修"));
  sm_row_set_text (company, SM_ORGANISATION_KIND, "agent");
  sm_row_set_text (company, SM_ORGANISATION_STATE, "approved");
  to_company.organisation_id = fixture_fill (w->f, company);
  agent->scope->organisation_id = to_company.organisation_id;
  act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &to_company, "assigned");
  assert_refused (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &nothing, "work-order-not-yours");
  assert_refused (w, agent, id, SM_WORK_ORDER_ACCEPT, &for_anna, "work-order-not-yours");
  assert_refused (w, nobodys, id, SM_WORK_ORDER_ACCEPT, &nothing, "work-order-not-yours");
  assert_refused (w, other, id, SM_WORK_ORDER_ACCEPT, &nothing, "not-found");
  act (w, agent, id, SM_WORK_ORDER_ACCEPT, &nothing, "accepted");
}

/* A company that took it is nobody: the next in line hears of it, and one of its own people,
 * whom it names, has it then; nobody can take it from a person so. */
static void
test_company_names_one (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);
  g_autoptr (SmActor) agent = fixture_make_person (5, "agent", SM_SCOPE_ALL, 0);
  SmRow *company = sm_row_new (sm_noun_get (SM_NOUN_ORGANISATION));
  SmRow *hers = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));
  SmWorkOrderAct to_company = nothing, to_her = nothing;
  g_autoptr (SmRow) order = NULL;

  sm_row_take_text (company, SM_ORGANISATION_NAME, sm_name_new ("Mend", "修"));
  sm_row_set_text (company, SM_ORGANISATION_KIND, "agent");
  sm_row_set_text (company, SM_ORGANISATION_STATE, "approved");
  to_company.organisation_id = fixture_fill (w->f, company);
  agent->scope->organisation_id = to_company.organisation_id;
  sm_row_set_text (hers, SM_ENGINEER_NAME, "Hanna");
  sm_row_set_int (hers, SM_ENGINEER_ORGANISATION_ID, to_company.organisation_id);
  to_her.engineer_id = fixture_fill (w->f, hers);
  act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &to_company, "assigned");
  act (w, agent, id, SM_WORK_ORDER_ACCEPT, &nothing, "accepted");
  for (guint i = 0; i < 4; i++)
    fixture_pass (w->f, 4 * 60);
  order = look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 1);
  act (w, agent, id, SM_WORK_ORDER_ACCEPT, &to_her, "accepted");
  g_clear_pointer (&order, sm_row_unref);
  order = look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE), ==, "Hanna");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_ACCEPT, &to_her, "work-order-state");
  for (guint i = 0; i < 5; i++)
    fixture_pass (w->f, 4 * 60);
  g_clear_pointer (&order, sm_row_unref);
  order = look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 1);
}

/* A company's acceptance stops no clock, nor does a person's who has spoken with nobody. */
static void
test_response (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);
  SmWorkOrderAct to_anna = nothing;
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) after = NULL;

  to_anna.engineer_id = w->anna;
  act (w, w->mia, id, SM_WORK_ORDER_ACCEPT, &to_anna, "accepted");
  before = look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_true (sm_row_is_null (before, SM_WORK_ORDER_RESPONDED_AT));
  fixture_pass (w->f, 60);
  act (w, w->mia, id, SM_WORK_ORDER_SPEAK, &nothing, "accepted");
  after = look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_RESPONDED_AT)
                       - sm_row_get_int (after, SM_WORK_ORDER_CREATED_AT), ==, SM_MINUTE);
}

static void
test_certificate (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = w->mia, .key = key,
                  .wanted = { "manual", "repair", SM_UNKNOWN, "equipment", w->robot, NULL,
                              SM_UNKNOWN, "open it", NULL, NULL, NULL, "high_voltage", NULL,
                              SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN } };
  g_autoptr (SmRow) order = sm_rules_run_sync (w->f->rules, do_create, &doing, NULL);
  SmRow *certificate = sm_row_new (sm_noun_get (SM_NOUN_CERTIFICATE));
  SmWorkOrderAct given = nothing, all_the_same = because ("nobody else within 200 km");
  SmWorkOrderAct blank = because (" ");
  gint64 id = sm_row_get_id (order);

  given.engineer_id = blank.engineer_id = all_the_same.engineer_id = w->eddy;
  assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "certificate-missing");
  sm_row_set_int (certificate, SM_CERTIFICATE_ENGINEER_ID, w->eddy);
  sm_row_set_text (certificate, SM_CERTIFICATE_KIND, "high_voltage");
  sm_row_set_int (certificate, SM_CERTIFICATE_EXPIRES_AT, sm_clock_now (w->f->network) + SM_DAY);
  fixture_fill (w->f, certificate);
  act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "assigned");
  fixture_pass (w->f, 86400);
  assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "certificate-expired");
  assert_refused (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &blank, "certificate-expired");
  act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &all_the_same, "assigned");
  /* Whoever sends somebody all the same has answered for it: they take it as it is. */
  act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &nothing, "accepted");
}

/* Nobody does for themselves what they may not do, whatever they say. */
static void
test_own_override (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = w->mia, .key = key,
                  .wanted = { "manual", "repair", SM_UNKNOWN, "equipment", w->robot, NULL,
                              SM_UNKNOWN, "open it", NULL, NULL, NULL, "high_voltage", NULL,
                              SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN } };
  g_autoptr (SmRow) order = sm_rules_run_sync (w->f->rules, do_create, &doing, NULL);
  SmWorkOrderAct i_can = because ("I have always done it");

  assert_refused (w, w->ed, sm_row_get_id (order), SM_WORK_ORDER_ACCEPT, &nothing,
                  "certificate-missing");
  assert_refused (w, w->ed, sm_row_get_id (order), SM_WORK_ORDER_ACCEPT, &i_can,
                  "certificate-missing");
}

/* Nobody has to think of it: what is worked on, and what is wrong with it, says what is needed. */
static void
test_needed (void)
{
  g_autoptr (World) w = world_new ();
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));
  gint64 module;
  SmWorkOrderAct given = nothing;
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) robots = NULL;

  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, w->trade->stations[0]);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, "charger_module");
  sm_row_set_text (row, SM_EQUIPMENT_SN, "MODULE1");
  sm_row_take_text (row, SM_EQUIPMENT_NAME, sm_name_new ("Module", "模块"));
  module = fixture_fill (w->f, row);
  order = try_create (w, w->olga, "charger-module-fault", module, NULL);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_CERTIFICATE), ==, "high_voltage");
  given.engineer_id = w->eddy;
  assert_refused (w, w->mia, sm_row_get_id (order), SM_WORK_ORDER_ASSIGN, &given,
                  "certificate-missing");
  robots = try_create (w, w->olga, CODE, w->robot, NULL);
  g_assert_true (sm_row_is_null (robots, SM_WORK_ORDER_CERTIFICATE));
}

/* What is mended for now has to have a date on which somebody comes again. */
static void
test_temporary (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);
  SmWorkOrderAct for_now = done ("temporary"), again = because ("a new pin"), late;
  g_autoptr (SmRow) order = NULL;

  work_on (w, id);
  act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  assert_refused (w, w->max, id, SM_WORK_ORDER_CONFIRM, &nothing, "follow-up-missing");
  late = again;
  late.follow_up_at = sm_clock_now (w->f->network) - SM_DAY;
  assert_refused (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &late, "invalid");
  again.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  act (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &again, "completed");
  assert_refused (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &again, "follow-up-exists");
  act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &nothing, "confirmed");
  order = look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_PARENT_ID), ==, id);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_STATE), ==, "unaccepted");
}

/* The engineer says it with the completion; a phone may have had no network until it was past. */
static void
test_promised (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL), now;
  SmWorkOrderAct for_now = done ("temporary"), good = because ("looked at it");
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) next = NULL;

  work_on (w, id);
  now = sm_clock_now (w->f->network);
  for_now.follow_up_at = now + 400 * SM_DAY;
  assert_refused (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "invalid");
  for_now.follow_up_at = now - SM_HOUR;
  assert_refused (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "invalid");
  for_now.claimed_at = now - 2 * SM_HOUR;
  act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  order = look (w, SM_NOUN_WORK_ORDER, id);
  next = look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_FOLLOW_UP_ID), ==, id + 1);
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PARENT_ID), ==, id);
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PLANNED_AT), ==,
                   sm_row_get_int (order, SM_WORK_ORDER_FOLLOW_UP_AT));
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PLANNED_AT), >, now);
  g_assert_cmpint (sm_row_get_int (next, SM_WORK_ORDER_PLANNED_AT), <=, now + SM_HOUR);
  /* Done again, once: nobody comes twice. */
  act (w, w->max, id, SM_WORK_ORDER_REJECT, &good, "in_progress");
  for_now.claimed_at = SM_UNKNOWN;
  for_now.follow_up_at = now + SM_DAY;
  act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  g_assert_null (look (w, SM_NOUN_WORK_ORDER, id + 2));
  act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &nothing, "confirmed");
}

/* --- from an alarm --- */

static void
test_alarm (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) alarm = NULL;

  say (w, CODE, TRUE);
  order = look (w, SM_NOUN_WORK_ORDER, 1);
  alarm = fixture_only_alarm (w->f);
  g_assert_nonnull (order);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID), ==, 1);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_SOURCE), ==, "alarm");
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_SKILL), ==, "swap_robot");
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT), ==,
                   sm_row_get_int (alarm, SM_ALARM_RAISED_AT));
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_CREATED_AT), <=,
                   sm_row_get_int (order, SM_WORK_ORDER_FIRST_SIGN_AT) + 5 * SM_SECOND);
  g_assert_nonnull (strstr (sm_row_get_text (order, SM_WORK_ORDER_SNAPSHOT), CODE));
  /* The same by hand is that one. */
  g_assert_cmpint (create (w, CODE), ==, 1);
  fixture_reopen (w->f);
  fixture_pass (w->f, 5);
  assert_story (w, 1, "create");
}

/* An alarm of which somebody asks for an order that is there already is of that order. */
static void
test_joins (void)
{
  g_autoptr (World) w = world_new ();
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = w->olga, .key = key,
                  .wanted = { "manual", "repair", 1, NULL, SM_UNKNOWN, NULL, SM_UNKNOWN, NULL, NULL,
                              NULL, NULL, NULL, NULL, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN } };
  gint64 id = create (w, "swap-robot-position");
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) alarm = NULL;

  say (w, "swap-robot-position", TRUE);
  alarm = fixture_only_alarm (w->f);
  doing.wanted.alarm_id = sm_row_get_id (alarm);
  order = sm_rules_run_sync (w->f->rules, do_create, &doing, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sm_row_get_id (order), ==, id);
  g_clear_pointer (&alarm, sm_row_unref);
  alarm = fixture_only_alarm (w->f);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID), ==, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID), ==, sm_row_get_id (alarm));
  assert_story (w, id, "create join");
}

/* Somebody was to come again next week, but what was mended for now breaks today. */
static void
test_breaks_before (void)
{
  g_autoptr (World) w = world_new ();
  SmWorkOrderAct for_now = done ("temporary"), again = because ("a new pin");
  gint64 id = create (w, CODE), now;
  g_autoptr (SmRow) order = NULL;

  work_on (w, id);
  act (w, w->ed, id, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  again.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  act (w, w->max, id, SM_WORK_ORDER_FOLLOW_UP, &again, "completed");
  act (w, w->max, id, SM_WORK_ORDER_CONFIRM, &again, "confirmed");
  fixture_pass (w->f, 86400);
  now = sm_clock_now (w->f->network);
  say (w, CODE, TRUE);
  order = look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ALARM_COUNT), ==, 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_PLANNED_AT), <=, now + SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESPONSE_DUE_AT), <=, now + 16 * SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESTORE_DUE_AT), <=, now + 13 * SM_HOUR);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 0);
  fixture_pass (w->f, 16 * 60);
  g_clear_pointer (&order, sm_row_unref);
  order = look (w, SM_NOUN_WORK_ORDER, id + 1);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==, 1);
}

/* Restored by the first good swap, void when it is back: the same clock goes on. */
static void
test_restore (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) proven = NULL;
  g_autoptr (SmRow) back = NULL;
  SmWorkOrderAct good = done ("permanent");

  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
  work_on (w, 1);
  say (w, CODE, FALSE);
  act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &good, "completed");
  assert_refused (w, w->max, 1, SM_WORK_ORDER_CONFIRM, &nothing, "work-order-not-restored");
  fixture_pass (w->f, 1800);
  swap (w, "GOOD1");
  proven = look (w, SM_NOUN_WORK_ORDER, 1);
  g_assert_cmpstr (sm_row_get_text (proven, SM_WORK_ORDER_RESTORE_PROOF), ==, "GOOD1");
  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
  back = look (w, SM_NOUN_WORK_ORDER, 1);
  g_assert_true (sm_row_is_null (back, SM_WORK_ORDER_RESTORED_AT));
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_VOIDS), ==, 1);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_DUE_AT), ==,
                   sm_row_get_int (proven, SM_WORK_ORDER_RESTORE_DUE_AT));
  say (w, CODE, FALSE);
  fixture_pass (w->f, 1800);
  swap (w, "GOOD2");
  act (w, w->max, 1, SM_WORK_ORDER_CONFIRM, &nothing, "confirmed");
  /* Once more, and nobody ever acknowledged it: the same alarm, another order, the same clock. */
  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
  g_clear_pointer (&back, sm_row_unref);
  back = look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_nonnull (back);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_PARENT_ID), ==, 1);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_VOIDS), ==, 2);
  g_assert_cmpint (sm_row_get_int (back, SM_WORK_ORDER_RESTORE_DUE_AT), ==,
                   sm_row_get_int (proven, SM_WORK_ORDER_RESTORE_DUE_AT));
}

/* It held for a day, and nobody has confirmed it yet: what breaks then is another fault, with an
 * order of its own. */
static void
test_held (void)
{
  g_autoptr (World) w = world_new ();
  SmWorkOrderAct good = done ("permanent");
  g_autoptr (SmRow) first = NULL;
  g_autoptr (SmRow) second = NULL;
  g_autoptr (SmRow) alarm = NULL;
  gint64 now;

  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
  work_on (w, 1);
  say (w, CODE, FALSE);
  fixture_pass (w->f, 1800);
  swap (w, "GOOD1");
  act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &good, "completed");
  fixture_pass (w->f, 25 * 3600);
  now = sm_clock_now (w->f->network);
  say (w, CODE, TRUE);
  first = look (w, SM_NOUN_WORK_ORDER, 1);
  second = look (w, SM_NOUN_WORK_ORDER, 2);
  alarm = fixture_only_alarm (w->f);
  g_assert_nonnull (second);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_PARENT_ID), ==, 1);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_RESTORE_VOIDS), ==, 0);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_FIRST_SIGN_AT), >=, now);
  g_assert_cmpint (sm_row_get_int (alarm, SM_ALARM_WORK_ORDER_ID), ==, 2);
  g_assert_false (sm_row_is_null (first, SM_WORK_ORDER_RESTORED_AT));
  g_assert_cmpint (sm_row_get_int (first, SM_WORK_ORDER_ALARM_COUNT), ==, 1);
  /* By hand it is the new one, too. */
  g_assert_cmpint (create (w, CODE), ==, 2);
  act (w, w->max, 1, SM_WORK_ORDER_CONFIRM, &nothing, "confirmed");
  assert_state (w, 2, "unaccepted");
}

/* Likewise when somebody reports it. */
static void
test_held_by_hand (void)
{
  g_autoptr (World) w = world_new ();
  SmWorkOrderAct good = done ("permanent");
  g_autoptr (SmRow) second = NULL;

  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
  work_on (w, 1);
  say (w, CODE, FALSE);
  fixture_pass (w->f, 1800);
  swap (w, "GOOD1");
  act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &good, "completed");
  fixture_pass (w->f, 25 * 3600);
  g_assert_cmpint (create (w, CODE), ==, 2);
  second = look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_cmpint (sm_row_get_int (second, SM_WORK_ORDER_PARENT_ID), ==, 1);
  say (w, CODE, TRUE);
  assert_story (w, 2, "create join");
}

/* The third within 30 days: what comes again and again has a cause of its own. */
static void
test_problem (void)
{
  g_autoptr (World) w = world_new ();
  SmWorkOrderAct off = because ("known");
  g_autoptr (SmRow) problem = NULL;

  for (guint i = 0; i < 3; i++)
    {
      gint64 id = create (w, CODE);

      g_assert_null (problem);
      act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &off, "cancelled");
      fixture_pass (w->f, 86400);
      problem = look (w, SM_NOUN_PROBLEM_RECORD, 1);
    }
  g_assert_nonnull (problem);
  g_assert_cmpint (sm_row_get_int (problem, SM_PROBLEM_ORDERS), ==, 3);
  for (gint64 id = 1; id <= 3; id++)
    {
      g_autoptr (SmRow) order = look (w, SM_NOUN_WORK_ORDER, id);

      g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_PROBLEM_ID), ==, 1);
    }
}

/* Comes back an hour after a good swap showed that it served. */
static void
recur (World      *w,
       const char *number)
{
  say (w, CODE, FALSE);
  fixture_pass (w->f, 1800);
  swap (w, number);
  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
}

/* Nor does it need three orders: what is mended badly comes again on the one that it has. */
static void
test_problem_of_one (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) early = NULL;
  g_autoptr (SmRow) problem = NULL;
  g_autoptr (SmRow) second = NULL;

  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
  work_on (w, 1);
  recur (w, "GOOD1");
  early = look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_null (early);
  recur (w, "GOOD2");
  problem = look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_nonnull (problem);
  g_assert_cmpint (sm_row_get_int (problem, SM_PROBLEM_ORDERS), ==, 1);
  g_assert_cmpint (sm_row_get_int (problem, SM_PROBLEM_EQUIPMENT_ID), ==, w->robot);
  assert_story (w, 1, "create assign accept travel arrive start restore recur restore recur gather");
  recur (w, "GOOD3");
  second = look (w, SM_NOUN_PROBLEM_RECORD, 2);
  g_assert_null (second);
}

/* Who comes again as was agreed comes because of no new fault. */
static void
test_no_problem (void)
{
  g_autoptr (World) w = world_new ();
  SmWorkOrderAct again = because ("a new pin"), off = because ("known");
  g_autoptr (SmRow) visit = NULL;
  g_autoptr (SmRow) problem = NULL;

  fixture_pass (w->f, 3600);
  say (w, CODE, TRUE);
  work_on (w, 1);
  again.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  act (w, w->max, 1, SM_WORK_ORDER_FOLLOW_UP, &again, "in_progress");
  visit = look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_nonnull (visit);
  act (w, w->mia, 2, SM_WORK_ORDER_CANCEL, &off, "cancelled");
  recur (w, "GOOD1");
  problem = look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_null (problem);
}

/* What was mended for now, and is back as another alarm, is the order that was mended: not the
 * visit that is to come because of it. */
static void
test_back_before_visit (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) order = NULL;
  g_autoptr (SmRow) visit = NULL;
  g_autoptr (SmRow) acked = NULL;
  SmWorkOrderAct for_now = done ("temporary");

  say (w, CODE, TRUE);
  work_on (w, 1);
  acked = fixture_acknowledge (w->f, w->mia, "0190a000-0000-7000-8000-000000000001", 1, 2, 1, NULL,
                               NULL, NULL);
  g_assert_nonnull (acked);
  say (w, CODE, FALSE);
  for_now.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  act (w, w->ed, 1, SM_WORK_ORDER_COMPLETE, &for_now, "completed");
  fixture_pass (w->f, 600);
  swap (w, "GOOD1");
  fixture_pass (w->f, 600);
  say (w, CODE, TRUE);
  order = look (w, SM_NOUN_WORK_ORDER, 1);
  visit = look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ALARM_ID), ==, 2);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESTORE_VOIDS), ==, 1);
  g_assert_cmpint (sm_row_get_int (visit, SM_WORK_ORDER_ALARM_COUNT), ==, 0);
}

static void
create_another (World *w)
{
  SmWorkOrderAct off = because ("known");
  gint64 id = create (w, CODE);

  act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &off, "cancelled");
  fixture_pass (w->f, 86400);
}

/* Nobody looked at it for a season, and it comes again: it is that one still. */
static void
test_old_problem (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) after = NULL;
  g_autoptr (SmRow) second = NULL;

  for (guint i = 0; i < 3; i++)
    create_another (w);
  fixture_pass (w->f, 90 * 86400);
  for (guint i = 0; i < 3; i++)
    create_another (w);
  after = look (w, SM_NOUN_PROBLEM_RECORD, 1);
  second = look (w, SM_NOUN_PROBLEM_RECORD, 2);
  g_assert_null (second);
  g_assert_cmpint (sm_row_get_int (after, SM_PROBLEM_ORDERS), ==, 6);
}

typedef struct
{
  SmActor *actor;
  SmRow *row;
  guint64 said;
} Solving;

static gpointer
do_solve (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Solving *saying = data;
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  SmPaperWish wish = { saying->row, saying->said };

  return sm_papers_change (rules, saying->actor, key, 1, SM_UNKNOWN, &wish, NULL, error);
}

/* Says one thing of the problem.  Returns: (transfer full) (nullable) */
static SmRow *
solve (World *w, SmActor *actor, guint field, const char *text, GError **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_PROBLEM_RECORD));
  Solving saying = { actor, row, G_GUINT64_CONSTANT (1) << field };

  if (text != NULL)
    sm_row_set_text (row, field, text);
  return sm_rules_run_sync (w->f->rules, do_solve, &saying, error);
}

static void
assert_said (World *w, SmActor *actor, guint field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = solve (w, actor, field, text, &error);

  g_assert_no_error (error);
}

static void
assert_not_said (World *w, SmActor *actor, guint field, const char *text, const char *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = solve (w, actor, field, text, &error);

  g_assert_null (row);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

#define SOLVE SM_PROBLEM_STATE, "solved"

/* What made it, what was done for good, and that it helped: the last by somebody else, when
 * nobody mends what it does any more.  What comes again after that is another problem. */
static void
test_solve (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) solved = NULL;
  g_autoptr (SmRow) next = NULL;
  gint64 id;
  SmWorkOrderAct off = because ("known");

  for (guint i = 0; i < 3; i++)
    create_another (w);
  assert_not_said (w, w->mia, SOLVE, "invalid");
  assert_said (w, w->mia, SM_PROBLEM_CAUSE, "water in the plug");
  assert_not_said (w, w->mia, SOLVE, "invalid");
  assert_said (w, w->mia, SM_PROBLEM_SOLUTION, "a roof above it");
  assert_not_said (w, w->mia, SOLVE, "second-person-needed");
  assert_not_said (w, w->ed, SM_PROBLEM_CAUSE, "me", "permission-missing");
  id = create (w, CODE);
  assert_not_said (w, w->max, SOLVE, "problem-worked-on");
  act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &off, "cancelled");
  assert_said (w, w->max, SOLVE);
  solved = look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_cmpstr (sm_row_get_text (solved, SM_PROBLEM_STATE), ==, "solved");
  g_assert_cmpstr (sm_row_get_text (solved, SM_PROBLEM_SOLVED_BY), ==, w->mia->name);
  g_assert_false (sm_row_is_null (solved, SM_PROBLEM_SOLVED_AT));
  g_assert_cmpstr (sm_row_get_text (solved, SM_PROBLEM_CONFIRMED_BY), ==, w->max->name);
  g_assert_false (sm_row_is_null (solved, SM_PROBLEM_CONFIRMED_AT));
  assert_not_said (w, w->max, SM_PROBLEM_CAUSE, "else", "problem-over");
  assert_not_said (w, w->max, SM_PROBLEM_STATE, "open", "problem-over");
  create (w, CODE);
  next = look (w, SM_NOUN_PROBLEM_RECORD, 2);
  g_assert_cmpstr (sm_row_get_text (next, SM_PROBLEM_STATE), ==, "open");
}

/* Nobody takes it: warned at half and at four fifths of the time, then the next in line. */
static void
test_alone (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);
  g_autoptr (SmRow) order = NULL;

  fixture_pass (w->f, 7 * 60);
  assert_story (w, id, "create");
  fixture_pass (w->f, 60);
  assert_story (w, id, "create warn");
  fixture_pass (w->f, 5 * 60);
  assert_story (w, id, "create warn warn");
  fixture_pass (w->f, 2 * 60);
  fixture_pass (w->f, 1);
  assert_story (w, id, "create warn warn escalate warn");
  order = look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_RESPONSE_WARNED), ==, 100);
  for (guint i = 0; i < 30; i++)
    fixture_pass (w->f, 16 * 60);
  g_clear_pointer (&order, sm_row_unref);
  order = look (w, SM_NOUN_WORK_ORDER, id);
  g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS), ==,
                   SM_WORK_ORDER_MAX_ESCALATIONS);
}

/* Who has it has spoken with nobody: the roster hears of that, too, and once. */
static void
test_overdue (void)
{
  g_autoptr (World) w = world_new ();
  gint64 id = create (w, NULL);

  act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &nothing, "accepted");
  fixture_pass (w->f, 14 * 60);
  fixture_pass (w->f, 60);
  fixture_pass (w->f, 1);
  fixture_pass (w->f, 1);
  fixture_pass (w->f, 16 * 60);
  fixture_pass (w->f, 1);
  assert_story (w, id, "create accept warn warn escalate");
}

typedef struct
{
  SmActor *actor;
  SmWorkLimits changes;
} Limiting;

static gpointer
do_limit (SmRules *rules, gpointer data, GCancellable *cancellable, GError **error)
{
  const Limiting *limiting = data;
  SmWorkLimits limits;

  sm_work_limits_change (rules, limiting->actor, 1, &limiting->changes, &limits, error);
  return NULL;
}

/* Each kind of order has its own times; those that are there keep what they were made with. */
static void
test_limits (void)
{
  g_autoptr (World) w = world_new ();
  gint64 first = create (w, NULL), second;
  Limiting limiting = { .actor = w->mia };
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) after = NULL;

  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    limiting.changes.minutes[i] = SM_UNKNOWN;
  limiting.changes.minutes[SM_WORK_LIMIT_RESPONSE] = 30;
  limiting.changes.minutes[SM_WORK_LIMIT_RESTORE] = 240;
  fixture_write (w->f, do_limit, &limiting);
  g_assert_cmpuint (fixture_audit (w->f, "work_order_limits", "done"), ==, 1);
  second = create (w, NULL);
  before = look (w, SM_NOUN_WORK_ORDER, first);
  after = look (w, SM_NOUN_WORK_ORDER, second);
  g_assert_cmpint (sm_row_get_int (before, SM_WORK_ORDER_RESPONSE_DUE_AT), ==,
                   sm_row_get_int (before, SM_WORK_ORDER_CREATED_AT) + 15 * SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_RESPONSE_DUE_AT), ==,
                   sm_row_get_int (after, SM_WORK_ORDER_CREATED_AT) + 30 * SM_MINUTE);
  g_assert_cmpint (sm_row_get_int (after, SM_WORK_ORDER_RESTORE_DUE_AT), ==,
                   sm_row_get_int (after, SM_WORK_ORDER_FIRST_SIGN_AT) + 4 * SM_HOUR);
  /* Half of the time that it has. */
  fixture_pass (w->f, 8 * 60);
  assert_story (w, first, "create warn");
  assert_story (w, second, "create");
}

/* What is over before anybody takes it keeps nobody busy. */
static void
test_over_by_itself (void)
{
  g_autoptr (World) w = world_new ();
  g_autoptr (SmRow) order = NULL;

  say (w, CODE, TRUE);
  say (w, CODE, FALSE);
  fixture_pass (w->f, 300);
  assert_state (w, 1, "unaccepted");
  fixture_pass (w->f, 400);
  assert_state (w, 1, "cancelled");
  order = look (w, SM_NOUN_WORK_ORDER, 1);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_CANCEL_REASON), ==, "over-by-itself");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/work-orders/life", test_life);
  g_test_add_func ("/rules/work-orders/refusals", test_refusals);
  g_test_add_func ("/rules/work-orders/not-for-others", test_not_for_others);
  g_test_add_func ("/rules/work-orders/company-names-one", test_company_names_one);
  g_test_add_func ("/rules/work-orders/response", test_response);
  g_test_add_func ("/rules/work-orders/certificate", test_certificate);
  g_test_add_func ("/rules/work-orders/own-override", test_own_override);
  g_test_add_func ("/rules/work-orders/needed", test_needed);
  g_test_add_func ("/rules/work-orders/temporary", test_temporary);
  g_test_add_func ("/rules/work-orders/promised", test_promised);
  g_test_add_func ("/rules/work-orders/alarm", test_alarm);
  g_test_add_func ("/rules/work-orders/joins", test_joins);
  g_test_add_func ("/rules/work-orders/breaks-before", test_breaks_before);
  g_test_add_func ("/rules/work-orders/restore", test_restore);
  g_test_add_func ("/rules/work-orders/held", test_held);
  g_test_add_func ("/rules/work-orders/held-by-hand", test_held_by_hand);
  g_test_add_func ("/rules/work-orders/problem", test_problem);
  g_test_add_func ("/rules/work-orders/problem-of-one", test_problem_of_one);
  g_test_add_func ("/rules/work-orders/no-problem", test_no_problem);
  g_test_add_func ("/rules/work-orders/back-before-visit", test_back_before_visit);
  g_test_add_func ("/rules/work-orders/old-problem", test_old_problem);
  g_test_add_func ("/rules/work-orders/solve", test_solve);
  g_test_add_func ("/rules/work-orders/alone", test_alone);
  g_test_add_func ("/rules/work-orders/overdue", test_overdue);
  g_test_add_func ("/rules/work-orders/limits", test_limits);
  g_test_add_func ("/rules/work-orders/over-by-itself", test_over_by_itself);
  return g_test_run ();
}
