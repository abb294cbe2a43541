/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-connection-preferences.h"

#include "sm-style.h"
#include "sm-toast-errors.h"
#include "sm-trust.h"

#include <glib/gi18n-lib.h>

/* Whose certificates are believed.  What was written is used when it is applied,
 * not while somebody still types. */

static void
show_result (GtkWidget    *row,
             const GError *error)
{
  GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
  g_autofree char *sentence = error != NULL ? sm_error_sentence (error) : NULL;

  sm_style_set_class (row, "error", error != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (group != NULL)
    adw_preferences_group_set_description (
        ADW_PREFERENCES_GROUP (group),
        error != NULL ? sentence
                      : _("Empty for the authorities that this computer trusts. With a file, only "
                          "services whose certificate is signed by it are talked to."));
}

static void
use (GtkWidget *row,
     GSettings *settings)
{
  const char *path = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autoptr (GError) error = NULL;

  /* One that cannot be read is kept, too: then nobody is believed, and it is said. */
  sm_trust_set_ca_file (path, &error);
  g_settings_set_string (settings, "ca-file", path);
  show_result (row, error);
}

static void
apply_cb (AdwEntryRow *row,
          GSettings   *settings)
{
  use (GTK_WIDGET (row), settings);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  GtkWidget *row = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      gtk_editable_set_text (GTK_EDITABLE (row), g_file_peek_path (file));
      use (row, g_object_get_data (G_OBJECT (row), "settings"));
    }
  g_object_unref (dialog);
}

static void
choose_cb (GtkButton *button,
           GtkWidget *row)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _("Certificate of an Authority"), GTK_WINDOW (gtk_widget_get_root (row)),
      GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  g_signal_connect_object (chooser, "response", G_CALLBACK (chosen_cb), row, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static GtkWidget *
make_ca_row (GSettings *settings)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");
  g_autofree char *path = g_settings_get_string (settings, "ca-file");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("File of a certificate authority"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (row), path);
  gtk_widget_set_tooltip_text (button, _("Choose a file"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Choose a file"), -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  g_object_set_data_full (G_OBJECT (row), "settings", g_object_ref (settings), g_object_unref);
  g_signal_connect_object (row, "apply", G_CALLBACK (apply_cb), settings, 0);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), row, 0);
  return row;
}

/** sm_connection_preferences_new: Returns: (transfer floating): how the service is reached */
GtkWidget *
sm_connection_preferences_new (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = make_ca_row (settings);
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Connection"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  database = sm_trust_ref_database (&error);
  show_result (row, error);
  return group;
}

/** sm_connection_preferences_apply: Believes whom the settings say, from now on. */
void
sm_connection_preferences_apply (GSettings *settings)
{
  g_autofree char *path = g_settings_get_string (settings, "ca-file");
  g_autoptr (GError) error = NULL;

  if (path[0] != '\0' && !sm_trust_set_ca_file (path, &error))
    g_message ("%s", error->message);
}
