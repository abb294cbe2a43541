/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-acts.h"

#include "sm-alarm-folds.h"
#include "sm-alarm-words.h"
#include "sm-alarm.h"
#include "sm-fault-row.h"
#include "sm-ops-alarms.h"
#include "sm-text.h"
#include "sm-toast-errors.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

/* Of a reason, as the service takes it. */
#define MOST_REASON_CHARS 500

/* What is done to alarms: whether it can be, what is asked before, and what goes wrong. */

typedef enum
{
  ASKS_NOTE,
  ASKS_REASON,
  ASKS_REASON_AND_TIME,
  ASKS_NOTHING, /* but whether it is meant */
} Asks;

static const struct
{
  const char *action;
  const char *key; /* as it is read on a button */
  const char *permission;
  const char *title; /* of its button */
  Asks asks;
  SmAlarmEvent event; /* the service does it at once; of those that can wait, RAISE: none */
} acts[SM_N_ALARM_ACTS] = {
  [SM_ALARM_ACT_ACKNOWLEDGE] = { "alarms.acknowledge", "A", "alarm.acknowledge",
                                 N_ ("Acknowledge"), ASKS_NOTE, SM_ALARM_EVENT_RAISE },
  [SM_ALARM_ACT_NOTE] = { "alarms.note", "N", "alarm.note", N_ ("Note"), ASKS_NOTE,
                          SM_ALARM_EVENT_RAISE },
  [SM_ALARM_ACT_SHELVE] = { "alarms.shelve", "S", "alarm.shelve", N_ ("Shelve"),
                            ASKS_REASON_AND_TIME, SM_ALARM_EVENT_SHELVE },
  [SM_ALARM_ACT_UNSHELVE] = { "alarms.unshelve", "Shift+S", "alarm.shelve", N_ ("Take back"),
                              ASKS_NOTHING, SM_ALARM_EVENT_UNSHELVE },
  [SM_ALARM_ACT_TAKE_OUT] = { "alarms.take-out", "O", "alarm.take_out",
                              N_ ("Take out of service"), ASKS_REASON_AND_TIME,
                              SM_ALARM_EVENT_TAKE_OUT },
  [SM_ALARM_ACT_APPROVE_OUT] = { "alarms.approve-out", "P", "alarm.approve_out",
                                 N_ ("Approve out of service"), ASKS_NOTHING,
                                 SM_ALARM_EVENT_APPROVE_OUT },
  [SM_ALARM_ACT_RETURN] = { "alarms.return", "Shift+O", "alarm.take_out",
                            N_ ("Return to service"), ASKS_NOTHING,
                            SM_ALARM_EVENT_RETURN_TO_SERVICE },
  [SM_ALARM_ACT_RELEASE] = { "alarms.release", "R", "alarm.release", N_ ("Release"), ASKS_REASON,
                             SM_ALARM_EVENT_RELEASE },
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

/* Returns: (nullable): the slug of why the life of an alarm does not go on like that */
static const char *
find_dead_end (SmOps      *ops,
               SmAlarmAct  act,
               SmItem     *item)
{
  gint64 now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (ops)));
  const char *refusal = "not-allowed-now";
  SmAlarmLife life, next;

  if (sm_alarm_read_life (sm_item_get_row (item), now, &life))
    sm_alarm_next (&life, acts[act].event, &next, &refusal);
  return refusal;
}

/* Whoever answers for it must not be the one who judges it. */
static gboolean
was_me (SmOps       *ops,
        SmAlarmAct   act,
        const SmRow *alarm)
{
  if (act == SM_ALARM_ACT_RELEASE)
    return sm_ops_is_person (ops, sm_row_get_text (alarm, SM_ALARM_ACKED_BY));
  return act == SM_ALARM_ACT_APPROVE_OUT
         && sm_ops_is_person (ops, sm_row_get_text (alarm, SM_ALARM_OUT_OF_SERVICE_BY));
}

static const char *
find_obstacle (SmOps      *ops,
               SmAlarmAct  act,
               SmItem     *item)
{
  const char *refusal = find_dead_end (ops, act, item);

  if (refusal == NULL && was_me (ops, act, sm_item_get_row (item)))
    return "second-person-needed";
  return refusal;
}

