/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-follow-button.h"

#include <glib/gi18n-lib.h>

struct _SmFollowButton
{
  GtkWidget parent_instance;

  SmMapView *map;
  GtkWidget *button;
  gint64 id;
};

G_DEFINE_FINAL_TYPE (SmFollowButton, sm_follow_button, GTK_TYPE_WIDGET)

static void
toggled_cb (SmFollowButton *self)
{
  gboolean is_down = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->button));

  if (is_down != (self->id != 0 && sm_map_view_get_followed (self->map) == self->id))
    sm_map_view_follow (self->map, is_down ? self->id : 0);
}

static void
show_followed (SmFollowButton *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->button),
                                self->id != 0 && sm_map_view_get_followed (self->map) == self->id);
}

static void
sm_follow_button_dispose (GObject *object)
{
  SmFollowButton *self = SM_FOLLOW_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->map);

  G_OBJECT_CLASS (sm_follow_button_parent_class)->dispose (object);
}

static void
sm_follow_button_class_init (SmFollowButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sm_follow_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sm_follow_button_init (SmFollowButton *self)
{
  self->button = gtk_toggle_button_new_with_label (_("Follow on the map"));
  gtk_widget_set_tooltip_text (self->button,
                               _("Keep the vehicle in the middle until the map is moved"));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
sm_follow_button_new (SmMapView *map)
{
  SmFollowButton *self = g_object_new (SM_TYPE_FOLLOW_BUTTON, NULL);

  self->map = g_object_ref (map);
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (map, "notify::followed", G_CALLBACK (show_followed), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/** sm_follow_button_set_vehicle: @id: to be followed when pressed; another one no more */
void
sm_follow_button_set_vehicle (SmFollowButton *self,
                              gint64          id)
{
  g_return_if_fail (SM_IS_FOLLOW_BUTTON (self));

  if (self->id == id)
    return;
  self->id = id;
  if (sm_map_view_get_followed (self->map) != id)
    sm_map_view_follow (self->map, 0);
  show_followed (self);
}
