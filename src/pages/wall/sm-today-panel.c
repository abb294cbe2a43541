/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-today-panel.h"

#include "sm-figure-links.h"
#include "sm-key-figure.h"
#include "sm-status-words.h"
#include "sm-style.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  FIGURE_ORDERS,
  FIGURE_ENERGY,
  FIGURE_MONEY,
  FIGURE_CARBON,
  N_FIGURES
} Figure;

struct _SmTodayPanel
{
  GtkWidget parent_instance;

  GtkWidget *title_label;
  SmKeyFigure *figures[N_FIGURES];
  char *moment; /* until when yesterday is counted; "" for unknown */
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (SmTodayPanel, sm_today_panel, GTK_TYPE_WIDGET)

static void
show_title (SmTodayPanel *self)
{
  g_autofree char *title = NULL;

  if (self->moment != NULL && self->moment[0] != '\0')
    /* Translators: %s is a time of day, as in "Today, against yesterday at 14:32" */
    title = g_strdup_printf (self->stale ? _("Last known, against the day before at %s")
                                         : _("Today, against yesterday at %s"),
                             self->moment);
  else
    title = g_strdup (self->stale ? _("Last known day") : _("Today"));
  gtk_label_set_text (GTK_LABEL (self->title_label), title);
}

/* Where the factors come from, a line each. */
static char *
carbon_sources (const SmCarbonFactors *factors)
{
  const SmCarbonFactors usual = SM_CARBON_DEFAULT;
  gboolean is_usual_use = factors->truck_kwh_per_km == usual.truck_kwh_per_km
                          && factors->diesel_l_per_100km == usual.diesel_l_per_100km;

  return g_strjoin ("\n",
                    is_usual_use ? _("Consumption: assumed, of a 49 t tractor on a motorway")
                                 : _("Consumption: as set for this network"),
                    factors->diesel_kg_per_l == usual.diesel_kg_per_l
                        ? _("Diesel: IPCC 2006 guidelines, at 0.84 kg a litre")
                        : _("Diesel: as set for this network"),
                    factors->grid_kg_per_kwh == usual.grid_kg_per_kwh
                        ? _("Grid: mean of China in 2023, Ministry of Ecology and Environment")
                        : _("Grid: as set for this network"),
                    NULL);
}

/**
 * sm_today_carbon_formula:
 *
 * Returns: (transfer full): how the carbon dioxide saved is reckoned, net of the
 *   grid, and by whose factors
 */
char *
sm_today_carbon_formula (const SmCarbonFactors *factors)
{
  g_autofree char *diesel = sm_text_measure (factors->diesel_l_per_100km, 0, "l");
  g_autofree char *burnt = sm_text_measure (factors->diesel_kg_per_l, 2, "kg");
  g_autofree char *use = sm_text_measure (factors->truck_kwh_per_km, 2, "kWh");
  g_autofree char *grid = sm_text_measure (factors->grid_kg_per_kwh, 4, "kg");
  g_autofree char *sources = carbon_sources (factors);
  g_autofree char *formula =
      /* Translators: four quantities: litres, kg, kWh, kg */
      g_strdup_printf (_("CO₂ saved = energy delivered ÷ %3$s per km × %1$s of diesel per 100 km "
                         "× %2$s of CO₂ per litre − energy delivered × %4$s of CO₂ per kWh of "
                         "the grid"),
                       diesel, burnt, use, grid);

  return g_strconcat (formula, "\n", sources, NULL);
}

static void
set_figure (SmTodayPanel *self,
            Figure        figure,
            char         *today,
            char         *yesterday,
            double        now,
            double        before)
{
  g_autofree char *value = today;
  g_autofree char *was = yesterday;
  g_autofree char *change = sm_wall_change (now, before);
  /* A day before the first says nothing about this one. */
  g_autofree char *note = before != 0 ? sm_wall_join (" · ", change, was, NULL) : NULL;

  sm_key_figure_set (self->figures[figure], value, note, FALSE);
}

static void
sm_today_panel_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_today_panel_parent_class)->dispose (object);
}

