/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-truck.h"

G_BEGIN_DECLS

/* Each truck reports once in this time of the machine, however fast the network runs. */
#define SM_SIM_REPORT_PERIOD_S 10

/**
 * SmSimTrucks:
 *
 * All trucks of a network, and whose turn it is to report: one after the
 * other, evenly over the period, stamped by the time it was due and not by the
 * time it was sent.  One thread at a time.
 */
typedef struct _SmSimTrucks SmSimTrucks;

SmSimTrucks *sm_sim_trucks_new       (guint64                 seed,
                                      const SmSimRoads       *roads,
                                      guint                   n,
                                      gint64                  start_us,
                                      double                  rate);
void         sm_sim_trucks_free      (SmSimTrucks            *self);
void         sm_sim_trucks_set_id    (SmSimTrucks            *self,
                                      guint                   index,
                                      gint64                  id,
                                      const char             *vin);
void         sm_sim_trucks_resume    (SmSimTrucks            *self,
                                      guint                   index,
                                      const SmVehicleReport  *last);
void         sm_sim_trucks_begin_with_trouble (SmSimTrucks   *self);
gint64       sm_sim_trucks_next_due  (const SmSimTrucks      *self);
void         sm_sim_trucks_skip_to   (SmSimTrucks            *self,
                                      gint64                  now_us);
guint        sm_sim_trucks_report    (SmSimTrucks            *self,
                                      gint64                  now_us,
                                      guint                   limit,
                                      GArray                 *reports);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimTrucks, sm_sim_trucks_free)

G_END_DECLS
