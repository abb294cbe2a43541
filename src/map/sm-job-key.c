/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-job-key.h"

#include <glib/gi18n-lib.h>

#define WIDTH 44
#define HEIGHT 16

static const char *const words[SM_N_JOB_LINE_LOOKS] = {
  [SM_JOB_LINE_COMES] = N_ ("is on the way"),
  [SM_JOB_LINE_HAS_IT] = N_ ("has it, did not set out"),
  [SM_JOB_LINE_COULD] = N_ ("could go"),
  [SM_JOB_LINE_GUIDED] = N_ ("truck, told to go there"),
};

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        user_data)
{
  SmMapView *map = g_object_get_data (G_OBJECT (area), "sm-map");
  SmMapPen *pen = sm_map_pen_new (GTK_WIDGET (area), sm_map_view_get_language (map),
                                  sm_map_view_get_dark (map), FALSE);

  sm_job_line_draw (cr, pen, GPOINTER_TO_UINT (user_data), FALSE,
                    (SmScreenPoint){ 2, (float) height / 2 },
                    (SmScreenPoint){ (float) width - 2, (float) height / 2 });
  sm_map_pen_unref (pen);
}

static GtkWidget *
new_picture (SmMapView *map,
             guint      look)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  g_object_set_data_full (G_OBJECT (area), "sm-map", g_object_ref (map), g_object_unref);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, GUINT_TO_POINTER (look), NULL);
  g_signal_connect_object (map, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), area,
                           G_CONNECT_SWAPPED);
  return area;
}

/** sm_job_key_new: Returns: (transfer floating): what the lines between work and who does it mean */
GtkWidget *
sm_job_key_new (SmMapView *map)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_widget_add_css_class (grid, "map-key");
  for (guint i = 0; i < SM_N_JOB_LINE_LOOKS; i++)
    {
      gtk_grid_attach (GTK_GRID (grid), new_picture (map, i), 0, (int) i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid),
                       g_object_new (GTK_TYPE_LABEL, "label", _ (words[i]), "xalign", 0.0, NULL), 1,
                       (int) i, 1, 1);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the lines on the map mean"), -1);
  return grid;
}
