/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-acts.h"
#include "sm-live-set.h"
#include "sm-ops-private.h"
#include "sm-ops-work-orders.h"
#include "sm-panel-section.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-truck-dialog.h"
#include "sm-truck-list.h"
#include "sm-truck-offer.h"

#include <adwaita.h>

/* The trucks on their way to a station that does not serve, from rows as the feed brings them,
 * without a service. */

#define NOW (G_GINT64_CONSTANT (1750000000) * SM_SECOND)
#define STANDING 1e-9 /* as slow as a clock can be */
#define STATION 7

typedef struct
{
  SmOps *ops;
  SmTruckList *list;
  GtkWidget *window;
} Room;

static Room *
room_new (void)
{
  Room *room = g_new0 (Room, 1);

  room->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  sm_clock_set (room->ops->clock, NOW, STANDING);
  room->list = SM_TRUCK_LIST (sm_truck_list_new (room->ops));
  room->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (room->window), GTK_WIDGET (room->list));
  gtk_window_present (GTK_WINDOW (room->window));
  run_until (gtk_widget_get_mapped (GTK_WIDGET (room->list)));
  sm_truck_list_show (room->list, STATION);
  return room;
}

static void
room_free (Room *room)
{
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_object_unref (room->ops);
  g_free (room);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Room, room_free)

static void
sign_in (Room *room)
{
  const char *may[] = { "guidance.send", NULL };
  SmPerson person = { .id = 1, .name = (char *) "mia", .display_name = (char *) "mia",
                      .role = (char *) "dispatcher", .permissions = (GStrv) may };

  sm_ops_set_person (room->ops, &person);
}

static SmRow *
make_guidance (gint64 id, const char *plate, const char *state, gint64 age_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_GUIDANCE));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_set_text (row, SM_GUIDANCE_STATE, state);
  sm_row_set_int (row, SM_GUIDANCE_STATE_SINCE, NOW - age_us);
  sm_row_set_int (row, SM_GUIDANCE_VEHICLE_ID, 100 + id);
  sm_row_set_text (row, SM_GUIDANCE_PLATE, plate);
  sm_row_set_int (row, SM_GUIDANCE_FROM_STATION_ID, STATION);
  sm_row_set_int (row, SM_GUIDANCE_PROPOSED_AT, NOW - age_us);
  return row;
}

static guint
count_buttons (GtkWidget *widget, const char *label)
{
  guint n = GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
            && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_buttons (child, label);
  return n;
}

static void
test_told (void)
{
  g_autoptr (Room) room = room_new ();
  GtkWidget *list = GTK_WIDGET (room->list);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GArray *offers = g_array_new (FALSE, FALSE, sizeof (SmTruckOffer));
  const SmTruckOffer made[] = { { 201, SM_TRUCK_OFFER, 8, 9, 600, 60 },
                                { 202, SM_TRUCK_RESCUE, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                                  SM_UNKNOWN },
                                { 203, SM_TRUCK_ASK, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                                  SM_UNKNOWN } };

  sign_in (room);
  g_array_append_vals (offers, made, G_N_ELEMENTS (made));
  g_ptr_array_add (rows, make_guidance (4, "T<b>4", "accepted", SM_MINUTE));
  g_ptr_array_add (rows, make_guidance (3, "T3", "no_answer", SM_MINUTE));
  g_ptr_array_add (rows, make_guidance (2, "T2", "lapsed", SM_MINUTE));
  g_ptr_array_add (rows, make_guidance (1, "T1", "arrived", SM_DAY)); /* of yesterday */
  sm_row_set_text (rows->pdata[2], SM_GUIDANCE_LAPSE_BY, "pack_gone");
  sm_truck_list_set (room->list, offers, rows);
  g_assert_true (sm_test_shows (list, "3 to be sent · 3 were told · 1 to be called"));
  g_assert_true (sm_test_shows (list, "T<b>4"));
  g_assert_true (sm_test_shows (list, "no answer, call"));
  g_assert_true (sm_test_shows (list, "the pack is not there any more"));
  g_assert_true (sm_test_shows (list, "range is not known, call"));
  g_assert_false (sm_test_shows (list, "T1"));
  g_assert_cmpuint (count_buttons (list, "Send"), ==, 1);
  g_assert_cmpuint (count_buttons (list, "Send again"), ==, 1);
  g_assert_cmpuint (count_buttons (list, "Send a rescue"), ==, 3);
  g_assert_cmpuint (count_buttons (list, "Withdraw"), ==, 2);
  g_assert_cmpuint (count_buttons (list, "Called: nobody answered"), ==, 1);
  /* By keyboard to who has to be called, and to what can be done first. */
  g_assert_true (gtk_widget_activate_action (list, "trucks.call", NULL));
  run_until (gtk_window_get_focus (GTK_WINDOW (room->window)) != NULL);
  g_assert_cmpstr (
      gtk_button_get_label (GTK_BUTTON (gtk_window_get_focus (GTK_WINDOW (room->window)))), ==,
      "Send again");
  sm_truck_list_set (room->list, NULL, NULL);
  g_assert_true (sm_test_shows (list, "No truck is on its way there."));
}

/* An act as the outbox has it.  Returns: (transfer full) */
static SmAct *
make_act (const SmTruckWish *wish, SmActState state, const char *problem)
{
  SmAct *act = sm_act_new_guide (wish, NOW);

  act->state = state;
  act->problem = g_strdup (problem);
  return act;
}

