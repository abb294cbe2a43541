/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-desk.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* What persons do with desks, in the writer's thread.  Each is sm_verb_run()'s: the same
 * key again gets the first answer again.  All return the desk after it, as a whole. */

/** SmDeskEdit: what is named is to be so; the row has it, or null. */
typedef struct
{
  const SmRow *wanted;
  gboolean has[SM_DESK_N_FIELDS];
} SmDeskEdit;

SmRow *sm_desks_create (SmRules           *rules,
                        SmActor           *actor,
                        const char        *idempotency_key,
                        const SmRow       *wanted,
                        GError           **error);
SmRow *sm_desks_edit   (SmRules           *rules,
                        SmActor           *actor,
                        const char        *idempotency_key,
                        gint64             desk_id,
                        gint64             if_seq,
                        const SmDeskEdit  *edit,
                        SmRow            **out_current,
                        GError           **error);
SmRow *sm_desks_sit    (SmRules           *rules,
                        SmActor           *actor,
                        const char        *idempotency_key,
                        gint64             desk_id,
                        const char        *reason,
                        GError           **error);
SmRow *sm_desks_leave  (SmRules           *rules,
                        SmActor           *actor,
                        const char        *idempotency_key,
                        gint64             desk_id,
                        const char        *reason,
                        GError           **error);
SmRow *sm_desks_close  (SmRules           *rules,
                        SmActor           *actor,
                        const char        *idempotency_key,
                        gint64             desk_id,
                        const char        *reason,
                        GError           **error);

/* In a reader's thread: of SmSitter. */
GPtrArray *sm_desks_list_sitters (SmReader  *reader,
                                  SmActor   *actor,
                                  GError   **error);

/* The roster. */
SmRow *sm_roster_add    (SmRules       *rules,
                         SmActor       *actor,
                         const char    *idempotency_key,
                         const SmRow   *wanted,
                         GError       **error);
SmRow *sm_roster_change (SmRules       *rules,
                         SmActor       *actor,
                         const char    *idempotency_key,
                         gint64         entry_id,
                         gint64         if_seq,
                         const SmRow   *wanted,
                         SmRow        **out_current,
                         GError       **error);
SmRow *sm_roster_remove (SmRules       *rules,
                         SmActor       *actor,
                         const char    *idempotency_key,
                         gint64         entry_id,
                         gint64         seen_seq,
                         SmRow        **out_current,
                         GError       **error);

/* Handing over. */
SmRow *sm_handovers_begin    (SmRules     *rules,
                              SmActor     *actor,
                              const char  *idempotency_key,
                              gint64       desk_id,
                              const char  *to_person,
                              const char  *note,
                              GError     **error);
SmRow *sm_handovers_sign     (SmRules     *rules,
                              SmActor     *actor,
                              const char  *idempotency_key,
                              gint64       handover_id,
                              gint64       seen_seq,
                              SmRow      **out_current,
                              GError     **error);
SmRow *sm_handovers_withdraw (SmRules     *rules,
                              SmActor     *actor,
                              const char  *idempotency_key,
                              gint64       handover_id,
                              GError     **error);
SmRow *sm_handovers_note     (SmRules     *rules,
                              SmActor     *actor,
                              const char  *idempotency_key,
                              gint64       handover_id,
                              gint64       if_seq,
                              const char  *note,
                              SmRow      **out_current,
                              GError     **error);

G_END_DECLS
