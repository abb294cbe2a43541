/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmTrend:
 *
 * The line of one figure over the last minutes, from zero up, newest on the
 * right.  It knows only what it was told since it was made: where it was told
 * nothing there is no line.
 */
#define SM_TYPE_TREND (sm_trend_get_type ())
G_DECLARE_FINAL_TYPE (SmTrend, sm_trend, SM, TREND, GtkWidget)

GtkWidget *sm_trend_new       (gint64   window_us,
                               gint64   step_us);
void       sm_trend_push      (SmTrend *self,
                               gint64   at_us,
                               double   value);
void       sm_trend_break     (SmTrend *self);
void       sm_trend_set_stale (SmTrend *self,
                               gboolean stale);
guint      sm_trend_get_n     (SmTrend *self);
gint64     sm_trend_get_since (SmTrend *self);
double     sm_trend_get_top   (SmTrend *self);
double     sm_trend_round_up  (double   value);

G_END_DECLS
