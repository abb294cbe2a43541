/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-ops.h"
#include "sm-page.h"

G_BEGIN_DECLS

/**
 * SmWindow:
 *
 * The shell around the pages: header with connection, age of the data and the
 * network's clock; sidebar once there is more than one page; alarm bar; and
 * the sign-in while nobody is signed in.
 *
 * Actions: win.sign-in, win.sign-out, win.open-alarm (id), win.fullscreen,
 * win.show-borders.
 */
#define SM_TYPE_WINDOW (sm_window_get_type ())
G_DECLARE_FINAL_TYPE (SmWindow, sm_window, SM, WINDOW, AdwApplicationWindow)

SmWindow   *sm_window_new              (GtkApplication *application,
                                        GSettings      *settings);
void        sm_window_set_ops          (SmWindow       *self,
                                        SmOps          *ops,
                                        const char     *server);
void        sm_window_sign_in          (SmWindow       *self,
                                        const char     *name,
                                        const char     *password);
void        sm_window_set_is_wall      (SmWindow       *self,
                                        gboolean        is_wall);
void        sm_window_set_picture_size (SmWindow       *self,
                                        int             width,
                                        int             height);
gboolean    sm_window_show_page        (SmWindow       *self,
                                        const char     *name);
gboolean    sm_window_open_link        (SmWindow       *self,
                                        const char     *link);
char       *sm_window_dup_link         (SmWindow       *self);
const char *sm_window_describe_missing (SmWindow       *self);
GtkWidget  *sm_window_get_content      (SmWindow       *self);
SmPage     *sm_window_get_page         (SmWindow       *self);

G_END_DECLS
