/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-rules-private.h"

/* Who works where: one writer, and readers that take turns. */

typedef struct
{
  SmRulesFunc write;
  SmReadFunc read;
  gpointer data;
  GDestroyNotify data_free;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  if (call->data_free != NULL)
    call->data_free (call->data);
  g_free (call);
}

static gpointer
run_write (gpointer       context,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Call *call = data;

  return call->write (context, call->data, cancellable, error);
}

static gpointer
run_read (gpointer       context,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Call *call = data;

  return call->read (context, call->data, cancellable, error);
}

/* Whoever asked may leave while it is read: then it ends there. */
static gpointer
run_read_long (gpointer       context,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SmReader *reader = context;
  SmConnection *connection = sm_service_db_get_connection (reader->db);
  gpointer result;

  sm_connection_heed (connection, cancellable);
  result = run_read (context, data, cancellable, error);
  sm_connection_heed (connection, NULL);
  return result;
}

static Call *
call_new (SmRulesFunc    write,
          SmReadFunc     read,
          gpointer       data,
          GDestroyNotify data_free)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ write, read, data, data_free };
  return call;
}

/** sm_rules_run_async: Runs @func in the writer's thread; see sm_worker_run_async(). */
void
sm_rules_run_async (SmRules             *self,
                    SmRulesFunc          func,
                    gpointer             data,
                    GDestroyNotify       data_free,
                    GDestroyNotify       result_free,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  sm_worker_run_async (self->writer, run_write, call_new (func, NULL, data, data_free), call_free,
                       result_free, cancellable, callback, user_data);
}

gpointer
sm_rules_run_finish (SmRules       *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  return sm_worker_run_finish (result, error);
}

/** sm_rules_run_sync: Like sm_rules_run_async(), and waits; never in a main loop. */
gpointer
sm_rules_run_sync (SmRules      *self,
                   SmRulesFunc   func,
                   gpointer      data,
                   GError      **error)
{
  Call call = { func, NULL, data, NULL };

  return sm_worker_run_sync (self->writer, run_write, &call, NULL, error);
}

/** sm_rules_do_sync: The same for what has no result. Returns: FALSE when it failed */
gboolean
sm_rules_do_sync (SmRules      *self,
                  SmRulesFunc   func,
                  gpointer      data,
                  GError      **error)
{
  g_autoptr (GError) failed = NULL;

  sm_rules_run_sync (self, func, data, &failed);
  if (failed == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

static SmWorker *
pick_reader (SmRules *self)
{
  guint turn = (guint) g_atomic_int_add (&self->next_reader, 1);

  return self->readers[turn % G_N_ELEMENTS (self->readers)];
}

/** sm_rules_read_async: Runs @func in a reader's thread; see sm_worker_run_async(). */
void
sm_rules_read_async (SmRules             *self,
                     SmReadFunc           func,
                     gpointer             data,
                     GDestroyNotify       data_free,
                     GDestroyNotify       result_free,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  sm_worker_run_async (pick_reader (self), run_read, call_new (NULL, func, data, data_free),
                       call_free, result_free, cancellable, callback, user_data);
}

/**
 * sm_rules_read_long_async:
 *
 * Likewise, of what may take seconds: it has a thread of its own, so that nobody who
 * follows a feed waits behind it.
 */
void
sm_rules_read_long_async (SmRules             *self,
                          SmReadFunc           func,
                          gpointer             data,
                          GDestroyNotify       data_free,
                          GDestroyNotify       result_free,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  sm_worker_run_async (self->long_reader, run_read_long, call_new (NULL, func, data, data_free),
                       call_free, result_free, cancellable, callback, user_data);
}

gpointer
sm_rules_read_finish (SmRules       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  return sm_worker_run_finish (result, error);
}

/** sm_rules_read_sync: Like sm_rules_read_async(), and waits; never in a main loop. */
gpointer
sm_rules_read_sync (SmRules     *self,
                    SmReadFunc   func,
                    gpointer     data,
                    GError     **error)
{
  Call call = { NULL, func, data, NULL };

  return sm_worker_run_sync (pick_reader (self), run_read, &call, NULL, error);
}

SmRules *
sm_reader_get_rules (SmReader *reader)
{
  return reader->rules;
}
