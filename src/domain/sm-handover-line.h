/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmHandoverLine:
 *
 * One line of what a handover says of itself: the document is text, a line each, the
 * parts with tabs between them, so that what was signed stays what was signed whatever
 * becomes of the alarms.
 */
typedef struct
{
  char *section; /* one of sm_handover_sections; "more": so many were left off */
  char *noun;    /* (nullable): of what it is about */
  gint64 id;     /* 0: of nothing */
  gint64 level;  /* 0: none; of "more" how many */
  char *code;    /* (nullable) */
  char *label;   /* (nullable): what it is called */
  gint64 at;     /* 0: unknown; since when, or until when it is put aside */
  char *person;  /* (nullable) */
  char *text;    /* (nullable) */
} SmHandoverLine;

extern const char *const sm_handover_sections[];

void            sm_handover_line_free   (SmHandoverLine       *self);
void            sm_handover_line_write  (GString              *text,
                                         const SmHandoverLine *line);
GPtrArray      *sm_handover_lines_read  (const char           *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmHandoverLine, sm_handover_line_free)

G_END_DECLS
