/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-access-private.h"
#include "sm-alarm.h"
#include "sm-contacts-private.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

#include <string.h>

/*
 * What there is to tell is noted in the transaction in which it came to be, so that nothing
 * is forgotten when the service ends; each second it is seen whose turn it is.  Sending is
 * another's: nothing here waits for a gateway.
 */

#define AT_ONCE 50           /* in one transaction: what else wants to write waits behind it */
#define TOO_OLD SM_HOUR      /* what begins in the past has been told then */
#define SAFETY_TIMES 3       /* as many messages before those of safety are summed up, too */
#define HIDDEN_AGAIN SM_MINUTE
#define NOBODY_AGAIN (10 * SM_SECOND)

/** sm_tell_set_settings: @settings: (transfer full) (nullable): before anybody else works on @rules */
void
sm_tell_set_settings (SmRules        *rules,
                      SmTellSettings *settings)
{
  g_clear_pointer (&rules->telling, sm_tell_settings_free);
  rules->telling = settings;
}

/** sm_tell_get_settings: Returns: (transfer none) (nullable): nobody is told anything; any thread */
const SmTellSettings *
sm_tell_get_settings (SmRules *rules)
{
  return rules->telling;
}

/* --- what there is to tell --- */

static gboolean
is_unacked (const SmRow *alarm)
{
  guint state = alarm != NULL ? sm_row_get_enum (alarm, SM_ALARM_STATE) : SM_ENUM_UNKNOWN;

  return state == SM_ALARM_UNACKED || state == SM_ALARM_RETURNED_UNACKED;
}

static gboolean
begins (const SmRow *alarm,
        const SmRow *before,
        gint64       now)
{
  if (sm_row_get_enum (alarm, SM_ALARM_STATE) != SM_ALARM_UNACKED)
    return FALSE;
  if (before == NULL)
    return now - sm_row_get_int (alarm, SM_ALARM_RAISED_AT) < TOO_OLD;
  return !is_unacked (before)
         || sm_row_get_int (alarm, SM_ALARM_LEVEL) < sm_row_get_int (before, SM_ALARM_LEVEL);
}

static gboolean
begin (SmRules      *rules,
       const SmRow  *alarm,
       GError      **error)
{
  gint64 now = sm_rules_now (rules);

  for (guint i = 0; i < rules->telling->rules->len; i++)
    {
      const SmTellRule *rule = rules->telling->rules->pdata[i];
      SmTellSubject subject = { (char *) "alarm", sm_row_get_id (alarm), rule->name, 0,
                                sm_row_get_int (alarm, SM_ALARM_LEVEL), now, now + rule->wait_us };
      g_autoptr (GError) failed = NULL;

      if (!sm_tell_rule_has (rules, rule, alarm, &failed) && failed == NULL)
        continue;
      if (failed != NULL || !sm_tell_subject_put (sm_rules_get_connection (rules), &subject, &failed))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
confirm_row (SmRules     *rules,
             gint64       id,
             const char  *person,
             gint64       at,
             GError     **error)
{
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) row = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_NOTIFICATION), id,
                        &before, error))
    return FALSE;
  if (before == NULL)
    return TRUE;
  row = sm_row_copy (before);
  sm_row_set_int (row, SM_NOTIFICATION_CONFIRMED_AT, at);
  sm_row_set_text (row, SM_NOTIFICATION_CONFIRMED_BY, person);
  return sm_verb_put (rules, row, before, error);
}

/* Whoever acknowledged it knows of it. */
static gboolean
end (SmRules      *rules,
     const SmRow  *alarm,
     GError      **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  const char *person = sm_row_get_text (alarm, SM_ALARM_ACKED_BY);
  g_autoptr (GArray) told = NULL;

  if (!sm_tell_subject_remove (connection, "alarm", sm_row_get_id (alarm), NULL, error))
    return FALSE;
  if (person == NULL)
    return TRUE;
  told = sm_tell_list_unconfirmed (connection, "alarm", sm_row_get_id (alarm), person, error);
  for (guint i = 0; told != NULL && i < told->len; i++)
    if (!confirm_row (rules, g_array_index (told, gint64, i), person,
                      sm_row_get_int (alarm, SM_ALARM_ACKED_AT), error))
      return FALSE;
  return told != NULL;
}

/** sm_tell_note_row: A record was written: is there something to tell, or not any more? */
gboolean
sm_tell_note_row (SmRules      *rules,
                  const SmRow  *row,
                  const SmRow  *before,
                  GError      **error)
{
  if (rules->telling == NULL || sm_row_get_noun (row)->id != SM_NOUN_ALARM)
    return TRUE;
  if (begins (row, before, sm_rules_now (rules)))
    return begin (rules, row, error);
  return is_unacked (row) || !is_unacked (before) || end (rules, row, error);
}

