/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-json-reader.h"
#include "sm-json-writer.h"
#include "sm-row.h"

G_BEGIN_DECLS

/** SmChange: one entry of the feed: a record as it is now, or that it is gone. */
typedef struct
{
  const SmNoun *noun;
  gint64 id;
  gint64 seq;
  gboolean deleted;
  SmRow *row; /* (nullable): NULL when deleted */
} SmChange;

SmChange  *sm_change_new   (const SmNoun  *noun,
                            gint64         id,
                            gint64         seq,
                            SmRow         *row);
void       sm_change_free  (SmChange      *self);

GPtrArray *sm_changes_read  (SmJsonReader  *reader,
                             char         **out_cursor,
                             gboolean      *out_more,
                             GError       **error);
void       sm_changes_write (SmJsonWriter  *writer,
                             GPtrArray     *changes,
                             const char    *cursor,
                             gboolean       more);

/* The same in pieces, for whoever has no array of changes. */
void       sm_changes_write_begin (SmJsonWriter *writer);
void       sm_changes_write_one   (SmJsonWriter *writer,
                                   const SmNoun *noun,
                                   gint64        id,
                                   gint64        seq,
                                   const SmRow  *row);
void       sm_changes_write_end   (SmJsonWriter *writer,
                                   const char   *cursor,
                                   gboolean      more);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmChange, sm_change_free)

G_END_DECLS
