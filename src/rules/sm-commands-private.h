/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-commands.h"
#include "sm-verb-private.h"

G_BEGIN_DECLS

gboolean       sm_commands_begin    (SmRules                 *rules,
                                     GError                 **error);
gboolean       sm_commands_tick     (SmRules                 *rules,
                                     GError                 **error);
gboolean       sm_commands_check    (const SmVerb            *verb,
                                     const SmCommandRequest  *request,
                                     const SmRow             *target,
                                     gint64                  *out_station_id,
                                     GError                 **error);

G_END_DECLS
