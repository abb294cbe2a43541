/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmRanks:
 *
 * Turns texts into numbers in the same order.
 */
typedef struct _SmRanks SmRanks;

SmRanks  *sm_ranks_new      (guint       n);
gboolean  sm_ranks_add_same (SmRanks    *self,
                             gint64      key);
void      sm_ranks_borrow   (SmRanks    *self,
                             const char *text);
void      sm_ranks_take     (SmRanks    *self,
                             gint64      key,
                             char       *text);
guint32  *sm_ranks_finish   (SmRanks    *self);
void      sm_ranks_free     (SmRanks    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmRanks, sm_ranks_free)

G_END_DECLS
