/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-fault-code.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * The catalogue: every code that an alarm of ours can have.  A device's own
 * code is mapped onto one of these by who speaks for it, and kept verbatim
 * beside it.  Levels of the limits are what they start with; the limit in
 * force has the last word.
 */
static const SmFaultCode codes[] = {
  { "battery-thermal-event", SM_FAULT_OF_DEVICE, 1, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, TRUE, 5, "clear-people",
    NC_ ("alarm", "Thermal event in a pack") },
  { "battery-smoke", SM_FAULT_OF_DEVICE, 1, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, TRUE, 5, "clear-people",
    NC_ ("alarm", "Smoke from a pack") },
  { "battery-gas", SM_FAULT_OF_DEVICE, 1, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, TRUE, 5, "clear-people",
    NC_ ("alarm", "Gas from a pack") },
  { "battery-over-temperature", SM_FAULT_OF_DEVICE, 1, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, TRUE, 5, "stop-and-move-away",
    NC_ ("alarm", "Pack far too hot") },
  { "battery-insulation", SM_FAULT_OF_DEVICE, 1, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, TRUE, 5, "stop-and-move-away",
    NC_ ("alarm", "Pack insulation failed") },
  { "battery-thermal-growth", SM_FAULT_OF_RULE, 2, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 5, "call-driver",
    NC_ ("alarm", "Pack grows warmer than its load explains") },
  { "battery-temperature-difference", SM_FAULT_OF_DEVICE, 3, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 4, "take-out-of-service",
    NC_ ("alarm", "Temperatures in a pack differ") },
  { "battery-cell-over-voltage", SM_FAULT_OF_DEVICE, 2, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 5, "stop-charging",
    NC_ ("alarm", "Cell over-voltage") },
  { "battery-cell-under-voltage", SM_FAULT_OF_DEVICE, 2, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 4, "swap-soon",
    NC_ ("alarm", "Cell under-voltage") },
  { "battery-over-voltage", SM_FAULT_OF_DEVICE, 2, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 5, "stop-charging",
    NC_ ("alarm", "Pack over-voltage") },
  { "battery-under-voltage", SM_FAULT_OF_DEVICE, 3, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 4, "swap-soon",
    NC_ ("alarm", "Pack under-voltage") },
  { "battery-over-charge", SM_FAULT_OF_DEVICE, 2, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 5, "stop-charging",
    NC_ ("alarm", "Pack over-charged") },
  { "battery-poor-consistency", SM_FAULT_OF_DEVICE, 3, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 3, "plan-maintenance",
    NC_ ("alarm", "Cells of a pack drift apart") },
  { "battery-soc-jump", SM_FAULT_OF_DEVICE, 3, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 3, "take-out-of-service",
    NC_ ("alarm", "State of charge jumped") },
  { "battery-mismatch", SM_FAULT_OF_DEVICE, 3, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 3, "check-pack",
    NC_ ("alarm", "Pack does not match") },
  { "battery-lock-open", SM_FAULT_OF_DEVICE, 1, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, TRUE, 5, "stop-and-move-away",
    NC_ ("alarm", "Pack lock open") },
  { "battery-bms-fault", SM_FAULT_OF_DEVICE, 3, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 3, "take-out-of-service",
    NC_ ("alarm", "Battery management fault") },
  { "vehicle-insulation", SM_FAULT_OF_DEVICE, 1, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_VCU, TRUE, 5, "stop-and-move-away",
    NC_ ("alarm", "Vehicle insulation failed") },
  { "vehicle-hv-interlock", SM_FAULT_OF_DEVICE, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_VCU, FALSE, 5, "call-driver",
    NC_ ("alarm", "High-voltage interlock open") },
  { "vehicle-brake", SM_FAULT_OF_DEVICE, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_VCU, FALSE, 5, "call-driver",
    NC_ ("alarm", "Brake fault") },
  { "vehicle-motor-over-temperature", SM_FAULT_OF_DEVICE, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_MOTOR_CONTROLLER, FALSE, 4, "call-driver",
    NC_ ("alarm", "Motor over-temperature") },
  { "vehicle-motor-controller-over-temperature", SM_FAULT_OF_DEVICE, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_MOTOR_CONTROLLER, FALSE, 4, "call-driver",
    NC_ ("alarm", "Motor controller over-temperature") },
  { "vehicle-motor-fault", SM_FAULT_OF_DEVICE, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_MOTOR_CONTROLLER, FALSE, 4, "send-engineer",
    NC_ ("alarm", "Drive motor fault") },
  { "vehicle-dcdc-over-temperature", SM_FAULT_OF_DEVICE, 3, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_VCU, FALSE, 3, "call-driver",
    NC_ ("alarm", "DC converter over-temperature") },
  { "vehicle-dcdc-fault", SM_FAULT_OF_DEVICE, 3, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_VCU, FALSE, 3, "send-engineer",
    NC_ ("alarm", "DC converter fault") },
  { "vehicle-controller-fault", SM_FAULT_OF_DEVICE, 3, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_VCU, FALSE, 3, "send-engineer",
    NC_ ("alarm", "Vehicle controller fault") },
  { "vehicle-stranded", SM_FAULT_OF_DEVICE, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_VCU, FALSE, 5, "send-rescue",
    NC_ ("alarm", "Vehicle stranded") },
  { "station-smoke", SM_FAULT_OF_DEVICE, 1, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_SMOKE_SENSOR, TRUE, 5, "clear-people",
    NC_ ("alarm", "Smoke in a station") },
  { "station-gas", SM_FAULT_OF_DEVICE, 1, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_GAS_SENSOR, TRUE, 5, "clear-people",
    NC_ ("alarm", "Gas in a station") },
  { "station-fire", SM_FAULT_OF_DEVICE, 1, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_FIRE_SYSTEM, TRUE, 5, "clear-people",
    NC_ ("alarm", "Fire in a station") },
  { "station-fire-system-off", SM_FAULT_OF_DEVICE, 1, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_FIRE_SYSTEM, TRUE, 5, "call-site",
    NC_ ("alarm", "Fire system off") },
  { "station-person-in-lane", SM_FAULT_OF_DEVICE, 1, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_SWAP_ROBOT, TRUE, 5, "stop-robot",
    NC_ ("alarm", "Person in the lane") },
  { "station-bay-over-temperature", SM_FAULT_OF_DEVICE, 1, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_TEMPERATURE_SENSOR, TRUE, 5, "clear-people",
    NC_ ("alarm", "Bay far too hot") },
  { "station-water", SM_FAULT_OF_DEVICE, 2, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_WATER_SENSOR, FALSE, 4, "call-site",
    NC_ ("alarm", "Water in a station") },
  { "station-humidity", SM_FAULT_OF_DEVICE, 4, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_HUMIDITY_SENSOR, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Humidity too high") },
  { "station-door-open", SM_FAULT_OF_DEVICE, 4, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_DOOR_SENSOR, FALSE, 2, "call-site",
    NC_ ("alarm", "Door open") },
  { "swap-robot-fault", SM_FAULT_OF_DEVICE, 2, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_SWAP_ROBOT, FALSE, 4, "reset-remotely",
    NC_ ("alarm", "Swap robot fault") },
  { "swap-robot-position", SM_FAULT_OF_DEVICE, 3, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_SWAP_ROBOT, FALSE, 3, "reset-remotely",
    NC_ ("alarm", "Swap robot out of position") },
  { "swap-lock-jammed", SM_FAULT_OF_DEVICE, 2, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_SWAP_ROBOT, FALSE, 4, "send-engineer",
    NC_ ("alarm", "Pack lock jammed") },
  { "swap-vehicle-without-pack", SM_FAULT_OF_DEVICE, 2, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_SWAP_ROBOT, FALSE, 5, "call-site",
    NC_ ("alarm", "Vehicle without a pack in the lane") },
  { "swap-timeout", SM_FAULT_OF_DEVICE, 3, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_SWAP_ROBOT, FALSE, 3, "call-site",
    NC_ ("alarm", "Swap takes too long") },
  { "charger-module-fault", SM_FAULT_OF_DEVICE, 3, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_CHARGER_MODULE, FALSE, 3, "reset-remotely",
    NC_ ("alarm", "Charger module fault") },
  { "charger-module-over-temperature", SM_FAULT_OF_DEVICE, 3, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_CHARGER_MODULE, FALSE, 4, "check-cooling",
    NC_ ("alarm", "Charger module over-temperature") },
  { "cooling-fault", SM_FAULT_OF_DEVICE, 3, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_COOLING, FALSE, 4, "check-cooling",
    NC_ ("alarm", "Cooling fault") },
  { "transformer-over-temperature", SM_FAULT_OF_DEVICE, 2, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_TRANSFORMER, FALSE, 4, "reduce-power",
    NC_ ("alarm", "Transformer over-temperature") },
  { "grid-power-lost", SM_FAULT_OF_DEVICE, 2, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_TRANSFORMER, FALSE, 4, "call-grid",
    NC_ ("alarm", "Grid power lost") },
  { "ups-on-battery", SM_FAULT_OF_DEVICE, 3, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_UPS, FALSE, 3, "call-grid",
    NC_ ("alarm", "Running on the backup supply") },
  { "meter-fault", SM_FAULT_OF_DEVICE, 4, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_METER, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Meter fault") },
  { "camera-fault", SM_FAULT_OF_DEVICE, 4, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_CAMERA, FALSE, 1, "plan-maintenance",
    NC_ ("alarm", "Camera fault") },
  { "pile-fault", SM_FAULT_OF_DEVICE, 2, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 3, "reset-remotely",
    NC_ ("alarm", "Charging pile fault") },
  { "pile-emergency-stop", SM_FAULT_OF_DEVICE, 2, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 4, "call-site",
    NC_ ("alarm", "Emergency stop pressed") },
  { "pile-insulation", SM_FAULT_OF_DEVICE, 1, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, TRUE, 5, "stop-charging",
    NC_ ("alarm", "Pile insulation failed") },
  { "pile-leakage", SM_FAULT_OF_DEVICE, 2, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 5, "stop-charging",
    NC_ ("alarm", "Leakage current at a pile") },
  { "pile-over-current", SM_FAULT_OF_DEVICE, 2, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 4, "stop-charging",
    NC_ ("alarm", "Pile over-current") },
  { "pile-over-voltage", SM_FAULT_OF_DEVICE, 2, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 4, "stop-charging",
    NC_ ("alarm", "Pile over-voltage") },
  { "pile-under-voltage", SM_FAULT_OF_DEVICE, 3, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 3, "call-grid",
    NC_ ("alarm", "Pile under-voltage") },
  { "pile-contactor-stuck", SM_FAULT_OF_DEVICE, 2, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 5, "send-engineer",
    NC_ ("alarm", "Pile contactor stuck") },
  { "pile-lock-failure", SM_FAULT_OF_DEVICE, 3, SM_NOUN_CONNECTOR,
    SM_ENUM_UNKNOWN, FALSE, 2, "reset-remotely",
    NC_ ("alarm", "Connector lock failure") },
  { "pile-communication", SM_FAULT_OF_DEVICE, 3, SM_NOUN_CONNECTOR,
    SM_ENUM_UNKNOWN, FALSE, 2, "reset-remotely",
    NC_ ("alarm", "Vehicle and pile do not talk") },
  { "connector-cable-damaged", SM_FAULT_OF_DEVICE, 2, SM_NOUN_CONNECTOR,
    SM_ENUM_UNKNOWN, FALSE, 4, "take-out-of-service",
    NC_ ("alarm", "Charging cable damaged") },
  { "connector-blocked", SM_FAULT_OF_DEVICE, 4, SM_NOUN_CONNECTOR,
    SM_ENUM_UNKNOWN, FALSE, 1, "call-site",
    NC_ ("alarm", "Charging place blocked") },
  { "gateway-fault", SM_FAULT_OF_DEVICE, 3, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 3, "check-network",
    NC_ ("alarm", "Gateway fault") },
  { "gateway-clock-wrong", SM_FAULT_OF_DEVICE, 4, SM_NOUN_EQUIPMENT,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 2, "check-network",
    NC_ ("alarm", "Gateway clock wrong") },
  { "tbox-fault", SM_FAULT_OF_DEVICE, 4, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_TBOX, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Vehicle terminal fault") },
  { "tbox-antenna", SM_FAULT_OF_DEVICE, 4, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_TBOX, FALSE, 1, "plan-maintenance",
    NC_ ("alarm", "Vehicle antenna fault") },
  { "pack-over-temperature", SM_FAULT_OF_LIMIT, 2, SM_NOUN_VEHICLE,
    SM_ENUM_UNKNOWN, FALSE, 5, "call-driver",
    NC_ ("alarm", "Pack over-temperature") },
  { "soc-low", SM_FAULT_OF_LIMIT, 3, SM_NOUN_VEHICLE,
    SM_ENUM_UNKNOWN, FALSE, 2, "guide-to-station",
    NC_ ("alarm", "State of charge low") },
  { "connector-over-temperature", SM_FAULT_OF_LIMIT, 2, SM_NOUN_CONNECTOR,
    SM_ENUM_UNKNOWN, FALSE, 4, "stop-charging",
    NC_ ("alarm", "Connector over-temperature") },
  { "cell-spread", SM_FAULT_OF_LIMIT, 3, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_BMS, FALSE, 3, "plan-maintenance",
    NC_ ("alarm", "Cell voltages spread") },
  { "insulation-low", SM_FAULT_OF_LIMIT, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_BMS, FALSE, 5, "call-driver",
    NC_ ("alarm", "Insulation low") },
  { "neutral-earth-voltage", SM_FAULT_OF_LIMIT, 3, SM_NOUN_CONNECTOR,
    SM_ENUM_UNKNOWN, FALSE, 4, "send-engineer",
    NC_ ("alarm", "Neutral to earth voltage high") },
  { "vehicle-silent", SM_FAULT_OF_RULE, 3, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_TBOX, FALSE, 2, "call-driver",
    NC_ ("alarm", "Vehicle silent") },
  { "vehicle-unknown-danger", SM_FAULT_OF_RULE, 2, SM_NOUN_VEHICLE,
    SM_EQUIPMENT_KIND_TBOX, FALSE, 5, "call-driver",
    NC_ ("alarm", "Silent while in danger") },
  { "station-silent", SM_FAULT_OF_RULE, 2, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 4, "call-site",
    NC_ ("alarm", "Station silent") },
  { "station-unknown-danger", SM_FAULT_OF_RULE, 2, SM_NOUN_STATION,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 5, "call-site",
    NC_ ("alarm", "Station silent while in danger") },
  { "pile-silent", SM_FAULT_OF_RULE, 3, SM_NOUN_PILE,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 2, "check-network",
    NC_ ("alarm", "Charging pile silent") },
  { "pile-unknown-danger", SM_FAULT_OF_RULE, 3, SM_NOUN_PILE,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 3, "call-site",
    NC_ ("alarm", "Charging pile silent while it charges") },
  { "network-silent", SM_FAULT_OF_RULE, 2, SM_NOUN_AREA,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 4, "check-network",
    NC_ ("alarm", "Many are silent at once") },
  { "area-silent", SM_FAULT_OF_RULE, 2, SM_NOUN_AREA,
    SM_EQUIPMENT_KIND_GATEWAY, FALSE, 4, "check-network",
    NC_ ("alarm", "Many in one area are silent") },
  { "carrier-silent", SM_FAULT_OF_RULE, 2, SM_NOUN_ORGANISATION,
    SM_ENUM_UNKNOWN, FALSE, 4, "check-network",
    NC_ ("alarm", "Many of one mobile carrier are silent") },
  { "gateway-silent", SM_FAULT_OF_RULE, 2, SM_NOUN_ORGANISATION,
    SM_ENUM_UNKNOWN, FALSE, 4, "check-network",
    NC_ ("alarm", "Many behind one gateway are silent") },
  { "pack-misplaced", SM_FAULT_OF_RULE, 2, SM_NOUN_BATTERY,
    SM_ENUM_UNKNOWN, FALSE, 4, "find-pack",
    NC_ ("alarm", "Pack not where it should be") },
  { "pile-worn", SM_FAULT_OF_RULE, 4, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Charging pile worn") },
  { "pack-worn", SM_FAULT_OF_RULE, 4, SM_NOUN_BATTERY,
    SM_ENUM_UNKNOWN, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Pack worn") },
  { "battery-service-life", SM_FAULT_OF_RULE, 4, SM_NOUN_BATTERY,
    SM_ENUM_UNKNOWN, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Service life of a pack ends") },
  { "equipment-service-life", SM_FAULT_OF_RULE, 4, SM_NOUN_EQUIPMENT,
    SM_ENUM_UNKNOWN, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Service life of equipment ends") },
  { "pile-service-life", SM_FAULT_OF_RULE, 4, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 2, "plan-maintenance",
    NC_ ("alarm", "Service life of a charging pile ends") },
  { "window-overran", SM_FAULT_OF_RULE, 2, SM_NOUN_MAINTENANCE_WINDOW,
    SM_ENUM_UNKNOWN, FALSE, 3, "call-site",
    NC_ ("alarm", "Maintenance takes longer than was approved") },
  { "battery-soc-low", SM_FAULT_OF_DEVICE, 4, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 2, "guide-to-station",
    NC_ ("alarm", "Pack says that it is nearly empty") },
  { "battery-soc-high", SM_FAULT_OF_DEVICE, 4, SM_NOUN_BATTERY,
    SM_EQUIPMENT_KIND_BMS, FALSE, 2, "stop-charging",
    NC_ ("alarm", "Pack says that it is too full") },
  { "pile-over-temperature", SM_FAULT_OF_DEVICE, 2, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 4, "stop-charging",
    NC_ ("alarm", "Charging pile too hot") },
  { "pile-reader-fault", SM_FAULT_OF_DEVICE, 4, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 1, "plan-maintenance",
    NC_ ("alarm", "Card reader fault") },
  { "pile-configuration", SM_FAULT_OF_DEVICE, 4, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 1, "check-network",
    NC_ ("alarm", "Charging pile set up wrongly") },
  { "pile-weak-signal", SM_FAULT_OF_DEVICE, 4, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 1, "check-network",
    NC_ ("alarm", "Charging pile has a weak signal") },
  { "unknown-vehicle", SM_FAULT_OF_DEVICE, 3, SM_NOUN_VEHICLE,
    SM_ENUM_UNKNOWN, FALSE, 3, "send-engineer",
    NC_ ("alarm", "Unknown fault of a vehicle") },
  { "unknown-battery", SM_FAULT_OF_DEVICE, 3, SM_NOUN_BATTERY,
    SM_ENUM_UNKNOWN, FALSE, 3, "send-engineer",
    NC_ ("alarm", "Unknown fault of a pack") },
  { "unknown-station", SM_FAULT_OF_DEVICE, 3, SM_NOUN_STATION,
    SM_ENUM_UNKNOWN, FALSE, 3, "send-engineer",
    NC_ ("alarm", "Unknown fault of a station") },
  { "unknown-pile", SM_FAULT_OF_DEVICE, 3, SM_NOUN_PILE,
    SM_ENUM_UNKNOWN, FALSE, 3, "send-engineer",
    NC_ ("alarm", "Unknown fault of a charging pile") },
  { "unknown-connector", SM_FAULT_OF_DEVICE, 3, SM_NOUN_CONNECTOR,
    SM_ENUM_UNKNOWN, FALSE, 3, "send-engineer",
    NC_ ("alarm", "Unknown fault of a connector") },
  { "unknown-equipment", SM_FAULT_OF_DEVICE, 3, SM_NOUN_EQUIPMENT,
    SM_ENUM_UNKNOWN, FALSE, 3, "send-engineer",
    NC_ ("alarm", "Unknown fault of equipment") },
};

static const struct
{
  const char *slug;
  const char *word;
} steps[] = {
  { "clear-people", NC_ ("next step", "Clear people away and call the fire brigade") },
  { "stop-and-move-away", NC_ ("next step", "Stop at once and move away") },
  { "take-out-of-service", NC_ ("next step", "Take it out of service") },
  { "stop-charging", NC_ ("next step", "Stop charging") },
  { "swap-soon", NC_ ("next step", "Swap the pack soon") },
  { "plan-maintenance", NC_ ("next step", "Plan maintenance") },
  { "check-pack", NC_ ("next step", "Check which pack it is") },
  { "call-driver", NC_ ("next step", "Call the driver") },
  { "send-engineer", NC_ ("next step", "Send an engineer") },
  { "send-rescue", NC_ ("next step", "Send a rescue") },
  { "call-site", NC_ ("next step", "Call the site") },
  { "stop-robot", NC_ ("next step", "Stop the robot") },
  { "reset-remotely", NC_ ("next step", "Reset it remotely") },
  { "check-cooling", NC_ ("next step", "Check the cooling") },
  { "reduce-power", NC_ ("next step", "Reduce the power") },
  { "call-grid", NC_ ("next step", "Call the grid company") },
  { "check-network", NC_ ("next step", "Check the connection") },
  { "guide-to-station", NC_ ("next step", "Guide it to a station") },
  { "find-pack", NC_ ("next step", "Find the pack") },
};

/* What a device says in words of its own stands behind one of ours: two that we
 * do not know are two alarms. */
static gsize
length_of_ours (const char *code)
{
  const char *theirs = g_str_has_prefix (code, "unknown-") ? strchr (code, ':') : NULL;

  return theirs != NULL ? (gsize) (theirs - code) : strlen (code);
}

/** sm_fault_code_find: Returns: (transfer none) (nullable): what is known of @code */
const SmFaultCode *
sm_fault_code_find (const char *code)
{
  gsize length = code != NULL ? length_of_ours (code) : 0;

  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (strncmp (codes[i].code, code, length) == 0 && codes[i].code[length] == '\0')
      return &codes[i];
  return NULL;
}

/** sm_fault_code_list: Returns: (transfer none) (array length=out_n): all there are */
const SmFaultCode *
sm_fault_code_list (guint *out_n)
{
  *out_n = G_N_ELEMENTS (codes);
  return codes;
}

/** sm_fault_code_next_step: Returns: (transfer none) (nullable): slug of what to do first */
const char *
sm_fault_code_next_step (const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);

  return known != NULL ? known->next_step : NULL;
}

/** sm_fault_code_list_steps: Returns: (transfer none): the slugs of all first steps */
const char *const *
sm_fault_code_list_steps (void)
{
  static const char *slugs[G_N_ELEMENTS (steps) + 1];
  static gsize is_filled = 0;

  if (g_once_init_enter (&is_filled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
        slugs[i] = steps[i].slug;
      g_once_init_leave (&is_filled, 1);
    }
  return slugs;
}

/** sm_fault_code_step_english: Returns: (transfer none) (nullable): the step's untranslated word */
const char *
sm_fault_code_step_english (const char *step)
{
  for (gsize i = 0; step != NULL && i < G_N_ELEMENTS (steps); i++)
    if (strcmp (steps[i].slug, step) == 0)
      return steps[i].word;
  return NULL;
}

static double
situation_weight (const char *situation)
{
  static const struct
  {
    const char *slug;
    double weight;
  } weights[] = {
    { "driving", 5 }, { "charging", 4 }, { "swapping", 4 }, { "standing", 3 }, { "parked", 2 },
  };

  for (gsize i = 0; situation != NULL && i < G_N_ELEMENTS (weights); i++)
    if (strcmp (weights[i].slug, situation) == 0)
      return weights[i].weight;
  return 3;
}

/**
 * sm_fault_code_risk:
 * @level: 1 critical to 4 notice
 * @weight: of the kind of thing, 1-5
 * @situation: (nullable): driving, charging, swapping, standing or parked
 *
 * Returns: their product, 1-125: what is worst comes first
 */
double
sm_fault_code_risk (int         level,
                    double      weight,
                    const char *situation)
{
  return (double) (6 - CLAMP (level, 1, 4)) * CLAMP (weight, 1, 5) * situation_weight (situation);
}
