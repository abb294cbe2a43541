/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-noun.h"

#include <string.h>

const char *const sm_area_kinds[] = { "country", "province", "city", "district", "operating_area",
                                      NULL };
const char *const sm_station_kinds[] = { "swap", "charge", "swap_and_charge", NULL };
const char *const sm_station_states[] = { "commissioning", "operating", "paused", "retired", NULL };
const char *const sm_usage_states[] = { "enabled", "disabled", NULL };
const char *const sm_currents[] = { "ac", "dc", NULL };
/* OCPP 1.6 ChargePointStatus, in snake case. */
const char *const sm_connector_statuses[] = { "available", "preparing", "charging", "suspended_ev",
                                              "suspended_evse", "finishing", "reserved",
                                              "unavailable", "faulted", NULL };
const char *const sm_connections[] = { "online", "asleep", "late", "silent", "unknown_danger",
                                       "unregistered", NULL };
const char *const sm_motions[] = { "driving", "parked", NULL };
const char *const sm_energies[] = { "idle", "charging", "swapping", NULL };
const char *const sm_directions[] = { "above", "below", NULL };
/* ISA-18.2: B, C, D, A. */
const char *const sm_alarm_states[] = { "unacked", "acked", "returned_unacked", "latched", "normal",
                                        NULL };
const char *const sm_organisation_kinds[] = { "operator", "agent", "property_owner",
                                              "pile_enterprise", "maintenance_vendor", "carrier",
                                              "gateway", NULL };
const char *const sm_organisation_states[] = { "pending", "approved", "rejected", "suspended",
                                               NULL };
const char *const sm_duties[] = { "on_duty", "busy", "off_duty", NULL };
const char *const sm_verifications[] = { "unverified", "pending", "verified", "rejected", NULL };
const char *const sm_driver_states[] = { "active", "frozen", NULL };
const char *const sm_payment_modes[] = { "realtime", "post_settlement", NULL };
const char *const sm_lane_states[] = { "free", "occupied", "blocked", "closed", NULL };
const char *const sm_swap_steps[] = { "queued", "called", "positioned", "identified", "old_out",
                                      "new_in", "locked", "hv_checked", "released", NULL };
const char *const sm_bay_states[] = { "empty", "charging", "ready", "reserved", "locked",
                                      "faulted", NULL };
const char *const sm_battery_places[] = { "vehicle", "bay", "carrier", "workshop", "store",
                                          "unknown", NULL };
const char *const sm_fitnesses[] = { "serviceable", "watch", "quarantined", "in_repair",
                                     "retired", "lost", NULL };
const char *const sm_soh_methods[] = { "capacity_ratio", "remaining_to_end_of_life", NULL };
const char *const sm_equipment_kinds[] = { "swap_robot", "charger_module", "cooling",
                                           "fire_system", "smoke_sensor", "gas_sensor",
                                           "temperature_sensor", "humidity_sensor",
                                           "water_sensor", "door_sensor", "transformer", "meter",
                                           "ups", "camera", "vcu", "motor_controller", "bms",
                                           "tbox", "gateway", NULL };
const char *const sm_equipment_states[] = { "normal", "warning", "faulted", "off", NULL };
const char *const sm_services[] = { "available", "degraded", "out_of_service", "closed",
                                    "in_window", "unknown", NULL };
const char *const sm_queue_states[] = { "inbound", "waiting", "called", "in_lane", NULL };
const char *const sm_reaches[] = { "reachable", "unreachable", NULL };
const char *const sm_order_kinds[] = { "swap", "charge", NULL };
const char *const sm_order_processes[] = { "created", "in_progress", "completed", "cancelled",
                                           "aborted", NULL };
const char *const sm_order_payments[] = { "authorised", "captured", "on_account", "billed",
                                          "paid", "overdue", "refunded", NULL };
const char *const sm_energy_bases[] = { "meter", "pack_meter", "soc_difference", "km", "per_swap",
                                        NULL };
