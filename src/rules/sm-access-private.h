/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-access-table.h"
#include "sm-actor.h"

G_BEGIN_DECLS

/**
 * SmAccess:
 *
 * Who may come in, in memory: tokens by their hashes, persons by their names,
 * and how often somebody has tried a wrong password.  Any thread.
 */
typedef struct _SmAccess SmAccess;

SmAccess     *sm_access_new          (void);
void          sm_access_free         (SmAccess              *self);
gboolean      sm_access_load         (SmAccess              *self,
                                      SmConnection          *connection,
                                      GError               **error);

SmActor      *sm_access_find_token   (SmAccess              *self,
                                      const char            *token_hash,
                                      gint64                 machine_now,
                                      gboolean              *out_is_first);
SmUserRecord *sm_access_dup_user     (SmAccess              *self,
                                      const char            *name);
SmActor      *sm_access_dup_actor    (SmAccess              *self,
                                      gint64                 user_id);
SmSessionRecord *sm_access_dup_session (SmAccess            *self,
                                      const char            *token_hash);
SmSessionRecord *sm_access_dup_family (SmAccess             *self,
                                      const char            *family_hash);
void          sm_access_put_session  (SmAccess              *self,
                                      const SmSessionRecord *session);
void          sm_access_remove_family (SmAccess             *self,
                                      const char            *family_hash);
guint         sm_access_get_ended    (SmAccess              *self);

gboolean      sm_access_begin_attempt (SmAccess             *self,
                                      const char            *name,
                                      gint64                 machine_now,
                                      GError               **error);
void          sm_access_end_attempt  (SmAccess              *self,
                                      const char            *name);

/* What crypt(5) makes of yescrypt with the parameters of today. */
#define SM_PASSWORD_SETTING "$y$j9T$"

char         *sm_password_hash       (const char            *password);
gboolean      sm_password_verify     (const char            *password,
                                      const char            *hash);
guint         sm_password_count      (void);

G_END_DECLS
