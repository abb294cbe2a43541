/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define SM_N_LEVELS 4

/**
 * SmMapTheme:
 *
 * Every colour the map uses.  Colour means abnormal: all that is normal is
 * grey, by state.
 */
typedef struct
{
  GdkRGBA land, water, province, border, coast, river, urban;
  GdkRGBA label, label_minor, halo; /* place names */
  GdkRGBA driving, charging, parked, unknown; /* normal equipment */
  GdkRGBA disc, count;              /* of a cluster */
  GdkRGBA station;
  GdkRGBA accent;                   /* what is selected */
  GdkRGBA levels[SM_N_LEVELS + 1];  /* 1 to 4; [0] is not used */
  GdkRGBA digit;                    /* inside a level's shape */
} SmMapTheme;

const SmMapTheme *sm_map_theme_get (gboolean dark);

G_END_DECLS
