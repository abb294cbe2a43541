/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-edit-dialogs.h"

#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-toast-errors.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A dialog that is open: what was seen, and a row for each field of it. */
typedef struct
{
  SmOps *ops;
  SmRow *seen;
  AdwMessageDialog *dialog;
  GPtrArray *fields; /* of char* */
  GPtrArray *rows;   /* of AdwEntryRow */
  GtkWidget *list;
} Form;

static void
form_free (gpointer  data,
           GClosure *closure)
{
  Form *form = data;

  g_object_unref (form->ops);
  sm_row_unref (form->seen);
  g_ptr_array_unref (form->fields);
  g_ptr_array_unref (form->rows);
  g_free (form);
}

static char *
dup_text (GtkWidget *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

static void
show_refusal (GtkWindow    *parent,
              const GError *error)
{
  g_autofree char *sentence = sm_error_sentence (error);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("The change was not taken"), sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", C_ ("action", "_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
edited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!sm_ops_edit_finish (SM_OPS (source), result, &error))
    show_refusal (parent, error);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Form             *form)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  GPtrArray *edits;

  if (!g_str_equal (response, "save"))
    return;
  edits = sm_edits_new ();
  for (guint i = 0; i < form->rows->len; i++)
    {
      g_autofree char *base = sm_row_dup_part (form->seen, form->fields->pdata[i]);
      g_autofree char *text = dup_text (form->rows->pdata[i]);

      sm_edits_add (edits, form->fields->pdata[i], base, text[0] != '\0' ? text : NULL);
    }
  sm_ops_edit_async (form->ops, form->seen, edits, NULL, edited_cb,
                     parent != NULL ? g_object_ref (parent) : NULL);
}

/* What is too long, or a station without any name, is not sent. */
static void
check_cb (Form *form)
{
  gboolean is_named = FALSE, has_names = FALSE, fits = TRUE;

  for (guint i = 0; i < form->rows->len; i++)
    {
      const char *field = form->fields->pdata[i];
      g_autofree char *text = dup_text (form->rows->pdata[i]);
      gboolean is_name = g_str_has_prefix (field, "name/");
      glong room = is_name                                ? SM_MAX_NAME_CHARS
                   : g_str_has_prefix (field, "phones/") ? SM_MAX_PHONE_CHARS
                   : g_str_equal (field, "phones")       ? SM_MAX_PHONES_CHARS
                                                          : SM_MAX_NOTE_CHARS;

      has_names |= is_name;
      is_named |= is_name && text[0] != '\0';
      fits &= g_utf8_strlen (text, -1) <= room;
    }
  adw_message_dialog_set_response_enabled (form->dialog, "save",
                                           fits && (is_named || !has_names));
}

static Form *
form_new (GtkWidget  *parent,
          SmOps      *ops,
          SmRow      *seen,
          const char *heading,
          const char *body)
{
  Form *form = g_new0 (Form, 1);
  GtkRoot *root = gtk_widget_get_root (parent);

  form->ops = g_object_ref (ops);
  form->seen = sm_row_ref (seen);
  form->fields = g_ptr_array_new_with_free_func (g_free);
  form->rows = g_ptr_array_new ();
  form->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (form->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (form->list, "boxed-list");
  gtk_widget_set_size_request (form->list, 460, -1);
  form->dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));
  adw_message_dialog_add_responses (form->dialog, "cancel", C_ ("action", "_Cancel"), "save",
                                    C_ ("action", "_Save"), NULL);
  adw_message_dialog_set_close_response (form->dialog, "cancel");
  adw_message_dialog_set_default_response (form->dialog, "save");
  adw_message_dialog_set_response_appearance (form->dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (form->dialog, form->list);
  g_signal_connect_data (form->dialog, "response", G_CALLBACK (response_cb), form, form_free, 0);
  return form;
}

