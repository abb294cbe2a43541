/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-document-private.h"

#include <cairo-pdf.h>

#include "sm-drill.h"
#include "sm-error.h"

static void
part_free (gpointer data)
{
  SmDocumentPart *part = data;

  g_free (part->text);
  g_free (part->value);
  g_free (part->link);
  g_strfreev (part->cells);
  sm_plot_free (part->plot);
  if (part->kind == SM_DOCUMENT_TABLE)
    {
      g_strfreev (part->table->titles);
      g_free (part->table->shares);
      g_free (part->table->is_number);
      g_free (part->table);
    }
  g_free (part);
}

/* What is no UTF-8 is still shown, as far as it is. */
static char *
clean (const char *text)
{
  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* What a cell can show of it; the rest would only cost time. */
static char *
clean_cell (const char *text)
{
  g_autofree char *valid = clean (text != NULL ? text : "");

  return g_utf8_strlen (valid, -1) > SM_DOCUMENT_MOST_CELL
             ? g_utf8_substring (valid, 0, SM_DOCUMENT_MOST_CELL)
             : g_steal_pointer (&valid);
}

static SmDocumentPart *
add (SmDocument     *self,
     SmDocumentKind  kind,
     const char     *text)
{
  SmDocumentPart *part = g_new0 (SmDocumentPart, 1);

  part->kind = kind;
  part->text = clean (text);
  g_ptr_array_add (self->parts, part);
  if (kind != SM_DOCUMENT_ROW)
    self->table = NULL;
  return part;
}

/** sm_document_new: Returns: (transfer full): a report without anything yet */
SmDocument *
sm_document_new (const SmDocumentHead *head)
{
  SmDocument *self = g_new0 (SmDocument, 1);

  self->title = clean (head->title);
  self->subtitle = clean (head->subtitle);
  /* Nobody is to forget that it was a drill. */
  self->mark = clean (head->mark == NULL && sm_drill_is_on () ? sm_drill_mark () : head->mark);
  self->foot = clean (head->foot);
  self->language = g_strdup (head->language);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
sm_document_free (SmDocument *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->parts);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->mark);
  g_free (self->foot);
  g_free (self->language);
  g_free (self);
}

/** sm_document_heading: Is never the last thing on a page. */
void
sm_document_heading (SmDocument *self,
                     const char *text)
{
  add (self, SM_DOCUMENT_HEADING, text);
}

/** sm_document_paragraph: Goes over to the next page line by line. */
void
sm_document_paragraph (SmDocument *self,
                       const char *text)
{
  add (self, SM_DOCUMENT_PARAGRAPH, text);
}

/** sm_document_fact: A name, dim, and beside it what is to be said. */
void
sm_document_fact (SmDocument *self,
                  const char *name,
                  const char *value)
{
  add (self, SM_DOCUMENT_FACT, name)->value = clean (value);
}

/** sm_document_table: Begins a table; sm_document_row() fills it until something else is added. */
void
sm_document_table (SmDocument             *self,
                   const SmDocumentColumn *columns,
                   guint                   n_columns)
{
  SmDocumentTable *table = g_new0 (SmDocumentTable, 1);
  double sum = 0;

  table->n_columns = n_columns;
  table->titles = g_new0 (char *, n_columns + 1);
  table->shares = g_new0 (double, n_columns);
  table->is_number = g_new0 (gboolean, n_columns);
  for (guint i = 0; i < n_columns; i++)
    sum += columns[i].share;
  for (guint i = 0; i < n_columns; i++)
    {
      table->titles[i] = clean (columns[i].title);
      table->shares[i] = columns[i].share / sum;
      table->is_number[i] = columns[i].is_number;
    }
  add (self, SM_DOCUMENT_TABLE, NULL)->table = table;
  self->table = table;
}

/**
 * sm_document_row:
 * @cells: as many as the table has columns; NULL is an empty one
 */
void
sm_document_row (SmDocument        *self,
                 const char *const *cells)
{
  SmDocumentPart *part;

  g_return_if_fail (self->table != NULL);

  part = add (self, SM_DOCUMENT_ROW, NULL);
  part->table = self->table;
  part->cells = g_new0 (char *, self->table->n_columns + 1);
  for (guint i = 0; i < self->table->n_columns; i++)
    part->cells[i] = clean_cell (cells[i]);
}

/**
 * sm_document_take_plot:
 * @caption: what is seen, with its unit
 * @plot: (transfer full): as wide as the page
 */
