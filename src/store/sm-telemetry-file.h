/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/* What things said over time: a file beside the database that may be lost.  One
 * packed blob a thing and hour, of samples, and one of quarters of an hour. */

typedef enum
{
  SM_TELEMETRY_SAMPLES,
  SM_TELEMETRY_QUARTERS,
} SmTelemetryTable;

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
gboolean      sm_telemetry_file_forget (SmConnection    *connection,
                                       gint64            noun,
                                       gint64            above_id,
                                       GError          **error);

G_END_DECLS
