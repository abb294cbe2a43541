/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-work-limits.h"

#include "sm-paths.h"
#include "sm-sync-private.h"
#include "sm-time.h"
#include "sm-work-limits-codec.h"

static gpointer
read_limits (SmResponse  *response,
             GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autofree SmWorkLimits *limits = g_new0 (SmWorkLimits, 1);

  return sm_work_limits_read (reader, limits, error) ? g_steal_pointer (&limits) : NULL;
}

/**
 * sm_sync_work_limits_async:
 * @changes: (nullable): what is to be otherwise, and which state of them was seen; they are only
 *   asked for
 */
void
sm_sync_work_limits_async (SmSync              *self,
                           const SmWorkLimits  *changes,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (SmJsonWriter) writer = NULL;
  SmWorkLimits said;

  if (changes == NULL)
    {
      sm_sync_ask_other (self, "GET", g_strdup (SM_PATH_WORK_ORDER_LIMITS), NULL, read_limits,
                         g_free, cancellable, callback, user_data);
      return;
    }
  writer = sm_json_writer_new ();
  said = *changes;
  said.rev = SM_UNKNOWN;
  sm_work_limits_write (writer, &said);
  sm_sync_ask_change (self, g_strdup (SM_PATH_WORK_ORDER_LIMITS), sm_json_writer_end (writer),
                      changes->rev, read_limits, g_free, cancellable, callback, user_data);
}

/** sm_sync_work_limits_finish: Returns: (transfer full) (nullable): as they are then */
SmWorkLimits *
sm_sync_work_limits_finish (GAsyncResult  *result,
                            GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
