/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-prober.h"

#include "sm-client.h"
#include "sm-error.h"
#include "sm-paths.h"

#define PERIOD_US G_USEC_PER_SEC
#define TIMEOUT_S 2
/* Between two answers that lie further apart the machine slept, or we did. */
#define GAP_US (5 * G_USEC_PER_SEC)
#define SAVE_US (60 * G_USEC_PER_SEC)

struct _SmProber
{
  char *server_url;
  SmAvailability *availability;
  GThread *thread;
  GCancellable *cancellable;
  GMutex mutex;
  GCond cond;
  gboolean is_stopping; /* under the mutex */
};

static gboolean
names_database (const GError *error)
{
  GPtrArray *fields = sm_error_get_fields (error);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (g_str_equal (((SmErrorField *) fields->pdata[i])->pointer, "/database"))
      return TRUE;
  return FALSE;
}

/* A network that fell silent is not the service's absence: it would take what is
 * reported.  A service that is too old to be asked has been there to say so. */
static gboolean
takes_reports (const GError *error)
{
  if (error->code == SM_ERROR_UNAVAILABLE)
    return g_strcmp0 (sm_error_get_slug (error), "not-ready") == 0 && !names_database (error);
  return error->code < SM_ERROR_INTERNAL;
}

/* Returns: FALSE when nothing can be said */
static gboolean
ask (SmProber *self,
     SmClient *client,
     gboolean *out_answered,
     gboolean *out_takes)
{
  const SmRequest request = { .method = "GET", .path = SM_PATH_READYZ, .anonymous = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (SmResponse) response = sm_client_send (client, &request, self->cancellable, &error);
  g_autofree char *body = NULL;
  gsize length;

  if (response != NULL)
    body = sm_response_read_document (response, &length, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  *out_answered = error == NULL || (error->domain == SM_ERROR && error->code >= 400);
  *out_takes = error == NULL || (*out_answered && takes_reports (error));
  return TRUE;
}

/* Returns: FALSE when it is to end */
static gboolean
wait_until (SmProber *self,
            gint64    until)
{
  gboolean goes_on;

  g_mutex_lock (&self->mutex);
  while (!self->is_stopping && g_cond_wait_until (&self->cond, &self->mutex, until))
    ;
  goes_on = !self->is_stopping;
  g_mutex_unlock (&self->mutex);
  return goes_on;
}

static void
save (SmProber *self)
{
  g_autoptr (GError) error = NULL;

  if (!sm_availability_save (self->availability, &error))
    g_info ("%s", error->message);
}

/* What is known, and what of it is in the file. */
typedef struct
{
  gint64 known_until, saved_at;
  gboolean answered, takes; /* the last time */
} Known;

/* Who is killed forgets a minute, but not that an outage began or ended. */
static void
note (SmProber *self,
      Known    *known,
      gint64    began_at,
      gboolean  answered,
      gboolean  takes)
{
  gint64 now = g_get_monotonic_time ();
  gboolean is_news = answered != known->answered || takes != known->takes;

  sm_availability_note (self->availability, g_get_real_time (),
                        now - (now - known->known_until > GAP_US ? began_at : known->known_until),
                        answered, takes);
  known->known_until = now;
  known->answered = answered;
  known->takes = takes;
  if (!is_news && now - known->saved_at <= SAVE_US)
    return;
  known->saved_at = now;
  save (self);
}

static gpointer
probe_main (gpointer data)
{
  SmProber *self = data;
  g_autoptr (SmAuth) nobody = sm_auth_new ();
  g_autoptr (SmClock) clock = sm_clock_new_manual (0);
  g_autoptr (SmClient) client = sm_client_new (self->server_url, nobody, clock, TIMEOUT_S, NULL);
  Known known = { g_get_monotonic_time (), g_get_monotonic_time (), TRUE, TRUE };
  gboolean answered, takes;
  gint64 began_at;

  if (client == NULL)
    return NULL;
  do
    {
      began_at = g_get_monotonic_time ();
      if (ask (self, client, &answered, &takes))
        note (self, &known, began_at, answered, takes);
    }
  while (wait_until (self, began_at + PERIOD_US));
  save (self);
  return NULL;
}

/**
 * sm_prober_new:
 * @server_url: of the service
 * @state_dir: where its history is kept
 *
 * Begins at once.
 */
SmProber *
sm_prober_new (const char *server_url,
               const char *state_dir)
{
  SmProber *self = g_new0 (SmProber, 1);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, server_url, -1);
  g_autofree char *name = g_strdup_printf ("availability-%.16s.txt", sum);
  g_autofree char *path = g_build_filename (state_dir, name, NULL);

  sm_client_prepare ();
  self->server_url = g_strdup (server_url);
  self->availability = sm_availability_new (path);
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("sm-probe", probe_main, self);
  return self;
}

/** sm_prober_free: Ends, and writes what it knows. */
void
sm_prober_free (SmProber *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  self->is_stopping = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  sm_availability_unref (self->availability);
  g_free (self->server_url);
  g_free (self);
}

/** sm_prober_get_availability: Returns: (transfer none): what was measured so far */
SmAvailability *
sm_prober_get_availability (SmProber *self)
{
  return self->availability;
}
