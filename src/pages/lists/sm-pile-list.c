/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-specs.h"
#include "sm-list-words.h"

#include <glib/gi18n-lib.h>

static const SmTableColumn columns[] = {
  { "name", N_ ("Pile"), NULL, SM_PILE_NAME, SM_COLUMN_PRIMARY, 0, 14 },
  { "sn", N_ ("Serial number"), NULL, SM_PILE_SN, 0, 0, 14 },
  { "station", N_ ("Station"), NULL, SM_PILE_STATION_ID, 0, 0, 18, 0, sm_list_station },
  { "manufacturer", N_ ("Manufacturer"), NULL, SM_PILE_MANUFACTURER, 0, 0, 14 },
  { "model", N_ ("Model"), NULL, SM_PILE_MODEL, 0, 0, 12 },
  { "usage", N_ ("Usage"), NULL, SM_PILE_USAGE_STATE, 0, 0, 9 },
  { "connection", N_ ("Connection"), NULL, SM_PILE_CONNECTION, 0, 0, 10 },
  { "power", N_ ("Rated power"), "kW", SM_PILE_RATED_POWER_KW, 0, 0, 7 },
  { "current", N_ ("Charging method"), NULL, SM_PILE_CURRENT, SM_COLUMN_HIDDEN, 0, 6 },
  { "voltage_min", N_ ("Lowest voltage"), "V", SM_PILE_VOLTAGE_MIN_V, SM_COLUMN_HIDDEN, 0, 7 },
  { "voltage_max", N_ ("Highest voltage"), "V", SM_PILE_VOLTAGE_MAX_V, SM_COLUMN_HIDDEN, 0, 7 },
  { "charges", N_ ("Charges in all"), NULL, SM_PILE_CHARGE_COUNT, 0, 0, 8 },
  { "energy", N_ ("Energy in all"), "kWh", SM_PILE_ENERGY_WH, 0, 0, 10, 0.001 },
  { "warranty", N_ ("Warranty until"), NULL, SM_PILE_WARRANTY_UNTIL, SM_COLUMN_HIDDEN | SM_COLUMN_DATE, 0, 11 },
  { "reported", N_ ("Last report"), NULL, SM_PILE_REPORTED_AT, SM_COLUMN_HIDDEN, 0, 19 },
};

static const SmFilterChoice choices[] = {
  { "connection", N_ ("Connection"), sm_connections },
  { "status", N_ ("Connector"), sm_connector_statuses },
  { "usage", N_ ("Usage"), sm_usage_states },
};

static GListModel *
make_model (SmOps *ops)
{
  return G_LIST_MODEL (sm_ops_pile_table_new (ops));
}

static gboolean
filter (SmListView   *view,
        GListModel   *model,
        const SmLink *link)
{
  g_autoptr (SmPileFilter) wanted = sm_pile_filter_from_link (link, NULL);

  sm_pile_table_set_filter (SM_PILE_TABLE (model), wanted);
  return wanted != NULL;
}

static void
sort (GListModel          *model,
      const SmTableColumn *column,
      gboolean             is_descending,
      gpointer             data)
{
  sm_pile_table_set_sort (SM_PILE_TABLE (model), column->field, is_descending);
}

static void
hold (GListModel *model,
      gboolean    is_held,
      gpointer    data)
{
  sm_pile_table_set_held (SM_PILE_TABLE (model), is_held);
}

static char *
dup_link (SmItem   *item,
          gpointer  view)
{
  SmRow *station = sm_directory_find_row (
      sm_ops_get_directory (sm_list_view_get_ops (view)), SM_NOUN_STATION,
      sm_row_get_int (sm_item_get_row (item), SM_PILE_STATION_ID));

  return station != NULL
             ? sm_link_text ("station", sm_row_get_text (station, SM_STATION_SN), NULL) : NULL;
}

const SmListSpec sm_pile_list = {
  .name = "piles",
  .title = N_ ("Piles"),
  .noun = SM_NOUN_PILE,
  .placeholder = N_ ("Name, serial number, manufacturer or model"),
  .nothing = N_ ("No piles yet"),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .choices = choices,
  .n_choices = G_N_ELEMENTS (choices),
  .hooks = { sort, hold, NULL, dup_link },
  .make_model = make_model,
  .filter = filter,
};
