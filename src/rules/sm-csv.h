/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than any table of ours needs; what is beyond is a problem of its row. */
#define SM_CSV_MAX_FIELDS 256
#define SM_CSV_MAX_FIELD_BYTES (8 * 1024)
#define SM_CSV_MAX_ROW_BYTES (64 * 1024)

/**
 * SmCsvFill:
 *
 * Puts up to @size bytes of the table into @buffer.  Returns: how many, 0 at
 * the end, -1 with @error set.
 */
typedef gssize (*SmCsvFill) (gpointer   user_data,
                             char      *buffer,
                             gsize      size,
                             GError   **error);

/**
 * SmCsvRow:
 *
 * One row, borrowed from the reader until the next is read.  A row that cannot
 * be read says why; the rows after it still can.
 */
typedef struct
{
  guint64 line; /* where it begins, counted from 1 */
  guint n_fields;
  const char *const *fields; /* UTF-8, NUL-terminated */
  const char *problem;       /* an English clause, or NULL when the row is good */
  guint problem_field;       /* counted from 0 */
} SmCsvRow;

/**
 * SmCsvReader:
 *
 * Reads a table as RFC 4180 has it, in pieces of 64 KiB, so that a file may be
 * of any size: quotes, line breaks inside them, and beyond the letter of the
 * RFC a byte-order mark, LF or CR alone as the end of a row, and blank lines,
 * which are passed over.  One thread at a time.
 */
typedef struct _SmCsvReader SmCsvReader;

SmCsvReader *sm_csv_reader_new  (SmCsvFill         fill,
                                 gpointer          user_data);
void         sm_csv_reader_free (SmCsvReader      *self);
gboolean     sm_csv_reader_next (SmCsvReader      *self,
                                 const SmCsvRow  **out_row,
                                 GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmCsvReader, sm_csv_reader_free)

G_END_DECLS
