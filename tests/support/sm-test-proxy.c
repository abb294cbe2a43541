/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-test-proxy.h"

#include <string.h>
#include <sys/socket.h>

/* Within so many bytes a ragged wire is cut: now in a head, now in a body. */
#define RAGGED_BYTES 20000

struct _SmTestProxy
{
  GThread *thread;
  GSocketListener *listener;
  GCancellable *cancellable;
  GPtrArray *threads; /* of GThread, one a connection and direction */
  guint16 to_port;
  char *url;
  guint16 port;
  char *word;
  int mode;        /* SmTestProxyMode, atomic */
  int cuts;        /* atomic */
  int n_awkward;   /* atomic: requests that said the word */
  int connections; /* atomic: how many there were */
  GMutex mutex;    /* for what is below; cond tells of another mode */
  GCond cond;
  guint delay_ms;
  guint turns;      /* how often the mode was set */
  GPtrArray *wires; /* of Wire, that are open */
  gboolean is_over;
};

/* One connection of the application with its own to the service. */
typedef struct
{
  gatomicrefcount ref_count;
  SmTestProxy *proxy;
  GSocketConnection *here;
  GSocketConnection *there;
  GCancellable *cancellable;
  int said_word; /* atomic: what it asked for is to be cut when it is answered */
  int is_lossy;  /* atomic: something was lost in a black hole, so nothing after it comes */
  int left;      /* atomic: bytes until a ragged wire is cut */
  int is_late;   /* atomic: the next answer is */
  GString *request; /* of the requests' thread: what came of one, while it is not whole */
} Wire;

static void
wire_unref (Wire *wire)
{
  if (!g_atomic_ref_count_dec (&wire->ref_count))
    return;
  g_mutex_lock (&wire->proxy->mutex);
  g_ptr_array_remove_fast (wire->proxy->wires, wire);
  g_mutex_unlock (&wire->proxy->mutex);
  g_object_unref (wire->here);
  g_object_unref (wire->there);
  g_object_unref (wire->cancellable);
  g_string_free (wire->request, TRUE);
  g_free (wire);
}

/* When it is closed, the other side hears of a reset instead of an end. */
static void
set_reset (GSocketConnection *connection)
{
  int fd = g_socket_get_fd (g_socket_connection_get_socket (connection));
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

/* Waits for the delay, but no longer than the mode lasts. */
static void
be_late (SmTestProxy *self)
{
  gint64 until;
  guint turn;

  g_mutex_lock (&self->mutex);
  until = g_get_monotonic_time () + (gint64) self->delay_ms * 1000;
  turn = self->turns;
  while (self->turns == turn && !self->is_over
         && g_cond_wait_until (&self->cond, &self->mutex, until))
    ;
  g_mutex_unlock (&self->mutex);
}

static gboolean
wire_write (Wire       *wire,
            gboolean    is_answer,
            const char *data,
            gsize       length)
{
  GIOStream *to = G_IO_STREAM (is_answer ? wire->here : wire->there);

  return g_output_stream_write_all (g_io_stream_get_output_stream (to), data, length, NULL,
                                    wire->cancellable, NULL);
}

/* As slowly as it is told to be while it is at it. */
static gboolean
wire_give (Wire       *wire,
           gboolean    is_answer,
           const char *data,
           gsize       length)
{
  SmTestProxy *self = wire->proxy;

  if (g_atomic_int_get (&self->mode) == SM_TEST_PROXY_SLOW)
    be_late (self);
  while (length > 0 && g_atomic_int_get (&self->mode) == SM_TEST_PROXY_DRIP)
    {
      if (!wire_write (wire, is_answer, data, 1))
        return FALSE;
      data++;
      length--;
      be_late (self);
    }
  if (g_atomic_int_get (&self->mode) == SM_TEST_PROXY_RAGGED
      && g_atomic_int_add (&wire->left, -(int) length) < (int) length)
    {
      wire_write (wire, is_answer, data, length / 2);
      g_atomic_int_inc (&self->cuts);
      return FALSE;
    }
  return wire_write (wire, is_answer, data, length);
}

/* Returns: how long the first request in @text is; 0: it is not whole yet */
static gsize
request_length (const GString *text)
{
  const char *end = strstr (text->str, "\r\n\r\n");
  g_autofree char *head
      = end != NULL ? g_ascii_strdown (text->str, end - text->str) : NULL;
  const char *line = head != NULL ? strstr (head, "\r\ncontent-length:") : NULL;
  gsize length = end != NULL ? (gsize) (end - text->str) + 4 : 0;

  if (line != NULL)
    length += (gsize) g_ascii_strtoull (line + strlen ("\r\ncontent-length:"), NULL, 10);
  return length <= text->len ? length : 0;
}

/* Somebody on the way has tried again: the same request on a wire of its own,
 * whose answer nobody hears. */
static void
give_beside (Wire       *wire,
             const char *request,
             gsize       length)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) there = NULL;
  char answer[64];

  g_socket_client_set_enable_proxy (client, FALSE);
  there = g_socket_client_connect_to_host (client, "127.0.0.1", wire->proxy->to_port,
                                           wire->cancellable, NULL);
  if (there == NULL
      || !g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (there)), request,
                                     length, NULL, wire->cancellable, NULL))
    return;
  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (there)), answer, sizeof answer,
                       wire->cancellable, NULL);
}

