/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-api"
#include "config.h"

#include "sm-client-private.h"

#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-problem.h"
#include "sm-time.h"
#include "sm-trust.h"

#include <libsoup/soup.h>
#include <string.h>

/* An answer that drips is given up when it has taken so long in all. */
#define BODY_DEADLINE_US (60 * SM_SECOND)
/* How often a request is sent again with another token. */
#define MAX_REFRESHES 3

struct _SmClient
{
  GMainContext *context; /* libsoup's sources of this thread live here */
  SoupSession *session;
  GUri *base;
  SmAuth *auth;
  SmClock *network;
  guint trust_serial;    /* whom the session believes */
  const char *tls_fault; /* (nullable): slug, of the certificate that was last refused */
};

struct _SmResponse
{
  SoupMessage *message;
  GInputStream *stream;
  GCancellable *cancellable;
  gint64 deadline_us;
};

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_strcmp0 (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static SoupSession *
session_new (GUri  *base,
             guint  timeout_s)
{
  SoupSession *session = soup_session_new_with_options ("timeout", timeout_s, "idle-timeout", 30,
                                                        "user-agent", "stationmaster/" SM_VERSION,
                                                        NULL);

  if (host_is_loopback (g_uri_get_host (base)))
    {
      /* Packing costs more than it saves, and a proxy has no business there. */
      soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
      soup_session_set_proxy_resolver (session, NULL);
    }
  return session;
}

/**
 * sm_client_new:
 * @server_url: http or https, with nothing behind host and port
 * @network: the clock that follows the Stationmaster-Time of the answers
 * @timeout_s: how long the service may say nothing
 *
 * Returns: (transfer full) (nullable): fails with the slug "bad-address" when
 *   @server_url cannot be the address of a service
 */
SmClient *
sm_client_new (const char  *server_url,
               SmAuth      *auth,
               SmClock     *network,
               guint        timeout_s,
               GError     **error)
{
  g_autoptr (GUri) base = g_uri_parse (server_url, SOUP_HTTP_URI_FLAGS, NULL);
  SmClient *self;

  if (base == NULL || g_uri_get_host (base) == NULL || *g_uri_get_host (base) == '\0'
      || (g_strcmp0 (g_uri_get_scheme (base), "http") != 0
          && g_strcmp0 (g_uri_get_scheme (base), "https") != 0))
    {
      sm_set_error (error, SM_ERROR_PROTOCOL, "bad-address", "%s is no address of a service",
                    server_url);
      return NULL;
    }
  self = g_new0 (SmClient, 1);
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->base = g_steal_pointer (&base);
  self->session = session_new (self->base, timeout_s);
  self->auth = sm_auth_ref (auth);
  self->network = sm_clock_ref (network);
  return self;
}

/**
 * sm_client_prepare:
 *
 * GIO and libsoup make their classes and load their modules when they are first
 * needed; several threads that do so at once, while the main one asks for the
 * network monitor, crash or wait for each other for ever.  So this is done
 * once, before there are threads.
 */
void
sm_client_prepare (void)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("GET", "http://127.0.0.1/");
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();

  g_network_monitor_get_default ();
  g_proxy_resolver_get_default ();
  g_tls_backend_get_default ();
  g_object_unref (g_resolver_get_default ());
}

void
sm_client_free (SmClient *self)
{
  g_return_if_fail (self != NULL);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->auth, sm_auth_unref);
  g_clear_pointer (&self->network, sm_clock_unref);
  g_free (self);
}

SmAuth *
sm_client_get_auth (SmClient *self)
{
  return self->auth;
}

