/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-options.h"
#include "sm-wall.h"

G_BEGIN_DECLS

/**
 * SmWallRunner:
 *
 * What drives a wall in the program: the second's beat, the keys, the size of
 * the text by monitor, that the screen is not blanked, the wall's own account.
 */
typedef struct _SmWallRunner SmWallRunner;

SmWallRunner *sm_wall_runner_new      (GtkApplication   *application,
                                       GSettings        *settings,
                                       const SmOptions  *options,
                                       SmWallMakeWindow  make,
                                       gpointer          user_data);
void          sm_wall_runner_free     (SmWallRunner     *self);
void          sm_wall_runner_set_ops  (SmWallRunner     *self,
                                       SmOps            *ops,
                                       const char       *server);
SmWall       *sm_wall_runner_get_wall (SmWallRunner     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWallRunner, sm_wall_runner_free)

G_END_DECLS
