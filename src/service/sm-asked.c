/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-service"
#include "config.h"

#include "sm-asked.h"

#include "sm-asker.h"
#include "sm-paths.h"

/** sm_asked_take: Keeps what @exchange has of it, for as long as the act takes. */
void
sm_asked_take (SmAsked *self, SmExchange *exchange)
{
  JsonObject *body = sm_exchange_get_object (exchange);

  self->actor = sm_actor_ref (sm_exchange_get_actor (exchange));
  self->key = g_strdup (sm_exchange_get_header (exchange, SM_HEADER_IDEMPOTENCY_KEY));
  self->body = body != NULL ? json_object_ref (body) : NULL;
}

void
sm_asked_clear (SmAsked *self)
{
  sm_actor_unref (self->actor);
  g_free (self->key);
  g_clear_pointer (&self->body, json_object_unref);
}

/**
 * sm_asked_run:
 * @is_read: whether all of the request could be read
 * @request: (transfer full)
 * @error: (inout): where why not stands by then
 *
 * Does it in the writer's thread, or says why it cannot be.
 */
void
sm_asked_run (SmExchange *exchange,
              gboolean is_read,
              SmRulesFunc func,
              gpointer request,
              GDestroyNotify request_free,
              GError **error)
{
  if (is_read)
    {
      sm_exchange_run (exchange, func, request, request_free);
      return;
    }
  request_free (request);
  sm_exchange_fail (exchange, *error);
}

/**
 * sm_asked_answer:
 * @row: (transfer full) (nullable): what it is after the act
 * @current: (transfer full) (nullable): what it is, when that is why it was refused
 * @problem: (transfer full) (nullable): why there is no @row
 *
 * Returns: (transfer full) (nullable): to be given to who asked
 */
SmAnswer *
sm_asked_answer (guint status, SmRow *row, SmRow *current, GError *problem, GError **error)
{
  g_autoptr (SmRow) owned = row;
  g_autoptr (SmRow) is = current;

  if (owned == NULL)
    return sm_asker_refuse (problem, is, error);
  return sm_answer_new_row (status, owned);
}
