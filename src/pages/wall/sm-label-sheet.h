/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/* The labels of a station and its piles, to be printed and stuck on: who scans one
 * may report a fault. */
void sm_label_sheet_ask (GtkWidget   *over,
                         SmOps       *ops,
                         const SmRow *station);

G_END_DECLS
