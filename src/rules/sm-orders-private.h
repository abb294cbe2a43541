/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-orders.h"

G_BEGIN_DECLS

gboolean sm_orders_complete         (SmRules  *rules,
                                     SmRow    *order,
                                     GError  **error);
gboolean sm_movements_complete      (SmRules  *rules,
                                     SmRow    *movement,
                                     GError  **error);
gboolean sm_driving_events_complete (SmRules  *rules,
                                     SmRow    *event,
                                     GError  **error);
gboolean sm_history_check           (const SmRow  *row,
                                     SmNounId      noun,
                                     GError      **error);
gboolean sm_history_is_past         (SmRules      *rules,
                                     const SmRow  *row,
                                     guint         field,
                                     GError      **error);

/* Ends what sm_rules_begin() began, by how it went. */
static inline gboolean
sm_history_end (SmRules   *rules,
                gboolean   ok,
                GError   **error)
{
  if (ok)
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

G_END_DECLS
