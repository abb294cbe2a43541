/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-work-figures.h"

#include <math.h>

#define NOW (G_GINT64_CONSTANT (1750000000) * SM_SECOND)
#define FROM (NOW - 10 * SM_DAY)

typedef struct
{
  GPtrArray *orders;
  GPtrArray *windows;
  SmWorkPlant *plant;
} Past;

static void
past_clear (Past *past)
{
  g_ptr_array_unref (past->orders);
  g_ptr_array_unref (past->windows);
  sm_work_plant_free (past->plant);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Past, past_clear)

#define PAST_INIT \
  { g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref), \
    g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref), sm_work_plant_new () }

/* A repair of level 2, made at once, responded to after 5 minutes; 0 hours: not restored. */
static SmRow *
add (Past       *past,
     gint64      station,
     const char *code,
     gint64      at,
     double      hours,
     const char *state)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));

  sm_row_set_int (row, SM_ROW_ID, past->orders->len + 1);
  sm_row_set_text (row, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (row, SM_WORK_ORDER_STATE, state);
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, 2);
  sm_row_set_text (row, SM_WORK_ORDER_CODE, code);
  sm_row_set_int (row, SM_WORK_ORDER_STATION_ID, station);
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, at);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, at);
  sm_row_set_int (row, SM_WORK_ORDER_RESPONSE_DUE_AT, at + 15 * SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_RESTORE_DUE_AT, at + 12 * SM_HOUR);
  sm_row_set_int (row, SM_WORK_ORDER_RESPONDED_AT, at + 5 * SM_MINUTE);
  if (hours > 0)
    sm_row_set_int (row, SM_WORK_ORDER_RESTORED_AT, at + (gint64) (hours * SM_HOUR));
  g_ptr_array_add (past->orders, row);
  return row;
}

static void
add_window (Past   *past,
            gint64  station,
            gint64  from,
            gint64  to)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW));

  sm_row_set_int (row, SM_WINDOW_STATION_ID, station);
  sm_row_set_int (row, SM_WINDOW_OPENED_AT, from);
  sm_row_set_int (row, SM_WINDOW_ENDED_AT, to);
  g_ptr_array_add (past->windows, row);
}

static const SmWorkFigure *
find (const SmWorkFigures *figures,
      SmWorkFiguresBy      by,
      gint64               id,
      const char          *name)
{
  for (guint i = 0; i < figures->figures->len; i++)
    {
      const SmWorkFigure *figure = figures->figures->pdata[i];

      if (figure->by == by && figure->id == id
          && (name == NULL || g_strcmp0 (figure->name, name) == 0))
        return figure;
    }
  return NULL;
}

static void
assert_real (double value,
             double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-6);
}

/* By whoever has them, by station, by cause and by company. */
static void
test_groups (void)
{
  g_auto (Past) past = PAST_INIT;
  g_autoptr (SmWorkFigures) figures = NULL;
  const SmWorkFigure *one;
  SmRow *row;

  row = add (&past, 1, "fire", FROM + SM_DAY, 2, "confirmed");
  sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID, 7);
  sm_row_set_text (row, SM_WORK_ORDER_ASSIGNEE, "Zhang Hao");
  row = add (&past, 1, "fire", FROM + 2 * SM_DAY, 4, "completed");
  sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID, 7);
  sm_row_set_text (row, SM_WORK_ORDER_ASSIGNEE, "Zhang Hao");
  sm_row_set_int (row, SM_WORK_ORDER_REJECTIONS, 1);
  row = add (&past, 2, "door", FROM + 3 * SM_DAY, 18, "accepted");
  sm_row_set_int (row, SM_WORK_ORDER_ORGANISATION_ID, 3);
  row = add (&past, 2, "door", FROM + 4 * SM_DAY, 0, "cancelled");
  sm_row_set_int (row, SM_WORK_ORDER_CANCELLED_AT, FROM + 4 * SM_DAY + SM_HOUR);
  figures = sm_work_figures_reckon (FROM, NOW, NOW, past.orders, past.windows, 5, past.plant);
  one = find (figures, SM_WORK_FIGURES_TOTAL, 0, NULL);
  g_assert_true (one == figures->figures->pdata[0]);
  g_assert_cmpint (one->orders, ==, 4);
  g_assert_cmpint (one->confirmed + one->completed + one->accepted + one->cancelled, ==, 4);
  g_assert_cmpint (one->restored, ==, 3);
  g_assert_cmpint (one->restore_late, ==, 1);
  g_assert_cmpint (one->response_late, ==, 0);
  assert_real (one->response_s, 300);
  assert_real (one->restore_s, 8 * 3600);
  one = find (figures, SM_WORK_FIGURES_PERSON, 7, "Zhang Hao");
  g_assert_cmpint (one->orders, ==, 2);
  assert_real (one->restore_s, 3 * 3600);
  assert_real (one->first_time_pct, 50);
  g_assert_true (isnan (one->available_pct) && isnan (one->mtbf_s));
  g_assert_cmpint (find (figures, SM_WORK_FIGURES_PERSON, 0, NULL)->orders, ==, 2);
  g_assert_cmpint (find (figures, SM_WORK_FIGURES_AGENT, 3, NULL)->orders, ==, 1);
  g_assert_cmpint (find (figures, SM_WORK_FIGURES_CAUSE, 0, "door")->failures, ==, 1);
  g_assert_cmpint (find (figures, SM_WORK_FIGURES_STATION, 1, NULL)->orders, ==, 2);
  g_assert_null (find (figures, SM_WORK_FIGURES_STATION, 3, NULL));
}

