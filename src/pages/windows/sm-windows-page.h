/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-table.h"

G_BEGIN_DECLS

/**
 * SmWindowsPage:
 *
 * The maintenance windows: planned, open, overrun and over, with what a person may do
 * to the one that is chosen, or why not.
 */
#define SM_TYPE_WINDOWS_PAGE (sm_windows_page_get_type ())
G_DECLARE_FINAL_TYPE (SmWindowsPage, sm_windows_page, SM, WINDOWS_PAGE, SmPage)

#define SM_WINDOWS_LINK "maintenance_windows"

GtkWidget *sm_windows_page_new       (SmOps         *ops,
                                      SmViewState   *state,
                                      const char    *title);
SmTable   *sm_windows_page_get_table (SmWindowsPage *self);
void       sm_windows_page_list_keys (GArray        *list);

G_END_DECLS
