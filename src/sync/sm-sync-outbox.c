/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-error.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-time.h"

/*
 * The thread that sends what persons did.  An act leaves the outbox only when
 * the service has answered it; whatever happens in between, it is asked again
 * with the same key, and the service does it once.
 */

/* The object as the service has it now: {"alarm": {...}}. */
static gint64
read_answer_seq (SmJsonReader  *reader,
                 const SmNoun  *noun,
                 GError       **error)
{
  gint64 seq = SM_UNKNOWN;
  const char *name;

  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    {
      g_autoptr (SmRow) row = NULL;

      if (noun == NULL || !g_str_equal (name, noun->name))
        {
          sm_json_reader_skip_value (reader);
          continue;
        }
      row = sm_row_read (reader, noun, error);
      if (row == NULL)
        return SM_UNKNOWN;
      seq = sm_row_get_int (row, SM_ROW_SEQ);
    }
  if (!sm_json_reader_finish (reader, error))
    return SM_UNKNOWN;
  /* Without a seq nothing can be waited for: the feed has passed it. */
  return seq != SM_UNKNOWN ? seq : 0;
}

/* Whether a person has to look at it, rather than that it is sent again. */
static gboolean
is_conflict (const GError *error)
{
  return error->domain == SM_ERROR && error->code >= 400 && error->code < 500
         && error->code != SM_ERROR_UNAUTHENTICATED && error->code != SM_ERROR_TOO_MANY;
}

static gboolean
send_act (SmSync        *self,
          SmClient      *client,
          SmAct         *act,
          GCancellable  *cancellable,
          GError       **error)
{
  SmRequest request = { .method = act->method, .path = act->path, .body = act->body,
                        .idempotency_key = act->key };
  g_autoptr (SmResponse) response = sm_client_send (client, &request, cancellable, error);
  g_autoptr (SmJsonReader) reader = NULL;
  gint64 seq;

  if (response == NULL)
    return FALSE;
  reader = sm_response_read_feed (response);
  seq = read_answer_seq (reader, act->noun, error);
  if (seq == SM_UNKNOWN)
    {
      sm_client_blame_answer (error);
      return FALSE;
    }
  sm_sync_note_contact (self);
  sm_sync_mark_act (self, act->key, SM_ACT_ANSWERED, seq, NULL);
  return TRUE;
}

/* Sleeps until an act was done or one can be sent at last. */
static void
wait_for_acts (SmSync *self,
               guint   seen)
{
  g_mutex_lock (&self->mutex);
  while (!self->stopping && self->is_ready && self->outbox_wakes == seen)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
send_next (SmSync   *self,
           SmClient *client,
           guint    *attempt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SmAct) act = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  guint seen;

  /* Taken before the act: when another person or network comes in between, the
   * act is not sent to them. */
  g_mutex_lock (&self->mutex);
  cancellable = g_object_ref (self->cancellable);
  seen = self->outbox_wakes;
  g_mutex_unlock (&self->mutex);
  act = sm_sync_take_act (self);
  if (act == NULL)
    {
      wait_for_acts (self, seen);
      return;
    }
  if (send_act (self, client, act, cancellable, &error))
    {
      *attempt = 0;
      sm_sync_settle_acts (self);
      return;
    }
  g_info ("%s %s: %s", act->method, act->path, error->message);
  if (is_conflict (error))
    {
      sm_sync_mark_act (self, act->key, SM_ACT_CONFLICT, SM_UNKNOWN, sm_error_get_slug (error));
      return;
    }
  sm_sync_mark_act (self, act->key, SM_ACT_WAITING, SM_UNKNOWN, sm_error_get_slug (error));
  sm_sync_note_error (self, error);
  sm_sync_wait_retry (self, attempt);
}

gpointer
sm_sync_outbox_main (gpointer data)
{
  SmSync *self = data;
  g_autoptr (SmClient) client = sm_client_new (self->server_url, self->auth, self->network,
                                               SM_POLL_TIMEOUT_S, NULL);
  guint attempt = 0;

  while (client != NULL && sm_sync_wait_ready (self))
    send_next (self, client, &attempt);
  return NULL;
}
