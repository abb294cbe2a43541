/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-verb-private.h"

G_BEGIN_DECLS

gboolean sm_part_stock_settle (const SmVerb  *verb,
                               const SmRow   *before,
                               SmRow         *row,
                               GError       **error);

G_END_DECLS
