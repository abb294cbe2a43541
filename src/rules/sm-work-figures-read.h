/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-work-figures.h"

G_BEGIN_DECLS

/* Of longer times nobody asks. */
#define SM_WORK_FIGURES_MAX (366 * SM_DAY)

SmWorkFigures *sm_work_figures_ask (SmReader  *reader,
                                    SmActor   *actor,
                                    gint64     from,
                                    gint64     to,
                                    GError   **error);

G_END_DECLS
