/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-service-figures-private.h"

#include "sm-item.h"
#include "sm-time.h"

#include <string.h>

struct _SmServiceFigures
{
  GObject parent_instance;

  SmServiceValues values;
};

G_DEFINE_FINAL_TYPE (SmServiceFigures, sm_service_figures, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
sm_service_figures_class_init (SmServiceFiguresClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", SM_TYPE_SERVICE_FIGURES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sm_service_figures_init (SmServiceFigures *self)
{
  self->values.longest_wait_since = SM_UNKNOWN;
}

SmServiceFigures *
sm_service_figures_new (void)
{
  return g_object_new (SM_TYPE_SERVICE_FIGURES, NULL);
}

/** sm_service_figures_get_values: Returns: (transfer none): the numbers as they are now */
const SmServiceValues *
sm_service_figures_get_values (SmServiceFigures *self)
{
  g_return_val_if_fail (SM_IS_SERVICE_FIGURES (self), NULL);

  return &self->values;
}

/** sm_service_figures_set_values: Takes over @values; tells only when one of them changed. */
void
sm_service_figures_set_values (SmServiceFigures      *self,
                               const SmServiceValues *values)
{
  g_return_if_fail (SM_IS_SERVICE_FIGURES (self));

  if (memcmp (&self->values, values, sizeof *values) == 0)
    return;
  self->values = *values;
  g_signal_emit (self, signals[CHANGED], 0);
}

/** sm_station_is_swap: Whether a station swaps packs; one that charges too counts here. */
gboolean
sm_station_is_swap (const SmRow *station)
{
  return g_strcmp0 (sm_row_get_text (station, SM_STATION_KIND), "charge") != 0;
}

/** sm_station_service: Returns: an SmServiceState; what is null or new is unknown */
guint
sm_station_get_service (const SmRow *station)
{
  guint service = sm_row_get_enum (station, SM_STATION_SERVICE);

  return service < SM_N_SERVICES ? service : SM_SERVICE_UNKNOWN;
}

/** sm_station_is_lacking: Whether it lacks something that people come for. */
gboolean
sm_station_is_lacking (const SmRow *station)
{
  const char *lacking = sm_row_get_text (station, SM_STATION_LACKING);

  return lacking != NULL && *lacking != '\0';
}

/** sm_station_is_to_serve: FALSE for one that is not open yet, or closed for ever. */
gboolean
sm_station_is_to_serve (const SmRow *station)
{
  const char *state = sm_row_get_text (station, SM_STATION_STATE);

  return g_strcmp0 (state, "commissioning") != 0 && g_strcmp0 (state, "retired") != 0;
}

static gint64
known (const SmRow *row,
       guint        field)
{
  return sm_row_is_null (row, field) ? 0 : sm_row_get_int (row, field);
}

static void
count_station (SmServiceValues *values,
               const SmRow     *station)
{
  SmServiceCount *count = sm_station_is_swap (station) ? &values->swap : &values->charge;
  guint service = sm_station_get_service (station);

  values->stations_waiting += known (station, SM_STATION_WAITING) > 0;
  values->ready_packs += known (station, SM_STATION_READY_PACKS);
  if (!sm_station_is_to_serve (station))
    return;
  count->total++;
  count->by_service[service]++;
  count->lacking += sm_station_is_lacking (station);
  if (service == SM_SERVICE_OUT_OF_SERVICE)
    values->income_lost_minor_per_hour += known (station, SM_STATION_INCOME_MINOR_PER_HOUR);
}

/** sm_service_count_vehicles: Counts who waits, by what each vehicle says. */
void
sm_service_count_vehicles (SmServiceValues        *values,
                           const SmVehicleColumns *columns)
{
  values->waiting = values->in_lane = values->inbound = 0;
  values->unreachable = values->unreachable_waiting = 0;
  values->longest_wait_since = SM_UNKNOWN;
  values->longest_wait_vehicle = values->longest_wait_station = 0;
  for (guint i = 0; i < columns->n; i++)
    {
      guint queue = columns->queue[i];
      gboolean waits = queue == SM_QUEUE_WAITING || queue == SM_QUEUE_CALLED;
      gboolean unreachable = columns->reach[i] == SM_REACH_UNREACHABLE;

      values->waiting += waits;
      values->in_lane += queue == SM_QUEUE_IN_LANE;
      values->inbound += queue == SM_QUEUE_INBOUND;
      values->unreachable += unreachable;
      values->unreachable_waiting += unreachable && waits;
      if (!waits || columns->queue_since[i] == SM_UNKNOWN
          || (values->longest_wait_since != SM_UNKNOWN
              && columns->queue_since[i] >= values->longest_wait_since))
        continue;
      values->longest_wait_since = columns->queue_since[i];
      values->longest_wait_vehicle = columns->id[i];
      values->longest_wait_station = columns->station_id[i] == SM_UNKNOWN
                                         ? 0 : columns->station_id[i];
    }
}

/** sm_service_count_stations: Counts what stations say of themselves. */
void
sm_service_count_stations (SmServiceValues *values,
                           GListModel      *stations)
{
  memset (&values->swap, 0, sizeof values->swap);
  memset (&values->charge, 0, sizeof values->charge);
  values->stations_waiting = 0;
  values->ready_packs = values->income_lost_minor_per_hour = 0;
  for (guint i = 0; i < g_list_model_get_n_items (stations); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);

      count_station (values, sm_item_get_row (item));
    }
}
