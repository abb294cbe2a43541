/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-history-table.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In a reader's thread. */
GPtrArray *sm_history_read     (SmReader              *reader,
                                SmActor               *actor,
                                const SmHistoryQuery  *query,
                                gboolean              *out_more,
                                GError               **error);
SmRow     *sm_history_read_row (SmReader              *reader,
                                SmActor               *actor,
                                const SmNoun          *noun,
                                gint64                 id,
                                GError               **error);
gboolean   sm_history_may_read (const SmActor         *actor,
                                const SmNoun          *noun,
                                GError               **error);

G_END_DECLS
