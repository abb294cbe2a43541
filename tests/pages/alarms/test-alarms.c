/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-alarm-acts.h"
#include "sm-alarm.h"
#include "sm-alarms-page.h"
#include "sm-bell.h"
#include "sm-ops-private.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
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
show_desk (Desk *desk)
{
  desk->page = sm_alarms_page_new (desk->ops, NULL, "Alarms");
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1400, 800);
  gtk_window_set_child (GTK_WINDOW (desk->window), desk->page);
  gtk_window_present (GTK_WINDOW (desk->window));
  while (!gtk_widget_get_mapped (desk->page))
    g_main_context_iteration (NULL, TRUE);
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
  show_desk (desk);
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
  guint id = g_timeout_add_seconds (60, timed_out_cb, &timed_out);

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

/* --- what is done to them --- */

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

static gint64
get_now (Desk *desk)
{
  return sm_clock_now (sm_status_get_clock (sm_ops_get_status (desk->ops)));
}

#define ORDINARY 7
#define SAFETY 1

/* Of level 4, which nothing keeps from being put aside. */
static SmRow *
make_ordinary (void)
{
  return sm_test_network_alarm (ORDINARY, 4, "soc-low", "粤B·00007");
}

static SmRow *
make_safety (const char *state,
             const char *acked_by)
{
  SmRow *row = sm_test_network_alarm (SAFETY, 1, "pack-over-temperature", "粤B·00001");

  sm_row_set_text (row, SM_ALARM_STATE, state);
  sm_row_set_text (row, SM_ALARM_ACKED_BY, acked_by);
  return row;
}

static void
put (Desk        *desk,
     const SmRow *row)
{
  g_autoptr (SmRow) copy = sm_row_copy (row);

  sm_test_network_put_alarm (desk->ops, copy);
  sm_alarm_desk_lay_in (sm_alarm_view_get_desk (sm_alarms_page_get_view (get_page (desk))));
  gtk_widget_activate_action (desk->page, "alarms.lay-in", NULL);
}

static void
choose (Desk   *desk,
        gint64  id)
{
  g_assert_true (sm_table_select (get_table (desk), id));
  sm_alarm_panel_refresh (sm_alarms_page_get_panel (get_page (desk)));
}

/* Returns: (nullable): the one that is shown */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *action)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (GTK_IS_ACTIONABLE (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

/* @reason: (nullable): why the button cannot be pressed, as it is said there */
static void
assert_button (Desk       *desk,
               SmAlarmAct  act,
               const char *reason)
{
  g_autoptr (GPtrArray) chosen = sm_alarms_page_dup_chosen (get_page (desk));
  GtkWidget *button;

  gtk_widget_activate_action (desk->page, "alarms.rows", NULL);
  /* What the page does each second, and when somebody else signs in. */
  g_object_notify (G_OBJECT (desk->ops), "person");
  button = find_button (desk->page, sm_alarm_act_action (act));
  g_test_message ("%s: %s", sm_alarm_act_action (act), reason != NULL ? reason : "can");
  g_assert_nonnull (button);
  g_assert_cmpstr (sm_alarm_act_refusal (desk->ops, act, chosen), ==, reason);
  g_assert_cmpint (gtk_widget_is_sensitive (button), ==, reason == NULL);
  if (reason != NULL)
    gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason);
  else
    g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (button),
                                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION));
}

static void
assert_no_button (Desk       *desk,
                  SmAlarmAct  act)
{
  g_assert_null (find_button (desk->page, sm_alarm_act_action (act)));
}

