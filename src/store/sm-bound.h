/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-statement.h"

G_BEGIN_DECLS

SmStatement *sm_bound_prepare (SmConnection  *connection,
                               GError       **error,
                               const char    *sql,
                               const char    *kinds,
                               ...);
gboolean     sm_bound_run     (SmConnection  *connection,
                               GError       **error,
                               const char    *sql,
                               const char    *kinds,
                               ...);

G_END_DECLS
