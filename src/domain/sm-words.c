/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What the slugs of the contract are called on screen.  The service speaks
 * slugs; only here do they become words.  A test asks for every slug of every
 * field table in both languages.
 */
typedef struct
{
  const char *slug;
  const char *word;
} Word;

typedef struct
{
  const char *const *slugs;
  const char *context; /* of the translation */
  const Word *words;
} Vocabulary;

static const Word area_kinds[] = {
  { "country", NC_ ("area", "country") },
  { "province", NC_ ("area", "province") },
  { "city", NC_ ("area", "city") },
  { "district", NC_ ("area", "district") },
  { "operating_area", NC_ ("area", "operating area") },
  { NULL },
};
static const Word station_kinds[] = {
  { "swap", NC_ ("station", "swap station") },
  { "charge", NC_ ("station", "charging station") },
  { "swap_and_charge", NC_ ("station", "swap and charging station") },
  { NULL },
};
static const Word station_states[] = {
  { "commissioning", NC_ ("station", "commissioning") },
  { "operating", NC_ ("station", "operating") },
  { "paused", NC_ ("station", "paused") },
  { "retired", NC_ ("station", "retired") },
  { NULL },
};
static const Word usage_states[] = {
  { "enabled", NC_ ("pile", "enabled") },
  { "disabled", NC_ ("pile", "disabled") },
  { NULL },
};
static const Word currents[] = {
  { "ac", NC_ ("pile", "AC") },
  { "dc", NC_ ("pile", "DC") },
  { NULL },
};
static const Word connector_statuses[] = {
  { "available", NC_ ("connector", "available") },
  { "preparing", NC_ ("connector", "preparing") },
  { "charging", NC_ ("connector", "charging") },
  { "suspended_ev", NC_ ("connector", "paused by the vehicle") },
  { "suspended_evse", NC_ ("connector", "paused by the pile") },
  { "finishing", NC_ ("connector", "finishing") },
  { "reserved", NC_ ("connector", "reserved") },
  { "unavailable", NC_ ("connector", "unavailable") },
  { "faulted", NC_ ("connector", "faulted") },
  { NULL },
};
static const Word connections[] = {
  { "online", NC_ ("connection", "online") },
  { "asleep", NC_ ("connection", "asleep") },
  { "late", NC_ ("connection", "late") },
  { "silent", NC_ ("connection", "silent") },
  { "unknown_danger", NC_ ("connection", "silent, last near a limit") },
  { "unregistered", NC_ ("connection", "unregistered") },
  { NULL },
};
static const Word motions[] = {
  { "driving", NC_ ("motion", "driving") },
  { "parked", NC_ ("motion", "parked") },
  { NULL },
};
static const Word energies[] = {
  { "idle", NC_ ("energy", "not charging") },
  { "charging", NC_ ("energy", "charging") },
  { "swapping", NC_ ("energy", "swapping") },
  { NULL },
};
static const Word directions[] = {
  { "above", NC_ ("limit", "above") },
  { "below", NC_ ("limit", "below") },
  { NULL },
};
static const Word alarm_states[] = {
  { "unacked", NC_ ("alarm", "not acknowledged") },
  { "acked", NC_ ("alarm", "acknowledged") },
  { "returned_unacked", NC_ ("alarm", "over, not acknowledged") },
  { "normal", NC_ ("alarm", "over") },
  { NULL },
};
/* Codes of the limits that the service starts with. */
static const Word alarm_codes[] = {
  { "pack-over-temperature", NC_ ("alarm", "Pack over-temperature") },
  { "soc-low", NC_ ("alarm", "State of charge low") },
  { "connector-over-temperature", NC_ ("alarm", "Connector over-temperature") },
  { NULL },
};

static const Vocabulary vocabularies[] = {
  { sm_area_kinds, "area", area_kinds },
  { sm_station_kinds, "station", station_kinds },
  { sm_station_states, "station", station_states },
  { sm_usage_states, "pile", usage_states },
  { sm_currents, "pile", currents },
  { sm_connector_statuses, "connector", connector_statuses },
  { sm_connections, "connection", connections },
  { sm_motions, "motion", motions },
  { sm_energies, "energy", energies },
  { sm_directions, "limit", directions },
  { sm_alarm_states, "alarm", alarm_states },
};

static const Word *
find_word (const Word *words,
           const char *slug)
{
  for (; words->slug != NULL; words++)
    if (strcmp (words->slug, slug) == 0)
      return words;
  return NULL;
}

static const Word *
find_in_vocabulary (const char *const  *slugs,
                    const char         *slug,
                    const char        **out_context)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    if (vocabularies[i].slugs == slugs)
      {
        *out_context = vocabularies[i].context;
        return find_word (vocabularies[i].words, slug);
      }
  return NULL;
}

/**
 * sm_word_of_slug:
 * @slugs: the list that the slug is from, as the field table names it
 * @slug: (nullable): a value
 *
 * Returns: (transfer none): what it is called in the interface's language; a
 *   value that this version does not know as it is; an en dash for null
 */
const char *
sm_word_of_slug (const char *const *slugs,
                 const char        *slug)
{
  const char *context = NULL;
  const Word *word;

  if (slug == NULL)
    return "–";
  word = find_in_vocabulary (slugs, slug, &context);
  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, word->word) : slug;
}

/** sm_word_is_known: Whether @slug has a word of ours. */
gboolean
sm_word_is_known (const char *const *slugs,
                  const char        *slug)
{
  const char *context = NULL;

  return find_in_vocabulary (slugs, slug, &context) != NULL;
}

/** sm_word_of_alarm: Returns: (transfer none): what an alarm code is called, else the code */
const char *
sm_word_of_alarm (const char *code)
{
  const Word *word = code != NULL ? find_word (alarm_codes, code) : NULL;

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "alarm", word->word) : code;
}

/** sm_word_of_level: Returns: (transfer none): the word for level 1 (critical) to 4 (notice) */
const char *
sm_word_of_level (int level)
{
  switch (level)
    {
    case 1:
      return C_ ("alarm level", "critical");
    case 2:
      return C_ ("alarm level", "major");
    case 3:
      return C_ ("alarm level", "minor");
    default:
      return C_ ("alarm level", "notice");
    }
}
