/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-orders-private.h"

#include "sm-error.h"
#include "sm-feed.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-order-table.h"

#include <string.h>

/* What persons do to work orders.  The clocks run by the service's time alone; when something
 * was out there is kept beside it. */

#define MAX_STEPS 5000
/* The clock of a phone may be so far ahead. */
#define MAX_AHEAD (5 * SM_MINUTE)
/* Nobody promises to come in so long a time. */
#define MAX_VISIT (366 * SM_DAY)

typedef struct
{
  SmWorkOrderEvent event;
  const SmWorkOrderAct *said;
  char *text; /* (nullable): what the timeline says */
  gint64 reference;
} Act;

/** sm_work_order_permission: Returns: (transfer none) (nullable): what a person needs for it */
const char *
sm_work_order_permission (SmWorkOrderEvent event)
{
  switch (event)
    {
    case SM_WORK_ORDER_ASSIGN:
    case SM_WORK_ORDER_PIN:
    case SM_WORK_ORDER_UNPIN:
      return "work_order.assign";
    case SM_WORK_ORDER_CONFIRM:
    case SM_WORK_ORDER_REJECT:
      return "work_order.confirm";
    case SM_WORK_ORDER_CANCEL:
      return "work_order.cancel";
    case SM_WORK_ORDER_URGE:
      return "work_order.urge";
    case SM_WORK_ORDER_NOTE_DOWN:
      return "work_order.note";
    default:
      return event <= SM_WORK_ORDER_PHOTO ? "work_order.work" : NULL;
    }
}

/* --- whose it is --- */

static gboolean
find_engineer_of (SmRules        *rules,
                  const SmActor  *actor,
                  SmRow         **out_engineer,
                  GError        **error)
{
  static const guint field = SM_ENGINEER_PERSON;
  g_autoptr (SmRow) like = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_text (like, SM_ENGINEER_PERSON, actor->name);
  return sm_service_find_like (sm_rules_get_connection (rules), like, &field, 1, out_engineer,
                               error);
}

/* To take one for somebody else is to give it out, and what a company was given is its own. */
static gboolean
is_own (const Act   *act,
        const SmRow *order,
        const SmRow *engineer)
{
  gint64 id = sm_row_get_id (engineer), has = sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID);
  gint64 company = sm_row_get_int (order, SM_WORK_ORDER_ORGANISATION_ID);

  if (act->event != SM_WORK_ORDER_ACCEPT)
    return has == id;
  if (act->said->engineer_id != SM_UNKNOWN && act->said->engineer_id != id)
    return FALSE;
  return has == id
         || (has == SM_UNKNOWN
             && (company == SM_UNKNOWN
                 || company == sm_row_get_int (engineer, SM_ENGINEER_ORGANISATION_ID)));
}

/* A company gives what it was given to its own people; that an account is an agent's says not
 * yet whose. */
static gboolean
is_of_company (const SmVerb *verb,
               const Act    *act,
               const SmRow  *order)
{
  gint64 company = sm_row_get_int (order, SM_WORK_ORDER_ORGANISATION_ID);
  g_autoptr (SmRow) engineer = NULL;

  if (company == SM_UNKNOWN || verb->actor->scope->organisation_id != company)
    return FALSE;
  if (act->event != SM_WORK_ORDER_ACCEPT || act->said->engineer_id == SM_UNKNOWN)
    return TRUE;
  return sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_ENGINEER),
                           act->said->engineer_id, &engineer, NULL)
         && sm_row_get_int (engineer, SM_ENGINEER_ORGANISATION_ID) == company;
}

/* Who gives orders out may say for anybody how far one is; who does them, for their own. */
static gboolean
check_own (const SmVerb  *verb,
           const Act     *act,
           const SmRow   *order,
           GError       **error)
{
  g_autoptr (SmRow) engineer = NULL;

  if (strcmp (verb->act, "work_order.work") != 0
      || sm_actor_may (verb->actor, "work_order.assign"))
    return TRUE;
  if (!find_engineer_of (verb->rules, verb->actor, &engineer, error))
    return FALSE;
  if (engineer != NULL ? is_own (act, order, engineer) : is_of_company (verb, act, order))
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "work-order-not-yours",
                "The order is given to somebody else");
  return FALSE;
}

