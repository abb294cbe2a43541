/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sm-edits.h"
#include "sm-sim-list.h"
#include "sm-sim-plan.h"
#include "sm-sim.h"
#include "sm-test-folder.h"
#include "sm-time.h"
#include "sm-work-forecasts.h"
#include "sm-work-order-table.h"
#include "sm-work-orders.h"

/*
 * The engineers of the demo live by work orders, on clocks that the test turns: robots break at
 * many stations, and what becomes of that is read from the orders and what happened to them.
 */

#define START G_GINT64_CONSTANT (1777564800000000) /* 2026-04-30T16:00:00Z, midnight in Shenzhen */
#define RATE 120.0
#define HOURS (g_getenv ("SM_TEST_FULL") ? 12 : 5)
#define N_STATIONS 20

typedef struct
{
  char *folder;
  SmClock *network, *machine;
  SmRules *rules;
  SmSim *sim;
  GPtrArray *orders; /* of SmRow, once it was lived through */
} Night;

static gpointer
tick (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  sm_rules_tick (rules, error);
  return NULL;
}

/* The robot of one station after the other. */
static SmSimScenario *
break_robots (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmSimWorld) world = sm_sim_plan (SM_SIM_NETWORK_DEMO, 1, 1.0, SM_SOURCE_DATA_DIR,
                                              &error);
  g_autoptr (GString) text = g_string_new ("{\"events\":[");
  SmSimScenario *scenario;

  g_assert_no_error (error);
  for (guint i = 0; i < MIN (N_STATIONS, world->n_stations); i++)
    g_string_append_printf (text,
                            "%s{\"at_minutes\":%u,\"do\":\"fault\",\"station\":\"%s\","
                            "\"code\":\"swap-robot-fault\"}",
                            i > 0 ? "," : "", 1 + i * 3, world->stations[i].sn);
  g_string_append (text, "]}");
  scenario = sm_sim_scenario_read (text->str, text->len, "robots", &error);
  g_assert_no_error (error);
  return scenario;
}

static void
night_open (Night  *night,
            double  history_days)
{
  g_autofree char *path = NULL;
  SmRulesOptions options = { .simulated = TRUE };
  SmSimOptions sim_options = { .network = SM_SIM_NETWORK_DEMO, .seed = 1,
                               .history_days = history_days, .data_dir = SM_SOURCE_DATA_DIR,
                               .scenario = break_robots () };
  g_autoptr (GError) error = NULL;

  night->folder = g_dir_make_tmp ("sm-crew-XXXXXX", NULL);
  path = g_build_filename (night->folder, "network.db", NULL);
  night->network = sm_clock_new_manual (START);
  sm_clock_set (night->network, START, RATE);
  night->machine = sm_clock_new_manual (START);
  options.path = path;
  options.network = night->network;
  options.machine = night->machine;
  night->rules = sm_rules_open (&options, &error);
  g_assert_no_error (error);
  night->sim = sm_sim_new (night->rules, &sim_options);
  sm_sim_prepare (night->sim, &error);
  g_assert_no_error (error);
}

static void
night_close (Night *night)
{
  g_clear_pointer (&night->orders, g_ptr_array_unref);
  g_clear_pointer (&night->sim, sm_sim_free);
  sm_rules_close (night->rules);
  sm_test_remove_tree (night->folder);
  g_free (night->folder);
  sm_clock_unref (night->network);
  sm_clock_unref (night->machine);
}

static void
night_live (Night *night,
            double hours)
{
  gint64 step_us = (gint64) (RATE * (double) SM_SECOND);
  gint64 end_us = sm_clock_now (night->network) + (gint64) (hours * (double) SM_HOUR);

  while (sm_clock_now (night->network) < end_us)
    {
      g_autoptr (GError) error = NULL;

      sm_clock_advance (night->network, step_us);
      sm_clock_advance (night->machine, SM_SECOND);
      sm_sim_step (night->sim, sm_clock_now (night->network), &error);
      g_assert_no_error (error);
      sm_rules_run_sync (night->rules, tick, NULL, &error);
      g_assert_no_error (error);
    }
}

