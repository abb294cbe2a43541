/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-service.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/resource.h>

#include <libsoup/soup.h>

#include "sm-error.h"
#include "sm-exchange.h"
#include "sm-service-private.h"

#define REQUEST_MS 10000
#define IDLE_MS 30000
#define MAX_CONNECTIONS 2048
#define TLS_LOOK_MS 5000
#define SILENCE_MS 120000
/* The usual 10 are gone in a burst, and who finds no place tries again after a
 * second only. */
#define BACKLOG 512

/* What a connection takes at once: megabytes, copied for twenty apps in one
 * turn of the main loop, keep everyone else waiting. */
#define SEND_BUFFER (128 * 1024)
/* Of the files a process may open, what is kept for databases and pipes. */
#define OTHER_FILES 64
#define MAX_BODY (1024 * 1024)
#define MAX_INGEST (32 * 1024 * 1024)

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  SmService *self = user_data;

  g_hash_table_add (self->exchanges, sm_exchange_new (self, message));
}

static void
request_over_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 gpointer           user_data)
{
  SmExchange *exchange = sm_exchange_of (message);

  if (exchange != NULL)
    sm_exchange_over (exchange);
}

static void
headers_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  sm_exchange_headers_here (sm_exchange_of (message), path, query);
}

static void
body_cb (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  sm_exchange_body_here (sm_exchange_of (message));
}

/* SoupServer never listens again once it could not accept for want of a file, so
 * it must not come to that. */
static guint
connections_that_fit (guint wanted)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY)
    return wanted;
  return (guint) MIN (wanted, files.rlim_cur - MIN (OTHER_FILES, files.rlim_cur / 2));
}

static SmServiceOptions
filled_in (const SmServiceOptions *options)
{
  SmServiceOptions result = { 0 };

  if (options != NULL)
    result = *options;
  result.request_ms = result.request_ms != 0 ? result.request_ms : REQUEST_MS;
  result.idle_ms = result.idle_ms != 0 ? result.idle_ms : IDLE_MS;
  result.max_connections = result.max_connections != 0 ? result.max_connections : MAX_CONNECTIONS;
  result.max_connections = connections_that_fit (result.max_connections);
  result.max_body = result.max_body != 0 ? result.max_body : MAX_BODY;
  if (result.record_dir == NULL)
    result.record_dir = g_getenv ("SM_RECORD_DIR");
  if (result.record_dir != NULL && result.record_dir[0] == '\0')
    result.record_dir = NULL;
  result.silence_ms = result.silence_ms != 0 ? result.silence_ms : SILENCE_MS;
  result.tls_look_ms = result.tls_look_ms != 0 ? result.tls_look_ms : TLS_LOOK_MS;
  result.max_ingest = result.max_ingest != 0 ? result.max_ingest : MAX_INGEST;
  return result;
}

/**
 * sm_service_new:
 * @rules: (transfer none): what it serves; outlives the service
 * @options: (nullable): copied
 */
SmService *
sm_service_new (SmRules                *rules,
                const SmServiceOptions *options)
{
  static const char *const paths[] = { NULL, "*" }; /* all, and that of OPTIONS for the server */
  SmService *self = g_new0 (SmService, 1);

  self->rules = rules;
  self->options = filled_in (options);
  self->record_dir = g_strdup (self->options.record_dir);
  self->database = g_strdup (self->options.database);
  self->tls_certificate = g_strdup (self->options.tls_certificate);
  self->tls_key = g_strdup (self->options.tls_key);
  self->recorded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->exchanges = g_hash_table_new (NULL, NULL);
  self->metrics = sm_metrics_new ();
  self->readiness = sm_readiness_new (rules, self->options.silence_ms);
  self->started_at = g_get_real_time ();
  self->polls = sm_polls_new (rules);
  self->scan_gate = sm_scan_gate_new (sm_rules_get_machine_clock (rules));
  /* The router unescapes paths itself, segment by segment. */
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (request_over_cb), self);
  g_signal_connect (self->server, "request-aborted", G_CALLBACK (request_over_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      soup_server_add_early_handler (self->server, paths[i], headers_cb, self, NULL);
      soup_server_add_handler (self->server, paths[i], body_cb, self, NULL);
    }
  self->guard = sm_guard_new (self->server, self->options.request_ms, self->options.idle_ms,
                              self->options.max_connections);
  return self;
}

static gboolean
parse_address (const char      *text,
               GSocketAddress **out_address,
               GError         **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (text, 0, NULL);
  GNetworkAddress *network = G_NETWORK_ADDRESS (parsed);
  const char *host = network != NULL ? g_network_address_get_hostname (network) : NULL;

  if (g_strcmp0 (host, "localhost") == 0)
    host = "127.0.0.1";
  if (host != NULL)
    *out_address =
        g_inet_socket_address_new_from_string (host, g_network_address_get_port (network));
  if (host != NULL && *out_address != NULL)
    return TRUE;
  sm_set_error (error, SM_ERROR_MALFORMED, "listen-address",
                "\"%s\" is not an address to listen on; write it as 127.0.0.1:8080", text);
  return FALSE;
}

