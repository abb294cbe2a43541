/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-work-order-candidate.h"
#include "sm-work-order-sketch.h"
#include "sm-work-orders-page.h"

#include <adwaita.h>
#include <math.h>

/* Work orders and engineers on a map, from rows as the feed brings them, without a service. */

#define NOW (G_GINT64_CONSTANT (1750000000) * SM_SECOND)

static void
put_station (Room       *room,
             gint64      id,
             const char *name,
             double      latitude)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_set_text (row, SM_STATION_NAME, name);
  sm_row_set_text (row, SM_STATION_SN, name);
  sm_row_set_real (row, SM_STATION_LATITUDE, latitude);
  sm_row_set_real (row, SM_STATION_LONGITUDE, 114);
  room_put (room, row);
}

static void
put_engineer (Room       *room,
              gint64      id,
              const char *name,
              const char *duty,
              double      latitude)
{
  SmRow *row = room_make_engineer (id, name);

  sm_row_set_text (row, SM_ENGINEER_DUTY, duty);
  sm_row_set_real (row, SM_ENGINEER_LATITUDE, latitude);
  sm_row_set_real (row, SM_ENGINEER_LONGITUDE, 114);
  room_put (room, row);
}

static void
put_order (Room       *room,
           gint64      id,
           gint64      station_id,
           gint64      engineer_id,
           const char *state,
           int         level)
{
  SmRow *row = room_make_order (id, state, NOW);

  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, level);
  sm_row_set_int (row, SM_WORK_ORDER_STATION_ID, station_id);
  if (engineer_id != 0)
    sm_row_set_int (row, SM_WORK_ORDER_ENGINEER_ID, engineer_id);
  room_put (room, row);
}

/* Two orders at one station, one on the way to another; who is off duty and has nothing. */
static Room *
show_map (void)
{
  Room *room = room_new ();

  sm_test_network_set_state (room->ops, SM_STATUS_LIVE);
  put_station (room, 1, "N<b>1</b>", 23.0);
  put_station (room, 2, "South 2", 22.0);
  put_engineer (room, 11, "Zhao <b>Lei</b>", "busy", 22.5);
  put_engineer (room, 12, "An Ming", "on_duty", 22.9);
  put_engineer (room, 13, "Qi Feng", "off_duty", 22.8);
  put_order (room, 1, 1, 0, "unaccepted", 3);
  put_order (room, 2, 1, 0, "unaccepted", 2);
  put_order (room, 3, 2, 11, "travelling", 3);
  room_show (room, sm_work_orders_page_new (room->ops, NULL, "Work orders"),
             "stationmaster:work_order_map");
  return room;
}

static const char *
name_of (const SmJobSpot *spot)
{
  return spot->text != NULL ? spot->text : "";
}

/* What is drawn, as text: each line by its ends and its look, then who stands alone. */
static char *
describe (Room            *room,
          gint64           order_id,
          gint64           engineer_id,
          const GPtrArray *could)
{
  const SmWorkOrderSketch sketch = { room->ops, sm_ops_get_work_orders (room->ops), order_id,
                                     engineer_id, could, NULL };
  g_autoptr (GArray) spots = sm_job_spots_new ();
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (SmJobLine));
  GString *text = g_string_new (NULL);

  sm_work_order_sketch_draw (&sketch, spots, lines);
  for (guint i = 0; i < spots->len; i++)
    {
      const SmJobSpot *spot = &g_array_index (spots, SmJobSpot, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name_of (spot));
      if (spot->noun == SM_NOUN_WORK_ORDER)
        g_string_append_printf (text, " L%u x%u", spot->level, spot->n);
      g_string_append (text, spot->is_chosen ? "!" : spot->is_meant ? "*" : "");
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const SmJobLine *line = &g_array_index (lines, SmJobLine, i);

      g_string_append_printf (text, "; %s %u> %s",
                              name_of (&g_array_index (spots, SmJobSpot, line->from)), line->look,
                              name_of (&g_array_index (spots, SmJobSpot, line->to)));
    }
  return g_string_free (text, FALSE);
}

/* One sign for a place, a line from each to what they have; who could come is added to the
 * chosen one, but not who may not. */