/* Whoever gave it to them has answered for it; and somebody may have to go all the same: then it
 * stands there why, by one who gives orders out. */
static gboolean
check_certificate (const SmVerb          *verb,
                   const SmWorkOrderAct  *said,
                   gint64                 engineer_id,
                   const SmRow           *order,
                   GError               **error)
{
  g_autoptr (GError) barred = NULL;

  if (engineer_id == sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID)
      || sm_work_order_check_certificate (verb->rules, order, engineer_id, &barred))
    return TRUE;
  if (barred->domain == SM_ERROR && barred->code == SM_ERROR_INVALID
      && sm_actor_may (verb->actor, "work_order.assign")
      && sm_work_order_check_text (said->reason, "/reason", NULL))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&barred));
  return FALSE;
}

static gboolean
give_to_engineer (const SmVerb         *verb,
                  const SmWorkOrderAct *said,
                  gint64                engineer_id,
                  SmRow                *order,
                  GError              **error)
{
  g_autoptr (SmRow) engineer = NULL;

  if (!sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_ENGINEER), engineer_id,
                         &engineer, NULL))
    return sm_error_refuse_field (error, "/engineer_id", "unknown");
  if (!check_certificate (verb, said, engineer_id, order, error))
    return FALSE;
  sm_row_set_int (order, SM_WORK_ORDER_ENGINEER_ID, engineer_id);
  sm_row_set_int (order, SM_WORK_ORDER_ORGANISATION_ID,
                  sm_row_get_int (engineer, SM_ENGINEER_ORGANISATION_ID));
  sm_row_set_text (order, SM_WORK_ORDER_ASSIGNEE, sm_row_get_text (engineer, SM_ENGINEER_NAME));
  return TRUE;
}

static void
take_away (SmRow *order)
{
  static const guint fields[] = {
    SM_WORK_ORDER_ENGINEER_ID, SM_WORK_ORDER_ORGANISATION_ID, SM_WORK_ORDER_ASSIGNEE,
    SM_WORK_ORDER_ASSIGNED_AT, SM_WORK_ORDER_ASSIGNED_BY,     SM_WORK_ORDER_ACCEPTED_AT,
    SM_WORK_ORDER_ACCEPTED_BY, SM_WORK_ORDER_TRAVELLING_AT,   SM_WORK_ORDER_ETA,
    SM_WORK_ORDER_ARRIVED_AT,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    sm_row_set_null (order, fields[i]);
}

static void
end_hold (SmRow  *order,
          gint64  now)
{
  gint64 held = sm_work_order_held_us (order, now);

  sm_row_set_int (order, SM_WORK_ORDER_HELD_S, held / SM_SECOND);
  sm_row_set_null (order, SM_WORK_ORDER_HELD_AT);
}

static gboolean
assign (const SmVerb  *verb,
        Act           *act,
        SmRow         *order,
        gint64         now,
        GError       **error)
{
  const SmWorkOrderAct *said = act->said;
  g_autoptr (SmRow) organisation = NULL;

  end_hold (order, now);
  take_away (order);
  sm_row_set_int (order, SM_WORK_ORDER_ASSIGNED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_ASSIGNED_BY, verb->actor->name);
  act->reference = said->engineer_id;
  if (said->engineer_id != SM_UNKNOWN)
    return give_to_engineer (verb, said, said->engineer_id, order, error);
  if (said->organisation_id == SM_UNKNOWN)
    return sm_error_refuse_field (error, "/engineer_id", "required");
  if (!sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_ORGANISATION),
                         said->organisation_id, &organisation, NULL))
    return sm_error_refuse_field (error, "/organisation_id", "unknown");
  sm_row_set_int (order, SM_WORK_ORDER_ORGANISATION_ID, said->organisation_id);
  return TRUE;
}

/* That a company takes it stops no clock: a person has it, and has spoken with the site. */
static void
note_response (SmRow  *order,
               gint64  now)
{
  if (sm_row_is_null (order, SM_WORK_ORDER_RESPONDED_AT)
      && !sm_row_is_null (order, SM_WORK_ORDER_ENGINEER_ID)
      && !sm_row_is_null (order, SM_WORK_ORDER_ACCEPTED_AT)
      && !sm_row_is_null (order, SM_WORK_ORDER_SPOKEN_AT))
    sm_row_set_int (order, SM_WORK_ORDER_RESPONDED_AT, now);
}

