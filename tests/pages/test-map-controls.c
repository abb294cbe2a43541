/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-directory-private.h"
#include "sm-figures-private.h"
#include "sm-follow-button.h"
#include "sm-live-set.h"
#include "sm-map-filter.h"
#include "sm-map-list.h"
#include "sm-ops-private.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-thing-row.h"
#include "sm-wall-page.h"

#include <adwaita.h>

typedef struct
{
  SmOps *ops;
  GtkWidget *window;
  SmWallPage *page;
  SmMapFilter *filter;
  SmMapView *map;
} Fixture;

static void
settle (void)
{
  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->ops = sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
  sm_test_network_set_state (self->ops, SM_STATUS_LIVE);
  sm_test_network_fill (self->ops, 100, 300, 8);
  self->page = SM_WALL_PAGE (sm_wall_page_new (self->ops));
  self->filter = sm_wall_page_get_filter (self->page);
  self->map = sm_wall_page_get_map (self->page);
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  while (!sm_map_view_is_settled (self->map))
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  settle ();
  g_clear_object (&self->ops);
}

/* The directory has the records; the network of the tests has live values alone. */
static void
add_records (SmOps *ops)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (ops));
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);

  for (guint i = 0; i < columns->n; i++)
    {
      SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_VEHICLE));
      g_autofree char *plate = g_strdup_printf ("粤B·%05u", i);

      sm_row_set_int (row, SM_ROW_ID, columns->id[i]);
      sm_row_set_text (row, SM_VEHICLE_PLATE, plate);
      sm_row_set_text (row, SM_VEHICLE_MODEL, i % 4 == 0 ? "K5" : "X9");
      g_ptr_array_add (rows, row);
    }
  sm_directory_apply (sm_ops_get_directory (ops), rows);
  sm_directory_told (sm_ops_get_directory (ops));
}

static guint
count_motion (SmOps *ops,
              guint  motion)
{
  const SmVehicleColumns *columns = sm_fleet_get_columns (sm_ops_get_fleet (ops));
  guint n = 0;

  for (guint i = 0; i < columns->n; i++)
    n += columns->motion[i] == motion;
  return n;
}

static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
test_filter (Fixture       *self,
             gconstpointer  data)
{
  GtkWidget *filter = GTK_WIDGET (self->filter);
  guint parked = count_motion (self->ops, SM_MOTION_PARKED);

  add_records (self->ops);
  g_assert_cmpuint (parked, >, 0);
  g_assert_true (sm_map_filter_set_query (self->filter, "motion=parked"));
  g_assert_cmpuint (sm_map_filter_get_passed (self->filter), ==, parked);
  g_assert_true (shows (filter, "Motion: "));
  g_assert_true (shows (filter, "of 300 vehicles"));
  g_assert_true (sm_map_filter_set_query (self->filter, "motion=parked&model=K5"));
  g_assert_cmpuint (sm_map_filter_get_passed (self->filter), <, parked);
  g_assert_cmpuint (sm_map_filter_get_passed (self->filter), >, 0);
  g_assert_true (shows (filter, "Model: K5"));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "wall.clear-filter", NULL);
  g_assert_cmpuint (sm_map_filter_get_passed (self->filter), ==, 300);
  g_assert_false (shows (filter, "vehicles"));
}

static void
test_link (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (SmLink) link = sm_link_parse ("stationmaster:wall?motion=driving&level=1,2");
  g_autoptr (SmLink) nonsense = sm_link_parse ("stationmaster:wall?taste=sweet");
  g_autoptr (SmLink) plain = sm_link_parse ("stationmaster:wall");
  g_autofree char *there = NULL;
  g_autofree char *query = NULL;

  g_assert_true (sm_page_show_link (SM_PAGE (self->page), link));
  there = sm_page_dup_link (SM_PAGE (self->page));
  g_assert_cmpstr (there, ==, "stationmaster:wall?motion=driving&level=1,2");
  g_assert_false (sm_page_show_link (SM_PAGE (self->page), nonsense));
  g_assert_true (sm_page_show_link (SM_PAGE (self->page), plain));
  query = sm_map_filter_dup_query (self->filter);
  g_assert_cmpstr (query, ==, "motion=driving&level=1,2");
}

/* What is remembered may be of another version, or a person's own. */
static void
test_nonsense (Fixture       *self,
               gconstpointer  data)
{
  static const char *const queries[] = { "motion=flying", "&&&", "fleet=x", "=", "motion" };
  g_autofree char *query = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    g_object_set (self->filter, "query", queries[i], NULL);
  query = sm_map_filter_dup_query (self->filter);
  g_assert_cmpstr (query, ==, "");
}

typedef struct
{
  int noun;
  gint64 id;
} Opened;

static void
activated_cb (SmMapView *map,
              int        noun,
              gint64     id,
              Opened    *opened)
{
  *opened = (Opened){ noun, id };
}

