/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sm-words-private.h"

#include "sm-call.h"
#include "sm-words.h"

#include <glib/gi18n-lib.h>

/* What persons do, are told and agree on. */

static const SmWord alarm_states[] = {
  { "unacked", NC_ ("alarm", "not acknowledged") },
  { "acked", NC_ ("alarm", "acknowledged") },
  { "returned_unacked", NC_ ("alarm", "over, not acknowledged") },
  { "latched", NC_ ("alarm", "over, to be released") },
  { "normal", NC_ ("alarm", "over") },
  { NULL },
};
static const SmWord tell_channels[] = {
  { "sms", NC_ ("telling", "SMS") },
  { "email", NC_ ("telling", "e-mail") },
  { "voice", NC_ ("telling", "phone call") },
  { "webhook", NC_ ("telling", "other program") },
  { "lamp", NC_ ("telling", "lamp") },
  { NULL },
};
static const SmWord tell_reasons[] = {
  { "rule", NC_ ("telling", "by rule") },
  { "escalation", NC_ ("telling", "nobody had confirmed") },
  { "storm", NC_ ("telling", "many at once") },
  { "test", NC_ ("telling", "test") },
  { "taken_back", NC_ ("telling", "taken back") },
  { "reported", NC_ ("telling", "reported it") },
  { "ending", NC_ ("telling", "certificate ends") },
  { NULL },
};
static const SmWord tell_states[] = {
  { "queued", NC_ ("telling", "waiting") },
  { "sent", NC_ ("telling", "sent") },
  { "failed", NC_ ("telling", "failed") },
  { "lapsed", NC_ ("telling", "not needed any more") },
  { NULL },
};
static const SmWord tell_problems[] = {
  { "unreachable", NC_ ("telling", "cannot be reached") },
  { "timed_out", NC_ ("telling", "no answer in time") },
  { "refused", NC_ ("telling", "refused") },
  { "not_allowed", NC_ ("telling", "sign-in refused") },
  { "broken", NC_ ("telling", "answer not understood") },
  { "no_channel", NC_ ("telling", "no such channel any more") },
  { "too_many", NC_ ("telling", "too many in this hour") },
  { NULL },
};

/* Of a station's phones, whose roles anybody may name. */
const char *const sm_phone_roles[] = { "duty", "site", NULL };

static const SmWord phone_roles[] = {
  { "duty", NC_ ("phone", "on duty") },
  { "site", NC_ ("phone", "at the site") },
  { NULL },
};
static const SmWord call_outcomes[] = {
  { "answered", NC_ ("call", "answered") },
  { "no_answer", NC_ ("call", "no answer") },
  { NULL },
};

/* Of people, whose role on a roster anybody may name. */
const char *const sm_person_roles[] = { "administrator", "manager", "finance",      "dispatcher",
                                        "operator",      "engineer", "agent",       "service_desk",
                                        "wall",          "guest",   NULL };

