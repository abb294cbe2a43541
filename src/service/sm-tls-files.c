/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-tls-files.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sm-error.h"

/* What tells one state of a file from another; behind a symbolic link, which is
 * how renewed ones are often put in place. */
typedef struct
{
  guint64 device, inode;
  gint64 changed_s, changed_ns, size;
} Stamp;

struct _SmTlsFiles
{
  SoupServer *server;
  char *certificate;
  char *key;
  Stamp seen[2];  /* at the last look */
  Stamp taken[2]; /* of what is shown, or of what could not be used */
  gint64 expiry;  /* µs; 0: it does not say */
  guint timer;
};

static Stamp
stamp_of (const char *path)
{
  struct stat file;

  if (stat (path, &file) != 0)
    return (Stamp){ 0 };
  return (Stamp){ file.st_dev, file.st_ino, file.st_ctim.tv_sec, file.st_ctim.tv_nsec,
                  file.st_size };
}

static void
look (SmTlsFiles *self,
      Stamp       stamps[2])
{
  /* Padding is compared too. */
  memset (stamps, 0, 2 * sizeof (Stamp));
  stamps[0] = stamp_of (self->certificate);
  stamps[1] = stamp_of (self->key);
}

static gboolean
accept_any_cb (GTlsConnection       *connection,
               GTlsCertificate      *certificate,
               GTlsCertificateFlags  flags,
               gpointer              user_data)
{
  return TRUE;
}

static gpointer
try_as_client (gpointer data)
{
  g_autoptr (GIOStream) end = NULL;
  gboolean is_content = g_tls_connection_handshake (G_TLS_CONNECTION (data), NULL, NULL);

  /* Who is not content goes without a word, and the other end would wait for one. */
  g_object_get (data, "base-io-stream", &end, NULL);
  if (!is_content)
    g_io_stream_close (end, NULL, NULL);
  return GINT_TO_POINTER (is_content);
}

static GIOStream *
stream_of (int fd)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);

  return G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
}

/* GIO takes any key with any certificate; whether they belong together is seen by
 * a handshake with ourselves. */
static gboolean
works (GTlsCertificate  *certificate,
       GError          **error)
{
  GIOStream *ends[2];
  GIOStream *client, *server;
  GThread *thread;
  int fds[2];
  gboolean client_is_content;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    return TRUE;
  for (guint i = 0; i < 2; i++)
    ends[i] = stream_of (fds[i]);
  client = g_tls_client_connection_new (ends[0], NULL, NULL);
  server = g_tls_server_connection_new (ends[1], certificate, NULL);
  g_signal_connect (client, "accept-certificate", G_CALLBACK (accept_any_cb), NULL);
  thread = g_thread_new ("sm-tls-try", try_as_client, client);
  g_tls_connection_handshake (G_TLS_CONNECTION (server), NULL, NULL);
  client_is_content = GPOINTER_TO_INT (g_thread_join (thread));
  g_object_unref (client);
  g_object_unref (server);
  for (guint i = 0; i < 2; i++)
    g_object_unref (ends[i]);
  if (!client_is_content)
    g_set_error_literal (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                         "they do not belong together");
  return client_is_content;
}

static gboolean
take (SmTlsFiles  *self,
      GError     **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GDateTime) expiry = NULL;
  g_autoptr (GError) cause = NULL;

  look (self, self->taken);
  memcpy (self->seen, self->taken, sizeof self->seen);
  certificate = g_tls_certificate_new_from_files (self->certificate, self->key, &cause);
  if (certificate == NULL || !works (certificate, &cause))
    {
      sm_set_error (error, SM_ERROR_INVALID, "tls-certificate",
                    "%s and %s cannot be used as a certificate and its key: %s", self->certificate,
                    self->key, cause->message);
      return FALSE;
    }
  expiry = g_tls_certificate_get_not_valid_after (certificate);
  self->expiry = expiry != NULL ? g_date_time_to_unix (expiry) * G_USEC_PER_SEC : 0;
  soup_server_set_tls_certificate (self->server, certificate);
  return TRUE;
}

/** sm_tls_files_reload: Takes what is in the files now. */
void
sm_tls_files_reload (SmTlsFiles *self)
{
  g_autoptr (GError) error = NULL;

  if (take (self, &error))
    g_message ("The certificate in %s is shown from now on", self->certificate);
  else
    g_warning ("The certificate stays as it was: %s", error->message);
}

/* The two are replaced one after the other: only what did not change since the
 * last look is taken. */
static gboolean
look_cb (gpointer user_data)
{
  SmTlsFiles *self = user_data;
  Stamp now[2];
  gboolean is_settled;

  look (self, now);
  is_settled = memcmp (now, self->seen, sizeof now) == 0;
  memcpy (self->seen, now, sizeof now);
  if (is_settled && memcmp (now, self->taken, sizeof now) != 0)
    sm_tls_files_reload (self);
  return G_SOURCE_CONTINUE;
}

/**
 * sm_tls_files_new:
 * @certificate: a PEM file with the certificate and those between it and its authority
 * @key: a PEM file with its private key
 * @look_ms: how often the files are looked at
 */
SmTlsFiles *
sm_tls_files_new (SoupServer  *server,
                  const char  *certificate,
                  const char  *key,
                  guint        look_ms,
                  GError     **error)
{
  g_autoptr (SmTlsFiles) self = g_new0 (SmTlsFiles, 1);

  self->server = g_object_ref (server);
  self->certificate = g_strdup (certificate);
  self->key = g_strdup (key);
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      sm_set_error (error, SM_ERROR_UNAVAILABLE, "tls-missing",
                    "This machine cannot speak TLS; install the package glib-networking");
      return NULL;
    }
  if (!take (self, error))
    return NULL;
  self->timer = g_timeout_add (look_ms, look_cb, self);
  return g_steal_pointer (&self);
}

void
sm_tls_files_free (SmTlsFiles *self)
{
  g_return_if_fail (self != NULL);

  if (self->timer != 0)
    g_source_remove (self->timer);
  g_object_unref (self->server);
  g_free (self->certificate);
  g_free (self->key);
  g_free (self);
}

/** sm_tls_files_get_expiry: Returns: until when what is shown is valid, µs since 1970; 0: unknown */
gint64
sm_tls_files_get_expiry (SmTlsFiles *self)
{
  return self->expiry;
}
