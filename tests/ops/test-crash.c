/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "listening.h"

#include "sm-cache-reader.h"
#include "sm-cache.h"
#include "sm-error.h"
#include "sm-networks.h"
#include "sm-ops.h"
#include "sm-outbox.h"
#include "sm-test-folder.h"
#include "sm-test-full.h"
#include "sm-test-until.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * What is left of the application when it is killed at any moment, and what an
 * act comes to when its answers come late or never.  The service is ours and
 * remembers every effect; the application that is killed is this program again.
 */

#define N_KILLS sm_test_times (200)
#define MAX_ALARMS 4000
#define N_ALARMS sm_test_times (MAX_ALARMS)
#define N_ACTS 20
#define EPOCH "e1"
#define CLIENT "--client"

/* Every thing that the network has, with the seq of its last change. */
typedef struct
{
  gint64 alarms[MAX_ALARMS + 1]; /* by id */
  GArray *stations;            /* by id - 1 */
  gint64 seq;
} Network;

typedef struct
{
  SoupServer *server;
  Network network;
  GHashTable *keys;    /* idempotency key -> alarm id */
  GHashTable *effects; /* alarm id -> how often it was acknowledged */
  GHashTable *kept;    /* alarm ids that the application said it keeps */
  gboolean is_slow;    /* acts come in faster than they are answered */
  gboolean is_awkward; /* answers come late, never, or say to ask again */
  char *url;
  char *dir;
  char *cache;
  char *state;
} Fixture;

static void
append_alarm (GString *text,
              gint64   id,
              gint64   seq,
              gboolean is_acked)
{
  g_string_append_printf (text,
                          "{\"id\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT
                          ",\"operator_id\":1,\"code\":\"soc-low\",\"level\":2,\"state\":\"%s\","
                          "\"source_noun\":\"vehicle\",\"source_id\":3,\"count\":1,"
                          "\"raised_at\":\"2026-01-01T00:00:00Z\"}",
                          id, seq, is_acked ? "acked" : "unacked");
}

static void
append_change (GString    *text,
               const char *kind,
               gint64      id,
               gint64      seq)
{
  g_string_append_printf (text,
                          "%s{\"kind\":\"%s\",\"id\":%" G_GINT64_FORMAT ",\"seq\":%" G_GINT64_FORMAT
                          ",\"deleted\":false,\"data\":",
                          text->str[text->len - 1] == '[' ? "" : ",", kind, id, seq);
}

static char *
make_changes (Fixture    *fixture,
              GHashTable *query)
{
  Network *network = &fixture->network;
  const char *since_text = g_hash_table_lookup (query, "since");
  const char *kinds = g_hash_table_lookup (query, "kinds");
  gint64 since = since_text != NULL ? g_ascii_strtoll (strrchr (since_text, '.') + 1, NULL, 10) : 0;
  GString *text = g_string_new ("{\"changes\":[");

  /* The network never stands still. */
  for (guint i = 0; i < 3 && network->stations->len < 5000; i++)
    {
      network->seq++;
      g_array_append_val (network->stations, network->seq);
    }
  for (gint64 id = 1; id <= N_ALARMS && (kinds == NULL || strstr (kinds, "alarm") != NULL); id++)
    if (network->alarms[id] > since)
      {
        append_change (text, "alarm", id, network->alarms[id]);
        append_alarm (text, id, network->alarms[id],
                      g_hash_table_contains (fixture->effects, GINT_TO_POINTER (id)));
        g_string_append_c (text, '}');
      }
  for (guint i = 0; i < network->stations->len
                    && (kinds == NULL || strstr (kinds, "station") != NULL); i++)
    {
      gint64 seq = g_array_index (network->stations, gint64, i);

      if (seq <= since)
        continue;
      append_change (text, "station", i + 1, seq);
      g_string_append_printf (text, "{\"id\":%u,\"seq\":%" G_GINT64_FORMAT ",\"operator_id\":1,"
                              "\"sn\":\"SN%u\",\"name\":{\"en\":\"Station\"}}}", i + 1, seq, i + 1);
    }
  g_string_append_printf (text, "],\"cursor\":\"" EPOCH ".1.%" G_GINT64_FORMAT "\",\"more\":false}",
                          network->seq);
  return g_string_free (text, FALSE);
}

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static gboolean
unpause_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

static void
answer_later (SoupServerMessage *message,
              guint              after_ms)
{
  soup_server_message_pause (message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, after_ms, unpause_cb, g_object_ref (message),
                      g_object_unref);
}

