/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-guidances-private.h"

#include "sm-diversions.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-orders-private.h"

#include <string.h>

/*
 * A station does not serve, and trucks are on their way to it: each is told where to go and
 * which pack is held for it there, says whether it goes, and is called when it says nothing.
 * To one that reaches no pack somebody is sent.
 */

#define ANSWER_ACT "guidance.answer"
#define RESCUE_CODE "vehicle-stranded"
#define RESCUE_LEVEL 2
#define MAX_REASON 500

/** sm_guidance_put: Writes a step and tells the audit, in the transaction that runs. */
gboolean
sm_guidance_put (SmRules        *rules,
                 const SmActor  *actor,
                 const char     *act,
                 SmRow          *guidance,
                 const SmRow    *before,
                 GError        **error)
{
  g_autofree char *object = NULL;

  if (!sm_verb_put (rules, guidance, before, error))
    return FALSE;
  object = g_strdup_printf ("guidance/%" G_GINT64_FORMAT, sm_row_get_id (guidance));
  return sm_verb_audit (rules, actor, act, object, "done", before, guidance, error);
}

static gboolean
refuse (const char  *slug,
        const char  *why,
        GError     **error)
{
  sm_set_error (error, SM_ERROR_INVALID, slug, "%s", why);
  return FALSE;
}

/* --- a new one --- */

static SmRow *
begin_row (const SmVerb            *verb,
           const SmGuidanceRequest *request,
           const SmRow             *vehicle)
{
  SmRow *guidance = sm_row_new (sm_noun_get (SM_NOUN_GUIDANCE));
  gint64 now = sm_rules_now (verb->rules);

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    sm_row_set_int (guidance, i, sm_row_get_int (vehicle, i));
  sm_row_set_text (guidance, SM_GUIDANCE_STATE, sm_guidance_states[SM_GUIDANCE_STATE_PROPOSED]);
  sm_row_set_int (guidance, SM_GUIDANCE_STATE_SINCE, now);
  sm_row_set_int (guidance, SM_GUIDANCE_VEHICLE_ID, sm_row_get_id (vehicle));
  sm_row_set_text (guidance, SM_GUIDANCE_PLATE, sm_row_get_text (vehicle, SM_VEHICLE_PLATE));
  sm_row_set_int (guidance, SM_GUIDANCE_FROM_STATION_ID, request->from_station_id);
  sm_row_set_int (guidance, SM_GUIDANCE_PROPOSED_AT, now);
  sm_row_set_text (guidance, SM_GUIDANCE_PROPOSED_BY, verb->actor->name);
  sm_row_set_int (guidance, SM_GUIDANCE_CALLS, 0);
  return guidance;
}

static void
promise (SmRow             *guidance,
         const SmDiversion *to,
         gint64             now)
{
  sm_row_set_int (guidance, SM_GUIDANCE_STATION_ID, to->station_id);
  sm_row_set_int (guidance, SM_GUIDANCE_BAY_ID, to->bay_id);
  sm_row_set_int (guidance, SM_GUIDANCE_BATTERY_ID, to->battery_id);
  sm_row_set_int (guidance, SM_GUIDANCE_ROAD_M, (gint64) to->choice.road_m);
  sm_row_set_int (guidance, SM_GUIDANCE_TRAVEL_S, to->choice.travel_s);
  sm_row_set_int (guidance, SM_GUIDANCE_WAIT_S, to->choice.wait_s);
  sm_row_set_int (guidance, SM_GUIDANCE_ETA, now + to->choice.travel_s * SM_SECOND);
  sm_row_set_int (guidance, SM_GUIDANCE_DUE_AT, now + SM_GUIDANCE_SEND_US);
}

static void
send (SmRow        *guidance,
      const SmVerb *verb)
{
  if (sm_guidance_happens (guidance, SM_GUIDANCE_SEND, sm_rules_now (verb->rules)))
    sm_row_set_text (guidance, SM_GUIDANCE_SENT_BY, verb->actor->name);
}

