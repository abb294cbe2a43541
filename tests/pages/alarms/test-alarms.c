/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-alarm-acts.h"
#include "sm-alarms-page.h"
#include "sm-bell.h"
#include "sm-ops-private.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-time.h"

#include <adwaita.h>

/* The alarm centre, from a network in memory, without a service. */

typedef struct
{
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Desk;

static void
sign_in (SmOps      *ops,
         const char *permissions)
{
  SmPerson person = { .id = 1, .name = (char *) "ann", .display_name = (char *) "Ann" };
  g_auto (GStrv) list = g_strsplit (permissions, " ", -1);

  person.permissions = list;
  sm_ops_set_person (ops, &person);
}

static void
open_desk (Desk       *desk,
           guint       n_alarms,
           const char *permissions)
{
  desk->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  sm_test_network_fill (desk->ops, 6, 20, n_alarms);
  sm_test_network_set_state (desk->ops, SM_STATUS_LIVE);
  if (permissions != NULL)
    sign_in (desk->ops, permissions);
  desk->page = sm_alarms_page_new (desk->ops, NULL, "Alarms");
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1400, 800);
  gtk_window_set_child (GTK_WINDOW (desk->window), desk->page);
  gtk_window_present (GTK_WINDOW (desk->window));
  while (!gtk_widget_get_mapped (desk->page))
    g_main_context_iteration (NULL, TRUE);
}

static void
close_desk (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->ops);
}

static SmAlarmsPage *
get_page (Desk *desk)
{
  return SM_ALARMS_PAGE (desk->page);
}

static SmTable *
get_table (Desk *desk)
{
  return sm_alarm_view_get_table (sm_alarms_page_get_view (get_page (desk)));
}

static guint
count_rows (Desk *desk)
{
  return g_list_model_get_n_items (
      G_LIST_MODEL (sm_alarm_view_get_desk (sm_alarms_page_get_view (get_page (desk)))));
}

