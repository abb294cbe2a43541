/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SmTranslation:
 *
 * Our words in one language, whatever the language of the program is: gettext can speak
 * only one, and two persons who are told of the same thing may read different ones.
 */
typedef struct _SmTranslation SmTranslation;

SmTranslation *sm_translation_new  (const char          *language);
void           sm_translation_free (SmTranslation       *self);
const char    *sm_translation_get  (const SmTranslation *self,
                                    const char          *context,
                                    const char          *english);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmTranslation, sm_translation_free)

G_END_DECLS
