/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-verb-private.h"

G_BEGIN_DECLS

void     sm_complaint_begin     (const SmVerb  *verb,
                                 SmRow         *row);
gboolean sm_complaint_check_new (const SmVerb  *verb,
                                 const SmRow   *row,
                                 GError       **error);
gboolean sm_complaint_change    (const SmVerb  *verb,
                                 const SmRow   *before,
                                 SmRow         *row,
                                 GError       **error);

G_END_DECLS
