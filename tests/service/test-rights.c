/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-server.h"

#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-users.h"

#include <string.h>

/*
 * Every route against every role, made from the tables themselves: whoever has
 * the permission is not denied, and whoever has not is.  And what a scope hides
 * is hidden on every way to it.
 */

static const SmRoute *const tables[] = {
  sm_api_routes,   sm_operations_routes, sm_changes_routes, sm_audit_routes,
  sm_station_routes, sm_limit_routes,    sm_alarm_routes,   sm_thing_routes,
  sm_carbon_routes, sm_alarm_figures_routes, sm_stats_routes,
};

static gboolean
has_live_fields (const SmNoun *noun)
{
  for (guint i = 0; i < noun->n_fields; i++)
    if (noun->fields[i].klass == SM_LIVE)
      return TRUE;
  return FALSE;
}

static void
expect (SmTestServer *server,
        const char   *role,
        const char   *token,
        const char   *method,
        const char   *path,
        const char   *permission)
{
  g_autoptr (SmTestAnswer) answer = sm_test_ask (server, method, path, token);
  gboolean may = g_strv_contains (sm_role_get_permissions (role), permission);

  if ((answer->status != 403) != may)
    g_error ("%s %s as %s, which %s %s: %u %s", method, path, role, may ? "has" : "lacks",
             permission, answer->status, answer->body);
}

static void
walk_nouns (SmTestServer *server,
            const char   *role,
            const char   *token)
{
  static const char *const parts[] = { "vehicles/1/live",      "stations/1/live",
                                       "batteries/1/live",     "vehicles/1/telemetry",
                                       "stations/1/telemetry", "vehicles/1/past",
                                       "stations/1/past" };

  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      const SmNoun *noun = sm_noun_get (i);
      const char *permission = sm_noun_read_permission (noun);
      g_autofree char *page = g_strdup_printf (SM_PATH_BASE "/%s", noun->plural);
      g_autofree char *item = g_strdup_printf (SM_PATH_BASE "/%s/1", noun->plural);
      g_autofree char *live = g_strdup_printf (SM_PATH_LIVE "/%s", noun->plural);

      expect (server, role, token, "GET", page, permission);
      expect (server, role, token, "GET", item, permission);
      if (has_live_fields (noun))
        expect (server, role, token, "GET", live, permission);
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strdup_printf (SM_PATH_BASE "/%s", parts[i]);
      g_autofree char *plural = g_strndup (parts[i], strcspn (parts[i], "/"));

      expect (server, role, token, "GET", path,
              sm_noun_read_permission (sm_noun_by_plural (plural)));
    }
}

static void
walk_tables (SmTestServer *server,
             const char   *role,
             const char   *token)
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (const SmRoute *route = tables[t]; route->method != NULL; route++)
      if (route->permission != NULL && !(route->flags & SM_ROUTE_DEVICE)
          && strchr (route->path, '{') == NULL)
        expect (server, role, token, route->method, route->path, route->permission);
}

static void
matrix_client (SmTestServer *server)
{
  for (const char *const *role = sm_role_names (); *role != NULL; role++)
    {
      g_autofree char *name = g_strconcat ("the-", *role, NULL);
      g_autofree char *token = sm_test_server_sign_in (server, name);

      walk_nouns (server, *role, token);
      walk_tables (server, *role, token);
      expect (server, *role, token, "POST", SM_PATH_BASE "/drivers/1/reveal", "driver.reveal");
    }
}

static void
test_matrix (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (GError) error = NULL;

  for (const char *const *role = sm_role_names (); *role != NULL; role++)
    {
      g_autofree char *name = g_strconcat ("the-", *role, NULL);

      sm_users_add (server->rules, system, name, name, *role, all, SM_TEST_PASSWORD, NULL, &error);
      g_assert_no_error (error);
    }
  sm_test_server_run (server, matrix_client);
}

static void
expect_nothing (SmTestServer *server,
                const char   *token,
                const SmNoun *noun)
{
  g_autofree char *path = g_strdup_printf (SM_PATH_BASE "/%s", noun->plural);
  g_autofree char *item = g_strdup_printf ("%s/1", path);
  g_autofree char *live = g_strdup_printf (SM_PATH_LIVE "/%s", noun->plural);
  g_autoptr (JsonObject) page = sm_test_service_get (server->client, path, token);
  g_autoptr (SmTestAnswer) one = sm_test_ask (server, "GET", item, token);

  g_test_message ("%s", noun->name);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "items")), ==, 0);
  g_assert_cmpuint (one->status, ==, 404);
  if (has_live_fields (noun))
    {
      g_autoptr (JsonObject) values = sm_test_service_get (server->client, live, token);

      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (values, "id")), ==, 0);
    }
}

static void
scope_client (SmTestServer *server)
{
  g_autofree char *token = sm_test_server_sign_in (server, "stranger");
  g_autoptr (JsonObject) changes = NULL;
  JsonArray *list;
  static const char *const parts[] = { "vehicles/1/live", "stations/1/live",
                                       "vehicles/1/telemetry", "stations/1/telemetry",
                                       "vehicles/1/past", "stations/1/past" };

  sm_test_server_report (server, 95);
  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (i != SM_NOUN_LIMIT && i != SM_NOUN_BATTERY_MODEL && i != SM_NOUN_COMPATIBILITY
        && i != SM_NOUN_CHECKLIST)
      expect_nothing (server, token, sm_noun_get (i));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *path = g_strdup_printf (SM_PATH_BASE "/%s", parts[i]);
      g_autoptr (SmTestAnswer) answer = sm_test_ask (server, "GET", path, token);

      g_assert_cmpuint (answer->status, ==, 404);
    }
  changes = sm_test_service_get (server->client, SM_PATH_CHANGES, token);
  list = json_object_get_array_member (changes, "changes");
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, i), "kind"),
                     ==, "limit");
}

static void
test_scope (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  gint64 fleet = 4711;
  g_autoptr (SmScope) scope = sm_scope_new (SM_SCOPE_FLEETS, &fleet, 1);
  g_autoptr (GError) error = NULL;

  sm_users_add (server->rules, system, "stranger", "stranger", "operator", scope, SM_TEST_PASSWORD,
                NULL, &error);
  g_assert_no_error (error);
  sm_test_server_run (server, scope_client);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/rights/every-route-for-every-role", test_matrix);
  g_test_add_func ("/service/rights/a-scope-hides-everywhere", test_scope);
  return g_test_run ();
}
