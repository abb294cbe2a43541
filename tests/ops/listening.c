/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "listening.h"

#include "sm-test-sockets.h"

/**
 * listen_anywhere:
 *
 * Neither by soup_server_listen_local() nor with soup_server_get_uris(): each
 * loses an address.
 *
 * Returns: (transfer full): where @server listens, on a port that is free
 */
char *
listen_anywhere (SoupServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSList) sockets = NULL;
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;

  sm_test_forgive_sockets ();
  soup_server_listen (server, any, 0, &error);
  g_assert_no_error (error);
  sockets = soup_server_get_listeners (server);
  address = g_socket_get_local_address (sockets->data, &error);
  g_assert_no_error (error);
  return g_strdup_printf ("http://127.0.0.1:%u",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}
