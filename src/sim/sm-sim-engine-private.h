/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-sim-engine.h"
#include "sm-sim-heap.h"
#include "sm-sim-pack.h"

G_BEGIN_DECLS

#define NONE G_MAXUINT32

typedef enum
{
  SM_SIM_STANDING, /* loads, unloads, waits for work */
  SM_SIM_RESTING,
  SM_SIM_SLEEPING,
  SM_SIM_DRIVING,
  SM_SIM_WAITING,  /* in a station's queue */
  SM_SIM_SWAPPING, /* called, then in the lane */
  SM_SIM_STRANDED,
} SmSimPhase;

typedef enum
{
  SM_SIM_WAY_OUT,  /* from where it stood to the nearest place of the roads */
  SM_SIM_WAY_ROAD, /* between two of them */
  SM_SIM_WAY_IN,   /* from the last of them to where it will stand */
} SmSimWay;

typedef struct
{
  double latitude, longitude;
  guint16 site;
} SmSimSpot;

/** SmSimTruckNow: one truck, since its last event. */
typedef struct
{
  SmRandom random;
  SmSimPhase phase;
  SmSimWay way;
  gint64 since_us, until_us; /* of the phase, or of the leg it drives */
  SmSimSpot at;              /* where it stands, or came from */
  SmSimSpot to;              /* where it stands next */
  SmSimSpot goal;            /* where its work is, beyond a station on the way */
  guint16 next_site;         /* of the leg it drives */
  gboolean is_homeward;
  SmSimLeg leg;
  double ripple, waves;      /* its speed swings by this part, so often a leg */
  double odometer_m;         /* at the beginning of the leg */
  double load_t;
  double wh_per_m;
  guint32 pack;              /* of packs, NONE in the middle of a swap */
  guint32 station;           /* where it goes, waits or is served, or NONE */
  guint32 lane;              /* of lanes */
  gint64 queue_since_us, eta_us;
  double margin;             /* of the pack, what its driver wants to have left */
  double leisure;            /* how long it waits for its next work */
  gint64 awake_us;           /* since the last real rest */
  gint64 wake_us;
  gint64 shift_start_us, shift_end_us; /* within the local day */
  SmSimFill fill;            /* while it is plugged in */
  gboolean is_plugged, has_plug, is_careless;
  gboolean was_tired, was_low;
  gboolean has_logged_out, is_silent;
  double heat_c;             /* beyond what is usual */
  gint64 heat_until_us;
} SmSimTruckNow;

/** SmSimLaneNow: one lane, and the swap that goes on in it. */
typedef struct
{
  guint32 truck;   /* NONE: free */
  gint64 since_us;
  SmSimSwap swap;
  guint8 step;     /* SmSwapStep: the last that was booked */
  guint8 fails_at; /* 255: all goes well */
  guint32 bay_in;  /* where the new pack comes from, of bays */
  guint32 bay_out; /* where the old one goes; NONE: the robot holds it until bay_in is free */
  gboolean is_blocked;
} SmSimLaneNow;

typedef struct
{
  guint32 pack;         /* NONE: empty */
  guint32 reserved_for; /* truck: its new pack waits here; or the place is kept for its old one */
  SmSimFill fill;       /* since the station's last booking */
  gboolean is_faulted;
} SmSimBayNow;

/** SmSimStationNow: one station, since its last booking. */
typedef struct
{
  GArray *queue;        /* of guint32: trucks, first come first */
  gint64 booked_us;
  gint64 dc_wh;         /* into the packs in its bays */
  double aux_wh;
  double aux_kw;
  gint64 meter_from_wh; /* what the meter showed when all this began */
  gint64 quarter_wh;    /* what it showed at the last quarter of an hour */
  gint64 quarter_us;    /* the end of the one that runs */
  guint n_inbound;
  gboolean is_stopped, is_silent;
  gboolean was_touched; /* since somebody looked */
} SmSimStationNow;

struct _SmSimEngine
{
  const SmSimWorld *world;
  gint64 now_us;
  gint64 zone_us;           /* local time is so much later than UTC */
  gboolean is_live;
  guint64 n_events;
  SmSimHeap *heap;          /* trucks, then stations */
  SmSimTruckNow *trucks;
  SmSimStationNow *stations;
  SmSimLaneNow *lanes;
  SmSimBayNow *bays;
  SmSimPackNow *packs;
  guint8 *withheld;         /* of each pack whether it is kept apart */
  guint32 *promised;        /* of each pack the truck that it is held for, or NONE */
  guint32 *near;            /* for each site the stations around it, NONE-filled */
  SmSimOutput output;
};

#define SM_SIM_N_NEAR 16

/* sm-sim-engine.c */
gint64   sm_sim_engine_pack_place_id   (SmSimEngine     *self,
                                        guint            pack);
void     sm_sim_engine_move_pack       (SmSimEngine     *self,
                                        guint            pack,
                                        SmBatteryPlace   to,
                                        guint            to_index,
                                        guint            station,
                                        guint            vehicle,
                                        gint64           created_us,
                                        gint64           at_us);

/* sm-sim-life.c */
double   sm_sim_truck_at               (const SmSimEngine *self,
                                        guint            truck,
                                        gint64           at_us,
                                        SmSimPackNow    *out_pack);
void     sm_sim_truck_begin            (SmSimEngine     *self,
                                        guint            truck);
void     sm_sim_truck_happen           (SmSimEngine     *self,
                                        guint            truck);
void     sm_sim_truck_after_swap       (SmSimEngine     *self,
                                        guint            truck);
void     sm_sim_truck_set_phase        (SmSimEngine     *self,
                                        guint            truck,
                                        SmSimPhase       phase,
                                        gint64           until_us);
void     sm_sim_truck_warm             (SmSimEngine     *self,
                                        guint            truck);
void     sm_sim_truck_book             (SmSimEngine     *self,
                                        guint            truck,
                                        gint64           at_us);

/* sm-sim-route.c */
gboolean sm_sim_route_depart           (SmSimEngine     *self,
                                        guint            truck,
                                        SmSimSpot        goal);
void     sm_sim_route_go_on            (SmSimEngine     *self,
                                        guint            truck);
gboolean sm_sim_route_divert           (SmSimEngine     *self,
                                        guint            truck,
                                        guint            station);
gboolean sm_sim_route_arrive           (SmSimEngine     *self,
                                        guint            truck);
double   sm_sim_route_along_m          (const SmSimTruckNow *truck,
                                        gint64           at_us,
                                        double          *out_kmh);

/* sm-sim-station.c */
void     sm_sim_station_begin          (SmSimEngine     *self,
                                        guint            station);
void     sm_sim_station_happen         (SmSimEngine     *self,
                                        guint            station);
void     sm_sim_station_enter          (SmSimEngine     *self,
                                        guint            station,
                                        guint            truck);
void     sm_sim_station_leave          (SmSimEngine     *self,
                                        guint            station,
                                        guint            truck);
void     sm_sim_station_tell_open      (SmSimEngine     *self,
                                        guint            station);
void     sm_sim_station_step           (SmSimEngine     *self,
                                        guint            truck);
void     sm_sim_station_changed        (SmSimEngine     *self,
                                        guint            station);
gboolean sm_sim_station_is_open        (SmSimEngine     *self,
                                        guint            station,
                                        gint64           at_us);
double   sm_sim_station_wait_s         (SmSimEngine     *self,
                                        guint            station,
                                        guint            truck);
double   sm_sim_station_stored_wh      (SmSimEngine     *self,
                                        guint            station,
                                        guint            bay,
                                        gint64           at_us);

G_END_DECLS
