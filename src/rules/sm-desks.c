/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desks-private.h"

#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"

#include <string.h>

/* Making desks, sitting down at one, and leaving it for a while. */

#define MAX_REASON 500
#define PAGE 500

/* What a person may change of one. */
static const guint desk_fields[] = { SM_DESK_NAME, SM_DESK_AREA_IDS, SM_DESK_KINDS, SM_DESK_LEVELS,
                                     SM_DESK_COVER_DESK_ID };

static gboolean
check_reason (const char  *reason,
              gboolean     is_needed,
              GError     **error)
{
  if (is_needed && (reason == NULL || *reason == '\0'))
    return sm_desks_refuse (error, "reason-missing", "/reason", NULL);
  if (reason != NULL && (strlen (reason) > MAX_REASON || !g_utf8_validate (reason, -1, NULL)))
    return sm_error_refuse_field (error, "/reason", "too-long");
  return TRUE;
}

/* --- what a desk looks after --- */

static gboolean
is_level (const char *word)
{
  return word[0] >= '1' && word[0] <= '4' && word[1] == '\0';
}

static gboolean
is_kind (const char *word)
{
  const SmNoun *noun = sm_noun_by_name (word);

  return noun != NULL && !noun->is_history;
}

static gboolean
check_words (const SmRow  *desk,
             guint         field,
             gboolean    (*is_word) (const char *word),
             const char   *pointer,
             GError      **error)
{
  g_auto (GStrv) words = NULL;

  if (sm_row_is_null (desk, field))
    return TRUE;
  words = g_strsplit (sm_row_get_text (desk, field), " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (!is_word (words[i]))
      return sm_error_refuse_field (error, pointer, "not-known");
  return words[0] != NULL || sm_error_refuse_field (error, pointer, "not-known");
}

static gboolean
check_areas (const SmVerb  *verb,
             SmRow         *desk,
             GError       **error)
{
  g_auto (GStrv) words = NULL;

  sm_row_set_null (desk, SM_ROW_AREA_ID);
  if (sm_row_is_null (desk, SM_DESK_AREA_IDS))
    return TRUE;
  words = g_strsplit (sm_row_get_text (desk, SM_DESK_AREA_IDS), " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (SmRow) area = NULL;
      guint64 id;

      if (!g_ascii_string_to_unsigned (words[i], 10, 1, G_MAXINT64, &id, NULL)
          || !sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_AREA), (gint64) id,
                                &area, NULL))
        return sm_error_refuse_field (error, "/area_ids", "not-known");
      /* Whoever is responsible for that area alone sees the desk too. */
      if (words[1] == NULL)
        sm_row_set_int (desk, SM_ROW_AREA_ID, (gint64) id);
    }
  return TRUE;
}

static gboolean
check_desk (const SmVerb  *verb,
            SmRow         *desk,
            GError       **error)
{
  SmDeskBook *book = sm_desk_book_get (verb->rules, error);
  gint64 cover = sm_row_is_null (desk, SM_DESK_COVER_DESK_ID)
                     ? SM_UNKNOWN
                     : sm_row_get_int (desk, SM_DESK_COVER_DESK_ID);
  const SmRow *covers = NULL;

  if (book == NULL)
    return FALSE;
  covers = cover != SM_UNKNOWN ? sm_desks_get (book->desks, cover) : NULL;
  if (sm_row_is_null (desk, SM_DESK_NAME))
    return sm_error_refuse_field (error, "/name", "name-invalid");
  if (cover != SM_UNKNOWN
      && (covers == NULL || !sm_row_equal_field (covers, desk, SM_ROW_OPERATOR_ID)
          || (!sm_row_is_null (desk, SM_ROW_ID) && cover == sm_row_get_id (desk))))
    return sm_error_refuse_field (error, "/cover_desk_id", "not-known");
  if (!check_words (desk, SM_DESK_KINDS, is_kind, "/kinds", error)
      || !check_words (desk, SM_DESK_LEVELS, is_level, "/levels", error)
      || !check_areas (verb, desk, error))
    return FALSE;
  /* Whoever is responsible for a part makes no desk for more than that. */
  return sm_scope_has (verb->actor->scope, sm_row_get_int (desk, SM_ROW_OPERATOR_ID),
                       sm_row_get_int (desk, SM_ROW_AREA_ID),
                       sm_row_get_int (desk, SM_ROW_FLEET_ID))
         || sm_error_refuse_field (error, "/area_ids", "not-known");
}

