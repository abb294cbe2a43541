/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-mend.h"

#include "sm-history-pages.h"
#include "sm-noun.h"
#include "sm-orders.h"
#include "sm-row.h"
#include "sm-time.h"

#define PAGE 2000
#define INTERRUPTED "service_interrupted"

typedef struct
{
  SmActor *actor;
  gint64 at_us;
  GPtrArray *orders;
} Mending;

static gboolean
is_open (const SmRow *order)
{
  guint process = sm_row_get_enum (order, SM_ORDER_PROCESS);

  return process == SM_ORDER_PROCESS_CREATED || process == SM_ORDER_PROCESS_IN_PROGRESS;
}

/* Those that run come before all that have ended. */
static gpointer
read_open (SmReader      *reader,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Mending *self = data;
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_ORDER), .newest_first = TRUE,
                           .from = SM_UNKNOWN, .to = SM_UNKNOWN, .after_time = SM_UNKNOWN,
                           .limit = PAGE };
  gboolean has_more;
  g_autoptr (GPtrArray) rows = sm_history_read (reader, self->actor, &query, &has_more, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (is_open (rows->pdata[i]))
      g_ptr_array_add (self->orders, sm_row_copy (rows->pdata[i]));
  return NULL;
}

static void
abort_order (SmRow  *order,
             gint64  at_us)
{
  gint64 begun_us = sm_row_get_int (order, SM_ORDER_CREATED_AT);

  if (!sm_row_is_null (order, SM_ORDER_STARTED_AT))
    begun_us = MAX (begun_us, sm_row_get_int (order, SM_ORDER_STARTED_AT));
  sm_row_set_text (order, SM_ORDER_PROCESS, sm_order_processes[SM_ORDER_PROCESS_ABORTED]);
  sm_row_set_int (order, SM_ORDER_ENDED_AT, MAX (at_us, begun_us));
  sm_row_set_text (order, SM_ORDER_ABNORMAL, INTERRUPTED);
}

static gpointer
write_aborted (SmRules       *rules,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Mending *self = data;

  for (guint i = 0; i < self->orders->len; i++)
    abort_order (self->orders->pdata[i], self->at_us);
  sm_orders_put (rules, self->actor, self->orders, error);
  return NULL;
}

/* --- movements --- */

typedef struct
{
  SmActor *actor;
  gint64 from_us;
  GPtrArray *movements;
} Recalling;

static gpointer
read_movements (SmReader      *reader,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Recalling *self = data;
  SmHistoryQuery query = { .noun = sm_noun_get (SM_NOUN_BATTERY_MOVEMENT), .newest_first = TRUE,
                           .from = self->from_us, .to = SM_UNKNOWN, .after_time = SM_UNKNOWN,
                           .limit = PAGE };
  gboolean has_more;
  g_autoptr (GPtrArray) rows = sm_history_read (reader, self->actor, &query, &has_more, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    g_ptr_array_add (self->movements, sm_row_copy (rows->pdata[i]));
  return NULL;
}

/**
 * sm_sim_recall_movements:
 *
 * Movements are written as they happen, live values a little later.
 *
 * Returns: (transfer full) (nullable): the latest movements since @from_us, newest first
 */
GPtrArray *
sm_sim_recall_movements (SmRules  *rules,
                         SmActor  *actor,
                         gint64    from_us,
                         GError  **error)
{
  g_autoptr (GPtrArray) movements = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GError) own_error = NULL;
  Recalling self = { actor, from_us, movements };

  sm_rules_read_sync (rules, read_movements, &self, &own_error);
  if (own_error == NULL)
    return g_steal_pointer (&movements);
  g_propagate_error (error, g_steal_pointer (&own_error));
  return NULL;
}

/**
 * sm_sim_mend_orders:
 * @at_us: when the network was heard last
 *
 * Nobody goes on with a swap that ran then: those orders are aborted, and say why.
 */
gboolean
sm_sim_mend_orders (SmRules  *rules,
                    SmActor  *actor,
                    gint64    at_us,
                    GError  **error)
{
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GError) own_error = NULL;
  Mending self = { actor, at_us, NULL };

  do
    {
      g_clear_pointer (&orders, g_ptr_array_unref);
      self.orders = orders = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
      sm_rules_read_sync (rules, read_open, &self, &own_error);
      if (own_error == NULL && orders->len > 0)
        sm_rules_run_sync (rules, write_aborted, &self, &own_error);
    }
  while (own_error == NULL && orders->len == PAGE);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}