/* The first answer to an act may come late, never, or say to ask again. */
static void
be_awkward (SoupServerMessage *message,
            gint64             id)
{
  switch (id % 4)
    {
    case 1:
      g_socket_close (soup_server_message_get_socket (message), NULL);
      break;
    case 2:
      answer (message, 503, "{\"type\":\"busy\",\"status\":503}");
      break;
    case 3:
      answer_later (message, 200);
      break;
    default:
      break;
    }
}

static void
acknowledge (Fixture           *fixture,
             SoupServerMessage *message,
             gint64             id)
{
  const char *key = soup_message_headers_get_one (
      soup_server_message_get_request_headers (message), "Idempotency-Key");
  gboolean is_first = !g_hash_table_contains (fixture->keys, key);
  g_autoptr (GString) body = g_string_new ("{\"alarm\":");

  if (is_first)
    {
      gpointer n = g_hash_table_lookup (fixture->effects, GINT_TO_POINTER (id));

      g_hash_table_insert (fixture->keys, g_strdup (key), GINT_TO_POINTER (id));
      g_hash_table_insert (fixture->effects, GINT_TO_POINTER (id),
                           GINT_TO_POINTER (GPOINTER_TO_INT (n) + 1));
      fixture->network.alarms[id] = ++fixture->network.seq;
    }
  append_alarm (body, id, fixture->network.alarms[id], TRUE);
  g_string_append_c (body, '}');
  answer (message, 200, body->str);
  if (is_first && fixture->is_awkward)
    be_awkward (message, id);
  else if (fixture->is_slow)
    answer_later (message, 80);
}

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *fixture = user_data;

  if (g_str_equal (path, "/api"))
    answer (message, 200,
            "{\"product\":\"stationmaster-service\",\"version\":\"1\",\"api\":[\"v1\"],\"epoch\":\"" EPOCH
            "\",\"network\":\"Test\",\"time_zone\":\"Asia/Shanghai\",\"simulated\":true,"
            "\"demo_sign_in\":true}");
  else if (g_str_has_suffix (path, "/session"))
    answer (message, 200, "{\"token\":\"t\",\"expires_in\":900,\"refresh_token\":\"r\"}");
  else if (g_str_has_suffix (path, "/me"))
    answer (message, 200,
            "{\"id\":1,\"name\":\"demo\",\"display_name\":\"Demo\",\"role\":\"operator\","
            "\"permissions\":[\"alarm.acknowledge\"],\"access_rev\":1}");
  else if (g_str_has_suffix (path, "/changes"))
    {
      g_autofree char *body = make_changes (fixture, query);

      answer (message, 200, body);
    }
  else if (g_str_has_suffix (path, "/acknowledge"))
    acknowledge (fixture, message,
                 g_ascii_strtoll (path + strlen ("/api/v1/alarms/"), NULL, 10));
  else if (g_str_has_suffix (path, "/live/vehicles"))
    answer (message, 200, "{\"tick\":1,\"id\":[]}");
  else
    answer (message, 404, "{\"type\":\"route-unknown\",\"status\":404}");
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->effects = g_hash_table_new (NULL, NULL);
  fixture->kept = g_hash_table_new (NULL, NULL);
  fixture->network.stations = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (gint64 id = 1; id <= N_ALARMS; id++)
    fixture->network.alarms[id] = ++fixture->network.seq;
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, answer_cb, fixture, NULL);
  fixture->url = listen_anywhere (fixture->server);
  fixture->dir = g_dir_make_tmp ("sm-crash-XXXXXX", NULL);
  fixture->cache = g_build_filename (fixture->dir, "cache", NULL);
  fixture->state = g_build_filename (fixture->dir, "state", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->server);
  g_hash_table_unref (fixture->keys);
  g_hash_table_unref (fixture->effects);
  g_hash_table_unref (fixture->kept);
  g_array_unref (fixture->network.stations);
  sm_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->cache);
  g_free (fixture->state);
  g_free (fixture->url);
}

/* The application that is killed: acknowledges one alarm after the other. */
typedef struct
{
  SmOps *ops;
  gint64 id; /* being kept */
} Client;

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Client *client = user_data;
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", client->id);

  client->id = 0;
  if (sm_ops_acknowledge_finish (SM_OPS (source), result, NULL)
      && write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (1);
}

static gint64
find_unacked (SmOps *ops)
{
  GListModel *alarms = sm_ops_get_alarms (ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (!sm_item_get_pending (item)
          && g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_ALARM_STATE), "unacked") == 0)
        return sm_item_get_id (item);
    }
  return 0;
}

