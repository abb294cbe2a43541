/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-causes.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sm-time.h"

typedef struct
{
  const char *slug;
  const char *word;
} Word;

static const Word causes[] = {
  { SM_CAUSE_SLUG_UNKNOWN, NC_ ("cause", "Not known") },
  { "thermal-growth", NC_ ("cause", "Heat from inside the pack") },
  { "cooling-failed", NC_ ("cause", "The pack is not cooled") },
  { "hot-surroundings", NC_ ("cause", "Hot surroundings") },
  { "sensor-stuck", NC_ ("cause", "A temperature sensor is stuck") },
  { "sensor-jumps", NC_ ("cause", "A temperature sensor has a loose contact") },
  { "weak-cell", NC_ ("cause", "A cell has lost capacity") },
  { "poor-connection", NC_ ("cause", "A poor connection between cells") },
  { "balancing-off", NC_ ("cause", "Cells are not balanced") },
  { "insulation-damp", NC_ ("cause", "Damp in the insulation") },
  { "insulation-worn", NC_ ("cause", "The insulation wears out") },
  { "soc-drifted", NC_ ("cause", "The estimated charge had drifted") },
  { "bms-restarted", NC_ ("cause", "The battery management restarted") },
  { "device-silent", NC_ ("cause", "Its own terminal fails") },
  { "carrier-out", NC_ ("cause", "The mobile network is out") },
  { "site-dark", NC_ ("cause", "The whole site has no power or no line") },
  { "dead-zone", NC_ ("cause", "It is where nobody is heard") },
  { "module-failed", NC_ ("cause", "A charger module has failed") },
  { "grid-limited", NC_ ("cause", "The grid connection limits the site") },
  { "module-hot", NC_ ("cause", "The charger modules are too hot") },
  { "contactor-welded", NC_ ("cause", "A contactor is welded") },
  { "contact-worn", NC_ ("cause", "Worn contacts in the plug") },
  { "fix-did-not-hold", NC_ ("cause", "The last repair did not hold") },
  { "lane-misaligned", NC_ ("cause", "The lane is out of line") },
  { "vehicle-mount", NC_ ("cause", "One vehicle's mount is bent") },
};

static const Word signs[] = {
  { "unexplained-rise", NC_ ("sign", "Warmer than load and surroundings explain") },
  { "above-expected", NC_ ("sign", "Above a cooled pack") },
  { "heat-kept", NC_ ("sign", "Share of the load's heat that stayed") },
  { "probes-apart", NC_ ("sign", "Probes moved apart") },
  { "surroundings", NC_ ("sign", "Surroundings") },
  { "pack-temperature", NC_ ("sign", "Pack temperature") },
  { "stuck", NC_ ("sign", "Stands still while others move") },
  { "jumps", NC_ ("sign", "Jumps there and back") },
  { "spread-growth", NC_ ("sign", "Growth of the cell spread") },
  { "spread-at-rest", NC_ ("sign", "Cell spread at rest") },
  { "spread-by-load", NC_ ("sign", "Cell spread by load") },
  { "empty-is-full", NC_ ("sign", "Lowest when empty is highest when full") },
  { "insulation", NC_ ("sign", "Insulation") },
  { "insulation-by-damp", NC_ ("sign", "Insulation falls with humidity") },
  { "insulation-trend", NC_ ("sign", "Insulation falls steadily") },
  { "soc-step", NC_ ("sign", "Step of the state of charge") },
  { "step-after-gap", NC_ ("sign", "Reports missing before the step") },
  { "counter-went-back", NC_ ("sign", "Energy counter went back") },
  { "step-at-end", NC_ ("sign", "Distance from full or empty") },
  { "silence", NC_ ("sign", "Reports missed") },
  { "site-silent", NC_ ("sign", "Silent beside it") },
  { "carrier-silent", NC_ ("sign", "Silent around it") },
  { "others-silent", NC_ ("sign", "Silent of other carriers") },
  { "together", NC_ ("sign", "Fell silent within") },
  { "supply-fell", NC_ ("sign", "Supply voltage fell before") },
  { "dark-place", NC_ ("sign", "Others were not heard there either") },
  { "signal-fell", NC_ ("sign", "Signal fell before") },
  { "shortfall", NC_ ("sign", "Less power than asked") },
  { "power-step", NC_ ("sign", "Power lost in one step") },
  { "others-limited", NC_ ("sign", "Limited at the same site") },
  { "site-load", NC_ ("sign", "Load of the site") },
  { "module-temperature", NC_ ("sign", "Temperature of the modules") },
  { "power-by-heat", NC_ ("sign", "Power goes with the heat") },
  { "voltage-left", NC_ ("sign", "Voltage left after opening") },
  { "contact-rise", NC_ ("sign", "Plug warmer than its current explains") },
  { "trips-after-fix", NC_ ("sign", "Came again since the last repair") },
  { "trips-as-before", NC_ ("sign", "As often as before the repair") },
  { "retries", NC_ ("sign", "Retries a swap") },
  { "retry-growth", NC_ ("sign", "Growth of the retries") },
  { "retry-of-one", NC_ ("sign", "Retries of one vehicle") },
};

static const char *
find_word (const Word *words,
           gsize       n,
           const char *context,
           const char *slug)
{
  for (gsize i = 0; slug != NULL && i < n; i++)
    if (g_str_equal (words[i].slug, slug))
      return g_dpgettext2 (GETTEXT_PACKAGE, context, words[i].word);
  return slug;
}

/** sm_word_of_cause: Returns: (transfer none): what a cause is called, else its slug */
const char *
sm_word_of_cause (const char *cause)
{
  return find_word (causes, G_N_ELEMENTS (causes), "cause", cause);
}

/** sm_word_of_sign: Returns: (transfer none): what a kind of evidence is called, else its slug */
const char *
sm_word_of_sign (const char *kind)
{
  return find_word (signs, G_N_ELEMENTS (signs), "sign", kind);
}

void
sm_cause_evidence_free (SmCauseEvidence *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->kind);
  g_free (self->unit);
  g_free (self);
}

SmCauseFound *
sm_cause_found_new (const char *cause,
                    double      probability)
{
  SmCauseFound *self = g_new0 (SmCauseFound, 1);

  self->cause = g_strdup (cause);
  self->probability = probability;
  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) sm_cause_evidence_free);
  return self;
}

void
sm_cause_found_free (SmCauseFound *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->cause);
  g_ptr_array_unref (self->evidence);
  g_free (self);
}

/** sm_cause_found_add: Returns: (transfer none): the evidence, for what else is known of it */
SmCauseEvidence *
sm_cause_found_add (SmCauseFound *self,
                    const char   *kind,
                    double        value,
                    const char   *unit)
{
  SmCauseEvidence *evidence = g_new0 (SmCauseEvidence, 1);

  *evidence = (SmCauseEvidence){ .kind = g_strdup (kind), .value = value, .unit = g_strdup (unit),
                                 .at = SM_UNKNOWN };
  g_ptr_array_add (self->evidence, evidence);
  return evidence;
}
