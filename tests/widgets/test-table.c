/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-style.h"
#include "sm-table.h"

#include <math.h>

static char *
upper_text (const SmTableColumn *column,
            SmItem              *item,
            gpointer             data)
{
  return g_utf8_strup (sm_row_get_text (sm_item_get_row (item), SM_STATION_SN), -1);
}

static const SmTableColumn columns[] = {
  { "sn", "Serial number", NULL, SM_STATION_SN, SM_COLUMN_PRIMARY },
  { "address", "Address", NULL, SM_STATION_ADDRESS },
  { "power", "Power", "kW", SM_STATION_POWER_KW, 0, 1 },
  { "state", "State", NULL, SM_STATION_STATE },
  { "upper", "Upper", NULL, 0, SM_COLUMN_HIDDEN, 0, 0, 0, upper_text },
};

static SmItem *
station (const char *sn,
         const char *address,
         double      power)
{
  g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));

  sm_row_set_int (row, SM_ROW_ID, g_str_hash (sn));
  sm_row_set_int (row, SM_ROW_SEQ, 1);
  sm_row_set_text (row, SM_STATION_SN, sn);
  sm_row_set_text (row, SM_STATION_ADDRESS, address);
  sm_row_set_text (row, SM_STATION_STATE, "operating");
  sm_row_set_real (row, SM_STATION_POWER_KW, power);
  return sm_item_new (row);
}

static GListStore *
three_stations (void)
{
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);
  g_autoptr (SmItem) a = station ("A1", "=cmd|' /C calc'!A0", 5.25);
  g_autoptr (SmItem) b = station ("B2", "<b>&\"quoted\", with comma", NAN);
  g_autoptr (SmItem) c = station ("C3", "深圳 😀", 1.5);

  g_list_store_append (store, a);
  g_list_store_append (store, b);
  g_list_store_append (store, c);
  return store;
}

static SmTable *
shown_table (GtkWidget   **out_window,
             GListModel   *model)
{
  GtkWidget *table = sm_table_new ("test", "Stations", columns, G_N_ELEMENTS (columns), NULL, NULL);

  *out_window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*out_window), 900, 500);
  gtk_window_set_child (GTK_WINDOW (*out_window), table);
  sm_table_set_model (SM_TABLE (table), model);
  gtk_window_present (GTK_WINDOW (*out_window));
  for (guint i = 0; i < 60; i++)
    g_main_context_iteration (NULL, FALSE);
  return SM_TABLE (table);
}

static gboolean
has_no_more (GListModel *model,
             gpointer    data)
{
  return FALSE;
}

static gpointer
read_row (gpointer item,
          gpointer user_data)
{
  g_autoptr (GtkStringObject) name = item;
  guint *reads = user_data;

  (*reads)++;
  return station (gtk_string_object_get_string (name), "", 1);
}

/* Looking at a row of a history makes it read on: only what is near may be. */
static void
test_history (void)
{
  static const SmTableHooks hooks = { .load_more = has_no_more };
  GtkWidget *window = gtk_window_new ();
  GtkWidget *table = sm_table_new ("test", "Stations", columns, G_N_ELEMENTS (columns), &hooks,
                                   NULL);
  GtkStringList *names = gtk_string_list_new (NULL);
  guint reads = 0;
  g_autoptr (GtkMapListModel) model
      = gtk_map_list_model_new (G_LIST_MODEL (names), read_row, &reads, NULL);

  for (guint i = 0; i < 5000; i++)
    gtk_string_list_take (names, g_strdup_printf ("S%u", i));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 500);
  gtk_window_set_child (GTK_WINDOW (window), table);
  sm_table_set_model (SM_TABLE (table), G_LIST_MODEL (model));
  gtk_window_present (GTK_WINDOW (window));
  while (reads == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (reads, <, 1000);
  gtk_window_destroy (GTK_WINDOW (window));
}

static char *
export_text (SmTable       *table,
             SmSheetFormat  format,
             gsize         *out_length)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "rows", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *text = NULL;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  sm_table_export_to (table, format, file);
  while (sm_table_is_exporting (table))
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (g_file_get_contents (path, &text, out_length, NULL));
  return text;
}

/* What looks like a formula is text, numbers are numbers, unknown is empty. */
static void
test_csv (void)
{
  GtkWidget *window;
  g_autoptr (GListStore) store = three_stations ();
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));
  g_autofree char *text = export_text (table, SM_SHEET_CSV, NULL);

  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf\"Serial number\",\"Address\",\"Power (kW)\",\"State\"\r\n"
                   "\"A1\",\"'=cmd|' /C calc'!A0\",5.25,\"operating\"\r\n"
                   "\"B2\",\"<b>&\"\"quoted\"\", with comma\",,\"operating\"\r\n"
                   "\"C3\",\"深圳 😀\",1.5,\"operating\"\r\n");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The order and the columns of the screen are those of the file. */
