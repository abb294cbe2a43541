/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-report-words.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

/*
 * What happens to a work order is told at once, in the transaction in which it happens:
 * whoever has it, what they are to do; whoever sits at its desk, that nobody does it.  What
 * a clock has to say, and that nobody owns it, comes by itself again when it is later still.
 */

typedef struct
{
  SmRules *rules;
  const SmRow *order;
  SmRow *like; /* the order as an alarm: told by the same words, to the same desks */
  SmTellNews news;
  SmWorkOrderEvent event;
  GPtrArray *receivers; /* of SmTellReceiver */
} Telling;

static void
copy_int (SmRow       *like,
          guint        to,
          const SmRow *order,
          guint        from)
{
  if (!sm_row_is_null (order, from))
    sm_row_set_int (like, to, sm_row_get_int (order, from));
}

/** sm_tell_like_alarm: Returns: (transfer full): the order as if it were an alarm */
SmRow *
sm_tell_like_alarm (const SmRow *order)
{
  SmRow *like = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  const char *code = sm_row_get_text (order, SM_WORK_ORDER_CODE);

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    copy_int (like, i, order, i);
  copy_int (like, SM_ALARM_LEVEL, order, SM_WORK_ORDER_LEVEL);
  copy_int (like, SM_ALARM_STATION_ID, order, SM_WORK_ORDER_STATION_ID);
  copy_int (like, SM_ALARM_VEHICLE_ID, order, SM_WORK_ORDER_VEHICLE_ID);
  copy_int (like, SM_ALARM_DESK_ID, order, SM_WORK_ORDER_DESK_ID);
  sm_row_set_text (like, SM_ALARM_CODE, code != NULL ? code : "");
  sm_row_set_text (like, SM_ALARM_SOURCE_LABEL,
                   sm_row_get_text (order, SM_WORK_ORDER_TARGET_LABEL));
  return like;
}

/* --- what it is --- */

static gint64
next_due (const SmRow *order)
{
  return sm_row_get_int (order, sm_row_is_null (order, SM_WORK_ORDER_RESPONDED_AT)
                                    ? SM_WORK_ORDER_RESPONSE_DUE_AT
                                    : SM_WORK_ORDER_RESTORE_DUE_AT);
}

/* Returns: whether it is of a clock that somebody out there works against */
static gboolean
read_warning (Telling     *telling,
              const SmRow *before)
{
  static const struct { guint warned, due; SmTellNewsKind kind; } clocks[] = {
    { SM_WORK_ORDER_RESPONSE_WARNED, SM_WORK_ORDER_RESPONSE_DUE_AT, SM_TELL_NEWS_RESPONSE },
    { SM_WORK_ORDER_RESTORE_WARNED, SM_WORK_ORDER_RESTORE_DUE_AT, SM_TELL_NEWS_RESTORE },
  };

  for (gsize i = 0; before != NULL && i < G_N_ELEMENTS (clocks); i++)
    if (sm_row_get_int (telling->order, clocks[i].warned)
        != sm_row_get_int (before, clocks[i].warned))
      {
        telling->news.kind = clocks[i].kind;
        telling->news.percent = sm_row_get_int (telling->order, clocks[i].warned);
        telling->news.due_at = sm_row_get_int (telling->order, clocks[i].due);
        return TRUE;
      }
  return FALSE;
}

/* Somebody has it: it is the clock that is over. */
static void
read_overdue (Telling *telling)
{
  gboolean is_restore = sm_row_get_int (telling->order, SM_WORK_ORDER_RESTORE_WARNED) >= 100
                        && sm_row_is_null (telling->order, SM_WORK_ORDER_RESTORED_AT);

  telling->news.kind = is_restore ? SM_TELL_NEWS_RESTORE : SM_TELL_NEWS_RESPONSE;
  telling->news.percent = 100;
}

/* What a person out there sees no machine says: that it is there, and that it is worse than
 * whoever came first had said. */
