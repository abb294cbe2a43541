/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-list-view.h"

G_BEGIN_DECLS

extern const SmListSpec sm_desk_list;
extern const SmListSpec sm_roster_list;
extern const SmListSpec sm_handover_list;

/* What a desk may look after. */
extern const char *const sm_shift_kinds[];

char       *sm_shift_desk_name  (SmOps      *ops,
                                 gint64      desk_id);
const char *sm_shift_kind_words (const char *kind);
char       *sm_shift_role_words (const char *role);
char       *sm_shift_when       (SmOps      *ops,
                                 gint64      moment_us);

G_END_DECLS
