/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmZipWriter:
 *
 * Writes a ZIP archive to a stream, one member after the other, deflated as it
 * comes; nothing is kept but the names.  Any one thread at a time.
 */
typedef struct _SmZipWriter SmZipWriter;

SmZipWriter *sm_zip_writer_new    (GOutputStream  *stream);
void         sm_zip_writer_free   (SmZipWriter    *self);
gboolean     sm_zip_writer_begin  (SmZipWriter    *self,
                                   const char     *name,
                                   GError        **error);
gboolean     sm_zip_writer_write  (SmZipWriter    *self,
                                   const char     *data,
                                   gsize           length,
                                   GError        **error);
gboolean     sm_zip_writer_end    (SmZipWriter    *self,
                                   GError        **error);
gboolean     sm_zip_writer_finish (SmZipWriter    *self,
                                   GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmZipWriter, sm_zip_writer_free)

G_END_DECLS
