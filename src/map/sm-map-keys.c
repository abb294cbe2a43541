/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-keys.h"

#include <glib/gi18n-lib.h>

enum
{
  LEFT,
  RIGHT,
  UP,
  DOWN,
  NEARER,
  FARTHER,
  FIT,
  OPEN,
  N_KEYS
};

static const SmKey keys[N_KEYS] = {
  [LEFT] = { "Left|KP_Left", NULL, N_ ("Move the map") },
  [RIGHT] = { "Right|KP_Right", NULL, NULL },
  [UP] = { "Up|KP_Up", NULL, NULL },
  [DOWN] = { "Down|KP_Down", NULL, NULL },
  [NEARER] = { "plus|equal|KP_Add", NULL, N_ ("Nearer, or farther") },
  [FARTHER] = { "minus|KP_Subtract", NULL, NULL },
  [FIT] = { "Home", NULL, N_ ("Show everything on the map") },
  [OPEN] = { "Return|KP_Enter", NULL, N_ ("Open what is in the middle of the map") },
};

static void
add (GtkWidgetClass  *klass,
     guint            key,
     GtkShortcutFunc  func,
     GVariant        *argument)
{
  g_auto (GStrv) alike = g_strsplit (keys[key].keys, "|", -1);
  g_autoptr (GVariant) sunk = argument != NULL ? g_variant_ref_sink (argument) : NULL;

  for (guint i = 0; alike[i] != NULL; i++)
    {
      g_autoptr (GtkShortcut) shortcut
          = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (alike[i]),
                              gtk_callback_action_new (func, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, sunk);
      gtk_widget_class_add_shortcut (klass, shortcut);
    }
}

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
  add (klass, LEFT, move, g_variant_new ("(dd)", -0.15, 0.0));
  add (klass, RIGHT, move, g_variant_new ("(dd)", 0.15, 0.0));
  add (klass, UP, move, g_variant_new ("(dd)", 0.0, -0.15));
  add (klass, DOWN, move, g_variant_new ("(dd)", 0.0, 0.15));
  add (klass, NEARER, zoom, g_variant_new ("d", 0.5));
  add (klass, FARTHER, zoom, g_variant_new ("d", -0.5));
  add (klass, FIT, fit, NULL);
  add (klass, OPEN, open, NULL);
}

/** sm_map_keys_list: @list: gets the keys of a map */
void
sm_map_keys_list (GArray *list)
{
  g_array_append_vals (list, keys, G_N_ELEMENTS (keys));
}
