/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-feed.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"
#include "sm-stations.h"

#include <string.h>

#define MAX_NAME_CHARS 200
#define MAX_LANGUAGE_CHARS 35

typedef struct
{
  SmExchange *exchange;
  SmActor *actor;
  char *key;
  gint64 station_id;
  gint64 if_seq;
  JsonObject *patch; /* of the name */
  char *names;       /* what it comes to */
} RenameRequest;

static void
rename_request_free (gpointer data)
{
  RenameRequest *request = data;

  g_clear_pointer (&request->exchange, sm_exchange_unref);
  sm_actor_unref (request->actor);
  g_free (request->key);
  g_clear_pointer (&request->patch, json_object_unref);
  g_free (request->names);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RenameRequest, rename_request_free)

static gpointer
rename_station (SmRules       *rules,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const RenameRequest *request = data;
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) station = NULL;
  g_autoptr (GError) problem = NULL;

  station = sm_stations_rename (rules, request->actor, request->key, request->station_id,
                                request->if_seq, request->names, &current, &problem);
  if (station == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (200, station);
}

/* RFC 7396: null takes a language away, text puts one in, others stay. */
static char *
merge_names (const char  *names,
             JsonObject  *patch,
             GError     **error)
{
  g_autoptr (JsonObject) merged = sm_json_parse_object (names, strlen (names), error);
  g_autoptr (GList) languages = NULL;
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  if (merged == NULL)
    return NULL;
  languages = json_object_get_members (patch);
  for (GList *l = languages; l != NULL; l = l->next)
    if (json_object_get_null_member (patch, l->data))
      json_object_remove_member (merged, l->data);
    else
      json_object_set_string_member (merged, l->data,
                                     json_object_get_string_member (patch, l->data));
  g_list_free (g_steal_pointer (&languages));
  languages = g_list_sort (json_object_get_members (merged), (GCompareFunc) strcmp);
  sm_json_writer_begin_object (writer);
  for (GList *l = languages; l != NULL; l = l->next)
    {
      sm_json_writer_name (writer, l->data);
      sm_json_writer_text (writer, json_object_get_string_member (merged, l->data));
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/* The name it comes to is worked out here; that the station is still as it was
 * read is then for the writer to say, by seq. */
static gpointer
read_names (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const RenameRequest *request = data;
  g_autoptr (SmRow) row = sm_feed_read_row (reader, request->actor, sm_noun_get (SM_NOUN_STATION),
                                            request->station_id, error);

  if (row == NULL)
    return NULL;
  return merge_names (sm_row_get_text (row, SM_STATION_NAME), request->patch, error);
}

static void
names_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (RenameRequest) request = user_data;
  g_autoptr (SmExchange) exchange = g_steal_pointer (&request->exchange);
  g_autoptr (GError) error = NULL;

  if (sm_exchange_is_gone (exchange))
    return;
  request->names = sm_rules_read_finish (sm_exchange_get_rules (exchange), result, &error);
  if (request->names == NULL)
    sm_exchange_fail (exchange, error);
  else
    sm_exchange_run (exchange, rename_station, g_steal_pointer (&request), rename_request_free);
}

static gboolean
check_name (const char  *language,
            JsonNode    *node,
            GError     **error)
{
  gboolean is_text =
      JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
  glong length = is_text ? g_utf8_strlen (json_node_get_string (node), -1) : 0;
  g_autofree char *pointer = g_strconcat ("/name/", language, NULL);
  g_autoptr (GError) problem = NULL;

  if (language[0] != '\0' && g_utf8_strlen (language, -1) <= MAX_LANGUAGE_CHARS &&
      (JSON_NODE_HOLDS_NULL (node) || (is_text && length > 0 && length <= MAX_NAME_CHARS)))
    return TRUE;
  sm_set_error (&problem, SM_ERROR_INVALID, "name-invalid",
                "A name is text of 1 to %d characters, by language", MAX_NAME_CHARS);
  sm_error_add_field (problem, pointer, "name-invalid");
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
parse_rename (SmExchange     *exchange,
              RenameRequest  *request,
              GError        **error)
{
  static const char *const changeable[] = { "name", NULL };
  JsonObject *body = sm_exchange_get_object (exchange);
  JsonObjectIter iter;
  const char *language;
  JsonObject *patch;
  JsonNode *node;

  if (!sm_exchange_get_id (exchange, 0, &request->station_id, error) ||
      !sm_asker_if_match (exchange, &request->if_seq, error) ||
      !sm_asker_only_members (body, sm_noun_get (SM_NOUN_STATION), changeable, error) ||
      !sm_json_get_object (body, "name", SM_JSON_REQUIRED, &patch, error))
    return FALSE;
  json_object_iter_init (&iter, patch);
  while (json_object_iter_next (&iter, &language, &node))
    if (!check_name (language, node, error))
      return FALSE;
  request->patch = json_object_ref (patch);
  return TRUE;
}

static void
patch_station (SmExchange *exchange)
{
  g_autoptr (RenameRequest) request = g_new0 (RenameRequest, 1);
  g_autoptr (GError) error = NULL;
  RenameRequest *lent;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (!parse_rename (exchange, request, &error))
    {
      sm_exchange_fail (exchange, error);
      return;
    }
  request->exchange = sm_exchange_ref (exchange);
  lent = g_steal_pointer (&request);
  sm_rules_read_async (sm_exchange_get_rules (exchange), read_names, lent, NULL, g_free, NULL,
                       names_read_cb, lent);
}

const SmRoute sm_station_routes[] = {
  { "PATCH", SM_PATH_STATIONS "/{id}", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    patch_station },
  { NULL },
};
