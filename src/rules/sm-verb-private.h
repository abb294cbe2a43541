/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmVerb:
 *
 * One act of a person.  Each is done the same way by sm_verb_run(): look
 * whether it was done already, see that the actor may, write, remember the
 * answer and tell the audit, all in one transaction; what is refused is told
 * the audit too.
 */
typedef struct
{
  SmRules *rules;
  SmActor *actor;
  const char *act;      /* the permission that it needs, and its name in the audit */
  const SmNoun *noun;
  gint64 id;
  const char *key;      /* (nullable): a UUID that the person's program made up for this act */
  const char *request;  /* (nullable without key): everything that was asked, as text */
  SmRow **out_current;  /* (nullable): what the row is, when that is why it is refused */
} SmVerb;

/* The id of an act that is about nothing that is there yet. */
#define SM_VERB_NEW G_MAXINT64

/** SmVerbFunc: Writes @verb down, and its audit.  Returns: (transfer full) (nullable): the row */
typedef SmRow *(*SmVerbFunc) (const SmVerb  *verb,
                              gconstpointer  data,
                              SmRow         *before,
                              GError       **error);

SmRow    *sm_verb_run         (const SmVerb  *verb,
                               SmVerbFunc     func,
                               gconstpointer  data,
                               GError       **error);
gboolean  sm_verb_tell        (const SmVerb  *verb,
                               const char    *outcome,
                               const SmRow   *before,
                               const SmRow   *after,
                               GError       **error);
gboolean  sm_verb_tell_why    (const SmVerb  *verb,
                               const char    *reason,
                               const SmRow   *before,
                               const SmRow   *after,
                               GError       **error);
void      sm_verb_tell_refusal (const SmVerb *verb,
                               const GError  *refusal);
void      sm_verb_lose        (const SmVerb  *verb,
                               const SmRow   *current);

gboolean  sm_verb_check_seq   (const SmVerb  *verb,
                               gint64         if_seq,
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
char     *sm_verb_audit_quote (const char    *text);
gboolean  sm_verb_audit_texts (SmRules       *rules,
                               const SmActor *actor,
                               const char    *act,
                               const char    *object,
                               const char    *outcome,
                               const char    *reason,
                               const char    *before,
                               const char    *after,
                               GError       **error);
gboolean  sm_verb_check_note  (const char    *note,
                               GError       **error);

G_END_DECLS
