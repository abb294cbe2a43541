/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"
#include "sm-scope.h"

G_BEGIN_DECLS

/* Whose people an account is of: an agent's sees the stations of the agent's territory, and of
 * work and people what is the agent's.  In the writer's thread. */

/* In place of a company, of people whose company is none any more: nothing is theirs, and what
 * is a company's is another's. */
#define SM_COMPANIES_NONE (-1)

SmScope *sm_companies_make_scope (SmRules  *rules,
                                  gint64    organisation_id,
                                  GError  **error);
gboolean sm_companies_follow     (SmRules  *rules,
                                  GError  **error);

G_END_DECLS
