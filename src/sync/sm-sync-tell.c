/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-tell.h"

#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-sync-private.h"

static gpointer
read_message (SmResponse  *response,
              GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_NOTIFICATION, error);
}

/** sm_sync_test_contact_async: Has a test be sent to where somebody is reached by @channel. */
void
sm_sync_test_contact_async (SmSync              *self,
                            gint64               contact_id,
                            const char          *channel,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "channel");
  sm_json_writer_text (writer, channel);
  sm_json_writer_end_object (writer);
  sm_sync_ask_other (self, "POST",
                     g_strdup_printf (SM_PATH_CONTACTS "/%" G_GINT64_FORMAT "/test", contact_id),
                     sm_json_writer_end (writer), read_message, (GDestroyNotify) sm_row_unref,
                     cancellable, callback, user_data);
}

/** sm_sync_ask_message_async: Asks what became of a message. */
void
sm_sync_ask_message_async (SmSync              *self,
                           gint64               id,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  sm_sync_ask_other (self, "GET", g_strdup_printf (SM_PATH_NOTIFICATIONS "/%" G_GINT64_FORMAT, id),
                     NULL, read_message, (GDestroyNotify) sm_row_unref, cancellable, callback,
                     user_data);
}

/** sm_sync_confirm_message_async: Somebody says that it arrived. */
void
sm_sync_confirm_message_async (SmSync              *self,
                               gint64               id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  sm_sync_ask_other (self, "POST",
                     g_strdup_printf (SM_PATH_NOTIFICATIONS "/%" G_GINT64_FORMAT "/confirm", id),
                     g_strdup ("{}"), read_message, (GDestroyNotify) sm_row_unref, cancellable,
                     callback, user_data);
}

/** sm_sync_message_finish: Returns: (transfer full) (nullable): the message as it is now */
SmRow *
sm_sync_message_finish (GAsyncResult  *result,
                        GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
