/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-pack-facts.h"

#include "sm-fault-row.h"
#include "sm-i18n.h"
#include "sm-limit-words.h"
#include "sm-link.h"
#include "sm-status-words.h"
#include "sm-text.h"
#include "sm-time.h"
#include "sm-wall-text.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* "41 °C (probe 12)" */
static char *
with_number (const SmRow *row,
             guint        value,
             guint        number,
             const char  *format)
{
  g_autofree char *text = sm_wall_known (row, value, 0);
  g_autofree char *digits = NULL;
  g_auto (GStrv) parts = NULL;

  if (text == NULL || sm_row_is_null (row, number))
    return g_steal_pointer (&text);
  digits = g_strdup_printf ("%d", (int) sm_row_get_int (row, number));
  parts = g_strsplit (format, "%s", 2);
  return g_strconcat (text, " (", parts[0], digits, parts[1] != NULL ? parts[1] : "", ")", NULL);
}

static char *
describe_heat (const SmRow *row)
{
  /* Translators: %s is the number of a temperature probe in a pack */
  const char *probe = _("probe %s");
  g_autofree char *most = with_number (row, SM_BATTERY_TEMPERATURE_MAX_C,
                                       SM_BATTERY_TEMPERATURE_MAX_PROBE, probe);
  g_autofree char *least = with_number (row, SM_BATTERY_TEMPERATURE_MIN_C,
                                        SM_BATTERY_TEMPERATURE_MIN_PROBE, probe);

  return sm_wall_join (" – ", least != NULL ? least : "", most != NULL ? most : "", NULL);
}

static char *
describe_spread (const SmRow *row)
{
  /* Translators: %s is the number of a cell in a pack */
  const char *cell = _("cell %s");
  g_autofree char *spread = sm_wall_known (row, SM_BATTERY_SPREAD_MV, 0);
  g_autofree char *most
      = with_number (row, SM_BATTERY_CELL_MAX_MV, SM_BATTERY_CELL_MAX_NUMBER, cell);
  g_autofree char *least
      = with_number (row, SM_BATTERY_CELL_MIN_MV, SM_BATTERY_CELL_MIN_NUMBER, cell);
  g_autofree char *cells = sm_wall_join (" – ", least != NULL ? least : "",
                                         most != NULL ? most : "", NULL);

  return sm_wall_join (": ", spread != NULL ? spread : "", cells, NULL);
}

/** sm_pack_model: Returns: (transfer full) (nullable): the name of a pack's model */
char *
sm_pack_model (SmOps       *ops,
               const SmRow *battery)
{
  return sm_directory_dup_label (sm_ops_get_directory (ops), SM_NOUN_BATTERY_MODEL,
                                 sm_row_get_int (battery, SM_BATTERY_BATTERY_MODEL_ID),
                                 sm_i18n_language ());
}

static char *
describe_since (const SmRow *battery,
                SmOps       *ops)
{
  if (sm_row_is_null (battery, SM_BATTERY_CARRIED_SINCE))
    return NULL;
  return sm_status_format_moment (sm_ops_get_status (ops),
                                  sm_row_get_int (battery, SM_BATTERY_CARRIED_SINCE));
}

static char *
describe_health (const SmRow *battery)
{
  g_autofree char *soh = sm_wall_known (battery, SM_BATTERY_SOH, 1);

  if (soh == NULL || sm_row_is_null (battery, SM_BATTERY_SOH_METHOD))
    return g_steal_pointer (&soh);
  return g_strdup_printf (
      "%s (%s)", soh,
      sm_word_of_slug (sm_soh_methods, sm_row_get_text (battery, SM_BATTERY_SOH_METHOD)));
}

