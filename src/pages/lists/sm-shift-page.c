/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-shift-page.h"

#include "sm-ops-desks.h"
#include "sm-shift-cards.h"
#include "sm-shift-dialogs.h"
#include "sm-shift-lists.h"
#include "sm-status-banner.h"
#include "sm-style.h"
#include "sm-ticker.h"
#include "sm-time.h"
#include "sm-toast-errors.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  DO_SIT,
  DO_LEAVE,
  DO_HAND_OVER,
  DO_SIGN,
  DO_NOTE,
  DO_WITHDRAW,
  DO_ADD,
  DO_TAKE_OFF,
  N_DOINGS
} Doing;

static const struct
{
  const char *action;
  const char *key;
  guint keyval;
  const char *permission;
  const char *label;
} doings[N_DOINGS] = {
  [DO_SIT] = { "shift.sit", "S", GDK_KEY_s, "desk.sit", N_ ("Sit down") },
  [DO_LEAVE] = { "shift.leave", "L", GDK_KEY_l, "desk.sit", N_ ("Leave for a while") },
  [DO_HAND_OVER] = { "shift.hand-over", "H", GDK_KEY_h, "handover.sign", N_ ("Hand over") },
  [DO_SIGN] = { "shift.sign", "G", GDK_KEY_g, "handover.sign", N_ ("Sign") },
  [DO_NOTE] = { "shift.note", "N", GDK_KEY_n, "handover.note", N_ ("Note") },
  [DO_WITHDRAW] = { "shift.withdraw", "W", GDK_KEY_w, "handover.sign", N_ ("Withdraw") },
  [DO_ADD] = { "shift.add", "R", GDK_KEY_r, "roster.edit", N_ ("Add to the roster") },
  [DO_TAKE_OFF] = { "shift.take-off", "Delete", GDK_KEY_Delete, "roster.edit",
                    N_ ("Take off the roster") },
};

static const SmListSpec *const specs[] = { &sm_roster_list, &sm_handover_list, &sm_desk_list };
#define N_LISTS G_N_ELEMENTS (specs)
#define ROSTER 0

/* How long somebody is put on the roster for, if nothing else is said. */
#define USUAL_SHIFT (8 * SM_HOUR)

struct _SmShiftPage
{
  SmPage parent_instance;

  SmOps *ops;
  GtkDropDown *chooser;
  GArray *desk_ids; /* of gint64: as the chooser has them */
  gint64 desk_id;   /* 0: there is none */
  gboolean is_chosen; /* by a person */
  SmStatusBanner *gap_banner;
  SmStatusBanner *problem_banner;
  GtkWidget *buttons[N_DOINGS];
  GtkWidget *desk_box;
  GtkWidget *sheet;
  GtkStack *stack;
  SmListView *lists[N_LISTS];
  GPtrArray *sitters; /* (nullable): of SmSitter */
  GPtrArray *absence; /* (nullable): of SmRow */
  gint64 absence_from; /* of which they are */
  gint64 absence_to;
  gint64 absence_seq;
  char *shown; /* (nullable): of what the cards were made */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SmShiftPage, sm_shift_page, SM_TYPE_PAGE)

static void refresh (SmShiftPage *self);

/* --- what there is --- */

static SmRow *
get_desk (SmShiftPage *self)
{
  SmItem *item = self->desk_id != 0 ? sm_ops_find_desk (self->ops, self->desk_id) : NULL;

  return item != NULL ? sm_item_get_row (item) : NULL;
}

static gboolean
is_open (const SmRow *handover)
{
  guint state = sm_row_get_enum (handover, SM_HANDOVER_STATE);

  return state == SM_HANDOVER_STATE_DRAFT || state == SM_HANDOVER_STATE_GIVEN;
}

/* Returns: (transfer full) (nullable): the newest of this desk, as the service has it */
static SmRow *
find_handover (SmShiftPage *self)
{
  GListModel *handovers = sm_ops_get_handovers (self->ops);

  for (guint i = g_list_model_get_n_items (handovers); i-- > 0;)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (handovers, i);
      SmRow *row = sm_item_get_row (item);

      if (sm_row_get_int (row, SM_HANDOVER_DESK_ID) == self->desk_id)
        return sm_row_ref (row);
    }
  return NULL;
}