const char *const sm_movement_reasons[] = { "swap", "delivery", "transfer", "maintenance",
                                            "correction", NULL };
const char *const sm_driving_event_kinds[] = { "speeding", "fatigue", "low_battery", NULL };
const char *const sm_tariff_models[] = { "unified", "flat", "time_of_use", "per_swap", "per_km",
                                         NULL };

/* Those of OCPP, and what a swap lane has. */
const char *const sm_command_kinds[] = { "reset", "stop", "unlock", "change_availability",
                                         "lane_reset", NULL };
const char *const sm_drill_deeds[] = { "fault", "silence", "heat", NULL };
const char *const sm_drill_verdicts[] = { "open", "in_time", "late", "missed", NULL };
const char *const sm_command_states[] = { "requested", "sent", "accepted", "succeeded", "rejected",
                                          "failed", "timed_out", NULL };
const char *const sm_command_outcomes[] = { "not_fetched", "not_answered", "not_done",
                                            "service_stopped", "late_success", "late_failure",
                                            NULL };
const char *const sm_availabilities[] = { "operative", "inoperative", NULL };
/* These are names of nouns, too. */
const char *const sm_window_scopes[] = { "area", "station", "lane",      "bay",
                                         "pile", "equipment", "vehicle", NULL };
const char *const sm_window_risks[] = { "low", "medium", "high", NULL };
const char *const sm_window_suppressions[] = { "all", "minor", "silence", "nothing", NULL };
const char *const sm_window_states[] = { "planned", "open", "overran", "closed", "cancelled",
                                         NULL };

const char *const sm_answers_as[] = { "holder", "cover", "away", "roster", "next_in_line", "main",
                                      "administrator", NULL };
const char *const sm_handover_states[] = { "draft", "given", "taken", "withdrawn", NULL };
const char *const sm_work_order_kinds[] = { "repair", "inspection", "maintenance", "installation",
                                            "rescue", "transfer", "change", NULL };
const char *const sm_work_order_sources[] = { "manual", "scan", "alarm", "complaint", NULL };
const char *const sm_work_order_states[] = { "unaccepted", "assigned", "accepted", "travelling",
                                             "on_site", "in_progress", "on_hold", "completed",
                                             "confirmed", "cancelled", NULL };
const char *const sm_work_order_fixes[] = { "temporary", "permanent", NULL };
const char *const sm_problem_states[] = { "open", "solved", NULL };
const char *const sm_certificate_kinds[] = { "high_voltage", "low_voltage", "battery",
                                             "working_at_height", "fire_safety",
                                             "special_equipment", NULL };
const char *const sm_inspection_templates[] = { "swap_station", "charge_station", "own", NULL };
const char *const sm_inspection_states[] = { "planned", "closed", "cancelled", NULL };
const char *const sm_inspection_scores[]
    = { "excellent", "good", "fair", "poor", "failed", NULL };
const char *const sm_inspection_parts[]
    = { "sort", "set_in_order", "shine", "standardise", "sustain", "safety", NULL };
const char *const sm_incident_kinds[]
    = { "injury",        "near_miss",       "fire",  "electric_shock",
        "high_voltage_exposure", "property_damage", "other", NULL };
const char *const sm_incident_states[] = { "reported", "closed", NULL };
const char *const sm_contact_languages[] = { "en", "zh-CN", NULL };
const char *const sm_complaint_states[] = { "received", "upheld", "rejected", NULL };

const char *const sm_guidance_states[] = { "proposed", "sent",    "delivered", "no_answer",
                                           "accepted", "refused", "arrived",   "lapsed",
                                           "withdrawn", "rescue", NULL };
const char *const sm_guidance_answers_by[] = { "truck", "call", NULL };
const char *const sm_guidance_calls[] = { "accepted", "refused", "unreachable", NULL };
const char *const sm_guidance_lapses[] = { "not_sent", "no_answer", "not_arrived", "pack_gone",
                                           "station_down", NULL };

