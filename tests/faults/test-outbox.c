/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "network.h"

#include "sm-error.h"
#include "sm-ops-guidances.h"
#include "sm-test-full.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <string.h>

/* What becomes of what people do while the wire is awkward (R9), and while
 * somebody else does it too (R10). */

static gboolean is_live     (Wall *wall);
static void     start_again (Wall *wall);

/* Returns: (nullable): %NULL: it is not there yet, as after a start */
static SmItem *
look_for_station (Wall   *wall,
                  gint64  id)
{
  GListModel *stations = sm_ops_get_stations (wall->ops);

  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);

      if (sm_item_get_id (item) == id)
        return item; /* the list has it */
    }
  return NULL;
}

static SmItem *
find_station (Wall   *wall,
              gint64  id)
{
  run_until (look_for_station (wall, id) != NULL);
  return look_for_station (wall, id);
}

static void
edited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sm_ops_edit_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
  ++*(guint *) user_data;
}

static void
resolved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sm_ops_resolve_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
}

/* Changes a field as a person does: on what they see. */
static void
edit (Wall       *wall,
      gint64      station_id,
      const char *field,
      const char *value)
{
  SmRow *seen = sm_item_get_row (find_station (wall, station_id));
  g_autofree char *base = sm_row_dup_part (seen, field);
  GPtrArray *edits = sm_edits_new ();
  guint n_done = 0;

  sm_edits_add (edits, field, base, value);
  sm_ops_edit_async (wall->ops, seen, edits, NULL, edited_cb, &n_done);
  run_until (n_done == 1);
}

static guint
n_pending (Wall *wall)
{
  return g_list_model_get_n_items (sm_ops_get_pending (wall->ops));
}

static guint
n_conflicts (Wall *wall)
{
  return g_list_model_get_n_items (sm_ops_get_conflicts (wall->ops));
}

/* Nobody waits for a wire longer than it takes: every wait for a retry ends. */
static gboolean
wake_cb (gpointer user_data)
{
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  return G_SOURCE_CONTINUE;
}

/* A station's name as the service has it. */
static char *
name_at_service (Network    *network,
                 gint64      id,
                 const char *language)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/stations/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) station = sm_test_service_get (network->service, path, network->token);
  JsonObject *names = json_object_get_object_member (station, "name");

  return g_strdup (json_object_has_member (names, language)
                       ? json_object_get_string_member (names, language) : "");
}

/* What is left, for who reads the report of a failure. */
static void
say_what_is_left (Wall *wall)
{
  GListModel *acts = sm_ops_get_pending (wall->ops);

  for (guint i = 0; i < MIN (g_list_model_get_n_items (acts), 5); i++)
    {
      g_autoptr (SmPending) pending = g_list_model_get_item (acts, i);

      g_test_message ("station %" G_GINT64_FORMAT ": state %d, %s",
                      sm_pending_get_object_id (pending), sm_pending_get_state (pending),
                      sm_pending_get_problem (pending) != NULL ? sm_pending_get_problem (pending)
                                                               : "no problem");
    }
}

/* --- R9 --- */

/* The audit of a station: each of @n renames once, in their order. */
static void
assert_each_once (Network *network,
                  gint64   id,
                  guint    n)
{
  g_autofree char *path
      = g_strdup_printf ("/api/v1/audit?object=station/%" G_GINT64_FORMAT "&limit=500", id);
  g_autoptr (JsonObject) page = sm_test_service_get (network->service, path, network->token);
  JsonArray *items = json_object_get_array_member (page, "items");
  guint n_done = 0;

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *entry = json_array_get_object_element (items, i);
      g_autofree char *wanted = NULL;
      g_autofree char *text = NULL;

      if (!g_str_equal (json_object_get_string_member (entry, "act"), "station.rename"))
        continue;
      /* On what was not the newest any more it had no effect, and came again. */
      if (g_str_equal (json_object_get_string_member (entry, "outcome"), "refused"))
        continue;
      g_assert_cmpstr (json_object_get_string_member (entry, "outcome"), ==, "done");
      /* The newest comes first. */
      wanted = g_strdup_printf ("Name %u\"", n - n_done);
      text = json_to_string (json_object_get_member (entry, "after"), FALSE);
      g_assert_nonnull (strstr (text, wanted));
      n_done++;
    }
  g_assert_cmpuint (n_done, ==, n);
}

