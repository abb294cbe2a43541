/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-error.h"
#include "sm-photo-file.h"
#include "sm-sync-box-private.h"
#include "sm-sync-photos.h"
#include "sm-sync-private.h"
#include "sm-time.h"

static void
box_free (gpointer data)
{
  SmSyncBox *box = data;

  g_clear_pointer (&box->outbox, sm_outbox_close);
  g_free (box->unmarked);
  g_free (box);
}

gboolean
sm_sync_box_open (SmSyncBox  *box,
                  GError    **error)
{
  if (box->outbox == NULL)
    box->outbox = sm_outbox_open (box->sync->outbox_path, error);
  return box->outbox != NULL;
}

/* Whose acts these are.  Returns: (transfer full) (nullable): the network's epoch */
char *
sm_sync_dup_owner (SmSync *self,
                   gint64 *out_person_id)
{
  char *epoch;

  g_mutex_lock (&self->mutex);
  *out_person_id = self->person_id;
  epoch = g_strdup (self->epoch);
  g_mutex_unlock (&self->mutex);
  return epoch;
}

/* Of what persons do nothing is kept until it can be written again. */
void
sm_sync_box_failed (SmSync       *self,
                    const GError *error)
{
  g_message ("outbox: %s", error->message);
  if (error->domain == SM_ERROR)
    sm_sync_note_outbox (self, "outbox-not-writable");
}

static gpointer
probe_job (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SmSyncBox *box = context;
  gboolean *is_well = data;

  *is_well = sm_sync_box_open (box, error) && sm_outbox_probe (box->outbox, error);
  return NULL;
}

/* Returns: whether it can be written to again */
gboolean
sm_sync_probe_outbox (SmSync *self)
{
  gboolean is_well = FALSE;
  g_autoptr (GError) error = NULL;

  sm_worker_run_sync (self->outbox, probe_job, &is_well, NULL, &error);
  if (is_well)
    sm_sync_note_outbox (self, NULL);
  return is_well;
}

GPtrArray *
sm_sync_box_list (SmSyncBox  *box,
                  GError    **error)
{
  gint64 person_id;
  g_autofree char *epoch = sm_sync_dup_owner (box->sync, &person_id);

  return sm_sync_box_open (box, error) ? sm_outbox_list (box->outbox, epoch, person_id, error)
                                       : NULL;
}

typedef struct
{
  GPtrArray *acts;
  GPtrArray *elsewhere;
} ActNews;

static void
act_news_free (gpointer data)
{
  ActNews *news = data;

  g_ptr_array_unref (news->acts);
  g_ptr_array_unref (news->elsewhere);
  g_free (news);
}

static void
acts_cb (SmSync   *self,
         gpointer  data)
{
  const ActNews *news = data;

  self->listener.acts (self->listener_data, news->acts, news->elsewhere);
}

/* Tells what the outbox holds now; in the outbox's thread. */
void
sm_sync_box_post (SmSyncBox *box)
{
  SmSync *self = box->sync;
  gint64 person_id;
  g_autofree char *epoch = sm_sync_dup_owner (self, &person_id);
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GPtrArray) elsewhere = NULL;
  g_autoptr (GError) error = NULL;
  ActNews *news;
  guint n_answered = 0;

  acts = sm_sync_box_list (box, &error);
  elsewhere = acts != NULL ? sm_outbox_list_elsewhere (box->outbox, epoch, person_id, &error)
                           : NULL;
  if (elsewhere == NULL)
    {
      g_message ("outbox: %s", error->message);
      return;
    }
  for (guint i = 0; i < acts->len; i++)
    if (((const SmAct *) g_ptr_array_index (acts, i))->state == SM_ACT_ANSWERED)
      n_answered++;
  g_mutex_lock (&self->mutex);
  self->n_answered = n_answered;
  g_mutex_unlock (&self->mutex);
  news = g_new0 (ActNews, 1);
  *news = (ActNews){ g_steal_pointer (&acts), g_steal_pointer (&elsewhere) };
  sm_sync_post (self, acts_cb, news, act_news_free);
}

static gpointer
post_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  sm_sync_box_post (context);
  return NULL;
}

void
sm_sync_post_acts (SmSync *self)
{
  sm_worker_run_async (self->outbox, post_job, NULL, NULL, NULL, NULL, NULL, NULL);
}

void
sm_sync_outbox_open (SmSync *self)
{
  SmSyncBox *box = g_new0 (SmSyncBox, 1);

  box->sync = self;
  self->outbox = sm_worker_new ("sm-outbox", box, box_free);
}

/* Nobody knows any more what became of it: its key makes it safe to ask again. */
static gboolean
box_mend (SmSyncBox  *box,
          GError    **error)
{
  if (box->unmarked != NULL && !sm_outbox_put_back (box->outbox, box->unmarked, NULL, error))
    return FALSE;
  g_clear_pointer (&box->unmarked, g_free);
  return TRUE;
}

static gpointer
take_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SmSyncBox *box = context;
  gint64 person_id;
  g_autofree char *epoch = sm_sync_dup_owner (box->sync, &person_id);
  SmAct *act = NULL;

  if (!sm_sync_box_open (box, error) || !box_mend (box, error)
      || !sm_outbox_take_next (box->outbox, epoch, person_id, &act, error))
    return NULL;
  return act;
}

