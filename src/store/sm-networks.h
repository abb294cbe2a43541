/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-person.h"

G_BEGIN_DECLS

/**
 * Networks:
 *
 * A small file beside the outbox that says which networks this application has
 * followed: by which address each was reached last, and who was signed in, so
 * that it can be worked with before the service answers.  A network is known by
 * its epoch, not by an address, which another one may have tomorrow.  No secret
 * is kept.  A file that is missing or damaged knows no network.
 */

/* So many caches are kept; the ones that were not used for longest go. */
#define SM_NETWORKS_MAX 4

char     *sm_networks_find       (const char      *path,
                                  const char      *server);
SmPerson *sm_networks_dup_person (const char      *path,
                                  const char      *epoch);
gboolean  sm_networks_note       (const char      *path,
                                  const char      *server,
                                  const char      *epoch,
                                  GError         **error);
gboolean  sm_networks_set_person (const char      *path,
                                  const char      *epoch,
                                  const SmPerson  *person,
                                  GError         **error);
char     *sm_networks_make_dir   (const char      *cache_dir,
                                  const char      *epoch);
void      sm_networks_prune      (const char      *path,
                                  const char      *cache_dir);

G_END_DECLS
