/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmAuditEntry: who did what, when, to what, and what it was before and after. */
typedef struct
{
  gint64 id;
  gint64 at;         /* network time, µs */
  gint64 machine_at; /* machine time, µs */
  char *actor_kind;  /* person | device | system */
  gint64 actor_id;
  char *actor;
  char *address;     /* (nullable) */
  char *act;         /* a permission: "alarm.acknowledge" */
  char *object;      /* "alarm/7" */
  char *outcome;     /* done | unchanged | refused */
  char *reason;      /* (nullable): the slug of a refusal */
  char *before;      /* (nullable): a JSON object of the fields that changed */
  char *after;       /* (nullable) */
} SmAuditEntry;

void       sm_audit_entry_free (SmAuditEntry   *self);

/* In a reader's thread: newest first. */
GPtrArray *sm_audit_read       (SmReader       *reader,
                                SmActor        *actor,
                                const char     *object,
                                gint64          before_id,
                                guint           limit,
                                gboolean       *out_more,
                                GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAuditEntry, sm_audit_entry_free)

G_END_DECLS
