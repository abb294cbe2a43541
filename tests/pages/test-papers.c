/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-contact-test.h"
#include "sm-directory-private.h"
#include "sm-live-set.h"
#include "sm-moment.h"
#include "sm-ops-papers.h"
#include "sm-ops-private.h"
#include "sm-paper-acts.h"
#include "sm-paper-form.h"
#include "sm-paper-lists.h"
#include "sm-papers-page.h"
#include "sm-style.h"
#include "sm-table.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"
#include "sm-time.h"

#include <adwaita.h>

/* Inspections, safety incidents and certificates, from rows as the feed brings them. */

typedef struct
{
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
  gint64 now;
} Room;

static void
put (Room *room, SmRow *row)
{
  SmNounId noun = sm_row_get_noun (row)->id;

  sm_live_set_put (SM_LIVE_SET (sm_ops_get_papers (room->ops, noun)), row);
  sm_row_unref (row);
}

static SmRow *
inspection_new (Room *room)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_INSPECTION));

  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_int (row, SM_ROW_SEQ, 7);
  sm_row_set_text (row, SM_INSPECTION_NUMBER, "IN000001");
  sm_row_set_int (row, SM_INSPECTION_STATION_ID, 4);
  sm_row_set_text (row, SM_INSPECTION_TEMPLATE, "swap_station");
  sm_row_set_text (row, SM_INSPECTION_STATE, "planned");
  sm_row_set_int (row, SM_INSPECTION_PLANNED_AT, room->now);
  sm_row_set_text (row, SM_INSPECTION_PLANNED_BY, "mia");
  sm_row_set_text (row, SM_INSPECTION_SHINE_SCORE, "poor");
  sm_row_set_text (row, SM_INSPECTION_SHINE_NOTE, "oil <b>everywhere</b>");
  return row;
}

static void
put_certificate (Room *room, gint64 id, gint64 expires_at)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CERTIFICATE));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_CERTIFICATE_ENGINEER_ID, 4);
  sm_row_set_text (row, SM_CERTIFICATE_KIND, "high_voltage");
  sm_row_set_int (row, SM_CERTIFICATE_EXPIRES_AT, expires_at);
  put (room, row);
}

static Room *
room_new (void)
{
  Room *room = g_new0 (Room, 1);

  room->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  room->now = sm_clock_now (sm_status_get_clock (sm_ops_get_status (room->ops)));
  room->page = sm_papers_page_new (room->ops, NULL, "Inspections");
  room->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1500, 800);
  gtk_window_set_child (GTK_WINDOW (room->window), room->page);
  gtk_window_present (GTK_WINDOW (room->window));
  run_until (gtk_widget_get_mapped (room->page));
  return room;
}

static void
room_free (Room *room)
{
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_object_unref (room->ops);
  g_free (room);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Room, room_free)

static void
sign_in_as (Room *room, const char *name, const char *first, const char *second)
{
  const char *may[] = { "work_order.read", "staff.read", first, second, NULL };
  SmPerson person = { .id = 1, .name = (char *) name, .display_name = (char *) name,
                      .role = (char *) "manager", .permissions = (GStrv) may };

  sm_ops_set_person (room->ops, &person);
}

static GtkWidget *
find (GtkWidget *widget, GType type, const char *action)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_child_visible (widget))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type)
      && (action == NULL
          || g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, action);
  return found;
}

static GtkWidget *
find_titled (GtkWidget *widget, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_PREFERENCES_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_titled (child, title);
  return found;
}

static gboolean
can_press (Room *room, const char *action)
{
  GtkWidget *button = find (room->page, GTK_TYPE_BUTTON, action);

  return button != NULL && gtk_widget_get_visible (button) && gtk_widget_is_sensitive (button);
}

static gboolean
choose (Room *room, gint64 id)
{
  return sm_table_select (SM_TABLE (find (room->page, SM_TYPE_TABLE, NULL)), id);
}

