/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-tell-private.h"

#include "sm-rules-private.h"
#include "sm-scan-codes.h"
#include "sm-scan-table.h"
#include "sm-verb-private.h"

#include <string.h>

/*
 * Who scanned a label and left a number gets two messages: that it was received, with what it
 * is called and where it is to be seen how it goes on, and that it is repaired.  Anybody can
 * write down anybody's number: so nobody is written to about one work order twice, nor more
 * often than a person with a bad day reports; and of all together no more in an hour than
 * passers-by report on the worst of days.  What is not sent stands in the log, and who was shown
 * the page when they reported sees there how it goes on.
 */

/* As service/ serves it. */
#define PROGRESS_PAGE "/p/"
#define MOST_A_DAY 5
#define MOST_AN_HOUR 60
#define MOST_OF_ORDER 50

typedef struct
{
  SmRules *rules;
  const SmRow *order;
  const SmRow *like; /* the order as an alarm */
  SmTellReportNews news;
  gboolean is_too_many;
} Answering;

static SmTellLanguage
language_of (SmRules            *rules,
             const SmScanReport *report)
{
  guint known = report->language != NULL ? sm_slug_index (sm_tell_languages, report->language)
                                         : SM_ENUM_UNKNOWN;

  return known != SM_ENUM_UNKNOWN ? (SmTellLanguage) known : rules->telling->language;
}

/* Nobody is told; the log says whom, and why not. */
static gboolean
withhold (SmRules               *rules,
          SmRow                 *row,
          const SmTellReceiver  *to,
          GError               **error)
{
  g_autofree char *masked = sm_tell_mask (to->address);

  sm_row_set_text (row, SM_NOTIFICATION_CHANNEL, sm_tell_channels[to->channel]);
  sm_row_set_text (row, SM_NOTIFICATION_RECIPIENT, to->name);
  sm_row_set_text (row, SM_NOTIFICATION_ADDRESS, masked);
  sm_row_set_text (row, SM_NOTIFICATION_STATE, sm_tell_states[SM_TELL_FAILED]);
  sm_row_set_text (row, SM_NOTIFICATION_PROBLEM, sm_tell_problems[SM_TELL_TOO_MANY]);
  sm_row_set_int (row, SM_NOTIFICATION_ATTEMPTS, 0);
  sm_row_set_int (row, SM_NOTIFICATION_AT, sm_rules_now (rules));
  return sm_verb_put (rules, row, NULL, error);
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
  return answering->is_too_many ? withhold (answering->rules, row, &to, error)
                                : sm_tell_queue (answering->rules, row, &to, line, error);
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
  gint64 n_of_hour;
  gboolean is;

  if (!is_answered (rules, report, &is, error))
    return FALSE;
  if (!is)
    return TRUE;
  if (!sm_tell_count_reported (sm_rules_get_connection (rules), sm_rules_now (rules) - SM_HOUR,
                               &n_of_hour, error))
    return FALSE;
  answering.is_too_many = n_of_hour >= MOST_AN_HOUR;
  answering.like = like = sm_tell_like_alarm (order);
  return answer (&answering, report, error);
}

/* Whether they heard that it came in. */
static gboolean
was_told (SmRules             *rules,
          const SmRow         *order,
          const SmScanReport  *report,
          gboolean            *out_was,
          GError             **error)
{
  g_autofree char *masked = sm_tell_mask (report->phone);
  gboolean was_withheld;

  if (!sm_tell_was_withheld (sm_rules_get_connection (rules), "work_order", sm_row_get_id (order),
                             masked, &was_withheld, error))
    return FALSE;
  *out_was = !was_withheld;
  return TRUE;
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
          || (is && !was_told (rules, order, reports->pdata[i], &is, error))
          || (is && !answer (&answering, reports->pdata[i], error)))
        return FALSE;
    }
  return reports != NULL;
}