/* --- a message --- */

/**
 * sm_tell_queue:
 * @row: what is told, and what it says; gets to whom and by which channel
 *
 * From here on it goes out, sooner or later.
 */
gboolean
sm_tell_queue (SmRules               *rules,
               SmRow                 *row,
               const SmTellReceiver  *to,
               const char            *subject,
               GError               **error)
{
  g_autofree char *masked = sm_tell_mask (to->address);

  sm_row_set_text (row, SM_NOTIFICATION_CHANNEL, sm_tell_channels[to->channel]);
  sm_row_set_text (row, SM_NOTIFICATION_RECIPIENT, to->name);
  sm_row_set_text (row, SM_NOTIFICATION_ADDRESS, *to->address != '\0' ? masked : NULL);
  sm_row_set_text (row, SM_NOTIFICATION_STATE, sm_tell_states[SM_TELL_QUEUED]);
  sm_row_set_int (row, SM_NOTIFICATION_ATTEMPTS, 0);
  sm_row_set_int (row, SM_NOTIFICATION_AT, sm_rules_now (rules));
  return sm_verb_put (rules, row, NULL, error)
         && sm_tell_due_add (sm_rules_get_connection (rules), sm_row_get_id (row),
                             sm_tell_channels[to->channel], to->address, subject,
                             sm_rules_machine_now (rules), error);
}

/** sm_tell_row_of: Returns: (transfer full): what is told of @subject; @like: an alarm, or what is as one */
SmRow *
sm_tell_row_of (const SmRow         *like,
                const SmTellSubject *subject)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_NOTIFICATION));

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    if (!sm_row_is_null (like, i))
      sm_row_set_int (row, i, sm_row_get_int (like, i));
  sm_row_set_text (row, SM_NOTIFICATION_SUBJECT_NOUN, subject->noun);
  sm_row_set_int (row, SM_NOTIFICATION_SUBJECT_ID, subject->id);
  sm_row_set_text (row, SM_NOTIFICATION_CODE, sm_row_get_text (like, SM_ALARM_CODE));
  sm_row_set_int (row, SM_NOTIFICATION_LEVEL, sm_row_get_int (like, SM_ALARM_LEVEL));
  sm_row_set_text (row, SM_NOTIFICATION_SOURCE_LABEL,
                   sm_row_get_text (like, SM_ALARM_SOURCE_LABEL));
  if (!sm_row_is_null (like, SM_ALARM_STATION_ID))
    sm_row_set_int (row, SM_NOTIFICATION_STATION_ID, sm_row_get_int (like, SM_ALARM_STATION_ID));
  if (!sm_row_is_null (like, SM_ALARM_VEHICLE_ID))
    sm_row_set_int (row, SM_NOTIFICATION_VEHICLE_ID, sm_row_get_int (like, SM_ALARM_VEHICLE_ID));
  sm_row_set_text (row, SM_NOTIFICATION_BECAUSE,
                   sm_tell_reasons[subject->round > 0 ? SM_TELL_BECAUSE_ESCALATION
                                                      : SM_TELL_BECAUSE_RULE]);
  sm_row_set_int (row, SM_NOTIFICATION_ROUND, subject->round);
  return row;
}

/* Of who has several areas, or several fleets: in which it is.  No message is of more than one, and
 * none of theirs would show them what sums up several. */
static gint64
place_of (SmRules     *rules,
          const char  *name,
          const SmRow *alarm)
{
  g_autoptr (SmUserRecord) user = sm_access_dup_user (rules->access, name);
  g_autoptr (SmScope) scope
      = user != NULL ? sm_scope_from_text (user->scope_kind, user->scope_ids) : NULL;

  if (scope == NULL || scope->n_ids < 2 || scope->kind < SM_SCOPE_AREAS)
    return 0;
  return MAX (sm_row_get_int (alarm, scope->kind == SM_SCOPE_AREAS ? SM_ROW_AREA_ID
                                                                   : SM_ROW_FLEET_ID), 0);
}

static gboolean
hold_one (SmRules      *rules,
          SmTellCount  *count,
          const SmRow  *alarm,
          gint64        since,
          GError      **error)
{
  gint64 level = sm_row_get_int (alarm, SM_ALARM_LEVEL);

  if (count->held++ == 0)
    {
      count->since = since;
      count->held_worst = level;
      count->held_first = g_strdup (sm_row_get_text (alarm, SM_ALARM_SOURCE_LABEL));
    }
  count->held_worst = MIN (count->held_worst, level);
  return sm_tell_count_put (sm_rules_get_connection (rules), count, error);
}

