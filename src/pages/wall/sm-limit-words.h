/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* Which limit a value is beyond, wherever a panel shows one. */

guint sm_limit_level (SmOps       *ops,
                      const SmRow *row,
                      guint        field);
char *sm_limit_words (SmOps       *ops,
                      const SmRow *row,
                      guint        field);

G_END_DECLS
