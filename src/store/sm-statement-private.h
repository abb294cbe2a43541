/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "sm-connection.h"

G_BEGIN_DECLS

struct _SmStatement
{
  SmConnection *connection;
  sqlite3_stmt *stmt;
  gboolean busy; /* lent to somebody */
};

void sm_connection_set_error (SmConnection *self,
                              int           rc,
                              const char   *what,
                              GError      **error);

G_END_DECLS
