/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-belongings-private.h"

#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

/*
 * Parts and certificates are seen by those who see whose they are: each says of which company
 * the engineer, or the service point, is that it is with, and goes along when that changes.
 */

#define AT_ONCE 500

typedef struct
{
  SmNounId noun;
  guint field;   /* with whom, or where */
  SmNounId with;
  guint company; /* of that */
} Tie;

static const Tie ties[] = {
  { SM_NOUN_PART, SM_PART_ENGINEER_ID, SM_NOUN_ENGINEER, SM_ENGINEER_ORGANISATION_ID },
  { SM_NOUN_PART, SM_PART_SERVICE_POINT_ID, SM_NOUN_SERVICE_POINT,
    SM_SERVICE_POINT_ORGANISATION_ID },
  { SM_NOUN_CERTIFICATE, SM_CERTIFICATE_ENGINEER_ID, SM_NOUN_ENGINEER,
    SM_ENGINEER_ORGANISATION_ID },
};

/** sm_belongings_own: Says in @row, before it is written, whose it is. */
gboolean
sm_belongings_own (SmRules  *rules,
                   SmRow    *row,
                   GError  **error)
{
  SmNounId noun = sm_row_get_noun (row)->id;

  for (gsize i = 0; i < G_N_ELEMENTS (ties); i++)
    {
      g_autoptr (SmRow) with = NULL;

      if (ties[i].noun != noun || sm_row_is_null (row, ties[i].field))
        continue;
      if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (ties[i].with),
                            sm_row_get_int (row, ties[i].field), &with, error))
        return FALSE;
      /* Of whom nothing is known any more, it stays whose it was. */
      if (with != NULL)
        sm_row_set_int (row, (guint) sm_scope_company_field (sm_row_get_noun (row)),
                        sm_row_get_int (with, ties[i].company));
      return TRUE;
    }
  return TRUE;
}

static gboolean
follow_tie (SmRules      *rules,
            const Tie    *tie,
            const SmRow  *row,
            GError      **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sm_row_get_id (row));
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  gint64 after = 0;
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GPtrArray) page
          = sm_service_list (sm_rules_get_connection (rules), sm_noun_get (tie->noun), all,
                             (int) tie->field, id, after, AT_ONCE, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        {
          g_autoptr (SmRow) moved = sm_row_copy (page->pdata[i]);

          after = sm_row_get_id (moved);
          if (!sm_verb_put (rules, moved, page->pdata[i], error))
            return FALSE;
        }
      more = page->len == AT_ONCE;
    }
  return TRUE;
}

/** sm_belongings_follow: @row was written: what is with somebody who is of another company now goes along. */
gboolean
sm_belongings_follow (SmRules      *rules,
                      const SmRow  *row,
                      const SmRow  *before,
                      GError      **error)
{
  SmNounId noun = sm_row_get_noun (row)->id;

  for (gsize i = 0; before != NULL && i < G_N_ELEMENTS (ties); i++)
    if (ties[i].with == noun && !sm_row_equal_field (row, before, ties[i].company)
        && !follow_tie (rules, &ties[i], row, error))
      return FALSE;
  return TRUE;
}
