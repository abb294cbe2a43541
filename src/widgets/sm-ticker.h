/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmTicker:
 *
 * One beat a second for everything on a display that shows an age or a clock,
 * so that a hundred labels wake the machine once and not a hundred times.  It
 * beats only while somebody holds it, which widgets do while they are mapped.
 *
 * Signal "tick" ().
 */
#define SM_TYPE_TICKER (sm_ticker_get_type ())
G_DECLARE_FINAL_TYPE (SmTicker, sm_ticker, SM, TICKER, GObject)

SmTicker *sm_ticker_for_display (GdkDisplay *display);
void      sm_ticker_hold        (SmTicker   *self);
void      sm_ticker_release     (SmTicker   *self);
gboolean  sm_ticker_is_running  (SmTicker   *self);

G_END_DECLS
