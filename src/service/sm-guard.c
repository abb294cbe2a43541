/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-guard.h"

#include <sys/socket.h>

/* An answer that is being taken, but slowly, may take this many idle times. */
#define MAX_ANSWER_IDLES 10
/* What libsoup has to notice that a connection was ended, before it is closed. */
#define CLOSE_MS 1000
#define SOCKET_KEY "sm-guard-socket"

struct _SmGuard
{
  SoupServer *server;
  guint request_ms;
  guint idle_ms;
  guint max_connections;
  GHashTable *links; /* GSocket -> Link */
  guint sweep_at;    /* look for closed ones when there are more than these */
  guint64 cut;
};

/* One connection, known by its socket, which it does not keep alive. */
typedef struct
{
  SmGuard *guard;
  GSocket *socket;
  guint timer;
  gint64 fires_us;    /* when the timer fires, monotonic */
  gint64 deadline_us; /* 0: none now */
  gint64 last_us;     /* the deadline may not move beyond this */
  gboolean is_idle; /* between two requests */
  gboolean is_shut;
} Link;

static void link_arm (Link *link);

static void link_set_deadline (Link  *link,
                               guint  ms,
                               guint  at_most_ms);

/* libsoup does not close every connection that its client has left: first it is
 * given to see the end, then the descriptor is taken back. */
static void
shut (Link *link)
{
  if (link->is_shut)
    {
      g_socket_close (link->socket, NULL);
      return;
    }
  link->guard->cut++;
  link->is_shut = TRUE;
  g_socket_shutdown (link->socket, TRUE, TRUE, NULL);
  link_set_deadline (link, CLOSE_MS, CLOSE_MS);
}

/* Deadlines move with every piece of an answer, the timer does not: when it
 * fires too early it goes on until the deadline. */
static gboolean
timer_cb (gpointer user_data)
{
  Link *link = user_data;

  link->timer = 0;
  if (link->deadline_us == 0)
    return G_SOURCE_REMOVE;
  if (g_get_monotonic_time () >= link->deadline_us)
    {
      link->deadline_us = 0;
      shut (link);
    }
  else
    link_arm (link);
  return G_SOURCE_REMOVE;
}

static void
link_arm (Link *link)
{
  gint64 left_us = link->deadline_us - g_get_monotonic_time ();

  if (link->timer != 0 && link->fires_us <= link->deadline_us)
    return;
  if (link->timer != 0)
    g_source_remove (link->timer);
  link->fires_us = link->deadline_us;
  link->timer = g_timeout_add ((guint) (MAX (left_us, 0) / 1000 + 1), timer_cb, link);
}

static void
link_set_deadline (Link  *link,
                   guint  ms,
                   guint  at_most_ms)
{
  gint64 now = g_get_monotonic_time ();

  link->deadline_us = now + (gint64) ms * 1000;
  link->last_us = now + (gint64) at_most_ms * 1000;
  link_arm (link);
}

static void
link_free (gpointer data)
{
  Link *link = data;

  if (link->timer != 0)
    g_source_remove (link->timer);
  g_free (link);
}

static void
socket_gone_cb (gpointer  user_data,
                GObject  *where_it_was)
{
  SmGuard *self = user_data;

  g_hash_table_remove (self->links, where_it_was);
}

/* Whether the client has left a connection on which nothing is asked. */
static gboolean
is_left (const Link *link)
{
  char byte;

  return link->is_idle && !link->is_shut
         && recv (g_socket_get_fd (link->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* libsoup keeps the sockets of connections that are long closed, so that they
 * go is not enough to tell. */
static void
sweep (SmGuard *self)
{
  GHashTableIter iter;
  gpointer socket, link;

  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, &socket, &link))
    if (g_socket_is_closed (socket))
      {
        g_object_weak_unref (socket, socket_gone_cb, self);
        g_hash_table_iter_remove (&iter);
      }
    else if (is_left (link))
      shut (link);
  self->sweep_at = MIN (2 * g_hash_table_size (self->links) + 16, self->max_connections);
}

static Link *
find_link (SmGuard           *self,
           SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  /* A message that was aborted has let go of it. */
  if (socket == NULL)
    socket = g_object_get_data (G_OBJECT (message), SOCKET_KEY);
  return socket != NULL ? g_hash_table_lookup (self->links, socket) : NULL;
}

static Link *
add_link (SmGuard *self,
          GSocket *socket)
{
  Link *link = g_new0 (Link, 1);

  link->guard = self;
  link->socket = socket;
  g_hash_table_insert (self->links, socket, link);
  g_object_weak_ref (G_OBJECT (socket), socket_gone_cb, self);
  return link;
}

static void
request_started_cb (SoupServer        *server,
                    SoupServerMessage *message,
                    gpointer           user_data)
{
  SmGuard *self = user_data;
  GSocket *socket = soup_server_message_get_socket (message);
  Link *link = find_link (self, message);

  if (socket == NULL)
    return;
  if (link == NULL)
    link = add_link (self, socket);
  link->is_idle = FALSE;
  g_object_set_data_full (G_OBJECT (message), SOCKET_KEY, g_object_ref (socket), g_object_unref);
  if (g_hash_table_size (self->links) > self->sweep_at)
    sweep (self);
  if (g_hash_table_size (self->links) > self->max_connections)
    shut (link);
  else
    link_set_deadline (link, self->request_ms, self->request_ms);
}

/* The request is here; from now on it is our own time that passes. */
static void
request_read_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 gpointer           user_data)
{
  Link *link = find_link (user_data, message);

  if (link != NULL && !link->is_shut && soup_server_message_get_status (message) == 0)
    link->deadline_us = 0;
}

