/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "sm-acts.h"
#include "sm-alarm-order.h"
#include "sm-countdown.h"
#include "sm-live-set.h"
#include "sm-ops-papers.h"
#include "sm-ops-private.h"
#include "sm-photo-texture.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-work-order-acts.h"
#include "sm-work-order-ask.h"
#include "sm-work-order-assign-all.h"
#include "sm-work-order-takers.h"
#include "sm-work-order-then.h"
#include "sm-work-order-wish-dialog.h"
#include "sm-work-order-words.h"
#include "sm-work-orders-page.h"

#include <adwaita.h>

/* The page of work orders, from rows as the feed brings them, without a service. */

#define NOW (G_GINT64_CONSTANT (1750000000) * SM_SECOND)

/* One of level 2 that was opened a minute after its first sign, @age_s ago. */
static SmRow *
make_order (gint64      id,
            const char *state,
            gint64      age_s)
{
  gint64 created = NOW - age_s * SM_SECOND;
  SmRow *row = room_make_order (id, state, created);

  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "alarm");
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, 2);
  sm_row_set_text (row, SM_WORK_ORDER_SUBJECT, "gun <b>2</b>");
  sm_row_set_text (row, SM_WORK_ORDER_TARGET_NOUN, "pile");
  sm_row_set_text (row, SM_WORK_ORDER_TARGET_LABEL, "P-9");
  sm_row_set_int (row, SM_WORK_ORDER_FIRST_SIGN_AT, created - SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_REPORT_DUE_AT, created + 2 * SM_MINUTE);
  sm_row_set_int (row, SM_WORK_ORDER_RESTORE_DUE_AT, created - SM_MINUTE + 12 * SM_HOUR);
  return row;
}

static void
put_order (Room       *room,
           gint64      id,
           const char *state,
           gint64      age_s)
{
  room_put (room, make_order (id, state, age_s));
}

static Room *
show_page (const char *link)
{
  Room *room = room_new ();

  room_stand (room, NOW);
  room_show (room, sm_work_orders_page_new (room->ops, NULL, "Work orders"), link);
  return room;
}

static SmWorkOrderBoard *
get_board (Room *room)
{
  return sm_work_order_view_get_board (
      sm_work_orders_page_get_view (SM_WORK_ORDERS_PAGE (room->page)));
}

static void
assert_counts (Room       *room,
               const char *expected)
{
  g_autoptr (GString) counts = g_string_new (NULL);

  for (guint i = 0; i < SM_N_WORK_ORDER_STAGES; i++)
    g_string_append_printf (counts, "%u ", sm_work_order_board_count (get_board (room), i));
  g_assert_cmpstr (counts->str, ==, expected);
}

static gint64
get_chosen (Room *room)
{
  SmItem *item = sm_work_order_board_get_chosen (get_board (room));

  return item != NULL ? sm_item_get_id (item) : 0;
}

/* A card for each that is open, in the column of its stage; who goes on stays chosen. */
static void
test_board (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");

  put_order (room, 1, "unaccepted", 60);
  put_order (room, 2, "assigned", 60);
  put_order (room, 3, "travelling", 60);
  put_order (room, 4, "in_progress", 60);
  put_order (room, 5, "on_hold", 60);
  put_order (room, 6, "completed", 60);
  put_order (room, 7, "confirmed", 60);
  put_order (room, 8, "unaccepted", 1200);
  assert_counts (room, "2 1 1 1 1 1 ");
  sm_work_order_board_choose (get_board (room), 2);
  put_order (room, 2, "accepted", 60);
  run_until (sm_work_order_board_count (get_board (room), SM_WORK_ORDER_STAGE_ON_THE_WAY) == 2);
  assert_counts (room, "2 0 2 1 1 1 ");
  g_assert_cmpint (get_chosen (room), ==, 2);
  put_order (room, 2, "cancelled", 60);
  run_until (sm_work_order_board_count (get_board (room), SM_WORK_ORDER_STAGE_ON_THE_WAY) == 1);
  g_assert_cmpint (get_chosen (room), ==, 0);
}

