/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shift-page-private.h"

#include "sm-desk-dialog.h"
#include "sm-keys.h"
#include "sm-roster-week.h"
#include "sm-shift-cards.h"
#include "sm-shift-dialogs.h"
#include "sm-shift-lists.h"
#include "sm-style.h"
#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

/* What can be done at a desk, why not, and doing it once that is asked. */

static const struct
{
  const char *action;
  const char *key;   /* as it is read on a button */
  const char *accel; /* as it is parsed */
  const char *permission;
  const char *label;
  const char *where; /* views that have a button for it */
} doings[SM_SHIFT_N_DOINGS] = {
  [SM_SHIFT_SIT] = { "shift.sit", "S", "s", "desk.sit", N_ ("Sit down"), "shift" },
  [SM_SHIFT_LEAVE] = { "shift.leave", "L", "l", "desk.sit", N_ ("Leave for a while"),
                       "shift" },
  [SM_SHIFT_HAND_OVER] = { "shift.hand-over", "H", "h", "handover.sign", N_ ("Hand over"),
                           "shift handovers" },
  [SM_SHIFT_SIGN] = { "shift.sign", "G", "g", "handover.sign", N_ ("Sign"),
                      "shift handovers" },
  [SM_SHIFT_NOTE] = { "shift.note", "N", "n", "handover.note", N_ ("Note"),
                      "shift handovers" },
  [SM_SHIFT_WITHDRAW] = { "shift.withdraw", "W", "w", "handover.sign", N_ ("Withdraw"),
                          "shift handovers" },
  [SM_SHIFT_ADD] = { "shift.add", "R", "r", "roster.edit", N_ ("Add to the roster"),
                     "shift week roster" },
  [SM_SHIFT_MOVE] = { "shift.move", "M", "m", "roster.edit", N_ ("Move on the roster"),
                      "week roster" },
  [SM_SHIFT_TAKE_OFF] = { "shift.take-off", "Delete", "Delete", "roster.edit",
                          N_ ("Take off the roster"), "week roster" },
  [SM_SHIFT_MAKE_DESK] = { "shift.make-desk", "D", "d", "desk.manage", N_ ("Make a desk"),
                           "desks" },
  [SM_SHIFT_EDIT_DESK] = { "shift.edit-desk", "E", "e", "desk.manage",
                           N_ ("Change the desk"), "desks" },
  [SM_SHIFT_CLOSE_DESK] = { "shift.close-desk", "X", "x", "desk.manage",
                            N_ ("Close the desk"), "desks" },
};

/* How long somebody is put on the roster for, if nothing else is said. */
#define USUAL_SHIFT (8 * SM_HOUR)

/* --- what can be done --- */

static gboolean
is_open (const SmRow *handover)
{
  guint state = sm_row_get_enum (handover, SM_HANDOVER_STATE);

  return state == SM_HANDOVER_STATE_DRAFT || state == SM_HANDOVER_STATE_GIVEN;
}

/* Whoever has it may not be somebody who may sit at desks any more; where nobody knows
 * that, they are taken to be there. */
static gboolean
is_held_by_another (SmShiftPage *self,
                    const SmRow *desk)
{
  const char *holder = sm_row_get_text (desk, SM_DESK_HOLDER);

  if (!sm_desk_is_manned (desk) || sm_ops_is_person (self->ops, holder))
    return FALSE;
  for (guint i = 0; self->sitters != NULL && i < self->sitters->len; i++)
    if (g_strcmp0 (((const SmSitter *) self->sitters->pdata[i])->name, holder) == 0)
      return TRUE;
  return self->sitters == NULL;
}

static const char *
refuse_desk (SmShiftPage *self,
             SmShiftDoing doing,
             const SmRow *desk,
             const SmRow *handover)
{
  gboolean is_mine = sm_ops_is_person (self->ops, sm_row_get_text (desk, SM_DESK_HOLDER));

  if (doing == SM_SHIFT_SIT && is_held_by_another (self, desk))
    return sm_slug_what ("desk-held");
  if (doing == SM_SHIFT_SIT)
    return is_mine && sm_desk_is_manned (desk) ? _("You sit there already") : NULL;
  if (sm_row_is_null (desk, SM_DESK_HOLDER))
    return sm_slug_what ("desk-nobodys");
  if (!is_mine)
    return sm_slug_what ("desk-not-yours");
  if (doing == SM_SHIFT_LEAVE)
    return sm_desk_is_manned (desk) ? NULL : _("You have left it already");
  return handover != NULL && is_open (handover) ? sm_slug_what ("handover-open") : NULL;
}

