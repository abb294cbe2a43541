/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/* Who may come in: persons, their sessions, gateways.  Tokens are stored as
 * their SHA-256, passwords as crypt(5) has them. */

/** SmUserRecord: one person. */
typedef struct
{
  gint64 id;
  char *name;
  char *display_name;
  char *role;
  char *scope_kind;
  char *scope_ids;
  char *password_hash; /* (nullable) */
  gint64 access_rev;
  gint64 organisation_id; /* of whose people they are; 0: nobody's */
} SmUserRecord;

/** SmSessionRecord: one sign-in, with the tokens that it has now. */
typedef struct
{
  char *family_hash;
  char *refresh_hash;
  char *previous_hash; /* (nullable): the refresh token before this one */
  char *token_hash;
  gboolean is_used;    /* somebody has come with one of the two tokens */
  gint64 user_id;
  gint64 expires_at;
  gint64 refresh_expires_at;
} SmSessionRecord;

/** SmGatewayRecord: one device that reports. */
typedef struct
{
  gint64 id;
  char *name;
  char *token_hash;
  char *scope_kind;
  char *scope_ids;
} SmGatewayRecord;

void       sm_user_record_free     (SmUserRecord           *self);
void       sm_session_record_free  (SmSessionRecord        *self);
void       sm_gateway_record_free  (SmGatewayRecord        *self);

GPtrArray *sm_user_table_list      (SmConnection           *connection,
                                    GError                **error);
gboolean   sm_user_table_add       (SmConnection           *connection,
                                    const SmUserRecord     *user,
                                    gint64                  created_at,
                                    gint64                 *out_id,
                                    GError                **error);
gboolean   sm_user_table_update    (SmConnection           *connection,
                                    const SmUserRecord     *user,
                                    GError                **error);
GPtrArray *sm_session_table_list   (SmConnection           *connection,
                                    GError                **error);
gboolean   sm_session_table_put    (SmConnection           *connection,
                                    const SmSessionRecord  *session,
                                    GError                **error);
gboolean   sm_session_table_use    (SmConnection           *connection,
                                    const char             *token_hash,
                                    GError                **error);
gboolean   sm_session_table_remove (SmConnection           *connection,
                                    const char             *family_hash,
                                    GError                **error);
gboolean   sm_session_table_remove_user (SmConnection      *connection,
                                    gint64                  user_id,
                                    GError                **error);
gboolean   sm_session_table_prune  (SmConnection           *connection,
                                    gint64                  expired_before,
                                    GError                **error);
GPtrArray *sm_gateway_table_list   (SmConnection           *connection,
                                    GError                **error);
gboolean   sm_gateway_table_add    (SmConnection           *connection,
                                    const SmGatewayRecord  *gateway,
                                    gint64                  created_at,
                                    gint64                 *out_id,
                                    GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmUserRecord, sm_user_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSessionRecord, sm_session_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmGatewayRecord, sm_gateway_record_free)

G_END_DECLS
