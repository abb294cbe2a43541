/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-random.h"
#include "sm-report.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

/* Of a hundred Wh that a pack's own meter counts into it, this many come out
 * again: stored = charged x 95 / 100 - throughput, in whole Wh, at every
 * instant and for every pack.  Throughput is what was taken out. */
#define SM_SIM_PACK_YIELD 95

/** SmSimPackNow: one pack, as booked at @at_us; in between it is computed. */
typedef struct
{
  const SmSimModel *model;
  gint64 charged_wh, throughput_wh;
  double wear;            /* equivalent full cycles, each counted by how warm it was */
  double soh;             /* %, follows from wear */
  double temperature_c;   /* of the warmest probe */
  gint64 at_us;
  float habit_c;          /* how much warmer than others it runs */
  float spread_new_mv;    /* what it had when new */
  float spread_growth_mv; /* what it gets over its life */
  float insulation_ohm_per_v;
  guint8 place;           /* SmBatteryPlace */
  guint32 place_index;    /* of the truck or the bay */
  gint64 placed_us;       /* when it came there; SM_UNKNOWN: before all this began */
  guint8 hot_probe, cold_probe;
  guint16 high_cell, low_cell;
} SmSimPackNow;

/** SmSimFill: how a pack is being filled from some moment on: full power, then less and less. */
typedef struct
{
  double from_wh;   /* stored at the beginning */
  double knee_wh;   /* from where on it takes less */
  double width_wh;  /* beyond that it falls by e with this */
  double wh_per_s;  /* stored, before the knee */
} SmSimFill;

void      sm_sim_pack_init          (SmSimPackNow        *self,
                                     const SmSimWorld    *world,
                                     guint                index,
                                     gint64               at_us);
void      sm_sim_pack_resume        (SmSimPackNow           *self,
                                     gint64               charged_wh,
                                     gint64               throughput_wh,
                                     double               soh,
                                     double               temperature_c,
                                     gint64               at_us);

static inline gint64
sm_sim_pack_stored_wh (const SmSimPackNow *self)
{
  return self->charged_wh * SM_SIM_PACK_YIELD / 100 - self->throughput_wh;
}

static inline double
sm_sim_pack_capacity_wh (const SmSimPackNow *self)
{
  return (double) self->model->nominal_wh * self->soh / 100.0;
}

static inline double
sm_sim_pack_soc (const SmSimPackNow *self)
{
  return CLAMP ((double) sm_sim_pack_stored_wh (self) / sm_sim_pack_capacity_wh (self) * 100.0,
                0.0, 100.0);
}

void      sm_sim_pack_drain         (SmSimPackNow           *self,
                                     double               wh);
void      sm_sim_pack_fill_to       (SmSimPackNow           *self,
                                     double               stored_wh);
void      sm_sim_pack_warm          (SmSimPackNow           *self,
                                     double               target_c,
                                     gint64               at_us);
double    sm_sim_pack_spread_mv     (const SmSimPackNow     *self);
void      sm_sim_pack_report        (const SmSimPackNow     *self,
                                     double               power_kw,
                                     SmPackReport        *out_report);

SmSimFill sm_sim_fill_new           (const SmSimPackNow     *pack,
                                     double               power_kw);
double    sm_sim_fill_stored_wh     (const SmSimFill     *self,
                                     double               seconds);
double    sm_sim_fill_power_kw      (const SmSimFill     *self,
                                     double               stored_wh);
double    sm_sim_fill_seconds_to    (const SmSimFill     *self,
                                     double               stored_wh);

G_END_DECLS
