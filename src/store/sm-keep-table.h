/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/* What is over, and has been kept for as long as it has to be. */

GPtrArray *sm_keep_table_list  (SmConnection  *connection,
                                SmNounId       noun,
                                gint64         before,
                                guint          limit,
                                GError       **error);
gboolean   sm_keep_table_prune (SmConnection  *connection,
                                gint64         before,
                                guint          limit,
                                GError       **error);
gboolean   sm_keep_table_forget_work (SmConnection  *connection,
                                      gint64         work_order_id,
                                      GError       **error);

G_END_DECLS
