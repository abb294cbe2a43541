/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-past.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/* In a reader's thread. */
SmPast *sm_past_read (SmReader      *reader,
                      SmActor       *actor,
                      const SmNoun  *noun,
                      gint64         id,
                      gint64         from,
                      gint64         to,
                      GError       **error);

G_END_DECLS
