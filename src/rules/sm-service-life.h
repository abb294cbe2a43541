/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/** SmServiceLives: of what it was said already that its service life ends. */
typedef struct _SmServiceLives SmServiceLives;

SmServiceLives *sm_service_lives_new     (void);
void            sm_service_lives_free    (SmServiceLives *self);
void            sm_service_lives_restore (SmServiceLives *self,
                                          const SmNoun   *noun,
                                          gint64          id,
                                          const char     *code,
                                          gint64          level);
gboolean        sm_service_lives_tick    (SmRules        *rules,
                                          GError        **error);

G_END_DECLS
