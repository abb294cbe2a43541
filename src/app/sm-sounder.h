/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-bell.h"

G_BEGIN_DECLS

void sm_sounder_follow (SmBell *bell);

G_END_DECLS
