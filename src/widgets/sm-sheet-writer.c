/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sheet-writer.h"

#include "sm-zip-writer.h"

#include <math.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* else Excel takes UTF-8 for Latin-1 */
#define LARGEST_TITLE 31               /* of a sheet, in characters */
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define SPREADSHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define TYPES "application/vnd.openxmlformats-officedocument.spreadsheetml."

struct _SmSheetWriter
{
  SmSheetFormat format;
  GOutputStream *stream;
  SmZipWriter *zip; /* NULL: CSV */
  GString *row;
  char *title;
  guint n_rows;
};

/* Spreadsheet programs take a text for a formula that begins like one, also
 * after white space. */
static gboolean
is_formula (const char *text)
{
  const char *start = text + strspn (text, " \t\r\n");

  return *start != '\0'
         && (strchr ("=+-@", *start) != NULL || g_str_has_prefix (start, "\xef\xbc\x9d")
             || g_str_has_prefix (start, "\xef\xbc\x8b") || g_str_has_prefix (start, "\xef\xbc\x8d")
             || g_str_has_prefix (start, "\xef\xbc\xa0") || *text == '\t' || *text == '\r');
}

static void
append_number (GString *out,
               double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

static void
append_csv (GString           *out,
            const SmSheetCell *cell)
{
  if (cell->text == NULL)
    {
      if (isfinite (cell->number))
        append_number (out, cell->number);
      return;
    }
  g_string_append_c (out, '"');
  if (is_formula (cell->text))
    g_string_append_c (out, '\'');
  for (const char *p = cell->text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

/* XML 1.0 has no way to write most control characters, and its readers take a
 * carriage return for a line's end; sheets have a notation of their own for them. */
static gboolean
is_xml (gunichar c)
{
  return c == '\t' || c == '\n' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
}

/* Whether a text has by itself what that notation looks like: _x0041_. */
static gboolean
is_notation (const char *text)
{
  if (text[0] != '_' || text[1] != 'x')
    return FALSE;
  for (guint i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (text[i]))
      return FALSE;
  return text[6] == '_';
}

static void
append_xml (GString    *out,
            const char *text,
            guint       limit)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < limit; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (!is_xml (c) || is_notation (p))
        g_string_append_printf (out, "_x%04X_", c);
      else
        g_string_append_unichar (out, c);
    }
}

static void
append_xlsx (GString           *out,
             const SmSheetCell *cell)
{
  if (cell->text != NULL)
    {
      g_string_append (out, "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
      append_xml (out, cell->text, SM_SHEET_MAX_TEXT);
      g_string_append (out, "</t></is></c>");
    }
  else if (isfinite (cell->number))
    {
      g_string_append (out, "<c><v>");
      append_number (out, cell->number);
      g_string_append (out, "</v></c>");
    }
  else
    g_string_append (out, "<c/>");
}

/* A sheet's name is short and has none of these. */
static char *
clean_title (const char *title)
{
  g_autofree char *valid = g_utf8_make_valid (title, -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1),
                                                            LARGEST_TITLE));

  g_strdelimit (start, "[]:*?/\\'", ' ');
  return g_strdup (start[0] != '\0' ? start : "Sheet");
}

/**
 * sm_sheet_writer_new:
 * @title: of the sheet
 *
 * Returns: (transfer full): a writer that leaves closing @stream to the caller
 */
SmSheetWriter *
sm_sheet_writer_new (SmSheetFormat  format,
                     GOutputStream *stream,
                     const char    *title)
{
  SmSheetWriter *self = g_new0 (SmSheetWriter, 1);

  self->format = format;
  self->stream = g_object_ref (stream);
  self->zip = format == SM_SHEET_XLSX ? sm_zip_writer_new (stream) : NULL;
  self->row = g_string_new (NULL);
  self->title = clean_title (title);
  return self;
}

void
sm_sheet_writer_free (SmSheetWriter *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->zip, sm_zip_writer_free);
  g_object_unref (self->stream);
  g_string_free (self->row, TRUE);
  g_free (self->title);
  g_free (self);
}

