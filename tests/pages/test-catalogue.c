/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of faults as a manager edits it, beside the real service. */
#include "sm-catalogue-page.h"
#include "sm-guide-editor.h"
#include "sm-guide-edit.h"
#include "sm-guide-lines.h"
#include "sm-ops-guides.h"
#include "sm-style.h"
#include "sm-test-service.h"
#include "sm-test-shows.h"
#include "sm-test-until.h"

#define PASSWORD "correct horse battery staple"

typedef struct
{
  SmTestService *service;
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Room;

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer out_done)
{
  g_autoptr (GError) error = NULL;

  sm_ops_sign_in_finish (SM_OPS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) out_done = TRUE;
}

static void
set_up (Room *room)
{
  g_autofree char *cache = NULL, *state = NULL;
  gboolean is_in = FALSE;

  room->service = sm_test_service_new (NULL);
  sm_test_service_add_user (room->service, "mia", "manager", PASSWORD);
  sm_test_service_add_user (room->service, "max", "manager", PASSWORD);
  sm_test_service_run (room->service);
  cache = g_build_filename (sm_test_service_get_folder (room->service), "c", NULL);
  state = g_build_filename (sm_test_service_get_folder (room->service), "s", NULL);
  room->ops = sm_ops_new (sm_test_service_get_url (room->service), cache, state);
  sm_ops_start (room->ops);
  run_until (sm_status_get_state (sm_ops_get_status (room->ops)) == SM_STATUS_SIGNED_OUT);
  room->page = sm_catalogue_page_new (room->ops, NULL, "Fault catalogue");
  room->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (room->window), 1400, 900);
  gtk_window_set_child (GTK_WINDOW (room->window), room->page);
  gtk_window_present (GTK_WINDOW (room->window));
  gtk_widget_activate_action (room->page, "catalogue.edit", NULL);
  g_assert_nonnull (sm_guide_editor_refusal (room->ops));
  sm_ops_sign_in_async (room->ops, "mia", PASSWORD, NULL, signed_in_cb, &is_in);
  run_until (is_in && sm_guide_editor_refusal (room->ops) == NULL);
  /* It is read once by itself, and must not come after what is changed here. */
  run_until (sm_ops_get_fault_codes_turn (room->ops) > 0);
}

static void
tear_down (Room *room)
{
  sm_ops_stop (room->ops);
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_clear_object (&room->ops);
  sm_test_service_free (room->service);
}

static void
choose (Room       *room,
        const char *code)
{
  g_autoptr (SmLink) link = sm_link_new (SM_CATALOGUE_LINK, NULL);

  sm_link_set (link, "code", code);
  g_assert_true (sm_page_show_link (SM_PAGE (room->page), link));
  g_assert_nonnull (sm_table_get_selected (sm_catalogue_page_get_table (SM_CATALOGUE_PAGE (room->page))));
}

/* Returns: (nullable): the dialog, while there is one */
static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SM_IS_GUIDE_DIALOG (window))
        return window;
    }
  return NULL;
}

static GtkWidget *
open_dialog (Room       *room,
             const char *code)
{
  choose (room, code);
  gtk_widget_activate_action (room->page, "catalogue.edit", NULL);
  run_until (find_dialog () != NULL && gtk_widget_get_mapped (find_dialog ()));
  return find_dialog ();
}

/* Returns: (nullable): the widget of @type that has @title, or a button so called */
static GtkWidget *
find (GtkWidget  *widget,
      GType       type,
      const char *title)
{
  GtkWidget *found = NULL;
  const char *label = NULL;

  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      label = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget))
                                     : adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
      if (g_strcmp0 (label, title) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type, title);
  return found;
}

static void
click (GtkWidget  *dialog,
       const char *label)
{
  GtkWidget *button = find (dialog, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
choose_level (GtkWidget *dialog,
              guint      level)
{
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (dialog, ADW_TYPE_COMBO_ROW, "Level")), level - 1);
}

static const SmFaultGuide *
guide_of (Room       *room,
          const char *code)
{
  return sm_ops_get_fault_code (room->ops, code);
}

/* Level, a step of one's own and words in Chinese, for everybody from now on. */
static void
check_edit (Room *room)
{
  GtkWidget *dialog = open_dialog (room, "vehicle-brake");
  GtkWidget *save = find (dialog, GTK_TYPE_BUTTON, "_Save");
  const SmGuideLine *last;

  g_assert_false (gtk_widget_is_sensitive (save));
  choose_level (dialog, 1);
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, ADW_TYPE_ENTRY_ROW, "What follows, in Chinese")),
                         "刹车失灵");
  g_assert_true (gtk_widget_is_sensitive (save));
  click (dialog, "Add a _step");
  g_assert_false (gtk_widget_is_sensitive (save)); /* a step of nothing */
  gtk_editable_set_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (dialog))),
                         "Chock the <b>wheels</b>");
  g_assert_true (sm_test_shows (dialog, "6 · Chock the <b>wheels</b>"));
  click (dialog, "_Save");
  run_until (find_dialog () == NULL);
  g_assert_cmpint (guide_of (room, "vehicle-brake")->level, ==, 1);
  g_assert_cmpint (guide_of (room, "vehicle-brake")->rev, ==, 1);
  last = guide_of (room, "vehicle-brake")->steps->pdata[5];
  g_assert_cmpstr (last->text, ==, "Chock the <b>wheels</b>");
  run_until (sm_test_shows (room->page, "mia"));
}

