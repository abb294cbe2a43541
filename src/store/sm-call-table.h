/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-call.h"
#include "sm-connection.h"

G_BEGIN_DECLS

gboolean   sm_call_table_add  (SmConnection  *connection,
                               gint64         alarm_id,
                               gint64         received_at,
                               const SmCall  *call,
                               GError       **error);
GPtrArray *sm_call_table_list (SmConnection  *connection,
                               gint64         alarm_id,
                               guint          limit,
                               GError       **error);

G_END_DECLS
