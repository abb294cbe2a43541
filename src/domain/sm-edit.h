/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmEdit:
 *
 * A field of a record that a person changes: as they saw it, as they want it,
 * and what it has become meanwhile.  NULL: nothing is said.  The part of a name
 * in one language is a field of its own, "name/en": two who translate do not
 * disturb each other.
 */
typedef struct
{
  char *field;
  char *base;
  char *mine;
  char *theirs; /* once it is known that the record has moved on */
} SmEdit;

/** SmEditFate: what becomes of changes when the record has moved on. */
typedef enum
{
  SM_EDIT_DONE,     /* it is as they want it already */
  SM_EDIT_APART,    /* the others changed something else: both can be */
  SM_EDIT_CONFLICT, /* the same field: somebody has to decide */
} SmEditFate;

GPtrArray    *sm_edits_new         (void);
void          sm_edits_add         (GPtrArray       *edits,
                                    const char      *field,
                                    const char      *base,
                                    const char      *mine);
GPtrArray    *sm_edits_copy        (const GPtrArray *edits);
char         *sm_edits_to_text     (const GPtrArray *edits);
GPtrArray    *sm_edits_from_text   (const char      *text);
SmEdit       *sm_edits_find        (const GPtrArray *edits,
                                    const char      *field);
void          sm_edits_take_theirs (GPtrArray       *edits,
                                    const SmRow     *current);
SmEditFate    sm_edits_judge       (const GPtrArray *edits);
gboolean      sm_edits_fit         (const GPtrArray *edits,
                                    const SmRow     *current);
void          sm_edits_lay_over    (const GPtrArray *edits,
                                    SmRow           *row);

gboolean      sm_edit_differs      (const SmEdit    *edit);
char         *sm_row_dup_part      (const SmRow     *row,
                                    const char      *field);

G_END_DECLS
