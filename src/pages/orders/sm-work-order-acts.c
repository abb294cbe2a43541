/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-acts.h"

#include "sm-toast-errors.h"
#include "sm-work-order-ask.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What is done to work orders: whether it can be, and what goes wrong. */

const SmWorkOrderVerb sm_work_order_verbs[] = {
  { SM_WORK_ORDER_ASSIGN, "workorders.assign", "A", "a", NC_ ("work order act", "Assign") },
  { SM_WORK_ORDER_ACCEPT, "workorders.accept", "Y", "y", NC_ ("work order act", "Accept") },
  { SM_WORK_ORDER_SPEAK, "workorders.speak", "K", "k", NC_ ("work order act", "Spoke with the site") },
  { SM_WORK_ORDER_REFUSE, "workorders.refuse", "X", "x", NC_ ("work order act", "Refuse") },
  { SM_WORK_ORDER_TRAVEL, "workorders.travel", "T", "t", NC_ ("work order act", "On the way") },
  { SM_WORK_ORDER_ARRIVE, "workorders.arrive", "V", "v", NC_ ("work order act", "On site") },
  { SM_WORK_ORDER_START, "workorders.start", "S", "s", NC_ ("work order act", "Start") },
  { SM_WORK_ORDER_RESUME, "workorders.resume", "R", "r", NC_ ("work order act", "Resume") },
  { SM_WORK_ORDER_COMPLETE, "workorders.complete", "D", "d", NC_ ("work order act", "Complete") },
  { SM_WORK_ORDER_CONFIRM, "workorders.confirm", "C", "c", NC_ ("work order act", "Confirm") },
  { SM_WORK_ORDER_REJECT, "workorders.reject", "J", "j", NC_ ("work order act", "Reject") },
  { SM_WORK_ORDER_FOLLOW_UP, "workorders.follow-up", "L", "l", NC_ ("work order act", "Come again") },
  { SM_WORK_ORDER_HOLD, "workorders.hold", "H", "h", NC_ ("work order act", "Put on hold") },
  { SM_WORK_ORDER_USE_PART, "workorders.use-part", "P", "p", NC_ ("work order act", "Use a part") },
  { SM_WORK_ORDER_NOTE_DOWN, "workorders.note", "N", "n", NC_ ("work order act", "Note") },
  { SM_WORK_ORDER_URGE, "workorders.urge", "U", "u", NC_ ("work order act", "Urge") },
  { SM_WORK_ORDER_PIN, "workorders.pin", "I", "i", NC_ ("work order act", "Keep with who has it") },
  { SM_WORK_ORDER_UNPIN, "workorders.unpin", "Shift+I", "<Shift>i",
    NC_ ("work order act", "May go to another") },
  { SM_WORK_ORDER_CANCEL, "workorders.cancel", "Shift+X", "<Shift>x",
    NC_ ("work order act", "Call off") },
};
const guint sm_n_work_order_verbs = G_N_ELEMENTS (sm_work_order_verbs);

const char *
sm_work_order_verb_title (const SmWorkOrderVerb *verb)
{
  return g_dpgettext2 (NULL, "work order act", verb->title);
}

/** sm_work_order_verb_refusal: Returns: (nullable): why it cannot be done now, in words; NULL: it can */
const char *
sm_work_order_verb_refusal (SmOps            *ops,
                            SmWorkOrderEvent  event,
                            SmItem           *order)
{
  const char *slug;

  if (order == NULL || sm_item_get_row (order) == NULL)
    return _("No work order is selected");
  if (sm_ops_get_person (ops) == NULL)
    return _("Nobody is signed in");
  slug = sm_ops_work_order_refusal (ops, event, sm_item_get_row (order));
  return slug != NULL ? sm_slug_what (slug) : NULL;
}

/**
 * sm_work_order_verb_is_shown:
 *
 * Whether its button is shown: what goes with the state that the order is in, even where who
 * is signed in may not do it, which is then said.
 */
gboolean
sm_work_order_verb_is_shown (SmWorkOrderEvent  event,
                             SmItem           *order)
{
  const SmRow *row = order != NULL ? sm_item_get_row (order) : NULL;
  SmWorkOrderState next;

  if (row == NULL || !sm_work_order_may (row, event, &next))
    return FALSE;
  if (event == SM_WORK_ORDER_PIN || event == SM_WORK_ORDER_UNPIN)
    return (sm_row_get_int (row, SM_WORK_ORDER_IS_PINNED) == 1) == (event == SM_WORK_ORDER_UNPIN);
  return event != SM_WORK_ORDER_SPEAK || sm_row_is_null (row, SM_WORK_ORDER_SPOKEN_AT);
}