static void
night_read (Night *night)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&night->orders, g_ptr_array_unref);
  night->orders = sm_sim_list_all (night->rules, SM_NOUN_WORK_ORDER, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
read_steps (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  return sm_work_orders_steps (reader, actor, *(gint64 *) data, error);
}

static GPtrArray *
steps_of (Night *night,
          gint64 id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *steps = sm_rules_read_sync (night->rules, read_steps, &id, &error);

  g_assert_no_error (error);
  return steps;
}

/* --- what is looked at --- */

typedef struct
{
  guint n, n_over, n_completed, n_refused, n_escalated, n_companies, n_dark, n_called_off;
} Sum;

static gint64
minutes_between (const SmRow *order,
                 guint        from,
                 guint        to)
{
  return (sm_row_get_int (order, to) - sm_row_get_int (order, from)) / SM_MINUTE;
}

/* In which order things happened, and how long they took. */
static void
check_order (const SmRow *order)
{
  static const guint stages[] = { SM_WORK_ORDER_CREATED_AT,    SM_WORK_ORDER_ASSIGNED_AT,
                                  SM_WORK_ORDER_ACCEPTED_AT,   SM_WORK_ORDER_TRAVELLING_AT,
                                  SM_WORK_ORDER_ARRIVED_AT,    SM_WORK_ORDER_STARTED_AT,
                                  SM_WORK_ORDER_COMPLETED_AT,  SM_WORK_ORDER_CONFIRMED_AT };
  gint64 last = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      if (sm_row_is_null (order, stages[i]))
        continue;
      g_assert_cmpint (sm_row_get_int (order, stages[i]), >=, last);
      last = sm_row_get_int (order, stages[i]);
    }
  if (!sm_row_is_null (order, SM_WORK_ORDER_COMPLETED_AT))
    {
      g_assert_false (sm_row_is_null (order, SM_WORK_ORDER_RESPONDED_AT));
      g_assert_cmpint (minutes_between (order, SM_WORK_ORDER_TRAVELLING_AT,
                                        SM_WORK_ORDER_COMPLETED_AT), >=, 5);
    }
  if (!sm_row_is_null (order, SM_WORK_ORDER_CONFIRMED_AT))
    g_assert_cmpstr (sm_row_get_text (order, SM_WORK_ORDER_CONFIRMED_BY), !=,
                     sm_row_get_text (order, SM_WORK_ORDER_COMPLETED_BY));
}

static void
count_order (Night       *night,
             const SmRow *order,
             Sum         *sum)
{
  g_autoptr (GPtrArray) steps = steps_of (night, sm_row_get_id (order));
  gboolean is_dark = FALSE, is_of_company = FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      const SmWorkOrderStep *step = steps->pdata[i];

      is_dark |= step->claimed_at != SM_UNKNOWN && step->claimed_at < step->at;
      is_of_company |= g_str_equal (step->event, "assign") && step->reference == SM_UNKNOWN;
    }
  sum->n++;
  sum->n_over += sm_work_order_is_over (order);
  sum->n_completed += !sm_row_is_null (order, SM_WORK_ORDER_COMPLETED_AT);
  sum->n_refused += sm_row_get_int (order, SM_WORK_ORDER_REFUSALS) > 0;
  sum->n_escalated += sm_row_get_int (order, SM_WORK_ORDER_ESCALATIONS) > 0;
  sum->n_called_off += !sm_row_is_null (order, SM_WORK_ORDER_CANCELLED_AT);
  sum->n_dark += is_dark;
  sum->n_companies += is_of_company;
}

static gboolean
is_of_alarm (const SmRow *order)
{
  return g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_SOURCE), "alarm") == 0;
}

