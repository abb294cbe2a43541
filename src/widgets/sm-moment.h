/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A moment as a person types it and reads it again: 2025-06-16 22:00. */
char     *sm_moment_format (GTimeZone  *zone,
                            gint64      at_us);
gboolean  sm_moment_parse  (GTimeZone  *zone,
                            const char *text,
                            gint64     *out_us);

/* The clock and the days there; @zone (nullable): UTC. */
GDateTime *sm_moment_local    (GTimeZone *zone,
                               gint64     at_us);
GDateTime *sm_moment_midnight (GTimeZone *zone,
                               gint64     at_us);
char      *sm_moment_day      (GTimeZone *zone,
                               gint64     at_us);
char      *sm_moment_weekday  (GTimeZone *zone,
                               gint64     at_us);

G_END_DECLS
