/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-keys.h"

static GtkShortcut *
make_shortcut (const SmKey *key)
{
  return gtk_shortcut_new (gtk_shortcut_trigger_parse_string (key->keys),
                           gtk_named_action_new (key->action));
}

/** sm_keys_add: @scope: where the focus has to be for them; all of @keys name an action */
void
sm_keys_add (GtkWidget        *widget,
             GtkShortcutScope  scope,
             const SmKey      *keys,
             guint             n_keys)
{
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WIDGET (widget) && keys != NULL);

  controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), scope);
  for (guint i = 0; i < n_keys; i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          make_shortcut (&keys[i]));
  gtk_widget_add_controller (widget, controller);
}

/** sm_keys_add_class: While the focus is in such a widget; all of @keys name an action. */
void
sm_keys_add_class (GtkWidgetClass *widget_class,
                   const SmKey    *keys,
                   guint           n_keys)
{
  g_return_if_fail (widget_class != NULL && keys != NULL);

  for (guint i = 0; i < n_keys; i++)
    {
      g_autoptr (GtkShortcut) shortcut = make_shortcut (&keys[i]);

      gtk_widget_class_add_shortcut (widget_class, shortcut);
    }
}

/** sm_keys_add_func: @argument: (nullable) (transfer floating): what @func is told */
void
sm_keys_add_func (GtkWidgetClass  *widget_class,
                  const SmKey     *key,
                  GtkShortcutFunc  func,
                  GVariant        *argument)
{
  g_autoptr (GtkShortcut) shortcut = NULL;

  g_return_if_fail (widget_class != NULL && key != NULL && func != NULL);

  shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (key->keys),
                               gtk_callback_action_new (func, NULL, NULL));
  gtk_shortcut_set_arguments (shortcut, argument);
  gtk_widget_class_add_shortcut (widget_class, shortcut);
}
