/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-words-private.h"

#include <glib/gi18n-lib.h>

/* What there is, what it is like, and what is sold. */

static const SmWord area_kinds[] = {
  { "country", NC_ ("area", "country") },
  { "province", NC_ ("area", "province") },
  { "city", NC_ ("area", "city") },
  { "district", NC_ ("area", "district") },
  { "operating_area", NC_ ("area", "operating area") },
  { NULL },
};
static const SmWord station_kinds[] = {
  { "swap", NC_ ("station", "swap station") },
  { "charge", NC_ ("station", "charging station") },
  { "swap_and_charge", NC_ ("station", "swap and charging station") },
  { NULL },
};
static const SmWord station_states[] = {
  { "commissioning", NC_ ("station", "commissioning") },
  { "operating", NC_ ("station", "operating") },
  { "paused", NC_ ("station", "paused") },
  { "retired", NC_ ("station", "retired") },
  { NULL },
};
static const SmWord usage_states[] = {
  { "enabled", NC_ ("pile", "enabled") },
  { "disabled", NC_ ("pile", "disabled") },
  { NULL },
};
static const SmWord currents[] = {
  { "ac", NC_ ("pile", "AC") },
  { "dc", NC_ ("pile", "DC") },
  { NULL },
};
static const SmWord connector_statuses[] = {
  { "available", NC_ ("connector", "available") },
  { "preparing", NC_ ("connector", "preparing") },
  { "charging", NC_ ("connector", "charging") },
  { "suspended_ev", NC_ ("connector", "paused by the vehicle") },
  { "suspended_evse", NC_ ("connector", "paused by the pile") },
  { "finishing", NC_ ("connector", "finishing") },
  { "reserved", NC_ ("connector", "reserved") },
  { "unavailable", NC_ ("connector", "unavailable") },
  { "faulted", NC_ ("connector", "faulted") },
  { NULL },
};
static const SmWord connections[] = {
  { "online", NC_ ("connection", "online") },
  { "asleep", NC_ ("connection", "asleep") },
  { "late", NC_ ("connection", "late") },
  { "silent", NC_ ("connection", "silent") },
  { "unknown_danger", NC_ ("connection", "silent, last near a limit") },
  { "unregistered", NC_ ("connection", "unregistered") },
  { NULL },
};
static const SmWord motions[] = {
  { "driving", NC_ ("motion", "driving") },
  { "parked", NC_ ("motion", "parked") },
  { NULL },
};
static const SmWord energies[] = {
  { "idle", NC_ ("energy", "not charging") },
  { "charging", NC_ ("energy", "charging") },
  { "swapping", NC_ ("energy", "swapping") },
  { NULL },
};
static const SmWord directions[] = {
  { "above", NC_ ("limit", "above") },
  { "below", NC_ ("limit", "below") },
  { NULL },
};
static const SmWord organisation_kinds[] = {
  { "operator", NC_ ("organisation", "operator") },
  { "agent", NC_ ("organisation", "agent") },
  { "property_owner", NC_ ("organisation", "property owner") },
  { "pile_enterprise", NC_ ("organisation", "pile enterprise") },
  { "maintenance_vendor", NC_ ("organisation", "maintenance vendor") },
  { "carrier", NC_ ("organisation", "mobile carrier") },
  { "gateway", NC_ ("organisation", "gateway") },
  { NULL },
};
static const SmWord organisation_states[] = {
  { "pending", NC_ ("organisation", "pending") },
  { "approved", NC_ ("organisation", "approved") },
  { "rejected", NC_ ("organisation", "rejected") },
  { "suspended", NC_ ("organisation", "suspended") },
  { NULL },
};
static const SmWord duties[] = {
  { "on_duty", NC_ ("engineer", "on duty") },
  { "busy", NC_ ("engineer", "busy") },
  { "off_duty", NC_ ("engineer", "off duty") },
  { NULL },
};
static const SmWord verifications[] = {
  { "unverified", NC_ ("driver", "not verified") },
  { "pending", NC_ ("driver", "being verified") },
  { "verified", NC_ ("driver", "verified") },
  { "rejected", NC_ ("driver", "rejected") },
  { NULL },
};
static const SmWord driver_states[] = {
  { "active", NC_ ("driver", "active") },
  { "frozen", NC_ ("driver", "frozen") },
  { NULL },
};
static const SmWord payment_modes[] = {
  { "realtime", NC_ ("fleet", "pays at once") },
  { "post_settlement", NC_ ("fleet", "pays by the month") },
  { NULL },
};
static const SmWord lane_states[] = {
  { "free", NC_ ("lane", "free") },
  { "occupied", NC_ ("lane", "occupied") },
  { "blocked", NC_ ("lane", "blocked") },
  { "closed", NC_ ("lane", "closed") },
  { NULL },
};
static const SmWord swap_steps[] = {
  { "queued", NC_ ("swap", "queued") },
  { "called", NC_ ("swap", "called") },
  { "positioned", NC_ ("swap", "positioned") },
  { "identified", NC_ ("swap", "identified") },
  { "old_out", NC_ ("swap", "old pack out") },
  { "new_in", NC_ ("swap", "new pack in") },
  { "locked", NC_ ("swap", "locked") },
  { "hv_checked", NC_ ("swap", "high voltage checked") },
  { "released", NC_ ("swap", "released") },
  { NULL },
};
static const SmWord bay_states[] = {
  { "empty", NC_ ("bay", "empty") },
  { "charging", NC_ ("bay", "charging") },
  { "ready", NC_ ("bay", "ready") },
  { "reserved", NC_ ("bay", "reserved") },
  { "locked", NC_ ("bay", "locked") },
  { "faulted", NC_ ("bay", "faulted") },
  { NULL },
};
static const SmWord battery_places[] = {
  { "vehicle", NC_ ("battery", "in a vehicle") },
  { "bay", NC_ ("battery", "in a bay") },
  { "carrier", NC_ ("battery", "on a carrier") },
  { "workshop", NC_ ("battery", "in the workshop") },
  { "store", NC_ ("battery", "in store") },
  { "unknown", NC_ ("battery", "unknown") },
  { NULL },
};
static const SmWord fitnesses[] = {
  { "serviceable", NC_ ("battery", "serviceable") },
  { "watch", NC_ ("battery", "to watch") },
  { "quarantined", NC_ ("battery", "quarantined") },
  { "in_repair", NC_ ("battery", "in repair") },
  { "retired", NC_ ("battery", "retired") },
  { "lost", NC_ ("battery", "lost") },
  { NULL },
};
static const SmWord soh_methods[] = {
  { "capacity_ratio", NC_ ("battery", "capacity left of rated") },
  { "remaining_to_end_of_life", NC_ ("battery", "left until end of life") },
  { NULL },
};
static const SmWord equipment_kinds[] = {
  { "swap_robot", NC_ ("equipment", "swap robot") },
  { "charger_module", NC_ ("equipment", "charger module") },
  { "cooling", NC_ ("equipment", "cooling") },
  { "fire_system", NC_ ("equipment", "fire system") },
  { "smoke_sensor", NC_ ("equipment", "smoke sensor") },
  { "gas_sensor", NC_ ("equipment", "gas sensor") },
  { "temperature_sensor", NC_ ("equipment", "temperature sensor") },
  { "humidity_sensor", NC_ ("equipment", "humidity sensor") },
  { "water_sensor", NC_ ("equipment", "water sensor") },
  { "door_sensor", NC_ ("equipment", "door sensor") },
  { "transformer", NC_ ("equipment", "transformer") },
  { "meter", NC_ ("equipment", "meter") },
  { "ups", NC_ ("equipment", "UPS") },
  { "camera", NC_ ("equipment", "camera") },
  { "vcu", NC_ ("equipment", "vehicle controller") },
  { "motor_controller", NC_ ("equipment", "motor controller") },
  { "bms", NC_ ("equipment", "BMS") },
  { "tbox", NC_ ("equipment", "T-box") },
  { "gateway", NC_ ("equipment", "gateway") },
  { NULL },
};
static const SmWord equipment_states[] = {
  { "normal", NC_ ("equipment", "normal") },
  { "warning", NC_ ("equipment", "warning") },
  { "faulted", NC_ ("equipment", "faulted") },
  { "off", NC_ ("equipment", "off") },
  { NULL },
};
static const SmWord services[] = {
  { "available", NC_ ("service", "serving") },
  { "degraded", NC_ ("service", "degraded") },
  { "out_of_service", NC_ ("service", "out of service") },
  { "closed", NC_ ("service", "closed") },
  { "in_window", NC_ ("service", "in a maintenance window") },
  { "unknown", NC_ ("service", "unknown") },
  { NULL },
};
static const SmWord queue_states[] = {
  { "inbound", NC_ ("queue", "on the way") },
  { "waiting", NC_ ("queue", "waiting") },
  { "called", NC_ ("queue", "called") },
  { "in_lane", NC_ ("queue", "in the lane") },
  { NULL },
};
static const SmWord reaches[] = {
  { "reachable", NC_ ("reach", "can reach a ready pack") },
  { "unreachable", NC_ ("reach", "cannot reach a ready pack") },
  { NULL },
};
static const SmWord order_kinds[] = {
  { "swap", NC_ ("order", "swap") },
  { "charge", NC_ ("order", "charge") },
  { NULL },
};
static const SmWord order_processes[] = {
  { "created", NC_ ("order", "created") },
  { "in_progress", NC_ ("order", "in progress") },
  { "completed", NC_ ("order", "completed") },
  { "cancelled", NC_ ("order", "cancelled") },
  { "aborted", NC_ ("order", "aborted") },
  { NULL },
};
static const SmWord order_payments[] = {
  { "authorised", NC_ ("order", "authorised") },
  { "captured", NC_ ("order", "captured") },
  { "on_account", NC_ ("order", "on account") },
  { "billed", NC_ ("order", "billed") },
  { "paid", NC_ ("order", "paid") },
  { "overdue", NC_ ("order", "overdue") },
  { "refunded", NC_ ("order", "refunded") },
  { NULL },
};
static const SmWord energy_bases[] = {
  { "meter", NC_ ("order", "station meter") },
  { "pack_meter", NC_ ("order", "pack meter") },
  { "soc_difference", NC_ ("order", "SOC difference") },
  { "km", NC_ ("order", "distance") },
  { "per_swap", NC_ ("order", "per swap") },
  { NULL },
};
static const SmWord movement_reasons[] = {
  { "swap", NC_ ("movement", "swap") },
  { "delivery", NC_ ("movement", "delivery") },
  { "transfer", NC_ ("movement", "transfer") },
  { "maintenance", NC_ ("movement", "maintenance") },
  { "correction", NC_ ("movement", "correction") },
  { NULL },
};
static const SmWord driving_event_kinds[] = {
  { "speeding", NC_ ("driving event", "speeding") },
  { "fatigue", NC_ ("driving event", "fatigue") },
  { "low_battery", NC_ ("driving event", "low battery") },
  { NULL },
};
static const SmWord tariff_models[] = {
  { "unified", NC_ ("tariff", "one price") },
  { "flat", NC_ ("tariff", "flat rate") },
  { "time_of_use", NC_ ("tariff", "time of use") },
  { "per_swap", NC_ ("tariff", "per swap") },
  { "per_km", NC_ ("tariff", "per kilometre") },
  { NULL },
};