static void
test_as_shown (void)
{
  GtkWidget *window;
  g_autoptr (GListStore) store = three_stations ();
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));
  g_autofree char *text = NULL;
  gboolean is_descending = FALSE;

  g_assert_true (sm_table_set_sort (table, "power", TRUE));
  g_assert_false (sm_table_set_sort (table, "dragon", TRUE));
  g_assert_cmpstr (sm_table_get_sort (table, &is_descending), ==, "power");
  g_assert_true (is_descending);
  sm_table_set_shown (table, "address", FALSE);
  sm_table_set_shown (table, "state", FALSE);
  sm_table_set_shown (table, "upper", TRUE);
  text = export_text (table, SM_SHEET_CSV, NULL);
  g_assert_cmpstr (text, ==, "\xef\xbb\xbf\"Serial number\",\"Power (kW)\",\"Upper\"\r\n"
                             "\"A1\",5.25,\"A1\"\r\n\"C3\",1.5,\"C3\"\r\n\"B2\",,\"B2\"\r\n");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Judged by a foreign reader of archives and of XML. */
static void
test_xlsx (void)
{
  GtkWidget *window;
  g_autoptr (GListStore) store = three_stations ();
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "rows", NULL);
  g_autofree char *text = export_text (table, SM_SHEET_XLSX, NULL);
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;
  int status;
  const char *script
      = "import sys, zipfile\n"
        "from xml.etree import ElementTree as E\n"
        "z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n"
        "[E.fromstring(z.read(n)) for n in z.namelist()]\n"
        "n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
        "for r in E.fromstring(z.read('xl/worksheets/sheet1.xml')).iter(n + 'row'):\n"
        "  print('|'.join((c.get('t') or 'n') + ':' + ''.join(c.itertext()) for c in r))\n";
  char *argv[] = { (char *) "/usr/bin/python3", (char *) "-c", (char *) script, path, NULL };
  char *env[] = { (char *) "PYTHONIOENCODING=utf-8", NULL };

  g_assert_true (g_spawn_sync (NULL, argv, env, 0, NULL, NULL, &said, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==,
                   "inlineStr:Serial number|inlineStr:Address|inlineStr:Power (kW)|"
                   "inlineStr:State\n"
                   "inlineStr:A1|inlineStr:=cmd|' /C calc'!A0|n:5.25|inlineStr:operating\n"
                   "inlineStr:B2|inlineStr:<b>&\"quoted\", with comma|n:|inlineStr:operating\n"
                   "inlineStr:C3|inlineStr:深圳 😀|n:1.5|inlineStr:operating\n");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a person set is found again; what is nonsense there does no harm. */
static void
test_remembers (void)
{
  g_autoptr (SmViewState) state = sm_view_state_new (NULL, NULL);
  g_autoptr (GListStore) store = three_stations ();
  GtkWidget *window;
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));

  sm_table_set_view_state (table, state);
  sm_table_set_shown (table, "address", FALSE);
  sm_table_set_sort (table, "power", TRUE);
  g_assert_cmpstr (sm_view_state_get (state, "test.sort"), ==, "-power");
  g_assert_cmpstr (sm_view_state_get (state, "test.columns"), ==,
                   "sn,-address,power,state,-upper");
  gtk_window_destroy (GTK_WINDOW (window));

  sm_view_state_set (state, "test.columns", "power,-dragon,,-sn,address,--,-state");
  table = shown_table (&window, G_LIST_MODEL (store));
  sm_table_set_view_state (table, state);
  g_assert_true (sm_table_is_shown (table, "sn"));
  g_assert_true (sm_table_is_shown (table, "address"));
  g_assert_false (sm_table_is_shown (table, "state"));
  g_assert_cmpstr (sm_table_get_sort (table, NULL), ==, "power");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A row that changes keeps its selection and its place. */
static void
test_live_rows (void)
{
  g_autoptr (GListStore) store = three_stations ();
  g_autoptr (SmItem) second = g_list_model_get_item (G_LIST_MODEL (store), 1);
  g_autoptr (SmRow) row = sm_row_copy (sm_item_get_row (second));
  g_autofree char *text = NULL;
  GtkWidget *window;
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));

  sm_table_grab_rows (table);
  gtk_widget_activate_action (GTK_WIDGET (table), "table.copy-row", NULL);
  g_assert_null (sm_table_get_selected (table));
  sm_row_set_real (row, SM_STATION_POWER_KW, 7);
  sm_item_set_row (second, row);
  text = sm_table_dup_row (table, second);
  g_assert_cmpstr (text, ==, "B2\t<b>&\"quoted\", with comma\t7.0\toperating");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_finalizes (void)
{
  g_autoptr (GListStore) store = three_stations ();
  GtkWidget *table = sm_table_new ("test", "Stations", columns, G_N_ELEMENTS (columns), NULL, NULL);

  g_object_ref_sink (table);
  sm_table_set_model (SM_TABLE (table), G_LIST_MODEL (store));
  g_assert_finalize_object (table);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  sm_style_init ();
  g_test_add_func ("/widgets/table/csv-is-literal", test_csv);
  g_test_add_func ("/widgets/table/xlsx-is-literal", test_xlsx);
  g_test_add_func ("/widgets/table/writes-what-is-shown", test_as_shown);
  g_test_add_func ("/widgets/table/remembers", test_remembers);
  g_test_add_func ("/widgets/table/live-rows", test_live_rows);
  g_test_add_func ("/widgets/table/history-is-read-as-far-as-shown", test_history);
  g_test_add_func ("/widgets/table/finalizes", test_finalizes);
  return g_test_run ();
}
