/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/* What things said over time: a file beside the database that may be lost.  One
 * packed blob a thing and hour, of samples, and one of quarters of an hour.  And what
 * alarms were before each of their changes, in the life (epoch) of one database. */

typedef enum
{
  SM_TELEMETRY_SAMPLES,
  SM_TELEMETRY_QUARTERS,
} SmTelemetryTable;

/** SmWasFunc: What an alarm was until @at. */
typedef void (*SmWasFunc) (gint64        at,
                           gconstpointer data,
                           gsize         length,
                           gpointer      user_data);

SmConnection *sm_telemetry_file_open  (const char       *path,
                                       GError          **error);
gboolean      sm_telemetry_file_add   (SmConnection     *connection,
                                       SmTelemetryTable  table,
                                       gint64            noun,
                                       gint64            id,
                                       gint64            hour,
                                       gconstpointer     data,
                                       gsize             length,
                                       GError          **error);
GPtrArray    *sm_telemetry_file_read  (SmConnection     *connection,
                                       SmTelemetryTable  table,
                                       gint64            noun,
                                       gint64            id,
                                       gint64            from_hour,
                                       gint64            to_hour,
                                       GError          **error);
gboolean      sm_telemetry_file_prune (SmConnection     *connection,
                                       SmTelemetryTable  table,
                                       gint64            before_hour,
                                       GError          **error);
gboolean      sm_telemetry_file_add_was (SmConnection   *connection,
                                       const char       *epoch,
                                       gint64            alarm_id,
                                       gint64            at,
                                       GBytes           *was,
                                       GError          **error);
gboolean      sm_telemetry_file_each_was (SmConnection  *connection,
                                       const char       *epoch,
                                       gint64            alarm_id,
                                       SmWasFunc         func,
                                       gpointer          user_data,
                                       GError          **error);
gboolean      sm_telemetry_file_prune_was (SmConnection *connection,
                                       gint64            before,
                                       GError          **error);
gboolean      sm_telemetry_file_forget (SmConnection    *connection,
                                       gint64            noun,
                                       gint64            above_id,
                                       GError          **error);

G_END_DECLS
