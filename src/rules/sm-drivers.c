/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-drivers.h"

#include "sm-verb-private.h"

static SmRow *
reveal (const SmVerb   *verb,
        gconstpointer   data,
        SmRow          *before,
        GError        **error)
{
  return sm_verb_tell (verb, "done", before, before, error) ? sm_row_ref (before) : NULL;
}

/**
 * sm_drivers_reveal:
 *
 * Shows what is masked elsewhere, and tells the audit who asked.
 *
 * Returns: (transfer full) (nullable): the driver as he is
 */
SmRow *
sm_drivers_reveal (SmRules  *rules,
                   SmActor  *actor,
                   gint64    driver_id,
                   GError  **error)
{
  SmVerb verb = { .rules = rules, .actor = actor, .act = "driver.reveal",
                  .noun = sm_noun_get (SM_NOUN_DRIVER), .id = driver_id };

  return sm_verb_run (&verb, reveal, NULL, error);
}
