/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-sections.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-test-until.h"
#include "sm-window-private.h"

#include <adwaita.h>

/* What holds for each page there is, in the window: it has room, and its keys are heard. */

#define WIDTH 1280
#define HEIGHT 800

/* The views of the sections, and sections that have one view only. */
static const char *const links[] = {
  "wall", "vehicles", "driving_events", "stations", "piles", "batteries", "movements",
  "alarms", "alarms_shelved", "alarm_history", "shift", "week", "roster", "desks", "handovers",
  "figures?range=7d", "fault_codes", "maintenance_windows", "limits",
  "work_order_board", "work_orders", "work_order_map", "work_order_calendar",
  "work_order_history", "work_figures?by=station", "inspections", "safety_incidents",
  "certificates", "contacts", "problems", "complaints", "parts", "notifications", "orders",
  "replay", "drill_steps", "pending",
};

typedef struct
{
  SmOps *ops;
  SmWindow *window;
} Room;

static void
settle (void)
{
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* @link: (nullable): that is followed before the window is there, as one of the command line is */
static Room
open_room (const char *link)
{
  Room room = { sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ()),
                sm_window_new (NULL, NULL) };

  sm_test_network_set_state (room.ops, SM_STATUS_LIVE);
  if (link != NULL)
    g_assert_true (sm_window_open_link (room.window, link));
  sm_window_set_ops (room.window, room.ops, "http://127.0.0.1:1");
  sm_test_network_fill (room.ops, 20, 30, 3);
  gtk_window_set_default_size (GTK_WINDOW (room.window), WIDTH, HEIGHT);
  gtk_window_present (GTK_WINDOW (room.window));
  run_until (gtk_widget_get_mapped (GTK_WIDGET (room.window)));
  settle ();
  return room;
}

static void
close_room (Room *room)
{
  gtk_window_destroy (GTK_WINDOW (room->window));
  settle ();
  g_object_unref (room->ops);
}

/* A pane gives a child what it asks for and lets the rest hang over its edge: nothing but
 * this shows that it had too little. */
static gboolean
is_whole (GtkWidget *pane,
          GtkWidget *child)
{
  graphene_rect_t bounds;

  if (child == NULL || !gtk_widget_get_mapped (child)
      || !gtk_widget_compute_bounds (child, pane, &bounds))
    return TRUE;
  return bounds.origin.x >= -0.5f
         && bounds.origin.x + bounds.size.width <= (float) gtk_widget_get_width (pane) + 0.5f;
}

static guint
count_cut (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_PANED (widget))
    {
      n += is_whole (widget, gtk_paned_get_start_child (GTK_PANED (widget))) ? 0 : 1;
      n += is_whole (widget, gtk_paned_get_end_child (GTK_PANED (widget))) ? 0 : 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_cut (child);
  return n;
}

static void
assert_fits (SmWindow   *window,
             const char *link)
{
  GtkWidget *page = GTK_WIDGET (sm_window_get_page (window));
  int least;

  gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_test_message ("%s asks for %d of %d, %u cut", link, least, gtk_widget_get_width (page),
                  count_cut (page));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, WIDTH);
  g_assert_cmpint (least, <=, gtk_widget_get_width (page));
  g_assert_cmpuint (count_cut (page), ==, 0);
}

/* With the sections beside it, no page is wider than what is left for it. */
static void
test_width (void)
{
  Room room = open_room (NULL);

  g_assert_true (gtk_revealer_get_child_revealed (GTK_REVEALER (room.window->sidebar_revealer)));
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *link = g_strconcat ("stationmaster:", links[i], NULL);

      g_assert_true (sm_window_open_link (room.window, link));
      run_until (gtk_widget_get_width (GTK_WIDGET (sm_window_get_page (room.window))) > 0);
      settle ();
      assert_fits (room.window, links[i]);
    }
  close_room (&room);
}

/* Where a link leads before there is a window, the keyboard is: a page hears its keys there only.
 * The wall, the first of them, hears its keys everywhere. */
static void
test_focus (void)
{
  for (gsize i = 1; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *link = g_strconcat ("stationmaster:", links[i], NULL);
      Room room = open_room (link);
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (room.window));
      GtkWidget *page = GTK_WIDGET (sm_window_get_page (room.window));

      g_test_message ("%s: %s in %s", links[i], focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing",
                      focus != NULL ? G_OBJECT_TYPE_NAME (gtk_widget_get_parent (focus)) : "");
      g_assert_nonnull (focus);
      g_assert_true (focus == page || gtk_widget_is_ancestor (focus, page));
      close_room (&room);
    }
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/app/pages/width", test_width);
  g_test_add_func ("/app/pages/focus", test_focus);
  return g_test_run ();
}
