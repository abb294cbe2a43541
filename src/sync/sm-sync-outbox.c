/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-acts.h"
#include "sm-error.h"
#include "sm-paths.h"
#include "sm-photo-file.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-time.h"

#include <string.h>

/*
 * The thread that sends what persons did.  An act leaves the outbox only when
 * the service has answered it; whatever happens in between, it is asked again
 * with the same key, and the service does it once.
 */

/* What the answer is about: of a truck that is told something, what it is told. */
static const SmNoun *
noun_of_answer (const SmAct *act)
{
  return sm_act_is_guide (act) ? sm_noun_get (SM_NOUN_GUIDANCE) : act->noun;
}

/* Whether it is of what was done: of a truck, its guidance, of which nobody knew the id. */
static gboolean
is_about (const SmAct *act,
          const SmRow *answer)
{
  return act->noun == sm_noun_get (SM_NOUN_VEHICLE)
             ? sm_row_get_int (answer, SM_GUIDANCE_VEHICLE_ID) == act->object_id
             : sm_row_get_id (answer) == act->object_id;
}

/* The object as the service has it now: {"alarm": {...}} of what was done to it,
 * and the object itself of a patch, of a work order and of guidance.
 * Returns: (nullable): not in the answer */
static SmRow *
read_answer (SmJsonReader  *reader,
             const SmAct   *act,
             GError       **error)
{
  g_autoptr (SmRow) row = NULL;
  const char *name;

  if (act->base_seq != SM_UNKNOWN || act->noun == sm_noun_get (SM_NOUN_WORK_ORDER)
      || sm_act_is_guide (act))
    row = sm_row_read (reader, noun_of_answer (act), error);
  else
    {
      sm_json_reader_begin_object (reader);
      while (sm_json_reader_next_member (reader, &name))
        if (act->noun != NULL && row == NULL && g_str_equal (name, act->noun->name))
          {
            row = sm_row_read (reader, act->noun, error);
            if (row == NULL)
              return NULL;
          }
        else
          sm_json_reader_skip_value (reader);
    }
  return sm_json_reader_finish (reader, error) ? g_steal_pointer (&row) : NULL;
}

/* Whether a person has to look at it, rather than that it is sent again. */
static gboolean
is_conflict (const GError *error)
{
  return error->domain == SM_ERROR && error->code >= 400 && error->code < 500
         && error->code != SM_ERROR_UNAUTHENTICATED && error->code != SM_ERROR_TOO_MANY;
}

/* What a refusal says that the object is now.  Returns: (nullable): it does not say */
static SmRow *
read_current (const char   *problem,
              const SmNoun *noun)
{
  g_autoptr (SmJsonReader) reader = NULL;
  g_autoptr (SmRow) row = NULL;
  const char *name;

  if (problem == NULL || noun == NULL)
    return NULL;
  reader = sm_json_reader_new_for_data (problem, strlen (problem));
  sm_json_reader_begin_object (reader);
  while (sm_json_reader_next_member (reader, &name))
    if (row == NULL && g_str_equal (name, "current"))
      row = sm_row_read (reader, noun, NULL);
    else
      sm_json_reader_skip_value (reader);
  return g_steal_pointer (&row);
}

/* A refusal that does not say what the object is now is no reason to guess. */
static SmRow *
ask_current (SmClient      *client,
             const SmAct   *act,
             GCancellable  *cancellable,
             GError       **error)
{
  SmRequest request = { .method = "GET", .path = act->path };
  g_autoptr (SmResponse) response = sm_client_send (client, &request, cancellable, error);
  g_autoptr (SmJsonReader) reader = NULL;
  g_autoptr (SmRow) row = NULL;

  if (response == NULL)
    return NULL;
  reader = sm_response_read_feed (response);
  row = sm_row_read (reader, act->noun, error);
  if (row != NULL && sm_json_reader_finish (reader, error))
    return g_steal_pointer (&row);
  sm_client_blame_answer (error);
  return NULL;
}

/* Somebody else was faster (412): both can be, it is done already, or a person
 * has to decide.  Returns: FALSE when it is not known what the object is now. */
