/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fleet.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmLiveMemory:
 *
 * What was last written of each thing's live values, as 64 bits: so the thread
 * that owns the cache tells what has changed from what is only said again, as
 * after the service was away, without asking the cache.
 */
typedef struct _SmLiveMemory SmLiveMemory;

SmLiveMemory   *sm_live_memory_new           (void);
void            sm_live_memory_free          (SmLiveMemory   *self);
void            sm_live_memory_clear         (SmLiveMemory   *self);
void            sm_live_memory_forget        (SmLiveMemory   *self,
                                              gint64          id);
void            sm_live_memory_remove        (SmLiveMemory   *self,
                                              gint64          id);
void            sm_live_memory_expect        (SmLiveMemory   *self,
                                              gint64          id);
SmVehicleBatch *sm_live_memory_sift_vehicles (SmLiveMemory   *self,
                                              SmVehicleBatch *batch);
GPtrArray      *sm_live_memory_sift_rows     (SmLiveMemory   *self,
                                              GPtrArray      *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmLiveMemory, sm_live_memory_free)

G_END_DECLS
