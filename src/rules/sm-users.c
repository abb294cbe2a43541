/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-users.h"

#include "sm-companies.h"
#include "sm-desks-private.h"
#include "sm-error.h"
#include "sm-rules-private.h"
#include "sm-uuid.h"
#include "sm-verb-private.h"

#define MIN_PASSWORD 8

void
sm_user_info_free (SmUserInfo *self)
{
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->role);
  g_free (self->scope_kind);
  g_free (self);
}

static gboolean
fail_invalid (GError     **error,
              const char  *pointer,
              const char  *slug,
              const char  *sentence)
{
  g_autoptr (GError) invalid = NULL;

  sm_set_error (&invalid, SM_ERROR_INVALID, "invalid", "%s", sentence);
  sm_error_add_field (invalid, pointer, slug);
  g_propagate_error (error, g_steal_pointer (&invalid));
  return FALSE;
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  gsize length = name != NULL ? strlen (name) : 0;

  if (length == 0 || length > 100 || !g_utf8_validate (name, -1, NULL)
      || strpbrk (name, " \t\r\n/:") != NULL)
    return fail_invalid (error, "/name", "bad-name",
                         "A name has 1 to 100 bytes, no blanks, no '/' and no ':'");
  return TRUE;
}

static gboolean
check_password (const char  *password,
                GError     **error)
{
  if (password != NULL && strlen (password) < MIN_PASSWORD)
    return fail_invalid (error, "/password", "too-short", "A password has at least 8 characters");
  return TRUE;
}

static gboolean
check_role (const char  *role,
            GError     **error)
{
  if (!g_strv_contains (sm_role_names (), role))
    return fail_invalid (error, "/role", "unknown-role", "There is no such role");
  return TRUE;
}

typedef struct
{
  SmActor *actor;
  SmUserRecord *user;
  SmGatewayRecord *gateway;
  gboolean signs_out; /* who has sessions loses them */
  const char *act;
} Job;

static gboolean
write_user (SmRules    *rules,
            const Job  *job,
            GError    **error)
{
  SmConnection *connection = sm_rules_get_connection (rules);
  g_autofree char *object = NULL;

  if (job->user->id != 0)
    {
      if (!sm_user_table_update (connection, job->user, error))
        return FALSE;
    }
  else if (!sm_user_table_add (connection, job->user, sm_rules_machine_now (rules),
                               &job->user->id, error))
    return FALSE;
  if (job->signs_out && !sm_session_table_remove_user (connection, job->user->id, error))
    return FALSE;
  object = g_strdup_printf ("user/%" G_GINT64_FORMAT, job->user->id);
  return sm_verb_audit (rules, job->actor, job->act, object, "done", NULL, NULL, error);
}

static gboolean
write_gateway (SmRules    *rules,
               const Job  *job,
               GError    **error)
{
  g_autofree char *object = NULL;
  gint64 id;

  if (!sm_gateway_table_add (sm_rules_get_connection (rules), job->gateway,
                             sm_rules_machine_now (rules), &id, error))
    return FALSE;
  object = g_strdup_printf ("gateway/%" G_GINT64_FORMAT, id);
  return sm_verb_audit (rules, job->actor, job->act, object, "done", NULL, NULL, error);
}

static gpointer
run_job (SmRules       *rules,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Job *job = data;
  gboolean ok;

  if (!sm_actor_require (job->actor, job->act, error) || !sm_rules_begin (rules, error))
    return NULL;
  ok = job->user != NULL ? write_user (rules, job, error) : write_gateway (rules, job, error);
  if (!ok)
    {
      sm_rules_rollback (rules);
      return NULL;
    }
  if (sm_rules_commit (rules, error))
    {
      g_clear_pointer (&rules->desks, sm_desk_book_free);
      sm_access_load (rules->access, sm_rules_get_connection (rules), error);
    }
  return NULL;
}

static void
set_scope (SmUserRecord  *user,
           const SmScope *scope)
{
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);

  g_free (user->scope_kind);
  g_free (user->scope_ids);
  user->scope_kind = g_strdup (sm_scope_kind_name (scope != NULL ? scope->kind : SM_SCOPE_ALL));
  user->scope_ids = sm_scope_ids_to_text (scope != NULL ? scope : all);
  user->organisation_id = scope != NULL ? scope->organisation_id : 0;
}

/**
 * sm_users_add:
 * @display_name: (nullable): @name when NULL
 * @scope: (nullable): all when NULL
 * @password: (nullable): nobody signs in by password when NULL
 * @out_id: (out) (optional)
 */
gboolean
sm_users_add (SmRules        *rules,
              SmActor        *actor,
              const char     *name,
              const char     *display_name,
              const char     *role,
              const SmScope  *scope,
              const char     *password,
              gint64         *out_id,
              GError        **error)
{
  g_autoptr (SmUserRecord) user = g_new0 (SmUserRecord, 1);
  g_autoptr (SmUserRecord) known = NULL;
  Job job = { actor, user, NULL, FALSE, "user.manage" };

  if (!check_name (name, error) || !check_role (role, error) || !check_password (password, error))
    return FALSE;
  known = sm_access_dup_user (rules->access, name);
  if (known != NULL)
    {
      sm_set_error (error, SM_ERROR_CONFLICT, "name-taken", "There is a person called %s already",
                    name);
      return FALSE;
    }
  user->name = g_strdup (name);
  user->display_name = g_strdup (display_name != NULL ? display_name : name);
  user->role = g_strdup (role);
  set_scope (user, scope);
  user->password_hash = password != NULL ? sm_password_hash (password) : NULL;
  user->access_rev = 1;
  if (!sm_rules_do_sync (rules, run_job, &job, error))
    return FALSE;
  if (out_id != NULL)
    *out_id = user->id;
  return TRUE;
}

