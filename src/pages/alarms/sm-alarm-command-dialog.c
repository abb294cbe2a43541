/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-command-dialog.h"

#include "sm-fault-row.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Of a reason, as the service takes it. */
#define MOST_REASON_CHARS 500

typedef struct
{
  GtkWidget *owner;
  gint64 alarm_id;
  GPtrArray *choices;  /* of SmAlarmChoice */
  GPtrArray *refusals; /* of (nullable) char *: why one cannot be sent now */
  SmAlarmCommandFunc func;
  AdwMessageDialog *dialog;
  GtkWidget *combo;
  GtkWidget *entry;
  GtkWidget *why;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->owner);
  g_ptr_array_unref (question->choices);
  g_ptr_array_unref (question->refusals);
  g_free (question);
}

static guint
get_selected (const Question *question)
{
  return adw_combo_row_get_selected (ADW_COMBO_ROW (question->combo));
}

static char *
dup_reason (const Question *question)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry))));
}

/* Exactly what would be done to which thing; or why it cannot be. */
static void
check_cb (Question *question)
{
  g_autofree char *reason = dup_reason (question);
  const char *refusal = question->refusals->pdata[get_selected (question)];
  g_autofree char *words = sm_alarm_choice_words (question->choices->pdata[get_selected (question)]);
  /* Translators: %s is a thing and what is done to it */
  g_autofree char *told = g_strdup_printf (_("It is sent at once: %s"), words);

  gtk_label_set_text (GTK_LABEL (question->why), refusal != NULL ? refusal : told);
  adw_message_dialog_set_response_enabled (
      question->dialog, "do",
      refusal == NULL && reason[0] != '\0' && g_utf8_strlen (reason, -1) <= MOST_REASON_CHARS);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *reason = dup_reason (question);

  if (g_str_equal (response, "do"))
    question->func (question->choices->pdata[get_selected (question)], reason, question->alarm_id,
                    question->owner);
}

static void
submit_cb (Question *question)
{
  GtkWindow *dialog = GTK_WINDOW (question->dialog);

  if (!adw_message_dialog_get_response_enabled (question->dialog, "do"))
    return;
  adw_message_dialog_response (question->dialog, "do");
  /* A response by itself leaves it open, and the next Enter would send it again. */
  gtk_window_destroy (dialog);
}

static guint
find_first_possible (const GPtrArray *refusals)
{
  for (guint i = 0; i < refusals->len; i++)
    if (refusals->pdata[i] == NULL)
      return i;
  return 0;
}

static GtkWidget *
make_combo (Question *question)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < question->choices->len; i++)
    {
      g_autofree char *text = sm_alarm_choice_words (question->choices->pdata[i]);
      /* Translators: a command that cannot be sent now, in a list of commands */
      g_autofree char *off = g_strdup_printf (_("%s (not now)"), text);

      gtk_string_list_append (words, question->refusals->pdata[i] != NULL ? off : text);
    }
  question->combo = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Command"), "model", words,
                                  "selected", find_first_possible (question->refusals), NULL);
  g_signal_connect_swapped (question->combo, "notify::selected", G_CALLBACK (check_cb), question);
  return question->combo;
}

static GtkWidget *
make_content (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 460, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), make_combo (question));
  question->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (question->entry), _("Reason"));
  g_signal_connect_swapped (question->entry, "changed", G_CALLBACK (check_cb), question);
  g_signal_connect_swapped (question->entry, "entry-activated", G_CALLBACK (submit_cb), question);
  gtk_list_box_append (GTK_LIST_BOX (list), question->entry);
  question->why = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "wrap-mode",
                                PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), question->why);
  return box;
}

/**
 * sm_alarm_command_ask:
 * @choices: of SmAlarmChoice, at least one
 * @refusals: of char *, as many: (nullable) why that one cannot be sent now
 * @func: is called with @owner when one was chosen and a reason given
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_alarm_command_ask (GtkWidget          *owner,
                      const SmRow        *alarm,
                      GPtrArray          *choices,
                      GPtrArray          *refusals,
                      SmAlarmCommandFunc  func)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (owner);
  g_autofree char *title = sm_fault_title (alarm);
  g_autofree char *source = sm_fault_source (alarm);
  g_autofree char *body = g_strdup_printf ("%s · %s", title, source);
  GtkWidget *content;

  question->owner = g_object_ref (owner);
  question->alarm_id = sm_row_get_id (alarm);
  question->choices = g_ptr_array_ref (choices);
  question->refusals = g_ptr_array_ref (refusals);
  question->func = func;
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("Command to equipment"), body));
  content = make_content (question);
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    C_ ("action", "_Send"), NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_extra_child (question->dialog, content);
  check_cb (question);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  gtk_widget_grab_focus (question->entry);
  return GTK_WIDGET (question->dialog);
}