/* Robots broke one after the other; hours later most of it is done, by whoever said so. */
static void
test_live_by_orders (void)
{
  Night night = { NULL };
  Sum sum = { 0 };

  night_open (&night, 0.05);
  night_live (&night, HOURS);
  night_read (&night);
  for (guint i = 0; i < night.orders->len; i++)
    {
      check_order (night.orders->pdata[i]);
      if (is_of_alarm (night.orders->pdata[i]))
        count_order (&night, night.orders->pdata[i], &sum);
    }
  g_test_message ("%u orders: %u over (%u called off), %u completed, %u refused, %u escalated, "
                  "%u by a company, %u where no phone is heard",
                  sum.n, sum.n_over, sum.n_called_off, sum.n_completed, sum.n_refused,
                  sum.n_escalated, sum.n_companies, sum.n_dark);
  g_assert_cmpuint (sum.n + 2, >=, N_STATIONS);
  g_assert_cmpuint (sum.n_completed * 2, >, sum.n);
  g_assert_cmpuint (sum.n_companies, >, 0);
  night_close (&night);
}

/* --- what is said of them while they run --- */

typedef struct
{
  gint64 order_id, at_us;
  double chance_late;
  SmRepairForecast forecast;
} Said;

static gpointer
read_forecasts (SmReader      *reader,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  return sm_work_forecasts_read (reader, actor, error);
}

static void
listen (Night  *night,
        GArray *said)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) forecasts = sm_rules_read_sync (night->rules, read_forecasts, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < forecasts->len; i++)
    {
      const SmWorkForecast *one = &g_array_index (forecasts, SmWorkForecast, i);
      Said what = { one->work_order_id, sm_clock_now (night->network),
                    one->forecast.chance_late, one->forecast };

      g_assert_cmpfloat (what.chance_late, >=, 0.0);
      g_assert_cmpfloat (what.chance_late, <=, 1.0);
      g_array_append_val (said, what);
    }
}

typedef struct
{
  guint n, n_late, n_said, n_said_right, n_unsure, n_unsure_late, n_between, n_restored;
  guint n_orders, n_orders_late, n_orders_warned;
  double squares;
} Verdict;

static const SmRow *
find_order (Night  *night,
            gint64  id)
{
  for (guint i = 0; i < night->orders->len; i++)
    if (sm_row_get_id (night->orders->pdata[i]) == id)
      return night->orders->pdata[i];
  return NULL;
}

/* What was said before the clock broke, of what is known by now.  Nobody is judged by what
 * was called off. */
static void
judge_one (Night      *night,
           const Said *said,
           Verdict    *verdict)
{
  const SmRow *order = find_order (night, said->order_id);
  gint64 due = sm_row_get_int (order, SM_WORK_ORDER_RESTORE_DUE_AT);
  gint64 restored = sm_row_get_int (order, SM_WORK_ORDER_RESTORED_AT);
  gboolean is_late = restored > due;

  if (said->at_us >= due || !sm_row_is_null (order, SM_WORK_ORDER_CANCELLED_AT)
      || (restored == SM_UNKNOWN && sm_clock_now (night->network) <= due))
    return;
  if (restored == SM_UNKNOWN)
    is_late = TRUE;
  else
    {
      verdict->n_restored++;
      verdict->n_between += restored >= said->forecast.early_us && restored <= said->forecast.late_us;
    }
  verdict->n++;
  verdict->n_late += is_late;
  verdict->squares += (said->chance_late - is_late) * (said->chance_late - is_late);
  if (said->chance_late >= SM_REPAIR_LATE)
    {
      verdict->n_said++;
      verdict->n_said_right += is_late;
    }
  else if (said->chance_late >= SM_REPAIR_AT_RISK)
    {
      verdict->n_unsure++;
      verdict->n_unsure_late += is_late;
    }
}

