/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The values of enumerations, each in the order of its list of slugs in sm-noun.c. */

typedef enum
{
  SM_CONNECTION_ONLINE,
  SM_CONNECTION_ASLEEP,
  SM_CONNECTION_LATE,
  SM_CONNECTION_SILENT,
  SM_CONNECTION_UNKNOWN_DANGER,
  SM_CONNECTION_UNREGISTERED,
} SmConnectionState;

typedef enum
{
  SM_MOTION_DRIVING,
  SM_MOTION_PARKED,
} SmMotion;

typedef enum
{
  SM_ENERGY_IDLE,
  SM_ENERGY_CHARGING,
  SM_ENERGY_SWAPPING,
} SmEnergy;

typedef enum
{
  SM_LANE_STATE_FREE,
  SM_LANE_STATE_OCCUPIED,
  SM_LANE_STATE_BLOCKED,
  SM_LANE_STATE_CLOSED,
} SmLaneState;

typedef enum
{
  SM_SWAP_STEP_QUEUED,
  SM_SWAP_STEP_CALLED,
  SM_SWAP_STEP_POSITIONED,
  SM_SWAP_STEP_IDENTIFIED,
  SM_SWAP_STEP_OLD_OUT,
  SM_SWAP_STEP_NEW_IN,
  SM_SWAP_STEP_LOCKED,
  SM_SWAP_STEP_HV_CHECKED,
  SM_SWAP_STEP_RELEASED,
} SmSwapStep;

typedef enum
{
  SM_BAY_STATE_EMPTY,
  SM_BAY_STATE_CHARGING,
  SM_BAY_STATE_READY,
  SM_BAY_STATE_RESERVED,
  SM_BAY_STATE_LOCKED,
  SM_BAY_STATE_FAULTED,
} SmBayState;

typedef enum
{
  SM_PLACE_VEHICLE,
  SM_PLACE_BAY,
  SM_PLACE_CARRIER,
  SM_PLACE_WORKSHOP,
  SM_PLACE_STORE,
  SM_PLACE_UNKNOWN,
} SmBatteryPlace;

typedef enum
{
  SM_FITNESS_SERVICEABLE,
  SM_FITNESS_WATCH,
  SM_FITNESS_QUARANTINED,
  SM_FITNESS_IN_REPAIR,
  SM_FITNESS_RETIRED,
  SM_FITNESS_LOST,
} SmFitness;

typedef enum
{
  SM_SERVICE_AVAILABLE,
  SM_SERVICE_DEGRADED,
  SM_SERVICE_OUT_OF_SERVICE,
  SM_SERVICE_CLOSED,
  SM_SERVICE_IN_WINDOW,
  SM_SERVICE_UNKNOWN,
} SmServiceState;

typedef enum
{
  SM_QUEUE_INBOUND,
  SM_QUEUE_WAITING,
  SM_QUEUE_CALLED,
  SM_QUEUE_IN_LANE,
} SmQueueState;

typedef enum
{
  SM_REACH_REACHABLE,
  SM_REACH_UNREACHABLE,
} SmReach;

typedef enum
{
  SM_ORDER_KIND_SWAP,
  SM_ORDER_KIND_CHARGE,
} SmOrderKind;

typedef enum
{
  SM_ORDER_PROCESS_CREATED,
  SM_ORDER_PROCESS_IN_PROGRESS,
  SM_ORDER_PROCESS_COMPLETED,
  SM_ORDER_PROCESS_CANCELLED,
  SM_ORDER_PROCESS_ABORTED,
} SmOrderProcess;

typedef enum
{
  SM_TARIFF_MODEL_UNIFIED,
  SM_TARIFF_MODEL_FLAT,
  SM_TARIFF_MODEL_TIME_OF_USE,
  SM_TARIFF_MODEL_PER_SWAP,
  SM_TARIFF_MODEL_PER_KM,
} SmTariffModel;

typedef enum
{
  SM_COMMAND_KIND_RESET,
  SM_COMMAND_KIND_STOP,
  SM_COMMAND_KIND_UNLOCK,
  SM_COMMAND_KIND_CHANGE_AVAILABILITY,
  SM_COMMAND_KIND_LANE_RESET,
  SM_N_COMMAND_KINDS
} SmCommandKind;

