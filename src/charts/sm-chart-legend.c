/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-chart-legend.h"

struct _SmChartLegend
{
  GtkWidget parent_instance;

  GtkWidget *labels[2]; /* of the line that it is about, and of the one beside it */
};

G_DEFINE_FINAL_TYPE (SmChartLegend, sm_chart_legend, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_MAIN = 1,
  PROP_BESIDE,
} Property;
static GParamSpec *properties[PROP_BESIDE + 1];

static void
sm_chart_legend_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  SmChartLegend *self = SM_CHART_LEGEND (object);

  g_return_if_fail (id == PROP_MAIN || id == PROP_BESIDE);

  g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->labels[id - PROP_MAIN])));
}

static void
sm_chart_legend_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  SmChartLegend *self = SM_CHART_LEGEND (object);
  const char *text = g_value_get_string (value);

  g_return_if_fail (id == PROP_MAIN || id == PROP_BESIDE);

  gtk_label_set_text (GTK_LABEL (self->labels[id - PROP_MAIN]), text != NULL ? text : "");
}

static void
sm_chart_legend_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (sm_chart_legend_parent_class)->dispose (object);
}

static void
sm_chart_legend_class_init (SmChartLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sm_chart_legend_get_property;
  object_class->set_property = sm_chart_legend_set_property;
  object_class->dispose = sm_chart_legend_dispose;
  properties[PROP_MAIN] = g_param_spec_string ("main", NULL, NULL, "", flags);
  properties[PROP_BESIDE] = g_param_spec_string ("beside", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "chart-legend");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
sm_chart_legend_init (SmChartLegend *self)
{
  static const char *const kinds[] = { "main", "beside" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *sample = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      gtk_widget_add_css_class (sample, "sample");
      gtk_widget_add_css_class (sample, kinds[i]);
      gtk_widget_set_valign (sample, GTK_ALIGN_CENTER);
      gtk_widget_set_parent (sample, GTK_WIDGET (self));
      self->labels[i] = gtk_label_new ("");
      gtk_widget_set_parent (self->labels[i], GTK_WIDGET (self));
    }
}

GtkWidget *
sm_chart_legend_new (const char *main,
                     const char *beside)
{
  return g_object_new (SM_TYPE_CHART_LEGEND, "main", main, "beside", beside, NULL);
}
