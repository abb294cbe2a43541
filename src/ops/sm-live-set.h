/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-item.h"

G_BEGIN_DECLS

/**
 * SmLiveSet:
 *
 * A whole, keyed list of SmItem that is updated in place: an item stays the
 * same object while its row is replaced, items_changed tells only of what came,
 * went or moved, and the order is restored at most once a second and never
 * while it is held.  Main thread only.
 */
#define SM_TYPE_LIVE_SET (sm_live_set_get_type ())
G_DECLARE_FINAL_TYPE (SmLiveSet, sm_live_set, SM, LIVE_SET, GObject)

/** SmRowCompare: Less than, equal to or greater than 0 as for strcmp(); never 0 for two ids. */
typedef int (*SmRowCompare) (const SmRow *a,
                             const SmRow *b);

SmLiveSet *sm_live_set_new      (SmRowCompare  compare);
SmItem    *sm_live_set_find     (SmLiveSet    *self,
                                 gint64        id);
void       sm_live_set_put      (SmLiveSet    *self,
                                 SmRow        *row);
void       sm_live_set_put_all  (SmLiveSet    *self,
                                 GPtrArray    *rows);
void       sm_live_set_remove   (SmLiveSet    *self,
                                 gint64        id);
void       sm_live_set_replace  (SmLiveSet    *self,
                                 GPtrArray    *rows);
void       sm_live_set_set_held (SmLiveSet    *self,
                                 gboolean      held);

G_END_DECLS
