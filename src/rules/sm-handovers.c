/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desks-private.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

/*
 * One person hands a desk over to another: it is written, who goes signs it, who comes
 * signs it.  Until that second signature everything is the first one's.
 */

#define ACT "handover.sign"

static SmHandoverState
state_of (const SmRow *handover)
{
  return (SmHandoverState) sm_row_get_enum (handover, SM_HANDOVER_STATE);
}

static gboolean
is_open (const SmRow *handover)
{
  return state_of (handover) == SM_HANDOVER_STATE_DRAFT
         || state_of (handover) == SM_HANDOVER_STATE_GIVEN;
}

static gboolean
is_actor (const SmVerb *verb,
          const char   *person)
{
  return g_strcmp0 (verb->actor->name, person) == 0;
}

static gboolean
refuse (GError     **error,
        int          code,
        const char  *slug,
        const char  *person)
{
  g_autoptr (GError) refusal = NULL;

  sm_set_error (&refusal, code, slug, "The handover cannot be done like that");
  if (person != NULL)
    sm_error_set_param (refusal, "person", person);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static void
withdraw (SmRules    *rules,
          SmRow      *handover,
          const char *person)
{
  sm_row_set_text (handover, SM_HANDOVER_STATE, sm_handover_states[SM_HANDOVER_STATE_WITHDRAWN]);
  sm_row_set_int (handover, SM_HANDOVER_WITHDRAWN_AT, sm_rules_now (rules));
  sm_row_set_text (handover, SM_HANDOVER_WITHDRAWN_BY, person);
}

/** sm_handovers_drop_open: @but_id: one that goes on; 0: none does */
gboolean
sm_handovers_drop_open (SmRules        *rules,
                        const SmActor  *actor,
                        gint64          desk_id,
                        gint64          but_id,
                        GError        **error)
{
  g_autoptr (GPtrArray) open = sm_service_list_handovers (sm_rules_get_connection (rules), desk_id,
                                                          error);

  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      g_autoptr (SmRow) handover = sm_row_copy (open->pdata[i]);
      g_autofree char *object = NULL;

      if (sm_row_get_id (handover) == but_id)
        continue;
      object = g_strdup_printf ("handover/%" G_GINT64_FORMAT, sm_row_get_id (handover));
      withdraw (rules, handover, actor->name);
      if (!sm_verb_put (rules, handover, open->pdata[i], error)
          || !sm_verb_audit (rules, actor, "handover.withdraw", object, "done", open->pdata[i],
                             handover, error))
        return FALSE;
    }
  return TRUE;
}

/* --- beginning one --- */

typedef struct
{
  const char *to_person; /* (nullable) */
  const char *note;      /* (nullable) */
} Wish;

static gboolean
check_giver (const SmVerb  *verb,
             const SmRow   *desk,
             GError       **error)
{
  const char *holder = sm_row_get_text (desk, SM_DESK_HOLDER);

  if (holder == NULL)
    return refuse (error, SM_ERROR_INVALID, "desk-nobodys", NULL);
  return is_actor (verb, holder) || refuse (error, SM_ERROR_INVALID, "desk-not-yours", holder);
}

static gboolean
check_taker (const SmVerb  *verb,
             const SmRow   *desk,
             const char    *person,
             char         **out_name,
             GError       **error)
{
  if (person == NULL || *person == '\0')
    return sm_desks_refuse (error, "handover-to-nobody", "/to_person", NULL);
  if (!sm_desks_check_sitter (verb->rules, desk, person, "/to_person", out_name, error))
    return FALSE;
  return !is_actor (verb, *out_name)
         || sm_desks_refuse (error, "handover-to-self", "/to_person", NULL);
}

static gboolean
check_only (const SmVerb  *verb,
            GError       **error)
{
  g_autoptr (GPtrArray) open = sm_service_list_handovers (sm_rules_get_connection (verb->rules),
                                                          verb->id, error);

  if (open == NULL)
    return FALSE;
  return open->len == 0
         || refuse (error, SM_ERROR_CONFLICT, "handover-open",
                    sm_row_get_text (open->pdata[0], SM_HANDOVER_TO_PERSON));
}

static gboolean
write_summary (const SmVerb  *verb,
               SmRow         *handover,
               GError       **error)
{
  char *summary = sm_handover_write_summary (
      verb->rules, sm_row_get_int (handover, SM_HANDOVER_DESK_ID), error);

  if (summary == NULL)
    return FALSE;
  sm_row_take_text (handover, SM_HANDOVER_SUMMARY, summary);
  sm_row_set_int (handover, SM_HANDOVER_WRITTEN_AT, sm_rules_now (verb->rules));
  return TRUE;
}

