/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-trend-panel.h"

#include "sm-chart-legend.h"
#include "sm-chart.h"
#include "sm-key-figure.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _SmTrendPanel
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  SmKeyFigure *hour; /* the last one that is over */
  SmChart *chart;
  gint64 as_of; /* of the lines that are drawn */
};

G_DEFINE_FINAL_TYPE (SmTrendPanel, sm_trend_panel, GTK_TYPE_WIDGET)

/* An hour by its place in the day: "14:00–15:00". */
static char *
format_hour (double   at,
             gpointer user_data)
{
  int hour = (int) floor (at);

  return g_strdup_printf ("%02d:00–%02d:00", hour, hour + 1);
}

static void
draw (SmTrendPanel     *self,
      const SmStatsNow *stats)
{
  static const double ticks[] = { 0, 6, 12, 18, 24 };
  static const char *const labels[] = { "00", "06", "12", "18", "24" };
  const SmChartAxes axes = { .first = 0, .last = SM_DAY_HOURS, .from_zero = TRUE, .ticks = ticks,
                             .labels = labels, .n_ticks = G_N_ELEMENTS (ticks) };
  double at[SM_DAY_HOURS];
  const SmChartLine lines[] = {
    { C_ ("load", "today"), at, stats->swaps_today, SM_DAY_HOURS },
    { C_ ("load", "yesterday"), at, stats->swaps_yesterday, SM_DAY_HOURS },
  };

  for (guint i = 0; i < SM_DAY_HOURS; i++)
    at[i] = i + 0.5; /* a count stands in the middle of its hour */
  sm_chart_set_lines (self->chart, &axes, lines, G_N_ELEMENTS (lines));
}

/* "13:00–14:00  yesterday 231  240" */
static void
show_hour (SmTrendPanel     *self,
           const SmStatsNow *stats)
{
  int last = SM_DAY_HOURS - 1;
  g_autofree char *value = NULL;
  g_autofree char *before = NULL;
  g_autofree char *note = NULL;

  while (last >= 0 && !isfinite (stats->swaps_today[last]))
    last--;
  gtk_widget_set_visible (GTK_WIDGET (self->hour), last >= 0);
  if (last < 0)
    return;
  value = sm_text_measure (stats->swaps_today[last], 0, NULL);
  if (isfinite (stats->swaps_yesterday[last]))
    {
      before = sm_text_measure (stats->swaps_yesterday[last], 0, NULL);
      /* Translators: %s is how many swaps there were in the same hour of the day before */
      note = g_strdup_printf (_("yesterday %s"), before);
    }
  sm_key_figure_set (self->hour, value, note, FALSE);
}

static void
sm_trend_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_trend_panel_parent_class)->dispose (object);
}

static void
sm_trend_panel_class_init (SmTrendPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_trend_panel_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "trend-panel");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
sm_trend_panel_init (SmTrendPanel *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  self->title_label = g_object_new (GTK_TYPE_LABEL, "label", _("Swaps by the hour"), "xalign", 0.0,
                                    "hexpand", TRUE, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->title_label, "section-title");
  gtk_widget_add_css_class (head, "figure-head");
  gtk_box_append (GTK_BOX (head), self->title_label);
  gtk_box_append (GTK_BOX (head), sm_chart_legend_new (C_ ("load", "today"),
                                                       C_ ("load", "yesterday")));
  gtk_widget_set_parent (head, GTK_WIDGET (self));
  self->hour = SM_KEY_FIGURE (sm_key_figure_new (
      _("Last whole hour"), "stationmaster:orders?kind=swap&process=completed&ended=today"));
  gtk_widget_set_visible (GTK_WIDGET (self->hour), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->hour), GTK_WIDGET (self));
  self->chart = SM_CHART (sm_chart_new (_("Swaps by the hour")));
  g_object_set (self->chart, "empty-text", _("No hour has been counted yet"), "vexpand", TRUE,
                NULL);
  sm_chart_set_format (self->chart, format_hour, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->chart), GTK_WIDGET (self));
}

/** sm_trend_panel_set: @stats: (nullable): NULL: not known, and what there was stays */
void
sm_trend_panel_set (SmTrendPanel     *self,
                    const SmStatsNow *stats)
{
  g_return_if_fail (SM_IS_TREND_PANEL (self));

  if (stats == NULL || stats->as_of == SM_UNKNOWN || stats->as_of == self->as_of)
    return;
  self->as_of = stats->as_of;
  draw (self, stats);
  show_hour (self, stats);
}

/** sm_trend_panel_set_stale: Whether the figures are the last known and not live. */
void
sm_trend_panel_set_stale (SmTrendPanel *self,
                          gboolean      stale)
{
  g_return_if_fail (SM_IS_TREND_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->title_label),
                      stale ? _("Swaps by the hour, last known") : _("Swaps by the hour"));
  sm_style_set_class (GTK_WIDGET (self), "stale", stale);
  sm_key_figure_set_stale (self->hour, stale);
  sm_chart_set_stale (self->chart, stale);
}

/** sm_trend_panel_get_words: Returns: what the chart says */
const char *
sm_trend_panel_get_words (SmTrendPanel *self)
{
  g_return_val_if_fail (SM_IS_TREND_PANEL (self), NULL);

  return sm_chart_get_words (self->chart);
}
