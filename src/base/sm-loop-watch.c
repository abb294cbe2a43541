/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-loop-watch.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define WRITE_S       5
#define OFFENDERS_MAX 64

/* On the clock, and what of it this thread was at work. */
typedef struct
{
  gint64 us;
  gint64 cpu_us;
} Moment;

typedef gboolean (*Dispatch) (GSource *source, GSourceFunc callback, gpointer user_data);

/* One for the process, as the default main context is. */
static struct
{
  GPollFunc poll; /* NULL: not watching */
  Dispatch idle, timeout;
  GThread *thread;
  SmLoopWatch figures;
  SmLoopOffender offenders[OFFENDERS_MAX];
  guint n_offenders;
  Moment turn_began; /* 0: within the poll, or before the first */
  Moment paint_near; /* 0: no paint since the turn began */
  Moment painted;    /* in this turn */
  Moment accounted;  /* of this turn: callbacks that were recorded, without their painting */
  guint depth;       /* of callbacks that run the loop */
} watch;

static Moment
now (void)
{
  struct timespec cpu = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);
  return (Moment){ g_get_monotonic_time (),
                   (gint64) cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000 };
}

static Moment
minus (Moment a,
       Moment b)
{
  return (Moment){ a.us - b.us, a.cpu_us - b.cpu_us };
}

static Moment
plus (Moment a,
      Moment b)
{
  return (Moment){ a.us + b.us, a.cpu_us + b.cpu_us };
}

static void
note_offender (const char *name,
               Moment      took)
{
  guint i = 0;

  while (i < watch.n_offenders && !g_str_equal (watch.offenders[i].name, name))
    i++;
  if (i == OFFENDERS_MAX)
    return;
  if (i == watch.n_offenders)
    {
      watch.offenders[watch.n_offenders++] = (SmLoopOffender){ 0 };
      g_strlcpy (watch.offenders[i].name, name, sizeof watch.offenders[i].name);
    }
  watch.offenders[i].times++;
  watch.offenders[i].longest_us = MAX (watch.offenders[i].longest_us, took.us);
  watch.offenders[i].longest_cpu_us = MAX (watch.offenders[i].longest_cpu_us, took.cpu_us);
}

static void
note (const char *name,
      Moment      took)
{
  watch.figures.callbacks++;
  watch.figures.longest_cpu_us = MAX (watch.figures.longest_cpu_us, took.cpu_us);
  watch.figures.over_limit_cpu += took.cpu_us > SM_LOOP_WATCH_LIMIT_US;
  if (took.us > watch.figures.longest_us)
    {
      watch.figures.longest_us = took.us;
      g_strlcpy (watch.figures.longest, name, sizeof watch.figures.longest);
    }
  if (took.us <= SM_LOOP_WATCH_LIMIT_US)
    return;
  watch.figures.over_limit++;
  note_offender (name, took);
}

/* A name somebody gave, or the place of the code as addr2line takes it. */
static void
describe (const char  *source_name,
          GSourceFunc  callback,
          char        *name,
          gsize        size)
{
  union
  {
    GSourceFunc func;
    gpointer pointer;
  } code = { .func = callback };
  Dl_info info;

  /* GLib gives those that nobody named the names of their kinds. */
  if (source_name != NULL && !g_str_has_suffix (source_name, "Source"))
    g_strlcpy (name, source_name, size);
  else if (dladdr (code.pointer, &info) != 0 && info.dli_fname != NULL)
    {
      const char *file = strrchr (info.dli_fname, '/');

      g_snprintf (name, (gulong) size, "%s+0x%zx", file != NULL ? file + 1 : info.dli_fname,
                  (gsize) ((char *) code.pointer - (char *) info.dli_fbase));
    }
  else
    g_strlcpy (name, "unknown", size);
}

/* Also called for the sources of other threads: the functions are the process's. */
static gboolean
dispatch (Dispatch    own,
          GSource    *source,
          GSourceFunc callback,
          gpointer    user_data)
{
  char name[80];
  Moment began, painted, took;
  gboolean answer;

  if (g_thread_self () != watch.thread || watch.depth > 0)
    return own (source, callback, user_data);
  /* Before: whoever calls may free what the source was made of. */
  describe (g_source_get_name (source), callback, name, sizeof name);
  began = now ();
  painted = watch.painted;
  watch.depth++;
  answer = own (source, callback, user_data);
  sm_loop_watch_paint_ended ();
  watch.depth--;
  if (watch.turn_began.us > began.us) /* it ran the loop itself: those turns have counted */
    return answer;
  took = minus (minus (now (), began), minus (watch.painted, painted));
  watch.accounted = plus (watch.accounted, took);
  note (name, took);
  return answer;
}

static gboolean
idle_dispatch (GSource    *source,
               GSourceFunc callback,
               gpointer    user_data)
{
  return dispatch (watch.idle, source, callback, user_data);
}

