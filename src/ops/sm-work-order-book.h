/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-live-set.h"
#include "sm-overlay.h"

G_BEGIN_DECLS

/**
 * SmWorkOrderBook:
 *
 * The open work orders as they are shown: what the service says, with what this
 * person has done to them and is on its way laid over it.  Main thread only.
 */
typedef struct _SmWorkOrderBook SmWorkOrderBook;

SmWorkOrderBook *sm_work_order_book_new       (SmOverlay       *overlay);
void             sm_work_order_book_free      (SmWorkOrderBook *self);
SmLiveSet       *sm_work_order_book_get_set   (SmWorkOrderBook *self);
SmRow           *sm_work_order_book_find_base (SmWorkOrderBook *self,
                                               gint64           id);
void             sm_work_order_book_put_all   (SmWorkOrderBook *self,
                                               GPtrArray       *rows);
void             sm_work_order_book_remove    (SmWorkOrderBook *self,
                                               gint64           id);
void             sm_work_order_book_replace   (SmWorkOrderBook *self,
                                               GPtrArray       *rows);
void             sm_work_order_book_show_acts (SmWorkOrderBook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkOrderBook, sm_work_order_book_free)

G_END_DECLS
