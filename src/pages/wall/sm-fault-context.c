/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-context.h"

#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-live-set.h"
#include "sm-text.h"
#include "sm-wall-text.h"

#include <glib/gi18n-lib.h>

/* The station of a fault: (nullable). */
static const SmRow *
find_station (const SmRow *alarm,
              SmOps       *ops)
{
  gint64 id = sm_row_is_null (alarm, SM_ALARM_STATION_ID)
                  ? 0
                  : sm_row_get_int (alarm, SM_ALARM_STATION_ID);
  SmItem *item;

  if (id == 0 && g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), "station") == 0)
    id = sm_row_get_int (alarm, SM_ALARM_SOURCE_ID);
  item = id != 0 ? sm_live_set_find (SM_LIVE_SET (sm_ops_get_stations (ops)), id) : NULL;
  return item != NULL ? sm_item_get_row (item) : NULL;
}

static gint64
known (const SmRow *row,
       guint        field)
{
  return sm_row_is_null (row, field) ? 0 : sm_row_get_int (row, field);
}

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
describe_effect (const SmFaultContext *self,
                 SmOps                *ops)
{
  const SmStatsNow *stats = sm_stats_get_now (sm_ops_get_stats (ops));
  g_autofree char *waiting = g_strdup ("");
  g_autofree char *inbound = g_strdup ("");
  g_autofree char *income = g_strdup ("");
  g_autofree char *money = NULL;

  if (self->waiting > 0)
    {
      g_free (waiting);
      /* Translators: trucks that wait at the station of a fault */
      waiting = g_strdup_printf (_("%d waiting"), (int) self->waiting);
    }
  if (self->inbound > 0)
    {
      g_free (inbound);
      /* Translators: trucks on their way to the station of a fault */
      inbound = g_strdup_printf (_("%d inbound"), (int) self->inbound);
    }
  if (self->income_minor_per_hour > 0 && stats != NULL && stats->currency[0] != '\0')
    {
      money = sm_wall_money (self->income_minor_per_hour, stats->currency);
      g_free (income);
      /* Translators: %s is an amount of money that a station takes in an hour */
      income = g_strdup_printf (_("%s an hour"), money);
    }
  return sm_wall_join (" · ", waiting, inbound, income, NULL);
}

/** sm_fault_context_read: Fills @self with what is known of @alarm elsewhere. */
void
sm_fault_context_read (SmFaultContext *self,
                       const SmRow    *alarm,
                       SmOps          *ops)
{
  const SmRow *station = find_station (alarm, ops);

  *self = (SmFaultContext){ 0 };
  self->where = describe_where (alarm, station);
  if (station == NULL)
    return;
  self->waiting = known (station, SM_STATION_WAITING);
  self->inbound = known (station, SM_STATION_INBOUND);
  self->income_minor_per_hour = known (station, SM_STATION_INCOME_MINOR_PER_HOUR);
  self->effect = describe_effect (self, ops);
}

void
sm_fault_context_clear (SmFaultContext *self)
{
  g_clear_pointer (&self->where, g_free);
  g_clear_pointer (&self->effect, g_free);
}

static int
falling (double a,
         double b)
{
  return (a < b) - (a > b);
}

static double
effect_of (const SmRow *station)
{
  if (station == NULL)
    return 0;
  return (double) known (station, SM_STATION_WAITING) * 1e6
         + (double) known (station, SM_STATION_INBOUND) * 1e4
         + (double) known (station, SM_STATION_INCOME_MINOR_PER_HOUR) / 1e6;
}

/**
 * sm_fault_context_compare:
 *
 * The order of faults: those that nobody has acknowledged, the worst level, the
 * greatest risk, the greatest effect (who waits, who comes, what it costs), the
 * newest.
 */
int
sm_fault_context_compare (const SmRow *a,
                          const SmRow *b,
                          SmOps       *ops)
{
  int order = (int) sm_fault_is_unacked (b) - (int) sm_fault_is_unacked (a);

  if (order == 0)
    order = falling ((double) sm_row_get_int (b, SM_ALARM_LEVEL),
                     (double) sm_row_get_int (a, SM_ALARM_LEVEL));
  if (order == 0)
    order = falling (sm_row_is_null (a, SM_ALARM_RISK) ? 0 : sm_row_get_real (a, SM_ALARM_RISK),
                     sm_row_is_null (b, SM_ALARM_RISK) ? 0 : sm_row_get_real (b, SM_ALARM_RISK));
  if (order == 0)
    order = falling (effect_of (find_station (a, ops)), effect_of (find_station (b, ops)));
  if (order == 0)
    order = falling ((double) sm_row_get_int (a, SM_ALARM_RAISED_AT),
                     (double) sm_row_get_int (b, SM_ALARM_RAISED_AT));
  return order != 0 ? order : falling ((double) sm_row_get_id (a), (double) sm_row_get_id (b));
}
