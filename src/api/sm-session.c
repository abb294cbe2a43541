/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-api"
#include "config.h"

#include "sm-session.h"

#include "sm-client-private.h"
#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-json-writer.h"
#include "sm-paths.h"

#define MAX_TEXT 1000

void
sm_service_info_free (SmServiceInfo *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->product);
  g_free (self->version);
  g_free (self->epoch);
  g_free (self->network);
  g_free (self->drill);
  g_free (self->time_zone);
  g_free (self);
}

static gboolean
dup_text (JsonObject   *object,
          const char   *member,
          SmJsonFlags   flags,
          char        **out_text,
          GError      **error)
{
  const char *text = NULL;

  if (!sm_json_get_text (object, member, flags, MAX_TEXT, &text, error))
    return FALSE;
  *out_text = g_strdup (text);
  return TRUE;
}

static gboolean
array_has_text (JsonArray  *array,
                const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
          && g_strcmp0 (json_node_get_string (node), text) == 0)
        return TRUE;
    }
  return FALSE;
}

static SmServiceInfo *
parse_info (JsonObject  *object,
            JsonArray  **out_versions,
            GError     **error)
{
  g_autoptr (SmServiceInfo) info = g_new0 (SmServiceInfo, 1);

  if (!dup_text (object, "product", SM_JSON_REQUIRED, &info->product, error)
      || !dup_text (object, "version", SM_JSON_REQUIRED, &info->version, error)
      || !sm_json_get_array (object, "api", SM_JSON_REQUIRED, out_versions, error))
    return NULL;
  /* Another version may say the rest in another way. */
  if (!array_has_text (*out_versions, "v1"))
    return g_steal_pointer (&info);
  if (!dup_text (object, "epoch", SM_JSON_REQUIRED, &info->epoch, error)
      || !dup_text (object, "network", SM_JSON_OPTIONAL, &info->network, error)
      || !dup_text (object, "time_zone", SM_JSON_OPTIONAL, &info->time_zone, error)
      || !sm_json_get_bool (object, "simulated", SM_JSON_OPTIONAL, &info->simulated, error)
      || !dup_text (object, "drill", SM_JSON_OPTIONAL, &info->drill, error)
      || !sm_json_get_bool (object, "demo_sign_in", SM_JSON_OPTIONAL, &info->demo_sign_in, error))
    return NULL;
  return g_steal_pointer (&info);
}

/**
 * sm_session_check:
 *
 * Asks the service who it is.
 *
 * Returns: (transfer full) (nullable): what it says; fails with
 *   %SM_ERROR_PROTOCOL and the slug "not-our-service" when it does not speak our
 *   contract, "other-version" (parameter "version") when not our version of it
 */
SmServiceInfo *
sm_session_check (SmClient      *client,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SmRequest request = { .method = "GET", .path = SM_PATH_API, .anonymous = TRUE };
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonObject) object = sm_client_fetch_object (client, &request, cancellable, &cause);
  g_autoptr (SmServiceInfo) info = NULL;
  JsonArray *versions = NULL;

  if (object != NULL)
    info = parse_info (object, &versions, &cause);
  if (info != NULL && info->epoch != NULL)
    return g_steal_pointer (&info);
  if (info != NULL)
    {
      sm_set_error (&cause, SM_ERROR_PROTOCOL, "other-version", "%s %s does not speak v1",
                    info->product, info->version);
      sm_error_set_param (cause, "version", info->version);
      g_propagate_error (error, g_steal_pointer (&cause));
    }
  else if (cause->domain != SM_ERROR || cause->code == SM_ERROR_OFFLINE
           || g_str_has_prefix (sm_error_get_slug (cause), "redirect")
           || cause->code == SM_ERROR_TOO_MANY || cause->code >= SM_ERROR_INTERNAL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    sm_set_error (error, SM_ERROR_PROTOCOL, "not-our-service", "%s", cause->message);
  return NULL;
}