/* Returns: FALSE when the wire is to be cut */
static gboolean
give_awkwardly (Wire       *wire,
                const char *request,
                gsize       length)
{
  SmTestProxy *self = wire->proxy;

  if (g_strstr_len (request, (gssize) length, self->word) == NULL)
    return wire_give (wire, FALSE, request, length);
  switch (g_atomic_int_add (&self->n_awkward, 1) % 5)
    {
    case 1:
      g_atomic_int_set (&wire->is_late, TRUE);
      break;
    case 2:
      g_atomic_int_inc (&self->cuts);
      return FALSE;
    case 3:
      g_atomic_int_set (&wire->said_word, TRUE);
      break;
    case 4:
      give_beside (wire, request, length);
      break;
    default:
      break;
    }
  return wire_give (wire, FALSE, request, length);
}

static gboolean
pass_on_awkwardly (Wire       *wire,
                   const char *data,
                   gsize       length)
{
  gsize whole;

  g_string_append_len (wire->request, data, (gssize) length);
  while ((whole = request_length (wire->request)) > 0)
    {
      if (!give_awkwardly (wire, wire->request->str, whole))
        return FALSE;
      g_string_erase (wire->request, 0, (gssize) whole);
    }
  return TRUE;
}

static gboolean
pass_on (Wire       *wire,
         const char *data,
         gsize       length,
         gboolean    is_answer)
{
  SmTestProxy *self = wire->proxy;
  int mode = g_atomic_int_get (&self->mode);

  if (mode == SM_TEST_PROXY_BLACK_HOLE)
    g_atomic_int_set (&wire->is_lossy, TRUE);
  if (g_atomic_int_get (&wire->is_lossy))
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
  if (is_answer && g_atomic_int_compare_and_exchange (&wire->is_late, TRUE, FALSE))
    be_late (self);
  /* What was begun in this mode is ended in it. */
  if (!is_answer && (mode == SM_TEST_PROXY_AWKWARD || wire->request->len > 0))
    return pass_on_awkwardly (wire, data, length);
  return wire_give (wire, is_answer, data, length);
}

static void
pump (Wire     *wire,
      gboolean  is_answer)
{
  GIOStream *from = G_IO_STREAM (is_answer ? wire->there : wire->here);
  char data[16384];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (from), data, sizeof data,
                                   wire->cancellable, NULL)) > 0)
    if (!pass_on (wire, data, (gsize) n, is_answer))
      break;
  g_cancellable_cancel (wire->cancellable); /* the other direction ends, too */
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

