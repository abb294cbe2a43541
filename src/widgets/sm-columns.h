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
 * Properties: start, center, end (GtkWidget).
 */
#define SM_TYPE_COLUMNS (sm_columns_get_type ())
G_DECLARE_FINAL_TYPE (SmColumns, sm_columns, SM, COLUMNS, GtkWidget)

GtkWidget *sm_columns_new (void);

G_END_DECLS
