/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pending-dialogs.h"

#include "sm-pending-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* A question that is open. */
typedef struct
{
  SmPending *pending;
  SmPendingAnswer answer;
  GObject *user;
  GPtrArray *entries; /* (nullable): of GtkEditable, one a field */
  SmRow *present;     /* (nullable): what it is to be done to anew */
} Question;

static void
question_free (gpointer data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->pending);
  g_object_unref (question->user);
  g_clear_pointer (&question->entries, g_ptr_array_unref);
  g_clear_pointer (&question->present, sm_row_unref);
  g_free (question);
}

static GPtrArray *
read_entries (const Question *question)
{
  const GPtrArray *edits = sm_pending_get_edits (question->pending);
  GPtrArray *wanted;

  if (question->entries == NULL)
    return NULL;
  wanted = sm_edits_new ();
  for (guint i = 0; i < question->entries->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (question->entries->pdata[i])));

      sm_edits_add (wanted, edit->field, edit->theirs, text[0] != '\0' ? text : NULL);
    }
  return wanted;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  if (g_str_equal (response, "yes"))
    question->answer (question->user, question->pending, read_entries (question),
                      question->present);
}

static AdwMessageDialog *
make_dialog (GtkWidget  *parent,
             const char *heading,
             const char *body,
             const char *yes,
             Question   *question)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));

  adw_message_dialog_add_responses (dialog, "no", C_ ("action", "_Cancel"), "yes", yes, NULL);
  adw_message_dialog_set_close_response (dialog, "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  return dialog;
}

static Question *
question_new (SmPending       *pending,
              SmPendingAnswer  answer,
              gpointer         user_data)
{
  Question *question = g_new0 (Question, 1);

  question->pending = g_object_ref (pending);
  question->answer = answer;
  question->user = g_object_ref (user_data);
  return question;
}

/**
 * sm_pending_ask_drop:
 * @user_data: a GObject
 *
 * Returns: (transfer none): the question, which is shown
 */
GtkWidget *
sm_pending_ask_drop (GtkWidget       *parent,
                     SmPending       *pending,
                     SmPendingAnswer  answer,
                     gpointer         user_data)
{
  g_autofree char *object = sm_pending_object (pending);
  /* Translators: what was done and to what, as in "Change of a station: Bay". */
  g_autofree char *what = g_strdup_printf (_("%s: %s."), sm_pending_title (pending), object);
  const char *warning
      = sm_pending_get_state (pending) == SM_ACT_CONFLICT
            ? _("The service has not done it. It is gone for good.")
            : _("It is gone for good and not sent again. If the service was asked already and could "
                "not answer, it may have done it.");
  g_autofree char *body = g_strdup_printf ("%s %s", what, warning);
  AdwMessageDialog *dialog = make_dialog (parent, _("Drop this act?"), body, _("_Drop"),
                                          question_new (pending, answer, user_data));

  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "no");
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}

static void
take_cb (GtkWidget   *button,
         GtkEditable *entry)
{
  const char *text = g_object_get_data (G_OBJECT (button), "text");

  gtk_editable_set_text (entry, text != NULL ? text : "");
  gtk_widget_grab_focus (GTK_WIDGET (entry));
}

static GtkWidget *
make_take_button (const char  *label,
                  const char  *field,
                  const char  *text,
                  GtkEditable *entry)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", field, label);

  g_object_set_data_full (G_OBJECT (button), "text", g_strdup (text), g_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (take_cb), entry, 0);
  return button;
}

/* A field with mine in it, and a way to either. */
static GtkWidget *
make_row (const SmEdit *edit)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *field = sm_pending_field (edit->field);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field);
  gtk_editable_set_text (GTK_EDITABLE (row), edit->mine != NULL ? edit->mine : "");
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), make_take_button (C_ ("edit", "Mine"), field,
                                                                   edit->mine, GTK_EDITABLE (row)));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row),
                            make_take_button (C_ ("edit", "Theirs"), field, edit->theirs,
                                              GTK_EDITABLE (row)));
  return row;
}

/* What is too long is not sent. */
static void
check_cb (GtkEditable      *entry,
          AdwMessageDialog *dialog)
{
  GPtrArray *entries = g_object_get_data (G_OBJECT (dialog), "entries");
  gboolean fits = TRUE;

  for (guint i = 0; i < entries->len; i++)
    {
      glong room = GPOINTER_TO_INT (g_object_get_data (entries->pdata[i], "room"));
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entries->pdata[i])));

      fits &= g_utf8_strlen (text, -1) <= room;
    }
  adw_message_dialog_set_response_enabled (dialog, "yes", fits);
}

