/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done about an alarm from its panel, beside the real service and a simulated network. */
#include "sm-alarm-what-if.h"
#include "sm-alarms-page.h"
#include "sm-ops-private.h"
#include "sm-style.h"
#include "sm-test-folder.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <adwaita.h>

/* Each has one lane, which is out of order, so that nobody takes a pack from there.  The hot
 * one is in the other, for it forbids what is asked for in the first.  Whenever the test runs
 * it is that night, in which most packs are ready. */
#define STATION "SW4400001"
#define HOT_STATION "SW4400002"

static const char scenario[]
    = "{\"start\": \"2026-03-02T03:00:00+08:00\", \"events\": ["
      "{\"at_minutes\": 0.02, \"do\": \"fault\", \"code\": \"swap-robot-fault\","
      " \"station\": \"" STATION "\", \"minutes\": 600},"
      "{\"at_minutes\": 0.02, \"do\": \"fault\", \"code\": \"swap-robot-fault\","
      " \"station\": \"" HOT_STATION "\", \"minutes\": 600}]}";

typedef struct
{
  char *folder;
  char *gateway; /* its token */
  char *sn;      /* of the hot pack */
  char *closed;  /* what is to be read once its bay is out of operation */
  SmTestService *service;
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Desk;

/* Others of its code may come by themselves.  Returns: 0 while there is none */
static gint64
find_alarm (Desk       *desk,
            const char *code,
            const char *label)
{
  GListModel *alarms = sm_ops_get_alarms (desk->ops);
  gint64 id = 0;

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (g_strcmp0 (sm_row_get_text (sm_item_get_row (item), SM_ALARM_CODE), code) == 0
          && g_str_has_prefix (sm_row_get_text (sm_item_get_row (item), SM_ALARM_SOURCE_LABEL), label))
        id = MAX (id, sm_item_get_id (item));
    }
  return id;
}

static gint64
find_hot_station (Desk *desk)
{
  GListModel *alarms = sm_ops_get_alarms (desk->ops);
  gint64 id = find_alarm (desk, "swap-robot-fault", HOT_STATION);

  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);

      if (sm_item_get_id (item) == id)
        return sm_row_get_int (sm_item_get_row (item), SM_ALARM_STATION_ID);
    }
  g_assert_not_reached ();
}

/* Returns: the number of that bay, or 0: it is not one of @items */
static gint64
find_number (JsonArray *items,
             gint64     bay)
{
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonObject *item = json_array_get_object_element (items, i);

      if (json_object_get_int_member (item, "id") == bay)
        return json_object_get_int_member (item, "number");
    }
  return 0;
}

/* Returns: a pack that is ready in a bay of @station, or 0 while none was heard of */
static gint64
find_ready_pack (Desk       *desk,
                 const char *token,
                 gint64      station)
{
  g_autofree char *path
      = g_strdup_printf ("/api/v1/bays?limit=100&station_id=%" G_GINT64_FORMAT, station);
  g_autoptr (JsonObject) page = sm_test_service_get (desk->service, path, token);
  g_autoptr (JsonObject) live = sm_test_service_get (desk->service, "/api/v1/live/bays", token);
  JsonArray *ids = json_object_get_array_member (live, "id");
  JsonArray *states = json_object_get_array_member (live, "state");
  JsonArray *packs = json_object_get_array_member (live, "battery_id");

  for (guint i = 0; i < json_array_get_length (states); i++)
    {
      gint64 number = find_number (json_object_get_array_member (page, "items"),
                                   json_array_get_int_element (ids, i));

      if (number == 0 || g_strcmp0 (json_array_get_string_element (states, i), "ready") != 0)
        continue;
      desk->closed = g_strdup_printf ("Bay %" G_GINT64_FORMAT " · out of operation · succeeded", number);
      return json_array_get_int_element (packs, i);
    }
  return 0;
}

/* The piles come last, and what they lived through is written then: until that is done
 * there is little time for what equipment answers. */
static gboolean
is_filled (Desk       *desk,
           const char *token)
{
  g_autoptr (JsonObject) page
      = sm_test_service_get (desk->service, "/api/v1/orders?kind=charge&limit=1", token);

  return json_array_get_length (json_object_get_array_member (page, "items")) > 0;
}

