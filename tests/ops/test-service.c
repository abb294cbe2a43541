/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm.h"
#include "sm-error.h"
#include "sm-ops-alarms.h"
#include "sm-ops.h"
#include "sm-test-folder.h"
#include "sm-test-proxy.h"
#include "sm-test-service.h"
#include "sm-test-until.h"

#include <glib/gstdio.h>
#include <string.h>

/* The application's lower half against the real service. */

#define AUDITOR "auditor"
#define PASSWORD "correct horse battery staple"

typedef struct
{
  SmTestService *service;
  SmTestProxy *proxy;
  char *dir;
  SmOps *ops;
} Fixture;

static const char *const demo[] = { "--simulate", "demo", "--seed", "1", "--speed", "20",
                                    SM_TEST_YOUNG, NULL };
static const char *const with_past[] = { "--simulate", "demo", "--seed", "1", "--speed", "20",
                                         "--history-days", "1", NULL };
static const char *const bare[] = { "--simulate", "none", NULL };

static void
set_up (Fixture       *fixture,
        gconstpointer  args)
{
  fixture->service = sm_test_service_new (args);
  fixture->dir = g_dir_make_tmp ("sm-ops-XXXXXX", NULL);
}

static void
stop (Fixture *fixture)
{
  sm_ops_stop (fixture->ops);
  /* Reads that were under way hold it until they are told. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->ops);
  fixture->ops = NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  args)
{
  if (fixture->ops != NULL)
    stop (fixture);
  g_clear_pointer (&fixture->proxy, sm_test_proxy_free);
  g_clear_pointer (&fixture->service, sm_test_service_free);
  sm_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

/* Starts the application's half, through the proxy if there is one. */
static void
start (Fixture *fixture)
{
  g_autofree char *cache = g_build_filename (fixture->dir, "cache", NULL);
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);

  fixture->ops = sm_ops_new (fixture->proxy != NULL ? sm_test_proxy_get_url (fixture->proxy)
                                                    : sm_test_service_get_url (fixture->service),
                             cache, state);
  sm_ops_start (fixture->ops);
}

static SmStatusState
state_of (Fixture *fixture)
{
  return sm_status_get_state (sm_ops_get_status (fixture->ops));
}

static const SmFigureValues *
figures_of (Fixture *fixture)
{
  return sm_figures_get_values (sm_ops_get_figures (fixture->ops));
}

static char *
describe_stations (Fixture *fixture)
{
  GListModel *stations = sm_ops_get_stations (fixture->ops);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);
      SmRow *row = sm_item_get_row (item);

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %s %s\n", sm_row_get_id (row),
                              sm_row_get_text (row, SM_STATION_SN),
                              sm_row_get_text (row, SM_STATION_NAME));
    }
  return g_string_free (text, FALSE);
}

/* The demo network fills itself in its first seconds. */
static gboolean
has_whole_demo (Fixture *fixture)
{
  return state_of (fixture) == SM_STATUS_LIVE
         && sm_fleet_get_columns (sm_ops_get_fleet (fixture->ops))->n == 3000
         && g_list_model_get_n_items (sm_ops_get_stations (fixture->ops)) == 1647
         && figures_of (fixture)->vehicles == 3000 && figures_of (fixture)->piles == 23441;
}