static const char *
refuse_handover (SmShiftPage *self,
                 SmShiftDoing doing,
                 const SmRow *handover)
{
  gboolean goes, comes;

  if (handover == NULL || !is_open (handover))
    return _("Nothing is being handed over");
  goes = sm_ops_is_person (self->ops, sm_row_get_text (handover, SM_HANDOVER_FROM_PERSON));
  comes = sm_ops_is_person (self->ops, sm_row_get_text (handover, SM_HANDOVER_TO_PERSON));
  if (doing != SM_SHIFT_SIGN)
    return goes || comes ? NULL : sm_slug_what ("signature-not-yours");
  return (sm_row_get_enum (handover, SM_HANDOVER_STATE) == SM_HANDOVER_STATE_DRAFT ? goes : comes)
             ? NULL
             : sm_slug_what ("signature-not-yours");
}

/* The first of an operator takes what no other does. */
static gboolean
is_main (SmShiftPage *self,
         const SmRow *desk)
{
  GListModel *desks = sm_ops_get_desks (self->ops);

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);

      if (sm_item_get_id (item) < sm_row_get_id (desk)
          && sm_row_get_int (sm_item_get_row (item), SM_ROW_OPERATOR_ID)
                 == sm_row_get_int (desk, SM_ROW_OPERATOR_ID))
        return FALSE;
    }
  return TRUE;
}

static const char *
refuse_closing (SmShiftPage *self)
{
  SmRow *desk = sm_shift_page_get_meant (self);

  if (is_main (self, desk))
    return sm_slug_what ("desk-main");
  return is_held_by_another (self, desk) ? sm_slug_what ("desk-held") : NULL;
}

/* Returns: (nullable): why it cannot be done now */
static const char *
find_refusal (SmShiftPage *self,
              SmShiftDoing doing,
              const SmRow *handover)
{
  const SmRow *desk = sm_shift_page_get_desk (self);

  if (!sm_ops_may (self->ops, doings[doing].permission))
    return sm_ops_get_person (self->ops) == NULL ? _("Nobody is signed in")
                                                 : _("Your role does not allow this");
  if (doing != SM_SHIFT_NOTE && sm_shift_page_is_offline (self))
    return _("This needs the service, which cannot be reached");
  if (desk == NULL)
    return _("There is no desk to be seen");
  switch (doing)
    {
    case SM_SHIFT_SIT:
    case SM_SHIFT_LEAVE:
    case SM_SHIFT_HAND_OVER:
      return refuse_desk (self, doing, desk, handover);
    case SM_SHIFT_SIGN:
    case SM_SHIFT_NOTE:
    case SM_SHIFT_WITHDRAW:
      return refuse_handover (self, doing, handover);
    case SM_SHIFT_MOVE:
    case SM_SHIFT_TAKE_OFF:
      return sm_shift_page_get_listed (self) != NULL ? NULL : _("Nobody is selected in the roster");
    case SM_SHIFT_CLOSE_DESK:
      return refuse_closing (self);
    case SM_SHIFT_ADD:
    case SM_SHIFT_MAKE_DESK:
    case SM_SHIFT_EDIT_DESK:
    case SM_SHIFT_N_DOINGS:
    default:
      return NULL;
    }
}

/** sm_shift_acts_allow: Switches each action on, or off and says at its button why. */
void
sm_shift_acts_allow (SmShiftPage *self,
                     const SmRow *handover)
{
  for (guint i = 0; i < SM_SHIFT_N_DOINGS; i++)
    {
      const char *refusal = find_refusal (self, i, handover);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), doings[i].action, refusal == NULL);
      sm_style_set_tooltip (self->buttons[i], refusal);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      refusal != NULL ? refusal : "", -1);
    }
}

static gboolean
lists_word (const char *list,
            const char *word)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *) words, word);
}

/** sm_shift_acts_show: Shows the buttons of the view that is shown; the keys work in all. */
void
sm_shift_acts_show (SmShiftPage *self)
{
  const char *view = gtk_stack_get_visible_child_name (self->stack);

  for (guint i = 0; view != NULL && i < SM_SHIFT_N_DOINGS; i++)
    gtk_widget_set_visible (self->buttons[i], lists_word (doings[i].where, view));
}

/* --- doing it --- */

static void
show_problem (SmShiftPage  *self,
              const GError *error)
{
  g_autofree char *sentence = error != NULL ? sm_error_sentence (error) : NULL;

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sm_status_banner_set (self->problem_banner, error != NULL ? _("That was not taken") : NULL,
                        sentence);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmShiftPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SmRow) row = sm_ops_desk_act_finish (SM_OPS (source), result, &error);

  show_problem (self, error);
}

