/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* Whether a person is reached where it is written down: now, or not at all. */

#define SM_OPS_MAY_TEST "notification.test"
#define SM_OPS_MAY_CONFIRM "notification.confirm"

void   sm_ops_test_contact_async    (SmOps               *self,
                                     gint64               contact_id,
                                     const char          *channel,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
void   sm_ops_ask_message_async     (SmOps               *self,
                                     gint64               id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
void   sm_ops_confirm_message_async (SmOps               *self,
                                     gint64               id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
SmRow *sm_ops_message_finish        (SmOps               *self,
                                     GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
