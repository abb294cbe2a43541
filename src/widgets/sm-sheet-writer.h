/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmSheetCell:
 *
 * One cell as it is written: a text that is shown literally, or a number.
 */
typedef struct
{
  const char *text; /* NULL: a number, or nothing when that is NAN */
  double number;
} SmSheetCell;

typedef enum
{
  SM_SHEET_CSV,
  SM_SHEET_XLSX,
} SmSheetFormat;

/* What a sheet of a spreadsheet program can hold, the head included. */
#define SM_SHEET_MAX_ROWS 1048576
#define SM_SHEET_MAX_TEXT 32767

/**
 * SmSheetWriter:
 *
 * Writes rows of cells as CSV or XLSX to a stream.  Whatever a text begins
 * with, a spreadsheet program shows it and computes nothing: in CSV what looks
 * like a formula gets an apostrophe in front, in XLSX texts are literal by
 * their kind.  Any one thread at a time.
 */
typedef struct _SmSheetWriter SmSheetWriter;

SmSheetWriter *sm_sheet_writer_new    (SmSheetFormat       format,
                                       GOutputStream      *stream,
                                       const char         *title);
void           sm_sheet_writer_free   (SmSheetWriter      *self);
gboolean       sm_sheet_writer_row    (SmSheetWriter      *self,
                                       const SmSheetCell  *cells,
                                       guint               n_cells,
                                       GError            **error);
gboolean       sm_sheet_writer_finish (SmSheetWriter      *self,
                                       GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSheetWriter, sm_sheet_writer_free)

G_END_DECLS
