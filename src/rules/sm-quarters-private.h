/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-quarters.h"

G_BEGIN_DECLS

/**
 * SmQuarters:
 *
 * What the meters of the stations showed last, and what they have counted
 * since the last write.  In the writer's thread.
 */
typedef struct _SmQuarters SmQuarters;

void     sm_quarters_free  (SmQuarters  *self);
gboolean sm_quarters_flush (SmRules     *rules,
                            GError     **error);
gboolean sm_quarters_add   (SmRules     *rules,
                            GArray      *quarters,
                            GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmQuarters, sm_quarters_free)

G_END_DECLS
