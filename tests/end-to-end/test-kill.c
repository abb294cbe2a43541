/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-audit.h"
#include "sm-noun.h"
#include "sm-stations.h"
#include "sm-test-full.h"
#include "sm-test-outage.h"
#include "sm-test-service.h"
#include "sm-uuid.h"

/* The service is killed again and again while people write: what it has
 * answered with success is there for ever, and nothing is there twice. */

#define N_KILLS 200
#define N_RENAMERS 4
#define N_ALARMS 500
#define SEED 7

typedef struct
{
  SmTestService *service;
  char *token;
  GMutex mutex;
  GCond cond;
  guint n_lives; /* how often the service has come up */
  guint n_done;  /* writes that were answered with success */
  gint64 out_us; /* how long it was away */
  gboolean is_over;
  gboolean are_done; /* the writers, too */
} Storm;

/* Who writes, one thing after the other. */
typedef struct
{
  Storm *storm;
  guint number;
  guint n_done;
  gint64 seq;  /* of the last answer */
  GArray *seqs; /* of gint64: of all of them */
} Writer;

static gpointer
furnish (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  g_autoptr (SmRow) limit = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));
  SmUpsertOutcome outcome;
  gint64 id;

  sm_row_set_text (limit, SM_LIMIT_CODE, "test-pack-hot");
  sm_row_set_text (limit, SM_LIMIT_NOUN, "vehicle");
  sm_row_set_text (limit, SM_LIMIT_FIELD, "pack_temperature_c");
  sm_row_set_text (limit, SM_LIMIT_DIRECTION, "above");
  sm_row_set_real (limit, SM_LIMIT_RAISE_AT, 150);
  sm_row_set_real (limit, SM_LIMIT_CLEAR_AT, 140);
  sm_row_set_real (limit, SM_LIMIT_DELAY_S, 0);
  sm_row_set_int (limit, SM_LIMIT_LEVEL, 2);
  sm_row_set_int (limit, SM_LIMIT_ENABLED, TRUE);
  g_assert_true (sm_registry_upsert (rules, actor, limit, SM_LIMIT_CODE, &id, &outcome, error));
  for (guint i = 1; i <= N_RENAMERS; i++)
    {
      g_autoptr (SmRow) station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
      SmStationTree tree = { station, NULL, NULL };

      sm_row_take_text (station, SM_STATION_SN, g_strdup_printf ("S-%u", i));
      sm_row_set_text (station, SM_STATION_NAME, "{\"en\":\"New\"}");
      sm_row_set_text (station, SM_STATION_KIND, "charge");
      sm_row_set_text (station, SM_STATION_STATE, "operating");
      g_assert_true (sm_stations_upsert (rules, actor, &tree, &id, &outcome, error));
      g_assert_cmpint (id, ==, i);
    }
  for (guint i = 1; i <= N_ALARMS; i++)
    {
      g_autoptr (SmRow) vehicle = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));

      sm_row_take_text (vehicle, SM_VEHICLE_PLATE, g_strdup_printf ("P-%u", i));
      sm_row_take_text (vehicle, SM_VEHICLE_VIN, g_strdup_printf ("V-%u", i));
      sm_row_set_real (vehicle, SM_VEHICLE_REPORT_PERIOD_S, 10);
      g_assert_true (sm_registry_upsert (rules, actor, vehicle, SM_VEHICLE_PLATE, &id, &outcome,
                                         error));
    }
  return NULL;
}

static SmRules *
open_rules (SmTestService *service)
{
  g_autoptr (SmClock) clock = sm_clock_new_machine ();
  SmRulesOptions options = { .path = sm_test_service_get_database (service), .network = clock,
                             .machine = clock };
  g_autoptr (GError) error = NULL;
  SmRules *rules = sm_rules_open (&options, &error);

  g_assert_no_error (error);
  return rules;
}

/* Every vehicle is on fire: an alarm each. */
static void
raise_alarms (SmTestService *service,
              const char    *gateway)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *at = g_date_time_format_iso8601 (now);
  g_autoptr (GString) body = g_string_new ("{\"reports\":[");
  g_autoptr (JsonObject) answer = NULL;

  for (guint i = 1; i <= N_ALARMS; i++)
    g_string_append_printf (body, "%s{\"vin\":\"V-%u\",\"at\":\"%s\",\"pack_temperature_c\":200}",
                            i > 1 ? "," : "", i, at);
  g_string_append (body, "]}");
  answer = sm_test_service_post (service, "/api/v1/ingest/vehicles", gateway, NULL, body->str);
  g_assert_cmpint (json_object_get_int_member (answer, "accepted"), ==, N_ALARMS);
}

