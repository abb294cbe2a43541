/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SM_WORK_ORDER_PHOTO_MAX_BYTES (10 * 1024 * 1024)

/** SmWorkOrderPhotoLine: a photo of a work order, as the service tells of it. */
typedef struct
{
  char *sha256; /* (nullable): nothing that can be asked for */
  char *person; /* (nullable) */
  gint64 at;         /* when the service got it */
  gint64 claimed_at; /* when it was taken, by who sent it; SM_UNKNOWN: then */
  gint64 size;
} SmWorkOrderPhotoLine;

static inline void
sm_work_order_photo_line_free (SmWorkOrderPhotoLine *self)
{
  g_free (self->sha256);
  g_free (self->person);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmWorkOrderPhotoLine, sm_work_order_photo_line_free)

G_END_DECLS
