/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-audit.h"

#include "sm-rules-private.h"

#define MAX_ENTRIES 1000

/**
 * sm_audit_read:
 * @object: (nullable): as in "alarm/7"; NULL for all
 * @before_id: the last id of the page before, or 0
 *
 * Returns: (transfer full) (nullable): at most @limit of SmAuditEntry, newest first
 */
GPtrArray *
sm_audit_read (SmReader    *reader,
               SmActor     *actor,
               const char  *object,
               gint64       before_id,
               guint        limit,
               gboolean    *out_more,
               GError     **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (!sm_actor_require (actor, "audit.read", error))
    return NULL;
  limit = CLAMP (limit, 1, MAX_ENTRIES);
  entries = sm_audit_table_list (sm_service_db_get_connection (reader->db), object,
                                 before_id > 0 ? before_id : G_MAXINT64, limit + 1, error);
  if (entries == NULL)
    return NULL;
  *out_more = entries->len > limit;
  if (*out_more)
    g_ptr_array_set_size (entries, (int) limit);
  return g_steal_pointer (&entries);
}
