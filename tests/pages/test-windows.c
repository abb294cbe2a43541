/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "sm-live-set.h"
#include "sm-ops-private.h"
#include "sm-ops-windows.h"
#include "sm-style.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"
#include "sm-window-ask.h"
#include "sm-window-words.h"
#include "sm-windows-page.h"

#include <adwaita.h>

/* The page of maintenance windows, from rows as the feed brings them, without a service. */

#define NOW (G_GINT64_CONSTANT (1750000000) * SM_SECOND)

static void
sign_in_as (Room       *room,
            const char *name,
            const char *first,
            const char *second)
{
  const char *may[] = { first, second, NULL };
  SmPerson person = { .id = 1, .name = (char *) name, .display_name = (char *) name,
                      .role = (char *) "manager", .permissions = (GStrv) may };

  sm_ops_set_person (room->ops, &person);
}

static void
put_window (Room       *room,
            gint64      id,
            const char *state,
            const char *approved_by)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_MAINTENANCE_WINDOW));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, SM_WINDOW_SCOPE_NOUN, "lane");
  sm_row_set_int (row, SM_WINDOW_SCOPE_ID, 4);
  sm_row_set_text (row, SM_WINDOW_SCOPE_LABEL, "2");
  sm_row_set_int (row, SM_WINDOW_STARTS_AT, NOW);
  sm_row_set_int (row, SM_WINDOW_ENDS_AT, NOW + SM_HOUR);
  sm_row_set_text (row, SM_WINDOW_REASON, "new <b>bearings</b>");
  sm_row_set_text (row, SM_WINDOW_RISK, "medium");
  sm_row_set_text (row, SM_WINDOW_RISK_NOTE, "the lane stands");
  sm_row_set_text (row, SM_WINDOW_SUPPRESSES, "silence");
  sm_row_set_text (row, SM_WINDOW_STATE, state);
  sm_row_set_text (row, SM_WINDOW_PLANNED_BY, "mia");
  if (approved_by != NULL)
    {
      sm_row_set_text (row, SM_WINDOW_APPROVED_BY, approved_by);
      sm_row_set_int (row, SM_WINDOW_APPROVED_AT, NOW);
    }
  sm_live_set_put (SM_LIVE_SET (sm_ops_get_windows (room->ops)), row);
}

static Room *
show_windows (void)
{
  Room *room = room_new ();

  room_show (room, sm_windows_page_new (room->ops, NULL, "Maintenance"), NULL);
  return room;
}

static gboolean
can_press (Room       *room,
           const char *action)
{
  GtkWidget *button = sm_test_find_button (room->page, action);

  return button != NULL && gtk_widget_is_sensitive (button);
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

/* A link to one chooses it, and shows all that is known of it, as text. */
static void
test_shows_all (void)
{
  g_autoptr (Room) room = show_windows ();
  g_autoptr (SmLink) link = sm_link_parse ("stationmaster:maintenance_windows?id=2");
  g_autoptr (SmLink) odd = sm_link_parse ("stationmaster:maintenance_windows?moon=full");

  put_window (room, 1, "open", "max");
  g_assert_true (sm_page_show_link (SM_PAGE (room->page), link));
  put_window (room, 2, "planned", NULL);
  run_until (sm_test_shows (room->page, "the lane stands"));
  g_assert_true (sm_test_shows (room->page, "lane 2"));
  g_assert_true (sm_test_shows (room->page, "new <b>bearings</b>"));
  g_assert_true (sm_test_shows (room->page, "waits for a second person"));
  g_assert_false (sm_test_shows (room->page, "max"));
  g_assert_true (sm_page_show_link (SM_PAGE (room->page), odd));
  run_until (sm_test_shows (room->page, "This link filters by something unknown here"));
}

/* What can be pressed, by state, by right, and by who planned it. */
static void
test_acts (void)
{
  g_autoptr (Room) room = show_windows ();
  SmTable *table = sm_windows_page_get_table (SM_WINDOWS_PAGE (room->page));

  put_window (room, 1, "planned", NULL);
  put_window (room, 2, "open", "max");
  sign_in_as (room, "max", "window.plan", "window.approve");
  run_until (sm_table_select (table, 1) && can_press (room, "windows.approve"));
  g_assert_true (can_press (room, "windows.call-off"));
  g_assert_false (can_press (room, "windows.extend"));
  g_assert_false (can_press (room, "windows.close"));
  run_until (sm_table_select (table, 2) && can_press (room, "windows.extend"));
  g_assert_true (can_press (room, "windows.close"));
  g_assert_false (can_press (room, "windows.approve"));
  sign_in_as (room, "mia", "window.plan", "window.approve");
  run_until (sm_table_select (table, 1) && !can_press (room, "windows.extend"));
  run_until (can_press (room, "windows.call-off") && !can_press (room, "windows.approve"));
  sign_in_as (room, "olga", "alarm.read", NULL);
  run_until (!can_press (room, "windows.call-off") && !can_press (room, "windows.plan"));
}

/* Nothing goes without what it needs; an approval shows what is approved. */
static void
test_asks (void)
{
  g_autoptr (Room) room = show_windows ();
  g_autoptr (SmItem) item = NULL;
  AdwMessageDialog *dialog;

  put_window (room, 1, "open", "max");
  item = g_list_model_get_item (sm_ops_get_windows (room->ops), 0);
  sign_in_as (room, "max", "window.plan", "window.approve");
  dialog = ADW_MESSAGE_DIALOG (sm_window_ask (room->page, room->ops, SM_WINDOW_EVENT_EXTEND, item));
  g_assert_true (dialog == find_dialog ());
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  dialog = ADW_MESSAGE_DIALOG (sm_window_ask (room->page, room->ops, SM_WINDOW_EVENT_APPROVE, item));
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "the lane stands"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  dialog = ADW_MESSAGE_DIALOG (sm_window_ask_plan (room->page, room->ops));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_words (void)
{
  static const struct
  {
    const char *slug, *words;
  } expected[] = { { "window:12", "Maintenance window 12" },
                   { "station-not-in-operation", "The station is not in operation" },
                   { "parent-silent", "What it speaks through is silent" },
                   { "window:x", "window:x" } };
  g_autoptr (Room) room = show_windows ();
  gint64 at;

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *words = sm_word_of_expected (expected[i].slug);

      g_assert_cmpstr (words, ==, expected[i].words);
    }
  g_assert_true (sm_window_parse_moment (room->ops, " 2025-06-15 15:06 ", &at));
  g_assert_false (sm_window_parse_moment (room->ops, "2025-13-15 15:06", &at));
  g_assert_false (sm_window_parse_moment (room->ops, "2025-06-15 15:06 or so", &at));
  g_assert_false (sm_window_parse_moment (room->ops, "tomorrow", &at));
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/windows/shows-all", test_shows_all);
  g_test_add_func ("/pages/windows/acts", test_acts);
  g_test_add_func ("/pages/windows/asks", test_asks);
  g_test_add_func ("/pages/windows/words", test_words);
  return g_test_run ();
}
