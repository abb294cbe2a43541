/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmLock:
 *
 * A file that one process at a time holds, on this machine.  The system lets
 * go of it when the process ends, however it ends, so that nobody is locked
 * out by one that was killed.
 */
typedef struct _SmLock SmLock;

SmLock *sm_lock_take (const char  *path,
                      GError     **error);
void    sm_lock_drop (SmLock      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmLock, sm_lock_drop)

G_END_DECLS
