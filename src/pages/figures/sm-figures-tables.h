/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-figures-words.h"
#include "sm-table.h"

G_BEGIN_DECLS

/**
 * SmFiguresTables:
 *
 * The areas, and the alarms that stand out, one list at a time; each is a table
 * that can be ordered and exported.
 *
 * Signal "opened" (char *link): a row was activated.
 */
#define SM_TYPE_FIGURES_TABLES (sm_figures_tables_get_type ())
G_DECLARE_FINAL_TYPE (SmFiguresTables, sm_figures_tables, SM, FIGURES_TABLES, GtkWidget)

GtkWidget *sm_figures_tables_new  (SmOps                *ops,
                                   SmViewState          *state);
void       sm_figures_tables_show (SmFiguresTables      *self,
                                   const SmAlarmFigures *figures);
SmTable   *sm_figures_tables_get  (SmFiguresTables      *self,
                                   const char           *name);

G_END_DECLS
