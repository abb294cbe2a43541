/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-dispatch.h"
#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmCandidates:
 *
 * Who could go to which work order, as things are now: the engineers and the orders that
 * the asker may see, and what the search made of them.
 */
typedef struct
{
  SmDispatchPlan plan;
  GPtrArray *engineers; /* of SmRow */
  GPtrArray *orders;    /* of SmRow: the one that was asked about, or all that are open */
  GArray *who;          /* of SmDispatchEngineer, one for each engineer */
  GArray *what;         /* of SmDispatchOrder, one for each order */
  GPtrArray *skills, *certificates, *parts; /* of char *, by bit */
  GPtrArray *owned;     /* what the orders borrow */
  GArray *ranks;        /* (nullable): of SmDispatchCandidate, of the only order */
  GArray *choices;      /* (nullable): of SmDispatchChoice, one for each order */
  SmDispatchSum sum;    /* of the choices */
} SmCandidates;

void          sm_candidates_free   (SmCandidates  *self);

/* In a reader's thread. */
SmCandidates *sm_candidates_rank   (SmReader      *reader,
                                    SmActor       *actor,
                                    gint64         work_order_id,
                                    GError       **error);
SmCandidates *sm_candidates_assign (SmReader      *reader,
                                    SmActor       *actor,
                                    GError       **error);

const char   *sm_candidates_bar    (guint          bit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmCandidates, sm_candidates_free)

G_END_DECLS
