/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-error.h"
#include "sm-row.h"

G_BEGIN_DECLS

#define SM_PROBLEM_CONTENT_TYPE "application/problem+json"

char   *sm_problem_to_json          (const GError *error,
                                     guint        *out_status);
char   *sm_problem_to_json_with_row (const GError *error,
                                     const SmRow  *current,
                                     guint        *out_status);
GError *sm_problem_from_json        (guint         status,
                                     const char   *body,
                                     gsize         length);

G_END_DECLS