typedef enum
{
  SM_COMMAND_STATE_REQUESTED,
  SM_COMMAND_STATE_SENT,
  SM_COMMAND_STATE_ACCEPTED,
  SM_COMMAND_STATE_SUCCEEDED,
  SM_COMMAND_STATE_REJECTED,
  SM_COMMAND_STATE_FAILED,
  SM_COMMAND_STATE_TIMED_OUT,
} SmCommandState;

/* Why it ended as it did, where the state alone does not say it. */
typedef enum
{
  SM_COMMAND_OUTCOME_NOT_FETCHED,    /* timed out: no gateway came for it */
  SM_COMMAND_OUTCOME_NOT_ANSWERED,   /* timed out: it went out, and nobody said a word */
  SM_COMMAND_OUTCOME_NOT_DONE,       /* timed out: it was accepted, and never done */
  SM_COMMAND_OUTCOME_SERVICE_STOPPED, /* timed out: nobody was there to hear the answer */
  SM_COMMAND_OUTCOME_LATE_SUCCESS,   /* timed out, and then done all the same */
  SM_COMMAND_OUTCOME_LATE_FAILURE,
} SmCommandOutcome;

typedef enum
{
  SM_OPERATIVE,
  SM_INOPERATIVE,
} SmOperability;

typedef enum
{
  SM_WINDOW_STATE_PLANNED,   /* until it is approved it does not open */
  SM_WINDOW_STATE_OPEN,
  SM_WINDOW_STATE_OVERRAN,   /* its time is up, and nobody has closed it */
  SM_WINDOW_STATE_CLOSED,
  SM_WINDOW_STATE_CANCELLED,
} SmWindowState;

/* Which alarms of what is worked on are expected; one of safety never is. */
typedef enum
{
  SM_WINDOW_SUPPRESSES_ALL,
  SM_WINDOW_SUPPRESSES_MINOR,   /* levels 3 and 4 */
  SM_WINDOW_SUPPRESSES_SILENCE, /* that nothing is heard of it */
  SM_WINDOW_SUPPRESSES_NOTHING,
} SmWindowSuppression;

typedef enum
{
  SM_DRIVING_EVENT_KIND_SPEEDING,
  SM_DRIVING_EVENT_KIND_FATIGUE,
  SM_DRIVING_EVENT_KIND_LOW_BATTERY,
} SmDrivingEventKind;

typedef enum
{
  SM_EQUIPMENT_KIND_SWAP_ROBOT,
  SM_EQUIPMENT_KIND_CHARGER_MODULE,
  SM_EQUIPMENT_KIND_COOLING,
  SM_EQUIPMENT_KIND_FIRE_SYSTEM,
  SM_EQUIPMENT_KIND_SMOKE_SENSOR,
  SM_EQUIPMENT_KIND_GAS_SENSOR,
  SM_EQUIPMENT_KIND_TEMPERATURE_SENSOR,
  SM_EQUIPMENT_KIND_HUMIDITY_SENSOR,
  SM_EQUIPMENT_KIND_WATER_SENSOR,
  SM_EQUIPMENT_KIND_DOOR_SENSOR,
  SM_EQUIPMENT_KIND_TRANSFORMER,
  SM_EQUIPMENT_KIND_METER,
  SM_EQUIPMENT_KIND_UPS,
  SM_EQUIPMENT_KIND_CAMERA,
  SM_EQUIPMENT_KIND_VCU,
  SM_EQUIPMENT_KIND_MOTOR_CONTROLLER,
  SM_EQUIPMENT_KIND_BMS,
  SM_EQUIPMENT_KIND_TBOX,
  SM_EQUIPMENT_KIND_GATEWAY,
} SmEquipmentKind;

typedef enum
{
  SM_EQUIPMENT_STATE_NORMAL,
  SM_EQUIPMENT_STATE_WARNING,
  SM_EQUIPMENT_STATE_FAULTED,
  SM_EQUIPMENT_STATE_OFF,
} SmEquipmentState;

/* Why it is this person to whom the alarms of a desk belong. */
typedef enum
{
  SM_ANSWERS_AS_HOLDER,        /* who took it over, and sits there */
  SM_ANSWERS_AS_COVER,         /* the desk is empty, and another one covers it */
  SM_ANSWERS_AS_AWAY,          /* the desk is empty and nobody covers it: still who took it over */
  SM_ANSWERS_AS_ROSTER,        /* nobody ever took it over: who is on the roster */
  SM_ANSWERS_AS_NEXT_IN_LINE,  /* likewise, behind somebody who may not any more */
  SM_ANSWERS_AS_MAIN,          /* likewise, and nobody is: who has the main desk */
  SM_ANSWERS_AS_ADMINISTRATOR, /* nobody has that either */
} SmAnswersAs;