static void
submit_cb (Form *form)
{
  GtkWindow *dialog = GTK_WINDOW (form->dialog);

  if (!adw_message_dialog_get_response_enabled (form->dialog, "save"))
    return;
  adw_message_dialog_response (form->dialog, "save");
  /* A response by itself leaves it open, and the next Enter would do it all again; from here on
   * the form may be gone. */
  gtk_window_destroy (dialog);
}

/* What somebody may not change is there to be read, and says so. */
static void
close_row (GtkWidget *row)
{
  g_autofree char *why = sm_slug_sentence ("permission-missing");
  GtkWidget *sign = gtk_image_new_from_icon_name ("changes-prevent-symbolic");

  gtk_widget_set_sensitive (row, FALSE);
  gtk_widget_set_tooltip_text (row, why);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), sign);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, why,
                                  -1);
}

static void
form_add (Form       *form,
          const char *field,
          const char *title,
          const char *permission)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *value = sm_row_dup_part (form->seen, field);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), value != NULL ? value : "");
  if (!sm_ops_may (form->ops, permission))
    close_row (row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), form);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (submit_cb), form);
  gtk_list_box_append (GTK_LIST_BOX (form->list), row);
  g_ptr_array_add (form->fields, g_strdup (field));
  g_ptr_array_add (form->rows, row);
}

static GtkWidget *
form_show (Form *form)
{
  check_cb (form);
  gtk_window_present (GTK_WINDOW (form->dialog));
  gtk_widget_grab_focus (form->rows->pdata[0]);
  return GTK_WIDGET (form->dialog);
}

/* By role, where it is written so; what somebody wrote in words is changed as such. */
static void
add_phones (Form *form)
{
  const char *phones = sm_row_get_text (form->seen, SM_STATION_PHONES);

  if (phones != NULL && phones[0] != '{')
    {
      form_add (form, "phones", _("Contact"), "station.contact");
      return;
    }
  for (guint i = 0; sm_phone_roles[i] != NULL; i++)
    {
      g_autofree char *field = g_strconcat ("phones/", sm_phone_roles[i], NULL);
      /* Translators: %s is whose phone it is, as in "Contact, on duty" */
      g_autofree char *title = g_strdup_printf (
          _("Contact, %s"), sm_word_of_slug (sm_phone_roles, sm_phone_roles[i]));

      form_add (form, field, title, "station.contact");
    }
}

/** sm_edit_may_station: Whether who is signed in may change anything of a station. */
gboolean
sm_edit_may_station (SmOps *ops)
{
  return sm_ops_may (ops, "station.rename") || sm_ops_may (ops, "station.contact");
}

/**
 * sm_edit_ask_station:
 * @seen: the station as it is shown
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_edit_ask_station (GtkWidget *parent,
                     SmOps     *ops,
                     SmRow     *seen)
{
  g_autofree char *body = g_strdup_printf (
      /* Translators: both numbers are of characters */
      _("A name has 1 to %d characters, a contact up to %d."), SM_MAX_NAME_CHARS,
      SM_MAX_PHONE_CHARS);
  Form *form = form_new (parent, ops, seen, _("Name and contact"), body);

  form_add (form, "name/en", _("Name in English"), "station.rename");
  form_add (form, "name/zh-CN", _("Name in Chinese"), "station.rename");
  add_phones (form);
  return form_show (form);
}

/** sm_edit_ask_note: The same, for the note on an alarm. */
GtkWidget *
sm_edit_ask_note (GtkWidget *parent,
                  SmOps     *ops,
                  SmRow     *seen)
{
  g_autofree char *title = sm_fault_title (seen);
  g_autofree char *place = sm_fault_place (seen, NULL);
  g_autofree char *body = g_strdup_printf ("%s · %s", title, place);
  Form *form = form_new (parent, ops, seen, _("Note on an alarm"), body);

  form_add (form, "note", _("Note"), "alarm.note");
  return form_show (form);
}
