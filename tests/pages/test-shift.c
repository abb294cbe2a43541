/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-desk-dialog.h"
#include "sm-edit.h"
#include "sm-handover-line.h"
#include "sm-link.h"
#include "sm-moment.h"
#include "sm-ops-desks.h"
#include "sm-ops-private.h"
#include "sm-shift-page.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <adwaita.h>

/* The page of a shift, from a network in memory, without a service. */

typedef struct
{
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Room;

static void
sign_in (Room       *room,
         const char *name,
         const char *permissions)
{
  SmPerson person = { .id = 1, .name = (char *) name, .display_name = (char *) name };
  g_auto (GStrv) list = g_strsplit (permissions, " ", -1);

  person.permissions = list;
  sm_ops_set_person (room->ops, &person);
}

static void
put (Room  *room,
     SmRow *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (SmSyncRef));

  g_ptr_array_add (rows, row);
  sm_ops_apply (room->ops, rows, gone);
}

/* @holder: (nullable) */
static void
put_desk (Room       *room,
          gint64      seq,
          const char *holder,
          gint64      away_since)
{
  SmRow *desk = sm_row_new (sm_noun_get (SM_NOUN_DESK));

  sm_row_set_int (desk, SM_ROW_ID, 1);
  sm_row_set_int (desk, SM_ROW_SEQ, seq);
  sm_row_set_int (desk, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_text (desk, SM_DESK_NAME, "{\"en\":\"Night desk\"}");
  sm_row_set_text (desk, SM_DESK_HOLDER, holder);
  sm_row_set_text (desk, SM_DESK_ANSWERS, holder != NULL ? holder : "root");
  sm_row_set_text (desk, SM_DESK_ANSWERS_AS, holder != NULL ? "holder" : "administrator");
  sm_row_set_int (desk, SM_DESK_ANSWERS_SINCE, SM_TEST_NOW);
  if (away_since != SM_UNKNOWN)
    sm_row_set_int (desk, SM_DESK_AWAY_SINCE, away_since);
  put (room, desk);
}

static void
put_handover (Room       *room,
              gint64      seq,
              const char *state)
{
  SmRow *handover = sm_row_new (sm_noun_get (SM_NOUN_HANDOVER));
  GString *text = g_string_new (NULL);
  SmHandoverLine line = { .section = (char *) "critical", .noun = (char *) "alarm", .id = 7,
                          .level = 1, .code = (char *) "pack-over-temperature",
                          .label = (char *) "A1 <b>", .at = SM_TEST_NOW };

  sm_handover_line_write (text, &line);
  sm_row_set_int (handover, SM_ROW_ID, 1);
  sm_row_set_int (handover, SM_ROW_SEQ, seq);
  sm_row_set_int (handover, SM_ROW_OPERATOR_ID, 1);
  sm_row_set_int (handover, SM_HANDOVER_DESK_ID, 1);
  sm_row_set_text (handover, SM_HANDOVER_STATE, state);
  sm_row_set_text (handover, SM_HANDOVER_FROM_PERSON, "ann");
  sm_row_set_text (handover, SM_HANDOVER_TO_PERSON, "bo");
  sm_row_set_int (handover, SM_HANDOVER_BEGUN_AT, SM_TEST_NOW);
  sm_row_set_int (handover, SM_HANDOVER_WRITTEN_AT, SM_TEST_NOW);
  sm_row_take_text (handover, SM_HANDOVER_SUMMARY, g_string_free (text, FALSE));
  sm_row_set_text (handover, SM_HANDOVER_NOTE, "keys are with the guard");
  put (room, handover);
}

static void
open_room (Room *room)
{
  room->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  sm_test_network_fill (room->ops, 2, 4, 2);
  sm_test_network_set_state (room->ops, SM_STATUS_LIVE);
  room->page = sm_shift_page_new (room->ops, NULL, "Shift");
  room->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1400, 800);
  gtk_window_set_child (GTK_WINDOW (room->window), room->page);
  gtk_window_present (GTK_WINDOW (room->window));
}

