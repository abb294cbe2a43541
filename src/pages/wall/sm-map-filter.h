/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-map-view.h"
#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmMapFilter:
 *
 * Which vehicles the map shows.  The widget itself says what is filtered, a
 * chip for each, and is empty when all are shown; its button opens the
 * choices.  What it holds is the query of a link, as of a table of vehicles.
 * Who passes is found out anew once a second while it can be seen.
 *
 * Properties: query (char *: "motion=driving&level=1", "" for everybody; what
 * cannot be read is passed over).
 */
#define SM_TYPE_MAP_FILTER (sm_map_filter_get_type ())
G_DECLARE_FINAL_TYPE (SmMapFilter, sm_map_filter, SM, MAP_FILTER, GtkWidget)

GtkWidget  *sm_map_filter_new        (SmMapView    *map,
                                      SmOps        *ops);
GtkWidget  *sm_map_filter_get_button (SmMapFilter  *self);
char       *sm_map_filter_dup_query  (SmMapFilter  *self);
gboolean    sm_map_filter_set_query  (SmMapFilter  *self,
                                      const char   *query);
gboolean    sm_map_filter_set_link   (SmMapFilter  *self,
                                      const SmLink *link);
char       *sm_map_filter_dup_link   (SmMapFilter  *self);
void        sm_map_filter_clear      (SmMapFilter  *self);
guint       sm_map_filter_get_passed (SmMapFilter  *self);

G_END_DECLS
