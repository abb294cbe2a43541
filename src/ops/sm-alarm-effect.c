/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-alarm-effect.h"

#include "sm-alarm-book.h"
#include "sm-live-set.h"

/** sm_alarm_find_station: Returns: (transfer none) (nullable): the station that the alarm is at */
const SmRow *
sm_alarm_find_station (SmOps       *ops,
                       const SmRow *alarm)
{
  gint64 id = sm_row_is_null (alarm, SM_ALARM_STATION_ID)
                  ? 0 : sm_row_get_int (alarm, SM_ALARM_STATION_ID);
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

/** sm_alarm_effect: Whom @alarm concerns now; nobody, when it is at no station. */
SmAlarmEffect
sm_alarm_effect (SmOps       *ops,
                 const SmRow *alarm)
{
  const SmRow *station = sm_alarm_find_station (ops, alarm);
  SmAlarmEffect effect = { 0 };

  if (station == NULL)
    return effect;
  effect.waiting = known (station, SM_STATION_WAITING);
  effect.inbound = known (station, SM_STATION_INBOUND);
  if (sm_station_get_service (station) == SM_SERVICE_OUT_OF_SERVICE)
    effect.lost_minor_per_hour = known (station, SM_STATION_INCOME_MINOR_PER_HOUR);
  return effect;
}

static int
falling (gint64 a,
         gint64 b)
{
  return (a < b) - (a > b);
}

static int
compare_effects (const SmAlarmEffect *a,
                 const SmAlarmEffect *b)
{
  int order = falling (a->waiting, b->waiting);

  if (order == 0)
    order = falling (a->inbound, b->inbound);
  if (order == 0)
    order = falling (a->lost_minor_per_hour, b->lost_minor_per_hour);
  return order;
}

/**
 * sm_alarm_compare_urgency:
 *
 * The order in which people see to alarms: those that nobody has acknowledged,
 * the worst level, the greatest risk, the greatest effect (who waits, who comes,
 * what it costs), the newest.
 */
int
sm_alarm_compare_urgency (SmOps       *ops,
                          const SmRow *a,
                          const SmRow *b)
{
  int order = sm_alarm_compare_gravity (a, b);

  if (order == 0)
    {
      SmAlarmEffect x = sm_alarm_effect (ops, a), y = sm_alarm_effect (ops, b);

      order = compare_effects (&x, &y);
    }
  return order != 0 ? order : sm_alarm_compare (a, b);
}
