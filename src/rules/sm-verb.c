/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-verb-private.h"

#include "sm-audit-table.h"
#include "sm-belongings-private.h"
#include "sm-desks-private.h"
#include "sm-error.h"
#include "sm-guidances-private.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-tell-private.h"
#include "sm-uuid.h"

#include <string.h>

/* --- rows as bytes: an answer that was given once is given again as it was --- */

static GVariant *
pack_value (const SmRow *row,
            guint        field)
{
  SmKind kind = sm_row_get_noun (row)->fields[field].kind;

  if (sm_kind_is_text (kind))
    return g_variant_new_string (sm_row_get_text (row, field));
  if (kind == SM_KIND_REAL)
    return g_variant_new_double (sm_row_get_real (row, field));
  return g_variant_new_int64 (sm_row_get_int (row, field));
}

static GBytes *
pack_row (const SmRow *row)
{
  const SmNoun *noun = sm_row_get_noun (row);
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sv}"));
  for (guint i = 0; i < noun->n_fields; i++)
    if (!sm_row_is_null (row, i))
      g_variant_builder_add (&builder, "{sv}", noun->fields[i].name, pack_value (row, i));
  variant = g_variant_ref_sink (g_variant_new ("(sa{sv})", noun->name, &builder));
  return g_variant_get_data_as_bytes (variant);
}

static void
unpack_value (SmRow      *row,
              const char *name,
              GVariant   *value)
{
  const SmNoun *noun = sm_row_get_noun (row);
  int field = sm_noun_find_field (noun, name, strlen (name));

  if (field < 0)
    return;
  if (sm_kind_is_text (noun->fields[field].kind) && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    sm_row_set_text (row, (guint) field, g_variant_get_string (value, NULL));
  else if (noun->fields[field].kind == SM_KIND_REAL
           && g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    sm_row_set_real (row, (guint) field, g_variant_get_double (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    sm_row_set_int (row, (guint) field, g_variant_get_int64 (value));
}

static SmRow *
unpack_row (GBytes *bytes)
{
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE ("(sa{sv})"), bytes, FALSE));
  g_autoptr (GVariantIter) values = NULL;
  const char *noun, *name;
  GVariant *value;
  SmRow *row;

  g_variant_get (variant, "(&sa{sv})", &noun, &values);
  if (sm_noun_by_name (noun) == NULL)
    return NULL;
  row = sm_row_new (sm_noun_by_name (noun));
  while (g_variant_iter_loop (values, "{&sv}", &name, &value))
    unpack_value (row, name, value);
  return row;
}

static char *
hash_request (const char *request)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, request, -1);
}

static gboolean
request_is (const char *request,
            const char *stored_hash)
{
  g_autofree char *hash = hash_request (request);

  return g_strcmp0 (hash, stored_hash) == 0;
}

/* Returns: FALSE when the key is none, or was used for something else */
static gboolean
find_answer (const SmVerb  *verb,
             SmRow        **out_row,
             GError       **error)
{
  SmConnection *connection = sm_rules_get_connection (verb->rules);
  g_autofree char *stored = NULL;
  g_autoptr (GBytes) answer = NULL;

  *out_row = NULL;
  if (verb->key == NULL)
    return TRUE;
  if (!sm_uuid_is_valid (verb->key))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "idempotency-key-missing",
                    "A write needs an Idempotency-Key that is a UUID");
      return FALSE;
    }
  if (!sm_key_table_find (connection, verb->actor->id, verb->key, &stored, &answer, error))
    return FALSE;
  if (answer == NULL)
    return TRUE;
  if (request_is (verb->request, stored))
    *out_row = unpack_row (answer);
  if (*out_row != NULL)
    return TRUE;
  sm_set_error (error, SM_ERROR_CONFLICT, "idempotency-key-reused",
                "The key was sent with another request before");
  return FALSE;
}

static gboolean
keep_answer (const SmVerb  *verb,
             const SmRow   *row,
             GError       **error)
{
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (verb->key == NULL)
    return TRUE;
  hash = hash_request (verb->request);
  answer = pack_row (row);
  return sm_key_table_add (sm_rules_get_connection (verb->rules), verb->actor->id, verb->key, hash,
                           answer, sm_rules_machine_now (verb->rules), error);
}

/** sm_verb_find_row: Returns: FALSE with %SM_ERROR_NOT_FOUND also when @actor may not see it */
gboolean
sm_verb_find_row (SmRules        *rules,
                  const SmActor  *actor,
                  const SmNoun   *noun,
                  gint64          id,
                  SmRow         **out_row,
                  GError        **error)
{
  g_autoptr (SmRow) row = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), noun, id, &row, error))
    return FALSE;
  if (row == NULL || !sm_scope_has_row (actor->scope, row))
    {
      sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is no %s %" G_GINT64_FORMAT,
                    noun->name, id);
      return FALSE;
    }
  *out_row = g_steal_pointer (&row);
  return TRUE;
}

