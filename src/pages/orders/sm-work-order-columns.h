/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-table.h"

G_BEGIN_DECLS

/* What lists of work orders show; the data of their tables is the SmOps. */

extern const SmTableColumn sm_work_order_columns[];
extern const guint sm_n_work_order_columns;
extern const SmTableColumn sm_work_order_history_columns[];
extern const guint sm_n_work_order_history_columns;

G_END_DECLS
