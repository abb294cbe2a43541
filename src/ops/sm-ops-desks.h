/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-desk.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/* Desks, their roster and their handovers, as the feed keeps them, and what a person
 * does with them.  All but the note of a handover goes to the service at once, and not
 * at all without it: two who believe that they have a desk would be one too many. */

typedef enum
{
  SM_DESK_ACT_CREATE,   /* a desk */
  SM_DESK_ACT_EDIT,     /* of which state of the desk was seen */
  SM_DESK_ACT_CLOSE,    /* for good */
  SM_DESK_ACT_SIT,
  SM_DESK_ACT_LEAVE,
  SM_DESK_ACT_ADD,      /* to the roster */
  SM_DESK_ACT_MOVE,     /* of the roster; likewise */
  SM_DESK_ACT_TAKE_OFF, /* the roster */
  SM_DESK_ACT_BEGIN,    /* a handover */
  SM_DESK_ACT_SIGN,
  SM_DESK_ACT_WITHDRAW,
} SmDeskAct;

GListModel *sm_ops_get_desks           (SmOps               *self);
GListModel *sm_ops_get_roster          (SmOps               *self);
GListModel *sm_ops_get_handovers       (SmOps               *self);
SmItem     *sm_ops_find_desk           (SmOps               *self,
                                        gint64               id);
const char *sm_ops_get_desk_owner      (SmOps               *self,
                                        gint64               desk_id);
const char *sm_ops_get_owner           (SmOps               *self,
                                        const SmRow         *alarm);
SmRow      *sm_ops_cover_row           (SmOps               *self,
                                        SmRow               *row);
const char *sm_desk_act_permission     (SmDeskAct            act);

void        sm_ops_desk_act_async      (SmOps               *self,
                                        SmDeskAct            act,
                                        gint64               id,
                                        SmRow               *wanted,
                                        const char          *text,
                                        gint64               seen_seq,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
SmRow      *sm_ops_desk_act_finish     (SmOps               *self,
                                        GAsyncResult        *result,
                                        GError             **error);
void        sm_ops_load_sitters_async  (SmOps               *self,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GPtrArray  *sm_ops_load_sitters_finish (SmOps               *self,
                                        GAsyncResult        *result,
                                        GError             **error);
void        sm_ops_load_absence_async  (SmOps               *self,
                                        gint64               desk_id,
                                        gint64               from,
                                        gint64               to,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GPtrArray  *sm_ops_load_absence_finish (SmOps               *self,
                                        GAsyncResult        *result,
                                        GError             **error);

G_END_DECLS