/* Returns: (nullable): why it can be done to none of @items */
static const char *
find_obstacles (SmOps      *ops,
                SmAlarmAct  act,
                GPtrArray  *items)
{
  const char *first = NULL;

  /* Whoever puts an alarm aside has to know that it is. */
  if (sm_status_get_state (sm_ops_get_status (ops)) == SM_STATUS_OFFLINE)
    return _("This needs the service, which cannot be reached");
  for (guint i = 0; i < items->len; i++)
    {
      const char *refusal = find_obstacle (ops, act, items->pdata[i]);

      if (refusal == NULL)
        return NULL;
      first = first != NULL ? first : refusal;
    }
  return sm_slug_what (first);
}

/**
 * sm_alarm_act_applies:
 *
 * Whether its button is shown: that of what anybody may want to do always, and why it
 * cannot be done; the others only where there is something to take back or to decide.
 */
gboolean
sm_alarm_act_applies (SmOps      *ops,
                      SmAlarmAct  act,
                      GPtrArray  *items)
{
  if (acts[act].event == SM_ALARM_EVENT_RAISE || act == SM_ALARM_ACT_SHELVE
      || act == SM_ALARM_ACT_TAKE_OUT)
    return TRUE;
  for (guint i = 0; i < items->len; i++)
    if (find_dead_end (ops, act, items->pdata[i]) == NULL)
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
    case SM_ALARM_ACT_SHELVE:
    case SM_ALARM_ACT_UNSHELVE:
    case SM_ALARM_ACT_TAKE_OUT:
    case SM_ALARM_ACT_APPROVE_OUT:
    case SM_ALARM_ACT_RETURN:
    case SM_ALARM_ACT_RELEASE:
      return find_obstacles (ops, act, items);
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

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GtkWindow) parent = user_data;
  g_autoptr (GError) error = NULL;

  if (!sm_ops_alarm_act_finish (SM_OPS (source), result, &error))
    show_refusal (parent, error);
}

static void
act_on (GtkWidget  *widget,
        SmOps      *ops,
        SmAlarmAct  act,
        gint64      id,
        guint       minutes,
        const char *reason)
{
  GtkWindow *parent = ref_window (widget);

  switch (act)
    {
    case SM_ALARM_ACT_SHELVE:
      sm_ops_shelve_async (ops, id, minutes, reason, NULL, acted_cb, parent);
      break;
    case SM_ALARM_ACT_UNSHELVE:
      sm_ops_unshelve_async (ops, id, NULL, acted_cb, parent);
      break;
    case SM_ALARM_ACT_TAKE_OUT:
      sm_ops_take_out_async (ops, id, minutes, reason, NULL, acted_cb, parent);
      break;
    case SM_ALARM_ACT_APPROVE_OUT:
      sm_ops_approve_out_async (ops, id, NULL, acted_cb, parent);
      break;
    case SM_ALARM_ACT_RETURN:
      sm_ops_return_to_service_async (ops, id, NULL, acted_cb, parent);
      break;
    case SM_ALARM_ACT_RELEASE:
      sm_ops_release_async (ops, id, reason, NULL, acted_cb, parent);
      break;
    case SM_ALARM_ACT_ACKNOWLEDGE:
    case SM_ALARM_ACT_NOTE:
    case SM_N_ALARM_ACTS:
    default:
      g_clear_object (&parent);
    }
}

/* --- asking --- */

/* What is too long for a code is refused in words by the service; the usual time never is. */
#define N_TIMES 5
#define USUAL_SHELF 2
#define USUAL_OUT 1
typedef struct
{
  guint minutes;
  const char *words;
} Time;
static const Time shelf_times[N_TIMES] = {
  { 15, N_ ("15 minutes") }, { 30, N_ ("30 minutes") }, { 60, N_ ("1 hour") },
  { 240, N_ ("4 hours") },   { 480, N_ ("8 hours") },
};
static const Time out_times[N_TIMES] = {
  { 60, N_ ("1 hour") },      { 240, N_ ("4 hours") },      { 1440, N_ ("1 day") },
  { 10080, N_ ("7 days") },   { 43200, N_ ("30 days") },
};

