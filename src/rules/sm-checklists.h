/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* Templates of inspections, from files; in the writer's thread. */
SmRow     *sm_checklists_add    (SmRules      *rules,
                                 SmActor      *actor,
                                 const SmRow  *wanted,
                                 GError      **error);
SmRow     *sm_checklists_remove (SmRules      *rules,
                                 SmActor      *actor,
                                 const char   *name,
                                 GError      **error);
GPtrArray *sm_checklists_list   (SmRules      *rules,
                                 GError      **error);
SmRow     *sm_checklists_find   (SmRules      *rules,
                                 const char   *name,
                                 GError      **error);
gboolean   sm_checklists_check  (SmRules      *rules,
                                 const SmRow  *inspection,
                                 GError      **error);
gboolean   sm_checklists_take_over (SmRules      *rules,
                                 const SmRow  *from,
                                 SmRow        *inspection,
                                 GError      **error);

G_END_DECLS
