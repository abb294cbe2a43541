/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every act of data/acts.txt as every role of data/rights.txt, in a window beside the real
 * service: what a role may not do is not there, or cannot be pressed and says why. */
#include "sm-acts.h"
#include "sm-ops-private.h"
#include "sm-sections.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-wall-page-private.h"
#include "sm-window-private.h"

#define ALARM_ID 900001
#define REFUSED "You do not have the permission for this."

typedef struct
{
  SmTestService *service;
  SmOps *ops;
  SmWindow *window;
  GHashTable *roles; /* name -> GStrv of permissions */
  GHashTable *acts;  /* name -> GStrv of what one of is needed */
  guint n_renamed;
} Room;

static const char *rights_path, *acts_path;

/* Lines "WORD name | words", as name -> words. */
static GHashTable *
read_table (const char *path,
            const char *word)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_strfreev);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (lines[i], " | ", 2);

      if (!g_str_has_prefix (lines[i], word) || g_strv_length (halves) != 2)
        continue;
      g_hash_table_insert (table, g_strdup (halves[0] + strlen (word)),
                           g_strsplit (halves[1], " ", -1));
    }
  g_assert_cmpuint (g_hash_table_size (table), >, 5);
  return table;
}

static void
settle (void)
{
  for (guint i = 0; i < 40; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
put_alarm (Room *room)
{
  g_autoptr (SmRow) row
      = sm_test_network_alarm (ALARM_ID, 1, "pack-over-temperature", "粤B·00001D");

  sm_row_set_int (row, SM_ALARM_RAISED_AT, SM_TEST_NOW);
  sm_test_network_put_alarm (room->ops, row);
}

/* The list makes its rows a few a turn, and the network's own alarms come meanwhile; when all
 * of them are read anew the one that the service does not know goes. */
static gboolean
select_alarm (Room *room)
{
  SmFaultsPanel *faults = room->window->wall_page->faults;
  SmItem *selected;

  if (sm_live_set_find (SM_LIVE_SET (sm_ops_get_alarms (room->ops)), ALARM_ID) == NULL)
    put_alarm (room);
  sm_faults_panel_select (faults, ALARM_ID);
  selected = sm_faults_panel_get_selected (faults);
  return selected != NULL && sm_item_get_id (selected) == ALARM_ID;
}

static void
sign_in_as (Room       *room,
            const char *role,
            GStrv       permissions)
{
  SmPerson person = { .id = 1, .name = (char *) role, .display_name = (char *) role,
                      .role = (char *) role, .permissions = permissions };

  sm_ops_set_person (room->ops, &person);
  put_alarm (room);
  run_until (select_alarm (room));
  settle ();
}

/* Whether somebody could press what does that. */
static gboolean
can_press (GtkWidget  *widget,
           const char *action)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget))
    return FALSE;
  if (GTK_IS_ACTIONABLE (widget) && gtk_widget_is_sensitive (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (can_press (child, action))
      return TRUE;
  return FALSE;
}

static gboolean
may (GStrv       permissions,
     GStrv       needed)
{
  for (guint i = 0; needed[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) permissions, needed[i]))
      return TRUE;
  return FALSE;
}

