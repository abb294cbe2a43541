/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-specs.h"
#include "sm-list-words.h"

#include <glib/gi18n-lib.h>

static const SmTableColumn columns[] = {
  { "name", N_ ("Station"), NULL, SM_STATION_NAME, SM_COLUMN_PRIMARY, 0, 16 },
  { "sn", N_ ("Serial number"), NULL, SM_STATION_SN, 0, 0, 12 },
  { "kind", N_ ("Kind"), NULL, SM_STATION_KIND, 0, 0, 13 },
  { "area", N_ ("Area"), NULL, SM_ROW_AREA_ID, 0, 0, 12, 0, sm_list_area },
  { "address", N_ ("Address"), NULL, SM_STATION_ADDRESS, SM_COLUMN_HIDDEN, 0, 24 },
  { "state", N_ ("State"), NULL, SM_STATION_STATE, 0, 0, 10 },
  { "connection", N_ ("Connection"), NULL, SM_STATION_CONNECTION, 0, 0, 10 },
  { "service", N_ ("Service"), NULL, SM_STATION_SERVICE, 0, 0, 12 },
  { "service_since", N_ ("Service since"), NULL, SM_STATION_SERVICE_SINCE, SM_COLUMN_HIDDEN, 0,
    19 },
  { "waiting", N_ ("Waiting"), NULL, SM_STATION_WAITING, 0, 0, 5 },
  { "inbound", N_ ("Inbound"), NULL, SM_STATION_INBOUND, 0, 0, 5 },
  { "ready_packs", N_ ("Ready packs"), NULL, SM_STATION_READY_PACKS, 0, 0, 5 },
  { "lacking", N_ ("Lacking"), NULL, SM_STATION_LACKING, 0, 0, 10 },
  { "swaps_per_hour", N_ ("Swaps an hour"), NULL, SM_STATION_SWAPS_PER_HOUR, 0, 1, 6 },
  { "power_kw", N_ ("Power"), "kW", SM_STATION_POWER_KW, 0, 0, 7 },
  { "grid_capacity_kw", N_ ("Grid connection"), "kW", SM_STATION_GRID_CAPACITY_KW,
    SM_COLUMN_HIDDEN, 0, 7 },
  { "pile_count", N_ ("Piles"), NULL, SM_STATION_PILE_COUNT, 0, 0, 5 },
  { "lane_count", N_ ("Lanes"), NULL, SM_STATION_LANE_COUNT, SM_COLUMN_HIDDEN, 0, 5 },
  { "bay_count", N_ ("Bays"), NULL, SM_STATION_BAY_COUNT, SM_COLUMN_HIDDEN, 0, 5 },
  { "opening_hours", N_ ("Opening hours"), NULL, SM_STATION_OPENING_HOURS, SM_COLUMN_HIDDEN, 0,
    12 },
  { "phones", N_ ("Phones"), NULL, SM_STATION_PHONES, SM_COLUMN_HIDDEN, 0, 14 },
  { "reported", N_ ("Last report"), NULL, SM_STATION_REPORTED_AT, SM_COLUMN_HIDDEN, 0, 19 },
};

static const SmFilterChoice choices[] = {
  { "service", N_ ("Service"), sm_services },
  { "kind", N_ ("Kind"), sm_station_kinds },
  { "state", N_ ("State"), sm_station_states },
};

static char *
dup_link (SmItem   *item,
          gpointer  data)
{
  return sm_link_text ("station", sm_row_get_text (sm_item_get_row (item), SM_STATION_SN), NULL);
}

const SmListSpec sm_station_list = {
  .name = "stations",
  .title = N_ ("Stations"),
  .noun = SM_NOUN_STATION,
  .placeholder = N_ ("Name, serial number or address"),
  .nothing = N_ ("No stations yet"),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .choices = choices,
  .n_choices = G_N_ELEMENTS (choices),
  .hooks = { NULL, NULL, NULL, dup_link },
  .query = sm_list_open,
};