/** sm_tell_count_one: @out_is_held: too much was said to them lately: it is summed up */
gboolean
sm_tell_count_one (SmRules               *rules,
                   const SmRow           *alarm,
                   const SmTellReceiver  *to,
                   gboolean              *out_is_held,
                   GError               **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  const char *channel = sm_tell_channels[to->channel];
  gint64 operator_id = sm_row_get_int (alarm, SM_ROW_OPERATOR_ID);
  gint64 now = sm_rules_now (rules), place, most;
  g_autoptr (SmTellCount) all
      = sm_tell_count_find (connection, to->name, channel, operator_id, 0, error);
  g_autoptr (SmTellCount) there = NULL;

  if (all == NULL)
    return FALSE;
  if (all->held == 0 && now - all->since >= rules->telling->storm_us)
    {
      all->since = now;
      all->told = 0;
    }
  most = rules->telling->storm_messages * (sm_alarm_is_safety (alarm) ? SAFETY_TIMES : 1);
  *out_is_held = all->told >= most;
  if (!*out_is_held)
    {
      all->told++;
      return sm_tell_count_put (connection, all, error);
    }
  place = place_of (rules, to->name, alarm);
  if (place == 0)
    return hold_one (rules, all, alarm, all->since, error);
  there = sm_tell_count_find (connection, to->name, channel, operator_id, place, error);
  return there != NULL && hold_one (rules, there, alarm, all->since, error);
}

static gboolean
tell_one (SmRules               *rules,
          const SmTellSubject   *subject,
          const SmRow           *alarm,
          const SmTellReceiver  *to,
          guint                 *n_told,
          GError               **error)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  g_autoptr (SmRow) row = NULL;
  gboolean was_told, is_held;

  /* Two rules may name the same person; only who has not answered is told again. */
  if (!sm_tell_was_told (sm_rules_get_connection (rules), "alarm", subject->id, to->name,
                         sm_tell_channels[to->channel],
                         subject->round > 0 ? sm_rules_now (rules) - rules->telling->answer_us / 2
                                            : subject->begun_at,
                         &was_told, error))
    return FALSE;
  (*n_told)++;
  if (was_told)
    return TRUE;
  if (!sm_tell_count_one (rules, alarm, to, &is_held, error) || is_held)
    return error == NULL || *error == NULL;
  text = sm_tell_say_alarm (rules, alarm, to, subject->round > 0, &line, error);
  if (text == NULL)
    return FALSE;
  row = sm_tell_row_of (alarm, subject);
  sm_row_set_text (row, SM_NOTIFICATION_TEXT, text);
  return sm_tell_queue (rules, row, to, line, error);
}

static gboolean
tell_all (SmRules           *rules,
          SmTellSubject     *subject,
          const SmTellRule  *rule,
          const SmRow       *alarm,
          GError           **error)
{
  g_autoptr (GPtrArray) receivers
      = sm_tell_list_receivers (rules, rule, alarm, subject->round, error);
  gint64 now = sm_rules_now (rules);
  guint n_told = 0;

  if (receivers == NULL)
    return FALSE;
  for (guint i = 0; i < receivers->len; i++)
    if (!tell_one (rules, subject, alarm, receivers->pdata[i], &n_told, error))
      return FALSE;
  if (!rule->goes_on)
    return sm_tell_subject_remove (sm_rules_get_connection (rules), subject->noun, subject->id,
                                   rule->name, error);
  subject->round++;
  subject->next_at = now + (n_told > 0 ? rules->telling->answer_us
                                       : MIN (rules->telling->answer_us, NOBODY_AGAIN));
  return sm_tell_subject_put (sm_rules_get_connection (rules), subject, error);
}

/* Whether it need not be told any more: somebody knows, or it is over.  What was of safety
 * needs a person all the same. */
static gboolean
is_over (const SmRow *alarm)
{
  guint state = alarm != NULL ? sm_row_get_enum (alarm, SM_ALARM_STATE) : SM_ENUM_UNKNOWN;

  return state != SM_ALARM_UNACKED
         && !(state == SM_ALARM_RETURNED_UNACKED && sm_alarm_is_safety (alarm));
}

