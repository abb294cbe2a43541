/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-noun.h"

G_BEGIN_DECLS

/** SmWord: what a slug is called, before it is translated. */
typedef struct
{
  const char *slug;
  const char *word;
} SmWord;

/** SmVocabulary: the words of one list of slugs; as they, it ends with NULL. */
typedef struct
{
  const char *const *slugs;
  const char *context; /* of the translation */
  const SmWord *words;
} SmVocabulary;

extern const SmVocabulary sm_words_of_things[];
extern const SmVocabulary sm_words_of_work[];

G_END_DECLS
