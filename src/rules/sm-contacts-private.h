/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-verb-private.h"

G_BEGIN_DECLS

gboolean sm_contact_settle (const SmVerb  *verb,
                            const SmRow   *before,
                            SmRow         *row,
                            GError       **error);
gboolean sm_contact_keep   (SmRules       *rules,
                            const SmRow   *before,
                            const SmRow   *wanted,
                            const SmRow   *row,
                            GError       **error);
gboolean sm_contact_forget (SmRules       *rules,
                            const SmRow   *row,
                            GError       **error);
gboolean sm_contact_check_person (const SmVerb  *verb,
                                  const char    *person,
                                  GError       **error);
void     sm_contacts_follow_rollback (SmRules *rules);
gboolean sm_contacts_load  (SmRules       *rules,
                            GError       **error);

G_END_DECLS
