/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What a wall does by the clock alone: which page of its list it shows, when it
 * is dim, and by how much its picture is moved so that nothing burns in.  Every
 * function takes the time as an argument.
 */

#define SM_WALL_LEAST_S 5
#define SM_WALL_LONGEST_S (24 * 3600)
#define SM_WALL_MOST_STOPS 64
#define SM_WALL_DAY_MINUTES (24 * 60)
/* No moment of the monotonic clock. */
#define SM_WALL_NEVER (-1)

/* The picture moves by one pixel at a time, and never further than so many. */
#define SM_WALL_SHIFT_PX 4
#define SM_WALL_SHIFT_EVERY_US (G_GINT64_CONSTANT (180) * G_USEC_PER_SEC)

/** SmWallStop: a page of a playlist, and how long it is shown. */
typedef struct
{
  char *link;
  guint seconds;
} SmWallStop;

/** SmWallPlay: where in its playlist a wall is. */
typedef struct
{
  guint index;
  gint64 left_us; /* of this page */
  gint64 at_us;   /* monotonic, when that was so */
  gboolean is_paused;
} SmWallPlay;

GPtrArray  *sm_wall_stops_new    (void);
gboolean    sm_wall_stops_add    (GPtrArray       *stops,
                                  const char      *link,
                                  guint            seconds);
void        sm_wall_play_start   (SmWallPlay      *self,
                                  const GPtrArray *stops,
                                  guint            index,
                                  gint64           now_us);
gboolean    sm_wall_play_tick    (SmWallPlay      *self,
                                  const GPtrArray *stops,
                                  gint64           now_us,
                                  gboolean         is_held);
void        sm_wall_play_step    (SmWallPlay      *self,
                                  const GPtrArray *stops,
                                  int              by,
                                  gint64           now_us);
gboolean    sm_wall_is_dim       (int              minute,
                                  int              from,
                                  int              to);
void        sm_wall_shift_at     (gint64           now_us,
                                  int             *out_x,
                                  int             *out_y);

G_END_DECLS