static gboolean
act_cb (gpointer user_data)
{
  Client *client = user_data;

  if (client->id != 0 || !sm_ops_may (client->ops, "alarm.acknowledge"))
    return G_SOURCE_CONTINUE;
  client->id = find_unacked (client->ops);
  if (client->id != 0)
    sm_ops_acknowledge_async (client->ops, client->id, "seen", NULL, kept_cb, client);
  return G_SOURCE_CONTINUE;
}

static int
run_client (char **argv)
{
  Client client = { sm_ops_new (argv[2], argv[3], argv[4]), 0 };
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  sm_ops_start (client.ops);
  g_timeout_add (25, act_cb, &client);
  g_main_loop_run (loop);
  return 0;
}

static gboolean
kill_cb (gpointer user_data)
{
  g_subprocess_send_signal (user_data, SIGKILL);
  return G_SOURCE_REMOVE;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, user_data, NULL, &error);
  g_assert_no_error (error);
}

/* Starts the application, kills it in the middle, and takes down what it said. */
static void
run_and_kill (Fixture *fixture,
              guint    after_ms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) client
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/proc/self/exe", CLIENT,
                          fixture->url, fixture->cache, fixture->state, NULL);
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  g_timeout_add (after_ms, kill_cb, client);
  g_subprocess_communicate_utf8_async (client, NULL, NULL, ended_cb, &output);
  run_until (output != NULL);
  g_assert_true (g_subprocess_get_if_signaled (client));
  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_hash_table_add (fixture->kept, GINT_TO_POINTER (atoi (lines[i])));
}

/* The cache opens, and holds all that its cursor says it has seen. */
static guint
check_cache (Fixture *fixture)
{
  g_autofree char *dir = sm_networks_make_dir (fixture->cache, EPOCH);
  g_autoptr (SmCache) cache = sm_cache_open (dir, EPOCH, NULL);
  g_autofree char *cursor = NULL;
  const Network *network = &fixture->network;
  gint64 seen;

  g_assert_null (sm_cache_get_problem (cache));
  if (!sm_cache_is_whole (cache))
    return 0;
  cursor = sm_cache_dup_meta (cache, SM_CACHE_CURSOR);
  seen = g_ascii_strtoll (strrchr (cursor, '.') + 1, NULL, 10);
  g_assert_cmpint (seen, >=, N_ALARMS);
  for (gint64 id = 1; id <= N_ALARMS; id++)
    if (network->alarms[id] <= seen)
      g_assert_cmpint (sm_cache_get_seq (cache, sm_noun_get (SM_NOUN_ALARM), id), ==,
                       network->alarms[id]);
  for (guint i = 0; i < network->stations->len; i++)
    if (g_array_index (network->stations, gint64, i) <= seen)
      g_assert_cmpint (sm_cache_get_seq (cache, sm_noun_get (SM_NOUN_STATION), i + 1), ==,
                       g_array_index (network->stations, gint64, i));
  return 1;
}

static void
stop (SmOps *ops)
{
  sm_ops_stop (ops);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (ops);
}

static void
assert_once (Fixture *fixture)
{
  GHashTableIter iter;
  gpointer id, n;

  g_hash_table_iter_init (&iter, fixture->effects);
  while (g_hash_table_iter_next (&iter, &id, &n))
    g_assert_cmpint (GPOINTER_TO_INT (n), ==, 1);
  g_hash_table_iter_init (&iter, fixture->kept);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (fixture->effects, id));
}

/* Whether acts were waiting when it was killed, and whole copies were met. */
static gboolean
has_waiting (Fixture *fixture,
             guint    n_whole)
{
  return g_hash_table_size (fixture->kept) > g_hash_table_size (fixture->effects) && n_whole > 0;
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *outbox_path = g_build_filename (fixture->state, "outbox.db", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (SmOutbox) outbox = NULL;
  g_autoptr (GPtrArray) acts = NULL;
  guint n_whole = 0;
  SmOps *ops;

  fixture->is_slow = TRUE;
  /* On a slow machine most are killed before they did anything: then more of them, and later. */
  for (guint i = 0; i < N_KILLS || (!has_waiting (fixture, n_whole) && i < 6 * N_KILLS); i++)
    {
      guint longest = 600 * (1 + i / N_KILLS);

      run_and_kill (fixture, (guint) g_rand_int_range (rand, 30, (gint32) longest));
      n_whole += check_cache (fixture);
    }
  g_test_message ("%u acts kept, %u done before the last start, %u whole caches",
                  g_hash_table_size (fixture->kept), g_hash_table_size (fixture->effects), n_whole);
  /* Else nothing was tested. */
  g_assert_true (has_waiting (fixture, n_whole));
  fixture->is_slow = FALSE;
  ops = sm_ops_new (fixture->url, fixture->cache, fixture->state);
  sm_ops_start (ops);
  run_until (sm_status_get_state (sm_ops_get_status (ops)) == SM_STATUS_LIVE
             && g_hash_table_size (fixture->effects) >= g_hash_table_size (fixture->kept)
             && sm_figures_get_values (sm_ops_get_figures (ops))->pending == 0);
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_conflicts (ops)), ==, 0);
  stop (ops);
  assert_once (fixture);
  outbox = sm_outbox_open (outbox_path, NULL);
  acts = sm_outbox_list (outbox, EPOCH, 1, NULL);
  g_assert_cmpuint (acts->len, ==, 0);
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
  (*(guint *) user_data)++;
}

