/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"
#include "sm-view-state.h"

G_BEGIN_DECLS

/**
 * SmPapersPage:
 *
 * Rounds through stations by the six S, safety incidents, the certificates of engineers,
 * contacts, problems and complaints: each as a table, and below it the one that is chosen with
 * what may be done to it.  Links: stationmaster:inspections, stationmaster:safety_incidents,
 * stationmaster:certificates and so on; stationmaster:complaints?about=NUMBER asks for one
 * about that work order.
 *
 * Actions, each with its key: papers.add (Control+N), papers.fill (E), papers.close (C),
 * papers.call-off (Delete), papers.find (Control+F).
 */
#define SM_TYPE_PAPERS_PAGE (sm_papers_page_get_type ())
G_DECLARE_FINAL_TYPE (SmPapersPage, sm_papers_page, SM, PAPERS_PAGE, SmPage)

#define SM_PAPERS_PAGE_NAME "inspections"

GtkWidget *sm_papers_page_new       (SmOps        *ops,
                                     SmViewState  *state,
                                     const char   *title);
gboolean   sm_papers_page_has_view  (const char   *name);
void       sm_papers_page_list_keys (GArray       *list);

G_END_DECLS
