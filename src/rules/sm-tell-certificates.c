/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-paper.h"
#include "sm-record-table.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

/*
 * Who answers for an engineer is told that one of their certificates ends within 30 days, and
 * again when it has: each once, which stands in the certificate itself, so that one that is
 * renewed is told of anew.  Of what ended long ago nobody is told any more.
 */

#define LOOK_EVERY SM_MINUTE
#define AT_ONCE 50
#define LEVEL_ENDING 4
#define LEVEL_ENDED 3
#define MOST_TOLD 3 /* one person, with each look: who has many to renew is not flooded */

/* It is told of as if it were an alarm, but is none: it is not summed up with alarms, for whoever
 * may see those may not see whose certificate it is, and it keeps no alarm from being told. */
static SmRow *
like_alarm (const SmRow *certificate,
            const char  *holder,
            gint64       level)
{
  SmRow *like = sm_row_new (sm_noun_get (SM_NOUN_ALARM));

  for (guint i = SM_ROW_OPERATOR_ID; i <= SM_ROW_FLEET_ID; i++)
    sm_row_set_int (like, i, sm_row_get_int (certificate, i));
  sm_row_set_int (like, SM_ALARM_LEVEL, level);
  sm_row_set_text (like, SM_ALARM_CODE, "");
  sm_row_set_text (like, SM_ALARM_SOURCE_LABEL, holder);
  return like;
}

static gboolean
tell_one (SmRules               *rules,
          const SmRow           *certificate,
          const SmRow           *like,
          gboolean               has_ended,
          const SmTellReceiver  *to,
          GError               **error)
{
  SmTellSubject subject = { .noun = (char *) "certificate", .id = sm_row_get_id (certificate) };
  g_autofree char *line = NULL;
  g_autofree char *text
      = sm_tell_say_certificate (rules, certificate, sm_row_get_text (like, SM_ALARM_SOURCE_LABEL),
                                 has_ended, to, &line);
  g_autoptr (SmRow) row = sm_tell_row_of (like, &subject);

  sm_row_set_null (row, SM_NOTIFICATION_CODE);
  sm_row_set_text (row, SM_NOTIFICATION_TEXT, text);
  sm_row_set_text (row, SM_NOTIFICATION_BECAUSE, sm_tell_reasons[SM_TELL_BECAUSE_ENDING]);
  return sm_tell_queue (rules, row, to, line, error);
}

/* Counts one more for who is told.  Returns: FALSE: they were told enough for now */
static gboolean
has_room (GHashTable      *told,
          const GPtrArray *receivers)
{
  for (guint i = 0; i < receivers->len; i++)
    {
      const SmTellReceiver *to = receivers->pdata[i];
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (told, to->name));

      if (n >= MOST_TOLD)
        return FALSE;
      g_hash_table_replace (told, g_strdup (to->name), GUINT_TO_POINTER (n + 1));
    }
  return TRUE;
}

/* Where nobody can be reached, or who can was told enough, it is not told, and tried again.
 * @told: name -> how many */
static gboolean
tell (SmRules      *rules,
      GHashTable   *told,
      const SmRow  *before,
      GError      **error)
{
  gint64 now = sm_rules_now (rules);
  gboolean has_ended = sm_row_get_int (before, SM_CERTIFICATE_EXPIRES_AT) <= now;
  g_autoptr (GPtrArray) receivers
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_tell_receiver_free);
  g_autoptr (SmRow) engineer = NULL;
  g_autoptr (SmRow) like = NULL;
  g_autoptr (SmRow) row = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ENGINEER),
                        sm_row_get_int (before, SM_CERTIFICATE_ENGINEER_ID), &engineer, error))
    return FALSE;
  if (engineer == NULL)
    return TRUE;
  like = like_alarm (before, sm_row_get_text (engineer, SM_ENGINEER_NAME),
                     has_ended ? LEVEL_ENDED : LEVEL_ENDING);
  if (!sm_tell_add_manager (rules, receivers, like,
                            sm_row_get_int (before, SM_CERTIFICATE_ORGANISATION_ID), error))
    return FALSE;
  if (receivers->len == 0 || !has_room (told, receivers))
    return TRUE;
  for (guint i = 0; i < receivers->len; i++)
    if (!tell_one (rules, before, like, has_ended, receivers->pdata[i], error))
      return FALSE;
  row = sm_row_copy (before);
  sm_row_set_int (row, has_ended ? SM_CERTIFICATE_ENDED_AT : SM_CERTIFICATE_WARNED_AT, now);
  return sm_verb_put (rules, row, before, error);
}

static gboolean
tell_all (SmRules    *rules,
          GPtrArray  *due,
          GError    **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < due->len; i++)
    if (!tell (rules, told, due->pdata[i], error))
      return FALSE;
  return TRUE;
}

#define N_BOUND 5

static void
bind_times (SmStatement *statement,
            gpointer     user_data)
{
  const gint64 *times = user_data;

  for (guint i = 0; i < N_BOUND; i++)
    sm_statement_bind_int (statement, (int) i, times[i]);
}

/* Goes on behind @due with the next look, or from the beginning: what nobody could be told of
 * keeps nothing else waiting. */
static void
go_behind (SmRules         *rules,
           const GPtrArray *due)
{
  const SmRow *last = due->len == AT_ONCE ? due->pdata[due->len - 1] : NULL;

  rules->certificates_after = last != NULL ? sm_row_get_int (last, SM_CERTIFICATE_EXPIRES_AT) : 0;
  rules->certificates_after_id = last != NULL ? sm_row_get_id (last) : 0;
}

/** sm_tell_certificates_tick: Each second: once a minute it is seen which end, or have. */
gboolean
sm_tell_certificates_tick (SmRules  *rules,
                           GError  **error)
{
  gint64 now = sm_rules_now (rules);
  gint64 times[N_BOUND] = { now, now + SM_CERTIFICATE_WARN_US, now - SM_CERTIFICATE_WARN_US,
                            rules->certificates_after, rules->certificates_after_id };
  g_autoptr (GPtrArray) due = NULL;

  if (now >= rules->certificates_seen_at && now - rules->certificates_seen_at < LOOK_EVERY)
    return TRUE;
  due = sm_record_select_bound (sm_rules_get_connection (rules),
                                sm_noun_get (SM_NOUN_CERTIFICATE),
                                "WHERE r.ended_at IS NULL AND r.expires_at > ?3"
                                " AND (r.expires_at <= ?1"
                                "      OR (r.warned_at IS NULL AND r.expires_at <= ?2))"
                                " AND (r.expires_at, r.id) > (?4, ?5)"
                                " AND EXISTS (SELECT 1 FROM engineer WHERE id = r.engineer_id)"
                                " ORDER BY r.expires_at, r.id LIMIT " G_STRINGIFY (AT_ONCE),
                                bind_times, times, error);
  if (due == NULL)
    return FALSE;
  rules->certificates_seen_at = now;
  go_behind (rules, due);
  if (due->len == 0)
    return TRUE;
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (tell_all (rules, due, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}
