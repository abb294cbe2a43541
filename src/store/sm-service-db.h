/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"
#include "sm-scope.h"

G_BEGIN_DECLS

/**
 * SmServiceDb:
 *
 * A connection to the service's database.  Every change of a record gets the
 * next number, seq, in its own transaction; what goes out of somebody's sight
 * leaves a tombstone.  One thread at a time.
 */
typedef struct _SmServiceDb SmServiceDb;

SmServiceDb  *sm_service_db_open           (const char     *path,
                                            gboolean        read_only,
                                            GError        **error);
SmServiceDb  *sm_service_db_open_copy      (const char     *path,
                                            GError        **error);
void          sm_service_db_close          (SmServiceDb    *self);
SmConnection *sm_service_db_get_connection (SmServiceDb    *self);

/* Nested ones are savepoints: what failed inside is undone alone. */
gboolean      sm_service_db_begin          (SmServiceDb    *self,
                                            GError        **error);
gboolean      sm_service_db_commit         (SmServiceDb    *self,
                                            GError        **error);
void          sm_service_db_rollback       (SmServiceDb    *self);

gint64        sm_service_db_get_seq        (SmServiceDb    *self);
gboolean      sm_service_db_reload_seq     (SmServiceDb    *self,
                                            GError        **error);
char         *sm_service_db_get_meta       (SmServiceDb    *self,
                                            const char     *name,
                                            GError        **error);
gboolean      sm_service_db_set_meta       (SmServiceDb    *self,
                                            const char     *name,
                                            const char     *value,
                                            GError        **error);
char         *sm_service_db_merge_texts    (SmServiceDb    *self,
                                            const char     *texts,
                                            const char     *patch,
                                            GError        **error);
gint64        sm_service_db_data_version   (SmServiceDb    *self);

/* A database that is not what others were told: a backup that was put in place. */
gboolean      sm_service_db_is_copy        (SmServiceDb    *self);
gboolean      sm_service_db_set_copy       (SmServiceDb    *self,
                                            GError        **error);
gboolean      sm_service_db_renew          (SmServiceDb    *self,
                                            const char     *path,
                                            GError        **error);

/* In a transaction. */
gboolean      sm_service_db_put            (SmServiceDb    *self,
                                            SmRow          *row,
                                            const SmRow    *before,
                                            gint64          machine_now,
                                            GError        **error);
gboolean      sm_service_db_remove         (SmServiceDb    *self,
                                            const SmRow    *row,
                                            gint64          machine_now,
                                            GError        **error);
gboolean      sm_service_db_prune          (SmServiceDb    *self,
                                            gint64          older_than,
                                            GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmServiceDb, sm_service_db_close)

G_END_DECLS
