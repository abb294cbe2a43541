/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-reason.h"

#include "sm-toast-errors.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* As the service takes it. */
#define MOST_REASON_CHARS 500

typedef struct
{
  GtkWidget *owner;
  SmAlarmReasonFunc func;
  AdwMessageDialog *dialog;
  GtkWidget *entry;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->owner);
  g_free (question);
}

static char *
dup_reason (const Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry))));
}

static void
check_cb (Question *question)
{
  g_autofree char *reason = dup_reason (question);

  adw_message_dialog_set_response_enabled (question->dialog, "do",
                                           reason[0] != '\0'
                                               && g_utf8_strlen (reason, -1) <= MOST_REASON_CHARS);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *reason = dup_reason (question);

  if (g_str_equal (response, "do"))
    question->func (question->owner, reason);
}

static void
submit_cb (Question *question)
{
  GtkWindow *dialog = GTK_WINDOW (question->dialog);

  if (!adw_message_dialog_get_response_enabled (question->dialog, "do"))
    return;
  adw_message_dialog_response (question->dialog, "do");
  /* A response by itself leaves it open, and the next Enter would do it again. */
  gtk_window_destroy (dialog);
}

/**
 * sm_alarm_reason_ask:
 * @verb: on the button that does it
 * @func: is called with @owner when a reason was given
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_alarm_reason_ask (GtkWidget         *owner,
                     const char        *heading,
                     const char        *body,
                     const char        *verb,
                     SmAlarmReasonFunc  func)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  GtkWidget *list = gtk_list_box_new ();

  question->owner = g_object_ref (owner);
  question->func = func;
  question->dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));
  question->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->entry), _("Reason"));
  g_signal_connect_swapped (question->entry, "changed", G_CALLBACK (check_cb), question);
  g_signal_connect_swapped (question->entry, "entry-activated", G_CALLBACK (submit_cb), question);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 420, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), question->entry);
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    verb, NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (question->dialog, list);
  check_cb (question);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  gtk_widget_grab_focus (question->entry);
  return GTK_WIDGET (question->dialog);
}

/** sm_alarm_complain: Says why it was not taken, even when somebody looks elsewhere by now. */
void
sm_alarm_complain (GtkWidget    *owner,
                   const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (owner);
  g_autofree char *sentence = sm_error_sentence (error);
  GtkWidget *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   _("That was not taken"), sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", C_ ("action", "_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
