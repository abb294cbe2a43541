/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-fault-code.h"
#include "sm-random.h"
#include "sm-sim-faults.h"

G_BEGIN_DECLS

/* What makes a thing fail more often than others do. */
typedef enum
{
  STEADY,
  BY_HEAT,
  BY_COLD,
  BY_DAMP,
} SmSimWeather;

/* What it does beyond being said. */
typedef enum
{
  NOTHING,
  BLOCKS_LANE,
  FAULTS_BAY,
  STOPS_STATION,
  STRANDS,
  HEATS,
  SILENCES_VEHICLE,
  SILENCES_STATION,
} SmSimConsequence;

typedef struct
{
  const char *code;      /* of sm_fault_code_find(); NULL: it is only felt */
  SmNounId noun;         /* when there is no code */
  double per_year;       /* and thing, of middle age in mild weather */
  double minutes;        /* until it passes, or of work once an engineer is there */
  SmSimWeather weather;
  gboolean ages;
  gboolean needs_engineer;
  SmSimConsequence consequence;
} SmSimHabit;

#define SM_SIM_N_HABITS 45

extern const SmSimHabit sm_sim_habits[SM_SIM_N_HABITS];

typedef struct
{
  guint habit;
  guint subject;       /* of vehicles, packs, equipment or stations, as the habit has it */
  gint64 until_us;     /* G_MAXINT64: waits for somebody */
  gint64 call_us;      /* when to call (again); G_MAXINT64: somebody comes */
  double work_s;
  gboolean has_begun;  /* it was told */
  gint64 since_us;
} SmSimTrouble;

struct _SmSimFaults
{
  const SmSimWorld *world;
  SmSimPeople *people;
  SmRandom random;
  gint64 now_us;
  GArray *of_kind[SM_EQUIPMENT_KIND_GATEWAY + 1]; /* of guint: equipment */
  const SmFaultCode *codes[SM_SIM_N_HABITS];
  guint n_subjects[SM_SIM_N_HABITS];
  gint64 next_us[SM_SIM_N_HABITS];
  char *sender_codes[SM_SIM_N_HABITS];
  char *sender_texts[SM_SIM_N_HABITS];
  GArray *troubles;    /* of SmSimTrouble */
};

SmNounId              sm_sim_faults_noun_of         (const SmSimFaults *self,
                                                     guint              habit);
gboolean              sm_sim_faults_is_of_equipment (const SmSimFaults *self,
                                                     guint              habit);
const SmSimEquipment *sm_sim_faults_equipment_of    (const SmSimFaults *self,
                                                     guint              subject);
gboolean              sm_sim_faults_is_troubled     (const SmSimFaults *self,
                                                     guint              habit,
                                                     guint              subject);
gint64                sm_sim_faults_id_of           (const SmSimFaults *self,
                                                     const SmSimTrouble *trouble);
void                  sm_sim_faults_add_trouble     (SmSimFaults       *self,
                                                     guint              habit,
                                                     guint              subject,
                                                     gint64             at_us);
void                  sm_sim_faults_place_of        (const SmSimFaults *self,
                                                     guint              habit,
                                                     guint              subject,
                                                     double            *out_latitude,
                                                     double            *out_longitude);

G_END_DECLS
