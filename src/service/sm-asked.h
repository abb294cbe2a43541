/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-exchange.h"

G_BEGIN_DECLS

/**
 * SmAsked:
 *
 * What the request for an act of a person has in common with all others: who asks, under
 * which key, and what they said.  The first member of the request of a handler; it goes
 * with it into the writer's thread.
 */
typedef struct
{
  SmActor *actor;
  char *key;        /* (nullable) */
  JsonObject *body; /* (nullable): of which the texts of the request are */
} SmAsked;

void sm_asked_take (SmAsked *self, SmExchange *exchange);
void sm_asked_clear (SmAsked *self);
void sm_asked_run (SmExchange *exchange,
                   gboolean is_read,
                   SmRulesFunc func,
                   gpointer request,
                   GDestroyNotify request_free,
                   GError **error);
SmAnswer *
sm_asked_answer (guint status, SmRow *row, SmRow *current, GError *problem, GError **error);

G_END_DECLS