static void
test_kill_and_recover (Fixture       *fixture,
                       gconstpointer  args)
{
  g_autofree char *before = NULL, *after = NULL;
  SmStatus *status;
  guint n_vehicles, n_piles;
  guint64 version;

  sm_test_service_run (fixture->service);
  start (fixture);
  status = sm_ops_get_status (fixture->ops);
  run_until (has_whole_demo (fixture));
  before = describe_stations (fixture);
  n_vehicles = figures_of (fixture)->vehicles;
  n_piles = figures_of (fixture)->piles;

  sm_test_service_kill (fixture->service);
  run_until (state_of (fixture) != SM_STATUS_LIVE);
  /* By the application's own clock, whatever this machine was doing. */
  g_assert_cmpint (sm_status_get_data_age_us (status), <, 15 * G_USEC_PER_SEC);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  g_assert_cmpstr (sm_status_get_problem (status), ==, "server-unreachable");
  /* What was known can still be seen. */
  g_assert_cmpuint (figures_of (fixture)->vehicles, ==, n_vehicles);
  version = sm_fleet_get_version (sm_ops_get_fleet (fixture->ops));

  sm_test_service_run (fixture->service);
  run_until (state_of (fixture) == SM_STATUS_LIVE
             && sm_fleet_get_version (sm_ops_get_fleet (fixture->ops)) > version);
  run_until (figures_of (fixture)->vehicles == n_vehicles && figures_of (fixture)->piles == n_piles);
  after = describe_stations (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
test_starts_without_service (Fixture       *fixture,
                             gconstpointer  args)
{
  g_autofree char *before = NULL, *after = NULL;
  gint64 last_contact;
  SmStatus *status;
  guint n;

  sm_test_service_run (fixture->service);
  start (fixture);
  run_until (has_whole_demo (fixture));
  before = describe_stations (fixture);
  n = figures_of (fixture)->piles;
  last_contact = sm_status_get_last_contact (sm_ops_get_status (fixture->ops));
  stop (fixture);
  sm_test_service_kill (fixture->service);
  /* The next start shows what was there, and never calls it live. */
  start (fixture);
  run_until (sm_fleet_get_columns (sm_ops_get_fleet (fixture->ops))->n > 0
             && figures_of (fixture)->piles == n);
  after = describe_stations (fixture);
  g_assert_cmpstr (after, ==, before);
  status = sm_ops_get_status (fixture->ops);
  g_assert_nonnull (sm_status_get_network_name (status));
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  /* Its time goes on from there, whatever this machine's clock says: the demo's
   * runs 20 times as fast, and 5 minutes of it are 15 s. */
  g_assert_cmpint (sm_status_get_last_contact (status), >=, last_contact - 300 * G_USEC_PER_SEC);
  g_assert_cmpint (sm_status_get_last_contact (status), <=, last_contact + 300 * G_USEC_PER_SEC);
  g_assert_cmpint (sm_clock_now (sm_status_get_clock (status)), >=,
                   sm_status_get_last_contact (status));
}

static void
test_black_hole (Fixture       *fixture,
                 gconstpointer  args)
{
  sm_test_service_run (fixture->service);
  fixture->proxy = sm_test_proxy_new (sm_test_service_get_port (fixture->service), "");
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  sm_test_proxy_set_mode (fixture->proxy, SM_TEST_PROXY_BLACK_HOLE);
  run_until (state_of (fixture) != SM_STATUS_LIVE);
  g_assert_cmpint (sm_status_get_data_age_us (sm_ops_get_status (fixture->ops)), <,
                   15 * G_USEC_PER_SEC);
  sm_test_proxy_set_mode (fixture->proxy, SM_TEST_PROXY_PASS);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
}

typedef struct
{
  gboolean is_done;
  gpointer result;
  GError *error;
} Outcome;

static void
signed_in_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_sign_in_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
sign_in (Fixture    *fixture,
         const char *password,
         Outcome    *outcome)
{
  sm_ops_sign_in_async (fixture->ops, "ann", password, NULL, signed_in_cb, outcome);
  run_until (outcome->is_done);
}

static void
test_wrong_password (Fixture       *fixture,
                     gconstpointer  args)
{
  Outcome wrong = { 0 }, right = { 0 };

  sm_test_service_add_user (fixture->service, "ann", "operator", PASSWORD);
  sm_test_service_run (fixture->service);
  start (fixture);
  run_until (state_of (fixture) == SM_STATUS_SIGNED_OUT);
  sign_in (fixture, "wrong", &wrong);
  g_assert_error (wrong.error, SM_ERROR, SM_ERROR_UNAUTHENTICATED);
  g_clear_error (&wrong.error);
  run_until (state_of (fixture) == SM_STATUS_SIGNED_OUT);
  g_assert_null (sm_ops_get_person (fixture->ops));
  sign_in (fixture, PASSWORD, &right);
  g_assert_no_error (right.error);
  run_until (state_of (fixture) == SM_STATUS_LIVE);
  g_assert_nonnull (sm_ops_get_person (fixture->ops));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->result = sm_ops_load_station_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
test_first_load (Fixture       *fixture,
                 gconstpointer  args)
{
  g_autofree char *csv = g_test_build_filename (G_TEST_DIST, "..", "data", "shenzhen",
                                                "stations.csv", NULL);
  const char *const import[] = { "import", "stations", csv, "--datum", "gcj02", NULL };
  g_autofree char *output = NULL;
  g_autoptr (SmItem) item = NULL;
  g_autoptr (SmStationView) view = NULL;
  Outcome outcome = { 0 }, loaded = { 0 };
  guint sum = 0;

  sm_test_service_add_user (fixture->service, "ann", "operator", PASSWORD);
  output = sm_test_service_command (fixture->service, import, NULL);
  sm_test_service_run (fixture->service);
  start (fixture);
  sign_in (fixture, PASSWORD, &outcome);
  g_assert_no_error (outcome.error);
  run_until (state_of (fixture) == SM_STATUS_LIVE && figures_of (fixture)->piles == 23441);
  g_assert_cmpuint (figures_of (fixture)->stations, ==, 1587);
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_stations (fixture->ops)), ==, 1587);
  for (guint i = 0; i < SM_FIGURE_CONNECTIONS; i++)
    sum += figures_of (fixture)->piles_by_connection[i];
  g_assert_cmpuint (sum, ==, 23441);

  item = g_list_model_get_item (sm_ops_get_stations (fixture->ops), 100);
  sm_ops_load_station_async (fixture->ops, sm_item_get_id (item), NULL, loaded_cb, &loaded);
  run_until (loaded.is_done);
  g_assert_no_error (loaded.error);
  view = loaded.result;
  g_assert_cmpint (sm_row_get_id (view->station), ==, sm_item_get_id (item));
  g_assert_cmpuint (view->piles->len, ==,
                    sm_row_get_int (view->station, SM_STATION_PILE_COUNT));
  g_assert_cmpuint (view->connectors->len, >=, view->piles->len);
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static SmItem *
find_alarm (Fixture *fixture,
            gint64   id)
{
  GListModel *alarms = sm_ops_get_alarms (fixture->ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (id == 0 ? g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE), "unacked")
                        == 0
                  : sm_item_get_id (item) == id)
        return item; /* the model keeps it */
    }
  return NULL;
}

