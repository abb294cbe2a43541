/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sound-preferences.h"

#include "sm-level-badge.h"

#include <glib/gi18n-lib.h>

#define KEY "alarm-sounds"
#define N_LEVELS 4

/* Each level is a bit of one setting: who turns one on leaves the others as they are. */
typedef struct
{
  GSettings *settings;
  guint bit;
} Level;

static void
level_free (gpointer data)
{
  Level *level = data;

  g_object_unref (level->settings);
  g_free (level);
}

static gboolean
bit_to_active (GValue   *value,
               GVariant *variant,
               gpointer  user_data)
{
  const Level *level = user_data;

  g_value_set_boolean (value, (g_variant_get_uint32 (variant) & level->bit) != 0);
  return TRUE;
}

static GVariant *
active_to_bit (const GValue       *value,
               const GVariantType *type,
               gpointer            user_data)
{
  const Level *level = user_data;
  guint levels = g_settings_get_uint (level->settings, KEY);

  return g_variant_new_uint32 (g_value_get_boolean (value) ? levels | level->bit
                                                           : levels & ~level->bit);
}

static GtkWidget *
make_row (GSettings *settings,
          guint      number)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();
  GtkWidget *badge = sm_level_badge_new (number);
  g_autofree char *words = sm_level_badge_words (number);
  Level *level = g_new0 (Level, 1);

  level->settings = g_object_ref (settings);
  level->bit = 1u << (number - 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), badge);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind_with_mapping (settings, KEY, toggle, "active", G_SETTINGS_BIND_DEFAULT,
                                bit_to_active, active_to_bit, level, level_free);
  return row;
}

static GtkWidget *
make_desktop_row (GSettings *settings)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Notifications on the desktop"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _("Alarms of level 1 and 2, and work orders that are escalated to "
                                 "you, while this window is not in front"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind (settings, "desktop-notifications", toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

/** sm_sound_preferences_new: Returns: (transfer floating): which levels are heard, bound to @settings */
GtkWidget *
sm_sound_preferences_new (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Alarms that are heard"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      _("Until they are acknowledged. Safety codes are heard whatever is chosen here."));
  for (guint number = 1; number <= N_LEVELS; number++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (settings, number));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_desktop_row (settings));
  return group;
}
