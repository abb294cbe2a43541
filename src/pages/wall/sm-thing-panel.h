/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmThingPanel:
 *
 * The frame of every panel of one thing: what it is called, a way back, and
 * whether it is loading, cannot be shown, or is there.
 */
#define SM_TYPE_THING_PANEL (sm_thing_panel_get_type ())
G_DECLARE_FINAL_TYPE (SmThingPanel, sm_thing_panel, SM, THING_PANEL, GtkWidget)

GtkWidget  *sm_thing_panel_new          (const char   *loading);
GtkWidget  *sm_thing_panel_get_head     (SmThingPanel *self);
GtkWidget  *sm_thing_panel_add_section  (SmThingPanel *self,
                                         const char   *title,
                                         GtkWidget    *child);
void        sm_thing_panel_set_name     (SmThingPanel *self,
                                         const char   *name,
                                         const char   *subtitle);
void        sm_thing_panel_show_loading (SmThingPanel *self);
void        sm_thing_panel_show_problem (SmThingPanel *self,
                                         const GError *error);
void        sm_thing_panel_show_content (SmThingPanel *self);
gboolean    sm_thing_panel_is_content   (SmThingPanel *self);
void        sm_thing_panel_set_stale    (SmThingPanel *self,
                                         gboolean      stale);
const char *sm_thing_panel_get_name     (SmThingPanel *self);

G_END_DECLS
