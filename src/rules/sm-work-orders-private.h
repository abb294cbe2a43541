/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-verb-private.h"
#include "sm-work-orders.h"

G_BEGIN_DECLS

/** SmWorkOrderSaid: what stands in the timeline beside an event. */
typedef struct
{
  const char *person; /* (nullable): the service itself */
  gint64 claimed_at;
  const char *text;   /* (nullable) */
  gint64 reference;
} SmWorkOrderSaid;

gboolean  sm_work_order_happens   (SmRow                  *order,
                                   SmWorkOrderEvent        event,
                                   gint64                  now,
                                   GError                **error);
gboolean  sm_work_order_write     (SmRules                *rules,
                                   SmRow                  *order,
                                   const SmRow            *before,
                                   SmWorkOrderEvent        event,
                                   const SmWorkOrderSaid  *said,
                                   GError                **error);
SmRow    *sm_work_order_draft     (SmRules                *rules,
                                   const SmRow            *like,
                                   gint64                  first_sign_at,
                                   GError                **error);
gboolean  sm_work_order_aim       (SmRules                *rules,
                                   SmRow                  *order,
                                   const SmRow            *target,
                                   GError                **error);
gboolean  sm_work_order_of_alarm  (SmRules                *rules,
                                   SmRow                  *order,
                                   const SmRow            *alarm,
                                   GError                **error);
gboolean  sm_work_order_find_open (SmRules                *rules,
                                   SmRow                  *order,
                                   SmRow                 **out_order,
                                   GError                **error);
gboolean  sm_work_order_gather    (SmRules                *rules,
                                   const SmRow            *order,
                                   GError                **error);
gboolean  sm_work_order_join      (SmRules                *rules,
                                   const SmRow            *before,
                                   const SmRow            *alarm,
                                   GError                **error);
gboolean  sm_work_order_recur     (SmRules                *rules,
                                   const SmRow            *before,
                                   gint64                  reference,
                                   GError                **error);
gboolean  sm_work_order_is_for_later (const SmRow         *order,
                                   gint64                  now);
void      sm_work_order_bring_forward (SmRules            *rules,
                                   SmRow                  *order,
                                   gint64                  first_sign_at);
gboolean  sm_work_order_adopt     (SmRules                *rules,
                                   const SmRow            *order,
                                   const SmRow            *alarm,
                                   GError                **error);
SmRow    *sm_work_order_follow    (const SmVerb           *verb,
                                   const SmRow            *order,
                                   gint64                  planned_at,
                                   const char             *reason,
                                   GError                **error);
gboolean  sm_work_order_check_text (const char            *text,
                                   const char             *pointer,
                                   GError                **error);
gboolean  sm_work_order_refuse    (const char             *slug,
                                   const char             *why,
                                   GError                **error);
gboolean  sm_work_order_use_part  (const SmVerb           *verb,
                                   const SmRow            *order,
                                   const SmWorkOrderAct   *act,
                                   char                  **out_text,
                                   GError                **error);
gboolean  sm_work_photo_find      (SmRules                *rules,
                                   gint64                  work_order_id,
                                   const SmWorkPhoto      *photo,
                                   gboolean               *out_is_there,
                                   GError                **error);
gboolean  sm_work_photo_add       (const SmVerb           *verb,
                                   const SmWorkOrderAct   *said,
                                   SmRow                  *order,
                                   gint64                 *out_id,
                                   GError                **error);
gboolean  sm_work_order_check_certificate
                                  (SmRules                *rules,
                                   const SmRow            *order,
                                   gint64                  engineer_id,
                                   GError                **error);

G_END_DECLS
