/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-scope.h"

#include "sm-time.h"

static const char *const kind_names[] = { "all", "operator", "areas", "fleets" };

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/** sm_scope_new: Returns: (transfer full): a scope; @ids may stand in any order */
SmScope *
sm_scope_new (SmScopeKind   kind,
              const gint64 *ids,
              guint         n_ids)
{
  SmScope *self = g_new0 (SmScope, 1);

  self->kind = kind;
  self->n_ids = n_ids;
  self->ids = g_memdup2 (ids, n_ids * sizeof *ids);
  if (n_ids > 1)
    qsort (self->ids, n_ids, sizeof *self->ids, compare_ids);
  return self;
}

SmScope *
sm_scope_copy (const SmScope *self)
{
  SmScope *copy = sm_scope_new (self->kind, self->ids, self->n_ids);

  copy->organisation_id = self->organisation_id;
  return copy;
}

void
sm_scope_free (SmScope *self)
{
  g_free (self->ids);
  g_free (self);
}

/** sm_scope_has: Whether a row with these keys may be seen; %SM_UNKNOWN is a null key. */
gboolean
sm_scope_has (const SmScope *self,
              gint64         operator_id,
              gint64         area_id,
              gint64         fleet_id)
{
  gint64 key = self->kind == SM_SCOPE_OPERATOR ? operator_id
               : self->kind == SM_SCOPE_AREAS  ? area_id
                                               : fleet_id;

  if (self->kind == SM_SCOPE_ALL)
    return TRUE;
  if (key == SM_UNKNOWN || self->n_ids == 0)
    return FALSE;
  return bsearch (&key, self->ids, self->n_ids, sizeof key, compare_ids) != NULL;
}

/** sm_scope_company_field: Returns: the field that says whose a row of @noun is; -1: it has none */
int
sm_scope_company_field (const SmNoun *noun)
{
  switch (noun->id)
    {
    case SM_NOUN_WORK_ORDER:
      return SM_WORK_ORDER_ORGANISATION_ID;
    case SM_NOUN_ENGINEER:
      return SM_ENGINEER_ORGANISATION_ID;
    case SM_NOUN_SERVICE_POINT:
      return SM_SERVICE_POINT_ORGANISATION_ID;
    case SM_NOUN_PART:
      return SM_PART_ORGANISATION_ID;
    case SM_NOUN_CERTIFICATE:
      return SM_CERTIFICATE_ORGANISATION_ID;
    default:
      return -1;
    }
}

/**
 * sm_scope_has_company:
 * @organisation_id: whose it is; %SM_UNKNOWN: nobody's, or that cannot be said of it
 *
 * Like sm_scope_has(), of what a company may have.
 */
gboolean
sm_scope_has_company (const SmScope *self,
                      gint64         operator_id,
                      gint64         area_id,
                      gint64         fleet_id,
                      gint64         organisation_id)
{
  if (self->organisation_id != 0 && organisation_id != SM_UNKNOWN)
    return self->organisation_id == organisation_id;
  return sm_scope_has (self, operator_id, area_id, fleet_id);
}

/** sm_scope_has_row: Whether @row, of any noun, may be seen. */
gboolean
sm_scope_has_row (const SmScope *self,
                  const SmRow   *row)
{
  int company = sm_scope_company_field (sm_row_get_noun (row));

  return sm_scope_has_company (self, sm_row_get_int (row, SM_ROW_OPERATOR_ID),
                               sm_row_get_int (row, SM_ROW_AREA_ID),
                               sm_row_get_int (row, SM_ROW_FLEET_ID),
                               company >= 0 ? sm_row_get_int (row, (guint) company) : SM_UNKNOWN);
}

const char *
sm_scope_kind_name (SmScopeKind kind)
{
  g_return_val_if_fail (kind <= SM_SCOPE_FLEETS, NULL);

  return kind_names[kind];
}

/** sm_scope_kind_parse: Returns: FALSE when there is no scope called @name */
gboolean
sm_scope_kind_parse (const char  *name,
                     SmScopeKind *out_kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (kind_names[i], name) == 0)
      {
        *out_kind = (SmScopeKind) i;
        return TRUE;
      }
  return FALSE;
}

/** sm_scope_ids_to_text: Returns: (transfer full): the ids as a JSON array */
char *
sm_scope_ids_to_text (const SmScope *self)
{
  GString *text = g_string_new ("[");

  for (guint i = 0; i < self->n_ids; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", self->ids[i]);
  g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

/**
 * sm_scope_to_parameter:
 *
 * Returns: (transfer full): what a statement asks of it; of a company's people it is an
 *   object with "ids" and "company", so that all companies share their statements
 */
char *
sm_scope_to_parameter (const SmScope *self)
{
  g_autofree char *ids = sm_scope_ids_to_text (self);

  if (self->organisation_id == 0)
    return g_steal_pointer (&ids);
  return g_strdup_printf ("{\"ids\":%s,\"company\":%" G_GINT64_FORMAT "}", ids,
                          self->organisation_id);
}

/**
 * sm_scope_from_text:
 *
 * Returns: (transfer full): the stored scope; one that sees nothing when its
 *   kind is unknown, as after a step back to an older version
 */
SmScope *
sm_scope_from_text (const char *kind,
                    const char *ids)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  SmScopeKind parsed = SM_SCOPE_FLEETS;

  if (!sm_scope_kind_parse (kind, &parsed))
    ids = NULL;
  while (ids != NULL && *ids != '\0')
    {
      char *end;
      gint64 id = g_ascii_strtoll (ids + 1, &end, 10);

      if (end == ids + 1)
        break;
      g_array_append_val (found, id);
      ids = end;
    }
  return sm_scope_new (parsed, (const gint64 *) (gpointer) found->data, found->len);
}
