/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SM_RESOURCE_PATH "/io/github/stationmaster/Stationmaster/"

void     sm_style_init         (void);
void     sm_style_use_fonts    (GtkSettings *settings,
                                const char  *language);
void     sm_style_set_scale    (GtkSettings *settings,
                                double       scale);
void     sm_style_set_class    (GtkWidget   *widget,
                                const char  *name,
                                gboolean     is_set);

void sm_style_name_row    (GtkWidget   *row,
                           const char  *name);

void sm_style_set_tooltip (GtkWidget   *widget,
                           const char  *text);

double sm_style_scale_for_distance (double distance_m,
                                    double mm_per_pixel);

G_END_DECLS
