/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-private.h"

#include <string.h>

/*
 * The figures: everything is counted in memory, from the same arrays that the
 * lists behind the figures are made of, so that both say the same as soon as
 * nothing has changed for a moment.
 */

/* What comes in many pieces is not counted after each. */
#define COUNT_INTERVAL_US G_GINT64_CONSTANT (100000)

static void
count_enum (guint *counts,
            guint  n_counts,
            guint  value)
{
  counts[MIN (value, n_counts - 1)]++;
}

static void
count_stations (SmOps          *self,
                SmFigureValues *values)
{
  GListModel *stations = G_LIST_MODEL (self->stations);

  values->stations = g_list_model_get_n_items (stations);
  memset (values->stations_by_state, 0, sizeof values->stations_by_state);
  memset (values->stations_by_connection, 0, sizeof values->stations_by_connection);
  for (guint i = 0; i < values->stations; i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (stations, i);
      SmRow *row = sm_item_get_row (item);

      count_enum (values->stations_by_state, SM_FIGURE_STATION_STATES,
                  sm_row_get_enum (row, SM_STATION_STATE));
      count_enum (values->stations_by_connection, SM_FIGURE_CONNECTIONS,
                  sm_row_get_enum (row, SM_STATION_CONNECTION));
    }
}

/* Both arrays are in the order of ids. */
static void
count_piles (SmOps          *self,
             SmFigureValues *values)
{
  const SmPileStatesData *data = sm_pile_states_get_data (self->piles);
  const SmPileState *states = (const SmPileState *) (gpointer) data->piles->data;
  const SmPileRecord *piles = sm_directory_get_piles (self->directory, &values->piles);

  memset (values->piles_by_connection, 0, sizeof values->piles_by_connection);
  for (guint i = 0, j = 0; i < values->piles; i++)
    {
      while (j < data->piles->len && states[j].id < piles[i].id)
        j++;
      count_enum (values->piles_by_connection, SM_FIGURE_CONNECTIONS,
                  j < data->piles->len && states[j].id == piles[i].id ? states[j].connection
                                                                      : SM_ENUM_UNKNOWN);
    }
  values->connectors = data->connectors->len;
  memset (values->connectors_by_status, 0, sizeof values->connectors_by_status);
  for (guint i = 0; i < data->connectors->len; i++)
    count_enum (values->connectors_by_status, SM_FIGURE_CONNECTOR_STATUSES,
                g_array_index (data->connectors, SmConnectorState, i).status);
}

/* While it is loaded anew, what was whole stays so, unless it is gone. */
static void
note_whole (SmOps *self)
{
  self->values.is_whole
      = (self->is_whole && !sm_ops_is_settling (self) && !sm_ops_lacks_parts (self))
        || (self->values.is_whole && self->values.stations + self->values.vehicles > 0);
}

/* One part: all that it says is counted from the same instant. */
static void
count_part (SmOps *self,
            guint  part)
{
  switch (part)
    {
    case SM_COUNT_STATIONS:
      count_stations (self, &self->values);
      sm_service_count_stations (&self->service_values, G_LIST_MODEL (self->stations));
      break;
    case SM_COUNT_PILES:
      count_piles (self, &self->values);
      break;
    case SM_COUNT_VEHICLES:
      sm_figures_count_vehicles (&self->values, sm_fleet_get_columns (self->fleet),
                                 sm_directory_count (self->directory, SM_NOUN_VEHICLE));
      sm_service_count_vehicles (&self->service_values, sm_fleet_get_columns (self->fleet));
      break;
    default:
      sm_figures_count_alarms (&self->values, G_LIST_MODEL (sm_alarm_book_get_set (self->alarms)),
                               sm_clock_now (self->clock));
      break;
    }
}

static void
publish (SmOps *self)
{
  note_whole (self);
  sm_figures_set_values (self->figures, &self->values);
  sm_service_figures_set_values (self->service, &self->service_values);
}

static gboolean count_cb (gpointer user_data);

static void
count_after (SmOps *self,
             guint  wait_ms)
{
  self->count_source = g_timeout_add (wait_ms, count_cb, self);
  g_source_set_name_by_id (self->count_source, "ops count");
}

/* Counts the next part that may have changed, or tells what was counted: the
 * main loop has its turn between any two. */
static gboolean
count_cb (gpointer user_data)
{
  SmOps *self = user_data;

  self->count_source = 0;
  for (guint part = 1; part <= SM_COUNT_ALARMS; part <<= 1)
    if ((self->counting & part) != 0)
      {
        self->counting &= ~part;
        count_part (self, part);
        count_after (self, 0);
        return G_SOURCE_REMOVE;
      }
  self->counted_at = g_get_monotonic_time ();
  publish (self);
  if (self->to_count != 0 && self->count_source == 0)
    sm_ops_count_soon (self, 0);
  return G_SOURCE_REMOVE;
}

/**
 * sm_ops_count_soon:
 * @parts: what came or went, or says something else, of SmCountPart
 *
 * Counts it in the next turns of the main loop, once for all that comes
 * meanwhile.
 */
void
sm_ops_count_soon (SmOps *self,
                   guint  parts)
{
  gint64 wait;

  self->to_count |= parts;
  if (self->count_source != 0)
    return;
  self->counting = self->to_count;
  self->to_count = 0;
  wait = self->counted_at == 0
             ? 0 : self->counted_at + COUNT_INTERVAL_US - g_get_monotonic_time ();
  count_after (self, (guint) (MAX (wait, 0) / 1000));
}

/** sm_ops_count_now: Counts at once what was to be counted soon. */
void
sm_ops_count_now (SmOps *self)
{
  guint parts = self->to_count | self->counting;

  self->to_count = self->counting = 0;
  g_clear_handle_id (&self->count_source, g_source_remove);
  for (guint part = 1; part <= SM_COUNT_ALARMS; part <<= 1)
    if ((parts & part) != 0)
      count_part (self, part);
  publish (self);
}

void
sm_ops_count_acts (SmOps *self)
{
  self->values.pending = self->values.conflicts = 0;
  for (guint i = 0; i < self->acts->len; i++)
    {
      const SmAct *act = g_ptr_array_index (self->acts, i);

      if (act->state == SM_ACT_CONFLICT)
        self->values.conflicts++;
      else
        self->values.pending++;
    }
  self->values.elsewhere = self->n_elsewhere;
  sm_figures_set_values (self->figures, &self->values);
}
