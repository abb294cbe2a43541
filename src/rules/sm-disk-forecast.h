/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-disk-use.h"

G_BEGIN_DECLS

/** SmDiskLine: one table of one of the service's files, now and later. */
typedef struct
{
  const char *file; /* behind the name of the database: "", "-live", "-telemetry", "-photos" */
  char *table;
  SmDiskUse use;
  gboolean grows;      /* by itself; else with what is registered */
  gint64 keep_us;      /* how long a row is kept; 0: for good */
  gint64 bytes_later;
} SmDiskLine;

gboolean   sm_disk_forecast_knows (const char  *file,
                                   const char  *table);
gint64     sm_disk_forecast_bytes (const SmDiskLine *line,
                                   gint64       days);
GPtrArray *sm_disk_forecast_read  (const char  *path,
                                   gint64       days,
                                   GError     **error);

G_END_DECLS
