/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SmGuard:
 *
 * Keeps connections from costing more than they are worth.  A request that has
 * not arrived whole by its deadline, however slowly it drips, ends with its
 * connection; so does a connection on which nothing is asked, and an answer
 * that nobody takes.  SoupServer itself has no deadlines at all.
 */
typedef struct _SmGuard SmGuard;

SmGuard *sm_guard_new       (SoupServer        *server,
                             guint              request_ms,
                             guint              idle_ms,
                             guint              max_connections);
void     sm_guard_free      (SmGuard           *self);
guint    sm_guard_get_open  (SmGuard           *self);
guint64  sm_guard_get_cut   (SmGuard           *self);
void     sm_guard_give_time (SmGuard           *self,
                             SoupServerMessage *message,
                             guint              times);
void     sm_guard_answering (SmGuard           *self,
                             SoupServerMessage *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmGuard, sm_guard_free)

G_END_DECLS
