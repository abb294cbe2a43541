/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

gboolean sm_aside_put  (SmConnection  *connection,
                        GError       **error);
gboolean sm_aside_back (SmConnection  *connection,
                        gboolean      *out_more,
                        GError       **error);

G_END_DECLS
