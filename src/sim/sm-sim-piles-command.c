/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-sim-piles-private.h"

#include <string.h>

/* What piles do when they are told to from afar. */

static gboolean
can_be_reset (const char *fault)
{
  return strcmp (fault, "pile-lock-failure") != 0;
}

/* Returns: (nullable): why not */
static const char *
change_availability (SmSimPiles     *self,
                     SmSimConnector *connector,
                     gboolean        is_operative,
                     gint64          now_us)
{
  if (is_operative)
    {
      if (connector->status == UNAVAILABLE)
        connector->until_us = now_us;
      return NULL;
    }
  if (connector->status == UNAVAILABLE)
    return NULL;
  if (connector->status != AVAILABLE || connector->is_blocked)
    return "occupied";
  connector->status = UNAVAILABLE;
  connector->until_us = G_MAXINT64;
  return NULL;
}

static const char *
stop (SmSimConnector *connector,
      gint64          now_us)
{
  if (connector->status == CHARGING)
    {
      connector->is_aborted = TRUE;
      connector->session.until_us = now_us;
      connector->until_us = now_us;
    }
  else if (connector->status == PREPARING)
    sm_sim_connector_set_free (connector);
  return NULL;
}

/* What it does is over now, and what comes after it comes with the next step. */
static const char *
command (SmSimPiles *self,
         guint       index,
         guint       kind,
         gboolean    is_operative,
         gint64      now_us)
{
  SmSimConnector *connector = &self->connectors[index];
  gboolean is_lock = connector->fault != NULL && !can_be_reset (connector->fault);

  switch (kind)
    {
    case SM_COMMAND_KIND_STOP:
      return stop (connector, now_us);
    case SM_COMMAND_KIND_CHANGE_AVAILABILITY:
      return change_availability (self, connector, is_operative, now_us);
    case SM_COMMAND_KIND_RESET:
    case SM_COMMAND_KIND_UNLOCK:
      if (connector->status == FAULTED && is_lock != (kind == SM_COMMAND_KIND_UNLOCK))
        return "the fault is still there";
      if (connector->status == FAULTED)
        connector->until_us = MIN (connector->until_us, now_us);
      return NULL;
    default:
      return "not supported";
    }
}

static void
say_at_once (SmSimPiles *self,
             guint       index)
{
  self->connectors[index].is_told = TRUE;
  sm_sim_connector_set_active (self, index, TRUE);
}

/**
 * sm_sim_piles_command:
 * @kind: SmCommandKind
 * @out_answer: (out) (nullable): what it says, when it does not
 *
 * Of a pile all connectors are told.  What comes of it is reported with the next step.
 */
gboolean
sm_sim_piles_command (SmSimPiles  *self,
                      SmNounId     noun,
                      gint64       id,
                      guint        kind,
                      gboolean     is_operative,
                      gint64       now_us,
                      const char **out_answer)
{
  guint n = 0;

  *out_answer = NULL;
  for (guint i = 0; i < self->n_connectors; i++)
    {
      const char *answer;

      if ((noun == SM_NOUN_CONNECTOR ? self->connectors[i].id
                                     : self->piles[self->connectors[i].pile].id) != id)
        continue;
      answer = command (self, i, kind, is_operative, now_us);
      say_at_once (self, i);
      if (*out_answer == NULL)
        *out_answer = answer;
      n++;
    }
  if (n == 0)
    *out_answer = "no such pile";
  return *out_answer == NULL;
}
