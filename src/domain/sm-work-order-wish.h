/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-time.h"

G_BEGIN_DECLS

/** SmWorkOrderWish: an order that a person asks for; texts that are NULL and numbers that are
 * SM_UNKNOWN are not said. */
typedef struct
{
  const char *kind;        /* slug */
  const char *source;      /* slug */
  gint64 alarm_id;         /* of which the target is; else: */
  const char *target_noun; /* slug */
  gint64 target_id;
  gint64 level;
  gint64 planned_at;
  const char *subject;
  const char *description;
  const char *reported_by;
  const char *certificate; /* slug; not said: what follows from what it is about */
} SmWorkOrderWish;

/* Nothing is said but what kind it is, and how it came to be. */
#define SM_WORK_ORDER_WISH(what, how)                                                    \
  { .kind = (what), .source = (how), .alarm_id = SM_UNKNOWN, .target_id = SM_UNKNOWN,    \
    .level = SM_UNKNOWN, .planned_at = SM_UNKNOWN }

G_END_DECLS
