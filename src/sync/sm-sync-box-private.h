/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sync-private.h"

G_BEGIN_DECLS

/** SmSyncBox: what sync's threads and the main thread ask of the thread that owns the outbox. */
typedef struct
{
  SmSync *sync;
  SmOutbox *outbox; /* NULL: could not be opened yet */
  char *unmarked;   /* (nullable): the act of which it could not be written what became of it */
} SmSyncBox;

gboolean   sm_sync_box_open   (SmSyncBox     *box,
                               GError       **error);
GPtrArray *sm_sync_box_list   (SmSyncBox     *box,
                               GError       **error);
void       sm_sync_box_post   (SmSyncBox     *box);
void       sm_sync_box_failed (SmSync        *self,
                               const GError  *error);
char      *sm_sync_dup_owner  (SmSync        *self,
                               gint64        *out_person_id);

G_END_DECLS
