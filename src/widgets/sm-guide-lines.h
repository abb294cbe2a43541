/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-fault-guide.h"

G_BEGIN_DECLS

/**
 * SmGuideLines:
 *
 * The probable causes of a fault, or the steps of what to do about it, as
 * somebody edits them: words in both languages, their order, and of causes how
 * much they weigh.  What belongs to a danger can be neither left out nor
 * worded otherwise.
 *
 * Signal "changed" ().
 */
#define SM_TYPE_GUIDE_LINES (sm_guide_lines_get_type ())
G_DECLARE_FINAL_TYPE (SmGuideLines, sm_guide_lines, SM, GUIDE_LINES, AdwBin)

GtkWidget *sm_guide_lines_new (gboolean          have_weight);
void       sm_guide_lines_set (SmGuideLines     *self,
                               const GPtrArray  *lines,
                               const GPtrArray  *fixed);
GPtrArray *sm_guide_lines_dup (SmGuideLines     *self);

G_END_DECLS
