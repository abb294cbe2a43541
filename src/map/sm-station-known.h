/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-station-spots.h"

G_BEGIN_DECLS

GArray   *sm_station_known_new     (void);
GArray   *sm_station_known_collect (GListModel   *stations,
                                    GListModel   *alarms);
gboolean  sm_station_known_equal   (const GArray *a,
                                    const GArray *b);

G_END_DECLS
