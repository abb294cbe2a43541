/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "answering.h"

#include "sm-error.h"
#include "sm-test-until.h"

/*
 * An act belongs to a network and a person: where it goes when either is not
 * the one it was done for, and what is known before anybody answers.
 */

#define ACKNOWLEDGE "/api/v1/alarms/7/acknowledge"

static void
acknowledge_seven (Answering *fixture, Outcome *outcome)
{
  run_until (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1
             && sm_ops_may (fixture->ops, "alarm.acknowledge"));
  sm_ops_acknowledge_async (fixture->ops, 7, "seen", NULL, answering_acknowledged_cb, outcome);
  run_until (outcome->is_done);
}

static const SmFigureValues *
figures_of (Answering *fixture)
{
  return sm_figures_get_values (sm_ops_get_figures (fixture->ops));
}

/* From now on the service answers acknowledgements, or says to come later. */
static void
set_accepts (Answering *fixture, gboolean accepts)
{
  static const char answer[]
      = "{\"alarm\":{\"id\":7,\"seq\":5,\"operator_id\":1,\"code\":\"soc-low\",\"level\":2,"
        "\"state\":\"acked\",\"source_noun\":\"vehicle\",\"source_id\":3,\"count\":1,"
        "\"raised_at\":\"2026-01-01T00:00:00Z\"}}";

  g_hash_table_replace (fixture->statuses, g_strdup (ACKNOWLEDGE),
                        GUINT_TO_POINTER (accepts ? 200 : 503));
  answering_set (fixture, ACKNOWLEDGE, accepts ? answer : "{\"type\":\"busy\",\"status\":503}");
}

static guint
times_asked (Answering *fixture)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->asked, ACKNOWLEDGE));
}

/* An act that waits when the application ends; what was asked is forgotten. */
static void
leave_one_waiting (Answering *fixture)
{
  Outcome outcome = { 0 };

  set_accepts (fixture, FALSE);
  answering_start (fixture);
  acknowledge_seven (fixture, &outcome);
  g_assert_no_error (outcome.error);
  run_until (times_asked (fixture) > 0 && figures_of (fixture)->pending == 1);
  answering_stop (fixture);
  set_accepts (fixture, TRUE);
  g_hash_table_remove_all (fixture->asked);
}

static void
set_network (Answering *fixture, const char *epoch)
{
  g_autofree char *body = g_strdup_printf (
      "{\"product\":\"stationmaster-service\",\"version\":\"1\",\"api\":[\"v1\"],"
      "\"epoch\":\"%s\",\"network\":\"Test %s\",\"time_zone\":\"Asia/Shanghai\","
      "\"simulated\":true,\"demo_sign_in\":true}",
      epoch, epoch);

  answering_set (fixture, "/api", body);
}

/* The service is started on another port each time. */
static void
test_other_port (Answering *fixture, gconstpointer data)
{
  g_autofree char *old = g_strdup (fixture->url);

  leave_one_waiting (fixture);
  soup_server_disconnect (fixture->server);
  answering_listen (fixture);
  g_assert_cmpstr (fixture->url, !=, old);
  answering_start (fixture);
  run_until (times_asked (fixture) == 1);
  run_until (figures_of (fixture)->pending == 0 && figures_of (fixture)->elsewhere == 0);
}

static void
test_other_network (Answering *fixture, gconstpointer data)
{
  leave_one_waiting (fixture);
  set_network (fixture, "e2");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE
             && g_strcmp0 (sm_status_get_network_name (sm_ops_get_status (fixture->ops)), "Test e2")
                    == 0);
  run_until (figures_of (fixture)->elsewhere == 1);
  g_assert_cmpuint (figures_of (fixture)->pending, ==, 0);
  g_assert_false (sm_item_get_pending (answering_first_alarm (fixture)));
  answering_stop (fixture);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
  set_network (fixture, "e1");
  answering_start (fixture);
  run_until (times_asked (fixture) == 1 && figures_of (fixture)->pending == 0);
  run_until (figures_of (fixture)->elsewhere == 0);
}

/* The same alarm as ever, under the id that this network gave it. */
static void
set_alarm (Answering *fixture, int id, const char *code)
{
  g_autofree char *body = g_strdup_printf (
      "{\"changes\":[{\"kind\":\"alarm\",\"id\":%d,\"seq\":5,\"deleted\":false,\"data\":{"
      "\"id\":%d,\"seq\":5,\"operator_id\":1,\"code\":\"%s\",\"level\":2,\"state\":\"unacked\","
      "\"source_noun\":\"vehicle\",\"source_id\":3,\"count\":1,"
      "\"raised_at\":\"2026-01-01T00:00:00Z\"}}],\"cursor\":\"e2.1.5\",\"more\":false}",
      id, id, code);

  answering_set (fixture, "/api/v1/changes", body);
}