static gint64
now (SmShiftPage *self)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (self->ops)));
}

static gboolean
is_offline (SmShiftPage *self)
{
  return sm_status_get_state (sm_ops_get_status (self->ops)) == SM_STATUS_OFFLINE;
}

static SmItem *
get_listed (SmShiftPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), sm_roster_list.name) == 0
             ? sm_table_get_selected (sm_list_view_get_table (self->lists[ROSTER]))
             : NULL;
}

/* --- what can be done --- */

static const char *
refuse_desk (SmShiftPage *self,
             Doing        doing,
             const SmRow *desk,
             const SmRow *handover)
{
  gboolean is_mine = sm_ops_is_person (self->ops, sm_row_get_text (desk, SM_DESK_HOLDER));

  if (doing == DO_SIT)
    return is_mine && sm_desk_is_manned (desk) ? _("You sit there already") : NULL;
  if (sm_row_is_null (desk, SM_DESK_HOLDER))
    return sm_slug_what ("desk-nobodys");
  if (!is_mine)
    return sm_slug_what ("desk-not-yours");
  if (doing == DO_LEAVE)
    return sm_desk_is_manned (desk) ? NULL : _("You have left it already");
  return handover != NULL && is_open (handover) ? sm_slug_what ("handover-open") : NULL;
}

static const char *
refuse_handover (SmShiftPage *self,
                 Doing        doing,
                 const SmRow *handover)
{
  gboolean goes, comes;

  if (handover == NULL || !is_open (handover))
    return _("Nothing is being handed over");
  goes = sm_ops_is_person (self->ops, sm_row_get_text (handover, SM_HANDOVER_FROM_PERSON));
  comes = sm_ops_is_person (self->ops, sm_row_get_text (handover, SM_HANDOVER_TO_PERSON));
  if (doing != DO_SIGN)
    return goes || comes ? NULL : sm_slug_what ("signature-not-yours");
  return (sm_row_get_enum (handover, SM_HANDOVER_STATE) == SM_HANDOVER_STATE_DRAFT ? goes : comes)
             ? NULL
             : sm_slug_what ("signature-not-yours");
}

/* Returns: (nullable): why it cannot be done now */
static const char *
find_refusal (SmShiftPage *self,
              Doing        doing,
              const SmRow *handover)
{
  const SmRow *desk = get_desk (self);

  if (!sm_ops_may (self->ops, doings[doing].permission))
    return sm_ops_get_person (self->ops) == NULL ? _("Nobody is signed in")
                                                 : _("Your role does not allow this");
  if (doing != DO_NOTE && is_offline (self))
    return _("This needs the service, which cannot be reached");
  if (desk == NULL)
    return _("There is no desk to be seen");
  switch (doing)
    {
    case DO_SIT:
    case DO_LEAVE:
    case DO_HAND_OVER:
      return refuse_desk (self, doing, desk, handover);
    case DO_SIGN:
    case DO_NOTE:
    case DO_WITHDRAW:
      return refuse_handover (self, doing, handover);
    case DO_TAKE_OFF:
      return get_listed (self) != NULL ? NULL : _("Nobody is selected in the roster");
    case DO_ADD:
    case N_DOINGS:
    default:
      return NULL;
    }
}

static void
allow (SmShiftPage *self,
       const SmRow *handover)
{
  for (guint i = 0; i < N_DOINGS; i++)
    {
      const char *refusal = find_refusal (self, i, handover);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), doings[i].action, refusal == NULL);
      sm_style_set_tooltip (self->buttons[i], refusal);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      refusal != NULL ? refusal : "", -1);
    }
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

  sm_row_set_int (wanted, SM_HANDOVER_DESK_ID, self->desk_id);
  sm_row_set_text (wanted, SM_HANDOVER_TO_PERSON, wish->person);
  act (self, SM_DESK_ACT_BEGIN, 0, wanted, wish->text, SM_UNKNOWN);
}

