/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmAuth:
 *
 * The tokens of who is signed in, shared by the clients of one service.  They
 * live in memory, and where a keeper puts them: never in a file, a log line or
 * an argument.  Reference counted; any thread.
 */
typedef struct _SmAuth SmAuth;

/** SmAuthKeepFunc: Is handed each new refresh token before anybody uses it; may take its time. */
typedef void (*SmAuthKeepFunc) (const char *refresh_token,
                                gpointer    user_data);

SmAuth  *sm_auth_new               (void);
SmAuth  *sm_auth_ref               (SmAuth      *self);
void     sm_auth_unref             (SmAuth      *self);

void     sm_auth_set               (SmAuth      *self,
                                    const char  *token,
                                    const char  *refresh_token);
void     sm_auth_set_keeper        (SmAuth         *self,
                                    SmAuthKeepFunc  keep,
                                    gpointer        user_data);
void     sm_auth_clear             (SmAuth      *self);
gboolean sm_auth_is_signed_in      (SmAuth      *self);
char    *sm_auth_dup_token         (SmAuth      *self);
char    *sm_auth_begin_refresh     (SmAuth      *self,
                                    const char  *used_token);
void     sm_auth_end_refresh       (SmAuth      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAuth, sm_auth_unref)

G_END_DECLS
