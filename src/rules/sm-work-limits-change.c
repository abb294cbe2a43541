/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-limits-change.h"

#include "sm-error.h"
#include "sm-memo-private.h"
#include "sm-rules-private.h"

#include <string.h>

/* How long the clocks of a work order have, by its kind: of the whole network, and in no feed.
 * An order keeps those that it was made with, but for how long it may wait to be confirmed: that
 * is a matter of whoever confirms, and not of who mends it, and holds as it is now. */

static const SmMemo memo = { "limit.change", "work_order_limits", "memo-work-order-limits" };

/* As text: "2 15 720 1440 ...": which state of them, and then in the order of the table. */
static char *
to_text (const SmWorkLimits *limits)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT, limits->rev);
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    g_string_append_printf (text, " %" G_GINT64_FORMAT, limits->minutes[i]);
  return g_string_free (text, FALSE);
}

static char *
to_json (const SmWorkLimits *limits)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    g_string_append_printf (text, "%s\"%s\":%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            sm_work_limits[i].name, limits->minutes[i]);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* Returns: G_MAXUINT: each is one that it may be */
static guint
find_bad (const SmWorkLimits *limits)
{
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    if (limits->minutes[i] < sm_work_limits[i].least || limits->minutes[i] > sm_work_limits[i].most)
      return i;
  return G_MAXUINT;
}

/* As somebody set them, or as they come. */
static gboolean
read_limits (SmServiceDb   *db,
             SmWorkLimits  *limits,
             GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = sm_service_db_get_meta (db, memo.name, &local_error);
  g_auto (GStrv) numbers = g_strsplit (text != NULL ? text : "", " ", -1);

  sm_work_limits_init (limits);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strv_length (numbers) != SM_WORK_N_LIMITS + 1)
    return TRUE;
  limits->rev = g_ascii_strtoll (numbers[0], NULL, 10);
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    limits->minutes[i] = g_ascii_strtoll (numbers[i + 1], NULL, 10);
  if (find_bad (limits) != G_MAXUINT)
    sm_work_limits_init (limits);
  return TRUE;
}

gboolean
sm_work_limits_get (SmReader      *reader,
                    SmWorkLimits  *out_limits,
                    GError       **error)
{
  return read_limits (reader->db, out_limits, error);
}

gboolean
sm_work_limits_load (SmRules       *rules,
                     SmWorkLimits  *out_limits,
                     GError       **error)
{
  return read_limits (rules->db, out_limits, error);
}

/** sm_work_limits_find: Returns: how long that clock of @order has, by its kind */
gint64
sm_work_limits_find (SmRules          *rules,
                     const SmRow      *order,
                     SmWorkLimitClock  clock)
{
  SmWorkLimits limits;

  /* What cannot be read is as it comes: no order waits for that. */
  read_limits (rules->db, &limits, NULL);
  return sm_work_limits_us (&limits, sm_row_get_text (order, SM_WORK_ORDER_KIND), clock);
}

static gboolean
write_limits (SmRules             *rules,
              SmActor             *actor,
              const SmWorkLimits  *before,
              const SmWorkLimits  *after,
              GError             **error)
{
  g_autofree char *text = to_text (after);
  g_autofree char *was = to_json (before);
  g_autofree char *is = to_json (after);

  return sm_memo_write (rules, actor, &memo, text, was, is, error);
}

static gboolean
may_change (SmActor             *actor,
            gint64               if_rev,
            const SmWorkLimits  *before,
            const SmWorkLimits  *after,
            GError             **error)
{
  g_autofree char *pointer = NULL;
  guint bad = find_bad (after);

  if (!sm_memo_may_change (actor, memo.act, if_rev, before->rev, error))
    return FALSE;
  if (bad == G_MAXUINT)
    return TRUE;
  pointer = g_strconcat ("/", sm_work_limits[bad].name, NULL);
  return sm_error_refuse_field (error, pointer, "out-of-range");
}

/**
 * sm_work_limits_change:
 * @if_rev: which state of them the person saw
 * @changes: those that are not SM_UNKNOWN are taken over
 *
 * What stands there already is no change, so that it may be sent again.
 */
gboolean
sm_work_limits_change (SmRules             *rules,
                       SmActor             *actor,
                       gint64               if_rev,
                       const SmWorkLimits  *changes,
                       SmWorkLimits        *out_limits,
                       GError             **error)
{
  g_autoptr (GError) refusal = NULL;
  SmWorkLimits before;

  if (!read_limits (rules->db, &before, error))
    return FALSE;
  *out_limits = before;
  for (guint i = 0; i < SM_WORK_N_LIMITS; i++)
    if (changes->minutes[i] != SM_UNKNOWN)
      out_limits->minutes[i] = changes->minutes[i];
  if (sm_actor_may (actor, memo.act)
      && memcmp (before.minutes, out_limits->minutes, sizeof before.minutes) == 0)
    return TRUE;
  if (!may_change (actor, if_rev, &before, out_limits, &refusal))
    return sm_memo_refuse (rules, actor, &memo, g_steal_pointer (&refusal), error);
  out_limits->rev++;
  return write_limits (rules, actor, &before, out_limits, error);
}
