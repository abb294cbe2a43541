/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmWallAccount:
 *
 * A wall's own account: nobody is there to type, so it signs in by itself, at
 * the start and whenever it was signed out, and tries again until it works.
 */
typedef struct _SmWallAccount SmWallAccount;

/* The next attempt after one that failed, and the longest wait for one. */
#define SM_WALL_SIGN_IN_US (G_GINT64_CONSTANT (5) * G_USEC_PER_SEC)
#define SM_WALL_SIGN_IN_LONGEST_US (G_GINT64_CONSTANT (300) * G_USEC_PER_SEC)

SmWallAccount *sm_wall_account_new     (const char    *user,
                                        const char    *password);
void           sm_wall_account_free    (SmWallAccount *self);
void           sm_wall_account_set_ops (SmWallAccount *self,
                                        SmOps         *ops);
void           sm_wall_account_tick    (SmWallAccount *self,
                                        gint64         now_us);
gint64         sm_wall_account_wait_us (guint          n_failed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWallAccount, sm_wall_account_free)

G_END_DECLS
