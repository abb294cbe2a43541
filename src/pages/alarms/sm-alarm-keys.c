/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-keys.h"

#include <glib/gi18n-lib.h>

/* Wherever in the window the focus is: who comes by a link, or from the head of the window,
 * takes an alarm with one key.  What is typed into a field stays in the field. */
static const SmKey everywhere[] = {
  { "a|<Control>Return", "alarms.acknowledge", N_ ("Acknowledge the selected alarms") },
  { "<Shift>a", "alarms.acknowledge-note", N_ ("Acknowledge with a note") },
  { "n", "alarms.note", N_ ("Write a note") },
  { "s", "alarms.shelve", N_ ("Shelve, or bring back") },
  { "<Shift>s", "alarms.unshelve", NULL },
  { "o", "alarms.take-out", N_ ("Take out of service, or return") },
  { "<Shift>o", "alarms.return", NULL },
  { "p", "alarms.approve-out", N_ ("Approve that it is out of service") },
  { "r", "alarms.release", N_ ("Release a latched alarm") },
  { "c", "alarms.command", N_ ("Send a command") },
  { "w", "alarms.work-order", N_ ("Open a work order, or go to it") },
  { "q", "alarms.quarantine", N_ ("Quarantine the pack, or end that") },
  { "<Shift>q", "alarms.end-quarantine", NULL },
  { "m", "alarms.silence", N_ ("Silence the sound") },
  { "u", "alarms.lay-in", N_ ("Put what has come into the list") },
  { "<Control>u", "alarms.urgent-first", N_ ("Most urgent first") },
  { "<Control>f", "alarms.find", N_ ("Find in the list") },
  { "<Control>e", "alarms.all", N_ ("Take all filters away") },
  { "<Control>l", "alarms.rows", N_ ("Go to the rows") },
};

/* What other parts of the window have a use for. */
static const SmKey inside[] = {
  { "Right|KP_Right", "alarms.unfold", N_ ("Unfold a group, or fold it") },
  { "Left|KP_Left", "alarms.fold", NULL },
  { "Escape", "alarms.rows", N_ ("Back to the rows") },
};

/** sm_alarm_keys_add: The keys of the alarm centre, while it is shown. */
void
sm_alarm_keys_add (GtkWidget *page)
{
  g_return_if_fail (GTK_IS_WIDGET (page));

  sm_keys_add (page, GTK_SHORTCUT_SCOPE_GLOBAL, everywhere, G_N_ELEMENTS (everywhere));
  sm_keys_add (page, GTK_SHORTCUT_SCOPE_LOCAL, inside, G_N_ELEMENTS (inside));
}

/** sm_alarm_keys_list: @list: gets the keys of the alarm centre */
void
sm_alarm_keys_list (GArray *list)
{
  g_array_append_vals (list, everywhere, G_N_ELEMENTS (everywhere));
  g_array_append_vals (list, inside, G_N_ELEMENTS (inside));
}
