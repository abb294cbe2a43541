/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-outbox.h"
#include "sm-row.h"

G_BEGIN_DECLS

/* What persons do, as requests of the contract. */

#define SM_VERB_ACKNOWLEDGE "acknowledge"

SmAct *sm_act_new_acknowledge (const SmRow *alarm,
                               const char  *note,
                               gint64       now_us);

G_END_DECLS
