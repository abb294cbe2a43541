/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "sm-outbox.h"

G_BEGIN_DECLS

/**
 * SmPending:
 *
 * An act of a person that the service has not done: it waits, is being sent, or
 * is in conflict until somebody has decided.  Nothing is dropped silently.
 * Immutable.
 */
#define SM_TYPE_PENDING (sm_pending_get_type ())
G_DECLARE_FINAL_TYPE (SmPending, sm_pending, SM, PENDING, GObject)

SmPending    *sm_pending_new             (const SmAct *act,
                                          gboolean     is_elsewhere,
                                          gboolean     is_blocked);
gboolean      sm_pending_equal           (SmPending   *a,
                                          SmPending   *b);

const char   *sm_pending_get_key         (SmPending   *self);
const char   *sm_pending_get_verb        (SmPending   *self);
const SmNoun *sm_pending_get_noun        (SmPending   *self);
gint64        sm_pending_get_object_id   (SmPending   *self);
const char   *sm_pending_get_object_name (SmPending   *self);
gint64        sm_pending_get_created_at  (SmPending   *self);
SmActState    sm_pending_get_state       (SmPending   *self);
const char   *sm_pending_get_problem     (SmPending   *self);
const char   *sm_pending_get_note        (SmPending   *self);
GPtrArray    *sm_pending_get_edits       (SmPending   *self);
gboolean      sm_pending_is_guide        (SmPending   *self);
gboolean      sm_pending_knows_theirs    (SmPending   *self);
gboolean      sm_pending_is_elsewhere    (SmPending   *self);
gboolean      sm_pending_is_blocked      (SmPending   *self);
const char   *sm_pending_get_epoch       (SmPending   *self);
const char   *sm_pending_get_network     (SmPending   *self);
const char   *sm_pending_get_person      (SmPending   *self);

G_END_DECLS