/* What is overdue stands above what is not. */
static void
test_urgent_first (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  GListModel *orders = sm_ops_get_work_orders (room->ops);
  gint64 expected[] = { 3, 1, 2 };

  put_order (room, 1, "unaccepted", 600);
  put_order (room, 2, "unaccepted", 60);
  put_order (room, 3, "unaccepted", 1200);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);

      g_assert_cmpint (sm_item_get_id (item), ==, expected[i]);
    }
  run_until (sm_test_shows (room->page, "5 min 00 s over"));
  g_assert_true (sm_test_shows (room->page, "5 min 00 s left"));
  g_assert_true (sm_test_shows (room->page, "14 min 00 s left"));
}

/* A link to one shows all of it, as text and never as markup. */
static void
test_link (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order/WO-2");
  g_autoptr (SmLink) held = sm_link_parse ("stationmaster:work_orders?state=on_hold,completed");
  g_autoptr (SmLink) odd = sm_link_parse ("stationmaster:work_orders?moon=full");
  SmWorkOrdersPage *page = SM_WORK_ORDERS_PAGE (room->page);

  put_order (room, 1, "unaccepted", 60);
  put_order (room, 2, "unaccepted", 60);
  put_order (room, 3, "on_hold", 60);
  run_until (sm_test_shows (GTK_WIDGET (sm_work_orders_page_get_panel (page)), "WO-2"));
  g_assert_true (sm_test_shows (GTK_WIDGET (sm_work_orders_page_get_panel (page)), "gun <b>2</b>"));
  g_assert_true (sm_page_show_link (SM_PAGE (page), held));
  run_until (sm_work_order_view_choose (sm_work_orders_page_get_view (page), 3));
  g_assert_false (sm_work_order_view_choose (sm_work_orders_page_get_view (page), 2));
  g_assert_true (sm_page_show_link (SM_PAGE (page), odd));
  run_until (sm_test_shows (room->page, "This link filters by something unknown here"));
}

/* By the service's time, to the second; a recurrence lets the same clock go on. */
static void
test_clocks (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  g_autoptr (SmRow) order = make_order (1, "accepted", 0);
  g_autofree char *running = NULL;
  g_autofree char *late = NULL;
  g_autofree char *again = NULL;
  gboolean is_late;
  SmWorkOrderClock clock;
  SmWorkOrderReading reading;

  running = sm_work_order_clock_state (room->ops, order, SM_WORK_ORDER_CLOCK_RESPONSE, &is_late);
  g_assert_cmpstr (running, ==, "15 min 00 s left");
  room_stand (room, NOW + 901 * SM_SECOND);
  late = sm_work_order_clock_state (room->ops, order, SM_WORK_ORDER_CLOCK_RESPONSE, &is_late);
  g_assert_cmpstr (late, ==, "1 s over");
  g_assert_true (is_late);
  sm_row_set_int (order, SM_WORK_ORDER_RESPONDED_AT, NOW + 61 * SM_SECOND);
  g_assert_true (sm_work_order_next_clock (order, NOW, &clock, &reading));
  g_assert_cmpuint (clock, ==, SM_WORK_ORDER_CLOCK_RESTORE);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORED_AT, NOW + SM_HOUR);
  g_assert_false (sm_work_order_next_clock (order, NOW, &clock, &reading));
  sm_row_set_int (order, SM_WORK_ORDER_CLOSE_DUE_AT, NOW + 24 * SM_HOUR);
  g_assert_true (sm_work_order_next_clock (order, NOW, &clock, &reading));
  g_assert_cmpuint (clock, ==, SM_WORK_ORDER_CLOCK_CLOSE);
  sm_row_set_null (order, SM_WORK_ORDER_RESTORED_AT);
  again = sm_work_order_clock_state (room->ops, order, SM_WORK_ORDER_CLOCK_RESTORE, &is_late);
  g_assert_cmpstr (again, ==, "11 h 43 min left");
}

static void
sign_in_as (Room       *room,
            const char *name)
{
  const char *may[] = { "work_order.assign", "work_order.work", "work_order.confirm",
                        "work_order.note", "work_order.create", "complaint.receive", NULL };
  SmPerson person = { .id = 1, .name = (char *) name, .display_name = (char *) name,
                      .role = (char *) "dispatcher", .permissions = (GStrv) may };

  sm_ops_set_person (room->ops, &person);
}

