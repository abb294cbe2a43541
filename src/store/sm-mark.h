/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmMark:
 *
 * How far a database has come, in a file beside it: what has been told to
 * others stays known when an older copy of the database is put in its place.
 * It is never ahead of the database, for it is written after each commit; a
 * kill loses nothing of it, a power cut only what was not synchronised, which
 * is why every life of the service begins with a mark of its own on the disk.
 *
 * Two slots with a checksum each are written in turn, so that half a write is
 * the one before.
 */
typedef struct _SmMark SmMark;

typedef struct
{
  char epoch[64];
  gint64 life;        /* how often a service has begun to live on this database */
  gint64 seq;         /* of the last change */
  gboolean is_closed; /* by a service that wrote all that it knew */
} SmMarkState;

gboolean sm_mark_read  (const char         *path,
                        SmMarkState        *out_state,
                        gboolean           *out_found,
                        GError            **error);
SmMark  *sm_mark_begin (const char         *path,
                        const SmMarkState  *state,
                        GError            **error);
SmMark  *sm_mark_join  (const char         *path);
void     sm_mark_note  (SmMark             *self,
                        gint64              seq);
void     sm_mark_close (SmMark             *self);
void     sm_mark_free  (SmMark             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmMark, sm_mark_free)

G_END_DECLS
