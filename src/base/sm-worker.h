/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmWorker:
 *
 * One thread that owns one thing, usually a database connection, and does the
 * jobs that are queued for it in order.  Whoever needs the thing sends a job;
 * nobody else touches it.  Freeing the worker waits for the jobs in the queue.
 */
typedef struct _SmWorker SmWorker;

/**
 * SmWorkerFunc:
 * @context: the thing that the worker owns
 * @data: what the caller handed over
 *
 * Runs in the worker's thread.  Returns: (nullable): a result, or NULL; failed
 * when it sets @error.
 */
typedef gpointer (*SmWorkerFunc) (gpointer       context,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

SmWorker *sm_worker_new        (const char          *name,
                                gpointer             context,
                                GDestroyNotify       context_free);
void      sm_worker_free       (SmWorker            *self);

void      sm_worker_run_async  (SmWorker            *self,
                                SmWorkerFunc         func,
                                gpointer             data,
                                GDestroyNotify       data_free,
                                GDestroyNotify       result_free,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
gpointer  sm_worker_run_finish (GAsyncResult        *result,
                                GError             **error);
gpointer  sm_worker_run_sync   (SmWorker            *self,
                                SmWorkerFunc         func,
                                gpointer             data,
                                GCancellable        *cancellable,
                                GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorker, sm_worker_free)

G_END_DECLS
