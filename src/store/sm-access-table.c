/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-access-table.h"

#include "sm-bound.h"

void
sm_user_record_free (SmUserRecord *self)
{
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->role);
  g_free (self->scope_kind);
  g_free (self->scope_ids);
  g_free (self->password_hash);
  g_free (self);
}

void
sm_session_record_free (SmSessionRecord *self)
{
  g_free (self->family_hash);
  g_free (self->refresh_hash);
  g_free (self->previous_hash);
  g_free (self->token_hash);
  g_free (self);
}

void
sm_gateway_record_free (SmGatewayRecord *self)
{
  g_free (self->name);
  g_free (self->token_hash);
  g_free (self->scope_kind);
  g_free (self->scope_ids);
  g_free (self);
}

typedef gpointer (*ReadFunc) (SmStatement *statement);

/* These tables are small and read whole, into memory: no LIMIT. */
static GPtrArray *
list_all (SmConnection    *connection,
          const char      *sql,
          ReadFunc         read,
          GDestroyNotify   record_free,
          GError         **error)
{
  g_autoptr (SmStatement) statement = sm_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (record_free);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  while (sm_statement_step (statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&records);
      g_ptr_array_add (records, read (statement));
    }
  return NULL;
}

static gpointer
read_user (SmStatement *statement)
{
  SmUserRecord *user = g_new0 (SmUserRecord, 1);

  user->id = sm_statement_get_int (statement, 0);
  user->name = g_strdup (sm_statement_get_text (statement, 1));
  user->display_name = g_strdup (sm_statement_get_text (statement, 2));
  user->role = g_strdup (sm_statement_get_text (statement, 3));
  user->scope_kind = g_strdup (sm_statement_get_text (statement, 4));
  user->scope_ids = g_strdup (sm_statement_get_text (statement, 5));
  user->password_hash = g_strdup (sm_statement_get_text (statement, 6));
  user->access_rev = sm_statement_get_int (statement, 7);
  user->organisation_id = MAX (sm_statement_get_int (statement, 8), 0);
  return user;
}

/** sm_user_table_list: Returns: (transfer full) (nullable): every person (SmUserRecord) */
GPtrArray *
sm_user_table_list (SmConnection  *connection,
                    GError       **error)
{
  return list_all (connection,
                   "SELECT id, name, display_name, role, scope_kind, scope_ids, password_hash, "
                   "access_rev, organisation_id FROM user ORDER BY id",
                   read_user, (GDestroyNotify) sm_user_record_free, error);
}

gboolean
sm_user_table_add (SmConnection        *connection,
                   const SmUserRecord  *user,
                   gint64               created_at,
                   gint64              *out_id,
                   GError             **error)
{
  if (!sm_bound_run (connection, error,
                     "INSERT INTO user (name, display_name, role, scope_kind, scope_ids, "
                     "password_hash, access_rev, created_at, organisation_id) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0))",
                     "ttttttiii", user->name, user->display_name, user->role, user->scope_kind,
                     user->scope_ids, user->password_hash, user->access_rev, created_at,
                     user->organisation_id))
    return FALSE;
  *out_id = sm_connection_last_id (connection);
  return TRUE;
}

/** sm_user_table_update: Writes all that may change of a person: not the name. */
gboolean
sm_user_table_update (SmConnection        *connection,
                      const SmUserRecord  *user,
                      GError             **error)
{
  return sm_bound_run (connection, error,
                       "UPDATE user SET display_name = ?, role = ?, scope_kind = ?, "
                       "scope_ids = ?, password_hash = ?, access_rev = ?, "
                       "organisation_id = nullif (?, 0) WHERE id = ?",
                       "tttttiii", user->display_name, user->role, user->scope_kind,
                       user->scope_ids, user->password_hash, user->access_rev,
                       user->organisation_id, user->id);
}

static gpointer
read_session (SmStatement *statement)
{
  SmSessionRecord *session = g_new0 (SmSessionRecord, 1);

  session->family_hash = g_strdup (sm_statement_get_text (statement, 0));
  session->refresh_hash = g_strdup (sm_statement_get_text (statement, 1));
  session->previous_hash = g_strdup (sm_statement_get_text (statement, 2));
  session->token_hash = g_strdup (sm_statement_get_text (statement, 3));
  session->is_used = sm_statement_get_int (statement, 4) != 0;
  session->user_id = sm_statement_get_int (statement, 5);
  session->expires_at = sm_statement_get_int (statement, 6);
  session->refresh_expires_at = sm_statement_get_int (statement, 7);
  return session;
}

