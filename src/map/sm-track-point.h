/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmTrackPoint: where a vehicle was, and when; NAN where that is not known */
typedef struct
{
  double latitude, longitude; /* WGS-84 degrees */
  gint64 at_us;
} SmTrackPoint;

G_END_DECLS