static void
act (SmShiftPage *self,
     SmDeskAct    what,
     gint64       id,
     SmRow       *wanted,
     const char  *text,
     gint64       seen_seq)
{
  sm_ops_desk_act_async (self->ops, what, id, wanted, text, seen_seq, self->cancellable, acted_cb,
                         g_object_ref (self));
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SmShiftPage) self = user_data;
  g_autoptr (GError) error = NULL;

  sm_ops_edit_finish (SM_OPS (source), result, &error);
  show_problem (self, error);
}

static void
write_note (SmShiftPage *self,
            SmRow       *handover,
            const char  *text)
{
  g_autoptr (SmRow) shown = sm_ops_cover_row (self->ops, handover);
  GPtrArray *edits = sm_edits_new ();
  g_autofree char *base = sm_row_dup_part (shown, "note");

  sm_edits_add (edits, "note", base, text);
  sm_ops_edit_async (self->ops, shown, edits, self->cancellable, noted_cb, g_object_ref (self));
}

static void
begin_handover (SmShiftPage       *self,
                const SmShiftWish *wish)
{
  g_autoptr (SmRow) wanted = sm_row_new (sm_noun_get (SM_NOUN_HANDOVER));

  sm_row_set_int (wanted, SM_HANDOVER_DESK_ID, self->asked_desk);
  sm_row_set_text (wanted, SM_HANDOVER_TO_PERSON, wish->person);
  act (self, SM_DESK_ACT_BEGIN, 0, wanted, wish->text, SM_UNKNOWN);
}

static void
add_entry (SmShiftPage       *self,
           const SmShiftWish *wish)
{
  g_autoptr (SmRow) wanted = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));

  sm_row_set_int (wanted, SM_ROSTER_ENTRY_DESK_ID, self->asked_desk);
  sm_row_set_text (wanted, SM_ROSTER_ENTRY_PERSON, wish->person);
  sm_row_set_text (wanted, SM_ROSTER_ENTRY_NEXT_IN_LINE, wish->next);
  sm_row_set_int (wanted, SM_ROSTER_ENTRY_FROM_AT, wish->from);
  sm_row_set_int (wanted, SM_ROSTER_ENTRY_TO_AT, wish->to);
  act (self, SM_DESK_ACT_ADD, 0, wanted, NULL, SM_UNKNOWN);
}

static void
move_entry (SmShiftPage       *self,
            const SmShiftWish *wish)
{
  g_autoptr (SmRow) wanted = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));

  sm_row_set_text (wanted, SM_ROSTER_ENTRY_PERSON, wish->person);
  sm_row_set_int (wanted, SM_ROSTER_ENTRY_FROM_AT, wish->from);
  sm_row_set_int (wanted, SM_ROSTER_ENTRY_TO_AT, wish->to);
  act (self, SM_DESK_ACT_MOVE, self->asked_id, wanted, NULL, self->asked_seq);
}

static void
answer_desk (GObject *user,
             gint64   desk_id,
             gint64   seen_seq,
             SmRow   *wanted)
{
  act (SM_SHIFT_PAGE (user), desk_id != 0 ? SM_DESK_ACT_EDIT : SM_DESK_ACT_CREATE, desk_id, wanted,
       NULL, desk_id != 0 ? seen_seq : SM_UNKNOWN);
}

static void
answer (GObject           *user,
        int                what,
        const SmShiftWish *wish)
{
  SmShiftPage *self = SM_SHIFT_PAGE (user);
  g_autoptr (SmRow) handover = sm_shift_page_find_handover (self);

  switch (what)
    {
    case SM_SHIFT_SIT:
      act (self, SM_DESK_ACT_SIT, self->asked_desk, NULL, wish->text, SM_UNKNOWN);
      break;
    case SM_SHIFT_LEAVE:
      act (self, SM_DESK_ACT_LEAVE, self->asked_desk, NULL, wish->text, SM_UNKNOWN);
      break;
    case SM_SHIFT_HAND_OVER:
      begin_handover (self, wish);
      break;
    case SM_SHIFT_SIGN:
      act (self, SM_DESK_ACT_SIGN, self->asked_id, NULL, NULL, self->asked_seq);
      break;
    case SM_SHIFT_NOTE:
      if (handover != NULL && sm_row_get_id (handover) == self->asked_id)
        write_note (self, handover, wish->text);
      break;
    case SM_SHIFT_WITHDRAW:
      act (self, SM_DESK_ACT_WITHDRAW, self->asked_id, NULL, NULL, SM_UNKNOWN);
      break;
    case SM_SHIFT_ADD:
      add_entry (self, wish);
      break;
    case SM_SHIFT_MOVE:
      move_entry (self, wish);
      break;
    case SM_SHIFT_CLOSE_DESK:
      act (self, SM_DESK_ACT_CLOSE, self->asked_desk, NULL, wish->text, SM_UNKNOWN);
      break;
    case SM_SHIFT_TAKE_OFF:
    default:
      act (self, SM_DESK_ACT_TAKE_OFF, self->asked_id, NULL, NULL, self->asked_seq);
    }
}

