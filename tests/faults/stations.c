/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stations.h"

#include "sm-bound.h"
#include "sm-noun.h"
#include "sm-service-db.h"
#include "sm-stations.h"
#include "sm-uuid.h"

static gpointer
do_furnish (SmRules       *rules,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (SmActor) actor = sm_actor_new_system ("test");

  for (guint i = 1; i <= GPOINTER_TO_UINT (data); i++)
    {
      g_autoptr (SmRow) station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
      SmStationTree tree = { station, NULL, NULL };
      SmUpsertOutcome outcome;
      gint64 id;

      sm_row_take_text (station, SM_STATION_SN, g_strdup_printf ("S-%u", i));
      sm_row_set_text (station, SM_STATION_NAME, "{\"en\":\"Name 0\"}");
      sm_row_set_text (station, SM_STATION_KIND, "charge");
      sm_row_set_text (station, SM_STATION_STATE, "operating");
      g_assert_true (sm_stations_upsert (rules, actor, &tree, &id, &outcome, error));
      g_assert_cmpint (id, ==, i);
    }
  return NULL;
}

/** stations_furnish: @n stations and an administrator; the service must not run yet. */
void
stations_furnish (SmTestService *service,
                  guint          n)
{
  g_autoptr (SmClock) clock = sm_clock_new_machine ();
  SmRulesOptions options = { .path = sm_test_service_get_database (service), .network = clock,
                             .machine = clock };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRules) rules = sm_rules_open (&options, &error);

  g_assert_no_error (error);
  sm_rules_run_sync (rules, do_furnish, GUINT_TO_POINTER (n), &error);
  g_assert_no_error (error);
  g_clear_pointer (&rules, sm_rules_close);
  sm_test_service_add_user (service, STATIONS_ADMIN, "administrator", STATIONS_PASSWORD);
}

/* "{"en":"Name 7"}" */
static guint
parse_name (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  const char *text = json_object_get_string_member (json_node_get_object (node), "en");

  return (guint) g_ascii_strtoull (text + strlen ("Name "), NULL, 10);
}

/** renamer_begin: Looks what the station is called now. */
void
renamer_begin (Renamer       *self,
               SmTestService *service,
               const char    *token,
               gint64         id)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/stations/%" G_GINT64_FORMAT, id);
  g_autoptr (JsonObject) station = sm_test_service_get (service, path, token);
  g_autoptr (JsonNode) name = json_node_copy (json_object_get_member (station, "name"));
  g_autofree char *text = json_to_string (name, FALSE);

  g_free (self->key);
  *self = (Renamer){ .service = service, .token = token, .id = id,
                     .seq = json_object_get_int_member (station, "seq") };
  self->n_done = self->n_asked = parse_name (text);
}

void
renamer_clear (Renamer *self)
{
  g_clear_pointer (&self->key, g_free);
}

static void
note_answer (Renamer      *self,
             SmTestAnswer *answer)
{
  g_autoptr (JsonNode) node = answer->body != NULL ? json_from_string (answer->body, NULL) : NULL;
  gint64 seq;

  /* Half an answer is none. */
  if (answer->status != 200 || node == NULL)
    return;
  seq = json_object_get_int_member (json_node_get_object (node), "seq");
  g_assert_cmpint (seq, >, self->seq);
  self->seq = seq;
  self->n_done = self->n_asked;
  g_clear_pointer (&self->key, g_free);
}

/**
 * renamer_try:
 *
 * Asks for the next name, or, when nobody knows whether the last one was taken,
 * for that again under its key.
 */
SmTestAnswer *
renamer_try (Renamer *self)
{
  g_autofree char *path = g_strdup_printf ("/api/v1/stations/%" G_GINT64_FORMAT, self->id);
  g_autofree char *headers = NULL;
  g_autofree char *body = NULL;
  SmTestAnswer *answer;

  if (self->key == NULL)
    {
      self->key = sm_uuid_new_v7 (g_get_real_time ());
      self->n_asked++;
    }
  headers = g_strdup_printf ("Idempotency-Key: %s\r\nIf-Match: \"%" G_GINT64_FORMAT "\"\r\n",
                             self->key, self->seq);
  body = g_strdup_printf ("{\"name\":{\"en\":\"Name %u\"}}", self->n_asked);
  answer = sm_test_service_send (self->service, "PATCH", path, self->token, headers, body);
  note_answer (self, answer);
  return answer;
}

/** renamer_do: The same where nothing is in the way. */
void
renamer_do (Renamer *self)
{
  g_autoptr (SmTestAnswer) answer = renamer_try (self);

  if (self->key != NULL)
    g_error ("renaming was answered %u: %s", answer->status, answer->body);
}

/** stations_name: Returns: what the file itself says that the station is called */
guint
stations_name (const char *database,
               gint64      id,
               gint64     *out_seq)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmConnection) connection = sm_connection_open (database, SM_OPEN_READ_ONLY, &error);
  g_autoptr (SmStatement) statement = NULL;
  gboolean has_row;

  g_assert_no_error (error);
  statement = sm_bound_prepare (connection, &error, "SELECT name, seq FROM station WHERE id = ?",
                                "i", id);
  g_assert_no_error (error);
  g_assert_true (sm_statement_step (statement, &has_row, &error) && has_row);
  if (out_seq != NULL)
    *out_seq = sm_statement_get_int (statement, 1);
  return parse_name (sm_statement_get_text (statement, 0));
}

/** stations_epoch: Returns: (transfer full): which life of its database it tells of */
char *
stations_epoch (SmTestService *service)
{
  g_autoptr (JsonObject) api = sm_test_service_get (service, "/api", NULL);

  return g_strdup (json_object_get_string_member (api, "epoch"));
}
