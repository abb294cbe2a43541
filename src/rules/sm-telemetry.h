/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-actor.h"
#include "sm-noun.h"
#include "sm-rules.h"
#include "sm-series.h"

G_BEGIN_DECLS

/* In a reader's thread. */
SmSeries *sm_telemetry_read (SmReader      *reader,
                             SmActor       *actor,
                             const SmNoun  *noun,
                             gint64         id,
                             gint64         from_us,
                             gint64         to_us,
                             GError       **error);

G_END_DECLS