static void
close_room (Room *room)
{
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_clear_object (&room->ops);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The page looks once a second. */
static void
wait_for_button (Room       *room,
                 const char *action,
                 gboolean    is_on)
{
  GtkWidget *button = sm_test_find_button (room->page, action);
  gboolean timed_out = FALSE;
  guint id = g_timeout_add_seconds (10, timed_out_cb, &timed_out);

  g_assert_nonnull (button);
  while (gtk_widget_is_sensitive (button) != is_on && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  if (timed_out)
    g_error ("%s is not %s", action, is_on ? "on" : "off");
  g_source_remove (id);
  /* What is off says why. */
  g_assert_true (is_on == (g_object_get_data (G_OBJECT (button), "sm-tooltip") == NULL));
}

static void
wait_for_text (Room       *room,
               const char *text)
{
  gboolean timed_out = FALSE;
  guint id = g_timeout_add_seconds (10, timed_out_cb, &timed_out);

  while (!sm_test_shows (room->page, text) && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  if (timed_out)
    g_error ("“%s” does not show", text);
  g_source_remove (id);
}

#define ALL "alarm.read desk.sit handover.sign handover.note roster.edit desk.manage"

static void
test_desk (void)
{
  Room room;

  open_room (&room);
  sign_in (&room, "ann", ALL);
  put_desk (&room, 10, NULL, SM_UNKNOWN);
  wait_for_text (&room, "root");
  wait_for_button (&room, "shift.sit", TRUE);
  wait_for_button (&room, "shift.leave", FALSE);
  wait_for_button (&room, "shift.hand-over", FALSE);
  put_desk (&room, 11, "ann", SM_UNKNOWN);
  wait_for_button (&room, "shift.leave", TRUE);
  wait_for_button (&room, "shift.sit", FALSE);
  wait_for_button (&room, "shift.hand-over", TRUE);
  put_desk (&room, 12, "ann", SM_TEST_NOW);
  wait_for_button (&room, "shift.sit", TRUE);
  wait_for_text (&room, "The roster of the next 7 days has 1 gap.");
  /* What somebody else sits at is handed over, and not taken. */
  put_desk (&room, 13, "bo", SM_UNKNOWN);
  wait_for_button (&room, "shift.sit", FALSE);
  put_desk (&room, 14, "bo", SM_TEST_NOW);
  wait_for_button (&room, "shift.sit", TRUE);
  close_room (&room);
}

/* Who comes next is read in words, and so is what is covered beside it. */
static void
test_roster (void)
{
  SmRow *entry = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));
  SmRow *other = sm_row_new (sm_noun_get (SM_NOUN_DESK));
  Room room;

  open_room (&room);
  sm_row_set_int (entry, SM_ROW_ID, 1);
  sm_row_set_int (entry, SM_ROW_SEQ, 9);
  sm_row_set_int (entry, SM_ROSTER_ENTRY_DESK_ID, 1);
  sm_row_set_text (entry, SM_ROSTER_ENTRY_PERSON, "cy");
  sm_row_set_text (entry, SM_ROSTER_ENTRY_ROLE, "service_desk");
  sm_row_set_int (entry, SM_ROSTER_ENTRY_FROM_AT, G_MAXINT64 / 4);
  sm_row_set_int (entry, SM_ROSTER_ENTRY_TO_AT, G_MAXINT64 / 2);
  put (&room, entry);
  sm_row_set_int (other, SM_ROW_ID, 2);
  sm_row_set_int (other, SM_ROW_SEQ, 10);
  sm_row_set_text (other, SM_DESK_NAME, "{\"en\":\"Pack desk\"}");
  sm_row_set_int (other, SM_DESK_COVER_DESK_ID, 1);
  sm_row_set_text (other, SM_DESK_ANSWERS, "ann");
  sm_row_set_text (other, SM_DESK_ANSWERS_AS, "cover");
  put (&room, other);
  put_desk (&room, 11, "ann", SM_UNKNOWN);
  wait_for_text (&room, "cy · service desk");
  wait_for_text (&room, "It covers, as nobody is there: Pack desk");
  close_room (&room);
}

static SmRow *
entry_of (gint64      id,
          const char *person,
          gint64      from,
          gint64      to)
{
  SmRow *entry = sm_row_new (sm_noun_get (SM_NOUN_ROSTER_ENTRY));

  sm_row_set_int (entry, SM_ROW_ID, id);
  sm_row_set_int (entry, SM_ROW_SEQ, 20 + id);
  sm_row_set_int (entry, SM_ROSTER_ENTRY_DESK_ID, 1);
  sm_row_set_text (entry, SM_ROSTER_ENTRY_PERSON, person);
  sm_row_set_text (entry, SM_ROSTER_ENTRY_ROLE, "operator");
  sm_row_set_int (entry, SM_ROSTER_ENTRY_FROM_AT, from);
  sm_row_set_int (entry, SM_ROSTER_ENTRY_TO_AT, to);
  return entry;
}

static GtkWidget *
find_styled (GtkWidget  *widget,
             const char *css_class)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, css_class))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_styled (child, css_class);
  return found;
}

