/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Arrays of records that begin with their id (gint64), in the order of ids. */

gpointer sm_sorted_find   (GArray *records,
                           gint64  id);
gpointer sm_sorted_add    (GArray *records,
                           gint64  id);
void     sm_sorted_add_all (GArray        *records,
                            const gint64  *ids,
                            guint          n,
                            gconstpointer  fresh);
gboolean sm_sorted_remove (GArray *records,
                           gint64  id);

G_END_DECLS
