/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-item.h"

G_BEGIN_DECLS

typedef struct _SmTableColumn SmTableColumn;

typedef char *(*SmTableText) (const SmTableColumn *column,
                              SmItem              *item,
                              gpointer             data);
typedef double (*SmTableNumber) (const SmTableColumn *column,
                                 SmItem              *item,
                                 gpointer             data);

typedef enum
{
  SM_COLUMN_PLAIN = 0,
  SM_COLUMN_HIDDEN = 1 << 0,  /* until somebody chooses it */
  SM_COLUMN_PRIMARY = 1 << 1, /* what the row is called: never cut short */
  SM_COLUMN_UNSORTED = 1 << 2,
  SM_COLUMN_DATE = 1 << 3, /* of a time, the day is all that matters */
  SM_COLUMN_LEVEL = 1 << 4, /* a number from 1 to 4, shown by the sign of that level */
} SmColumnFlags;

/**
 * SmTableColumn:
 *
 * What a column shows.  Without @text and @number it shows the @field by its
 * kind; with @scale a number is multiplied (0 counts as 1), as in Wh shown in
 * kWh.  A function says what the field alone does not: a name for an id.
 */
struct _SmTableColumn
{
  const char *id;    /* in links and in what is remembered */
  const char *title; /* marked with N_() */
  const char *unit;  /* NULL: none */
  guint field;
  guint flags;
  int digits;
  int width; /* in characters; 0: as wide as it needs */
  double scale;
  SmTableText text;
  SmTableNumber number;
};

/** SmTableContext: what every cell of a table is shown with. */
typedef struct
{
  GTimeZone *zone;
  gpointer data; /* for the functions of the columns */
} SmTableContext;

const char *sm_table_column_title     (const SmTableColumn  *self);
char       *sm_table_column_heading   (const SmTableColumn  *self);
gboolean    sm_table_column_is_number (const SmTableColumn  *self,
                                       const SmNoun         *noun);
double      sm_table_column_number    (const SmTableColumn  *self,
                                       SmItem               *item,
                                       const SmTableContext *context);
char       *sm_table_column_text      (const SmTableColumn  *self,
                                       SmItem               *item,
                                       const SmTableContext *context);
int         sm_table_column_compare   (const SmTableColumn  *self,
                                       SmItem               *a,
                                       SmItem               *b,
                                       gboolean              is_descending,
                                       const SmTableContext *context);

G_END_DECLS
