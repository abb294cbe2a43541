/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-bay-rack.h"

#include "sm-bay-cell.h"

/* As many as the narrowest panel holds side by side. */
#define COLUMNS 4

struct _SmBayRack
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  GPtrArray *cells; /* borrowed from the grid */
};

G_DEFINE_FINAL_TYPE (SmBayRack, sm_bay_rack, GTK_TYPE_WIDGET)

static void
sm_bay_rack_dispose (GObject *object)
{
  SmBayRack *self = SM_BAY_RACK (object);

  if (self->grid != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  g_clear_pointer (&self->cells, g_ptr_array_unref);

  G_OBJECT_CLASS (sm_bay_rack_parent_class)->dispose (object);
}

static void
sm_bay_rack_class_init (SmBayRackClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_bay_rack_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "bay-rack");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_bay_rack_init (SmBayRack *self)
{
  self->cells = g_ptr_array_new ();
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

GtkWidget *
sm_bay_rack_new (void)
{
  return g_object_new (SM_TYPE_BAY_RACK, NULL);
}

/** sm_bay_rack_set: Shows the bays; cells stay as long as there are as many. */
void
sm_bay_rack_set (SmBayRack        *self,
                 const SmBayFacts *bays,
                 guint             n,
                 gint64            now_us)
{
  g_return_if_fail (SM_IS_BAY_RACK (self));

  while (self->cells->len > n)
    {
      gtk_grid_remove (self->grid, g_ptr_array_index (self->cells, self->cells->len - 1));
      g_ptr_array_set_size (self->cells, (int) self->cells->len - 1);
    }
  for (guint i = 0; i < n; i++)
    {
      if (i >= self->cells->len)
        {
          GtkWidget *cell = sm_bay_cell_new ();

          gtk_grid_attach (self->grid, cell, (int) (i % COLUMNS), (int) (i / COLUMNS), 1, 1);
          g_ptr_array_add (self->cells, cell);
        }
      sm_bay_cell_set (g_ptr_array_index (self->cells, i), &bays[i], now_us);
    }
}

/** sm_bay_rack_get_words: Returns: (nullable): what is said of the bay at that place */
const char *
sm_bay_rack_get_words (SmBayRack *self,
                       guint      index)
{
  g_return_val_if_fail (SM_IS_BAY_RACK (self), NULL);

  return index < self->cells->len
             ? sm_bay_cell_get_words (g_ptr_array_index (self->cells, index))
             : NULL;
}
