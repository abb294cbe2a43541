/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-things.h"

#include <glib/gi18n-lib.h>

/* Of one noun: as many items as there are rows, so that items outlive changes. */
static void
take_rows (GListStore *store,
           GPtrArray  *rows)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (store));

  for (guint i = 0; i < rows->len; i++)
    {
      SmRow *row = g_ptr_array_index (rows, i);
      g_autoptr (SmItem) item = i < n ? g_list_model_get_item (G_LIST_MODEL (store), i) : NULL;

      if (item == NULL)
        {
          item = sm_item_new (row);
          g_list_store_append (store, item);
        }
      else if (sm_item_get_row (item) != row)
        sm_item_set_row (item, row);
    }
  if (rows->len < n)
    g_list_store_splice (store, rows->len, n - rows->len, NULL, 0);
}

static void
directory_changed_cb (SmDirectory *directory,
                      SmMapView   *map)
{
  static const SmNounId nouns[] = { SM_NOUN_SERVICE_POINT, SM_NOUN_ENGINEER };
  static const char *const keys[] = { "sm-service-points", "sm-engineers" };

  for (guint i = 0; i < G_N_ELEMENTS (nouns); i++)
    take_rows (g_object_get_data (G_OBJECT (map), keys[i]),
               sm_directory_get_rows (directory, nouns[i]));
}

/** sm_map_things_show: Shows on @map what @ops knows, from now on. */
void
sm_map_things_show (SmMapView *map,
                    SmOps     *ops)
{
  SmDirectory *directory = sm_ops_get_directory (ops);
  GListStore *points = g_list_store_new (SM_TYPE_ITEM);
  GListStore *engineers = g_list_store_new (SM_TYPE_ITEM);

  g_object_set_data_full (G_OBJECT (map), "sm-service-points", points, g_object_unref);
  g_object_set_data_full (G_OBJECT (map), "sm-engineers", engineers, g_object_unref);
  sm_map_view_set_service_points (map, G_LIST_MODEL (points));
  sm_map_view_set_engineers (map, G_LIST_MODEL (engineers));
  g_signal_connect_object (directory, "changed", G_CALLBACK (directory_changed_cb), map, 0);
  directory_changed_cb (directory, map);
}

/** sm_map_things_new_toggle: Returns: a button that shows and hides them */
GtkWidget *
sm_map_things_new_toggle (SmMapView *map)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (_("Service points"));

  gtk_widget_set_tooltip_text (button, _("Service points with their radius, and engineers"));
  g_object_bind_property (map, "show-service", button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  return button;
}
