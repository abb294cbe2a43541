/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

GPtrArray *sm_sim_list_all (SmRules       *rules,
                            SmNounId       noun,
                            GCancellable  *cancellable,
                            GError       **error);

G_END_DECLS