/** sm_pack_facts_set: Charge, temperatures with probes, spread with cells, insulation, health. */
void
sm_pack_facts_set (SmFacts     *facts,
                   const SmRow *battery,
                   SmOps       *ops,
                   gboolean     with_serial)
{
  g_autofree char *model = sm_pack_model (ops, battery);
  gboolean is_carried = sm_row_get_enum (battery, SM_BATTERY_PLACE) == SM_PLACE_VEHICLE;
  g_autofree char *soc = sm_wall_known (battery, SM_BATTERY_SOC, 0);
  g_autofree char *since = describe_since (battery, ops);
  g_autofree char *heat = describe_heat (battery);
  g_autofree char *spread = describe_spread (battery);
  g_autofree char *insulation = sm_wall_known (battery, SM_BATTERY_INSULATION_OHM_PER_V, 0);
  g_autofree char *health = describe_health (battery);
  g_autofree char *cycles = sm_wall_known (battery, SM_BATTERY_CYCLE_COUNT, 0);
  g_autofree char *volts = sm_wall_known (battery, SM_BATTERY_VOLTAGE_V, 0);
  g_autofree char *amps = sm_wall_known (battery, SM_BATTERY_CURRENT_A, 0);
  g_autofree char *electric
      = sm_wall_join (" · ", volts != NULL ? volts : "", amps != NULL ? amps : "", NULL);
  /* Beside the value, the field that a limit may be set for; 0: none. */
  const struct
  {
    const char *label;
    const char *value;
    guint field;
  } lines[] = {
    { _("Pack"), with_serial ? sm_row_get_text (battery, SM_BATTERY_SN) : NULL, 0 },
    { _("Model"), model, 0 },
    { is_carried ? _("Carried since") : _("Here since"), since, 0 },
    { _("Charge"), soc, SM_BATTERY_SOC },
    { _("Temperatures"), heat, SM_BATTERY_TEMPERATURE_MAX_C },
    { _("Cell spread"), spread, SM_BATTERY_SPREAD_MV },
    { _("Insulation"), insulation, SM_BATTERY_INSULATION_OHM_PER_V },
    { _("Voltage, current"), electric, 0 },
    { _("Health"), health, SM_BATTERY_SOH },
    { _("Full cycles"), cycles, 0 },
  };
  g_autoptr (GPtrArray) limits = g_ptr_array_new_with_free_func (g_free);
  SmFact list[G_N_ELEMENTS (lines)];

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      guint field = lines[i].field;
      char *limit = field != 0 ? sm_limit_words (ops, battery, field) : NULL;

      g_ptr_array_add (limits, limit);
      list[i] = (SmFact){ lines[i].label, lines[i].value,
                          field != 0 ? sm_limit_level (ops, battery, field) : 0, limit };
    }
  sm_facts_set (facts, list, G_N_ELEMENTS (list));
}

static char *
station_name (SmOps       *ops,
              const SmRow *row,
              guint        field)
{
  char *name = sm_row_is_null (row, field)
                   ? NULL
                   : sm_directory_dup_label (sm_ops_get_directory (ops), SM_NOUN_STATION,
                                             sm_row_get_int (row, field), sm_i18n_language ());

  return name != NULL ? name : g_strdup ("–");
}

