/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-scans.h"

G_BEGIN_DECLS

SmRow  *sm_scan_order_find (SmRules             *rules,
                            const SmScanReport  *report,
                            const SmRow         *thing,
                            gboolean            *out_is_joined,
                            GError             **error);

G_END_DECLS
