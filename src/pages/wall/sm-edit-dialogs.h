/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/* What a person changes of a thing, asked for beside what they see.  Enter saves,
 * Escape does not; without a service it waits. */

gboolean   sm_edit_may_station (SmOps     *ops);
GtkWidget *sm_edit_ask_station (GtkWidget *parent,
                                SmOps     *ops,
                                SmRow     *seen);
GtkWidget *sm_edit_ask_note    (GtkWidget *parent,
                                SmOps     *ops,
                                SmRow     *seen);

G_END_DECLS
