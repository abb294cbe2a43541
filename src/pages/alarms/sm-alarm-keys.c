/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-keys.h"

typedef struct
{
  const char *keys;
  const char *action;
} Key;

/* Wherever in the window the focus is: who comes by a link, or from the head of the window,
 * takes an alarm with one key.  What is typed into a field stays in the field. */
static const Key everywhere[] = {
  { "a|<Control>Return", "alarms.acknowledge" }, { "<Shift>a", "alarms.acknowledge-note" },
  { "n", "alarms.note" },                        { "u", "alarms.lay-in" },
  { "s", "alarms.shelve" },                      { "<Shift>s", "alarms.unshelve" },
  { "o", "alarms.take-out" },                    { "p", "alarms.approve-out" },
  { "<Shift>o", "alarms.return" },               { "r", "alarms.release" },
  { "<Control>f", "alarms.find" },               { "<Control>l", "alarms.rows" },
  { "<Control>e", "alarms.all" },                { "<Control>u", "alarms.urgent-first" },
  { "m", "alarms.silence" },                     { "c", "alarms.command" },
  { "w", "alarms.work-order" },
  { "q", "alarms.quarantine" },                  { "<Shift>q", "alarms.end-quarantine" },
};

/* What other parts of the window have a use for. */
static const Key inside[] = {
  { "Right|KP_Right", "alarms.unfold" },
  { "Left|KP_Left", "alarms.fold" },
  { "Escape", "alarms.rows" },
};

static void
add_keys (GtkWidget        *page,
          GtkShortcutScope  scope,
          const Key        *keys,
          gsize             n)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), scope);
  for (gsize i = 0; i < n; i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].keys),
                          gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (page, controller);
}

/** sm_alarm_keys_add: The keys of the alarm centre, while it is shown. */
void
sm_alarm_keys_add (GtkWidget *page)
{
  g_return_if_fail (GTK_IS_WIDGET (page));

  add_keys (page, GTK_SHORTCUT_SCOPE_GLOBAL, everywhere, G_N_ELEMENTS (everywhere));
  add_keys (page, GTK_SHORTCUT_SCOPE_LOCAL, inside, G_N_ELEMENTS (inside));
}
