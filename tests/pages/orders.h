/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "room.h"

#include "sm-time.h"

#include <adwaita.h>

/* The page of work orders in a room, at a moment that does not pass. */

#define ORDERS_NOW (G_GINT64_CONSTANT (1750000000) * SM_SECOND)

SmRow            *orders_make         (gint64      id,
                                       const char *state,
                                       gint64      age_s);
void              orders_put          (Room       *room,
                                       gint64      id,
                                       const char *state,
                                       gint64      age_s);
Room             *orders_show         (const char *link);
void              orders_sign_in      (Room       *room,
                                       const char *name);
gboolean          orders_can_press    (Room       *room,
                                       const char *action);
AdwMessageDialog *orders_find_dialog  (void);
void              orders_put_engineer (Room       *room,
                                       gint64      id,
                                       const char *name,
                                       const char *phone);
