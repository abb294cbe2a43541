/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-context.h"

#include "sm-alarm-effect.h"
#include "sm-i18n.h"
#include "sm-text.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

static gboolean
is_about (const SmRow *alarm,
          const char  *noun)
{
  return g_strcmp0 (sm_row_get_text (alarm, SM_ALARM_SOURCE_NOUN), noun) == 0;
}

static char *
name_of (const SmRow *station)
{
  g_autofree char *name = sm_row_dup_name (station, SM_STATION_NAME, sm_i18n_language ());

  return sm_text_clean (name);
}

/* The truck that a pack is in. */
static char *
describe_carrier (const SmRow *alarm,
                  SmOps       *ops)
{
  const SmVehicleRecord *vehicle;
  g_autofree char *plate = NULL;

  if (!is_about (alarm, "battery") || sm_row_is_null (alarm, SM_ALARM_VEHICLE_ID))
    return g_strdup ("");
  vehicle = sm_directory_find_vehicle (sm_ops_get_directory (ops),
                                       sm_row_get_int (alarm, SM_ALARM_VEHICLE_ID));
  plate = sm_text_clean (vehicle != NULL ? vehicle->plate : NULL);
  /* Translators: the truck that a battery pack is in; %s is its plate */
  return plate[0] != '\0' ? g_strdup_printf (C_ ("pack", "in %s"), plate) : g_strdup ("");
}

static char *
describe_where (const SmRow *alarm,
                const SmRow *station,
                SmOps       *ops)
{
  const char *situation = sm_word_of_situation (sm_row_get_text (alarm, SM_ALARM_SITUATION));
  g_autofree char *carrier = NULL;

  /* The station itself is what the alarm is about. */
  if (station != NULL && !is_about (alarm, "station"))
    return name_of (station);
  carrier = describe_carrier (alarm, ops);
  return sm_wall_join (" · ", carrier, situation != NULL ? situation : "", NULL);
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
  self->where = describe_where (alarm, station, ops);
  if (station != NULL && is_about (alarm, "station"))
    self->name = name_of (station);
  if (station != NULL)
    self->effect = describe_effect (&effect, ops);
}

/* Of a truck that is on its way, the station that is nearest. */
static char *
describe_nearest (SmOps  *ops,
                  gint64  vehicle_id)
{
  gint64 metres = 0;
  SmItem *station = sm_ops_find_nearest_station (ops, vehicle_id, &metres);
  g_autofree char *distance = NULL;
  g_autofree char *name = NULL;

  if (station == NULL)
    return g_strdup ("");
  distance = sm_wall_distance (metres);
  name = name_of (sm_item_get_row (station));
  /* Translators: how far a truck is from a station, as in "3.2 km from Yantian Port" */
  return g_strdup_printf (_("%s from %s"), distance, name);
}

/**
 * sm_fault_context_dup_near:
 *
 * Where on the map @alarm is, for who has never heard the name: a station's
 * district, or how far from which station a truck is.  It looks at every
 * station: not for each row of a list.
 *
 * Returns: (transfer full): "" when that is not known
 */
char *
sm_fault_context_dup_near (const SmRow *alarm,
                           SmOps       *ops)
{
  const SmRow *station = sm_alarm_find_station (ops, alarm);
  g_autofree char *area = NULL;

  if (station == NULL)
    return sm_row_is_null (alarm, SM_ALARM_VEHICLE_ID)
               ? g_strdup ("")
               : describe_nearest (ops, sm_row_get_int (alarm, SM_ALARM_VEHICLE_ID));
  area = sm_directory_dup_label (sm_ops_get_directory (ops), SM_NOUN_AREA,
                                 sm_row_get_int (station, SM_ROW_AREA_ID), sm_i18n_language ());
  return sm_text_clean (area);
}

void
sm_fault_context_clear (SmFaultContext *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->where, g_free);
  g_clear_pointer (&self->effect, g_free);
}