/* A request that is never answered is given up after half a minute, and some are so in a
 * row: that is longer than a test usually waits for the next thing. */
static void
wait_for_fewer (Wall *wall,
                guint left)
{
  gboolean timed_out = FALSE;
  guint id = g_timeout_add_seconds (240, sm_test_timed_out_cb, &timed_out);

  while (n_pending (wall) >= left && n_pending (wall) > n_conflicts (wall) && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (timed_out);
  g_source_remove (id);
}

/* Every request of the outbox is answered late, never, or twice, or not brought:
 * exactly one effect each, in the order per object. */
static void
test_awkward (void)
{
  g_autoptr (Network) network = network_new ();
  g_autoptr (Wall) wall = NULL;
  guint each = (sm_test_times (1000) + NETWORK_STATIONS - 1) / NETWORK_STATIONS, left;
  guint n = each * NETWORK_STATIONS;
  gint64 began = g_get_monotonic_time ();
  guint wake;

  network_run (network);
  wall = wall_new (network);
  sm_test_proxy_free (wall->proxy);
  wall->proxy = sm_test_proxy_new (sm_test_service_get_port (network->service), "PATCH ");
  sm_test_proxy_set_delay (wall->proxy, 20);
  wall_start (wall);
  run_until (wall_state (wall) == SM_STATUS_LIVE && sm_ops_may (wall->ops, "station.rename"));
  sm_test_proxy_set_mode (wall->proxy, SM_TEST_PROXY_AWKWARD);
  wake = g_timeout_add (20, wake_cb, NULL);
  for (guint round = 1; round <= each; round++)
    for (gint64 id = 1; id <= NETWORK_STATIONS; id++)
      {
        g_autofree char *name = g_strdup_printf ("Name %u", round);

        edit (wall, id, "name/en", name);
      }
  while ((left = n_pending (wall)) > n_conflicts (wall))
    wait_for_fewer (wall, left);
  say_what_is_left (wall);
  g_assert_cmpuint (n_pending (wall), ==, 0);
  g_source_remove (wake);
  sm_test_proxy_set_mode (wall->proxy, SM_TEST_PROXY_PASS);
  for (gint64 id = 1; id <= NETWORK_STATIONS; id++)
    assert_each_once (network, id, each);
  g_test_message ("%u acts, %u requests not brought or not answered, %.1f s", n,
                  sm_test_proxy_get_cuts (wall->proxy),
                  (double) (g_get_monotonic_time () - began) / 1e6);
  g_assert_cmpuint (sm_test_proxy_get_cuts (wall->proxy), >=, n / 5);
}

/* --- trucks --- */

static void
guided_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sm_ops_guide_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
  ++*(guint *) user_data;
}

/* How many of @path there are with that truck, of which there is one at most. */
static guint
count_of_trucks (Network    *network,
                 const char *path,
                 const char *member)
{
  g_autoptr (JsonObject) page = sm_test_service_get (network->service, path, network->token);
  JsonArray *items = json_object_get_array_member (page, "items");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      gint64 id = json_object_get_int_member (json_array_get_object_element (items, i), member);

      g_assert_true (g_hash_table_add (seen, GSIZE_TO_POINTER ((gsize) id)));
    }
  return g_hash_table_size (seen);
}

/* What trucks are to be told goes where there is no network, through restarts and with the
 * service killed in between: each once. */
