/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

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

/* For the test that looks at query plans. */
#define SM_AUDIT_SELECT_                                                                    \
  "SELECT id, at, machine_at, actor_kind, actor_id, actor, address, act, object, outcome, " \
  "reason, before, after FROM audit_log WHERE id < ?1"
#define SM_AUDIT_LIST_SQL SM_AUDIT_SELECT_ " ORDER BY id DESC LIMIT ?2"
#define SM_AUDIT_LIST_OBJECT_SQL SM_AUDIT_SELECT_ " AND object = ?3 ORDER BY id DESC LIMIT ?2"

void       sm_audit_entry_free  (SmAuditEntry        *self);

gboolean   sm_audit_table_add   (SmConnection        *connection,
                                 const SmAuditEntry  *entry,
                                 GError             **error);
GPtrArray *sm_audit_table_list  (SmConnection        *connection,
                                 const char          *object,
                                 gint64               before_id,
                                 guint                limit,
                                 GError             **error);

/* Answers that were given to a write, by the key it was sent with. */
gboolean   sm_key_table_find    (SmConnection        *connection,
                                 gint64               person_id,
                                 const char          *key,
                                 char               **out_request_hash,
                                 GBytes             **out_answer,
                                 GError             **error);
gboolean   sm_key_table_add     (SmConnection        *connection,
                                 gint64               person_id,
                                 const char          *key,
                                 const char          *request_hash,
                                 GBytes              *answer,
                                 gint64               created_at,
                                 GError             **error);
gboolean   sm_key_table_prune   (SmConnection        *connection,
                                 gint64               older_than,
                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmAuditEntry, sm_audit_entry_free)

G_END_DECLS
