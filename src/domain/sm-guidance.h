/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/*
 * The life of guidance, as pure functions: a truck is told to go somewhere, and the pack is
 * held for it until it is there or it is known that it does not come.
 */

/** SmGuidanceEvent: what can happen to it; to SM_GUIDANCE_WITHDRAW a person does it. */
typedef enum
{
  SM_GUIDANCE_SEND,
  SM_GUIDANCE_CALL, /* somebody called the driver; what came of it is an event, too */
  SM_GUIDANCE_WITHDRAW,

  SM_GUIDANCE_DELIVER,
  SM_GUIDANCE_ACCEPT,
  SM_GUIDANCE_REFUSE,
  SM_GUIDANCE_ARRIVE,
  SM_GUIDANCE_GO_UNANSWERED,
  SM_GUIDANCE_LAPSE,
  SM_GUIDANCE_N_EVENTS
} SmGuidanceEvent;

extern const char *const sm_guidance_events[];

/* How long each state may take, by the service's clock. */
#define SM_GUIDANCE_SEND_US (15 * SM_MINUTE)
#define SM_GUIDANCE_DELIVER_US (2 * SM_MINUTE)
#define SM_GUIDANCE_ANSWER_US (3 * SM_MINUTE)
#define SM_GUIDANCE_CALL_US (15 * SM_MINUTE)
/* So late a truck may be that has said it comes. */
#define SM_GUIDANCE_ARRIVE_US (30 * SM_MINUTE)
/* What a truck has refused is not offered to it again so soon. */
#define SM_GUIDANCE_REFUSED_US (2 * SM_HOUR)

gboolean sm_guidance_next    (SmGuidanceState  state,
                              SmGuidanceEvent  event,
                              SmGuidanceState *out_next);
gboolean sm_guidance_is_open (const SmRow     *guidance);
gboolean sm_guidance_happens (SmRow           *guidance,
                              SmGuidanceEvent  event,
                              gint64           now);

G_END_DECLS
