/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Until when each command has to have got further: machine time, for whoever waits
 * sits before a screen. */
typedef struct
{
  GHashTable *deadlines; /* id -> gint64; writer's thread */
  gint n_open;           /* atomic */
} SmCommandBook;

SmCommandBook *sm_command_book_new  (void);
void           sm_command_book_free (SmCommandBook *self);

G_END_DECLS
