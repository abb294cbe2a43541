/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-work-order-ask.h"

#include "sm-text.h"
#include "sm-toast-errors.h"
#include "sm-work-order-acts.h"
#include "sm-work-order-people.h"
#include "sm-work-order-takers.h"
#include "sm-work-order-words.h"
#include "sm-words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Of a reason, as the service takes it. */
#define MOST_REASON_CHARS 500

/* When somebody comes again, in days from now. */
static const struct
{
  guint days;
  const char *words;
} times[] = {
  { 1, N_ ("In 1 day") },   { 3, N_ ("In 3 days") },   { 7, N_ ("In 7 days") },
  { 14, N_ ("In 14 days") }, { 30, N_ ("In 30 days") },
};
#define USUAL_TIME 2

typedef struct
{
  GtkWidget *parent;
  SmOps *ops;
  SmWorkOrderEvent event;
  SmItem *order;
  AdwMessageDialog *dialog;
  GArray *choices;   /* of SmWorkOrderChoice: which part */
  GtkWidget *choice; /* (nullable) */
  GtkWidget *find;   /* (nullable): a name */
  GtkWidget *takers; /* (nullable): who goes */
  GtkWidget *below;  /* (nullable): what is asked once somebody is chosen */
  GtkWidget *spoke;  /* (nullable) */
  GtkWidget *fix;    /* (nullable) */
  GtkWidget *time;   /* (nullable) */
  GtkWidget *cause;  /* (nullable) */
  GtkWidget *text;   /* (nullable): a reason, a note, what was done, how many */
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->parent);
  g_object_unref (question->ops);
  g_object_unref (question->order);
  g_clear_pointer (&question->choices, g_array_unref);
  g_free (question);
}

/* --- doing --- */

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GtkWidget) parent = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog;

  if (sm_ops_do_work_order_finish (SM_OPS (source), result, &error)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = sm_error_sentence (error);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                   _("That was not taken"), sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", C_ ("action", "_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/** sm_work_order_send: Does it, and says in words when it could not be written down. */
void
sm_work_order_send (GtkWidget             *parent,
                    SmOps                 *ops,
                    SmItem                *order,
                    const SmWorkOrderDeed *deed)
{
  sm_ops_do_work_order_async (ops, order, deed, NULL, told_cb, g_object_ref (parent));
}

static char *
dup_text (GtkWidget *entry)
{
  return entry != NULL ? g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))))
                       : g_strdup ("");
}

static const SmWorkOrderTaker *
get_taker (const Question *question)
{
  return question->takers != NULL
             ? sm_work_order_takers_get_chosen (SM_WORK_ORDER_TAKERS (question->takers)) : NULL;
}

/* Of a note, how much it may say; of a part, how many; else what has to be said. */
static gboolean
is_text_well (const Question *question)
{
  g_autofree char *text = dup_text (question->text);
  gint64 number;

  switch (question->event)
    {
    case SM_WORK_ORDER_NOTE_DOWN:
      return g_utf8_strlen (text, -1) <= SM_MAX_NOTE_CHARS;
    case SM_WORK_ORDER_USE_PART:
      return g_ascii_string_to_signed (text, 10, 1, 1000, &number, NULL);
    case SM_WORK_ORDER_ASSIGN:
      if (get_taker (question) != NULL && get_taker (question)->needs_reason && text[0] == '\0')
        return FALSE;
      return g_utf8_strlen (text, -1) <= MOST_REASON_CHARS;
    case SM_WORK_ORDER_CONFIRM:
      return g_utf8_strlen (text, -1) <= MOST_REASON_CHARS;
    default:
      return question->text == NULL
             || (text[0] != '\0' && g_utf8_strlen (text, -1) <= MOST_REASON_CHARS);
    }
}

static void
check_cb (Question *question)
{
  g_autofree char *cause = dup_text (question->cause);
  gboolean is_chosen = (question->choice == NULL
                        || sm_work_order_get_choice (question->choice, question->choices) != NULL)
                       && (question->takers == NULL || get_taker (question) != NULL);
  gboolean is_caused = question->cause == NULL
                       || (cause[0] != '\0' && g_utf8_strlen (cause, -1) <= MOST_REASON_CHARS);

  adw_message_dialog_set_response_enabled (question->dialog, "do",
                                           is_chosen && is_caused && is_text_well (question));
}

