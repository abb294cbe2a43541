/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-cache.h"
#include "sm-live-memory.h"
#include "sm-sync.h"

G_BEGIN_DECLS

/* What the thread that owns the cache works with. */
typedef struct
{
  SmSync *sync;
  SmCache *cache;
  guint copy; /* number of the copy that is written to */
  SmLiveMemory *memories[SM_N_NOUNS]; /* (nullable): of what is in it */
  gboolean is_doubtful; /* what was kept could not be proven: to be loaded anew */
} SmSyncWriter;

typedef gboolean (*SmSyncWriteFunc) (SmSyncWriter  *writer,
                                     gpointer       data,
                                     GError       **error);

gboolean sm_sync_writer_begin_rebuild (SmSyncWriter  *writer,
                                       GError       **error);
char    *sm_sync_writer_dup_guides (SmSyncWriter *writer);
void     sm_sync_writer_began_copy (SmSyncWriter *writer);
void     sm_sync_writer_forget (SmSyncWriter *writer);
gboolean sm_sync_write (SmSync           *self,
                        SmSyncWriteFunc   func,
                        gpointer          data,
                        GError          **error);

G_END_DECLS
