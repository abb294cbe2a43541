/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-scan-table.h"
#include "sm-tell-table.h"
#include "sm-tell.h"
#include "sm-work-order.h"

G_BEGIN_DECLS

/* Of what is of no operator. */
#define SM_TELL_OPERATOR 1

/** SmTellReceiver: somebody, and where. */
typedef struct
{
  char *name;
  SmTellLanguage language;
  SmTellChannel channel;
  char *address;
} SmTellReceiver;

/** SmTellNewsKind: what happened to a work order. */
typedef enum
{
  SM_TELL_NEWS_ASSIGN,
  SM_TELL_NEWS_CANCEL,   /* nobody does it any more */
  SM_TELL_NEWS_TAKEN,    /* another does it now */
  SM_TELL_NEWS_URGE,
  SM_TELL_NEWS_REFUSE,
  SM_TELL_NEWS_ESCALATE,
  SM_TELL_NEWS_REPORTED, /* somebody scanned the label of it */
  SM_TELL_NEWS_WORSE,    /* somebody who scanned it says that it is worse than was said */
  SM_TELL_NEWS_RECUR,    /* what was mended does not serve after all */
  SM_TELL_NEWS_REJECT,   /* it is not what was to be done */
  SM_TELL_NEWS_COMPLETE, /* it is to be judged */
  SM_TELL_NEWS_RESPONSE, /* much of the time is over in which somebody should have answered */
  SM_TELL_NEWS_RESTORE,  /* likewise, in which it should serve again */
} SmTellNewsKind;

/** SmTellNews: it, and what goes with it. */
typedef struct
{
  SmTellNewsKind kind;
  gint64 percent;     /* of the time of a clock */
  gint64 due_at;
  const char *person; /* (nullable): who did it */
  const char *reason; /* (nullable): what they said */
} SmTellNews;

/** SmTellReportNews: what whoever reported something is told. */
typedef enum
{
  SM_TELL_REPORT_RECEIVED,
  SM_TELL_REPORT_REPAIRED
} SmTellReportNews;

/** SmTellWords: the words of all messages, in each language; read once. */
typedef struct _SmTellWords SmTellWords;

gboolean     sm_tell_note_row      (SmRules               *rules,
                                    const SmRow           *row,
                                    const SmRow           *before,
                                    GError               **error);
gboolean     sm_tell_tick          (SmRules               *rules,
                                    GError               **error);
gboolean     sm_tell_queue         (SmRules               *rules,
                                    SmRow                 *row,
                                    const SmTellReceiver  *to,
                                    const char            *subject,
                                    GError               **error);

gboolean     sm_tell_note_order    (SmRules               *rules,
                                    const SmRow           *order,
                                    const SmRow           *before,
                                    SmWorkOrderEvent       event,
                                    const char            *person,
                                    const char            *text,
                                    GError               **error);
gboolean     sm_tell_note_report   (SmRules               *rules,
                                    const SmScanReport    *report,
                                    const SmRow           *order,
                                    GError               **error);
gboolean     sm_tell_note_repaired (SmRules               *rules,
                                    const SmRow           *order,
                                    const SmRow           *like,
                                    GError               **error);
gboolean     sm_tell_certificates_tick (SmRules           *rules,
                                    GError               **error);
SmRow       *sm_tell_like_alarm    (const SmRow           *order);
SmRow       *sm_tell_row_of        (const SmRow           *like,
                                    const SmTellSubject   *subject);
gboolean     sm_tell_count_one     (SmRules               *rules,
                                    const SmRow           *alarm,
                                    const SmTellReceiver  *to,
                                    gboolean              *out_is_held,
                                    GError               **error);

/* Who. */
void         sm_tell_receiver_free (SmTellReceiver        *self);
const SmTellRule *sm_tell_find_rule (const SmTellSettings *settings,
                                    const char            *name);
gboolean     sm_tell_rule_has      (SmRules               *rules,
                                    const SmTellRule      *rule,
                                    const SmRow           *alarm,
                                    GError               **error);
GPtrArray   *sm_tell_list_receivers (SmRules              *rules,
                                    const SmTellRule      *rule,
                                    const SmRow           *alarm,
                                    gint64                 round,
                                    GError               **error);
void         sm_tell_add_person    (SmRules               *rules,
                                    GPtrArray             *receivers,
                                    const char            *person,
                                    guint                  channels);
gboolean     sm_tell_add_best      (SmRules               *rules,
                                    GPtrArray             *receivers,
                                    const char            *person);
void         sm_tell_add_phone     (SmRules               *rules,
                                    GPtrArray             *receivers,
                                    const char            *name,
                                    const char            *phone);
gboolean     sm_tell_add_desk      (SmRules               *rules,
                                    GPtrArray             *receivers,
                                    const SmRow           *alarm,
                                    GError               **error);
gboolean     sm_tell_add_again     (SmRules               *rules,
                                    GPtrArray             *receivers,
                                    const char            *name,
                                    SmTellChannel          channel,
                                    GError               **error);

gboolean     sm_tell_add_manager   (SmRules               *rules,
                                    GPtrArray             *receivers,
                                    const SmRow           *alarm,
                                    gint64                 organisation_id,
                                    GError               **error);

/* What. */
void         sm_tell_words_free    (SmTellWords           *self);
char        *sm_tell_say_alarm     (SmRules               *rules,
                                    const SmRow           *alarm,
                                    const SmTellReceiver  *to,
                                    gboolean               again,
                                    char                 **out_subject,
                                    GError               **error);
char        *sm_tell_say_order     (SmRules               *rules,
                                    const SmRow           *order,
                                    const SmRow           *like,
                                    const SmTellNews      *news,
                                    const SmTellReceiver  *to,
                                    char                 **out_subject,
                                    GError               **error);
char        *sm_tell_say_report    (SmRules               *rules,
                                    const SmRow           *order,
                                    const char            *path,
                                    SmTellReportNews       news,
                                    const SmTellReceiver  *to,
                                    char                 **out_subject);
char        *sm_tell_say_certificate (SmRules             *rules,
                                    const SmRow           *certificate,
                                    const char            *holder,
                                    gboolean               has_ended,
                                    const SmTellReceiver  *to,
                                    char                 **out_subject);
char        *sm_tell_say_storm     (SmRules               *rules,
                                    const SmTellCount     *count,
                                    const SmTellReceiver  *to,
                                    char                 **out_subject);
char        *sm_tell_say_test      (SmRules               *rules,
                                    const SmTellReceiver  *to,
                                    char                 **out_subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTellReceiver, sm_tell_receiver_free)

G_END_DECLS
