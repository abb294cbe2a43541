/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A page in a window of its own, over the models of an #SmOps that is never started: what stands
 * in them is put there as the feed would. */
typedef struct
{
  SmOps *ops;
  GtkWidget *page;
  GtkWidget *window;
} Room;

Room  *room_new           (void);
void   room_free          (Room       *room);
void   room_stand         (Room       *room,
                           gint64      now);
void   room_show          (Room       *room,
                           GtkWidget  *page,
                           const char *link);
void   room_put           (Room       *room,
                           SmRow      *row);
SmRow *room_make_order    (gint64      id,
                           const char *state,
                           gint64      created_at);
SmRow *room_make_engineer (gint64      id,
                           const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Room, room_free)

G_END_DECLS
