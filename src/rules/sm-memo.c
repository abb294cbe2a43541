/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-memo-private.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-verb-private.h"

/**
 * sm_memo_may_change:
 * @if_rev: which state of it the person saw
 * @rev: which it is
 *
 * Whether @actor may do @act to what everybody works with.
 */
gboolean
sm_memo_may_change (const SmActor  *actor,
                    const char     *act,
                    gint64          if_rev,
                    gint64          rev,
                    GError        **error)
{
  if (!sm_actor_require (actor, act, error))
    return FALSE;
  if (actor->scope->kind != SM_SCOPE_ALL && actor->scope->kind != SM_SCOPE_OPERATOR)
    {
      sm_set_error (error, SM_ERROR_DENIED, "out-of-scope",
                    "%s is responsible for a part of the network only", actor->name);
      return FALSE;
    }
  if (if_rev == rev)
    return TRUE;
  sm_set_error (error, SM_ERROR_PRECONDITION, "row-changed",
                "Somebody else has changed it in the meantime");
  return FALSE;
}

/** sm_memo_write: @text: what is kept; @was, @is: as the audit has it; all in one transaction */
gboolean
sm_memo_write (SmRules        *rules,
               const SmActor  *actor,
               const SmMemo   *memo,
               const char     *text,
               const char     *was,
               const char     *is,
               GError        **error)
{
  if (!sm_rules_begin (rules, error))
    return FALSE;
  if (sm_service_db_set_meta (rules->db, memo->name, text, error)
      && sm_verb_audit_texts (rules, actor, memo->act, memo->object, "done", NULL, was, is, error))
    return sm_rules_commit (rules, error);
  sm_rules_rollback (rules);
  return FALSE;
}

/** sm_memo_refuse: @refusal: (transfer full): why; the audit hears of it. Returns: FALSE */
gboolean
sm_memo_refuse (SmRules        *rules,
                const SmActor  *actor,
                const SmMemo   *memo,
                GError         *refusal,
                GError        **error)
{
  sm_verb_audit_texts (rules, actor, memo->act, memo->object, "refused",
                       sm_error_get_slug (refusal), NULL, NULL, NULL);
  g_propagate_error (error, refusal);
  return FALSE;
}
