/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-loop-watch.h"

/* One for the process, as the default main context is. */
static struct
{
  GPollFunc poll; /* NULL: not watching */
  SmLoopWatch figures;
  gint64 turn_began; /* 0: within the poll, or before the first */
  gint64 paint_near; /* 0: no paint since the turn began */
  gint64 painted;    /* in this turn */
} watch;

static void
end_turn (void)
{
  gint64 took;

  if (watch.turn_began == 0)
    return;
  took = g_get_monotonic_time () - watch.turn_began - watch.painted;
  watch.figures.turns++;
  watch.figures.painting_us += watch.painted;
  watch.figures.longest_us = MAX (watch.figures.longest_us, took);
  if (took > SM_LOOP_WATCH_LIMIT_US)
    watch.figures.over_limit++;
}

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int answer;

  end_turn ();
  answer = watch.poll (fds, n_fds, timeout);
  watch.turn_began = g_get_monotonic_time ();
  watch.paint_near = watch.painted = 0;
  return answer;
}

/** sm_loop_watch_start: Watches the default main context from now on. */
void
sm_loop_watch_start (void)
{
  if (watch.poll != NULL)
    return;
  sm_loop_watch_reset ();
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
}

void
sm_loop_watch_stop (void)
{
  if (watch.poll == NULL)
    return;
  g_main_context_set_poll_func (NULL, watch.poll);
  watch.poll = NULL;
}

/** sm_loop_watch_reset: Forgets what was measured, as after the start of the program. */
void
sm_loop_watch_reset (void)
{
  watch.figures = (SmLoopWatch){ 0 };
  watch.turn_began = 0;
}

/** sm_loop_watch_get: Returns: what was measured since the start or the last reset */
SmLoopWatch
sm_loop_watch_get (void)
{
  return watch.figures;
}

/** sm_loop_watch_paint_near: Our part of a frame is over; what comes now may be painting. */
void
sm_loop_watch_paint_near (void)
{
  watch.paint_near = g_get_monotonic_time ();
}

/** sm_loop_watch_paint_ended: What passed since sm_loop_watch_paint_near() was painting. */
void
sm_loop_watch_paint_ended (void)
{
  if (watch.paint_near == 0)
    return;
  watch.painted += g_get_monotonic_time () - watch.paint_near;
  watch.paint_near = 0;
}