static gboolean
speak (const SmVerb *verb,
       SmRow        *order,
       gint64        now)
{
  sm_row_set_int (order, SM_WORK_ORDER_SPOKEN_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_SPOKEN_BY, verb->actor->name);
  note_response (order, now);
  return TRUE;
}

static gboolean
accept (const SmVerb  *verb,
        Act           *act,
        SmRow         *order,
        gint64         now,
        GError       **error)
{
  gint64 engineer_id = act->said->engineer_id;
  g_autoptr (SmRow) self = NULL;

  if (engineer_id == SM_UNKNOWN)
    engineer_id = sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID);
  if (engineer_id == SM_UNKNOWN && !find_engineer_of (verb->rules, verb->actor, &self, error))
    return FALSE;
  if (self != NULL)
    engineer_id = sm_row_get_id (self);
  if (engineer_id == SM_UNKNOWN && sm_row_is_null (order, SM_WORK_ORDER_ORGANISATION_ID))
    return sm_error_refuse_field (error, "/engineer_id", "required");
  if (engineer_id != SM_UNKNOWN && !give_to_engineer (verb, act->said, engineer_id, order, error))
    return FALSE;
  sm_row_set_int (order, SM_WORK_ORDER_ACCEPTED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_ACCEPTED_BY,
                   engineer_id != SM_UNKNOWN ? sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE)
                                             : verb->actor->name);
  act->reference = engineer_id;
  if (act->said->spoke)
    speak (verb, order, now);
  note_response (order, now);
  return TRUE;
}

/* --- reasons --- */

static void
count (SmRow *order,
       guint  field)
{
  sm_row_set_int (order, field, sm_row_get_int (order, field) + 1);
}

static gboolean
refuse (const SmVerb  *verb,
        const Act     *act,
        SmRow         *order,
        GError       **error)
{
  if (!sm_work_order_check_text (act->said->reason, "/reason", error))
    return FALSE;
  take_away (order);
  count (order, SM_WORK_ORDER_REFUSALS);
  sm_row_set_text (order, SM_WORK_ORDER_REFUSED_BY, verb->actor->name);
  sm_row_set_text (order, SM_WORK_ORDER_REFUSE_REASON, act->said->reason);
  return TRUE;
}

static gboolean
hold (const Act  *act,
      SmRow      *order,
      gint64      now,
      GError    **error)
{
  if (!sm_work_order_check_text (act->said->reason, "/reason", error))
    return FALSE;
  sm_row_set_int (order, SM_WORK_ORDER_HELD_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_HOLD_REASON, act->said->reason);
  return TRUE;
}

static gboolean
cancel (const SmVerb  *verb,
        const Act     *act,
        SmRow         *order,
        gint64         now,
        GError       **error)
{
  if (!sm_work_order_check_text (act->said->reason, "/reason", error))
    return FALSE;
  end_hold (order, now);
  sm_row_set_int (order, SM_WORK_ORDER_CANCELLED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_CANCELLED_BY, verb->actor->name);
  sm_row_set_text (order, SM_WORK_ORDER_CANCEL_REASON, act->said->reason);
  return TRUE;
}

static gboolean
reject (const SmVerb  *verb,
        const Act     *act,
        SmRow         *order,
        GError       **error)
{
  if (!sm_work_order_check_text (act->said->reason, "/reason", error))
    return FALSE;
  count (order, SM_WORK_ORDER_REJECTIONS);
  sm_row_set_text (order, SM_WORK_ORDER_REJECTED_BY, verb->actor->name);
  sm_row_set_text (order, SM_WORK_ORDER_REJECT_REASON, act->said->reason);
  sm_row_set_null (order, SM_WORK_ORDER_COMPLETED_AT);
  sm_row_set_null (order, SM_WORK_ORDER_COMPLETED_BY);
  return TRUE;
}

/* --- the end --- */