static SmPending *
first_pending (Answering *fixture)
{
  g_autoptr (SmPending) pending = NULL;

  run_until (g_list_model_get_n_items (sm_ops_get_pending (fixture->ops)) == 1);
  pending = g_list_model_get_item (sm_ops_get_pending (fixture->ops), 0);
  return pending; /* the model keeps it */
}

static void
again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  sm_ops_resolve_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

/* Nothing is sent to another network by itself; a person may do it there anew, on what is called
 * the same: then it is done once, and the old act is gone. */
static void
test_done_anew (Answering *fixture, gconstpointer data)
{
  Outcome outcome = { 0 };
  g_autoptr (SmRow) present = NULL;

  leave_one_waiting (fixture);
  set_network (fixture, "e2");
  set_alarm (fixture, 7, "soc-low");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE && figures_of (fixture)->elsewhere == 1
             && g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1);
  g_assert_true (sm_ops_is_of_other_network (fixture->ops, first_pending (fixture)));
  g_assert_true (sm_ops_may_send (fixture->ops, first_pending (fixture)));
  g_assert_cmpuint (times_asked (fixture), ==, 0);
  present = sm_ops_find_again (fixture->ops, first_pending (fixture));
  g_assert_nonnull (present);
  sm_ops_do_again_async (fixture->ops, first_pending (fixture), present, NULL, again_cb, &outcome);
  run_until (outcome.is_done);
  g_assert_no_error (outcome.error);
  run_until (times_asked (fixture) == 1 && figures_of (fixture)->elsewhere == 0);
  answering_stop (fixture);
  set_network (fixture, "e1");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  g_assert_cmpuint (figures_of (fixture)->pending, ==, 0);
  g_assert_cmpuint (times_asked (fixture), ==, 1);
}

/* Until then the alarm of the other network, out of the cache, may still be shown. */
static gboolean
shows_code (Answering *fixture, const char *code)
{
  return g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)) == 1
         && g_strcmp0 (sm_row_get_text (sm_item_get_row (answering_first_alarm (fixture)),
                                        SM_ALARM_CODE), code) == 0;
}

/* What has that id here is another thing: the act is not done to it. */
static void
test_not_done_to_another (Answering *fixture, gconstpointer data)
{
  g_autoptr (SmRow) present = NULL;

  leave_one_waiting (fixture);
  set_network (fixture, "e2");
  set_alarm (fixture, 7, "pack-over-temperature");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE && figures_of (fixture)->elsewhere == 1
             && shows_code (fixture, "pack-over-temperature"));
  g_assert_null (sm_ops_find_again (fixture->ops, first_pending (fixture)));
  answering_stop (fixture);
  set_alarm (fixture, 19, "soc-low");
  set_network (fixture, "e3");
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE
             && sm_item_get_id (answering_first_alarm (fixture)) == 19);
  present = sm_ops_find_again (fixture->ops, first_pending (fixture));
  g_assert_nonnull (present);
  g_assert_cmpint (sm_row_get_id (present), ==, 19);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
}

/* While it is followed, another service takes the place of the first one. */
static void
test_network_replaced (Answering *fixture, gconstpointer data)
{
  Outcome outcome = { 0 };

  set_accepts (fixture, FALSE);
  answering_start (fixture);
  acknowledge_seven (fixture, &outcome);
  run_until (times_asked (fixture) > 0);
  set_network (fixture, "e2");
  g_hash_table_replace (fixture->statuses, g_strdup ("/api/v1/changes"), GUINT_TO_POINTER (401));
  run_until (figures_of (fixture)->elsewhere == 1);
  g_hash_table_remove (fixture->statuses, "/api/v1/changes");
  set_accepts (fixture, TRUE);
  g_hash_table_remove_all (fixture->asked);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
  g_assert_cmpuint (figures_of (fixture)->elsewhere, ==, 1);
}

static void
set_me (Answering *fixture, guint id)
{
  g_autofree char *body = g_strdup_printf (
      "{\"id\":%u,\"name\":\"p%u\",\"display_name\":\"Person %u\",\"role\":\"operator\","
      "\"permissions\":[\"alarm.acknowledge\"],\"access_rev\":1}",
      id, id, id);

  answering_set (fixture, "/api/v1/me", body);
}