/* An alarm that the simulated network has raised, and a person who may. */
static gint64
wait_for_alarm (Fixture *fixture)
{
  run_until (state_of (fixture) == SM_STATUS_LIVE
             && sm_ops_may (fixture->ops, "alarm.acknowledge") && find_alarm (fixture, 0) != NULL);
  return sm_item_get_id (find_alarm (fixture, 0));
}

static void
acknowledge (Fixture *fixture,
             gint64   id)
{
  Outcome outcome = { 0 };

  sm_ops_acknowledge_async (fixture->ops, id, "on my way", NULL, acknowledged_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_no_error (outcome.error);
}

/* Shown as acknowledged, marked as not confirmed yet. */
static void
assert_pending (Fixture *fixture,
                gint64   id)
{
  SmItem *item = find_alarm (fixture, id);

  run_until (figures_of (fixture)->pending == 1);
  g_assert_nonnull (item);
  g_assert_true (sm_item_get_pending (item));
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE), !=, "unacked");
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (item), SM_ALARM_NOTE), ==, "on my way");
}

/* Confirmed: nothing pending, no conflict, and one row in the audit. */
static void
assert_exactly_once (Fixture *fixture,
                     gint64   id)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/audit?object=alarm/%" G_GINT64_FORMAT, id);
  g_autofree char *token = NULL;
  g_autoptr (JsonObject) audit = NULL;
  JsonArray *entries;
  guint n = 0;

  run_until (state_of (fixture) == SM_STATUS_LIVE && figures_of (fixture)->pending == 0);
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (fixture->ops)), ==, 0);
  if (find_alarm (fixture, id) != NULL)
    {
      SmItem *item = find_alarm (fixture, id);

      g_assert_false (sm_item_get_pending (item));
      g_assert_cmpstr (sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE), !=, "unacked");
    }
  token = sm_test_service_sign_in (fixture->service, AUDITOR, PASSWORD);
  audit = sm_test_service_get (fixture->service, path, token);
  entries = json_object_get_array_member (audit, "items");
  for (guint i = 0; i < json_array_get_length (entries); i++)
    if (strstr (json_object_get_string_member (json_array_get_object_element (entries, i), "act"),
                "acknowledge") != NULL)
      n++;
  g_assert_cmpuint (n, ==, 1);
}