static GtkWidget *
find_button (GtkWidget  *widget,
             const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

static gboolean
can_press (Room       *room,
           const char *action)
{
  GtkWidget *button = find_button (room->page, action);

  return button != NULL && gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button);
}

static void
show_order (Room       *room,
            const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);

  g_assert_true (sm_page_show_link (SM_PAGE (room->page), link));
}

static AdwMessageDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

/* What goes with the state can be pressed by who may; else it says why not. */
static void
test_acts (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order/WO-1");
  GListModel *orders = sm_ops_get_work_orders (room->ops);
  g_autoptr (SmRow) done = make_order (1, "completed", 60);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (SmItem) item = NULL;

  put_order (room, 1, "unaccepted", 60);
  sign_in_as (room, "mia");
  run_until (can_press (room, "workorders.assign"));
  g_assert_true (can_press (room, "workorders.note"));
  g_assert_false (can_press (room, "workorders.confirm"));
  g_assert_false (can_press (room, "workorders.cancel")); /* not of this person */
  item = g_list_model_get_item (orders, 0);
  g_assert_nonnull (sm_work_order_verb_refusal (room->ops, SM_WORK_ORDER_CANCEL, item));
  g_assert_nonnull (sm_work_order_verb_refusal (room->ops, SM_WORK_ORDER_COMPLETE, item));
  sm_row_set_text (done, SM_WORK_ORDER_COMPLETED_BY, "mia");
  sm_row_set_text (done, SM_WORK_ORDER_FIX, "permanent");
  g_ptr_array_add (rows, done);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  g_assert_cmpstr (sm_ops_work_order_refusal (room->ops, SM_WORK_ORDER_CONFIRM, done), ==,
                   "second-person-needed");
  sign_in_as (room, "max");
  g_assert_null (sm_ops_work_order_refusal (room->ops, SM_WORK_ORDER_CONFIRM, done));
  sm_row_set_text (done, SM_WORK_ORDER_FIX, "temporary");
  g_assert_cmpstr (sm_ops_work_order_refusal (room->ops, SM_WORK_ORDER_CONFIRM, done), ==,
                   "follow-up-missing");
}

/* Somebody complains about it, or it came from a complaint: from its panel there is a way. */
static void
test_complaint (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order/WO-1");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (SmRow) complaint = sm_row_new (sm_noun_get (SM_NOUN_COMPLAINT));

  sign_in_as (room, "mia");
  g_ptr_array_add (rows, make_order (1, "unaccepted", 60));
  sm_row_set_int (rows->pdata[0], SM_WORK_ORDER_STATION_ID, 4);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  run_until (sm_test_shows (room->page, "Complaint…"));
  sm_row_set_int (complaint, SM_ROW_ID, 1);
  sm_row_set_text (complaint, SM_COMPLAINT_NUMBER, "CP000001");
  sm_row_set_int (complaint, SM_COMPLAINT_WORK_ORDER_ID, 2);
  sm_live_set_put (SM_LIVE_SET (sm_ops_get_papers (room->ops, SM_NOUN_COMPLAINT)), complaint);
  g_ptr_array_add (rows, make_order (2, "unaccepted", 60));
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  show_order (room, "stationmaster:work_order/WO-2");
  run_until (sm_test_shows (room->page, "Complaint")
             && !sm_test_shows (room->page, "Complaint…"));
}

