/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-report-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *what;
  const char *word;
} words[] = {
  /* Translators: what somebody reports who stands at a station, a charger or a battery */
  { "damaged", NC_ ("report", "Something is damaged") },
  { "does_not_charge", NC_ ("report", "It does not charge") },
  { "does_not_swap", NC_ ("report", "It does not swap") },
  { "no_pack", NC_ ("report", "No battery to be had") },
  { "other", NC_ ("report", "Something else") },
  { "payment", NC_ ("report", "Paying does not work") },
  { "smoke", NC_ ("report", "Smoke, heat or a smell") },
};

/**
 * sm_report_english:
 * @code: (nullable): of a work order, with whatever else was said behind a colon
 *
 * Returns: (transfer none) (nullable): in English what it says that people report, to be
 *   translated in the context "report"; NULL when it is no such code
 */
const char *
sm_report_english (const char *code)
{
  gsize length;

  if (code == NULL || !g_str_has_prefix (code, SM_REPORTED))
    return NULL;
  code += strlen (SM_REPORTED);
  length = strcspn (code, ":");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i].what) == length && strncmp (words[i].what, code, length) == 0)
      return words[i].word;
  return NULL;
}
