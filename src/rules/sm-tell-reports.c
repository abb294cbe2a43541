/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-rules-private.h"
#include "sm-scan-codes.h"
#include "sm-scan-table.h"

#include <string.h>

/*
 * Who scanned a label and left a number gets two messages: that it was received, with what it
 * is called and where it is to be seen how it goes on, and that it is repaired.  Anybody can
 * write down anybody's number: so nobody is written to about one work order twice, nor more
 * often than a person with a bad day reports.
 */

/* As service/ serves it. */
#define PROGRESS_PAGE "/p/"
#define MOST_A_DAY 5
#define MOST_OF_ORDER 50

typedef struct
{
  SmRules *rules;
  const SmRow *order;
  const SmRow *like; /* the order as an alarm */
  SmTellReportNews news;
} Answering;

static SmTellLanguage
language_of (SmRules            *rules,
             const SmScanReport *report)
{
  guint known = report->language != NULL ? sm_slug_index (sm_tell_languages, report->language)
                                         : SM_ENUM_UNKNOWN;

  return known != SM_ENUM_UNKNOWN ? (SmTellLanguage) known : rules->telling->language;
}

static gboolean
answer (const Answering     *answering,
        const SmScanReport  *report,
        GError             **error)
{
  SmTellSubject subject = { .noun = (char *) "work_order",
                            .id = sm_row_get_id (answering->order) };
  g_autofree char *token = sm_scan_token_new (answering->rules, report->id);
  g_autofree char *path = g_strconcat (PROGRESS_PAGE, token, NULL);
  g_autofree char *masked = sm_tell_mask (report->phone);
  SmTellReceiver to = { masked, language_of (answering->rules, report), SM_TELL_SMS, report->phone };
  g_autofree char *line = NULL;
  g_autofree char *text = sm_tell_say_report (answering->rules, answering->order, path,
                                              answering->news, &to, &line);
  g_autoptr (SmRow) row = sm_tell_row_of (answering->like, &subject);

  sm_row_set_text (row, SM_NOTIFICATION_TEXT, text);
  sm_row_set_text (row, SM_NOTIFICATION_BECAUSE, sm_tell_reasons[SM_TELL_BECAUSE_REPORTED]);
  return sm_tell_queue (answering->rules, row, &to, line, error);
}

/* Whether it is the first of its order by that number, and not one too many of its day: by that
 * also who hears nothing of the beginning hears nothing of the end. */
static gboolean
is_answered (SmRules             *rules,
             const SmScanReport  *report,
             gboolean            *out_is,
             GError             **error)
{
  gint64 n_of_order, n_of_day;

  *out_is = FALSE;
  if (rules->telling == NULL || rules->telling->gateways[SM_TELL_SMS] == NULL
      || report->phone == NULL || !sm_tell_is_address (SM_TELL_SMS, report->phone))
    return TRUE;
  if (!sm_scan_table_count_phone (sm_rules_get_connection (rules), report, report->at - SM_DAY,
                                  &n_of_order, &n_of_day, error))
    return FALSE;
  *out_is = n_of_order <= 1 && n_of_day <= MOST_A_DAY;
  return TRUE;
}

/**
 * sm_tell_note_report:
 * @report: which has just been written
 *
 * That it was received.
 */
gboolean
sm_tell_note_report (SmRules             *rules,
                     const SmScanReport  *report,
                     const SmRow         *order,
                     GError             **error)
{
  g_autoptr (SmRow) like = NULL;
  Answering answering = { rules, order, NULL, SM_TELL_REPORT_RECEIVED };
  gboolean is;

  if (!is_answered (rules, report, &is, error))
    return FALSE;
  if (!is)
    return TRUE;
  answering.like = like = sm_tell_like_alarm (order);
  return answer (&answering, report, error);
}

/** sm_tell_note_repaired: That what they reported serves again, to each who heard that it came in. */
gboolean
sm_tell_note_repaired (SmRules      *rules,
                       const SmRow  *order,
                       const SmRow  *like,
                       GError      **error)
{
  g_autoptr (GPtrArray) reports
      = sm_scan_table_list_phones (sm_rules_get_connection (rules), sm_row_get_id (order),
                                   MOST_OF_ORDER, error);
  Answering answering = { rules, order, like, SM_TELL_REPORT_REPAIRED };

  for (guint i = 0; reports != NULL && i < reports->len; i++)
    {
      gboolean is;

      if (!is_answered (rules, reports->pdata[i], &is, error)
          || (is && !answer (&answering, reports->pdata[i], error)))
        return FALSE;
    }
  return reports != NULL;
}
