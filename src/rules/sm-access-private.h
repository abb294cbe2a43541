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
                                      gint64                 machine_now);
SmUserRecord *sm_access_dup_user     (SmAccess              *self,
                                      const char            *name);
SmActor      *sm_access_dup_actor    (SmAccess              *self,
                                      gint64                 user_id);
SmSessionRecord *sm_access_dup_session (SmAccess            *self,
                                      const char            *hash,
                                      gboolean               by_refresh);
void          sm_access_add_session  (SmAccess              *self,
                                      const SmSessionRecord *session);
void          sm_access_remove_session (SmAccess            *self,
                                      const char            *token_hash);

gboolean      sm_access_begin_attempt (SmAccess             *self,
                                      const char            *name,
                                      gint64                 machine_now,
                                      GError               **error);
void          sm_access_end_attempt  (SmAccess              *self,
                                      const char            *name);

char         *sm_password_hash       (const char            *password);
gboolean      sm_password_verify     (const char            *password,
                                      const char            *hash);

G_END_DECLS