/* --- somebody goes to it --- */

/* One truck, one rescue: it may be that it has said itself that it is stranded. */
static gboolean
order_rescue (const SmVerb  *verb,
              const char    *reason,
              const SmRow   *vehicle,
              gint64        *out_id,
              GError       **error)
{
  SmRules *rules = verb->rules;
  SmWorkOrderSaid said = { verb->actor->name, SM_UNKNOWN, reason, SM_UNKNOWN };
  g_autoptr (SmRow) order = sm_work_order_draft (rules, vehicle, sm_rules_now (rules), error);
  g_autoptr (SmRow) open = NULL;
  g_autofree char *object = NULL;

  if (order == NULL)
    return FALSE;
  sm_row_set_text (order, SM_WORK_ORDER_KIND, "rescue");
  sm_row_set_text (order, SM_WORK_ORDER_SOURCE, "manual");
  sm_row_set_text (order, SM_WORK_ORDER_CODE, RESCUE_CODE);
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, RESCUE_LEVEL);
  sm_row_set_text (order, SM_WORK_ORDER_CREATED_BY, verb->actor->name);
  sm_row_set_text (order, SM_WORK_ORDER_DESCRIPTION, reason);
  if (!sm_work_order_aim (rules, order, vehicle, error)
      || !sm_work_order_find_open (rules, order, &open, error))
    return FALSE;
  *out_id = open != NULL ? sm_row_get_id (open) : SM_UNKNOWN;
  if (open != NULL)
    return TRUE;
  if (!sm_work_order_write (rules, order, NULL, SM_WORK_ORDER_CREATE, &said, error)
      || !sm_work_order_gather (rules, order, error))
    return FALSE;
  *out_id = sm_row_get_id (order);
  object = g_strdup_printf ("work_order/%" G_GINT64_FORMAT, *out_id);
  return sm_verb_audit (rules, verb->actor, "work_order.create", object, "done", NULL, order,
                        error);
}

/* What it was told before does not hold any more. */
static gboolean
withdraw_open (const SmVerb  *verb,
               GError       **error)
{
  const SmRow *open = sm_guidance_book_of_truck (verb->rules, verb->id);
  g_autoptr (SmRow) before = open != NULL ? sm_row_copy (open) : NULL;
  g_autoptr (SmRow) after = open != NULL ? sm_row_copy (open) : NULL;

  if (open == NULL)
    return TRUE;
  sm_guidance_happens (after, SM_GUIDANCE_WITHDRAW, sm_rules_now (verb->rules));
  sm_row_set_text (after, SM_GUIDANCE_ENDED_BY, verb->actor->name);
  return sm_guidance_put (verb->rules, verb->actor, verb->act, after, before, error);
}

/* Who asks for it again hears of the rescue that there is: a second row would say that a
 * second truck waits for somebody. */
static gboolean
find_rescue (const SmVerb  *verb,
             const SmRow   *asked,
             gint64         order_id,
             SmRow        **out_there,
             GError       **error)
{
  g_autoptr (GPtrArray) last = sm_service_list_guidances_of (
      sm_rules_get_connection (verb->rules), sm_row_get_int (asked, SM_GUIDANCE_VEHICLE_ID), error);

  for (guint i = 0; last != NULL && i < last->len && *out_there == NULL; i++)
    if (sm_row_get_int (last->pdata[i], SM_GUIDANCE_WORK_ORDER_ID) == order_id
        && sm_row_get_int (last->pdata[i], SM_GUIDANCE_FROM_STATION_ID)
               == sm_row_get_int (asked, SM_GUIDANCE_FROM_STATION_ID))
      *out_there = sm_row_ref (last->pdata[i]);
  return last != NULL;
}

