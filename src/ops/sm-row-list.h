/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-item.h"

G_BEGIN_DECLS

/** SmRowMatch: Whether a row is to be shown. */
typedef gboolean (*SmRowMatch) (const SmRow *row,
                                gpointer     user_data);

/**
 * SmRowList:
 *
 * Those items of a list of SmItem whose rows match, in its order; kept so while
 * rows change.  Main thread only.
 */
#define SM_TYPE_ROW_LIST (sm_row_list_get_type ())
G_DECLARE_FINAL_TYPE (SmRowList, sm_row_list, SM, ROW_LIST, GObject)

SmRowList *sm_row_list_new (GListModel     *source,
                            SmRowMatch      match,
                            gpointer        user_data,
                            GDestroyNotify  user_data_free);

G_END_DECLS
