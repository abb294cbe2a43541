/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-guidance.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmGuidanceRequest: what a person wants to become of a truck that comes to a station. */
typedef struct
{
  gint64 vehicle_id;
  gint64 from_station_id;
  gint64 battery_id;  /* that pack or none; SM_UNKNOWN: the best that is there */
  gboolean sends;     /* at once */
  gboolean is_rescue; /* somebody goes to it instead */
  const char *reason; /* (nullable): of a rescue */
  gint64 claimed_at;  /* when the person did it; 0: just now */
} SmGuidanceRequest;

/** SmGuidanceAct: what is said with an act; what does not go with it is not looked at. */
typedef struct
{
  const char *outcome; /* of a call: of sm_guidance_calls */
  const char *note;    /* (nullable): of a call */
  const char *reason;  /* (nullable): of a withdrawal */
  gint64 claimed_at;   /* when the person did it; 0: just now */
} SmGuidanceAct;

#define SM_GUIDANCE_PERMISSION "guidance.send"

/* In the writer's thread. */
SmRow     *sm_guidances_offer     (SmRules                  *rules,
                                   SmActor                  *actor,
                                   const char               *idempotency_key,
                                   const SmGuidanceRequest  *request,
                                   GError                  **error);
SmRow     *sm_guidances_act       (SmRules                  *rules,
                                   SmActor                  *actor,
                                   const char               *idempotency_key,
                                   gint64                    guidance_id,
                                   SmGuidanceEvent           event,
                                   const SmGuidanceAct      *said,
                                   SmRow                   **out_current,
                                   GError                  **error);
GPtrArray *sm_guidances_list_open (SmRules                  *rules,
                                   SmActor                  *actor,
                                   GError                  **error);
GPtrArray *sm_guidances_fetch     (SmRules                  *rules,
                                   SmActor                  *actor,
                                   GError                  **error);
SmRow     *sm_guidances_answer    (SmRules                  *rules,
                                   SmActor                  *actor,
                                   gint64                    guidance_id,
                                   const char               *state,
                                   const char               *reason,
                                   GError                  **error);

/* Any thread. */
int        sm_guidances_get_rev   (SmRules                  *rules);

G_END_DECLS
