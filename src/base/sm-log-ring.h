/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many of the last lines are kept in memory, to be looked at after trouble. */
#define SM_LOG_RING_LINES 500

void  sm_log_ring_start (void);
char *sm_log_ring_dup   (void);

G_END_DECLS