static gboolean
write_member (SmSheetWriter  *self,
              const char     *name,
              const char     *text,
              GError        **error)
{
  return sm_zip_writer_begin (self->zip, name, error)
         && sm_zip_writer_write (self->zip, text, strlen (text), error)
         && sm_zip_writer_end (self->zip, error);
}

static gboolean
write_workbook (SmSheetWriter  *self,
                GError        **error)
{
  g_autoptr (GString) book = g_string_new (XML "<workbook xmlns=\"" SPREADSHEET "\" xmlns:r=\"" OFFICE
                                               "\"><sheets><sheet name=\"");

  append_xml (book, self->title, LARGEST_TITLE);
  g_string_append (book, "\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
  return write_member (self, "[Content_Types].xml",
                       XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/"
                           "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
                           "vnd.openxmlformats-package.relationships+xml\"/><Default Extension="
                           "\"xml\" ContentType=\"application/xml\"/><Override PartName="
                           "\"/xl/workbook.xml\" ContentType=\"" TYPES "sheet.main+xml\"/>"
                           "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" TYPES
                           "worksheet+xml\"/></Types>",
                       error)
         && write_member (self, "_rels/.rels",
                          XML "<Relationships xmlns=\"" RELATIONS "\"><Relationship Id=\"rId1\" "
                              "Type=\"" OFFICE "/officeDocument\" Target=\"xl/workbook.xml\"/>"
                              "</Relationships>",
                          error)
         && write_member (self, "xl/workbook.xml", book->str, error)
         && write_member (self, "xl/_rels/workbook.xml.rels",
                          XML "<Relationships xmlns=\"" RELATIONS "\"><Relationship Id=\"rId1\" "
                              "Type=\"" OFFICE "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                              "</Relationships>",
                          error);
}

static gboolean
begin (SmSheetWriter  *self,
       GError        **error)
{
  if (self->format == SM_SHEET_CSV)
    return g_output_stream_write_all (self->stream, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK), NULL,
                                      NULL, error);
  g_string_assign (self->row, XML "<worksheet xmlns=\"" SPREADSHEET "\"><sheetViews><sheetView "
                                  "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" "
                                  "state=\"frozen\"/></sheetView></sheetViews><sheetData>");
  return write_workbook (self, error)
         && sm_zip_writer_begin (self->zip, "xl/worksheets/sheet1.xml", error)
         && sm_zip_writer_write (self->zip, self->row->str, self->row->len, error);
}

/** sm_sheet_writer_row: Writes one row; the first one is the head. */
gboolean
sm_sheet_writer_row (SmSheetWriter      *self,
                     const SmSheetCell  *cells,
                     guint               n_cells,
                     GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->n_rows == 0 && !begin (self, error))
    return FALSE;
  if (++self->n_rows > SM_SHEET_MAX_ROWS && self->format == SM_SHEET_XLSX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, "a sheet holds %d rows",
                   SM_SHEET_MAX_ROWS);
      return FALSE;
    }
  g_string_assign (self->row, self->format == SM_SHEET_XLSX ? "<row>" : "");
  for (guint i = 0; i < n_cells; i++)
    {
      if (self->format == SM_SHEET_CSV && i > 0)
        g_string_append_c (self->row, ',');
      if (self->format == SM_SHEET_CSV)
        append_csv (self->row, &cells[i]);
      else
        append_xlsx (self->row, &cells[i]);
    }
  g_string_append (self->row, self->format == SM_SHEET_XLSX ? "</row>" : "\r\n");
  if (self->format == SM_SHEET_XLSX)
    return sm_zip_writer_write (self->zip, self->row->str, self->row->len, error);
  return g_output_stream_write_all (self->stream, self->row->str, self->row->len, NULL, NULL, error);
}

/** sm_sheet_writer_finish: After the last row; the file is whole. */
gboolean
sm_sheet_writer_finish (SmSheetWriter  *self,
                        GError        **error)
{
  static const char end[] = "</sheetData></worksheet>";

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->n_rows == 0 && !begin (self, error))
    return FALSE;
  if (self->format == SM_SHEET_CSV)
    return TRUE;
  return sm_zip_writer_write (self->zip, end, strlen (end), error)
         && sm_zip_writer_end (self->zip, error) && sm_zip_writer_finish (self->zip, error);
}
