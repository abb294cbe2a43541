/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* What an alarm says, in the words of a desk. */

char       *sm_alarm_words_label    (SmOps       *ops,
                                     SmNounId     noun,
                                     gint64       id);
char       *sm_alarm_words_pair     (SmOps       *ops,
                                     const char  *key,
                                     const char  *value);
char       *sm_alarm_words_effect   (SmOps       *ops,
                                     const SmRow *alarm);
char       *sm_alarm_words_step     (const SmRow *alarm);
char       *sm_alarm_words_age      (SmOps       *ops,
                                     gint64       since_us);
char       *sm_alarm_words_moment   (SmOps       *ops,
                                     gint64       at_us);
char       *sm_alarm_words_value    (const SmRow *alarm,
                                     guint        field);
const char *sm_alarm_words_field     (const char  *name);
const SmField *sm_alarm_watched_field (const SmRow *alarm);
char          *sm_alarm_words_shelved   (SmOps       *ops,
                                         const SmRow *alarm);
char          *sm_alarm_words_out       (SmOps       *ops,
                                         const SmRow *alarm);

G_END_DECLS
