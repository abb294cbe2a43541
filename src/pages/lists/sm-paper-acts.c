/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-paper-acts.h"

#include "sm-ops-papers.h"
#include "sm-ops-tell.h"
#include "sm-toast-errors.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* --- what can be done, and in words why not --- */

/** sm_paper_permission: Returns: (transfer none) (nullable): what @act needs */
const char *
sm_paper_permission (const SmPaper *paper,
                     SmPaperAct     act)
{
  if (act == SM_PAPER_ACT_TEST)
    return SM_OPS_MAY_TEST;
  return act == SM_PAPER_ACT_ADD
                 || (act == SM_PAPER_ACT_CALL_OFF && paper->noun == SM_NOUN_INSPECTION)
             ? paper->create
             : paper->change;
}

/** sm_paper_waits: Whether it can be done while the service is away: it goes through the outbox. */
gboolean
sm_paper_waits (const SmPaper *paper,
                SmPaperAct     act)
{
  return act != SM_PAPER_ACT_ADD && act != SM_PAPER_ACT_TEST
         && (paper->noun == SM_NOUN_INSPECTION || paper->noun == SM_NOUN_SAFETY_INCIDENT
             || paper->noun == SM_NOUN_PROBLEM_RECORD || paper->noun == SM_NOUN_COMPLAINT);
}

static const char *
refuse_incident (SmOps       *ops,
                 SmPaperAct   act,
                 const SmRow *row)
{
  if (sm_row_get_enum (row, SM_INCIDENT_STATE) != SM_INCIDENT_STATE_REPORTED)
    return sm_slug_what ("incident-over");
  if (act != SM_PAPER_ACT_CLOSE)
    return NULL;
  if (sm_row_is_null (row, SM_INCIDENT_CAUSE) || sm_row_is_null (row, SM_INCIDENT_MEASURES))
    return _("Cause and measures are not written down yet");
  return sm_ops_is_person (ops, sm_row_get_text (row, SM_INCIDENT_REPORTED_BY))
             ? sm_slug_what ("second-person-needed") : NULL;
}

static const char *
refuse_problem (SmOps       *ops,
                SmPaperAct   act,
                const SmRow *row)
{
  if (sm_row_get_enum (row, SM_PROBLEM_STATE) != SM_PROBLEM_STATE_OPEN)
    return sm_slug_what ("problem-over");
  if (act != SM_PAPER_ACT_CLOSE)
    return NULL;
  if (sm_row_is_null (row, SM_PROBLEM_CAUSE) || sm_row_is_null (row, SM_PROBLEM_SOLUTION))
    return _("Cause and solution are not written down yet");
  if (sm_row_is_null (row, SM_PROBLEM_SOLVED_BY))
    return _("What you changed is on its way to the service");
  return sm_ops_is_person (ops, sm_row_get_text (row, SM_PROBLEM_SOLVED_BY))
             ? sm_slug_what ("second-person-needed") : NULL;
}

static const char *
refuse_complaint (const SmRow *row)
{
  return sm_row_get_enum (row, SM_COMPLAINT_STATE) != SM_COMPLAINT_STATE_RECEIVED
             ? sm_slug_what ("complaint-over") : NULL;
}

static const char *
refuse_inspection (SmPaperAct   act,
                   const SmRow *row)
{
  if (sm_row_get_enum (row, SM_INSPECTION_STATE) != SM_INSPECTION_STATE_PLANNED)
    return sm_slug_what ("inspection-over");
  if (act != SM_PAPER_ACT_CLOSE)
    return NULL;
  if (sm_inspection_sum (row) == SM_ENUM_UNKNOWN)
    return _("Not all six have a score yet");
  for (guint s = 0; s < SM_INSPECTION_N_S; s++)
    if (sm_row_get_enum (row, SM_INSPECTION_SCORE_OF (s)) >= SM_INSPECTION_SCORE_POOR
        && sm_row_is_null (row, SM_INSPECTION_NOTE_OF (s)))
      return _("What is poor or failed needs a note: of it a work order is made");
  return NULL;
}

/**
 * sm_paper_refuse:
 * @shown: (nullable): what is selected, as it is shown
 *
 * Returns: (transfer none) (nullable): why that cannot be done now, in words; NULL: it can
 */