void
sm_response_free (SmResponse *self)
{
  g_return_if_fail (self != NULL);

  if (self->stream != NULL)
    g_input_stream_close (self->stream, self->cancellable, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_free (self);
}

guint
sm_response_get_status (SmResponse *self)
{
  return soup_message_get_status (self->message);
}

/** sm_client_parse_next: Returns: (transfer full) (nullable): the path that @header, a Link, calls next */
char *
sm_client_parse_next (const char *header)
{
  g_auto (GStrv) links = header != NULL ? g_strsplit (header, ",", 8) : NULL;

  for (guint i = 0; links != NULL && links[i] != NULL; i++)
    {
      const char *start = strchr (links[i], '<');
      const char *end = start != NULL ? strchr (start, '>') : NULL;

      /* Only a path of this service is followed, never another address. */
      if (end != NULL && strstr (end, "rel=\"next\"") != NULL && start[1] == '/'
          && start[2] != '/' && start[2] != '\\')
        return g_strndup (start + 1, (gsize) (end - start - 1));
    }
  return NULL;
}

/** sm_response_dup_next: Returns: (transfer full) (nullable): the path of the next page, by Link */
char *
sm_response_dup_next (SmResponse *self)
{
  return sm_client_parse_next (
      soup_message_headers_get_list (soup_message_get_response_headers (self->message), "Link"));
}

static const char *
slug_of_cause (const GError *cause)
{
  if (g_error_matches (cause, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    return "server-unknown";
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return "timed-out";
  return cause->domain == G_TLS_ERROR ? "tls-failed" : "server-unreachable";
}

/* Cancelled stays what it is; anything else means that there is no answer. */
static void
take_network_error (GError     **error,
                    GError      *cause,
                    const char  *tls_fault)
{
  gboolean is_refused = cause->domain == G_TLS_ERROR && tls_fault != NULL;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return;
    }
  sm_set_error (error, SM_ERROR_OFFLINE, is_refused ? tls_fault : slug_of_cause (cause), "%s",
                cause->message);
  g_error_free (cause);
}

static gssize
fill_cb (gpointer   user_data,
         char      *buffer,
         gsize      size,
         GError   **error)
{
  SmResponse *self = user_data;
  GError *cause = NULL;
  gssize n;

  if (g_get_monotonic_time () > self->deadline_us)
    {
      sm_set_error (error, SM_ERROR_OFFLINE, "server-unreachable", "the answer drips");
      return -1;
    }
  n = g_input_stream_read (self->stream, buffer, size, self->cancellable, &cause);
  if (n < 0)
    take_network_error (error, cause, NULL);
  return n;
}

/** sm_response_read_feed: Returns: (transfer full): a reader of the body as it comes */
SmJsonReader *
sm_response_read_feed (SmResponse *self)
{
  return sm_json_reader_new (fill_cb, self, SM_CLIENT_MAX_FEED);
}

static GString *
read_whole (SmResponse  *self,
            gsize        most,
            GError     **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *buffer = g_malloc (65536);
  gssize n;

  while ((n = fill_cb (self, buffer, 65536, error)) > 0)
    {
      g_string_append_len (body, buffer, n);
      if (body->len <= most)
        continue;
      sm_set_error (error, SM_ERROR_PROTOCOL, "answer-too-large",
                    "it is longer than %" G_GSIZE_FORMAT " bytes", most);
      return NULL;
    }
  return n < 0 ? NULL : g_steal_pointer (&body);
}

/** sm_response_read_document: Returns: (transfer full) (nullable): the body, 0-terminated */
char *
sm_response_read_document (SmResponse  *self,
                           gsize       *out_length,
                           GError     **error)
{
  GString *body = read_whole (self, SM_CLIENT_MAX_DOCUMENT, error);

  if (body == NULL)
    return NULL;
  *out_length = body->len;
  return g_string_free (body, FALSE);
}

/** sm_response_read_bytes: Returns: (transfer full) (nullable): the body, whatever it is of */
GBytes *
sm_response_read_bytes (SmResponse  *self,
                        gsize        most,
                        GError     **error)
{
  GString *body = read_whole (self, most, error);

  return body != NULL ? g_string_free_to_bytes (body) : NULL;
}

/**
 * sm_client_parse_time:
 * @header: (nullable): as "2026-01-01T00:00:00Z;rate=60"
 *
 * Returns: whether @header says a time that can be believed
 */
gboolean
sm_client_parse_time (const char *header,
                      gint64     *out_now_us,
                      double     *out_rate)
{
  g_auto (GStrv) parts = header != NULL ? g_strsplit (header, ";", 2) : NULL;
  gint64 now;
  double rate = 1.0;
  char *end;

  if (parts == NULL || parts[0] == NULL
      || !sm_time_from_rfc3339 (g_strstrip (parts[0]), &now, NULL))
    return FALSE;
  if (parts[1] != NULL)
    {
      if (!g_str_has_prefix (g_strstrip (parts[1]), "rate="))
        return FALSE;
      rate = g_ascii_strtod (parts[1] + strlen ("rate="), &end);
      if (*end != '\0' || !(rate > 0 && rate <= 1e6))
        return FALSE;
    }
  *out_now_us = now;
  *out_rate = rate;
  return TRUE;
}

/* Follows the service's time; between answers our own monotonic clock goes on. */
static void
client_follow_time (SmClient    *self,
                    SoupMessage *message,
                    gint64       asked_us)
{
  const char *header = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                     SM_HEADER_TIME);
  gint64 now;
  double rate;

  if (sm_client_parse_time (header, &now, &rate))
    sm_clock_follow (self->network, now, rate, asked_us);
}

/* What GIO found is said again by nobody, once the connection is refused. */
static gboolean
accept_certificate_cb (SoupMessage          *message,
                       GTlsCertificate      *certificate,
                       GTlsCertificateFlags  flags,
                       gpointer              user_data)
{
  SmClient *self = user_data;

  self->tls_fault = sm_trust_slug (certificate, flags);
  return FALSE;
}

/* Whom to believe may change while the client lives. */
static gboolean
client_follow_trust (SmClient  *self,
                     GError   **error)
{
  guint serial = sm_trust_get_serial ();
  g_autoptr (GTlsDatabase) database = NULL;

  if (serial == self->trust_serial || g_strcmp0 (g_uri_get_scheme (self->base), "https") != 0)
    return TRUE;
  database = sm_trust_ref_database (error);
  if (database == NULL)
    return FALSE;
  /* Those that are open were let through by others. */
  if (self->trust_serial != 0)
    soup_session_abort (self->session);
  soup_session_set_tls_database (self->session, database);
  self->trust_serial = serial;
  return TRUE;
}

static SoupMessage *
client_make_message (SmClient        *self,
                     const SmRequest *request,
                     const char      *token)
{
  g_autoptr (GUri) uri = g_uri_parse_relative (self->base, request->path, SOUP_HTTP_URI_FLAGS,
                                               NULL);
  SoupMessage *message = uri != NULL ? soup_message_new_from_uri (request->method, uri) : NULL;
  SoupMessageHeaders *headers;

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), self);
  headers = soup_message_get_request_headers (message);
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (request->idempotency_key != NULL)
    soup_message_headers_replace (headers, SM_HEADER_IDEMPOTENCY_KEY, request->idempotency_key);
  if (request->if_match != NULL)
    soup_message_headers_replace (headers, SM_HEADER_IF_MATCH, request->if_match);
  if (request->body != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (request->body, strlen (request->body));
      gboolean is_patch = g_str_equal (request->method, "PATCH");

      soup_message_set_request_body_from_bytes (
          message, is_patch ? SM_CONTENT_TYPE_MERGE_PATCH : SM_CONTENT_TYPE_JSON, body);
    }
  else if (request->bytes != NULL)
    soup_message_set_request_body_from_bytes (message, request->type, request->bytes);
  return message;
}