/* Its gateway says that it is far too hot. */
static void
heat_pack (Desk *desk)
{
  g_autofree char *token = sm_test_service_sign_in_demo (desk->service);
  SmClock *clock = sm_status_get_clock (sm_ops_get_status (desk->ops));
  g_autofree char *at = NULL;
  g_autofree char *body = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JsonObject) pack = NULL;
  g_autoptr (JsonObject) said = NULL;
  gint64 id = 0;

  run_until (find_alarm (desk, "swap-robot-fault", HOT_STATION) != 0);
  run_until ((id = find_ready_pack (desk, token, find_hot_station (desk))) != 0);
  run_until (is_filled (desk, token));
  path = g_strdup_printf ("/api/v1/batteries/%" G_GINT64_FORMAT, id);
  pack = sm_test_service_get (desk->service, path, token);
  desk->sn = g_strdup (json_object_get_string_member (pack, "sn"));
  at = sm_time_to_rfc3339 (sm_clock_now (clock));
  body = g_strdup_printf ("{\"reports\":[{\"scheme\":\"stationmaster\",\"noun\":\"battery\","
                          "\"id\":%" G_GINT64_FORMAT ",\"at\":\"%s\","
                          "\"code\":\"battery-over-temperature\"}]}", id, at);
  said = sm_test_service_post (desk->service, "/api/v1/ingest/faults", desk->gateway, NULL, body);
  g_assert_cmpint (json_object_get_int_member (said, "accepted"), ==, 1);
}

static void
open_desk (Desk *desk)
{
  const char *args[] = { "--simulate", "demo", "--seed", "1", SM_TEST_YOUNG, "--scenario", NULL,
                         NULL };
  g_autofree char *path = NULL, *cache = NULL, *state = NULL;

  desk->folder = g_dir_make_tmp ("sm-deeds-XXXXXX", NULL);
  path = g_build_filename (desk->folder, "scenario.json", NULL);
  g_assert_true (g_file_set_contents (path, scenario, -1, NULL));
  args[G_N_ELEMENTS (args) - 2] = path;
  desk->service = sm_test_service_new (args);
  desk->gateway = sm_test_service_add_gateway (desk->service, "racks");
  sm_test_service_run (desk->service);
  cache = g_build_filename (desk->folder, "c", NULL);
  state = g_build_filename (desk->folder, "s", NULL);
  desk->ops = sm_ops_new (sm_test_service_get_url (desk->service), cache, state);
  sm_ops_start (desk->ops);
  desk->page = sm_alarms_page_new (desk->ops, NULL, "Alarms");
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1400, 900);
  gtk_window_set_child (GTK_WINDOW (desk->window), desk->page);
  gtk_window_present (GTK_WINDOW (desk->window));
  run_until (sm_status_get_state (sm_ops_get_status (desk->ops)) == SM_STATUS_LIVE);
  heat_pack (desk);
  /* Each a row, however many there are. */
  gtk_widget_activate_action (desk->page, "alarms.toggle-groups", NULL);
}

static void
close_desk (Desk *desk)
{
  sm_ops_stop (desk->ops);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_clear_object (&desk->ops);
  g_clear_pointer (&desk->service, sm_test_service_free);
  sm_test_remove_tree (desk->folder);
  g_free (desk->folder);
  g_free (desk->gateway);
  g_free (desk->sn);
  g_free (desk->closed);
}

static gboolean
select_alarm (Desk   *desk,
              gint64  id)
{
  SmAlarmView *view = sm_alarms_page_get_view (SM_ALARMS_PAGE (desk->page));

  gtk_widget_activate_action (desk->page, "alarms.lay-in", NULL);
  return sm_table_select (sm_alarm_view_get_table (view), id);
}

static void
choose (Desk       *desk,
        const char *code,
        const char *label)
{
  gint64 id = 0;

  g_test_message ("choose %s", code);
  run_until ((id = find_alarm (desk, code, label)) != 0);
  g_test_message ("it is %" G_GINT64_FORMAT, id);
  run_until (select_alarm (desk, id));
}

