/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-companies.h"

#include "sm-access-private.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-service-rows.h"
#include "sm-verb-private.h"

/*
 * The territory of a company is the areas in which its service points and itself are, with all
 * below them.  It is written into the scope of each of its accounts, and looked at again from
 * time to time: a company that opens a point elsewhere sees the stations there.
 */

/* More levels than there are from a country to an operating area. */
#define DEPTH 8

typedef struct
{
  gint64 organisation_id;
  GHashTable *areas;
  gboolean grew;
} Territory;

static void
add_area (Territory   *territory,
          const SmRow *row)
{
  gint64 id = sm_row_get_int (row, SM_ROW_AREA_ID);

  if (id != SM_UNKNOWN)
    g_hash_table_add (territory->areas, g_memdup2 (&id, sizeof id));
}

static gboolean
take_point (SmRules      *rules,
            const SmRow  *point,
            gpointer      user_data,
            GError      **error)
{
  Territory *territory = user_data;

  if (sm_row_get_int (point, SM_SERVICE_POINT_ORGANISATION_ID) == territory->organisation_id)
    add_area (territory, point);
  return TRUE;
}

static gboolean
take_below (SmRules      *rules,
            const SmRow  *area,
            gpointer      user_data,
            GError      **error)
{
  Territory *territory = user_data;
  gint64 id = sm_row_get_id (area), parent_id = sm_row_get_int (area, SM_AREA_PARENT_ID);

  if (g_hash_table_contains (territory->areas, &parent_id)
      && g_hash_table_add (territory->areas, g_memdup2 (&id, sizeof id)))
    territory->grew = TRUE;
  return TRUE;
}

static SmScope *
survey (SmRules      *rules,
        gint64        organisation_id,
        const SmRow  *organisation,
        GError      **error)
{
  g_autoptr (GHashTable) areas
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Territory territory = { organisation_id, areas, TRUE };
  GHashTableIter iter;
  gpointer id;
  SmScope *scope;

  add_area (&territory, organisation);
  if (!sm_rules_each (rules, SM_NOUN_SERVICE_POINT, take_point, &territory, error))
    return NULL;
  for (guint i = 0; i < DEPTH && territory.grew; i++)
    {
      territory.grew = FALSE;
      if (!sm_rules_each (rules, SM_NOUN_AREA, take_below, &territory, error))
        return NULL;
    }
  g_hash_table_iter_init (&iter, areas);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  scope = sm_scope_new (SM_SCOPE_AREAS, (const gint64 *) (gpointer) ids->data, ids->len);
  scope->organisation_id = organisation_id;
  return scope;
}

/* Carriers and gateways are through whom something is heard: they have nobody here. */
static gboolean
has_people (const SmRow *organisation)
{
  const char *kind = sm_row_get_text (organisation, SM_ORGANISATION_KIND);

  return g_strcmp0 (kind, "operator") != 0 && g_strcmp0 (kind, "carrier") != 0
         && g_strcmp0 (kind, "gateway") != 0;
}

static gboolean
is_approved (const SmRow *organisation)
{
  return g_strcmp0 (sm_row_get_text (organisation, SM_ORGANISATION_STATE), "approved") == 0;
}

/** sm_companies_make_scope: Returns: (transfer full) (nullable): what people of a company see */
SmScope *
sm_companies_make_scope (SmRules  *rules,
                         gint64    organisation_id,
                         GError  **error)
{
  g_autoptr (SmRow) organisation = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ORGANISATION),
                        organisation_id, &organisation, error))
    return NULL;
  if (organisation == NULL || !has_people (organisation))
    {
      sm_set_error (error, SM_ERROR_INVALID, "organisation-unknown",
                    "There is no company %" G_GINT64_FORMAT " whose people could sign in. The "
                    "numbers are in /api/v1/organisations.",
                    organisation_id);
      return NULL;
    }
  if (!is_approved (organisation))
    {
      sm_set_error (error, SM_ERROR_INVALID, "organisation-not-approved",
                    "The company %" G_GINT64_FORMAT " is not approved.", organisation_id);
      return NULL;
    }
  return survey (rules, organisation_id, organisation, error);
}

/* What one company's people see by now: many accounts may be of it. */
typedef struct
{
  gint64 organisation_id;
  SmScope *scope;
} Known;

static void
known_free (gpointer data)
{
  Known *known = data;

  sm_scope_free (known->scope);
  g_free (known);
}

/* Of a company that is not approved nobody sees anything: that stands as no fleet at all, for a
 * company with no point has no area either, and its people see the work that they are given. */
static SmScope *
look_at_company (SmRules  *rules,
                 gint64    organisation_id,
                 GError  **error)
{
  g_autoptr (SmRow) organisation = NULL;

  if (!sm_service_find (sm_rules_get_connection (rules), sm_noun_get (SM_NOUN_ORGANISATION),
                        organisation_id, &organisation, error))
    return NULL;
  if (organisation == NULL || !is_approved (organisation))
    return sm_scope_new (SM_SCOPE_FLEETS, NULL, 0);
  return survey (rules, organisation_id, organisation, error);
}

static const SmScope *
scope_of_company (SmRules     *rules,
                  GHashTable  *companies,
                  gint64       organisation_id,
                  GError     **error)
{
  Known *known = g_hash_table_lookup (companies, &organisation_id);
  SmScope *scope;

  if (known != NULL)
    return known->scope;
  scope = look_at_company (rules, organisation_id, error);
  if (scope == NULL)
    return NULL;
  known = g_new0 (Known, 1);
  *known = (Known){ organisation_id, scope };
  g_hash_table_insert (companies, &known->organisation_id, known);
  return scope;
}

static gboolean
follow_one (SmRules       *rules,
            SmUserRecord  *user,
            const SmScope *scope,
            GError       **error)
{
  g_autoptr (SmActor) system = sm_actor_new_system ("service");
  const char *kind = sm_scope_kind_name (scope->kind);
  g_autofree char *ids = sm_scope_ids_to_text (scope);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *object = NULL;

  if (g_strcmp0 (user->scope_kind, kind) == 0 && g_strcmp0 (user->scope_ids, ids) == 0)
    return TRUE;
  before = g_strdup_printf ("{\"%s\":%s}", user->scope_kind, user->scope_ids);
  after = g_strdup_printf ("{\"%s\":%s}", kind, ids);
  object = g_strdup_printf ("user/%" G_GINT64_FORMAT, user->id);
  g_free (user->scope_kind);
  g_free (user->scope_ids);
  user->scope_kind = g_strdup (kind);
  user->scope_ids = g_steal_pointer (&ids);
  user->access_rev++;
  return sm_user_table_update (sm_rules_get_connection (rules), user, error)
         && sm_verb_audit_texts (rules, system, "user.manage", object, "done", NULL, before,
                                 after, error);
}

/**
 * sm_companies_follow:
 *
 * In a transaction: whose company has another territory by now, or is suspended, sees that.  The
 * caller loads who may come in anew.
 */
gboolean
sm_companies_follow (SmRules  *rules,
                     GError  **error)
{
  g_autoptr (GPtrArray) users = sm_user_table_list (sm_rules_get_connection (rules), error);
  g_autoptr (GHashTable) companies
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, known_free);

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      SmUserRecord *user = users->pdata[i];
      const SmScope *scope;

      if (user->organisation_id == 0)
        continue;
      scope = scope_of_company (rules, companies, user->organisation_id, error);
      if (scope == NULL || !follow_one (rules, user, scope, error))
        return FALSE;
    }
  return users != NULL;
}
