/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-figures-words.h"

G_BEGIN_DECLS

/** SmFiguresTargetsFunc: @changes: what is wanted otherwise; NAN: as it is */
typedef void (*SmFiguresTargetsFunc) (GtkWidget            *over,
                                      const SmAlarmTargets *changes);

GtkWidget *sm_figures_targets_ask (GtkWidget            *over,
                                   const SmAlarmTargets *targets,
                                   SmFiguresTargetsFunc  func);

G_END_DECLS
