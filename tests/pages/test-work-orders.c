/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "orders.h"

#include "sm-acts.h"
#include "sm-alarm-order.h"
#include "sm-countdown.h"
#include "sm-live-set.h"
#include "sm-ops-papers.h"
#include "sm-ops-private.h"
#include "sm-photo-texture.h"
#include "sm-style.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-work-order-acts.h"
#include "sm-work-order-then.h"
#include "sm-work-order-words.h"
#include "sm-work-orders-page.h"

/* The page of work orders, from rows as the feed brings them, without a service. */

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
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");

  orders_put (room, 1, "unaccepted", 60);
  orders_put (room, 2, "assigned", 60);
  orders_put (room, 3, "travelling", 60);
  orders_put (room, 4, "in_progress", 60);
  orders_put (room, 5, "on_hold", 60);
  orders_put (room, 6, "completed", 60);
  orders_put (room, 7, "confirmed", 60);
  orders_put (room, 8, "unaccepted", 1200);
  assert_counts (room, "2 1 1 1 1 1 ");
  sm_work_order_board_choose (get_board (room), 2);
  orders_put (room, 2, "accepted", 60);
  run_until (sm_work_order_board_count (get_board (room), SM_WORK_ORDER_STAGE_ON_THE_WAY) == 2);
  assert_counts (room, "2 0 2 1 1 1 ");
  g_assert_cmpint (get_chosen (room), ==, 2);
  orders_put (room, 2, "cancelled", 60);
  run_until (sm_work_order_board_count (get_board (room), SM_WORK_ORDER_STAGE_ON_THE_WAY) == 1);
  g_assert_cmpint (get_chosen (room), ==, 0);
}

/* What is overdue stands above what is not. */
static void
test_urgent_first (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
  GListModel *orders = sm_ops_get_work_orders (room->ops);
  gint64 expected[] = { 3, 1, 2 };

  orders_put (room, 1, "unaccepted", 600);
  orders_put (room, 2, "unaccepted", 60);
  orders_put (room, 3, "unaccepted", 1200);
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
  g_autoptr (Room) room = orders_show ("stationmaster:work_order/WO-2");
  g_autoptr (SmLink) held = sm_link_parse ("stationmaster:work_orders?state=on_hold,completed");
  g_autoptr (SmLink) odd = sm_link_parse ("stationmaster:work_orders?moon=full");
  SmWorkOrdersPage *page = SM_WORK_ORDERS_PAGE (room->page);

  orders_put (room, 1, "unaccepted", 60);
  orders_put (room, 2, "unaccepted", 60);
  orders_put (room, 3, "on_hold", 60);
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
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
  g_autoptr (SmRow) order = orders_make (1, "accepted", 0);
  g_autofree char *running = NULL;
  g_autofree char *late = NULL;
  g_autofree char *again = NULL;
  g_autofree char *at_once = NULL;
  gboolean is_late;
  SmWorkOrderClock clock;
  SmWorkOrderReading reading;

  running = sm_work_order_clock_state (room->ops, order, SM_WORK_ORDER_CLOCK_RESPONSE, &is_late);
  g_assert_cmpstr (running, ==, "15 min 00 s left");
  room_stand (room, ORDERS_NOW + 901 * SM_SECOND);
  late = sm_work_order_clock_state (room->ops, order, SM_WORK_ORDER_CLOCK_RESPONSE, &is_late);
  g_assert_cmpstr (late, ==, "1 s over");
  g_assert_true (is_late);
  sm_row_set_int (order, SM_WORK_ORDER_RESPONDED_AT, ORDERS_NOW + 61 * SM_SECOND);
  g_assert_true (sm_work_order_next_clock (order, ORDERS_NOW, &clock, &reading));
  g_assert_cmpuint (clock, ==, SM_WORK_ORDER_CLOCK_RESTORE);
  sm_row_set_int (order, SM_WORK_ORDER_RESTORED_AT, ORDERS_NOW + SM_HOUR);
  g_assert_false (sm_work_order_next_clock (order, ORDERS_NOW, &clock, &reading));
  sm_row_set_int (order, SM_WORK_ORDER_CLOSE_DUE_AT, ORDERS_NOW + 24 * SM_HOUR);
  g_assert_true (sm_work_order_next_clock (order, ORDERS_NOW, &clock, &reading));
  g_assert_cmpuint (clock, ==, SM_WORK_ORDER_CLOCK_CLOSE);
  sm_row_set_null (order, SM_WORK_ORDER_RESTORED_AT);
  again = sm_work_order_clock_state (room->ops, order, SM_WORK_ORDER_CLOCK_RESTORE, &is_late);
  g_assert_cmpstr (again, ==, "11 h 43 min left");
  sm_row_set_int (order, SM_WORK_ORDER_REPORT_DUE_AT, ORDERS_NOW + SM_WORK_ORDER_REPORT_US);
  at_once = sm_work_order_clock_state (room->ops, order, SM_WORK_ORDER_CLOCK_REPORT, &is_late);
  g_assert_cmpstr (at_once, ==, "at once");
}

