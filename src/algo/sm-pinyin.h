/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * How people ask for things: in small letters, in full width, without the dot
 * of a plate, by the initials of a Chinese name's syllables.
 */

typedef enum
{
  SM_MATCH_EXACT,    /* the whole name */
  SM_MATCH_TAIL,     /* its end, at least four characters of it */
  SM_MATCH_START,    /* its beginning */
  SM_MATCH_INITIALS, /* the initials of its syllables, from the first on */
  SM_MATCH_PART,     /* a part of it, or of its initials */
  SM_MATCH_NONE,
} SmMatch;

/* The longest name that is looked at, in bytes, with the final 0. */
#define SM_SEARCH_MAX 256

char    sm_pinyin_initial (gunichar    c);
gsize   sm_search_fold    (const char *text,
                           char       *folded,
                           gsize       size);
SmMatch sm_search_match   (const char *name,
                           const char *folded);

G_END_DECLS