static void
show (Room *room, const char *text)
{
  g_autoptr (SmLink) link = sm_link_parse (text);

  g_assert_true (sm_page_show_link (SM_PAGE (room->page), link));
}

/* What is chosen is shown as text; certificates that end soon are pointed out. */
static void
test_shows_all (void)
{
  g_autoptr (Room) room = room_new ();

  sign_in_as (room, "max", NULL, NULL);
  put (room, inspection_new (room));
  put_certificate (room, 1, room->now - SM_DAY);
  put_certificate (room, 2, room->now + 9 * SM_DAY + SM_HOUR);
  put_certificate (room, 3, room->now + 99 * SM_DAY);
  run_until (choose (room, 1) && sm_test_shows (room->page, "poor · oil <b>everywhere</b>"));
  run_until (sm_test_shows (room->page, "2 certificates have expired or end within 30 days."));
  show (room, "stationmaster:certificates");
  run_until (choose (room, 2) && sm_test_shows (room->page, "⚠ ends in 9 days"));
  run_until (choose (room, 1) && sm_test_shows (room->page, "⚠ expired"));
}

/* What can be pressed, by right and by how far it is; the service is away. */
static void
test_acts (void)
{
  g_autoptr (Room) room = room_new ();
  SmRow *row = inspection_new (room);
  static const guint scores[] = { SM_INSPECTION_SORT_SCORE, SM_INSPECTION_SET_IN_ORDER_SCORE,
                                  SM_INSPECTION_STANDARDISE_SCORE, SM_INSPECTION_SUSTAIN_SCORE,
                                  SM_INSPECTION_SAFETY_SCORE };

  put (room, inspection_new (room));
  sign_in_as (room, "ed", "inspection.work", NULL);
  run_until (choose (room, 1) && can_press (room, "papers.fill"));
  g_assert_false (can_press (room, "papers.close"));
  g_assert_false (can_press (room, "papers.add"));
  g_assert_false (can_press (room, "papers.call-off"));
  for (gsize i = 0; i < G_N_ELEMENTS (scores); i++)
    sm_row_set_text (row, scores[i], "good");
  put (room, row);
  run_until (can_press (room, "papers.close"));
  sign_in_as (room, "mia", "inspection.plan", "inspection.work");
  run_until (can_press (room, "papers.call-off"));
  sign_in_as (room, "olga", NULL, NULL);
  run_until (!can_press (room, "papers.fill") && !can_press (room, "papers.close"));
}

static SmRow *
problem_new (const char *solved_by)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PROBLEM_RECORD));

  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_int (row, SM_ROW_SEQ, 7);
  sm_row_set_text (row, SM_PROBLEM_NUMBER, "PR00001");
  sm_row_set_text (row, SM_PROBLEM_STATE, "open");
  sm_row_set_text (row, SM_PROBLEM_CODE, "camera-fault");
  sm_row_set_text (row, SM_PROBLEM_TARGET_LABEL, "camera <1>");
  sm_row_set_int (row, SM_PROBLEM_ORDERS, 3);
  sm_row_set_text (row, SM_PROBLEM_CAUSE, "water");
  if (solved_by == NULL)
    return row;
  sm_row_set_text (row, SM_PROBLEM_SOLUTION, "a roof");
  sm_row_set_text (row, SM_PROBLEM_SOLVED_BY, solved_by);
  return row;
}

/* Nobody makes one; who wrote down what was done does not confirm that it helped. */
static void
test_problem (void)
{
  g_autoptr (Room) room = room_new ();

  sign_in_as (room, "mia", "problem.solve", NULL);
  show (room, "stationmaster:problems");
  put (room, problem_new (NULL));
  run_until (choose (room, 1) && can_press (room, "papers.fill"));
  run_until (sm_test_shows (room->page, "camera <1>"));
  g_assert_false (can_press (room, "papers.close"));
  g_assert_false (can_press (room, "papers.add"));
  g_assert_false (can_press (room, "papers.call-off"));
  put (room, problem_new ("mia"));
  run_until (sm_test_shows (room->page, "a roof"));
  g_assert_false (can_press (room, "papers.close"));
  put (room, problem_new ("max"));
  run_until (can_press (room, "papers.close"));
  sign_in_as (room, "olga", NULL, NULL);
  run_until (!can_press (room, "papers.fill") && !can_press (room, "papers.close"));
}