/** sm_session_table_list: Returns: (transfer full) (nullable): every SmSessionRecord */
GPtrArray *
sm_session_table_list (SmConnection  *connection,
                       GError       **error)
{
  return list_all (connection,
                   "SELECT family_hash, refresh_hash, previous_hash, token_hash, is_used, user_id, "
                   "expires_at, refresh_expires_at FROM session ORDER BY family_hash",
                   read_session, (GDestroyNotify) sm_session_record_free, error);
}

/** sm_session_table_put: Adds a sign-in, or gives it its next tokens. */
gboolean
sm_session_table_put (SmConnection           *connection,
                      const SmSessionRecord  *session,
                      GError                **error)
{
  return sm_bound_run (connection, error,
                       "INSERT OR REPLACE INTO session (family_hash, refresh_hash, previous_hash, "
                       "token_hash, is_used, user_id, expires_at, refresh_expires_at) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                       "ttttiiii", session->family_hash, session->refresh_hash,
                       session->previous_hash, session->token_hash, (gint64) session->is_used,
                       session->user_id, session->expires_at, session->refresh_expires_at);
}

/** sm_session_table_use: Notes that somebody has come with that token. */
gboolean
sm_session_table_use (SmConnection  *connection,
                      const char    *token_hash,
                      GError       **error)
{
  return sm_bound_run (connection, error, "UPDATE session SET is_used = 1 WHERE token_hash = ?",
                       "t", token_hash);
}

gboolean
sm_session_table_remove (SmConnection  *connection,
                         const char    *family_hash,
                         GError       **error)
{
  return sm_bound_run (connection, error, "DELETE FROM session WHERE family_hash = ?", "t",
                       family_hash);
}

/** sm_session_table_remove_user: Signs a person out everywhere. */
gboolean
sm_session_table_remove_user (SmConnection  *connection,
                              gint64         user_id,
                              GError       **error)
{
  return sm_bound_run (connection, error, "DELETE FROM session WHERE user_id = ?", "i", user_id);
}

gboolean
sm_session_table_prune (SmConnection  *connection,
                        gint64         expired_before,
                        GError       **error)
{
  return sm_bound_run (connection, error, "DELETE FROM session WHERE refresh_expires_at < ?", "i",
                       expired_before);
}

static gpointer
read_gateway (SmStatement *statement)
{
  SmGatewayRecord *gateway = g_new0 (SmGatewayRecord, 1);

  gateway->id = sm_statement_get_int (statement, 0);
  gateway->name = g_strdup (sm_statement_get_text (statement, 1));
  gateway->token_hash = g_strdup (sm_statement_get_text (statement, 2));
  gateway->scope_kind = g_strdup (sm_statement_get_text (statement, 3));
  gateway->scope_ids = g_strdup (sm_statement_get_text (statement, 4));
  return gateway;
}

/** sm_gateway_table_list: Returns: (transfer full) (nullable): every SmGatewayRecord */
GPtrArray *
sm_gateway_table_list (SmConnection  *connection,
                       GError       **error)
{
  return list_all (connection,
                   "SELECT id, name, token_hash, scope_kind, scope_ids FROM gateway ORDER BY id",
                   read_gateway, (GDestroyNotify) sm_gateway_record_free, error);
}

gboolean
sm_gateway_table_add (SmConnection           *connection,
                      const SmGatewayRecord  *gateway,
                      gint64                  created_at,
                      gint64                 *out_id,
                      GError                **error)
{
  if (!sm_bound_run (connection, error,
                     "INSERT INTO gateway (name, token_hash, scope_kind, scope_ids, created_at) "
                     "VALUES (?, ?, ?, ?, ?)",
                     "tttti", gateway->name, gateway->token_hash, gateway->scope_kind,
                     gateway->scope_ids, created_at))
    return FALSE;
  *out_id = sm_connection_last_id (connection);
  return TRUE;
}