static void
add_entry (SmShiftPage       *self,
           const SmShiftWish *wish)
{
  g_autoptr (SmRow) wanted = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));

  sm_row_set_int (wanted, SM_ROSTER_ENTRY_DESK_ID, self->desk_id);
  sm_row_set_text (wanted, SM_ROSTER_ENTRY_PERSON, wish->person);
  sm_row_set_text (wanted, SM_ROSTER_ENTRY_NEXT_IN_LINE, wish->next);
  sm_row_set_int (wanted, SM_ROSTER_ENTRY_FROM_AT, wish->from);
  sm_row_set_int (wanted, SM_ROSTER_ENTRY_TO_AT, wish->to);
  act (self, SM_DESK_ACT_ADD, 0, wanted, NULL, SM_UNKNOWN);
}

static void
sign (SmShiftPage *self,
      SmRow       *handover)
{
  act (self, SM_DESK_ACT_SIGN, sm_row_get_id (handover), NULL, NULL,
       sm_row_get_int (handover, SM_ROW_SEQ));
}

static void
take_off (SmShiftPage *self)
{
  SmItem *listed = get_listed (self);

  if (listed != NULL)
    act (self, SM_DESK_ACT_TAKE_OFF, sm_item_get_id (listed), NULL, NULL,
         sm_row_get_int (sm_item_get_row (listed), SM_ROW_SEQ));
}

static void
answer (GObject           *user,
        int                what,
        const SmShiftWish *wish)
{
  SmShiftPage *self = SM_SHIFT_PAGE (user);
  g_autoptr (SmRow) handover = find_handover (self);

  switch (what)
    {
    case DO_SIT:
      act (self, SM_DESK_ACT_SIT, self->desk_id, NULL, wish->text, SM_UNKNOWN);
      break;
    case DO_LEAVE:
      act (self, SM_DESK_ACT_LEAVE, self->desk_id, NULL, wish->text, SM_UNKNOWN);
      break;
    case DO_HAND_OVER:
      begin_handover (self, wish);
      break;
    case DO_SIGN:
      if (handover != NULL)
        sign (self, handover);
      break;
    case DO_NOTE:
      if (handover != NULL)
        write_note (self, handover, wish->text);
      break;
    case DO_WITHDRAW:
      if (handover != NULL)
        act (self, SM_DESK_ACT_WITHDRAW, sm_row_get_id (handover), NULL, NULL, SM_UNKNOWN);
      break;
    case DO_ADD:
      add_entry (self, wish);
      break;
    case DO_TAKE_OFF:
    default:
      take_off (self);
    }
}

/* --- asking first --- */

/* Returns: (transfer full): of SmRow */
static GPtrArray *
list_roster (SmShiftPage *self)
{
  GListModel *roster = sm_ops_get_roster (self->ops);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < g_list_model_get_n_items (roster); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (roster, i);

      g_ptr_array_add (rows, sm_row_ref (sm_item_get_row (item)));
    }
  return rows;
}

static GArray *
find_gaps (SmShiftPage *self)
{
  g_autoptr (GPtrArray) roster = list_roster (self);
  gint64 begin = now (self);

  return sm_roster_find_gaps (roster, self->desk_id, begin, begin + SM_ROSTER_AHEAD);
}

static void
propose_times (SmShiftPage     *self,
               SmShiftQuestion *question)
{
  g_autoptr (GArray) gaps = find_gaps (self);
  gint64 from = gaps->len > 0 ? g_array_index (gaps, SmRosterGap, 0).from : now (self);

  question->from = (from + SM_MINUTE - 1) / SM_MINUTE * SM_MINUTE;
  question->to = question->from + USUAL_SHIFT;
  if (gaps->len > 0 && g_array_index (gaps, SmRosterGap, 0).to - question->from < USUAL_SHIFT
      && g_array_index (gaps, SmRosterGap, 0).to > question->from)
    question->to = g_array_index (gaps, SmRosterGap, 0).to;
}