/* By a key to the next column and back; what has to be said for it is asked. */
static void
test_moves (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order/WO-1");
  AdwMessageDialog *dialog;

  put_order (room, 1, "in_progress", 60);
  sign_in_as (room, "mia");
  run_until (can_press (room, "workorders.complete"));
  gtk_widget_activate_action (room->page, "workorders.forward", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "gun <b>2</b>"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_widget_activate_action (room->page, "workorders.back", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_response_label (dialog, "do"), ==, "Put on hold");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Beside an alarm stands the order of its cause, or why none can be opened. */
static void
test_of_alarm (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  g_autoptr (SmRow) order = make_order (4, "accepted", 60);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *part = sm_alarm_order_new (room->ops);

  gtk_window_set_child (GTK_WINDOW (room->window), part);
  sm_row_set_int (alarm, SM_ROW_ID, 9);
  sm_row_set_text (alarm, SM_ALARM_CODE, "pile-emergency-stop");
  sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, "pile");
  sm_row_set_int (alarm, SM_ALARM_SOURCE_ID, 5);
  sm_alarm_order_show (SM_ALARM_ORDER (part), alarm);
  run_until (sm_test_shows (part, "There is none."));
  g_assert_false (gtk_widget_is_sensitive (find_button (part, "alarms.work-order")));
  sm_row_set_text (order, SM_WORK_ORDER_CODE, "pile-emergency-stop");
  sm_row_set_int (order, SM_WORK_ORDER_TARGET_ID, 5);
  sm_row_set_text (order, SM_WORK_ORDER_ASSIGNEE, "Zhang <i>Hao</i>");
  g_ptr_array_add (rows, order);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  sm_alarm_order_refresh (SM_ALARM_ORDER (part));
  g_assert_true (sm_test_shows (part, "WO-4 · accepted · Zhang <i>Hao</i>"));
  g_assert_true (gtk_widget_is_sensitive (find_button (part, "alarms.work-order")));
}

/* --- who goes --- */

static void
put_engineer (Room       *room,
              gint64      id,
              const char *name,
              const char *phone)
{
  SmRow *row = room_make_engineer (id, name);

  sm_row_set_text (row, SM_ENGINEER_PHONE, phone);
  room_put (room, row);
}

static void
add_candidate (GPtrArray  *candidates,
               gint64      engineer_id,
               const char *bar)
{
  SmWorkOrderCandidate *candidate = sm_work_order_candidate_new ();

  candidate->engineer_id = engineer_id;
  candidate->jobs = 1;
  candidate->places = 3;
  candidate->road_m = 18400.0;
  candidate->job_s = 600;
  candidate->travel_s = 1500;
  candidate->part_s = 300;
  candidate->work_s = 3600;
  candidate->restore_s = 6000;
  candidate->is_late = TRUE;
  if (bar != NULL)
    {
      g_ptr_array_add (candidate->bars, g_strdup (bar));
      g_ptr_array_add (candidate->certificates, g_strdup ("high_voltage"));
    }
  g_ptr_array_add (candidates, candidate);
}

static GtkWidget *
find_takers (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (SM_IS_WORK_ORDER_TAKERS (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_takers (child);
  return found;
}

static AdwMessageDialog *
ask_who_goes (Room *room)
{
  GListModel *orders = sm_ops_get_work_orders (room->ops);
  g_autoptr (SmItem) order = NULL;

  put_order (room, 1, "unaccepted", 60);
  put_engineer (room, 11, "Zhao <b>Lei</b>", "+86 755 2345 6789");
  put_engineer (room, 12, "An Ming", "138****5678");
  sign_in_as (room, "mia");
  order = g_list_model_get_item (orders, 0);
  return ADW_MESSAGE_DIALOG (
      sm_work_order_ask (room->page, room->ops, SM_WORK_ORDER_ASSIGN, order));
}

/* By name, which it says, and nobody goes before somebody is chosen; a name finds. */
static void
test_takers_by_name (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  AdwMessageDialog *dialog = ask_who_goes (room);
  GtkWidget *takers = find_takers (GTK_WIDGET (dialog));

  run_until (sm_test_shows (takers, "By name: the service could not say"));
  run_until (sm_test_shows (takers, "Zhao <b>Lei</b>"));
  g_assert_true (sm_test_shows (takers, "0 open orders"));
  g_assert_true (sm_test_shows (takers, "138****5678"));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  sm_work_order_takers_find (SM_WORK_ORDER_TAKERS (takers), "zhao");
  run_until (!sm_test_shows (takers, "An Ming"));
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Ranked, with each part of the time, and why not, in words; whoever lacks a certificate goes
 * only with a reason.  Who was chosen stays so. */
static void
test_takers_ranked (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  g_autoptr (GPtrArray) candidates
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_work_order_candidate_free);
  AdwMessageDialog *dialog = ask_who_goes (room);
  SmWorkOrderTakers *takers = SM_WORK_ORDER_TAKERS (find_takers (GTK_WIDGET (dialog)));

  add_candidate (candidates, 11, NULL);
  add_candidate (candidates, 12, "no_certificate");
  run_until (sm_test_shows (GTK_WIDGET (takers), "By name: the service could not say"));
  sm_work_order_takers_rank (takers, candidates);
  g_assert_cmpint (sm_work_order_takers_get_chosen (takers)->id, ==, 11);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  run_until (sm_test_shows (GTK_WIDGET (takers), "1 h 40 min"));
  g_assert_true (sm_test_shows (GTK_WIDGET (takers),
                                "1 of 3 orders · other orders 10 min · way 25 min (18\u00a0km)"
                                " · for parts 5 min · work 60 min"));
  g_assert_true (sm_test_shows (GTK_WIDGET (takers), "after the restore clock ends"));
  g_assert_true (sm_test_shows (GTK_WIDGET (takers), "has no certificate: high voltage"));
  g_assert_true (sm_test_shows (GTK_WIDGET (takers), "+86 755 2345 6789"));
  sm_work_order_takers_find (takers, "an m");
  g_assert_cmpint (sm_work_order_takers_get_chosen (takers)->id, ==, 12);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  sm_work_order_takers_rank (takers, candidates);
  g_assert_cmpint (sm_work_order_takers_get_chosen (takers)->id, ==, 12);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_countdown (void)
{
  static const struct
  {
    gint64 left_us;
    const char *text;
  } expected[] = { { 0, "0 s left" },
                   { 59 * SM_SECOND, "59 s left" },
                   { 3599 * SM_SECOND, "59 min 59 s left" },
                   { 12 * SM_HOUR, "12 h 00 min left" },
                   { 50 * SM_HOUR, "2 d 2 h left" },
                   { -61 * SM_SECOND, "1 min 01 s over" } };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *words = sm_countdown_words (expected[i].left_us);

      g_assert_cmpstr (words, ==, expected[i].text);
    }
}

/* --- all of them at once --- */

static SmWorkOrderProposal *
propose (gint64 order_id,
         gint64 engineer_id)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  SmWorkOrderProposal *proposal = g_new0 (SmWorkOrderProposal, 1);

  proposal->work_order_id = order_id;
  proposal->place = 1;
  if (engineer_id != 0)
    {
      add_candidate (one, engineer_id, NULL);
      proposal->candidate = one->pdata[0];
    }
  return proposal;
}

static GtkCheckButton *
find_check (GtkWidget *widget)
{
  GtkCheckButton *found = NULL;

  if (GTK_IS_CHECK_BUTTON (widget))
    return GTK_CHECK_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_check (child);
  return found;
}

/* Each line says who and why, and can be left; what somebody is at is not moved. */
static void
test_assign_all (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  g_autoptr (GPtrArray) proposals
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_work_order_proposal_free);
  GtkWidget *dialog;

  put_order (room, 1, "unaccepted", 60);
  put_order (room, 2, "in_progress", 60);
  put_order (room, 3, "unaccepted", 60);
  put_engineer (room, 11, "Zhao <b>Lei</b>", "+86 755 2345 6789");
  sign_in_as (room, "mia");
  run_until (can_press (room, "workorders.assign-all"));
  dialog = sm_work_order_assign_all (room->page, room->ops);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  g_ptr_array_add (proposals, propose (1, 11));
  g_ptr_array_add (proposals, propose (2, 11));
  g_ptr_array_add (proposals, propose (3, 0));
  sm_work_order_assign_all_show (dialog, proposals);
  run_until (sm_test_shows (dialog, "→ Zhao <b>Lei</b>"));
  g_assert_true (sm_test_shows (dialog, "WO-1"));
  g_assert_false (sm_test_shows (dialog, "WO-2"));
  g_assert_true (sm_test_shows (dialog, "Nobody can go now"));
  g_assert_cmpstr (adw_message_dialog_get_response_label (ADW_MESSAGE_DIALOG (dialog), "do"), ==,
                   "Assign 1 order");
  gtk_check_button_set_active (find_check (dialog), FALSE);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  /* Nobody but the service knows who is best. */
  sm_test_network_set_state (room->ops, SM_STATUS_OFFLINE);
  run_until (!can_press (room, "workorders.assign-all"));
}

/* By number, by what it is of, in full width too; who is called exactly so comes first. */
static void
test_search (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  g_autoptr (GPtrArray) hits = NULL;

  put_order (room, 1, "unaccepted", 60);
  put_order (room, 12, "unaccepted", 600);
  put_order (room, 13, "confirmed", 600);
  hits = sm_ops_search_work_orders (room->ops, "wo-1", "en", 10);
  g_assert_cmpuint (hits->len, ==, 2);
  g_assert_cmpstr (((SmHit *) hits->pdata[0])->label, ==, "WO-1");
  g_assert_true (((SmHit *) hits->pdata[0])->is_exact);
  g_clear_pointer (&hits, g_ptr_array_unref);
  hits = sm_ops_search_work_orders (room->ops, "Ｐ-9", "en", 1);
  g_assert_cmpuint (hits->len, ==, 1);
  g_clear_pointer (&hits, g_ptr_array_unref);
  hits = sm_ops_search_work_orders (room->ops, "nothing", "en", 10);
  g_assert_cmpuint (hits->len, ==, 0);
}

/* --- what it was like, and its photos --- */

/* What the service wrote down is shown in words; of what cannot be read nothing is said. */
static void
test_then (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order/WO-1");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (SmRow) order = make_order (1, "accepted", 60);
  SmFacts *facts = SM_FACTS (g_object_ref_sink (sm_facts_new ()));

  sm_row_set_text (order, SM_WORK_ORDER_TARGET_NOUN, "vehicle");
  sm_row_set_text (order, SM_WORK_ORDER_SNAPSHOT,
                   "{\"alarm\":{\"field\":\"soc\",\"value\":\"7.26\",\"limit_value\":\"10\","
                   "\"sender_text\":\"low <b>!</b>\"},\"live\":{\"speed_kmh\":\"62.5\","
                   "\"soc\":null,\"motion\":\"driving\",\"later\":{\"a\":[1]}},\"commands\":["
                   "{\"kind\":\"reset\",\"state\":\"failed\",\"requested_by\":\"mia\"}]}");
  g_ptr_array_add (rows, order);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  run_until (sm_test_shows (room->page, "What it was like when it was opened"));
  g_assert_true (sm_test_shows (room->page, "62.5"));
  g_assert_true (sm_test_shows (room->page, "7.3"));
  g_assert_true (sm_test_shows (room->page, "low <b>!</b>"));
  g_assert_true (sm_test_shows (room->page, "failed · mia"));
  sm_row_set_text (order, SM_WORK_ORDER_SNAPSHOT, "{\"alarm\":");
  g_assert_false (sm_work_order_then_show (facts, room->ops, order));
  sm_row_set_text (order, SM_WORK_ORDER_SNAPSHOT, NULL);
  g_assert_false (sm_work_order_then_show (facts, room->ops, order));
  g_object_unref (facts);
}

static void
texture_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = sm_photo_texture_load_finish (result, &error);

  *(int *) user_data = texture != NULL ? gdk_texture_get_width (texture) : -1;
  g_clear_object (&texture);
}

