/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SM_READY_BINS 40

/**
 * SmReadyCurve:
 *
 * What is known of how packs of one model take power: the most at each state
 * of charge, learned from what was measured, and how much of it arrives.
 */
typedef struct
{
  double nominal_wh;
  double power_kw[SM_READY_BINS]; /* the most, from 0 to 100 % */
  double gain;                    /* measured rise over the expected one */
} SmReadyCurve;

#define SM_READY_LEAD_MINUTES 60

/**
 * SmReadyLead:
 *
 * How long before it comes a truck is known to come: of those that come within
 * half an hour, not all are on their way yet.
 */
typedef struct
{
  double weight[SM_READY_LEAD_MINUTES + 1]; /* by the minute; the last: that and longer */
} SmReadyLead;

#define SM_READY_MAX_PACKS 64
#define SM_READY_MAX_TRUCKS 32
#define SM_READY_MAX_LANES 8

/** SmReadyPack: a pack in a bay, or a part of one that is expected. */
typedef struct
{
  const SmReadyCurve *curve;
  double health;           /* capacity over the nominal one */
  double soc, ready_soc;
  double part;             /* measured power over the expected one */
  guint64 model;           /* a bit */
  gint64 held_for;         /* a truck: it takes no power; 0: nobody */
  double weight;           /* 1: it is there */
  double ready_s;          /* out: from now; NAN: nothing can be said */
} SmReadyPack;

typedef enum
{
  SM_READY_COMES,
  SM_READY_CALLED,  /* the old pack is in the truck */
  SM_READY_BETWEEN, /* the old one is out, the new one is not in */
  SM_READY_DONE,    /* still stands in the lane */
  SM_READY_GONE,
} SmReadyStage;

/** SmReadyTruck: one that is known to want a pack here; in the order in which they are served. */
typedef struct
{
  gint64 id;
  SmReadyPack old;  /* the pack it brings */
  guint64 fit;      /* bits of models */
  double at_s;      /* when it comes, or was called */
  SmReadyStage stage;
} SmReadyTruck;

/** SmReadySite: what bounds them together. */
typedef struct
{
  double limit_kw; /* INFINITY: not known to */
  guint n_lanes;   /* in use or free */
  guint n_empty;   /* bays without a pack */
  double arrivals_per_s, arrival_soc; /* of empty packs, of late */
  const SmReadyLead *lead; /* (nullable): nobody announces himself */
} SmReadySite;

void   sm_ready_curve_init  (SmReadyCurve       *self,
                             double              nominal_wh,
                             double              max_power_kw);
void   sm_ready_curve_learn (SmReadyCurve       *self,
                             double              soc,
                             double              power_kw);
void   sm_ready_curve_rise  (SmReadyCurve       *self,
                             double              health,
                             double              soc_before,
                             double              soc_after,
                             double              power_kw,
                             double              seconds);
gboolean sm_ready_curve_is_bound (const SmReadyCurve *self,
                                  double              soc,
                                  double              power_kw);
double sm_ready_rise        (const SmReadyPack  *pack,
                             double              power_kw,
                             double              seconds);
void   sm_ready_lead_init   (SmReadyLead        *self);
void   sm_ready_lead_note   (SmReadyLead        *self,
                             double              seconds);
void   sm_ready_measure     (const SmReadySite  *site,
                             SmReadyPack        *packs,
                             guint               n,
                             const double       *power_kw);
void   sm_ready_foresee     (const SmReadySite  *site,
                             SmReadyPack        *packs,
                             guint               n_packs,
                             SmReadyTruck       *trucks,
                             guint               n_trucks);

G_END_DECLS
