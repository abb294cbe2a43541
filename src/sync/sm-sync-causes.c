/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-causes-codec.h"
#include "sm-paths.h"
#include "sm-sync-ask.h"
#include "sm-sync-private.h"

/* What may be behind an alarm: the service weighs it anew each time. */

static gpointer
read_diagnosis (SmResponse  *response,
                GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);

  return sm_causes_read (reader, error);
}

/** sm_sync_ask_diagnosis_async: Asks what may be behind an alarm, as far as is known now. */
void
sm_sync_ask_diagnosis_async (SmSync              *self,
                             gint64               alarm_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_ALARMS "/%" G_GINT64_FORMAT "/diagnosis", alarm_id),
                     NULL, read_diagnosis, (GDestroyNotify) g_ptr_array_unref, cancellable,
                     callback, user_data);
}

/** sm_sync_ask_diagnosis_finish: Returns: (transfer full) (nullable): of SmCauseFound, likeliest first */
GPtrArray *
sm_sync_ask_diagnosis_finish (GAsyncResult  *result,
                              GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
