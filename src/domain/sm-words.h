/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

extern const char *const sm_phone_roles[];
extern const char *const sm_person_roles[];

const char *sm_word_of_slug  (const char *const *slugs,
                              const char        *slug);
const char *sm_word_of_alarm (const char        *code);
const char *sm_word_of_next_step (const char    *step);
const char *sm_word_of_situation (const char    *slug);
const char *sm_word_of_level (int                level);
const char *sm_word_of_alarm_event (const char  *slug,
                                    gboolean     is_safety);
const char *sm_word_english  (const char *const *slugs,
                              const char        *slug,
                              const char       **out_context);
gboolean    sm_word_is_known (const char *const *slugs,
                              const char        *slug);

G_END_DECLS
