/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-acts.h"
#include "sm-live-set.h"
#include "sm-ops-private.h"
#include "sm-pending-page.h"
#include "sm-style.h"
#include "sm-test-shows.h"
#include "sm-time.h"

#include <adwaita.h>

/* The page of what is pending, from acts as the outbox has them, without a service. */

#define CONFLICT_KEY "k1"

static SmRow *
make_row (SmNounId noun,
          gint64   id)
{
  SmRow *row = sm_row_new (sm_noun_get (noun));

  sm_row_set_int (row, SM_ROW_ID, id);
  sm_row_set_int (row, SM_ROW_SEQ, 10);
  return row;
}

static SmAct *
make_edit (const char *key,
           gint64      id)
{
  g_autoptr (SmRow) row = make_row (SM_NOUN_STATION, id);
  GPtrArray *edits = sm_edits_new ();
  SmAct *act;

  sm_edits_add (edits, "name/en", "Old gate", "My <b>gate</b>");
  act = sm_act_new_edit (row, SM_VERB_EDIT, edits, 1793252000000000);
  g_free (act->key);
  act->key = g_strdup (key);
  act->object_name = g_strdup ("{\"en\":\"Harbour\"}");
  act->person_name = g_strdup ("Ann");
  act->network_name = g_strdup ("Other network");
  return act;
}

static SmAct *
make_conflict (const char *key,
               gint64      id)
{
  SmAct *act = make_edit (key, id);
  g_autoptr (SmRow) theirs = make_row (SM_NOUN_STATION, id);

  sm_row_set_text (theirs, SM_STATION_NAME, "{\"en\":\"Their gate\"}");
  sm_edits_take_theirs (act->changes, theirs);
  act->theirs_seq = 11;
  act->state = SM_ACT_CONFLICT;
  act->problem = g_strdup ("row-changed");
  return act;
}

static void
tell (SmOps *ops,
      SmAct *here,
      SmAct *further,
      SmAct *elsewhere)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_act_free);

  if (here != NULL)
    g_ptr_array_add (acts, here);
  if (further != NULL)
    g_ptr_array_add (acts, further);
  if (elsewhere != NULL)
    g_ptr_array_add (others, elsewhere);
  sm_ops_take_acts (ops, acts, others);
}

/* A button that cannot be pressed has no action. */
static GtkWidget *
find_labelled (GtkWidget  *widget,
               const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_labelled (child, label);
  return found;
}

static GtkWidget *
present (GtkWidget *page)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 800);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (page))
    g_main_context_iteration (NULL, TRUE);
  return window;
}

static gboolean
timed_out_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_to_show (GtkWidget  *page,
              const char *text)
{
  gboolean timed_out = FALSE;
  guint id = g_timeout_add_seconds (20, timed_out_cb, &timed_out);

  while (!sm_test_shows (page, text) && !timed_out)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sm_test_shows (page, text));
  g_source_remove (id);
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

/* What is asked before anything goes: nothing is dropped by one click. */
static void
assert_asks (GtkWidget  *page,
             const char *action,
             const char *words)
{
  GtkWidget *button = sm_test_find_button (page, action);
  GtkWindow *dialog;

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_activate (button));
  while ((dialog = find_dialog ()) == NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_to_show (GTK_WIDGET (dialog), words);
  gtk_window_destroy (dialog);
}

static void
sign_in_as (SmOps      *ops,
            const char *permission)
{
  const char *may[] = { permission, NULL };
  SmPerson person = { .id = 1, .name = (char *) "li", .display_name = (char *) "Li Wei",
                      .role = (char *) "dispatcher", .permissions = (GStrv) may };

  sm_ops_set_person (ops, &person);
}

static gboolean
can_press (GtkWidget  *page,
           const char *action)
{
  GtkWidget *button = sm_test_find_button (page, action);

  return button != NULL && gtk_widget_is_sensitive (button);
}