static SmRow *
begin (const SmVerb   *verb,
       gconstpointer   data,
       SmRow          *desk,
       GError        **error)
{
  const Wish *wish = data;
  g_autoptr (SmRow) handover = sm_row_new (sm_noun_get (SM_NOUN_HANDOVER));
  g_autofree char *name = NULL;

  if (!check_giver (verb, desk, error) || !check_taker (verb, desk, wish->to_person, &name, error)
      || !check_only (verb, error) || !sm_verb_check_note (wish->note, error))
    return NULL;
  sm_desks_copy_keys (handover, desk);
  sm_row_set_int (handover, SM_HANDOVER_DESK_ID, verb->id);
  sm_row_set_text (handover, SM_HANDOVER_STATE, sm_handover_states[SM_HANDOVER_STATE_DRAFT]);
  sm_row_set_text (handover, SM_HANDOVER_FROM_PERSON, verb->actor->name);
  sm_row_set_text (handover, SM_HANDOVER_TO_PERSON, name);
  sm_row_set_int (handover, SM_HANDOVER_BEGUN_AT, sm_rules_now (verb->rules));
  sm_row_set_text (handover, SM_HANDOVER_NOTE, wish->note);
  if (!write_summary (verb, handover, error) || !sm_verb_put (verb->rules, handover, NULL, error)
      || !sm_verb_tell (verb, "done", NULL, handover, error))
    return NULL;
  return g_steal_pointer (&handover);
}

/**
 * sm_handovers_begin:
 * @to_person: (nullable): who comes; to nobody is refused
 * @note: (nullable)
 *
 * Returns: (transfer full) (nullable): the handover, written and not signed
 */
SmRow *
sm_handovers_begin (SmRules     *rules,
                    SmActor     *actor,
                    const char  *idempotency_key,
                    gint64       desk_id,
                    const char  *to_person,
                    const char  *note,
                    GError     **error)
{
  g_autofree char *request = g_strdup_printf ("handover.begin %" G_GINT64_FORMAT " %s\n%s",
                                              desk_id, to_person != NULL ? to_person : "",
                                              note != NULL ? note : "");
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_DESK), desk_id, idempotency_key,
                  request };
  Wish wish = { to_person, note };

  return sm_verb_run (&verb, begin, &wish, error);
}

/* --- signing --- */

/* Written anew, so that what is signed is how things stand. */
static gboolean
give (const SmVerb  *verb,
      SmRow         *handover,
      const SmRow   *desk,
      GError       **error)
{
  if (!is_actor (verb, sm_row_get_text (handover, SM_HANDOVER_FROM_PERSON)))
    return refuse (error, SM_ERROR_INVALID, "signature-not-yours",
                   sm_row_get_text (handover, SM_HANDOVER_FROM_PERSON));
  if (!check_giver (verb, desk, error) || !write_summary (verb, handover, error))
    return FALSE;
  sm_row_set_text (handover, SM_HANDOVER_STATE, sm_handover_states[SM_HANDOVER_STATE_GIVEN]);
  sm_row_set_int (handover, SM_HANDOVER_GIVEN_AT, sm_rules_now (verb->rules));
  return TRUE;
}

static gboolean
take (const SmVerb  *verb,
      SmRow         *handover,
      const SmRow   *desk,
      GError       **error)
{
  gint64 now = sm_rules_now (verb->rules);
  g_autoptr (SmRow) after = sm_row_copy (desk);
  g_autofree char *name = NULL;

  if (!is_actor (verb, sm_row_get_text (handover, SM_HANDOVER_TO_PERSON)))
    return refuse (error, SM_ERROR_INVALID, "signature-not-yours",
                   sm_row_get_text (handover, SM_HANDOVER_TO_PERSON));
  if (!sm_desks_check_sitter (verb->rules, desk, verb->actor->name, "/to_person", &name, error))
    return FALSE;
  sm_row_set_text (handover, SM_HANDOVER_STATE, sm_handover_states[SM_HANDOVER_STATE_TAKEN]);
  sm_row_set_int (handover, SM_HANDOVER_TAKEN_AT, now);
  sm_row_set_text (after, SM_DESK_HOLDER, name);
  sm_row_set_int (after, SM_DESK_HELD_SINCE, now);
  if (!sm_row_is_null (desk, SM_DESK_AWAY_SINCE))
    {
      sm_row_set_int (after, SM_DESK_LAST_AWAY_FROM, sm_row_get_int (desk, SM_DESK_AWAY_SINCE));
      sm_row_set_int (after, SM_DESK_LAST_AWAY_TO, now);
      sm_row_set_null (after, SM_DESK_AWAY_SINCE);
      sm_row_set_null (after, SM_DESK_AWAY_REASON);
    }
  return sm_verb_put (verb->rules, after, desk, error);
}

static gboolean
check_seen (const SmVerb  *verb,
            const SmRow   *handover,
            gint64         seen_seq,
            GError       **error)
{
  if (!is_open (handover))
    return refuse (error, SM_ERROR_INVALID, "handover-over", NULL);
  if (seen_seq == sm_row_get_int (handover, SM_ROW_SEQ))
    return TRUE;
  sm_verb_lose (verb, handover);
  return refuse (error, SM_ERROR_CONFLICT, "handover-changed", NULL);
}

