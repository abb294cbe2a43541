/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-bay-rack.h"

G_BEGIN_DECLS

/** SmBayCell: one bay of a rack. */
#define SM_TYPE_BAY_CELL (sm_bay_cell_get_type ())
G_DECLARE_FINAL_TYPE (SmBayCell, sm_bay_cell, SM, BAY_CELL, GtkWidget)

GtkWidget  *sm_bay_cell_new       (void);
void        sm_bay_cell_set       (SmBayCell        *self,
                                   const SmBayFacts *facts,
                                   gint64            now_us);
const char *sm_bay_cell_get_words (SmBayCell        *self);

G_END_DECLS
