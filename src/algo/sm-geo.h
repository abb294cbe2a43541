/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double sm_geo_distance_m  (double latitude_a,
                           double longitude_a,
                           double latitude_b,
                           double longitude_b);
double sm_geo_bearing_deg (double latitude_a,
                           double longitude_a,
                           double latitude_b,
                           double longitude_b);

G_END_DECLS
