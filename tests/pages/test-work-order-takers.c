/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orders.h"

#include "sm-ops-private.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-work-order-ask.h"
#include "sm-work-order-assign-all.h"
#include "sm-work-order-takers.h"
#include "sm-work-order-wish-dialog.h"

/* Who is asked to go to a work order, and a new one by hand, without a service. */

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

  orders_put (room, 1, "unaccepted", 60);
  orders_put_engineer (room, 11, "Zhao <b>Lei</b>", "+86 755 2345 6789");
  orders_put_engineer (room, 12, "An Ming", "138****5678");
  orders_sign_in (room, "mia");
  order = g_list_model_get_item (orders, 0);
  return ADW_MESSAGE_DIALOG (
      sm_work_order_ask (room->page, room->ops, SM_WORK_ORDER_ASSIGN, order));
}

/* By name, which it says, and nobody goes before somebody is chosen; a name finds. */
static void
test_takers_by_name (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
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
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
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
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
  g_autoptr (GPtrArray) proposals
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_work_order_proposal_free);
  GtkWidget *dialog;

  orders_put (room, 1, "unaccepted", 60);
  orders_put (room, 2, "in_progress", 60);
  orders_put (room, 3, "unaccepted", 60);
  orders_put_engineer (room, 11, "Zhao <b>Lei</b>", "+86 755 2345 6789");
  orders_sign_in (room, "mia");
  run_until (orders_can_press (room, "workorders.assign-all"));
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
  run_until (!orders_can_press (room, "workorders.assign-all"));
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
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
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
  orders_sign_in (room, "mia");
  run_until (orders_can_press (room, "workorders.new"));
  gtk_widget_activate_action (room->page, "workorders.new", NULL);
  dialog = orders_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  type (dialog, "What is wrong", "a noise");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  type (dialog, "What it is about", "SW77");
  g_assert_true (sm_test_shows (GTK_WIDGET (dialog), "Station · North <b>gate</b>"));
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  adw_message_dialog_response (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  run_until (orders_find_dialog () != NULL);
  dialog = orders_find_dialog ();
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

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/work-orders/takers-by-name", test_takers_by_name);
  g_test_add_func ("/pages/work-orders/takers-ranked", test_takers_ranked);
  g_test_add_func ("/pages/work-orders/assign-all", test_assign_all);
  g_test_add_func ("/pages/work-orders/by-hand", test_by_hand);
  return g_test_run ();
}
