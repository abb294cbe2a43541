/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-server.h"

#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-rules-private.h"
#include "sm-users.h"
#include "sm-uuid.h"

#include <string.h>

/*
 * A6: data/rights.txt against the service.  Every route of the contract is asked
 * as every role, for the asker's own and for another's: a row of each noun in
 * either area.
 */

#define OWN_AREA 1
#define FOREIGN_AREA 999

typedef struct
{
  char *method;
  char *path;
  char *needs;
  char *whose; /* "item", "list", "live", "network" or "" */
} Right;

static GHashTable *roles; /* name -> GStrv of permissions */
static GPtrArray *rights; /* of Right */
static gint64 own[SM_N_NOUNS], foreign[SM_N_NOUNS];

static void
right_free (gpointer data)
{
  Right *right = data;

  g_free (right->method);
  g_free (right->path);
  g_free (right->needs);
  g_free (right->whose);
  g_free (right);
}

static void
read_line (const char *line)
{
  g_auto (GStrv) halves = g_strsplit (line, " | ", 2);
  g_auto (GStrv) left = NULL;
  g_auto (GStrv) words = NULL;

  if (halves[0] == NULL || halves[0][0] == '#' || halves[0][0] == '\0')
    return;
  g_assert_nonnull (halves[1]);
  left = g_strsplit (halves[0], " ", -1);
  words = g_strsplit (halves[1], " ", -1);
  if (g_str_equal (left[0], "role"))
    g_hash_table_insert (roles, g_strdup (left[1]), g_strdupv (words));
  else
    {
      Right *right = g_new (Right, 1);

      *right = (Right){ g_strdup (left[1]), g_strdup (left[2]), g_strdup (words[0]),
                        g_strdup (words[1] != NULL ? words[1] : "") };
      g_ptr_array_add (rights, right);
    }
}

static char *
read_data (const char *name,
           gsize      *out_length)
{
  g_autofree char *path = g_build_filename (SM_SOURCE_DATA_DIR, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, out_length, &error);
  g_assert_no_error (error);
  return text;
}

static void
load_table (void)
{
  gsize length;
  g_autofree char *text = read_data ("rights.txt", &length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  rights = g_ptr_array_new_with_free_func (right_free);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (lines[i]);
}

static void
test_roles (void)
{
  const char *const *names = sm_role_names ();

  g_assert_cmpuint (g_hash_table_size (roles), ==, g_strv_length ((GStrv) names));
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *const *permissions = sm_role_get_permissions (names[i]);
      const char *const *expected = g_hash_table_lookup (roles, names[i]);

      g_test_message ("%s", names[i]);
      g_assert_nonnull (expected);
      g_assert_cmpuint (g_strv_length ((GStrv) permissions), ==, g_strv_length ((GStrv) expected));
      for (guint p = 0; permissions[p] != NULL; p++)
        if (!g_strv_contains (expected, permissions[p]))
          g_error ("%s may %s, and rights.txt does not say so", names[i], permissions[p]);
    }
}

static gboolean
has_right (const char *method,
           const char *path)
{
  for (guint i = 0; i < rights->len; i++)
    {
      const Right *right = rights->pdata[i];

      if (g_ascii_strcasecmp (right->method, method) == 0 && g_str_equal (right->path, path))
        return TRUE;
    }
  return FALSE;
}

/* Every route of the contract is in the table, and no other. */
static void
test_routes (void)
{
  gsize length;
  g_autofree char *text = read_data ("openapi.json", &length);
  g_autoptr (JsonObject) contract = sm_json_parse_object (text, length, NULL);
  JsonObject *paths = json_object_get_object_member (contract, "paths");
  g_autoptr (GList) names = json_object_get_members (paths);
  guint n = 0;

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autoptr (GList) methods
          = json_object_get_members (json_object_get_object_member (paths, l->data));

      for (GList *m = methods; m != NULL; m = m->next)
        {
          if (g_str_equal (m->data, "parameters"))
            continue;
          n++;
          if (!has_right (m->data, l->data))
            g_error ("%s %s is not in rights.txt", (char *) m->data, (char *) l->data);
        }
    }
  g_assert_cmpuint (n, ==, rights->len);
}