static SmRow *
sign (const SmVerb   *verb,
      gconstpointer   data,
      SmRow          *before,
      GError        **error)
{
  g_autoptr (SmRow) handover = sm_row_copy (before);
  g_autoptr (SmRow) desk = NULL;

  if (!check_seen (verb, before, *(const gint64 *) data, error)
      || !sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_DESK),
                            sm_row_get_int (before, SM_HANDOVER_DESK_ID), &desk, error))
    return NULL;
  if (state_of (before) == SM_HANDOVER_STATE_DRAFT ? !give (verb, handover, desk, error)
                                                   : !take (verb, handover, desk, error))
    return NULL;
  if (!sm_verb_put (verb->rules, handover, before, error)
      || !sm_verb_tell (verb, "done", before, handover, error)
      || !sm_desks_settle (verb->rules, error))
    return NULL;
  return g_steal_pointer (&handover);
}

/**
 * sm_handovers_sign:
 * @seen_seq: which state of it the person has read
 * @out_current: (out) (transfer full) (nullable): when it is another by now, that
 *
 * First who goes, then who comes: then the desk is theirs.
 *
 * Returns: (transfer full) (nullable): the handover after it
 */
SmRow *
sm_handovers_sign (SmRules     *rules,
                   SmActor     *actor,
                   const char  *idempotency_key,
                   gint64       handover_id,
                   gint64       seen_seq,
                   SmRow      **out_current,
                   GError     **error)
{
  g_autofree char *request = g_strdup_printf ("handover.sign %" G_GINT64_FORMAT
                                              " %" G_GINT64_FORMAT, handover_id, seen_seq);
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_HANDOVER), handover_id,
                  idempotency_key, request, out_current };

  return sm_verb_run (&verb, sign, &seen_seq, error);
}

static gboolean
is_party (const SmVerb *verb,
          const SmRow  *handover)
{
  return is_actor (verb, sm_row_get_text (handover, SM_HANDOVER_FROM_PERSON))
         || is_actor (verb, sm_row_get_text (handover, SM_HANDOVER_TO_PERSON));
}

static gboolean
check_party (const SmVerb  *verb,
             const SmRow   *handover,
             GError       **error)
{
  if (!is_party (verb, handover) && !sm_actor_may (verb->actor, "desk.manage"))
    return refuse (error, SM_ERROR_INVALID, "signature-not-yours",
                   sm_row_get_text (handover, SM_HANDOVER_FROM_PERSON));
  return is_open (handover) || refuse (error, SM_ERROR_INVALID, "handover-over", NULL);
}

static SmRow *
give_up (const SmVerb   *verb,
         gconstpointer   data,
         SmRow          *before,
         GError        **error)
{
  g_autoptr (SmRow) handover = sm_row_copy (before);

  if (!check_party (verb, before, error))
    return NULL;
  withdraw (verb->rules, handover, verb->actor->name);
  if (!sm_verb_put (verb->rules, handover, before, error)
      || !sm_verb_tell (verb, "done", before, handover, error))
    return NULL;
  return g_steal_pointer (&handover);
}

/** sm_handovers_withdraw: By either of the two, or who manages desks. */
SmRow *
sm_handovers_withdraw (SmRules     *rules,
                       SmActor     *actor,
                       const char  *idempotency_key,
                       gint64       handover_id,
                       GError     **error)
{
  g_autofree char *request = g_strdup_printf ("handover.withdraw %" G_GINT64_FORMAT, handover_id);
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_HANDOVER), handover_id,
                  idempotency_key, request };

  return sm_verb_run (&verb, give_up, NULL, error);
}

typedef struct
{
  gint64 if_seq;
  const char *note;
} Note;

static SmRow *
set_note (const SmVerb   *verb,
          gconstpointer   data,
          SmRow          *before,
          GError        **error)
{
  const Note *note = data;
  g_autoptr (SmRow) handover = sm_row_copy (before);

  if (note->if_seq != sm_row_get_int (before, SM_ROW_SEQ))
    {
      sm_verb_lose (verb, before);
      sm_set_error (error, SM_ERROR_PRECONDITION, "row-changed",
                    "Somebody else has changed it in the meantime");
      return NULL;
    }
  if (!check_party (verb, before, error) || !sm_verb_check_note (note->note, error))
    return NULL;
  sm_row_set_text (handover, SM_HANDOVER_NOTE, note->note);
  if (sm_row_equal (handover, before))
    return sm_row_ref (before);
  if (!sm_verb_put (verb->rules, handover, before, error)
      || !sm_verb_tell (verb, "done", before, handover, error))
    return NULL;
  return g_steal_pointer (&handover);
}

/** sm_handovers_note: @note: (nullable): what both should know and no alarm says */
SmRow *
sm_handovers_note (SmRules     *rules,
                   SmActor     *actor,
                   const char  *idempotency_key,
                   gint64       handover_id,
                   gint64       if_seq,
                   const char  *note,
                   SmRow      **out_current,
                   GError     **error)
{
  g_autofree char *request = g_strdup_printf ("handover.note %" G_GINT64_FORMAT " %s",
                                              handover_id, note != NULL ? note : "");
  SmVerb verb = { rules, actor, "handover.note", sm_noun_get (SM_NOUN_HANDOVER), handover_id,
                  idempotency_key, request, out_current };
  Note data = { if_seq, note };

  return sm_verb_run (&verb, set_note, &data, error);
}
