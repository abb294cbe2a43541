/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-document.h"
#include "sm-figures-words.h"

G_BEGIN_DECLS

SmDocument *sm_figures_report_new (SmOps                *ops,
                                   const SmAlarmFigures *figures,
                                   const char           *area);

G_END_DECLS
