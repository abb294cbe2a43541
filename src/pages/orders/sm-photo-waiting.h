/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-work-orders.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmPhotoWaitingList:
 *
 * The photos that were added to a work order here and that the service has not yet, small, each
 * with how it stands.  One that is pressed emits "open" with the path of its file and its title.
 */
#define SM_TYPE_PHOTO_WAITING_LIST (sm_photo_waiting_list_get_type ())
G_DECLARE_FINAL_TYPE (SmPhotoWaitingList, sm_photo_waiting_list, SM, PHOTO_WAITING_LIST, GtkWidget)

GtkWidget *sm_photo_waiting_list_new  (SmOps              *ops);
void       sm_photo_waiting_list_show (SmPhotoWaitingList *self,
                                       gint64              order_id);

G_END_DECLS
