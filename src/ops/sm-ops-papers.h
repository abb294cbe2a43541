/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"
#include "sm-paper.h"

G_BEGIN_DECLS

/* Inspections, safety incidents and certificates.  What is said of the first two goes
 * through the outbox by sm_ops_edit_async(); what is new, and a certificate, needs the
 * service. */

GListModel *sm_ops_get_papers        (SmOps               *self,
                                      SmNounId             noun);
void        sm_ops_create_paper_async (SmOps              *self,
                                      SmRow               *wanted,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void        sm_ops_change_paper_async (SmOps              *self,
                                      gint64               id,
                                      gint64               seen_seq,
                                      SmRow               *wanted,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
void        sm_ops_remove_paper_async (SmOps              *self,
                                      const SmRow         *seen,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
SmRow      *sm_ops_paper_finish      (SmOps               *self,
                                      GAsyncResult        *result,
                                      GError             **error);

G_END_DECLS
