/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sm-options.h"
#include "sm-window.h"

G_BEGIN_DECLS

/**
 * SmApplication:
 *
 * The control centre as a program: one window, the service it follows, and
 * what the command line asked for.
 */
#define SM_TYPE_APPLICATION (sm_application_get_type ())
G_DECLARE_FINAL_TYPE (SmApplication, sm_application, SM, APPLICATION, AdwApplication)

SmApplication *sm_application_new             (const SmOptions *options);
int            sm_application_get_exit_status (SmApplication   *self);
SmWindow      *sm_application_get_window      (SmApplication   *self);
SmOps         *sm_application_get_ops         (SmApplication   *self);
int            sm_application_main            (int              argc,
                                               char           **argv);

G_END_DECLS
