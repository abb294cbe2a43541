/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops-work-orders.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * SmPhotoStrip:
 *
 * The photos of a work order, small; one that is pressed opens as large as it is.  Another can
 * be added from a file, by action workorders.add-photo.
 */
#define SM_TYPE_PHOTO_STRIP (sm_photo_strip_get_type ())
G_DECLARE_FINAL_TYPE (SmPhotoStrip, sm_photo_strip, SM, PHOTO_STRIP, GtkWidget)

GtkWidget *sm_photo_strip_new  (SmOps        *ops);
void       sm_photo_strip_show (SmPhotoStrip *self,
                                SmRow        *order);
void       sm_photo_strip_add  (SmPhotoStrip *self,
                                const char   *file);

G_END_DECLS