static SmRow *
contact_new (const char *sms)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CONTACT));

  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_text (row, SM_CONTACT_PERSON, "li <b>");
  sm_row_set_text (row, SM_CONTACT_LANGUAGE, "zh-CN");
  sm_row_set_text (row, SM_CONTACT_SMS, sms);
  return row;
}

/* Who may try it, where there is anything to try; what goes wrong is said beside it. */
static void
test_contact (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) contact = contact_new ("+86 ****0001");
  GtkWidget *dialog;
  GtkWidget *button;

  sign_in_as (room, "mia", "alarm.read", "notification.test");
  show (room, "stationmaster:contacts");
  put (room, contact_new (NULL));
  run_until (choose (room, 1) && !can_press (room, "papers.test"));
  put (room, contact_new ("+86 ****0001"));
  run_until (can_press (room, "papers.test"));
  dialog = sm_contact_test_open (room->page, room->ops, contact);
  run_until (sm_test_shows (dialog, "+86 ****0001 · Not tried yet"));
  g_assert_true (sm_test_shows (dialog, "Is li <b> reached?"));
  button = find (find (dialog, ADW_TYPE_ACTION_ROW, NULL), GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (button, "clicked");
  run_until (!sm_test_shows (dialog, "Not tried yet"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_destroy (GTK_WINDOW (dialog));
  sign_in_as (room, "olga", "alarm.read", NULL);
  run_until (!can_press (room, "papers.test"));
}

static SmRow *wanted;

static void
answer_cb (GObject *user, const SmRow *seen, SmRow *row)
{
  g_clear_pointer (&wanted, sm_row_unref);
  wanted = sm_row_ref (row);
}

static SmRow *
complaint_new (Room *room, const char *state)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_COMPLAINT));

  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_int (row, SM_ROW_SEQ, 7);
  sm_row_set_text (row, SM_COMPLAINT_NUMBER, "CP000001");
  sm_row_set_int (row, SM_COMPLAINT_STATION_ID, 4);
  sm_row_set_text (row, SM_COMPLAINT_COMPLAINANT, "Wang <b>");
  sm_row_set_text (row, SM_COMPLAINT_TEXT, "waited for forty minutes");
  sm_row_set_text (row, SM_COMPLAINT_STATE, state);
  sm_row_set_int (row, SM_COMPLAINT_RECEIVED_AT, room->now - 25 * SM_HOUR);
  sm_row_set_text (row, SM_COMPLAINT_RECEIVED_BY, "sue");
  return row;
}

static gboolean
has_entry (GtkWidget *widget, const char *text)
{
  gboolean has = GTK_IS_EDITABLE (widget)
                 && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (widget)), text) == 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !has;
       child = gtk_widget_get_next_sibling (child))
    has = has_entry (child, text);
  return has;
}

/* Received by one, decided by another; also while the service is away; and decided once. */
static void
test_complaint (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) first = sm_row_new (sm_noun_get (SM_NOUN_COMPLAINT));
  GtkWidget *form;

  sign_in_as (room, "mia", "complaint.receive", "complaint.decide");
  show (room, "stationmaster:complaints");
  put (room, complaint_new (room, "received"));
  run_until (choose (room, 1) && sm_test_shows (room->page, "⚠ waits for more than a day"));
  run_until (sm_test_shows (room->page, "Wang <b>"));
  run_until (can_press (room, "papers.close") && can_press (room, "papers.call-off"));
  put (room, complaint_new (room, "upheld"));
  run_until (!can_press (room, "papers.close") && !can_press (room, "papers.call-off")
             && !can_press (room, "papers.fill"));
  form = sm_paper_form_ask (room->page, room->ops, sm_paper_get (SM_NOUN_COMPLAINT), NULL,
                            "Receive a complaint", answer_cb, room->page);
  run_until (sm_test_shows (form, "Type the name or number of a station."));
  sm_row_set_text (first, SM_COMPLAINT_ORDER_NUMBER, "WO000012");
  sm_paper_form_fill (form, first);
  g_assert_true (has_entry (form, "WO000012"));
  gtk_window_destroy (GTK_WINDOW (form));
  sign_in_as (room, "sue", "complaint.receive", NULL);
  run_until (!can_press (room, "papers.fill") && !can_press (room, "papers.close"));
}

