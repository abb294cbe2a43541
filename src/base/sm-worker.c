/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-worker.h"

struct _SmWorker
{
  GThread *thread;
  GAsyncQueue *jobs;
  gpointer context;
  GDestroyNotify context_free;
};

typedef struct
{
  SmWorkerFunc func; /* NULL: the last job */
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  GTask *task; /* NULL when somebody waits, or nobody wants to hear of it */

  GCancellable *cancellable;

  /* For sm_worker_run_sync() */
  GMutex *mutex;
  GCond *cond;
  gpointer *result;
  GError **error;
  gboolean *done;
} Job;

static void
job_free (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_clear_object (&job->task);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static void
job_finish_task (Job      *job,
                 gpointer  result,
                 GError   *error)
{
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, result, job->result_free);
}

static void
job_finish_waiting (Job      *job,
                    gpointer  result,
                    GError   *error)
{
  g_mutex_lock (job->mutex);
  *job->result = result;
  *job->error = error;
  *job->done = TRUE;
  g_cond_signal (job->cond);
  g_mutex_unlock (job->mutex);
}

static void
job_finish_unheard (Job      *job,
                    gpointer  result,
                    GError   *error)
{
  if (result != NULL && job->result_free != NULL)
    job->result_free (result);
  g_clear_error (&error);
}

static void
job_run (Job      *job,
         gpointer  context)
{
  GCancellable *cancellable = job->cancellable;
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    result = job->func (context, job->data, cancellable, &error);
  if (job->task != NULL)
    job_finish_task (job, result, g_steal_pointer (&error));
  else if (job->done == NULL)
    job_finish_unheard (job, result, g_steal_pointer (&error));
  else
    job_finish_waiting (job, result, g_steal_pointer (&error));
  job_free (job);
}

static gpointer
worker_main (gpointer data)
{
  SmWorker *self = data;

  for (;;)
    {
      Job *job = g_async_queue_pop (self->jobs);

      if (job->func == NULL)
        {
          job_free (job);
          return NULL;
        }
      job_run (job, self->context);
    }
}

/**
 * sm_worker_new:
 * @name: the thread's name, at most 15 bytes
 * @context: (transfer full): what it owns and every job is handed
 * @context_free: (nullable): called when the last job is done
 */
SmWorker *
sm_worker_new (const char     *name,
               gpointer        context,
               GDestroyNotify  context_free)
{
  SmWorker *self = g_new0 (SmWorker, 1);

  self->jobs = g_async_queue_new ();
  self->context = context;
  self->context_free = context_free;
  self->thread = g_thread_new (name, worker_main, self);
  return self;
}

/** sm_worker_free: Waits until the queued jobs are done, then ends the thread. */
void
sm_worker_free (SmWorker *self)
{
  g_return_if_fail (self != NULL);

  g_async_queue_push (self->jobs, g_new0 (Job, 1));
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
  if (self->context_free != NULL)
    self->context_free (self->context);
  g_free (self);
}

/**
 * sm_worker_run_async:
 * @func: what to do in the worker's thread
 * @data: (transfer full) (nullable): handed to @func
 * @result_free: (nullable): frees a result that nobody takes
 *
 * @callback runs in the caller's thread-default main context; without one
 * nothing is left there, which in a thread that never runs it would stay.
 */
void
sm_worker_run_async (SmWorker            *self,
                     SmWorkerFunc         func,
                     gpointer             data,
                     GDestroyNotify       data_free,
                     GDestroyNotify       result_free,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Job *job;

  g_return_if_fail (self != NULL && func != NULL);

  job = g_new0 (Job, 1);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  g_set_object (&job->cancellable, cancellable);
  if (callback != NULL)
    {
      job->task = g_task_new (NULL, cancellable, callback, user_data);
      g_task_set_source_tag (job->task, sm_worker_run_async);
    }
  g_async_queue_push (self->jobs, job);
}

/** sm_worker_run_finish: Returns: (transfer full) (nullable): the result of the job */
gpointer
sm_worker_run_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, sm_worker_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * sm_worker_run_sync:
 *
 * Sends a job and waits for its result.  Never from a main loop, never from
 * the worker's own thread.  @data stays the caller's.
 */
gpointer
sm_worker_run_sync (SmWorker      *self,
                    SmWorkerFunc   func,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  GMutex mutex;
  GCond cond;
  gpointer result = NULL;
  GError *job_error = NULL;
  gboolean done = FALSE;
  Job *job;

  g_return_val_if_fail (self != NULL && func != NULL, NULL);
  g_return_val_if_fail (g_thread_self () != self->thread, NULL);

  g_mutex_init (&mutex);
  g_cond_init (&cond);
  job = g_new0 (Job, 1);
  *job = (Job){ .func = func, .data = data, .mutex = &mutex, .cond = &cond,
                .result = &result, .error = &job_error, .done = &done };
  g_set_object (&job->cancellable, cancellable);
  g_async_queue_push (self->jobs, job);
  g_mutex_lock (&mutex);
  while (!done)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  g_mutex_clear (&mutex);
  g_cond_clear (&cond);
  if (job_error != NULL)
    g_propagate_error (error, job_error);
  return result;
}
