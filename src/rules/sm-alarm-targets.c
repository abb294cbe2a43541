/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-figures-read.h"

#include "sm-error.h"
#include "sm-memo-private.h"
#include "sm-rules-private.h"

#include <math.h>
#include <string.h>

/* What the alarm figures are held against: of the whole network, and in no feed. */

static const SmMemo memo = { "alarm_target.change", "alarm_targets", "memo-alarm-targets" };
#define REV "rev"

/* As text: "rev=2 per_10min=1 ...", in the order of the table. */
static char *
to_text (const SmAlarmTargets *targets,
         gint64                rev)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, REV "=%" G_GINT64_FORMAT, rev);
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_dtostr (digits, sizeof digits,
                      *(const double *) ((const char *) targets + sm_alarm_targets[i].offset));
      g_string_append_printf (text, " %s=%s", sm_alarm_targets[i].name, digits);
    }
  return g_string_free (text, FALSE);
}

static char *
to_json (const SmAlarmTargets *targets)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < sm_n_alarm_targets; i++)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_dtostr (digits, sizeof digits,
                      *(const double *) ((const char *) targets + sm_alarm_targets[i].offset));
      g_string_append_printf (text, "%s\"%s\":%s", i > 0 ? "," : "", sm_alarm_targets[i].name,
                              digits);
    }
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
take_pair (const char     *pair,
           SmAlarmTargets *targets,
           gint64         *rev)
{
  const char *value = strchr (pair, '=');

  if (value == NULL)
    return;
  if (g_str_has_prefix (pair, REV "="))
    *rev = g_ascii_strtoll (value + 1, NULL, 10);
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    if (strlen (sm_alarm_targets[i].name) == (gsize) (value - pair)
        && strncmp (sm_alarm_targets[i].name, pair, (gsize) (value - pair)) == 0)
      SM_ALARM_TARGET (targets, i) = g_ascii_strtod (value + 1, NULL);
}

/* As somebody set them, with how often that was done; or as they come. */
static gboolean
read_targets (SmServiceDb     *db,
              SmAlarmTargets  *targets,
              gint64          *rev,
              GError         **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = sm_service_db_get_meta (db, memo.name, &local_error);
  g_auto (GStrv) pairs = g_strsplit (text != NULL ? text : "", " ", -1);
  guint bad;

  sm_alarm_targets_init (targets);
  *rev = 1;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  for (guint i = 0; pairs[i] != NULL; i++)
    take_pair (pairs[i], targets, rev);
  if (!sm_alarm_targets_is_valid (targets, &bad))
    sm_alarm_targets_init (targets);
  return TRUE;
}

/** sm_alarm_targets_get: In a reader's thread. @out_rev: which state of them it is */
gboolean
sm_alarm_targets_get (SmReader        *reader,
                      SmAlarmTargets  *out_targets,
                      gint64          *out_rev,
                      GError         **error)
{
  return read_targets (reader->db, out_targets, out_rev, error);
}

static gboolean
write_targets (SmRules               *rules,
               SmActor               *actor,
               const SmAlarmTargets  *before,
               const SmAlarmTargets  *after,
               gint64                 rev,
               GError               **error)
{
  g_autofree char *text = to_text (after, rev);
  g_autofree char *was = to_json (before);
  g_autofree char *is = to_json (after);

  return sm_memo_write (rules, actor, &memo, text, was, is, error);
}

static gboolean
may_change (SmActor               *actor,
            gint64                 if_rev,
            gint64                 rev,
            const SmAlarmTargets  *after,
            GError               **error)
{
  g_autofree char *pointer = NULL;
  guint bad;

  if (!sm_memo_may_change (actor, memo.act, if_rev, rev, error))
    return FALSE;
  if (sm_alarm_targets_is_valid (after, &bad))
    return TRUE;
  pointer = g_strconcat ("/", sm_alarm_targets[bad].name, NULL);
  return sm_error_refuse_field (error, pointer, "out-of-range");
}

/**
 * sm_alarm_targets_change:
 * @if_rev: which state of them the person saw
 * @changes: those that are not NAN are taken over
 *
 * What stands there already is no change, so that it may be sent again.
 */
gboolean
sm_alarm_targets_change (SmRules               *rules,
                         SmActor               *actor,
                         gint64                 if_rev,
                         const SmAlarmTargets  *changes,
                         SmAlarmTargets        *out_targets,
                         gint64                *out_rev,
                         GError               **error)
{
  g_autoptr (GError) refusal = NULL;
  SmAlarmTargets before;

  if (!read_targets (rules->db, &before, out_rev, error))
    return FALSE;
  *out_targets = before;
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    {
      double change = *(const double *) ((const char *) changes + sm_alarm_targets[i].offset);

      if (!isnan (change))
        SM_ALARM_TARGET (out_targets, i) = change;
    }
  if (sm_actor_may (actor, memo.act) && memcmp (&before, out_targets, sizeof before) == 0)
    return TRUE;
  if (!may_change (actor, if_rev, *out_rev, out_targets, &refusal))
    return sm_memo_refuse (rules, actor, &memo, g_steal_pointer (&refusal), error);
  *out_rev += 1;
  return write_targets (rules, actor, &before, out_targets, *out_rev, error);
}