static void
take_choice (const Question  *question,
             SmWorkOrderDeed *deed)
{
  const SmWorkOrderChoice *choice
      = question->choice != NULL ? sm_work_order_get_choice (question->choice, question->choices)
                                 : NULL;
  const SmWorkOrderTaker *taker = get_taker (question);

  if (choice != NULL)
    deed->part_id = choice->id;
  if (taker != NULL && taker->noun == SM_NOUN_ENGINEER)
    deed->engineer_id = taker->id;
  else if (taker != NULL)
    deed->organisation_id = taker->id;
}

static gint64
get_time (const Question *question)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (question->ops)));
  guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (question->time));

  return now + times[MIN (chosen, G_N_ELEMENTS (times) - 1)].days * SM_DAY;
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  SmWorkOrderDeed deed = SM_WORK_ORDER_DEED (question->event);
  g_autofree char *text = dup_text (question->text);
  g_autofree char *cause = dup_text (question->cause);

  if (!g_str_equal (response, "do"))
    return;
  take_choice (question, &deed);
  if (question->spoke != NULL)
    deed.spoke = gtk_switch_get_active (GTK_SWITCH (question->spoke));
  if (question->fix != NULL)
    deed.fix = sm_work_order_fixes[adw_combo_row_get_selected (ADW_COMBO_ROW (question->fix))];
  if (question->time != NULL)
    deed.follow_up_at = get_time (question);
  if (question->event == SM_WORK_ORDER_COMPLETE)
    {
      deed.cause = cause;
      deed.action = text;
    }
  else if (question->event == SM_WORK_ORDER_NOTE_DOWN)
    deed.note = text;
  else if (question->event == SM_WORK_ORDER_USE_PART)
    deed.quantity = g_ascii_strtoll (text, NULL, 10);
  else if (text[0] != '\0')
    deed.reason = text;
  sm_work_order_send (question->parent, question->ops, question->order, &deed);
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

/* --- asking --- */

static GtkWidget *
list_new (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

static GtkWidget *
add_entry (Question   *question,
           GtkWidget  *list,
           const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), question);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (submit_cb), question);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
find_cb (Question *question)
{
  g_autofree char *text = dup_text (question->find);

  sm_work_order_takers_find (SM_WORK_ORDER_TAKERS (question->takers), text);
}

/* Above the list of who could go, which is no row of it. */
static GtkWidget *
add_find (Question  *question,
          GtkWidget *list)
{
  GtkWidget *row = add_entry (question, list, _("Find by name"));

  question->takers
      = sm_work_order_takers_new (question->ops, sm_item_get_id (question->order));
  g_signal_connect_swapped (question->takers, "changed", G_CALLBACK (check_cb), question);
  g_signal_connect_swapped (question->takers, "activated", G_CALLBACK (submit_cb), question);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (find_cb), question);
  return row;
}

static GtkWidget *
add_choice (Question   *question,
            GtkWidget  *list,
            const char *title,
            GArray     *choices)
{
  GtkWidget *row = sm_work_order_choice_new (title, choices);

  question->choices = choices;
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (check_cb), question);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static GtkWidget *
add_switch (GtkWidget  *list,
            const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return button;
}

static GtkWidget *
add_words (GtkWidget  *list,
           const char *title,
           const char *const *slugs)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  GtkWidget *row;

  for (guint i = 0; slugs != NULL && slugs[i] != NULL; i++)
    gtk_string_list_append (words, sm_word_of_slug (slugs, slugs[i]));
  for (guint i = 0; slugs == NULL && i < G_N_ELEMENTS (times); i++)
    gtk_string_list_append (words, _(times[i].words));
  row = g_object_new (ADW_TYPE_COMBO_ROW, "title", title, "model", words, "selected",
                      slugs == NULL ? USUAL_TIME : 1, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return row;
}