static void
show (Desk       *desk,
      const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);

  g_assert_true (sm_page_show_link (SM_PAGE (desk->page), link));
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
assert_shows (Desk       *desk,
              const char *text)
{
  gboolean timed_out = FALSE;
  guint id = g_timeout_add_seconds (10, timed_out_cb, &timed_out);

  while (!sm_test_shows (desk->page, text) && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  if (timed_out)
    g_error ("“%s” is not to be seen", text);
  g_source_remove (id);
}

/* The alarm that is chosen, with what may be done about it and why not. */
static void
test_panel_of_chosen (void)
{
  Desk desk;
  g_autoptr (GPtrArray) chosen = NULL;

  open_desk (&desk, 6, NULL);
  assert_shows (&desk, "No alarm is selected");
  g_assert_true (sm_table_select (get_table (&desk), 1));
  assert_shows (&desk, "Pack over-temperature 61");
  assert_shows (&desk, "not acknowledged");
  assert_shows (&desk, "58.0");
  assert_shows (&desk, "raised");
  /* What the catalogue has of it is there without a service. */
  assert_shows (&desk, "What follows");
  chosen = sm_alarms_page_dup_chosen (get_page (&desk));
  g_assert_cmpuint (chosen->len, ==, 1);
  g_assert_cmpstr (sm_alarm_act_refusal (desk.ops, SM_ALARM_ACT_ACKNOWLEDGE, chosen), ==,
                   "Nobody is signed in");
  sign_in (desk.ops, "alarm.read");
  g_assert_cmpstr (sm_alarm_act_refusal (desk.ops, SM_ALARM_ACT_ACKNOWLEDGE, chosen), ==,
                   "Your role does not allow this");
  sign_in (desk.ops, "alarm.read alarm.acknowledge alarm.note");
  g_assert_null (sm_alarm_act_refusal (desk.ops, SM_ALARM_ACT_ACKNOWLEDGE, chosen));
  /* The third one is acknowledged, with words that a person wrote. */
  g_assert_true (sm_table_select (get_table (&desk), 3));
  assert_shows (&desk, "acknowledged by Li Wei");
  assert_shows (&desk, "Driver called, stops at Baoan North");
  close_desk (&desk);
}

/* A link is a filter, as it was before there was a centre; its one alarm can be named. */
static void
test_links (void)
{
  Desk desk;
  g_autofree char *link = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  open_desk (&desk, 8, NULL);
  g_assert_cmpuint (count_rows (&desk), ==, 8);
  show (&desk, "stationmaster:alarms?level=1&chosen=2");
  g_assert_cmpuint (count_rows (&desk), ==, 2);
  chosen = sm_alarms_page_dup_chosen (get_page (&desk));
  g_assert_cmpuint (chosen->len, ==, 1);
  g_assert_cmpint (sm_item_get_id (chosen->pdata[0]), ==, 2);
  link = sm_page_dup_link (SM_PAGE (desk.page));
  g_assert_cmpstr (link, ==, "stationmaster:alarms?level=1");
  show (&desk, "stationmaster:alarms?unacked=yes");
  g_assert_cmpuint (count_rows (&desk), ==, 6);
  show (&desk, "stationmaster:alarms?colour=green");
  assert_shows (&desk, "This link filters by something unknown here");
  gtk_widget_activate_action (desk.page, "alarms.all", NULL);
  g_assert_cmpuint (count_rows (&desk), ==, 8);
  show (&desk, "stationmaster:alarm_history?ended=today");
  g_free (link);
  link = sm_page_dup_link (SM_PAGE (desk.page));
  g_assert_cmpstr (link, ==, "stationmaster:alarm_history?ended=today");
  close_desk (&desk);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* Several at once: how many they are is said, and one note is asked for before. */
static void
test_many_with_one_note (void)
{
  Desk desk;
  GtkSelectionModel *selection;
  GtkWindow *dialog;

  open_desk (&desk, 6, "alarm.read alarm.acknowledge");
  selection = gtk_column_view_get_model (
      GTK_COLUMN_VIEW (sm_table_get_rows (get_table (&desk))));
  gtk_selection_model_select_all (selection);
  assert_shows (&desk, "6 alarms are selected");
  gtk_widget_activate_action (desk.page, "alarms.acknowledge", NULL);
  while ((dialog = find_dialog ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (!gtk_widget_get_mapped (GTK_WIDGET (dialog)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "6 alarms"));
  gtk_window_destroy (dialog);
  close_desk (&desk);
}

/* Rows that are selected stay so when others come above them. */
static void
test_selection_stays (void)
{
  Desk desk;
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (SmRow) worst = sm_test_network_alarm (50, 1, "pack-over-temperature", "粤B·50000");

  open_desk (&desk, 4, NULL);
  g_assert_true (sm_table_select (get_table (&desk), 4));
  sm_test_network_put_alarm (desk.ops, worst);
  sm_alarm_desk_lay_in (sm_alarm_view_get_desk (sm_alarms_page_get_view (get_page (&desk))));
  g_assert_cmpuint (count_rows (&desk), ==, 5);
  chosen = sm_alarms_page_dup_chosen (get_page (&desk));
  g_assert_cmpuint (chosen->len, ==, 1);
  g_assert_cmpint (sm_item_get_id (chosen->pdata[0]), ==, 4);
  close_desk (&desk);
}

/* While somebody is at the list, what is new is said and not laid in. */
static void
test_new_is_announced (void)
{
  Desk desk;
  SmAlarmDesk *model;
  g_autoptr (SmRow) worst = sm_test_network_alarm (50, 1, "pack-over-temperature", "粤B·50000");

  open_desk (&desk, 4, NULL);
  model = sm_alarm_view_get_desk (sm_alarms_page_get_view (get_page (&desk)));
  sm_alarm_desk_set_held (model, TRUE);
  sm_test_network_put_alarm (desk.ops, worst);
  sm_alarm_desk_refresh (model);
  g_assert_cmpuint (count_rows (&desk), ==, 4);
  assert_shows (&desk, "1 new");
  gtk_widget_activate_action (desk.page, "alarms.lay-in", NULL);
  g_assert_cmpuint (count_rows (&desk), ==, 5);
  close_desk (&desk);
}

/* Silence has an end that can be read, leaves the alarms as they are, and is said where there is no sound. */
static void
test_bell (void)
{
  Desk desk;
  SmBell *bell;

  open_desk (&desk, 4, NULL);
  bell = sm_bell_for_ops (desk.ops);
  assert_shows (&desk, "Sounds are on");
  gtk_widget_activate_action (desk.page, "alarms.silence", NULL);
  assert_shows (&desk, "Silenced, ");
  g_assert_cmpuint (count_rows (&desk), ==, 4);
  gtk_widget_activate_action (desk.page, "alarms.silence", NULL);
  assert_shows (&desk, "Sounds are on");
  sm_bell_set_levels (bell, 0);
  assert_shows (&desk, "Only safety alarms sound");
  sm_bell_set_problem (bell, "This computer has no sound");
  assert_shows (&desk, "This computer has no sound");
  close_desk (&desk);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/alarms/panel-of-chosen", test_panel_of_chosen);
  g_test_add_func ("/pages/alarms/links", test_links);
  g_test_add_func ("/pages/alarms/many-with-one-note", test_many_with_one_note);
  g_test_add_func ("/pages/alarms/selection-stays", test_selection_stays);
  g_test_add_func ("/pages/alarms/new-is-announced", test_new_is_announced);
  g_test_add_func ("/pages/alarms/bell", test_bell);
  return g_test_run ();
}