static SmResponse *
client_send_once (SmClient         *self,
                  const SmRequest  *request,
                  const char       *token,
                  GCancellable     *cancellable,
                  GError          **error)
{
  g_autoptr (SmResponse) response = g_new0 (SmResponse, 1);
  GError *cause = NULL;
  gint64 asked_us;

  /* Let libsoup see which idle connections the service has closed. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  response->message = client_make_message (self, request, token);
  if (response->message == NULL)
    {
      sm_set_error (error, SM_ERROR_PROTOCOL, "bad-address", "%s is no path", request->path);
      return NULL;
    }
  self->tls_fault = NULL;
  if (!client_follow_trust (self, error))
    return NULL;
  asked_us = g_get_monotonic_time ();
  response->stream = soup_session_send (self->session, response->message, cancellable, &cause);
  if (response->stream == NULL)
    {
      take_network_error (error, cause, self->tls_fault);
      return NULL;
    }
  response->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  response->deadline_us = g_get_monotonic_time () + BODY_DEADLINE_US;
  client_follow_time (self, response->message, asked_us);
  return g_steal_pointer (&response);
}

/**
 * sm_client_blame_answer:
 * @error: (inout): why an answer could not be read
 *
 * What our readers do not like about an answer is the service's mistake, not
 * ours: %SM_ERROR_PROTOCOL.  So it is never taken for a 400 of the service's.
 */
void
sm_client_blame_answer (GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (error == NULL || *error == NULL || (*error)->domain != SM_ERROR || (*error)->code < 400)
    return;
  cause = g_steal_pointer (error);
  sm_set_error (error, SM_ERROR_PROTOCOL,
                cause->code == SM_ERROR_TOO_LARGE ? "answer-too-large" : "unexpected-answer",
                "%s", cause->message);
}

/* A redirect is not followed: what it says is where somebody else would like the
 * password to go. */
static void
take_redirect (GError     **error,
               SmResponse  *response)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (response->message);
  const char *location = soup_message_headers_get_one (headers, "Location");
  GUri *uri = soup_message_get_uri (response->message);
  g_autoptr (GUri) target = location != NULL
                                ? g_uri_parse_relative (uri, location, SOUP_HTTP_URI_FLAGS, NULL)
                                : NULL;
  gboolean is_downgrade = target != NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0
                          && g_strcmp0 (g_uri_get_scheme (target), "https") != 0;

  sm_set_error (error, SM_ERROR_PROTOCOL,
                is_downgrade ? "redirect-to-plain"
                             : target != NULL ? "redirected" : "not-our-service",
                "status %u", sm_response_get_status (response));
}

/* Turns an answer that is not a success into its error. */
static void
take_problem (GError          **error,
              SmResponse       *response,
              const SmRequest  *request)
{
  guint status = sm_response_get_status (response);
  g_autofree char *body = NULL;
  gsize length = 0;

  if (status < 400)
    {
      take_redirect (error, response);
      return;
    }
  body = sm_response_read_document (response, &length, NULL);
  g_propagate_error (error, sm_problem_from_json (status, body != NULL ? body : "", length));
  if (request->out_problem != NULL)
    *request->out_problem = g_steal_pointer (&body);
}

