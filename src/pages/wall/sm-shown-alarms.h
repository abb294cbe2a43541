/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkFilterListModel *sm_shown_alarms_new     (SmOps              *ops);
void                sm_shown_alarms_refresh (GtkFilterListModel *shown);
void                sm_shown_alarms_follow  (GtkFilterListModel *shown,
                                             SmOps              *ops);

G_END_DECLS