void
sm_document_take_plot (SmDocument *self,
                       const char *caption,
                       SmPlot     *plot)
{
  add (self, SM_DOCUMENT_PLOT, caption)->plot = plot;
}

/**
 * sm_document_label:
 * @text: what it is stuck on
 * @beneath: its number, as people type it
 * @link: what a phone opens that scans it
 *
 * A label to be cut out, two beside each other.
 */
void
sm_document_label (SmDocument *self,
                   const char *text,
                   const char *beneath,
                   const char *link)
{
  SmDocumentPart *part = add (self, SM_DOCUMENT_LABEL, text);

  part->value = clean (beneath);
  part->link = clean (link);
}

/** sm_document_get_size: Of a page, in points. */
void
sm_document_get_size (double *out_width,
                      double *out_height)
{
  *out_width = SM_DOCUMENT_WIDTH;
  *out_height = SM_DOCUMENT_HEIGHT;
}

static cairo_status_t
append_cb (void                *closure,
           const unsigned char *data,
           unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/** sm_document_count_pages: Returns: how many pages it takes */
guint
sm_document_count_pages (SmDocument *self)
{
  cairo_surface_t *nothing = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (nothing);
  guint n_pages = sm_document_lay_out (self, cr, SM_DOCUMENT_NO_PAGE, 0);

  cairo_destroy (cr);
  cairo_surface_destroy (nothing);
  return n_pages;
}

/** sm_document_draw_page: Draws the page with that number, from 1, on any surface. */
void
sm_document_draw_page (SmDocument *self,
                       cairo_t    *cr,
                       guint       page)
{
  guint n_pages = sm_document_count_pages (self);

  cairo_save (cr);
  sm_document_lay_out (self, cr, (int) page, n_pages);
  cairo_restore (cr);
}

/**
 * sm_document_to_pdf:
 * @out_pages: (out) (optional): how many pages there are
 *
 * Returns: (transfer full): the file
 */
GBytes *
sm_document_to_pdf (SmDocument  *self,
                    guint       *out_pages,
                    GError     **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint n_pages = sm_document_count_pages (self);
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream (append_cb, bytes, SM_DOCUMENT_WIDTH,
                                                              SM_DOCUMENT_HEIGHT);
  cairo_t *cr = cairo_create (pdf);
  cairo_status_t status;

  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATOR, "Stationmaster");
  sm_document_lay_out (self, cr, SM_DOCUMENT_ALL_PAGES, n_pages);
  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  status = cairo_surface_status (pdf);
  cairo_surface_destroy (pdf);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      sm_set_error (error, SM_ERROR_INTERNAL, "document-failed", "a document cannot be drawn: %s",
                    cairo_status_to_string (status));
      return NULL;
    }
  if (out_pages != NULL)
    *out_pages = n_pages;
  return g_bytes_new (bytes->data, bytes->len);
}

typedef struct
{
  SmDocument *report;
  GFile *file;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  sm_document_free (save->report);
  g_object_unref (save->file);
  g_free (save);
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Save *save = task_data;
  GError *error = NULL;
  guint n_pages = 0;
  g_autoptr (GBytes) bytes = sm_document_to_pdf (save->report, &n_pages, &error);

  if (bytes == NULL
      || !g_file_replace_contents (save->file, g_bytes_get_data (bytes, NULL),
                                   g_bytes_get_size (bytes), NULL, FALSE,
                                   G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_error (task, error);
  else
    g_task_return_int (task, (gssize) n_pages);
}

/**
 * sm_document_save_async:
 * @self: (transfer full): is laid out and written in a thread
 *
 * A file that was there is replaced only when the new one is whole.
 */
void
sm_document_save_async (SmDocument          *self,
                        GFile               *file,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (file, cancellable, callback, user_data);
  Save *save = g_new (Save, 1);

  *save = (Save){ self, g_object_ref (file) };
  g_task_set_source_tag (task, sm_document_save_async);
  g_task_set_task_data (task, save, save_free);
  g_task_run_in_thread (task, save_in_thread);
}

/**
 * sm_document_save_finish:
 * @out_pages: (out) (optional): how many pages were written
 */
gboolean
sm_document_save_finish (GAsyncResult  *result,
                         guint         *out_pages,
                         GError       **error)
{
  gssize n_pages = g_task_propagate_int (G_TASK (result), error);

  if (n_pages < 0)
    return FALSE;
  if (out_pages != NULL)
    *out_pages = (guint) n_pages;
  return TRUE;
}