static void
fill_question (SmShiftPage     *self,
               Doing            doing,
               const SmRow     *handover,
               SmShiftQuestion *question)
{
  const SmRow *desk = get_desk (self);
  gboolean takes_over = !sm_row_is_null (desk, SM_DESK_HOLDER)
                        && !sm_ops_is_person (self->ops, sm_row_get_text (desk, SM_DESK_HOLDER));

  if (doing == DO_SIT && takes_over)
    {
      question->body = _("Who has it is away and has not handed it over. From now on its alarms "
                         "are yours.");
      question->asks = SM_SHIFT_ASKS_TEXT | SM_SHIFT_NEEDS_TEXT;
      question->text_title = _("Reason");
    }
  if (doing == DO_LEAVE)
    {
      question->asks = SM_SHIFT_ASKS_TEXT;
      question->text_title = _("Reason");
    }
  if (doing == DO_HAND_OVER)
    {
      question->body = _("It writes itself from how things stand. Until both have signed, all "
                         "alarms are yours.");
      question->asks = SM_SHIFT_ASKS_PERSON | SM_SHIFT_ASKS_TEXT;
      question->text_title = _("Note");
      question->but = sm_ops_get_person (self->ops);
    }
  if (doing == DO_SIGN)
    question->body = sm_row_get_enum (handover, SM_HANDOVER_STATE) == SM_HANDOVER_STATE_DRAFT
                         ? _("It is written anew as things stand now, and signed by you.")
                         : _("You have read it. From now on all alarms of this desk are yours.");
  if (doing == DO_ADD)
    {
      question->asks = SM_SHIFT_ASKS_PERSON | SM_SHIFT_ASKS_TIMES | SM_SHIFT_ASKS_NEXT;
      propose_times (self, question);
    }
}

static void
ask (SmShiftPage *self,
     Doing        doing)
{
  g_autoptr (SmRow) handover = find_handover (self);
  g_autoptr (SmRow) shown = handover != NULL ? sm_ops_cover_row (self->ops, handover) : NULL;
  SmShiftQuestion question = { .heading = _(doings[doing].label), .yes = _(doings[doing].label),
                               .sitters = self->sitters, .what = doing,
                               .zone = sm_status_get_zone (sm_ops_get_status (self->ops)) };

  if (find_refusal (self, doing, handover) != NULL)
    return;
  fill_question (self, doing, handover, &question);
  if (doing == DO_NOTE)
    {
      question.asks = SM_SHIFT_ASKS_TEXT;
      question.text_title = _("Note");
      question.text = sm_row_get_text (shown, SM_HANDOVER_NOTE);
    }
  if (doing == DO_SIT && question.asks == 0)
    answer (G_OBJECT (self), doing, &(SmShiftWish){ NULL });
  else
    sm_shift_ask (GTK_WIDGET (self), &question, answer, self);
}

static void
do_action (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  for (guint i = 0; i < N_DOINGS; i++)
    if (g_str_equal (doings[i].action, name))
      ask (SM_SHIFT_PAGE (widget), i);
}

/* --- showing it --- */

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
show_gaps (SmShiftPage *self)
{
  g_autoptr (GArray) gaps = find_gaps (self);
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;

  if (gaps->len > 0 && self->desk_id != 0)
    {
      const SmRosterGap *first = &g_array_index (gaps, SmRosterGap, 0);
      g_autofree char *from = sm_shift_when (self->ops, first->from);
      g_autofree char *to = sm_shift_when (self->ops, first->to);

      title = g_strdup_printf (
          ngettext ("The roster of the next 7 days has %u gap.",
                    "The roster of the next 7 days has %u gaps.", gaps->len), gaps->len);
      /* Translators: two moments */
      detail = g_strdup_printf (_("The first one is from %s to %s."), from, to);
    }
  sm_status_banner_set (self->gap_banner, title, detail);
}

static void
show_handover (SmShiftPage *self,
               SmRow       *handover)
{
  g_autoptr (SmRow) shown = handover != NULL ? sm_ops_cover_row (self->ops, handover) : NULL;

  empty (self->sheet);
  if (shown != NULL)
    {
      gtk_box_append (GTK_BOX (self->sheet),
                      sm_handover_card_new (self->ops, shown, shown != handover));
      return;
    }
  gtk_box_append (GTK_BOX (self->sheet),
                  g_object_new (ADW_TYPE_STATUS_PAGE, "icon-name", "system-users-symbolic", "title",
                                _("This desk has not been handed over yet"), "description",
                                _("Who has it begins a handover; it writes itself, and both sign."),
                                NULL));
}

