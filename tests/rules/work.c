/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "work.h"

#include "sm-error.h"
#include "sm-faults.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-order-table.h"

#include <math.h>

static gint64
add_engineer (Work       *w,
              const char *name,
              const char *person)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_text (row, SM_ENGINEER_NAME, name);
  sm_row_set_text (row, SM_ENGINEER_PERSON, person);
  return fixture_fill (w->f, row);
}

static gint64
add_robot (Work *w)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));

  sm_row_set_int (row, SM_EQUIPMENT_STATION_ID, w->trade->stations[0]);
  sm_row_set_text (row, SM_EQUIPMENT_KIND, "swap_robot");
  sm_row_set_text (row, SM_EQUIPMENT_SN, "ROBOT1");
  sm_row_take_text (row, SM_EQUIPMENT_NAME, sm_name_new ("Robot", "机器人"));
  sm_row_set_int (row, SM_EQUIPMENT_WARRANTY_UNTIL, sm_clock_now (w->f->network) + 90 * SM_DAY);
  return fixture_fill (w->f, row);
}

gint64
work_add_part (Work *w, gint64 engineer_id)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PART));

  sm_row_set_text (row, SM_PART_CODE, "SR-LOCK-01");
  sm_row_take_text (row, SM_PART_NAME, sm_name_new ("Pin", "锁销"));
  sm_row_set_int (row, SM_PART_ENGINEER_ID, engineer_id);
  sm_row_set_int (row, SM_PART_QUANTITY, 2);
  return fixture_fill (w->f, row);
}

Work *
work_new (void)
{
  Work *w = g_new0 (Work, 1);

  w->trade = trade_new ();
  w->f = w->trade->fixture;
  w->mia = fixture_make_person (1, "manager", SM_SCOPE_ALL, 0);
  w->max = fixture_make_person (2, "manager", SM_SCOPE_ALL, 0);
  w->ed = fixture_make_person (3, "engineer", SM_SCOPE_ALL, 0);
  w->olga = fixture_make_person (4, "operator", SM_SCOPE_ALL, 0);
  w->eddy = add_engineer (w, "Eddy", w->ed->name);
  w->anna = add_engineer (w, "Anna", NULL);
  w->robot = add_robot (w);
  w->part = work_add_part (w, w->eddy);
  return w;
}

void
work_free (Work *w)
{
  sm_actor_unref (w->mia);
  sm_actor_unref (w->max);
  sm_actor_unref (w->ed);
  sm_actor_unref (w->olga);
  trade_free (w->trade);
  g_free (w);
}

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

const SmWorkOrderAct work_nothing = { SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
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

/* Returns: (transfer full) (nullable): what there is then of what @actor wants */
SmRow *
work_ask (Work                      *w,
          SmActor                   *actor,
          const SmWorkOrderRequest  *wanted,
          GError                   **error)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  Doing doing = { .actor = actor, .key = key, .wanted = *wanted };

  return sm_rules_run_sync (w->f->rules, do_create, &doing, error);
}

SmRow *
work_try_create (Work        *w,
                 SmActor     *actor,
                 const char  *code,
                 gint64       target_id,
                 GError     **error)
{
  const SmWorkOrderRequest wanted
      = { "manual", "repair", SM_UNKNOWN, "equipment", target_id, code, SM_UNKNOWN, "it grinds",
          NULL, NULL, NULL, NULL, NULL, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN };

  return work_ask (w, actor, &wanted, error);
}

gint64
work_create (Work       *w,
             const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = work_try_create (w, w->olga, code, w->robot, &error);

  g_assert_no_error (error);
  return sm_row_get_id (order);
}

SmRow *
work_try_act (Work                  *w,
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

void
work_act (Work                 *w,
          SmActor              *actor,
          gint64                id,
          SmWorkOrderEvent      event,
          const SmWorkOrderAct *said,
          const char           *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = work_try_act (w, actor, id, event, said, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_STATE), ==, state);
}

void
work_assert_refused (Work                 *w,
                     SmActor              *actor,
                     gint64                id,
                     SmWorkOrderEvent      event,
                     const SmWorkOrderAct *said,
                     const char           *slug)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) order = work_try_act (w, actor, id, event, said, &error);

  g_assert_null (order);
  g_assert_cmpstr (sm_error_get_slug (error), ==, slug);
}

/* --- what became of it --- */

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

SmRow *
work_look (Work     *w,
           SmNounId  noun,
           gint64    id)
{
  Looking looking = { noun, id };

  return sm_rules_run_sync (w->f->rules, do_look, &looking, NULL);
}

void
work_assert_state (Work       *w,
                   gint64      id,
                   const char *state)
{
  g_autoptr (SmRow) order = work_look (w, SM_NOUN_WORK_ORDER, id);

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
story (Work   *w,
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

void
work_assert_story (Work       *w,
                   gint64      id,
                   const char *expected)
{
  g_autofree char *told = story (w, id);

  g_assert_cmpstr (told, ==, expected);
}

/* --- what happens to the robot --- */

typedef struct
{
  Work *w;
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

void
work_say (Work       *w,
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

void
work_swap (Work       *w,
           const char *number)
{
  trade_add_order (w->trade, number, 0, sm_clock_now (w->f->network), 1000);
  trade_put (w->trade, sm_orders_put);
}

/* To where somebody works on it. */
void
work_begin (Work   *w,
            gint64  id)
{
  SmWorkOrderAct given = work_nothing, spoke = work_nothing;

  given.engineer_id = w->eddy;
  spoke.spoke = TRUE;
  work_act (w, w->mia, id, SM_WORK_ORDER_ASSIGN, &given, "assigned");
  work_act (w, w->ed, id, SM_WORK_ORDER_ACCEPT, &spoke, "accepted");
  work_act (w, w->ed, id, SM_WORK_ORDER_TRAVEL, &work_nothing, "travelling");
  work_act (w, w->ed, id, SM_WORK_ORDER_ARRIVE, &work_nothing, "on_site");
  work_act (w, w->ed, id, SM_WORK_ORDER_START, &work_nothing, "in_progress");
}

SmWorkOrderAct
work_done (const char *fix)
{
  SmWorkOrderAct said = work_nothing;

  said.fix = fix;
  said.cause = "a worn pin";
  said.action = "a new pin";
  return said;
}

SmWorkOrderAct
work_because (const char *reason)
{
  SmWorkOrderAct said = work_nothing;

  said.reason = reason;
  return said;
}
