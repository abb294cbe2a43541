/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmViewState:
 *
 * What a person set in the views and finds again at the next start: columns,
 * sort, filters, by the name of the view.  A few short texts, whatever was
 * written there: what is too long or too much is dropped, and whoever reads a
 * text has to bear that it is nonsense.
 *
 * Signal "changed::NAME" (): that text was set.
 */
#define SM_TYPE_VIEW_STATE (sm_view_state_get_type ())
G_DECLARE_FINAL_TYPE (SmViewState, sm_view_state, SM, VIEW_STATE, GObject)

#define SM_VIEW_STATE_MAX_ENTRIES 200
#define SM_VIEW_STATE_MAX_LENGTH 4096

SmViewState *sm_view_state_new (GSettings   *settings,
                                const char  *key);
const char  *sm_view_state_get (SmViewState *self,
                                const char  *name);
void         sm_view_state_set (SmViewState *self,
                                const char  *name,
                                const char  *value);

G_END_DECLS