/* Half an answer is none. */
static JsonObject *
read_answer (SmTestAnswer *answer)
{
  g_autoptr (JsonNode) node = answer->body != NULL ? json_from_string (answer->body, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static guint
life_of (Storm    *storm,
         gboolean *out_are_done)
{
  guint life;

  g_mutex_lock (&storm->mutex);
  life = storm->n_lives;
  *out_are_done = storm->are_done;
  g_mutex_unlock (&storm->mutex);
  return life;
}

static void
wait_for_next_life (Storm *storm,
                    guint  life)
{
  g_mutex_lock (&storm->mutex);
  while (storm->n_lives == life)
    g_cond_wait (&storm->cond, &storm->mutex);
  g_mutex_unlock (&storm->mutex);
}

/* As an outbox does it: the same request until there is an answer. */
static JsonObject *
insist (Storm      *storm,
        const char *method,
        const char *path,
        const char *headers,
        const char *body)
{
  for (;;)
    {
      g_autoptr (SmTestAnswer) answer = NULL;
      JsonObject *object;
      gboolean are_done;
      guint life = life_of (storm, &are_done);

      answer = sm_test_service_send (storm->service, method, path, storm->token, headers, body);
      object = read_answer (answer);
      if (object != NULL && answer->status == 200)
        return object;
      if (object != NULL)
        g_error ("%s answered %u: %s", path, answer->status, answer->body);
      wait_for_next_life (storm, life);
    }
}

/* Returns: whether to write more */
static gboolean
note_done (Writer     *writer,
           JsonObject *row)
{
  Storm *storm = writer->storm;
  gint64 seq = json_object_get_int_member (row, "seq");
  gboolean goes_on;

  g_assert_cmpint (seq, >, writer->seq);
  writer->seq = seq;
  g_array_append_val (writer->seqs, seq);
  writer->n_done++;
  g_mutex_lock (&storm->mutex);
  storm->n_done++;
  goes_on = !storm->is_over;
  g_cond_broadcast (&storm->cond);
  g_mutex_unlock (&storm->mutex);
  return goes_on;
}

static gboolean
rename_once (Writer *writer)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *path = g_strdup_printf ("/api/v1/stations/%u", writer->number);
  g_autofree char *headers = g_strdup_printf ("Idempotency-Key: %s\r\nIf-Match: \"%" G_GINT64_FORMAT
                                              "\"\r\n", key, writer->seq);
  g_autofree char *body = g_strdup_printf ("{\"name\":{\"en\":\"Name %u\"}}", writer->n_done + 1);
  g_autoptr (JsonObject) station = insist (writer->storm, "PATCH", path, headers, body);

  return note_done (writer, station);
}

static gpointer
rename_main (gpointer data)
{
  Writer *writer = data;
  g_autofree char *path = g_strdup_printf ("/api/v1/stations/%u", writer->number);
  g_autoptr (JsonObject) station = insist (writer->storm, "GET", path, NULL, NULL);

  writer->seq = json_object_get_int_member (station, "seq");
  while (rename_once (writer))
    ;
  return NULL;
}

static gboolean
acknowledge_once (Writer *writer)
{
  g_autofree char *key = sm_uuid_new_v7 (g_get_real_time ());
  g_autofree char *path = g_strdup_printf ("/api/v1/alarms/%u/acknowledge", writer->n_done + 1);
  g_autofree char *headers = g_strdup_printf ("Idempotency-Key: %s\r\n", key);
  g_autoptr (JsonObject) answer = insist (writer->storm, "POST", path, headers,
                                          "{\"note\":\"seen\",\"seen_level\":2,\"seen_count\":1}");

  return note_done (writer, json_object_get_object_member (answer, "alarm"));
}

static gpointer
acknowledge_main (gpointer data)
{
  Writer *writer = data;

  while (acknowledge_once (writer) && writer->n_done < N_ALARMS)
    ;
  return NULL;
}

/* --- who follows --- */

/* One page of the feed.  Returns: (transfer full) (nullable): NULL when there was half an answer */
static JsonObject *
read_page (Storm      *storm,
           const char *cursor)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/changes?limit=5000&wait=1%s%s",
                                           cursor != NULL ? "&since=" : "",
                                           cursor != NULL ? cursor : "");
  g_autoptr (SmTestAnswer) answer = sm_test_service_send (storm->service, "GET", path, storm->token,
                                                          NULL, NULL);
  JsonObject *page = read_answer (answer);

  if (page != NULL && answer->status != 200)
    g_error ("%s answered %u: %s", path, answer->status, answer->body);
  return page;
}

