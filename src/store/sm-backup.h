/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmBackup:
 *
 * What a copy of a service's database holds, and for one that was restored,
 * what the database that it replaced had beyond it.
 */
typedef struct
{
  gint64 bytes;
  gint64 seq;       /* of its last change */
  char *epoch;
  char *aside;      /* (nullable): where the replaced database is kept */
  GPtrArray *gone;  /* (nullable): of SmAuditEntry, what people did since, newest first; NULL when
                     * the two have no past in common, or it cannot be told */
  gint64 n_gone;    /* there may be more of them than are listed */
} SmBackup;

SmBackup *sm_backup_make    (const char   *database,
                             const char   *file,
                             GError      **error);
SmBackup *sm_backup_restore (const char   *file,
                             const char   *database,
                             const char   *actor,
                             GError      **error);
void      sm_backup_free    (SmBackup     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmBackup, sm_backup_free)

G_END_DECLS