/* --- a row of each noun in either area --- */

static SmRow *
make_row (const SmNoun *noun,
          gint64        area,
          const char   *text)
{
  SmRow *row = sm_row_new (noun);

  for (guint i = SM_ROW_N_COMMON; i < noun->n_fields; i++)
    {
      const SmField *field = &noun->fields[i];

      if (field->klass != SM_RECORD || (field->flags & SM_FIELD_REQUIRED) == 0)
        continue;
      if (field->kind == SM_KIND_ENUM)
        sm_row_set_text (row, i, field->slugs[0]);
      else if (field->kind == SM_KIND_NAME)
        sm_row_take_text (row, i, sm_name_new (text, NULL));
      else if (field->kind == SM_KIND_TEXT)
        sm_row_set_text (row, i, g_str_equal (field->name, "time_zone") ? "Asia/Shanghai" : text);
      else if (field->kind == SM_KIND_REAL)
        sm_row_set_real (row, i, 1);
      else
        sm_row_set_int (row, i, area == OWN_AREA ? 3 : 4);
    }
  sm_row_set_int (row, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (row, SM_ROW_AREA_ID, area);
  return row;
}

static gint64
put (SmRules      *rules,
     const SmNoun *noun,
     gint64        area,
     const char   *text)
{
  g_autoptr (SmRow) row = make_row (noun, area, text);
  g_autoptr (GError) error = NULL;

  sm_service_db_put (rules->db, row, NULL, 0, &error);
  if (error != NULL)
    g_error ("%s: %s", noun->name, error->message);
  return sm_row_get_id (row);
}

static gpointer
furnish (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  if (!sm_rules_begin (rules, error))
    return NULL;
  for (guint i = 0; i < SM_N_NOUNS; i++)
    {
      const SmNoun *noun = sm_noun_get (i);

      own[i] = i == SM_NOUN_LIMIT ? 1 : put (rules, noun, OWN_AREA, "own");
      foreign[i] = i == SM_NOUN_LIMIT ? 1 : put (rules, noun, FOREIGN_AREA, "foreign");
    }
  sm_rules_commit (rules, error);
  return NULL;
}

/* --- asking --- */

static const char *
body_for (const Right *right)
{
  static const struct
  {
    const char *end, *body;
  } bodies[] = {
    { "/stations/{id}", "{\"name\":{\"en\":\"Port\"}}" },
    { "/limits/{id}", "{\"delay_s\":7}" },
    { "/alarms/{id}", "{\"note\":\"seen\"}" },
    { "/alarms/acknowledge", "{\"alarms\":[]}" },
    { "/shelve", "{\"minutes\":30,\"reason\":\"known\"}" },
    { "/take_out_of_service", "{\"minutes\":30,\"reason\":\"work\"}" },
    { "/quarantine", "{\"reason\":\"warm at rest\"}" },
    { "/release", "{\"reason\":\"looked at\"}" },
    { "/acknowledge", "{\"seen_level\":1,\"seen_count\":1}" },
    { "/reveal", "{\"reason\":\"an accident\"}" },
    { "/api/v1/commands", "{\"target_noun\":\"connector\",\"target_id\":{connector},\"kind\":\"stop\","
                          "\"reason\":\"x\"}" },
    { "/maintenance_windows",
      "{\"scope_noun\":\"station\",\"scope_id\":{station},\"starts_at\":\"2025-06-16T00:00:00Z\","
      "\"ends_at\":\"2025-06-16T01:00:00Z\",\"reason\":\"x\",\"risk\":\"low\",\"risk_note\":\"x\","
      "\"suppresses\":\"all\"}" },
    { "/cancel", "{\"reason\":\"rain\"}" },
    { "/extend", "{\"ends_at\":\"2025-06-16T01:00:00Z\",\"reason\":\"rust\"}" },
    { "/api/v1/guidances", "{\"vehicle_id\":{vehicle},\"from_station_id\":{station}}" },
    { "/call", "{\"outcome\":\"unreachable\"}" },
    { "/gateway/guidances/{id}", "{\"state\":\"delivered\"}" },
    { "/gateway/commands/{id}", "{\"state\":\"accepted\"}" },
    { "/api/v1/desks", "{\"name\":{\"en\":\"Night\"}}" },
    { "/desks/{id}", "{\"levels\":\"1 2\"}" },
    { "/api/v1/roster", "{\"desk_id\":{desk},\"person\":\"nobody\","
                        "\"from_at\":\"2026-01-01T00:00:00Z\",\"to_at\":\"2026-01-01T08:00:00Z\"}" },
    { "/roster/{id}/remove", "{\"seen_seq\":0}" },
    { "/api/v1/handovers", "{\"desk_id\":{desk}}" },
    { "/handovers/{id}", "{\"note\":\"keys\"}" },
    { "/sign", "{\"seen_seq\":0}" },
    { "/api/v1/work_orders", "{\"kind\":\"repair\",\"target_noun\":\"station\","
                             "\"target_id\":{station},\"subject\":\"rain\"}" },
    { "/api/v1/certificates", "{\"engineer_id\":{engineer},\"kind\":\"high_voltage\","
                              "\"expires_at\":\"2027-01-01T00:00:00Z\"}" },
    { "/certificates/{id}", "{\"issuer\":\"x\"}" },
    { "/certificates/{id}/remove", "{\"seen_seq\":0}" },
    { "/api/v1/inspections", "{\"station_id\":{station},\"template\":\"swap_station\","
                             "\"planned_at\":\"2025-06-16T00:00:00Z\"}" },
    { "/inspections/{id}", "{\"inspector\":\"x\"}" },
    { "/api/v1/safety_incidents",
      "{\"station_id\":{station},\"kind\":\"near_miss\",\"level\":3,"
      "\"happened_at\":\"2025-06-16T00:00:00Z\",\"text\":\"x\"}" },
    { "/safety_incidents/{id}", "{\"cause\":\"x\"}" },
    { "/api/v1/complaints",
      "{\"station_id\":{station},\"complainant\":\"x\",\"text\":\"x\"}" },
    { "/complaints/{id}", "{\"reason\":\"x\"}" },
    { "/api/v1/parts", "{\"code\":\"x\",\"name\":{\"en\":\"x\"},\"quantity\":1,"
                       "\"engineer_id\":{engineer}}" },
    { "/parts/{id}", "{\"quantity\":1}" },
    { "/api/v1/contacts", "{\"person\":\"the-manager\",\"language\":\"en\"}" },
    { "/contacts/{id}", "{\"language\":\"en\"}" },
    { "/contacts/{id}/remove", "{\"seen_seq\":0}" },
    { "/contacts/{id}/test", "{\"channel\":\"sms\"}" },
    { "/alarms/{id}/calls",
      "{\"who\":\"Li\",\"number\":\"110\",\"outcome\":\"answered\"}" },
    { "/steps/{step}", "{\"done\":true}" },
    { "/fault_codes/{code}", "{\"respond_s\":240}" },
    { "/carbon", "{\"grid_kg_per_kwh\":0.5}" },
    { "/alarm_targets", "{\"stale\":6}" },
    { "/work_order_limits", "{\"repair_response_min\":20}" },
    { "/ingest/vehicles", "{\"vehicles\":[]}" },
    { "/ingest/faults", "{\"reports\":[]}" },
  };

  if (g_str_equal (right->method, "GET") || g_str_equal (right->method, "DELETE"))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    if (g_str_has_suffix (right->path, bodies[i].end))
      return bodies[i].body;
  return "{}";
}

static const SmNoun *
noun_of (const Right *right)
{
  g_auto (GStrv) parts = g_strsplit (right->path, "/", -1);
  const char *plural = g_strv_length (parts) < 4         ? ""
                       : g_str_equal (right->whose, "live") ? parts[4]
                                                            : parts[3];

  return sm_noun_by_plural (plural);
}

/* What is named by a word of the contract. */
static char *
name_rest (const char *text)
{
  g_autoptr (GString) named = g_string_new (text);
  g_autofree char *connector
      = g_strdup_printf ("%" G_GINT64_FORMAT, own[SM_NOUN_CONNECTOR]);
  g_autofree char *station = g_strdup_printf ("%" G_GINT64_FORMAT, own[SM_NOUN_STATION]);
  g_autofree char *vehicle = g_strdup_printf ("%" G_GINT64_FORMAT, own[SM_NOUN_VEHICLE]);
  g_autofree char *desk = g_strdup_printf ("%" G_GINT64_FORMAT, own[SM_NOUN_DESK]);
  g_autofree char *engineer = g_strdup_printf ("%" G_GINT64_FORMAT, own[SM_NOUN_ENGINEER]);

  g_string_replace (named, "{engineer}", engineer, 1);
  g_string_replace (named, "{file}", "report.html", 1);
  g_string_replace (named, "{code}", "pile-fault", 1);
  g_string_replace (named, "{step}", "note-cause", 1);
  g_string_replace (named, "{connector}", connector, 1);
  g_string_replace (named, "{station}", station, 1);
  g_string_replace (named, "{vehicle}", vehicle, 1);
  g_string_replace (named, "{desk}", desk, 1);
  return g_string_free (g_steal_pointer (&named), FALSE);
}

static SmTestAnswer *
ask (SmTestServer *server,
     const Right  *right,
     const char   *token,
     gint64        id)
{
  g_auto (GStrv) around = g_strsplit (right->path, "{id}", 2);
  g_autofree char *path = around[1] == NULL
                              ? g_strdup (right->path)
                              : g_strdup_printf ("%s%" G_GINT64_FORMAT "%s", around[0], id, around[1]);
  g_autofree char *named = name_rest (path);
  g_autofree char *key = sm_uuid_new_v7 (SM_TEST_START_US);
  g_autofree char *headers
      = g_strdup_printf ("If-Match: \"1\"\r\nIdempotency-Key: %s\r\n", key);
  gboolean writes = body_for (right) != NULL;
  g_autofree char *body = writes ? name_rest (body_for (right)) : NULL;

  return sm_test_service_send (server->client, right->method, named, token, writes ? headers : NULL,
                               body);
}

static gboolean
names_foreign (SmTestAnswer *answer,
               const Right  *right)
{
  g_autoptr (JsonObject) object = sm_test_answer_object (answer);
  gboolean is_live = g_str_equal (right->whose, "live");
  JsonArray *items = json_object_get_array_member (object, is_live ? "id" : "items");
  gint64 id = foreign[noun_of (right)->id];

  for (guint i = 0; i < json_array_get_length (items); i++)
    if ((is_live ? json_array_get_int_element (items, i)
                 : json_object_get_int_member (json_array_get_object_element (items, i), "id"))
        == id)
      return TRUE;
  return FALSE;
}

static void
check (const Right  *right,
       const char   *role,
       SmTestAnswer *answer,
       const char   *which,
       gboolean      is_good)
{
  if (!is_good)
    g_error ("%s %s (%s) as %s: %u %s", right->method, right->path, which, role, answer->status,
             answer->body);
}

static void
ask_as (SmTestServer *server,
        const Right  *right,
        const char   *role,
        const char   *token)
{
  const char *const *permissions = g_hash_table_lookup (roles, role);
  const SmNoun *noun = noun_of (right);
  gboolean is_item = g_str_equal (right->whose, "item");
  gboolean may = g_str_equal (right->needs, "public") || g_str_equal (right->needs, "person")
                 || g_strv_contains (permissions, right->needs);
  g_autoptr (SmTestAnswer) mine = ask (server, right, token, noun != NULL ? own[noun->id] : 1);
  g_autoptr (SmTestAnswer) theirs = NULL;

  if (!may)
    check (right, role, mine, "own", mine->status == 403);
  else if (g_str_equal (right->whose, "network"))
    check (right, role, mine, "of all", mine->status == 403 || mine->status == 404);
  else
    check (right, role, mine, "own",
           mine->status != 401 && mine->status != 403 && mine->status < 500
               && (mine->status != 404 || strstr (right->path, "{id}/") != NULL
                   || strstr (right->path, "/scans/{code}") != NULL /* of no label */
                   || strstr (right->path, "/reports/{token}") != NULL));
  if (may && (g_str_equal (right->whose, "list") || g_str_equal (right->whose, "live")))
    check (right, role, mine, "foreign inside", !names_foreign (mine, right));
  if (!is_item)
    return;
  theirs = ask (server, right, token, foreign[noun->id]);
  check (right, role, theirs, "foreign", theirs->status == (may ? 404 : 403));
}

/* Without a token, and with one of the other kind. */
static void
ask_as_nobody (SmTestServer *server,
               const Right  *right)
{
  gboolean is_public = g_str_equal (right->needs, "public");
  g_autoptr (SmTestAnswer) nobody = ask (server, right, NULL, 1);
  g_autoptr (SmTestAnswer) wrong = ask (server, right, "0123", 1);
  g_autoptr (SmTestAnswer) device = ask (server, right, server->gateway, 1);

  check (right, "nobody", nobody, "no token", is_public || nobody->status == 401);
  check (right, "nobody", wrong, "wrong token", is_public || wrong->status == 401);
  check (right, "gateway", device, "device",
         is_public || (device->status == 403) == !g_str_equal (right->needs, "device"));
}

static void
matrix_client (SmTestServer *server)
{
  GHashTableIter iter;
  gpointer role;

  for (guint i = 0; i < rights->len; i++)
    ask_as_nobody (server, rights->pdata[i]);
  g_hash_table_iter_init (&iter, roles);
  while (g_hash_table_iter_next (&iter, &role, NULL))
    {
      g_autofree char *name = g_strconcat ("the-", role, NULL);
      g_autofree char *token = sm_test_server_sign_in (server, name);

      for (guint i = 0; i < rights->len; i++)
        {
          const Right *right = rights->pdata[i];

          if (!g_str_equal (right->method, "DELETE"))
            ask_as (server, right, role, token);
        }
    }
}

static void
test_matrix (void)
{
  g_autoptr (SmTestServer) server = sm_test_server_new (NULL, FALSE);
  g_autoptr (SmActor) system = sm_actor_new_system ("test");
  gint64 area = OWN_AREA;
  g_autoptr (SmScope) scope = sm_scope_new (SM_SCOPE_AREAS, &area, 1);
  g_autoptr (GError) error = NULL;

  for (const char *const *role = sm_role_names (); *role != NULL; role++)
    {
      g_autofree char *name = g_strconcat ("the-", *role, NULL);

      sm_users_add (server->rules, system, name, name, *role, scope, SM_TEST_PASSWORD, NULL,
                    &error);
      g_assert_no_error (error);
    }
  sm_rules_run_sync (server->rules, furnish, NULL, &error);
  g_assert_no_error (error);
  sm_test_server_run (server, matrix_client);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  load_table ();
  g_test_add_func ("/service/rights/table-has-every-role", test_roles);
  g_test_add_func ("/service/rights/table-has-every-route", test_routes);
  g_test_add_func ("/service/rights/exactly-as-the-table", test_matrix);
  status = g_test_run ();
  g_hash_table_unref (roles);
  g_ptr_array_unref (rights);
  return status;
}
