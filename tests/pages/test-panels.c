/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-directory-private.h"
#include "sm-facts.h"
#include "sm-limit-words.h"
#include "sm-ops-private.h"
#include "sm-pack-facts.h"
#include "sm-station-lists.h"
#include "sm-style.h"
#include "sm-test-network.h"
#include "sm-time.h"
#include "sm-top-list.h"

#include <adwaita.h>

/* The panels of single things, from rows that are made here. */

static SmOps *
new_ops (void)
{
  return sm_ops_new ("http://127.0.0.1:1", g_get_user_cache_dir (), g_get_user_state_dir ());
}

static GtkWidget *
present (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 400, 700);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
  return window;
}

/* Returns: the label in @widget that says @text, or NULL */
static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, text);
  return found;
}

static SmRow *
new_equipment (const char *kind,
               gint64      warranty_us,
               gint64      life_us)
{
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_EQUIPMENT));

  sm_row_set_text (row, SM_EQUIPMENT_KIND, kind);
  sm_row_set_text (row, SM_EQUIPMENT_STATE, "normal");
  if (warranty_us != SM_UNKNOWN)
    sm_row_set_int (row, SM_EQUIPMENT_WARRANTY_UNTIL, warranty_us);
  if (life_us != SM_UNKNOWN)
    sm_row_set_int (row, SM_EQUIPMENT_SERVICE_LIFE_UNTIL, life_us);
  return row;
}

/* F119: who decides about a part sees until when it is covered, and made for: the
 * first end among those of its kind, and that it is over. */