/* --- asking first --- */

static void
propose_times (SmShiftPage     *self,
               SmShiftQuestion *question)
{
  g_autoptr (GArray) gaps = sm_shift_page_find_gaps (self);
  gint64 from = gaps->len > 0 ? g_array_index (gaps, SmRosterGap, 0).from
                              : sm_shift_page_now (self);

  if (sm_roster_week_get_gap (self->week, &question->from, &question->to))
    return;
  question->from = (from + SM_MINUTE - 1) / SM_MINUTE * SM_MINUTE;
  question->to = question->from + USUAL_SHIFT;
  if (gaps->len > 0 && g_array_index (gaps, SmRosterGap, 0).to - question->from < USUAL_SHIFT
      && g_array_index (gaps, SmRosterGap, 0).to > question->from)
    question->to = g_array_index (gaps, SmRosterGap, 0).to;
}

/* What is asked of the roster, and of desks. */
static void
fill_plan (SmShiftPage     *self,
           SmShiftDoing     doing,
           SmShiftQuestion *question)
{
  const SmRow *entry = sm_shift_page_get_listed (self);

  if (doing == SM_SHIFT_ADD)
    {
      question->asks = SM_SHIFT_ASKS_PERSON | SM_SHIFT_ASKS_TIMES | SM_SHIFT_ASKS_NEXT;
      propose_times (self, question);
    }
  if (doing == SM_SHIFT_MOVE)
    {
      question->asks = SM_SHIFT_ASKS_PERSON | SM_SHIFT_ASKS_TIMES;
      question->person = sm_row_get_text (entry, SM_ROSTER_ENTRY_PERSON);
      question->from = sm_row_get_int (entry, SM_ROSTER_ENTRY_FROM_AT);
      question->to = sm_row_get_int (entry, SM_ROSTER_ENTRY_TO_AT);
    }
  if (doing == SM_SHIFT_CLOSE_DESK)
    {
      question->body = _("Its alarms are at once those of whichever desk looks after them then; "
                         "its roster is empty. It does not come back.");
      question->asks = SM_SHIFT_ASKS_TEXT | SM_SHIFT_NEEDS_TEXT;
      question->text_title = _("Reason");
    }
}

static void
fill_question (SmShiftPage     *self,
               SmShiftDoing     doing,
               const SmRow     *handover,
               SmShiftQuestion *question)
{
  const SmRow *desk = sm_shift_page_get_desk (self);
  gboolean takes_over = !sm_row_is_null (desk, SM_DESK_HOLDER)
                        && !sm_ops_is_person (self->ops, sm_row_get_text (desk, SM_DESK_HOLDER));

  if (doing == SM_SHIFT_SIT && takes_over)
    {
      question->body = _("Who has it is away and has not handed it over. From now on its alarms "
                         "are yours.");
      question->asks = SM_SHIFT_ASKS_TEXT | SM_SHIFT_NEEDS_TEXT;
      question->text_title = _("Reason");
    }
  if (doing == SM_SHIFT_LEAVE)
    {
      question->asks = SM_SHIFT_ASKS_TEXT;
      question->text_title = _("Reason");
    }
  if (doing == SM_SHIFT_HAND_OVER)
    {
      question->body = _("It writes itself from how things stand. Until both have signed, all "
                         "alarms are yours.");
      question->asks = SM_SHIFT_ASKS_PERSON | SM_SHIFT_ASKS_TEXT;
      question->text_title = _("Note");
      question->but = sm_ops_get_person (self->ops);
    }
  if (doing == SM_SHIFT_SIGN)
    question->body = sm_row_get_enum (handover, SM_HANDOVER_STATE) == SM_HANDOVER_STATE_DRAFT
                         ? _("It is written anew as things stand now, and signed by you.")
                         : _("You have read it. From now on all alarms of this desk are yours.");
  fill_plan (self, doing, question);
}