static void
show_order (Room       *room,
            const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);

  g_assert_true (sm_page_show_link (SM_PAGE (room->page), link));
}

/* What goes with the state can be pressed by who may; else it says why not. */
static void
test_acts (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order/WO-1");
  GListModel *orders = sm_ops_get_work_orders (room->ops);
  g_autoptr (SmRow) done = orders_make (1, "completed", 60);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (SmItem) item = NULL;

  orders_put (room, 1, "unaccepted", 60);
  orders_sign_in (room, "mia");
  run_until (orders_can_press (room, "workorders.assign"));
  g_assert_true (orders_can_press (room, "workorders.note"));
  g_assert_false (orders_can_press (room, "workorders.confirm"));
  g_assert_false (orders_can_press (room, "workorders.cancel")); /* not of this person */
  item = g_list_model_get_item (orders, 0);
  g_assert_nonnull (sm_work_order_verb_refusal (room->ops, SM_WORK_ORDER_CANCEL, item));
  g_assert_nonnull (sm_work_order_verb_refusal (room->ops, SM_WORK_ORDER_COMPLETE, item));
  sm_row_set_text (done, SM_WORK_ORDER_COMPLETED_BY, "mia");
  sm_row_set_text (done, SM_WORK_ORDER_FIX, "permanent");
  g_ptr_array_add (rows, done);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  g_assert_cmpstr (sm_ops_work_order_refusal (room->ops, SM_WORK_ORDER_CONFIRM, done), ==,
                   "second-person-needed");
  orders_sign_in (room, "max");
  g_assert_null (sm_ops_work_order_refusal (room->ops, SM_WORK_ORDER_CONFIRM, done));
  sm_row_set_text (done, SM_WORK_ORDER_FIX, "temporary");
  g_assert_cmpstr (sm_ops_work_order_refusal (room->ops, SM_WORK_ORDER_CONFIRM, done), ==,
                   "follow-up-missing");
}

/* Somebody complains about it, or it came from a complaint: from its panel there is a way. */
static void
test_complaint (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order/WO-1");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (SmRow) complaint = sm_row_new (sm_noun_get (SM_NOUN_COMPLAINT));

  orders_sign_in (room, "mia");
  g_ptr_array_add (rows, orders_make (1, "unaccepted", 60));
  sm_row_set_int (rows->pdata[0], SM_WORK_ORDER_STATION_ID, 4);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  run_until (sm_test_shows (room->page, "Complaint…"));
  sm_row_set_int (complaint, SM_ROW_ID, 1);
  sm_row_set_text (complaint, SM_COMPLAINT_NUMBER, "CP000001");
  sm_row_set_int (complaint, SM_COMPLAINT_WORK_ORDER_ID, 2);
  sm_live_set_put (SM_LIVE_SET (sm_ops_get_papers (room->ops, SM_NOUN_COMPLAINT)), complaint);
  g_ptr_array_add (rows, orders_make (2, "unaccepted", 60));
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  show_order (room, "stationmaster:work_order/WO-2");
  run_until (sm_test_shows (room->page, "Complaint")
             && !sm_test_shows (room->page, "Complaint…"));
}