/* By the state of an order: what mostly follows, and what takes it back; N_EVENTS: nothing. */
static const struct
{
  SmWorkOrderEvent forward;
  SmWorkOrderEvent back;
} moves[SM_N_WORK_ORDER_STATES] = {
  [SM_WORK_ORDER_STATE_UNACCEPTED] = { SM_WORK_ORDER_ASSIGN, SM_WORK_ORDER_N_EVENTS },
  [SM_WORK_ORDER_STATE_ASSIGNED] = { SM_WORK_ORDER_ACCEPT, SM_WORK_ORDER_REFUSE },
  [SM_WORK_ORDER_STATE_ACCEPTED] = { SM_WORK_ORDER_TRAVEL, SM_WORK_ORDER_ASSIGN },
  [SM_WORK_ORDER_STATE_TRAVELLING] = { SM_WORK_ORDER_ARRIVE, SM_WORK_ORDER_ASSIGN },
  [SM_WORK_ORDER_STATE_ON_SITE] = { SM_WORK_ORDER_START, SM_WORK_ORDER_N_EVENTS },
  [SM_WORK_ORDER_STATE_IN_PROGRESS] = { SM_WORK_ORDER_COMPLETE, SM_WORK_ORDER_HOLD },
  [SM_WORK_ORDER_STATE_ON_HOLD] = { SM_WORK_ORDER_RESUME, SM_WORK_ORDER_ASSIGN },
  [SM_WORK_ORDER_STATE_COMPLETED] = { SM_WORK_ORDER_CONFIRM, SM_WORK_ORDER_REJECT },
  [SM_WORK_ORDER_STATE_CONFIRMED] = { SM_WORK_ORDER_N_EVENTS, SM_WORK_ORDER_N_EVENTS },
  [SM_WORK_ORDER_STATE_CANCELLED] = { SM_WORK_ORDER_N_EVENTS, SM_WORK_ORDER_N_EVENTS },
};

static guint
state_of (SmItem *order)
{
  return order != NULL && sm_item_get_row (order) != NULL
             ? sm_row_get_enum (sm_item_get_row (order), SM_WORK_ORDER_STATE)
             : SM_N_WORK_ORDER_STATES;
}

/** sm_work_order_verb_forward: Returns: what mostly follows; SM_WORK_ORDER_N_EVENTS: nothing */
SmWorkOrderEvent
sm_work_order_verb_forward (SmItem *order)
{
  guint state = state_of (order);

  return state < SM_N_WORK_ORDER_STATES ? moves[state].forward : SM_WORK_ORDER_N_EVENTS;
}

/** sm_work_order_verb_back: Returns: what takes it back; SM_WORK_ORDER_N_EVENTS: nothing */
SmWorkOrderEvent
sm_work_order_verb_back (SmItem *order)
{
  guint state = state_of (order);

  return state < SM_N_WORK_ORDER_STATES ? moves[state].back : SM_WORK_ORDER_N_EVENTS;
}

/**
 * sm_work_order_verb_do:
 *
 * Does it at once where there is nothing to be said with it, else asks.  Nothing happens when
 * it cannot be done.
 *
 * Returns: (transfer none) (nullable): the dialog that asks, which is shown
 */
GtkWidget *
sm_work_order_verb_do (GtkWidget        *parent,
                       SmOps            *ops,
                       SmWorkOrderEvent  event,
                       SmItem           *order)
{
  SmWorkOrderDeed deed = SM_WORK_ORDER_DEED (event);

  if (event >= SM_WORK_ORDER_N_EVENTS || sm_work_order_verb_refusal (ops, event, order) != NULL)
    return NULL;
  switch (event)
    {
    case SM_WORK_ORDER_SPEAK:
    case SM_WORK_ORDER_TRAVEL:
    case SM_WORK_ORDER_ARRIVE:
    case SM_WORK_ORDER_START:
    case SM_WORK_ORDER_RESUME:
    case SM_WORK_ORDER_URGE:
    case SM_WORK_ORDER_PIN:
    case SM_WORK_ORDER_UNPIN:
      sm_work_order_send (parent, ops, order, &deed);
      return NULL;
    default:
      return sm_work_order_ask (parent, ops, event, order);
    }
}