/* Where each part lies, and of which there are too few; a count is asked for as what it was. */
static void
test_part (void)
{
  g_autoptr (Room) room = room_new ();
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_PART));
  GtkWidget *form;

  sm_row_set_int (row, SM_ROW_ID, 1);
  sm_row_set_int (row, SM_ROW_SEQ, 7);
  sm_row_set_text (row, SM_PART_CODE, "SR-LOCK-01");
  sm_row_take_text (row, SM_PART_NAME, sm_name_new ("Pin <b>", NULL));
  sm_row_set_int (row, SM_PART_ENGINEER_ID, 4);
  sm_row_set_int (row, SM_PART_QUANTITY, 37);
  sm_row_set_int (row, SM_PART_MINIMUM, 58);
  for (guint i = 0; i < sm_part_list.n_columns; i++)
    if (sm_part_list.columns[i].field == SM_PART_QUANTITY)
      g_assert_true (sm_table_column_is_number (&sm_part_list.columns[i], sm_row_get_noun (row)));
  sign_in_as (room, "mia", "part.count", NULL);
  show (room, "stationmaster:parts");
  sm_row_ref (row);
  put (room, row);
  run_until (choose (room, 1) && sm_test_shows (room->page, "⚠ 37")
             && sm_test_shows (room->page, "Pin <b>"));
  run_until (can_press (room, "papers.fill") && !can_press (room, "papers.close"));
  form = sm_paper_form_ask (room->page, room->ops, sm_paper_get (SM_NOUN_PART), row, "Count parts",
                            answer_cb, room->page);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (form, ADW_TYPE_ENTRY_ROW, NULL))), ==,
                   "37");
  gtk_window_destroy (GTK_WINDOW (form));
  sm_row_unref (row);
}

/* What is to be looked at stands beside each score; what is said is said of each alone. */
static void
test_fill (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) seen = inspection_new (room);
  GtkWidget *dialog
      = sm_paper_form_ask (room->page, room->ops, sm_paper_get (SM_NOUN_INSPECTION), seen,
                           "Go through a station", answer_cb, room->page);
  GtkWidget *first = find (dialog, ADW_TYPE_COMBO_ROW, NULL);

  run_until (sm_test_shows (dialog, "Lanes, rails, cabinets and filters are clean and dry"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (first), 2);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpstr (sm_row_get_text (wanted, SM_INSPECTION_SORT_SCORE), ==, "good");
  g_assert_cmpstr (sm_row_get_text (wanted, SM_INSPECTION_SHINE_NOTE), ==,
                   "oil <b>everywhere</b>");
  g_assert_true (sm_row_is_null (wanted, SM_INSPECTION_SAFETY_SCORE));
  g_clear_pointer (&wanted, sm_row_unref);
}

