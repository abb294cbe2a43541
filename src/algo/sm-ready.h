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
double sm_ready_seconds     (const SmReadyCurve *self,
                             double              soc,
                             double              power_kw,
                             double              ready_soc);

G_END_DECLS
