/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmTrail:
 *
 * The views that a person came by, as links: back and forward again, with the
 * filters that they had.  The newest 50 are kept.
 */
typedef struct _SmTrail SmTrail;

SmTrail    *sm_trail_new     (void);
void        sm_trail_free    (SmTrail    *self);
void        sm_trail_update  (SmTrail    *self,
                              const char *link);
void        sm_trail_push    (SmTrail    *self,
                              const char *link);
const char *sm_trail_move    (SmTrail    *self,
                              int         step);
gboolean    sm_trail_can_move (SmTrail   *self,
                               int        step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTrail, sm_trail_free)

G_END_DECLS
