/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-time.h"

G_BEGIN_DECLS

/*
 * Which desk an alarm is of, and to whom the alarms of a desk belong, as pure functions:
 * there is always somebody, as long as there is anybody who may.
 */

/** SmAreaParentFunc: Returns: the area around @area_id, or %SM_UNKNOWN */
typedef gint64 (*SmAreaParentFunc) (gint64   area_id,
                                    gpointer user_data);

/** SmMayAnswerFunc: Returns: whether @person is there and may see to alarms */
typedef gboolean (*SmMayAnswerFunc) (const char *person,
                                     gpointer    user_data);

typedef struct
{
  const char *person; /* (nullable): nobody may; as long as the rows that were given */
  SmAnswersAs as;
} SmAnswering;

/** SmRosterGap: when nobody is on the roster of a desk. */
typedef struct
{
  gint64 from;
  gint64 to;
} SmRosterGap;

/** SmSitter: somebody who may sit at desks. */
typedef struct
{
  char *name; /* as they sign in */
  char *display_name;
  char *role;
} SmSitter;

void         sm_sitter_free       (SmSitter           *self);

const SmRow *sm_desks_get_main    (const GPtrArray    *desks,
                                   gint64              operator_id);
gboolean     sm_desk_looks_after  (const GPtrArray    *desks,
                                   const SmRow        *desk,
                                   const SmRow        *other);
const SmRow *sm_desks_get         (const GPtrArray    *desks,
                                   gint64              id);
const SmRow *sm_desks_find_for    (const GPtrArray    *desks,
                                   const SmRow        *alarm,
                                   SmAreaParentFunc    parent,
                                   gpointer            user_data);
SmAnswering  sm_desks_answering   (const GPtrArray    *desks,
                                   const GPtrArray    *roster,
                                   const SmRow        *desk,
                                   gint64              now,
                                   SmMayAnswerFunc     may,
                                   gpointer            user_data,
                                   const char         *administrator);
gboolean     sm_desk_is_manned    (const SmRow        *desk);
gboolean     sm_desk_lists        (const char         *list,
                                   const char         *word);
GArray      *sm_roster_find_gaps  (const GPtrArray    *roster,
                                   gint64              desk_id,
                                   gint64              from,
                                   gint64              to);
const SmRow *sm_roster_find_clash (const GPtrArray    *roster,
                                   const SmRow        *entry);

/* How far ahead a gap of the roster is a warning. */
#define SM_ROSTER_AHEAD (7 * SM_DAY)

G_END_DECLS
