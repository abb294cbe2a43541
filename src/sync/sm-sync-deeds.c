/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-deeds.h"

#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-sync-private.h"

/* What a person does about an alarm besides the alarm itself. */

static gpointer
read_battery (SmResponse  *response,
              GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_BATTERY, error);
}

/** sm_sync_set_apart_async: Has a pack kept apart, or ends that. */
void
sm_sync_set_apart_async (SmSync              *self,
                         gint64               battery_id,
                         gboolean             is_apart,
                         const char          *reason,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  sm_json_writer_name (writer, "reason");
  sm_json_writer_text (writer, reason);
  sm_json_writer_end_object (writer);
  sm_sync_ask_other (self, "POST",
                     g_strdup_printf (SM_PATH_BATTERIES "/%" G_GINT64_FORMAT "/%s", battery_id,
                                      is_apart ? "quarantine" : "release"),
                     sm_json_writer_end (writer), read_battery, (GDestroyNotify) sm_row_unref,
                     cancellable, callback, user_data);
}

/** sm_sync_set_apart_finish: Returns: (transfer full) (nullable): the record of the pack after it */
SmRow *
sm_sync_set_apart_finish (GAsyncResult  *result,
                          GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
