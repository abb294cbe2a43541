/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-window-ask.h"

#include "sm-time.h"
#include "sm-toast-errors.h"
#include "sm-window-words.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Asks for what an act on a maintenance window needs, and does it. */

#define MOST_REASON_CHARS 500

const SmWindowTime sm_window_times[SM_WINDOW_N_TIMES] = {
  { 60, N_ ("1 hour") },    { 120, N_ ("2 hours") },   { 240, N_ ("4 hours") },
  { 480, N_ ("8 hours") },  { 1440, N_ ("1 day") },    { 4320, N_ ("3 days") },
  { 10080, N_ ("7 days") },
};

typedef struct
{
  GtkWidget *parent;
  SmOps *ops;
  SmWindowEvent event;
  SmItem *item;
  AdwMessageDialog *dialog;
  GtkWidget *entry;
  GtkWidget *time;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_object_unref (question->ops);
  g_object_unref (question->item);
  g_free (question);
}

/** sm_window_event_title: Returns: what a person does, for a button; with a mnemonic */
const char *
sm_window_event_title (SmWindowEvent event)
{
  switch (event)
    {
    case SM_WINDOW_EVENT_APPROVE:
      return C_ ("window", "_Approve");
    case SM_WINDOW_EVENT_EXTEND:
      return C_ ("window", "_Extend");
    case SM_WINDOW_EVENT_CLOSE:
      return C_ ("window", "C_lose");
    default:
      return C_ ("window", "Call _off");
    }
}

/* --- what dialogs have in common --- */

GtkWidget *
sm_window_list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 480, -1);
  return list;
}

GtkWidget *
sm_window_entry_new (const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

GtkWidget *
sm_window_times_new (const char *title)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < SM_WINDOW_N_TIMES; i++)
    gtk_string_list_append (words, _(sm_window_times[i].words));
  return g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", words, "selected", 1, NULL);
}

GtkWindow *
sm_window_ref_root (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? g_object_ref (GTK_WINDOW (root)) : NULL;
}

/** sm_window_told_cb: Says why it was not taken, if so. */
void
sm_window_told_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) window = sm_ops_window_finish (SM_OPS (source), result, &error);
  g_autofree char *sentence = window == NULL ? sm_error_sentence (error) : NULL;
  GtkWidget *dialog;

  if (window != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog = adw_message_dialog_new (parent, _("That was not taken"), sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", C_ ("action", "_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- one act --- */

static gboolean
needs_reason (SmWindowEvent event)
{
  return event == SM_WINDOW_EVENT_CANCEL || event == SM_WINDOW_EVENT_EXTEND;
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

  adw_message_dialog_set_response_enabled (
      question->dialog, "do",
      g_utf8_strlen (reason, -1) <= MOST_REASON_CHARS
          && (!needs_reason (question->event) || reason[0] != '\0'));
}

/* From when it was to end, or from now when that has gone by. */
static gint64
get_end (const Question *question)
{
  const SmRow *window = sm_item_get_row (question->item);
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (question->ops)));
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (question->time));

  return MAX (sm_row_get_int (window, SM_WINDOW_ENDS_AT), now)
         + sm_window_times[chosen].minutes * SM_MINUTE;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *reason = dup_reason (question);

  if (g_str_equal (response, "do"))
    sm_ops_do_window_async (question->ops, sm_item_get_id (question->item), question->event,
                            question->event == SM_WINDOW_EVENT_EXTEND ? get_end (question)
                                                                      : SM_UNKNOWN,
                            reason[0] != '\0' ? reason : NULL, NULL, sm_window_told_cb,
                            sm_window_ref_root (question->parent));
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

/* What is agreed to, word by word. */
static char *
describe (const Question *question)
{
  const SmRow *window = sm_item_get_row (question->item);
  g_autofree char *scope = sm_window_words_scope (question->ops, window);
  g_autofree char *span
      = sm_window_words_span (question->ops, sm_row_get_int (window, SM_WINDOW_STARTS_AT),
                              sm_row_get_int (window, SM_WINDOW_ENDS_AT));

  if (question->event == SM_WINDOW_EVENT_APPROVE)
    return g_strdup_printf (
        "%s\n%s\n%s\n%s: %s · %s\n%s: %s", scope, span,
        sm_row_get_text (window, SM_WINDOW_REASON), _("Risk"),
        sm_word_of_slug (sm_window_risks, sm_row_get_text (window, SM_WINDOW_RISK)),
        sm_row_get_text (window, SM_WINDOW_RISK_NOTE), _("Suppresses"),
        sm_word_of_slug (sm_window_suppressions, sm_row_get_text (window, SM_WINDOW_SUPPRESSES)));
  if (question->event == SM_WINDOW_EVENT_CLOSE)
    return g_strdup_printf (
        "%s\n%s\n%s", scope, span,
        _("A swap or charge that began after it opened and went well is looked for. Where there "
          "is none, who may approve says why."));
  return g_strdup_printf ("%s\n%s", scope, span);
}

static GtkWidget *
make_rows (Question *question)
{
  GtkWidget *list = sm_window_list_new ();

  question->entry = sm_window_entry_new (question->event == SM_WINDOW_EVENT_CLOSE
                                             ? _("Why there is no test") : _("Reason"));
  g_signal_connect_swapped (question->entry, "changed", G_CALLBACK (check_cb), question);
  g_signal_connect_swapped (question->entry, "entry-activated", G_CALLBACK (submit_cb), question);
  question->time = sm_window_times_new (_("For how much longer"));
  gtk_widget_set_visible (question->time, question->event == SM_WINDOW_EVENT_EXTEND);
  gtk_list_box_append (GTK_LIST_BOX (list), question->time);
  gtk_list_box_append (GTK_LIST_BOX (list), question->entry);
  gtk_widget_set_visible (list, question->event != SM_WINDOW_EVENT_APPROVE);
  return list;
}

/**
 * sm_window_ask:
 * @event: what a person does
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_window_ask (GtkWidget     *parent,
               SmOps         *ops,
               SmWindowEvent  event,
               SmItem        *item)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *body = NULL;
  GtkWidget *rows;

  *question = (Question){ g_object_ref (parent), g_object_ref (ops), event, g_object_ref (item) };
  body = describe (question);
  rows = make_rows (question);
  question->dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                              _("Maintenance window"), body));
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    sm_window_event_title (event), NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (question->dialog, rows);
  check_cb (question);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  if (event != SM_WINDOW_EVENT_APPROVE)
    gtk_widget_grab_focus (question->entry);
  return GTK_WIDGET (question->dialog);
}
