/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-exchange-private.h"

#include <string.h>

#include "sm-error.h"
#include "sm-json-guard.h"
#include "sm-json-reader.h"
#include "sm-log.h"
#include "sm-paths.h"
#include "sm-request.h"
#include "sm-service-private.h"
#include "sm-time.h"

#define GZIP_FROM_BYTES 1024

#define RECORDED_OF_A_KIND 200
/* A body up to this size is parsed on the main loop in well below 8 ms. */
#define PARSE_HERE_BYTES (64 * 1024)

static const char quark_name[] = "sm-exchange";

static gboolean
peer_is_loopback (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return G_IS_INET_SOCKET_ADDRESS (address) &&
         g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
stamp (SmExchange *self)
{
  SmClock *clock = sm_rules_get_network_clock (self->service->rules);
  g_autofree char *time = sm_time_to_rfc3339 (sm_clock_now (clock));
  char rate[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *value = NULL;

  g_ascii_formatd (rate, sizeof rate, "%g", sm_clock_get_rate (clock));
  value = g_strdup_printf ("%s;rate=%s", time, rate);
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                SM_HEADER_TIME, value);
}

/* A connection that ends before it has asked anything takes its message with it
 * and no signal tells. */
static void
message_gone_cb (gpointer data)
{
  SmExchange *self = data;

  if (self->message != NULL)
    g_hash_table_remove (self->service->exchanges, self);
  self->message = NULL;
  self->service = NULL;
  g_cancellable_cancel (self->cancellable);
  sm_exchange_unref (self);
}

/** sm_exchange_new: Begins to follow @message, which owns the exchange. */
SmExchange *
sm_exchange_new (SmService         *service,
                 SoupServerMessage *message)
{
  SmExchange *self = g_new0 (SmExchange, 1);

  g_ref_count_init (&self->ref_count);
  self->service = service;
  self->message = message;
  self->peer = g_strdup (soup_server_message_get_remote_host (message));
  self->local = peer_is_loopback (message);
  self->started_us = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  g_object_set_data_full (G_OBJECT (message), quark_name, self, message_gone_cb);
  g_signal_connect (message, "got-chunk", G_CALLBACK (sm_exchange_chunk_cb), self);
  stamp (self); /* for what SoupServer refuses by itself */
  return self;
}

/** sm_exchange_of: Returns: (transfer none) (nullable): the exchange of @message */
SmExchange *
sm_exchange_of (SoupServerMessage *message)
{
  return g_object_get_data (G_OBJECT (message), quark_name);
}

SmExchange *
sm_exchange_ref (SmExchange *self)
{
  g_ref_count_inc (&self->ref_count);
  return self;
}

void
sm_exchange_unref (SmExchange *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;
  g_free (self->peer);
  sm_route_match_clear (&self->match);
  g_free (self->token);
  g_clear_pointer (&self->actor, sm_actor_unref);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->object, json_object_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->answer, sm_answer_free);
  g_free (self);
}

/** sm_exchange_get_service: Returns: (transfer none) (nullable): NULL when it is over */
SmService *
sm_exchange_get_service (SmExchange *self)
{
  return self->service;
}

SmRules *
sm_exchange_get_rules (SmExchange *self)
{
  return self->service->rules;
}

/** sm_exchange_get_actor: Returns: (transfer none) (nullable): NULL on public routes */
SmActor *
sm_exchange_get_actor (SmExchange *self)
{
  return self->actor;
}

const char *
sm_exchange_get_token (SmExchange *self)
{
  return self->token;
}

const char *
sm_exchange_get_peer (SmExchange *self)
{
  return self->peer;
}

/** sm_exchange_is_local: Returns: whether the asker is on this machine */
gboolean
sm_exchange_is_local (SmExchange *self)
{
  return self->local;
}

gboolean
sm_exchange_is_head (SmExchange *self)
{
  return strcmp (soup_server_message_get_method (self->message), "HEAD") == 0;
}

/** sm_exchange_get_param: Returns: (transfer none): of the path, from 0 */
const char *
sm_exchange_get_param (SmExchange *self,
                       guint       index)
{
  return self->match.params[index];
}

