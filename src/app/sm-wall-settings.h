/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sm-wall-plan.h"

G_BEGIN_DECLS

/* What is kept for each monitor of a wall.  A monitor's key is its connector and
 * its make and model, as "HDMI-1/DELL/U2720Q"; "" stands for all others. */
#define SM_WALL_ANY_MONITOR ""

/** SmWallState: what a monitor showed last. */
typedef struct
{
  char *link; /* (nullable) */
  guint index;
  gboolean is_paused;
} SmWallState;

char       *sm_wall_monitor_key         (GdkMonitor        *monitor);
const char *sm_wall_key_model (const char *key);
const char *sm_wall_match_key           (const char        *key,
                                         const char *const *known);
GStrv       sm_wall_settings_list_keys  (GSettings         *settings);
GPtrArray  *sm_wall_settings_read_stops (GSettings         *settings,
                                         const char        *key);
void        sm_wall_settings_write_stops (GSettings        *settings,
                                          const char       *key,
                                          const GPtrArray  *stops);
void        sm_wall_settings_read_state (GSettings         *settings,
                                         const char        *key,
                                         SmWallState       *out_state);
void        sm_wall_settings_write_state (GSettings         *settings,
                                          const char        *key,
                                          const SmWallState *state);
void        sm_wall_state_clear         (SmWallState       *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SmWallState, sm_wall_state_clear)

G_END_DECLS
