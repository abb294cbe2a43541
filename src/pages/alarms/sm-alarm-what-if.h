/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

const SmRow *sm_alarm_what_if_find (SmOps       *ops,
                                    const SmRow *alarm);
GtkWidget   *sm_alarm_what_if_ask  (GtkWidget   *owner,
                                    SmOps       *ops,
                                    const SmRow *limit);

G_END_DECLS