/* How often is said where it is planned, and where it is gone through by who plans. */
static void
test_again (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) seen = inspection_new (room);
  const SmPaper *paper = sm_paper_get (SM_NOUN_INSPECTION);
  GtkWidget *dialog, *field;

  sm_row_set_int (seen, SM_INSPECTION_EVERY_DAYS, 30);
  sign_in_as (room, "ed", "inspection.work", NULL);
  dialog = sm_paper_form_ask (room->page, room->ops, paper, seen, "Fill", answer_cb, room->page);
  g_assert_null (find_titled (dialog, "Again after so many days"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  g_assert_cmpint (sm_row_get_int (wanted, SM_INSPECTION_EVERY_DAYS), ==, 30);
  gtk_window_destroy (GTK_WINDOW (dialog));
  sign_in_as (room, "mia", "inspection.plan", "inspection.work");
  dialog = sm_paper_form_ask (room->page, room->ops, paper, seen, "Fill", answer_cb, room->page);
  field = find_titled (dialog, "Again after so many days");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (field)), ==, "30");
  gtk_editable_set_text (GTK_EDITABLE (field), "soon");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_editable_set_text (GTK_EDITABLE (field), "14");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpint (sm_row_get_int (wanted, SM_INSPECTION_EVERY_DAYS), ==, 14);
  g_clear_pointer (&wanted, sm_row_unref);
  put (room, sm_row_ref (seen));
  run_until (choose (room, 1) && sm_test_shows (room->page, "30\u00a0d"));
  dialog = sm_paper_form_ask (room->page, room->ops, paper, NULL, "Plan", answer_cb, room->page);
  g_assert_nonnull (find_titled (dialog, "Again after so many days"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean is_over;

static void
ended_cb (GObject *user, SmRow *row, const char *reason, gboolean ends_series)
{
  g_assert_cmpstr (reason, ==, "closed for good");
  is_over = ends_series;
}

static gboolean
call_off (Room *room, SmRow *row, gboolean ends_series)
{
  GtkWidget *dialog = sm_paper_ask_to_end (room->page, row, ended_cb);
  GtkWidget *over = find (dialog, GTK_TYPE_SWITCH, NULL);

  g_assert_cmpint (over != NULL, ==, !sm_row_is_null (row, SM_INSPECTION_EVERY_DAYS));
  if (over != NULL)
    {
      run_until (sm_test_shows (dialog, "Otherwise the next one is planned for 30 days later."));
      g_assert_false (gtk_switch_get_active (GTK_SWITCH (over)));
      gtk_switch_set_active (GTK_SWITCH (over), ends_series);
    }
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW, NULL)),
                         "closed for good");
  is_over = FALSE;
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  return is_over;
}

/* A series ends where somebody empties how often, or says so who calls one off; not by itself. */
static void
test_series_ends (void)
{
  g_autoptr (Room) room = room_new ();
  g_autoptr (SmRow) seen = inspection_new (room);
  GtkWidget *dialog, *field;

  g_assert_false (call_off (room, seen, TRUE));
  sm_row_set_int (seen, SM_INSPECTION_EVERY_DAYS, 30);
  g_assert_false (call_off (room, seen, FALSE));
  g_assert_true (call_off (room, seen, TRUE));
  sign_in_as (room, "mia", "inspection.plan", "inspection.work");
  dialog = sm_paper_form_ask (room->page, room->ops, sm_paper_get (SM_NOUN_INSPECTION), seen,
                              "Fill", answer_cb, room->page);
  field = find_titled (dialog, "Again after so many days");
  gtk_editable_set_text (GTK_EDITABLE (field), "367");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  gtk_editable_set_text (GTK_EDITABLE (field), "");
  run_until (sm_test_shows (dialog, "No further one is planned after it."));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "do");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_true (sm_row_is_null (wanted, SM_INSPECTION_EVERY_DAYS));
  g_clear_pointer (&wanted, sm_row_unref);
}

/* --- templates from files --- */

static void
put_template (Room *room, gint64 id, gboolean is_removed)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_CHECKLIST));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_text (row, SM_CHECKLIST_NAME, is_removed ? "Old <b>room</b>" : "Battery room");
  sm_row_set_text (row, SM_CHECKLIST_NAME_ZH, "电池间");
  sm_row_set_text (row, SM_CHECKLIST_STATION_KIND, "swap");
  for (guint i = SM_CHECKLIST_SORT; i <= SM_CHECKLIST_SAFETY_ZH; i++)
    sm_row_set_text (row, i, "dry\ncool & dark");
  if (is_removed)
    sm_row_set_int (row, SM_CHECKLIST_REMOVED_AT, room->now);
  g_ptr_array_add (rows, row);
  sm_directory_apply (sm_ops_get_directory (room->ops), rows);
}

