/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-work-order-candidate.h"

G_BEGIN_DECLS

/** SmWorkOrderProposal: who is to go to an order, so that all of them are served best. */
typedef struct
{
  gint64 work_order_id;
  gint64 place; /* of the orders that they have then: the first is 1 */
  SmWorkOrderCandidate *candidate; /* (nullable): nobody can go */
} SmWorkOrderProposal;

static inline void
sm_work_order_proposal_free (SmWorkOrderProposal *self)
{
  g_clear_pointer (&self->candidate, sm_work_order_candidate_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkOrderProposal, sm_work_order_proposal_free)

G_END_DECLS