static AdwMessageDialog *
ask (Desk       *desk,
     SmAlarmAct  act)
{
  GtkWindow *dialog;

  assert_button (desk, act, NULL);
  gtk_widget_activate_action (desk->page, sm_alarm_act_action (act), NULL);
  while ((dialog = find_dialog ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return ADW_MESSAGE_DIALOG (dialog);
}

/* Blanks are no reason, and no more is sent than the service takes. */
static void
assert_asks_reason (Desk       *desk,
                    SmAlarmAct  act)
{
  AdwMessageDialog *dialog = ask (desk, act);
  GtkWidget *rows = adw_message_dialog_get_extra_child (dialog);
  GtkEditable *reason = GTK_EDITABLE (gtk_widget_get_first_child (rows));
  g_autofree char *too_long = g_strnfill (501, 'x');

  g_assert_true (gtk_widget_get_visible (rows));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  gtk_editable_set_text (reason, "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  gtk_editable_set_text (reason, too_long);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  gtk_editable_set_text (reason, "sensor is being replaced");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  g_assert_cmpint (gtk_widget_get_last_child (rows) != GTK_WIDGET (reason), ==,
                   act != SM_ALARM_ACT_RELEASE);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What was asked by another person, and why, is read before it is agreed to or ended. */
static void
assert_asks_nothing (Desk       *desk,
                     SmAlarmAct  act,
                     const char *says)
{
  AdwMessageDialog *dialog = ask (desk, act);

  g_assert_false (gtk_widget_get_visible (adw_message_dialog_get_extra_child (dialog)));
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), says));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

#define ALL_RIGHTS                                                                              \
  "alarm.read alarm.acknowledge alarm.note alarm.shelve alarm.take_out alarm.approve_out "      \
  "alarm.release"

/* Shelved for a time with a reason, and back: each is offered where it can be done. */
static void
test_shelve (void)
{
  Desk desk;
  g_autoptr (SmRow) row = make_ordinary ();

  open_desk (&desk, 3, ALL_RIGHTS);
  put (&desk, row);
  choose (&desk, ORDINARY);
  assert_no_button (&desk, SM_ALARM_ACT_UNSHELVE);
  assert_asks_reason (&desk, SM_ALARM_ACT_SHELVE);

  sm_row_set_int (row, SM_ALARM_SHELVED_UNTIL, get_now (&desk) + SM_HOUR);
  sm_row_set_text (row, SM_ALARM_SHELVED_BY, "bob");
  sm_row_set_text (row, SM_ALARM_SHELVE_REASON, "waits for a part");
  put (&desk, row);
  g_assert_cmpuint (count_rows (&desk), ==, 3);
  show (&desk, "stationmaster:alarms_shelved");
  g_assert_cmpuint (count_rows (&desk), ==, 1);
  assert_shows (&desk, "Shelved  1");
  choose (&desk, ORDINARY);
  assert_shows (&desk, "waits for a part");
  assert_asks_nothing (&desk, SM_ALARM_ACT_UNSHELVE, "waits for a part");

  /* Its time is up: it is where it was, whoever says so or does not. */
  sm_row_set_int (row, SM_ALARM_SHELVED_UNTIL, get_now (&desk) - SM_SECOND);
  put (&desk, row);
  g_assert_cmpuint (count_rows (&desk), ==, 0);
  show (&desk, "stationmaster:alarms");
  g_assert_cmpuint (count_rows (&desk), ==, 4);
  close_desk (&desk);
}

static void
test_out_of_service (void)
{
  Desk desk;
  g_autoptr (SmRow) row = make_ordinary ();

  open_desk (&desk, 3, ALL_RIGHTS);
  put (&desk, row);
  choose (&desk, ORDINARY);
  assert_no_button (&desk, SM_ALARM_ACT_RETURN);
  assert_asks_reason (&desk, SM_ALARM_ACT_TAKE_OUT);

  sm_row_set_int (row, SM_ALARM_OUT_OF_SERVICE_UNTIL, get_now (&desk) + SM_HOUR);
  sm_row_set_text (row, SM_ALARM_OUT_OF_SERVICE_BY, "bob");
  sm_row_set_text (row, SM_ALARM_OUT_OF_SERVICE_REASON, "rebuilt");
  put (&desk, row);
  g_assert_cmpuint (count_rows (&desk), ==, 3);
  show (&desk, "stationmaster:alarms_out_of_service");
  g_assert_cmpuint (count_rows (&desk), ==, 1);
  choose (&desk, ORDINARY);
  assert_button (&desk, SM_ALARM_ACT_TAKE_OUT, "It is out of service already.");
  assert_no_button (&desk, SM_ALARM_ACT_APPROVE_OUT);
  assert_asks_nothing (&desk, SM_ALARM_ACT_RETURN, "rebuilt");
  close_desk (&desk);
}

/* Of safety: asked for it stays among the active ones, and who asks does not agree to it. */
static void
test_safety_out_by_two (void)
{
  Desk desk;
  g_autoptr (SmRow) row = make_safety ("acked", "bob");

  open_desk (&desk, 3, ALL_RIGHTS);
  put (&desk, row);
  choose (&desk, SAFETY);
  assert_asks_reason (&desk, SM_ALARM_ACT_TAKE_OUT);
  sm_row_set_int (row, SM_ALARM_OUT_OF_SERVICE_UNTIL, get_now (&desk) + SM_HOUR);
  sm_row_set_text (row, SM_ALARM_OUT_OF_SERVICE_BY, "ann");
  sm_row_set_text (row, SM_ALARM_OUT_OF_SERVICE_REASON, "probe changed");
  put (&desk, row);
  g_assert_cmpuint (count_rows (&desk), ==, 3);
  choose (&desk, SAFETY);
  assert_shows (&desk, "a second person has to agree");
  assert_button (&desk, SM_ALARM_ACT_APPROVE_OUT, "This needs a second person.");
  sm_row_set_text (row, SM_ALARM_OUT_OF_SERVICE_BY, "bob");
  put (&desk, row);
  choose (&desk, SAFETY);
  assert_asks_nothing (&desk, SM_ALARM_ACT_APPROVE_OUT, "probe changed");
  close_desk (&desk);
}

/* A latch is released by another person than who acknowledged, with a reason. */
static void
test_release (void)
{
  Desk desk;
  g_autoptr (SmRow) row = make_safety ("acked", "Ann");

  open_desk (&desk, 3, ALL_RIGHTS);
  put (&desk, row);
  choose (&desk, SAFETY);
  assert_no_button (&desk, SM_ALARM_ACT_RELEASE);
  sm_row_set_text (row, SM_ALARM_STATE, "latched");
  put (&desk, row);
  choose (&desk, SAFETY);
  assert_shows (&desk, "over, to be released");
  assert_button (&desk, SM_ALARM_ACT_RELEASE, "This needs a second person.");
  sm_row_set_text (row, SM_ALARM_ACKED_BY, "bob");
  put (&desk, row);
  choose (&desk, SAFETY);
  assert_asks_reason (&desk, SM_ALARM_ACT_RELEASE);
  close_desk (&desk);
}

/* Not by this role, not of safety, not without the service: said where it cannot be pressed. */
static void
test_refusals (void)
{
  static const SmAlarmAct both[] = { SM_ALARM_ACT_SHELVE, SM_ALARM_ACT_TAKE_OUT };
  Desk desk;
  g_autoptr (SmRow) ordinary = make_ordinary ();

  open_desk (&desk, 3, "alarm.read alarm.acknowledge alarm.note");
  put (&desk, ordinary);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      sign_in (desk.ops, "alarm.read alarm.acknowledge alarm.note");
      choose (&desk, ORDINARY);
      assert_button (&desk, both[i], "Your role does not allow this");
      sign_in (desk.ops, ALL_RIGHTS);
      assert_button (&desk, both[i], NULL);
      sm_test_network_set_state (desk.ops, SM_STATUS_OFFLINE);
      assert_button (&desk, both[i], "This needs the service, which cannot be reached");
      sm_test_network_set_state (desk.ops, SM_STATUS_LIVE);
    }
  choose (&desk, SAFETY);
  assert_button (&desk, SM_ALARM_ACT_SHELVE,
                 "An alarm of safety cannot be put aside, expected or folded away.");
  close_desk (&desk);
}

