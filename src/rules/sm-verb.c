/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-verb-private.h"

#include "sm-audit-table.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-uuid.h"

#include <string.h>

/* --- rows as bytes: an answer that was given once is given again as it was --- */

static gboolean
kind_is_text (SmKind kind)
{
  return kind == SM_KIND_TEXT || kind == SM_KIND_ENUM || kind == SM_KIND_NAME;
}

static GVariant *
pack_value (const SmRow *row,
            guint        field)
{
  SmKind kind = sm_row_get_noun (row)->fields[field].kind;

  if (kind_is_text (kind))
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
  if (kind_is_text (noun->fields[field].kind) && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
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

/**
 * sm_verb_find_answer:
 * @key: a UUID the person's program made up for this act
 * @request: everything that was asked, as text
 * @out_row: (out) (transfer full) (nullable): the answer, if it was done before
 *
 * Returns: FALSE when @key is none, or was used for something else
 */
gboolean
sm_verb_find_answer (SmRules        *rules,
                     const SmActor  *actor,
                     const char     *key,
                     const char     *request,
                     SmRow         **out_row,
                     GError        **error)
{
  g_autofree char *hash = hash_request (request);
  g_autofree char *stored = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (!sm_uuid_is_valid (key))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "idempotency-key-missing",
                    "A write needs an Idempotency-Key that is a UUID");
      return FALSE;
    }
  if (!sm_key_table_find (sm_rules_get_connection (rules), actor->id, key, &stored, &answer, error))
    return FALSE;
  *out_row = NULL;
  if (answer == NULL)
    return TRUE;
  if (g_strcmp0 (stored, hash) == 0)
    *out_row = unpack_row (answer);
  if (*out_row != NULL)
    return TRUE;
  sm_set_error (error, SM_ERROR_CONFLICT, "idempotency-key-reused",
                "The key was sent with another request before");
  return FALSE;
}

/** sm_verb_keep_answer: In the transaction of the write. */
gboolean
sm_verb_keep_answer (SmRules        *rules,
                     const SmActor  *actor,
                     const char     *key,
                     const char     *request,
                     const SmRow    *row,
                     GError        **error)
{
  g_autofree char *hash = hash_request (request);
  g_autoptr (GBytes) answer = pack_row (row);

  return sm_key_table_add (sm_rules_get_connection (rules), actor->id, key, hash, answer,
                           sm_rules_machine_now (rules), error);
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
  if (row == NULL
      || !sm_scope_has (actor->scope, sm_row_get_int (row, SM_ROW_OPERATOR_ID),
                        sm_row_get_int (row, SM_ROW_AREA_ID),
                        sm_row_get_int (row, SM_ROW_FLEET_ID)))
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

  if (!sm_service_db_put (rules->db, row, before, sm_rules_machine_now (rules), error))
    return FALSE;
  if (noun == SM_NOUN_VEHICLE || noun == SM_NOUN_LIMIT)
    rules->reload_registry = TRUE;
  sm_live_note_record (rules->live, row);
  return TRUE;
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
  sm_live_forget (rules->live, sm_row_get_noun (row), sm_row_get_id (row));
  return TRUE;
}

/* --- the audit --- */

static void
append_string (GString    *json,
               const char *text)
{
  g_string_append_c (json, '"');
  for (; *text != '\0'; text++)
    if (*text == '"' || *text == '\\')
      g_string_append_printf (json, "\\%c", *text);
    else if ((guchar) *text < 0x20)
      g_string_append_printf (json, "\\u%04x", (guchar) *text);
    else
      g_string_append_c (json, *text);
  g_string_append_c (json, '"');
}