static gboolean
sign_in_with (SmClient      *client,
              SmJsonWriter  *writer,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *body = sm_json_writer_end (writer);
  SmRequest request = { .method = "POST", .path = SM_PATH_SESSION, .body = body,
                        .anonymous = TRUE };
  g_autoptr (JsonObject) object = sm_client_fetch_object (client, &request, cancellable, error);

  return object != NULL && sm_client_take_tokens (client, object, error);
}

/** sm_session_sign_in: Fails with %SM_ERROR_UNAUTHENTICATED when name or password is wrong. */
gboolean
sm_session_sign_in (SmClient      *client,
                    const char    *name,
                    const char    *password,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "name");
  sm_json_writer_text (writer, name);
  sm_json_writer_name (writer, "password");
  sm_json_writer_text (writer, password);
  sm_json_writer_end_object (writer);
  return sign_in_with (client, writer, cancellable, error);
}

/** sm_session_sign_in_demo: Signs in who may come in without a password, where the service says so. */
gboolean
sm_session_sign_in_demo (SmClient      *client,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "demo");
  sm_json_writer_bool (writer, TRUE);
  sm_json_writer_end_object (writer);
  return sign_in_with (client, writer, cancellable, error);
}

/**
 * sm_session_resume:
 *
 * Goes on with a sign-in of an earlier run.
 *
 * Returns: FALSE with %SM_ERROR_UNAUTHENTICATED when that is over
 */
gboolean
sm_session_resume (SmClient      *client,
                   const char    *refresh_token,
                   GCancellable  *cancellable,
                   GError       **error)
{
  sm_auth_set (sm_client_get_auth (client), NULL, refresh_token);
  return sm_client_refresh (client, NULL, cancellable, error);
}

/** sm_session_sign_out: Tells the service, and forgets the tokens whatever it says. */
gboolean
sm_session_sign_out (SmClient      *client,
                     GCancellable  *cancellable,
                     GError       **error)
{
  SmRequest request = { .method = "DELETE", .path = SM_PATH_SESSION };
  g_autoptr (SmResponse) response = sm_client_send (client, &request, cancellable, error);

  sm_auth_clear (sm_client_get_auth (client));
  return response != NULL;
}

static GStrv
dup_texts (JsonArray *array)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }
  return g_strv_builder_end (builder);
}

static SmPerson *
parse_person (JsonObject  *object,
              GError     **error)
{
  g_autoptr (SmPerson) person = g_new0 (SmPerson, 1);
  JsonArray *permissions = NULL;

  if (!sm_json_get_int (object, "id", SM_JSON_REQUIRED, 0, SM_JSON_MAX_ID, &person->id, error)
      || !dup_text (object, "name", SM_JSON_REQUIRED, &person->name, error)
      || !dup_text (object, "display_name", SM_JSON_OPTIONAL, &person->display_name, error)
      || !dup_text (object, "role", SM_JSON_OPTIONAL, &person->role, error)
      || !sm_json_get_array (object, "permissions", SM_JSON_OPTIONAL, &permissions, error)
      || !sm_json_get_int (object, "access_rev", SM_JSON_OPTIONAL, 0, SM_JSON_MAX_ID,
                           &person->access_rev, error))
    return NULL;
  person->permissions = dup_texts (permissions);
  if (person->display_name == NULL)
    person->display_name = g_strdup (person->name);
  return g_steal_pointer (&person);
}

/** sm_session_read_me: Returns: (transfer full) (nullable): who is signed in */
SmPerson *
sm_session_read_me (SmClient      *client,
                    GCancellable  *cancellable,
                    GError       **error)
{
  SmRequest request = { .method = "GET", .path = SM_PATH_ME };
  g_autoptr (JsonObject) object = sm_client_fetch_object (client, &request, cancellable, error);

  return object != NULL ? parse_person (object, error) : NULL;
}
