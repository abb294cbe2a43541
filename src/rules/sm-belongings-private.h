/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

gboolean sm_belongings_own    (SmRules      *rules,
                               SmRow        *row,
                               GError      **error);
gboolean sm_belongings_follow (SmRules      *rules,
                               const SmRow  *row,
                               const SmRow  *before,
                               GError      **error);

G_END_DECLS
