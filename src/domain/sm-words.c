/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-words.h"

#include "sm-alarm.h"
#include "sm-call.h"
#include "sm-fault-code.h"
#include "sm-report-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * What the slugs of the contract are called on screen.  The service speaks
 * slugs; only here do they become words.  A test asks for every slug of every
 * field table in both languages.
 */
typedef struct
{
  const char *slug;
  const char *word;
} Word;

typedef struct
{
  const char *const *slugs;
  const char *context; /* of the translation */
  const Word *words;
} Vocabulary;

static const Word area_kinds[] = {
  { "country", NC_ ("area", "country") },
  { "province", NC_ ("area", "province") },
  { "city", NC_ ("area", "city") },
  { "district", NC_ ("area", "district") },
  { "operating_area", NC_ ("area", "operating area") },
  { NULL },
};
static const Word station_kinds[] = {
  { "swap", NC_ ("station", "swap station") },
  { "charge", NC_ ("station", "charging station") },
  { "swap_and_charge", NC_ ("station", "swap and charging station") },
  { NULL },
};
static const Word station_states[] = {
  { "commissioning", NC_ ("station", "commissioning") },
  { "operating", NC_ ("station", "operating") },
  { "paused", NC_ ("station", "paused") },
  { "retired", NC_ ("station", "retired") },
  { NULL },
};
static const Word usage_states[] = {
  { "enabled", NC_ ("pile", "enabled") },
  { "disabled", NC_ ("pile", "disabled") },
  { NULL },
};
static const Word currents[] = {
  { "ac", NC_ ("pile", "AC") },
  { "dc", NC_ ("pile", "DC") },
  { NULL },
};
static const Word connector_statuses[] = {
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
static const Word connections[] = {
  { "online", NC_ ("connection", "online") },
  { "asleep", NC_ ("connection", "asleep") },
  { "late", NC_ ("connection", "late") },
  { "silent", NC_ ("connection", "silent") },
  { "unknown_danger", NC_ ("connection", "silent, last near a limit") },
  { "unregistered", NC_ ("connection", "unregistered") },
  { NULL },
};
static const Word motions[] = {
  { "driving", NC_ ("motion", "driving") },
  { "parked", NC_ ("motion", "parked") },
  { NULL },
};
static const Word energies[] = {
  { "idle", NC_ ("energy", "not charging") },
  { "charging", NC_ ("energy", "charging") },
  { "swapping", NC_ ("energy", "swapping") },
  { NULL },
};
static const Word directions[] = {
  { "above", NC_ ("limit", "above") },
  { "below", NC_ ("limit", "below") },
  { NULL },
};
static const Word alarm_states[] = {
  { "unacked", NC_ ("alarm", "not acknowledged") },
  { "acked", NC_ ("alarm", "acknowledged") },
  { "returned_unacked", NC_ ("alarm", "over, not acknowledged") },
  { "latched", NC_ ("alarm", "over, to be released") },
  { "normal", NC_ ("alarm", "over") },
  { NULL },
};
static const Word organisation_kinds[] = {
  { "operator", NC_ ("organisation", "operator") },
  { "agent", NC_ ("organisation", "agent") },
  { "property_owner", NC_ ("organisation", "property owner") },
  { "pile_enterprise", NC_ ("organisation", "pile enterprise") },
  { "maintenance_vendor", NC_ ("organisation", "maintenance vendor") },
  { "carrier", NC_ ("organisation", "mobile carrier") },
  { "gateway", NC_ ("organisation", "gateway") },
  { NULL },
};
static const Word organisation_states[] = {
  { "pending", NC_ ("organisation", "pending") },
  { "approved", NC_ ("organisation", "approved") },
  { "rejected", NC_ ("organisation", "rejected") },
  { "suspended", NC_ ("organisation", "suspended") },
  { NULL },
};
static const Word duties[] = {
  { "on_duty", NC_ ("engineer", "on duty") },
  { "busy", NC_ ("engineer", "busy") },
  { "off_duty", NC_ ("engineer", "off duty") },
  { NULL },
};
static const Word verifications[] = {
  { "unverified", NC_ ("driver", "not verified") },
  { "pending", NC_ ("driver", "being verified") },
  { "verified", NC_ ("driver", "verified") },
  { "rejected", NC_ ("driver", "rejected") },
  { NULL },
};
static const Word driver_states[] = {
  { "active", NC_ ("driver", "active") },
  { "frozen", NC_ ("driver", "frozen") },
  { NULL },
};
static const Word payment_modes[] = {
  { "realtime", NC_ ("fleet", "pays at once") },
  { "post_settlement", NC_ ("fleet", "pays by the month") },
  { NULL },
};
static const Word lane_states[] = {
  { "free", NC_ ("lane", "free") },
  { "occupied", NC_ ("lane", "occupied") },
  { "blocked", NC_ ("lane", "blocked") },
  { "closed", NC_ ("lane", "closed") },
  { NULL },
};
static const Word swap_steps[] = {
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
static const Word bay_states[] = {
  { "empty", NC_ ("bay", "empty") },
  { "charging", NC_ ("bay", "charging") },
  { "ready", NC_ ("bay", "ready") },
  { "reserved", NC_ ("bay", "reserved") },
  { "locked", NC_ ("bay", "locked") },
  { "faulted", NC_ ("bay", "faulted") },
  { NULL },
};
static const Word battery_places[] = {
  { "vehicle", NC_ ("battery", "in a vehicle") },
  { "bay", NC_ ("battery", "in a bay") },
  { "carrier", NC_ ("battery", "on a carrier") },
  { "workshop", NC_ ("battery", "in the workshop") },
  { "store", NC_ ("battery", "in store") },
  { "unknown", NC_ ("battery", "unknown") },
  { NULL },
};
static const Word fitnesses[] = {
  { "serviceable", NC_ ("battery", "serviceable") },
  { "watch", NC_ ("battery", "to watch") },
  { "quarantined", NC_ ("battery", "quarantined") },
  { "in_repair", NC_ ("battery", "in repair") },
  { "retired", NC_ ("battery", "retired") },
  { "lost", NC_ ("battery", "lost") },
  { NULL },
};
static const Word soh_methods[] = {
  { "capacity_ratio", NC_ ("battery", "capacity left of rated") },
  { "remaining_to_end_of_life", NC_ ("battery", "left until end of life") },
  { NULL },
};
static const Word equipment_kinds[] = {
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
static const Word equipment_states[] = {
  { "normal", NC_ ("equipment", "normal") },
  { "warning", NC_ ("equipment", "warning") },
  { "faulted", NC_ ("equipment", "faulted") },
  { "off", NC_ ("equipment", "off") },
  { NULL },
};
static const Word services[] = {
  { "available", NC_ ("service", "serving") },
  { "degraded", NC_ ("service", "degraded") },
  { "out_of_service", NC_ ("service", "out of service") },
  { "closed", NC_ ("service", "closed") },
  { "in_window", NC_ ("service", "in a maintenance window") },
  { "unknown", NC_ ("service", "unknown") },
  { NULL },
};
static const Word queue_states[] = {
  { "inbound", NC_ ("queue", "on the way") },
  { "waiting", NC_ ("queue", "waiting") },
  { "called", NC_ ("queue", "called") },
  { "in_lane", NC_ ("queue", "in the lane") },
  { NULL },
};
static const Word reaches[] = {
  { "reachable", NC_ ("reach", "can reach a ready pack") },
  { "unreachable", NC_ ("reach", "cannot reach a ready pack") },
  { NULL },
};
static const Word order_kinds[] = {
  { "swap", NC_ ("order", "swap") },
  { "charge", NC_ ("order", "charge") },
  { NULL },
};
static const Word order_processes[] = {
  { "created", NC_ ("order", "created") },
  { "in_progress", NC_ ("order", "in progress") },
  { "completed", NC_ ("order", "completed") },
  { "cancelled", NC_ ("order", "cancelled") },
  { "aborted", NC_ ("order", "aborted") },
  { NULL },
};
static const Word order_payments[] = {
  { "authorised", NC_ ("order", "authorised") },
  { "captured", NC_ ("order", "captured") },
  { "on_account", NC_ ("order", "on account") },
  { "billed", NC_ ("order", "billed") },
  { "paid", NC_ ("order", "paid") },
  { "overdue", NC_ ("order", "overdue") },
  { "refunded", NC_ ("order", "refunded") },
  { NULL },
};
static const Word energy_bases[] = {
  { "meter", NC_ ("order", "station meter") },
  { "pack_meter", NC_ ("order", "pack meter") },
  { "soc_difference", NC_ ("order", "SOC difference") },
  { "km", NC_ ("order", "distance") },
  { "per_swap", NC_ ("order", "per swap") },
  { NULL },
};
static const Word movement_reasons[] = {
  { "swap", NC_ ("movement", "swap") },
  { "delivery", NC_ ("movement", "delivery") },
  { "transfer", NC_ ("movement", "transfer") },
  { "maintenance", NC_ ("movement", "maintenance") },
  { "correction", NC_ ("movement", "correction") },
  { NULL },
};
static const Word driving_event_kinds[] = {
  { "speeding", NC_ ("driving event", "speeding") },
  { "fatigue", NC_ ("driving event", "fatigue") },
  { "low_battery", NC_ ("driving event", "low battery") },
  { NULL },
};
static const Word tell_channels[] = {
  { "sms", NC_ ("telling", "SMS") },
  { "email", NC_ ("telling", "e-mail") },
  { "voice", NC_ ("telling", "phone call") },
  { "webhook", NC_ ("telling", "other program") },
  { "lamp", NC_ ("telling", "lamp") },
  { NULL },
};
static const Word tell_reasons[] = {
  { "rule", NC_ ("telling", "by rule") },
  { "escalation", NC_ ("telling", "nobody had confirmed") },
  { "storm", NC_ ("telling", "many at once") },
  { "test", NC_ ("telling", "test") },
  { "taken_back", NC_ ("telling", "taken back") },
  { "reported", NC_ ("telling", "reported it") },
  { NULL },
};
static const Word tell_states[] = {
  { "queued", NC_ ("telling", "waiting") },
  { "sent", NC_ ("telling", "sent") },
  { "failed", NC_ ("telling", "failed") },
  { "lapsed", NC_ ("telling", "not needed any more") },
  { NULL },
};
static const Word tell_problems[] = {
  { "unreachable", NC_ ("telling", "cannot be reached") },
  { "timed_out", NC_ ("telling", "no answer in time") },
  { "refused", NC_ ("telling", "refused") },
  { "not_allowed", NC_ ("telling", "sign-in refused") },
  { "broken", NC_ ("telling", "answer not understood") },
  { "no_channel", NC_ ("telling", "no such channel any more") },
  { NULL },
};
static const Word tariff_models[] = {
  { "unified", NC_ ("tariff", "one price") },
  { "flat", NC_ ("tariff", "flat rate") },
  { "time_of_use", NC_ ("tariff", "time of use") },
  { "per_swap", NC_ ("tariff", "per swap") },
  { "per_km", NC_ ("tariff", "per kilometre") },
  { NULL },
};

/* Of a station's phones, whose roles anybody may name. */
const char *const sm_phone_roles[] = { "duty", "site", NULL };

static const Word phone_roles[] = {
  { "duty", NC_ ("phone", "on duty") },
  { "site", NC_ ("phone", "at the site") },
  { NULL },
};

static const Word call_outcomes[] = {
  { "answered", NC_ ("call", "answered") },
  { "no_answer", NC_ ("call", "no answer") },
  { NULL },
};

/* Of people, whose role on a roster anybody may name. */
const char *const sm_person_roles[] = { "administrator", "manager", "finance",      "dispatcher",
                                        "operator",      "engineer", "agent",       "service_desk",
                                        "wall",          "guest",   NULL };

static const Word person_roles[] = {
  { "administrator", NC_ ("role", "administrator") },
  { "manager", NC_ ("role", "manager") },
  { "finance", NC_ ("role", "finance") },
  { "dispatcher", NC_ ("role", "dispatcher") },
  { "operator", NC_ ("role", "operator") },
  { "engineer", NC_ ("role", "engineer") },
  { "agent", NC_ ("role", "agent") },
  { "service_desk", NC_ ("role", "service desk") },
  { "wall", NC_ ("role", "wall") },
  { "guest", NC_ ("role", "guest") },
  { NULL },
};

static const Word command_kinds[] = {
  { "reset", NC_ ("command", "reset") },
  { "stop", NC_ ("command", "stop") },
  { "unlock", NC_ ("command", "unlock") },
  { "change_availability", NC_ ("command", "change availability") },
  { "lane_reset", NC_ ("command", "reset the lane") },
  { NULL },
};
static const Word drill_deeds[] = {
  { "fault", NC_ ("drill", "fault") },
  { "silence", NC_ ("drill", "nothing is heard") },
  { "heat", NC_ ("drill", "pack grows hot") },
};

static const Word drill_verdicts[] = {
  { "open", NC_ ("drill", "still to do") },
  { "in_time", NC_ ("drill", "in time") },
  { "late", NC_ ("drill", "too late") },
  { "missed", NC_ ("drill", "missed") },
};

static const Word command_states[] = {
  { "requested", NC_ ("command", "requested") },
  { "sent", NC_ ("command", "sent") },
  { "accepted", NC_ ("command", "accepted") },
  { "succeeded", NC_ ("command", "succeeded") },
  { "rejected", NC_ ("command", "rejected") },
  { "failed", NC_ ("command", "failed") },
  { "timed_out", NC_ ("command", "timed out") },
  { NULL },
};
static const Word command_outcomes[] = {
  { "not_fetched", NC_ ("command", "no gateway came for it") },
  { "not_answered", NC_ ("command", "it went out and was not answered") },
  { "not_done", NC_ ("command", "it was accepted and never done") },
  { "service_stopped", NC_ ("command", "the service was stopped meanwhile") },
  { "late_success", NC_ ("command", "done, but too late") },
  { "late_failure", NC_ ("command", "failed, and said so too late") },
  { NULL },
};
static const Word availabilities[] = {
  { "operative", NC_ ("command", "into operation") },
  { "inoperative", NC_ ("command", "out of operation") },
  { NULL },
};

static const Word window_scopes[] = {
  { "area", NC_ ("window", "area") },           { "station", NC_ ("window", "station") },
  { "lane", NC_ ("window", "lane") },           { "bay", NC_ ("window", "bay") },
  { "pile", NC_ ("window", "charging pile") },  { "equipment", NC_ ("window", "equipment") },
  { "vehicle", NC_ ("window", "vehicle") },     { NULL },
};
static const Word window_risks[] = {
  { "low", NC_ ("window", "low") },
  { "medium", NC_ ("window", "medium") },
  { "high", NC_ ("window", "high") },
  { NULL },
};
static const Word window_suppressions[] = {
  { "all", NC_ ("window", "all but critical alarms") },
  { "minor", NC_ ("window", "minor alarms and notices") },
  { "silence", NC_ ("window", "silence") },
  { "nothing", NC_ ("window", "nothing") },
  { NULL },
};
static const Word window_states[] = {
  { "planned", NC_ ("window", "planned") },
  { "open", NC_ ("window", "open") },
  { "overran", NC_ ("window", "overran") },
  { "closed", NC_ ("window", "closed") },
  { "cancelled", NC_ ("window", "cancelled") },
  { NULL },
};
static const Word answers_as[] = {
  { "holder", NC_ ("desk", "sits there") },
  { "cover", NC_ ("desk", "covers the empty desk") },
  { "away", NC_ ("desk", "away, and nobody covers the desk") },
  { "roster", NC_ ("desk", "on the roster") },
  { "next_in_line", NC_ ("desk", "next in line on the roster") },
  { "main", NC_ ("desk", "has the main desk") },
  { "administrator", NC_ ("desk", "nobody else is there") },
  { NULL },
};
static const Word handover_states[] = {
  { "draft", NC_ ("handover", "not signed") },
  { "given", NC_ ("handover", "signed by who goes") },
  { "taken", NC_ ("handover", "signed by both") },
  { "withdrawn", NC_ ("handover", "withdrawn") },
  { NULL },
};
static const Word work_order_kinds[] = {
  { "repair", NC_ ("work order", "repair") },
  { "inspection", NC_ ("work order", "inspection") },
  { "maintenance", NC_ ("work order", "maintenance") },
  { "installation", NC_ ("work order", "installation") },
  { "rescue", NC_ ("work order", "rescue") },
  { "transfer", NC_ ("work order", "transfer") },
  { "change", NC_ ("work order", "change") },
  { NULL },
};
static const Word work_order_sources[] = {
  { "manual", NC_ ("work order", "by hand") },
  { "scan", NC_ ("work order", "scanned label") },
  { "alarm", NC_ ("work order", "alarm") },
  { "complaint", NC_ ("work order", "complaint") },
  { NULL },
};
static const Word work_order_states[] = {
  { "unaccepted", NC_ ("work order", "nobody has it") },
  { "assigned", NC_ ("work order", "assigned") },
  { "accepted", NC_ ("work order", "accepted") },
  { "travelling", NC_ ("work order", "on the way") },
  { "on_site", NC_ ("work order", "on site") },
  { "in_progress", NC_ ("work order", "being worked on") },
  { "on_hold", NC_ ("work order", "on hold") },
  { "completed", NC_ ("work order", "to be confirmed") },
  { "confirmed", NC_ ("work order", "confirmed") },
  { "cancelled", NC_ ("work order", "cancelled") },
  { NULL },
};
static const Word work_order_fixes[] = {
  { "temporary", NC_ ("work order", "temporary") },
  { "permanent", NC_ ("work order", "permanent") },
  { NULL },
};
static const Word problem_states[] = {
  { "open", NC_ ("problem", "open") },
  { "solved", NC_ ("problem", "solved") },
  { NULL },
};
static const Word certificate_kinds[] = {
  { "high_voltage", NC_ ("certificate", "high voltage") },
  { "low_voltage", NC_ ("certificate", "low voltage") },
  { "battery", NC_ ("certificate", "traction batteries") },
  { "working_at_height", NC_ ("certificate", "working at height") },
  { "fire_safety", NC_ ("certificate", "fire safety") },
  { "special_equipment", NC_ ("certificate", "special equipment") },
  { NULL },
};

static const Word guidance_states[] = {
  { "proposed", NC_ ("guidance", "not sent yet") },
  { "sent", NC_ ("guidance", "sent") },
  { "delivered", NC_ ("guidance", "delivered") },
  { "no_answer", NC_ ("guidance", "no answer, call") },
  { "accepted", NC_ ("guidance", "accepted") },
  { "refused", NC_ ("guidance", "refused") },
  { "arrived", NC_ ("guidance", "arrived") },
  { "lapsed", NC_ ("guidance", "lapsed") },
  { "withdrawn", NC_ ("guidance", "withdrawn") },
  { "rescue", NC_ ("guidance", "rescue is sent") },
  { NULL },
};
static const Word guidance_answers_by[] = {
  { "truck", NC_ ("guidance", "the driver") },
  { "call", NC_ ("guidance", "a call") },
  { NULL },
};
static const Word guidance_calls[] = {
  { "accepted", NC_ ("guidance call", "goes there") },
  { "refused", NC_ ("guidance call", "does not go there") },
  { "unreachable", NC_ ("guidance call", "nobody answered") },
  { NULL },
};
static const Word guidance_lapses[] = {
  { "not_sent", NC_ ("guidance", "it was not sent in time") },
  { "no_answer", NC_ ("guidance", "there was no answer, and nobody called") },
  { "not_arrived", NC_ ("guidance", "the truck did not come") },
  { "pack_gone", NC_ ("guidance", "the pack is not there any more") },
  { "station_down", NC_ ("guidance", "that station does not serve any more") },
  { NULL },
};
static const Word inspection_templates[] = {
  { "swap_station", NC_ ("inspection", "swap station") },
  { "charge_station", NC_ ("inspection", "charging station") },
  { "own", NC_ ("inspection", "one's own template") },
  { NULL },
};
static const Word inspection_states[] = {
  { "planned", NC_ ("inspection", "planned") },
  { "closed", NC_ ("inspection", "closed") },
  { "cancelled", NC_ ("inspection", "cancelled") },
  { NULL },
};
static const Word inspection_scores[] = {
  { "excellent", NC_ ("inspection", "excellent") }, { "good", NC_ ("inspection", "good") },
  { "fair", NC_ ("inspection", "fair") },           { "poor", NC_ ("inspection", "poor") },
  { "failed", NC_ ("inspection", "failed") },       { NULL },
};
static const Word inspection_parts[] = {
  { "sort", NC_ ("inspection", "sort") },
  { "set_in_order", NC_ ("inspection", "set in order") },
  { "shine", NC_ ("inspection", "shine") },
  { "standardise", NC_ ("inspection", "standardise") },
  { "sustain", NC_ ("inspection", "sustain") },
  { "safety", NC_ ("inspection", "safety") },
  { NULL },
};
static const Word incident_kinds[] = {
  { "injury", NC_ ("incident", "injury") },
  { "near_miss", NC_ ("incident", "near miss") },
  { "fire", NC_ ("incident", "fire") },
  { "electric_shock", NC_ ("incident", "electric shock") },
  { "high_voltage_exposure", NC_ ("incident", "high voltage within reach") },
  { "property_damage", NC_ ("incident", "damage to property") },
  { "other", NC_ ("incident", "other") },
  { NULL },
};
static const Word contact_languages[] = {
  { "en", NC_ ("contact", "English") },
  { "zh-CN", NC_ ("contact", "Chinese") },
  { NULL },
};
static const Word incident_states[] = {
  { "reported", NC_ ("incident", "reported") },
  { "closed", NC_ ("incident", "closed") },
  { NULL },
};
static const Word complaint_states[] = {
  { "received", NC_ ("complaint", "received") },
  { "upheld", NC_ ("complaint", "upheld") },
  { "rejected", NC_ ("complaint", "rejected") },
  { NULL },
};

/* What a vehicle was doing when an alarm was raised, as rules tell it. */
static const Word situations[] = {
  { "driving", NC_ ("situation", "driving") },   { "charging", NC_ ("situation", "charging") },
  { "swapping", NC_ ("situation", "swapping") }, { "parked", NC_ ("situation", "parked") },
  { "standing", NC_ ("situation", "standing") }, { NULL },
};

static const Vocabulary vocabularies[] = {
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
  { sm_alarm_states, "alarm", alarm_states },
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
  { sm_tell_channels, "telling", tell_channels },
  { sm_tell_reasons, "telling", tell_reasons },
  { sm_tell_states, "telling", tell_states },
  { sm_tell_problems, "telling", tell_problems },
  { sm_phone_roles, "phone", phone_roles },
  { sm_call_outcomes, "call", call_outcomes },
  { sm_person_roles, "role", person_roles },
  { sm_command_kinds, "command", command_kinds },
  { sm_command_states, "command", command_states },
  { sm_drill_deeds, "drill", drill_deeds },
  { sm_drill_verdicts, "drill", drill_verdicts },
  { sm_command_outcomes, "command", command_outcomes },
  { sm_availabilities, "command", availabilities },
  { sm_window_scopes, "window", window_scopes },
  { sm_window_risks, "window", window_risks },
  { sm_window_suppressions, "window", window_suppressions },
  { sm_window_states, "window", window_states },
  { sm_answers_as, "desk", answers_as },
  { sm_handover_states, "handover", handover_states },
  { sm_work_order_kinds, "work order", work_order_kinds },
  { sm_work_order_sources, "work order", work_order_sources },
  { sm_work_order_states, "work order", work_order_states },
  { sm_work_order_fixes, "work order", work_order_fixes },
  { sm_problem_states, "problem", problem_states },
  { sm_certificate_kinds, "certificate", certificate_kinds },
  { sm_guidance_states, "guidance", guidance_states },
  { sm_guidance_answers_by, "guidance", guidance_answers_by },
  { sm_guidance_calls, "guidance call", guidance_calls },
  { sm_guidance_lapses, "guidance", guidance_lapses },
  { sm_inspection_templates, "inspection", inspection_templates },
  { sm_inspection_states, "inspection", inspection_states },
  { sm_inspection_scores, "inspection", inspection_scores },
  { sm_inspection_parts, "inspection", inspection_parts },
  { sm_incident_kinds, "incident", incident_kinds },
  { sm_incident_states, "incident", incident_states },
  { sm_contact_languages, "contact", contact_languages },
  { sm_complaint_states, "complaint", complaint_states },
};

static const Word *
find_word (const Word *words,
           const char *slug)
{
  for (; words->slug != NULL; words++)
    if (strcmp (words->slug, slug) == 0)
      return words;
  return NULL;
}

static const Word *
find_in_vocabulary (const char *const  *slugs,
                    const char         *slug,
                    const char        **out_context)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vocabularies); i++)
    if (vocabularies[i].slugs == slugs)
      {
        *out_context = vocabularies[i].context;
        return find_word (vocabularies[i].words, slug);
      }
  return NULL;
}

