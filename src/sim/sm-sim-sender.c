/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-sender.h"

#include "sm-faults.h"
#include "sm-ingest.h"
#include "sm-orders.h"

/* At once: the writer has others to serve, and who is served after each part of a
 * long past should not have to come too often. */
#define MAX_ROWS 4000

typedef struct
{
  const SmSimSender *sender;
  GPtrArray *rows;
  guint from, to;
  GArray *reports;
} Sending;

/** sm_sim_sender_run: Calls @func in the writer's thread and waits for it. */
gboolean
sm_sim_sender_run (const SmSimSender  *self,
                   SmRulesFunc         func,
                   gpointer            data,
                   GError            **error)
{
  g_autoptr (GError) own_error = NULL;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  sm_rules_run_sync (self->rules, func, data, &own_error);
  if (own_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static gpointer
send_rows (SmRules       *rules,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Sending *sending = data;
  g_autoptr (GPtrArray) part = g_ptr_array_new ();
  g_auto (SmIngestResult) result = { 0 };

  for (guint i = sending->from; i < sending->to; i++)
    g_ptr_array_add (part, sending->rows->pdata[i]);
  sm_ingest_live (rules, sending->sender->actor, part, &result, error);
  return NULL;
}

static int
compare_noun (gconstpointer a,
              gconstpointer b)
{
  return (int) sm_row_get_noun (*(SmRow *const *) a)->id
         - (int) sm_row_get_noun (*(SmRow *const *) b)->id;
}

/** sm_sim_send_rows: Live rows, one noun at a time, as the rules take them; sorts @rows by it. */
gboolean
sm_sim_send_rows (const SmSimSender  *self,
                  GPtrArray          *rows,
                  GError            **error)
{
  Sending sending = { .sender = self, .rows = rows };

  g_ptr_array_sort (rows, compare_noun);
  for (; sending.from < rows->len; sending.from = sending.to)
    {
      const SmNoun *noun = sm_row_get_noun (rows->pdata[sending.from]);

      sending.to = sending.from;
      while (sending.to < rows->len && sending.to - sending.from < MAX_ROWS
             && sm_row_get_noun (rows->pdata[sending.to]) == noun)
        sending.to++;
      if (!sm_sim_sender_run (self, send_rows, &sending, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
send_reports (SmRules       *rules,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Sending *sending = data;
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_vehicles (rules, sending->sender->actor,
                      (const SmVehicleReport *) sending->reports->data, sending->reports->len,
                      &result, error);
  return NULL;
}

/** sm_sim_send_reports: @reports: of SmVehicleReport */
gboolean
sm_sim_send_reports (const SmSimSender  *self,
                     GArray             *reports,
                     GError            **error)
{
  Sending sending = { .sender = self, .reports = reports };

  return reports->len == 0 || sm_sim_sender_run (self, send_reports, &sending, error);
}

static gpointer
send_orders (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Sending *sending = data;

  sm_orders_put (rules, sending->sender->actor, sending->rows, error);
  return NULL;
}

gboolean
sm_sim_send_orders (const SmSimSender  *self,
                    GPtrArray          *orders,
                    GError            **error)
{
  Sending sending = { .sender = self, .rows = orders };

  return orders->len == 0 || sm_sim_sender_run (self, send_orders, &sending, error);
}

static gpointer
send_faults (SmRules       *rules,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Sending *sending = data;
  g_auto (SmIngestResult) result = { 0 };

  sm_ingest_faults (rules, sending->sender->actor, (const SmFaultReport *) sending->reports->data,
                    sending->reports->len, &result, error);
  return NULL;
}

/** sm_sim_send_faults: What broke or was mended; @faults: of SmFaultReport */
gboolean
sm_sim_send_faults (const SmSimSender  *self,
                    GArray             *faults,
                    GError            **error)
{
  Sending sending = { .sender = self, .reports = faults };

  return faults->len == 0 || sm_sim_sender_run (self, send_faults, &sending, error);
}