static gboolean
meet_theirs (SmSync        *self,
             SmClient      *client,
             SmAct         *act,
             const char    *problem,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (SmRow) current = read_current (problem, act->noun);
  gint64 seq;

  if (current == NULL)
    current = ask_current (client, act, cancellable, error);
  if (current == NULL)
    return FALSE;
  seq = sm_row_get_int (current, SM_ROW_SEQ);
  sm_edits_take_theirs (act->changes, current);
  switch (sm_edits_judge (act->changes))
    {
    case SM_EDIT_DONE:
      sm_sync_answer_act (self, act->key, seq, current);
      break;
    case SM_EDIT_APART:
      /* A service that refuses what it says is right is not asked for ever. */
      if (seq != act->base_seq)
        {
          act->base_seq = seq;
          sm_sync_rebase_act (self, act);
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      act->theirs_seq = seq;
      sm_sync_oppose_act (self, act, "row-changed");
    }
  return TRUE;
}

/* What goes along, as it was when the person chose it.  A disk that has lost it is for a person
 * to know; one that does not answer now is asked again. */
static GBytes *
load_file (SmSync       *self,
           const SmAct  *act,
           GError      **error)
{
  g_autofree char *folder = sm_outbox_dup_folder (self->outbox_path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = sm_photo_file_load (folder, act->file, &cause);
  g_autofree char *sum = bytes != NULL ? sm_photo_file_sum (bytes) : NULL;

  if (sum != NULL && g_str_equal (sum, act->file))
    return g_steal_pointer (&bytes);
  if (sum != NULL || g_error_matches (cause, SM_ERROR, SM_ERROR_NOT_FOUND))
    sm_set_error (error, SM_ERROR_NOT_FOUND, "outbox-file-lost", "%s is not there any more",
                  act->file);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static gboolean
send_act (SmSync        *self,
          SmClient      *client,
          SmAct         *act,
          char         **out_problem,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autofree char *etag = act->base_seq != SM_UNKNOWN
                              ? g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", act->base_seq) : NULL;
  SmRequest request = { .method = act->method, .path = act->path, .body = act->body,
                        .idempotency_key = act->key, .if_match = etag,
                        .out_problem = out_problem };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SmResponse) response = NULL;
  g_autoptr (SmJsonReader) reader = NULL;
  g_autoptr (SmRow) answer = NULL;
  GError *cause = NULL;
  gint64 seq;

  if (act->file != NULL)
    {
      bytes = load_file (self, act, error);
      if (bytes == NULL)
        return FALSE;
      request.body = NULL;
      request.bytes = bytes;
      request.type = sm_photo_file_type (bytes);
    }
  response = sm_client_send (client, &request, cancellable, error);
  if (response == NULL)
    return FALSE;
  reader = sm_response_read_feed (response);
  answer = read_answer (reader, act, &cause);
  if (cause == NULL && answer != NULL && !is_about (act, answer))
    sm_set_error (&cause, SM_ERROR_MALFORMED, "malformed", "the answer is about another thing");
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      sm_client_blame_answer (error);
      return FALSE;
    }
  sm_sync_note_contact (self);
  /* Without a seq nothing can be waited for: the feed has passed it.  That of a guidance is not
   * the truck's. */
  if (answer != NULL && noun_of_answer (act) != act->noun)
    g_clear_pointer (&answer, sm_row_unref);
  seq = answer != NULL ? sm_row_get_int (answer, SM_ROW_SEQ) : 0;
  sm_sync_answer_act (self, act->key, seq != SM_UNKNOWN ? seq : 0, answer);
  return TRUE;
}

/* What becomes of an act that was refused, or not answered. */
static void
take_refusal (SmSync        *self,
              SmClient      *client,
              SmAct         *act,
              const char    *problem,
              GCancellable  *cancellable,
              GError        *refusal,
              guint         *attempt)
{
  g_autoptr (GError) unknown = NULL;
  const GError *cause = refusal;

  if (g_error_matches (refusal, SM_ERROR, SM_ERROR_PRECONDITION) && act->changes != NULL
      && act->base_seq != SM_UNKNOWN)
    {
      if (meet_theirs (self, client, act, problem, cancellable, &unknown))
        return;
      cause = unknown;
    }
  if (is_conflict (cause))
    {
      g_autoptr (SmRow) current = read_current (problem, act->noun);

      if (current != NULL && act->changes != NULL)
        sm_edits_take_theirs (act->changes, current);
      sm_sync_oppose_act (self, act, sm_error_get_slug (cause));
      return;
    }
  sm_sync_put_back_act (self, act->key, sm_error_get_slug (cause));
  sm_sync_note_trouble (self, SM_CHANNEL_ACTS, cause);
  sm_sync_note_error (self, cause);
  sm_sync_wait_retry (self, attempt);
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
  g_autofree char *problem = NULL;
  guint seen;

  /* Taken before the act: when another person or network comes in between, the
   * act is not sent to them. */
  g_mutex_lock (&self->mutex);
  cancellable = g_object_ref (self->cancellable);
  seen = self->outbox_wakes;
  g_mutex_unlock (&self->mutex);
  if (!sm_sync_take_act (self, &act))
    {
      sm_sync_wait_retry (self, attempt);
      return;
    }
  if (act == NULL)
    {
      wait_for_acts (self, seen);
      return;
    }
  if (send_act (self, client, act, &problem, cancellable, &error))
    {
      *attempt = 0;
      sm_sync_settle_acts (self);
      return;
    }
  g_info ("%s %s: %s", act->method, act->path, error->message);
  take_refusal (self, client, act, problem, cancellable, error, attempt);
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
