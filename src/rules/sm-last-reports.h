/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-report.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* From memory, any thread. */
GArray *sm_last_reports (SmRules *rules);

G_END_DECLS
