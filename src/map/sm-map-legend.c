/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-legend.h"

#include <glib/gi18n-lib.h>

#define MARGIN_X 10
#define MARGIN_Y 6

static void
place (GtkWidget *widget,
       GtkAlign   align)
{
  gtk_widget_set_halign (widget, align);
  gtk_widget_set_valign (widget, GTK_ALIGN_END);
  gtk_widget_set_margin_start (widget, MARGIN_X);
  gtk_widget_set_margin_end (widget, MARGIN_X);
  gtk_widget_set_margin_bottom (widget, MARGIN_Y);
  gtk_widget_set_can_target (widget, FALSE);
}

/** sm_map_legend_new_scale: Returns: how long a kilometre is, for the lower left corner */
GtkWidget *
sm_map_legend_new_scale (ShumateViewport *viewport)
{
  ShumateScale *scale = shumate_scale_new (viewport);

  shumate_scale_set_unit (scale, SHUMATE_UNIT_METRIC);
  place (GTK_WIDGET (scale), GTK_ALIGN_START);
  return GTK_WIDGET (scale);
}

/** sm_map_legend_new_attribution: Returns: whose map it is, for the lower right corner */
GtkWidget *
sm_map_legend_new_attribution (void)
{
  GtkWidget *label = gtk_label_new (_ ("Made with Natural Earth"));

  gtk_widget_add_css_class (label, "map-attribution");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  place (label, GTK_ALIGN_END);
  return label;
}