/** sm_exchange_get_id: Reads a path parameter that is an id; what is none is not found. */
gboolean
sm_exchange_get_id (SmExchange  *self,
                    guint        index,
                    gint64      *out_id,
                    GError     **error)
{
  guint64 id;

  if (!g_ascii_string_to_unsigned (self->match.params[index], 10, 1, SM_JSON_MAX_ID, &id, NULL))
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "\"%s\" is not an id",
                    self->match.params[index]);
      return FALSE;
    }
  *out_id = (gint64) id;
  return TRUE;
}

/** sm_exchange_get_query: Returns: (transfer none) (nullable): name -> value */
GHashTable *
sm_exchange_get_query (SmExchange *self)
{
  return self->query;
}

const char *
sm_exchange_get_query_text (SmExchange *self,
                            const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

/** sm_exchange_get_query_int: @otherwise: what it is when it is not given */
gboolean
sm_exchange_get_query_int (SmExchange  *self,
                           const char  *name,
                           gint64       min,
                           gint64       max,
                           gint64       otherwise,
                           gint64      *out_value,
                           GError     **error)
{
  const char *text = sm_exchange_get_query_text (self, name);
  g_autoptr (GError) bad = NULL;

  *out_value = otherwise;
  if (text == NULL || g_ascii_string_to_signed (text, 10, min, max, out_value, NULL))
    return TRUE;
  sm_set_error (&bad, SM_ERROR_MALFORMED, "query-malformed",
                "%s is not a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name,
                min, max);
  sm_error_set_param (bad, "name", name);
  g_propagate_error (error, g_steal_pointer (&bad));
  return FALSE;
}

const char *
sm_exchange_get_header (SmExchange *self,
                        const char *name)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);

  return soup_message_headers_get_one (headers, name);
}

/** sm_exchange_dup_base: Returns: (transfer full): the address under which people find us, without
 * a slash at its end: the one that was set, else the one by which this was asked */
char *
sm_exchange_dup_base (SmExchange *self)
{
  GUri *uri = soup_server_message_get_uri (self->message);
  const char *set = self->service->options.public_url;
  g_autoptr (GUri) base = NULL;

  if (set != NULL)
    return g_strndup (set, strlen (set) - (g_str_has_suffix (set, "/") ? 1 : 0));
  base = g_uri_build (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                      g_uri_get_port (uri), "", NULL, NULL);
  return g_uri_to_string (base);
}

/** sm_exchange_get_object: Returns: (transfer none): the body, on routes that take an object */
JsonObject *
sm_exchange_get_object (SmExchange *self)
{
  return self->object;
}

/** sm_exchange_dup_body: Returns: (transfer full): the bytes that were sent */
GBytes *
sm_exchange_dup_body (SmExchange *self)
{
  return soup_message_body_flatten (soup_server_message_get_request_body (self->message));
}

/** sm_exchange_dup_pieces: Returns: (transfer full): of GBytes: the same as they came, with no copy */
GPtrArray *
sm_exchange_dup_pieces (SmExchange *self)
{
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  goffset at = 0;

  while (at < body->length)
    {
      GBytes *piece = soup_message_body_get_chunk (body, at);

      at += (goffset) g_bytes_get_size (piece);
      g_ptr_array_add (pieces, piece);
    }
  return pieces;
}

/** sm_exchange_is_gone: Returns: whether there is nobody left to answer */
gboolean
sm_exchange_is_gone (SmExchange *self)
{
  return self->message == NULL;
}

/* @value: (nullable): then the header stays as it is */
void
sm_exchange_replace_header (SoupMessageHeaders *headers,
                            const char         *name,
                            const char         *value)
{
  if (value != NULL)
    soup_message_headers_replace (headers, name, value);
}

static void
send (SmExchange *self,
      GBytes     *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);
  const SmAnswer *answer = self->answer;

  stamp (self);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  sm_exchange_replace_header (headers, "Content-Type", answer->content_type);
  sm_exchange_replace_header (headers, "ETag", answer->etag);
  sm_exchange_replace_header (headers, "Link", answer->link);
  sm_exchange_replace_header (headers, "Retry-After", answer->retry_after);
  if (answer->policy != NULL)
    {
      soup_message_headers_replace (headers, "Content-Security-Policy", answer->policy);
      soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
    }
  if (answer->status == SM_ERROR_UNAUTHENTICATED)
    soup_message_headers_replace (headers, "WWW-Authenticate", "Bearer realm=\"stationmaster\"");
  soup_server_message_set_status (self->message, answer->status, NULL);
  if (body != NULL)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
  sm_guard_answering (self->service->guard, self->message);
  if (self->paused)
    soup_server_message_unpause (self->message);
}

