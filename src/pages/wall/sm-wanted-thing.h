/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-link.h"
#include "sm-ops.h"

G_BEGIN_DECLS

/**
 * SmWantedThing:
 *
 * What a link names, until it is loaded and can be opened, or is known not to
 * be there.
 *
 * Signals: "found" (int noun, gint64 id) -> gboolean: whether it was opened;
 * "missing" (char *title): in words, once everything was loaded without it.
 */
#define SM_TYPE_WANTED_THING (sm_wanted_thing_get_type ())
G_DECLARE_FINAL_TYPE (SmWantedThing, sm_wanted_thing, SM, WANTED_THING, GObject)

SmWantedThing *sm_wanted_thing_new        (SmOps         *ops);
gboolean       sm_wanted_thing_set        (SmWantedThing *self,
                                           const char    *kind,
                                           const char    *name);
void           sm_wanted_thing_look       (SmWantedThing *self);
gboolean       sm_wanted_thing_is_waiting (SmWantedThing *self);
SmLink        *sm_wanted_thing_make_link  (SmWantedThing *self);

G_END_DECLS