static char *
describe (const char *act,
          const SmRow *wanted,
          const guint *fields,
          guint        n_fields)
{
  GString *text = g_string_new (act);
  const SmNoun *noun = sm_row_get_noun (wanted);

  for (guint i = 0; i < n_fields; i++)
    if (sm_row_is_null (wanted, fields[i]))
      g_string_append (text, "\n-");
    else if (sm_kind_is_text (noun->fields[fields[i]].kind))
      g_string_append_printf (text, "\n%s", sm_row_get_text (wanted, fields[i]));
    else
      g_string_append_printf (text, "\n%" G_GINT64_FORMAT, sm_row_get_int (wanted, fields[i]));
  return g_string_free (text, FALSE);
}

/* Puts it, and what follows for everybody; gives what it is after all that. */
static SmRow *
put_desk (const SmVerb  *verb,
          SmRow         *desk,
          const SmRow   *before,
          GError       **error)
{
  if (!sm_verb_put (verb->rules, desk, before, error)
      || !sm_verb_tell (verb, "done", before, desk, error)
      || !sm_desks_settle (verb->rules, error))
    return NULL;
  return sm_desks_reread (verb->rules, desk, error);
}

static SmRow *
create (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  const SmRow *wanted = data;
  g_autoptr (SmRow) desk = sm_row_new (sm_noun_get (SM_NOUN_DESK));

  sm_row_copy_field (desk, before, SM_ROW_OPERATOR_ID);
  for (gsize i = 0; i < G_N_ELEMENTS (desk_fields); i++)
    sm_row_copy_field (desk, wanted, desk_fields[i]);
  if (!check_desk (verb, desk, error))
    return NULL;
  verb->rules->assigned_alarm_id = 0;
  return put_desk (verb, desk, NULL, error);
}

/* Whoever sees one operator alone makes desks of that one. */
static gboolean
find_main (SmRules        *rules,
           const SmActor  *actor,
           gint64         *out_id,
           GError        **error)
{
  const SmScope *scope = actor->scope;
  gboolean is_of_one = scope->kind == SM_SCOPE_OPERATOR && scope->n_ids > 0;
  SmDeskBook *book;

  if (is_of_one && sm_actor_require (actor, "desk.manage", NULL)
      && !sm_desks_need_main (rules, scope->ids[0], error))
    return FALSE;
  book = sm_desk_book_get (rules, error);
  if (book == NULL)
    return FALSE;
  *out_id = 0;
  for (guint i = 0; i < book->desks->len && *out_id == 0; i++)
    if (!is_of_one || sm_row_get_int (book->desks->pdata[i], SM_ROW_OPERATOR_ID) == scope->ids[0])
      *out_id = sm_row_get_id (book->desks->pdata[i]);
  return TRUE;
}

/** sm_desks_create: @wanted: name, and what it looks after. It is a part of the main desk's work. */
SmRow *
sm_desks_create (SmRules      *rules,
                 SmActor      *actor,
                 const char   *idempotency_key,
                 const SmRow  *wanted,
                 GError      **error)
{
  g_autofree char *request = describe ("desk.create", wanted, desk_fields,
                                       G_N_ELEMENTS (desk_fields));
  SmVerb verb = { rules, actor, "desk.manage", sm_noun_get (SM_NOUN_DESK), 0, idempotency_key,
                  request };

  return find_main (rules, actor, &verb.id, error) ? sm_verb_run (&verb, create, wanted, error)
                                                   : NULL;
}

/* Who sees the roster of a desk is who sees the desk. */
static gboolean
take_roster_along (const SmVerb  *verb,
                   const SmRow   *desk,
                   GError       **error)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (desk));
  gint64 after = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) entries = sm_service_list (
          sm_rules_get_connection (verb->rules), sm_noun_get (SM_NOUN_ROSTER_ENTRY), all,
          SM_ROSTER_ENTRY_DESK_ID, id, after, PAGE, error);

      if (entries == NULL)
        return FALSE;
      n = entries->len;
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (SmRow) entry = sm_row_copy (entries->pdata[i]);

          after = sm_row_get_id (entry);
          sm_desks_copy_keys (entry, desk);
          if (!sm_verb_put (verb->rules, entry, entries->pdata[i], error))
            return FALSE;
        }
    }
  while (n == PAGE);
  return TRUE;
}

