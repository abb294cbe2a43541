/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-drill.h"
#include "sm-style.h"
#include "sm-table.h"
#include "sm-text.h"

#include <glib/gstdio.h>

/* A file holds what the screen shows, whatever the texts are: read again by
 * foreign readers, cell by cell. */

#define LONG_TEXT 32000 /* a cell of a sheet holds 32,767 characters */

static char *
raw_text (const SmTableColumn *column,
          SmItem              *item,
          gpointer             data)
{
  return g_strdup (sm_row_get_text (sm_item_get_row (item), SM_STATION_ADDRESS));
}

static const SmTableColumn columns[] = {
  { "sn", "Serial number", NULL, SM_STATION_SN, SM_COLUMN_PRIMARY },
  { "address", "Address", NULL, SM_STATION_ADDRESS },
  { "raw", "=Raw", NULL, 0, 0, 0, 0, 0, raw_text },
  { "state", "State", NULL, SM_STATION_STATE },
};

static const char *const hostile[] = {
  "=HYPERLINK(\"http://example.org\",\"here\")",
  "+1+1",
  "-1",
  "@SUM(A1)",
  " \t=1",
  "\t1",
  "＝1",
  "'=1", /* an apostrophe of its own */
  "\"",
  "a \"\"b\"\", c",
  "one\ntwo\r\nthree\rfour",
  "\ttab\t",
  "\xe2\x80\xaeright to left\xe2\x80\xac",
  "😀𠮷🚚",
  "1\x01\x02\x1b[31m\x7f",
  "\xef\xbf\xbe",
  "_x0041_ is no letter",
  "<b>&amp;]]></b>",
  "0012",
  "1e5",
  "",
  NULL, /* the long one */
};

static char *
hostile_text (guint i)
{
  return hostile[i] != NULL ? g_strdup (hostile[i]) : g_strnfill (LONG_TEXT, 'x');
}

static GListStore *
hostile_stations (void)
{
  GListStore *store = g_list_store_new (SM_TYPE_ITEM);

  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (SmRow) row = sm_row_new (sm_noun_get (SM_NOUN_STATION));
      g_autoptr (SmItem) item = NULL;

      sm_row_set_int (row, SM_ROW_ID, i + 1);
      sm_row_set_int (row, SM_ROW_SEQ, 1);
      sm_row_take_text (row, SM_STATION_SN, g_strdup_printf ("SN%03u", i));
      sm_row_take_text (row, SM_STATION_ADDRESS, hostile_text (i));
      sm_row_set_text (row, SM_STATION_STATE, i % 2 == 0 ? "operating" : "paused");
      item = sm_item_new (row);
      g_list_store_append (store, item);
    }
  return store;
}

static SmTable *
shown_table (GtkWidget  **out_window,
             GListModel  *model)
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

static char *
export_path (void)
{
  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  return g_build_filename (g_get_user_cache_dir (), "hostile", NULL);
}

static void
export_now (SmTable       *table,
            SmSheetFormat  format,
            const char    *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  sm_table_export_to (table, format, file);
  while (sm_table_is_exporting (table))
    g_main_context_iteration (NULL, TRUE);
}

/* Each cell as a line: what kind it is, then its bytes as hexadecimal digits. */
#define AS_LINES "def cell(kind, text): print(kind, text.encode().hex())\n"

static const char read_csv[]
    = "import csv, sys\n" AS_LINES
      "f = open(sys.argv[1], encoding='utf-8-sig', newline='')\n"
      "for row in csv.reader(f, strict=True):\n"
      "  for text in row: cell('text', text)\n"
      "  print('row')\n";

