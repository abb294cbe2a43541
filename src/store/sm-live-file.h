/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"
#include "sm-row.h"

G_BEGIN_DECLS

/* The service's last live values: a file beside the database that may be lost,
 * and is made anew when it is damaged or has other columns than ours. */

SmConnection *sm_live_file_open (const char    *path,
                                 GError       **error);
void          sm_live_file_remove (const char  *path);
GPtrArray    *sm_live_file_load (SmConnection  *connection,
                                 const SmNoun  *noun,
                                 GError       **error);

G_END_DECLS
