/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmStationTree:
 *
 * A station with what stands on it, to be added or brought up to date.  Fields
 * that are null are left as they are, or get a sensible value when it is new.
 * Ids, seq, the scope keys of the parts and pile_count are filled in by the
 * rules.
 */
typedef struct
{
  SmRow *station;
  GPtrArray *piles;      /* (nullable): of SmRow, by sn */
  GPtrArray *connectors; /* (nullable): of SmRow, by number; pile_id is the index in piles */
} SmStationTree;

typedef enum
{
  SM_UPSERT_UNCHANGED,
  SM_UPSERT_ADDED,
  SM_UPSERT_CHANGED,
} SmUpsertOutcome;

/* All of these in the writer's thread. */
gboolean sm_stations_upsert (SmRules              *rules,
                             SmActor              *actor,
                             const SmStationTree  *tree,
                             gint64               *out_id,
                             SmUpsertOutcome      *out_outcome,
                             GError              **error);

/* Areas by code, fleets by name, vehicles by plate: any row by one field. */
gboolean sm_registry_upsert (SmRules              *rules,
                             SmActor              *actor,
                             const SmRow          *row,
                             guint                 key_field,
                             gint64               *out_id,
                             SmUpsertOutcome      *out_outcome,
                             GError              **error);
/* New rows of any noun, in any mix: much faster than one by one. */
gboolean sm_registry_fill   (SmRules              *rules,
                             SmActor              *actor,
                             GPtrArray            *rows,
                             GError              **error);
gboolean sm_registry_remove (SmRules              *rules,
                             SmActor              *actor,
                             const SmNoun         *noun,
                             gint64                id,
                             GError              **error);

/* In a reader's thread: the rows of a noun, for the simulator and the tools. */
GPtrArray *sm_registry_list (SmReader             *reader,
                             const SmNoun         *noun,
                             gint64                after_id,
                             guint                 limit,
                             GError              **error);

G_END_DECLS