/* What is down twice is down once; what is down in a window was planned; what began before the
 * time counts from its beginning, what goes on until its end. */
static void
test_available (void)
{
  g_auto (Past) past = PAST_INIT;
  g_autoptr (SmWorkFigures) figures = NULL;
  const SmWorkFigure *one;

  add (&past, 1, "a", FROM + SM_DAY, 10, "confirmed");
  add (&past, 1, "b", FROM + SM_DAY + 5 * SM_HOUR, 10, "confirmed");
  add_window (&past, 1, FROM + SM_DAY + 12 * SM_HOUR, FROM + SM_DAY + 20 * SM_HOUR);
  add (&past, 2, "a", FROM - 2 * SM_HOUR, 5, "confirmed");
  add (&past, 3, "a", NOW - 6 * SM_HOUR, 0, "accepted");
  sm_row_set_int (add (&past, 4, "a", FROM + SM_DAY, 30, "confirmed"), SM_WORK_ORDER_LEVEL, 3);
  figures = sm_work_figures_reckon (FROM, NOW, NOW, past.orders, past.windows, 10, past.plant);
  one = find (figures, SM_WORK_FIGURES_STATION, 1, NULL);
  assert_real (one->down_s, 12 * 3600);
  assert_real (one->planned_s, 8 * 3600);
  assert_real (one->unplanned_pct, 95);
  assert_real (one->available_pct, 100 * 220.0 / 240);
  assert_real (one->mtbf_s, 220.0 / 2 * 3600);
  one = find (figures, SM_WORK_FIGURES_STATION, 2, NULL);
  g_assert_cmpint (one->orders, ==, 0);
  assert_real (one->down_s, 3 * 3600);
  assert_real (find (figures, SM_WORK_FIGURES_STATION, 3, NULL)->down_s, 6 * 3600);
  assert_real (find (figures, SM_WORK_FIGURES_STATION, 4, NULL)->down_s, 0);
  one = find (figures, SM_WORK_FIGURES_TOTAL, 0, NULL);
  assert_real (one->down_s, 21 * 3600);
  assert_real (one->unplanned_pct, 100 * (2400.0 - 21) / 2400);
}

static void
aim (SmRow      *order,
     const char *noun,
     gint64      id)
{
  sm_row_set_text (order, SM_WORK_ORDER_TARGET_NOUN, noun);
  sm_row_set_int (order, SM_WORK_ORDER_TARGET_ID, id);
}

static void
scope_last_window (Past       *past,
                   const char *noun,
                   gint64      id)
{
  SmRow *window = past->windows->pdata[past->windows->len - 1];

  sm_row_set_text (window, SM_WINDOW_SCOPE_NOUN, noun);
  sm_row_set_int (window, SM_WINDOW_SCOPE_ID, id);
}

/* By kind of equipment and by pile: of all there are of a kind, and of this pile with its
 * connectors.  A window of the station is one of each thing in it, one of a thing is of no other. */
