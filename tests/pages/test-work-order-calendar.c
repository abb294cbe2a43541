/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "sm-engineer-line.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-work-orders-page.h"

#include <adwaita.h>

/* The calendar of engineers, from rows as the feed brings them, without a service. */

#define NOW (G_GINT64_CONSTANT (1750240800) * SM_SECOND) /* a Wednesday, ten o'clock UTC */

static SmRow *
make_order (gint64      id,
            gint64      engineer_id,
            const char *state)
{
  SmRow *row = room_make_order (id, state, NOW);

  sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID, engineer_id);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, NOW - SM_DAY);
  return row;
}

static Room *
show_calendar (void)
{
  Room *room = room_new ();
  SmRow *running = make_order (1, 12, "in_progress"), *planned = make_order (2, 12, "accepted");

  sm_test_network_set_state (room->ops, SM_STATUS_OFFLINE);
  room_stand (room, NOW);
  room_put (room, room_make_engineer (11, "Qi Feng"));
  room_put (room, room_make_engineer (12, "Zhao <b>Lei</b>"));
  sm_row_set_int (running, SM_WORK_ORDER_STARTED_AT, NOW - SM_HOUR);
  sm_row_set_int (planned, SM_WORK_ORDER_PLANNED_AT, NOW + 5 * SM_HOUR);
  room_put (room, running);
  room_put (room, planned);
  room_show (room, sm_work_orders_page_new (room->ops, NULL, "Work orders"),
             "stationmaster:work_order_calendar");
  return room;
}

static SmWorkOrderCalendar *
get_calendar (Room *room)
{
  return sm_work_order_view_get_calendar (
      sm_work_orders_page_get_view (SM_WORK_ORDERS_PAGE (room->page)));
}

static gint64
get_chosen (Room *room)
{
  SmItem *item = sm_work_order_calendar_get_chosen (get_calendar (room));

  return item != NULL ? sm_item_get_id (item) : 0;
}

static void
assert_block (const char          *state,
              guint                field,
              gint64               at,
              SmEngineerBlockKind  kind,
              gint64               from,
              gint64               to)
{
  g_autoptr (SmRow) order = make_order (1, 12, state);
  SmEngineerBlock block;

  sm_row_set_int (order, SM_WORK_ORDER_ACCEPTED_AT, NOW - 3 * SM_HOUR);
  sm_row_set_int (order, field, at);
  g_assert_true (sm_engineer_block_read (order, NOW, &block));
  g_assert_cmpuint (block.kind, ==, kind);
  g_assert_cmpint (block.from, ==, from);
  g_assert_cmpint (block.to, ==, to);
}

/* By what is known of each: planned ahead, running until now, done until it was. */
static void
test_blocks (void)
{
  g_autoptr (SmRow) nobody = make_order (1, 12, "unaccepted");
  SmEngineerBlock block;

  assert_block ("accepted", SM_WORK_ORDER_PLANNED_AT, NOW + SM_DAY, SM_ENGINEER_BLOCK_PLANNED,
                NOW + SM_DAY, NOW + SM_DAY + SM_HOUR);
  assert_block ("assigned", SM_WORK_ORDER_WORK_S, 7200, SM_ENGINEER_BLOCK_PLANNED, NOW,
                NOW + 2 * SM_HOUR);
  assert_block ("travelling", SM_WORK_ORDER_TRAVELLING_AT, NOW - SM_HOUR,
                SM_ENGINEER_BLOCK_RUNNING, NOW - SM_HOUR, NOW);
  assert_block ("on_hold", SM_WORK_ORDER_HELD_AT, NOW - SM_HOUR, SM_ENGINEER_BLOCK_RUNNING,
                NOW - 3 * SM_HOUR, NOW);
  assert_block ("completed", SM_WORK_ORDER_COMPLETED_AT, NOW - SM_HOUR, SM_ENGINEER_BLOCK_DONE,
                NOW - 3 * SM_HOUR, NOW - SM_HOUR);
  sm_row_set_null (nobody, SM_WORK_ORDER_ENGINEER_ID);
  g_assert_false (sm_engineer_block_read (nobody, NOW, &block));
}

/* What is at one time lies below each other; more than there are rows over the last. */
static void
test_rows (void)
{
  g_autoptr (SmEngineerLine) line = sm_engineer_line_new (12);
  static const gint64 times[][2] = { { 50, 60 }, { 0, 10 }, { 5, 20 }, { 6, 8 }, { 7, 30 },
                                     { 10, 12 } };
  static const guint rows[] = { 0, 1, 2, 2, 0, 0 };
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (SmEngineerBlock));

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      SmEngineerBlock block = { .order_id = i + 1, .from = times[i][0], .to = times[i][1] };

      g_array_append_val (blocks, block);
    }
  sm_engineer_line_take (line, g_strdup ("a"), g_strdup ("b"), blocks,
                         g_array_new (FALSE, FALSE, sizeof (SmEngineerShift)));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (g_array_index (line->blocks, SmEngineerBlock, i).row, ==, rows[i]);
  g_assert_cmpint (sm_engineer_line_find (line, 1), ==, 5);
  g_assert_cmpint (sm_engineer_line_find (line, 9), ==, -1);
}

/* Without a service; who is at something stands first; another week has other orders. */
static void
test_page (void)
{
  g_autoptr (Room) room = show_calendar ();
  SmWorkOrderCalendar *calendar = get_calendar (room);
  GListModel *lines = sm_work_order_calendar_get_lines (calendar);
  g_autoptr (SmEngineerLine) first = NULL;

  run_until (g_list_model_get_n_items (lines) == 2);
  run_until (sm_test_shows (GTK_WIDGET (calendar), "2 orders"));
  first = g_list_model_get_item (lines, 0);
  g_assert_cmpstr (first->name, ==, "Zhao <b>Lei</b>");
  g_assert_true (sm_test_shows (GTK_WIDGET (calendar), "Wed 18"));
  g_assert_true (sm_work_order_calendar_choose (calendar, 2));
  g_assert_cmpint (get_chosen (room), ==, 2);
  run_until (sm_test_shows (GTK_WIDGET (sm_work_orders_page_get_panel (
                                SM_WORK_ORDERS_PAGE (room->page))),
                            "WO-2"));
  g_assert_false (sm_work_order_calendar_choose (calendar, 77));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/pages/work-order-calendar/blocks", test_blocks);
  g_test_add_func ("/pages/work-order-calendar/rows", test_rows);
  g_test_add_func ("/pages/work-order-calendar/page", test_page);
  return g_test_run ();
}
