/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asker.h"
#include "sm-edits.h"
#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-json-guard.h"
#include "sm-paths.h"
#include "sm-routes.h"

#include <string.h>

#define MAX_NAME_CHARS 200
#define MAX_LANGUAGE_CHARS 35
#define MAX_PHONES_CHARS 500
#define MAX_PHONE_CHARS 100

typedef struct
{
  SmActor *actor;
  char *key;
  gint64 station_id;
  gint64 if_seq;
  char *names; /* (nullable): a patch of them, canonical */
  gboolean has_phones;
  gboolean phones_are_patch; /* of some roles */
  char *phones; /* (nullable) */
} EditRequest;

static void
edit_request_free (gpointer data)
{
  EditRequest *request = data;

  sm_actor_unref (request->actor);
  g_free (request->key);
  g_free (request->names);
  g_free (request->phones);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EditRequest, edit_request_free)

static gpointer
edit_station (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const EditRequest *request = data;
  SmStationEdit wanted = { request->names, request->has_phones, request->phones_are_patch,
                           request->phones };
  g_autoptr (SmRow) current = NULL;
  g_autoptr (SmRow) station = NULL;
  g_autoptr (GError) problem = NULL;

  station = sm_stations_edit (rules, request->actor, request->key, request->station_id,
                              request->if_seq, &wanted, &current, &problem);
  if (station == NULL)
    return sm_asker_refuse (g_steal_pointer (&problem), current, error);
  return sm_answer_new_row (200, station);
}

/* The same patch is the same text, in whatever order it was written. */
static char *
patch_to_text (JsonObject *patch)
{
  g_autoptr (GList) languages = g_list_sort (json_object_get_members (patch), (GCompareFunc) strcmp);
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  for (GList *l = languages; l != NULL; l = l->next)
    {
      sm_json_writer_name (writer, l->data);
      if (json_object_get_null_member (patch, l->data))
        sm_json_writer_null (writer);
      else
        sm_json_writer_text (writer, json_object_get_string_member (patch, l->data));
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
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
parse_names (JsonObject   *body,
             EditRequest  *request,
             GError      **error)
{
  JsonObjectIter iter;
  const char *language;
  JsonObject *patch;
  JsonNode *node;

  if (!sm_json_get_object (body, "name", SM_JSON_REQUIRED, &patch, error))
    return FALSE;
  json_object_iter_init (&iter, patch);
  while (json_object_iter_next (&iter, &language, &node))
    if (!check_name (language, node, error))
      return FALSE;
  request->names = patch_to_text (patch);
  return TRUE;
}

static gboolean
check_phone (const char  *role,
             JsonNode    *node,
             GError     **error)
{
  gboolean is_text =
      JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
  g_autofree char *pointer = g_strconcat ("/phones/", role, NULL);
  g_autoptr (GError) problem = NULL;

  if (role[0] != '\0' && g_utf8_strlen (role, -1) <= MAX_LANGUAGE_CHARS
      && (JSON_NODE_HOLDS_NULL (node)
          || (is_text && g_utf8_strlen (json_node_get_string (node), -1) <= MAX_PHONE_CHARS)))
    return TRUE;
  sm_set_error (&problem, SM_ERROR_INVALID, "too-long", "A phone is text of up to %d characters",
                MAX_PHONE_CHARS);
  sm_error_add_field (problem, pointer, "too-long");
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* Those of some roles: the others stay. */
static gboolean
parse_roles (JsonObject   *body,
             EditRequest  *request,
             GError      **error)
{
  JsonObject *patch = json_object_get_object_member (body, "phones");
  JsonObjectIter iter;
  const char *role;
  JsonNode *node;

  json_object_iter_init (&iter, patch);
  while (json_object_iter_next (&iter, &role, &node))
    if (!check_phone (role, node, error))
      return FALSE;
  request->phones = patch_to_text (patch);
  request->phones_are_patch = TRUE;
  return TRUE;
}

/* null takes them away. */
static gboolean
parse_phones (JsonObject   *body,
              EditRequest  *request,
              GError      **error)
{
  const char *phones = NULL;

  request->has_phones = TRUE;
  if (JSON_NODE_HOLDS_OBJECT (json_object_get_member (body, "phones")))
    return parse_roles (body, request, error);
  if (!sm_json_get_text (body, "phones", SM_JSON_OPTIONAL, MAX_PHONES_CHARS, &phones, error))
    return FALSE;
  request->phones = g_strdup (phones != NULL && *phones != '\0' ? phones : NULL);
  return TRUE;
}

static gboolean
parse_edit (SmExchange   *exchange,
            EditRequest  *request,
            GError      **error)
{
  static const char *const changeable[] = { "name", "phones", NULL };
  JsonObject *body = sm_exchange_get_object (exchange);
  gboolean has_phones = json_object_has_member (body, "phones");

  return sm_exchange_get_id (exchange, 0, &request->station_id, error)
         && sm_asker_if_match (exchange, &request->if_seq, error)
         && sm_asker_only_members (body, sm_noun_get (SM_NOUN_STATION), changeable, error)
         /* What changes nothing at all has no name. */
         && ((has_phones && !json_object_has_member (body, "name"))
             || parse_names (body, request, error))
         && (!has_phones || parse_phones (body, request, error));
}

static void
patch_station (SmExchange *exchange)
{
  g_autoptr (EditRequest) request = g_new0 (EditRequest, 1);
  g_autoptr (GError) error = NULL;

  request->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  request->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  if (parse_edit (exchange, request, &error))
    sm_exchange_run (exchange, edit_station, g_steal_pointer (&request), edit_request_free);
  else
    sm_exchange_fail (exchange, error);
}

const SmRoute sm_station_routes[] = {
  { "PATCH", SM_PATH_STATIONS "/{id}", NULL, SM_ROUTE_KEYED | SM_ROUTE_OBJECT | SM_ROUTE_BESIDE,
    patch_station },
  { NULL },
};
