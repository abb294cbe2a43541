/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

void sm_drill_marks_follow (SmOps *ops);

G_END_DECLS
