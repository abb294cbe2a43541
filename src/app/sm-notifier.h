/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/** SmNotifierSend: shows @notification on the desktop, in the place of the last with that @id. */
typedef void (*SmNotifierSend) (const char    *id,
                                GNotification *notification,
                                const char    *title,
                                gpointer       user_data);

/**
 * SmNotifier:
 *
 * Says on the desktop, for who does not look at the window, that an alarm of level 1 or 2
 * was raised, and that a work order was escalated to who is signed in; each once.
 */
typedef struct _SmNotifier SmNotifier;

SmNotifier *sm_notifier_new  (SmOps          *ops,
                              GSettings      *settings,
                              SmNotifierSend  send,
                              gpointer        user_data);
void        sm_notifier_free (SmNotifier     *self);
void        sm_notifier_look (SmNotifier     *self);
void        sm_notifier_send_to_desktop (const char    *id,
                                         GNotification *notification,
                                         const char    *title,
                                         gpointer       user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmNotifier, sm_notifier_free)

G_END_DECLS
