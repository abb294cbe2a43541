/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fleet.h"
#include "sm-row.h"
#include "sm-rules.h"
#include "sm-service-rows.h"

G_BEGIN_DECLS

#define SM_FEED_MAX_CHANGES 5000

/**
 * SmFeedPage:
 *
 * Some changes in the order of seq, and where the next page begins: the three
 * parts of its cursor.  The first is to be handed back as it is; it is the
 * epoch, and while a snapshot is read also where that began.
 */
typedef struct
{
  GPtrArray *changes; /* of SmFeedChange */
  gboolean more;      /* the next page has something already */
  char *epoch;
  gint64 access_rev;
  gint64 seq;
} SmFeedPage;

void         sm_feed_page_free          (SmFeedPage       *self);

/* In a reader's thread. */
SmFeedPage  *sm_feed_read_changes       (SmReader         *reader,
                                         SmActor          *actor,
                                         const char       *epoch,
                                         gint64            access_rev,
                                         gint64            seq,
                                         guint64           nouns,
                                         guint             limit,
                                         GError          **error);
SmRow       *sm_feed_read_row           (SmReader         *reader,
                                         SmActor          *actor,
                                         const SmNoun     *noun,
                                         gint64            id,
                                         GError          **error);
GPtrArray   *sm_feed_read_rows          (SmReader         *reader,
                                         SmActor          *actor,
                                         const SmNoun     *noun,
                                         int               filter_field,
                                         const char       *filter_value,
                                         gint64            after_id,
                                         guint             limit,
                                         gboolean         *out_more,
                                         GError          **error);

SmRow       *sm_feed_read_live_row      (SmReader         *reader,
                                         SmActor          *actor,
                                         const SmNoun     *noun,
                                         gint64            id,
                                         GError          **error);

/* From memory, any thread. */
gboolean     sm_feed_has_changes        (SmRules          *rules,
                                         gint64            seq);
SmVehicleBatch *sm_feed_read_live_vehicles (SmRules       *rules,
                                         SmActor          *actor,
                                         gint64            since_tick);
GPtrArray   *sm_feed_read_live_rows     (SmRules          *rules,
                                         SmActor          *actor,
                                         const SmNoun     *noun,
                                         gint64            since_tick,
                                         gint64           *out_tick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmFeedPage, sm_feed_page_free)

G_END_DECLS
