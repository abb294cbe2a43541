/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-keys.h"

/**
 * sm_map_keys_add:
 * @move: gets (dd), shares of the window to the right and down
 * @zoom: gets d, levels nearer
 * @fit: shows everything
 * @open: opens what is in the middle
 *
 * The keys of a map.
 */
void
sm_map_keys_add (GtkWidgetClass  *klass,
                 GtkShortcutFunc  move,
                 GtkShortcutFunc  zoom,
                 GtkShortcutFunc  fit,
                 GtkShortcutFunc  open)
{
  static const struct { guint keys[2]; double columns, rows; } moves[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, -0.15, 0 },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, 0.15, 0 },
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, 0, -0.15 },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, 0, 0.15 },
  };
  static const guint nearer[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint farther[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };
  static const guint opening[] = { GDK_KEY_Return, GDK_KEY_KP_Enter };

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint k = 0; k < 2; k++)
      gtk_widget_class_add_binding (klass, moves[i].keys[k], 0, move, "(dd)", moves[i].columns,
                                    moves[i].rows);
  for (guint i = 0; i < G_N_ELEMENTS (nearer); i++)
    gtk_widget_class_add_binding (klass, nearer[i], 0, zoom, "d", 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (farther); i++)
    gtk_widget_class_add_binding (klass, farther[i], 0, zoom, "d", -0.5);
  for (guint i = 0; i < G_N_ELEMENTS (opening); i++)
    gtk_widget_class_add_binding (klass, opening[i], 0, open, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, 0, fit, NULL);
}