static gboolean
address_is_loopback (GSocketAddress *address)
{
  return g_inet_address_get_is_loopback (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* Not by soup_server_get_uris(), which loses an address each time. */
static char *
listening_url (SmService *self)
{
  g_autoptr (GSList) sockets = soup_server_get_listeners (self->server);
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (sockets->data, NULL);
  GInetSocketAddress *address = G_INET_SOCKET_ADDRESS (local);
  g_autofree char *host = g_inet_address_to_string (g_inet_socket_address_get_address (address));

  return g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%d" : "%s://%s:%d",
                          self->tls != NULL ? "https" : "http", host,
                          g_inet_socket_address_get_port (address));
}

static GSocket *
listen_on (GSocketAddress  *address,
           GError         **error)
{
  GSocketFamily family = g_socket_address_get_family (address);
  g_autoptr (GSocket) socket = g_socket_new (family, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return NULL;
  if (family == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, TRUE, NULL);
  g_socket_set_listen_backlog (socket, BACKLOG);
  g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER, NULL);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/* Whether what is said at @address can be heard by those it is not for. */
static gboolean
check_open (SmService       *self,
            GSocketAddress  *address,
            const char      *text,
            gboolean         allow_plain,
            GError         **error)
{
  if (self->tls != NULL || allow_plain || address_is_loopback (address))
    return TRUE;
  sm_set_error (error, SM_ERROR_DENIED, "listen-not-loopback",
                "%s can be reached by others, and passwords would travel unencrypted; "
                "give --tls-certificate and --tls-key, listen on 127.0.0.1, or add "
                "--allow-plain if the network is trusted", text);
  return FALSE;
}

static gboolean
load_tls (SmService  *self,
          GError    **error)
{
  if (self->tls_certificate == NULL && self->tls_key == NULL)
    return TRUE;
  if (self->tls_certificate == NULL || self->tls_key == NULL)
    {
      sm_set_error (error, SM_ERROR_INVALID, "tls-certificate",
                    "A certificate needs its key: give both --tls-certificate and --tls-key");
      return FALSE;
    }
  self->tls = sm_tls_files_new (self->server, self->tls_certificate, self->tls_key,
                                self->options.tls_look_ms, error);
  return self->tls != NULL;
}

/**
 * sm_service_listen:
 * @address: "127.0.0.1:8080"; port 0 takes a free one
 * @allow_plain: another address than loopback may be listened on without TLS
 * @out_url: (out) (optional): where it can be reached
 */
gboolean
sm_service_listen (SmService   *self,
                   const char  *address,
                   gboolean     allow_plain,
                   char       **out_url,
                   GError     **error)
{
  g_autoptr (GSocketAddress) parsed = NULL;
  g_autoptr (GSocket) socket = NULL;

  g_return_val_if_fail (self != NULL && address != NULL, FALSE);

  if (!parse_address (address, &parsed, error) || !load_tls (self, error)
      || !check_open (self, parsed, address, allow_plain, error))
    return FALSE;
  socket = listen_on (parsed, error);
  if (socket == NULL
      || !soup_server_listen_socket (self->server, socket,
                                     self->tls != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0, error))
    {
      g_prefix_error (error, "cannot listen on %s: ", address);
      return FALSE;
    }
  self->loopback_only = address_is_loopback (parsed);
  if (out_url != NULL)
    *out_url = listening_url (self);
  return TRUE;
}

/** sm_service_reload: Looks at once whether the certificate was renewed. */
void
sm_service_reload (SmService *self)
{
  g_return_if_fail (self != NULL);

  if (self->tls != NULL)
    sm_tls_files_reload (self->tls);
}

/** sm_service_stop: Takes no more requests and closes every connection. */
void
sm_service_stop (SmService *self)
{
  g_autoptr (GList) exchanges = NULL;

  g_return_if_fail (self != NULL);

  exchanges = g_hash_table_get_keys (self->exchanges);
  for (GList *l = exchanges; l != NULL; l = l->next)
    sm_exchange_over (l->data);
  soup_server_disconnect (self->server);
}

void
sm_service_free (SmService *self)
{
  g_return_if_fail (self != NULL);

  sm_service_stop (self);
  g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_pointer (&self->polls, sm_polls_free);
  g_clear_pointer (&self->scan_gate, sm_scan_gate_free);
  g_clear_pointer (&self->guard, sm_guard_free);
  g_clear_pointer (&self->metrics, sm_metrics_free);
  g_clear_pointer (&self->readiness, sm_readiness_free);
  g_free (self->database);
  g_clear_pointer (&self->tls, sm_tls_files_free);
  g_free (self->tls_certificate);
  g_free (self->tls_key);
  g_object_unref (self->server);
  g_hash_table_unref (self->exchanges);
  g_free (self->record_dir);
  g_hash_table_unref (self->recorded);
  g_free (self);
}
