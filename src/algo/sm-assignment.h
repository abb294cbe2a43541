/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The assignment problem, solved exactly: rows to columns, each at most once. */

#define SM_ASSIGNMENT_NEVER (G_MAXINT64 / 4)

void sm_assignment_solve (const gint64 *costs,
                          const gint64 *without,
                          guint         n_rows,
                          guint         n_columns,
                          int          *out_columns);

G_END_DECLS
