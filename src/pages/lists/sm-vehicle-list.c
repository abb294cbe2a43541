/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-specs.h"
#include "sm-list-words.h"

#include <glib/gi18n-lib.h>

static const SmTableColumn columns[] = {
  { "plate", N_ ("Plate"), NULL, SM_VEHICLE_PLATE, SM_COLUMN_PRIMARY, 0, 12 },
  { "vin", N_ ("VIN"), NULL, SM_VEHICLE_VIN, SM_COLUMN_HIDDEN, 0, 18 },
  { "model", N_ ("Model"), NULL, SM_VEHICLE_MODEL, 0, 0, 14 },
  { "fleet", N_ ("Fleet"), NULL, SM_ROW_FLEET_ID, 0, 0, 28, 0, sm_list_fleet },
  { "area", N_ ("Area"), NULL, SM_ROW_AREA_ID, 0, 0, 12, 0, sm_list_area },
  { "driver", N_ ("Driver"), NULL, SM_VEHICLE_DRIVER_ID, 0, 0, 10, 0, sm_list_driver },
  { "connection", N_ ("Connection"), NULL, SM_VEHICLE_CONNECTION, 0, 0, 10 },
  { "motion", N_ ("Motion"), NULL, SM_VEHICLE_MOTION, 0, 0, 8 },
  { "energy", N_ ("Energy"), NULL, SM_VEHICLE_ENERGY, 0, 0, 9 },
  { "speed", N_ ("Speed"), "km/h", SM_VEHICLE_SPEED_KMH, 0, 0, 8 },
  { "soc", N_ ("State of charge"), "%", SM_VEHICLE_SOC, 0, 0, 8 },
  { "range", N_ ("Range"), "km", SM_VEHICLE_RANGE_M, 0, 0, 7, 0.001 },
  { "reach", N_ ("Reach"), NULL, SM_VEHICLE_REACH, 0, 0, 20 },
  { "queue", N_ ("Queue"), NULL, SM_VEHICLE_QUEUE, 0, 0, 9 },
  { "station", N_ ("Station"), NULL, SM_VEHICLE_STATION_ID, 0, 0, 14, 0, sm_list_station },
  { "battery", N_ ("Battery"), NULL, SM_VEHICLE_BATTERY_ID, SM_COLUMN_HIDDEN, 0, 14, 0,
    sm_list_battery },
  { "temperature", N_ ("Pack temperature"), "°C", SM_VEHICLE_PACK_TEMPERATURE_C, SM_COLUMN_HIDDEN,
    0, 6 },
  { "odometer", N_ ("Odometer"), "km", SM_VEHICLE_ODOMETER_M, SM_COLUMN_HIDDEN, 0, 9, 0.001 },
  { "insulation", N_ ("Insulation"), "Ω/V", SM_VEHICLE_INSULATION_OHM_PER_V, SM_COLUMN_HIDDEN, 0,
    8 },
  { "spread", N_ ("Cell spread"), "mV", SM_VEHICLE_SPREAD_MV, SM_COLUMN_HIDDEN, 0, 6 },
  { "reported", N_ ("Last report"), NULL, SM_VEHICLE_REPORTED_AT, SM_COLUMN_HIDDEN, 0, 19 },
};

static const SmFilterChoice choices[] = {
  { "activity", N_ ("Activity"), sm_activities },
  { "reach", N_ ("Reach"), sm_reaches },
  { "queue", N_ ("Queue"), sm_queue_states },
};

static GListModel *
make_model (SmOps *ops)
{
  return G_LIST_MODEL (sm_ops_vehicle_table_new (ops));
}

static gboolean
filter (SmListView   *view,
        GListModel   *model,
        const SmLink *link)
{
  g_autoptr (SmVehicleFilter) wanted = sm_vehicle_filter_from_link (link, NULL);

  sm_vehicle_table_set_filter (SM_VEHICLE_TABLE (model), wanted);
  return wanted != NULL;
}

static void
sort (GListModel          *model,
      const SmTableColumn *column,
      gboolean             is_descending,
      gpointer             data)
{
  sm_vehicle_table_set_sort (SM_VEHICLE_TABLE (model), column->field, is_descending);
}

static void
hold (GListModel *model,
      gboolean    is_held,
      gpointer    data)
{
  sm_vehicle_table_set_held (SM_VEHICLE_TABLE (model), is_held);
}

static char *
dup_link (SmItem   *item,
          gpointer  data)
{
  return sm_link_text ("vehicle", sm_row_get_text (sm_item_get_row (item), SM_VEHICLE_PLATE), NULL);
}

const SmListSpec sm_vehicle_list = {
  .name = "vehicles",
  .title = N_ ("Vehicles"),
  .noun = SM_NOUN_VEHICLE,
  .placeholder = N_ ("Plate, VIN or model"),
  .nothing = N_ ("No vehicles yet"),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .choices = choices,
  .n_choices = G_N_ELEMENTS (choices),
  .hooks = { sort, hold, NULL, dup_link },
  .make_model = make_model,
  .filter = filter,
};
