/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * The main loop's watch: how long one callback of the default main context kept
 * everything else waiting, and which one it was.  Each idle and timeout counts
 * alone; all else that was dispatched between two polls (what people do with
 * mouse and keys) counts together as one, so that nothing is left out.  What a
 * frame takes to be styled, laid out and painted is not ours: whoever draws says
 * when, and it is taken off and recorded apart.  Main thread only.
 */

#define SM_LOOP_WATCH_LIMIT_US 8000
#define SM_LOOP_WATCH_EVENTS   "events"

typedef struct
{
  guint64 turns;
  guint64 callbacks;
  guint64 over_limit;  /* callbacks of more than SM_LOOP_WATCH_LIMIT_US */
  gint64 longest_us;   /* of one callback */
  guint64 over_limit_cpu; /* likewise, counting only while it was at work: a busy machine */
  gint64 longest_cpu_us;
  char longest[80];    /* which: the name of its source, or where its code is */
  gint64 painting_us;  /* in all, taken off */
  gint64 longest_frame_us; /* to style, lay out and paint */
} SmLoopWatch;

/* One that took more than the limit. */
typedef struct
{
  char name[80];
  guint64 times;
  gint64 longest_us;
  gint64 longest_cpu_us;
} SmLoopOffender;

void        sm_loop_watch_start         (void);
void        sm_loop_watch_stop          (void);
void        sm_loop_watch_reset         (void);
SmLoopWatch sm_loop_watch_get           (void);
const SmLoopOffender *
            sm_loop_watch_get_offenders (guint *out_n);
void        sm_loop_watch_write_to      (const char *path);
void        sm_loop_watch_paint_near    (void);
void        sm_loop_watch_paint_ended   (void);

G_END_DECLS
