/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-load-panel.h"

#include "sm-chart-legend.h"
#include "sm-chart.h"
#include "sm-fit-box.h"
#include "sm-item.h"
#include "sm-style.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _SmLoadPanel
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  GtkWidget *total_label;
  SmChart *chart;
  gint64 as_of; /* of the lines that are drawn */
};

G_DEFINE_FINAL_TYPE (SmLoadPanel, sm_load_panel, GTK_TYPE_WIDGET)

/**
 * sm_load_panel_sum:
 * @stations: of SmItem
 * @out_known: (out): how many stations have said what they draw
 *
 * Returns: what they draw together, in kW
 */
double
sm_load_panel_sum (GListModel *stations,
                   guint      *out_known)
{
  double sum = 0;
  guint known = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) station = g_list_model_get_item (stations, i);
      const SmRow *row = sm_item_get_row (station);

      if (sm_row_is_null (row, SM_STATION_POWER_KW))
        continue;
      sum += sm_row_get_real (row, SM_STATION_POWER_KW);
      known++;
    }
  *out_known = known;
  return sum;
}

/* A quarter of an hour by its place in the day: "14:30–14:45". */
static char *
format_quarter (double   at,
                gpointer user_data)
{
  int from = (int) floor (at) * 15;

  return g_strdup_printf ("%02d:%02d–%02d:%02d", from / 60, from % 60, (from + 15) / 60,
                          (from + 15) % 60);
}

/* The quarter of the network's day that is running: what meters say at its beginning belongs to
 * the one before, and would be many times the load. */
static guint
running_quarter (const SmStatsNow *stats,
                 GTimeZone        *zone)
{
  gint64 seconds = stats->as_of / G_USEC_PER_SEC;
  int interval;

  if (zone == NULL || seconds < 0)
    return SM_DAY_QUARTERS;
  interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  return (guint) ((seconds + g_time_zone_get_offset (zone, interval)) / 900 % SM_DAY_QUARTERS);
}

static double
find_most (const double *values,
           guint         n,
           double        most)
{
  for (guint i = 0; i < n; i++)
    if (isfinite (values[i]))
      most = fmax (most, fabs (values[i]));
  return most;
}

static void
draw (SmLoadPanel      *self,
      const SmStatsNow *stats,
      GTimeZone        *zone)
{
  static const double ticks[] = { 0, 16, 32, 48, 64, 80, 96 };
  static const char *const labels[] = { "00", "04", "08", "12", "16", "20", "24" };
  guint running = running_quarter (stats, zone);
  double most = find_most (stats->load_today_kw, running, find_most (stats->load_yesterday_kw,
                                                                     SM_DAY_QUARTERS, 0));
  gboolean is_mw = most >= 10000;
  const SmChartAxes axes = { .first = 0, .last = SM_DAY_QUARTERS, .unit = is_mw ? "MW" : "kW",
                             .from_zero = TRUE, .ticks = ticks, .labels = labels,
                             .n_ticks = G_N_ELEMENTS (ticks) };
  double at[SM_DAY_QUARTERS], today[SM_DAY_QUARTERS], yesterday[SM_DAY_QUARTERS];
  const SmChartLine lines[] = {
    { C_ ("load", "today"), at, today, SM_DAY_QUARTERS },
    { C_ ("load", "yesterday"), at, yesterday, SM_DAY_QUARTERS },
  };

  for (guint i = 0; i < SM_DAY_QUARTERS; i++)
    {
      at[i] = i + 0.5; /* a mean stands in the middle of its quarter */
      today[i] = i < running ? stats->load_today_kw[i] / (is_mw ? 1000 : 1) : NAN;
      yesterday[i] = stats->load_yesterday_kw[i] / (is_mw ? 1000 : 1);
    }
  sm_chart_set_lines (self->chart, &axes, lines, G_N_ELEMENTS (lines));
}

static void
sm_load_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_load_panel_parent_class)->dispose (object);
}

static void
sm_load_panel_class_init (SmLoadPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_load_panel_dispose;

  g_type_ensure (SM_TYPE_CHART);
  g_type_ensure (SM_TYPE_CHART_LEGEND);
  g_type_ensure (SM_TYPE_FIT_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-load-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmLoadPanel, title_label);
  gtk_widget_class_bind_template_child (widget_class, SmLoadPanel, total_label);
  gtk_widget_class_bind_template_child (widget_class, SmLoadPanel, chart);
  gtk_widget_class_set_css_name (widget_class, "load-panel");
}

static void
sm_load_panel_init (SmLoadPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sm_chart_set_format (self->chart, format_quarter, NULL);
}

GtkWidget *
sm_load_panel_new (void)
{
  return g_object_new (SM_TYPE_LOAD_PANEL, NULL);
}

/**
 * sm_load_panel_refresh:
 * @stats: (nullable): NULL: not known
 * @zone: (nullable): of the network
 *
 * Adds up what the stations draw, and takes over the lines when there are new ones.
 */
void
sm_load_panel_refresh (SmLoadPanel      *self,
                       GListModel       *stations,
                       const SmStatsNow *stats,
                       GTimeZone        *zone,
                       gboolean          is_live)
{
  guint known = 0;
  double sum = sm_load_panel_sum (stations, &known);
  g_autofree char *total = known > 0 ? sm_wall_power (sum) : g_strdup ("–");

  g_return_if_fail (SM_IS_LOAD_PANEL (self));

  gtk_label_set_text (GTK_LABEL (self->total_label), total);
  gtk_label_set_text (GTK_LABEL (self->title_label),
                      is_live ? _("Load") : _("Load, last known"));
  sm_style_set_class (GTK_WIDGET (self), "stale", !is_live);
  sm_chart_set_stale (self->chart, !is_live);
  if (stats == NULL || stats->as_of == self->as_of)
    return;
  self->as_of = stats->as_of;
  draw (self, stats, zone);
}
