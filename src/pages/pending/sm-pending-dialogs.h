/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/* What is asked before an act is merged, or dropped. */

/**
 * SmPendingAnswer:
 * @wanted: (transfer full) (nullable): of SmEdit, of a merge
 * @present: (nullable): what it was asked about, of an act that is done anew
 */
typedef void (*SmPendingAnswer) (gpointer   user_data,
                                 SmPending *pending,
                                 GPtrArray *wanted,
                                 SmRow     *present);

GtkWidget *sm_pending_ask_drop  (GtkWidget       *parent,
                                 SmPending       *pending,
                                 SmPendingAnswer  answer,
                                 gpointer         user_data);
GtkWidget *sm_pending_ask_merge (GtkWidget       *parent,
                                 SmPending       *pending,
                                 SmPendingAnswer  answer,
                                 gpointer         user_data);

GtkWidget *sm_pending_ask_anew  (GtkWidget       *parent,
                                 SmPending       *pending,
                                 SmOps           *ops,
                                 SmPendingAnswer  answer,
                                 gpointer         user_data);

G_END_DECLS