/* Whoever did it is not the one who judges whether it is done. */
static gboolean
check_second (const SmVerb  *verb,
              const SmRow   *order,
              GError       **error)
{
  const char *first = sm_row_get_text (order, SM_WORK_ORDER_COMPLETED_BY);
  g_autoptr (SmRow) engineer = NULL;

  if (!find_engineer_of (verb->rules, verb->actor, &engineer, error))
    return FALSE;
  if ((first == NULL || g_ascii_strcasecmp (first, verb->actor->name) != 0)
      && (engineer == NULL
          || sm_row_get_id (engineer) != sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID)))
    return TRUE;
  sm_set_error (error, SM_ERROR_INVALID, "second-person-needed",
                "%s cannot be both persons that this needs", verb->actor->name);
  return FALSE;
}

static gboolean
confirm (const SmVerb  *verb,
         const Act     *act,
         SmRow         *order,
         gint64         now,
         GError       **error)
{
  gboolean is_temporary
      = sm_row_get_enum (order, SM_WORK_ORDER_FIX) == SM_WORK_ORDER_FIX_TEMPORARY;

  if (!check_second (verb, order, error))
    return FALSE;
  if (is_temporary && sm_row_is_null (order, SM_WORK_ORDER_FOLLOW_UP_ID))
    return sm_work_order_refuse ("follow-up-missing",
                                 "Nobody is to come again for what was mended for now", error);
  if (!sm_row_is_null (order, SM_WORK_ORDER_ALARM_ID)
      && sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT) && act->said->reason == NULL)
    return sm_work_order_refuse ("work-order-not-restored",
                                 "Nothing has shown yet that it serves again", error);
  sm_row_set_int (order, SM_WORK_ORDER_CONFIRMED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_CONFIRMED_BY, verb->actor->name);
  return TRUE;
}

/* Makes the order of who comes again. */
static gboolean
come_again (const SmVerb  *verb,
            Act           *act,
            SmRow         *order,
            gint64         at,
            const char    *why,
            GError       **error)
{
  g_autoptr (SmRow) next = sm_work_order_follow (verb, order, at, why, error);

  if (next == NULL)
    return FALSE;
  sm_row_set_int (order, SM_WORK_ORDER_FOLLOW_UP_AT, at);
  sm_row_set_int (order, SM_WORK_ORDER_FOLLOW_UP_ID, sm_row_get_id (next));
  act->reference = sm_row_get_id (next);
  return TRUE;
}

static gboolean
follow_up (const SmVerb  *verb,
           Act           *act,
           SmRow         *order,
           gint64         now,
           GError       **error)
{
  gint64 at = act->said->follow_up_at;

  if (at == SM_UNKNOWN)
    return sm_error_refuse_field (error, "/follow_up_at", "required");
  if (at <= now || at > now + MAX_VISIT)
    return sm_error_refuse_field (error, "/follow_up_at", "out-of-range");
  if (!sm_work_order_check_text (act->said->reason, "/reason", error))
    return FALSE;
  if (!sm_row_is_null (order, SM_WORK_ORDER_FOLLOW_UP_ID))
    return sm_work_order_refuse ("follow-up-exists", "Somebody comes again already", error);
  return come_again (verb, act, order, at, act->said->reason, error);
}

/* Whoever mended it for now says with it when somebody has to come again.  A date that was
 * to come when it was said, and passed before there was a network, is the earliest there is. */
static gboolean
promise (const SmVerb  *verb,
         Act           *act,
         SmRow         *order,
         gint64         now,
         GError       **error)
{
  const SmWorkOrderAct *said = act->said;
  gint64 claimed_at = said->claimed_at != SM_UNKNOWN ? MIN (said->claimed_at, now) : now;

  if (said->follow_up_at == SM_UNKNOWN || g_strcmp0 (said->fix, "temporary") != 0
      || !sm_row_is_null (order, SM_WORK_ORDER_FOLLOW_UP_ID))
    return TRUE;
  if (said->follow_up_at <= claimed_at || said->follow_up_at > now + MAX_VISIT)
    return sm_error_refuse_field (error, "/follow_up_at", "out-of-range");
  return come_again (verb, act, order,
                     said->follow_up_at > now ? said->follow_up_at
                                              : now + SM_WORK_ORDER_RESPONSE_US,
                     said->reason != NULL ? said->reason : said->action, error);
}

