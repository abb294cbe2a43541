/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fleet-panel.h"

#include "sm-driving-panel.h"
#include "sm-figure-group.h"
#include "sm-fit-box.h"
#include "sm-style.h"
#include "sm-trend-panel.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _SmFleetPanel
{
  GtkWidget parent_instance;

  SmDrivingPanel *driving;
  SmTrendPanel *trend;
  SmFigureGroup *charge;
  SmFigureGroup *heat;
  SmOps *ops;
};

G_DEFINE_FINAL_TYPE (SmFleetPanel, sm_fleet_panel, GTK_TYPE_WIDGET)

/**
 * sm_fleet_panel_count_charge:
 * @bins: (out): from 80, 60, 40, 20 and 0 % up, and not known
 */
void
sm_fleet_panel_count_charge (const SmVehicleColumns *columns,
                             guint                   bins[SM_CHARGE_BINS])
{
  for (guint i = 0; i < SM_CHARGE_BINS; i++)
    bins[i] = 0;
  for (guint i = 0; i < columns->n; i++)
    bins[isnan (columns->soc[i]) ? SM_CHARGE_BINS - 1
                                 : 4 - CLAMP ((int) floorf (columns->soc[i] / 20), 0, 4)]++;
}

/**
 * sm_fleet_panel_count_heat:
 * @bins: (out): from 55, 45 and 35 °C up, below that, and not known
 */
void
sm_fleet_panel_count_heat (const SmVehicleColumns *columns,
                           guint                   bins[SM_HEAT_BINS])
{
  for (guint i = 0; i < SM_HEAT_BINS; i++)
    bins[i] = 0;
  for (guint i = 0; i < columns->n; i++)
    {
      float heat = columns->temperature_c[i];

      bins[isnan (heat) ? 4 : heat >= 55 ? 0 : heat >= 45 ? 1 : heat >= 35 ? 2 : 3]++;
    }
}

static void
sm_fleet_panel_dispose (GObject *object)
{
  SmFleetPanel *self = SM_FLEET_PANEL (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->ops);

  G_OBJECT_CLASS (sm_fleet_panel_parent_class)->dispose (object);
}

