/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-connection.h"

G_BEGIN_DECLS

/* Between two lives of the program a copy of the network lies there with a seal:
 * its size and a checksum of every byte.  SQLite's own check sees a quarter of what
 * a bad disk does; this sees all of it.  While a file is not proven yet, nothing
 * is checkpointed into it: what is new waits in the write-ahead log, which has
 * checksums of its own. */

gboolean sm_cache_seal_write (const char  *path,
                              GError     **error);
gboolean sm_cache_seal_check (SmConnection  *connection,
                              const char    *path,
                              GError       **error);

G_END_DECLS