static SmUserRecord *
find_user (SmRules     *rules,
           const char  *name,
           GError     **error)
{
  SmUserRecord *user = sm_access_dup_user (rules->access, name);

  if (user == NULL)
    sm_set_error (error, SM_ERROR_NOT_FOUND, "not-found", "There is nobody called %s", name);
  return user;
}

/** sm_users_passwd: Gives a person another password, and signs the person out. */
gboolean
sm_users_passwd (SmRules     *rules,
                 SmActor     *actor,
                 const char  *name,
                 const char  *password,
                 GError     **error)
{
  g_autoptr (SmUserRecord) user = find_user (rules, name, error);
  Job job = { actor, user, NULL, TRUE, "user.manage" };

  if (user == NULL || !check_password (password, error))
    return FALSE;
  g_free (user->password_hash);
  user->password_hash = sm_password_hash (password);
  return sm_rules_do_sync (rules, run_job, &job, error);
}

/**
 * sm_users_set_access:
 * @role: (nullable): as it is when NULL
 * @scope: (nullable): likewise
 *
 * Changes what a person may do and see: signed in people sign in again, and
 * load what they may see anew.
 */
gboolean
sm_users_set_access (SmRules        *rules,
                     SmActor        *actor,
                     const char     *name,
                     const char     *role,
                     const SmScope  *scope,
                     GError        **error)
{
  g_autoptr (SmUserRecord) user = find_user (rules, name, error);
  Job job = { actor, user, NULL, TRUE, "user.manage" };

  if (user == NULL || (role != NULL && !check_role (role, error)))
    return FALSE;
  if (role != NULL)
    {
      g_free (user->role);
      user->role = g_strdup (role);
    }
  if (scope != NULL)
    set_scope (user, scope);
  user->access_rev++;
  return sm_rules_do_sync (rules, run_job, &job, error);
}

static gpointer
make_company_scope (SmRules       *rules,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return sm_companies_make_scope (rules, *(const gint64 *) data, error);
}

/**
 * sm_users_dup_company_scope:
 *
 * Returns: (transfer full) (nullable): what people of a company may see, for sm_users_add()
 *   and sm_users_set_access()
 */
SmScope *
sm_users_dup_company_scope (SmRules  *rules,
                            gint64    organisation_id,
                            GError  **error)
{
  return sm_rules_run_sync (rules, make_company_scope, &organisation_id, error);
}

static gpointer
list_users (SmReader      *reader,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GPtrArray) users = sm_user_table_list (sm_service_db_get_connection (reader->db),
                                                    error);
  GPtrArray *infos;

  if (users == NULL)
    return NULL;
  infos = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_user_info_free);
  for (guint i = 0; i < users->len; i++)
    {
      const SmUserRecord *user = users->pdata[i];
      SmUserInfo *info = g_new (SmUserInfo, 1);

      *info = (SmUserInfo){ user->id, g_strdup (user->name), g_strdup (user->display_name),
                            g_strdup (user->role), g_strdup (user->scope_kind),
                            user->password_hash != NULL, user->organisation_id };
      g_ptr_array_add (infos, info);
    }
  return infos;
}

/** sm_users_list: Returns: (transfer full) (nullable): every person (SmUserInfo) */
GPtrArray *
sm_users_list (SmRules  *rules,
               GError  **error)
{
  return sm_rules_read_sync (rules, list_users, NULL, error);
}

/**
 * sm_gateways_add:
 * @scope: (nullable): whose vehicles and stations it reports for; all when NULL
 *
 * Returns: (transfer full) (nullable): its token, which cannot be read again
 */
char *
sm_gateways_add (SmRules        *rules,
                 SmActor        *actor,
                 const char     *name,
                 const SmScope  *scope,
                 GError        **error)
{
  g_autofree char *token = sm_random_token ();
  g_autoptr (SmScope) all = sm_scope_new (SM_SCOPE_ALL, NULL, 0);
  g_autoptr (SmGatewayRecord) gateway = g_new0 (SmGatewayRecord, 1);
  Job job = { actor, NULL, gateway, FALSE, "gateway.manage" };

  if (!check_name (name, error))
    return NULL;
  gateway->name = g_strdup (name);
  gateway->token_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  gateway->scope_kind = g_strdup (sm_scope_kind_name (scope != NULL ? scope->kind : SM_SCOPE_ALL));
  gateway->scope_ids = sm_scope_ids_to_text (scope != NULL ? scope : all);
  return sm_rules_do_sync (rules, run_job, &job, error) ? g_steal_pointer (&token) : NULL;
}
