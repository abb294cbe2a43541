/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "sm-ops"
#include "config.h"

#include "sm-ops-private.h"

#include <string.h>

/*
 * The figures: everything is counted in memory, from the same arrays that the
 * lists behind the figures are made of, so that both say the same at any moment.
 */

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

/* Records came or went, or stations and piles say something else. */
void
sm_ops_count_records (SmOps *self)
{
  count_stations (self, &self->values);
  count_piles (self, &self->values);
  /* While it is loaded anew, what was whole stays so, unless it is gone. */
  self->values.is_whole
      = self->is_whole
        || (self->values.is_whole && self->values.stations + self->values.vehicles > 0);
  sm_service_count_stations (&self->service_values, G_LIST_MODEL (self->stations));
  sm_service_figures_set_values (self->service, &self->service_values);
  sm_ops_count_moved (self);
}

void
sm_ops_count_moved (SmOps *self)
{
  sm_figures_count_vehicles (&self->values, sm_fleet_get_columns (self->fleet),
                             sm_directory_count (self->directory, SM_NOUN_VEHICLE));
  sm_figures_set_values (self->figures, &self->values);
  sm_service_count_vehicles (&self->service_values, sm_fleet_get_columns (self->fleet));
  sm_service_figures_set_values (self->service, &self->service_values);
}

void
sm_ops_count_alarms (SmOps *self)
{
  sm_figures_count_alarms (&self->values, G_LIST_MODEL (sm_alarm_book_get_set (self->alarms)));
  sm_figures_set_values (self->figures, &self->values);
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
