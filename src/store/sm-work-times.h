/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/** SmWorkTime: What one order that is done took, from its start, without what it was held. */
typedef struct
{
  char *code; /* (nullable) */
  double work_s;
} SmWorkTime;

GArray *sm_work_times_read (SmConnection  *connection,
                            gint64         since,
                            guint          limit,
                            GError       **error);

G_END_DECLS