const SmVocabulary sm_words_of_things[] = {
  { sm_area_kinds, "area", area_kinds },
  { sm_station_kinds, "station", station_kinds },
  { sm_station_states, "station", station_states },
  { sm_usage_states, "pile", usage_states },
  { sm_currents, "pile", currents },
  { sm_connector_statuses, "connector", connector_statuses },
  { sm_connections, "connection", connections },
  { sm_motions, "motion", motions },
  { sm_energies, "energy", energies },
  { sm_directions, "limit", directions },
  { sm_organisation_kinds, "organisation", organisation_kinds },
  { sm_organisation_states, "organisation", organisation_states },
  { sm_duties, "engineer", duties },
  { sm_verifications, "driver", verifications },
  { sm_driver_states, "driver", driver_states },
  { sm_payment_modes, "fleet", payment_modes },
  { sm_lane_states, "lane", lane_states },
  { sm_swap_steps, "swap", swap_steps },
  { sm_bay_states, "bay", bay_states },
  { sm_battery_places, "battery", battery_places },
  { sm_fitnesses, "battery", fitnesses },
  { sm_soh_methods, "battery", soh_methods },
  { sm_equipment_kinds, "equipment", equipment_kinds },
  { sm_equipment_states, "equipment", equipment_states },
  { sm_services, "service", services },
  { sm_queue_states, "queue", queue_states },
  { sm_reaches, "reach", reaches },
  { sm_order_kinds, "order", order_kinds },
  { sm_order_processes, "order", order_processes },
  { sm_order_payments, "order", order_payments },
  { sm_energy_bases, "order", energy_bases },
  { sm_movement_reasons, "movement", movement_reasons },
  { sm_driving_event_kinds, "driving event", driving_event_kinds },
  { sm_tariff_models, "tariff", tariff_models },
  { NULL },
};
