/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-controls.h"

#include "sm-map-key.h"
#include "sm-map-list.h"
#include "sm-map-things.h"

#include <glib/gi18n-lib.h>

#define OVER_SCALE 40 /* pixels that the map's scale needs below */

static GtkWidget *
new_key_button (SmMapView *map)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), sm_map_key_new (map));
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _("Legend"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_set_tooltip_text (button, _("What the signs on the map mean"));
  return button;
}

/**
 * sm_map_controls_add:
 * @overlay: around the map
 * @tools: the row of buttons over it
 *
 * Returns: (transfer none): the filter, which the others follow
 */
SmMapFilter *
sm_map_controls_add (SmMapView  *map,
                     SmOps      *ops,
                     GtkOverlay *overlay,
                     GtkBox     *tools)
{
  GtkWidget *filter = sm_map_filter_new (map, ops);

  /* Not among the tools: where nothing can be pressed it still says what is not shown. */
  gtk_widget_set_halign (filter, GTK_ALIGN_START);
  gtk_widget_set_valign (filter, GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (filter, OVER_SCALE);
  gtk_widget_add_css_class (filter, "map-tools");
  gtk_overlay_add_overlay (overlay, filter);
  gtk_box_append (tools, sm_map_filter_get_button (SM_MAP_FILTER (filter)));
  gtk_box_append (tools, sm_map_list_new_button (map, ops));
  gtk_box_append (tools, sm_map_things_new_toggle (map));
  gtk_box_append (tools, new_key_button (map));
  return SM_MAP_FILTER (filter);
}
