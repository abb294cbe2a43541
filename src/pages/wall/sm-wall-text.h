/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

char *sm_wall_money    (gint64      amount_minor,
                        const char *currency);
char *sm_wall_energy   (gint64      energy_wh);
char *sm_wall_power    (double      kw);
char *sm_wall_mass     (double      kg);
char *sm_wall_duration (double      seconds);
char *sm_wall_share    (gint64      part,
                        gint64      whole);
char *sm_wall_change   (double      now,
                        double      before);
char *sm_wall_distance (gint64      metres);
char *sm_wall_date     (gint64      moment_us);
char *sm_wall_known    (const SmRow *row,
                        guint        field,
                        int          digits);
char *sm_wall_join     (const char  *separator,
                        ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