/* Who may not do it any more sees that, and why; dropping is anybody's; nothing on a wall. */
static void
test_rights (void)
{
  g_autoptr (SmOps) ops
      = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  GtkWidget *page = sm_pending_page_new (ops, "Pending and conflicts");
  GtkWidget *window = present (page);
  const char *why = "You do not have the permission for this.";

  ops->epoch = g_strdup ("present");
  sign_in_as (ops, "station.rename");
  tell (ops, make_conflict (CONFLICT_KEY, 7), NULL, make_edit ("k3", 9));
  wait_to_show (page, "1 act in conflict");
  g_assert_true (can_press (page, "pending.keep") && can_press (page, "pending.merge"));
  g_assert_true (can_press (page, "pending.drop") && can_press (page, "pending.anew"));
  g_assert_false (sm_test_shows (page, why));
  /* Nothing here is called like that. */
  assert_asks (page, "pending.anew", "in this network nothing is called so");
  sign_in_as (ops, "station.contact");
  wait_to_show (page, why);
  g_assert_false (gtk_widget_is_sensitive (find_labelled (page, "_Keep mine")));
  g_assert_false (gtk_widget_is_sensitive (find_labelled (page, "Do it _anew…")));
  g_assert_false (can_press (page, "pending.keep") || can_press (page, "pending.merge"));
  g_assert_false (can_press (page, "pending.anew"));
  g_assert_true (can_press (page, "pending.drop"));
  gtk_widget_activate_action (page, "pending.merge", "s", CONFLICT_KEY);
  g_assert_null (find_dialog ());
  sm_pending_page_set_is_wall (SM_PENDING_PAGE (page), TRUE);
  g_assert_false (can_press (page, "pending.drop"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is kept of another network is done anew here when something is called the same. */
static void
test_anew (void)
{
  g_autoptr (SmOps) ops
      = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  g_autoptr (SmRow) station = make_row (SM_NOUN_STATION, 70);
  GtkWidget *page = sm_pending_page_new (ops, "Pending and conflicts");
  GtkWidget *window = present (page);

  ops->epoch = g_strdup ("present");
  sign_in_as (ops, "station.rename");
  sm_row_set_text (station, SM_STATION_NAME, "{\"en\":\"Harbour\"}");
  sm_live_set_put (SM_LIVE_SET (sm_ops_get_stations (ops)), station);
  tell (ops, NULL, NULL, make_edit ("k3", 9));
  wait_to_show (page, "1 act waits");
  /* What is here now, and what it is to be. */
  assert_asks (page, "pending.anew", "Do this anew?");
  assert_asks (page, "pending.anew", "Harbour");
  assert_asks (page, "pending.anew", "My <b>gate</b>");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_shows_all (void)
{
  g_autoptr (SmOps) ops
      = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  GtkWidget *page = sm_pending_page_new (ops, "Pending and conflicts");
  GtkWidget *window = present (page);

  wait_to_show (page, "Nothing is pending");
  sign_in_as (ops, "station.rename");
  tell (ops, make_conflict (CONFLICT_KEY, 7), make_edit ("k2", 7), make_edit ("k3", 9));
  wait_to_show (page, "1 act in conflict · 2 acts wait");
  wait_to_show (page, "Somebody else changed this");
  /* What was seen, mine and theirs; text of persons is no markup. */
  g_assert_true (sm_test_shows (page, "Old gate"));
  g_assert_true (sm_test_shows (page, "My <b>gate</b>"));
  g_assert_true (sm_test_shows (page, "Their gate"));
  g_assert_true (sm_test_shows (page, "both changed it"));
  g_assert_true (sm_test_shows (page, "Waits for a decision about the one before"));
  g_assert_true (sm_test_shows (page, "Waits for another network or person"));
  g_assert_true (sm_test_shows (page, "Other network"));
  g_assert_nonnull (sm_test_find_button (page, "pending.keep"));
  assert_asks (page, "pending.drop", "Drop this act?");
  assert_asks (page, "pending.merge", "What is it to be?");
  g_assert_cmpuint (g_list_model_get_n_items (sm_ops_get_pending (ops)), ==, 3);
  tell (ops, NULL, NULL, NULL);
  wait_to_show (page, "Nothing is pending");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* An act that changes leaves the others where they are: no list resets under a hand. */
static void
test_rows_stay (void)
{
  g_autoptr (SmOps) ops
      = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  GListModel *list = sm_ops_get_pending (ops);
  g_autoptr (SmPending) before = NULL;
  g_autoptr (SmPending) after = NULL;
  SmAct *sending = make_edit ("k2", 8);

  tell (ops, make_edit ("k1", 7), make_edit ("k2", 8), NULL);
  before = g_list_model_get_item (list, 0);
  sending->state = SM_ACT_SENDING;
  tell (ops, make_edit ("k1", 7), sending, NULL);
  after = g_list_model_get_item (list, 0);
  g_assert_true (before == after);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/pending/shows-all-and-asks", test_shows_all);
  g_test_add_func ("/pages/pending/only-what-one-may", test_rights);
  g_test_add_func ("/pages/pending/anew-in-this-network", test_anew);
  g_test_add_func ("/pages/pending/rows-stay", test_rows_stay);
  return g_test_run ();
}
