/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sm-time.h"

G_BEGIN_DECLS

/*
 * Who goes to which order, in what time, and why not somebody else.  Skills, certificates and
 * parts are sets of up to 64, a bit each; whose bit is which is up to who asks.
 */

/* How much longer than the great circle a road is: the mean of China's, in R. H. Ballou,
 * H. Rahardja and N. Sakai, "Selected country circuity factors for road travel distance
 * estimation", Transportation Research Part A 36 (2002) 843-848. */
#define SM_DISPATCH_ROAD_FACTOR 1.33

/** SmDispatchPlan: What is taken for granted. */
typedef struct
{
  gint64 now_us;
  double road_factor;
  double speed_kmh;    /* door to door */
  gint64 set_out_s;    /* until somebody sits in the van */
  gint64 slot_s;       /* what one job takes with its way, where more wait in front */
  gint64 part_delay_s; /* until a part comes that neither van nor service point has */
  double farthest_m;   /* by road: farther nobody is sent */
} SmDispatchPlan;

/** SmDispatchEngineer: Who could go. */
typedef struct
{
  double latitude, longitude;             /* where the last of their jobs ends; NAN: not known */
  double point_latitude, point_longitude; /* where parts are fetched; NAN: nowhere */
  gint64 shift_from_us, shift_to_us;      /* the one that runs, or the next; SM_UNKNOWN: none */
  gint64 free_us;                         /* when the jobs end that they have */
  guint n_jobs;                           /* how many those are */
  guint places;                           /* how many they may have at once */
  guint64 skills, certificates, expired, van_parts, point_parts;
  gint64 agent_id; /* whose they are; SM_UNKNOWN: our own, who go everywhere */
} SmDispatchEngineer;

/** SmDispatchOrder: Where somebody has to go.  Arrays are borrowed. */
typedef struct
{
  double latitude, longitude;
  guint level;    /* 1 to 4 */
  gint64 due_us;  /* when its restore clock breaks; SM_UNKNOWN: it has none */
  guint weight;   /* of its effect, 1 to SM_DISPATCH_MOST_WEIGHT */
  gint64 work_s;  /* on site, until it serves again */
  guint64 needs_skills, needs_certificates, needs_parts;
  const gint64 *agents; /* in whose territory it lies */
  guint n_agents;
  const guint *refused_by; /* engineers, by their index */
  guint n_refused_by;
  int pinned_to; /* index of who has it whatever is better; -1: nobody */
} SmDispatchOrder;

#define SM_DISPATCH_MOST_WEIGHT 100

/* Orders and free places that are assigned at once at most; who has more gives those first
 * that matter most. */
#define SM_DISPATCH_MOST_ORDERS 1000

/** SmDispatchBars: Why somebody cannot be sent, all of it. */
typedef enum
{
  SM_DISPATCH_BAR_SKILL = 1 << 0,
  SM_DISPATCH_BAR_CERTIFICATE = 1 << 1, /* has none */
  SM_DISPATCH_BAR_EXPIRED = 1 << 2,     /* had one */
  SM_DISPATCH_BAR_SHIFT = 1 << 3,       /* is not on the roster when they could go */
  SM_DISPATCH_BAR_PLACES = 1 << 4,      /* has as many jobs as they may */
  SM_DISPATCH_BAR_TERRITORY = 1 << 5,
  SM_DISPATCH_BAR_REFUSED = 1 << 6,
  SM_DISPATCH_BAR_FAR = 1 << 7,
  SM_DISPATCH_BAR_POSITION = 1 << 8, /* nobody knows where they are, or where it is */
} SmDispatchBars;

#define SM_DISPATCH_N_BARS 9

/** SmDispatchCandidate: One engineer for one order; the parts of the time sum to restore_s. */
typedef struct
{
  guint engineer; /* index */
  guint bars;     /* of SmDispatchBars; 0: can go */
  gint64 shift_s; /* until their shift begins */
  gint64 job_s;   /* then until the jobs end that they have */
  gint64 travel_s;
  gint64 part_s; /* the way round by the service point, or until the part comes */
  gint64 work_s;
  gint64 restore_s; /* from now */
  double road_m;    /* without the way round; NAN: not known */
  gboolean is_late; /* the restore clock breaks before */
  gboolean is_overtime; /* their shift ends before */
  guint64 lacks_skills, lacks_certificates, lacks_parts; /* parts: neither van nor point has them */
} SmDispatchCandidate;

/** SmDispatchChoice: Who takes an order. */
typedef struct
{
  int engineer; /* index; -1: nobody can */
  guint place;  /* how many jobs they have before it */
  SmDispatchCandidate candidate;
} SmDispatchChoice;

/** SmDispatchSum: What an assignment costs: less of the first comes before all of the next. */
typedef struct
{
  gint64 late;     /* orders of levels 1 and 2 whose restore clock breaks */
  gint64 weighted; /* minutes until each serves again, times the weight of its effect */
  gint64 travel_min;
} SmDispatchSum;

void        sm_dispatch_plan_init (SmDispatchPlan           *plan,
                                   gint64                    now_us);
void        sm_dispatch_look      (const SmDispatchPlan     *plan,
                                   const SmDispatchOrder    *order,
                                   const SmDispatchEngineer *engineers,
                                   guint                     index,
                                   guint                     place,
                                   SmDispatchCandidate      *out);
void        sm_dispatch_look_later (const SmDispatchPlan     *plan,
                                   const SmDispatchOrder    *order,
                                   const SmDispatchEngineer *engineers,
                                   guint                     place,
                                   SmDispatchCandidate      *candidate);
GArray     *sm_dispatch_rank      (const SmDispatchPlan     *plan,
                                   const SmDispatchOrder    *order,
                                   const SmDispatchEngineer *engineers,
                                   guint                     n_engineers);
GArray     *sm_dispatch_assign    (const SmDispatchPlan     *plan,
                                   const SmDispatchOrder    *orders,
                                   guint                     n_orders,
                                   const SmDispatchEngineer *engineers,
                                   guint                     n_engineers,
                                   SmDispatchSum            *out_sum);
void        sm_dispatch_cost      (const SmDispatchOrder     *order,
                                   const SmDispatchCandidate *candidate,
                                   SmDispatchSum             *out);
guint       sm_dispatch_weigh     (guint                      level,
                                   double                     risk,
                                   gint64                     trucks,
                                   gint64                     minor_per_hour);
const char *sm_dispatch_bar_slug  (guint                     bit);

G_END_DECLS
