/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-playlist-editor.h"

#include "sm-sections.h"
#include "sm-link.h"
#include "sm-wall-settings.h"

#include <glib/gi18n-lib.h>

#define FIRST_SECONDS 60

/* The pages of one monitor, or of all that have none of their own. */
typedef struct
{
  GSettings *settings;
  AdwPreferencesGroup *group;
  GStrv keys; /* of the monitors in the choice */
  char *key;  /* which is edited */
  GPtrArray *rows; /* GtkWidget, in their order; borrowed of the group */
  GtkWidget *add_row;
  GtkDropDown *sections;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *self = data;

  g_object_unref (self->settings);
  g_strfreev (self->keys);
  g_free (self->key);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static GtkSpinButton *
spin_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "sm-seconds");
}

/* What is no link is marked and not kept; the rest is, at once. */
static void
save (Editor *self)
{
  g_autoptr (GPtrArray) stops = sm_wall_stops_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      g_autofree char *link = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
      gboolean is_good = sm_wall_stops_add (
          stops, g_strstrip (link), (guint) gtk_spin_button_get_value_as_int (spin_of (row)));

      if (is_good)
        gtk_widget_remove_css_class (row, "error");
      else
        gtk_widget_add_css_class (row, "error");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                     is_good ? _("Page") : _("This is no link to a page"));
      gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                                   is_good ? GTK_ACCESSIBLE_INVALID_FALSE
                                           : GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
    }
  sm_wall_settings_write_stops (self->settings, self->key, stops);
}

/* The row that a button stands in, and where that is. */
static guint
index_of (Editor    *self,
          GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ENTRY_ROW);
  guint index = G_MAXUINT;

  g_ptr_array_find (self->rows, row, &index);
  return index;
}

/* A group only appends: what comes after is taken out and put in again. */
static void
lay_out (Editor *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      g_object_ref (row);
      adw_preferences_group_remove (self->group, row);
      adw_preferences_group_add (self->group, row);
      g_object_unref (row);
    }
  g_object_ref (self->add_row);
  adw_preferences_group_remove (self->group, self->add_row);
  adw_preferences_group_add (self->group, self->add_row);
  g_object_unref (self->add_row);
}

static void
move (Editor    *self,
      GtkWidget *button,
      int        by)
{
  guint from = index_of (self, button);
  guint to = from + (guint) by;
  gpointer row;

  if (from >= self->rows->len || to >= self->rows->len)
    return;
  row = self->rows->pdata[from];
  self->rows->pdata[from] = self->rows->pdata[to];
  self->rows->pdata[to] = row;
  lay_out (self);
  gtk_widget_grab_focus (button);
  save (self);
}

static void
up_cb (Editor    *self,
       GtkWidget *button)
{
  move (self, button, -1);
}

static void
down_cb (Editor    *self,
         GtkWidget *button)
{
  move (self, button, 1);
}

static void
remove_cb (Editor    *self,
           GtkWidget *button)
{
  guint index = index_of (self, button);
  GtkWidget *row;

  if (index >= self->rows->len)
    return;
  row = g_ptr_array_index (self->rows, index);
  g_ptr_array_remove_index (self->rows, index);
  adw_preferences_group_remove (self->group, row);
  save (self);
  gtk_widget_grab_focus (index < self->rows->len ? GTK_WIDGET (self->rows->pdata[index])
                                                 : GTK_WIDGET (self->sections));
}

static GtkWidget *
make_button (Editor     *self,
             const char *icon,
             const char *name,
             GCallback   callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", callback, self);
  return button;
}

static void
add_row (Editor     *self,
         const char *link,
         guint       seconds)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (SM_WALL_LEAST_S, SM_WALL_LONGEST_S, 5);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Page"));
  gtk_editable_set_text (GTK_EDITABLE (row), link);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), seconds);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (spin, _("Seconds for which it is shown"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Seconds for which it is shown"), -1);
  g_object_set_data (G_OBJECT (row), "sm-seconds", spin);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), spin);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), make_button (self, "go-up-symbolic", _("Earlier"),
                                                              G_CALLBACK (up_cb)));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), make_button (self, "go-down-symbolic", _("Later"),
                                                              G_CALLBACK (down_cb)));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row),
                            make_button (self, "user-trash-symbolic", _("Remove this page"),
                                         G_CALLBACK (remove_cb)));
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->group, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (save), self);
  g_signal_connect_swapped (spin, "value-changed", G_CALLBACK (save), self);
}