static void
absence_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmShiftPage) self = user_data;
  g_autoptr (GPtrArray) rows = sm_ops_load_absence_finish (SM_OPS (source), result, NULL);

  if (rows == NULL)
    return;
  g_clear_pointer (&self->absence, g_ptr_array_unref);
  self->absence = g_steal_pointer (&rows);
  g_clear_pointer (&self->shown, g_free);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self);
}

static void
load_absence (SmShiftPage *self,
              const SmRow *desk)
{
  gboolean is_away = !sm_row_is_null (desk, SM_DESK_AWAY_SINCE);
  gint64 from = sm_row_get_int (desk, is_away ? SM_DESK_AWAY_SINCE : SM_DESK_LAST_AWAY_FROM);
  gint64 to = is_away ? G_MAXINT64 : sm_row_get_int (desk, SM_DESK_LAST_AWAY_TO);
  gint64 seq = sm_row_get_int (desk, SM_ROW_SEQ) + self->desk_id * 1000003
               + (is_away ? (gint64) g_list_model_get_n_items (sm_ops_get_alarms (self->ops)) : 0);

  if ((self->absence_from == from && self->absence_to == to && self->absence_seq == seq)
      || from == SM_UNKNOWN)
    return;
  self->absence_from = from;
  self->absence_to = to;
  self->absence_seq = seq;
  sm_ops_load_absence_async (self->ops, self->desk_id, from, to, self->cancellable, absence_cb,
                             g_object_ref (self));
}

static void
show_desk (SmShiftPage *self)
{
  SmRow *desk = get_desk (self);

  empty (self->desk_box);
  if (desk == NULL)
    return;
  gtk_box_append (GTK_BOX (self->desk_box), sm_desk_card_new (self->ops, desk));
  if (sm_row_is_null (desk, SM_DESK_AWAY_SINCE) && sm_row_is_null (desk, SM_DESK_LAST_AWAY_FROM))
    return;
  if (self->absence != NULL)
    gtk_box_append (GTK_BOX (self->desk_box),
                    sm_absence_card_new (self->ops, desk, self->absence));
  load_absence (self, desk);
}

/* Where nobody chose one: whoever has one sees that, everybody else the main desk. */
static gint64
find_own (SmShiftPage *self)
{
  GListModel *desks = sm_ops_get_desks (self->ops);
  gint64 first = 0;

  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);

      if (sm_ops_is_person (self->ops, sm_row_get_text (sm_item_get_row (item), SM_DESK_HOLDER)))
        return sm_item_get_id (item);
      if (first == 0)
        first = sm_item_get_id (item);
    }
  return first;
}

static void
choose_cb (SmShiftPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->chooser);

  if (selected >= self->desk_ids->len
      || g_array_index (self->desk_ids, gint64, selected) == self->desk_id)
    return;
  self->desk_id = g_array_index (self->desk_ids, gint64, selected);
  self->is_chosen = TRUE;
  g_clear_pointer (&self->absence, g_ptr_array_unref);
  refresh (self);
}

static void
fill_chooser (SmShiftPage *self)
{
  GListModel *desks = sm_ops_get_desks (self->ops);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = GTK_INVALID_LIST_POSITION;

  g_array_set_size (self->desk_ids, 0);
  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (desks, i);
      gint64 id = sm_item_get_id (item);
      g_autofree char *name = sm_shift_desk_name (self->ops, id);

      gtk_string_list_append (names, name);
      g_array_append_val (self->desk_ids, id);
      if (id == self->desk_id)
        selected = i;
    }
  g_signal_handlers_block_by_func (self->chooser, choose_cb, self);
  gtk_drop_down_set_model (self->chooser, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->chooser, selected);
  g_signal_handlers_unblock_by_func (self->chooser, choose_cb, self);
}

