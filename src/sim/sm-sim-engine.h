/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-report.h"
#include "sm-row.h"
#include "sm-sim-world.h"

G_BEGIN_DECLS

/* Each truck reports once in this time of the machine, however fast the network runs. */
#define SM_SIM_REPORT_PERIOD_S 10

/** SmSimSwap: one swap, done or given up; see sm_sim_swap_to_row(). */
typedef struct
{
  guint vehicle, station, lane;      /* indices in the world; the lane counted from 0 there */
  guint pack_out, pack_in;           /* G_MAXUINT: none */
  gint64 created_us;
  gint64 step_us[SM_SWAP_STEP_RELEASED + 1]; /* SM_UNKNOWN: not come to that */
  gint64 ended_us;                   /* SM_UNKNOWN: goes on */
  guint8 process;                    /* SmOrderProcess */
  gint64 energy_wh;                  /* handed out, by the packs' meters */
  double soc_before, soc_after;
  const char *abnormal;              /* (static) (nullable) */
} SmSimSwap;

/** SmSimPromise: a pack that is held for a truck, both by their ids. */
typedef struct
{
  gint64 battery_id, vehicle_id;
} SmSimPromise;

/** SmSimMovement: a pack that went from one place to another. */
typedef struct
{
  guint pack;
  gint64 at_us;
  guint8 from, to;                   /* SmBatteryPlace */
  gint64 from_id, to_id;             /* of the register */
  guint station, vehicle;            /* of the world */
  gint64 created_us;                 /* of the vehicle's order */
  double soc, soh, spread_mv;
  gint64 charged_wh, throughput_wh;
} SmSimMovement;

typedef struct
{
  guint vehicle;
  guint8 kind;                       /* SmDrivingEventKind */
  gint64 at_us;
  double value, limit_value;
  double latitude, longitude;
} SmSimDrivingEvent;

/** SmSimQuarter: what a site's meter counted in the quarter of an hour that began then. */
typedef struct
{
  guint station;
  gint64 start_us;
  gint64 energy_wh;
} SmSimQuarter;

/**
 * SmSimOutput:
 *
 * What happened, in order of time; whoever runs the engine empties it.
 * Quarters are only written while nobody listens to the sites' meters.
 */
typedef struct
{
  GArray *swaps;     /* of SmSimSwap: at each change of its process */
  GArray *movements; /* of SmSimMovement */
  GArray *events;    /* of SmSimDrivingEvent */
  GArray *quarters;  /* of SmSimQuarter */
  GArray *touched;   /* of guint: stations where something changed, while live; each once */
} SmSimOutput;

/**
 * SmSimEngine:
 *
 * The trucks, swap stations and packs of a world, as they live: a simulation
 * of discrete events, in closed form between them.  A truck and day costs some
 * twenty-five events; what it is at an instant in between (where, how full,
 * how warm) is computed when somebody asks.  The same world and start give the
 * same life, however it is asked.  One thread at a time.
 */
typedef struct _SmSimEngine SmSimEngine;

SmSimEngine *sm_sim_engine_new         (const SmSimWorld  *world,
                                        gint64             start_us);
void         sm_sim_engine_free        (SmSimEngine       *self);

/* Past: only what ended, and quarters.  Live: orders also as they begin. */
void         sm_sim_engine_set_live    (SmSimEngine       *self,
                                        gboolean           is_live);
gint64       sm_sim_engine_now         (const SmSimEngine *self);
void         sm_sim_engine_advance     (SmSimEngine       *self,
                                        gint64             to_us);
SmSimOutput *sm_sim_engine_output      (SmSimEngine       *self);
void         sm_sim_output_clear       (SmSimOutput       *self);
guint64      sm_sim_engine_n_events    (const SmSimEngine *self);

/* Before it has lived at all: what was when the service went away.  First the
 * packs and where they are, then done, then the meters, then the vehicles. */
void         sm_sim_engine_resume_begin (SmSimEngine      *self);
void         sm_sim_engine_resume_pack (SmSimEngine       *self,
                                        guint              pack,
                                        const SmRow       *battery);
void         sm_sim_engine_resume_in_vehicle (SmSimEngine *self,
                                        guint              pack,
                                        guint              vehicle);
void         sm_sim_engine_resume_in_bay (SmSimEngine     *self,
                                        guint              pack,
                                        guint              bay);
void         sm_sim_engine_resume_done (SmSimEngine       *self);
void         sm_sim_engine_resume_meter (SmSimEngine      *self,
                                        guint              station,
                                        gint64             shown_wh);
void         sm_sim_engine_resume_vehicle (SmSimEngine    *self,
                                        guint              vehicle,
                                        const SmVehicleReport *last);

/* At the time it has lived to, or up to its next event. */
gboolean     sm_sim_engine_look_vehicle (SmSimEngine      *self,
                                        guint              vehicle,
                                        gint64             at_us,
                                        SmVehicleReport   *out_report);
gint64       sm_sim_engine_meter_wh    (const SmSimEngine *self,
                                        guint              station,
                                        gint64             at_us);
void         sm_sim_engine_look_station (SmSimEngine      *self,
                                        guint              station,
                                        gint64             at_us,
                                        gboolean           is_whole,
                                        GPtrArray         *rows);
void         sm_sim_engine_balance     (const SmSimEngine *self,
                                        gint64            *out_charged_wh,
                                        gint64            *out_metered_wh);
GPtrArray   *sm_sim_engine_look_packs  (SmSimEngine       *self,
                                        gint64             at_us);

/* What goes wrong, from now on until it is said to be over. */
void         sm_sim_engine_block_lane  (SmSimEngine       *self,
                                        guint              station,
                                        guint              lane,
                                        gboolean           is_blocked);
void         sm_sim_engine_withhold    (SmSimEngine       *self,
                                        const GArray      *ids);
void         sm_sim_engine_promise     (SmSimEngine       *self,
                                        const GArray      *promises);
gboolean     sm_sim_engine_guide       (SmSimEngine       *self,
                                        guint              vehicle,
                                        guint              station);
void         sm_sim_engine_fault_bay   (SmSimEngine       *self,
                                        guint              station,
                                        guint              bay,
                                        gboolean           is_faulted);
void         sm_sim_engine_stop_station (SmSimEngine      *self,
                                        guint              station,
                                        gboolean           is_stopped);
void         sm_sim_engine_silence_vehicle (SmSimEngine   *self,
                                        guint              vehicle,
                                        gboolean           is_silent);
void         sm_sim_engine_end_silence (SmSimEngine       *self);
void         sm_sim_engine_silence_station (SmSimEngine   *self,
                                        guint              station,
                                        gboolean           is_silent);
void         sm_sim_engine_break_down  (SmSimEngine       *self,
                                        guint              vehicle,
                                        gint64             until_us);
void         sm_sim_engine_heat_pack   (SmSimEngine       *self,
                                        guint              vehicle,
                                        double             from_c,
                                        double             to_c,
                                        gint64             until_us);
gboolean     sm_sim_engine_is_driving  (const SmSimEngine *self,
                                        guint              vehicle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SmSimEngine, sm_sim_engine_free)

G_END_DECLS
