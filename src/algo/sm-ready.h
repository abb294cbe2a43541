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

#define SM_READY_MAX_PACKS 64

/** SmReadyPack: a pack that charges, or a part of one that is expected. */
typedef struct
{
  const SmReadyCurve *curve;
  double soc, ready_soc;
  double weight; /* 1: it is there */
  gboolean is_expected;
} SmReadyPack;

/** SmReadySite: what bounds them together. */
typedef struct
{
  double limit_kw; /* INFINITY: not known to */
  double arrivals_per_s, arrival_soc; /* of empty packs, of late */
} SmReadySite;

void   sm_ready_curve_init  (SmReadyCurve       *self,
                             double              nominal_wh,
                             double              max_power_kw);
void   sm_ready_curve_learn (SmReadyCurve       *self,
                             double              soc,
                             double              power_kw);
void   sm_ready_curve_rise  (SmReadyCurve       *self,
                             double              soc_before,
                             double              soc_after,
                             double              power_kw,
                             double              seconds);
gboolean sm_ready_curve_is_bound (const SmReadyCurve *self,
                                  double              soc,
                                  double              power_kw);
double sm_ready_seconds     (const SmReadySite  *site,
                             SmReadyPack        *packs,
                             guint               n,
                             double              power_kw);

G_END_DECLS