typedef struct
{
  GtkWidget *parent; /* borrowed: the dialog goes with it */
  SmOps *ops;
  SmAlarmAct act;
  GPtrArray *items;
  SmRow *seen; /* the first of them when it was asked */
  AdwMessageDialog *dialog;
  GtkWidget *entry;
  GtkWidget *time; /* (nullable) */
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

static const Time *
get_times (SmAlarmAct act)
{
  return act == SM_ALARM_ACT_TAKE_OUT ? out_times : shelf_times;
}

/* What it cannot be done to any more is passed over, as with acknowledging. */
static void
act_on_all (Question   *question,
            const char *reason)
{
  guint minutes = 0;

  if (question->time != NULL)
    minutes = get_times (question->act)[adw_combo_row_get_selected (
                                            ADW_COMBO_ROW (question->time))].minutes;
  for (guint i = 0; i < question->items->len; i++)
    if (find_obstacle (question->ops, question->act, question->items->pdata[i]) == NULL)
      act_on (question->parent, question->ops, question->act,
              sm_item_get_id (question->items->pdata[i]), minutes, reason);
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
  else
    act_on_all (question, given);
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

static gboolean
needs_reason (const Question *question)
{
  Asks asks = acts[question->act].asks;

  return asks == ASKS_REASON || asks == ASKS_REASON_AND_TIME;
}

static void
check_cb (Question *question)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (question->entry))));
  glong most = needs_reason (question) ? MOST_REASON_CHARS : SM_MAX_NOTE_CHARS;

  adw_message_dialog_set_response_enabled (
      question->dialog, "do",
      g_utf8_strlen (text, -1) <= most && (!needs_reason (question) || text[0] != '\0'));
}

/* Who agrees to what another person asked, or ends it, reads first what that was. */
static char *
describe_aside (SmOps       *ops,
                SmAlarmAct   act,
                const SmRow *alarm)
{
  if (act == SM_ALARM_ACT_UNSHELVE)
    return sm_alarm_words_shelved (ops, alarm);
  if (act == SM_ALARM_ACT_APPROVE_OUT || act == SM_ALARM_ACT_RETURN)
    return sm_alarm_words_out (ops, alarm);
  return NULL;
}

static char *
describe (SmOps      *ops,
          SmAlarmAct  act,
          GPtrArray  *items)
{
  const SmRow *first = sm_item_get_row (items->pdata[0]);
  g_autofree char *title = sm_fault_title (first);
  g_autofree char *source = sm_fault_source (first);
  g_autofree char *aside = describe_aside (ops, act, first);

  if (items->len == 1)
    return g_strdup_printf ("%s · %s%s%s", title, source, aside != NULL ? "\n" : "",
                            aside != NULL ? aside : "");
  return g_strdup_printf (ngettext ("%u alarm, the first of them: %s · %s",
                                    "%u alarms, the first of them: %s · %s", items->len),
                          items->len, title, source);
}

static GtkWidget *
make_time (Question *question)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  for (guint i = 0; i < N_TIMES; i++)
    gtk_string_list_append (words, _(get_times (question->act)[i].words));
  question->time = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("For how long"), "model", words,
                                 "selected",
                                 question->act == SM_ALARM_ACT_TAKE_OUT ? USUAL_OUT : USUAL_SHELF,
                                 NULL);
  return question->time;
}

static GtkWidget *
make_entry (Question *question)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 needs_reason (question) ? _("Reason") : _("Note"));
  if (question->act == SM_ALARM_ACT_NOTE)
    {
      const char *note = sm_row_get_text (question->seen, SM_ALARM_NOTE);

      gtk_editable_set_text (GTK_EDITABLE (row), note != NULL ? note : "");
    }
  g_signal_connect_swapped (row, "changed", G_CALLBACK (check_cb), question);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (submit_cb), question);
  question->entry = row;
  return row;
}

static GtkWidget *
make_rows (Question *question)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, 420, -1);
  gtk_list_box_append (GTK_LIST_BOX (list), make_entry (question));
  if (acts[question->act].asks == ASKS_REASON_AND_TIME)
    gtk_list_box_append (GTK_LIST_BOX (list), make_time (question));
  gtk_widget_set_visible (list, acts[question->act].asks != ASKS_NOTHING);
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
  g_autofree char *body = describe (ops, act, items);
  GtkWidget *extra;

  question->parent = g_object_ref (parent);
  question->ops = g_object_ref (ops);
  question->act = act;
  question->items = g_ptr_array_ref (items);
  question->seen = sm_row_ref (sm_item_get_row (items->pdata[0]));
  extra = make_rows (question);
  question->dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, sm_alarm_act_title (act), body));
  adw_message_dialog_add_responses (question->dialog, "cancel", C_ ("action", "_Cancel"), "do",
                                    sm_alarm_act_title (act), NULL);
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_default_response (question->dialog, "do");
  adw_message_dialog_set_response_appearance (question->dialog, "do", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (question->dialog, extra);
  check_cb (question);
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  gtk_window_present (GTK_WINDOW (question->dialog));
  if (acts[act].asks != ASKS_NOTHING)
    gtk_widget_grab_focus (question->entry);
  return GTK_WIDGET (question->dialog);
}
