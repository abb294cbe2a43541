/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-desks-private.h"

#include "sm-access-table.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-time.h"

#include <string.h>

/* Who is to sit where, from when to when. */

#define ACT "roster.edit"
#define MAX_ROLE 100
#define MAX_SHIFT (2 * SM_DAY)

static const guint entry_fields[]
    = { SM_ROSTER_ENTRY_DESK_ID, SM_ROSTER_ENTRY_PERSON, SM_ROSTER_ENTRY_ROLE,
        SM_ROSTER_ENTRY_FROM_AT, SM_ROSTER_ENTRY_TO_AT,  SM_ROSTER_ENTRY_NEXT_IN_LINE };

static char *
describe (const char  *act,
          gint64       id,
          const SmRow *wanted)
{
  GString *text = g_string_new (act);

  g_string_append_printf (text, " %" G_GINT64_FORMAT, id);
  for (gsize i = 0; wanted != NULL && i < G_N_ELEMENTS (entry_fields); i++)
    if (sm_row_is_null (wanted, entry_fields[i]))
      g_string_append (text, "\n-");
    else if (sm_kind_is_text (sm_row_get_noun (wanted)->fields[entry_fields[i]].kind))
      g_string_append_printf (text, "\n%s", sm_row_get_text (wanted, entry_fields[i]));
    else
      g_string_append_printf (text, "\n%" G_GINT64_FORMAT,
                              sm_row_get_int (wanted, entry_fields[i]));
  return g_string_free (text, FALSE);
}

static gboolean
check_times (const SmRow  *entry,
             GError      **error)
{
  gint64 from = sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT);
  gint64 to = sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT);

  if (sm_row_is_null (entry, SM_ROSTER_ENTRY_FROM_AT) || from <= 0)
    return sm_desks_refuse (error, "time-invalid", "/from_at", NULL);
  if (sm_row_is_null (entry, SM_ROSTER_ENTRY_TO_AT) || to <= from)
    return sm_desks_refuse (error, "ends-before-it-begins", "/to_at", NULL);
  return to - from <= MAX_SHIFT || sm_desks_refuse (error, "shift-too-long", "/to_at", NULL);
}

/* As the names are written, so that they are found again. */
static gboolean
check_persons (const SmVerb  *verb,
               const SmRow   *desk,
               SmRow         *entry,
               GError       **error)
{
  static const struct { guint field; const char *pointer; } persons[]
      = { { SM_ROSTER_ENTRY_PERSON, "/person" }, { SM_ROSTER_ENTRY_NEXT_IN_LINE, "/next_in_line" } };

  for (gsize i = 0; i < G_N_ELEMENTS (persons); i++)
    {
      g_autofree char *name = NULL;
      const char *person = sm_row_get_text (entry, persons[i].field);

      if (i > 0 && person == NULL)
        continue;
      if (person == NULL || *person == '\0')
        return sm_desks_refuse (error, "person-missing", persons[i].pointer, NULL);
      if (!sm_desks_check_sitter (verb->rules, desk, person, persons[i].pointer, &name, error))
        return FALSE;
      sm_row_set_text (entry, persons[i].field, name);
    }
  if (g_strcmp0 (sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON),
                 sm_row_get_text (entry, SM_ROSTER_ENTRY_NEXT_IN_LINE)) == 0)
    return sm_desks_refuse (error, "same-person", "/next_in_line", NULL);
  return TRUE;
}

static gboolean
check_alone (const SmVerb  *verb,
             const SmRow   *entry,
             GError       **error)
{
  SmDeskBook *book = sm_desk_book_get (verb->rules, error);
  const SmRow *clash;
  g_autoptr (GError) refusal = NULL;

  if (book == NULL)
    return FALSE;
  clash = sm_roster_find_clash (book->roster, entry);
  if (clash == NULL)
    return TRUE;
  sm_set_error (&refusal, SM_ERROR_CONFLICT, "roster-clash",
                "That person is on the roster at that time already");
  sm_error_set_param (refusal, "person", sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static void
fill_role (const SmVerb *verb,
           SmRow        *entry)
{
  g_autoptr (SmUserRecord) user
      = sm_access_dup_user (verb->rules->access, sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON));

  if (sm_row_is_null (entry, SM_ROSTER_ENTRY_ROLE) && user != NULL)
    sm_row_set_text (entry, SM_ROSTER_ENTRY_ROLE, user->role);
}

static SmRow *
put_entry (const SmVerb  *verb,
           const SmRow   *desk,
           SmRow         *entry,
           const SmRow   *before,
           GError       **error)
{
  const char *role = sm_row_get_text (entry, SM_ROSTER_ENTRY_ROLE);

  if (role != NULL && (strlen (role) > MAX_ROLE || !g_utf8_validate (role, -1, NULL)))
    {
      sm_error_refuse_field (error, "/role", "too-long");
      return NULL;
    }
  if (!check_times (entry, error) || !check_persons (verb, desk, entry, error)
      || !check_alone (verb, entry, error))
    return NULL;
  fill_role (verb, entry);
  if (!sm_verb_put (verb->rules, entry, before, error)
      || !sm_verb_tell (verb, "done", before, entry, error)
      || !sm_desks_settle (verb->rules, error))
    return NULL;
  return sm_row_ref (entry);
}

static SmRow *
add (const SmVerb   *verb,
     gconstpointer   data,
     SmRow          *desk,
     GError        **error)
{
  const SmRow *wanted = data;
  g_autoptr (SmRow) entry = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));

  sm_desks_copy_keys (entry, desk);
  for (gsize i = 0; i < G_N_ELEMENTS (entry_fields); i++)
    sm_row_copy_field (entry, wanted, entry_fields[i]);
  return put_entry (verb, desk, entry, NULL, error);
}