/* Of those that came too late: whether somebody could have known before. */
static void
judge_orders (Night        *night,
              const GArray *said,
              Verdict      *verdict)
{
  for (guint i = 0; i < night->orders->len; i++)
    {
      const SmRow *order = night->orders->pdata[i];
      gint64 due = sm_row_get_int (order, SM_WORK_ORDER_RESTORE_DUE_AT);
      gint64 restored = sm_row_get_int (order, SM_WORK_ORDER_RESTORED_AT);
      gboolean is_seen = FALSE, is_warned = FALSE;

      for (guint n = 0; n < said->len; n++)
        {
          const Said *one = &g_array_index (said, Said, n);

          if (one->order_id != sm_row_get_id (order) || one->at_us >= due)
            continue;
          is_seen = TRUE;
          is_warned |= one->chance_late >= SM_REPAIR_AT_RISK;
        }
      if (!is_seen || restored == SM_UNKNOWN)
        continue;
      verdict->n_orders++;
      verdict->n_orders_late += restored > due;
      verdict->n_orders_warned += restored > due && is_warned;
    }
}

/* Of the orders that the demo lives through, every ten minutes: which will be late. */
static void
test_forecasts (void)
{
  Night night = { NULL };
  Verdict v = { 0 };
  g_autoptr (GArray) said = g_array_new (FALSE, FALSE, sizeof (Said));
  double rate;

  night_open (&night, 0.05);
  for (guint i = 0; i < HOURS * 6; i++)
    {
      night_live (&night, 1.0 / 6.0);
      listen (&night, said);
    }
  night_read (&night);
  for (guint i = 0; i < said->len; i++)
    judge_one (&night, &g_array_index (said, Said, i), &v);
  judge_orders (&night, said, &v);
  g_assert_cmpuint (v.n, >, 0);
  rate = (double) v.n_late / v.n;
  g_test_message ("%u looks at %u orders that are over, %.0f %% late: of %u said to be late %u were, of %u "
                  "at risk %u; of %u orders that came too late %u were pointed out before; %.0f %% "
                  "between the bounds; squares %.3f, of always saying how many are late %.3f",
                  v.n, v.n_orders, rate * 100.0, v.n_said, v.n_said_right, v.n_unsure, v.n_unsure_late,
                  v.n_orders_late, v.n_orders_warned,
                  v.n_restored > 0 ? 100.0 * v.n_between / v.n_restored : NAN, v.squares / v.n,
                  rate * (1.0 - rate));
  /* Four in five is what the bounds say; this is some twenty orders. */
  g_assert_cmpuint (v.n_between * 10, >, v.n_restored * 6);
  night_close (&night);
}

/* Who has an account is a person: nobody accepts, refuses or drives in their name. */
static gpointer
give_accounts (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  const GPtrArray *engineers = data;

  for (guint i = 0; i < engineers->len; i++)
    {
      g_autofree char *person = g_strdup_printf ("person%u", i);
      g_autoptr (SmRow) row = NULL;

      row = sm_engineers_set_person (rules, actor, sm_row_get_id (engineers->pdata[i]), person,
                                     error);
      if (row == NULL)
        break;
    }
  return NULL;
}

static void
test_persons_decide (void)
{
  Night night = { NULL };
  g_autoptr (GPtrArray) engineers = NULL;
  g_autoptr (GError) error = NULL;

  night_open (&night, 0.05);
  engineers = sm_sim_list_all (night.rules, SM_NOUN_ENGINEER, NULL, &error);
  g_assert_no_error (error);
  sm_rules_run_sync (night.rules, give_accounts, engineers, &error);
  g_assert_no_error (error);
  night_live (&night, 0.6);
  night_read (&night);
  g_assert_cmpuint (night.orders->len, >=, N_STATIONS / 3);
  for (guint i = 0; i < night.orders->len; i++)
    if (is_of_alarm (night.orders->pdata[i]))
      g_assert_false (sm_work_order_is_owned (night.orders->pdata[i]));
  night_close (&night);
}