static void
request_over_cb (SoupServer        *server,
                 SoupServerMessage *message,
                 gpointer           user_data)
{
  SmGuard *self = user_data;
  Link *link = find_link (self, message);

  g_object_set_data (G_OBJECT (message), SOCKET_KEY, NULL);
  if (link == NULL || link->is_shut)
    return;
  link->is_idle = TRUE;
  link_set_deadline (link, self->idle_ms, self->idle_ms);
}

static void
wrote_body_data_cb (SoupServerMessage *message,
                    guint              size,
                    gpointer           user_data)
{
  SmGuard *self = user_data;
  Link *link = find_link (self, message);

  if (link == NULL || link->deadline_us == 0 || link->is_shut)
    return;
  link->deadline_us = MIN (g_get_monotonic_time () + (gint64) self->idle_ms * 1000, link->last_us);
}

/**
 * sm_guard_new:
 * @request_ms: how long a request may take to arrive, absolutely
 * @idle_ms: how long nothing may happen on a connection
 */
SmGuard *
sm_guard_new (SoupServer *server,
              guint       request_ms,
              guint       idle_ms,
              guint       max_connections)
{
  SmGuard *self = g_new0 (SmGuard, 1);

  self->server = server;
  self->request_ms = request_ms;
  self->idle_ms = idle_ms;
  self->max_connections = max_connections;
  self->links = g_hash_table_new_full (NULL, NULL, NULL, link_free);
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (server, "request-read", G_CALLBACK (request_read_cb), self);
  g_signal_connect (server, "request-finished", G_CALLBACK (request_over_cb), self);
  g_signal_connect (server, "request-aborted", G_CALLBACK (request_over_cb), self);
  return self;
}

void
sm_guard_free (SmGuard *self)
{
  GHashTableIter iter;
  gpointer socket;

  g_return_if_fail (self != NULL);

  g_signal_handlers_disconnect_by_data (self->server, self);
  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, &socket, NULL))
    g_object_weak_unref (socket, socket_gone_cb, self);
  g_hash_table_unref (self->links);
  g_free (self);
}

/** sm_guard_get_open: Returns: how many connections are open */
guint
sm_guard_get_open (SmGuard *self)
{
  sweep (self);
  return g_hash_table_size (self->links);
}

/** sm_guard_get_cut: Returns: how many connections it has ended so far */
guint64
sm_guard_get_cut (SmGuard *self)
{
  return self->cut;
}

/** sm_guard_give_time: The rest of this request may take @times as long as others. */
void
sm_guard_give_time (SmGuard           *self,
                    SoupServerMessage *message,
                    guint              times)
{
  Link *link = find_link (self, message);

  if (link != NULL && link->deadline_us != 0 && !link->is_shut)
    link_set_deadline (link, self->request_ms * times, self->request_ms * times);
}

/** sm_guard_answering: Tells that @message has its answer and is about to be written. */
void
sm_guard_answering (SmGuard           *self,
                    SoupServerMessage *message)
{
  Link *link = find_link (self, message);

  /* An answer before the request is whole leaves the request's deadline. */
  if (link == NULL || link->deadline_us != 0)
    return;
  link_set_deadline (link, self->idle_ms, self->idle_ms * MAX_ANSWER_IDLES);
  g_signal_connect (message, "wrote-body-data", G_CALLBACK (wrote_body_data_cb), self);
}