/* Whoever has the focus in the week is who is moved or taken off; a gap is where somebody
 * is added. */
static void
test_week (void)
{
  g_autoptr (SmLink) link = sm_link_parse ("stationmaster:week");
  g_autoptr (GDateTime) midnight = NULL;
  gint64 now, today;
  Room room;

  open_room (&room);
  sign_in (&room, "ann", ALL);
  put_desk (&room, 10, "ann", SM_UNKNOWN);
  now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (room.ops)));
  midnight = sm_moment_midnight (sm_status_get_zone (sm_ops_get_status (room.ops)), now);
  today = g_date_time_to_unix (midnight) * SM_SECOND;
  put (&room, entry_of (1, "cy", now - SM_HOUR, now + 3 * SM_HOUR));
  put (&room, entry_of (2, "ann", now + 5 * SM_HOUR, now + 9 * SM_HOUR));
  put (&room, entry_of (3, "bo", now - SM_DAY, today + SM_HOUR));
  g_assert_true (sm_page_show_link (SM_PAGE (room.page), link));
  wait_for_text (&room, "2 gaps in 7 days");
  wait_for_text (&room, "From today");
  wait_for_text (&room, "bo");
  /* What is left of a shift is too narrow for its hours. */
  run_until (!sm_test_shows (room.page, "–01:00"));
  wait_for_button (&room, "shift.move", FALSE);
  g_assert_true (gtk_widget_grab_focus (find_styled (room.page, "roster-shift")));
  wait_for_button (&room, "shift.move", TRUE);
  wait_for_button (&room, "shift.take-off", TRUE);
  g_assert_nonnull (find_styled (room.page, "mine"));
  g_assert_true (gtk_widget_grab_focus (find_styled (room.page, "roster-gap")));
  wait_for_button (&room, "shift.move", FALSE);
  wait_for_button (&room, "shift.add", TRUE);
  close_room (&room);
}

typedef struct
{
  gint64 id;
  gint64 seq;
  SmRow *wanted;
} Answered;

static void
answered_cb (GObject *user,
             gint64   desk_id,
             gint64   seen_seq,
             SmRow   *wanted)
{
  Answered *answered = g_object_get_data (user, "answered");

  answered->id = desk_id;
  answered->seq = seen_seq;
  answered->wanted = sm_row_ref (wanted);
}

