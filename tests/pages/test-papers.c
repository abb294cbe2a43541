/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-live-set.h"
#include "sm-moment.h"
#include "sm-ops-papers.h"
#include "sm-ops-private.h"
#include "sm-paper-form.h"
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

static SmRow *wanted;

static void
answer_cb (GObject *user, const SmRow *seen, SmRow *row)
{
  g_clear_pointer (&wanted, sm_row_unref);
  wanted = sm_row_ref (row);
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
  g_test_add_func ("/pages/papers/fill", test_fill);
  g_test_add_func ("/pages/papers/new", test_new);
  g_test_add_func ("/pages/papers/moment", test_moment);
  return g_test_run ();
}
