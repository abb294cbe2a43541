/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file is called behind which its seal lies: see sm-cache-seal.h. */
#define SM_CACHE_SEAL "-seal"

/* PRAGMA user_version in data/sql/cache.sql; a test compares them. */
#define SM_CACHE_VERSION 8

/**
 * SmCacheFiles:
 *
 * The cache's folder, which belongs to one program at a time: which files are
 * in it, and what the next one is called.
 */
typedef struct _SmCacheFiles SmCacheFiles;

SmCacheFiles *sm_cache_files_new       (const char    *dir,
                                        GError       **error);
void          sm_cache_files_free      (SmCacheFiles  *self);
GPtrArray    *sm_cache_files_list      (SmCacheFiles  *self);
char         *sm_cache_files_make_path (SmCacheFiles  *self);
void          sm_cache_files_delete    (SmCacheFiles  *self,
                                        const char    *path);
void          sm_cache_files_set_aside (SmCacheFiles  *self,
                                        const char    *path);
void          sm_cache_files_remove_all (const char   *dir);

G_END_DECLS
