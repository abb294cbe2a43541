/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/* What happens to a maintenance window. */
typedef enum
{
  SM_WINDOW_EVENT_APPROVE, /* a second person agrees */
  SM_WINDOW_EVENT_OPEN,    /* its time has come */
  SM_WINDOW_EVENT_OVERRUN, /* its time is up */
  SM_WINDOW_EVENT_EXTEND,  /* a second person agrees that it takes longer */
  SM_WINDOW_EVENT_CLOSE,   /* what was worked on serves again */
  SM_WINDOW_EVENT_CANCEL,  /* it does not take place */
} SmWindowEvent;

/* Why an alarm is expected, as it stands in suppressed_by. */
typedef enum
{
  SM_EXPECTED_NOT,
  SM_EXPECTED_WINDOW,        /* "window:ID" */
  SM_EXPECTED_COMMISSIONING, /* its station is not in operation yet, or not any more */
  SM_EXPECTED_PARENT_SILENT, /* what it speaks through is silent */
  SM_EXPECTED_UNKNOWN,       /* by a rule that this version does not know */
} SmExpected;

gboolean    sm_window_next         (SmWindowState   state,
                                    SmWindowEvent   event,
                                    SmWindowState  *out_next);
gboolean    sm_window_is_live      (const SmRow    *window);

gboolean    sm_window_may_suppress (const SmRow    *alarm);
gboolean    sm_window_expects      (const SmRow    *window,
                                    const SmRow    *alarm);
gboolean    sm_alarm_is_of_contact (const SmRow    *alarm);

SmExpected  sm_expected_parse      (const char     *suppressed_by,
                                    gint64         *out_window_id);
char       *sm_expected_of_window  (gint64          window_id);
const char *sm_expected_slug       (SmExpected      expected);
char       *sm_word_of_expected    (const char     *suppressed_by);

G_END_DECLS
