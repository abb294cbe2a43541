/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-tell.h"

G_BEGIN_DECLS

/* One message out of the door, and what came of it.  Blocks: for a thread of its own. */

typedef struct _SmPost SmPost;

SmPost  *sm_post_new       (SmTellChannel         channel,
                            const SmTellGateway  *gateway);
void     sm_post_free      (SmPost               *self);
void     sm_post_stop      (SmPost               *self);
gboolean sm_post_is_stopped (SmPost              *self);
void     sm_post_send      (SmPost               *self,
                            const SmTellMessage  *message,
                            SmTellOutcome        *out_outcome);

/* As it stands in an e-mail. */
char    *sm_post_write_mail (const SmTellMessage *message,
                             const char          *from,
                             gint64               machine_now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmPost, sm_post_free)

G_END_DECLS