static void
sm_fleet_panel_class_init (SmFleetPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_fleet_panel_dispose;

  g_type_ensure (SM_TYPE_DRIVING_PANEL);
  g_type_ensure (SM_TYPE_FIGURE_GROUP);
  g_type_ensure (SM_TYPE_FIT_BOX);
  g_type_ensure (SM_TYPE_TREND_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SM_RESOURCE_PATH "pages/wall/sm-fleet-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SmFleetPanel, driving);
  gtk_widget_class_bind_template_child (widget_class, SmFleetPanel, trend);
  gtk_widget_class_bind_template_child (widget_class, SmFleetPanel, charge);
  gtk_widget_class_bind_template_child (widget_class, SmFleetPanel, heat);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sm_fleet_panel_init (SmFleetPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sm_figure_group_set_link (self->charge, "stationmaster:vehicles");
  sm_figure_group_set_link (self->heat, "stationmaster:vehicles");
}

void
sm_fleet_panel_set_ops (SmFleetPanel *self,
                        SmOps        *ops)
{
  g_return_if_fail (SM_IS_FLEET_PANEL (self));

  g_set_object (&self->ops, ops);
  sm_driving_panel_set_ops (self->driving, ops);
  sm_fleet_panel_refresh (self);
}

/** sm_fleet_panel_set_stale: Whether the values are the last known and not live. */
void
sm_fleet_panel_set_stale (SmFleetPanel *self,
                          gboolean      stale)
{
  g_return_if_fail (SM_IS_FLEET_PANEL (self));

  sm_driving_panel_set_stale (self->driving, stale);
  sm_trend_panel_set_stale (self->trend, stale);
  sm_figure_group_set_stale (self->charge, stale);
  sm_figure_group_set_stale (self->heat, stale);
}

/** sm_fleet_panel_refresh_events: Shows the newest driving events, as old as they are now. */
void
sm_fleet_panel_refresh_events (SmFleetPanel *self)
{
  g_return_if_fail (SM_IS_FLEET_PANEL (self));

  if (self->ops != NULL)
    sm_driving_panel_refresh (self->driving);
}

/** sm_fleet_panel_count: Counts the fleet again. */
void
sm_fleet_panel_count (SmFleetPanel *self)
{
  static const SmTone charge_tones[] = { SM_TONE_STRONG, SM_TONE_NORMAL, SM_TONE_NORMAL,
                                         SM_TONE_DIM,    SM_TONE_FAINT,  SM_TONE_HOLLOW };
  static const SmTone heat_tones[]
      = { SM_TONE_STRONG, SM_TONE_NORMAL, SM_TONE_DIM, SM_TONE_FAINT, SM_TONE_HOLLOW };
  const char *const charge_labels[]
      = { "80–100 %", "60–80 %", "40–60 %", "20–40 %", "0–20 %", C_ ("figure", "no report") };
  const char *const heat_labels[] = { "≥ 55 °C", "45–55 °C", "35–45 °C", "< 35 °C",
                                      C_ ("figure", "no report") };
  /* From the full to the empty, from the hot to the cool, and what has said nothing. */
  static const char *const charge_links[SM_CHARGE_BINS]
      = { "stationmaster:vehicles?soc=80..", "stationmaster:vehicles?soc=60..80",
          "stationmaster:vehicles?soc=40..60", "stationmaster:vehicles?soc=20..40",
          "stationmaster:vehicles?soc=..20", "stationmaster:vehicles?soc=unknown" };
  static const char *const heat_links[SM_HEAT_BINS]
      = { "stationmaster:vehicles?temperature=55..", "stationmaster:vehicles?temperature=45..55",
          "stationmaster:vehicles?temperature=35..45", "stationmaster:vehicles?temperature=..35",
          "stationmaster:vehicles?temperature=unknown" };
  guint charge[SM_CHARGE_BINS], heat[SM_HEAT_BINS];
  const SmVehicleColumns *columns;
  const SmFigureValues *values;
  SmStatePart parts[SM_CHARGE_BINS] = { 0 };

  g_return_if_fail (SM_IS_FLEET_PANEL (self));

  if (self->ops == NULL)
    return;
  columns = sm_fleet_get_columns (sm_ops_get_fleet (self->ops));
  values = sm_figures_get_values (sm_ops_get_figures (self->ops));
  sm_trend_panel_set (self->trend, sm_stats_get_now (sm_ops_get_stats (self->ops)));
  sm_fleet_panel_count_charge (columns, charge);
  sm_fleet_panel_count_heat (columns, heat);
  /* Who is in the register and has never reported has said nothing of this either. */
  if (values->is_whole && values->vehicles > columns->n)
    {
      charge[SM_CHARGE_BINS - 1] += values->vehicles - columns->n;
      heat[SM_HEAT_BINS - 1] += values->vehicles - columns->n;
    }
  for (guint i = 0; i < SM_CHARGE_BINS; i++)
    parts[i] = (SmStatePart) { charge_labels[i], charge[i], charge_tones[i], charge_links[i] };
  sm_figure_group_set_parts (self->charge, parts, SM_CHARGE_BINS);
  for (guint i = 0; i < SM_HEAT_BINS; i++)
    parts[i] = (SmStatePart) { heat_labels[i], heat[i], heat_tones[i], heat_links[i] };
  sm_figure_group_set_parts (self->heat, parts, SM_HEAT_BINS);
}

/** sm_fleet_panel_refresh: All of it at once. */
void
sm_fleet_panel_refresh (SmFleetPanel *self)
{
  sm_fleet_panel_refresh_events (self);
  sm_fleet_panel_count (self);
}
