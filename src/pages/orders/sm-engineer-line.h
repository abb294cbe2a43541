/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/** SmEngineerBlockKind: which part of the life of an order is drawn */
typedef enum
{
  SM_ENGINEER_BLOCK_PLANNED,
  SM_ENGINEER_BLOCK_RUNNING,
  SM_ENGINEER_BLOCK_DONE,
} SmEngineerBlockKind;

/** SmEngineerBlock: when somebody is, was or will be at an order */
typedef struct
{
  gint64 order_id;
  gint64 from, to; /* network time, µs */
  SmEngineerBlockKind kind;
  guint level;
  guint row; /* below those at the same time */
} SmEngineerBlock;

/** SmEngineerShift: when somebody is on the roster */
typedef struct
{
  gint64 from, to;
} SmEngineerShift;

/* So many orders at one time are drawn below each other; more lie over the last. */
#define SM_ENGINEER_ROWS 3

/**
 * SmEngineerLine:
 *
 * An engineer and their orders in a span of time, in the order in which they begin.
 *
 * Signal "changed" (): others than before, or at other times.
 */
#define SM_TYPE_ENGINEER_LINE (sm_engineer_line_get_type ())
G_DECLARE_FINAL_TYPE (SmEngineerLine, sm_engineer_line, SM, ENGINEER_LINE, GObject)

struct _SmEngineerLine
{
  GObject parent_instance;

  gint64 engineer_id;
  char *name;
  char *detail;
  GArray *blocks; /* of SmEngineerBlock */
  GArray *shifts; /* of SmEngineerShift */
};

SmEngineerLine *sm_engineer_line_new     (gint64               engineer_id);
void            sm_engineer_line_take    (SmEngineerLine      *self,
                                          char                *name,
                                          char                *detail,
                                          GArray              *blocks,
                                          GArray              *shifts);
gboolean        sm_engineer_block_read   (const SmRow         *order,
                                          gint64               now,
                                          SmEngineerBlock     *out_block);
int             sm_engineer_line_find    (SmEngineerLine      *self,
                                          gint64               order_id);

G_END_DECLS
