/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmItem:
 *
 * One thing in a list model.  It stays the same object while its row is
 * replaced, so a view that shows it keeps selection and focus and only has to
 * listen to notify::row.  Main thread only.
 *
 * Properties: row (SmRow, boxed, replaceable), pending (gboolean: an act of
 * this person on it waits to be sent), edited (gboolean: a change of its fields
 * does).
 */
#define SM_TYPE_ITEM (sm_item_get_type ())
G_DECLARE_FINAL_TYPE (SmItem, sm_item, SM, ITEM, GObject)

#define SM_TYPE_ROW (sm_row_get_type ())
GType    sm_row_get_type     (void);

SmItem  *sm_item_new         (SmRow    *row);
SmRow   *sm_item_get_row     (SmItem   *self);
void     sm_item_set_row     (SmItem   *self,
                              SmRow    *row);
gint64   sm_item_get_id      (SmItem   *self);
gboolean sm_item_get_pending (SmItem   *self);
void     sm_item_set_pending (SmItem   *self,
                              gboolean  pending);
gboolean sm_item_get_edited  (SmItem   *self);
void     sm_item_set_edited  (SmItem   *self,
                              gboolean  edited);

G_END_DECLS
