/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-server.h"

#include <glib/gstdio.h>

#include "sm-stations.h"
#include "sm-test-sockets.h"
#include "sm-time.h"
#include "sm-users.h"

static SmRow *
new_row (SmNounId    noun,
         guint       name_field,
         const char *name)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  sm_row_set_text (row, name_field, name);
  return row;
}

static void
add_row (SmRules *rules,
         SmActor *actor,
         SmRow   *row,
         guint    key)
{
  g_autoptr (GError) error = NULL;
  SmUpsertOutcome outcome;
  gint64 id;

  sm_registry_upsert (rules, actor, row, key, &id, &outcome, &error);
  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, SM_UPSERT_ADDED);
  sm_row_unref (row);
}

static void
add_station (SmRules    *rules,
             SmActor    *actor,
             const char *sn,
             const char *pile_sn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) piles = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GPtrArray) connectors =
      g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (SmRow) station = new_row (SM_NOUN_STATION, SM_STATION_SN, sn);
  SmStationTree tree = { station, piles, connectors };
  SmUpsertOutcome outcome;
  SmRow *pile, *connector;
  gint64 id;

  sm_row_set_text (station, SM_STATION_NAME, "{\"en\":\"Bay\",\"zh-CN\":\"湾\"}");
  sm_row_set_text (station, SM_STATION_KIND, "charge");
  sm_row_set_text (station, SM_STATION_STATE, "operating");
  sm_row_set_real (station, SM_STATION_LATITUDE, 22.5);
  sm_row_set_real (station, SM_STATION_LONGITUDE, 114.1);
  pile = new_row (SM_NOUN_PILE, SM_PILE_SN, pile_sn);
  sm_row_set_text (pile, SM_PILE_NAME, "{\"en\":\"Pile\"}");
  g_ptr_array_add (piles, pile);
  connector = sm_row_new (sm_noun_get (SM_NOUN_CONNECTOR));
  sm_row_set_int (connector, SM_CONNECTOR_PILE_ID, 0);
  sm_row_set_int (connector, SM_CONNECTOR_NUMBER, 1);
  g_ptr_array_add (connectors, connector);
  sm_stations_upsert (rules, actor, &tree, &id, &outcome, &error);
  g_assert_no_error (error);
}

static void
add_vehicle (SmRules    *rules,
             SmActor    *actor,
             const char *plate,
             const char *vin)
{
  SmRow *row = new_row (SM_NOUN_VEHICLE, SM_VEHICLE_PLATE, plate);

  sm_row_set_text (row, SM_VEHICLE_VIN, vin);
  sm_row_set_real (row, SM_VEHICLE_REPORT_PERIOD_S, 10);
  add_row (rules, actor, row, SM_VEHICLE_PLATE);
}

static void
add_limit (SmRules *rules,
           SmActor *actor)
{
  SmRow *row = new_row (SM_NOUN_LIMIT, SM_LIMIT_CODE, "test-pack-hot");

  sm_row_set_text (row, SM_LIMIT_NOUN, "vehicle");
  sm_row_set_text (row, SM_LIMIT_FIELD, "pack_temperature_c");
  sm_row_set_text (row, SM_LIMIT_DIRECTION, "above");
  sm_row_set_real (row, SM_LIMIT_RAISE_AT, 90);
  sm_row_set_real (row, SM_LIMIT_CLEAR_AT, 80);
  sm_row_set_real (row, SM_LIMIT_DELAY_S, 0);
  sm_row_set_int (row, SM_LIMIT_LEVEL, 2);
  sm_row_set_int (row, SM_LIMIT_ENABLED, TRUE);
  add_row (rules, actor, row, SM_LIMIT_CODE);
}