/* Returns: (nullable): what @widget or a part of it does by that action */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *action)
{
  GtkWidget *found = NULL;

  if (GTK_IS_ACTIONABLE (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, action);
  return found;
}

static gboolean
can_press (Desk       *desk,
           const char *action)
{
  GtkWidget *button = find_button (desk->page, action);

  return button != NULL && gtk_widget_is_sensitive (button);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

static GtkWidget *
find_of_type (GtkWidget *widget,
              GType      type)
{
  GtkWidget *found = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_of_type (child, type);
  return found;
}

static gboolean
can_do (GtkWidget *dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do");
}

/* Types the reason and presses Enter in it. */
static void
answer (GtkWidget  *dialog,
        const char *reason)
{
  GtkWidget *entry = find_of_type (dialog, ADW_TYPE_ENTRY_ROW);

  g_assert_false (can_do (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), reason);
  g_assert_true (can_do (dialog));
  g_signal_emit_by_name (entry, "entry-activated");
  g_assert_null (find_dialog ());
}

static GtkWidget *
ask (Desk       *desk,
     const char *action)
{
  run_until (can_press (desk, action));
  gtk_widget_activate_action (find_button (desk->page, action), action, NULL);
  g_assert_nonnull (find_dialog ());
  return find_dialog ();
}

/* Returns: (nullable): what that key does wherever in the window the focus is */
static GtkShortcut *
find_key (Desk       *desk,
          const char *keys)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (desk->page);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller)
          || gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller))
                 != GTK_SHORTCUT_SCOPE_GLOBAL)
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut
              = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger
              = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, keys))
            return shortcut;
        }
    }
  return NULL;
}

static gboolean
press (Desk       *desk,
       const char *keys)
{
  GtkShortcut *shortcut = find_key (desk, keys);

  g_assert_nonnull (shortcut);
  gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, desk->page, NULL);
  return find_dialog () != NULL;
}

static GtkWidget *
ask_by_key (Desk       *desk,
            const char *keys,
            const char *action)
{
  run_until (can_press (desk, action));
  g_assert_true (press (desk, keys));
  return find_dialog ();
}

static guint
find_choice (GtkWidget  *dialog,
             const char *word)
{
  GtkWidget *combo = find_of_type (dialog, ADW_TYPE_COMBO_ROW);
  GListModel *model = adw_combo_row_get_model (ADW_COMBO_ROW (combo));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) text = g_list_model_get_item (model, i);

      if (strstr (gtk_string_object_get_string (text), word) != NULL)
        return i;
    }
  g_assert_not_reached ();
}

/* Of the equipment that failed: asked with a reason, each stage to be read as it comes, and
 * what the equipment says of it, good or bad. */
static void
check_command (Desk *desk)
{
  GtkWidget *dialog;

  choose (desk, "swap-robot-fault", STATION);
  run_until (sm_test_shows (desk->page, "reset, only while nothing is charged or moved there"));
  dialog = ask_by_key (desk, "c", "alarms.command");
  g_assert_true (sm_test_shows (dialog, "It is sent at once: "));
  answer (dialog, "the lane is clear");
  run_until (sm_test_shows (desk->page, "· reset · failed"));
  g_assert_true (sm_test_shows (desk->page, "the lane is clear"));
  g_assert_true (sm_test_shows (desk->page, "· accepted "));
  g_assert_true (sm_test_shows (desk->page, "the fault is still there"));
  dialog = ask (desk, "alarms.command");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_of_type (dialog, ADW_TYPE_COMBO_ROW)),
                              find_choice (dialog, "Lane 1 · out of operation"));
  answer (dialog, "until it is mended");
  run_until (sm_test_shows (desk->page, "Lane 1 · out of operation · succeeded"));
}

