/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* What every verb of a person does: look whether it was done already, write,
 * remember the answer, tell the audit; all in one transaction. */

gboolean  sm_verb_find_answer (SmRules       *rules,
                               const SmActor *actor,
                               const char    *key,
                               const char    *request,
                               SmRow        **out_row,
                               GError       **error);
gboolean  sm_verb_keep_answer (SmRules       *rules,
                               const SmActor *actor,
                               const char    *key,
                               const char    *request,
                               const SmRow   *row,
                               GError       **error);
gboolean  sm_verb_find_row    (SmRules       *rules,
                               const SmActor *actor,
                               const SmNoun  *noun,
                               gint64         id,
                               SmRow        **out_row,
                               GError       **error);
gboolean  sm_verb_put         (SmRules       *rules,
                               SmRow         *row,
                               const SmRow   *before,
                               GError       **error);
gboolean  sm_verb_remove      (SmRules       *rules,
                               const SmRow   *row,
                               GError       **error);

gboolean  sm_verb_audit       (SmRules       *rules,
                               const SmActor *actor,
                               const char    *act,
                               const char    *object,
                               const char    *outcome,
                               const SmRow   *before,
                               const SmRow   *after,
                               GError       **error);
void      sm_verb_audit_refusal (SmRules      *rules,
                               const SmActor *actor,
                               const char    *act,
                               const char    *object,
                               const GError  *refusal);

G_END_DECLS
