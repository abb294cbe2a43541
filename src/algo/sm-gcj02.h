/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmDatum:
 *
 * What a pair of coordinates is measured from.  Inside, everything is WGS-84;
 * public map data of mainland China is GCJ-02, some hundred metres off.
 */
typedef enum
{
  SM_DATUM_WGS84,
  SM_DATUM_GCJ02,
} SmDatum;

gboolean sm_gcj02_applies    (double  latitude,
                              double  longitude);
void     sm_gcj02_from_wgs84 (double  latitude,
                              double  longitude,
                              double *out_latitude,
                              double *out_longitude);
void     sm_gcj02_to_wgs84   (double  latitude,
                              double  longitude,
                              double *out_latitude,
                              double *out_longitude);

G_END_DECLS