static void
sm_today_panel_finalize (GObject *object)
{
  g_free (SM_TODAY_PANEL (object)->moment);

  G_OBJECT_CLASS (sm_today_panel_parent_class)->finalize (object);
}

static void
sm_today_panel_class_init (SmTodayPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_today_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = sm_today_panel_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "today-panel");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
sm_today_panel_init (SmTodayPanel *self)
{
  const char *const titles[N_FIGURES] = {
    [FIGURE_ORDERS] = C_ ("today", "Orders"),
    [FIGURE_ENERGY] = C_ ("today", "Energy delivered"),
    [FIGURE_MONEY] = C_ ("today", "Sales"),
    [FIGURE_CARBON] = C_ ("today", "CO₂ saved"),
  };

  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
      GTK_ORIENTATION_VERTICAL);
  self->title_label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, NULL);
  gtk_widget_add_css_class (self->title_label, "section-title");
  gtk_widget_set_parent (self->title_label, GTK_WIDGET (self));
  for (guint i = 0; i < N_FIGURES; i++)
    {
      self->figures[i] = SM_KEY_FIGURE (sm_key_figure_new (titles[i], SM_LINK_TODAY));
      sm_key_figure_set_big (self->figures[i]);
      gtk_widget_set_parent (GTK_WIDGET (self->figures[i]), GTK_WIDGET (self));
    }
  show_title (self);
}

/**
 * sm_today_panel_set:
 * @stats: (nullable): NULL: not known
 * @status: for the network's time zone
 */
void
sm_today_panel_set (SmTodayPanel     *self,
                    const SmStatsNow *stats,
                    SmStatus         *status)
{
  const SmStatsDay *a, *b;
  g_autofree char *formula = NULL;

  g_return_if_fail (SM_IS_TODAY_PANEL (self));

  g_clear_pointer (&self->moment, g_free);
  if (stats == NULL || stats->as_of == SM_UNKNOWN)
    {
      for (guint i = 0; i < N_FIGURES; i++)
        sm_key_figure_set (self->figures[i], "–", NULL, FALSE);
      show_title (self);
      return;
    }
  a = &stats->today;
  b = &stats->yesterday_same_time;
  self->moment = sm_status_format_time (status, stats->as_of);
  show_title (self);
  set_figure (self, FIGURE_ORDERS, sm_text_count (a->orders), sm_text_count (b->orders),
              (double) a->orders, (double) b->orders);
  set_figure (self, FIGURE_ENERGY, sm_wall_energy (a->energy_wh), sm_wall_energy (b->energy_wh),
              (double) a->energy_wh, (double) b->energy_wh);
  set_figure (self, FIGURE_MONEY, sm_wall_money (a->amount_minor, stats->currency),
              sm_wall_money (b->amount_minor, stats->currency), (double) a->amount_minor,
              (double) b->amount_minor);
  set_figure (self, FIGURE_CARBON, sm_wall_mass (a->carbon_kg), sm_wall_mass (b->carbon_kg),
              a->carbon_kg, b->carbon_kg);
  formula = sm_today_carbon_formula (&stats->carbon);
  sm_style_set_tooltip (GTK_WIDGET (self->figures[FIGURE_CARBON]), formula);
}

/** sm_today_panel_set_stale: Whether the figures are the last known and not live. */
void
sm_today_panel_set_stale (SmTodayPanel *self,
                          gboolean      stale)
{
  g_return_if_fail (SM_IS_TODAY_PANEL (self));

  if (self->stale != !!stale)
    {
      self->stale = !!stale;
      show_title (self);
    }
  sm_style_set_class (GTK_WIDGET (self), "stale", stale);
  for (guint i = 0; i < N_FIGURES; i++)
    sm_key_figure_set_stale (self->figures[i], stale);
}