/* @out_there: (out) (transfer full) (nullable): what says so already */
static gboolean
rescue (const SmVerb            *verb,
        const SmGuidanceRequest *request,
        const SmRow             *vehicle,
        SmRow                   *guidance,
        SmRow                  **out_there,
        GError                 **error)
{
  gint64 now = sm_rules_now (verb->rules), order_id;

  if (!sm_actor_require (verb->actor, "work_order.create", error)
      || !withdraw_open (verb, error)
      || !order_rescue (verb, request->reason, vehicle, &order_id, error)
      || !find_rescue (verb, guidance, order_id, out_there, error))
    return FALSE;
  sm_row_set_text (guidance, SM_GUIDANCE_STATE, sm_guidance_states[SM_GUIDANCE_STATE_RESCUE]);
  sm_row_set_int (guidance, SM_GUIDANCE_ENDED_AT, now);
  sm_row_set_text (guidance, SM_GUIDANCE_ENDED_BY, verb->actor->name);
  sm_row_set_text (guidance, SM_GUIDANCE_END_REASON, request->reason);
  sm_row_set_int (guidance, SM_GUIDANCE_WORK_ORDER_ID, order_id);
  return TRUE;
}

/* --- what a person asks for --- */

static gboolean
find_offer (const SmVerb             *verb,
            const SmGuidanceRequest  *request,
            SmRow                    *guidance,
            gboolean                 *out_needs_rescue,
            GError                  **error)
{
  SmDiversion found;

  *out_needs_rescue = FALSE;
  if (sm_guidance_book_of_truck (verb->rules, verb->id) != NULL)
    return refuse ("guidance-open", "The truck is already told to go somewhere", error);
  if (!sm_diversions_find_one (verb->rules, verb->actor, request->from_station_id, verb->id,
                               request->battery_id, &found, error))
    return FALSE;
  switch (found.choice.outcome)
    {
    case SM_DIVERT_OFFER:
      promise (guidance, &found, sm_rules_now (verb->rules));
      return TRUE;
    case SM_DIVERT_RESCUE:
      *out_needs_rescue = TRUE;
      return TRUE;
    case SM_DIVERT_ASK:
      return refuse ("guidance-unknown-range", "Nobody knows how far the truck gets", error);
    default:
      return request->battery_id != SM_UNKNOWN
                 ? refuse ("guidance-pack-gone", "That pack is not to be had any more", error)
                 : refuse ("guidance-no-pack", "No pack is left within its reach", error);
    }
}

/* What was wanted where there was no network comes when there is one: trucks are elsewhere by
 * then, and who is told to turn round has long arrived. */
static gboolean
check_age (SmRules  *rules,
           gint64    claimed_at,
           GError  **error)
{
  return claimed_at == 0 || sm_rules_now (rules) - claimed_at <= SM_GUIDANCE_SEND_US
         || refuse ("guidance-late", "That was wanted too long ago", error);
}

static gboolean
tell_there (const SmVerb  *verb,
            const SmRow   *there,
            GError       **error)
{
  g_autofree char *object = g_strdup_printf ("guidance/%" G_GINT64_FORMAT, sm_row_get_id (there));

  return sm_verb_audit (verb->rules, verb->actor, verb->act, object, "unchanged", there, there,
                        error);
}

static SmRow *
offer (const SmVerb   *verb,
       gconstpointer   data,
       SmRow          *vehicle,
       GError        **error)
{
  const SmGuidanceRequest *request = data;
  g_autoptr (SmRow) guidance = NULL;
  g_autoptr (SmRow) station = NULL;
  g_autoptr (SmRow) there = NULL;
  gboolean needs_rescue = request->is_rescue;

  if (!check_age (verb->rules, request->claimed_at, error)
      || !sm_guidance_book_refresh (verb->rules, error))
    return NULL;
  if (!sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_STATION),
                         request->from_station_id, &station, NULL))
    {
      sm_error_refuse_field (error, "/from_station_id", "unknown");
      return NULL;
    }
  guidance = begin_row (verb, request, vehicle);
  if ((!needs_rescue && !find_offer (verb, request, guidance, &needs_rescue, error))
      || (needs_rescue && !rescue (verb, request, vehicle, guidance, &there, error)))
    return NULL;
  if (there != NULL)
    return tell_there (verb, there, error) ? g_steal_pointer (&there) : NULL;
  if (request->sends)
    send (guidance, verb);
  return sm_guidance_put (verb->rules, verb->actor, verb->act, guidance, NULL, error)
             ? g_steal_pointer (&guidance)
             : NULL;
}

