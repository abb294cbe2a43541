/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmLink:
 *
 * The address of a view: stationmaster:PAGE, stationmaster:KIND/NAME, and
 * either with ?KEY=VALUE&KEY=VALUE.  Keys and values are in the order in which
 * they were set, each key once.  A link comes from a person, a mail or another
 * program: parsing bounds everything and refuses what is odd, and what a link
 * names is looked for and never believed.
 */
typedef struct _SmLink SmLink;

#define SM_LINK_SCHEME "stationmaster:"
#define SM_LINK_MAX_LENGTH 4096 /* of the text, in bytes */
#define SM_LINK_MAX_PAIRS 32
#define SM_LINK_MAX_KEY 64

SmLink     *sm_link_new         (const char   *page,
                                 const char   *name);
SmLink     *sm_link_parse       (const char   *text);
SmLink     *sm_link_copy        (const SmLink *self);
void        sm_link_free        (SmLink       *self);
const char *sm_link_get_page    (const SmLink *self);
const char *sm_link_get_name    (const SmLink *self);
const char *sm_link_get         (const SmLink *self,
                                 const char   *key);
guint       sm_link_get_n_pairs (const SmLink *self);
void        sm_link_get_pair    (const SmLink *self,
                                 guint         index,
                                 const char  **out_key,
                                 const char  **out_value);
gboolean    sm_link_set         (SmLink       *self,
                                 const char   *key,
                                 const char   *value);
char       *sm_link_format      (const SmLink *self);
char       *sm_link_text        (const char   *page,
                                 const char   *name,
                                 ...) G_GNUC_NULL_TERMINATED;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmLink, sm_link_free)

G_END_DECLS
