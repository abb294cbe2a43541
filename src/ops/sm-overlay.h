/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-outbox.h"
#include "sm-row.h"

G_BEGIN_DECLS

/**
 * SmOverlay:
 *
 * The acts of this person that are under way, to be laid over the rows as they
 * are read.  An act covers its object until the feed has passed the seq of its
 * answer; a conflict covers nothing.  Main thread only.
 */
typedef struct _SmOverlay SmOverlay;

/** SmCover: what was laid over a row. */
typedef enum
{
  SM_COVER_NOTHING = 0,
  SM_COVER_ACKNOWLEDGED = 1 << 0,
  SM_COVER_EDITED = 1 << 1,
} SmCover;

SmOverlay *sm_overlay_new      (void);
void       sm_overlay_free     (SmOverlay  *self);
GPtrArray *sm_overlay_get_acts (SmOverlay  *self);
void       sm_overlay_set_acts (SmOverlay  *self,
                                GPtrArray  *acts,
                                const char *person);
GPtrArray *sm_overlay_keep     (SmOverlay  *self,
                                gboolean    keeps);
SmRow     *sm_overlay_cover    (SmOverlay  *self,
                                SmRow      *row,
                                SmCover    *out_cover);

G_END_DECLS