/**
 * sm_guidances_offer:
 *
 * Holds a pack for a truck and tells it to go there, or has somebody sent to it when it
 * reaches none.
 *
 * Returns: (transfer full) (nullable): the guidance
 */
SmRow *
sm_guidances_offer (SmRules                  *rules,
                    SmActor                  *actor,
                    const char               *idempotency_key,
                    const SmGuidanceRequest  *request,
                    GError                  **error)
{
  g_autofree char *text = g_strdup_printf (
      "guidance.offer %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %d %s",
      request->vehicle_id, request->from_station_id, request->battery_id, request->sends,
      request->is_rescue, request->reason != NULL ? request->reason : "");
  SmVerb verb = { rules, actor, SM_GUIDANCE_PERMISSION, sm_noun_get (SM_NOUN_VEHICLE),
                  request->vehicle_id, idempotency_key, text, NULL };

  if (request->reason != NULL
      && !sm_work_order_check_text (request->reason, "/reason", error))
    return NULL;
  return sm_verb_run (&verb, offer, request, error);
}

typedef struct
{
  SmGuidanceEvent event;
  const SmGuidanceAct *said;
} Act;

/* What was said on the phone is the answer, whatever the truck's device has said before. */
static gboolean
note_call (const SmVerb        *verb,
           const SmGuidanceAct *said,
           SmRow               *guidance,
           GError             **error)
{
  guint outcome = sm_slug_index (sm_guidance_calls, said->outcome);
  gint64 now = sm_rules_now (verb->rules);
  gboolean was_accepted
      = sm_row_get_enum (guidance, SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_ACCEPTED;

  if (outcome == SM_ENUM_UNKNOWN)
    return sm_error_refuse_field (error, "/outcome", said->outcome != NULL ? "invalid" : "required");
  if (!sm_verb_check_note (said->note, error))
    return FALSE;
  sm_row_set_int (guidance, SM_GUIDANCE_CALLS, sm_row_get_int (guidance, SM_GUIDANCE_CALLS) + 1);
  sm_row_set_int (guidance, SM_GUIDANCE_CALLED_AT, now);
  sm_row_set_text (guidance, SM_GUIDANCE_CALLED_BY, verb->actor->name);
  sm_row_set_text (guidance, SM_GUIDANCE_CALL_OUTCOME, sm_guidance_calls[outcome]);
  sm_row_set_text (guidance, SM_GUIDANCE_CALL_NOTE, said->note);
  if (outcome == SM_GUIDANCE_CALL_UNREACHABLE
      || (outcome == SM_GUIDANCE_CALL_ACCEPTED && was_accepted))
    return TRUE;
  sm_guidance_happens (guidance, outcome == SM_GUIDANCE_CALL_ACCEPTED ? SM_GUIDANCE_ACCEPT
                                                                      : SM_GUIDANCE_REFUSE, now);
  sm_row_set_text (guidance, SM_GUIDANCE_ANSWERED_BY,
                   sm_guidance_answers_by[SM_GUIDANCE_ANSWERED_BY_CALL]);
  if (outcome == SM_GUIDANCE_CALL_REFUSED)
    sm_row_set_text (guidance, SM_GUIDANCE_REFUSE_REASON, said->note);
  return TRUE;
}

static gboolean
fill_in (const SmVerb  *verb,
         const Act     *act,
         SmRow         *guidance,
         GError       **error)
{
  switch (act->event)
    {
    case SM_GUIDANCE_SEND:
      sm_row_set_text (guidance, SM_GUIDANCE_SENT_BY, verb->actor->name);
      return TRUE;
    case SM_GUIDANCE_WITHDRAW:
      if (act->said->reason != NULL
          && !sm_work_order_check_text (act->said->reason, "/reason", error))
        return FALSE;
      sm_row_set_text (guidance, SM_GUIDANCE_ENDED_BY, verb->actor->name);
      sm_row_set_text (guidance, SM_GUIDANCE_END_REASON, act->said->reason);
      return TRUE;
    default:
      return note_call (verb, act->said, guidance, error);
    }
}

static SmRow *
do_act (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  const Act *act = data;
  g_autoptr (SmRow) guidance = sm_row_copy (before);

  /* A call was made, and what is withdrawn is gone: that holds however late it is heard of. */
  if (act->event == SM_GUIDANCE_SEND && !check_age (verb->rules, act->said->claimed_at, error))
    return NULL;
  if (!sm_guidance_happens (guidance, act->event, sm_rules_now (verb->rules)))
    {
      sm_verb_lose (verb, before);
      refuse ("guidance-state", "That does not go with how the guidance stands", error);
      return NULL;
    }
  if (!fill_in (verb, act, guidance, error)
      || !sm_guidance_put (verb->rules, verb->actor, verb->act, guidance, before, error))
    return NULL;
  return g_steal_pointer (&guidance);
}

/**
 * sm_guidances_act:
 * @event: what a person does
 * @out_current: (out) (transfer full) (nullable): when it does not go with how it stands, the
 *   guidance as it is now
 *
 * Returns: (transfer full) (nullable): the guidance after it
 */
SmRow *
sm_guidances_act (SmRules              *rules,
                  SmActor              *actor,
                  const char           *idempotency_key,
                  gint64                guidance_id,
                  SmGuidanceEvent       event,
                  const SmGuidanceAct  *said,
                  SmRow               **out_current,
                  GError              **error)
{
  g_autofree char *text = g_strdup_printf (
      "guidance.%s %" G_GINT64_FORMAT " %s\n%s\n%s", sm_guidance_events[event], guidance_id,
      said->outcome != NULL ? said->outcome : "", said->note != NULL ? said->note : "",
      said->reason != NULL ? said->reason : "");
  SmVerb verb = { rules, actor, SM_GUIDANCE_PERMISSION, sm_noun_get (SM_NOUN_GUIDANCE), guidance_id,
                  idempotency_key, text, out_current };
  Act act = { event, said };

  g_return_val_if_fail (event <= SM_GUIDANCE_WITHDRAW, NULL);

  return sm_verb_run (&verb, do_act, &act, error);
}

/* --- the other side --- */

static gboolean
may_see (const SmActor *actor,
         const SmRow   *row)
{
  return sm_scope_has (actor->scope, sm_row_get_int (row, SM_ROW_OPERATOR_ID),
                       sm_row_get_int (row, SM_ROW_AREA_ID), sm_row_get_int (row, SM_ROW_FLEET_ID));
}

/**
 * sm_guidances_list_open:
 * @actor: a gateway
 *
 * Returns: (transfer full) (nullable): of SmRow: which trucks are told to go where, and so
 *   which packs are held
 */
GPtrArray *
sm_guidances_list_open (SmRules  *rules,
                        SmActor  *actor,
                        GError  **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  const GPtrArray *open;

  if (!sm_actor_require (actor, ANSWER_ACT, error) || !sm_guidance_book_refresh (rules, error))
    return NULL;
  open = rules->guidances->open;
  for (guint i = 0; i < open->len; i++)
    if (may_see (actor, open->pdata[i]))
      g_ptr_array_add (rows, sm_row_copy (open->pdata[i]));
  return g_steal_pointer (&rows);
}

/**
 * sm_guidances_fetch:
 * @actor: a gateway
 *
 * Returns: (transfer full) (nullable): of SmRow: what it is to bring to its trucks; again,
 *   until it says that it has
 */
GPtrArray *
sm_guidances_fetch (SmRules  *rules,
                    SmActor  *actor,
                    GError  **error)
{
  GPtrArray *rows = sm_guidances_list_open (rules, actor, error);

  for (guint i = 0; rows != NULL && i < rows->len;)
    if (sm_row_get_enum (rows->pdata[i], SM_GUIDANCE_STATE) == SM_GUIDANCE_STATE_SENT)
      i++;
    else
      g_ptr_array_remove_index (rows, i);
  return rows;
}

static char *
dup_reason (const char *text)
{
  g_autofree char *valid = text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL && strlen (valid) > MAX_REASON)
    *g_utf8_find_prev_char (valid, valid + MAX_REASON + 1) = '\0';
  return g_steal_pointer (&valid);
}