static void
gzipped_cb (GBytes   *gzip,
           gpointer  user_data)
{
  g_autoptr (SmExchange) self = user_data;

  if (self->message == NULL)
    return;
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message),
                                "Content-Encoding", "gzip");
  send (self, gzip);
}

static gboolean
is_to_be_gzipped (SmExchange *self)
{
  GBytes *body = self->answer->body;

  /* Before the whole request is here nothing may wait: SoupServer goes on. */
  return self->paused && body != NULL && g_bytes_get_size (body) > GZIP_FROM_BYTES &&
         !g_str_has_prefix (self->answer->content_type, "image/") &&
         (!self->local || self->service->options.packs_locally) &&
         sm_request_wants_gzip (soup_server_message_get_request_headers (self->message));
}

/**
 * sm_exchange_answer:
 * @answer: (transfer full): what to say
 */
void
sm_exchange_answer (SmExchange *self,
                    SmAnswer   *answer)
{
  if (self->message == NULL || self->answered)
    {
      sm_answer_free (answer);
      return;
    }
  self->answered = TRUE;
  self->answer = answer;
  if (!is_to_be_gzipped (self))
    {
      send (self, answer->body);
      return;
    }
  soup_message_headers_append (soup_server_message_get_response_headers (self->message), "Vary",
                               "Accept-Encoding");
  if (answer->packed == NULL)
    answer->packed = sm_gzipped_new (answer->body);
  if (sm_gzipped_get (answer->packed, gzipped_cb, sm_exchange_ref (self)))
    self->service->n_packings++;
}

/** sm_exchange_fail: Answers with a problem document. */
void
sm_exchange_fail (SmExchange   *self,
                  const GError *error)
{
  /* What is left of a refused body is not kept. */
  if (self->message != NULL)
    soup_message_body_set_accumulate (soup_server_message_get_request_body (self->message), FALSE);
  sm_exchange_answer (self, sm_answer_new_problem (error, NULL));
}

static void
answer_done (SmExchange *self,
             SmAnswer   *answer,
             GError     *error)
{
  if (answer != NULL)
    sm_exchange_answer (self, answer);
  else
    sm_exchange_fail (self, error);
}

static void
read_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SmExchange) self = user_data;
  g_autoptr (GError) error = NULL;
  SmAnswer *answer;

  if (self->message == NULL)
    return;
  answer = sm_rules_read_finish (self->service->rules, result, &error);
  answer_done (self, answer, error);
}

/**
 * sm_exchange_read:
 * @func: gives an SmAnswer
 * @data: (transfer full): handed to @func
 *
 * Answers with what @func makes in a reader's thread.
 */
void
sm_exchange_read (SmExchange     *self,
                  SmReadFunc      func,
                  gpointer        data,
                  GDestroyNotify  data_free)
{
  sm_rules_read_async (self->service->rules, func, data, data_free, (GDestroyNotify) sm_answer_free,
                       self->cancellable, read_done_cb, sm_exchange_ref (self));
}

/** sm_exchange_read_long: The same for what may take seconds. */
void
sm_exchange_read_long (SmExchange     *self,
                       SmReadFunc      func,
                       gpointer        data,
                       GDestroyNotify  data_free)
{
  sm_rules_read_long_async (self->service->rules, func, data, data_free,
                            (GDestroyNotify) sm_answer_free, self->cancellable, read_done_cb,
                            sm_exchange_ref (self));
}

static void
run_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SmExchange) self = user_data;
  g_autoptr (GError) error = NULL;
  SmAnswer *answer;

  if (self->message == NULL)
    return;
  answer = sm_rules_run_finish (self->service->rules, result, &error);
  answer_done (self, answer, error);
}