static SmItem *
find_ordinary (SmOps *ops)
{
  GListModel *alarms = sm_ops_get_alarms (ops);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (!sm_alarm_is_safety (sm_item_get_row (item))
          && sm_row_is_null (sm_item_get_row (item), SM_ALARM_PARENT_ID))
        return item; /* the model keeps it */
    }
  return NULL;
}

static void
answer (Desk       *desk,
        SmAlarmAct  act,
        const char *reason)
{
  AdwMessageDialog *dialog = ask (desk, act);
  GtkWidget *rows = adw_message_dialog_get_extra_child (dialog);

  if (reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_first_child (rows)), reason);
  adw_message_dialog_response (dialog, "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* While the focus is on the rows none goes, unless that is asked for. */
static guint
lay_in_and_count (Desk *desk)
{
  gtk_widget_activate_action (desk->page, "alarms.lay-in", NULL);
  return count_rows (desk);
}

/* Beside the real service: the row goes where it was put, and what became of it is read there. */
static void
test_with_service (void)
{
  static const char *const args[]
      = { "--simulate", "demo", "--seed", "1", "--speed", "20", SM_TEST_YOUNG, NULL };
  SmTestService *service = sm_test_service_start (args);
  g_autofree char *cache = g_build_filename (sm_test_service_get_folder (service), "c", NULL);
  g_autofree char *state = g_build_filename (sm_test_service_get_folder (service), "s", NULL);
  Desk desk = { .ops = sm_ops_new (sm_test_service_get_url (service), cache, state) };
  gint64 id;

  sm_ops_start (desk.ops);
  run_until (sm_status_get_state (sm_ops_get_status (desk.ops)) == SM_STATUS_LIVE
             && find_ordinary (desk.ops) != NULL);
  id = sm_item_get_id (find_ordinary (desk.ops));
  show_desk (&desk);
  /* Each a row, however many there are. */
  gtk_widget_activate_action (desk.page, "alarms.toggle-groups", NULL);
  run_until (sm_table_select (get_table (&desk), id));
  answer (&desk, SM_ALARM_ACT_SHELVE, "waits for a part");
  show (&desk, "stationmaster:alarms_shelved");
  run_until (lay_in_and_count (&desk) == 1 && sm_table_select (get_table (&desk), id));
  assert_shows (&desk, "shelved · demo · waits for a part");
  answer (&desk, SM_ALARM_ACT_UNSHELVE, NULL);
  run_until (lay_in_and_count (&desk) == 0);
  show (&desk, "stationmaster:alarms");
  run_until (sm_table_select (get_table (&desk), id));
  assert_shows (&desk, "not shelved any more · demo");
  sm_ops_stop (desk.ops);
  close_desk (&desk);
  sm_test_service_free (service);
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
  g_test_add_func ("/pages/alarms/shelve", test_shelve);
  g_test_add_func ("/pages/alarms/out-of-service", test_out_of_service);
  g_test_add_func ("/pages/alarms/safety-out-by-two", test_safety_out_by_two);
  g_test_add_func ("/pages/alarms/release", test_release);
  g_test_add_func ("/pages/alarms/refusals", test_refusals);
  g_test_add_func ("/pages/alarms/with-service", test_with_service);
  g_test_add_func ("/pages/alarms/selection-stays", test_selection_stays);
  g_test_add_func ("/pages/alarms/new-is-announced", test_new_is_announced);
  g_test_add_func ("/pages/alarms/bell", test_bell);
  return g_test_run ();
}
