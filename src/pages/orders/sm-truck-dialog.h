/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sm_truck_dialog_open (GtkWidget *parent,
                                 SmOps     *ops,
                                 gint64     station_id);

G_END_DECLS
