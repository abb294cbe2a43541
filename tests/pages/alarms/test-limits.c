/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-limits-page.h"
#include "sm-ops-private.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"

#include <adwaita.h>

/* The page of limits, from a network in memory, without a service. */

typedef struct
{
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Room;

static void
sign_in (Room       *room,
         const char *permissions)
{
  SmPerson person = { .id = 1, .name = (char *) "ann", .display_name = (char *) "Ann" };
  g_auto (GStrv) list = g_strsplit (permissions, " ", -1);

  person.permissions = list;
  sm_ops_set_person (room->ops, &person);
}

static void
put_limit (Room *room)
{
  SmRow *limit = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (SmSyncRef));

  sm_row_set_int (limit, SM_ROW_ID, 1);
  sm_row_set_int (limit, SM_ROW_SEQ, 3);
  sm_row_set_text (limit, SM_LIMIT_CODE, "pack-over-temperature/1");
  sm_row_set_text (limit, SM_LIMIT_NOUN, "vehicle");
  sm_row_set_text (limit, SM_LIMIT_FIELD, "pack_temperature_c");
  sm_row_set_text (limit, SM_LIMIT_DIRECTION, "above");
  sm_row_set_real (limit, SM_LIMIT_RAISE_AT, 70);
  sm_row_set_real (limit, SM_LIMIT_CLEAR_AT, 65);
  sm_row_set_real (limit, SM_LIMIT_DELAY_S, 5);
  sm_row_set_int (limit, SM_LIMIT_LEVEL, 1);
  sm_row_set_int (limit, SM_LIMIT_ENABLED, 1);
  g_ptr_array_add (rows, limit);
  sm_ops_apply (room->ops, rows, gone);
}

static void
open_room (Room       *room,
           const char *permissions)
{
  room->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  sm_test_network_fill (room->ops, 2, 4, 2);
  sm_test_network_set_state (room->ops, SM_STATUS_LIVE);
  sign_in (room, permissions);
  put_limit (room);
  room->page = sm_limits_page_new (room->ops, NULL, "Limits");
  room->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1400, 800);
  gtk_window_set_child (GTK_WINDOW (room->window), room->page);
  gtk_window_present (GTK_WINDOW (room->window));
  run_until (sm_test_shows (room->page, "Pack over-temperature"));
  run_until (sm_table_select (sm_limits_page_get_table (SM_LIMITS_PAGE (room->page)), 1));
}

static void
close_room (Room *room)
{
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_clear_object (&room->ops);
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

static GtkWidget *
find_entry (GtkWidget  *widget,
            const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ENTRY_ROW (widget)
      && g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, title);
  return found;
}

static void
type (AdwMessageDialog *dialog,
      const char       *title,
      const char       *text)
{
  GtkWidget *entry = find_entry (GTK_WIDGET (dialog), title);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* No change without a reason and what can go wrong, nor to what is no number. */
static void
test_changed_with_reason (void)
{
  AdwMessageDialog *dialog;
  Room room;

  open_room (&room, "network.read alarm.read limit.change");
  g_assert_true (gtk_widget_activate_action (room.page, "limits.change", NULL));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_true (sm_test_shows (GTK_WIDGET (dialog), "stays in the audit"));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  type (dialog, "Proposed value", "68");
  type (dialog, "Reason", "Three packs went bad below 70");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  type (dialog, "What can go wrong", "More alarms in July; looked at again in a week");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "do"));
  type (dialog, "Proposed value", "hot");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "do"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  close_room (&room);
}

/* Whoever may not change it may ask what it would be; the button is off. */
static void
test_told_to_others (void)
{
  AdwMessageDialog *dialog;
  Room room;

  open_room (&room, "network.read alarm.read");
  gtk_widget_activate_action (room.page, "limits.change", NULL);
  g_assert_null (find_dialog ());
  g_signal_emit_by_name (sm_limits_page_get_table (SM_LIMITS_PAGE (room.page)), "activated",
                         sm_table_get_selected (sm_limits_page_get_table (SM_LIMITS_PAGE (room.page))));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_true (sm_test_shows (GTK_WIDGET (dialog), "Nothing is changed here."));
  g_assert_null (find_entry (GTK_WIDGET (dialog), "Reason"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  close_room (&room);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/limits/changed-with-reason", test_changed_with_reason);
  g_test_add_func ("/pages/limits/told-to-others", test_told_to_others);
  return g_test_run ();
}