static void
test_guidance (void)
{
  g_autoptr (Network) network = network_new ();
  g_autoptr (Wall) wall = NULL;
  guint n = sm_test_times (100), n_kept = 0, wake;

  network_run (network);
  wall = wall_new (network);
  sm_test_proxy_free (wall->proxy);
  wall->proxy
      = sm_test_proxy_new (sm_test_service_get_port (network->service), "POST /api/v1/guidances");
  sm_test_proxy_set_delay (wall->proxy, 20);
  wall_start (wall);
  run_until (is_live (wall) && sm_ops_guide_refusal (wall->ops) == NULL);
  sm_test_proxy_set_mode (wall->proxy, SM_TEST_PROXY_RESET);
  for (guint i = 1; i <= n; i++)
    {
      SmTruckWish wish = { .vehicle_id = i, .guidance_id = SM_UNKNOWN, .from_station_id = 1,
                           .battery_id = SM_UNKNOWN, .is_rescue = TRUE };

      sm_ops_guide_async (wall->ops, &wish, NULL, guided_cb, &n_kept);
    }
  run_until (n_kept == n && n_pending (wall) == n);
  start_again (wall);
  run_until (n_pending (wall) == n);
  /* An answer that never comes takes half a minute, which only the whole of it has time for. */
  sm_test_proxy_set_mode (wall->proxy, n >= 100 ? SM_TEST_PROXY_AWKWARD
                                                : SM_TEST_PROXY_CUT_ANSWER);
  wake = g_timeout_add (20, wake_cb, NULL);
  wait_for_fewer (wall, n - 1);
  sm_test_service_kill (network->service);
  sm_test_service_restart (network->service);
  for (guint left; (left = n_pending (wall)) > n_conflicts (wall);)
    wait_for_fewer (wall, left);
  g_source_remove (wake);
  say_what_is_left (wall);
  g_assert_cmpuint (n_pending (wall), ==, 0);
  g_assert_cmpuint (
      count_of_trucks (network, "/api/v1/guidances?limit=500", "vehicle_id"), ==, n);
  g_assert_cmpuint (
      count_of_trucks (network, "/api/v1/work_orders?limit=500", "target_id"), ==, n);
}

/* --- R10 --- */

/* How a person decides, by turns. */
typedef enum
{
  KEEP,
  MERGE,
  DROP,
  N_DECISIONS
} Decision;

static void
decide (Wall      *wall,
        SmPending *pending,
        Decision   decision)
{
  GPtrArray *wanted = NULL;

  if (decision == DROP)
    {
      sm_ops_drop_async (wall->ops, pending, NULL, resolved_cb, NULL);
      return;
    }
  if (decision == MERGE)
    {
      wanted = sm_edits_new ();
      sm_edits_add (wanted, "name/en", NULL, "Merged");
    }
  sm_ops_resolve_async (wall->ops, pending, wanted, NULL, resolved_cb, NULL);
}

/* Each conflict says what was seen, what is wanted and what is there, and nothing
 * of that is overwritten until somebody has said so. */
static void
check_and_decide (Network *network,
                  Wall    *wall)
{
  GListModel *conflicts = sm_ops_get_conflicts (wall->ops);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    g_ptr_array_add (all, g_list_model_get_item (conflicts, i));
  for (guint i = 0; i < all->len; i++)
    {
      SmPending *pending = all->pdata[i];
      gint64 id = sm_pending_get_object_id (pending);
      const SmEdit *mine = sm_edits_find (sm_pending_get_edits (pending), "name/en");
      g_autofree char *now = name_at_service (network, id, "en");

      g_assert_cmpstr (sm_pending_get_problem (pending), ==, "row-changed");
      g_assert_true (g_str_has_prefix (now, "First"));
      g_assert_cmpstr (mine->theirs, ==, now);
      g_assert_true (g_str_has_prefix (mine->mine, "Second"));
      g_assert_cmpstr (mine->base, !=, mine->theirs);
      decide (wall, pending, (Decision) (id % N_DECISIONS));
    }
}

