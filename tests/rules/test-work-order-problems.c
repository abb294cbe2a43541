/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "work.h"

#include "sm-error.h"
#include "sm-papers.h"

/* What comes again and again. */

/* The third within 30 days: what comes again and again has a cause of its own. */
static void
test_problem (void)
{
  g_autoptr (Work) w = work_new ();
  SmWorkOrderAct off = work_because ("known");
  g_autoptr (SmRow) problem = NULL;

  for (guint i = 0; i < 3; i++)
    {
      gint64 id = work_create (w, WORK_CODE);

      g_assert_null (problem);
      work_act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &off, "cancelled");
      fixture_pass (w->f, 86400);
      problem = work_look (w, SM_NOUN_PROBLEM_RECORD, 1);
    }
  g_assert_nonnull (problem);
  g_assert_cmpint (sm_row_get_int (problem, SM_PROBLEM_ORDERS), ==, 3);
  for (gint64 id = 1; id <= 3; id++)
    {
      g_autoptr (SmRow) order = work_look (w, SM_NOUN_WORK_ORDER, id);

      g_assert_cmpint (sm_row_get_int (order, SM_WORK_ORDER_PROBLEM_ID), ==, 1);
    }
}

/* Comes back an hour after a good swap showed that it served. */
static void
recur (Work       *w,
       const char *number)
{
  work_say (w, WORK_CODE, FALSE);
  fixture_pass (w->f, 1800);
  work_swap (w, number);
  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
}

/* Nor does it need three orders: what is mended badly comes again on the one that it has. */
static void
test_problem_of_one (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) early = NULL;
  g_autoptr (SmRow) problem = NULL;
  g_autoptr (SmRow) second = NULL;

  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
  work_begin (w, 1);
  recur (w, "GOOD1");
  early = work_look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_null (early);
  recur (w, "GOOD2");
  problem = work_look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_nonnull (problem);
  g_assert_cmpint (sm_row_get_int (problem, SM_PROBLEM_ORDERS), ==, 1);
  g_assert_cmpint (sm_row_get_int (problem, SM_PROBLEM_EQUIPMENT_ID), ==, w->robot);
  work_assert_story (w, 1, "create assign accept travel arrive start restore recur restore recur "
                           "gather");
  recur (w, "GOOD3");
  second = work_look (w, SM_NOUN_PROBLEM_RECORD, 2);
  g_assert_null (second);
}

/* Who comes again as was agreed comes because of no new fault. */
static void
test_no_problem (void)
{
  g_autoptr (Work) w = work_new ();
  SmWorkOrderAct again = work_because ("a new pin"), off = work_because ("known");
  g_autoptr (SmRow) visit = NULL;
  g_autoptr (SmRow) problem = NULL;

  fixture_pass (w->f, 3600);
  work_say (w, WORK_CODE, TRUE);
  work_begin (w, 1);
  again.follow_up_at = sm_clock_now (w->f->network) + 7 * SM_DAY;
  work_act (w, w->max, 1, SM_WORK_ORDER_FOLLOW_UP, &again, "in_progress");
  visit = work_look (w, SM_NOUN_WORK_ORDER, 2);
  g_assert_nonnull (visit);
  work_act (w, w->mia, 2, SM_WORK_ORDER_CANCEL, &off, "cancelled");
  recur (w, "GOOD1");
  problem = work_look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_null (problem);
}

static void
create_another (Work *w)
{
  SmWorkOrderAct off = work_because ("known");
  gint64 id = work_create (w, WORK_CODE);

  work_act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &off, "cancelled");
  fixture_pass (w->f, 86400);
}

/* Nobody looked at it for a season, and it comes again: it is that one still. */
static void
test_old_problem (void)
{
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) after = NULL;
  g_autoptr (SmRow) second = NULL;

  for (guint i = 0; i < 3; i++)
    create_another (w);
  fixture_pass (w->f, 90 * 86400);
  for (guint i = 0; i < 3; i++)
    create_another (w);
  after = work_look (w, SM_NOUN_PROBLEM_RECORD, 1);
  second = work_look (w, SM_NOUN_PROBLEM_RECORD, 2);
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
solve (Work *w, SmActor *actor, guint field, const char *text, GError **error)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_PROBLEM_RECORD));
  Solving saying = { actor, row, G_GUINT64_CONSTANT (1) << field };

  if (text != NULL)
    sm_row_set_text (row, field, text);
  return sm_rules_run_sync (w->f->rules, do_solve, &saying, error);
}

static void
assert_said (Work *w, SmActor *actor, guint field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = solve (w, actor, field, text, &error);

  g_assert_no_error (error);
}

static void
assert_not_said (Work *w, SmActor *actor, guint field, const char *text, const char *slug)
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
  g_autoptr (Work) w = work_new ();
  g_autoptr (SmRow) solved = NULL;
  g_autoptr (SmRow) next = NULL;
  gint64 id;
  SmWorkOrderAct off = work_because ("known");

  for (guint i = 0; i < 3; i++)
    create_another (w);
  assert_not_said (w, w->mia, SOLVE, "invalid");
  assert_said (w, w->mia, SM_PROBLEM_CAUSE, "water in the plug");
  assert_not_said (w, w->mia, SOLVE, "invalid");
  assert_said (w, w->mia, SM_PROBLEM_SOLUTION, "a roof above it");
  assert_not_said (w, w->mia, SOLVE, "second-person-needed");
  assert_not_said (w, w->ed, SM_PROBLEM_CAUSE, "me", "permission-missing");
  id = work_create (w, WORK_CODE);
  assert_not_said (w, w->max, SOLVE, "problem-worked-on");
  work_act (w, w->mia, id, SM_WORK_ORDER_CANCEL, &off, "cancelled");
  assert_said (w, w->max, SOLVE);
  solved = work_look (w, SM_NOUN_PROBLEM_RECORD, 1);
  g_assert_cmpstr (sm_row_get_text (solved, SM_PROBLEM_STATE), ==, "solved");
  g_assert_cmpstr (sm_row_get_text (solved, SM_PROBLEM_SOLVED_BY), ==, w->mia->name);
  g_assert_false (sm_row_is_null (solved, SM_PROBLEM_SOLVED_AT));
  g_assert_cmpstr (sm_row_get_text (solved, SM_PROBLEM_CONFIRMED_BY), ==, w->max->name);
  g_assert_false (sm_row_is_null (solved, SM_PROBLEM_CONFIRMED_AT));
  assert_not_said (w, w->max, SM_PROBLEM_CAUSE, "else", "problem-over");
  assert_not_said (w, w->max, SM_PROBLEM_STATE, "open", "problem-over");
  work_create (w, WORK_CODE);
  next = work_look (w, SM_NOUN_PROBLEM_RECORD, 2);
  g_assert_cmpstr (sm_row_get_text (next, SM_PROBLEM_STATE), ==, "open");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/work-orders/problem", test_problem);
  g_test_add_func ("/rules/work-orders/problem-of-one", test_problem_of_one);
  g_test_add_func ("/rules/work-orders/no-problem", test_no_problem);
  g_test_add_func ("/rules/work-orders/old-problem", test_old_problem);
  g_test_add_func ("/rules/work-orders/solve", test_solve);
  return g_test_run ();
}