/** sm_exchange_run: The same in the writer's thread; goes through even if the asker leaves. */
void
sm_exchange_run (SmExchange     *self,
                 SmRulesFunc     func,
                 gpointer        data,
                 GDestroyNotify  data_free)
{
  sm_rules_run_async (self->service->rules, func, data, data_free, (GDestroyNotify) sm_answer_free,
                      NULL, run_done_cb, sm_exchange_ref (self));
}

static void
parse_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  GError *error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (data, &length);
  JsonObject *object = sm_json_parse_object (text, length, &error);

  if (object != NULL)
    g_task_return_pointer (task, object, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, error);
}

static void
parsed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SmExchange) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->message == NULL)
    return;
  self->object = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->object != NULL)
    self->match.route->handler (self);
  else
    sm_exchange_fail (self, error);
}

static void
parse_body (SmExchange *self)
{
  GBytes *body = sm_exchange_dup_body (self);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, parsed_cb, sm_exchange_ref (self));

  g_task_set_task_data (task, body, (GDestroyNotify) g_bytes_unref);
  if (g_bytes_get_size (body) > PARSE_HERE_BYTES)
    g_task_run_in_thread (task, parse_thread);
  else
    parse_thread (task, NULL, body, NULL);
}

/** sm_exchange_body_here: Hands the request to its handler. */
void
sm_exchange_body_here (SmExchange *self)
{
  g_autoptr (GError) error = NULL;

  if (self->answered)
    return;
  self->paused = TRUE;
  soup_server_message_pause (self->message);
  if (!sm_exchange_still_may (self, &error))
    sm_exchange_fail (self, error);
  else if (self->match.route->flags & SM_ROUTE_OBJECT)
    parse_body (self);
  else
    self->match.route->handler (self);
}

static void
describe (SmExchange *self,
          SmLogEntry *entry)
{
  GUri *uri = soup_server_message_get_uri (self->message);

  *entry = (SmLogEntry){
    .peer = self->peer,
    .method = soup_server_message_get_method (self->message),
    .route = self->match.route != NULL ? self->match.route->path : NULL,
    .path = uri != NULL ? g_uri_get_path (uri) : NULL,
    .query = uri != NULL ? g_uri_get_query (uri) : NULL,
    /* SoupServer turns a connection that ended halfway into a 500 of its own. */
    .status = self->answer != NULL ? self->answer->status : 0,
    .took_us = g_get_monotonic_time () - self->started_us,
    .answer = self->answer,
    .message = self->message,
  };
}

/* A test that asks until something holds says the same thousands of times. */
static void
record (SmService        *service,
        const SmLogEntry *entry)
{
  g_autofree char *kind = g_strdup_printf ("%s %s %u", entry->method, entry->route, entry->status);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (service->recorded, kind));

  if (n < RECORDED_OF_A_KIND)
    sm_log_record (entry, service->record_dir, service->n_recorded++);
  g_hash_table_replace (service->recorded, g_steal_pointer (&kind), GUINT_TO_POINTER (n + 1));
}

/* Each application asks every second whether we are there: that we were is no news. */
static gboolean
is_good_probe (const SmLogEntry *entry)
{
  return entry->status == 200
         && (g_strcmp0 (entry->route, SM_PATH_READYZ) == 0
             || g_strcmp0 (entry->route, SM_PATH_HEALTHZ) == 0);
}

/** sm_exchange_over: The connection has the answer, or is gone. */
void
sm_exchange_over (SmExchange *self)
{
  SmLogEntry entry;

  if (self->message == NULL)
    return;
  if (soup_server_message_get_method (self->message) != NULL)
    {
      describe (self, &entry);
      sm_metrics_count (self->service->metrics, entry.route, entry.status, entry.took_us);
      if (!self->service->options.quiet && !is_good_probe (&entry))
        sm_log_access (&entry);
      /* OPTIONS belongs to HTTP, not to the contract. */
      if (self->service->record_dir != NULL && self->answer != NULL &&
          strcmp (entry.method, "OPTIONS") != 0)
        record (self->service, &entry);
    }
  g_cancellable_cancel (self->cancellable);
  g_hash_table_remove (self->service->exchanges, self);
  g_signal_handlers_disconnect_by_data (self->message, self);
  self->message = NULL;
  self->service = NULL;
}
