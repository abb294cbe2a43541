/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-list-specs.h"
#include "sm-list-words.h"
#include "sm-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

static char *
model (const SmTableColumn *column,
       SmItem              *item,
       gpointer             view)
{
  return sm_list_label (view, SM_NOUN_BATTERY_MODEL,
                        sm_row_get_int (sm_item_get_row (item), column->field));
}

/* A plate, a station and the bay there, or only what kind of place it is. */
static char *
place (const SmTableColumn *column,
       SmItem              *item,
       gpointer             view)
{
  const SmRow *row = sm_item_get_row (item);
  int bay = -1;
  g_autofree char *label = sm_pack_table_dup_place (
      SM_PACK_TABLE (sm_list_view_get_model (view)), sm_item_get_id (item), &bay);
  g_autofree char *clean = label != NULL ? sm_text_clean (label) : NULL;

  if (sm_row_is_null (row, column->field))
    return g_strdup ("–");
  if (clean == NULL || clean[0] == '\0')
    return g_strdup (sm_word_of_slug (sm_battery_places, sm_row_get_text (row, column->field)));
  if (bay < 0)
    return g_steal_pointer (&clean);
  /* Translators: where a pack is: a station and the number of the bay in it */
  return g_strdup_printf (_("%s, bay %d"), clean, bay);
}

static const SmTableColumn columns[] = {
  { "sn", N_ ("Serial number"), NULL, SM_BATTERY_SN, SM_COLUMN_PRIMARY, 0, 15 },
  { "model", N_ ("Model"), NULL, SM_BATTERY_BATTERY_MODEL_ID, 0, 0, 18, 0, model },
  { "place", N_ ("Place"), NULL, SM_BATTERY_PLACE, 0, 0, 24, 0, place },
  { "soc", N_ ("State of charge"), "%", SM_BATTERY_SOC, 0, 0, 8 },
  { "soh", N_ ("State of health"), "%", SM_BATTERY_SOH, 0, 1, 8 },
  { "cycles", N_ ("Cycles"), NULL, SM_BATTERY_CYCLE_COUNT, 0, 0, 7 },
  { "spread", N_ ("Cell spread"), "mV", SM_BATTERY_SPREAD_MV, 0, 0, 8 },
  { "hottest", N_ ("Hottest probe"), "°C", SM_BATTERY_TEMPERATURE_MAX_C, 0, 0, 8 },
  { "fitness", N_ ("Fitness"), NULL, SM_BATTERY_FITNESS, 0, 0, 12 },
  { "warranty", N_ ("Warranty until"), NULL, SM_BATTERY_WARRANTY_UNTIL, SM_COLUMN_DATE, 0, 11 },
  { "fleet", N_ ("Fleet"), NULL, SM_ROW_FLEET_ID, SM_COLUMN_HIDDEN | SM_COLUMN_UNSORTED, 0, 18, 0,
    sm_list_fleet },
  { "reported", N_ ("Last report"), NULL, SM_BATTERY_REPORTED_AT, SM_COLUMN_HIDDEN, 0, 19 },
};

static const SmFilterChoice choices[] = {
  { "place", N_ ("Place"), sm_battery_places },
  { "fitness", N_ ("Fitness"), sm_fitnesses },
};

static GListModel *
make_model (SmOps *ops)
{
  return G_LIST_MODEL (sm_ops_pack_table_new (ops));
}

static gboolean
filter (SmListView   *view,
        GListModel   *model,
        const SmLink *link)
{
  g_autoptr (SmPackFilter) wanted = sm_pack_filter_from_link (link, NULL);

  sm_pack_table_set_filter (SM_PACK_TABLE (model), wanted);
  return wanted != NULL;
}

static void
sort (GListModel          *model,
      const SmTableColumn *column,
      gboolean             is_descending,
      gpointer             data)
{
  sm_pack_table_set_sort (SM_PACK_TABLE (model), column->field, is_descending);
}

static void
hold (GListModel *model,
      gboolean    is_held,
      gpointer    data)
{
  sm_pack_table_set_held (SM_PACK_TABLE (model), is_held);
}

static char *
dup_link (SmItem   *item,
          gpointer  view)
{
  const char *sn = sm_row_get_text (sm_item_get_row (item), SM_BATTERY_SN);

  return sn != NULL ? sm_link_text ("battery", sn, NULL) : NULL;
}

const SmListSpec sm_battery_list = {
  .name = "batteries",
  .title = N_ ("Batteries"),
  .noun = SM_NOUN_BATTERY,
  .placeholder = N_ ("Serial number or model"),
  .nothing = N_ ("No batteries yet"),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .choices = choices,
  .n_choices = G_N_ELEMENTS (choices),
  .hooks = { sort, hold, NULL, dup_link },
  .make_model = make_model,
  .filter = filter,
};
