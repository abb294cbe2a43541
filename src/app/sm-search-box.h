/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmSearchBox:
 *
 * Finds anything in the network by what people call it: the entry in the
 * header, and below it what was found, in groups by kind, what is called
 * exactly so first.  Down and Up walk through the hits without leaving the
 * entry, Return opens one, Escape leaves.
 *
 * Signal "open" (char *link).
 */
#define SM_TYPE_SEARCH_BOX (sm_search_box_get_type ())
G_DECLARE_FINAL_TYPE (SmSearchBox, sm_search_box, SM, SEARCH_BOX, GtkWidget)

void  sm_search_box_set_ops  (SmSearchBox *self,
                              SmOps       *ops);
void  sm_search_box_search   (SmSearchBox *self,
                              const char  *text);
guint sm_search_box_get_hits (SmSearchBox *self);
char *sm_search_box_dup_link (SmSearchBox *self);
void  sm_search_box_grab     (SmSearchBox *self);

G_END_DECLS
