/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The main loop's watch: how long one turn of the default main context kept
 * everything else waiting.  A turn is all that is dispatched between two
 * polls, so that it is never less than the longest callback in it.  What
 * painting takes is not ours: whoever paints says when, and it is taken off.
 * Main thread only.
 */

#define SM_LOOP_WATCH_LIMIT_US 8000

typedef struct
{
  guint64 turns;
  guint64 over_limit; /* turns of more than SM_LOOP_WATCH_LIMIT_US */
  gint64 longest_us;
  gint64 painting_us; /* in all, taken off */
} SmLoopWatch;

void        sm_loop_watch_start       (void);
void        sm_loop_watch_stop        (void);
void        sm_loop_watch_reset       (void);
SmLoopWatch sm_loop_watch_get         (void);
void        sm_loop_watch_paint_near  (void);
void        sm_loop_watch_paint_ended (void);

G_END_DECLS
