/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/**
 * The SQL of data/sql, which is compiled in.  `<kind>/NNN-reason.sql` are
 * migrations: applied in order, each in one transaction with the number of the
 * database's version, never changed once released.
 */
gboolean    sm_schema_migrate     (SmConnection  *connection,
                                   const char    *kind,
                                   GError       **error);
gboolean    sm_schema_check       (SmConnection  *connection,
                                   const char    *kind,
                                   GError       **error);
gboolean    sm_schema_run         (SmConnection  *connection,
                                   const char    *file,
                                   GError       **error);
gint64      sm_schema_get_version (SmConnection  *connection,
                                   GError       **error);

G_END_DECLS
