/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-windows.h"

#include "sm-json-writer.h"
#include "sm-paths.h"
#include "sm-row-codec.h"
#include "sm-sync-private.h"
#include "sm-time.h"

/* What a person does to maintenance windows: at once, or not at all. */

static gpointer
read_window (SmResponse  *response,
             GError     **error)
{
  return sm_sync_read_row (response, SM_NOUN_MAINTENANCE_WINDOW, error);
}

/** sm_sync_plan_window_async: @plan: what is to be worked on, when, why and at which risk */
void
sm_sync_plan_window_async (SmSync              *self,
                           const SmRow         *plan,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  static const guint fields[]
      = { SM_WINDOW_SCOPE_NOUN, SM_WINDOW_SCOPE_ID, SM_WINDOW_STARTS_AT, SM_WINDOW_ENDS_AT,
          SM_WINDOW_REASON,     SM_WINDOW_RISK,     SM_WINDOW_RISK_NOTE, SM_WINDOW_SUPPRESSES };
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      sm_json_writer_name (writer, sm_row_get_noun (plan)->fields[fields[i]].name);
      sm_row_write_field (writer, plan, fields[i]);
    }
  sm_json_writer_end_object (writer);
  sm_sync_ask_other (self, "POST", g_strdup (SM_PATH_WINDOWS), sm_json_writer_end (writer),
                     read_window, (GDestroyNotify) sm_row_unref, cancellable, callback, user_data);
}

static char *
write_body (const char *verb,
            gint64      ends_at,
            const char *reason)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  if (ends_at != SM_UNKNOWN)
    {
      sm_json_writer_name (writer, "ends_at");
      sm_json_writer_time (writer, ends_at);
    }
  if (reason != NULL)
    {
      sm_json_writer_name (writer, g_str_equal (verb, "close") ? "override_reason" : "reason");
      sm_json_writer_text (writer, reason);
    }
  sm_json_writer_end_object (writer);
  return sm_json_writer_end (writer);
}

/**
 * sm_sync_do_window_async:
 * @verb: the last segment of its path, as in "approve"
 * @ends_at: of an extension; else %SM_UNKNOWN
 * @reason: (nullable)
 */
void
sm_sync_do_window_async (SmSync              *self,
                         gint64               window_id,
                         const char          *verb,
                         gint64               ends_at,
                         const char          *reason,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  sm_sync_ask_other (self, "POST",
                     g_strdup_printf (SM_PATH_WINDOWS "/%" G_GINT64_FORMAT "/%s", window_id, verb),
                     write_body (verb, ends_at, reason), read_window, (GDestroyNotify) sm_row_unref,
                     cancellable, callback, user_data);
}

/** sm_sync_window_finish: Returns: (transfer full) (nullable): the window after it */
SmRow *
sm_sync_window_finish (GAsyncResult  *result,
                       GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}
