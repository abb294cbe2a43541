/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

GtkWidget *sm_pending_card_new  (SmPending *pending,
                                 SmOps     *ops,
                                 gboolean   decides);
char      *sm_pending_card_name (SmPending *pending,
                                 SmOps     *ops);

G_END_DECLS
