/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-station-spots.h"

G_BEGIN_DECLS

/** SmStationKnown: what the map knows of the stations of a list, and of what stands open on them. */
typedef struct _SmStationKnown SmStationKnown;

SmStationKnown *sm_station_known_new          (GFunc           changed,
                                               gpointer        user_data);
void            sm_station_known_free         (SmStationKnown *self);
void            sm_station_known_set_stations (SmStationKnown *self,
                                               GListModel     *stations);
void            sm_station_known_set_alarms   (SmStationKnown *self,
                                               GListModel     *alarms);
gboolean        sm_station_known_update       (SmStationKnown *self);
const GArray   *sm_station_known_get          (SmStationKnown *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmStationKnown, sm_station_known_free)

G_END_DECLS
