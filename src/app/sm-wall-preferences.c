/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-wall-preferences.h"

#include "sm-wall-plan.h"

#include <glib/gi18n-lib.h>

/* How far a key moves a time of day, in minutes. */
#define TIME_STEP 15

static void
add_suffix (GtkWidget *row,
            GtkWidget *suffix)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), suffix);
}

static GtkWidget *
make_row (const char *title,
          const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

static GtkWidget *
make_name_row (GSettings *settings)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Name of the wall"));
  g_settings_bind (settings, "wall-name", row, "text", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static GtkWidget *
make_number_row (GSettings  *settings,
                 const char *key,
                 const char *title,
                 const char *subtitle,
                 double      most,
                 double      step)
{
  GtkWidget *row = make_row (title, subtitle);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, step);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), step < 1 ? 1 : 0);
  add_suffix (row, spin);
  g_settings_bind (settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static gboolean
show_time_cb (GtkSpinButton *spin,
              gpointer       user_data)
{
  int minute = gtk_spin_button_get_value_as_int (spin);
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (spin)), text))
    gtk_editable_set_text (GTK_EDITABLE (spin), text);
  return TRUE;
}

static int
read_time_cb (GtkSpinButton *spin,
              double        *out_minute,
              gpointer       user_data)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (spin)), ":", 2);
  guint64 hour, minute = 0;

  if (parts[0] == NULL || !g_ascii_string_to_unsigned (parts[0], 10, 0, 24, &hour, NULL)
      || (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minute, NULL)))
    return GTK_INPUT_ERROR;
  *out_minute = (double) (hour * 60 + minute);
  return TRUE;
}

static GtkWidget *
make_time_row (GSettings  *settings,
               const char *key,
               const char *title,
               const char *subtitle)
{
  GtkWidget *row = make_row (title, subtitle);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, SM_WALL_DAY_MINUTES, TIME_STEP);

  /* Digits and a colon; what is no time changes nothing. */
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (spin), GTK_UPDATE_IF_VALID);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), FALSE);
  g_signal_connect (spin, "output", G_CALLBACK (show_time_cb), NULL);
  g_signal_connect (spin, "input", G_CALLBACK (read_time_cb), NULL);
  add_suffix (row, spin);
  g_settings_bind (settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  return row;
}

static GtkWidget *
make_switch_row (GSettings  *settings,
                 const char *key,
                 const char *title,
                 const char *subtitle)
{
  GtkWidget *row = make_row (title, subtitle);
  GtkWidget *toggle = gtk_switch_new ();

  add_suffix (row, toggle);
  g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

/** sm_wall_preferences_new: Returns: (transfer floating): a group with all of a wall but its pages */
GtkWidget *
sm_wall_preferences_new (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *rows[] = {
    make_name_row (settings),
    make_number_row (settings, "wall-distance", _("Viewing distance in metres"),
                     _("How far from the wall people sit. 0 sizes its text by the pixels of the "
                       "monitor."),
                     100, 0.5),
    make_switch_row (settings, "wall-jump", _("The map goes to alarms of level 1"),
                     _("Never while somebody uses the pointer or the keyboard, and back when the "
                       "alarm is acknowledged.")),
    make_switch_row (settings, "wall-shift", _("Move the picture slowly"),
                     _("By a pixel every three minutes, so that nothing burns in.")),
    make_time_row (settings, "wall-dim-from", _("Dim from"),
                   _("By the clock of the room, not of the network. The same time twice: never.")),
    make_time_row (settings, "wall-dim-to", _("Dim until"), NULL),
    make_number_row (settings, "wall-dim-percent", _("Less light in these hours, in percent"),
                     _("The banner of level 1 stays bright."), 90, 5),
  };

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Wall"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _("For monitors that everybody sees: start the program with --wall."));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), rows[i]);
  return group;
}
