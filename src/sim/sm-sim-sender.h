/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/** SmSimSender: to whom, and in whose name, the simulator speaks; from a thread that may wait. */
typedef struct
{
  SmRules *rules;
  SmActor *actor;
  GCancellable *cancellable; /* (nullable): nothing more is sent when it is cancelled */
} SmSimSender;

gboolean sm_sim_sender_run    (const SmSimSender *self,
                               SmRulesFunc        func,
                               gpointer           data,
                               GError           **error);
gboolean sm_sim_send_rows     (const SmSimSender *self,
                               GPtrArray         *rows,
                               GError           **error);
gboolean sm_sim_send_reports  (const SmSimSender *self,
                               GArray            *reports,
                               GError           **error);
gboolean sm_sim_send_orders   (const SmSimSender *self,
                               GPtrArray         *orders,
                               GError           **error);
gboolean sm_sim_send_faults   (const SmSimSender *self,
                               GArray            *faults,
                               GError           **error);

G_END_DECLS
