/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-desk.h"
#include "sm-sync.h"

G_BEGIN_DECLS

/* What persons do with desks: at once, or not at all. */

/** SmSyncDeskAct: one of them. */
typedef struct
{
  SmNounId noun;        /* of which the service answers a row */
  gint64 id;            /* of what it is done to; 0: something new */
  const char *verb;     /* (static) (nullable): the end of the path, as "/sit" */
  SmRow *wanted;        /* (transfer none) (nullable): fields of what is new */
  const char *text_as;  /* (static) (nullable): what @text is called */
  const char *text;     /* (nullable) */
  gint64 seen_seq;      /* SM_UNKNOWN: is not said */
  gint64 base_seq;      /* 0: nothing is changed; else what was seen of what is */
} SmSyncDeskAct;

void       sm_sync_desk_act_async     (SmSync               *self,
                                       const SmSyncDeskAct  *act,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
void       sm_sync_ask_sitters_async  (SmSync               *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gpointer   sm_sync_desks_finish       (GAsyncResult         *result,
                                       GError              **error);

G_END_DECLS