static void
fill (Question  *question,
      GtkWidget *list)
{
  switch (question->event)
    {
    case SM_WORK_ORDER_ASSIGN:
      question->find = add_find (question, list);
      question->below = list_new ();
      question->text
          = add_entry (question, question->below, _("Why in spite of a certificate that is missing"));
      break;
    case SM_WORK_ORDER_ACCEPT:
      question->spoke = add_switch (list, _("Spoke with the site or the driver"));
      break;
    case SM_WORK_ORDER_USE_PART:
      question->choice = add_choice (
          question, list, _("Which part"),
          sm_work_order_list_parts (question->ops, sm_item_get_row (question->order)));
      question->text = add_entry (question, list, _("How many"));
      gtk_editable_set_text (GTK_EDITABLE (question->text), "1");
      break;
    case SM_WORK_ORDER_COMPLETE:
      question->fix = add_words (list, _("Repair"), sm_work_order_fixes);
      question->cause = add_entry (question, list, _("Cause"));
      question->text = add_entry (question, list, _("What was done"));
      break;
    case SM_WORK_ORDER_FOLLOW_UP:
      question->time = add_words (list, _("When somebody comes again"), NULL);
      question->text = add_entry (question, list, _("What is still to be done"));
      break;
    case SM_WORK_ORDER_CONFIRM:
      question->text
          = add_entry (question, list, _("Why, if nothing has shown that it serves again"));
      break;
    default:
      question->text = add_entry (
          question, list, question->event == SM_WORK_ORDER_NOTE_DOWN ? _("Note") : _("Reason"));
    }
}

static const char *
title_of (SmWorkOrderEvent event)
{
  for (guint i = 0; i < sm_n_work_order_verbs; i++)
    if (sm_work_order_verbs[i].event == event)
      return sm_work_order_verb_title (&sm_work_order_verbs[i]);
  return "";
}

/* What it is about, and of what is judged what was done. */
static char *
describe (const Question *question)
{
  const SmRow *row = sm_item_get_row (question->order);
  g_autofree char *title = sm_work_order_title (row);
  g_autofree char *place = sm_work_order_place (question->ops, row);
  g_autofree char *cause = sm_text_clean (sm_row_get_text (row, SM_WORK_ORDER_CAUSE));
  g_autofree char *action = sm_text_clean (sm_row_get_text (row, SM_WORK_ORDER_ACTION));

  if (question->event != SM_WORK_ORDER_CONFIRM && question->event != SM_WORK_ORDER_REJECT)
    return g_strdup_printf ("%s · %s", title, place);
  return g_strdup_printf ("%s · %s\n%s: %s\n%s: %s\n%s: %s", title, place, _("Repair"),
                          sm_word_of_slug (sm_work_order_fixes,
                                           sm_row_get_text (row, SM_WORK_ORDER_FIX)),
                          _("Cause"), cause, _("What was done"), action);
}

/* Who could go stands below the search, and above what is asked of whoever is chosen. */
static GtkWidget *
frame (const Question *question,
       GtkWidget      *list)
{
  GtkWidget *box;

  if (question->takers == NULL)
    return list;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), question->takers);
  gtk_box_append (GTK_BOX (box), question->below);
  return box;
}

static void
focus_first (const Question *question)
{
  GtkWidget *first = question->find != NULL    ? question->find
                     : question->choice != NULL ? question->choice
                     : question->fix != NULL   ? question->fix
                     : question->time != NULL  ? question->time
                     : question->spoke != NULL ? question->spoke
                                               : question->text;

  gtk_widget_grab_focus (first);
}

/**
 * sm_work_order_ask:
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_work_order_ask (GtkWidget        *parent,
                   SmOps            *ops,
                   SmWorkOrderEvent  event,
                   SmItem           *order)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *list = list_new ();
  g_autofree char *body = NULL;

  *question = (Question){ g_object_ref (parent), g_object_ref (ops), event, g_object_ref (order) };
  body = describe (question);
  gtk_widget_set_size_request (list, event == SM_WORK_ORDER_ASSIGN ? 720 : 480, -1);
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, title_of (event), body));
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    title_of (event), NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_response_appearance (
      question->dialog, "do",
      event == SM_WORK_ORDER_CANCEL ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  fill (question, list);
  adw_message_dialog_set_extra_child (question->dialog, frame (question, list));
  check_cb (question);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  focus_first (question);
  return GTK_WIDGET (question->dialog);
}
