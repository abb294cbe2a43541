/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-tell-table.h"
#include "sm-tell.h"

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

/* What. */
void         sm_tell_words_free    (SmTellWords           *self);
char        *sm_tell_say_alarm     (SmRules               *rules,
                                    const SmRow           *alarm,
                                    const SmTellReceiver  *to,
                                    gboolean               again,
                                    char                 **out_subject,
                                    GError               **error);
char        *sm_tell_say_storm     (SmRules               *rules,
                                    const SmTellCount     *count,
                                    const SmTellReceiver  *to,
                                    char                 **out_subject);
char        *sm_tell_say_test      (SmRules               *rules,
                                    const SmTellReceiver  *to,
                                    char                 **out_subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTellReceiver, sm_tell_receiver_free)

G_END_DECLS