static const char read_xlsx[]
    = "import re, sys, zipfile\n"
      "from xml.etree import ElementTree as E\n" AS_LINES
      "z = zipfile.ZipFile(sys.argv[1])\n"
      "assert z.testzip() is None\n"
      "n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
      "sheet = E.fromstring(z.read('xl/worksheets/sheet1.xml'))\n"
      "assert not list(sheet.iter(n + 'f')) and not list(sheet.iter(n + 'hyperlink'))\n"
      "code = lambda m: chr(int(m.group(1), 16))\n"
      "for row in sheet.iter(n + 'row'):\n"
      "  for c in row:\n"
      "    cell('text' if c.get('t') == 'inlineStr' else 'other',\n"
      "         re.sub('_x([0-9A-Fa-f]{4})_', code, ''.join(c.itertext())))\n"
      "  print('row')\n";

static char *
read_again (const char *script,
            const char *path)
{
  char *said = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;
  char *argv[] = { (char *) "/usr/bin/python3", (char *) "-c", (char *) script, (char *) path, NULL };

  g_spawn_sync (NULL, argv, NULL, 0, NULL, NULL, &said, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return said;
}

static void
expect (GString    *out,
        const char *text,
        gboolean    is_guarded)
{
  g_string_append (out, is_guarded ? "text 27" : "text ");
  for (const char *p = text; *p != '\0'; p++)
    g_string_append_printf (out, "%02x", (guchar) *p);
  g_string_append_c (out, '\n');
}

/* In CSV nothing says that a text is one: an apostrophe stands before what a
 * spreadsheet program would compute. */
static gboolean
is_computed (const char *text)
{
  const char *start = text + strspn (text, " \t");

  return text[0] == '\t' || (start[0] != '\0' && strchr ("=+-@", start[0]) != NULL)
         || g_str_has_prefix (start, "＝");
}

static char *
expected (gboolean is_csv)
{
  GString *out = g_string_new (NULL);

  expect (out, "Serial number", FALSE);
  expect (out, "Address", FALSE);
  expect (out, "=Raw", is_csv);
  expect (out, "State", FALSE);
  g_string_append (out, "row\n");
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autofree char *sn = g_strdup_printf ("SN%03u", i);
      g_autofree char *raw = hostile_text (i);
      g_autofree char *shown = sm_text_clean (raw);

      expect (out, sn, FALSE);
      expect (out, shown, is_csv && is_computed (shown));
      expect (out, raw, is_csv && is_computed (raw));
      expect (out, i % 2 == 0 ? "operating" : "paused", FALSE);
      g_string_append (out, "row\n");
    }
  return g_string_free (out, FALSE);
}

static void
test_hostile (gconstpointer data)
{
  SmSheetFormat format = (SmSheetFormat) GPOINTER_TO_UINT (data);
  g_autoptr (GListStore) store = hostile_stations ();
  g_autofree char *path = export_path ();
  g_autofree char *said = NULL;
  g_autofree char *wanted = expected (format == SM_SHEET_CSV);
  GtkWidget *window;
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));

  export_now (table, format, path);
  said = read_again (format == SM_SHEET_CSV ? read_csv : read_xlsx, path);
  g_assert_cmpstr (said, ==, wanted);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_operating (gpointer item,
              gpointer data)
{
  return g_str_equal (sm_row_get_text (sm_item_get_row (item), SM_STATION_STATE), "operating");
}