static GtkListBox *
find_list (GtkWidget *widget)
{
  GtkListBox *list = NULL;

  if (GTK_IS_LIST_BOX (widget))
    return GTK_LIST_BOX (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && list == NULL;
       child = gtk_widget_get_next_sibling (child))
    list = find_list (child);
  return list;
}

static void
test_list (Fixture       *self,
           gconstpointer  data)
{
  SmMapList *list = SM_MAP_LIST (g_object_ref_sink (sm_map_list_new (self->map, self->ops)));
  Opened opened = { 0 };
  GtkListBoxRow *row;
  guint n = 0;
  g_autoptr (GArray) things = sm_map_view_dup_visible (self->map, G_MAXUINT, &n);

  add_records (self->ops);
  sm_map_list_refresh (list);
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (sm_map_list_get_n (list), ==, MIN (n, SM_MAP_LIST_MOST));
  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (g_array_index (things, SmMapThing, i - 1).rank, >=,
                      g_array_index (things, SmMapThing, i).rank);
  if (n > SM_MAP_LIST_MOST)
    g_assert_true (shows (gtk_popover_get_child (GTK_POPOVER (list)), "more"));
  g_signal_connect (self->map, "activated", G_CALLBACK (activated_cb), &opened);
  for (guint i = 0; i < n && i < SM_MAP_LIST_MOST && opened.id == 0; i++)
    {
      if (g_array_index (things, SmMapThing, i).id == 0)
        continue;
      row = gtk_list_box_get_row_at_index (find_list (GTK_WIDGET (list)), (int) i);
      g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (row)));
      g_signal_emit_by_name (find_list (GTK_WIDGET (list)), "row-activated", row);
      g_assert_cmpint (opened.id, ==, g_array_index (things, SmMapThing, i).id);
    }
  g_assert_cmpint (opened.id, !=, 0);
  g_signal_handlers_disconnect_by_data (self->map, &opened);
  g_object_unref (list);
}

static void
test_follow (Fixture       *self,
             gconstpointer  data)
{
  SmFollowButton *button = SM_FOLLOW_BUTTON (g_object_ref_sink (sm_follow_button_new (self->map)));
  GtkToggleButton *toggle
      = GTK_TOGGLE_BUTTON (gtk_widget_get_first_child (GTK_WIDGET (button)));
  gint64 id = sm_fleet_get_columns (sm_ops_get_fleet (self->ops))->id[0];

  sm_follow_button_set_vehicle (button, id);
  gtk_toggle_button_set_active (toggle, TRUE);
  g_assert_cmpint (sm_map_view_get_followed (self->map), ==, id);
  sm_map_view_set_position (self->map, 22, 114, 9);
  g_assert_false (gtk_toggle_button_get_active (toggle));
  gtk_toggle_button_set_active (toggle, TRUE);
  sm_follow_button_set_vehicle (button, id + 1);
  g_assert_cmpint (sm_map_view_get_followed (self->map), ==, 0);
  g_assert_false (gtk_toggle_button_get_active (toggle));
  g_object_unref (button);
}

static SmRow *
make_engineer (void)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_ENGINEER));

  sm_row_set_int (row, SM_ROW_ID, 7);
  return row;
}

/* Their records come by one feed, where they are by another. */
static void
test_engineers (Fixture       *self,
                gconstpointer  data)
{
  GListModel *engineers = sm_ops_get_engineers (self->ops);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (SmSyncRef));
  SmRow *row = make_engineer ();
  g_autoptr (SmItem) item = NULL;

  sm_row_set_text (row, SM_ENGINEER_NAME, "Chen");
  g_ptr_array_add (rows, row);
  sm_ops_listener.changed (self->ops, rows, gone);
  g_ptr_array_set_size (rows, 0);
  row = make_engineer ();
  sm_row_set_text (row, SM_ENGINEER_DUTY, "busy");
  sm_row_set_real (row, SM_ENGINEER_LATITUDE, 22.6);
  sm_row_set_real (row, SM_ENGINEER_LONGITUDE, 114.1);
  g_ptr_array_add (rows, row);
  sm_ops_listener.live (self->ops, sm_noun_get (SM_NOUN_ENGINEER), rows);
  g_assert_cmpuint (g_list_model_get_n_items (engineers), ==, 1);
  item = g_list_model_get_item (engineers, 0);
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (item), SM_ENGINEER_NAME), ==, "Chen");
  g_assert_cmpstr (sm_row_get_text (sm_item_get_row (item), SM_ENGINEER_DUTY), ==, "busy");
  g_assert_cmpfloat (sm_row_get_real (sm_item_get_row (item), SM_ENGINEER_LATITUDE), ==, 22.6);
}

#define ADD(name, func) g_test_add ("/pages/map-controls/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();

  ADD ("filter-says-and-counts", test_filter);
  ADD ("filter-has-an-address", test_link);
  ADD ("filter-passes-over-nonsense", test_nonsense);
  ADD ("list-is-worst-first", test_list);
  ADD ("engineers-are-where-they-are", test_engineers);
  ADD ("follow-until-moved", test_follow);
  return g_test_run ();
}
