/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmTicker:
 *
 * One beat a second for everything on a display that shows an age or a clock,
 * so that a hundred labels wake the machine once and not a hundred times.  It
 * beats only while somebody listens, which widgets do while they are mapped.
 *
 * When those who listen take long, the main loop has its turn between them.
 */
#define SM_TYPE_TICKER (sm_ticker_get_type ())
G_DECLARE_FINAL_TYPE (SmTicker, sm_ticker, SM, TICKER, GObject)

typedef void (*SmTickFunc) (gpointer listener);

SmTicker *sm_ticker_for_display (GdkDisplay *display);
void      sm_ticker_listen      (SmTicker   *self,
                                 SmTickFunc  func,
                                 gpointer    listener);
void      sm_ticker_leave       (SmTicker   *self,
                                 SmTickFunc  func,
                                 gpointer    listener);
gboolean  sm_ticker_is_running  (SmTicker   *self);

G_END_DECLS
