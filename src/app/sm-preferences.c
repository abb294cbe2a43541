/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-preferences.h"

#include "sm-connection-preferences.h"
#include "sm-kept-words.h"
#include "sm-map-preferences.h"
#include "sm-playlist-editor.h"
#include "sm-sound-preferences.h"
#include "sm-wall-preferences.h"

#include <glib/gi18n-lib.h>

static const char *const schemes[] = { "system", "light", "dark" };

static gboolean
scheme_to_index (GValue   *value,
                 GVariant *variant,
                 gpointer  user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
index_to_scheme (const GValue       *value,
                 const GVariantType *type,
                 gpointer            user_data)
{
  return g_variant_new_string (schemes[MIN (g_value_get_uint (value), G_N_ELEMENTS (schemes) - 1)]);
}

static GtkWidget *
make_scheme_row (GSettings *settings)
{
  const char *const words[] = { _("As the system"), _("Light"), _("Dark"), NULL };
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Appearance"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_settings_bind_with_mapping (settings, "color-scheme", row, "selected", G_SETTINGS_BIND_DEFAULT,
                                scheme_to_index, index_to_scheme, NULL, NULL);
  return row;
}

static GtkWidget *
make_borders_row (GSettings *settings)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Country borders on the map"));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind (settings, "show-borders", toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static GtkWidget *
make_language_row (void)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Language"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               _("That of your session; English and Chinese are complete."));
  return row;
}

static GtkWidget *
make_kept_row (GSettings *settings,
               SmKept     kept)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Stay signed in over a restart"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), sm_kept_words (kept));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind (settings, "keep-sign-in", toggle, "active", G_SETTINGS_BIND_DEFAULT);
  return row;
}

/**
 * sm_preferences_new:
 * @kept: how it is with the sign-in now
 *
 * Returns: (transfer floating): what can be set, bound to @settings
 */
GtkWidget *
sm_preferences_new (GSettings *settings,
                    SmKept     kept)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *look = adw_preferences_group_new ();
  GtkWidget *person = adw_preferences_group_new ();

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (look), make_scheme_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (look), make_language_row ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (look), make_borders_row (settings));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (person), _("Sign-in"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (person), make_kept_row (settings, kept));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (look));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (sm_sound_preferences_new (settings)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (person));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (sm_wall_preferences_new (settings)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (sm_playlist_editor_new (settings)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (sm_map_preferences_new (settings)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (sm_connection_preferences_new (settings)));
  return page;
}

/** sm_preferences_show: Opens a window with what can be set. */
void
sm_preferences_show (GtkWindow *parent,
                     GSettings *settings,
                     SmKept     kept)
{
  GtkWidget *window = g_object_new (ADW_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal",
                                    TRUE, "search-enabled", FALSE, NULL);

  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window),
                              ADW_PREFERENCES_PAGE (sm_preferences_new (settings, kept)));
  gtk_window_present (GTK_WINDOW (window));
}