static void
check_entries (AdwMessageDialog *dialog,
               SmPending        *pending,
               GPtrArray        *entries)
{
  const GPtrArray *edits = sm_pending_get_edits (pending);

  g_object_set_data_full (G_OBJECT (dialog), "entries", g_ptr_array_ref (entries),
                          (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];
      glong room = sm_ops_max_chars (sm_pending_get_noun (pending), edit->field);

      g_object_set_data (entries->pdata[i], "room", GINT_TO_POINTER ((int) room));
      g_signal_connect_object (entries->pdata[i], "changed", G_CALLBACK (check_cb), dialog, 0);
    }
}

/** sm_pending_ask_merge: Like sm_pending_ask_drop(), field by field. */
GtkWidget *
sm_pending_ask_merge (GtkWidget       *parent,
                      SmPending       *pending,
                      SmPendingAnswer  answer,
                      gpointer         user_data)
{
  const GPtrArray *edits = sm_pending_get_edits (pending);
  Question *question = question_new (pending, answer, user_data);
  g_autofree char *object = sm_pending_object (pending);
  GtkWidget *list = gtk_list_box_new ();
  AdwMessageDialog *dialog;

  question->entries = g_ptr_array_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (guint i = 0; i < edits->len; i++)
    {
      GtkWidget *row = make_row (edits->pdata[i]);

      g_ptr_array_add (question->entries, row);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  dialog = make_dialog (parent, _("What is it to be?"), object, _("_Send"), question);
  check_entries (dialog, pending, question->entries);
  gtk_widget_set_size_request (list, 520, -1);
  adw_message_dialog_set_extra_child (dialog, list);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "yes");
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}

static void
attach (GtkGrid    *grid,
        int         column,
        int         row,
        const char *text,
        const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 28);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

/* Field by field, what is here now and what it is to become.  Returns: (nullable): an
 * acknowledgement changes none */
static GtkWidget *
make_changes (SmPending   *pending,
              const SmRow *present)
{
  const GPtrArray *edits = sm_pending_get_edits (pending);
  GtkGrid *grid;

  if (edits == NULL || edits->len == 0 || g_str_equal (sm_pending_get_verb (pending), "acknowledge"))
    return NULL;
  grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (grid, 24);
  gtk_grid_set_row_spacing (grid, 4);
  attach (grid, 1, 0, C_ ("edit", "Now"), "section-title");
  attach (grid, 2, 0, C_ ("edit", "Mine"), "section-title");
  for (guint i = 0; i < edits->len; i++)
    {
      const SmEdit *edit = edits->pdata[i];
      g_autofree char *field = sm_pending_field (edit->field);
      g_autofree char *part = sm_row_dup_part (present, edit->field);
      g_autofree char *now = sm_pending_value (edit->field, part);
      g_autofree char *mine = sm_pending_value (edit->field, edit->mine);

      attach (grid, 0, (int) i + 1, field, "row-subtitle");
      attach (grid, 1, (int) i + 1, now, NULL);
      attach (grid, 2, (int) i + 1, mine, NULL);
    }
  return GTK_WIDGET (grid);
}

static GtkWidget *
say_gone (GtkWidget *parent,
          SmPending *pending)
{
  g_autofree char *object = sm_pending_object (pending);
  g_autofree char *body = g_strdup_printf (
      /* Translators: %s is a station or an alarm as it was called in another network */
      _("%s: in this network nothing is called so, or more than one thing. The act stays here until "
        "it is dropped."),
      object);
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              _("This cannot be done anew"), body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", C_ ("action", "_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}

/**
 * sm_pending_ask_anew:
 *
 * Asks whether an act of another network is to be done in this one, or says why
 * that cannot be.  Like sm_pending_ask_drop().
 */
GtkWidget *
sm_pending_ask_anew (GtkWidget       *parent,
                     SmPending       *pending,
                     SmOps           *ops,
                     SmPendingAnswer  answer,
                     gpointer         user_data)
{
  g_autoptr (SmRow) present = sm_ops_find_again (ops, pending);
  g_autofree char *object = sm_pending_object (pending);
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;
  GtkWidget *changes;
  Question *question;

  if (present == NULL)
    return say_gone (parent, pending);
  /* Translators: what was done and to what, as in "Change of a station: Bay" */
  body = g_strdup_printf (_("%s: %s. It becomes a new act of yours, in this network, on what is "
                            "there now. The old one is forgotten."),
                          sm_pending_title (pending), object);
  question = question_new (pending, answer, user_data);
  question->present = sm_row_ref (present);
  dialog = make_dialog (parent, _("Do this anew?"), body, _("Do it _anew"), question);
  changes = make_changes (pending, present);
  if (changes != NULL)
    adw_message_dialog_set_extra_child (dialog, changes);
  adw_message_dialog_set_response_appearance (dialog, "yes", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "no");
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}