/**
 * sm_word_of_slug:
 * @slugs: the list that the slug is from, as the field table names it
 * @slug: (nullable): a value
 *
 * Returns: (transfer none): what it is called in the interface's language; a
 *   value that this version does not know as it is; an en dash for null
 */
const char *
sm_word_of_slug (const char *const *slugs,
                 const char        *slug)
{
  const char *context = NULL;
  const Word *word;

  if (slug == NULL)
    return "–";
  word = find_in_vocabulary (slugs, slug, &context);
  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, word->word) : slug;
}

/** sm_word_is_known: Whether @slug has a word of ours. */
gboolean
sm_word_is_known (const char *const *slugs,
                  const char        *slug)
{
  const char *context = NULL;

  return find_in_vocabulary (slugs, slug, &context) != NULL;
}

/** sm_word_of_alarm: Returns: (transfer none): what a code is called, of an alarm or of what people report, else the code */
const char *
sm_word_of_alarm (const char *code)
{
  const SmFaultCode *known = sm_fault_code_find (code);
  const char *report = sm_report_english (code);

  if (report != NULL)
    return g_dpgettext2 (GETTEXT_PACKAGE, "report", report);
  return known != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "alarm", known->word) : code;
}

/** sm_word_of_next_step: Returns: (transfer none): what to do first, by its slug, else the slug */
const char *
sm_word_of_next_step (const char *step)
{
  const char *word = sm_fault_code_step_english (step);

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "next step", word) : step;
}