static void
test_warranty (void)
{
  g_autoptr (SmOps) ops = new_ops ();
  g_autoptr (GPtrArray) equipment
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmStationView view = { .equipment = equipment };
  GtkWidget *list = sm_thing_list_new ("");
  GtkWidget *window = present (list);
  const gint64 past = G_GINT64_CONSTANT (1609459200000000); /* 2021-01-01 */
  const gint64 next = G_GINT64_CONSTANT (4102444800000000); /* 2100-01-01 */

  g_ptr_array_add (equipment, new_equipment ("swap_robot", next, next + 31 * SM_DAY));
  g_ptr_array_add (equipment, new_equipment ("charger_module", next, next));
  g_ptr_array_add (equipment, new_equipment ("charger_module", past, next));
  g_ptr_array_add (equipment, new_equipment ("meter", SM_UNKNOWN, SM_UNKNOWN));
  sm_test_network_set_state (ops, SM_STATUS_LIVE);
  g_assert_cmpuint (sm_station_list_equipment (SM_THING_LIST (list), &view, ops), ==, 3);
  while (find_label (list, "1 of 1 normal") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (find_label (list, "1 of 1 normal · warranty until 2100-01-01"));
  g_assert_nonnull (find_label (list, "service life until 2100-02-01"));
  g_assert_nonnull (find_label (list, "2 of 2 normal · warranty ended 2021-01-01"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
put_limit (SmOps      *ops,
           const char *field,
           const char *direction,
           double      raise_at,
           int         level)
{
  static gint64 id = 100;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_row_unref);
  SmRow *row = sm_row_new (sm_noun_get (SM_NOUN_LIMIT));

  sm_row_set_int (row, SM_ROW_ID, ++id);
  sm_row_set_int (row, SM_ROW_SEQ, id);
  sm_row_set_text (row, SM_LIMIT_CODE, "test");
  sm_row_set_text (row, SM_LIMIT_NOUN, "battery");
  sm_row_set_text (row, SM_LIMIT_FIELD, field);
  sm_row_set_text (row, SM_LIMIT_DIRECTION, direction);
  sm_row_set_real (row, SM_LIMIT_RAISE_AT, raise_at);
  sm_row_set_int (row, SM_LIMIT_LEVEL, level);
  sm_row_set_int (row, SM_LIMIT_ENABLED, 1);
  g_ptr_array_add (rows, row);
  sm_directory_apply (sm_ops_get_directory (ops), rows);
  sm_directory_told (sm_ops_get_directory (ops));
}

/* F104: a value beyond a limit says which: to who points at it, and to who listens. */
static void
test_limits (void)
{
  g_autoptr (SmOps) ops = new_ops ();
  g_autoptr (SmRow) battery = sm_row_new (sm_noun_get (SM_NOUN_BATTERY));
  GtkWidget *facts = sm_facts_new ();
  GtkWidget *window = present (facts);
  GtkWidget *value;

  put_limit (ops, "temperature_max_c", "above", 58, 2);
  put_limit (ops, "insulation_ohm_per_v", "below", 500, 1);
  sm_row_set_real (battery, SM_BATTERY_TEMPERATURE_MAX_C, 61);
  sm_row_set_real (battery, SM_BATTERY_INSULATION_OHM_PER_V, 480);
  sm_row_set_real (battery, SM_BATTERY_SPREAD_MV, 20);
  sm_pack_facts_set (SM_FACTS (facts), battery, ops, FALSE);
  while ((value = find_label (facts, "61\u00a0°C")) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (value), ==,
                   "above the limit of 58\u00a0°C. Level 2, major");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "above the limit of 58\u00a0°C. Level 2, major");
  value = find_label (facts, "480\u00a0Ω/V");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (value), ==,
                   "below the limit of 500\u00a0Ω/V. Level 1, critical");
  g_assert_null (gtk_widget_get_tooltip_text (find_label (facts, "20\u00a0mV")));
  sm_row_set_real (battery, SM_BATTERY_TEMPERATURE_MAX_C, 40);
  sm_pack_facts_set (SM_FACTS (facts), battery, ops, FALSE);
  while ((value = find_label (facts, "40\u00a0°C")) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (gtk_widget_get_tooltip_text (value));
  gtk_window_destroy (GTK_WINDOW (window));
}

static char *
letters (SmTopList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append (text, gtk_string_object_get_string (item));
    }
  return g_string_free (text, FALSE);
}

static void
grew_cb (GListModel *list,
         guint       position,
         guint       n_removed,
         guint       n_added,
         guint      *most)
{
  *most = MAX (*most, n_added - MIN (n_removed, n_added));
}

static void
added_cb (GListModel *list,
          guint       position,
          guint       n_removed,
          guint       n_added,
          guint      *sum)
{
  *sum += n_added;
}

static char *
wait_for_letters (SmTopList *list)
{
  while (!sm_top_list_is_whole (list))
    g_main_context_iteration (NULL, TRUE);
  return letters (list);
}

static void
gone_cb (GListModel *list,
         guint       position,
         guint       n_removed,
         guint       n_added,
         guint      *sum)
{
  *sum += n_removed - MIN (n_removed, n_added);
}

/* When all that is shown goes at once, it leaves few at a time, and what comes waits for that. */
static void
test_top_list_leaves (void)
{
  const char *const acked[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", NULL };
  const char *const next[] = { "x", "y", NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (acked);
  g_autoptr (SmTopList) list = sm_top_list_new (G_LIST_MODEL (model), 2, 100);
  g_autofree char *left = NULL;
  guint gone = 0, turns = 0;

  sm_top_list_set_size (list, 10);
  g_free (wait_for_letters (list));
  g_signal_connect (list, "items-changed", G_CALLBACK (gone_cb), &gone);
  gtk_string_list_splice (model, 0, 10, next);
  for (; !sm_top_list_is_whole (list); gone = 0)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpuint (gone, <=, 2);
      turns += gone > 0;
    }
  g_assert_cmpuint (turns, ==, 5);
  left = letters (list);
  g_assert_cmpstr (left, ==, "xy");
}

/* What is new comes few at a time and in its order; what moves does not wait for it. */
static void
test_top_list (void)
{
  const char *const first[] = { "a", "b", "c", "d", "e", "f", "g", NULL };
  const char *const more[] = { "x", "y", "z", NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (first);
  g_autoptr (SmTopList) list = sm_top_list_new (G_LIST_MODEL (model), 2, 100);
  g_autofree char *all = NULL;
  g_autofree char *top = NULL;
  g_autofree char *at_once = NULL;
  g_autofree char *pushed = NULL;
  guint most = 0, n_added = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (grew_cb), &most);
  sm_top_list_set_size (list, 5);
  g_assert_false (sm_top_list_is_whole (list));
  all = wait_for_letters (list);
  g_assert_cmpstr (all, ==, "abcde");
  g_assert_cmpuint (most, ==, 2);
  gtk_string_list_splice (model, 1, 2, more);
  top = wait_for_letters (list);
  g_assert_cmpstr (top, ==, "axyzd");
  gtk_string_list_splice (model, 0, 8, first);
  sm_top_list_settle (list);
  at_once = letters (list);
  g_assert_cmpstr (at_once, ==, "abcde");
  g_assert_true (sm_top_list_is_whole (list));
  /* Of a full list that one comes on top of, one row is another, and not all. */
  g_signal_connect (list, "items-changed", G_CALLBACK (added_cb), &n_added);
  gtk_string_list_splice (model, 0, 0, (const char *const[]) { "w", NULL });
  pushed = wait_for_letters (list);
  g_assert_cmpstr (pushed, ==, "wabcd");
  g_assert_cmpuint (n_added, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_test_add_func ("/pages/panels/warranty-and-service-life", test_warranty);
  g_test_add_func ("/pages/panels/limits-in-words", test_limits);
  g_test_add_func ("/pages/panels/rows-come-by-few", test_top_list);
  g_test_add_func ("/pages/panels/rows-leave-by-few", test_top_list_leaves);
  return g_test_run ();
}
