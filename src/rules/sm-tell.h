/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-row.h"
#include "sm-rules.h"
#include "sm-tell-settings.h"

G_BEGIN_DECLS

/* Whom the service tells of what, on which channel, and what becomes of it. */

void        sm_tell_set_settings (SmRules               *rules,
                                  SmTellSettings        *settings);
const SmTellSettings *sm_tell_get_settings (SmRules     *rules);

/* What persons do, in the writer's thread. */
SmRow      *sm_tell_confirm      (SmRules               *rules,
                                  SmActor               *actor,
                                  const char            *idempotency_key,
                                  gint64                 notification_id,
                                  GError               **error);
SmRow      *sm_tell_test         (SmRules               *rules,
                                  SmActor               *actor,
                                  const char            *idempotency_key,
                                  const char            *channel,
                                  GError               **error);
SmRow      *sm_tell_test_contact (SmRules               *rules,
                                  SmActor               *actor,
                                  const char            *idempotency_key,
                                  gint64                 contact_id,
                                  const char            *channel,
                                  GError               **error);

/** SmTellMessage: one that has to go out now. */
typedef struct
{
  gint64 id;
  char *address;
  char *subject;
  char *text;
  gint64 level;
  gint64 at; /* network time */
} SmTellMessage;

/** SmTellOutcome: what became of it. */
typedef struct
{
  gint64 id;
  gboolean is_sent;
  gboolean is_final;     /* it is of no use to try again */
  SmTellProblem problem; /* unless it was sent */
} SmTellOutcome;

void        sm_tell_message_free (SmTellMessage         *self);

/* Of whoever sends, in the writer's thread. */
GPtrArray  *sm_tell_take         (SmRules               *rules,
                                  SmTellChannel          channel,
                                  guint                  limit,
                                  GError               **error);
gboolean    sm_tell_note         (SmRules               *rules,
                                  const SmTellOutcome   *outcomes,
                                  gsize                  n_outcomes,
                                  GError               **error);

G_END_DECLS