/* By a key to the next column and back; what has to be said for it is asked. */
static void
test_moves (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order/WO-1");
  AdwMessageDialog *dialog;

  orders_put (room, 1, "in_progress", 60);
  orders_sign_in (room, "mia");
  run_until (orders_can_press (room, "workorders.complete"));
  gtk_widget_activate_action (room->page, "workorders.forward", NULL);
  dialog = orders_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "gun <b>2</b>"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_widget_activate_action (room->page, "workorders.back", NULL);
  dialog = orders_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_response_label (dialog, "do"), ==, "Put on hold");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Beside an alarm stands the order of its cause, or why none can be opened. */
static void
test_of_alarm (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
  g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  g_autoptr (SmRow) order = orders_make (4, "accepted", 60);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  GtkWidget *part = sm_alarm_order_new (room->ops);

  gtk_window_set_child (GTK_WINDOW (room->window), part);
  sm_row_set_int (alarm, SM_ROW_ID, 9);
  sm_row_set_text (alarm, SM_ALARM_CODE, "pile-emergency-stop");
  sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, "pile");
  sm_row_set_int (alarm, SM_ALARM_SOURCE_ID, 5);
  sm_alarm_order_show (SM_ALARM_ORDER (part), alarm);
  run_until (sm_test_shows (part, "There is none."));
  g_assert_false (gtk_widget_is_sensitive (sm_test_find_button (part, "alarms.work-order")));
  sm_row_set_text (order, SM_WORK_ORDER_CODE, "pile-emergency-stop");
  sm_row_set_int (order, SM_WORK_ORDER_TARGET_ID, 5);
  sm_row_set_text (order, SM_WORK_ORDER_ASSIGNEE, "Zhang <i>Hao</i>");
  g_ptr_array_add (rows, order);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
  sm_alarm_order_refresh (SM_ALARM_ORDER (part));
  g_assert_true (sm_test_shows (part, "WO-4 · accepted · Zhang <i>Hao</i>"));
  g_assert_true (gtk_widget_is_sensitive (sm_test_find_button (part, "alarms.work-order")));
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

/* By number, by what it is of, in full width too; who is called exactly so comes first. */
static void
test_search (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order_board");
  g_autoptr (GPtrArray) hits = NULL;

  orders_put (room, 1, "unaccepted", 60);
  orders_put (room, 12, "unaccepted", 600);
  orders_put (room, 13, "confirmed", 600);
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
  g_autoptr (Room) room = orders_show ("stationmaster:work_order/WO-1");
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (SmRow) order = orders_make (1, "accepted", 60);
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

/* Photos that were added here and are not there yet stand with the order, with how they stand. */
static void
test_photos_waiting (void)
{
  g_autoptr (Room) room = orders_show ("stationmaster:work_order/WO-1");
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  g_autoptr (SmRow) mine = orders_make (1, "accepted", 60), other = orders_make (2, "accepted", 60);
  const SmActState states[] = { SM_ACT_WAITING, SM_ACT_CONFLICT, SM_ACT_SENDING };

  orders_put (room, 1, "accepted", 60);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      const SmRow *order = states[i] == SM_ACT_SENDING ? other : mine;
      SmAct *act = sm_act_new_photo (order, "door.jpg", ORDERS_NOW);

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
  g_test_add_func ("/pages/work-orders/search", test_search);
  g_test_add_func ("/pages/work-orders/then", test_then);
  g_test_add_func ("/pages/work-orders/texture", test_texture);
  g_test_add_func ("/pages/work-orders/photos-waiting", test_photos_waiting);
  g_test_add_func ("/pages/work-orders/countdown", test_countdown);
  return g_test_run ();
}
