/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"

G_BEGIN_DECLS

/** SmCommandRequest: What a person wants done to equipment from afar. */
typedef struct
{
  const char *target_noun;  /* as in a feed: pile, connector, lane, bay or equipment */
  gint64 target_id;
  const char *kind;         /* of sm_command_kinds */
  const char *availability; /* (nullable): of change_availability: of sm_availabilities */
  const char *reason;       /* (nullable): is refused */
  gint64 alarm_id;          /* the alarm because of which; SM_UNKNOWN: none */
} SmCommandRequest;

/* In the writer's thread. */
SmRow     *sm_commands_request (SmRules                 *rules,
                                SmActor                 *actor,
                                const char              *idempotency_key,
                                const SmCommandRequest  *request,
                                GError                 **error);
GPtrArray *sm_commands_fetch   (SmRules                 *rules,
                                SmActor                 *actor,
                                GError                 **error);
SmRow     *sm_commands_answer  (SmRules                 *rules,
                                SmActor                 *actor,
                                gint64                   id,
                                const char              *state,
                                const char              *answer,
                                GError                 **error);

/* Any thread. */
gboolean   sm_commands_is_open (SmRules                 *rules);

G_END_DECLS
