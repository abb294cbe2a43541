/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guidance.h"

#include "sm-time.h"
#include "sm-truck-offer.h"

const char *const sm_guidance_events[] = {
  [SM_GUIDANCE_SEND] = "send",
  [SM_GUIDANCE_CALL] = "call",
  [SM_GUIDANCE_WITHDRAW] = "withdraw",
  [SM_GUIDANCE_DELIVER] = "deliver",
  [SM_GUIDANCE_ACCEPT] = "accept",
  [SM_GUIDANCE_REFUSE] = "refuse",
  [SM_GUIDANCE_ARRIVE] = "arrive",
  [SM_GUIDANCE_GO_UNANSWERED] = "go_unanswered",
  [SM_GUIDANCE_LAPSE] = "lapse",
  [SM_GUIDANCE_N_EVENTS] = NULL,
};

const char *const sm_truck_outcomes[] = { "offer", "no_pack", "rescue", "ask", NULL };

#define BIT(state) (1u << SM_GUIDANCE_STATE_##state)
#define ASKED (BIT (SENT) | BIT (DELIVERED) | BIT (NO_ANSWER))
#define OPEN (BIT (PROPOSED) | ASKED | BIT (ACCEPTED))
#define STAYS SM_N_GUIDANCE_STATES

/* From which states each may happen, and to which one it leads.  Who is called before
 * anything was sent has answered, too. */
static const struct
{
  guint from;
  guint to;
} steps[SM_GUIDANCE_N_EVENTS] = {
  [SM_GUIDANCE_SEND] = { BIT (PROPOSED) | BIT (NO_ANSWER), SM_GUIDANCE_STATE_SENT },
  [SM_GUIDANCE_CALL] = { OPEN, STAYS },
  [SM_GUIDANCE_WITHDRAW] = { OPEN, SM_GUIDANCE_STATE_WITHDRAWN },
  [SM_GUIDANCE_DELIVER] = { BIT (SENT) | BIT (NO_ANSWER), SM_GUIDANCE_STATE_DELIVERED },
  [SM_GUIDANCE_ACCEPT] = { BIT (PROPOSED) | ASKED, SM_GUIDANCE_STATE_ACCEPTED },
  [SM_GUIDANCE_REFUSE] = { OPEN, SM_GUIDANCE_STATE_REFUSED },
  [SM_GUIDANCE_ARRIVE] = { ASKED | BIT (ACCEPTED), SM_GUIDANCE_STATE_ARRIVED },
  [SM_GUIDANCE_GO_UNANSWERED] = { BIT (SENT) | BIT (DELIVERED), SM_GUIDANCE_STATE_NO_ANSWER },
  [SM_GUIDANCE_LAPSE] = { OPEN, SM_GUIDANCE_STATE_LAPSED },
};

/** sm_guidance_next: Returns: FALSE when @event cannot happen in @state */
gboolean
sm_guidance_next (SmGuidanceState  state,
                  SmGuidanceEvent  event,
                  SmGuidanceState *out_next)
{
  g_return_val_if_fail (event < SM_GUIDANCE_N_EVENTS, FALSE);

  if (state >= SM_N_GUIDANCE_STATES || (steps[event].from & (1u << state)) == 0)
    return FALSE;
  *out_next = steps[event].to != STAYS ? (SmGuidanceState) steps[event].to : state;
  return TRUE;
}

/** sm_guidance_is_open: Whether the truck may still come there: until then its pack is held. */
gboolean
sm_guidance_is_open (const SmRow *guidance)
{
  return sm_row_get_enum (guidance, SM_GUIDANCE_STATE) <= SM_GUIDANCE_STATE_ACCEPTED;
}

/* Until when it may be in the state that it is in since @now. */
static gint64
due_at (const SmRow     *guidance,
        SmGuidanceState  state,
        gint64           now)
{
  gint64 eta = sm_row_get_int (guidance, SM_GUIDANCE_ETA);

  switch (state)
    {
    case SM_GUIDANCE_STATE_PROPOSED:
      return now + SM_GUIDANCE_SEND_US;
    case SM_GUIDANCE_STATE_SENT:
      return now + SM_GUIDANCE_DELIVER_US;
    case SM_GUIDANCE_STATE_DELIVERED:
      return now + SM_GUIDANCE_ANSWER_US;
    case SM_GUIDANCE_STATE_NO_ANSWER:
      return now + SM_GUIDANCE_CALL_US;
    case SM_GUIDANCE_STATE_ACCEPTED:
      return MAX (now, eta != SM_UNKNOWN ? eta : now) + SM_GUIDANCE_ARRIVE_US;
    default:
      return SM_UNKNOWN;
    }
}

/* Once it sets out, it is there after the way. */
static void
foresee (SmRow  *guidance,
         gint64  now)
{
  if (!sm_row_is_null (guidance, SM_GUIDANCE_TRAVEL_S))
    sm_row_set_int (guidance, SM_GUIDANCE_ETA,
                    now + sm_row_get_int (guidance, SM_GUIDANCE_TRAVEL_S) * SM_SECOND);
}

static void
set_time (SmRow           *guidance,
          SmGuidanceState  state,
          gint64           now)
{
  static const guint times[SM_N_GUIDANCE_STATES] = {
    [SM_GUIDANCE_STATE_PROPOSED] = SM_GUIDANCE_PROPOSED_AT,
    [SM_GUIDANCE_STATE_SENT] = SM_GUIDANCE_SENT_AT,
    [SM_GUIDANCE_STATE_DELIVERED] = SM_GUIDANCE_DELIVERED_AT,
    [SM_GUIDANCE_STATE_ACCEPTED] = SM_GUIDANCE_ANSWERED_AT,
    [SM_GUIDANCE_STATE_REFUSED] = SM_GUIDANCE_ANSWERED_AT,
    [SM_GUIDANCE_STATE_ARRIVED] = SM_GUIDANCE_ARRIVED_AT,
  };

  if (times[state] != 0)
    sm_row_set_int (guidance, times[state], now);
}

/**
 * sm_guidance_happens:
 *
 * Takes the step in @guidance, with the times that follow from it.
 *
 * Returns: FALSE when its life does not have it; then it is as it was
 */
gboolean
sm_guidance_happens (SmRow           *guidance,
                     SmGuidanceEvent  event,
                     gint64           now)
{
  SmGuidanceState state = (SmGuidanceState) sm_row_get_enum (guidance, SM_GUIDANCE_STATE);
  SmGuidanceState next;

  if (!sm_guidance_next (state, event, &next))
    return FALSE;
  if (next == state)
    return TRUE;
  sm_row_set_text (guidance, SM_GUIDANCE_STATE, sm_guidance_states[next]);
  sm_row_set_int (guidance, SM_GUIDANCE_STATE_SINCE, now);
  set_time (guidance, next, now);
  if (next == SM_GUIDANCE_STATE_ACCEPTED)
    foresee (guidance, now);
  sm_row_set_int (guidance, SM_GUIDANCE_DUE_AT, due_at (guidance, next, now));
  if (!sm_guidance_is_open (guidance))
    sm_row_set_int (guidance, SM_GUIDANCE_ENDED_AT, now);
  return TRUE;
}
