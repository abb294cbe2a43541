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

/** SmWorkRefusal: Somebody who said no to an order that is not over. */
typedef struct
{
  gint64 work_order_id;
  char *person;
} SmWorkRefusal;

GArray *sm_work_times_read    (SmConnection  *connection,
                               gint64         since,
                               guint          limit,
                               GError       **error);
GArray *sm_work_refusals_read (SmConnection  *connection,
                               guint          limit,
                               GError       **error);

G_END_DECLS