static void
test_other_person (Answering *fixture, gconstpointer data)
{
  leave_one_waiting (fixture);
  set_me (fixture, 2);
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE
             && g_strcmp0 (sm_ops_get_person (fixture->ops), "Person 2") == 0
             && figures_of (fixture)->elsewhere == 1);
  g_assert_false (sm_item_get_pending (answering_first_alarm (fixture)));
  answering_stop (fixture);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
  set_me (fixture, 1);
  answering_start (fixture);
  run_until (times_asked (fixture) == 1 && figures_of (fixture)->pending == 0);
}

/* Who was signed in is known before the service is there, and may act. */
static void
test_offline_start (Answering *fixture, gconstpointer data)
{
  Outcome outcome = { 0 };

  set_accepts (fixture, TRUE);
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  answering_stop (fixture);
  soup_server_disconnect (fixture->server);
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_OFFLINE);
  run_until (g_strcmp0 (sm_ops_get_person (fixture->ops), "Demo") == 0);
  g_assert_false (sm_ops_may (fixture->ops, "money.print"));
  acknowledge_seven (fixture, &outcome);
  g_assert_no_error (outcome.error);
  run_until (figures_of (fixture)->pending == 1);
  g_assert_true (sm_item_get_pending (answering_first_alarm (fixture)));
}

/* Who has signed out is not known any more. */
static void
test_offline_after_sign_out (Answering *fixture, gconstpointer data)
{
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_LIVE);
  sm_ops_sign_out (fixture->ops);
  run_until (answering_state (fixture) == SM_STATUS_SIGNED_OUT);
  answering_stop (fixture);
  soup_server_disconnect (fixture->server);
  answering_start (fixture);
  run_until (answering_state (fixture) == SM_STATUS_OFFLINE);
  g_assert_null (sm_ops_get_person (fixture->ops));
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_alarms (fixture->ops)), ==, 0);
}

static guint
count_caches (Answering *fixture)
{
  g_autofree char *path = g_build_filename (fixture->dir, "cache", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_few_caches (Answering *fixture, gconstpointer data)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *epoch = g_strdup_printf ("[%u]/../=;\\n", i % 6);

      set_network (fixture, epoch);
      answering_start (fixture);
      run_until (answering_state (fixture) == SM_STATUS_LIVE);
      answering_stop (fixture);
      g_assert_cmpuint (count_caches (fixture), ==, MIN (i + 1, 4));
    }
}

/* What cannot be kept is refused, and never claimed to wait. */
static void
test_outbox_not_writable (Answering *fixture, gconstpointer data)
{
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);
  Outcome outcome = { 0 };

  g_assert_true (g_file_set_contents (state, "a file", -1, NULL));
  set_accepts (fixture, TRUE);
  answering_start (fixture);
  acknowledge_seven (fixture, &outcome);
  g_assert_error (outcome.error, SM_ERROR, SM_ERROR_IO);
  g_assert_cmpstr (sm_error_get_slug (outcome.error), ==, "outbox-not-writable");
  g_clear_error (&outcome.error);
  g_assert_false (sm_item_get_pending (answering_first_alarm (fixture)));
  g_assert_cmpuint (figures_of (fixture)->pending, ==, 0);
  g_assert_cmpuint (times_asked (fixture), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ANSWERING_ADD ("/ops/networks/act-follows-to-another-port", test_other_port);
  ANSWERING_ADD ("/ops/networks/act-waits-for-its-network", test_other_network);
  ANSWERING_ADD ("/ops/networks/act-is-done-anew", test_done_anew);
  ANSWERING_ADD ("/ops/networks/act-is-not-done-to-another-thing", test_not_done_to_another);
  ANSWERING_ADD ("/ops/networks/act-stays-when-network-is-replaced", test_network_replaced);
  ANSWERING_ADD ("/ops/networks/act-waits-for-its-person", test_other_person);
  ANSWERING_ADD ("/ops/networks/acknowledge-after-offline-start", test_offline_start);
  ANSWERING_ADD ("/ops/networks/sign-out-is-remembered", test_offline_after_sign_out);
  ANSWERING_ADD ("/ops/networks/few-caches-are-kept", test_few_caches);
  ANSWERING_ADD ("/ops/networks/act-that-cannot-be-kept-is-refused", test_outbox_not_writable);
  return g_test_run ();
}
