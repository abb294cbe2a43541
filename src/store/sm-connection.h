/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmConnection:
 *
 * One connection to one SQLite database.  One thread at a time; statements are
 * prepared once and cached by their text.  Errors are SM_ERROR with code
 * SM_ERROR_FULL (disk full), SM_ERROR_CORRUPT, SM_ERROR_CONFLICT (a uniqueness
 * or check constraint) or SM_ERROR_IO (everything else).
 */
typedef struct _SmConnection SmConnection;
typedef struct _SmStatement SmStatement;

typedef enum
{
  SM_OPEN_READ_WRITE = 0,
  SM_OPEN_READ_ONLY = 1 << 0,
  SM_OPEN_SYNC_FULL = 1 << 1, /* survives a power cut; else only a crash */
  SM_OPEN_ONE_FILE = 1 << 2,  /* no WAL: when it is closed, nothing is left beside it */
} SmOpenFlags;

SmConnection *sm_connection_open        (const char    *path,
                                         SmOpenFlags    flags,
                                         GError       **error);
void          sm_connection_close       (SmConnection  *self);

gboolean      sm_connection_exec        (SmConnection  *self,
                                         const char    *sql,
                                         GError       **error);
void          sm_connection_heed        (SmConnection  *self,
                                         GCancellable  *cancellable);
gboolean      sm_connection_begin       (SmConnection  *self,
                                         GError       **error);
gboolean      sm_connection_commit      (SmConnection  *self,
                                         GError       **error);
void          sm_connection_rollback    (SmConnection  *self);
gboolean      sm_connection_in_transaction (SmConnection *self);
gint64        sm_connection_last_id     (SmConnection  *self);
int           sm_connection_changes     (SmConnection  *self);
gboolean      sm_connection_copy        (SmConnection  *self,
                                         SmConnection  *to,
                                         GError       **error);

gssize        sm_connection_read_raw    (SmConnection  *self,
                                         gint64         offset,
                                         gpointer       buffer,
                                         gsize          size);
gint64        sm_connection_get_number  (SmConnection  *self,
                                         const char    *sql);
void          sm_connection_keep_file   (SmConnection  *self,
                                         gboolean       keeps);

SmStatement  *sm_connection_prepare     (SmConnection  *self,
                                         const char    *sql,
                                         GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmConnection, sm_connection_close)

G_END_DECLS