static void
add_cb (Editor    *self,
        GtkWidget *button)
{
  guint section = gtk_drop_down_get_selected (self->sections);
  g_autofree char *link = NULL;

  if (section >= sm_n_sections || self->rows->len >= SM_WALL_MOST_STOPS)
    return;
  link = g_strconcat (SM_LINK_SCHEME, sm_sections[section].name, NULL);
  add_row (self, link, FIRST_SECONDS);
  lay_out (self);
  save (self);
}

static void
make_add_row (Editor *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *button = gtk_button_new_with_label (_("Add"));

  for (guint i = 0; i < sm_n_sections; i++)
    gtk_string_list_append (names, sm_section_title (&sm_sections[i]));
  self->add_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), _("Add a page"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->add_row),
                               _("Any view has a link: Copy Link to This View, in the main menu."));
  self->sections = GTK_DROP_DOWN (
      gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sections), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a page"), -1);
  gtk_widget_set_valign (GTK_WIDGET (self->sections), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->add_row), GTK_WIDGET (self->sections));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->add_row), button);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (add_cb), self);
  adw_preferences_group_add (self->group, self->add_row);
}

static void
show_key (Editor     *self,
          const char *key)
{
  g_autoptr (GPtrArray) stops = sm_wall_settings_read_stops (self->settings, key);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_free (self->key);
  self->key = g_strdup (key);
  for (guint i = 0; i < stops->len; i++)
    {
      const SmWallStop *stop = g_ptr_array_index (stops, i);

      add_row (self, stop->link, stop->seconds);
    }
  lay_out (self);
}

static void
chosen_cb (AdwComboRow *row,
           GParamSpec  *pspec,
           Editor      *self)
{
  guint index = adw_combo_row_get_selected (row);

  if (index < g_strv_length (self->keys))
    show_key (self, self->keys[index]);
}

/* As "HDMI-1 · DELL U2720Q". */
static char *
describe (const char *key,
          gboolean    is_plugged)
{
  g_auto (GStrv) parts = g_strsplit (key, "/", 3);
  g_autofree char *model = NULL;

  if (key[0] == '\0')
    return g_strdup (_("All monitors without pages of their own"));
  model = g_strstrip (g_strconcat (parts[1] != NULL ? parts[1] : "", " ",
                                   parts[1] != NULL && parts[2] != NULL ? parts[2] : "", NULL));
  if (is_plugged)
    return g_strjoin (" · ", parts[0], model[0] != '\0' ? model : NULL, NULL);
  /* Translators: a monitor that is not plugged in now, %s is its connector */
  return g_strdup_printf (_("%s (not connected)"), parts[0]);
}

static void
add_choice (GStrvBuilder  *keys,
            GtkStringList *names,
            const char    *key,
            gboolean       is_plugged)
{
  g_autofree char *name = describe (key, is_plugged);

  g_strv_builder_add (keys, key);
  gtk_string_list_append (names, name);
}

/* Those that are there, and those that something is kept for. */
static GtkStringList *
list_monitors (Editor *self)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_autoptr (GHashTable) there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) kept = sm_wall_settings_list_keys (self->settings);
  GtkStringList *names = gtk_string_list_new (NULL);

  add_choice (keys, names, SM_WALL_ANY_MONITOR, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
      char *key = sm_wall_monitor_key (monitor);

      add_choice (keys, names, key, TRUE);
      g_hash_table_add (there, key);
    }
  for (guint i = 0; kept[i] != NULL; i++)
    if (!g_hash_table_contains (there, kept[i]))
      add_choice (keys, names, kept[i], FALSE);
  self->keys = g_strv_builder_end (keys);
  return names;
}

/** sm_playlist_editor_new: Returns: (transfer floating): a group with the pages of each monitor */
GtkWidget *
sm_playlist_editor_new (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *choice = adw_combo_row_new ();
  Editor *self = g_new0 (Editor, 1);
  g_autoptr (GtkStringList) names = NULL;

  self->settings = g_object_ref (settings);
  self->group = ADW_PREFERENCES_GROUP (group);
  self->rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (group), "sm-playlist-editor", self, editor_free);
  adw_preferences_group_set_title (self->group, _("Pages of the wall"));
  adw_preferences_group_set_description (
      self->group, _("Several pages follow one another. On the wall, Pause holds them, Ctrl+Page "
                     "Down and Ctrl+Page Up show the next and the one before."));
  names = list_monitors (self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice), _("Monitor"));
  adw_combo_row_set_model (ADW_COMBO_ROW (choice), G_LIST_MODEL (names));
  adw_preferences_group_add (self->group, choice);
  make_add_row (self);
  show_key (self, SM_WALL_ANY_MONITOR);
  g_signal_connect (choice, "notify::selected", G_CALLBACK (chosen_cb), self);
  return group;
}