/* What is not touched stays as it is, further languages too; all levels are no levels. */
static void
test_edit (void)
{
  g_autoptr (SmRow) desk = sm_row_new (sm_noun_get (SM_NOUN_DESK));
  g_autofree char *german = NULL;
  g_autofree char *english = NULL;
  Answered answered = { 0 };
  GtkWidget *dialog;
  Room room;

  open_room (&room);
  g_object_set_data (G_OBJECT (room.ops), "answered", &answered);
  sm_row_set_int (desk, SM_ROW_ID, 7);
  sm_row_set_int (desk, SM_ROW_SEQ, 70);
  sm_row_set_text (desk, SM_DESK_NAME, "{\"de\":\"Nacht\",\"en\":\"Night\"}");
  sm_row_set_text (desk, SM_DESK_KINDS, "vehicle battery");
  sm_row_set_text (desk, SM_DESK_LEVELS, "1 2");
  put_desk (&room, 10, "ann", SM_UNKNOWN);
  dialog = sm_desk_dialog_ask (room.page, room.ops, desk, answered_cb, room.ops);
  g_assert_true (sm_test_shows (dialog, "Change the desk"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  g_assert_nonnull (answered.wanted);
  g_assert_cmpint (answered.id, ==, 7);
  g_assert_cmpint (answered.seq, ==, 70);
  german = sm_row_dup_part (answered.wanted, "name/de");
  english = sm_row_dup_part (answered.wanted, "name/en");
  g_assert_cmpstr (german, ==, "Nacht");
  g_assert_cmpstr (english, ==, "Night");
  g_assert_cmpstr (sm_row_get_text (answered.wanted, SM_DESK_KINDS), ==, "vehicle battery");
  g_assert_cmpstr (sm_row_get_text (answered.wanted, SM_DESK_LEVELS), ==, "1 2");
  g_assert_true (sm_row_is_null (answered.wanted, SM_DESK_AREA_IDS));
  g_clear_pointer (&answered.wanted, sm_row_unref);
  gtk_window_destroy (GTK_WINDOW (dialog));
  /* One without a name cannot be made. */
  dialog = sm_desk_dialog_ask (room.page, room.ops, NULL, answered_cb, room.ops);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  close_room (&room);
}

static void
test_handover (void)
{
  Room room;

  open_room (&room);
  sign_in (&room, "ann", ALL);
  put_desk (&room, 10, "ann", SM_UNKNOWN);
  put_handover (&room, 11, "draft");
  wait_for_text (&room, "Handover: not signed");
  wait_for_text (&room, "keys are with the guard");
  wait_for_text (&room, "A1 <b>");
  wait_for_button (&room, "shift.sign", TRUE);
  wait_for_button (&room, "shift.hand-over", FALSE);
  put_handover (&room, 12, "given");
  wait_for_button (&room, "shift.sign", FALSE);
  sign_in (&room, "bo", ALL);
  wait_for_button (&room, "shift.sign", TRUE);
  put_handover (&room, 13, "taken");
  wait_for_button (&room, "shift.sign", FALSE);
  wait_for_button (&room, "shift.note", FALSE);
  close_room (&room);
}

/* Without a service only the note can be written; without the right nothing. */
static void
test_refused (void)
{
  static const char *const actions[] = { "shift.sit", "shift.leave", "shift.hand-over",
                                         "shift.sign", "shift.note", "shift.withdraw",
                                         "shift.add", "shift.take-off", "shift.move",
                                         "shift.make-desk", "shift.edit-desk",
                                         "shift.close-desk" };
  Room room;

  open_room (&room);
  sign_in (&room, "ann", ALL);
  put_desk (&room, 10, "ann", SM_UNKNOWN);
  put_handover (&room, 11, "draft");
  wait_for_button (&room, "shift.note", TRUE);
  wait_for_button (&room, "shift.add", TRUE);
  sm_test_network_set_state (room.ops, SM_STATUS_OFFLINE);
  wait_for_button (&room, "shift.add", FALSE);
  wait_for_button (&room, "shift.sign", FALSE);
  wait_for_button (&room, "shift.note", TRUE);
  sm_test_network_set_state (room.ops, SM_STATUS_LIVE);
  sign_in (&room, "ann", "alarm.read");
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    wait_for_button (&room, actions[i], FALSE);
  close_room (&room);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/shift/a-desk-and-what-can-be-done", test_desk);
  g_test_add_func ("/pages/shift/the-roster-in-words", test_roster);
  g_test_add_func ("/pages/shift/the-roster-as-a-week", test_week);
  g_test_add_func ("/pages/shift/a-desk-is-changed-in-part", test_edit);
  g_test_add_func ("/pages/shift/a-handover-is-read-and-signed", test_handover);
  g_test_add_func ("/pages/shift/what-is-off-says-why", test_refused);
  return g_test_run ();
}
