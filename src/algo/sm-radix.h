/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SmKeyed: an index with the key that it is sorted by. */
typedef struct
{
  guint32 key;
  guint32 index;
} SmKeyed;

/* Of what is not known: behind everything, whichever way it is sorted. */
#define SM_KEY_UNKNOWN G_MAXUINT32

guint32 sm_key_of_real (double   value,
                        gboolean descending);
guint32 sm_key_of_int  (gint64   value,
                        gboolean descending);
void    sm_radix_sort  (SmKeyed *items,
                        guint    n);
void    sm_radix_sort_texts (const char *const *texts,
                             guint              n,
                             guint32           *order);

G_END_DECLS