static void
add_area_and_fleet (SmRules *rules,
                    SmActor *actor)
{
  SmRow *area = new_row (SM_NOUN_AREA, SM_AREA_CODE, "440300");
  SmRow *fleet = new_row (SM_NOUN_FLEET, SM_FLEET_NAME, "{\"en\":\"Haulage\"}");

  sm_row_set_text (area, SM_AREA_KIND, "city");
  sm_row_set_text (area, SM_AREA_NAME, "{\"en\":\"Shenzhen\",\"zh-CN\":\"深圳\"}");
  add_row (rules, actor, area, SM_AREA_CODE);
  add_row (rules, actor, fleet, SM_FLEET_NAME);
}

static gpointer
furnish (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  add_area_and_fleet (rules, actor);
  add_station (rules, actor, "S-1", "P-1");
  add_station (rules, actor, "S-2", "P-2");
  add_vehicle (rules, actor, "粤B00001", "VIN00000000000001");
  add_vehicle (rules, actor, "粤B00002", "VIN00000000000002");
  add_limit (rules, actor);
  return NULL;
}

static void
add_people (SmTestServer *self)
{
  static const struct
  {
    const char *name, *role;
  } people[] = { { "olga", "operator" }, { "otto", "operator" }, { "wanda", "wall" },
                 { "adam", "administrator" } };
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      sm_users_add (self->rules, actor, people[i].name, people[i].name, people[i].role, all,
                    SM_TEST_PASSWORD, NULL, &error);
      g_assert_no_error (error);
    }
  self->gateway = sm_gateways_add (self->rules, actor, "gate", all, &error);
  g_assert_no_error (error);
}

/** sm_test_server_new_at: @time_zone: (nullable): of the network, when it is begun */
SmTestServer *
sm_test_server_new_at (const SmServiceOptions *options,
                       gboolean                simulated,
                       gint64                  start_us,
                       const char             *time_zone)
{
  SmTestServer *self = g_new0 (SmTestServer, 1);
  SmServiceOptions quiet = { 0 };
  SmRulesOptions rules = { .network_name = "Test", .simulated = simulated,
                           .time_zone = time_zone };
  g_autoptr (GError) error = NULL;
  g_autofree char *database = NULL;
  g_autofree char *url = NULL;

  if (options != NULL)
    quiet = *options;
  quiet.quiet = TRUE;
  self->folder = g_dir_make_tmp ("sm-test-server-XXXXXX", &error);
  g_assert_no_error (error);
  rules.path = database = g_build_filename (self->folder, "service.db", NULL);
  rules.network = self->network = sm_clock_new_manual (start_us);
  rules.machine = self->machine = sm_clock_new_manual (start_us);
  self->rules = sm_rules_open (&rules, &error);
  g_assert_no_error (error);
  sm_rules_run_sync (self->rules, furnish, NULL, &error);
  g_assert_no_error (error);
  /* Limits are put in force when the network is opened. */
  sm_rules_close (self->rules);
  self->rules = sm_rules_open (&rules, &error);
  g_assert_no_error (error);
  add_people (self);
  sm_test_forgive_sockets ();
  self->service = sm_service_new (self->rules, &quiet);
  sm_service_listen (self->service, "127.0.0.1:0", FALSE, &url, &error);
  g_assert_no_error (error);
  self->client = sm_test_service_attach ((guint16) atoi (strrchr (url, ':') + 1));
  return self;
}

SmTestServer *
sm_test_server_new (const SmServiceOptions *options,
                    gboolean                simulated)
{
  return sm_test_server_new_at (options, simulated, SM_TEST_START_US, NULL);
}

void
sm_test_server_free (SmTestServer *self)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  sm_test_service_free (self->client);
  sm_service_free (self->service);
  /* What was on its way when the service stopped finds nobody left. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sm_rules_close (self->rules);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sm_clock_unref (self->network);
  sm_clock_unref (self->machine);
  g_free (self->gateway);
  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self);
}

typedef struct
{
  SmTestServer *server;
  SmTestClient client;
  int done; /* atomic */
} Run;

