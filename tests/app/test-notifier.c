/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_SETTINGS_ENABLE_BACKEND
#include "sm-notifier.h"

#include "sm-ops-private.h"
#include "sm-test-network.h"
#include "sm-time.h"

#include <gio/gsettingsbackend.h>

/* What is said on the desktop, from rows as the feed brings them, without a service. */

typedef struct
{
  SmOps *ops;
  SmNotifier *notifier;
  GString *said;
  gint64 now;
} Room;

static void
send_cb (const char *id, GNotification *notification, const char *title, gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s\n", id, title);
}

static void
set_up (Room *room, gconstpointer data)
{
  SmPerson person = { .id = 1, .name = (char *) "mia", .display_name = (char *) "Mia",
                      .role = (char *) "manager", .permissions = (char *[]){ NULL } };

  room->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  room->said = g_string_new (NULL);
  room->notifier = sm_notifier_new (room->ops, NULL, send_cb, room->said);
  sm_ops_set_person (room->ops, &person);
  sm_test_network_set_state (room->ops, SM_STATUS_LIVE);
  room->now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (room->ops)));
}

static void
tear_down (Room *room, gconstpointer data)
{
  sm_notifier_free (room->notifier);
  g_string_free (room->said, TRUE);
  g_object_unref (room->ops);
}

static void
put_alarm (Room *room, gint64 id, int level, const char *code, gint64 raised_at)
{
  g_autoptr (SmRow) row = sm_test_network_alarm (id, level, code, "粤B·00001D");

  sm_row_set_int (row, SM_ALARM_RAISED_AT, raised_at);
  sm_test_network_put_alarm (room->ops, row);
}

static void
assert_said (Room *room, const char *wanted)
{
  sm_notifier_look (room->notifier);
  g_assert_cmpstr (room->said->str, ==, wanted);
  g_string_truncate (room->said, 0);
}

/* Each once, the worst of many for all of them; what was there before is on the screen. */
static void
test_alarms (Room *room, gconstpointer data)
{
  put_alarm (room, 1, 1, "vehicle-insulation", room->now - SM_HOUR);
  assert_said (room, "");
  put_alarm (room, 2, 3, "vehicle-low-soc", room->now + SM_MINUTE);
  assert_said (room, "");
  put_alarm (room, 3, 2, "vehicle-brake", room->now + SM_MINUTE);
  put_alarm (room, 4, 1, "vehicle-insulation", room->now + SM_MINUTE);
  sm_notifier_look (room->notifier);
  g_assert_true (g_str_has_prefix (room->said->str, "alarms: "));
  g_assert_null (strchr (strchr (room->said->str, '\n') + 1, '\n'));
  g_string_truncate (room->said, 0);
  put_alarm (room, 5, 4, "vehicle-low-soc", room->now + SM_MINUTE);
  assert_said (room, "");
}

static void
put_order (Room *room, const char *escalated_to, gint64 times, gint64 at)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));

  sm_row_set_int (row, SM_ROW_ID, 7);
  sm_row_set_int (row, SM_ROW_SEQ, times + 1);
  sm_row_set_text (row, SM_WORK_ORDER_NUMBER, "WO000007");
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "unaccepted");
  sm_row_set_text (row, SM_WORK_ORDER_ESCALATED_TO, escalated_to);
  sm_row_set_int (row, SM_WORK_ORDER_ESCALATIONS, times);
  sm_row_set_int (row, SM_WORK_ORDER_ESCALATED_AT, at);
  g_ptr_array_add (rows, row);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
}

#define ESCALATED "WO000007: A work order was escalated to you\n"

static void
test_orders (Room *room, gconstpointer data)
{
  put_order (room, "mia", 1, room->now - SM_HOUR);
  assert_said (room, "");
  put_order (room, "max", 1, room->now + SM_MINUTE);
  assert_said (room, "");
  put_order (room, "mia", 2, room->now + 2 * SM_MINUTE);
  assert_said (room, ESCALATED);
  assert_said (room, "");
  put_order (room, "mia", 3, room->now + 3 * SM_MINUTE);
  assert_said (room, ESCALATED);
}

static void
start_again (Room *room, GSettings *settings)
{
  sm_notifier_free (room->notifier);
  room->notifier = sm_notifier_new (room->ops, settings, send_cb, room->said);
}

/* What was said is not said again by the next start; what was escalated in between is. */
static void
test_orders_once (Room *room, gconstpointer data)
{
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autoptr (GSettings) settings
      = g_settings_new_with_backend ("io.github.stationmaster.Stationmaster", backend);

  start_again (room, settings);
  assert_said (room, "");
  put_order (room, "mia", 1, sm_clock_now (sm_status_get_clock (sm_ops_get_status (room->ops))));
  assert_said (room, ESCALATED);
  start_again (room, settings);
  assert_said (room, "");
  start_again (room, NULL);
  assert_said (room, "");
  put_order (room, "mia", 2, sm_clock_now (sm_status_get_clock (sm_ops_get_status (room->ops))));
  start_again (room, settings);
  assert_said (room, ESCALATED);
  assert_said (room, "");
}

static void
put_report (Room *room, gint64 id, int level, gint64 at)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_WORK_ORDER));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, 10 - level);
  sm_row_set_text (row, SM_WORK_ORDER_NUMBER, id == 8 ? "WO000008" : "WO000009");
  sm_row_set_text (row, SM_WORK_ORDER_STATE, "unaccepted");
  sm_row_set_text (row, SM_WORK_ORDER_SOURCE, "scan");
  sm_row_set_text (row, SM_WORK_ORDER_CODE, "reported-payment");
  sm_row_set_int (row, SM_WORK_ORDER_LEVEL, level);
  sm_row_set_int (row, SM_WORK_ORDER_CREATED_AT, at);
  sm_row_set_int (row, SM_WORK_ORDER_DESK_ID, 3);
  g_ptr_array_add (rows, row);
  sm_work_order_book_put_all (room->ops->work_orders, rows);
}

static void
put_desk (Room *room, const char *answers)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_DESK));

  sm_row_set_int (row, SM_ROW_ID, 3);
  sm_row_set_int (row, SM_ROW_SEQ, 1);
  sm_row_set_text (row, SM_DESK_ANSWERS, answers);
  g_ptr_array_add (rows, row);
  sm_live_set_put_all (room->ops->small[0], rows);
}

/* What a person reports is said to whose the desk is, and again when it is worse. */
static void
test_reports (Room *room, gconstpointer data)
{
  put_desk (room, "mia");
  put_report (room, 8, 4, room->now - SM_HOUR);
  assert_said (room, "");
  put_report (room, 9, 4, room->now + SM_MINUTE);
  assert_said (room, "WO000009: Reported on site: Paying does not work\n");
  assert_said (room, "");
  put_report (room, 8, 2, room->now - SM_HOUR);
  assert_said (room, "WO000008: Reported on site: Paying does not work\n");
}

static void
test_reports_of_others (Room *room, gconstpointer data)
{
  put_desk (room, "max");
  put_report (room, 9, 2, room->now + SM_MINUTE);
  assert_said (room, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/app/notifier/alarms", Room, NULL, set_up, test_alarms, tear_down);
  g_test_add ("/app/notifier/orders", Room, NULL, set_up, test_orders, tear_down);
  g_test_add ("/app/notifier/orders-once", Room, NULL, set_up, test_orders_once, tear_down);
  g_test_add ("/app/notifier/reports", Room, NULL, set_up, test_reports, tear_down);
  g_test_add ("/app/notifier/reports-of-others", Room, NULL, set_up, test_reports_of_others,
              tear_down);
  return g_test_run ();
}