static gboolean
read_report (Telling     *telling,
             const SmRow *before,
             const char  *text)
{
  telling->news.kind = before == NULL ? SM_TELL_NEWS_REPORTED : SM_TELL_NEWS_WORSE;
  if (before == NULL)
    return g_strcmp0 (sm_row_get_text (telling->order, SM_WORK_ORDER_SOURCE), "scan") == 0;
  return sm_report_english (text) != NULL
         && sm_row_get_int (telling->order, SM_WORK_ORDER_LEVEL)
                < sm_row_get_int (before, SM_WORK_ORDER_LEVEL);
}

/* Returns: whether it is always told, and as what */
static gboolean
is_always_told (SmWorkOrderEvent  event,
                SmTellNewsKind   *out_kind)
{
  static const struct { SmWorkOrderEvent event; SmTellNewsKind kind; } always[] = {
    { SM_WORK_ORDER_ASSIGN, SM_TELL_NEWS_ASSIGN },     { SM_WORK_ORDER_URGE, SM_TELL_NEWS_URGE },
    { SM_WORK_ORDER_REFUSE, SM_TELL_NEWS_REFUSE },     { SM_WORK_ORDER_RECUR, SM_TELL_NEWS_RECUR },
    { SM_WORK_ORDER_REJECT, SM_TELL_NEWS_REJECT },     { SM_WORK_ORDER_COMPLETE, SM_TELL_NEWS_COMPLETE },
    { SM_WORK_ORDER_ESCALATE, SM_TELL_NEWS_ESCALATE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    if (always[i].event == event)
      {
        *out_kind = always[i].kind;
        return TRUE;
      }
  return FALSE;
}

/* Returns: whether anybody is told of such a thing */
static gboolean
read_news (Telling     *telling,
           const SmRow *before,
           const char  *person,
           const char  *text)
{
  telling->news = (SmTellNews){ .person = person, .reason = text,
                                .due_at = next_due (telling->order) };
  if (is_always_told (telling->event, &telling->news.kind))
    {
      if (telling->event == SM_WORK_ORDER_ESCALATE && sm_work_order_is_owned (telling->order))
        read_overdue (telling);
      return TRUE;
    }
  switch (telling->event)
    {
    case SM_WORK_ORDER_ACCEPT:
      /* Somebody took it for somebody else. */
      telling->news.kind = SM_TELL_NEWS_ASSIGN;
      return before == NULL
             || sm_row_get_int (telling->order, SM_WORK_ORDER_ENGINEER_ID)
                    != sm_row_get_int (before, SM_WORK_ORDER_ENGINEER_ID);
    case SM_WORK_ORDER_CREATE:
    case SM_WORK_ORDER_JOIN:
      return read_report (telling, before, text);
    case SM_WORK_ORDER_WARN:
      return read_warning (telling, before);
    default:
      return FALSE;
    }
}

/* --- who --- */

static gboolean
add_engineer (Telling     *telling,
              const char  *doer,
              GError     **error)
{
  g_autoptr (SmRow) engineer = NULL;
  const char *person;

  if (!sm_service_find (sm_rules_get_connection (telling->rules), sm_noun_get (SM_NOUN_ENGINEER),
                        sm_row_get_int (telling->order, SM_WORK_ORDER_ENGINEER_ID), &engineer, error))
    return FALSE;
  person = engineer != NULL ? sm_row_get_text (engineer, SM_ENGINEER_PERSON) : NULL;
  /* Who takes it themselves need not be told. */
  if (engineer == NULL || (person != NULL && g_strcmp0 (person, doer) == 0)
      || sm_tell_add_best (telling->rules, telling->receivers, person))
    return TRUE;
  sm_tell_add_phone (telling->rules, telling->receivers,
                     sm_row_get_text (engineer, SM_ENGINEER_NAME),
                     sm_row_get_text (engineer, SM_ENGINEER_PHONE));
  return TRUE;
}

static gboolean
add_agent (Telling  *telling,
           GError  **error)
{
  g_autoptr (SmRow) agent = NULL;
  g_autofree char *name = NULL;

  if (!sm_service_find (sm_rules_get_connection (telling->rules),
                        sm_noun_get (SM_NOUN_ORGANISATION),
                        sm_row_get_int (telling->order, SM_WORK_ORDER_ORGANISATION_ID), &agent,
                        error))
    return FALSE;
  if (agent == NULL)
    return TRUE;
  name = sm_row_dup_name (agent, SM_ORGANISATION_NAME,
                          sm_tell_languages[telling->rules->telling->language]);
  sm_tell_add_phone (telling->rules, telling->receivers, name,
                     sm_row_get_text (agent, SM_ORGANISATION_PHONE));
  return TRUE;
}

/* Whoever has it, if anybody: somebody, or an agent who will send somebody. */
static gboolean
add_owner (Telling     *telling,
           const char  *doer,
           GError     **error)
{
  if (!sm_row_is_null (telling->order, SM_WORK_ORDER_ENGINEER_ID))
    return add_engineer (telling, doer, error);
  return sm_row_is_null (telling->order, SM_WORK_ORDER_ORGANISATION_ID)
         || add_agent (telling, error);
}

/* Who is to find somebody: the one it was escalated to, or else whose the desk is. */
static gboolean
add_finder (Telling  *telling,
            GError  **error)
{
  return sm_tell_add_best (telling->rules, telling->receivers,
                           sm_row_get_text (telling->order, SM_WORK_ORDER_ESCALATED_TO))
         || sm_tell_add_desk (telling->rules, telling->receivers, telling->like, error);
}

/* Whoever had it as it was @before, and has it no more.  Returns: whether there is somebody */
static gboolean
is_taken_away (const Telling *telling,
               const SmRow   *before)
{
  guint field = SM_WORK_ORDER_ENGINEER_ID;

  if (before == NULL
      || (telling->event != SM_WORK_ORDER_ASSIGN && telling->event != SM_WORK_ORDER_ACCEPT
          && telling->event != SM_WORK_ORDER_CANCEL))
    return FALSE;
  if (sm_row_is_null (before, field))
    field = SM_WORK_ORDER_ORGANISATION_ID;
  if (sm_row_is_null (before, field))
    return FALSE;
  return telling->event == SM_WORK_ORDER_CANCEL || !sm_row_equal_field (before, telling->order, field);
}

static gboolean
add_all (Telling     *telling,
         const char  *doer,
         GError     **error)
{
  switch (telling->event)
    {
    case SM_WORK_ORDER_ASSIGN:
    case SM_WORK_ORDER_ACCEPT:
    case SM_WORK_ORDER_URGE:
    case SM_WORK_ORDER_RECUR:
    case SM_WORK_ORDER_REJECT:
      return add_owner (telling, doer, error);
    case SM_WORK_ORDER_JOIN:
    case SM_WORK_ORDER_WARN:
      return add_owner (telling, doer, error) && add_finder (telling, error);
    case SM_WORK_ORDER_REFUSE:
    case SM_WORK_ORDER_COMPLETE:
      return sm_tell_add_desk (telling->rules, telling->receivers, telling->like, error);
    default:
      return add_finder (telling, error);
    }
}

/* --- telling --- */

/* What a person gives somebody to do, or takes away again. */
static gboolean
is_for_one (SmTellNewsKind kind)
{
  return kind == SM_TELL_NEWS_ASSIGN || kind == SM_TELL_NEWS_CANCEL
         || kind == SM_TELL_NEWS_TAKEN;
}

/* Nobody gets the same words again before they had time to answer; and what comes by
 * itself is summed up when it is too much.  What a person gives somebody to do never is. */
static gboolean
is_enough (Telling               *telling,
           const SmTellReceiver  *to,
           const char            *text,
           gboolean              *out_is,
           GError               **error)
{
  SmRules *rules = telling->rules;

  *out_is = FALSE;
  if (!is_for_one (telling->news.kind)
      && !sm_tell_was_said (sm_rules_get_connection (rules), "work_order",
                            sm_row_get_id (telling->order), to->name,
                            sm_tell_channels[to->channel], text,
                            sm_rules_now (rules) - rules->telling->answer_us, out_is, error))
    return FALSE;
  if (*out_is || is_for_one (telling->news.kind)
      || sm_tell_settings_find (rules->telling, to->name) == NULL)
    return TRUE;
  return sm_tell_count_one (rules, telling->like, to, out_is, error);
}

static gboolean
tell_one (Telling               *telling,
          const SmTellReceiver  *to,
          GError               **error)
{
  SmTellSubject subject = {
    .noun = (char *) "work_order",
    .id = sm_row_get_id (telling->order),
    .round = telling->event == SM_WORK_ORDER_ESCALATE
                 ? sm_row_get_int (telling->order, SM_WORK_ORDER_ESCALATIONS)
                 : 0,
  };
  g_autofree char *line = NULL;
  g_autofree char *text
      = sm_tell_say_order (telling->rules, telling->order, telling->like, &telling->news, to, &line,
                           error);
  g_autoptr (SmRow) row = NULL;
  gboolean is_enough_now;

  if (text == NULL || !is_enough (telling, to, text, &is_enough_now, error))
    return FALSE;
  if (is_enough_now)
    return TRUE;
  row = sm_tell_row_of (telling->like, &subject);
  if (sm_row_is_null (telling->order, SM_WORK_ORDER_CODE))
    sm_row_set_null (row, SM_NOTIFICATION_CODE);
  sm_row_set_text (row, SM_NOTIFICATION_TEXT, text);
  if (telling->news.kind == SM_TELL_NEWS_CANCEL || telling->news.kind == SM_TELL_NEWS_TAKEN)
    sm_row_set_text (row, SM_NOTIFICATION_BECAUSE, sm_tell_reasons[SM_TELL_BECAUSE_TAKEN_BACK]);
  return sm_tell_queue (telling->rules, row, to, line, error);
}

static gboolean
tell_them (Telling     *telling,
           const char  *person,
           GError     **error)
{
  for (guint i = 0; i < telling->receivers->len; i++)
    {
      const SmTellReceiver *to = telling->receivers->pdata[i];

      /* Who did it knows. */
      if (g_strcmp0 (to->name, person) != 0 && !tell_one (telling, to, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_all (Telling      *telling,
          const SmRow  *before,
          const char   *person,
          const char   *text,
          GError      **error)
{
  g_ptr_array_set_size (telling->receivers, 0);
  return !read_news (telling, before, person, text)
         || (add_all (telling, person, error) && tell_them (telling, person, error));
}

/* Nobody sets out for what is another's by now, or nobody's. */
static gboolean
tell_loser (Telling      *telling,
            const SmRow  *before,
            const char   *person,
            const char   *text,
            GError      **error)
{
  Telling lost = *telling;

  if (!is_taken_away (telling, before))
    return TRUE;
  lost.order = before;
  lost.news = (SmTellNews){ .kind = telling->event == SM_WORK_ORDER_CANCEL ? SM_TELL_NEWS_CANCEL
                                                                           : SM_TELL_NEWS_TAKEN,
                            .person = person, .reason = text, .due_at = next_due (before) };
  g_ptr_array_set_size (lost.receivers, 0);
  return add_owner (&lost, person, error) && tell_them (&lost, person, error);
}

/**
 * sm_tell_note_order:
 * @before: (nullable): as it was
 * @person: (nullable): who did it; the service itself
 * @text: (nullable): what they said with it
 *
 * Something happened to a work order: who has to know of it is told.
 */
gboolean
sm_tell_note_order (SmRules           *rules,
                    const SmRow       *order,
                    const SmRow       *before,
                    SmWorkOrderEvent   event,
                    const char        *person,
                    const char        *text,
                    GError           **error)
{
  g_autoptr (SmRow) like = NULL;
  g_autoptr (GPtrArray) receivers = NULL;
  Telling telling = { .rules = rules, .order = order, .event = event };

  if (rules->telling == NULL)
    return TRUE;
  telling.like = like = sm_tell_like_alarm (order);
  if (event == SM_WORK_ORDER_CONFIRM && !sm_tell_note_repaired (rules, order, like, error))
    return FALSE;
  if (rules->telling->n_order_channels == 0)
    return TRUE;
  telling.receivers = receivers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_tell_receiver_free);
  return tell_loser (&telling, before, person, text, error)
         && tell_all (&telling, before, person, text, error);
}
