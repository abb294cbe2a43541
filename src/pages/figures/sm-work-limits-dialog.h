/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-work-limits.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** SmWorkLimitsFunc: @changes: what is wanted otherwise; SM_UNKNOWN: as it is */
typedef void (*SmWorkLimitsFunc) (GtkWidget          *over,
                                  const SmWorkLimits *changes);

GtkWidget *sm_work_limits_ask (GtkWidget          *over,
                               const SmWorkLimits *limits,
                               SmWorkLimitsFunc    func);

G_END_DECLS