typedef enum
{
  SM_HANDOVER_STATE_DRAFT, /* nobody has signed it */
  SM_HANDOVER_STATE_GIVEN, /* who goes has signed it */
  SM_HANDOVER_STATE_TAKEN, /* both have */
  SM_HANDOVER_STATE_WITHDRAWN,
} SmHandoverState;

typedef enum
{
  SM_WORK_ORDER_STATE_UNACCEPTED,
  SM_WORK_ORDER_STATE_ASSIGNED,
  SM_WORK_ORDER_STATE_ACCEPTED,
  SM_WORK_ORDER_STATE_TRAVELLING,
  SM_WORK_ORDER_STATE_ON_SITE,
  SM_WORK_ORDER_STATE_IN_PROGRESS,
  SM_WORK_ORDER_STATE_ON_HOLD,
  SM_WORK_ORDER_STATE_COMPLETED, /* said to be done, and nobody else has looked */
  SM_WORK_ORDER_STATE_CONFIRMED,
  SM_WORK_ORDER_STATE_CANCELLED,
  SM_N_WORK_ORDER_STATES
} SmWorkOrderState;

typedef enum
{
  SM_WORK_ORDER_FIX_TEMPORARY,
  SM_WORK_ORDER_FIX_PERMANENT,
} SmWorkOrderFix;

/* As long as it may still come there, to ACCEPTED, the pack is held. */
typedef enum
{
  SM_GUIDANCE_STATE_PROPOSED,
  SM_GUIDANCE_STATE_SENT,
  SM_GUIDANCE_STATE_DELIVERED,
  SM_GUIDANCE_STATE_NO_ANSWER, /* somebody has to call */
  SM_GUIDANCE_STATE_ACCEPTED,
  SM_GUIDANCE_STATE_REFUSED,
  SM_GUIDANCE_STATE_ARRIVED,
  SM_GUIDANCE_STATE_LAPSED,
  SM_GUIDANCE_STATE_WITHDRAWN,
  SM_GUIDANCE_STATE_RESCUE, /* somebody is sent to it instead */
  SM_N_GUIDANCE_STATES
} SmGuidanceState;

typedef enum
{
  SM_GUIDANCE_ANSWERED_BY_TRUCK,
  SM_GUIDANCE_ANSWERED_BY_CALL,
} SmGuidanceAnsweredBy;

typedef enum
{
  SM_GUIDANCE_CALL_ACCEPTED,
  SM_GUIDANCE_CALL_REFUSED,
  SM_GUIDANCE_CALL_UNREACHABLE,
} SmGuidanceCall;

typedef enum
{
  SM_GUIDANCE_LAPSE_NOT_SENT,
  SM_GUIDANCE_LAPSE_NO_ANSWER,
  SM_GUIDANCE_LAPSE_NOT_ARRIVED,
  SM_GUIDANCE_LAPSE_PACK_GONE,
  SM_GUIDANCE_LAPSE_STATION_DOWN,
} SmGuidanceLapse;

/* By what somebody goes through a station. */
typedef enum
{
  SM_INSPECTION_TEMPLATE_SWAP_STATION,
  SM_INSPECTION_TEMPLATE_CHARGE_STATION,
  SM_INSPECTION_TEMPLATE_OWN, /* its template_id says which */
} SmInspectionTemplate;

typedef enum
{
  SM_INSPECTION_STATE_PLANNED,
  SM_INSPECTION_STATE_CLOSED,
  SM_INSPECTION_STATE_CANCELLED,
} SmInspectionState;

/* How it was found; what is poor or worse is a finding. */
typedef enum
{
  SM_INSPECTION_SCORE_EXCELLENT,
  SM_INSPECTION_SCORE_GOOD,
  SM_INSPECTION_SCORE_FAIR,
  SM_INSPECTION_SCORE_POOR,
  SM_INSPECTION_SCORE_FAILED,
} SmInspectionScore;

typedef enum
{
  SM_INCIDENT_STATE_REPORTED,
  SM_INCIDENT_STATE_CLOSED,
} SmIncidentState;

typedef enum
{
  SM_COMPLAINT_STATE_RECEIVED,
  SM_COMPLAINT_STATE_UPHELD,
  SM_COMPLAINT_STATE_REJECTED,
} SmComplaintState;

G_END_DECLS
