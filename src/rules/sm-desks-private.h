/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-desk.h"
#include "sm-desks.h"
#include "sm-verb-private.h"

G_BEGIN_DECLS

/* Desks and the roster as the rules need them for every alarm: read when they are needed,
 * forgotten when one is written. */
typedef struct _SmDeskBook
{
  GPtrArray *desks;    /* of SmRow, by rising id */
  GPtrArray *roster;   /* of SmRow: what is not over */
  GHashTable *parents; /* area -> the one around it */
  GPtrArray *users;    /* of SmUserRecord: one of them is there when nobody else is */
} SmDeskBook;

SmDeskBook *sm_desk_book_get     (SmRules       *rules,
                                  GError       **error);
void        sm_desk_book_free    (SmDeskBook    *self);
void        sm_desks_forget      (SmRules       *rules,
                                  SmNounId       noun);
gboolean    sm_desks_need_main   (SmRules       *rules,
                                  gint64         operator_id,
                                  GError       **error);
gboolean    sm_desks_begin       (SmRules       *rules,
                                  GError       **error);
gboolean    sm_desks_tick        (SmRules       *rules,
                                  GError       **error);
gboolean    sm_desks_settle      (SmRules       *rules,
                                  GError       **error);
gboolean    sm_desks_assign      (SmRules       *rules,
                                  SmRow         *alarm,
                                  GError       **error);
gboolean    sm_desks_refuse      (GError       **error,
                                  const char    *slug,
                                  const char    *pointer,
                                  const char    *person);
gboolean    sm_desks_check_sitter (SmRules      *rules,
                                  const SmRow   *desk,
                                  const char    *person,
                                  const char    *pointer,
                                  char         **out_name,
                                  GError       **error);
gboolean    sm_handovers_drop_open (SmRules       *rules,
                                  const SmActor *actor,
                                  gint64         desk_id,
                                  gint64         but_id,
                                  GError       **error);
char       *sm_handover_write_summary (SmRules    *rules,
                                  gint64         desk_id,
                                  GError       **error);
void        sm_desks_copy_keys   (SmRow         *row,
                                  const SmRow   *desk);
SmRow      *sm_desks_reread      (SmRules       *rules,
                                  const SmRow   *row,
                                  GError       **error);

G_END_DECLS
