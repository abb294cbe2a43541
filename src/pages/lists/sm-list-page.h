/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-list-view.h"
#include "sm-page.h"

G_BEGIN_DECLS

/**
 * SmListPage:
 *
 * A page of tables of what belongs together, one at a time: vehicles and their
 * driving events, stations and their piles.  Its links are those of its views.
 */
#define SM_TYPE_LIST_PAGE (sm_list_page_get_type ())
G_DECLARE_FINAL_TYPE (SmListPage, sm_list_page, SM, LIST_PAGE, SmPage)

GtkWidget  *sm_list_page_new      (SmOps                   *ops,
                                   SmViewState             *state,
                                   const char              *title,
                                   const SmListSpec *const *specs);
gboolean    sm_list_page_has_view (SmListPage              *self,
                                   const char              *name);
SmListView *sm_list_page_get_view (SmListPage              *self);
void        sm_list_page_list_keys (GArray *list);

G_END_DECLS
