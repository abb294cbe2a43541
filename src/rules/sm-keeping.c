/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-keep-table.h"
#include "sm-rules-private.h"
#include "sm-verb-private.h"

/*
 * How long what is over is kept.  What says who did what, and what an incident is told
 * from, is kept as long as the audit; a roster only as long as somebody still asks who
 * would have been there: who was there stands with the desk.
 */

/* So many of each with one go: what else wants to write waits behind it, and they become
 * no more than that in an hour. */
#define AT_ONCE 200

/** sm_keeping_prune: In the transaction that runs: removes what has been kept long enough. */
gboolean
sm_keeping_prune (SmRules  *rules,
                  GError  **error)
{
  static const struct { SmNounId noun; gint64 keep; } kept[] = {
    { SM_NOUN_MAINTENANCE_WINDOW, SM_KEEP_RECORDS },
    { SM_NOUN_ROSTER_ENTRY, SM_KEEP_ROSTER },
    { SM_NOUN_HANDOVER, SM_KEEP_RECORDS },
    { SM_NOUN_DRILL_STEP, SM_KEEP_RECORDS },
    { SM_NOUN_GUIDANCE, SM_KEEP_RECORDS },
    { SM_NOUN_INSPECTION, SM_KEEP_RECORDS },
    { SM_NOUN_SAFETY_INCIDENT, SM_KEEP_RECORDS },
    { SM_NOUN_COMPLAINT, SM_KEEP_RECORDS },
    { SM_NOUN_CHECKLIST, 0 }, /* as long as an inspection asked by it */
    { SM_NOUN_WORK_ORDER, SM_KEEP_RECORDS },
    { SM_NOUN_PROBLEM_RECORD, SM_KEEP_RECORDS },
  };
  SmConnection *connection = sm_rules_get_connection (rules);
  gint64 now = sm_rules_now (rules);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autoptr (GPtrArray) over
          = sm_keep_table_list (connection, kept[i].noun, now - kept[i].keep, AT_ONCE, error);

      if (over == NULL)
        return FALSE;
      for (guint n = 0; n < over->len; n++)
        if (!sm_verb_remove (rules, over->pdata[n], error)
            || (kept[i].noun == SM_NOUN_WORK_ORDER
                && !sm_keep_table_forget_work (connection, sm_row_get_id (over->pdata[n]), error)))
          return FALSE;
    }
  return sm_keep_table_prune (connection, now - SM_KEEP_RECORDS, AT_ONCE, error);
}
