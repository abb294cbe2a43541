/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-page.h"

G_BEGIN_DECLS

/**
 * SmPendingPage:
 *
 * Pending and conflicts: every act that the service has not done, and for those
 * that it would not do what was seen, what is wanted and what is.  Works without
 * a service.
 *
 * Actions, with an act's key: pending.keep (send mine nevertheless),
 * pending.merge, pending.anew (an act of another network) and pending.drop,
 * which ask.
 */
#define SM_TYPE_PENDING_PAGE (sm_pending_page_get_type ())
G_DECLARE_FINAL_TYPE (SmPendingPage, sm_pending_page, SM, PENDING_PAGE, SmPage)

GtkWidget *sm_pending_page_new (SmOps      *ops,
                                const char *title);
void       sm_pending_page_set_is_wall (SmPendingPage *self,
                                        gboolean       is_wall);

G_END_DECLS
