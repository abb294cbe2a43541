/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/**
 * SmTeller:
 *
 * Sends what the rules want persons to be told: a thread for each channel, so that a
 * gateway that hangs holds up nobody but itself.
 */
typedef struct _SmTeller SmTeller;

SmTeller *sm_teller_new  (SmRules  *rules);
void      sm_teller_free (SmTeller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTeller, sm_teller_free)

G_END_DECLS