/* What is answered is answered of that, as it was then, whatever comes meanwhile. */
static void
note_asked (SmShiftPage *self,
            SmShiftDoing doing,
            const SmRow *handover)
{
  gboolean is_entry = doing == SM_SHIFT_TAKE_OFF || doing == SM_SHIFT_MOVE;
  const SmRow *row = is_entry ? sm_shift_page_get_listed (self) : handover;
  SmRow *meant = doing == SM_SHIFT_CLOSE_DESK ? sm_shift_page_get_meant (self) : NULL;

  self->asked_desk = meant != NULL ? sm_row_get_id (meant) : self->desk_id;
  self->asked_id = row != NULL ? sm_row_get_id (row) : 0;
  self->asked_seq = row != NULL ? sm_row_get_int (row, SM_ROW_SEQ) : 0;
}

static char *
dup_heading (SmShiftPage *self,
             SmShiftDoing doing)
{
  g_autofree char *name = doing == SM_SHIFT_CLOSE_DESK
                              ? sm_shift_desk_name (self->ops, self->asked_desk) : NULL;

  return name != NULL ? g_strdup_printf (_("%s: %s"), _(doings[doing].label), name)
                      : g_strdup (_(doings[doing].label));
}

static void
ask (SmShiftPage *self,
     SmShiftDoing doing)
{
  g_autoptr (SmRow) handover = sm_shift_page_find_handover (self);
  g_autoptr (SmRow) shown = handover != NULL ? sm_ops_cover_row (self->ops, handover) : NULL;
  g_autofree char *heading = NULL;
  SmShiftQuestion question = { .yes = _(doings[doing].label),
                               .sitters = self->sitters, .what = doing,
                               .zone = sm_status_get_zone (sm_ops_get_status (self->ops)) };

  if (find_refusal (self, doing, handover) != NULL)
    return;
  if (doing == SM_SHIFT_MAKE_DESK || doing == SM_SHIFT_EDIT_DESK)
    {
      sm_desk_dialog_ask (GTK_WIDGET (self), self->ops,
                          doing == SM_SHIFT_EDIT_DESK ? sm_shift_page_get_meant (self) : NULL,
                          answer_desk, self);
      return;
    }
  note_asked (self, doing, handover);
  heading = dup_heading (self, doing);
  question.heading = heading;
  fill_question (self, doing, handover, &question);
  if (doing == SM_SHIFT_NOTE)
    {
      question.asks = SM_SHIFT_ASKS_TEXT;
      question.text_title = _("Note");
      question.text = sm_row_get_text (shown, SM_HANDOVER_NOTE);
    }
  if (doing == SM_SHIFT_SIT && question.asks == 0)
    answer (G_OBJECT (self), doing, &(SmShiftWish){ NULL });
  else
    sm_shift_ask (GTK_WIDGET (self), &question, answer, self);
}

static void
do_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  for (guint i = 0; i < SM_SHIFT_N_DOINGS; i++)
    if (g_str_equal (doings[i].action, name))
      ask (SM_SHIFT_PAGE (widget), i);
}

/* --- where it is done from --- */

static SmKey
key_of (guint doing)
{
  return (SmKey) { doings[doing].accel, doings[doing].action, doings[doing].label };
}

/** sm_shift_acts_install: The actions of the page, with their keys. */
void
sm_shift_acts_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "shift.sit", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.leave", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.hand-over", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.sign", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.note", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.withdraw", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.add", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.move", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.take-off", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.make-desk", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.edit-desk", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.close-desk", NULL, do_action);
  for (guint i = 0; i < SM_SHIFT_N_DOINGS; i++)
    {
      SmKey key = key_of (i);

      sm_keys_add_class (widget_class, &key, 1);
    }
}

/** sm_shift_page_list_keys: @list: gets the keys of the page */
void
sm_shift_page_list_keys (GArray *list)
{
  for (guint i = 0; i < SM_SHIFT_N_DOINGS; i++)
    {
      SmKey key = key_of (i);

      g_array_append_val (list, key);
    }
  sm_roster_week_list_keys (list);
}

/** sm_shift_acts_make_buttons: Returns: (transfer floating): one for each action, in a row */
GtkWidget *
sm_shift_acts_make_buttons (SmShiftPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (box, "pending-head");
  for (guint i = 0; i < SM_SHIFT_N_DOINGS; i++)
    {
      self->buttons[i] = sm_shift_button_new (_(doings[i].label), doings[i].key, doings[i].action,
                                              NULL);
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }
  return box;
}