static gboolean
go_on (SmRules        *rules,
       SmTellSubject  *subject,
       GError        **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  const SmTellRule *rule = sm_tell_find_rule (rules->telling, subject->rule);
  g_autoptr (SmRow) alarm = NULL;

  if (!sm_service_find (connection, sm_noun_get (SM_NOUN_ALARM), subject->id, &alarm, error))
    return FALSE;
  if (rule == NULL || is_over (alarm))
    return sm_tell_subject_remove (connection, subject->noun, subject->id, subject->rule, error);
  if (!sm_alarm_is_hidden (alarm, sm_rules_now (rules)))
    return tell_all (rules, subject, rule, alarm, error);
  subject->next_at = sm_rules_now (rules) + HIDDEN_AGAIN;
  return sm_tell_subject_put (connection, subject, error);
}

/* --- by time --- */

/* All that was held back from a person was theirs to see, so that what sums it up is, too:
 * who answers for one area, or one fleet, finds it among their messages. */
static void
take_keys (SmRules            *rules,
           const SmTellCount  *count,
           SmRow              *row)
{
  g_autoptr (SmUserRecord) user = sm_access_dup_user (rules->access, count->recipient);
  g_autoptr (SmScope) scope
      = user != NULL ? sm_scope_from_text (user->scope_kind, user->scope_ids) : NULL;

  gint64 place = count->place_id;

  sm_row_set_int (row, SM_ROW_OPERATOR_ID, count->operator_id);
  if (scope != NULL && place == 0 && scope->n_ids == 1)
    place = scope->ids[0];
  if (scope == NULL || place == 0)
    return;
  if (scope->kind == SM_SCOPE_AREAS)
    sm_row_set_int (row, SM_ROW_AREA_ID, place);
  else if (scope->kind == SM_SCOPE_FLEETS)
    sm_row_set_int (row, SM_ROW_FLEET_ID, place);
}

static gboolean
sum_up (SmRules      *rules,
        SmTellCount  *count,
        GError      **error)
{
  guint channel = sm_slug_index (sm_tell_channels, count->channel);
  g_autoptr (GPtrArray) receivers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_tell_receiver_free);
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_NOTIFICATION));
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (channel < SM_TELL_N_CHANNELS
      && !sm_tell_add_again (rules, receivers, count->recipient, (SmTellChannel) channel, error))
    return FALSE;
  if (receivers->len > 0)
    {
      text = sm_tell_say_storm (rules, count, receivers->pdata[0], &line);
      take_keys (rules, count, row);
      sm_row_set_text (row, SM_NOTIFICATION_SUBJECT_NOUN, "alarm");
      sm_row_set_int (row, SM_NOTIFICATION_SUBJECT_ID, 0);
      sm_row_set_int (row, SM_NOTIFICATION_LEVEL, count->held_worst);
      sm_row_set_text (row, SM_NOTIFICATION_BECAUSE, sm_tell_reasons[SM_TELL_BECAUSE_STORM]);
      sm_row_set_int (row, SM_NOTIFICATION_ROUND, 0);
      sm_row_set_text (row, SM_NOTIFICATION_TEXT, text);
      if (!sm_tell_queue (rules, row, receivers->pdata[0], line, error))
        return FALSE;
    }
  count->since = sm_rules_now (rules);
  count->told = count->held = count->held_worst = 0;
  g_clear_pointer (&count->held_first, g_free);
  return sm_tell_count_put (sm_rules_get_connection (rules), count, error);
}

static gboolean
do_turn (SmRules    *rules,
         GPtrArray  *subjects,
         GPtrArray  *held,
         GError    **error)
{
  for (guint i = 0; i < subjects->len; i++)
    if (!go_on (rules, subjects->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < held->len; i++)
    if (!sum_up (rules, held->pdata[i], error))
      return FALSE;
  return TRUE;
}

/** sm_tell_tick: Each second: whose turn it is to be told. */
gboolean
sm_tell_tick (SmRules  *rules,
              GError  **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  gint64 now = sm_rules_now (rules);
  g_autoptr (GPtrArray) subjects = NULL;
  g_autoptr (GPtrArray) held = NULL;

  if (rules->telling == NULL)
    return TRUE;
  if (!sm_contacts_load (rules, error) || !sm_tell_certificates_tick (rules, error))
    return FALSE;
  subjects = sm_tell_subject_list (connection, now, AT_ONCE, error);
  if (subjects == NULL)
    return FALSE;
  held = sm_tell_count_list_held (connection, now - rules->telling->storm_us, AT_ONCE, error);
  if (held == NULL)
    return FALSE;
  if (subjects->len + held->len == 0)
    return TRUE;
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (do_turn (rules, subjects, held, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}
