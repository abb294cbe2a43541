/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SmGzipped:
 *
 * A body that many are answered with, and the same compressed: once, in another
 * thread, when the first asks for it.  Main thread only.
 */
typedef struct _SmGzipped SmGzipped;

/** SmGzippedFunc: @gzip: (transfer none) */
typedef void (*SmGzippedFunc) (GBytes   *gzip,
                              gpointer  user_data);

SmGzipped *sm_gzipped_new   (GBytes       *plain);
SmGzipped *sm_gzipped_ref   (SmGzipped     *self);
void      sm_gzipped_unref (SmGzipped     *self);
gboolean  sm_gzipped_get   (SmGzipped     *self,
                           SmGzippedFunc  func,
                           gpointer      user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmGzipped, sm_gzipped_unref)

G_END_DECLS