static gboolean
complete (const SmVerb  *verb,
          Act           *act,
          SmRow         *order,
          gint64         now,
          GError       **error)
{
  const SmWorkOrderAct *said = act->said;

  if (sm_slug_index (sm_work_order_fixes, said->fix) == SM_ENUM_UNKNOWN)
    return sm_error_refuse_field (error, "/fix", said->fix != NULL ? "invalid" : "required");
  if (!sm_work_order_check_text (said->cause, "/cause", error)
      || !sm_work_order_check_text (said->action, "/action", error))
    return FALSE;
  sm_row_set_text (order, SM_WORK_ORDER_FIX, said->fix);
  sm_row_set_text (order, SM_WORK_ORDER_CAUSE, said->cause);
  sm_row_set_text (order, SM_WORK_ORDER_ACTION, said->action);
  sm_row_set_int (order, SM_WORK_ORDER_COMPLETED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_COMPLETED_BY, verb->actor->name);
  return promise (verb, act, order, now, error);
}

/* --- each act --- */

static gboolean
urge (const SmVerb *verb,
      SmRow        *order,
      gint64        now)
{
  count (order, SM_WORK_ORDER_URGES);
  sm_row_set_int (order, SM_WORK_ORDER_URGED_AT, now);
  sm_row_set_text (order, SM_WORK_ORDER_URGED_BY, verb->actor->name);
  return TRUE;
}

static gboolean
travel (const Act  *act,
        SmRow      *order,
        gint64      now,
        GError    **error)
{
  gint64 eta = act->said->eta;

  if (eta != SM_UNKNOWN && (eta < now || eta > now + SM_DAY))
    return sm_error_refuse_field (error, "/eta", "out-of-range");
  sm_row_set_int (order, SM_WORK_ORDER_TRAVELLING_AT, now);
  if (eta != SM_UNKNOWN)
    sm_row_set_int (order, SM_WORK_ORDER_ETA, eta);
  return TRUE;
}

static gboolean
stamp (SmRow  *order,
       guint   field,
       gint64  now)
{
  if (sm_row_is_null (order, field))
    sm_row_set_int (order, field, now);
  return TRUE;
}

static gboolean
fill_in (const SmVerb  *verb,
         Act           *act,
         SmRow         *order,
         GError       **error)
{
  gint64 now = sm_rules_now (verb->rules);

  switch (act->event)
    {
    case SM_WORK_ORDER_ASSIGN:
      return assign (verb, act, order, now, error);
    case SM_WORK_ORDER_ACCEPT:
      return accept (verb, act, order, now, error);
    case SM_WORK_ORDER_REFUSE:
      return refuse (verb, act, order, error);
    case SM_WORK_ORDER_SPEAK:
      return speak (verb, order, now);
    case SM_WORK_ORDER_TRAVEL:
      return travel (act, order, now, error);
    case SM_WORK_ORDER_ARRIVE:
      return stamp (order, SM_WORK_ORDER_ARRIVED_AT, now);
    case SM_WORK_ORDER_START:
      return stamp (order, SM_WORK_ORDER_STARTED_AT, now);
    case SM_WORK_ORDER_HOLD:
      return hold (act, order, now, error);
    case SM_WORK_ORDER_RESUME:
      end_hold (order, now);
      return TRUE;
    case SM_WORK_ORDER_COMPLETE:
      return complete (verb, act, order, now, error);
    case SM_WORK_ORDER_CONFIRM:
      return confirm (verb, act, order, now, error);
    case SM_WORK_ORDER_REJECT:
      return reject (verb, act, order, error);
    case SM_WORK_ORDER_CANCEL:
      return cancel (verb, act, order, now, error);
    case SM_WORK_ORDER_URGE:
      return urge (verb, order, now);
    case SM_WORK_ORDER_FOLLOW_UP:
      return follow_up (verb, act, order, now, error);
    case SM_WORK_ORDER_NOTE_DOWN:
      sm_row_set_text (order, SM_WORK_ORDER_NOTE, act->said->note);
      return sm_verb_check_note (act->said->note, error);
    case SM_WORK_ORDER_USE_PART:
      act->reference = act->said->part_id;
      return sm_work_order_use_part (verb, order, act->said, &act->text, error);
    case SM_WORK_ORDER_PHOTO:
      return sm_work_photo_add (verb, act->said, order, &act->reference, error);
    default:
      sm_row_set_int (order, SM_WORK_ORDER_IS_PINNED, act->event == SM_WORK_ORDER_PIN);
      return TRUE;
    }
}

