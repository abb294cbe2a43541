/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-acts.h"
#include "sm-error.h"
#include "sm-sync-private.h"
#include "sm-time.h"

/* What sync's threads and the main thread ask of the thread that owns the
 * outbox. */
typedef struct
{
  SmSync *sync;
  SmOutbox *outbox; /* NULL: could not be opened yet */
  char *unmarked;   /* (nullable): the act of which it could not be written what became of it */
} Box;

static void
box_free (gpointer data)
{
  Box *box = data;

  g_clear_pointer (&box->outbox, sm_outbox_close);
  g_free (box->unmarked);
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

/* Of what persons do nothing is kept until it can be written again. */
static void
box_failed (SmSync       *self,
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
  Box *box = context;
  gboolean *is_well = data;

  *is_well = box_open (box, error) && sm_outbox_probe (box->outbox, error);
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
static void
box_post (Box *box)
{
  SmSync *self = box->sync;
  gint64 person_id;
  g_autofree char *epoch = dup_owner (self, &person_id);
  g_autoptr (GPtrArray) acts = NULL;
  g_autoptr (GPtrArray) elsewhere = NULL;
  g_autoptr (GError) error = NULL;
  ActNews *news;
  guint n_answered = 0;

  acts = box_list (box, &error);
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

/* Nobody knows any more what became of it: its key makes it safe to ask again. */
static gboolean
box_mend (Box     *box,
          GError **error)
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
  Box *box = context;
  gint64 person_id;
  g_autofree char *epoch = dup_owner (box->sync, &person_id);
  SmAct *act = NULL;

  if (!box_open (box, error) || !box_mend (box, error)
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
    box_failed (self, error);
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
  Box *box = context;
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
  box_post (box);
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
    box_failed (self, error);
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

static gboolean
is_same_act (const SmAct *a,
             const SmAct *b)
{
  return g_strcmp0 (a->verb, b->verb) == 0 && g_strcmp0 (a->body, b->body) == 0
         && a->base_seq == b->base_seq;
}

/* Whether the very same act waits already, or is done and the feed has not shown
 * it yet.  Just after a start a person can see an alarm before the acts that lie
 * over it: what they do again is not a second act.  An edit is one again, when
 * there was another in between. */
static gboolean
is_under_way (Box         *box,
              const SmAct *act)
{
  g_autoptr (GPtrArray) acts = box_list (box, NULL);
  gboolean is_same = FALSE;

  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const SmAct *other = g_ptr_array_index (acts, i);

      if (other->state == SM_ACT_CONFLICT || other->noun != act->noun
          || other->object_id != act->object_id)
        continue;
      if (is_same_act (other, act))
        is_same = TRUE;
      else if (act->base_seq != SM_UNKNOWN)
        is_same = FALSE;
    }
  return is_same;
}

static void
wake_outbox (SmSync *self)
{
  g_mutex_lock (&self->mutex);
  self->outbox_wakes++;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* What a person edits further, before the feed has shown what they did: they saw
 * the answer to that, as far as it is of the same fields. */
static void
carry_on (Box   *box,
          SmAct *act)
{
  g_autoptr (GPtrArray) acts = act->base_seq != SM_UNKNOWN ? box_list (box, NULL) : NULL;
  const SmAct *before = NULL;

  for (guint i = 0; acts != NULL && i < acts->len; i++)
    {
      const SmAct *other = g_ptr_array_index (acts, i);

      if (other->noun == act->noun && other->object_id == act->object_id)
        before = other;
    }
  if (before == NULL || before->state != SM_ACT_ANSWERED || before->base_seq == SM_UNKNOWN
      || before->answer_seq <= act->base_seq)
    return;
  for (guint i = 0; i < act->changes->len; i++)
    {
      const SmEdit *edit = act->changes->pdata[i];
      const SmEdit *was = sm_edits_find (before->changes, edit->field);

      if (was == NULL || g_strcmp0 (was->mine, edit->base) != 0)
        return;
    }
  act->base_seq = before->answer_seq;
}

static gpointer
add_job (gpointer       context,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Box *box = context;
  g_autoptr (GError) cause = NULL;

  if (box_open (box, &cause))
    carry_on (box, data);
  if (cause != NULL
      || (!is_under_way (box, data) && !sm_outbox_add (box->outbox, data, &cause)))
    {
      box_failed (box->sync, cause);
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  box_post (box);
  wake_outbox (box->sync);
  return NULL;
}

/* How network and person are called, for when another is followed. */
static void
name_owner (SmSync *self,
            SmAct  *act)
{
  g_mutex_lock (&self->mutex);
  if (self->info != NULL)
    act->network_name = g_strdup (self->info->network);
  if (self->person != NULL)
    act->person_name = g_strdup (self->person->display_name);
  g_mutex_unlock (&self->mutex);
}

/* An act of a person on its way through the outbox. */
typedef struct
{
  SmSync *sync;
  GTask *task;
} Doing;

static void
nothing_cb (SmSync   *self,
            gpointer  data)
{
}

static void
shown_free (gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, TRUE);
}

/* What the outbox holds since is on its way to the listener: whoever waits hears of the end behind
 * it.  Else they could go on from what was shown before their own act, and meet themselves. */
static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Doing *doing = user_data;
  g_autoptr (SmSync) sync = doing->sync;
  g_autoptr (GTask) task = doing->task;
  GError *error = NULL;

  sm_worker_run_finish (result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (sync->is_stopped)
    g_task_return_boolean (task, TRUE);
  else
    sm_sync_post (sync, nothing_cb, g_steal_pointer (&task), shown_free);
}

/* @data: (transfer full) */
static void
run_job (SmSync              *self,
         SmWorkerFunc         job,
         gpointer             data,
         GDestroyNotify       data_free,
         GCancellable        *cancellable,
         GAsyncReadyCallback  callback,
         gpointer             user_data)
{
  Doing *doing = g_new0 (Doing, 1);

  *doing = (Doing){ sm_sync_ref (self), g_task_new (NULL, cancellable, callback, user_data) };
  g_task_set_source_tag (doing->task, run_job);
  /* What is on the disk is no failure, whoever has ceased to wait for it. */
  g_task_set_check_cancellable (doing->task, FALSE);
  sm_worker_run_async (self->outbox, job, data, data_free, NULL, cancellable, written_cb, doing);
}

/**
 * sm_sync_add_act_async:
 * @act: (transfer full): its network and person are filled in here
 *
 * When it has succeeded the act is on the disk, the listener has been told of it,
 * and it will be sent.
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
  name_owner (self, act);
  run_job (self, add_job, act, (GDestroyNotify) sm_act_free, cancellable, callback, user_data);
}

gboolean
sm_sync_add_act_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, run_job), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
drop_job (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Box *box = context;

  if (!box_open (box, error) || !sm_outbox_drop (box->outbox, data, error))
    return NULL;
  box_post (box);
  /* Those behind it need not wait any more. */
  wake_outbox (box->sync);
  return NULL;
}

/**
 * sm_sync_drop_act_async:
 *
 * A person does not want this act any more.  To be finished with
 * sm_sync_add_act_finish().
 */
void
sm_sync_drop_act_async (SmSync              *self,
                        const char          *key,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (self != NULL && self->outbox != NULL);

  run_job (self, drop_job, g_strdup (key), g_free, cancellable, callback, user_data);
}

typedef struct
{
  char *key;
  GPtrArray *wanted; /* (nullable) */
} Resolution;

static void
resolution_free (gpointer data)
{
  Resolution *resolution = data;

  g_free (resolution->key);
  g_clear_pointer (&resolution->wanted, g_ptr_array_unref);
  g_free (resolution);
}

static gboolean
resolve (Box              *box,
         const Resolution *resolution,
         GError          **error)
{
  g_autoptr (SmAct) act = NULL;
  g_autoptr (SmAct) next = NULL;
  GError *cause = NULL;

  if (!box_open (box, error))
    return FALSE;
  act = sm_outbox_find (box->outbox, resolution->key, &cause);
  if (act == NULL || act->state != SM_ACT_CONFLICT)
    {
      if (cause != NULL)
        g_propagate_error (error, cause);
      else
        sm_set_error (error, SM_ERROR_CONFLICT, "act-moved-on", "it is no conflict any more");
      return FALSE;
    }
  next = sm_act_resolve (act, resolution->wanted, sm_clock_now (box->sync->network));
  /* What a person wants by now is just what is: nothing is left to be sent. */
  return next != NULL ? sm_outbox_resolve (box->outbox, act->key, next, error)
                      : sm_outbox_drop (box->outbox, act->key, error);
}

static gpointer
resolve_job (gpointer       context,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Box *box = context;

  if (!resolve (box, data, error))
    return NULL;
  box_post (box);
  wake_outbox (box->sync);
  return NULL;
}

/**
 * sm_sync_resolve_act_async:
 * @key: of a conflict
 * @wanted: (transfer full) (nullable): of SmEdit: what is to be instead
 *
 * A person wants it nevertheless, or something else: it is sent on what the
 * object is by now.  To be finished with sm_sync_add_act_finish().
 */
void
sm_sync_resolve_act_async (SmSync              *self,
                           const char          *key,
                           GPtrArray           *wanted,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Resolution *resolution = g_new0 (Resolution, 1);

  g_return_if_fail (self != NULL && self->outbox != NULL);

  *resolution = (Resolution){ g_strdup (key), wanted };
  run_job (self, resolve_job, resolution, resolution_free, cancellable, callback, user_data);
}