/* What was written for a handover is of what the desk had: nobody else is to read it,
 * and who would sign it now would sign for something else. */
static gboolean
change_who_sees (const SmVerb  *verb,
                 const SmRow   *desk,
                 const SmRow   *before,
                 GError       **error)
{
  return sm_row_equal_field (desk, before, SM_ROW_AREA_ID)
         || (take_roster_along (verb, desk, error)
             && sm_handovers_drop_open (verb->rules, verb->actor, verb->id, 0, error));
}

typedef struct
{
  gint64 if_seq;
  const SmDeskEdit *edit;
} Edit;

static SmRow *
edit_desk (const SmVerb   *verb,
           gconstpointer   data,
           SmRow          *before,
           GError        **error)
{
  const Edit *edit = data;
  g_autoptr (SmRow) desk = sm_row_copy (before);

  if (edit->if_seq != sm_row_get_int (before, SM_ROW_SEQ))
    {
      sm_verb_lose (verb, before);
      sm_set_error (error, SM_ERROR_PRECONDITION, "row-changed",
                    "Somebody else has changed it in the meantime");
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (desk_fields); i++)
    if (edit->edit->has[desk_fields[i]])
      sm_row_copy_field (desk, edit->edit->wanted, desk_fields[i]);
  if (!check_desk (verb, desk, error) || !change_who_sees (verb, desk, before, error))
    return NULL;
  verb->rules->assigned_alarm_id = 0;
  return put_desk (verb, desk, before, error);
}

/** sm_desks_edit: Its open alarms, and those that are now its, follow within seconds. */
SmRow *
sm_desks_edit (SmRules           *rules,
               SmActor           *actor,
               const char        *idempotency_key,
               gint64             desk_id,
               gint64             if_seq,
               const SmDeskEdit  *wanted,
               SmRow            **out_current,
               GError           **error)
{
  g_autofree char *fields = describe ("", wanted->wanted, desk_fields, G_N_ELEMENTS (desk_fields));
  g_autofree char *request = g_strdup_printf ("desk.edit %" G_GINT64_FORMAT "%s", desk_id, fields);
  SmVerb verb = { rules, actor, "desk.manage", sm_noun_get (SM_NOUN_DESK), desk_id,
                  idempotency_key, request, out_current };
  Edit edit = { if_seq, wanted };

  return sm_verb_run (&verb, edit_desk, &edit, error);
}

/* --- sitting down, and leaving --- */

static gboolean
is_actor (const SmVerb *verb,
          const char   *person)
{
  return g_strcmp0 (person, verb->actor->name) == 0;
}

