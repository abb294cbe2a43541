/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-work-order.h"

G_BEGIN_DECLS

/** SmWorkOrderRequest: what a person asks for; texts that are NULL and numbers that are
 * SM_UNKNOWN were not said. */
typedef struct
{
  const char *source;
  const char *kind;
  gint64 alarm_id;         /* of which the target is; else: */
  const char *target_noun;
  gint64 target_id;
  const char *code;
  gint64 level;
  const char *subject;
  const char *description;
  const char *reported_by;
  const char *skill;
  const char *certificate;
  const char *parts;
  gint64 work_s;
  gint64 planned_at;
  gint64 first_sign_at;
} SmWorkOrderRequest;

#define SM_WORK_PHOTO_MAX_BYTES (10 * 1024 * 1024)

/** SmWorkPhoto: a photo that is to be of an order. */
typedef struct
{
  char sha256[65];
  const char *type;  /* (static): a media type */
  gint64 size;
  gboolean is_kept;  /* its file is there */
} SmWorkPhoto;

/** SmWorkOrderAct: what is said with an act; what does not go with it is not looked at. */
typedef struct
{
  gint64 engineer_id;
  gint64 organisation_id;
  gint64 part_id;
  gint64 quantity;
  gint64 eta;
  gint64 follow_up_at;
  gint64 claimed_at; /* when it was, by the clock of who was out there */
  gboolean spoke;    /* with the site or the driver */
  const char *reason;
  const char *note;
  const char *fix;
  const char *cause;
  const char *action;
  const SmWorkPhoto *photo; /* (nullable): with SM_WORK_ORDER_PHOTO, and only then */
} SmWorkOrderAct;

const char *sm_work_order_permission (SmWorkOrderEvent event);

/* In the writer's thread. */
SmRow      *sm_work_orders_create    (SmRules                   *rules,
                                      SmActor                   *actor,
                                      const char                *idempotency_key,
                                      const SmWorkOrderRequest  *request,
                                      GError                   **error);
SmRow      *sm_work_orders_act       (SmRules                   *rules,
                                      SmActor                   *actor,
                                      const char                *idempotency_key,
                                      gint64                     work_order_id,
                                      SmWorkOrderEvent           event,
                                      const SmWorkOrderAct      *act,
                                      SmRow                    **out_current,
                                      GError                   **error);
gboolean    sm_work_orders_put_past  (SmRules                  *rules,
                                      SmActor                  *actor,
                                      GPtrArray                *orders,
                                      GError                  **error);
GPtrArray  *sm_work_orders_list_open (SmRules                  *rules,
                                      GError                  **error);

/* In a reader's thread. */
GPtrArray  *sm_work_orders_steps     (SmReader                  *reader,
                                      SmActor                   *actor,
                                      gint64                     work_order_id,
                                      GError                   **error);

G_END_DECLS