/* Only what was sent to it can a truck have answered. */
static gboolean
take_answer (SmRules      *rules,
             SmRow        *guidance,
             guint         said,
             const char   *reason,
             GError      **error)
{
  static const struct { guint state; SmGuidanceEvent event; } answers[] = {
    { SM_GUIDANCE_STATE_DELIVERED, SM_GUIDANCE_DELIVER },
    { SM_GUIDANCE_STATE_ACCEPTED, SM_GUIDANCE_ACCEPT },
    { SM_GUIDANCE_STATE_REFUSED, SM_GUIDANCE_REFUSE },
    { SM_GUIDANCE_STATE_ARRIVED, SM_GUIDANCE_ARRIVE },
  };
  guint i = 0;

  while (i < G_N_ELEMENTS (answers) && answers[i].state != said)
    i++;
  if (i == G_N_ELEMENTS (answers))
    return sm_error_refuse_field (error, "/state", "invalid");
  if (sm_row_is_null (guidance, SM_GUIDANCE_SENT_AT)
      || !sm_guidance_happens (guidance, answers[i].event, sm_rules_now (rules)))
    return refuse ("guidance-state", "That does not go with how the guidance stands", error);
  if (said == SM_GUIDANCE_STATE_ACCEPTED || said == SM_GUIDANCE_STATE_REFUSED)
    sm_row_set_text (guidance, SM_GUIDANCE_ANSWERED_BY,
                     sm_guidance_answers_by[SM_GUIDANCE_ANSWERED_BY_TRUCK]);
  if (said == SM_GUIDANCE_STATE_REFUSED)
    sm_row_take_text (guidance, SM_GUIDANCE_REFUSE_REASON, dup_reason (reason));
  return TRUE;
}