static gboolean
check_claim (SmRules               *rules,
             const SmWorkOrderAct  *said,
             GError               **error)
{
  gint64 now = sm_rules_now (rules);

  if (said->claimed_at == SM_UNKNOWN
      || (said->claimed_at <= now + MAX_AHEAD && said->claimed_at >= now - 7 * SM_DAY))
    return TRUE;
  return sm_error_refuse_field (error, "/claimed_at", "out-of-range");
}

static SmRow *
do_act (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  Act *act = (Act *) data;
  g_autoptr (SmRow) order = sm_row_copy (before);
  SmWorkOrderSaid said;
  gboolean is_there = FALSE;

  if (!check_claim (verb->rules, act->said, error) || !check_own (verb, act, before, error)
      || (act->said->photo != NULL
          && !sm_work_photo_find (verb->rules, verb->id, act->said->photo, &is_there, error)))
    return NULL;
  if (is_there)
    return g_steal_pointer (&order);
  if (!sm_work_order_happens (order, act->event, sm_rules_now (verb->rules), error))
    {
      sm_verb_lose (verb, before);
      return NULL;
    }
  if (!fill_in (verb, act, order, error))
    return NULL;
  said = (SmWorkOrderSaid){ verb->actor->name, act->said->claimed_at,
                            act->text != NULL           ? act->text
                            : act->said->reason != NULL ? act->said->reason
                                                        : act->said->note,
                            act->reference };
  if (!sm_work_order_write (verb->rules, order, before, act->event, &said, error)
      || !sm_verb_tell_why (verb, act->said->reason, before, order, error))
    return NULL;
  return g_steal_pointer (&order);
}

static char *
describe (gint64                 id,
          SmWorkOrderEvent       event,
          const SmWorkOrderAct  *said)
{
  return g_strdup_printf ("work_order.%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %s\n%s\n%s\n%s\n%s\n%s",
                          sm_work_order_events[event], id, said->engineer_id,
                          said->organisation_id, said->part_id, said->quantity, said->eta,
                          said->follow_up_at, said->claimed_at, said->spoke,
                          said->fix != NULL ? said->fix : "",
                          said->reason != NULL ? said->reason : "",
                          said->note != NULL ? said->note : "",
                          said->cause != NULL ? said->cause : "",
                          said->action != NULL ? said->action : "",
                          said->photo != NULL ? said->photo->sha256 : "");
}

/**
 * sm_work_orders_act:
 * @event: what a person does
 * @out_current: (out) (transfer full) (nullable): when it does not go with the state that the
 *   order is in, the order as it is now
 *
 * Returns: (transfer full) (nullable): the order after it
 */
SmRow *
sm_work_orders_act (SmRules               *rules,
                    SmActor               *actor,
                    const char            *idempotency_key,
                    gint64                 work_order_id,
                    SmWorkOrderEvent       event,
                    const SmWorkOrderAct  *said,
                    SmRow                **out_current,
                    GError               **error)
{
  g_autofree char *text = describe (work_order_id, event, said);
  SmVerb verb = { rules, actor, sm_work_order_permission (event), sm_noun_get (SM_NOUN_WORK_ORDER),
                  work_order_id, idempotency_key, text, out_current };
  Act act = { event, said, NULL, SM_UNKNOWN };
  SmRow *order;

  g_return_val_if_fail (verb.act != NULL && (event == SM_WORK_ORDER_PHOTO) == (said->photo != NULL),
                        NULL);

  order = sm_verb_run (&verb, do_act, &act, error);
  g_free (act.text);
  return order;
}

/** sm_work_orders_steps: Returns: (transfer full) (nullable): of SmWorkOrderStep, oldest first */
GPtrArray *
sm_work_orders_steps (SmReader  *reader,
                      SmActor   *actor,
                      gint64     work_order_id,
                      GError   **error)
{
  g_autoptr (SmRow) order = sm_feed_read_row (reader, actor, sm_noun_get (SM_NOUN_WORK_ORDER),
                                              work_order_id, error);

  return order == NULL ? NULL
                       : sm_work_order_table_list_steps (sm_service_db_get_connection (reader->db),
                                                         work_order_id, MAX_STEPS, error);
}
