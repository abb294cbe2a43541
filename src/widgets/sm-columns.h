/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmColumns:
 *
 * Three columns side by side, the outer ones a share of the width but never
 * less than they need, the middle one what is left.
 *
 * Properties: start, center, end (GtkWidget); is-tight (whether, on a wall, there
 * is room for what is wrong and for nothing beside it; read-only, notified).
 */
#define SM_TYPE_COLUMNS (sm_columns_get_type ())
G_DECLARE_FINAL_TYPE (SmColumns, sm_columns, SM, COLUMNS, GtkWidget)

GtkWidget *sm_columns_new      (void);
void       sm_columns_set_fits (SmColumns *self,
                                gboolean   fits);

G_END_DECLS