/**
 * sm_guidances_answer:
 * @actor: a gateway
 * @state: delivered, accepted, refused or arrived
 * @reason: (nullable): why it refuses, verbatim
 *
 * The same said again changes nothing.
 *
 * Returns: (transfer full) (nullable): the guidance after it
 */
SmRow *
sm_guidances_answer (SmRules     *rules,
                     SmActor     *actor,
                     gint64       guidance_id,
                     const char  *state,
                     const char  *reason,
                     GError     **error)
{
  guint said = sm_slug_index (sm_guidance_states, state);
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) guidance = NULL;

  if (!sm_actor_require (actor, ANSWER_ACT, error)
      || !sm_verb_find_row (rules, actor, sm_noun_get (SM_NOUN_GUIDANCE), guidance_id, &before,
                            error))
    return NULL;
  if (sm_row_get_enum (before, SM_GUIDANCE_STATE) == said)
    return g_steal_pointer (&before);
  guidance = sm_row_copy (before);
  if (!take_answer (rules, guidance, said, reason, error) || !sm_rules_begin (rules, error))
    return NULL;
  if (sm_guidance_put (rules, actor, ANSWER_ACT, guidance, before, error))
    return sm_rules_commit (rules, error) ? g_steal_pointer (&guidance) : NULL;
  sm_rules_rollback (rules);
  return NULL;
}
