/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-fault-row.h"
#include "sm-style.h"
#include "sm-table.h"
#include "sm-test-network.h"

#include <adwaita.h>

/* Names of any kind stand in tables and fault rows as they are, and GTK
 * does not warn of one: a warning ends the test. */

#define LONG_NAME 300

static const char *const names[] = {
  "محطة تبديل البطاريات الشمالية", "😀🚚🔋👩‍👩‍👧‍👦", "<b>bold</b> & <span size='x'>", "100 %s %n %d",
  "&amp;lt; </b>", "_under_score", "a\"b'c\\n",
};

static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
wait_until_shown (GtkWidget  *widget,
                  const char *text)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!shows (widget, text))
    {
      if (g_get_monotonic_time () > deadline)
        g_error ("not shown: %s", text);
      g_main_context_iteration (NULL, TRUE);
    }
}

static char *
dup_name (guint i)
{
  return i < G_N_ELEMENTS (names) ? g_strdup (names[i]) : g_strnfill (LONG_NAME, 'W');
}

static SmItem *
named_station (guint i)
{
  g_autofree char *name = dup_name (i);
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, 900 + i);
  sm_row_set_int (row, SM_ROW_SEQ, 900 + i);
  sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("HOSTILE%u", i));
  sm_row_take_text (row, SM_STATION_NAME, sm_name_new (name, name));
  sm_row_set_text (row, SM_STATION_ADDRESS, name);
  return sm_item_new (row);
}

static void
test_table (void)
{
  static const SmTableColumn columns[] = {
    { "name", "Name", NULL, SM_STATION_NAME, SM_COLUMN_PRIMARY },
    { "address", "Address", NULL, SM_STATION_ADDRESS },
  };
  g_autoptr (GListStore) store = g_list_store_new (SM_TYPE_ITEM);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *table = sm_table_new ("t", "Stations", columns, G_N_ELEMENTS (columns), NULL, NULL);

  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SmItem) item = named_station (i);

      g_list_store_append (store, item);
    }
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), table);
  sm_table_set_model (SM_TABLE (table), G_LIST_MODEL (store));
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = dup_name (i);

      wait_until_shown (table, name);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_fault_row (void)
{
  g_autoptr (SmClock) clock = sm_clock_new_manual (SM_TEST_NOW);

  for (guint i = 0; i <= G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = dup_name (i);
      g_autoptr (SmRow) alarm = sm_test_network_alarm (1, 1, "pack-over-temperature", name);
      g_autoptr (SmItem) item = sm_item_new (alarm);
      GtkWidget *window = gtk_window_new ();
      GtkWidget *row = g_object_new (SM_TYPE_FAULT_ROW, NULL);

      sm_fault_row_bind (SM_FAULT_ROW (row), item, clock);
      gtk_window_set_child (GTK_WINDOW (window), row);
      gtk_window_present (GTK_WINDOW (window));
      wait_until_shown (row, name);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  sm_style_init ();
  g_log_set_always_fatal ((GLogLevelFlags) (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL
                                            | G_LOG_LEVEL_WARNING));
  g_test_add_func ("/app/names/table", test_table);
  g_test_add_func ("/app/names/fault-row", test_fault_row);
  return g_test_run ();
}
