/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-document.h"

G_BEGIN_DECLS

typedef enum
{
  SM_DOCUMENT_HEADING,
  SM_DOCUMENT_PARAGRAPH,
  SM_DOCUMENT_FACT,
  SM_DOCUMENT_TABLE, /* its head; the rows follow as parts of their own */
  SM_DOCUMENT_ROW,
  SM_DOCUMENT_PLOT,
  SM_DOCUMENT_LABEL,
} SmDocumentKind;

typedef struct
{
  guint n_columns;
  double *shares; /* of the width, one in sum */
  gboolean *is_number;
  GStrv titles;
} SmDocumentTable;

typedef struct
{
  SmDocumentKind kind;
  char *text;           /* heading, paragraph; name of a fact; caption of a plot */
  char *value;          /* of a fact; beneath the text of a label */
  char *link;           /* what the code on a label says */
  GStrv cells;          /* of a row */
  SmDocumentTable *table; /* of a table (owned) and of its rows (borrowed) */
  SmPlot *plot;
} SmDocumentPart;

struct _SmDocument
{
  char *title, *subtitle, *mark, *foot, *language;
  GPtrArray *parts;     /* of SmDocumentPart */
  SmDocumentTable *table; /* (nullable): the one that rows belong to */
};

/* A4, in points. */
#define SM_DOCUMENT_WIDTH 595.28
#define SM_DOCUMENT_HEIGHT 841.89

/* Characters. */
#define SM_DOCUMENT_MOST_CELL 2000

#define SM_DOCUMENT_NO_PAGE 0
#define SM_DOCUMENT_ALL_PAGES (-1)

guint sm_document_lay_out (const SmDocument *self,
                           cairo_t          *cr,
                           int               page,
                           guint             n_pages);

gboolean sm_label_draw    (cairo_t    *cr,
                           const char *link,
                           double      x,
                           double      y,
                           double      size);

G_END_DECLS
