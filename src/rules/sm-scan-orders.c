/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scans-private.h"

#include "sm-report-words.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-work-order-table.h"
#include "sm-work-orders-private.h"

#include <string.h>

/*
 * Whose work a report is: that of a repair that runs, else of one that was done and does not
 * hold, else of one for which somebody was to come another day; else it is a new one.
 */

/* Of reports that say the same: more are counted, and not written into the timeline. */
#define MOST_STEPS 20

typedef struct
{
  SmRow *order;   /* (nullable): which it joins */
  gboolean recurs;
  gint64 other;   /* of the same words, which it does not join; %SM_UNKNOWN: none */
} Match;

/* How bad a passer-by's word makes it until somebody has looked. */
static gint64
level_of (const char *what)
{
  if (g_str_equal (what, "smoke"))
    return 2;
  return g_str_equal (what, "payment") || g_str_equal (what, "other") ? 4 : 3;
}

/* Whether whoever says so says that what was mended does not serve. */
static gboolean
denies (const char *what)
{
  return !g_str_equal (what, "payment") && !g_str_equal (what, "other");
}

/* Returns: the less the sooner it is joined; 0: it is not */
static guint
rank (const SmRow *order,
      const char  *what,
      gint64       now)
{
  if (sm_work_order_has_held (order, now))
    return 0;
  if (!sm_row_is_null (order, SM_WORK_ORDER_RESTORED_AT)
      || sm_row_get_enum (order, SM_WORK_ORDER_STATE) == SM_WORK_ORDER_STATE_COMPLETED)
    return denies (what) ? 2 : 0;
  return sm_work_order_is_for_later (order, now) ? 3 : 1;
}

static gboolean
find_match (SmRules             *rules,
            const SmScanReport  *report,
            Match               *match,
            GError             **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autofree char *code = g_strconcat (SM_REPORTED, report->what, NULL);
  g_autoptr (GArray) ids
      = sm_scan_table_list_open (connection, report->noun, report->thing_id, report->what, error);
  guint best = G_MAXUINT;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (SmRow) order = NULL;
      guint n;

      if (!sm_service_find (connection, sm_noun_get (SM_NOUN_WORK_ORDER),
                            g_array_index (ids, gint64, i), &order, error))
        return FALSE;
      n = order != NULL ? rank (order, report->what, report->at) : 0;
      if (n > 0 && n < best)
        {
          g_clear_pointer (&match->order, sm_row_unref);
          match->order = sm_row_ref (order);
          match->recurs = n == 2;
          best = n;
        }
      else if (n == 0 && order != NULL
               && g_strcmp0 (sm_row_get_text (order, SM_WORK_ORDER_CODE), code) == 0)
        match->other = sm_row_get_id (order);
    }
  return ids != NULL;
}

static SmRow *
make (SmRules             *rules,
      const SmScanReport  *report,
      const SmRow         *thing,
      gint64               parent_id,
      GError             **error)
{
  g_autoptr (SmRow) order = sm_work_order_draft (rules, thing, report->at, error);
  SmWorkOrderSaid said = { NULL, SM_UNKNOWN, report->text, SM_UNKNOWN };

  if (order == NULL)
    return NULL;
  sm_row_set_text (order, SM_WORK_ORDER_KIND, "repair");
  sm_row_set_text (order, SM_WORK_ORDER_SOURCE, "scan");
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL, level_of (report->what));
  sm_row_take_text (order, SM_WORK_ORDER_CODE, g_strconcat (SM_REPORTED, report->what, NULL));
  sm_row_set_text (order, SM_WORK_ORDER_DESCRIPTION, report->text);
  sm_row_set_text (order, SM_WORK_ORDER_REPORTED_BY, report->phone);
  if (parent_id != SM_UNKNOWN)
    sm_row_set_int (order, SM_WORK_ORDER_PARENT_ID, parent_id);
  return sm_work_order_aim (rules, order, thing, error)
                 && sm_work_order_write (rules, order, NULL, SM_WORK_ORDER_CREATE, &said, error)
                 && sm_work_order_gather (rules, order, error)
             ? g_steal_pointer (&order)
             : NULL;
}

/* What stands in the timeline of an order that was there: there is no other place for it. */
static char *
say_what (const SmScanReport *report)
{
  const char *text = report->text != NULL && *report->text != '\0' ? report->text : NULL;

  return g_strconcat (SM_REPORTED, report->what, text != NULL ? ": " : NULL, text, NULL);
}

/* Smoke does not hide behind somebody's question about a payment. */
static SmRow *
join (SmRules             *rules,
      const SmScanReport  *report,
      const Match         *match,
      GError             **error)
{
  g_autofree char *what = say_what (report);
  SmWorkOrderSaid said = { NULL, SM_UNKNOWN, what, SM_UNKNOWN };
  const SmRow *before = match->order;
  g_autoptr (SmRow) order = sm_row_copy (before);
  gint64 n = 0, level = level_of (report->what);

  if (!sm_scan_table_count (sm_rules_get_connection (rules), sm_row_get_id (before), &n, error))
    return NULL;
  if (n >= MOST_STEPS && !match->recurs && !sm_work_order_is_for_later (order, report->at)
      && level >= sm_row_get_int (order, SM_WORK_ORDER_LEVEL))
    return g_steal_pointer (&order);
  sm_row_set_int (order, SM_WORK_ORDER_LEVEL,
                  MIN (level, sm_row_get_int (order, SM_WORK_ORDER_LEVEL)));
  sm_work_order_bring_forward (rules, order, report->at);
  return sm_work_order_write (rules, order, before, SM_WORK_ORDER_JOIN, &said, error)
                 && (!match->recurs || sm_work_order_recur (rules, order, SM_UNKNOWN, error))
             ? g_steal_pointer (&order)
             : NULL;
}

/**
 * sm_scan_order_find:
 * @thing: what the label is stuck on
 * @out_is_joined: whether it was there before
 *
 * Returns: (transfer full) (nullable): the work order that @report belongs to
 */
SmRow *
sm_scan_order_find (SmRules             *rules,
                    const SmScanReport  *report,
                    const SmRow         *thing,
                    gboolean            *out_is_joined,
                    GError             **error)
{
  Match match = { .other = SM_UNKNOWN };
  SmRow *order = NULL;

  if (find_match (rules, report, &match, error))
    order = match.order != NULL ? join (rules, report, &match, error)
                                : make (rules, report, thing, match.other, error);
  *out_is_joined = match.order != NULL;
  g_clear_pointer (&match.order, sm_row_unref);
  return order;
}
