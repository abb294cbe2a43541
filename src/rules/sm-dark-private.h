/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmDark:
 *
 * The dark areas: places of about a kilometre in which vehicles fell silent on
 * the road and were heard again, as in tunnels, pits and valleys.  Learned from
 * different vehicles, forgotten when nobody confirms them.  Writer's thread only.
 */
typedef struct _SmDark SmDark;

SmDark   *sm_dark_new  (void);
void      sm_dark_free (SmDark   *self);
gboolean  sm_dark_load (SmRules  *rules,
                        SmDark   *self,
                        GError  **error);
gboolean  sm_dark_save (SmRules  *rules,
                        SmDark   *self,
                        GError  **error);
void      sm_dark_note (SmDark   *self,
                        double    latitude,
                        double    longitude,
                        gint64    vehicle_id,
                        gint64    now);
gboolean  sm_dark_has  (SmDark   *self,
                        double    latitude,
                        double    longitude,
                        double    heading_deg,
                        gint64    now);

G_END_DECLS
