/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SM_BACKOFF_MAX_US G_GINT64_CONSTANT (60000000)

gint64 sm_backoff_delay_us (guint  attempt,
                            double random);

G_END_DECLS
