/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-rules.h"

G_BEGIN_DECLS

/** SmCheckResult: what one look at the whole network found. */
typedef struct
{
  const char *name;    /* (static): a slug */
  const char *what;    /* (static): what has to hold, a sentence */
  const char *advice;  /* (static): what to do when it does not */
  gint64 looked_at;
  gint64 wrong;
  gboolean is_hint;    /* whoever lives on it has not written all that they know */
  GPtrArray *examples; /* of text, the first few */
} SmCheckResult;

/* In the writer's thread. */
GPtrArray *sm_check_all (SmRules  *rules,
                         GError  **error);

G_END_DECLS