static void
run_with_auditor (Fixture *fixture)
{
  sm_test_service_add_user (fixture->service, AUDITOR, "administrator", PASSWORD);
  sm_test_service_run (fixture->service);
}

static void
test_acknowledge_before (Fixture       *fixture,
                         gconstpointer  args)
{
  gint64 id;

  run_with_auditor (fixture);
  start (fixture);
  id = wait_for_alarm (fixture);
  sm_test_service_kill (fixture->service);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  acknowledge (fixture, id);
  assert_pending (fixture, id);
  /* It survives the end of the application, too. */
  stop (fixture);
  start (fixture);
  run_until (find_alarm (fixture, id) != NULL && figures_of (fixture)->pending == 1);
  assert_pending (fixture, id);
  sm_test_service_run (fixture->service);
  assert_exactly_once (fixture, id);
}

static void
test_acknowledge_during (Fixture       *fixture,
                         gconstpointer  args)
{
  gint64 id;

  run_with_auditor (fixture);
  fixture->proxy = sm_test_proxy_new (sm_test_service_get_port (fixture->service), "/acknowledge");
  start (fixture);
  id = wait_for_alarm (fixture);
  /* The service does it and is gone before anybody hears of it. */
  sm_test_proxy_set_mode (fixture->proxy, SM_TEST_PROXY_CUT_ANSWER);
  acknowledge (fixture, id);
  run_until (sm_test_proxy_get_cuts (fixture->proxy) == 1);
  sm_test_service_kill (fixture->service);
  sm_test_service_run (fixture->service);
  assert_exactly_once (fixture, id);
  g_assert_cmpuint (sm_test_proxy_get_cuts (fixture->proxy), ==, 1);
}

static void
test_acknowledge_after (Fixture       *fixture,
                        gconstpointer  args)
{
  gint64 id;

  run_with_auditor (fixture);
  start (fixture);
  id = wait_for_alarm (fixture);
  acknowledge (fixture, id);
  run_until (figures_of (fixture)->pending == 0);
  sm_test_service_kill (fixture->service);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  sm_test_service_run (fixture->service);
  assert_exactly_once (fixture, id);
}

static void
ask_for_more_cb (GListModel *model,
                 guint       position,
                 guint       removed,
                 guint       added,
                 gpointer    user_data)
{
  g_autoptr (SmItem) last = NULL;

  /* What a view does that shows the end of its rows. */
  if (added > 0)
    last = g_list_model_get_item (model, position + added - 1);
  g_assert_true (added == 0 || last != NULL);
}

static SmHistory *
follow_orders (Fixture        *fixture,
               SmHistoryState  state)
{
  SmHistory *orders = sm_ops_history_new (fixture->ops, SM_NOUN_ORDER, NULL);

  g_signal_connect (orders, "items-changed", G_CALLBACK (ask_for_more_cb), NULL);
  run_until (sm_history_get_state (orders) == state);
  return orders;
}