/**
 * sm_sync_take_act:
 * @out_act: (out) (transfer full) (nullable): what to send next
 *
 * Returns: FALSE when the outbox cannot be read or written now
 */
gboolean
sm_sync_take_act (SmSync  *self,
                  SmAct  **out_act)
{
  g_autoptr (GError) error = NULL;

  *out_act = sm_worker_run_sync (self->outbox, take_job, NULL, NULL, &error);
  if (error != NULL)
    sm_sync_box_failed (self, error);
  return error == NULL;
}

/* What became of an act. */
typedef struct
{
  const char *key;
  SmAct *act; /* (nullable): an edit that was met by another */
  SmActState state;
  gint64 seq;
  const SmRow *answer; /* (nullable) */
  const char *problem;
} Mark;

static gpointer
mark_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SmSyncBox *box = context;
  const Mark *mark = data;
  gboolean is_marked = FALSE;

  switch (mark->state)
    {
    case SM_ACT_WAITING:
    case SM_ACT_SENDING:
      if (mark->act != NULL)
        is_marked = sm_outbox_rebase (box->outbox, mark->act, error);
      else
        is_marked = sm_outbox_put_back (box->outbox, mark->key, mark->problem, error);
      break;
    case SM_ACT_ANSWERED:
      is_marked = sm_outbox_answered (box->outbox, mark->key, mark->seq, mark->answer, error);
      break;
    case SM_ACT_CONFLICT:
      is_marked = sm_outbox_oppose (box->outbox, mark->act, mark->problem, error);
      break;
    default:
      g_assert_not_reached ();
    }
  if (!is_marked && box->unmarked == NULL)
    box->unmarked = g_strdup (mark->key);
  sm_sync_box_post (box);
  return NULL;
}

/* Writes down what became of an act.  When that fails the act is sent again,
 * which its key makes harmless. */
static void
mark (SmSync *self,
      Mark    what)
{
  g_autoptr (GError) error = NULL;

  sm_worker_run_sync (self->outbox, mark_job, &what, NULL, &error);
  if (error != NULL)
    sm_sync_box_failed (self, error);
}

/* It is to be sent again. */
void
sm_sync_put_back_act (SmSync     *self,
                      const char *key,
                      const char *problem)
{
  mark (self, (Mark){ .key = key, .state = SM_ACT_WAITING, .problem = problem });
}

/* The service did it; @answer: (nullable): the object since. */
void
sm_sync_answer_act (SmSync      *self,
                    const char  *key,
                    gint64       seq,
                    const SmRow *answer)
{
  mark (self, (Mark){ .key = key, .state = SM_ACT_ANSWERED, .seq = seq, .answer = answer });
}

/* It is to be sent again on its new base_seq. */
void
sm_sync_rebase_act (SmSync *self,
                    SmAct  *act)
{
  mark (self, (Mark){ .key = act->key, .act = act, .state = SM_ACT_WAITING });
}

/* A person has to decide. */
void
sm_sync_oppose_act (SmSync     *self,
                    SmAct      *act,
                    const char *problem)
{
  mark (self, (Mark){ .key = act->key, .act = act, .state = SM_ACT_CONFLICT, .problem = problem });
}

static gpointer
list_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return sm_sync_box_list (context, error);
}

/* What was sent from here is looked at here again: it need not come back for that. */
static void
hand_over (SmSync     *self,
           const char *sum)
{
  g_autofree char *from = sm_outbox_dup_folder (self->outbox_path);
  g_autofree char *to = g_build_filename (self->cache_dir, "photos", NULL);
  g_autoptr (GBytes) bytes = sm_photo_file_load (from, sum, NULL);
  g_autoptr (GError) error = NULL;

  if (bytes != NULL && !sm_sync_photos_keep (to, sum, bytes, SM_SYNC_PHOTOS_MAX_BYTES, &error))
    g_info ("A photo that was sent is not kept: %s", error->message);
}

static gpointer
remove_job (gpointer       context,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SmSyncBox *box = context;

  const SmAct *act = data;

  if (!sm_sync_box_open (box, error))
    return NULL;
  if (act->file != NULL)
    hand_over (box->sync, act->file);
  if (sm_outbox_remove (box->outbox, act->key, error))
    sm_sync_box_post (box);
  return NULL;
}

/* Forgets the acts that the feed has shown: what is in the cache is as new as
 * the answer, so nothing needs to be laid over it any more. */
void
sm_sync_settle_acts (SmSync *self)
{
  g_autoptr (GPtrArray) acts = NULL;
  guint n_answered;

  g_mutex_lock (&self->mutex);
  n_answered = self->n_answered;
  g_mutex_unlock (&self->mutex);
  if (n_answered == 0)
    return;
  acts = sm_worker_run_sync (self->outbox, list_job, NULL, NULL, NULL);
  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (acts, i);

      if (act->state == SM_ACT_ANSWERED && act->noun != NULL
          && sm_sync_get_seq (self, act->noun, act->object_id) >= act->answer_seq)
        sm_worker_run_sync (self->outbox, remove_job, (gpointer) act, NULL, NULL);
    }
}