static gpointer
client_main (gpointer data)
{
  Run *run = data;

  run->client (run->server);
  g_atomic_int_set (&run->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/** sm_test_server_run: Serves on this thread until the client has finished on its own. */
void
sm_test_server_run (SmTestServer *self,
                    SmTestClient  client)
{
  Run run = { self, client, FALSE };
  GThread *thread = g_thread_new ("client", client_main, &run);

  while (!g_atomic_int_get (&run.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}

static gpointer
tick (SmRules       *rules,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  sm_rules_tick (rules, error);
  return NULL;
}

/** sm_test_server_pass: From the client's thread: the network lives as fast as is asked for. */
void
sm_test_server_pass (SmTestServer *self,
                     gint64        network_us,
                     gint64        machine_us)
{
  g_autoptr (GError) error = NULL;

  sm_clock_advance (self->network, network_us);
  sm_clock_advance (self->machine, machine_us);
  sm_rules_run_sync (self->rules, tick, NULL, &error);
  g_assert_no_error (error);
}

/** sm_test_server_tick: From the client's thread: lets time pass on both clocks. */
void
sm_test_server_tick (SmTestServer *self,
                     gint64        seconds)
{
  sm_test_server_pass (self, seconds * SM_SECOND, seconds * SM_SECOND);
}

/** sm_test_server_sign_in: Returns: (transfer full): a token of one of the people */
char *
sm_test_server_sign_in (SmTestServer *self,
                        const char   *name)
{
  return sm_test_service_sign_in (self->client, name, SM_TEST_PASSWORD);
}

/** sm_test_server_report: From the client's thread: vehicle 1 says now how warm its pack is. */
void
sm_test_server_report (SmTestServer *self,
                       double        temperature_c)
{
  g_autofree char *at = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonObject) answer = NULL;

  sm_test_server_tick (self, 1);
  at = sm_time_to_rfc3339 (sm_clock_now (self->network));
  body = g_strdup_printf ("{\"reports\":[{\"vin\":\"VIN00000000000001\",\"at\":\"%s\","
                          "\"latitude\":22.5,\"longitude\":114,\"soc\":50,"
                          "\"pack_temperature_c\":%g}]}",
                          at, temperature_c);
  answer =
      sm_test_service_post (self->client, "/api/v1/ingest/vehicles", self->gateway, NULL, body);
  g_assert_cmpint (json_object_get_int_member (answer, "accepted"), ==, 1);
  sm_test_server_tick (self, 1);
}

/** sm_test_server_try: Runs @client against a server of its own. */
void
sm_test_server_try (SmTestClient client,
                    gboolean     simulated)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, simulated);

  sm_test_server_run (server, client);
}

SmTestAnswer *
sm_test_ask (SmTestServer *self,
             const char   *method,
             const char   *path,
             const char   *token)
{
  return sm_test_service_send (self->client, method, path, token, NULL, NULL);
}

/** sm_test_assert_serves: Once there is room; a machine that is late to read may let a short
 * deadline pass. */
void
sm_test_assert_serves (SmTestService *service)
{
  SmTestAnswer *answer = NULL;

  do
    {
      g_clear_pointer (&answer, sm_test_answer_free);
      answer = sm_test_service_send (service, "GET", "/healthz", NULL, NULL, NULL);
    }
  while (answer->status == 0);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_nonnull (strstr (answer->body, "\"ok\""));
  sm_test_answer_free (answer);
}

void
sm_test_assert_problem (SmTestAnswer *answer,
                        guint         status,
                        const char   *slug)
{
  g_autoptr (JsonObject) problem = NULL;

  if (answer->status != status)
    g_error ("%u instead of %u: %s", answer->status, status, answer->body);
  g_assert_cmpstr (sm_test_answer_header (answer, "content-type"), ==, "application/problem+json");
  problem = sm_test_answer_object (answer);
  g_assert_cmpstr (json_object_get_string_member (problem, "type"), ==, slug);
}
