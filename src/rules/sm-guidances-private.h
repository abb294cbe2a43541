/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-guidances.h"
#include "sm-verb-private.h"

G_BEGIN_DECLS

/**
 * SmGuidanceBook:
 *
 * The trucks that are told to go somewhere and the packs that are held for them, in memory,
 * read again after a write was undone.  Writer's thread only, but for the revision.
 */
typedef struct
{
  GPtrArray *open; /* of SmRow */
  gboolean is_read;
  int rev; /* counts its changes; read by any thread */
} SmGuidanceBook;

SmGuidanceBook *sm_guidance_book_new      (void);
void            sm_guidance_book_free     (SmGuidanceBook *self);
void            sm_guidance_book_forget   (SmGuidanceBook *self);
gboolean        sm_guidance_book_refresh  (SmRules        *rules,
                                           GError        **error);
const SmRow    *sm_guidance_book_of_truck (SmRules        *rules,
                                           gint64          vehicle_id);
const SmRow    *sm_guidance_book_of_pack  (SmRules        *rules,
                                           gint64          battery_id);

void            sm_guidances_note         (SmRules        *rules,
                                           const SmRow    *written);
gboolean        sm_guidance_put           (SmRules        *rules,
                                           const SmActor  *actor,
                                           const char     *act,
                                           SmRow          *guidance,
                                           const SmRow    *before,
                                           GError        **error);
gboolean        sm_guidances_tick         (SmRules        *rules,
                                           GError        **error);

G_END_DECLS
