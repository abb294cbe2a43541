/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-edit-dialogs.h"
#include "sm-keys.h"
#include "sm-wall-page-private.h"

#include <glib/gi18n-lib.h>

static void
acknowledge_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  sm_faults_panel_ask (SM_WALL_PAGE (widget)->faults, g_variant_get_int64 (parameter));
}

static void
acknowledge_selected_action (GtkWidget  *widget,
                             const char *name,
                             GVariant   *parameter)
{
  sm_faults_panel_ask_selected (SM_WALL_PAGE (widget)->faults);
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_station_panel_edit (SM_WALL_PAGE (widget)->station_panel);
}

static void
ask_note (SmWallPage *self,
          SmItem     *alarm)
{
  if (alarm != NULL && !self->is_wall && sm_ops_may (self->ops, "alarm.note"))
    sm_edit_ask_note (GTK_WIDGET (self), self->ops, sm_item_get_row (alarm));
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  SmWallPage *self = SM_WALL_PAGE (widget);
  g_autoptr (SmItem) alarm
      = sm_faults_panel_find (self->faults, g_variant_get_int64 (parameter));

  ask_note (self, alarm);
}

static void
note_selected_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  SmWallPage *self = SM_WALL_PAGE (widget);

  ask_note (self, sm_faults_panel_get_selected (self->faults));
}

/* What was not accepted is decided where all of it is to be seen. */
static void
decide_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sm_page_emit_open (SM_PAGE (widget), "stationmaster:pending");
}

static void
dismiss_link_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  sm_status_banner_set (SM_WALL_PAGE (widget)->link_banner, NULL, NULL);
}

static void
find_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (SM_WALL_PAGE (widget)->find_button));
}

static void
fit_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  sm_map_view_fit_data (SM_WALL_PAGE (widget)->map);
}

static void
clear_filter_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  sm_map_filter_clear (SM_WALL_PAGE (widget)->filter);
}

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  sm_page_go_back (SM_PAGE (widget));
}

static void
faults_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  sm_faults_panel_focus (SM_WALL_PAGE (widget)->faults);
}

/** sm_wall_actions_install: What can be done on the wall, by key, button and menu. */
void
sm_wall_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "wall.acknowledge", "x", acknowledge_action);
  gtk_widget_class_install_action (widget_class, "wall.acknowledge-selected", NULL,
                                   acknowledge_selected_action);
  gtk_widget_class_install_action (widget_class, "wall.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "wall.note", "x", note_action);
  gtk_widget_class_install_action (widget_class, "wall.note-selected", NULL, note_selected_action);
  gtk_widget_class_install_action (widget_class, "wall.decide", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "wall.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "wall.dismiss-link", NULL, dismiss_link_action);
  gtk_widget_class_install_action (widget_class, "wall.fit", NULL, fit_action);
  gtk_widget_class_install_action (widget_class, "wall.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "wall.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "wall.faults", NULL, faults_action);
}

static const SmKey keys[] = {
  { "a|<Control>Return", "wall.acknowledge-selected", N_ ("Acknowledge the selected fault") },
  { "n", "wall.note-selected", N_ ("Write a note on the selected fault") },
  { "F2", "wall.edit", N_ ("Edit name and contact of the station") },
  { "<Control>f", "wall.find", N_ ("Find a station") },
  { "<Control>0", "wall.fit", N_ ("Show the whole network") },
  { "<Control>e", "wall.clear-filter", N_ ("Show all vehicles on the map") },
  { "<Control>l", "wall.faults", N_ ("Go to the faults") },
  { "Escape", "wall.back", N_ ("Back") },
};

/**
 * sm_wall_actions_add_shortcuts:
 *
 * Wherever in the window the focus is: an operator does not look for it first.
 * What is typed into an entry stays in the entry.
 */
void
sm_wall_actions_add_shortcuts (SmWallPage *self)
{
  sm_keys_add (GTK_WIDGET (self), GTK_SHORTCUT_SCOPE_GLOBAL, keys, G_N_ELEMENTS (keys));
}

/** sm_wall_page_list_keys: @list: gets the keys of the page */
void
sm_wall_page_list_keys (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}
