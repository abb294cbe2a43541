/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-ops.h"

G_BEGIN_DECLS

/* What is said of an act that is pending. */

const char *sm_pending_title      (SmPending *pending);
char       *sm_pending_object     (SmPending *pending);
char       *sm_pending_link       (SmPending *pending,
                                   SmOps     *ops);
char       *sm_pending_when       (SmPending *pending,
                                   SmOps     *ops);
char       *sm_pending_how        (SmPending *pending);
char       *sm_pending_why        (SmPending *pending);
char       *sm_pending_field      (const char *field);
char       *sm_pending_value      (const char *field,
                                   const char *value);

G_END_DECLS