/* What was told once is never told again under an older number, whoever was
 * killed in between; the cursor of one life holds in the next.
 * Returns: the last number that was told */
static gint64
note_page (JsonObject *page,
           GHashTable *seqs,
           gint64      last)
{
  JsonArray *changes = json_object_get_array_member (page, "changes");

  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      gint64 seq = json_object_get_int_member (change, "seq");

      g_assert_cmpint (seq, >, last);
      last = seq;
      if (g_str_equal (json_object_get_string_member (change, "kind"), "station"))
        {
          gint64 id = json_object_get_int_member (change, "id");

          g_hash_table_replace (seqs, g_memdup2 (&id, sizeof id), g_memdup2 (&seq, sizeof seq));
        }
    }
  return last;
}

typedef struct
{
  Storm *storm;
  GHashTable *seqs; /* id of a station -> the number that it has as far as was told */
} Follower;

/* To the end of what there is when everybody else has ended. */
static gpointer
follow_main (gpointer data)
{
  Follower *follower = data;
  g_autofree char *cursor = NULL;
  gint64 last = 0;
  gboolean goes_on = TRUE;

  while (goes_on)
    {
      gboolean are_done;
      guint life = life_of (follower->storm, &are_done);
      g_autoptr (JsonObject) page = read_page (follower->storm, cursor);

      if (page == NULL)
        {
          wait_for_next_life (follower->storm, life);
          continue;
        }
      last = note_page (page, follower->seqs, last);
      g_free (cursor);
      cursor = g_strdup (json_object_get_string_member (page, "cursor"));
      goes_on = !are_done || json_object_get_boolean_member (page, "more");
    }
  return NULL;
}

/* --- who kills --- */

/* At a moment between two answers that nobody chose, over and over. */
static void
kill_and_start (Storm *storm)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  guint n_kills = sm_test_times (N_KILLS);

  for (guint i = 0; i < n_kills; i++)
    {
      gint64 killed_at;
      guint until;

      g_mutex_lock (&storm->mutex);
      until = storm->n_done + (guint) g_rand_int_range (rand, 3, 25);
      while (storm->n_done < until)
        g_cond_wait (&storm->cond, &storm->mutex);
      g_mutex_unlock (&storm->mutex);
      killed_at = g_get_monotonic_time ();
      sm_test_service_restart (storm->service);
      g_mutex_lock (&storm->mutex);
      storm->out_us += g_get_monotonic_time () - killed_at;
      storm->n_lives++;
      g_cond_broadcast (&storm->cond);
      g_mutex_unlock (&storm->mutex);
    }
  g_mutex_lock (&storm->mutex);
  storm->is_over = TRUE;
  g_mutex_unlock (&storm->mutex);
}

typedef struct
{
  SmActor *actor;
  char *object;
} Question;

static gpointer
count_done (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Question *question = data;
  gint64 before_id = 0;
  gboolean has_more = TRUE;
  guint n = 0;

  while (has_more)
    {
      g_autoptr (GPtrArray) entries = sm_audit_read (reader, question->actor, question->object,
                                                     before_id, 100, &has_more, error);

      g_assert_nonnull (entries);
      for (guint i = 0; i < entries->len; i++)
        {
          const SmAuditEntry *entry = entries->pdata[i];

          n += g_str_equal (entry->outcome, "done") && !g_str_equal (entry->act, "station.import");
          before_id = entry->id;
        }
    }
  return GUINT_TO_POINTER (n);
}

