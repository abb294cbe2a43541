/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-csv.h"

#include <string.h>

#include "sm-error.h"

#define CHUNK_BYTES (64 * 1024)
#define NO_BYTE (-1)

typedef enum
{
  FIELD_BEGIN,
  PLAIN,
  QUOTED,
  QUOTE_IN_QUOTED, /* the end of the field, or the first half of a quote */
  LOST,            /* nothing to hold on to but the next line */
} State;

struct _SmCsvReader
{
  SmCsvFill fill;
  gpointer user_data;
  char *chunk;
  gsize chunk_length, chunk_at;
  gboolean is_started, is_ended, last_was_cr;
  guint64 line; /* of the byte that comes next */

  State state;
  GString *text;     /* the row's fields, each with its NUL */
  GArray *starts;    /* gsize: where each begins in text */
  GPtrArray *fields; /* into text, once the row is whole */
  gsize row_bytes;
  gboolean has_content; /* anything but the end of the line was seen */
  SmCsvRow row;
};

/** sm_csv_reader_new: @fill is called, with @user_data, for as long as rows are read. */
SmCsvReader *
sm_csv_reader_new (SmCsvFill fill,
                   gpointer  user_data)
{
  SmCsvReader *self;

  g_return_val_if_fail (fill != NULL, NULL);

  self = g_new0 (SmCsvReader, 1);
  self->fill = fill;
  self->user_data = user_data;
  self->chunk = g_malloc (CHUNK_BYTES);
  self->line = 1;
  self->text = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->fields = g_ptr_array_new ();
  return self;
}

void
sm_csv_reader_free (SmCsvReader *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->chunk);
  g_string_free (self->text, TRUE);
  g_array_unref (self->starts);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* Only the first problem of a row is told: the others follow from it. */
static void
set_problem (SmCsvReader *self,
             const char  *problem)
{
  if (self->row.problem != NULL)
    return;
  self->row.problem = problem;
  self->row.problem_field = self->starts->len > 0 ? self->starts->len - 1 : 0;
}

