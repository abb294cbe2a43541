/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/** SmDiskMoment: what a table has its times in. */
typedef enum
{
  SM_DISK_MICROSECONDS,
  SM_DISK_HOURS,
  SM_DISK_DAYS,  /* 20261122 */
  SM_DISK_MONTHS /* 202611 */
} SmDiskMoment;

/** SmDiskUse: what a table takes, with its indices, and how fast rows were added last. */
typedef struct
{
  gint64 rows;
  gint64 bytes;
  double rows_a_day; /* over the last seven days that it knows of */
} SmDiskUse;

GStrv    sm_disk_use_list (SmConnection  *connection,
                           GError       **error);
gboolean sm_disk_use_read (SmConnection  *connection,
                           const char    *table,
                           const char    *column,
                           SmDiskMoment   moment,
                           SmDiskUse     *out_use,
                           GError       **error);

G_END_DECLS