/* Returns: whether this mode lets nobody connect, and has dealt with who did */
static gboolean
turn_away (SmTestProxy       *self,
           GSocketConnection *here)
{
  int mode = g_atomic_int_get (&self->mode);

  if (mode != SM_TEST_PROXY_CUT && mode != SM_TEST_PROXY_RESET)
    return FALSE;
  if (mode == SM_TEST_PROXY_RESET)
    set_reset (here);
  g_object_unref (here);
  return TRUE;
}

static Wire *
wire_new (SmTestProxy       *self,
          GSocketConnection *here,
          GSocketConnection *there)
{
  Wire *wire = g_new0 (Wire, 1);

  g_atomic_ref_count_init (&wire->ref_count);
  g_atomic_ref_count_inc (&wire->ref_count);
  wire->proxy = self;
  wire->request = g_string_new (NULL);
  wire->here = here;
  wire->there = there;
  wire->cancellable = g_cancellable_new ();
  wire->left = g_random_int_range (1, RAGGED_BYTES);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->wires, wire);
  if (self->is_over)
    g_cancellable_cancel (wire->cancellable);
  g_mutex_unlock (&self->mutex);
  return wire;
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

  g_atomic_int_inc (&self->connections);
  if (turn_away (self, here))
    return;
  g_socket_client_set_enable_proxy (client, FALSE);
  there = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (to), self->cancellable, NULL);
  if (there == NULL)
    {
      g_object_unref (here); /* the service is away */
      return;
    }
  wire = wire_new (self, here, there);
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
  self->wires = g_ptr_array_new ();
  self->delay_ms = 1000;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &got, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  self->thread = g_thread_new ("proxy", proxy_main, self);
  return self;
}

/* With the mutex held. */
static void
end_wires_locked (SmTestProxy *self,
                  gboolean     only_lossy,
                  gboolean     by_reset)
{
  for (guint i = 0; i < self->wires->len; i++)
    {
      Wire *wire = g_ptr_array_index (self->wires, i);

      if (only_lossy && !g_atomic_int_get (&wire->is_lossy))
        continue;
      if (by_reset)
        {
          set_reset (wire->here);
          set_reset (wire->there);
        }
      g_cancellable_cancel (wire->cancellable);
    }
}

void
sm_test_proxy_free (SmTestProxy *self)
{
  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  end_wires_locked (self, FALSE, FALSE);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->wires);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
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

/** sm_test_proxy_get_port: Returns: the same, for sm_test_service_attach() */
guint16
sm_test_proxy_get_port (SmTestProxy *self)
{
  return self->port;
}

/** sm_test_proxy_set_mode: From now on; what is under way learns of it, too. */
void
sm_test_proxy_set_mode (SmTestProxy     *self,
                        SmTestProxyMode  mode)
{
  g_atomic_int_set (&self->mode, (int) mode);
  g_mutex_lock (&self->mutex);
  self->turns++;
  if (mode == SM_TEST_PROXY_CUT || mode == SM_TEST_PROXY_RESET)
    end_wires_locked (self, FALSE, mode == SM_TEST_PROXY_RESET);
  else if (mode != SM_TEST_PROXY_BLACK_HOLE)
    end_wires_locked (self, TRUE, TRUE);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/** sm_test_proxy_set_delay: What SLOW and DRIP wait; a second at first. */
void
sm_test_proxy_set_delay (SmTestProxy *self,
                         guint        delay_ms)
{
  g_mutex_lock (&self->mutex);
  self->delay_ms = delay_ms;
  g_mutex_unlock (&self->mutex);
}

/** sm_test_proxy_get_cuts: Returns: how many answers it has cut */
guint
sm_test_proxy_get_cuts (SmTestProxy *self)
{
  return (guint) g_atomic_int_get (&self->cuts);
}

/** sm_test_proxy_get_connections: Returns: how often somebody has connected */
guint
sm_test_proxy_get_connections (SmTestProxy *self)
{
  return (guint) g_atomic_int_get (&self->connections);
}