/* What the filter keeps, in the order and with the columns of the screen. */
static void
test_as_shown (gconstpointer data)
{
  SmSheetFormat format = (SmSheetFormat) GPOINTER_TO_UINT (data);
  GListStore *store = hostile_stations ();
  g_autoptr (GtkFilterListModel) kept = gtk_filter_list_model_new (
      G_LIST_MODEL (store), GTK_FILTER (gtk_custom_filter_new (is_operating, NULL, NULL)));
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autofree char *path = export_path ();
  g_autofree char *said = NULL;
  GtkWidget *window;
  SmTable *table = shown_table (&window, G_LIST_MODEL (kept));

  sm_table_set_shown (table, "address", FALSE);
  sm_table_set_shown (table, "raw", FALSE);
  g_assert_true (sm_table_set_sort (table, "sn", TRUE));
  expect (wanted, "Serial number", FALSE);
  expect (wanted, "State", FALSE);
  g_string_append (wanted, "row\n");
  for (guint i = G_N_ELEMENTS (hostile); i-- > 0;)
    if (i % 2 == 0)
      {
        g_autofree char *sn = g_strdup_printf ("SN%03u", i);

        expect (wanted, sn, FALSE);
        expect (wanted, "operating", FALSE);
        g_string_append (wanted, "row\n");
      }
  export_now (table, format, path);
  said = read_again (format == SM_SHEET_CSV ? read_csv : read_xlsx, path);
  g_assert_cmpstr (said, ==, wanted->str);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Of a drill, each row says so: one that is copied elsewhere too. */
static void
test_drill (gconstpointer data)
{
  SmSheetFormat format = (SmSheetFormat) GPOINTER_TO_UINT (data);
  g_autoptr (GListStore) store = hostile_stations ();
  g_autofree char *path = export_path ();
  g_autofree char *name = NULL;
  g_autofree char *again = NULL;
  g_autofree char *said = NULL;
  g_auto (GStrv) lines = NULL;
  GtkWidget *window;
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));
  guint n_marked = 0;

  sm_drill_set ("Night");
  name = sm_drill_dup_file_name ("a.csv");
  g_assert_cmpstr (name, ==, "DRILL-a.csv");
  again = sm_drill_dup_file_name (name);
  g_assert_cmpstr (again, ==, name);
  export_now (table, format, path);
  sm_drill_set (NULL);
  said = read_again (format == SM_SHEET_CSV ? read_csv : read_xlsx, path);
  lines = g_strsplit (said, "\n", -1);
  g_assert_cmpstr (lines[0], ==, "text 4452494c4c");
  for (guint i = 0; lines[i] != NULL && lines[i + 1] != NULL; i++)
    n_marked += g_str_equal (lines[i], "row") && g_str_equal (lines[i + 1], "text 4e69676874");
  g_assert_cmpuint (n_marked, ==, G_N_ELEMENTS (hostile));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Given up in its midst: no file, nor a part of one beside it. */
static void
test_cancel (gconstpointer data)
{
  SmSheetFormat format = (SmSheetFormat) GPOINTER_TO_UINT (data);
  g_autoptr (GListStore) store = hostile_stations ();
  g_autofree char *folder = g_dir_make_tmp ("export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "given-up", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GDir) dir = NULL;
  GtkWidget *window;
  SmTable *table = shown_table (&window, G_LIST_MODEL (store));

  sm_table_export_to (table, format, file);
  g_assert_true (sm_table_is_exporting (table));
  /* Rows come from this loop: what is written has begun, and cannot be done. */
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_thread_yield ();
  gtk_widget_activate_action (GTK_WIDGET (table), "table.cancel-export", NULL);
  while (sm_table_is_exporting (table))
    g_main_context_iteration (NULL, TRUE);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gpointer csv = GUINT_TO_POINTER (SM_SHEET_CSV), xlsx = GUINT_TO_POINTER (SM_SHEET_XLSX);

  gtk_test_init (&argc, &argv);
  sm_style_init ();
  g_test_add_data_func ("/widgets/export/csv-holds-hostile-texts", csv, test_hostile);
  g_test_add_data_func ("/widgets/export/xlsx-holds-hostile-texts", xlsx, test_hostile);
  g_test_add_data_func ("/widgets/export/csv-is-what-is-shown", csv, test_as_shown);
  g_test_add_data_func ("/widgets/export/xlsx-is-what-is-shown", xlsx, test_as_shown);
  g_test_add_data_func ("/widgets/export/csv-of-a-drill", csv, test_drill);
  g_test_add_data_func ("/widgets/export/xlsx-of-a-drill", xlsx, test_drill);
  g_test_add_data_func ("/widgets/export/csv-given-up-leaves-nothing", csv, test_cancel);
  g_test_add_data_func ("/widgets/export/xlsx-given-up-leaves-nothing", xlsx, test_cancel);
  return g_test_run ();
}
