/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-age-label.h"

#include "sm-ticker.h"
#include "sm-time.h"

struct _SmAgeLabel
{
  GtkWidget parent_instance;

  GtkWidget *label;
  SmClock *clock;
  gint64 since_us;
  SmTicker *ticker; /* while mapped */
};

G_DEFINE_FINAL_TYPE (SmAgeLabel, sm_age_label, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_CHANGED,
} Signal;
static guint signals[SIGNAL_CHANGED + 1];

static void
tick_cb (gpointer listener)
{
  sm_age_label_refresh (listener);
}

static void
sm_age_label_map (GtkWidget *widget)
{
  SmAgeLabel *self = SM_AGE_LABEL (widget);

  GTK_WIDGET_CLASS (sm_age_label_parent_class)->map (widget);
  self->ticker = g_object_ref (sm_ticker_for_display (gtk_widget_get_display (widget)));
  sm_ticker_listen (self->ticker, tick_cb, self);
  sm_age_label_refresh (self);
}

static void
sm_age_label_unmap (GtkWidget *widget)
{
  SmAgeLabel *self = SM_AGE_LABEL (widget);

  sm_ticker_leave (self->ticker, tick_cb, self);
  g_clear_object (&self->ticker);
  GTK_WIDGET_CLASS (sm_age_label_parent_class)->unmap (widget);
}

/* No baseline: in a box with text of another size GtkBox counts baselines when
 * it knows its width and leaves them out when it does not, and then complains
 * of itself. */
static void
sm_age_label_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  gtk_widget_measure (SM_AGE_LABEL (widget)->label, orientation, for_size, minimum, natural, NULL,
                      NULL);
  *minimum_baseline = *natural_baseline = -1;
}

static void
sm_age_label_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_size_allocate (SM_AGE_LABEL (widget)->label, &(GtkAllocation) { 0, 0, width, height },
                            -1);
}

static void
sm_age_label_dispose (GObject *object)
{
  SmAgeLabel *self = SM_AGE_LABEL (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->clock, sm_clock_unref);

  G_OBJECT_CLASS (sm_age_label_parent_class)->dispose (object);
}

static void
sm_age_label_class_init (SmAgeLabelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_age_label_dispose;
  widget_class->map = sm_age_label_map;
  widget_class->unmap = sm_age_label_unmap;
  widget_class->measure = sm_age_label_measure;
  widget_class->size_allocate = sm_age_label_size_allocate;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SM_TYPE_AGE_LABEL, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "age");
}

static void
sm_age_label_init (SmAgeLabel *self)
{
  self->since_us = SM_UNKNOWN;
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 1.0, NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
sm_age_label_new (void)
{
  return g_object_new (SM_TYPE_AGE_LABEL, NULL);
}

/**
 * sm_age_label_set:
 * @clock: (nullable): what @since_us is compared with: the network's clock
 * @since_us: since when, or %SM_UNKNOWN
 */
void
sm_age_label_set (SmAgeLabel *self,
                  SmClock    *clock,
                  gint64      since_us)
{
  g_return_if_fail (SM_IS_AGE_LABEL (self));

  if (self->clock != clock)
    {
      g_clear_pointer (&self->clock, sm_clock_unref);
      self->clock = clock != NULL ? sm_clock_ref (clock) : NULL;
    }
  self->since_us = since_us;
  sm_age_label_refresh (self);
}

/** sm_age_label_refresh: Writes the age as it is now. */
void
sm_age_label_refresh (SmAgeLabel *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (SM_IS_AGE_LABEL (self));

  if (self->clock == NULL || self->since_us == SM_UNKNOWN)
    text = g_strdup ("–");
  else
    text = sm_time_age (sm_clock_now (self->clock) - self->since_us);
  /* Setting the same text again would lay out the whole row again. */
  if (g_strcmp0 (text, gtk_label_get_text (GTK_LABEL (self->label))) == 0)
    return;
  gtk_label_set_text (GTK_LABEL (self->label), text);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

const char *
sm_age_label_get_text (SmAgeLabel *self)
{
  g_return_val_if_fail (SM_IS_AGE_LABEL (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->label));
}
