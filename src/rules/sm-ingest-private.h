/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ingest.h"

G_BEGIN_DECLS

void sm_ingest_begin_silence (SmRules *rules);
void sm_ingest_watch_silence (SmRules *rules);

G_END_DECLS
