/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sm-document.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const SmDocumentHead head = {
  .title = "Shift report",
  .subtitle = "South desk",
  .foot = "Stationmaster",
  .language = "en",
};

static const SmDocumentColumn columns[] = {
  { "Time", 1, FALSE },
  { "Text", 3, FALSE },
  { "Number", 1, TRUE },
};

static SmDocument *
make_table (guint n_rows)
{
  SmDocument *report = sm_document_new (&head);

  sm_document_heading (report, "Alarms");
  sm_document_table (report, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      const char *cells[] = { "12:00", "Pack temperature above its limit", number };

      sm_document_row (report, cells);
    }
  return report;
}

static cairo_surface_t *
draw (SmDocument *report,
      guint       page)
{
  double width, height;
  cairo_surface_t *surface;
  cairo_t *cr;

  sm_document_get_size (&width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  sm_document_draw_page (report, cr, page);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* How many pixels of that part of a page are not white; of the shade of a table's head alone. */
static guint
count (cairo_surface_t *surface,
       int              from,
       int              to,
       gboolean         is_shade)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  guint n = 0;

  for (int y = from; y < to; y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      {
        const guint8 *at = data + y * cairo_image_surface_get_stride (surface) + x * 4;

        n += is_shade ? at[0] >= 0xf2 && at[0] <= 0xf5 && at[2] >= 0xf0 && at[2] <= 0xf2
                      : at[1] != 0xff;
      }
  return n;
}

static guint
occurrences (GBytes     *bytes,
             const char *what)
{
  gsize size;
  const char *at = g_bytes_get_data (bytes, &size);
  const char *end = at + size;
  guint n = 0;

  while ((at = memmem (at, (gsize) (end - at), what, strlen (what))) != NULL)
    {
      n++;
      at += strlen (what);
    }
  return n;
}

/* Each page that a table reaches begins with its head, and the count is what is in the file. */
static void
test_pages (void)
{
  g_autoptr (SmDocument) report = make_table (200);
  g_autoptr (GError) error = NULL;
  guint n_pages = 0, n = sm_document_count_pages (report);
  g_autoptr (GBytes) pdf = sm_document_to_pdf (report, &n_pages, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, >, 3);
  g_assert_cmpuint (n_pages, ==, n);
  /* Each of them, and the node above. */
  g_assert_cmpuint (occurrences (pdf, "/Type /Page"), ==, n_pages + 1);
  for (guint page = 2; page <= n_pages; page++)
    {
      cairo_surface_t *surface = draw (report, page);

      g_assert_cmpuint (count (surface, 55, 85, TRUE), >, 2000);
      cairo_surface_destroy (surface);
    }
}

/* What comes behind a table does not stand under its head. */
static void
test_behind (void)
{
  g_autoptr (SmDocument) report = make_table (3);
  GString *text = g_string_new (NULL);
  cairo_surface_t *surface;

  for (guint i = 0; i < 900; i++)
    g_string_append (text, "What was done in the night. ");
  sm_document_paragraph (report, text->str);
  g_assert_cmpuint (sm_document_count_pages (report), >=, 3);
  surface = draw (report, 2);
  g_assert_cmpuint (count (surface, 55, 85, TRUE), <, 1000);
  g_assert_cmpuint (count (surface, 55, 85, FALSE), >, 100);
  cairo_surface_destroy (surface);
  g_string_free (text, TRUE);
}

/* However long a cell is, nothing stands below the page's foot. */
static void
test_long (void)
{
  g_autoptr (SmDocument) report = make_table (1);
  g_autofree char *word = g_strnfill (3000, 'w');
  const char *cells[] = { word, word, NULL };
  guint n_pages;

  for (guint i = 0; i < 3; i++)
    sm_document_row (report, cells);
  sm_document_fact (report, word, word);

  n_pages = sm_document_count_pages (report);
  for (guint page = 1; page <= n_pages; page++)
    {
      cairo_surface_t *surface = draw (report, page);

      g_assert_cmpuint (count (surface, 786, 796, FALSE), ==, 0);
      g_assert_cmpuint (count (surface, 818, 841, FALSE), ==, 0);
      cairo_surface_destroy (surface);
    }
}

/* The letters are in the file, and what is no text or looks like markup does no harm. */
static void
test_fonts (void)
{
  const SmDocumentHead chinese = { "交接班报告", "华南值班台", "演练", NULL, "zh-CN" };
  g_autoptr (SmDocument) report = sm_document_new (&chinese);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;

  sm_document_paragraph (report, "<b>热失控 & \xff\xfe</b>");
  sm_document_fact (report, "时间", "12:00");
  sm_document_paragraph (report, NULL);
  pdf = sm_document_to_pdf (report, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (occurrences (pdf, "/FontFile"), >, 0);
  g_assert_cmpuint (occurrences (pdf, "/Type /FontDescriptor"), ==, occurrences (pdf, "/FontFile"));
}

/* The word that nobody must miss is on every page. */
static void
test_mark (void)
{
  SmDocumentHead marked = head;
  g_autoptr (SmDocument) report = NULL;

  marked.mark = "DRILL";
  report = sm_document_new (&marked);
  for (guint i = 0; i < 200; i++)
    sm_document_paragraph (report, "One");
  for (guint page = 1; page <= sm_document_count_pages (report); page++)
    {
      cairo_surface_t *surface = draw (report, page);

      g_assert_cmpuint (count (surface, 20, 30, FALSE), >, 40);
      cairo_surface_destroy (surface);
    }
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* A file is whole or is not touched. */
/* As a phone's camera reads them: by somebody else's reader. */
static void
test_labels (void)
{
  g_autoptr (SmDocument) report = sm_document_new (&head);
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "sm-labels-XXXXXX.png", NULL);
  g_autofree char *command = NULL;
  g_autofree char *read = NULL;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1800, 2550);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < 13; i++)
    {
      g_autofree char *link = g_strdup_printf ("https://network.example/r/P%u-7HJQ2M9X", i);

      sm_document_label (report, "Pile 充电桩 with quite a long name that goes on and on", "SN-0042",
                         link);
    }
  sm_document_paragraph (report, "Behind them");
  g_assert_cmpuint (sm_document_count_pages (report), ==, 2);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, 3, 3);
  sm_document_draw_page (report, cr, 1);
  cairo_destroy (cr);
  close (g_mkstemp_full (path, O_RDWR, 0600));
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  command = g_strdup_printf ("zbarimg --quiet --raw %s", path);
  g_spawn_command_line_sync (command, &read, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *line = g_strdup_printf ("https://network.example/r/P%u-7HJQ2M9X\n", i);

      g_assert_nonnull (strstr (read, line));
    }
  g_unlink (path);
}

static void
test_save (void)
{
  g_autofree char *folder = g_dir_make_tmp ("sm-document-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "report.pdf", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "none", "report.pdf", NULL);
  const char *paths[] = { path, nowhere };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint n_pages = 0;

      sm_document_save_async (make_table (10), file, NULL, saved_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (sm_document_save_finish (result, &n_pages, &error), ==, i == 0);
      g_assert_cmpuint (n_pages, ==, i == 0);
      g_assert_true ((error == NULL) == (i == 0));
      g_assert_cmpint (g_file_query_exists (file, NULL), ==, i == 0);
    }
  g_remove (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/document/pages", test_pages);
  g_test_add_func ("/plot/document/behind-a-table", test_behind);
  g_test_add_func ("/plot/document/long", test_long);
  g_test_add_func ("/plot/document/fonts", test_fonts);
  g_test_add_func ("/plot/document/mark", test_mark);
  g_test_add_func ("/plot/document/labels", test_labels);
  g_test_add_func ("/plot/document/save", test_save);
  return g_test_run ();
}