const char *
sm_paper_refuse (SmOps         *ops,
                 SmPaperAct     act,
                 const SmPaper *paper,
                 const SmRow   *shown)
{
  const char *permission = sm_paper_permission (paper, act);

  if (permission == NULL || !sm_ops_may (ops, permission))
    return sm_slug_what ("permission-missing");
  if (sm_status_get_state (sm_ops_get_status (ops)) == SM_STATUS_OFFLINE
      && !sm_paper_waits (paper, act))
    return _("The service cannot be reached");
  if (act == SM_PAPER_ACT_ADD)
    return NULL;
  if (shown == NULL)
    return _("Nothing is selected in the list");
  if (act == SM_PAPER_ACT_TEST)
    return sm_row_is_null (shown, SM_CONTACT_SMS) && sm_row_is_null (shown, SM_CONTACT_EMAIL)
                   && sm_row_is_null (shown, SM_CONTACT_VOICE)
               ? _("No number or address is written down") : NULL;
  if (paper->noun == SM_NOUN_PROBLEM_RECORD)
    return refuse_problem (ops, act, shown);
  if (paper->noun == SM_NOUN_INSPECTION)
    return refuse_inspection (act, shown);
  if (paper->noun == SM_NOUN_COMPLAINT)
    return refuse_complaint (shown);
  return paper->noun == SM_NOUN_SAFETY_INCIDENT ? refuse_incident (ops, act, shown) : NULL;
}

/* --- a question before it is gone --- */

typedef struct
{
  GObject *user;
  SmRow *row;
  SmPaperEnded ended;
  GtkWidget *entry;
  GtkWidget *over; /* (nullable): a switch, of what comes again */
  AdwMessageDialog *dialog;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->user);
  sm_row_unref (question->row);
  g_free (question);
}

/* What is asked, by what it is about. */
typedef struct
{
  SmNounId noun; /* SM_N_NOUNS: all others, of which nothing has to be said */
  const char *heading;
  const char *body; /* (nullable) */
  const char *button;
} Words;

static const Words words[] = {
  { SM_NOUN_INSPECTION, N_ ("Call the inspection off?"), NULL, N_ ("Call _off") },
  { SM_NOUN_COMPLAINT, N_ ("Reject the complaint?"),
    N_ ("What was found stays written in it. It cannot be taken back."), N_ ("_Reject") },
  { SM_N_NOUNS, N_ ("Take it away?"),
    N_ ("It does not hold any more; the audit keeps what it was."), N_ ("Take _away") },
};

static const Words *
words_of (const SmRow *row)
{
  gsize i = 0;

  while (words[i].noun != SM_N_NOUNS && words[i].noun != sm_row_get_noun (row)->id)
    i++;
  return &words[i];
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
  gboolean needs_reason = words_of (question->row)->noun != SM_N_NOUNS;

  adw_message_dialog_set_response_enabled (question->dialog, "do",
                                           !needs_reason || reason[0] != '\0');
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *reason = dup_reason (question);
  gboolean ends_series
      = question->over != NULL && gtk_switch_get_active (GTK_SWITCH (question->over));

  if (g_str_equal (response, "do"))
    question->ended (question->user, question->row, reason, ends_series);
}

/* Calling one off does not end what comes again: whoever wants that says so. */
static GtkWidget *
add_over (GtkWidget *list,
          gint64     days)
{
  const char *title = _("It is not to come again");
  g_autofree char *otherwise = g_strdup_printf (
      ngettext ("Otherwise the next one is planned for %u day later.",
                "Otherwise the next one is planned for %u days later.", (gulong) days),
      (guint) days);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *over = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), otherwise);
  gtk_widget_set_valign (over, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), over);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), over);
  gtk_accessible_update_property (GTK_ACCESSIBLE (over), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return over;
}

static GtkWidget *
make_content (Question *question)
{
  GtkWidget *list = gtk_list_box_new ();
  const SmRow *row = question->row;

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, words_of (row)->noun != SM_N_NOUNS);
  question->entry = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _("Reason"), NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), question->entry);
  if (sm_row_get_noun (row)->id == SM_NOUN_INSPECTION
      && !sm_row_is_null (row, SM_INSPECTION_EVERY_DAYS))
    question->over = add_over (list, sm_row_get_int (row, SM_INSPECTION_EVERY_DAYS));
  return list;
}

/**
 * sm_paper_ask_to_end:
 * @row: as it is shown
 *
 * Whether it is really to be called off, rejected or taken away; @parent hears of it.
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_paper_ask_to_end (GtkWidget    *parent,
                     SmRow        *row,
                     SmPaperEnded  ended)
{
  const Words *said = words_of (row);
  GtkRoot *root = gtk_widget_get_root (parent);
  Question *question = g_new0 (Question, 1);

  question->user = g_object_ref (G_OBJECT (parent));
  question->ended = ended;
  question->row = sm_row_ref (row);
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      _(said->heading), said->body != NULL ? _(said->body) : NULL));
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    _(said->button), NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_response_appearance (question->dialog, "do",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_extra_child (question->dialog, make_content (question));
  g_signal_connect_swapped (question->entry, "changed", G_CALLBACK (check_cb), question);
  check_cb (question);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  return GTK_WIDGET (question->dialog);
}