static gboolean
refuse_held (const SmRow  *desk,
             GError      **error)
{
  g_autoptr (GError) refusal = NULL;

  sm_set_error (&refusal, SM_ERROR_INVALID, "desk-held",
                "Somebody sits there, and has to hand it over");
  sm_error_set_param (refusal, "person", sm_row_get_text (desk, SM_DESK_HOLDER));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* Without a handover only what nobody holds, or whose holder is not there: and then with
 * a reason, which stays in the audit. */
static gboolean
check_free (const SmVerb  *verb,
            const SmRow   *desk,
            const char    *reason,
            GError       **error)
{
  const char *holder = sm_row_get_text (desk, SM_DESK_HOLDER);
  g_autofree char *name = NULL;

  if (holder == NULL || is_actor (verb, holder))
    return check_reason (reason, FALSE, error);
  if (sm_row_is_null (desk, SM_DESK_AWAY_SINCE)
      && sm_desks_check_sitter (verb->rules, desk, holder, "/person", &name, NULL))
    return refuse_held (desk, error);
  return check_reason (reason, TRUE, error);
}

static void
end_absence (SmRow  *desk,
             gint64  now)
{
  if (sm_row_is_null (desk, SM_DESK_AWAY_SINCE))
    return;
  sm_row_set_int (desk, SM_DESK_LAST_AWAY_FROM, sm_row_get_int (desk, SM_DESK_AWAY_SINCE));
  sm_row_set_int (desk, SM_DESK_LAST_AWAY_TO, now);
  sm_row_set_null (desk, SM_DESK_AWAY_SINCE);
  sm_row_set_null (desk, SM_DESK_AWAY_REASON);
}

static SmRow *
sit (const SmVerb   *verb,
     gconstpointer   data,
     SmRow          *before,
     GError        **error)
{
  const char *reason = data;
  gint64 now = sm_rules_now (verb->rules);
  g_autoptr (SmRow) desk = sm_row_copy (before);
  g_autofree char *name = NULL;
  g_autofree char *object = g_strdup_printf ("desk/%" G_GINT64_FORMAT, verb->id);

  if (!check_free (verb, before, reason, error)
      || !sm_desks_check_sitter (verb->rules, before, verb->actor->name, "/person", &name, error))
    return NULL;
  end_absence (desk, now);
  if (!is_actor (verb, sm_row_get_text (before, SM_DESK_HOLDER)))
    {
      sm_row_set_text (desk, SM_DESK_HOLDER, name);
      sm_row_set_int (desk, SM_DESK_HELD_SINCE, now);
      /* Who would have signed is not who has it any more. */
      if (!sm_handovers_drop_open (verb->rules, verb->actor, verb->id, 0, error)
          || (reason != NULL
              && !sm_verb_audit_texts (verb->rules, verb->actor, "desk.take_over", object, "done",
                                       reason, NULL, NULL, error)))
        return NULL;
    }
  if (sm_row_equal (desk, before))
    return sm_row_ref (before);
  return put_desk (verb, desk, before, error);
}

/**
 * sm_desks_sit:
 * @reason: (nullable): why it is taken over from somebody who is not there
 *
 * Whoever held it is back; what nobody holds, or somebody who has left it, is taken over.
 */
SmRow *
sm_desks_sit (SmRules     *rules,
              SmActor     *actor,
              const char  *idempotency_key,
              gint64       desk_id,
              const char  *reason,
              GError     **error)
{
  g_autofree char *request = g_strdup_printf ("desk.sit %" G_GINT64_FORMAT " %s", desk_id,
                                              reason != NULL ? reason : "");
  SmVerb verb = { rules, actor, "desk.sit", sm_noun_get (SM_NOUN_DESK), desk_id, idempotency_key,
                  request };

  return sm_verb_run (&verb, sit, reason, error);
}

static SmRow *
leave (const SmVerb   *verb,
       gconstpointer   data,
       SmRow          *before,
       GError        **error)
{
  const char *reason = data;
  g_autoptr (SmRow) desk = sm_row_copy (before);

  if (!check_reason (reason, FALSE, error))
    return NULL;
  if (!is_actor (verb, sm_row_get_text (before, SM_DESK_HOLDER)))
    {
      sm_set_error (error, SM_ERROR_INVALID, "desk-not-yours", "%s does not hold that desk",
                    verb->actor->name);
      return NULL;
    }
  if (!sm_row_is_null (before, SM_DESK_AWAY_SINCE))
    return sm_row_ref (before);
  sm_row_set_int (desk, SM_DESK_AWAY_SINCE, sm_rules_now (verb->rules));
  sm_row_set_text (desk, SM_DESK_AWAY_REASON, reason);
  return put_desk (verb, desk, before, error);
}

/**
 * sm_desks_leave:
 * @reason: (nullable)
 *
 * The desk is empty for a while: who covers it sees to its alarms until its holder is
 * back; where nobody covers it they stay the holder's.
 */
SmRow *
sm_desks_leave (SmRules     *rules,
                SmActor     *actor,
                const char  *idempotency_key,
                gint64       desk_id,
                const char  *reason,
                GError     **error)
{
  g_autofree char *request = g_strdup_printf ("desk.leave %" G_GINT64_FORMAT " %s", desk_id,
                                              reason != NULL ? reason : "");
  SmVerb verb = { rules, actor, "desk.sit", sm_noun_get (SM_NOUN_DESK), desk_id, idempotency_key,
                  request };

  return sm_verb_run (&verb, leave, reason, error);
}