static void
test_history_offline (Fixture       *fixture,
                      gconstpointer  args)
{
  g_autoptr (SmHistory) seen = NULL;
  g_autoptr (SmHistory) cached = NULL;
  gint64 until;

  sm_test_service_run (fixture->service);
  start (fixture);
  run_until (has_whole_demo (fixture));
  until = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  /* The past fills itself behind the present. */
  while (seen == NULL || sm_history_is_complete (seen))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_clear_object (&seen);
      seen = follow_orders (fixture, SM_HISTORY_READY);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  sm_test_service_kill (fixture->service);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);

  cached = follow_orders (fixture, SM_HISTORY_CACHED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (cached)), >, 0);
  g_assert_cmpint (sm_history_get_cached_to (cached), >=, sm_history_get_cached_from (cached));
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_alarm_act_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static void
steps_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->result = sm_ops_load_transitions_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

static gint64
find_ordinary (Fixture *fixture)
{
  GListModel *alarms = sm_ops_get_alarms (fixture->ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (!sm_alarm_is_safety (sm_item_get_row (item)))
        return sm_item_get_id (item);
    }
  return 0;
}

/* By the service or not at all: nobody puts an alarm aside for himself alone. */
static void
test_put_aside (Fixture       *fixture,
                gconstpointer  args)
{
  Outcome shelved = { 0 }, steps = { 0 }, back = { 0 }, alone = { 0 };
  const SmAlarmTransition *last;
  gint64 id;

  sm_test_service_run (fixture->service);
  start (fixture);
  wait_for_alarm (fixture);
  run_until (find_ordinary (fixture) != 0);
  id = find_ordinary (fixture);
  sm_ops_shelve_async (fixture->ops, id, 450, "known", NULL, acted_cb, &shelved);
  run_until (shelved.is_done);
  g_assert_no_error (shelved.error);
  run_until (figures_of (fixture)->shelved == 1);
  sm_ops_load_transitions_async (fixture->ops, id, NULL, steps_cb, &steps);
  run_until (steps.is_done);
  g_assert_no_error (steps.error);
  g_assert_cmpuint (((GPtrArray *) steps.result)->len, >=, 2);
  last = ((GPtrArray *) steps.result)->pdata[1];
  g_assert_cmpstr (last->event, !=, "raise");
  sm_ops_unshelve_async (fixture->ops, id, NULL, acted_cb, &back);
  run_until (back.is_done);
  g_assert_no_error (back.error);
  run_until (figures_of (fixture)->shelved == 0);

  sm_test_service_kill (fixture->service);
  run_until (state_of (fixture) == SM_STATUS_OFFLINE);
  sm_ops_shelve_async (fixture->ops, id, 30, "known", NULL, acted_cb, &alone);
  run_until (alone.is_done);
  g_assert_error (alone.error, SM_ERROR, SM_ERROR_OFFLINE);
  g_clear_error (&alone.error);
  g_ptr_array_unref (steps.result);
}

#define ADD(path, args, test) g_test_add (path, Fixture, args, set_up, test, tear_down)

/* What waits most of its time, for deadlines and for the service to be there again. */
static void
add_waiting (void)
{
  ADD ("/ops/starts-without-service", demo, test_starts_without_service);
  ADD ("/ops/black-hole", demo, test_black_hole);
  ADD ("/ops/alarms/put-aside-and-back", demo, test_put_aside);
  ADD ("/ops/acknowledge/exactly-once-before", demo, test_acknowledge_before);
  ADD ("/ops/acknowledge/exactly-once-after", demo, test_acknowledge_after);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (argc > 1 && g_str_equal (argv[1], "waiting"))
    {
      add_waiting ();
      return g_test_run ();
    }
  ADD ("/ops/kill-and-recover", demo, test_kill_and_recover);
  ADD ("/ops/wrong-password", bare, test_wrong_password);
  ADD ("/ops/first-load", bare, test_first_load);
  ADD ("/ops/history/offline-what-was-seen", with_past, test_history_offline);
  ADD ("/ops/acknowledge/exactly-once-during", demo, test_acknowledge_during);
  return g_test_run ();
}