/* A piece may be short, so the first is asked for until a mark would fit. */
static gboolean
refill (SmCsvReader  *self,
        gsize         at_least,
        GError      **error)
{
  self->chunk_at = 0;
  self->chunk_length = 0;
  while (self->chunk_length < at_least)
    {
      gssize n = self->fill (self->user_data, self->chunk + self->chunk_length,
                             CHUNK_BYTES - self->chunk_length, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      self->chunk_length += (gsize) n;
    }
  self->is_ended = self->chunk_length == 0;
  return TRUE;
}

static gboolean
start (SmCsvReader  *self,
       GError      **error)
{
  if (!refill (self, 3, error))
    return FALSE;
  self->is_started = TRUE;
  if (self->chunk_length >= 3 && memcmp (self->chunk, "\xef\xbb\xbf", 3) == 0)
    self->chunk_at = 3;
  if (self->chunk_length >= 2
      && (memcmp (self->chunk, "\xff\xfe", 2) == 0 || memcmp (self->chunk, "\xfe\xff", 2) == 0))
    {
      sm_set_error (error, SM_ERROR_MALFORMED, "csv-not-utf8",
                    "The file is UTF-16. Save it again as CSV in UTF-8.");
      return FALSE;
    }
  return TRUE;
}

/* Leaves NO_BYTE in out_byte at the end of the table. */
static gboolean
read_byte (SmCsvReader  *self,
           int          *out_byte,
           GError      **error)
{
  if (!self->is_started && !start (self, error))
    return FALSE;
  if (self->chunk_at == self->chunk_length && !self->is_ended && !refill (self, 1, error))
    return FALSE;
  *out_byte = self->is_ended ? NO_BYTE : (guint8) self->chunk[self->chunk_at++];
  return TRUE;
}

static void
begin_field (SmCsvReader *self)
{
  if (self->starts->len < SM_CSV_MAX_FIELDS)
    g_array_append_val (self->starts, self->text->len);
  else
    set_problem (self, "the row has more fields than any table here needs; remove what is too much");
  self->state = FIELD_BEGIN;
}

static void
end_field (SmCsvReader *self)
{
  gsize start_at = g_array_index (self->starts, gsize, self->starts->len - 1);

  if (!g_utf8_validate (self->text->str + start_at, (gssize) (self->text->len - start_at), NULL))
    set_problem (self, "the text is not UTF-8; save the file again as CSV in UTF-8");
  g_string_append_c (self->text, '\0');
}

static void
add_byte (SmCsvReader *self,
          int          byte)
{
  gsize start_at = g_array_index (self->starts, gsize, self->starts->len - 1);

  if (byte == '\0')
    set_problem (self, "the text holds a NUL byte; remove it");
  else if (self->text->len - start_at >= SM_CSV_MAX_FIELD_BYTES)
    set_problem (self, "the field is longer than 8 KiB; shorten it, or close its quote");
  else if (self->row.problem == NULL)
    g_string_append_c (self->text, (char) byte);
}

/* A byte inside a field or between two; line ends outside quotes never come here. */
static void
take_byte (SmCsvReader *self,
           int          byte)
{
  if (byte == ',' && (self->state != QUOTED && self->state != LOST))
    {
      end_field (self);
      begin_field (self);
    }
  else if (self->state == FIELD_BEGIN)
    {
      self->state = byte == '"' ? QUOTED : PLAIN;
      if (byte != '"')
        add_byte (self, byte);
    }
  else if (self->state == PLAIN)
    {
      if (byte == '"')
        set_problem (self, "a quote inside a field that does not begin with one; put the whole "
                           "field in quotes and double those inside");
      add_byte (self, byte);
    }
  else if (self->state == QUOTED && byte == '"')
    self->state = QUOTE_IN_QUOTED;
  else if (self->state == QUOTED)
    add_byte (self, byte);
  else if (self->state == QUOTE_IN_QUOTED && byte == '"')
    {
      add_byte (self, byte);
      self->state = QUOTED;
    }
  else if (self->state == QUOTE_IN_QUOTED)
    {
      set_problem (self, "text after the closing quote; double the quotes inside the field");
      self->state = LOST;
    }
}

static void
begin_row (SmCsvReader *self)
{
  g_string_truncate (self->text, 0);
  g_array_set_size (self->starts, 0);
  g_ptr_array_set_size (self->fields, 0);
  self->row = (SmCsvRow){ .line = self->line };
  self->row_bytes = 0;
  self->has_content = FALSE;
  begin_field (self);
}

static void
end_row (SmCsvReader *self)
{
  if (self->state == QUOTED)
    set_problem (self, "a quote is opened and never closed");
  end_field (self);
  for (guint i = 0; i < self->starts->len; i++)
    g_ptr_array_add (self->fields, self->text->str + g_array_index (self->starts, gsize, i));
  self->row.n_fields = self->fields->len;
  self->row.fields = (const char *const *) self->fields->pdata;
}

/* A quote that nobody closed would swallow the rest of the file: beyond the
 * longest row the next line is taken for the beginning of the next row. */
static void
watch_length (SmCsvReader *self)
{
  if (++self->row_bytes <= SM_CSV_MAX_ROW_BYTES)
    return;
  set_problem (self, "the row is longer than 64 KiB; shorten it, or close its quote");
  self->state = LOST;
}

/* Returns: whether @byte ends the row. */
static gboolean
take (SmCsvReader *self,
      int          byte)
{
  gboolean is_break = byte == '\n' || byte == '\r';
  gboolean is_half_break = byte == '\n' && self->last_was_cr;

  self->last_was_cr = byte == '\r';
  if (byte == NO_BYTE)
    return TRUE;
  if (is_break && !is_half_break)
    self->line++;
  watch_length (self);
  if (is_break && self->state != QUOTED)
    return !is_half_break;
  self->has_content = TRUE;
  take_byte (self, byte);
  return FALSE;
}

/**
 * sm_csv_reader_next:
 * @out_row: (out) (transfer none) (nullable): the next row; NULL at the end
 *
 * Returns: FALSE when the table can be read no further
 */
gboolean
sm_csv_reader_next (SmCsvReader     *self,
                    const SmCsvRow **out_row,
                    GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  do
    {
      int byte;

      begin_row (self);
      do
        if (!read_byte (self, &byte, error))
          return FALSE;
      while (!take (self, byte));
      end_row (self);
    }
  while (!self->has_content && !self->is_ended);
  *out_row = self->has_content ? &self->row : NULL;
  return TRUE;
}
