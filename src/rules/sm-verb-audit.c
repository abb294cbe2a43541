/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-verb-private.h"

#include "sm-audit-table.h"
#include "sm-error.h"
#include "sm-rules-private.h"

/* What a person did, or was refused, as the audit keeps it: who, when, from
 * where, and the fields that changed. */

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

/** sm_verb_audit_quote: Returns: (transfer full): @text as a JSON string */
char *
sm_verb_audit_quote (const char *text)
{
  GString *json = g_string_new (NULL);

  append_string (json, text);
  return g_string_free (json, FALSE);
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
      if (noun->fields[i].klass != SM_RECORD || (other != NULL && sm_row_equal_field (row, other, i)))
        continue;
      g_string_append_printf (json, "%s\"%s\":", json->len > 1 ? "," : "", noun->fields[i].name);
      append_value (json, row, i);
    }
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

/** sm_verb_audit_texts: Of what is no row. @before, @after: (nullable): JSON objects */
gboolean
sm_verb_audit_texts (SmRules        *rules,
                     const SmActor  *actor,
                     const char     *act,
                     const char     *object,
                     const char     *outcome,
                     const char     *reason,
                     const char     *before,
                     const char     *after,
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
    .before = (char *) before,
    .after = (char *) after,
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

  return sm_verb_audit_texts (rules, actor, act, object, outcome, NULL, was, is, error);
}

/* @row: (nullable): what has come of it, when nothing was there before */
static char *
object_of (const SmVerb *verb,
           const SmRow  *row)
{
  if (verb->id == SM_VERB_NEW && row == NULL)
    return g_strdup (verb->noun->name);
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, verb->noun->name,
                          verb->id == SM_VERB_NEW ? sm_row_get_id (row) : verb->id);
}

/** sm_verb_tell: Tells the audit, in the transaction of the write. */
gboolean
sm_verb_tell (const SmVerb  *verb,
              const char    *outcome,
              const SmRow   *before,
              const SmRow   *after,
              GError       **error)
{
  g_autofree char *object = object_of (verb, after);

  return sm_verb_audit (verb->rules, verb->actor, verb->act, object, outcome, before, after, error);
}

/** sm_verb_tell_why: Likewise, with what the person gave as the reason. */
gboolean
sm_verb_tell_why (const SmVerb  *verb,
                  const char    *reason,
                  const SmRow   *before,
                  const SmRow   *after,
                  GError       **error)
{
  g_autofree char *object = object_of (verb, after);
  g_autofree char *was = describe (before, after);
  g_autofree char *is = describe (after, before);

  return sm_verb_audit_texts (verb->rules, verb->actor, verb->act, object, "done", reason, was, is,
                              error);
}

/** sm_verb_tell_refusal: Outside of the transaction, which was rolled back. */
void
sm_verb_tell_refusal (const SmVerb *verb,
                      const GError *refusal)
{
  g_autofree char *object = object_of (verb, NULL);
  g_autoptr (GError) error = NULL;

  /* What the disk refuses is no act that a person was refused. */
  if (refusal->domain != SM_ERROR || refusal->code < 400 || refusal->code >= 500)
    return;
  if (!sm_verb_audit_texts (verb->rules, verb->actor, verb->act, object, "refused",
                            sm_error_get_slug (refusal), NULL, NULL, &error))
    g_info ("A refusal is not in the audit: %s", error->message);
}