static void
test_awkward (Fixture       *fixture,
              gconstpointer  data)
{
  SmOps *ops = sm_ops_new (fixture->url, fixture->cache, fixture->state);
  guint n = 0;

  fixture->is_awkward = TRUE;
  sm_ops_start (ops);
  run_until (sm_ops_may (ops, "alarm.acknowledge")
             && g_list_model_get_n_items (sm_ops_get_alarms (ops)) == N_ALARMS);
  for (gint64 id = 1; id <= N_ACTS; id++)
    {
      g_hash_table_add (fixture->kept, GINT_TO_POINTER (id));
      sm_ops_acknowledge_async (ops, id, "seen", NULL, acknowledged_cb, &n);
    }
  run_until (n == N_ACTS);
  run_until (g_hash_table_size (fixture->effects) == N_ACTS
             && sm_figures_get_values (sm_ops_get_figures (ops))->pending == 0);
  stop (ops);
  assert_once (fixture);
  g_assert_cmpuint (g_hash_table_size (fixture->keys), ==, N_ACTS);
}

/* From now on files of this program can grow no further, or can again. */
static void
set_disk_full (gboolean is_full)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = is_full ? 512 : limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

typedef struct
{
  gboolean is_done;
  GError *error;
} Outcome;

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Outcome *outcome = user_data;

  sm_ops_acknowledge_finish (SM_OPS (source), result, &outcome->error);
  outcome->is_done = TRUE;
}

/* An act that cannot be kept is refused, not claimed to be kept; what is shown
 * goes on, and says that it is not kept either. */
static void
test_disk_full (Fixture       *fixture,
                gconstpointer  data)
{
  SmOps *ops = sm_ops_new (fixture->url, fixture->cache, fixture->state);
  SmStatus *status = sm_ops_get_status (ops);
  Outcome refused = { 0 }, kept = { 0 };

  sm_ops_start (ops);
  run_until (sm_status_get_state (status) == SM_STATUS_LIVE
             && sm_ops_may (ops, "alarm.acknowledge")
             && g_list_model_get_n_items (sm_ops_get_alarms (ops)) == N_ALARMS);
  set_disk_full (TRUE);
  sm_ops_acknowledge_async (ops, 1, "seen", NULL, tried_cb, &refused);
  run_until (refused.is_done && sm_status_get_storage_problem (status) != NULL);
  g_assert_nonnull (refused.error);
  g_assert_cmpint (refused.error->domain, ==, SM_ERROR);
  g_assert_true (refused.error->code == SM_ERROR_IO || refused.error->code == SM_ERROR_FULL);
  g_clear_error (&refused.error);
  run_until (sm_status_get_state (status) == SM_STATUS_LIVE
             && g_list_model_get_n_items (sm_ops_get_alarms (ops)) == N_ALARMS);
  g_assert_cmpuint (sm_figures_get_values (sm_ops_get_figures (ops))->pending, ==, 0);
  g_assert_cmpuint (g_hash_table_size (fixture->effects), ==, 0);
  /* When there is room again the next one is kept. */
  set_disk_full (FALSE);
  sm_ops_acknowledge_async (ops, 1, "seen", NULL, tried_cb, &kept);
  run_until (kept.is_done);
  g_assert_no_error (kept.error);
  run_until (g_hash_table_size (fixture->effects) == 1);
  stop (ops);
  assert_once (fixture);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], CLIENT))
    return run_client (argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("/ops/crash/killed-during-sync", test_killed);
  ADD ("/ops/crash/answers-late-never-again", test_awkward);
  ADD ("/ops/crash/full-disk-refuses-the-act", test_disk_full);
  return g_test_run ();
}
