/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-audit-table.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In a reader's thread: newest first. */
GPtrArray *sm_audit_read       (SmReader       *reader,
                                SmActor        *actor,
                                const char     *object,
                                gint64          before_id,
                                guint           limit,
                                gboolean       *out_more,
                                GError        **error);

G_END_DECLS
