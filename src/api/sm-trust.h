/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Whose certificates are believed: those whom this machine trusts, or, once a
 * file is named, only those in it.  One for the whole process; any thread. */
gboolean      sm_trust_set_ca_file  (const char            *path,
                                     GError               **error);
guint         sm_trust_get_serial   (void);
GTlsDatabase *sm_trust_ref_database (GError               **error);

const char   *sm_trust_slug         (GTlsCertificate       *certificate,
                                     GTlsCertificateFlags   flags);

G_END_DECLS
