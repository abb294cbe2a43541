/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * SmTlsFiles:
 *
 * The certificate a server shows, kept like the two files it comes from: when
 * they are renewed, new connections get the new one, and those that are open
 * go on.  Files that cannot be used change nothing and are said in the log.
 */
typedef struct _SmTlsFiles SmTlsFiles;

SmTlsFiles *sm_tls_files_new         (SoupServer  *server,
                                      const char  *certificate,
                                      const char  *key,
                                      guint        look_ms,
                                      GError     **error);
void        sm_tls_files_free        (SmTlsFiles  *self);
void        sm_tls_files_reload      (SmTlsFiles  *self);
gint64      sm_tls_files_get_expiry  (SmTlsFiles  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTlsFiles, sm_tls_files_free)

G_END_DECLS