static void
append_value (GString     *json,
              const SmRow *row,
              guint        field)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *moment = NULL;

  if (sm_row_is_null (row, field))
    {
      g_string_append (json, "null");
      return;
    }
  switch (sm_row_get_noun (row)->fields[field].kind)
    {
    case SM_KIND_NAME: /* is JSON already */
      g_string_append (json, sm_row_get_text (row, field));
      break;
    case SM_KIND_TEXT:
    case SM_KIND_ENUM:
      append_string (json, sm_row_get_text (row, field));
      break;
    case SM_KIND_REAL:
      g_string_append (json, g_ascii_dtostr (digits, sizeof digits, sm_row_get_real (row, field)));
      break;
    case SM_KIND_TIME:
      moment = sm_time_to_rfc3339 (sm_row_get_int (row, field));
      append_string (json, moment);
      break;
    case SM_KIND_BOOL:
      g_string_append (json, sm_row_get_int (row, field) != 0 ? "true" : "false");
      break;
    default:
      g_string_append_printf (json, "%" G_GINT64_FORMAT, sm_row_get_int (row, field));
    }
}

static gboolean
values_differ (const SmRow *a,
               const SmRow *b,
               guint        field)
{
  SmKind kind = sm_row_get_noun (a)->fields[field].kind;

  if (sm_row_is_null (a, field) || sm_row_is_null (b, field))
    return sm_row_is_null (a, field) != sm_row_is_null (b, field);
  if (kind_is_text (kind))
    return g_strcmp0 (sm_row_get_text (a, field), sm_row_get_text (b, field)) != 0;
  if (kind == SM_KIND_REAL)
    return sm_row_get_real (a, field) != sm_row_get_real (b, field);
  return sm_row_get_int (a, field) != sm_row_get_int (b, field);
}

/* The fields of @row that are not as in @other, as a JSON object. */
static char *
describe (const SmRow *row,
          const SmRow *other)
{
  const SmNoun *noun;
  GString *json;

  if (row == NULL)
    return NULL;
  noun = sm_row_get_noun (row);
  json = g_string_new ("{");
  for (guint i = SM_ROW_OPERATOR_ID; i < noun->n_fields; i++)
    {
      if (noun->fields[i].klass != SM_RECORD || (other != NULL && !values_differ (row, other, i)))
        continue;
      g_string_append_printf (json, "%s\"%s\":", json->len > 1 ? "," : "", noun->fields[i].name);
      append_value (json, row, i);
    }
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

static gboolean
add_entry (SmRules        *rules,
           const SmActor  *actor,
           const char     *act,
           const char     *object,
           const char     *outcome,
           const char     *reason,
           char           *before,
           char           *after,
           GError        **error)
{
  static const char *const kinds[] = { "person", "device", "system" };
  SmAuditEntry entry = {
    .at = sm_rules_now (rules),
    .machine_at = sm_rules_machine_now (rules),
    .actor_kind = (char *) kinds[actor->kind],
    .actor_id = actor->id,
    .actor = actor->name,
    .address = actor->address,
    .act = (char *) act,
    .object = (char *) object,
    .outcome = (char *) outcome,
    .reason = (char *) reason,
    .before = before,
    .after = after,
  };

  return sm_audit_table_add (sm_rules_get_connection (rules), &entry, error);
}

/** sm_verb_audit: In the transaction of the write. @before, @after: (nullable) */
gboolean
sm_verb_audit (SmRules        *rules,
               const SmActor  *actor,
               const char     *act,
               const char     *object,
               const char     *outcome,
               const SmRow    *before,
               const SmRow    *after,
               GError        **error)
{
  g_autofree char *was = describe (before, after);
  g_autofree char *is = describe (after, before);

  return add_entry (rules, actor, act, object, outcome, NULL, was, is, error);
}

/** sm_verb_audit_refusal: Outside of the transaction, which was rolled back. */
void
sm_verb_audit_refusal (SmRules       *rules,
                       const SmActor *actor,
                       const char    *act,
                       const char    *object,
                       const GError  *refusal)
{
  g_autoptr (GError) error = NULL;

  /* What the disk refuses is no act that a person was refused. */
  if (refusal->domain != SM_ERROR || refusal->code < 400 || refusal->code >= 500)
    return;
  if (!add_entry (rules, actor, act, object, "refused", sm_error_get_slug (refusal), NULL, NULL,
                  &error))
    g_info ("A refusal is not in the audit: %s", error->message);
}