/* A dialog or a popover that asks something.  Returns: (nullable) */
static GtkWidget *
find_question (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_question (child);
  return found;
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

static gboolean
came_of_it (Room      *room,
            GtkWidget *page)
{
  return find_question (page) != NULL || find_dialog () != NULL
         || g_list_model_get_n_items (sm_ops_get_pending (room->ops)) > 0;
}

/* As a key or a menu does it.  What is `expected` is waited for.
 * Returns: whether anything came of it */
static gboolean
does_something (Room       *room,
                const char *action,
                gboolean    expected)
{
  GtkWidget *page = GTK_WIDGET (sm_window_get_page (room->window));
  gboolean takes_id = g_str_has_suffix (action, ".acknowledge") || g_str_has_suffix (action, ".note");
  GtkWidget *popover, *dialog;
  gboolean done;

  if (expected)
    run_until (select_alarm (room));
  gtk_widget_activate_action (page, action, takes_id ? "x" : NULL, (gint64) ALARM_ID);
  if (expected)
    run_until (came_of_it (room, page));
  else
    settle ();
  done = came_of_it (room, page);
  popover = find_question (page);
  dialog = find_dialog ();
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  settle ();
  return done;
}

static gboolean
has_panel (Room *room)
{
  return sm_test_shows (GTK_WIDGET (room->window), "The site")
         && sm_test_shows (GTK_WIDGET (room->window), "Pack over-temperature");
}

static void
set_up (Room *room)
{
  static const char *const args[] = { "--simulate", "demo", "--seed", "1", SM_TEST_YOUNG, NULL };
  g_autofree char *cache = NULL, *state = NULL;

  room->roles = read_table (rights_path, "role ");
  room->acts = read_table (acts_path, "act ");
  room->service = sm_test_service_start (args);
  cache = g_build_filename (sm_test_service_get_folder (room->service), "cache", NULL);
  state = g_build_filename (sm_test_service_get_folder (room->service), "state", NULL);
  room->ops = sm_ops_new (sm_test_service_get_url (room->service), cache, state);
  room->window = sm_window_new (NULL, NULL);
  sm_window_set_ops (room->window, room->ops, sm_test_service_get_url (room->service));
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1600, 900);
  gtk_window_present (GTK_WINDOW (room->window));
  sm_ops_start (room->ops);
  run_until (sm_status_get_state (sm_ops_get_status (room->ops)) == SM_STATUS_LIVE);
  put_alarm (room);
  g_assert_true (sm_window_open_link (room->window, "stationmaster:station/SW4400001"));
  run_until (has_panel (room));
}

static void
tear_down (Room *room)
{
  sm_ops_stop (room->ops);
  gtk_window_destroy (GTK_WINDOW (room->window));
  settle ();
  g_object_unref (room->ops);
  sm_test_service_free (room->service);
  g_hash_table_unref (room->roles);
  g_hash_table_unref (room->acts);
}

/* Of each act that not everybody may do: there, and does something, exactly for who may. */
static void
check_wall (Room       *room,
            const char *role,
            GStrv       permissions)
{
  static const char *const with_buttons[] = { "wall.acknowledge", "wall.note", "wall.edit", NULL };
  GHashTableIter iter;
  gpointer name, needed;

  g_hash_table_iter_init (&iter, room->acts);
  while (g_hash_table_iter_next (&iter, &name, &needed))
    {
      gboolean allowed = may (permissions, needed);

      if (!g_str_has_prefix (name, "wall.") || g_str_equal (*(GStrv) needed, "anybody"))
        continue;
      g_test_message ("%s, %s: %s", role, (char *) name, allowed ? "may" : "may not");
      sign_in_as (room, role, permissions);
      if (g_strv_contains (with_buttons, name))
        run_until (can_press (GTK_WIDGET (room->window), name) == allowed);
      g_assert_cmpint (does_something (room, name, allowed), ==, allowed);
    }
}

/* The way to the tables, and with them to exports. */
static void
check_sections (Room       *room,
                const char *role,
                GStrv       permissions)
{
  for (guint i = 0; i < sm_n_sections; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (room->window->sidebar, (int) i);
      const char *needed = sm_sections[i].permission;
      gboolean allowed
          = needed == NULL || g_strv_contains ((const char *const *) permissions, needed);

      if (g_str_equal (sm_sections[i].name, SM_SECTION_DRILL))
        continue; /* none is played */
      g_test_message ("%s, %s", role, sm_sections[i].name);
      g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (row)), ==, allowed);
      if (allowed)
        continue;
      g_assert_true (sm_window_show_page (room->window, sm_sections[i].name));
      run_until (sm_test_shows (GTK_WIDGET (room->window), REFUSED));
      g_assert_cmpstr (gtk_stack_get_visible_child_name (room->window->pages), ==, "wall");
      gtk_widget_activate_action (GTK_WIDGET (room->window), "win.dismiss-link", NULL);
    }
}

