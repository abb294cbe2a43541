/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-plan.h"

#include "sm-link.h"

/* The picture's places are the squares of a board, walked row by row and back. */
#define SHIFT_SIDE (2 * SM_WALL_SHIFT_PX + 1)
#define SHIFT_PLACES (SHIFT_SIDE * SHIFT_SIDE)

static void
stop_free (gpointer data)
{
  SmWallStop *self = data;

  g_free (self->link);
  g_free (self);
}

/** sm_wall_stops_new: Returns: (transfer full) (element-type SmWallStop): an empty playlist */
GPtrArray *
sm_wall_stops_new (void)
{
  return g_ptr_array_new_with_free_func (stop_free);
}

/**
 * sm_wall_stops_add:
 * @link: of the page
 * @seconds: for which it is shown; brought into what a wall can do
 *
 * Returns: FALSE when that is no link, or the list is as long as it may be
 */
gboolean
sm_wall_stops_add (GPtrArray  *stops,
                   const char *link,
                   guint       seconds)
{
  g_autoptr (SmLink) parsed = sm_link_parse (link);
  SmWallStop *stop;

  if (parsed == NULL || stops->len >= SM_WALL_MOST_STOPS)
    return FALSE;
  stop = g_new0 (SmWallStop, 1);
  stop->link = g_strdup (link);
  stop->seconds = CLAMP (seconds, SM_WALL_LEAST_S, SM_WALL_LONGEST_S);
  g_ptr_array_add (stops, stop);
  return TRUE;
}

static void
go_to (SmWallPlay      *self,
       const GPtrArray *stops,
       guint            index,
       gint64           now_us)
{
  const SmWallStop *stop = stops->len > 0 ? g_ptr_array_index (stops, index % stops->len) : NULL;

  self->index = stop != NULL ? index % stops->len : 0;
  self->left_us = stop != NULL ? (gint64) stop->seconds * G_USEC_PER_SEC : 0;
  self->at_us = now_us;
}

/**
 * sm_wall_play_start:
 * @now_us: SM_WALL_NEVER: its time begins with the first tick
 *
 * From the page @index on, as if it were shown from now.
 */
void
sm_wall_play_start (SmWallPlay      *self,
                    const GPtrArray *stops,
                    guint            index,
                    gint64           now_us)
{
  self->is_paused = FALSE;
  go_to (self, stops, index, now_us);
}

/**
 * sm_wall_play_tick:
 * @is_held: somebody is acting: the page stays, though its time may pass
 *
 * However much time went by, one page follows the other: who was away sees the
 * next one, and not the one after.
 *
 * Returns: whether another page is to be shown
 */
gboolean
sm_wall_play_tick (SmWallPlay      *self,
                   const GPtrArray *stops,
                   gint64           now_us,
                   gboolean         is_held)
{
  gint64 passed = self->at_us != SM_WALL_NEVER ? MAX (now_us - self->at_us, 0) : 0;

  self->at_us = now_us;
  if (self->is_paused || stops->len < 2)
    return FALSE;
  self->left_us = MAX (self->left_us - passed, 0);
  if (self->left_us > 0 || is_held)
    return FALSE;
  go_to (self, stops, self->index + 1, now_us);
  return TRUE;
}

/** sm_wall_play_step: Goes @by pages on, or back; whether it is paused stays. */
void
sm_wall_play_step (SmWallPlay      *self,
                   const GPtrArray *stops,
                   int              by,
                   gint64           now_us)
{
  int n = (int) stops->len;

  if (n > 0)
    go_to (self, stops, (guint) ((((int) self->index + by) % n + n) % n), now_us);
}

/**
 * sm_wall_is_dim:
 * @minute: of the day
 * @from: the first minute of the dim hours
 * @to: the first that is bright again; before @from, they go over midnight; the same: never
 */
gboolean
sm_wall_is_dim (int minute,
                int from,
                int to)
{
  if (from <= to)
    return minute >= from && minute < to;
  return minute >= from || minute < to;
}

/**
 * sm_wall_shift_at:
 * @out_x: from -SM_WALL_SHIFT_PX to SM_WALL_SHIFT_PX, whole pixels
 *
 * Every few minutes one pixel further, over all places and the same way back.
 */
void
sm_wall_shift_at (gint64 now_us,
                  int   *out_x,
                  int   *out_y)
{
  gint64 step = (MAX (now_us, 0) / SM_WALL_SHIFT_EVERY_US + SHIFT_PLACES / 2)
                % (2 * (SHIFT_PLACES - 1));
  int place = (int) (step < SHIFT_PLACES ? step : 2 * (SHIFT_PLACES - 1) - step);
  int row = place / SHIFT_SIDE, column = place % SHIFT_SIDE;

  *out_x = (row % 2 == 0 ? column : SHIFT_SIDE - 1 - column) - SM_WALL_SHIFT_PX;
  *out_y = row - SM_WALL_SHIFT_PX;
}