/* What is there can be chosen; what was removed is still shown where it was asked by. */
static void
test_template (void)
{
  g_autoptr (Room) room = room_new ();
  GtkWidget *dialog, *choice;
  SmRow *asked = inspection_new (room);
  GListModel *words;

  put_template (room, 1, TRUE);
  put_template (room, 2, FALSE);
  dialog = sm_paper_form_ask (room->page, room->ops, sm_paper_get (SM_NOUN_INSPECTION), NULL, "Plan",
                              answer_cb, room->page);
  choice = find (dialog, ADW_TYPE_COMBO_ROW, NULL);
  words = adw_combo_row_get_model (ADW_COMBO_ROW (choice));
  g_assert_cmpuint (g_list_model_get_n_items (words), ==, 3);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (words), 2), ==,
                   "Battery room · swap station");
  gtk_window_destroy (GTK_WINDOW (dialog));
  sign_in_as (room, "ed", "inspection.work", NULL);
  sm_row_set_text (asked, SM_INSPECTION_TEMPLATE, "own");
  sm_row_set_int (asked, SM_INSPECTION_TEMPLATE_ID, 1);
  put (room, sm_row_ref (asked));
  run_until (choose (room, 1) && sm_test_shows (room->page, "Old <b>room</b>"));
  dialog = sm_paper_form_ask (room->page, room->ops, sm_paper_get (SM_NOUN_INSPECTION), asked,
                              "Fill", answer_cb, room->page);
  run_until (sm_test_shows (dialog, "dry\ncool & dark"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  sm_row_unref (asked);
}

/* Nothing goes without what it needs. */
static void
test_new (void)
{
  g_autoptr (Room) room = room_new ();
  GtkWidget *dialog
      = sm_paper_form_ask (room->page, room->ops, sm_paper_get (SM_NOUN_SAFETY_INCIDENT), NULL,
                           "Report", answer_cb, room->page);

  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "do"));
  run_until (sm_test_shows (dialog, "Type the name or number of a station."));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_moment (void)
{
  gint64 at = 0;

  g_assert_true (sm_moment_parse (NULL, " 2025-06-15 15:06 ", &at));
  g_assert_cmpint (at, ==, G_GINT64_CONSTANT (1749999960) * SM_SECOND);
  g_assert_true (sm_moment_parse (NULL, "2025-06-15", &at));
  g_assert_cmpint (at, ==, G_GINT64_CONSTANT (1749945600) * SM_SECOND);
  g_assert_false (sm_moment_parse (NULL, "2025-13-15 15:06", &at));
  g_assert_false (sm_moment_parse (NULL, "2025-06-15 15", &at));
  g_assert_false (sm_moment_parse (NULL, "2025-06-15 15:06 or so", &at));
  g_assert_false (sm_moment_parse (NULL, "tomorrow", &at));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/papers/shows-all", test_shows_all);
  g_test_add_func ("/pages/papers/acts", test_acts);
  g_test_add_func ("/pages/papers/problem", test_problem);
  g_test_add_func ("/pages/papers/contact", test_contact);
  g_test_add_func ("/pages/papers/complaint", test_complaint);
  g_test_add_func ("/pages/papers/part", test_part);
  g_test_add_func ("/pages/papers/fill", test_fill);
  g_test_add_func ("/pages/papers/again", test_again);
  g_test_add_func ("/pages/papers/series-ends", test_series_ends);
  g_test_add_func ("/pages/papers/template", test_template);
  g_test_add_func ("/pages/papers/new", test_new);
  g_test_add_func ("/pages/papers/moment", test_moment);
  return g_test_run ();
}
