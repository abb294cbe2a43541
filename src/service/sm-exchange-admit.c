/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-exchange-private.h"

#include <string.h>

#include "sm-error.h"
#include "sm-paths.h"
#include "sm-request.h"
#include "sm-service-private.h"
#include "sm-users.h"
#include "sm-work-orders.h"

/* From a phone at the edge of its network 10 MiB take two minutes, and not 10 s. */
#define PHOTO_TIMES 12

/* What an exchange has to be before a handler sees it: well framed, for a route
 * that there is, by somebody who may, and no larger than it may be. */

static gsize
body_limit (SmExchange *self)
{
  guint flags = self->match.route != NULL ? self->match.route->flags : 0;

  if (flags & SM_ROUTE_PHOTO)
    return SM_WORK_PHOTO_MAX_BYTES;
  return flags & SM_ROUTE_LARGE ? self->service->options.max_ingest
                                : self->service->options.max_body;
}

static void
fail_too_large (SmExchange *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *limit = g_strdup_printf ("%zu", body_limit (self));

  sm_set_error (&error, SM_ERROR_TOO_LARGE, "body-too-large", "The body is over %s bytes", limit);
  sm_error_set_param (error, "limit", limit);
  sm_exchange_fail (self, error);
}

/** sm_exchange_chunk_cb: A piece of the body is here; too much of it is refused. */
void
sm_exchange_chunk_cb (SoupServerMessage *message,
                      GBytes            *chunk,
                      gpointer           user_data)
{
  SmExchange *self = user_data;

  self->body_bytes += g_bytes_get_size (chunk);
  if (self->body_bytes <= body_limit (self))
    return;
  /* What is left is read and forgotten, so that its sender sees the answer; the
   * deadline of the request ends that too. */
  if (!self->answered)
    fail_too_large (self);
}

static void
answer_options (SmExchange *self,
                const char *allow)
{
  sm_exchange_replace_header (soup_server_message_get_response_headers (self->message), "Allow", allow);
  sm_exchange_answer (self, sm_answer_new (204, NULL, NULL));
}

/* Returns: whether there is a route; if not it is answered, or @error is set. */
static gboolean
find_route (SmExchange  *self,
            const char  *path,
            GError     **error)
{
  const char *method = soup_server_message_get_method (self->message);
  g_autofree char *allow = NULL;
  g_autoptr (GError) problem = NULL;

  if (sm_router_match (method, path, &self->match, &allow, &problem))
    return TRUE;
  if (strcmp (method, "OPTIONS") == 0 && (allow != NULL || strcmp (path, "*") == 0))
    {
      answer_options (self, allow != NULL ? allow : "GET, HEAD, POST, PATCH, DELETE, OPTIONS");
      return FALSE;
    }
  sm_exchange_replace_header (soup_server_message_get_response_headers (self->message), "Allow", allow);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
authenticate (SmExchange  *self,
              GError     **error)
{
  const SmRoute *route = self->match.route;
  guint ended = sm_rules_get_ended_sessions (self->service->rules);
  g_autoptr (SmActor) actor = NULL;
  gboolean device;

  self->token = sm_request_dup_token (soup_server_message_get_request_headers (self->message));
  if (route->flags & SM_ROUTE_PUBLIC)
    return TRUE;
  if (self->token == NULL)
    {
      sm_set_error (error, SM_ERROR_UNAUTHENTICATED, "token-missing", "This request needs a token");
      return FALSE;
    }
  actor = sm_rules_authenticate (self->service->rules, self->token, error);
  if (actor == NULL)
    return FALSE;
  self->actor = sm_actor_with_address (actor, self->peer);
  self->ended = ended;
  device = self->actor->kind == SM_ACTOR_DEVICE;
  if (device != ((route->flags & SM_ROUTE_DEVICE) != 0))
    {
      sm_set_error (error, SM_ERROR_DENIED, device ? "persons-only" : "devices-only",
                    device ? "A gateway may only report" : "Only a gateway may report");
      return FALSE;
    }
  return route->permission == NULL || sm_actor_require (self->actor, route->permission, error);
}

/**
 * sm_exchange_still_may:
 *
 * Whether who was let in still is: asked before what took its time, a body or
 * a poll, goes on.
 *
 * Returns: FALSE when they were signed out, or may do or see something else
 */
gboolean
sm_exchange_still_may (SmExchange  *self,
                       GError     **error)
{
  guint ended;
  g_autoptr (SmActor) actor = NULL;

  if (self->service == NULL || self->actor == NULL)
    return TRUE;
  ended = sm_rules_get_ended_sessions (self->service->rules);
  if (ended == self->ended)
    return TRUE;
  actor = sm_rules_authenticate (self->service->rules, self->token, error);
  if (actor == NULL)
    return FALSE;
  self->ended = ended;
  return TRUE;
}

static gboolean
check_request (SmExchange  *self,
               const char  *path,
               GHashTable  *query,
               GError     **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  GUri *uri = soup_server_message_get_uri (self->message);

  if (!sm_request_check_framing (headers, error) ||
      !sm_request_check_host (headers, uri, self->service->loopback_only, error) ||
      !sm_request_check_query (g_uri_get_query (uri), query, error))
    {
      /* Nothing on this connection can be trusted any more. */
      soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                    "Connection", "close");
      return FALSE;
    }
  if (!find_route (self, path, error) || !authenticate (self, error))
    return FALSE;
  return (self->match.route->flags & SM_ROUTE_KEYED) == 0 ||
         sm_request_check_key (sm_exchange_get_header (self, SM_HEADER_IDEMPOTENCY_KEY), error);
}

/**
 * sm_exchange_headers_here:
 *
 * Everything that can be refused is refused here, before the body is read: with
 * "Expect: 100-continue" it is not even sent.
 */
void
sm_exchange_headers_here (SmExchange *self,
                          const char *path,
                          GHashTable *query)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  g_autoptr (GError) error = NULL;

  /* SoupServer would cut an answer into as many ranges as are asked for. */
  soup_message_headers_remove (headers, "Range");
  if (query != NULL)
    self->query = g_hash_table_ref (query);
  if (!check_request (self, path, query, &error))
    {
      if (error != NULL)
        sm_exchange_fail (self, error);
      return;
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) > (goffset) body_limit (self))
    fail_too_large (self);
  else if (self->match.route->flags & SM_ROUTE_PHOTO)
    sm_guard_give_time (self->service->guard, self->message, PHOTO_TIMES);
}