/* What can be pressed on a wall: the banner's acknowledgement, by who may; nothing edits. */
static void
check_as_wall (Room       *room,
               const char *role,
               GStrv       permissions)
{
  static const char *const edits[]
      = { "wall.acknowledge", "wall.note", "wall.edit", "wall.acknowledge-selected",
          "wall.note-selected" };
  SmItem *alarm;

  sign_in_as (room, role, permissions);
  alarm = sm_live_set_find (SM_LIVE_SET (sm_ops_get_alarms (room->ops)), ALARM_ID);
  g_assert_nonnull (alarm);
  sm_window_show_worst (room->window, alarm, 0, 1);
  run_until (can_press (GTK_WIDGET (room->window), "win.acknowledge-worst")
             == g_strv_contains ((const char *const *) permissions, "alarm.acknowledge"));
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_test_message ("%s on a wall, %s", role, edits[i]);
      run_until (!can_press (GTK_WIDGET (room->window), edits[i]));
      g_assert_false (does_something (room, edits[i], FALSE));
    }
  sm_window_show_worst (room->window, NULL, 0, 0);
}

static void
each_role (Room *room,
           void (*check) (Room *, const char *, GStrv))
{
  GHashTableIter iter;
  gpointer role, permissions;

  g_hash_table_iter_init (&iter, room->roles);
  while (g_hash_table_iter_next (&iter, &role, &permissions))
    {
      sign_in_as (room, role, permissions);
      check (room, role, permissions);
      /* Nobody else was signed in meanwhile. */
      g_assert_cmpstr (sm_ops_get_person (room->ops), ==, role);
    }
}

/* A field that may not be changed is closed, with words. */
static void
check_dialog (Room *room)
{
  const char *only[] = { "network.read", "alarm.read", "station.contact", NULL };
  GtkWidget *dialog;

  sign_in_as (room, "caller", (GStrv) only);
  gtk_widget_activate_action (GTK_WIDGET (room->window->wall_page), "wall.edit", NULL);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  settle ();
  {
    GtkWidget *list = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
    GtkWidget *name = gtk_widget_get_first_child (list);
    GtkWidget *contact = gtk_widget_get_last_child (list);

    g_assert_false (gtk_widget_is_sensitive (name));
    g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (name), REFUSED));
    g_assert_true (gtk_widget_is_sensitive (contact));
  }
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_roles (void)
{
  Room room = { 0 };

  set_up (&room);
  each_role (&room, check_wall);
  check_dialog (&room);
  sm_window_set_is_wall (room.window, TRUE);
  each_role (&room, check_as_wall);
  sm_window_set_is_wall (room.window, FALSE);
  each_role (&room, check_sections);
  tear_down (&room);
}

static GtkWidget *
open_edit (Room *room)
{
  gtk_widget_activate_action (GTK_WIDGET (room->window->wall_page), "wall.edit", NULL);
  run_until (find_dialog () != NULL);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (find_dialog ())), ==,
                   "Name and contact");
  return find_dialog ();
}

static GtkEditable *
name_row (GtkWidget *dialog,
          guint      index)
{
  GtkWidget *row = gtk_widget_get_first_child (
      adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog)));

  for (guint i = 0; i < index; i++)
    row = gtk_widget_get_next_sibling (row);
  return GTK_EDITABLE (row);
}

static void
save_name (GtkWidget  *dialog,
           const char *name)
{
  gtk_editable_set_text (name_row (dialog, 0), name);
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save"));
  /* As Enter does it: once, and the dialog is gone. */
  g_signal_emit_by_name (name_row (dialog, 0), "entry-activated");
  g_assert_null (find_dialog ());
}

static guint
n_of (GListModel *list)
{
  return g_list_model_get_n_items (list);
}

/* It cannot be sent while it is wrong; what is strange, but a name, is taken letter by letter. */
static void
check_input (Room *room)
{
  g_autofree char *longest = g_strnfill (SM_MAX_NAME_CHARS, 'W');
  g_autofree char *too_long = g_strnfill (300, 'W');
  const struct
  {
    const char *name;
    gboolean is_good;
  } names[] = {
    { "", FALSE },      { "   ", FALSE },        { too_long, FALSE },
    { longest, TRUE }, { "<b>&amp;</b>", TRUE }, { "بوابة الميناء", TRUE },
    { "🚚🔋", TRUE },   { "100 %s %n", TRUE },
  };
  const char *strange = "<b>بوابة</b> & 🚚 %s";
  GtkWidget *dialog = open_edit (room);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gtk_editable_set_text (name_row (dialog, 0), names[i].name);
      gtk_editable_set_text (name_row (dialog, 1), names[i].name);
      g_assert_cmpint (
          adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "save"), ==,
          names[i].is_good);
    }
  save_name (dialog, strange);
  run_until (sm_test_shows (GTK_WIDGET (room->window), strange)
             && n_of (sm_ops_get_pending (room->ops)) == 0);
}

