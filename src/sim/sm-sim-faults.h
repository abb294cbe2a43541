/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-report.h"
#include "sm-sim-engine.h"
#include "sm-sim-people.h"

G_BEGIN_DECLS

/** SmSimEffect: What a fault does to those who live there: it begins, or it is over. */
typedef struct
{
  enum
  {
    SM_SIM_EFFECT_BLOCK_LANE,
    SM_SIM_EFFECT_FAULT_BAY,
    SM_SIM_EFFECT_STOP_STATION,
    SM_SIM_EFFECT_SILENCE_STATION,
    SM_SIM_EFFECT_SILENCE_VEHICLE,
    SM_SIM_EFFECT_BREAK_DOWN,
    SM_SIM_EFFECT_HEAT_PACK,
  } kind;
  guint index;     /* of the world's stations or vehicles */
  guint part;      /* lane or bay, counted from 0 */
  gboolean begins;
  gint64 until_us;
  double to_c;
} SmSimEffect;

/**
 * SmSimFaults:
 *
 * What goes wrong, by the kind of thing, its age and the weather, and how long
 * it stays so: some things pass, others wait for an engineer.  One thread at
 * a time.
 */
typedef struct _SmSimFaults SmSimFaults;

SmSimFaults *sm_sim_faults_new     (const SmSimWorld  *world,
                                    SmSimPeople       *people,
                                    gint64             now_us);
void         sm_sim_faults_free    (SmSimFaults       *self);
void         sm_sim_faults_begin   (SmSimFaults       *self,
                                    GPtrArray         *rows);
void         sm_sim_faults_advance (SmSimFaults       *self,
                                    gint64             now_us,
                                    GArray            *reports,
                                    GArray            *effects,
                                    GPtrArray         *rows);
gboolean     sm_sim_faults_inject  (SmSimFaults       *self,
                                    const char        *code,
                                    guint              subject,
                                    gint64             at_us,
                                    gint64             until_us);
gboolean     sm_sim_faults_silence (SmSimFaults       *self,
                                    SmNounId           noun,
                                    guint              index,
                                    gint64             at_us,
                                    gint64             until_us);
gboolean     sm_sim_faults_find    (const SmSimFaults *self,
                                    const char        *code,
                                    SmNounId           noun,
                                    guint              index,
                                    guint             *out_subject);
gboolean     sm_sim_faults_reset   (SmSimFaults       *self,
                                    gint64             equipment_id,
                                    gint64             now_us);
gboolean     sm_sim_faults_entrust (SmSimFaults       *self,
                                    SmNounId           noun,
                                    gint64             id,
                                    const char        *code,
                                    gint64             until_us,
                                    double            *out_work_s,
                                    double            *out_latitude,
                                    double            *out_longitude);
void         sm_sim_faults_mend    (SmSimFaults       *self,
                                    SmNounId           noun,
                                    gint64             id,
                                    const char        *code,
                                    gint64             at_us);
void         sm_sim_effect_apply   (const SmSimEffect *self,
                                    SmSimEngine       *engine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimFaults, sm_sim_faults_free)

G_END_DECLS
