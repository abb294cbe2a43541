/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmReachable: a station with a ready pack that fits, which a vehicle still gets to. */
typedef struct
{
  gint64 station_id;
  gint64 road_m;
} SmReachable;

G_END_DECLS