/** sm_roster_add: Returns: (transfer full) (nullable): the new entry */
SmRow *
sm_roster_add (SmRules      *rules,
               SmActor      *actor,
               const char   *idempotency_key,
               const SmRow  *wanted,
               GError      **error)
{
  gint64 desk_id = sm_row_get_int (wanted, SM_ROSTER_ENTRY_DESK_ID);
  g_autofree char *request = describe ("roster.add", desk_id, wanted);
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_DESK), desk_id, idempotency_key,
                  request };

  return sm_verb_run (&verb, add, wanted, error);
}

typedef struct
{
  gint64 if_seq;
  const SmRow *wanted;
} Change;

static SmRow *
change (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  const Change *wanted = data;
  g_autoptr (SmRow) entry = sm_row_copy (before);
  g_autoptr (SmRow) desk = NULL;

  if (wanted->if_seq != sm_row_get_int (before, SM_ROW_SEQ))
    {
      sm_verb_lose (verb, before);
      sm_set_error (error, SM_ERROR_PRECONDITION, "row-changed",
                    "Somebody else has changed it in the meantime");
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (entry_fields); i++)
    if (!sm_row_is_null (wanted->wanted, entry_fields[i]))
      sm_row_copy_field (entry, wanted->wanted, entry_fields[i]);
  if (!sm_verb_find_row (verb->rules, verb->actor, sm_noun_get (SM_NOUN_DESK),
                         sm_row_get_int (entry, SM_ROSTER_ENTRY_DESK_ID), &desk, error))
    return NULL;
  sm_desks_copy_keys (entry, desk);
  return put_entry (verb, desk, entry, before, error);
}

/** sm_roster_change: @wanted: what is null stays. Returns: (transfer full) (nullable): it, after */
SmRow *
sm_roster_change (SmRules      *rules,
                  SmActor      *actor,
                  const char   *idempotency_key,
                  gint64        entry_id,
                  gint64        if_seq,
                  const SmRow  *wanted,
                  SmRow       **out_current,
                  GError      **error)
{
  g_autofree char *request = describe ("roster.change", entry_id, wanted);
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_ROSTER_ENTRY), entry_id,
                  idempotency_key, request, out_current };
  Change data = { if_seq, wanted };

  return sm_verb_run (&verb, change, &data, error);
}

static SmRow *
remove_entry (const SmVerb   *verb,
              gconstpointer   data,
              SmRow          *before,
              GError        **error)
{
  if (*(const gint64 *) data != sm_row_get_int (before, SM_ROW_SEQ))
    {
      sm_verb_lose (verb, before);
      sm_set_error (error, SM_ERROR_CONFLICT, "row-changed",
                    "Somebody else has changed it in the meantime");
      return NULL;
    }
  if (!sm_verb_remove (verb->rules, before, error)
      || !sm_verb_tell (verb, "done", before, NULL, error)
      || !sm_desks_settle (verb->rules, error))
    return NULL;
  return sm_row_ref (before);
}

/** sm_roster_remove: @seen_seq: what was seen of it. Returns: (transfer full) (nullable): what it was */
SmRow *
sm_roster_remove (SmRules     *rules,
                  SmActor     *actor,
                  const char  *idempotency_key,
                  gint64       entry_id,
                  gint64       seen_seq,
                  SmRow      **out_current,
                  GError     **error)
{
  g_autofree char *request = describe ("roster.remove", entry_id, NULL);
  SmVerb verb = { rules, actor, ACT, sm_noun_get (SM_NOUN_ROSTER_ENTRY), entry_id,
                  idempotency_key, request, out_current };

  return sm_verb_run (&verb, remove_entry, &seen_seq, error);
}
