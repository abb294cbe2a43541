/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-words.h"

#include "sm-countdown.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* What work orders are called, and how their clocks stand, in words. */

static const char *const stage_titles[SM_N_WORK_ORDER_STAGES] = {
  [SM_WORK_ORDER_STAGE_TO_ASSIGN] = NC_ ("work orders", "To assign"),
  [SM_WORK_ORDER_STAGE_ASSIGNED] = NC_ ("work orders", "Assigned"),
  [SM_WORK_ORDER_STAGE_ON_THE_WAY] = NC_ ("work orders", "On the way"),
  [SM_WORK_ORDER_STAGE_AT_WORK] = NC_ ("work orders", "At work"),
  [SM_WORK_ORDER_STAGE_ON_HOLD] = NC_ ("work orders", "On hold"),
  [SM_WORK_ORDER_STAGE_TO_CONFIRM] = NC_ ("work orders", "To confirm"),
};

static const char *const clock_titles[SM_WORK_ORDER_N_CLOCKS] = {
  [SM_WORK_ORDER_CLOCK_REPORT] = NC_ ("work order clock", "Report"),
  [SM_WORK_ORDER_CLOCK_RESPONSE] = NC_ ("work order clock", "Response"),
  [SM_WORK_ORDER_CLOCK_RESTORE] = NC_ ("work order clock", "Restore"),
  [SM_WORK_ORDER_CLOCK_CLOSE] = NC_ ("work order clock", "Close"),
};

/** sm_work_order_stage: Where it stands on the board; a state that this version does not know is at work. */
SmWorkOrderStage
sm_work_order_stage (const SmRow *order)
{
  switch (sm_row_get_enum (order, SM_WORK_ORDER_STATE))
    {
    case SM_WORK_ORDER_STATE_UNACCEPTED:
      return SM_WORK_ORDER_STAGE_TO_ASSIGN;
    case SM_WORK_ORDER_STATE_ASSIGNED:
      return SM_WORK_ORDER_STAGE_ASSIGNED;
    case SM_WORK_ORDER_STATE_ACCEPTED:
    case SM_WORK_ORDER_STATE_TRAVELLING:
      return SM_WORK_ORDER_STAGE_ON_THE_WAY;
    case SM_WORK_ORDER_STATE_ON_HOLD:
      return SM_WORK_ORDER_STAGE_ON_HOLD;
    case SM_WORK_ORDER_STATE_COMPLETED:
      return SM_WORK_ORDER_STAGE_TO_CONFIRM;
    case SM_WORK_ORDER_STATE_CONFIRMED:
    case SM_WORK_ORDER_STATE_CANCELLED:
      return SM_WORK_ORDER_STAGE_OVER;
    default:
      return SM_WORK_ORDER_STAGE_AT_WORK;
    }
}

const char *
sm_work_order_stage_title (SmWorkOrderStage stage)
{
  g_return_val_if_fail (stage < SM_N_WORK_ORDER_STAGES, NULL);

  return g_dpgettext2 (NULL, "work orders", stage_titles[stage]);
}

const char *
sm_work_order_clock_title (SmWorkOrderClock clock)
{
  g_return_val_if_fail (clock < SM_WORK_ORDER_N_CLOCKS, NULL);

  return g_dpgettext2 (NULL, "work order clock", clock_titles[clock]);
}

guint
sm_work_order_level (const SmRow *order)
{
  return (guint) CLAMP (sm_row_get_int (order, SM_WORK_ORDER_LEVEL), 1, 4);
}

/** sm_work_order_title: Returns: (transfer full): what is the matter, as somebody wrote it or as its code is called */
char *
sm_work_order_title (const SmRow *order)
{
  const char *subject = sm_row_get_text (order, SM_WORK_ORDER_SUBJECT);
  const char *code = sm_row_get_text (order, SM_WORK_ORDER_CODE);

  if (code != NULL)
    return sm_text_clean (sm_word_of_alarm (code));
  if (subject != NULL && subject[0] != '\0')
    return sm_text_clean (subject);
  return g_strdup (sm_word_of_slug (sm_work_order_kinds,
                                    sm_row_get_text (order, SM_WORK_ORDER_KIND)));
}

/** sm_work_order_label: Returns: (transfer full) (nullable): what a thing is called */
char *
sm_work_order_label (SmOps    *ops,
                     SmNounId  noun,
                     gint64    id)
{
  g_autofree char *label
      = id != SM_UNKNOWN && id != 0
            ? sm_directory_dup_label (sm_ops_get_directory (ops), noun, id, sm_i18n_language ())
            : NULL;

  return label != NULL && label[0] != '\0' ? sm_text_clean (label) : NULL;
}

