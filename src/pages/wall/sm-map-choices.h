/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-directory.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a filter of the map offers: by what, and which values of it. */

/** SmMapChoice: something that vehicles can be told apart by. */
typedef struct
{
  const char *key;          /* in links */
  const char *title;        /* marked with N_() */
  const char *const *slugs; /* values with words in sm-words; NULL: of the directory */
} SmMapChoice;

extern const SmMapChoice sm_map_choices[];
extern const guint sm_n_map_choices;

/** SmMapOptions: @values, NULL-terminated, and as many @words after the one for any. */
typedef struct
{
  GStrv values;
  GtkStringList *words;
} SmMapOptions;

SmMapOptions *sm_map_options_new   (const SmMapChoice  *choice,
                                    SmDirectory        *directory);
void          sm_map_options_free  (SmMapOptions       *self);
guint         sm_map_options_find  (const SmMapOptions *self,
                                    const char         *value);
char         *sm_map_choice_words  (SmDirectory        *directory,
                                    const char         *key,
                                    const char         *value);

G_END_DECLS
