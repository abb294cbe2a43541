/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-service.h"

#include <libsoup/soup.h>

#include "sm-error.h"

struct _SmService
{
  SmRules *rules;
  SoupServer *server;
};

/**
 * sm_service_new:
 * @rules: (transfer none): what it serves; outlives the service
 * @options: (nullable): copied
 */
SmService *
sm_service_new (SmRules                *rules,
                const SmServiceOptions *options)
{
  SmService *self = g_new0 (SmService, 1);

  self->rules = rules;
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
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
    *out_address = g_inet_socket_address_new_from_string (host, g_network_address_get_port (network));
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

static char *
listening_url (SoupServer *server)
{
  GSList *uris = soup_server_get_uris (server);
  GUri *uri = uris->data;
  const char *host = g_uri_get_host (uri);
  char *url = g_strdup_printf (strchr (host, ':') != NULL ? "http://[%s]:%d" : "http://%s:%d", host,
                               g_uri_get_port (uri));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
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

  g_return_val_if_fail (self != NULL && address != NULL, FALSE);

  if (!parse_address (address, &parsed, error))
    return FALSE;
  if (!allow_plain && !address_is_loopback (parsed))
    {
      sm_set_error (error, SM_ERROR_DENIED, "listen-not-loopback",
                    "%s can be reached by others, and passwords would travel unencrypted; "
                    "listen on 127.0.0.1, or add --allow-plain if the network is trusted", address);
      return FALSE;
    }
  if (!soup_server_listen (self->server, parsed, 0, error))
    {
      g_prefix_error (error, "cannot listen on %s: ", address);
      return FALSE;
    }
  if (out_url != NULL)
    *out_url = listening_url (self->server);
  return TRUE;
}

/** sm_service_stop: Takes no more requests and closes every connection. */
void
sm_service_stop (SmService *self)
{
  g_return_if_fail (self != NULL);

  soup_server_disconnect (self->server);
}

void
sm_service_free (SmService *self)
{
  g_return_if_fail (self != NULL);

  sm_service_stop (self);
  g_object_unref (self->server);
  g_free (self);
}