/** sm_verb_put: Writes a record; what is kept in memory follows. */
gboolean
sm_verb_put (SmRules      *rules,
             SmRow        *row,
             const SmRow  *before,
             GError      **error)
{
  SmNounId noun = sm_row_get_noun (row)->id;

  if (!sm_belongings_own (rules, row, error)
      || !sm_service_db_put (rules->db, row, before, sm_rules_machine_now (rules), error)
      || !sm_belongings_follow (rules, row, before, error))
    return FALSE;
  if (noun == SM_NOUN_VEHICLE || noun == SM_NOUN_LIMIT)
    rules->reload_registry = TRUE;
  if (noun == SM_NOUN_ALARM && before != NULL)
    sm_was_note (rules, before, row);
  sm_books_forget (rules, noun);
  sm_windows_note (rules, row);
  sm_work_orders_note (rules, row);
  sm_guidances_note (rules, row);
  sm_desks_forget (rules, noun);
  sm_live_note_record (rules->live, row);
  return sm_tell_note_row (rules, row, before, error);
}

/** sm_verb_remove: Deletes a record; a tombstone stays. */
gboolean
sm_verb_remove (SmRules      *rules,
                const SmRow  *row,
                GError      **error)
{
  if (!sm_service_db_remove (rules->db, row, sm_rules_machine_now (rules), error))
    return FALSE;
  rules->reload_registry = TRUE;
  sm_books_forget (rules, sm_row_get_noun (row)->id);
  sm_desks_forget (rules, sm_row_get_noun (row)->id);
  sm_live_forget (rules->live, sm_row_get_noun (row), sm_row_get_id (row));
  return TRUE;
}

/* --- doing it --- */

/* Who was let in may have lost the right while the act waited for its turn. */
static gboolean
check_access (const SmVerb  *verb,
              GError       **error)
{
  g_autoptr (SmActor) now = verb->actor->kind == SM_ACTOR_PERSON
                                ? sm_access_dup_actor (verb->rules->access, verb->actor->id)
                                : NULL;

  if (now == NULL || now->access_rev == verb->actor->access_rev)
    return TRUE;
  sm_set_error (error, SM_ERROR_UNAUTHENTICATED, "token-invalid",
                "What %s may do has changed meanwhile", verb->actor->name);
  return FALSE;
}

static SmRow *
do_in_transaction (const SmVerb   *verb,
                   SmVerbFunc      func,
                   gconstpointer   data,
                   GError        **error)
{
  g_autoptr (SmRow) before = NULL;
  g_autoptr (SmRow) row = NULL;

  if (!check_access (verb, error) || !sm_actor_require (verb->actor, verb->act, error)
      || (verb->id != SM_VERB_NEW
          && !sm_verb_find_row (verb->rules, verb->actor, verb->noun, verb->id, &before, error)))
    return NULL;
  row = func (verb, data, before, error);
  return row != NULL && keep_answer (verb, row, error) ? g_steal_pointer (&row) : NULL;
}

/**
 * sm_verb_run:
 *
 * Does @verb once: the same key again gets the first answer again, whatever
 * has become of the row since.
 *
 * Returns: (transfer full) (nullable): the row after it
 */
SmRow *
sm_verb_run (const SmVerb   *verb,
             SmVerbFunc      func,
             gconstpointer   data,
             GError        **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (SmRow) row = NULL;

  if (verb->out_current != NULL)
    *verb->out_current = NULL;
  if (!find_answer (verb, &row, error))
    return NULL;
  if (row != NULL)
    return g_steal_pointer (&row);
  if (!sm_rules_begin (verb->rules, error))
    return NULL;
  row = do_in_transaction (verb, func, data, &refusal);
  if (row != NULL)
    return sm_rules_commit (verb->rules, error) ? g_steal_pointer (&row) : NULL;
  sm_rules_rollback (verb->rules);
  sm_verb_tell_refusal (verb, refusal);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return NULL;
}

/** sm_verb_lose: Before a refusal because of what the row has become. */
void
sm_verb_lose (const SmVerb *verb,
              const SmRow  *current)
{
  if (verb->out_current != NULL)
    *verb->out_current = sm_row_copy (current);
}

/** sm_verb_check_seq: Whether @row is still what was seen: @if_seq, or %SM_UNKNOWN for whatever. */
gboolean
sm_verb_check_seq (const SmVerb  *verb,
                   gint64         if_seq,
                   const SmRow   *row,
                   GError       **error)
{
  if (if_seq == SM_UNKNOWN || if_seq == sm_row_get_int (row, SM_ROW_SEQ))
    return TRUE;
  sm_verb_lose (verb, row);
  sm_set_error (error, SM_ERROR_PRECONDITION, "row-changed",
                "Somebody else has changed it in the meantime");
  return FALSE;
}

#define MAX_NOTE 4000

/** sm_verb_check_note: Whether what a person wrote, if anything, can be kept. */
gboolean
sm_verb_check_note (const char  *note,
                    GError     **error)
{
  if (note == NULL || (strlen (note) <= MAX_NOTE && g_utf8_validate (note, -1, NULL)))
    return TRUE;
  return sm_error_refuse_field (error, "/note", "too-long");
}
