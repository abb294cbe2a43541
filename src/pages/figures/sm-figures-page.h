/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-figures-tables.h"
#include "sm-page.h"

G_BEGIN_DECLS

/**
 * SmFiguresPage:
 *
 * How many alarms the people at a desk are given: every figure beside its
 * target, the alarms of each 10 minutes as a chart that can be asked, and as
 * tables who and what they come from.  Of a time that ends now: while it is shown
 * they are asked for again by themselves, and as soon as somebody wants it.
 *
 * Actions: figures.refresh (F5), figures.report (Ctrl+P), figures.targets.
 */
#define SM_TYPE_FIGURES_PAGE (sm_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (SmFiguresPage, sm_figures_page, SM, FIGURES_PAGE, SmPage)

GtkWidget            *sm_figures_page_new         (SmOps         *ops,
                                                   SmViewState   *state,
                                                   const char    *title);
const SmAlarmFigures *sm_figures_page_get_figures (SmFiguresPage *self);
void                  sm_figures_page_set_period  (SmFiguresPage *self,
                                                   guint          seconds);
SmFiguresTables      *sm_figures_page_get_tables  (SmFiguresPage *self);
void                  sm_figures_page_list_keys   (GArray        *list);

G_END_DECLS
