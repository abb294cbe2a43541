/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

G_BEGIN_DECLS

GtkWidget *sm_map_legend_new_scale       (ShumateViewport *viewport);
GtkWidget *sm_map_legend_new_attribution (void);

G_END_DECLS
