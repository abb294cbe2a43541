/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-cache-history.h"
#include "sm-history.h"
#include "sm-sync.h"

G_BEGIN_DECLS

SmHistory *sm_history_new             (SmSync                *sync,
                                       const SmNoun          *noun,
                                       const SmHistoryFilter *filter);
char      *sm_history_filter_to_query (const SmHistoryFilter *self,
                                       const SmNoun          *noun,
                                       guint                  limit);
GArray    *sm_history_filter_to_terms (const SmHistoryFilter *self,
                                       const SmNoun          *noun);

G_END_DECLS