/* What the fault forbids is in the list, cannot be sent, and says why. */
static void
check_forbidden (Desk *desk)
{
  GtkWidget *dialog, *combo;

  choose (desk, "battery-over-temperature", desk->sn);
  run_until (sm_test_shows (desk->page, "Must not be tried"));
  dialog = ask (desk, "alarms.command");
  combo = find_of_type (dialog, ADW_TYPE_COMBO_ROW);
  gtk_editable_set_text (GTK_EDITABLE (find_of_type (dialog, ADW_TYPE_ENTRY_ROW)), "why not");
  g_assert_true (can_do (dialog));
  adw_combo_row_set_selected (ADW_COMBO_ROW (combo), find_choice (dialog, "into operation (not now)"));
  g_assert_false (can_do (dialog));
  g_assert_true (sm_test_shows (dialog, "Forbidden while there is: Pack far too hot"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The pack with its values; kept apart with a reason by one key, its bay told at once, and to
 * be taken back by another person alone. */
static void
check_quarantine (Desk *desk)
{
  choose (desk, "battery-over-temperature", desk->sn);
  run_until (sm_test_shows (desk->page, desk->sn) && sm_test_shows (desk->page, "Ω/V"));
  run_until (sm_test_shows (desk->page, "Its sisters"));
  g_assert_false (press (desk, "<Shift>q"));
  answer (ask_by_key (desk, "q", "alarms.quarantine"), "hot at rest");
  run_until (sm_test_shows (desk->page, "· hot at rest"));
  run_until (sm_test_shows (desk->page, "quarantined"));
  run_until (sm_test_shows (desk->page, "Another person than who put it into quarantine"));
  g_assert_false (can_press (desk, "alarms.end-quarantine"));
  g_assert_false (press (desk, "<Shift>q"));
  run_until (sm_test_shows (desk->page, desk->closed));
}

/* Returns: (nullable): the first that can be read */
static GtkWidget *
find_labelled (GtkWidget  *widget,
               const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_labelled (child, label);
  return found;
}

/* Who does not answer is said with time and person, also without a service, and the next
 * number is named. */
static void
check_call (Desk *desk)
{
  run_until (sm_test_shows (desk->page, "Next to call"));
  /* Who looks after that area, too, and to whom they belong. */
  run_until (sm_test_shows (desk->page, "Service Point"));
  run_until (sm_test_shows (desk->page, "(agent)"));
  g_signal_emit_by_name (find_labelled (desk->page, "No answer"), "clicked");
  run_until (sm_test_shows (desk->page, "· no answer · Demo"));
  run_until (sm_test_shows (desk->page, "Next to call"));
}

/* What the service reckons is said with how well it is known, and a word that is no number is
 * asked nowhere. */
static void
check_what_if (Desk *desk)
{
  g_autoptr (SmRow) alarm = sm_row_new (sm_noun_get (SM_NOUN_ALARM));
  GtkWidget *dialog, *entry;

  sm_row_set_text (alarm, SM_ALARM_SOURCE_NOUN, "vehicle");
  sm_row_set_text (alarm, SM_ALARM_FIELD, "pack_temperature_c");
  sm_row_set_real (alarm, SM_ALARM_LIMIT_VALUE, 61);
  g_assert_null (sm_alarm_what_if_find (desk->ops, alarm));
  sm_row_set_real (alarm, SM_ALARM_LIMIT_VALUE, 60);
  run_until (sm_alarm_what_if_find (desk->ops, alarm) != NULL);
  dialog = sm_alarm_what_if_ask (desk->page, desk->ops, sm_alarm_what_if_find (desk->ops, alarm));
  entry = find_of_type (dialog, ADW_TYPE_ENTRY_ROW);
  g_assert_true (sm_test_shows (dialog, "Pack temperature: the limit is 60"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "hot");
  g_signal_emit_by_name (entry, "apply");
  g_assert_true (sm_test_shows (dialog, "A number is needed."));
  gtk_editable_set_text (GTK_EDITABLE (entry), "-40");
  g_signal_emit_by_name (entry, "apply");
  run_until (sm_test_shows (dialog, "exact to within 3"));
  g_assert_true (sm_test_shows (dialog, "an estimate from values of 15 minutes"));
  g_assert_true (sm_test_shows (dialog, "By hour of the day:"));
  g_assert_true (sm_test_shows (dialog, "Where it would be another number:"));
  /* A dispatcher is told, and changes nothing. */
  g_assert_true (sm_test_shows (dialog, "Nothing is changed here."));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Nothing waits for a service that is away: the button is off and says why. */
static void
check_offline (Desk *desk)
{
  sm_test_service_kill (desk->service);
  run_until (sm_status_get_state (sm_ops_get_status (desk->ops)) == SM_STATUS_OFFLINE);
  run_until (sm_test_shows (desk->page, "a command that comes late is dangerous"));
  g_assert_false (can_press (desk, "alarms.command"));
  g_assert_false (press (desk, "c"));
}

static void
test_deeds (void)
{
  Desk desk = { 0 };

  open_desk (&desk);
  check_command (&desk);
  check_forbidden (&desk);
  check_quarantine (&desk);
  check_what_if (&desk);
  check_offline (&desk);
  check_call (&desk);
  close_desk (&desk);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/alarms/deeds", test_deeds);
  return g_test_run ();
}
