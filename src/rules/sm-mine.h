/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmMine: what a person who is an engineer has to do. */
typedef struct
{
  SmRow *engineer;     /* (nullable): they are none */
  GPtrArray *orders;   /* of SmRow: theirs that are not over */
  GPtrArray *offers;   /* of SmRow: what nobody has and they could take */
  GPtrArray *stations; /* of SmRow: where those are, each once */
  GPtrArray *parts;    /* of SmRow: what is in their van */
} SmMine;

void    sm_mine_free (SmMine    *self);

/* In a reader's thread. */
SmMine *sm_mine_read (SmReader  *reader,
                      SmActor   *actor,
                      GError   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmMine, sm_mine_free)

G_END_DECLS
