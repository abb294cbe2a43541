/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-context.h"

#include "sm-alarm-effect.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>

/* What the vehicle was doing when it happened. */
static const char *
word_of_situation (const char *slug)
{
  static const struct
  {
    const char *slug;
    const char *word;
  } words[] = {
    { "driving", NC_ ("situation", "driving") },   { "charging", NC_ ("situation", "charging") },
    { "swapping", NC_ ("situation", "swapping") }, { "parked", NC_ ("situation", "parked") },
    { "standing", NC_ ("situation", "standing") },
  };

  for (gsize i = 0; slug != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].slug, slug))
      return g_dpgettext2 (NULL, "situation", words[i].word);
  return NULL;
}

static char *
describe_where (const SmRow *alarm,
                const SmRow *station)
{
  g_autofree char *name = NULL;

  /* The station itself is named by the alarm already. */
  if (station == NULL || g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), "station") == 0)
    return g_strdup (word_of_situation (sm_row_get_text (alarm, SM_ALARM_SITUATION)));
  name = sm_row_dup_name (station, SM_STATION_NAME, sm_i18n_language ());
  return sm_text_clean (name);
}

static char *
describe_effect (const SmAlarmEffect *effect,
                 SmOps               *ops)
{
  const SmStatsNow *stats = sm_stats_get_now (sm_ops_get_stats (ops));
  g_autofree char *waiting = g_strdup ("");
  g_autofree char *inbound = g_strdup ("");
  g_autofree char *lost = g_strdup ("");
  g_autofree char *money = NULL;

  if (effect->waiting > 0)
    {
      g_free (waiting);
      /* Translators: trucks that wait at the station of a fault */
      waiting = g_strdup_printf (_("%d waiting"), (int) effect->waiting);
    }
  if (effect->inbound > 0)
    {
      g_free (inbound);
      /* Translators: trucks on their way to the station of a fault */
      inbound = g_strdup_printf (_("%d inbound"), (int) effect->inbound);
    }
  if (effect->lost_minor_per_hour > 0 && stats != NULL && stats->currency[0] != '\0')
    {
      money = sm_wall_money (effect->lost_minor_per_hour, stats->currency);
      g_free (lost);
      /* Translators: %s is an amount of money that a station does not take in an hour */
      lost = g_strdup_printf (_("%s lost an hour"), money);
    }
  return sm_wall_join (" · ", waiting, inbound, lost, NULL);
}

/** sm_fault_context_read: Fills @self with what is known of @alarm elsewhere. */
void
sm_fault_context_read (SmFaultContext *self,
                       const SmRow    *alarm,
                       SmOps          *ops)
{
  const SmRow *station = sm_alarm_find_station (ops, alarm);
  SmAlarmEffect effect = sm_alarm_effect (ops, alarm);

  *self = (SmFaultContext){ 0 };
  self->where = describe_where (alarm, station);
  if (station != NULL)
    self->effect = describe_effect (&effect, ops);
}

void
sm_fault_context_clear (SmFaultContext *self)
{
  g_clear_pointer (&self->where, g_free);
  g_clear_pointer (&self->effect, g_free);
}
