/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-plot.h"

G_BEGIN_DECLS

/**
 * SmDocument:
 *
 * A document of A4 pages, put together from top to bottom and then written as
 * PDF: headings, paragraphs, facts, tables whose head is repeated on every page
 * that they reach, plots.  What is written is shown literally, in whichever
 * script it is, and its fonts are in the file.  Any one thread at a time; the
 * pages are laid out only when the file is written.
 */
typedef struct _SmDocument SmDocument;

/** SmDocumentHead: what stands on every page; texts in the reader's language. */
typedef struct
{
  const char *title;    /* large on the first page, small above the others */
  const char *subtitle; /* (nullable): of what and of which time */
  const char *mark;     /* (nullable): a word not to be missed on any page; of itself in a drill */
  const char *foot;     /* (nullable): by whom and when */
  const char *language; /* "en" or "zh-CN": chooses between letter forms */
} SmDocumentHead;

/** SmDocumentColumn: of a table. */
typedef struct
{
  const char *title;
  double share;         /* of the width, beside the shares of the others */
  gboolean is_number;   /* stands at the right */
} SmDocumentColumn;

SmDocument *sm_document_new        (const SmDocumentHead *head);
void       sm_document_free        (SmDocument *self);
void       sm_document_heading     (SmDocument *self,
                                    const char *text);
void       sm_document_paragraph   (SmDocument *self,
                                    const char *text);
void       sm_document_fact        (SmDocument *self,
                                    const char *name,
                                    const char *value);
void       sm_document_table       (SmDocument             *self,
                                    const SmDocumentColumn *columns,
                                    guint                   n_columns);
void       sm_document_row         (SmDocument        *self,
                                    const char *const *cells);
void       sm_document_take_plot   (SmDocument *self,
                                    const char *caption,
                                    SmPlot     *plot);
void       sm_document_label       (SmDocument *self,
                                    const char *text,
                                    const char *beneath,
                                    const char *link);
guint      sm_document_count_pages (SmDocument *self);
void       sm_document_draw_page   (SmDocument *self,
                                    cairo_t    *cr,
                                    guint       page);
void       sm_document_get_size    (double *out_width,
                                    double *out_height);
GBytes     *sm_document_to_pdf     (SmDocument  *self,
                                    guint       *out_pages,
                                    GError     **error);
void       sm_document_save_async  (SmDocument          *self,
                                    GFile               *file,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean   sm_document_save_finish (GAsyncResult  *result,
                                    guint         *out_pages,
                                    GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmDocument, sm_document_free)

G_END_DECLS
