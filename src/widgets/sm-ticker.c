/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ticker.h"

/* What one turn of the main loop may take of a beat before the next is asked for. */
#define TURN_US 1000

typedef struct
{
  SmTickFunc func;
  gpointer listener;
} Ear;

struct _SmTicker
{
  GObject parent_instance;

  GArray *ears; /* of Ear */
  guint next;   /* of this beat */
  guint source; /* the second */
  guint rest;   /* of a beat that takes more than a turn */
};

G_DEFINE_FINAL_TYPE (SmTicker, sm_ticker, G_TYPE_OBJECT)

static gboolean
rest_cb (gpointer user_data)
{
  SmTicker *self = user_data;
  gint64 began_us = g_get_monotonic_time ();

  self->rest = 0;
  while (self->next < self->ears->len && g_get_monotonic_time () - began_us < TURN_US)
    {
      Ear ear = g_array_index (self->ears, Ear, self->next++);

      ear.func (ear.listener);
    }
  if (self->next < self->ears->len && self->rest == 0)
    {
      self->rest = g_timeout_add (0, rest_cb, self);
      g_source_set_name_by_id (self->rest, "sm_ticker rest");
    }
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer user_data)
{
  SmTicker *self = user_data;

  g_clear_handle_id (&self->rest, g_source_remove);
  self->next = 0;
  rest_cb (self);
  return G_SOURCE_CONTINUE;
}

static void
sm_ticker_dispose (GObject *object)
{
  SmTicker *self = SM_TICKER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_pointer (&self->ears, g_array_unref);

  G_OBJECT_CLASS (sm_ticker_parent_class)->dispose (object);
}

static void
sm_ticker_class_init (SmTickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_ticker_dispose;
}

static void
sm_ticker_init (SmTicker *self)
{
  self->ears = g_array_new (FALSE, FALSE, sizeof (Ear));
}

/** sm_ticker_for_display: Returns: (transfer none): the display's ticker */
SmTicker *
sm_ticker_for_display (GdkDisplay *display)
{
  SmTicker *self;

  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);

  self = g_object_get_data (G_OBJECT (display), "sm-ticker");
  if (self == NULL)
    {
      self = g_object_new (SM_TYPE_TICKER, NULL);
      g_object_set_data_full (G_OBJECT (display), "sm-ticker", self, g_object_unref);
    }
  return self;
}

/** sm_ticker_listen: Calls @func each second, until sm_ticker_leave() with the same. */
void
sm_ticker_listen (SmTicker   *self,
                  SmTickFunc  func,
                  gpointer    listener)
{
  Ear ear = { func, listener };

  g_return_if_fail (SM_IS_TICKER (self) && func != NULL);

  g_array_append_val (self->ears, ear);
  if (self->source == 0)
    self->source = g_timeout_add_seconds (1, tick_cb, self);
}

void
sm_ticker_leave (SmTicker   *self,
                 SmTickFunc  func,
                 gpointer    listener)
{
  guint i = 0;

  g_return_if_fail (SM_IS_TICKER (self));

  while (i < self->ears->len && (g_array_index (self->ears, Ear, i).func != func
                                 || g_array_index (self->ears, Ear, i).listener != listener))
    i++;
  g_return_if_fail (i < self->ears->len);

  g_array_remove_index (self->ears, i);
  if (i < self->next)
    self->next--;
  if (self->ears->len == 0)
    g_clear_handle_id (&self->source, g_source_remove);
}

gboolean
sm_ticker_is_running (SmTicker *self)
{
  g_return_val_if_fail (SM_IS_TICKER (self), FALSE);

  return self->source != 0;
}
