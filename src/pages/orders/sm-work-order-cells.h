/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-table.h"

G_BEGIN_DECLS

/* What stands in the cells of every table of work orders; its data is the SmOps. */

char *sm_work_order_title_text (const SmTableColumn *column,
                                SmItem              *item,
                                gpointer             ops);
char *sm_work_order_place_text (const SmTableColumn *column,
                                SmItem              *item,
                                gpointer             ops);
char *sm_work_order_who_text   (const SmTableColumn *column,
                                SmItem              *item,
                                gpointer             ops);

G_END_DECLS
