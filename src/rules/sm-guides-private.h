/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-guides.h"

G_BEGIN_DECLS

gboolean sm_guides_load_levels (SmRules  *rules,
                                GError  **error);

G_END_DECLS
