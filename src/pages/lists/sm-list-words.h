/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-directory.h"
#include "sm-link.h"
#include "sm-list-view.h"

G_BEGIN_DECLS

/* What columns and filters of lists have in common. */

extern const char *const sm_list_periods[];
extern const char *const sm_list_period_words[];

char       *sm_list_label       (SmListView          *view,
                                 SmNounId             noun,
                                 gint64               id);
char       *sm_list_area        (const SmTableColumn *column,
                                 SmItem              *item,
                                 gpointer             view);
char       *sm_list_fleet       (const SmTableColumn *column,
                                 SmItem              *item,
                                 gpointer             view);
char       *sm_list_station     (const SmTableColumn *column,
                                 SmItem              *item,
                                 gpointer             view);
char       *sm_list_vehicle     (const SmTableColumn *column,
                                 SmItem              *item,
                                 gpointer             view);
char       *sm_list_battery     (const SmTableColumn *column,
                                 SmItem              *item,
                                 gpointer             view);
char       *sm_list_driver      (const SmTableColumn *column,
                                 SmItem              *item,
                                 gpointer             view);
char       *sm_list_pair_words  (SmDirectory         *directory,
                                 const SmNoun        *noun,
                                 const char          *key,
                                 const char          *value);
GListModel *sm_list_history     (SmOps               *ops,
                                 SmNounId             noun,
                                 const SmLink        *link);
gboolean    sm_list_load_more   (GListModel          *model,
                                 gpointer             view);
GListModel *sm_list_open        (SmOps               *ops,
                                 const SmLink        *link);

G_END_DECLS