const char *const sm_tell_channels[] = { "sms", "email", "voice", "webhook", "lamp", NULL };
const char *const sm_tell_reasons[] = { "rule", "escalation", "storm", "test", "taken_back",
                                        "reported", "ending", NULL };
const char *const sm_tell_states[] = { "queued", "sent", "failed", "lapsed", NULL };
const char *const sm_tell_problems[] = { "unreachable", "timed_out", "refused", "not_allowed",
                                         "broken", "no_channel", "too_many", NULL };

#define FIELD(ID, name, kind, klass, flags, unit, slugs) \
  { name, SM_KIND_##kind, SM_##klass, flags, unit, slugs },

static const SmField area_fields[] = { SM_AREA_FIELDS (FIELD) };
static const SmField fleet_fields[] = { SM_FLEET_FIELDS (FIELD) };
static const SmField station_fields[] = { SM_STATION_FIELDS (FIELD) };
static const SmField pile_fields[] = { SM_PILE_FIELDS (FIELD) };
static const SmField connector_fields[] = { SM_CONNECTOR_FIELDS (FIELD) };
static const SmField vehicle_fields[] = { SM_VEHICLE_FIELDS (FIELD) };
static const SmField limit_fields[] = { SM_LIMIT_FIELDS (FIELD) };
static const SmField alarm_fields[] = { SM_ALARM_FIELDS (FIELD) };
static const SmField organisation_fields[] = { SM_ORGANISATION_FIELDS (FIELD) };
static const SmField service_point_fields[] = { SM_SERVICE_POINT_FIELDS (FIELD) };
static const SmField engineer_fields[] = { SM_ENGINEER_FIELDS (FIELD) };
static const SmField driver_fields[] = { SM_DRIVER_FIELDS (FIELD) };
static const SmField battery_model_fields[] = { SM_BATTERY_MODEL_FIELDS (FIELD) };
static const SmField compatibility_fields[] = { SM_COMPATIBILITY_FIELDS (FIELD) };
static const SmField battery_fields[] = { SM_BATTERY_FIELDS (FIELD) };
static const SmField lane_fields[] = { SM_LANE_FIELDS (FIELD) };
static const SmField bay_fields[] = { SM_BAY_FIELDS (FIELD) };
static const SmField equipment_fields[] = { SM_EQUIPMENT_FIELDS (FIELD) };
static const SmField tariff_fields[] = { SM_TARIFF_FIELDS (FIELD) };
static const SmField command_fields[] = { SM_COMMAND_FIELDS (FIELD) };
static const SmField window_fields[] = { SM_WINDOW_FIELDS (FIELD) };
static const SmField desk_fields[] = { SM_DESK_FIELDS (FIELD) };
static const SmField roster_entry_fields[] = { SM_ROSTER_ENTRY_FIELDS (FIELD) };
static const SmField handover_fields[] = { SM_HANDOVER_FIELDS (FIELD) };
static const SmField drill_step_fields[] = { SM_DRILL_STEP_FIELDS (FIELD) };
static const SmField work_order_fields[] = { SM_WORK_ORDER_FIELDS (FIELD) };
static const SmField problem_record_fields[] = { SM_PROBLEM_FIELDS (FIELD) };
static const SmField part_fields[] = { SM_PART_FIELDS (FIELD) };
static const SmField certificate_fields[] = { SM_CERTIFICATE_FIELDS (FIELD) };
static const SmField guidance_fields[] = { SM_GUIDANCE_FIELDS (FIELD) };
static const SmField inspection_fields[] = { SM_INSPECTION_FIELDS (FIELD) };
static const SmField incident_fields[] = { SM_INCIDENT_FIELDS (FIELD) };
static const SmField contact_fields[] = { SM_CONTACT_FIELDS (FIELD) };
static const SmField complaint_fields[] = { SM_COMPLAINT_FIELDS (FIELD) };
static const SmField checklist_fields[] = { SM_CHECKLIST_FIELDS (FIELD) };
static const SmField order_fields[] = { SM_ORDER_FIELDS (FIELD) };
static const SmField battery_movement_fields[] = { SM_BATTERY_MOVEMENT_FIELDS (FIELD) };
static const SmField driving_event_fields[] = { SM_DRIVING_EVENT_FIELDS (FIELD) };
static const SmField notification_fields[] = { SM_NOTIFICATION_FIELDS (FIELD) };

/* In the order of need after a first start: what the map and the fault panel
 * show comes before what only a panel opens. */
static const SmNoun nouns[SM_N_NOUNS] = {
  [SM_NOUN_AREA] = { SM_NOUN_AREA, "area", "areas", area_fields, SM_AREA_N_FIELDS },
  [SM_NOUN_FLEET] = { SM_NOUN_FLEET, "fleet", "fleets", fleet_fields, SM_FLEET_N_FIELDS },
  [SM_NOUN_STATION] = { SM_NOUN_STATION, "station", "stations", station_fields,
                        SM_STATION_N_FIELDS },
  [SM_NOUN_PILE] = { SM_NOUN_PILE, "pile", "piles", pile_fields, SM_PILE_N_FIELDS },
  [SM_NOUN_CONNECTOR] = { SM_NOUN_CONNECTOR, "connector", "connectors", connector_fields,
                          SM_CONNECTOR_N_FIELDS },
  [SM_NOUN_VEHICLE] = { SM_NOUN_VEHICLE, "vehicle", "vehicles", vehicle_fields,
                        SM_VEHICLE_N_FIELDS },
  [SM_NOUN_LIMIT] = { SM_NOUN_LIMIT, "limit", "limits", limit_fields, SM_LIMIT_N_FIELDS },
  [SM_NOUN_ALARM] = { SM_NOUN_ALARM, "alarm", "alarms", alarm_fields, SM_ALARM_N_FIELDS },
  [SM_NOUN_ORGANISATION] = { SM_NOUN_ORGANISATION, "organisation", "organisations", organisation_fields,
                             SM_ORGANISATION_N_FIELDS },
  [SM_NOUN_SERVICE_POINT] = { SM_NOUN_SERVICE_POINT, "service_point", "service_points", service_point_fields,
                              SM_SERVICE_POINT_N_FIELDS },
  [SM_NOUN_ENGINEER] = { SM_NOUN_ENGINEER, "engineer", "engineers", engineer_fields,
                         SM_ENGINEER_N_FIELDS },
  [SM_NOUN_DRIVER] = { SM_NOUN_DRIVER, "driver", "drivers", driver_fields, SM_DRIVER_N_FIELDS },
  [SM_NOUN_BATTERY_MODEL] = { SM_NOUN_BATTERY_MODEL, "battery_model", "battery_models", battery_model_fields,
                              SM_BATTERY_MODEL_N_FIELDS },
  [SM_NOUN_COMPATIBILITY] = { SM_NOUN_COMPATIBILITY, "compatibility", "compatibilities", compatibility_fields,
                              SM_COMPATIBILITY_N_FIELDS },
  [SM_NOUN_BATTERY] = { SM_NOUN_BATTERY, "battery", "batteries", battery_fields,
                        SM_BATTERY_N_FIELDS },
  [SM_NOUN_LANE] = { SM_NOUN_LANE, "lane", "lanes", lane_fields, SM_LANE_N_FIELDS },
  [SM_NOUN_BAY] = { SM_NOUN_BAY, "bay", "bays", bay_fields, SM_BAY_N_FIELDS },
  [SM_NOUN_EQUIPMENT] = { SM_NOUN_EQUIPMENT, "equipment", "equipment", equipment_fields,
                          SM_EQUIPMENT_N_FIELDS },
  [SM_NOUN_TARIFF] = { SM_NOUN_TARIFF, "tariff", "tariffs", tariff_fields, SM_TARIFF_N_FIELDS },
  [SM_NOUN_COMMAND] = { SM_NOUN_COMMAND, "command", "commands", command_fields,
                        SM_COMMAND_N_FIELDS },
  [SM_NOUN_MAINTENANCE_WINDOW] = { SM_NOUN_MAINTENANCE_WINDOW, "maintenance_window",
                                   "maintenance_windows", window_fields, SM_WINDOW_N_FIELDS },
  [SM_NOUN_DESK] = { SM_NOUN_DESK, "desk", "desks", desk_fields, SM_DESK_N_FIELDS },
  [SM_NOUN_ROSTER_ENTRY] = { SM_NOUN_ROSTER_ENTRY, "roster_entry", "roster", roster_entry_fields,
                             SM_ROSTER_ENTRY_N_FIELDS },
  [SM_NOUN_HANDOVER] = { SM_NOUN_HANDOVER, "handover", "handovers", handover_fields,
                         SM_HANDOVER_N_FIELDS },
  [SM_NOUN_DRILL_STEP] = { SM_NOUN_DRILL_STEP, "drill_step", "drill_steps", drill_step_fields,
                           SM_DRILL_STEP_N_FIELDS },
  [SM_NOUN_WORK_ORDER] = { SM_NOUN_WORK_ORDER, "work_order", "work_orders", work_order_fields,
                           SM_WORK_ORDER_N_FIELDS },
  [SM_NOUN_PROBLEM_RECORD] = { SM_NOUN_PROBLEM_RECORD, "problem_record", "problems", problem_record_fields,
                               SM_PROBLEM_N_FIELDS },
  [SM_NOUN_PART] = { SM_NOUN_PART, "part", "parts", part_fields,
                     SM_PART_N_FIELDS },
  [SM_NOUN_CERTIFICATE] = { SM_NOUN_CERTIFICATE, "certificate", "certificates", certificate_fields,
                            SM_CERTIFICATE_N_FIELDS },
  [SM_NOUN_GUIDANCE] = { SM_NOUN_GUIDANCE, "guidance", "guidances", guidance_fields,
                         SM_GUIDANCE_N_FIELDS },
  [SM_NOUN_INSPECTION] = { SM_NOUN_INSPECTION, "inspection", "inspections", inspection_fields,
                           SM_INSPECTION_N_FIELDS },
  [SM_NOUN_SAFETY_INCIDENT] = { SM_NOUN_SAFETY_INCIDENT, "safety_incident", "safety_incidents",
                                incident_fields, SM_INCIDENT_N_FIELDS },
  [SM_NOUN_CONTACT] = { SM_NOUN_CONTACT, "contact", "contacts", contact_fields,
                        SM_CONTACT_N_FIELDS },
  [SM_NOUN_COMPLAINT] = { SM_NOUN_COMPLAINT, "complaint", "complaints", complaint_fields,
                          SM_COMPLAINT_N_FIELDS },
  [SM_NOUN_CHECKLIST] = { SM_NOUN_CHECKLIST, "inspection_template", "inspection_templates",
                          checklist_fields, SM_CHECKLIST_N_FIELDS },
  [SM_NOUN_ORDER] = { SM_NOUN_ORDER, "order", "orders", order_fields, SM_ORDER_N_FIELDS, TRUE },
  [SM_NOUN_BATTERY_MOVEMENT] = { SM_NOUN_BATTERY_MOVEMENT, "battery_movement", "battery_movements", battery_movement_fields,
                                 SM_BATTERY_MOVEMENT_N_FIELDS, TRUE },
  [SM_NOUN_DRIVING_EVENT] = { SM_NOUN_DRIVING_EVENT, "driving_event", "driving_events", driving_event_fields,
                              SM_DRIVING_EVENT_N_FIELDS, TRUE },
  [SM_NOUN_NOTIFICATION] = { SM_NOUN_NOTIFICATION, "notification", "notifications",
                             notification_fields, SM_NOTIFICATION_N_FIELDS, TRUE },
};

/** sm_noun_get: Returns: (transfer none): the field table of a noun */
const SmNoun *
sm_noun_get (SmNounId id)
{
  g_return_val_if_fail (id < SM_N_NOUNS, NULL);

  return &nouns[id];
}

/** sm_noun_by_name: Returns: (transfer none) (nullable): the noun called "station", say */
const SmNoun *
sm_noun_by_name (const char *name)
{
  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (g_strcmp0 (nouns[i].name, name) == 0)
      return &nouns[i];
  return NULL;
}

/** sm_noun_by_plural: Returns: (transfer none) (nullable): the noun of "stations", say */
const SmNoun *
sm_noun_by_plural (const char *plural)
{
  for (guint i = 0; i < SM_N_NOUNS; i++)
    if (g_strcmp0 (nouns[i].plural, plural) == 0)
      return &nouns[i];
  return NULL;
}

/**
 * sm_noun_read_permission:
 *
 * Returns: (transfer none): what somebody needs to see things of this kind: the
 *   one place that says so
 */
const char *
sm_noun_read_permission (const SmNoun *noun)
{
  switch (noun->id)
    {
    case SM_NOUN_VEHICLE:
    case SM_NOUN_FLEET:
    case SM_NOUN_BATTERY:
    case SM_NOUN_BATTERY_MOVEMENT:
    case SM_NOUN_GUIDANCE:
      return "vehicle.read";
    case SM_NOUN_ALARM:
    case SM_NOUN_COMMAND:
    case SM_NOUN_MAINTENANCE_WINDOW:
    case SM_NOUN_DESK:
    case SM_NOUN_ROSTER_ENTRY:
    case SM_NOUN_HANDOVER:
    case SM_NOUN_DRILL_STEP:
    case SM_NOUN_NOTIFICATION:
    case SM_NOUN_CONTACT:
      return "alarm.read";
    case SM_NOUN_DRIVER:
    case SM_NOUN_DRIVING_EVENT:
      return "driver.read";
    case SM_NOUN_WORK_ORDER:
    case SM_NOUN_PROBLEM_RECORD:
    case SM_NOUN_PART:
    case SM_NOUN_INSPECTION:
    case SM_NOUN_SAFETY_INCIDENT:
    case SM_NOUN_COMPLAINT:
    case SM_NOUN_CHECKLIST:
      return "work_order.read";
    case SM_NOUN_ENGINEER:
    case SM_NOUN_CERTIFICATE:
    case SM_NOUN_ORGANISATION:
    case SM_NOUN_SERVICE_POINT:
      return "staff.read";
    case SM_NOUN_ORDER:
    case SM_NOUN_TARIFF:
      return "order.read";
    default:
      return "network.read";
    }
}

/**
 * sm_noun_find_field:
 * @name: not necessarily terminated
 * @length: in bytes
 *
 * Returns: the field's index, or -1 for a name this version does not know
 */
int
sm_noun_find_field (const SmNoun *noun,
                    const char   *name,
                    gsize         length)
{
  for (guint i = 0; i < noun->n_fields; i++)
    if (noun->fields[i].name[0] == name[0] && strncmp (noun->fields[i].name, name, length) == 0
        && noun->fields[i].name[length] == '\0')
      return (int) i;
  return -1;
}

/** sm_slug_index: Returns: where @slug stands in @slugs, or %SM_ENUM_UNKNOWN */
guint
sm_slug_index (const char *const *slugs,
               const char        *slug)
{
  for (guint i = 0; slug != NULL && slugs[i] != NULL; i++)
    if (strcmp (slugs[i], slug) == 0)
      return i;
  return SM_ENUM_UNKNOWN;
}