static gboolean
fetch_tokens (SmClient      *self,
              const char    *refresh_token,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *body = NULL;

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "refresh_token");
  sm_json_writer_text (writer, refresh_token);
  sm_json_writer_end_object (writer);
  body = sm_json_writer_end (writer);
  object = sm_client_fetch_object (self,
                                   &(SmRequest){ .method = "POST", .path = SM_PATH_REFRESH,
                                                 .body = body, .anonymous = TRUE },
                                   cancellable, error);
  return object != NULL && sm_client_take_tokens (self, object, error);
}

/**
 * sm_client_refresh:
 * @used_token: (nullable): the token that was refused
 *
 * Fetches new tokens once for all who wait; one who comes later finds them.  A
 * sign-in that the service says is over is forgotten; what the network did to
 * the request leaves it as it was.
 *
 * Returns: FALSE without @error set when there is nothing to fetch them with
 */
gboolean
sm_client_refresh (SmClient      *self,
                   const char    *used_token,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *refresh_token = sm_auth_begin_refresh (self->auth, used_token);
  g_autofree char *now_token = sm_auth_dup_token (self->auth);
  g_autoptr (GError) cause = NULL;
  gboolean done = g_strcmp0 (now_token, used_token) != 0 && now_token != NULL;

  if (!done && refresh_token != NULL)
    done = fetch_tokens (self, refresh_token, cancellable, &cause);
  /* Nothing else ends a sign-in. */
  if (!done
      && (refresh_token == NULL || g_error_matches (cause, SM_ERROR, SM_ERROR_UNAUTHENTICATED)))
    sm_auth_clear (self->auth);
  sm_auth_end_refresh (self->auth);
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  return done;
}

/**
 * sm_client_send:
 *
 * A token that has run out is replaced, and the request sent again.  Where the
 * service's clock jumps (it was asleep, somebody set it) the new one may have run
 * out on its way; nobody is signed out for that.
 *
 * Returns: (transfer full) (nullable): an answer with a status below 300, to
 *   be read or freed before the next request
 */
SmResponse *
sm_client_send (SmClient         *self,
                const SmRequest  *request,
                GCancellable     *cancellable,
                GError          **error)
{
  g_autofree char *token = request->anonymous ? NULL : sm_auth_dup_token (self->auth);
  g_autoptr (SmResponse) response = client_send_once (self, request, token, cancellable, error);

  for (guint i = 0; i < MAX_REFRESHES && response != NULL && token != NULL
                    && sm_response_get_status (response) == 401; i++)
    {
      g_autofree char *refusal = NULL;
      GError *cause = NULL;
      gsize length = 0;

      /* Read to its end, so that the connection can be used again. */
      refusal = sm_response_read_document (response, &length, NULL);
      if (!sm_client_refresh (self, token, cancellable, &cause))
        {
          if (cause == NULL)
            cause = sm_problem_from_json (401, refusal != NULL ? refusal : "", length);
          g_propagate_error (error, cause);
          return NULL;
        }
      g_free (token);
      token = sm_auth_dup_token (self->auth);
      g_clear_pointer (&response, sm_response_free);
      response = client_send_once (self, request, token, cancellable, error);
    }
  if (response == NULL)
    return NULL;
  if (sm_response_get_status (response) < 300)
    return g_steal_pointer (&response);
  take_problem (error, response, request);
  return NULL;
}

/** sm_client_fetch_object: Returns: (transfer full) (nullable): the JSON object of an answer */
JsonObject *
sm_client_fetch_object (SmClient         *self,
                        const SmRequest  *request,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autoptr (SmResponse) response = sm_client_send (self, request, cancellable, error);
  g_autofree char *body = NULL;
  JsonObject *object;
  gsize length;

  if (response == NULL)
    return NULL;
  body = sm_response_read_document (response, &length, error);
  if (body == NULL)
    return NULL;
  object = sm_json_parse_object (body, length, error);
  if (object == NULL)
    sm_client_blame_answer (error);
  return object;
}

/** sm_client_take_tokens: Takes over the tokens of an answer of POST /session. */
gboolean
sm_client_take_tokens (SmClient    *self,
                       JsonObject  *object,
                       GError     **error)
{
  const char *token, *refresh_token = NULL;

  if (!sm_json_get_text (object, "token", SM_JSON_REQUIRED, 4096, &token, error)
      || !sm_json_get_text (object, "refresh_token", SM_JSON_OPTIONAL, 4096, &refresh_token,
                            error))
    return FALSE;
  sm_auth_set (self->auth, token, refresh_token);
  return TRUE;
}