static char *
dup_target (const SmRow *order)
{
  const char *label = sm_row_get_text (order, SM_WORK_ORDER_TARGET_LABEL);
  const char *noun = sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN);
  g_autofree char *name = NULL;
  g_autofree char *clean = NULL;

  if (label == NULL || label[0] == '\0')
    return NULL;
  if (label[0] == '{')
    name = sm_name_pick (label, sm_i18n_language ());
  clean = sm_text_clean (name != NULL ? name : label);
  if (g_strcmp0 (noun, "lane") == 0)
    return g_strdup_printf (_("Lane %s"), clean);
  if (g_strcmp0 (noun, "bay") == 0)
    return g_strdup_printf (_("Bay %s"), clean);
  return g_steal_pointer (&clean);
}

/** sm_work_order_place: Returns: (transfer full): which thing, and at which station */
char *
sm_work_order_place (SmOps       *ops,
                     const SmRow *order)
{
  g_autofree char *station
      = sm_work_order_label (ops, SM_NOUN_STATION, sm_row_get_int (order, SM_WORK_ORDER_STATION_ID));
  g_autofree char *target = dup_target (order);
  gboolean is_station
      = g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_TARGET_NOUN), "station") == 0;

  if (station == NULL && target == NULL)
    return g_strdup ("–");
  if (station == NULL)
    return g_steal_pointer (&target);
  if (target == NULL || is_station)
    return g_steal_pointer (&station);
  return g_strdup_printf ("%s · %s", station, target);
}

/** sm_work_order_who: Returns: (transfer full): who has it, or that nobody has */
char *
sm_work_order_who (SmOps       *ops,
                   const SmRow *order)
{
  g_autofree char *engineer = sm_work_order_label (
      ops, SM_NOUN_ENGINEER, sm_row_get_int (order, SM_WORK_ORDER_ENGINEER_ID));
  g_autofree char *agent = sm_work_order_label (
      ops, SM_NOUN_ORGANISATION, sm_row_get_int (order, SM_WORK_ORDER_ORGANISATION_ID));
  g_autofree char *written = sm_text_clean (sm_row_get_text (order, SM_WORK_ORDER_ASSIGNEE));

  if (written[0] != '\0')
    return g_steal_pointer (&written);
  if (engineer != NULL || agent != NULL)
    return engineer != NULL ? g_steal_pointer (&engineer) : g_steal_pointer (&agent);
  return g_strdup (C_ ("work order", "nobody yet"));
}

static const char *const event_words[SM_WORK_ORDER_N_EVENTS] = {
  [SM_WORK_ORDER_ASSIGN] = NC_ ("work order event", "assigned"),
  [SM_WORK_ORDER_ACCEPT] = NC_ ("work order event", "accepted"),
  [SM_WORK_ORDER_REFUSE] = NC_ ("work order event", "refused"),
  [SM_WORK_ORDER_SPEAK] = NC_ ("work order event", "spoke with the site"),
  [SM_WORK_ORDER_TRAVEL] = NC_ ("work order event", "set out"),
  [SM_WORK_ORDER_ARRIVE] = NC_ ("work order event", "arrived"),
  [SM_WORK_ORDER_START] = NC_ ("work order event", "began work"),
  [SM_WORK_ORDER_HOLD] = NC_ ("work order event", "put on hold"),
  [SM_WORK_ORDER_RESUME] = NC_ ("work order event", "resumed"),
  [SM_WORK_ORDER_COMPLETE] = NC_ ("work order event", "completed"),
  [SM_WORK_ORDER_CONFIRM] = NC_ ("work order event", "confirmed"),
  [SM_WORK_ORDER_REJECT] = NC_ ("work order event", "rejected"),
  [SM_WORK_ORDER_CANCEL] = NC_ ("work order event", "called off"),
  [SM_WORK_ORDER_URGE] = NC_ ("work order event", "urged"),
  [SM_WORK_ORDER_PIN] = NC_ ("work order event", "to stay with who has it"),
  [SM_WORK_ORDER_UNPIN] = NC_ ("work order event", "may go to another"),
  [SM_WORK_ORDER_FOLLOW_UP] = NC_ ("work order event", "somebody comes again"),
  [SM_WORK_ORDER_NOTE_DOWN] = NC_ ("work order event", "note"),
  [SM_WORK_ORDER_USE_PART] = NC_ ("work order event", "part used"),
  [SM_WORK_ORDER_PHOTO] = NC_ ("work order event", "photo"),
  [SM_WORK_ORDER_CREATE] = NC_ ("work order event", "opened"),
  [SM_WORK_ORDER_JOIN] = NC_ ("work order event", "another alarm of the same cause"),
  [SM_WORK_ORDER_RESTORE] = NC_ ("work order event", "serves again"),
  [SM_WORK_ORDER_RECUR] = NC_ ("work order event", "the fault is back"),
  [SM_WORK_ORDER_WARN] = NC_ ("work order event", "time is running out"),
  [SM_WORK_ORDER_ESCALATE] = NC_ ("work order event", "escalated"),
  [SM_WORK_ORDER_GATHER] = NC_ ("work order event", "belongs to a problem"),
};

