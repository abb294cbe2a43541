/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a subject for which nothing is due. */
#define SM_SIM_NEVER G_MAXINT64

/**
 * SmSimHeap:
 *
 * Whose turn it is next: each of n subjects has one time at which something
 * happens to it, or none.  The earliest comes first, of equal times the lower
 * number: the order never depends on how they were put in.
 */
typedef struct _SmSimHeap SmSimHeap;

SmSimHeap *sm_sim_heap_new   (guint            n_subjects);
void       sm_sim_heap_free  (SmSimHeap       *self);
void       sm_sim_heap_set   (SmSimHeap       *self,
                              guint            subject,
                              gint64           at_us);
gint64     sm_sim_heap_get   (const SmSimHeap *self,
                              guint            subject);
gint64     sm_sim_heap_first (const SmSimHeap *self,
                              guint           *out_subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimHeap, sm_sim_heap_free)

G_END_DECLS
