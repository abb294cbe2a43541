/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-sync"
#include "config.h"

#include "sm-sync-figures.h"

#include "sm-alarm-figures-codec.h"
#include "sm-paths.h"
#include "sm-sync-private.h"
#include "sm-time.h"
#include "sm-work-figures-codec.h"

#include <math.h>

static gpointer
read_figures (SmResponse  *response,
              GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);

  return sm_alarm_figures_read (reader, error);
}

/** sm_sync_ask_figures_async: @area_id: 0: of all that may be seen */
void
sm_sync_ask_figures_async (SmSync              *self,
                           gint64               area_id,
                           gint64               from,
                           gint64               to,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autofree char *from_text = sm_time_to_rfc3339 (from);
  g_autofree char *to_text = sm_time_to_rfc3339 (to);

  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_STATS_ALARMS "?from=%s&to=%s&area_id=%"
                                      G_GINT64_FORMAT, from_text, to_text, area_id),
                     NULL, read_figures, (GDestroyNotify) sm_alarm_figures_free, cancellable,
                     callback, user_data);
}

/** sm_sync_ask_figures_finish: Returns: (transfer full) (nullable) */
SmAlarmFigures *
sm_sync_ask_figures_finish (GAsyncResult  *result,
                            GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

static gpointer
read_work_figures (SmResponse  *response,
                   GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);

  return sm_work_figures_read (reader, error);
}

/** sm_sync_ask_work_figures_async: Of all work orders that may be seen. */
void
sm_sync_ask_work_figures_async (SmSync              *self,
                                gint64               from,
                                gint64               to,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autofree char *from_text = sm_time_to_rfc3339 (from);
  g_autofree char *to_text = sm_time_to_rfc3339 (to);

  sm_sync_ask_other (self, "GET",
                     g_strdup_printf (SM_PATH_STATS_WORK_ORDERS "?from=%s&to=%s", from_text, to_text),
                     NULL, read_work_figures, (GDestroyNotify) sm_work_figures_free, cancellable,
                     callback, user_data);
}

/** sm_sync_ask_work_figures_finish: Returns: (transfer full) (nullable) */
SmWorkFigures *
sm_sync_ask_work_figures_finish (GAsyncResult  *result,
                                 GError       **error)
{
  return sm_sync_ask_other_finish (result, error);
}

static gpointer
read_targets (SmResponse  *response,
              GError     **error)
{
  g_autoptr (SmJsonReader) reader = sm_response_read_feed (response);
  g_autofree SmAlarmTargets *targets = g_new0 (SmAlarmTargets, 1);

  return sm_alarm_targets_read (reader, targets, error) ? g_steal_pointer (&targets) : NULL;
}

/** sm_sync_change_targets_async: @changes: those that are not NAN */
void
sm_sync_change_targets_async (SmSync                *self,
                              gint64                 rev,
                              const SmAlarmTargets  *changes,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  g_autoptr (SmJsonWriter) writer = sm_json_writer_new ();

  sm_json_writer_begin_object (writer);
  for (guint i = 0; i < sm_n_alarm_targets; i++)
    {
      double value = *(const double *) ((const char *) changes + sm_alarm_targets[i].offset);

      if (isnan (value))
        continue;
      sm_json_writer_name (writer, sm_alarm_targets[i].name);
      sm_json_writer_real (writer, value);
    }
  sm_json_writer_end_object (writer);
  sm_sync_ask_change (self, g_strdup (SM_PATH_ALARM_TARGETS), sm_json_writer_end (writer), rev,
                      read_targets, g_free, cancellable, callback, user_data);
}

gboolean
sm_sync_change_targets_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_autofree SmAlarmTargets *targets = sm_sync_ask_other_finish (result, error);

  return targets != NULL;
}