/* What is on its way cannot be done twice, and says so; what was refused says why, and can. */
static void
test_waiting (void)
{
  g_autoptr (Room) room = room_new ();
  GtkWidget *list = GTK_WIDGET (room->list);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  GArray *offers = g_array_new (FALSE, FALSE, sizeof (SmTruckOffer));
  const SmTruckOffer made[] = { { 201, SM_TRUCK_OFFER, 8, 9, 600, 60 },
                                { 202, SM_TRUCK_OFFER, 8, 10, 600, 60 } };
  const SmTruckWish wishes[]
      = { { .vehicle_id = 201, .guidance_id = SM_UNKNOWN, .battery_id = 9 },
          { .vehicle_id = 202, .guidance_id = SM_UNKNOWN, .battery_id = 10 },
          { .vehicle_id = 103, .guidance_id = 3, .act = "call", .outcome = "accepted" } };
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_ptr_array_add (acts, make_act (&wishes[0], SM_ACT_WAITING, NULL));
  g_ptr_array_add (acts, make_act (&wishes[1], SM_ACT_CONFLICT, "guidance-late"));
  g_ptr_array_add (acts, make_act (&wishes[2], SM_ACT_SENDING, NULL));
  sm_ops_take_acts (room->ops, acts, none);
  g_array_append_vals (offers, made, G_N_ELEMENTS (made));
  g_ptr_array_add (rows, make_guidance (3, "T3", "no_answer", SM_MINUTE));
  sm_truck_list_set (room->list, offers, rows);
  g_assert_true (sm_test_shows (list, "Waits to be sent"));
  g_assert_true (sm_test_shows (list, "no answer, call · Being sent"));
  g_assert_cmpuint (count_buttons (list, "Send"), ==, 1);
  g_assert_cmpuint (count_buttons (list, "Send again"), ==, 0);
  g_assert_cmpuint (count_buttons (list, "Withdraw"), ==, 0);
  g_assert_true (sm_test_shows (list, "A truck is not sent because of what was wanted so long ago."
                                      " Look where the truck is now, and try again, or drop it."));
}

/* Who is fetched needs nothing more, until that is over; what one has refused stands beside what
 * can be done now. */
static void
test_fetched (void)
{
  g_autoptr (Room) room = room_new ();
  GtkWidget *list = GTK_WIDGET (room->list);
  SmLiveSet *orders = SM_LIVE_SET (sm_ops_get_work_orders (room->ops));
  SmRow *order = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));
  const SmTruckOffer made[] = { { 105, SM_TRUCK_RESCUE, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                                  SM_UNKNOWN },
                                { 106, SM_TRUCK_NO_PACK, SM_UNKNOWN, SM_UNKNOWN, SM_UNKNOWN,
                                  SM_UNKNOWN } };

  sm_row_set_int (order, SM_ROW_ID, 77);
  sm_row_set_text (order, SM_WORK_ORDER_NUMBER, "WO000077");
  sm_row_set_text (order, SM_WORK_ORDER_STATE, "unaccepted");
  sm_live_set_put (orders, order);
  for (guint i = 0; i < 2; i++)
    {
      GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
      GArray *offers = g_array_new (FALSE, FALSE, sizeof (SmTruckOffer));

      g_array_append_vals (offers, made, G_N_ELEMENTS (made));
      g_ptr_array_add (rows, make_guidance (6, "T6", "refused", SM_MINUTE));
      g_ptr_array_add (rows, make_guidance (5, "T5", "rescue", SM_MINUTE));
      sm_row_set_text (rows->pdata[0], SM_GUIDANCE_REFUSE_REASON, "too far");
      sm_row_set_int (rows->pdata[1], SM_GUIDANCE_WORK_ORDER_ID, 77);
      sm_truck_list_set (room->list, offers, rows);
      g_assert_true (sm_test_shows (list, "too far"));
      g_assert_cmpuint (count_buttons (list, "Send a rescue"), ==, i + 1);
      g_assert_cmpint (sm_test_shows (list, "T5"), ==, i == 0);
      g_assert_cmpint (sm_test_shows (list, "WO000077"), ==, i == 0);
      g_assert_cmpint (sm_test_shows (list, "reaches no station"), ==, i == 1);
      sm_live_set_remove (orders, 77);
    }
}

/* From the panel of a station, before it has a work order. */
static void
test_dialog (void)
{
  g_autoptr (Room) room = room_new ();
  GtkWidget *dialog = sm_truck_dialog_open (room->window, room->ops, STATION);

  run_until (gtk_widget_get_mapped (dialog));
  g_assert_true (sm_test_shows (dialog, "Trucks on the way there"));
  run_until (sm_test_shows (dialog, "No truck is on its way there."));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The button that was pressed goes with its line; a label that can be selected takes the focus,
 * and asks who had it. */
static void
test_focus_goes_on (void)
{
  g_autoptr (Room) room = room_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label ("Send");
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", "14 min left", "selectable", TRUE, NULL);

  gtk_box_append (GTK_BOX (lines), button);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), label);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  run_until (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == button);
  sm_panel_lines_clear (lines);
  run_until (gtk_root_get_focus (GTK_ROOT (window)) == label);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/pages/trucks/told", test_told);
  g_test_add_func ("/pages/trucks/waiting", test_waiting);
  g_test_add_func ("/pages/trucks/fetched", test_fetched);
  g_test_add_func ("/pages/trucks/focus-goes-on", test_focus_goes_on);
  g_test_add_func ("/pages/trucks/dialog", test_dialog);
  return g_test_run ();
}
