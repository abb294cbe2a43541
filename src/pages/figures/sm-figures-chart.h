/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-alarm-figures.h"
#include "sm-chart.h"
#include "sm-ops.h"

G_BEGIN_DECLS

void sm_figures_chart_show (SmChart              *chart,
                            SmOps                *ops,
                            const SmAlarmFigures *figures);

G_END_DECLS