static void
assert_audit (SmRules    *rules,
              const char *noun,
              guint       id,
              guint       expected)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  g_autofree char *object = g_strdup_printf ("%s/%u", noun, id);
  Question question = { actor, object };

  g_assert_cmpuint (GPOINTER_TO_UINT (sm_rules_read_sync (rules, count_done, &question, NULL)), ==,
                    expected);
}

static void
assert_no_seq_twice (const Writer *writers,
                     guint         n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < writers[i].seqs->len; k++)
      g_assert_true (g_hash_table_add (seen, &g_array_index (writers[i].seqs, gint64, k)));
}

static void
assert_nothing_lost (Storm        *storm,
                     const Writer *writers)
{
  g_autoptr (SmRules) rules = NULL;

  for (guint i = 0; i < N_RENAMERS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/api/v1/stations/%u", writers[i].number);
      g_autofree char *name = g_strdup_printf ("Name %u", writers[i].n_done);
      g_autoptr (JsonObject) station = insist (storm, "GET", path, NULL, NULL);
      JsonObject *names = json_object_get_object_member (station, "name");

      g_assert_cmpint (json_object_get_int_member (station, "seq"), ==, writers[i].seq);
      g_assert_cmpstr (json_object_get_string_member (names, "en"), ==, name);
    }
  sm_test_service_kill (storm->service);
  rules = open_rules (storm->service);
  for (guint i = 0; i < N_RENAMERS; i++)
    assert_audit (rules, "station", writers[i].number, writers[i].n_done);
  for (guint i = 1; i <= N_ALARMS; i++)
    assert_audit (rules, "alarm", i, i <= writers[N_RENAMERS].n_done);
}

/* Who followed has what who wrote was told. */
static void
assert_followed (const Follower *follower,
                 const Writer   *writers)
{
  for (guint i = 0; i < N_RENAMERS; i++)
    {
      gint64 id = writers[i].number;
      const gint64 *seq = g_hash_table_lookup (follower->seqs, &id);

      g_assert_nonnull (seq);
      g_assert_cmpint (*seq, ==, writers[i].seq);
    }
  g_hash_table_unref (follower->seqs);
}

static void
test_kill (void)
{
  g_autoptr (SmTestService) service = sm_test_service_new (NULL);
  Storm storm = { .service = service };
  Follower follower = { &storm, g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free) };
  GThread *following;
  Writer writers[N_RENAMERS + 1] = { 0 };
  GThread *threads[N_RENAMERS + 1];
  SmRules *rules = open_rules (service);
  g_autofree char *gateway = NULL;
  g_autoptr (GError) error = NULL;

  sm_rules_run_sync (rules, furnish, NULL, &error);
  g_assert_no_error (error);
  sm_rules_close (rules);
  sm_test_service_add_user (service, "adam", "administrator", "correct horse battery");
  gateway = sm_test_service_add_gateway (service, "gate");
  sm_test_service_run (service);
  raise_alarms (service, gateway);
  storm.token = sm_test_service_sign_in (service, "adam", "correct horse battery");
  for (guint i = 0; i <= N_RENAMERS; i++)
    {
      writers[i] = (Writer){ .storm = &storm, .number = i + 1,
                             .seqs = g_array_new (FALSE, FALSE, sizeof (gint64)) };
      threads[i] = g_thread_new ("writer", i < N_RENAMERS ? rename_main : acknowledge_main,
                                 &writers[i]);
    }
  following = g_thread_new ("follower", follow_main, &follower);
  kill_and_start (&storm);
  for (guint i = 0; i <= N_RENAMERS; i++)
    g_thread_join (threads[i]);
  g_mutex_lock (&storm.mutex);
  storm.are_done = TRUE;
  g_mutex_unlock (&storm.mutex);
  g_thread_join (following);
  g_test_message ("%u kills, %u writes, %u of them acknowledgements", storm.n_lives, storm.n_done,
                  writers[N_RENAMERS].n_done);
  sm_test_report_outage ("R2, each kill", storm.out_us / storm.n_lives);
  assert_no_seq_twice (writers, N_RENAMERS + 1);
  assert_followed (&follower, writers);
  assert_nothing_lost (&storm, writers);
  for (guint i = 0; i <= N_RENAMERS; i++)
    g_array_unref (writers[i].seqs);
  g_free (storm.token);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/end-to-end/service/killed-under-writes", test_kill);
  return g_test_run ();
}
