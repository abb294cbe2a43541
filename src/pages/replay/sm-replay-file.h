/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-document.h"
#include "sm-ops.h"
#include "sm-replay.h"

G_BEGIN_DECLS

SmDocument *sm_replay_document_new (SmOps        *ops,
                                    SmReplay     *replay);
char       *sm_replay_file_name    (SmOps        *ops,
                                    const SmPast *past,
                                    const char   *ending);

G_END_DECLS
