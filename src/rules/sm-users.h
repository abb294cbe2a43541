/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/* Persons and gateways.  These take their time (a password is hashed) and wait
 * for the writer: never from a main loop, never from the writer itself. */

typedef struct
{
  gint64 id;
  char *name;
  char *display_name;
  char *role;
  char *scope_kind;
  gboolean has_password;
  gint64 organisation_id; /* 0: of no company */
} SmUserInfo;

void       sm_user_info_free   (SmUserInfo      *self);

gboolean   sm_users_add        (SmRules         *rules,
                                SmActor         *actor,
                                const char      *name,
                                const char      *display_name,
                                const char      *role,
                                const SmScope   *scope,
                                const char      *password,
                                gint64          *out_id,
                                GError         **error);
gboolean   sm_users_passwd     (SmRules         *rules,
                                SmActor         *actor,
                                const char      *name,
                                const char      *password,
                                GError         **error);
gboolean   sm_users_set_access (SmRules         *rules,
                                SmActor         *actor,
                                const char      *name,
                                const char      *role,
                                const SmScope   *scope,
                                GError         **error);
SmScope   *sm_users_dup_company_scope (SmRules  *rules,
                                gint64           organisation_id,
                                GError         **error);
GPtrArray *sm_users_list       (SmRules         *rules,
                                GError         **error);
char      *sm_gateways_add     (SmRules         *rules,
                                SmActor         *actor,
                                const char      *name,
                                const SmScope   *scope,
                                GError         **error);

/** SmSession: what a sign-in gives; the two tokens exist nowhere else in clear. */
typedef struct
{
  char *token;
  char *refresh_token;
  gint64 expires_in_s;
  SmActor *actor;
} SmSession;

void       sm_session_free         (SmSession    *self);

SmSession *sm_sessions_sign_in     (SmRules      *rules,
                                    const char   *name,
                                    const char   *password,
                                    GError      **error);
SmSession *sm_sessions_sign_in_demo (SmRules     *rules,
                                    GError      **error);
SmSession *sm_sessions_refresh     (SmRules      *rules,
                                    const char   *refresh_token,
                                    GError      **error);
gboolean   sm_sessions_sign_out    (SmRules      *rules,
                                    const char   *token,
                                    GError      **error);

/* The same for a main loop: each runs in a thread of its own. */
void       sm_sessions_sign_in_async (SmRules            *rules,
                                    const char           *name,
                                    const char           *password,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
void       sm_sessions_sign_in_demo_async (SmRules       *rules,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
void       sm_sessions_refresh_async (SmRules            *rules,
                                    const char           *refresh_token,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
SmSession *sm_sessions_finish      (GAsyncResult         *result,
                                    GError              **error);
void       sm_sessions_sign_out_async (SmRules           *rules,
                                    const char           *token,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean   sm_sessions_sign_out_finish (GAsyncResult     *result,
                                    GError              **error);

SmActor   *sm_rules_authenticate   (SmRules      *rules,
                                    const char   *token,
                                    GError      **error);
guint      sm_rules_get_ended_sessions (SmRules  *rules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmUserInfo, sm_user_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSession, sm_session_free)

G_END_DECLS
