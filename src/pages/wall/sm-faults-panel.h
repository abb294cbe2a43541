/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmFaultsPanel:
 *
 * The open alarms, worst and unacknowledged first, with what can be done about
 * each, and the acknowledgements that the service did not accept.
 *
 * Properties: is-wall (nobody has a pointer here: no buttons).
 *
 * Signal "activated" (SmItem alarm): a person wants to see what it is about.
 */
#define SM_TYPE_FAULTS_PANEL (sm_faults_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmFaultsPanel, sm_faults_panel, SM, FAULTS_PANEL, GtkWidget)

void     sm_faults_panel_set_ops          (SmFaultsPanel *self,
                                           SmOps         *ops);
void     sm_faults_panel_set_is_wall      (SmFaultsPanel *self,
                                           gboolean       is_wall);
void     sm_faults_panel_set_stale        (SmFaultsPanel *self,
                                           gboolean       stale);
void     sm_faults_panel_refresh          (SmFaultsPanel *self);
gboolean sm_faults_panel_ask              (SmFaultsPanel *self,
                                           gint64         alarm_id);
gboolean sm_faults_panel_ask_selected     (SmFaultsPanel *self);
void     sm_faults_panel_acknowledge      (SmFaultsPanel *self,
                                           gint64         alarm_id,
                                           const char    *note);
SmItem  *sm_faults_panel_find             (SmFaultsPanel *self,
                                           gint64         alarm_id);
SmItem  *sm_faults_panel_get_selected     (SmFaultsPanel *self);
gboolean sm_faults_panel_is_growing       (SmFaultsPanel *self);
void     sm_faults_panel_select           (SmFaultsPanel *self,
                                           gint64         alarm_id);
void     sm_faults_panel_focus            (SmFaultsPanel *self);

G_END_DECLS