/* The service goes away in the middle of it: what was begun is done by those who began it. */
static void
test_go_on (void)
{
  SmSimOptions options = { .network = SM_SIM_NETWORK_DEMO, .seed = 1, .history_days = 0.05,
                           .data_dir = SM_SOURCE_DATA_DIR };
  Night night = { NULL };
  guint n_running = 0, n_done = 0;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;

  night_open (&night, 0.05);
  night_live (&night, 1);
  night_read (&night);
  before = g_steal_pointer (&night.orders);
  sm_sim_free (night.sim);
  night.sim = sm_sim_new (night.rules, &options);
  sm_sim_prepare (night.sim, &error);
  g_assert_no_error (error);
  night_live (&night, 3);
  night_read (&night);
  for (guint i = 0; i < before->len; i++)
    {
      guint state = sm_row_get_enum (before->pdata[i], SM_WORK_ORDER_STATE);

      if (!is_of_alarm (before->pdata[i]) || state < SM_WORK_ORDER_STATE_ACCEPTED
          || state > SM_WORK_ORDER_STATE_ON_HOLD)
        continue;
      n_running++;
      n_done += !sm_row_is_null (night.orders->pdata[i], SM_WORK_ORDER_COMPLETED_AT);
      g_assert_cmpint (sm_row_get_int (before->pdata[i], SM_WORK_ORDER_ENGINEER_ID), ==,
                       sm_row_get_int (night.orders->pdata[i], SM_WORK_ORDER_ENGINEER_ID));
    }
  g_test_message ("%u were begun, %u of them done by those who began", n_running, n_done);
  g_assert_cmpuint (n_running, >, 2);
  g_assert_cmpuint (n_done * 2, >=, n_running);
  night_close (&night);
}

/* A network that has just begun has work behind it, and work that goes on. */
static void
test_fresh (void)
{
  Night night = { NULL };
  guint n_over = 0, states = 0;

  night_open (&night, 1.5);
  night_read (&night);
  for (guint i = 0; i < night.orders->len; i++)
    {
      const SmRow *order = night.orders->pdata[i];
      g_autoptr (GPtrArray) steps = steps_of (&night, sm_row_get_id (order));
      const SmWorkOrderStep *last = steps->len > 0 ? steps->pdata[steps->len - 1] : NULL;
      SmWorkOrderReading reading;

      check_order (order);
      g_assert_nonnull (last);
      g_assert_cmpstr (last->to_state, ==, sm_row_get_text (order, SM_WORK_ORDER_STATE));
      for (guint k = 1; k < steps->len; k++)
        g_assert_cmpint (((SmWorkOrderStep *) steps->pdata[k])->at, >=,
                         ((SmWorkOrderStep *) steps->pdata[k - 1])->at);
      sm_work_order_read_clock (order, SM_WORK_ORDER_CLOCK_REPORT, START, &reading);
      g_assert_false (reading.is_late);
      n_over += sm_work_order_is_over (order);
      states |= 1u << sm_row_get_enum (order, SM_WORK_ORDER_STATE);
    }
  g_test_message ("%u orders, %u of them over", night.orders->len, n_over);
  g_assert_cmpuint (n_over, >, 1);
  g_assert_cmpuint (night.orders->len - n_over, >=, 9);
  /* Every column of the board has something in it. */
  for (guint i = SM_WORK_ORDER_STATE_UNACCEPTED; i <= SM_WORK_ORDER_STATE_CONFIRMED; i++)
    g_assert_true (states & 1u << i);
  night_close (&night);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/crew/fresh", test_fresh);
  g_test_add_func ("/sim/crew/live-by-orders", test_live_by_orders);
  g_test_add_func ("/sim/crew/forecasts", test_forecasts);
  g_test_add_func ("/sim/crew/persons-decide", test_persons_decide);
  g_test_add_func ("/sim/crew/go-on", test_go_on);
  return g_test_run ();
}