static gboolean
timeout_dispatch (GSource    *source,
                  GSourceFunc callback,
                  gpointer    user_data)
{
  return dispatch (watch.timeout, source, callback, user_data);
}

static void
end_turn (void)
{
  if (watch.turn_began.us == 0)
    return;
  note (SM_LOOP_WATCH_EVENTS,
        minus (minus (minus (now (), watch.turn_began), watch.painted), watch.accounted));
  watch.figures.turns++;
  watch.figures.painting_us += watch.painted.us;
}

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int answer;

  end_turn ();
  answer = watch.poll (fds, n_fds, timeout);
  watch.turn_began = now ();
  watch.paint_near = watch.painted = watch.accounted = (Moment){ 0 };
  return answer;
}

/** sm_loop_watch_start: Watches the default main context, in this thread, from now on. */
void
sm_loop_watch_start (void)
{
  if (watch.poll != NULL)
    return;
  sm_loop_watch_reset ();
  watch.thread = g_thread_self ();
  watch.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
  if (watch.idle == NULL)
    {
      watch.idle = g_idle_funcs.dispatch;
      watch.timeout = g_timeout_funcs.dispatch;
      g_idle_funcs.dispatch = idle_dispatch;
      g_timeout_funcs.dispatch = timeout_dispatch;
    }
}

/* What is dispatched still goes through here, for another thread may be on its way. */
void
sm_loop_watch_stop (void)
{
  if (watch.poll == NULL)
    return;
  g_main_context_set_poll_func (NULL, watch.poll);
  watch.poll = NULL;
  watch.thread = NULL;
}

/** sm_loop_watch_reset: Forgets what was measured, as after the start of the program. */
void
sm_loop_watch_reset (void)
{
  watch.figures = (SmLoopWatch){ 0 };
  watch.n_offenders = 0;
  watch.turn_began = (Moment){ 0 };
}

/** sm_loop_watch_get: Returns: what was measured since the start or the last reset */
SmLoopWatch
sm_loop_watch_get (void)
{
  return watch.figures;
}

/** sm_loop_watch_get_offenders: Returns: (array length=out_n): who was above the limit */
const SmLoopOffender *
sm_loop_watch_get_offenders (guint *out_n)
{
  *out_n = watch.n_offenders;
  return watch.offenders;
}

/* The last few seconds as lines: a reader may come at any moment. */
static gboolean
write_cb (gpointer user_data)
{
  const SmLoopWatch *figures = &watch.figures;
  FILE *file = fopen (user_data, "a");

  if (file == NULL)
    return G_SOURCE_REMOVE;
  fprintf (file, "turns=%" G_GUINT64_FORMAT " callbacks=%" G_GUINT64_FORMAT
           " long=%" G_GUINT64_FORMAT " longest_us=%" G_GINT64_FORMAT
           " long_cpu=%" G_GUINT64_FORMAT " longest_cpu_us=%" G_GINT64_FORMAT
           " frame_us=%" G_GINT64_FORMAT " longest=%s\n",
           figures->turns, figures->callbacks, figures->over_limit, figures->longest_us,
           figures->over_limit_cpu, figures->longest_cpu_us, figures->longest_frame_us,
           figures->longest);
  for (guint i = 0; i < watch.n_offenders; i++)
    fprintf (file, "over times=%" G_GUINT64_FORMAT " us=%" G_GINT64_FORMAT
             " cpu_us=%" G_GINT64_FORMAT " name=%s\n",
             watch.offenders[i].times, watch.offenders[i].longest_us,
             watch.offenders[i].longest_cpu_us, watch.offenders[i].name);
  fclose (file);
  sm_loop_watch_reset ();
  return G_SOURCE_CONTINUE;
}

/** sm_loop_watch_write_to: Appends to @path every five seconds what was measured in them. */
void
sm_loop_watch_write_to (const char *path)
{
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, WRITE_S, write_cb, g_strdup (path), g_free);
}

/** sm_loop_watch_paint_near: A part of a frame begins: what comes now is painting. */
void
sm_loop_watch_paint_near (void)
{
  if (watch.paint_near.us == 0)
    watch.paint_near = now ();
}

/**
 * sm_loop_watch_paint_ended:
 *
 * What passed since the first sm_loop_watch_paint_near() of the turn was painting.
 * A part behind which the frame waits for its clock ends with the turn's callback.
 */
void
sm_loop_watch_paint_ended (void)
{
  Moment took;

  if (watch.paint_near.us == 0)
    return;
  took = minus (now (), watch.paint_near);
  watch.painted = plus (watch.painted, took);
  watch.figures.longest_frame_us = MAX (watch.figures.longest_frame_us, took.us);
  watch.paint_near = (Moment){ 0 };
}