static gboolean
shows (Wall       *wall,
       guint       n,
       const char *prefix)
{
  for (guint id = 1; id <= n; id++)
    {
      g_autofree char *name
          = sm_row_dup_part (sm_item_get_row (find_station (wall, id)), "name/en");

      if (name == NULL || !g_str_has_prefix (name, prefix))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_stations (Wall *wall)
{
  return g_list_model_get_n_items (sm_ops_get_stations (wall->ops)) == NETWORK_STATIONS;
}

static gboolean
is_live (Wall *wall)
{
  return wall_state (wall) == SM_STATUS_LIVE && sm_ops_may (wall->ops, "station.rename")
         && has_stations (wall);
}

static void
start_again (Wall *wall)
{
  wall_stop (wall);
  wall_start (wall);
  run_until (has_stations (wall));
}

static void
edit_all (Wall       *wall,
          guint       n,
          const char *what,
          guint       round)
{
  for (guint id = 1; id <= n; id++)
    {
      g_autofree char *name = g_strdup_printf ("%s %u", what, round);

      edit (wall, id, "name/en", name);
    }
}

static void
check_outcome (Network *network,
               guint    n)
{
  static const char *const wanted[N_DECISIONS] = { "Second", "Merged", "First" };

  for (guint id = 1; id <= n; id++)
    {
      g_autofree char *name = name_at_service (network, id, "en");
      g_autofree char *chinese = name_at_service (network, id, "zh-CN");

      g_assert_true (g_str_has_prefix (name, wanted[id % N_DECISIONS]));
      /* What only the second one changed met nobody. */
      if (id % 2 == 0)
        g_assert_true (g_str_has_prefix (chinese, "第二"));
    }
}

static void
collide (Network *network,
         Wall    *first,
         Wall    *second,
         guint    n,
         guint    round)
{
  g_autofree char *chinese = g_strdup_printf ("第二 %u", round);

  run_until (is_live (first) && is_live (second));
  sm_test_proxy_set_mode (first->proxy, SM_TEST_PROXY_RESET);
  sm_test_proxy_set_mode (second->proxy, SM_TEST_PROXY_RESET);
  edit_all (first, n, "First", round);
  edit_all (second, n, "Second", round);
  /* A follow-up behind each conflict, of another field. */
  for (guint id = 2; id <= n; id += 2)
    edit (second, id, "name/zh-CN", chinese);
  start_again (second);
  run_until (n_pending (second) == n + n / 2 && shows (second, n, "Second"));
  sm_test_proxy_set_mode (first->proxy, SM_TEST_PROXY_PASS);
  run_until (n_pending (first) == 0);
  sm_test_proxy_set_mode (second->proxy, SM_TEST_PROXY_PASS);
  run_until (n_conflicts (second) == n);
  start_again (second);
  run_until (is_live (second) && n_conflicts (second) == n && shows (second, n, "First"));
  check_and_decide (network, second);
  run_until (n_pending (second) == 0);
  check_outcome (network, n);
}

static void
test_conflicts (void)
{
  g_autoptr (Network) network = network_new ();
  g_autoptr (Wall) first = NULL;
  g_autoptr (Wall) second = NULL;
  guint n = sm_test_times (100), done = 0;
  guint wake = g_timeout_add (50, wake_cb, NULL);

  network_run (network);
  first = wall_new (network);
  second = wall_new (network);
  wall_start (first);
  wall_start (second);
  for (guint round = 1; done < n; round++)
    {
      guint now = MIN (n - done, NETWORK_STATIONS);

      collide (network, first, second, now, round);
      done += now;
    }
  g_source_remove (wake);
  g_test_message ("%u pairs of edits of the same field: each a conflict, each decided", done);
}

int
main (int   argc,
      char *argv[])
{
  if (argc > 1 && g_str_equal (argv[1], NETWORK_ALONE))
    return wall_run_alone (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/outbox/awkward-answers", test_awkward);
  g_test_add_func ("/faults/outbox/guidance", test_guidance);
  g_test_add_func ("/faults/outbox/conflicting-edits", test_conflicts);
  return g_test_run ();
}