static void
test_sketch (void)
{
  g_autoptr (Room) room = show_map ();
  g_autoptr (GPtrArray) could
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_work_order_candidate_free);
  SmWorkOrderCandidate *barred = sm_work_order_candidate_new ();
  SmWorkOrderCandidate *able = sm_work_order_candidate_new ();
  g_autofree char *all = describe (room, 0, 0, NULL);
  g_autofree char *chosen = NULL;
  g_autofree char *compared = NULL;

  g_assert_cmpstr (all, ==,
                   "N<b>1</b> L2 x2, South 2 L3 x1, Zhao <b>Lei</b>, An Ming; "
                   "Zhao <b>Lei</b> 0> South 2");
  barred->engineer_id = 11;
  g_ptr_array_add (barred->bars, g_strdup ("busy"));
  able->engineer_id = 12;
  g_ptr_array_add (could, barred);
  g_ptr_array_add (could, able);
  chosen = describe (room, 2, 0, could);
  g_assert_cmpstr (chosen, ==,
                   "N<b>1</b> L2 x2!, An Ming*, South 2 L3 x1, Zhao <b>Lei</b>; "
                   "An Ming 2> N<b>1</b>; Zhao <b>Lei</b> 0> South 2");
  compared = describe (room, 2, 13, NULL);
  g_assert_cmpstr (compared, ==,
                   "N<b>1</b> L2 x2!, Qi Feng!, South 2 L3 x1, Zhao <b>Lei</b>, An Ming; "
                   "Qi Feng 2> N<b>1</b>; Zhao <b>Lei</b> 0> South 2");
}

static double
get_latitude (SmWorkOrderMap *map)
{
  double latitude, longitude, zoom;

  sm_map_view_get_position (sm_work_order_map_get_map (map), &latitude, &longitude, &zoom);
  return latitude;
}

static void
assert_row (SmTable    *table,
            gint64      id,
            const char *expected)
{
  g_autofree char *text = NULL;

  run_until (sm_table_select (table, id));
  text = sm_table_dup_row (table, sm_table_get_selected (table));
  if (strstr (text, expected) == NULL)
    g_error ("“%s” is not in “%s”", expected, text);
}

/* The tables say what the lines show; a click on a sign chooses its row, and the map goes there. */
static void
test_beside (void)
{
  g_autoptr (Room) room = show_map ();
  SmWorkOrdersPage *page = SM_WORK_ORDERS_PAGE (room->page);
  SmWorkOrderMap *map = sm_work_order_view_get_map (sm_work_orders_page_get_view (page));
  SmTable *orders = sm_work_order_view_get_table (sm_work_orders_page_get_view (page));

  run_until (sm_test_shows (room->page, "Zhao <b>Lei</b>"));
  assert_row (orders, 2, "N<b>1</b>");
  assert_row (orders, 3, "South 2");
  assert_row (orders, 3, "55.6"); /* half a degree to go */
  assert_row (sm_work_order_map_get_engineers (map), 11, "South 2");
  assert_row (sm_work_order_map_get_engineers (map), 12, "nothing");
  sm_table_select (orders, 2);
  run_until (fabs (get_latitude (map) - 22.95) < 0.01); /* An Ming is chosen, too */
  g_signal_emit_by_name (sm_work_order_map_get_map (map), "activated", SM_NOUN_WORK_ORDER,
                         G_GINT64_CONSTANT (3));
  run_until (sm_test_shows (GTK_WIDGET (sm_work_orders_page_get_panel (page)), "WO-3"));
  /* Who has it and where it is, not what is elsewhere. */
  run_until (fabs (get_latitude (map) - 22.45) < 0.01);
  assert_row (sm_work_order_map_get_engineers (map), 12, "100.1"); /* from there */
  g_signal_emit_by_name (sm_work_order_map_get_map (map), "activated", SM_NOUN_ENGINEER,
                         G_GINT64_CONSTANT (12));
  g_assert_cmpint (
      sm_item_get_id (sm_table_get_selected (sm_work_order_map_get_engineers (map))), ==, 12);
}

/* A person who moved the map is left where they are. */
static void
test_stays (void)
{
  g_autoptr (Room) room = show_map ();
  SmWorkOrdersPage *page = SM_WORK_ORDERS_PAGE (room->page);
  SmWorkOrderMap *map = sm_work_order_view_get_map (sm_work_orders_page_get_view (page));

  run_until (fabs (get_latitude (map) - 22.5) < 0.1);
  sm_map_view_set_position (sm_work_order_map_get_map (map), 40, 100, 6);
  put_order (room, 4, 2, 12, "accepted", 1);
  sm_work_order_map_refresh (map);
  g_assert_cmpfloat_with_epsilon (get_latitude (map), 40, 0.01);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/pages/work-order-map/sketch", test_sketch);
  g_test_add_func ("/pages/work-order-map/beside", test_beside);
  g_test_add_func ("/pages/work-order-map/stays", test_stays);
  return g_test_run ();
}
