/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-error.h"
#include "sm-sync-private.h"
#include "sm-time.h"

/* What sync's threads and the main thread ask of the thread that owns the
 * outbox. */
typedef struct
{
  SmSync *sync;
  SmOutbox *outbox; /* NULL: could not be opened yet */
} Box;

static void
box_free (gpointer data)
{
  Box *box = data;

  g_clear_pointer (&box->outbox, sm_outbox_close);
  g_free (box);
}

static gboolean
box_open (Box     *box,
          GError **error)
{
  if (box->outbox == NULL)
    box->outbox = sm_outbox_open (box->sync->outbox_path, error);
  return box->outbox != NULL;
}

/* Whose acts these are.  Returns: (transfer full) (nullable): the network's epoch */
static char *
dup_owner (SmSync *self,
           gint64 *out_person_id)
{
  char *epoch;

  g_mutex_lock (&self->mutex);
  *out_person_id = self->person_id;
  epoch = g_strdup (self->epoch);
  g_mutex_unlock (&self->mutex);
  return epoch;
}

static GPtrArray *
box_list (Box     *box,
          GError **error)
{
  gint64 person_id;
  g_autofree char *epoch = dup_owner (box->sync, &person_id);

  return box_open (box, error) ? sm_outbox_list (box->outbox, epoch, person_id, error) : NULL;
}

typedef struct
{
  GPtrArray *acts;
  guint n_elsewhere;
} ActNews;

static void
act_news_free (gpointer data)
{
  ActNews *news = data;

  g_ptr_array_unref (news->acts);
  g_free (news);
}

static void
acts_cb (SmSync   *self,
         gpointer  data)
{
  const ActNews *news = data;

  self->listener.acts (self->listener_data, news->acts, news->n_elsewhere);
}

/* Tells what the outbox holds now; in the outbox's thread. */
static void
box_post (Box *box)
{
  SmSync *self = box->sync;
  gint64 person_id, n_elsewhere;
  g_autofree char *epoch = dup_owner (self, &person_id);
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GError) error = NULL;
  ActNews *news;
  guint n_answered = 0;

  acts = box_list (box, &error);
  n_elsewhere = acts != NULL
                    ? sm_outbox_count_elsewhere (box->outbox, epoch, person_id, &error) : -1;
  if (n_elsewhere < 0)
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
  *news = (ActNews){ g_steal_pointer (&acts), (guint) n_elsewhere };
  sm_sync_post (self, acts_cb, news, act_news_free);
}

static gpointer
post_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  box_post (context);
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
  Box *box = g_new0 (Box, 1);

  box->sync = self;
  self->outbox = sm_worker_new ("sm-outbox", box, box_free);
}

static gpointer
take_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Box *box = context;
  gint64 person_id;
  g_autofree char *epoch = dup_owner (box->sync, &person_id);
  SmAct *act = NULL;

  if (!box_open (box, error)
      || !sm_outbox_take_next (box->outbox, epoch, person_id, &act, error))
    return NULL;
  return act;
}

/* Returns: (transfer full) (nullable): what to send next */
SmAct *
sm_sync_take_act (SmSync *self)
{
  g_autoptr (GError) error = NULL;
  SmAct *act = sm_worker_run_sync (self->outbox, take_job, NULL, NULL, &error);

  if (error != NULL)
    g_message ("outbox: %s", error->message);
  return act;
}

typedef struct
{
  const char *key;
  SmActState state;
  gint64 seq;
  const char *problem;
} Mark;

static gpointer
mark_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Box *box = context;
  const Mark *mark = data;

  switch (mark->state)
    {
    case SM_ACT_WAITING:
    case SM_ACT_SENDING:
      sm_outbox_put_back (box->outbox, mark->key, mark->problem, error);
      break;
    case SM_ACT_ANSWERED:
      sm_outbox_answered (box->outbox, mark->key, mark->seq, error);
      break;
    case SM_ACT_CONFLICT:
      sm_outbox_conflict (box->outbox, mark->key, mark->problem, error);
      break;
    default:
      g_assert_not_reached ();
    }
  box_post (box);
  return NULL;
}

/* Writes down what became of an act.  When that fails the act is sent again at
 * the next start, which its key makes harmless. */
void
sm_sync_mark_act (SmSync     *self,
                  const char *key,
                  SmActState  state,
                  gint64      seq,
                  const char *problem)
{
  g_autoptr (GError) error = NULL;

  sm_worker_run_sync (self->outbox, mark_job, &(Mark){ key, state, seq, problem }, NULL, &error);
  if (error != NULL)
    g_message ("outbox: %s", error->message);
}

static gpointer
list_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return box_list (context, error);
}

static gpointer
remove_job (gpointer       context,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Box *box = context;

  if (box_open (box, error) && sm_outbox_remove (box->outbox, data, error))
    box_post (box);
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
        sm_worker_run_sync (self->outbox, remove_job, act->key, NULL, NULL);
    }
}

/* Whether the very same act waits already, or is done and the feed has not shown
 * it yet.  Just after a start a person can see an alarm before the acts that lie
 * over it: what they do again is not a second act. */
static gboolean
is_under_way (Box         *box,
              const SmAct *act)
{
  g_autoptr (GPtrArray) acts = box_list (box, NULL);

  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const SmAct *other = g_ptr_array_index (acts, i);

      if (other->state != SM_ACT_CONFLICT && other->noun == act->noun
          && other->object_id == act->object_id && g_strcmp0 (other->verb, act->verb) == 0
          && g_strcmp0 (other->body, act->body) == 0)
        return TRUE;
    }
  return FALSE;
}

static gpointer
add_job (gpointer       context,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Box *box = context;
  SmSync *self = box->sync;

  if (!box_open (box, error)
      || (!is_under_way (box, data) && !sm_outbox_add (box->outbox, data, error)))
    return NULL;
  box_post (box);
  g_mutex_lock (&self->mutex);
  self->outbox_wakes++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

/**
 * sm_sync_add_act_async:
 * @act: (transfer full): its network and person are filled in here
 *
 * When it has succeeded the act is on the disk, and will be sent.
 */
void
sm_sync_add_act_async (SmSync              *self,
                       SmAct               *act,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail (self != NULL && self->outbox != NULL);

  g_free (act->network);
  act->network = dup_owner (self, &act->person_id);
  sm_worker_run_async (self->outbox, add_job, act, (GDestroyNotify) sm_act_free, NULL, cancellable,
                       callback, user_data);
}

gboolean
sm_sync_add_act_finish (GAsyncResult  *result,
                        GError       **error)
{
  GError *cause = NULL;

  sm_worker_run_finish (result, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, cause);
  return FALSE;
}

/** sm_sync_drop_act: A person has seen that this act was not accepted. */
void
sm_sync_drop_act (SmSync     *self,
                  const char *key)
{
  g_return_if_fail (self != NULL && self->outbox != NULL);

  sm_worker_run_async (self->outbox, remove_job, g_strdup (key), g_free, NULL, NULL, NULL, NULL);
}
