/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-quarters.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmBulk:
 *
 * What happened before anybody looked: it is written as it is, without alarms,
 * without a number in the feeds, and nobody is told.  Orders are priced and
 * counted like others, and must be new; ids are set in the rows.
 */
typedef struct
{
  GPtrArray *orders;         /* (nullable): of SmRow */
  GPtrArray *movements;      /* (nullable): of SmRow, by rising time for each battery */
  GPtrArray *driving_events; /* (nullable): of SmRow */
  GPtrArray *alarms;         /* (nullable): of SmRow, that are over */
  GArray *quarters;          /* (nullable): of SmQuarter */
} SmBulk;

/* In the writer's thread. */
gboolean sm_bulk_write (SmRules       *rules,
                        SmActor       *actor,
                        const SmBulk  *bulk,
                        GError       **error);
gboolean sm_bulk_begin (SmRules       *rules,
                        SmActor       *actor,
                        gint64         n_orders,
                        GError       **error);
gboolean sm_bulk_end   (SmRules       *rules,
                        SmActor       *actor,
                        gboolean      *out_more,
                        GError       **error);

G_END_DECLS
