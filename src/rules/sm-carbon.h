/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-stats-now.h"

G_BEGIN_DECLS

gboolean sm_carbon_read   (SmReader               *reader,
                           SmCarbonFactors        *out_factors,
                           gint64                 *out_rev,
                           GError                **error);
gboolean sm_carbon_change (SmRules                *rules,
                           SmActor                *actor,
                           gint64                  if_rev,
                           const SmCarbonFactors  *changes,
                           SmCarbonFactors        *out_factors,
                           gint64                 *out_rev,
                           GError                **error);

G_END_DECLS
