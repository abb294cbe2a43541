/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-figures-private.h"

#include "sm-alarm.h"
#include "sm-item.h"

#include <string.h>

struct _SmFigures
{
  GObject parent_instance;

  SmFigureValues values;
};

G_DEFINE_FINAL_TYPE (SmFigures, sm_figures, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
sm_figures_class_init (SmFiguresClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_FIGURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
sm_figures_init (SmFigures *self)
{
}

SmFigures *
sm_figures_new (void)
{
  return g_object_new (SM_TYPE_FIGURES, NULL);
}

/** sm_figures_get_values: Returns: (transfer none): the numbers as they are now */
const SmFigureValues *
sm_figures_get_values (SmFigures *self)
{
  g_return_val_if_fail (SM_IS_FIGURES (self), NULL);

  return &self->values;
}

/** sm_figures_set_values: Takes over @values; tells only when one of them changed. */
void
sm_figures_set_values (SmFigures            *self,
                       const SmFigureValues *values)
{
  g_return_if_fail (SM_IS_FIGURES (self));

  if (memcmp (&self->values, values, sizeof *values) == 0)
    return;
  self->values = *values;
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *const sm_activities[] = { "silent", "late", "swapping", "charging", "driving",
                                      "parked", NULL };

/** sm_vehicle_activity: Returns: what the vehicle in slot @i is counted under */
SmActivity
sm_vehicle_activity (const SmVehicleColumns *columns,
                     guint                   i)
{
  switch (columns->connection[i])
    {
    case SM_CONNECTION_SILENT:
    case SM_CONNECTION_UNKNOWN_DANGER:
    case SM_CONNECTION_UNREGISTERED:
      return SM_ACTIVITY_SILENT;
    case SM_CONNECTION_LATE:
      return SM_ACTIVITY_LATE;
    default:
      break;
    }
  if (columns->energy[i] == SM_ENERGY_SWAPPING)
    return SM_ACTIVITY_SWAPPING;
  if (columns->energy[i] == SM_ENERGY_CHARGING)
    return SM_ACTIVITY_CHARGING;
  if (columns->motion[i] == SM_MOTION_DRIVING)
    return SM_ACTIVITY_DRIVING;
  return columns->motion[i] == SM_MOTION_PARKED ? SM_ACTIVITY_PARKED : SM_ACTIVITY_UNKNOWN;
}

/**
 * sm_figures_count_vehicles:
 * @n_records: how many vehicles there are, whether they have reported or not
 *
 * Each vehicle counts once.
 */
void
sm_figures_count_vehicles (SmFigureValues         *values,
                           const SmVehicleColumns *columns,
                           guint                   n_records)
{
  memset (values->vehicles_by_activity, 0, sizeof values->vehicles_by_activity);
  for (guint i = 0; i < columns->n; i++)
    values->vehicles_by_activity[sm_vehicle_activity (columns, i)]++;
  /* A live row may be here before its record. */
  values->vehicles = MAX (n_records, columns->n);
  values->vehicles_by_activity[SM_ACTIVITY_UNKNOWN] += values->vehicles - columns->n;
}

/* What is put aside, expected, out of service or a part of another: apart. */
static void
count_aside (SmFigureValues *values,
             const SmRow    *alarm,
             gint64          now)
{
  SmAlarmLife life;

  values->aside++;
  if (!sm_alarm_read_life (alarm, now, &life))
    return;
  values->shelved += (life.overlays & SM_ALARM_SHELVED) != 0;
  values->suppressed += (life.overlays & SM_ALARM_SUPPRESSED) != 0;
  values->out_of_service += (life.overlays & SM_ALARM_OUT_OF_SERVICE) != 0;
  values->folded += (life.overlays & SM_ALARM_FOLDED) != 0;
}

/**
 * sm_figures_count_alarms:
 * @now: network time: what is put aside is so until its time is up
 *
 * Counts the open alarms as they are shown.
 */
void
sm_figures_count_alarms (SmFigureValues *values,
                         GListModel     *alarms,
                         gint64          now)
{
  values->alarms = values->unacked = values->aside = 0;
  values->shelved = values->suppressed = values->out_of_service = values->folded = 0;
  memset (values->alarms_by_level, 0, sizeof values->alarms_by_level);
  memset (values->unacked_by_level, 0, sizeof values->unacked_by_level);
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      SmRow *row = sm_item_get_row (item);
      gint64 level = sm_row_get_int (row, SM_ALARM_LEVEL);
      guint state = sm_row_get_enum (row, SM_ALARM_STATE);

      if (sm_alarm_is_hidden (row, now))
        {
          count_aside (values, row, now);
          continue;
        }
      if (level < 1 || level > 4)
        level = 0;
      values->alarms++;
      values->alarms_by_level[level]++;
      if (state != SM_ALARM_UNACKED && state != SM_ALARM_RETURNED_UNACKED)
        continue;
      values->unacked++;
      values->unacked_by_level[level]++;
    }
}