/** sm_list_swaps: When, where, how long, from and to which charge. */
void
sm_list_swaps (SmThingList *list,
               GListModel  *orders,
               guint        most,
               SmOps       *ops)
{
  sm_thing_list_begin (list);
  for (guint i = 0; i < MIN (most, g_list_model_get_n_items (orders)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (orders, i);
      const SmRow *row = sm_item_get_row (item);
      g_autofree char *where = NULL;
      g_autofree char *when = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *about = NULL;
      g_autofree char *time = NULL;
      g_autofree char *link = NULL;

      if (sm_row_is_null (row, SM_ORDER_NUMBER))
        continue; /* its page is still on the way */
      where = station_name (ops, row, SM_ORDER_STATION_ID);
      when = sm_status_format_moment (sm_ops_get_status (ops),
                                      sm_row_get_int (row, SM_ORDER_CREATED_AT));
      before = sm_text_measure (sm_row_get_real (row, SM_ORDER_SOC_BEFORE), 0, "%");
      after = sm_text_measure (sm_row_get_real (row, SM_ORDER_SOC_AFTER), 0, "%");
      time = sm_wall_duration (sm_row_get_real (row, SM_ORDER_DURATION_S));
      about = g_strdup_printf (
          "%s · %s → %s · %s", when, before, after,
          sm_word_of_slug (sm_order_processes, sm_row_get_text (row, SM_ORDER_PROCESS)));
      link = g_strdup_printf ("stationmaster:orders?number=%s",
                              sm_row_get_text (row, SM_ORDER_NUMBER));
      sm_thing_list_add (list, where, about, time, 0, link);
    }
  sm_thing_list_end (list);
}

/** sm_list_movements: When a pack went where, and why. */
void
sm_list_movements (SmThingList *list,
                   GListModel  *movements,
                   guint        most,
                   SmOps       *ops)
{
  sm_thing_list_begin (list);
  for (guint i = 0; i < MIN (most, g_list_model_get_n_items (movements)); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (movements, i);
      const SmRow *row = sm_item_get_row (item);
      const SmVehicleRecord *vehicle = NULL;
      g_autofree char *where = NULL;
      g_autofree char *when = NULL;
      g_autofree char *soc = NULL;
      g_autofree char *way = NULL;
      g_autofree char *about = NULL;
      g_autofree char *link = NULL;

      if (sm_row_is_null (row, SM_BATTERY_MOVEMENT_AT))
        continue;
      where = station_name (ops, row, SM_BATTERY_MOVEMENT_STATION_ID);
      if (!sm_row_is_null (row, SM_BATTERY_MOVEMENT_VEHICLE_ID))
        vehicle = sm_directory_find_vehicle (sm_ops_get_directory (ops),
                                             sm_row_get_int (row, SM_BATTERY_MOVEMENT_VEHICLE_ID));
      when = sm_status_format_moment (sm_ops_get_status (ops),
                                      sm_row_get_int (row, SM_BATTERY_MOVEMENT_AT));
      soc = sm_text_measure (sm_row_get_real (row, SM_BATTERY_MOVEMENT_SOC), 0, "%");
      way = g_strdup_printf (
          "%s → %s",
          sm_word_of_slug (sm_battery_places,
                           sm_row_get_text (row, SM_BATTERY_MOVEMENT_FROM_PLACE)),
          sm_word_of_slug (sm_battery_places,
                           sm_row_get_text (row, SM_BATTERY_MOVEMENT_TO_PLACE)));
      about = sm_wall_join (" · ", when, way, vehicle != NULL ? vehicle->plate : "",
                            sm_word_of_slug (sm_movement_reasons,
                                             sm_row_get_text (row, SM_BATTERY_MOVEMENT_REASON)),
                            NULL);
      link = vehicle != NULL ? sm_link_text ("vehicle", vehicle->plate, NULL) : NULL;
      sm_thing_list_add (list, where, about, soc, 0, link);
    }
  sm_thing_list_end (list);
}

/** sm_list_alarms_of: @field: of an alarm that names the thing besides its source; 0: none */
void
sm_list_alarms_of (SmThingList *list,
                   const char  *noun,
                   gint64       id,
                   guint        field,
                   SmOps       *ops)
{
  GListModel *alarms = sm_ops_get_alarms (ops);

  sm_thing_list_begin (list);
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (SmItem) item = g_list_model_get_item (alarms, i);
      const SmRow *row = sm_item_get_row (item);
      gboolean is_source = sm_row_get_int (row, SM_ALARM_SOURCE_ID) == id
                           && g_strcmp0 (sm_row_get_text (row, SM_ALARM_SOURCE_NOUN), noun) == 0;
      g_autofree char *title = NULL;
      g_autofree char *limit = NULL;

      if (!is_source
          && (field == 0 || sm_row_is_null (row, field) || sm_row_get_int (row, field) != id))
        continue;
      title = sm_fault_title (row);
      limit = sm_fault_is_active (row) ? sm_fault_limit (row) : NULL;
      sm_thing_list_add (list, title, limit, NULL,
                         (guint) CLAMP (sm_row_get_int (row, SM_ALARM_LEVEL), 1, 4), NULL);
    }
  sm_thing_list_end (list);
}