/* Everything that the cards are made of: they are made anew when this is another. */
static char *
describe (SmShiftPage *self,
          const SmRow *handover)
{
  const SmRow *desk = get_desk (self);
  GListModel *roster = sm_ops_get_roster (self->ops);
  const char *person = sm_ops_get_person (self->ops);

  return g_strdup_printf (
      "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %u %u %u %s %d %"
      G_GINT64_FORMAT,
      self->desk_id, desk != NULL ? sm_row_get_int (desk, SM_ROW_SEQ) : 0,
      handover != NULL ? sm_row_get_int (handover, SM_ROW_SEQ) : 0,
      g_list_model_get_n_items (sm_ops_get_desks (self->ops)), g_list_model_get_n_items (roster),
      g_list_model_get_n_items (sm_ops_get_pending (self->ops)),
      g_list_model_get_n_items (sm_ops_get_alarms (self->ops)), person != NULL ? person : "",
      is_offline (self), now (self) / SM_MINUTE);
}

static void
refresh (SmShiftPage *self)
{
  g_autoptr (SmRow) handover = NULL;
  g_autofree char *wanted = NULL;

  if (!self->is_chosen || get_desk (self) == NULL)
    self->desk_id = find_own (self);
  handover = find_handover (self);
  allow (self, handover);
  wanted = describe (self, handover);
  if (g_strcmp0 (wanted, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&wanted);
  fill_chooser (self);
  show_gaps (self);
  show_desk (self);
  show_handover (self, handover);
}

static void
tick (gpointer user_data)
{
  refresh (user_data);
}

static void
sitters_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SmShiftPage) self = user_data;
  GPtrArray *sitters = sm_ops_load_sitters_finish (SM_OPS (source), result, NULL);

  if (sitters == NULL)
    return;
  g_clear_pointer (&self->sitters, g_ptr_array_unref);
  self->sitters = sitters;
}

static void
sm_shift_page_map (GtkWidget *widget)
{
  SmShiftPage *self = SM_SHIFT_PAGE (widget);

  GTK_WIDGET_CLASS (sm_shift_page_parent_class)->map (widget);
  sm_ops_load_sitters_async (self->ops, self->cancellable, sitters_cb, g_object_ref (self));
  refresh (self);
  sm_ticker_listen (sm_ticker_for_display (gtk_widget_get_display (widget)), tick, self);
}

static void
sm_shift_page_unmap (GtkWidget *widget)
{
  sm_ticker_leave (sm_ticker_for_display (gtk_widget_get_display (widget)), tick, widget);
  GTK_WIDGET_CLASS (sm_shift_page_parent_class)->unmap (widget);
}

/* --- the page --- */

/** sm_shift_page_has_view: Whether links to @name are shown here. */
gboolean
sm_shift_page_has_view (const char *name)
{
  if (g_str_equal (name, "shift"))
    return TRUE;
  for (guint i = 0; i < N_LISTS; i++)
    if (g_str_equal (specs[i]->name, name))
      return TRUE;
  return FALSE;
}

static SmListView *
find_list (SmShiftPage *self,
           const char  *name)
{
  for (guint i = 0; i < N_LISTS; i++)
    if (g_strcmp0 (specs[i]->name, name) == 0)
      return self->lists[i];
  return NULL;
}

static gboolean
sm_shift_page_show_link (SmPage       *page,
                         const SmLink *link)
{
  SmShiftPage *self = SM_SHIFT_PAGE (page);
  SmListView *list = find_list (self, sm_link_get_page (link));

  if (list == NULL && !g_str_equal (sm_link_get_page (link), "shift"))
    return FALSE;
  if (list != NULL)
    sm_list_view_show_link (list, link);
  gtk_stack_set_visible_child_name (self->stack, sm_link_get_page (link));
  return TRUE;
}

static char *
sm_shift_page_dup_link (SmPage *page)
{
  SmShiftPage *self = SM_SHIFT_PAGE (page);
  SmListView *list = find_list (self, gtk_stack_get_visible_child_name (self->stack));

  return list != NULL ? sm_list_view_dup_link (list) : g_strdup (SM_LINK_SCHEME "shift");
}

static const char *
sm_shift_page_describe_missing (SmPage *page)
{
  SmShiftPage *self = SM_SHIFT_PAGE (page);

  return get_desk (self) == NULL ? "desks" : NULL;
}

static gboolean
sm_shift_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SM_SHIFT_PAGE (widget)->chooser));
}