static int
load_width (const char *path,
            int         side)
{
  int width = 0;

  sm_photo_texture_load_async (path, side, NULL, texture_cb, &width);
  run_until (width != 0);
  return width;
}

/* A photo is never larger than it is looked at; one that says that it fills the memory is not
 * unpacked at all. */
static void
test_texture (void)
{
  static const char bomb[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x00\0\0\x75\x00\x08\x02\0\0\0";
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "texture.png", NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 400, 300);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  g_assert_cmpint (load_width (path, 0), ==, 400);
  g_assert_cmpint (load_width (path, 100), ==, 100);
  g_assert_true (g_file_set_contents (path, bomb, sizeof bomb - 1, NULL));
  g_assert_cmpint (load_width (path, 100), ==, -1);
  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  g_assert_cmpint (load_width (path, 100), ==, -1);
}

/* --- by hand --- */

static GtkEditable *
find_entry (GtkWidget  *widget,
            const char *title)
{
  GtkEditable *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return GTK_EDITABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

static void
type (AdwMessageDialog *dialog,
      const char       *title,
      const char       *text)
{
  GtkEditable *entry = find_entry (GTK_WIDGET (dialog), title);

  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, text);
}

/* It has to be said of what it is and what is wrong; what was written is not lost when the
 * service does not take it. */
