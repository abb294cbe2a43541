/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-sync.h"

G_BEGIN_DECLS

/* Messages that somebody wants to see arrive: each ends with the message as it is then. */
void   sm_sync_test_contact_async    (SmSync              *self,
                                      gint64               contact_id,
                                      const char          *channel,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void   sm_sync_ask_message_async     (SmSync              *self,
                                      gint64               id,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void   sm_sync_confirm_message_async (SmSync              *self,
                                      gint64               id,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
SmRow *sm_sync_message_finish        (GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