/* Another hand, at the service itself. */
static void
rename_there (Room       *room,
              const char *name)
{
  g_autofree char *token = sm_test_service_sign_in_demo (room->service);
  g_autofree char *path = g_strdup_printf (
      "/api/v1/stations/%" G_GINT64_FORMAT,
      sm_station_panel_get_id (room->window->wall_page->station_panel));
  g_autoptr (SmTestAnswer) before
      = sm_test_service_send (room->service, "GET", path, token, "", NULL);
  g_autofree char *headers
      = g_strdup_printf ("If-Match: %s\r\nIdempotency-Key: 019ff000-0000-7000-8000-0000000000%u\r\n"
                         "Content-Type: application/merge-patch+json\r\n",
                         sm_test_answer_header (before, "etag"), 10 + room->n_renamed++);
  g_autofree char *body = g_strdup_printf ("{\"name\":{\"en\":\"%s\"}}", name);
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (room->service, "PATCH", path, token, headers, body);

  g_assert_cmpuint (answer->status, ==, 200);
}

/* Somebody else changed it while the dialog was open: both are to be seen, and a person decides. */
static void
check_conflict (Room *room)
{
  g_autoptr (SmPending) conflict = NULL;
  g_autofree char *too_long = g_strnfill (300, 'W');
  GtkWidget *dialog = open_edit (room), *list;

  rename_there (room, "Their gate");
  save_name (dialog, "My gate");
  run_until (n_of (sm_ops_get_conflicts (room->ops)) == 1);
  g_assert_true (sm_window_open_link (room->window, "stationmaster:pending"));
  run_until (sm_test_shows (GTK_WIDGET (room->window), "My gate")
             && sm_test_shows (GTK_WIDGET (room->window), "Their gate")
             && sm_test_shows (GTK_WIDGET (room->window), "both changed it"));
  conflict = g_list_model_get_item (sm_ops_get_conflicts (room->ops), 0);
  gtk_widget_activate_action (GTK_WIDGET (sm_window_get_page (room->window)), "pending.merge", "s",
                              sm_pending_get_key (conflict));
  run_until (find_dialog () != NULL);
  dialog = find_dialog ();
  list = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_first_child (list)), too_long);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "yes"));
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_first_child (list)), "Our gate");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "yes");
  gtk_window_destroy (GTK_WINDOW (dialog));
  run_until (n_of (sm_ops_get_pending (room->ops)) == 0);
  g_assert_true (sm_window_open_link (room->window, "stationmaster:station/SW4400001"));
  run_until (sm_test_shows (GTK_WIDGET (room->window), "Our gate"));
}

/* Nobody answers: it is shown at once, and sent when somebody does. */
static void
check_offline (Room *room)
{
  sm_test_service_kill (room->service);
  save_name (open_edit (room), "Later");
  run_until (n_of (sm_ops_get_pending (room->ops)) == 1
             && sm_test_shows (GTK_WIDGET (room->window), "Later"));
  sm_test_service_restart (room->service);
  run_until (n_of (sm_ops_get_pending (room->ops)) == 0
             && sm_test_shows (GTK_WIDGET (room->window), "Later"));
}

static void
test_edit (void)
{
  Room room = { 0 };

  set_up (&room);
  check_input (&room);
  check_conflict (&room);
  check_offline (&room);
  tear_down (&room);
}

int
main (int   argc,
      char *argv[])
{
  g_assert_cmpint (argc, >, 2);
  rights_path = argv[1];
  acts_path = argv[2];
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/app/acts/only-what-a-role-may", test_roles);
  g_test_add_func ("/app/edit/wrong-strange-contested-offline", test_edit);
  return g_test_run ();
}
