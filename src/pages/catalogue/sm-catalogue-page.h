/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-table.h"

G_BEGIN_DECLS

/**
 * SmCataloguePage:
 *
 * Every fault that there is a code for: how bad it is here, what follows, what it
 * mostly comes from, what to do, and who changed that.
 */
#define SM_TYPE_CATALOGUE_PAGE (sm_catalogue_page_get_type ())
G_DECLARE_FINAL_TYPE (SmCataloguePage, sm_catalogue_page, SM, CATALOGUE_PAGE, SmPage)

#define SM_CATALOGUE_LINK "fault_codes"

GtkWidget *sm_catalogue_page_new       (SmOps           *ops,
                                        SmViewState     *state,
                                        const char      *title);
SmTable   *sm_catalogue_page_get_table (SmCataloguePage *self);
void       sm_catalogue_page_list_keys (GArray          *list);

G_END_DECLS
