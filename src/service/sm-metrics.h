/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmMetrics:
 *
 * Counts requests by route and status, and how long each route took.  Main
 * thread only.
 */
typedef struct _SmMetrics SmMetrics;

SmMetrics *sm_metrics_new    (void);
void       sm_metrics_free   (SmMetrics  *self);
void       sm_metrics_count  (SmMetrics  *self,
                              const char *route,
                              guint       status,
                              gint64      took_us);
void       sm_metrics_write  (SmMetrics  *self,
                              GString    *text);
void       sm_metrics_gauge  (GString    *text,
                              const char *name,
                              const char *help,
                              double      value);
void       sm_metrics_counter (GString    *text,
                              const char *name,
                              const char *help,
                              double      value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmMetrics, sm_metrics_free)

G_END_DECLS
