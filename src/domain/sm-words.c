/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-words.h"

#include "sm-alarm.h"
#include "sm-fault-code.h"
#include "sm-report-words.h"
#include "sm-words-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What the slugs of the contract are called on screen.  The service speaks
 * slugs; only here do they become words.  A test asks for every slug of every
 * field table in both languages.
 */

/* What a vehicle was doing when an alarm was raised, as rules tell it. */
static const SmWord situations[] = {
  { "driving", NC_ ("situation", "driving") },   { "charging", NC_ ("situation", "charging") },
  { "swapping", NC_ ("situation", "swapping") }, { "parked", NC_ ("situation", "parked") },
  { "standing", NC_ ("situation", "standing") }, { NULL },
};

static const SmWord *
find_word (const SmWord *words,
           const char   *slug)
{
  for (; words->slug != NULL; words++)
    if (strcmp (words->slug, slug) == 0)
      return words;
  return NULL;
}

static const SmWord *
find_in_vocabulary (const char *const  *slugs,
                    const char         *slug,
                    const char        **out_context)
{
  static const SmVocabulary *const all[] = { sm_words_of_things, sm_words_of_work };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    for (const SmVocabulary *vocabulary = all[i]; vocabulary->slugs != NULL; vocabulary++)
      if (vocabulary->slugs == slugs)
        {
          *out_context = vocabulary->context;
          return find_word (vocabulary->words, slug);
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
  const SmWord *word;

  if (slug == NULL)
    return "–";
  word = find_in_vocabulary (slugs, slug, &context);
  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, word->word) : slug;
}

/**
 * sm_word_english:
 * @out_context: (out): by which it is translated
 *
 * Returns: (transfer none) (nullable): the word before it is translated, for who reads another
 *   language than this program shows
 */
const char *
sm_word_english (const char *const  *slugs,
                 const char         *slug,
                 const char        **out_context)
{
  const SmWord *word = slug != NULL ? find_in_vocabulary (slugs, slug, out_context) : NULL;

  return word != NULL ? word->word : NULL;
}

/** sm_word_is_known: Whether @slug has a word of ours. */
gboolean
sm_word_is_known (const char *const *slugs,
                  const char        *slug)
{
  const char *context = NULL;

  return find_in_vocabulary (slugs, slug, &context) != NULL;
}

/** sm_word_of_alarm: Returns: (transfer none): what a code is called, of an alarm or of what people report, else the code */
const char *
sm_word_of_alarm (const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);
  const char *report = sm_report_english (code);

  if (report != NULL)
    return g_dpgettext2 (GETTEXT_PACKAGE, "report", report);
  return known != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "alarm", known->word) : code;
}

/** sm_word_of_next_step: Returns: (transfer none): what to do first, by its slug, else the slug */
const char *
sm_word_of_next_step (const char *step)
{
  const char *word = sm_fault_code_step_english (step);

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "next step", word) : step;
}

/** sm_word_of_situation: Returns: (transfer none) (nullable): what a vehicle was doing, by its slug */
const char *
sm_word_of_situation (const char *slug)
{
  const SmWord *word = slug != NULL ? find_word (situations, slug) : NULL;

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "situation", word->word) : NULL;
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

/** sm_word_of_alarm_event: Returns: (transfer none): what happened to an alarm, by a slug of sm_alarm_events */
const char *
sm_word_of_alarm_event (const char *slug,
                        gboolean    is_safety)
{
  static const char *const words[SM_ALARM_N_EVENTS] = {
    [SM_ALARM_EVENT_RAISE] = N_ ("raised"),
    [SM_ALARM_EVENT_RETURN] = N_ ("the condition ended"),
    [SM_ALARM_EVENT_ACKNOWLEDGE] = N_ ("acknowledged"),
    [SM_ALARM_EVENT_RISE] = N_ ("got worse"),
    [SM_ALARM_EVENT_SHELVE] = N_ ("shelved"),
    [SM_ALARM_EVENT_UNSHELVE] = N_ ("not shelved any more"),
    [SM_ALARM_EVENT_SUPPRESS] = N_ ("suppressed"),
    [SM_ALARM_EVENT_UNSUPPRESS] = N_ ("not suppressed any more"),
    [SM_ALARM_EVENT_TAKE_OUT] = N_ ("taken out of service"),
    [SM_ALARM_EVENT_APPROVE_OUT] = N_ ("out of service, approved"),
    [SM_ALARM_EVENT_RETURN_TO_SERVICE] = N_ ("returned to service"),
    [SM_ALARM_EVENT_FOLD] = N_ ("became a part of another alarm"),
    [SM_ALARM_EVENT_UNFOLD] = N_ ("not a part of another alarm any more"),
    [SM_ALARM_EVENT_RELEASE] = N_ ("released from its latch"),
  };

  /* Of safety it only asks for it. */
  if (is_safety && g_strcmp0 (slug, sm_alarm_events[SM_ALARM_EVENT_TAKE_OUT]) == 0)
    return _("asked to be taken out of service");
  for (guint i = 0; i < SM_ALARM_N_EVENTS; i++)
    if (g_strcmp0 (slug, sm_alarm_events[i]) == 0)
      return _(words[i]);
  return slug != NULL ? slug : "–"; /* of a later version */
}
