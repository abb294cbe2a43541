/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-acts.h"

#include "sm-alarm-folds.h"
#include "sm-alarm.h"
#include "sm-fault-row.h"
#include "sm-text.h"
#include "sm-toast-errors.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* What is done to alarms: whether it can be, what is asked before, and what goes wrong. */

static const struct
{
  const char *action;
  const char *key;
  const char *permission;
  const char *title; /* of its button */
} acts[SM_N_ALARM_ACTS] = {
  [SM_ALARM_ACT_ACKNOWLEDGE] = { "alarms.acknowledge", "a", "alarm.acknowledge",
                                 N_ ("Acknowledge") },
  [SM_ALARM_ACT_NOTE] = { "alarms.note", "n", "alarm.note", N_ ("Note") },
};

const char *
sm_alarm_act_title (SmAlarmAct act)
{
  return _(acts[act].title);
}

/** sm_alarm_act_action: Returns: the action of the page that does it */
const char *
sm_alarm_act_action (SmAlarmAct act)
{
  return acts[act].action;
}

/** sm_alarm_act_key: Returns: the key that does it */
const char *
sm_alarm_act_key (SmAlarmAct act)
{
  return acts[act].key;
}

static gboolean
can_acknowledge (SmItem *item)
{
  return !sm_item_get_pending (item) && sm_fault_is_unacked (sm_item_get_row (item));
}

static gboolean
any (GPtrArray *items,
     gboolean (*can) (SmItem *item))
{
  for (guint i = 0; i < items->len; i++)
    if (can (items->pdata[i]))
      return TRUE;
  return FALSE;
}

const char *
sm_alarm_act_refusal (SmOps      *ops,
                      SmAlarmAct  act,
                      GPtrArray  *items)
{
  if (items->len == 0)
    return _("No alarm is selected");
  if (!sm_ops_may (ops, acts[act].permission))
    return sm_ops_get_person (ops) == NULL ? _("Nobody is signed in")
                                           : _("Your role does not allow this");
  switch (act)
    {
    case SM_ALARM_ACT_ACKNOWLEDGE:
      return any (items, can_acknowledge) ? NULL : _("It is acknowledged already");
    case SM_ALARM_ACT_NOTE:
      return items->len == 1 ? NULL : _("A note is written on one alarm at a time");
    case SM_N_ALARM_ACTS:
    default:
      return NULL;
    }
}

/* --- what goes wrong --- */

static void
show_refusal (GtkWindow    *parent,
              const GError *error)
{
  g_autofree char *sentence = sm_error_sentence (error);
  GtkWidget *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog = adw_message_dialog_new (parent, _("That was not taken"), sentence);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", C_ ("action", "_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWindow *
ref_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? g_object_ref (GTK_WINDOW (root)) : NULL;
}

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!sm_ops_acknowledge_finish (SM_OPS (source), result, &error))
    show_refusal (parent, error);
}

/** sm_alarm_act_acknowledge: Acknowledges all of @items that wait for it; those that do not are passed over. */
void
sm_alarm_act_acknowledge (GtkWidget  *parent,
                          SmOps      *ops,
                          GPtrArray  *items,
                          const char *note)
{
  for (guint i = 0; i < items->len; i++)
    if (can_acknowledge (items->pdata[i]))
      sm_ops_acknowledge_async (ops, sm_item_get_id (items->pdata[i]), note, NULL, acknowledged_cb,
                                ref_window (parent));
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!sm_ops_edit_finish (SM_OPS (source), result, &error))
    show_refusal (parent, error);
}

static void
write_note (GtkWidget  *parent,
            SmOps      *ops,
            SmRow      *seen,
            const char *text)
{
  GPtrArray *edits = sm_edits_new ();
  g_autofree char *base = sm_row_dup_part (seen, "note");

  sm_edits_add (edits, "note", base, text);
  sm_ops_edit_async (ops, seen, edits, NULL, noted_cb, ref_window (parent));
}

/* --- asking --- */

typedef struct
{
  GtkWidget *parent; /* borrowed: the dialog goes with it */
  SmOps *ops;
  SmAlarmAct act;
  GPtrArray *items;
  SmRow *seen; /* the first of them when it was asked */
  AdwMessageDialog *dialog;
  GtkWidget *entry;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->ops);
  g_object_unref (question->parent);
  g_ptr_array_unref (question->items);
  sm_row_unref (question->seen);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry))));
  const char *given = text[0] != '\0' ? text : NULL;

  if (!g_str_equal (response, "do"))
    return;
  if (question->act == SM_ALARM_ACT_ACKNOWLEDGE)
    sm_alarm_act_acknowledge (question->parent, question->ops, question->items, given);
  else if (question->act == SM_ALARM_ACT_NOTE)
    write_note (question->parent, question->ops, question->seen, given);
}

static void
submit_cb (Question *question)
{
  GtkWindow *dialog = GTK_WINDOW (question->dialog);

  if (!adw_message_dialog_get_response_enabled (question->dialog, "do"))
    return;
  adw_message_dialog_response (question->dialog, "do");
  /* A response by itself leaves it open, and the next Enter would do it all again; from here on
   * the question may be gone. */
  gtk_window_destroy (dialog);
}

static void
check_cb (Question *question)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (question->entry));

  adw_message_dialog_set_response_enabled (question->dialog, "do",
                                           g_utf8_strlen (text, -1) <= SM_MAX_NOTE_CHARS);
}

static char *
describe (GPtrArray *items)
{
  const SmRow *first = sm_item_get_row (items->pdata[0]);
  g_autofree char *title = sm_fault_title (first);
  g_autofree char *source = sm_fault_source (first);

  if (items->len == 1)
    return g_strdup_printf ("%s · %s", title, source);
  return g_strdup_printf (ngettext ("%u alarm, the first of them: %s · %s",
                                    "%u alarms, the first of them: %s · %s", items->len),
                          items->len, title, source);
}

static GtkWidget *
make_entry (Question *question)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 420, -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Note"));
  if (question->act == SM_ALARM_ACT_NOTE)
    {
      const char *note = sm_row_get_text (question->seen, SM_ALARM_NOTE);

      gtk_editable_set_text (GTK_EDITABLE (row), note != NULL ? note : "");
    }
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), question);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (submit_cb), question);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  question->entry = row;
  return list;
}

/**
 * sm_alarm_act_ask:
 * @items: of SmItem, at least one
 *
 * Asks for what @act needs, and does it.
 *
 * Returns: (transfer none): the dialog, which is shown
 */
GtkWidget *
sm_alarm_act_ask (GtkWidget  *parent,
                  SmOps      *ops,
                  SmAlarmAct  act,
                  GPtrArray  *items)
{
  Question *question = g_new0 (Question, 1);
  GtkRoot *root = gtk_widget_get_root (parent);
  g_autofree char *body = describe (items);
  GtkWidget *extra;

  question->parent = g_object_ref (parent);
  question->ops = g_object_ref (ops);
  question->act = act;
  question->items = g_ptr_array_ref (items);
  question->seen = sm_row_ref (sm_item_get_row (items->pdata[0]));
  extra = make_entry (question);
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, sm_alarm_act_title (act), body));
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    sm_alarm_act_title (act), NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (question->dialog, extra);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  gtk_widget_grab_focus (question->entry);
  return GTK_WIDGET (question->dialog);
}