/** sm_work_order_event_words: Returns: (transfer full): what happened; a slug of a newer version as it is */
char *
sm_work_order_event_words (const char *event)
{
  for (guint i = 0; event != NULL && i < SM_WORK_ORDER_N_EVENTS; i++)
    if (g_str_equal (sm_work_order_events[i], event) && event_words[i] != NULL)
      return g_strdup (g_dpgettext2 (NULL, "work order event", event_words[i]));
  return sm_text_clean (event);
}

/** sm_work_order_moment: Returns: (transfer full) (nullable): in the network's time zone */
char *
sm_work_order_moment (SmOps  *ops,
                      gint64  at_us)
{
  GTimeZone *zone = sm_status_get_zone (sm_ops_get_status (ops));
  g_autoptr (GDateTime) utc
      = at_us != SM_UNKNOWN ? g_date_time_new_from_unix_utc (at_us / SM_SECOND) : NULL;
  g_autoptr (GDateTime) local
      = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return utc != NULL ? g_date_time_format (local != NULL ? local : utc, "%Y-%m-%d %H:%M:%S") : NULL;
}

/* --- clocks --- */

static gint64
get_now (SmOps *ops)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
}

/**
 * sm_work_order_clock_state:
 * @out_is_late: (out): whether it is, or was, over
 *
 * Returns: (transfer full) (nullable): what is left of it, or how long it took; NULL: it has
 *   not begun
 */
char *
sm_work_order_clock_state (SmOps       *ops,
                     const SmRow *order,
                     SmWorkOrderClock  clock,
                     gboolean    *out_is_late)
{
  g_autofree char *took = NULL;
  SmWorkOrderReading reading;

  sm_work_order_read_clock (order, clock, get_now (ops), &reading);
  *out_is_late = reading.is_late;
  if (reading.from == SM_UNKNOWN || reading.due == SM_UNKNOWN)
    return NULL;
  if (reading.stopped_at == SM_UNKNOWN)
    return sm_countdown_words (reading.due - get_now (ops));
  if (reading.used_us < SM_SECOND)
    return g_strdup (C_ ("work order clock", "at once"));
  took = sm_countdown_text (reading.used_us);
  /* Translators: %s is a length of time; a clock was stopped too late, or in time */
  return g_strdup_printf (reading.is_late ? C_ ("work order clock", "took %s, too long")
                                          : C_ ("work order clock", "took %s"), took);
}

/**
 * sm_work_order_clock_text:
 * @out_clock: (out): which ends next
 * @out_left_us: (out): how long until then
 *
 * Returns: (transfer full) (nullable): what is left of it; NULL when none runs
 */
char *
sm_work_order_clock_text (SmOps       *ops,
                          const SmRow *order,
                          SmWorkOrderClock *out_clock,
                          gint64      *out_left_us)
{
  SmWorkOrderReading reading;

  *out_left_us = 0;
  if (!sm_work_order_next_clock (order, get_now (ops), out_clock, &reading))
    return NULL;
  *out_left_us = reading.due - get_now (ops);
  return sm_countdown_words (*out_left_us);
}

/** sm_work_order_clock_sentence: Returns: (transfer full) (nullable): which clock ends next, and what is left of it */
char *
sm_work_order_clock_sentence (SmOps       *ops,
                              const SmRow *order)
{
  g_autofree char *left = NULL;
  SmWorkOrderClock clock;
  SmWorkOrderReading reading;

  if (!sm_work_order_next_clock (order, get_now (ops), &clock, &reading))
    return NULL;
  left = sm_countdown_words (reading.due - get_now (ops));
  /* Translators: a clock of a work order and what is left of it, as in "Response: 3 min left" */
  return g_strdup_printf (C_ ("work order clock", "%s: %s"), sm_work_order_clock_title (clock), left);
}
