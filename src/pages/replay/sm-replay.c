/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-replay.h"

const guint sm_replay_rates[] = { 1, 2, 5, 10, 30, 60 };
const guint sm_n_replay_rates = G_N_ELEMENTS (sm_replay_rates);

struct _SmReplay
{
  GObject parent_instance;

  SmPast *past;
  GArray *events; /* of SmPastEvent, of all of it */
  gint64 at;
  guint rate;
  gboolean is_going;
};

enum
{
  MOVED,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SmReplay, sm_replay, G_TYPE_OBJECT)

static void
sm_replay_finalize (GObject *object)
{
  SmReplay *self = SM_REPLAY (object);

  g_array_unref (self->events);
  sm_past_free (self->past);

  G_OBJECT_CLASS (sm_replay_parent_class)->finalize (object);
}

static void
sm_replay_class_init (SmReplayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sm_replay_finalize;

  signals[MOVED] = g_signal_new ("moved", SM_TYPE_REPLAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_REPLAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
sm_replay_init (SmReplay *self)
{
  self->rate = 10;
}

/** sm_replay_new: @past: (transfer full): that is gone through, from its beginning */
SmReplay *
sm_replay_new (SmPast *past)
{
  SmReplay *self = g_object_new (SM_TYPE_REPLAY, NULL);

  self->past = past;
  self->events = sm_past_list_events (past);
  self->at = past->from;
  return self;
}

const SmPast *
sm_replay_get_past (SmReplay *self)
{
  g_return_val_if_fail (SM_IS_REPLAY (self), NULL);

  return self->past;
}

gint64
sm_replay_get_at (SmReplay *self)
{
  g_return_val_if_fail (SM_IS_REPLAY (self), 0);

  return self->at;
}

/** sm_replay_set_at: What is before its beginning is its beginning, and likewise its end. */
void
sm_replay_set_at (SmReplay *self,
                  gint64    at)
{
  g_return_if_fail (SM_IS_REPLAY (self));

  at = CLAMP (at, self->past->from, self->past->to);
  if (at == self->at)
    return;
  self->at = at;
  g_signal_emit (self, signals[MOVED], 0);
}

guint
sm_replay_get_rate (SmReplay *self)
{
  g_return_val_if_fail (SM_IS_REPLAY (self), 1);

  return self->rate;
}

/** sm_replay_set_rate: How much faster than it was, 1 to 60. */
void
sm_replay_set_rate (SmReplay *self,
                    guint     rate)
{
  g_return_if_fail (SM_IS_REPLAY (self));

  rate = CLAMP (rate, sm_replay_rates[0], sm_replay_rates[sm_n_replay_rates - 1]);
  if (rate == self->rate)
    return;
  self->rate = rate;
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
sm_replay_get_is_going (SmReplay *self)
{
  g_return_val_if_fail (SM_IS_REPLAY (self), FALSE);

  return self->is_going;
}

/** sm_replay_set_is_going: At its end it goes on from its beginning. */
void
sm_replay_set_is_going (SmReplay *self,
                        gboolean  is_going)
{
  g_return_if_fail (SM_IS_REPLAY (self));

  if (is_going == self->is_going)
    return;
  if (is_going && self->at >= self->past->to)
    sm_replay_set_at (self, self->past->from);
  self->is_going = is_going;
  g_signal_emit (self, signals[CHANGED], 0);
}

/** sm_replay_pass: So much time has passed for who looks at it. */
void
sm_replay_pass (SmReplay *self,
                gint64    machine_us)
{
  g_return_if_fail (SM_IS_REPLAY (self));

  if (!self->is_going)
    return;
  sm_replay_set_at (self, self->at + machine_us * self->rate);
  if (self->at >= self->past->to)
    sm_replay_set_is_going (self, FALSE);
}

/** sm_replay_get_events: Returns: (transfer none): of SmPastEvent, of all of it */
GArray *
sm_replay_get_events (SmReplay *self)
{
  g_return_val_if_fail (SM_IS_REPLAY (self), NULL);

  return self->events;
}

/** sm_replay_count_events: Returns: how many had happened by the moment at which it is */
guint
sm_replay_count_events (SmReplay *self)
{
  guint low = 0, high;

  g_return_val_if_fail (SM_IS_REPLAY (self), 0);

  high = self->events->len;
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->events, SmPastEvent, middle).at <= self->at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/** sm_replay_go_to_event: @direction: 1 or -1.  Returns: FALSE when there is none */
gboolean
sm_replay_go_to_event (SmReplay *self,
                       int       direction)
{
  guint n;

  g_return_val_if_fail (SM_IS_REPLAY (self), FALSE);

  n = sm_replay_count_events (self);
  if (direction < 0)
    while (n > 0 && g_array_index (self->events, SmPastEvent, n - 1).at >= self->at)
      n--;
  if (direction > 0 ? n >= self->events->len : n == 0)
    return FALSE;
  sm_replay_set_at (self, g_array_index (self->events, SmPastEvent, direction > 0 ? n : n - 1).at);
  return TRUE;
}