static void
test_by_hand (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order_board");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *station = sm_row_new (sm_noun_get (SM_NOUN_STATION));
  AdwMessageDialog *dialog;

  g_assert_null (sm_work_order_wish_ask (room->page, room->ops, SM_N_NOUNS, 0));
  sm_row_set_int (station, SM_ROW_ID, 7);
  sm_row_set_int (station, SM_ROW_SEQ, 7);
  sm_row_set_text (station, SM_STATION_SN, "SW77");
  sm_row_set_text (station, SM_STATION_NAME, "{\"en\":\"North <b>gate</b>\"}");
  g_ptr_array_add (rows, station);
  sm_directory_apply (sm_ops_get_directory (room->ops), rows);
  sm_directory_told (sm_ops_get_directory (room->ops));
  sign_in_as (room, "mia");
  run_until (can_press (room, "workorders.new"));
  gtk_widget_activate_action (room->page, "workorders.new", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  type (dialog, "What is wrong", "a noise");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  type (dialog, "What it is about", "SW77");
  g_assert_true (sm_test_shows (GTK_WIDGET (dialog), "Station · North <b>gate</b>"));
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  adw_message_dialog_response (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  run_until (find_dialog () != NULL);
  dialog = find_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "That was not taken");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (GTK_WIDGET (dialog), "What is wrong")), ==,
                   "a noise");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  /* From where a thing is shown, it is of that. */
  dialog = ADW_MESSAGE_DIALOG (
      sm_work_order_wish_ask (room->page, room->ops, SM_NOUN_STATION, 7));
  type (dialog, "What is wrong", "a noise");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  adw_message_dialog_response (dialog, "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Photos that were added here and are not there yet stand with the order, with how they stand. */
static void
test_photos_waiting (void)
{
  g_autoptr (Room) room = show_page ("stationmaster:work_order/WO-1");
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  g_autoptr (SmRow) mine = make_order (1, "accepted", 60), other = make_order (2, "accepted", 60);
  const SmActState states[] = { SM_ACT_WAITING, SM_ACT_CONFLICT, SM_ACT_SENDING };

  put_order (room, 1, "accepted", 60);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      SmAct *act = sm_act_new_photo (states[i] == SM_ACT_SENDING ? other : mine, "door.jpg", NOW);

      act->file = g_strdup_printf ("sum-%u", i);
      act->state = states[i];
      g_ptr_array_add (acts, act);
    }
  sm_ops_take_acts (room->ops, acts, none);
  run_until (sm_test_shows (room->page, "Waits to be sent")
             && sm_test_shows (room->page, "In conflict"));
  g_assert_false (sm_test_shows (room->page, "Being sent")); /* that is of another order */
  sm_ops_take_acts (room->ops, none, none);
  run_until (!sm_test_shows (room->page, "Waits to be sent"));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/work-orders/board", test_board);
  g_test_add_func ("/pages/work-orders/urgent-first", test_urgent_first);
  g_test_add_func ("/pages/work-orders/link", test_link);
  g_test_add_func ("/pages/work-orders/clocks", test_clocks);
  g_test_add_func ("/pages/work-orders/acts", test_acts);
  g_test_add_func ("/pages/work-orders/complaint", test_complaint);
  g_test_add_func ("/pages/work-orders/moves", test_moves);
  g_test_add_func ("/pages/work-orders/of-alarm", test_of_alarm);
  g_test_add_func ("/pages/work-orders/takers-by-name", test_takers_by_name);
  g_test_add_func ("/pages/work-orders/takers-ranked", test_takers_ranked);
  g_test_add_func ("/pages/work-orders/assign-all", test_assign_all);
  g_test_add_func ("/pages/work-orders/search", test_search);
  g_test_add_func ("/pages/work-orders/then", test_then);
  g_test_add_func ("/pages/work-orders/texture", test_texture);
  g_test_add_func ("/pages/work-orders/photos-waiting", test_photos_waiting);
  g_test_add_func ("/pages/work-orders/by-hand", test_by_hand);
  g_test_add_func ("/pages/work-orders/countdown", test_countdown);
  return g_test_run ();
}
