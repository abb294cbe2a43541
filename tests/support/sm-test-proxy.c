/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-proxy.h"

#include <string.h>

struct _SmTestProxy
{
  GThread *thread;
  GSocketListener *listener;
  GCancellable *cancellable;
  GPtrArray *threads; /* of GThread, one a connection and direction */
  guint16 to_port;
  char *url;
  char *word;
  int mode; /* SmTestProxyMode, atomic */
  int cuts; /* atomic */
};

/* One connection of the application with its own to the service. */
typedef struct
{
  gatomicrefcount ref_count;
  SmTestProxy *proxy;
  GSocketConnection *here;
  GSocketConnection *there;
  int said_word; /* atomic: what it asked for is to be cut when it is answered */
} Wire;

static void
wire_unref (Wire *wire)
{
  if (!g_atomic_ref_count_dec (&wire->ref_count))
    return;
  g_object_unref (wire->here);
  g_object_unref (wire->there);
  g_free (wire);
}

static void
wire_shut (Wire *wire)
{
  g_socket_shutdown (g_socket_connection_get_socket (wire->here), TRUE, TRUE, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (wire->there), TRUE, TRUE, NULL);
}

static gboolean
pass_on (Wire       *wire,
         const char *data,
         gsize       length,
         gboolean    is_answer)
{
  SmTestProxy *self = wire->proxy;
  GIOStream *to = G_IO_STREAM (is_answer ? wire->here : wire->there);
  int mode = g_atomic_int_get (&self->mode);

  if (mode == SM_TEST_PROXY_BLACK_HOLE)
    return TRUE;
  if (is_answer && g_atomic_int_get (&wire->said_word))
    {
      /* The service has done it; the application is not to know. */
      g_atomic_int_inc (&self->cuts);
      return FALSE;
    }
  if (!is_answer && mode == SM_TEST_PROXY_CUT_ANSWER
      && g_strstr_len (data, (gssize) length, self->word) != NULL)
    {
      g_atomic_int_set (&wire->said_word, TRUE);
      g_atomic_int_set (&self->mode, SM_TEST_PROXY_PASS);
    }
  return g_output_stream_write_all (g_io_stream_get_output_stream (to), data, length, NULL,
                                    self->cancellable, NULL);
}

static void
pump (Wire     *wire,
      gboolean  is_answer)
{
  GIOStream *from = G_IO_STREAM (is_answer ? wire->there : wire->here);
  char data[16384];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (from), data, sizeof data,
                                   wire->proxy->cancellable, NULL)) > 0)
    if (!pass_on (wire, data, (gsize) n, is_answer))
      break;
  wire_shut (wire);
  wire_unref (wire);
}

static gpointer
requests_main (gpointer data)
{
  pump (data, FALSE);
  return NULL;
}

static gpointer
answers_main (gpointer data)
{
  pump (data, TRUE);
  return NULL;
}

static void
proxy_serve (SmTestProxy       *self,
             GSocketConnection *here)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) to = g_inet_socket_address_new (address, self->to_port);
  GSocketConnection *there;
  Wire *wire;

  g_socket_client_set_enable_proxy (client, FALSE);
  there = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (to), self->cancellable, NULL);
  if (there == NULL)
    {
      g_object_unref (here); /* the service is away */
      return;
    }
  wire = g_new0 (Wire, 1);
  g_atomic_ref_count_init (&wire->ref_count);
  g_atomic_ref_count_inc (&wire->ref_count);
  wire->proxy = self;
  wire->here = here;
  wire->there = there;
  g_ptr_array_add (self->threads, g_thread_new ("proxy-requests", requests_main, wire));
  g_ptr_array_add (self->threads, g_thread_new ("proxy-answers", answers_main, wire));
}

static gpointer
proxy_main (gpointer data)
{
  SmTestProxy *self = data;
  GSocketConnection *here;

  while ((here = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL)) != NULL)
    proxy_serve (self, here);
  return NULL;
}

/**
 * sm_test_proxy_new:
 * @to_port: where the service listens, on loopback
 * @word: what the request says whose answer can be cut
 */
SmTestProxy *
sm_test_proxy_new (guint16     to_port,
                   const char *word)
{
  SmTestProxy *self = g_new0 (SmTestProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0), got = NULL;
  g_autoptr (GError) error = NULL;

  self->to_port = to_port;
  self->word = g_strdup (word);
  self->cancellable = g_cancellable_new ();
  self->threads = g_ptr_array_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  self->url = g_strdup_printf ("http://127.0.0.1:%u",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
  self->thread = g_thread_new ("proxy", proxy_main, self);
  return self;
}

void
sm_test_proxy_free (SmTestProxy *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_free (self->url);
  g_free (self->word);
  g_free (self);
}

/** sm_test_proxy_get_url: Returns: (transfer none): what the application is to be told */
const char *
sm_test_proxy_get_url (SmTestProxy *self)
{
  return self->url;
}

void
sm_test_proxy_set_mode (SmTestProxy     *self,
                        SmTestProxyMode  mode)
{
  g_atomic_int_set (&self->mode, (int) mode);
}

/** sm_test_proxy_get_cuts: Returns: how many answers it has cut */
guint
sm_test_proxy_get_cuts (SmTestProxy *self)
{
  return (guint) g_atomic_int_get (&self->cuts);
}