/** sm_word_of_situation: Returns: (transfer none) (nullable): what a vehicle was doing, by its slug */
const char *
sm_word_of_situation (const char *slug)
{
  const Word *word = slug != NULL ? find_word (situations, slug) : NULL;

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "situation", word->word) : NULL;
}

/** sm_word_of_level: Returns: (transfer none): the word for level 1 (critical) to 4 (notice) */
const char *
sm_word_of_level (int level)
{
  switch (level)
    {
    case 1:
      return C_ ("alarm level", "critical");
    case 2:
      return C_ ("alarm level", "major");
    case 3:
      return C_ ("alarm level", "minor");
    default:
      return C_ ("alarm level", "notice");
    }
}

/** sm_word_of_alarm_event: Returns: (transfer none): what happened to an alarm, by a slug of sm_alarm_events */
const char *
sm_word_of_alarm_event (const char *slug,
                        gboolean    is_safety)
{
  static const char *const words[SM_ALARM_N_EVENTS] = {
    [SM_ALARM_EVENT_RAISE] = N_ ("raised"),
    [SM_ALARM_EVENT_RETURN] = N_ ("the condition ended"),
    [SM_ALARM_EVENT_ACKNOWLEDGE] = N_ ("acknowledged"),
    [SM_ALARM_EVENT_RISE] = N_ ("got worse"),
    [SM_ALARM_EVENT_SHELVE] = N_ ("shelved"),
    [SM_ALARM_EVENT_UNSHELVE] = N_ ("not shelved any more"),
    [SM_ALARM_EVENT_SUPPRESS] = N_ ("suppressed"),
    [SM_ALARM_EVENT_UNSUPPRESS] = N_ ("not suppressed any more"),
    [SM_ALARM_EVENT_TAKE_OUT] = N_ ("taken out of service"),
    [SM_ALARM_EVENT_APPROVE_OUT] = N_ ("out of service, approved"),
    [SM_ALARM_EVENT_RETURN_TO_SERVICE] = N_ ("returned to service"),
    [SM_ALARM_EVENT_FOLD] = N_ ("became a part of another alarm"),
    [SM_ALARM_EVENT_UNFOLD] = N_ ("not a part of another alarm any more"),
    [SM_ALARM_EVENT_RELEASE] = N_ ("released from its latch"),
  };

  /* Of safety it only asks for it. */
  if (is_safety && g_strcmp0 (slug, sm_alarm_events[SM_ALARM_EVENT_TAKE_OUT]) == 0)
    return _("asked to be taken out of service");
  for (guint i = 0; i < SM_ALARM_N_EVENTS; i++)
    if (g_strcmp0 (slug, sm_alarm_events[i]) == 0)
      return _(words[i]);
  return slug != NULL ? slug : "–"; /* of a later version */
}