/* Of a danger nothing can be made less; what the level of a limit is, its limits say. */
static void
check_danger (Room *room)
{
  GtkWidget *dialog = open_dialog (room, "station-smoke");
  GtkWidget *combo = find (dialog, ADW_TYPE_COMBO_ROW, "Level");

  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (combo))), ==,
                    1);
  g_assert_true (sm_test_shows (dialog, "Of a danger nothing can be left out"));
  g_assert_true (sm_test_shows (dialog, "It belongs to a danger and stays"));
  gtk_window_close (GTK_WINDOW (dialog));
  run_until (find_dialog () == NULL);
  dialog = open_dialog (room, "soc-low");
  g_assert_false (gtk_widget_is_sensitive (find (dialog, ADW_TYPE_COMBO_ROW, "Level")));
  gtk_window_close (GTK_WINDOW (dialog));
  run_until (find_dialog () == NULL);
}

static void
patch_as_max (Room       *room,
              const char *rev,
              const char *body)
{
  g_autofree char *token = sm_test_service_sign_in (room->service, "max", PASSWORD);
  g_autofree char *headers = g_strdup_printf ("If-Match: \"%s\"\r\n", rev);
  g_autoptr (SmTestAnswer) answer
      = sm_test_service_send (room->service, "PATCH", "/api/v1/fault_codes/pile-fault", token,
                              headers, body);

  g_assert_cmpuint (answer->status, ==, 200);
}

/* Who edits another part does not disturb; who edits the same is named, and the person
 * decides. */
static void
check_contest (Room *room)
{
  GtkWidget *dialog = open_dialog (room, "pile-fault");

  patch_as_max (room, "0", "{\"respond_s\":77}");
  choose_level (dialog, 3);
  click (dialog, "_Save");
  run_until (find_dialog () == NULL);
  g_assert_cmpint (guide_of (room, "pile-fault")->level, ==, 3);
  g_assert_cmpint (guide_of (room, "pile-fault")->respond_s, ==, 77);

  dialog = open_dialog (room, "pile-fault");
  patch_as_max (room, "2", "{\"level\":4,\"respond_s\":99}");
  choose_level (dialog, 1);
  click (dialog, "_Save");
  run_until (sm_test_shows (dialog, "max has changed this in the meantime: Begin within, Level"));
  click (dialog, "_Save");
  run_until (find_dialog () == NULL);
  g_assert_cmpint (guide_of (room, "pile-fault")->level, ==, 1);
  g_assert_cmpint (guide_of (room, "pile-fault")->respond_s, ==, 99);

  dialog = open_dialog (room, "pile-fault");
  click (dialog, "As it _comes");
  click (dialog, "_Save");
  run_until (find_dialog () == NULL);
  {
    g_autoptr (SmFaultGuide) comes = sm_fault_guide_new ("pile-fault");

    g_assert_cmpuint (sm_guide_edit_diff (guide_of (room, "pile-fault"), comes), ==, 0);
  }
}

static void
test_edit (void)
{
  Room room = { 0 };

  set_up (&room);
  check_edit (&room);
  check_danger (&room);
  check_contest (&room);
  tear_down (&room);
}

/* Causes weigh as shares of all, likeliest first; steps stay in the order they are given. */
static void
test_lines (void)
{
  g_autoptr (SmFaultGuide) guide = sm_fault_guide_new ("vehicle-brake");
  g_autoptr (GtkWidget) causes = g_object_ref_sink (sm_guide_lines_new (TRUE));
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GPtrArray) sorted = NULL;

  sm_guide_lines_set (SM_GUIDE_LINES (causes), guide->causes, NULL);
  same = sm_guide_lines_dup (SM_GUIDE_LINES (causes));
  g_assert_cmpuint (same->len, ==, guide->causes->len);
  g_assert_cmpfloat (((SmGuideLine *) same->pdata[0])->weight, ==,
                     ((SmGuideLine *) guide->causes->pdata[0])->weight);
  ((SmGuideLine *) guide->causes->pdata[2])->weight = 1;
  sm_guide_lines_set (SM_GUIDE_LINES (causes), guide->causes, NULL);
  sorted = sm_guide_lines_dup (SM_GUIDE_LINES (causes));
  g_assert_cmpstr (((SmGuideLine *) sorted->pdata[0])->id, ==, "sensor-fault");
  g_assert_cmpfloat_with_epsilon (((SmGuideLine *) sorted->pdata[0])->weight, 1 / 1.8, 1e-9);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/catalogue/edit", test_edit);
  g_test_add_func ("/pages/catalogue/lines", test_lines);
  return g_test_run ();
}