static void
test_things (void)
{
  g_auto (Past) past = PAST_INIT;
  g_autoptr (SmWorkFigures) figures = NULL;
  const SmWorkFigure *one;

  sm_work_plant_count (past.plant, "swap_robot", 1, 2);
  sm_work_plant_count (past.plant, "swap_robot", 2, 1);
  sm_work_plant_count (past.plant, "pile", 1, 4);
  sm_work_plant_set_kind (past.plant, 11, "swap_robot");
  sm_work_plant_set_kind (past.plant, 12, "swap_robot");
  sm_work_plant_set_pile (past.plant, 71, 21);
  /* Two robots of one station at the same time are two. */
  aim (add (&past, 1, "a", FROM + SM_DAY, 10, "confirmed"), "equipment", 11);
  aim (add (&past, 1, "a", FROM + SM_DAY, 10, "confirmed"), "equipment", 12);
  aim (add (&past, 1, "a", FROM + 3 * SM_DAY, 6, "confirmed"), "pile", 21);
  aim (add (&past, 1, "a", FROM + 3 * SM_DAY + 3 * SM_HOUR, 6, "confirmed"), "connector", 71);
  aim (add (&past, 1, "a", FROM + 5 * SM_DAY, 6, "confirmed"), "equipment", 13);
  add_window (&past, 1, FROM + SM_DAY + 8 * SM_HOUR, FROM + SM_DAY + 12 * SM_HOUR);
  scope_last_window (&past, "station", 1);
  add_window (&past, 1, FROM + 3 * SM_DAY, FROM + 3 * SM_DAY + SM_HOUR);
  scope_last_window (&past, "pile", 22);
  add_window (&past, 1, FROM + SM_DAY, FROM + SM_DAY + 2 * SM_HOUR);
  scope_last_window (&past, "equipment", 11);
  figures = sm_work_figures_reckon (FROM, NOW, NOW, past.orders, past.windows, 2, past.plant);
  one = find (figures, SM_WORK_FIGURES_KIND, 0, "swap_robot");
  g_assert_cmpint (one->orders, ==, 2);
  assert_real (one->restore_s, 10 * 3600);
  assert_real (one->response_s, 300);
  assert_real (one->first_time_pct, 100);
  assert_real (one->down_s, (6 + 8) * 3600);
  assert_real (one->planned_s, (2 * 4 + 2) * 3600);
  assert_real (one->unplanned_pct, 100 * (720.0 - 14) / 720);
  assert_real (one->available_pct, 100 * (720.0 - 24) / 720);
  assert_real (one->mtbf_s, (720.0 - 24) / 2 * 3600);
  one = find (figures, SM_WORK_FIGURES_PILE, 21, NULL);
  g_assert_cmpint (one->orders, ==, 2);
  assert_real (one->down_s, 9 * 3600);
  assert_real (one->planned_s, 4 * 3600);
  assert_real (one->available_pct, 100 * (240.0 - 13) / 240);
  one = find (figures, SM_WORK_FIGURES_KIND, 0, "pile");
  assert_real (one->down_s, 9 * 3600);
  assert_real (one->planned_s, (4 * 4 + 1) * 3600);
  g_assert_null (find (figures, SM_WORK_FIGURES_PILE, 22, NULL));
  /* Of what is not known nothing is said, but in the whole. */
  g_assert_cmpint (find (figures, SM_WORK_FIGURES_TOTAL, 0, NULL)->orders, ==, 5);
}

/* Spans in any order against hours that are ticked off one by one. */
static void
test_as_counted (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);

  for (guint round = 0; round < 60; round++)
    {
      g_auto (Past) past = PAST_INIT;
      g_autoptr (SmWorkFigures) figures = NULL;
      gboolean is_down[3][240] = { 0 }, is_planned[3][240] = { 0 };
      guint down = 0, planned = 0;

      for (guint i = 0; i < 20; i++)
        {
          guint station = (guint) g_rand_int_range (rand, 0, 3);
          int from = g_rand_int_range (rand, 0, 240), hours = g_rand_int_range (rand, 1, 30);
          gboolean is_window = g_rand_int_range (rand, 0, 3) == 0;

          for (int h = from; h < MIN (from + hours, 240); h++)
            (is_window ? is_planned : is_down)[station][h] = TRUE;
          if (is_window)
            add_window (&past, station + 1, FROM + from * SM_HOUR, FROM + (from + hours) * SM_HOUR);
          else
            add (&past, station + 1, "a", FROM + from * SM_HOUR, hours, "confirmed");
        }
      for (guint s = 0; s < 3; s++)
        for (guint h = 0; h < 240; h++)
          {
            down += is_down[s][h] && !is_planned[s][h];
            planned += is_planned[s][h];
          }
      figures = sm_work_figures_reckon (FROM, NOW, NOW, past.orders, past.windows, 3, past.plant);
      assert_real (find (figures, SM_WORK_FIGURES_TOTAL, 0, NULL)->down_s, 3600.0 * down);
      assert_real (find (figures, SM_WORK_FIGURES_TOTAL, 0, NULL)->planned_s, 3600.0 * planned);
    }
}

/* Of nothing there is nothing to be said, and nothing is divided by it. */
static void
test_nothing (void)
{
  g_auto (Past) past = PAST_INIT;
  g_autoptr (SmWorkFigures) figures
      = sm_work_figures_reckon (FROM, NOW, NOW, past.orders, past.windows, 0, past.plant);
  const SmWorkFigure *one = figures->figures->pdata[0];

  g_assert_cmpuint (figures->figures->len, ==, 1);
  g_assert_cmpint (one->orders, ==, 0);
  g_assert_true (isnan (one->available_pct) && isnan (one->restore_s) && isnan (one->mtbf_s));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/work-figures/groups", test_groups);
  g_test_add_func ("/domain/work-figures/available", test_available);
  g_test_add_func ("/domain/work-figures/things", test_things);
  g_test_add_func ("/domain/work-figures/as-counted", test_as_counted);
  g_test_add_func ("/domain/work-figures/nothing", test_nothing);
  return g_test_run ();
}
