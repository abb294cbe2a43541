/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-map-preferences.h"

#include "sm-style.h"
#include "sm-tile-fetch.h"

#include <glib/gi18n-lib.h>

/* Somebody else's map below the network: kept as it was written, and used as
 * soon as it is good. */
static const char *const datums[] = { "wgs84", "gcj02" };

static gboolean
datum_to_index (GValue   *value,
                GVariant *variant,
                gpointer  user_data)
{
  g_value_set_uint (value, g_str_equal (g_variant_get_string (variant, NULL), datums[1]));
  return TRUE;
}

static GVariant *
index_to_datum (const GValue       *value,
                const GVariantType *type,
                gpointer            user_data)
{
  return g_variant_new_string (datums[g_value_get_uint (value) == 1]);
}

static gboolean
is_good (const char *url_template)
{
  return url_template[0] == '\0' || sm_tile_template_is_good (url_template);
}

static void
changed_cb (AdwEntryRow         *row,
            AdwPreferencesGroup *group)
{
  gboolean good = is_good (gtk_editable_get_text (GTK_EDITABLE (row)));

  sm_style_set_class (GTK_WIDGET (row), "error", !good);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  adw_preferences_group_set_description (
      group, good ? _("Empty for the map that comes with this program.")
                  : _("An address needs https, or this machine, and {x}, {y} and {z} in it. Until "
                      "then the map stays as it is."));
}

static GtkWidget *
make_template_row (GSettings           *settings,
                   AdwPreferencesGroup *group)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Address of tiles"));
  gtk_editable_set_max_width_chars (GTK_EDITABLE (row), 40);
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), group, 0);
  g_settings_bind (settings, "tile-template", row, "text", G_SETTINGS_BIND_DEFAULT);
  changed_cb (ADW_ENTRY_ROW (row), group);
  return row;
}

static GtkWidget *
make_datum_row (GSettings *settings)
{
  const char *const words[] = { _("WGS 84, as most maps"), _("GCJ-02, as maps of China"), NULL };
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) model = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Datum of the tiles"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  g_settings_bind_with_mapping (settings, "tile-datum", row, "selected", G_SETTINGS_BIND_DEFAULT,
                                datum_to_index, index_to_datum, NULL, NULL);
  return row;
}

static GtkWidget *
make_attribution_row (GSettings *settings)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Whose map it is, shown on it"));
  g_settings_bind (settings, "tile-attribution", row, "text", G_SETTINGS_BIND_DEFAULT);
  return row;
}

/** sm_map_preferences_new: Returns: (transfer floating): what can be set of the map, as a group */
GtkWidget *
sm_map_preferences_new (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Map of another provider"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_template_row (settings, ADW_PREFERENCES_GROUP (group)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_datum_row (settings));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_attribution_row (settings));
  return group;
}

static void
apply (SmMapView  *map,
       const char *key,
       GSettings  *settings)
{
  g_autofree char *url_template = g_settings_get_string (settings, "tile-template");
  g_autofree char *datum = g_settings_get_string (settings, "tile-datum");
  g_autofree char *attribution = g_settings_get_string (settings, "tile-attribution");

  if (is_good (url_template))
    sm_map_view_set_tile_source (map, url_template[0] != '\0' ? url_template : NULL,
                                 g_str_equal (datum, datums[1]) ? SM_DATUM_GCJ02 : SM_DATUM_WGS84,
                                 attribution);
}

/** sm_map_preferences_follow: Shows @map with the tiles that are set, at once when they are set. */
void
sm_map_preferences_follow (GSettings *settings,
                           SmMapView *map)
{
  static const char *const keys[]
      = { "changed::tile-template", "changed::tile-datum", "changed::tile-attribution" };
  g_autofree char *url_template = g_settings_get_string (settings, "tile-template");

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      /* Only of what was read before is a change told. */
      g_autofree char *value = g_settings_get_string (settings, keys[i] + strlen ("changed::"));

      g_signal_connect_object (settings, keys[i], G_CALLBACK (apply), map, G_CONNECT_SWAPPED);
    }
  if (url_template[0] != '\0')
    apply (map, NULL, settings);
}
