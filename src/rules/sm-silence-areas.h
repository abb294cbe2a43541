/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-limits-private.h"

G_BEGIN_DECLS

#define SM_AREA_SILENT "area-silent"
#define SM_CARRIER_SILENT "carrier-silent"
#define SM_GATEWAY_SILENT "gateway-silent"

/**
 * SmSilentAreas:
 *
 * Of each area, or of each carrier or gateway, how many of its vehicles are heard, and
 * which of them are silent: there one alarm says what else each vehicle would.  The
 * writer's thread alone.
 */
typedef struct _SmSilentAreas SmSilentAreas;

SmSilentAreas *sm_silent_areas_new     (SmNounId       noun,
                                        const char    *code);
void           sm_silent_areas_free    (SmSilentAreas *self);
void           sm_silent_areas_begin   (SmSilentAreas *self);
void           sm_silent_areas_count   (SmSilentAreas *self,
                                        gint64         area_id,
                                        gboolean       is_heard,
                                        gboolean       is_silent);
void           sm_silent_areas_judge   (SmSilentAreas *self,
                                        SmLimits      *limits,
                                        gint64         now);
void           sm_silent_areas_judge_apart
                                       (SmSilentAreas *self,
                                        SmLimits      *limits,
                                        guint          n_heard,
                                        guint          n_silent,
                                        gint64         now);
void           sm_silent_areas_end_all (SmSilentAreas *self,
                                        SmLimits      *limits,
                                        gint64         now);
gboolean       sm_silent_areas_has     (SmSilentAreas *self,
                                        gint64         area_id);
void           sm_silent_areas_restore (SmSilentAreas *self,
                                        gint64         area_id);

gint64         sm_silent_areas_find_root (SmConnection *connection);

G_END_DECLS
