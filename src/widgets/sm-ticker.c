/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-ticker.h"

struct _SmTicker
{
  GObject parent_instance;

  guint holds;
  guint source;
};

G_DEFINE_FINAL_TYPE (SmTicker, sm_ticker, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_TICK,
} Signal;
static guint signals[SIGNAL_TICK + 1];

static gboolean
tick_cb (gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_TICK], 0);
  return G_SOURCE_CONTINUE;
}

static void
sm_ticker_dispose (GObject *object)
{
  SmTicker *self = SM_TICKER (object);

  g_clear_handle_id (&self->source, g_source_remove);

  G_OBJECT_CLASS (sm_ticker_parent_class)->dispose (object);
}

static void
sm_ticker_class_init (SmTickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_ticker_dispose;

  signals[SIGNAL_TICK] = g_signal_new ("tick", SM_TYPE_TICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 0);
}

static void
sm_ticker_init (SmTicker *self)
{
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

/** sm_ticker_hold: Makes it beat until as many sm_ticker_release() were called. */
void
sm_ticker_hold (SmTicker *self)
{
  g_return_if_fail (SM_IS_TICKER (self));

  if (self->holds++ == 0)
    self->source = g_timeout_add_seconds (1, tick_cb, self);
}

void
sm_ticker_release (SmTicker *self)
{
  g_return_if_fail (SM_IS_TICKER (self) && self->holds > 0);

  if (--self->holds == 0)
    g_clear_handle_id (&self->source, g_source_remove);
}

gboolean
sm_ticker_is_running (SmTicker *self)
{
  g_return_val_if_fail (SM_IS_TICKER (self), FALSE);

  return self->source != 0;
}
