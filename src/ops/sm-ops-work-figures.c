/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-work-figures.h"

#include "sm-cache-reader.h"
#include "sm-error.h"
#include "sm-ops-private.h"
#include "sm-sync-figures.h"
#include "sm-work-plant-table.h"

/* The service reckons; where it cannot be reached, the same is reckoned from what is kept. */

typedef struct
{
  gint64 from, to, now;
} Wanted;

static gpointer
reckon (SmConnection  *connection,
        gpointer       data,
        GError       **error)
{
  static const SmScope all = { SM_SCOPE_ALL };
  const Wanted *wanted = data;
  gint64 from = wanted->from - SM_WORK_FIGURES_BEFORE;
  g_autoptr (GPtrArray) orders = sm_cache_read_work_orders_since (connection, from, error);
  g_autoptr (GPtrArray) windows
      = orders != NULL
            ? sm_cache_read_all (connection, sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW), error) : NULL;
  g_autoptr (GArray) stations
      = windows != NULL ? sm_cache_read_ids (connection, sm_noun_get (SM_NOUN_STATION), error)
                        : NULL;
  g_autoptr (SmWorkPlant) plant
      = stations != NULL ? sm_work_plant_read (connection, &all, from, error) : NULL;

  return plant != NULL ? sm_work_figures_reckon (wanted->from, wanted->to, wanted->now, orders,
                                                 windows, stations->len, plant)
                       : NULL;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SmWorkFigures *figures = sm_sync_read_finish (result, &error);

  if (figures != NULL)
    g_task_return_pointer (task, figures, (GDestroyNotify) sm_work_figures_free);
  else
    g_task_return_error (task, error);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SmOps *self = g_task_get_source_object (task);
  Wanted *wanted = g_task_get_task_data (task);
  GError *error = NULL;
  SmWorkFigures *figures = sm_sync_ask_work_figures_finish (result, &error);

  if (figures != NULL)
    g_task_return_pointer (task, figures, (GDestroyNotify) sm_work_figures_free);
  else if (!g_error_matches (error, SM_ERROR, SM_ERROR_OFFLINE))
    g_task_return_error (task, error);
  else
    {
      GCancellable *cancellable = g_task_get_cancellable (task);

      g_error_free (error);
      g_object_set_data (G_OBJECT (task), "kept", self);
      sm_sync_read_async (self->sync, reckon, g_memdup2 (wanted, sizeof *wanted), g_free,
                          (GDestroyNotify) sm_work_figures_free, cancellable, kept_cb,
                          g_steal_pointer (&task));
    }
}

/**
 * sm_ops_load_work_figures_async:
 * @from: network time, µs
 * @to: likewise
 */
void
sm_ops_load_work_figures_async (SmOps               *self,
                                gint64               from,
                                gint64               to,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wanted wanted = { from, to, sm_clock_now (self->clock) };

  g_return_if_fail (SM_IS_OPS (self));

  g_task_set_source_tag (task, sm_ops_load_work_figures_async);
  g_task_set_task_data (task, g_memdup2 (&wanted, sizeof wanted), g_free);
  if (sm_ops_check_started (self, task))
    sm_sync_ask_work_figures_async (self->sync, from, to, cancellable, asked_cb,
                                    g_steal_pointer (&task));
}

/**
 * sm_ops_load_work_figures_finish:
 * @out_is_kept: (out): whether they are of what this computer has kept
 *
 * Returns: (transfer full) (nullable)
 */
SmWorkFigures *
sm_ops_load_work_figures_finish (SmOps         *self,
                                 GAsyncResult  *result,
                                 gboolean      *out_is_kept,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  *out_is_kept = g_object_get_data (G_OBJECT (result), "kept") != NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}
