/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-noun.h"

G_BEGIN_DECLS

/**
 * SmConflict:
 *
 * An act of this person that the service did not accept, kept until a person
 * has seen it.  Nothing is dropped silently.  Immutable.
 */
#define SM_TYPE_CONFLICT (sm_conflict_get_type ())
G_DECLARE_FINAL_TYPE (SmConflict, sm_conflict, SM, CONFLICT, GObject)

SmConflict   *sm_conflict_new            (const char   *key,
                                          const char   *verb,
                                          const SmNoun *noun,
                                          gint64        object_id,
                                          gint64        created_at,
                                          const char   *problem);
const char   *sm_conflict_get_key        (SmConflict   *self);
const char   *sm_conflict_get_verb       (SmConflict   *self);
const SmNoun *sm_conflict_get_noun       (SmConflict   *self);
gint64        sm_conflict_get_object_id  (SmConflict   *self);
gint64        sm_conflict_get_created_at (SmConflict   *self);
const char   *sm_conflict_get_problem    (SmConflict   *self);

G_END_DECLS
