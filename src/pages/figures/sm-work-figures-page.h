/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-work-figures.h"
#include "sm-page.h"
#include "sm-table.h"

G_BEGIN_DECLS

#define SM_WORK_FIGURES_LINK "work_figures"

/**
 * SmWorkFiguresPage:
 *
 * What work orders say of persons, stations, causes, companies, kinds of
 * equipment and piles, as tables.
 */
#define SM_TYPE_WORK_FIGURES_PAGE (sm_work_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (SmWorkFiguresPage, sm_work_figures_page, SM, WORK_FIGURES_PAGE, SmPage)

GtkWidget *sm_work_figures_page_new       (SmOps             *ops,
                                           SmViewState       *state,
                                           const char        *title);
void       sm_work_figures_page_show      (SmWorkFiguresPage *self,
                                           SmWorkFigures     *figures,
                                           gboolean           is_kept);
SmTable   *sm_work_figures_page_get_table (SmWorkFiguresPage *self,
                                           SmWorkFiguresBy    by);
void       sm_work_figures_page_list_keys (GArray            *list);

G_END_DECLS