static const SmWord person_roles[] = {
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
static const SmWord command_kinds[] = {
  { "reset", NC_ ("command", "reset") },
  { "stop", NC_ ("command", "stop") },
  { "unlock", NC_ ("command", "unlock") },
  { "change_availability", NC_ ("command", "change availability") },
  { "lane_reset", NC_ ("command", "reset the lane") },
  { NULL },
};
static const SmWord drill_deeds[] = {
  { "fault", NC_ ("drill", "fault") },
  { "silence", NC_ ("drill", "nothing is heard") },
  { "heat", NC_ ("drill", "pack grows hot") },
  { NULL },
};
static const SmWord drill_verdicts[] = {
  { "open", NC_ ("drill", "still to do") },
  { "in_time", NC_ ("drill", "in time") },
  { "late", NC_ ("drill", "too late") },
  { "missed", NC_ ("drill", "missed") },
  { NULL },
};
static const SmWord command_states[] = {
  { "requested", NC_ ("command", "requested") },
  { "sent", NC_ ("command", "sent") },
  { "accepted", NC_ ("command", "accepted") },
  { "succeeded", NC_ ("command", "succeeded") },
  { "rejected", NC_ ("command", "rejected") },
  { "failed", NC_ ("command", "failed") },
  { "timed_out", NC_ ("command", "timed out") },
  { NULL },
};
static const SmWord command_outcomes[] = {
  { "not_fetched", NC_ ("command", "no gateway came for it") },
  { "not_answered", NC_ ("command", "it went out and was not answered") },
  { "not_done", NC_ ("command", "it was accepted and never done") },
  { "service_stopped", NC_ ("command", "the service was stopped meanwhile") },
  { "late_success", NC_ ("command", "done, but too late") },
  { "late_failure", NC_ ("command", "failed, and said so too late") },
  { NULL },
};
static const SmWord availabilities[] = {
  { "operative", NC_ ("command", "into operation") },
  { "inoperative", NC_ ("command", "out of operation") },
  { NULL },
};
static const SmWord window_scopes[] = {
  { "area", NC_ ("window", "area") },           { "station", NC_ ("window", "station") },
  { "lane", NC_ ("window", "lane") },           { "bay", NC_ ("window", "bay") },
  { "pile", NC_ ("window", "charging pile") },  { "equipment", NC_ ("window", "equipment") },
  { "vehicle", NC_ ("window", "vehicle") },     { NULL },
};
static const SmWord window_risks[] = {
  { "low", NC_ ("window", "low") },
  { "medium", NC_ ("window", "medium") },
  { "high", NC_ ("window", "high") },
  { NULL },
};
static const SmWord window_suppressions[] = {
  { "all", NC_ ("window", "all but critical alarms") },
  { "minor", NC_ ("window", "minor alarms and notices") },
  { "silence", NC_ ("window", "silence") },
  { "nothing", NC_ ("window", "nothing") },
  { NULL },
};
static const SmWord window_states[] = {
  { "planned", NC_ ("window", "planned") },
  { "open", NC_ ("window", "open") },
  { "overran", NC_ ("window", "overran") },
  { "closed", NC_ ("window", "closed") },
  { "cancelled", NC_ ("window", "cancelled") },
  { NULL },
};
static const SmWord answers_as[] = {
  { "holder", NC_ ("desk", "sits there") },
  { "cover", NC_ ("desk", "covers the empty desk") },
  { "away", NC_ ("desk", "away, and nobody covers the desk") },
  { "roster", NC_ ("desk", "on the roster") },
  { "next_in_line", NC_ ("desk", "next in line on the roster") },
  { "main", NC_ ("desk", "has the main desk") },
  { "administrator", NC_ ("desk", "nobody else is there") },
  { NULL },
};
static const SmWord handover_states[] = {
  { "draft", NC_ ("handover", "not signed") },
  { "given", NC_ ("handover", "signed by who goes") },
  { "taken", NC_ ("handover", "signed by both") },
  { "withdrawn", NC_ ("handover", "withdrawn") },
  { NULL },
};
static const SmWord work_order_kinds[] = {
  { "repair", NC_ ("work order", "repair") },
  { "inspection", NC_ ("work order", "inspection") },
  { "maintenance", NC_ ("work order", "maintenance") },
  { "installation", NC_ ("work order", "installation") },
  { "rescue", NC_ ("work order", "rescue") },
  { "transfer", NC_ ("work order", "transfer") },
  { "change", NC_ ("work order", "change") },
  { NULL },
};
static const SmWord work_order_sources[] = {
  { "manual", NC_ ("work order", "by hand") },
  { "scan", NC_ ("work order", "scanned label") },
  { "alarm", NC_ ("work order", "alarm") },
  { "complaint", NC_ ("work order", "complaint") },
  { NULL },
};
static const SmWord work_order_states[] = {
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
static const SmWord work_order_fixes[] = {
  { "temporary", NC_ ("work order", "temporary") },
  { "permanent", NC_ ("work order", "permanent") },
  { NULL },
};
static const SmWord problem_states[] = {
  { "open", NC_ ("problem", "open") },
  { "solved", NC_ ("problem", "solved") },
  { NULL },
};
static const SmWord certificate_kinds[] = {
  { "high_voltage", NC_ ("certificate", "high voltage") },
  { "low_voltage", NC_ ("certificate", "low voltage") },
  { "battery", NC_ ("certificate", "traction batteries") },
  { "working_at_height", NC_ ("certificate", "working at height") },
  { "fire_safety", NC_ ("certificate", "fire safety") },
  { "special_equipment", NC_ ("certificate", "special equipment") },
  { NULL },
};
static const SmWord guidance_states[] = {
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
static const SmWord guidance_answers_by[] = {
  { "truck", NC_ ("guidance", "the driver") },
  { "call", NC_ ("guidance", "a call") },
  { NULL },
};
static const SmWord guidance_calls[] = {
  { "accepted", NC_ ("guidance call", "goes there") },
  { "refused", NC_ ("guidance call", "does not go there") },
  { "unreachable", NC_ ("guidance call", "nobody answered") },
  { NULL },
};
static const SmWord guidance_lapses[] = {
  { "not_sent", NC_ ("guidance", "it was not sent in time") },
  { "no_answer", NC_ ("guidance", "there was no answer, and nobody called") },
  { "not_arrived", NC_ ("guidance", "the truck did not come") },
  { "pack_gone", NC_ ("guidance", "the pack is not there any more") },
  { "station_down", NC_ ("guidance", "that station does not serve any more") },
  { NULL },
};
static const SmWord inspection_templates[] = {
  { "swap_station", NC_ ("inspection", "swap station") },
  { "charge_station", NC_ ("inspection", "charging station") },
  { "own", NC_ ("inspection", "one's own template") },
  { NULL },
};
static const SmWord inspection_states[] = {
  { "planned", NC_ ("inspection", "planned") },
  { "closed", NC_ ("inspection", "closed") },
  { "cancelled", NC_ ("inspection", "cancelled") },
  { NULL },
};
static const SmWord inspection_scores[] = {
  { "excellent", NC_ ("inspection", "excellent") }, { "good", NC_ ("inspection", "good") },
  { "fair", NC_ ("inspection", "fair") },           { "poor", NC_ ("inspection", "poor") },
  { "failed", NC_ ("inspection", "failed") },       { NULL },
};
static const SmWord inspection_parts[] = {
  { "sort", NC_ ("inspection", "sort") },
  { "set_in_order", NC_ ("inspection", "set in order") },
  { "shine", NC_ ("inspection", "shine") },
  { "standardise", NC_ ("inspection", "standardise") },
  { "sustain", NC_ ("inspection", "sustain") },
  { "safety", NC_ ("inspection", "safety") },
  { NULL },
};
static const SmWord incident_kinds[] = {
  { "injury", NC_ ("incident", "injury") },
  { "near_miss", NC_ ("incident", "near miss") },
  { "fire", NC_ ("incident", "fire") },
  { "electric_shock", NC_ ("incident", "electric shock") },
  { "high_voltage_exposure", NC_ ("incident", "high voltage within reach") },
  { "property_damage", NC_ ("incident", "damage to property") },
  { "other", NC_ ("incident", "other") },
  { NULL },
};
static const SmWord contact_languages[] = {
  { "en", NC_ ("contact", "English") },
  { "zh-CN", NC_ ("contact", "Chinese") },
  { NULL },
};
static const SmWord incident_states[] = {
  { "reported", NC_ ("incident", "reported") },
  { "closed", NC_ ("incident", "closed") },
  { NULL },
};
static const SmWord complaint_states[] = {
  { "received", NC_ ("complaint", "received") },
  { "upheld", NC_ ("complaint", "upheld") },
  { "rejected", NC_ ("complaint", "rejected") },
  { NULL },
};

const SmVocabulary sm_words_of_work[] = {
  { sm_alarm_states, "alarm", alarm_states },
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
  { NULL },
};