static void
sm_shift_page_dispose (GObject *object)
{
  SmShiftPage *self = SM_SHIFT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->ops);
  g_clear_pointer (&self->sitters, g_ptr_array_unref);
  g_clear_pointer (&self->absence, g_ptr_array_unref);
  g_clear_pointer (&self->desk_ids, g_array_unref);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (sm_shift_page_parent_class)->dispose (object);
}

static void
sm_shift_page_class_init (SmShiftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  SmPageClass *page_class = SM_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sm_shift_page_dispose;
  widget_class->grab_focus = sm_shift_page_grab_focus;
  widget_class->map = sm_shift_page_map;
  widget_class->unmap = sm_shift_page_unmap;
  page_class->show_link = sm_shift_page_show_link;
  page_class->dup_link = sm_shift_page_dup_link;
  page_class->describe_missing = sm_shift_page_describe_missing;
  gtk_widget_class_install_action (widget_class, "shift.sit", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.leave", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.hand-over", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.sign", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.note", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.withdraw", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.add", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "shift.take-off", NULL, do_action);
  for (guint i = 0; i < N_DOINGS; i++)
    gtk_widget_class_add_binding_action (widget_class, doings[i].keyval, 0, doings[i].action, NULL);
}

static void
sm_shift_page_init (SmShiftPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->desk_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static GtkWidget *
make_head (SmShiftPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *title = gtk_label_new (sm_page_get_title (SM_PAGE (self)));
  GtkWidget *switcher = gtk_stack_switcher_new ();

  gtk_widget_add_css_class (title, "panel-title");
  gtk_widget_add_css_class (head, "pending-head");
  self->chooser = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chooser), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Desk"), -1);
  g_signal_connect_swapped (self->chooser, "notify::selected", G_CALLBACK (choose_cb), self);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->stack);
  gtk_widget_set_hexpand (switcher, TRUE);
  gtk_widget_set_halign (switcher, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->chooser));
  gtk_box_append (GTK_BOX (head), switcher);
  return head;
}

static GtkWidget *
make_buttons (SmShiftPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (box, "pending-head");
  for (guint i = 0; i < N_DOINGS; i++)
    {
      self->buttons[i] = sm_shift_button_new (_(doings[i].label), doings[i].key, doings[i].action,
                                              NULL);
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }
  return box;
}

static GtkWidget *
make_scrolled (GtkWidget *child)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), child);
  gtk_widget_set_vexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_column (GtkWidget **box)
{
  GtkWidget *scrolled;

  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  gtk_widget_set_margin_start (*box, 12);
  gtk_widget_set_margin_end (*box, 12);
  gtk_widget_set_margin_bottom (*box, 12);
  scrolled = make_scrolled (*box);
  gtk_widget_set_hexpand (scrolled, TRUE);
  return scrolled;
}

static GtkWidget *
make_shift (SmShiftPage *self)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (GTK_BOX (columns), make_column (&self->desk_box));
  gtk_box_append (GTK_BOX (columns), make_column (&self->sheet));
  return columns;
}

static void
add_parts (SmShiftPage *self,
           SmViewState *state)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_titled (self->stack, make_shift (self), "shift", _("Shift"));
  for (guint i = 0; i < N_LISTS; i++)
    {
      self->lists[i] = SM_LIST_VIEW (sm_list_view_new (self->ops, state, specs[i]));
      gtk_stack_add_titled (self->stack, GTK_WIDGET (self->lists[i]), specs[i]->name,
                            _(specs[i]->title));
    }
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->gap_banner = SM_STATUS_BANNER (sm_status_banner_new ());
  self->problem_banner = SM_STATUS_BANNER (sm_status_banner_new ());
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem_banner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->gap_banner));
  gtk_box_append (GTK_BOX (box), make_buttons (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sm_shift_page_new (SmOps       *ops,
                   SmViewState *state,
                   const char  *title)
{
  SmShiftPage *self = g_object_new (SM_TYPE_SHIFT_PAGE, "title", title, NULL);

  self->ops = g_object_ref (ops);
  add_parts (self, state);
  refresh (self);
  return GTK_WIDGET (self);
}
